"""Arranging a graph: the same each time, left to right, nothing on top of another, quick."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Endpoint, Graph, Node, Wire
from studio.graph.arranging import Box, arrange
from studio.graph.layout import COLUMN, GRID, Direction


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


def sized(heights: dict[str, float]) -> Callable[[str], Box]:
    return lambda node: Box(height=heights[node])


@given(graphs(), st.lists(st.floats(20, 600), min_size=16, max_size=16), st.booleans(), st.randoms())
def test_nothing_stands_on_anything_else_and_all_is_the_same_each_time(
    value: Graph, tall: list[float], down: bool, random_: random.Random
) -> None:
    heights = dict(zip((f"n{index}" for index in range(16)), tall, strict=True))
    way: Direction = "down" if down else "right"
    places = arrange(value, sized(heights), way)
    assert places.keys() == value.nodes.keys()
    for one, two in itertools.combinations(places, 2):
        (a, b), (c, d) = places[one], places[two]
        assert a + 152 < c or c + 152 < a or b + heights[one] < d or d + heights[two] < b
    assert all(x % GRID == y % GRID == 0 for x, y in places.values())
    assert arrange(value, sized(heights), way) == places
    nodes = list(value.nodes.values())
    random_.shuffle(nodes)  # in whatever order it was drawn
    assert arrange(Graph.of(nodes, sorted(value.wires, reverse=True)), sized(heights), way) == places


@given(graphs(), st.booleans())
def test_data_flows_ahead(value: Graph, down: bool) -> None:
    places = arrange(value, direction="down" if down else "right")
    along = {node: at[1] if down else at[0] for node, at in places.items()}
    straight = set(value.order())
    back = [wire for wire in value.wires if along[wire.source.node] >= along[wire.target.node]]
    for wire in value.wires:
        if wire.source.node in straight and wire.target.node in straight:
            assert along[wire.source.node] + (64 + 72 if down else COLUMN) <= along[wire.target.node]
    # Of a circle, too, only some wires lead back.
    assert len(back) < max(1, len(value.wires)) or all(w.source.node == w.target.node for w in back)


def test_a_chain_is_one_row_and_branches_are_not_crossed() -> None:
    assert arrange(graph(3, [(0, 1), (1, 2)])) == {
        "n0": (0, -32),
        "n1": (COLUMN, -32),
        "n2": (2 * COLUMN, -32),
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


def test_what_feeds_a_late_block_stands_right_before_it() -> None:
    # n5 feeds n6, which feeds the last block of a long chain: both come late, not in the first column.
    places = arrange(graph(7, [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6), (6, 4)]))
    assert [places[node][0] / COLUMN for node in ("n4", "n6", "n5")] == [4, 3, 2]


def test_the_longest_chain_is_one_line_with_branches_and_skips_beside_it() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 4), (0, 4), (4, 6), (6, 7), (4, 7)]
    places = arrange(graph(8, edges))
    assert {places[f"n{node}"][1] for node in (0, 1, 2, 3, 4, 6, 7)} == {places["n0"][1]}
    assert abs(places["n5"][1] - places["n0"][1]) >= 64 + 32


def test_ports_keep_their_order() -> None:
    def end(port: str, output: bool, _: int) -> tuple[float, float]:
        return 152.0 if output else 0.0, 16.0 + 32.0 * "abc".index(port)

    def box(_: str) -> Box:
        return Box(height=128.0, end=end)

    nodes = [Node(f"n{index}", "relu", "") for index in range(5)]
    for order in itertools.permutations("abc"):
        wires = [
            Wire(Endpoint("n0", port), Endpoint(f"n{index}", "b"))
            for index, port in zip((1, 2, 3), order, strict=True)
        ]
        places = arrange(Graph.of(nodes, wires), box)
        by_port = sorted(zip(order, ("n1", "n2", "n3"), strict=True))
        tops = [places[node][1] for _, node in by_port]
        assert tops == sorted(tops)


def test_parts_that_nothing_joins_stand_beside_each_other() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6)]
    places = arrange(graph(12, edges))
    first = [places[f"n{node}"] for node in range(5)]
    rest = [places[f"n{node}"] for node in range(5, 12)]
    assert max(y for _, y in first) < min(y for _, y in rest)
    # The two that are joined, and the five that stand alone, are no wider than the longest chain.
    assert max(x for x, _ in rest) <= max(x for x, _ in first)
    assert len({y for _, y in rest}) < len(rest)


def test_what_is_circular_is_drawn_with_one_wire_back() -> None:
    places = arrange(graph(4, [(0, 1), (1, 2), (2, 3), (3, 1)]))
    assert [places[f"n{node}"][0] / COLUMN for node in range(4)] == [0, 1, 2, 3]
