"""Arranging a graph: the same each time, left to right, nothing on top of another, quick."""

from __future__ import annotations

import itertools
import random
import time

from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Endpoint, Graph, Node, Wire
from studio.graph.layout import COLUMN, GRID, ROW, arrange


def graph(nodes: int, edges: list[tuple[int, int]]) -> Graph:
    return Graph.of(
        (Node(f"n{index}", "relu", "") for index in range(nodes)),
        (Wire(Endpoint(f"n{a}", "y"), Endpoint(f"n{b}", "x")) for a, b in edges),
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(0, 16))
    if count == 0:
        return Graph()
    ends = st.integers(0, count - 1)
    return graph(count, draw(st.lists(st.tuples(ends, ends), max_size=40, unique=True)))


@given(graphs(), st.lists(st.floats(20, 600), min_size=16, max_size=16))
def test_nothing_stands_on_anything_else(value: Graph, tall: list[float]) -> None:
    heights = dict(zip((f"n{index}" for index in range(16)), tall, strict=True))
    places = arrange(value, heights.__getitem__)
    assert places.keys() == value.nodes.keys()
    boxes = sorted((x, y, heights[node]) for node, (x, y) in places.items())
    for (x, y, height), (next_x, next_y, _next) in itertools.pairwise(boxes):
        assert x != next_x or y + height < next_y
    assert all(x % GRID == y % GRID == 0 for x, y in places.values())
    assert arrange(value, heights.__getitem__) == places
    same_content = Graph.of(value.nodes.values(), sorted(value.wires, reverse=True))
    assert arrange(same_content, heights.__getitem__) == places


@given(graphs())
def test_data_flows_to_the_right(value: Graph) -> None:
    places = arrange(value)
    circling = set(value.nodes) - set(value.order())
    for wire in value.wires:
        if wire.target.node not in circling:
            assert places[wire.source.node][0] + COLUMN <= places[wire.target.node][0]
    straight = [places[node][0] for node in value.order()]
    assert all(places[node][0] > max(straight, default=-1) for node in circling)


def test_a_chain_is_one_row_and_branches_are_not_crossed() -> None:
    assert arrange(graph(3, [(0, 1), (1, 2)])) == {
        "n0": (0, -ROW / 2),
        "n1": (COLUMN, -ROW / 2),
        "n2": (2 * COLUMN, -ROW / 2),
    }
    # 0 feeds 1 and 2, 1 feeds 4 and 2 feeds 3: the column of 3 and 4 turns round so that no wires cross.
    places = arrange(graph(5, [(0, 1), (0, 2), (1, 4), (2, 3)]))
    assert (places["n1"][1] < places["n2"][1]) == (places["n4"][1] < places["n3"][1])


def test_thousands_of_blocks_are_arranged_quickly() -> None:
    random_ = random.Random(4)
    chain = graph(4_000, [(index, index + 1) for index in range(3_999)])
    edges = {tuple(sorted(random_.sample(range(3_000), 2))) for _ in range(5_000)}
    wild = graph(3_000, [(a, b) for a, b in edges])
    ring = graph(4_000, [(index, (index + 1) % 4_000) for index in range(4_000)])
    start = time.process_time()
    for value in (chain, wild, ring):
        assert len(arrange(value)) == len(value)
    assert time.process_time() - start < 4.0
