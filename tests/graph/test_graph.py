"""The graph as a value: its order, circles and neighbourhoods against networkx, and that edits share."""

from __future__ import annotations

import dataclasses
import random
import time

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Endpoint, Graph, Node, Wire, freeze
from studio.graph.model import same, same_values


def wire(source: str, target: str, index: int = 0) -> Wire:
    return Wire(Endpoint(source, "y"), Endpoint(target, "x"), index)


def graph(nodes: int, edges: list[tuple[int, int]], order: list[int] | None = None) -> Graph:
    places = order if order is not None else list(range(nodes))
    return Graph.of(
        (Node(f"n{place}", "relu", "") for place in places), (wire(f"n{a}", f"n{b}") for a, b in edges)
    )


def drawn(value: Graph) -> nx.DiGraph:
    made = nx.DiGraph()
    made.add_nodes_from(value.nodes)
    made.add_edges_from((each.source.node, each.target.node) for each in value.wires)
    return made


@st.composite
def graphs(draw: st.DrawFn, *, circles: bool = True) -> Graph:
    count = draw(st.integers(1, 14))
    edges = draw(
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30, unique=True)
    )
    if not circles:
        edges = [(a, b) for a, b in edges if a < b]
    return graph(count, edges, draw(st.permutations(range(count))))


@given(graphs(circles=False))
def test_order_puts_each_after_what_feeds_it_and_keeps_ties(value: Graph) -> None:
    place = {node: index for index, node in enumerate(value.nodes)}
    assert value.order() == list(nx.lexicographical_topological_sort(drawn(value), key=place.__getitem__))
    assert value.cycles() == []


@given(graphs())
def test_circles_are_found_and_left_out_of_the_order(value: Graph) -> None:
    reference = drawn(value)
    behind = {
        node
        for node in reference
        if any(nx.has_path(reference, onwards, node) for onwards in reference[node])
    }
    groups = value.cycles()
    assert {node for group in groups for node in group} == behind
    place = {node: index for index, node in enumerate(value.nodes)}
    for group in groups:
        assert group == sorted(group, key=place.__getitem__)
        assert all(nx.has_path(reference, a, b) for a in group for b in group)
    fed = value.downstream(behind)
    assert set(value.order()) == set(value.nodes) - fed
    order = value.order()
    for each in value.wires:
        if each.source.node in order and each.target.node in order:
            assert order.index(each.source.node) < order.index(each.target.node)


@given(graphs(), st.data())
def test_neighbourhoods_agree_with_networkx(value: Graph, data: st.DataObject) -> None:
    reference = drawn(value)
    one, other = (data.draw(st.sampled_from(sorted(value.nodes))) for _ in range(2))
    assert value.downstream([one, other]) == (
        {one, other} | nx.descendants(reference, one) | nx.descendants(reference, other)
    )
    assert value.upstream([one]) == {one} | nx.ancestors(reference, one)
    closing = reference.copy()
    closing.add_edge(one, other)
    was_free = not any(one in group for group in value.cycles())
    if was_free:
        assert value.would_cycle(one, other) == any(
            one in group and (len(group) > 1 or one == other)
            for group in nx.strongly_connected_components(closing)
        )
    assert value.would_cycle(one, other) == nx.has_path(reference, other, one)
    assert {each.source.node for each in value.into(one)} == set(reference.predecessors(one))
    assert {each.target.node for each in value.out_of(one)} == set(reference.successors(one))


def test_wires_at_a_node_are_sorted_by_port_and_place() -> None:
    wires = [
        Wire(Endpoint("b", "y"), Endpoint("z", "x"), 1),
        Wire(Endpoint("a", "y"), Endpoint("z", "x"), 10),
        Wire(Endpoint("c", "y"), Endpoint("z", "x"), 2),
        Wire(Endpoint("c", "y"), Endpoint("z", "h0")),
    ]
    value = Graph.of([Node(name, "relu", "") for name in "abcz"], wires)
    assert value.into("z") == [wires[3], wires[0], wires[2], wires[1]]
    assert value.out_of("c") == [wires[3], wires[2]]
    assert value.into("a") == []


def test_a_change_shares_everything_else() -> None:
    before = graph(100, [(index, index + 1) for index in range(99)])
    after = before.with_nodes([Node("n5", "tanh", "")])
    assert list(after.nodes) == list(before.nodes)
    assert all(after.nodes[node] is before.nodes[node] for node in before.nodes if node != "n5")
    assert after.wires is before.wires
    assert before.nodes["n5"].type == "relu"
    less = before.without_nodes(["n5"])
    assert len(less) == 99
    assert len(less.wires) == 97
    assert less.with_wires([wire("n4", "n6")]).without_wires([wire("n4", "n6")]) == less


def test_removing_a_node_ends_the_sharing_of_its_weights() -> None:
    value = Graph.of([Node("a", "linear", ""), Node("b", "linear", "", shares="a")])
    assert value.without_nodes(["a"]).nodes["b"].shares == ""
    assert value.without_nodes(["b"]).nodes["a"] is value.nodes["a"]


def test_graphs_are_equal_by_content_and_order() -> None:
    one, other = graph(3, [(0, 1)]), graph(3, [(0, 1)])
    assert one == other
    assert one != graph(3, [(0, 1)], [1, 0, 2])
    assert one != graph(3, [(0, 2)])
    assert one != "graph"
    for value in (one, one.nodes["n0"]):
        with pytest.raises(TypeError):
            hash(value)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.wires = frozenset()  # type: ignore[misc]
    with pytest.raises(TypeError):
        one.nodes["x"] = one.nodes["n0"]  # type: ignore[index]


def test_values_are_compared_as_a_file_holds_them() -> None:
    values = (1, 1.0, True, "1", (1,), (True,), None, 0.0, -0.0, False, 0)
    for one in values:
        for other in values:
            assert same(one, other) == (one is other)
    assert same((1, (2.5, None)), (1, (2.5, None)))
    assert not same((1, 2), (1,))
    assert same_values({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert not same_values({"a": 1}, {"a": 1, "b": None})
    node = Node("a", "relu", "", freeze({"x": 1}))
    assert node == Node("a", "relu", "", freeze({"x": 1}))
    assert node != Node("a", "relu", "", freeze({"x": True}))
    assert node != dataclasses.replace(node, bypassed=True)
    assert node.with_parameters({"x": 2}).without_parameter("x").parameters == {}


def test_fresh_ids_are_fresh() -> None:
    value = Graph.of(Node(name, "relu", "") for name in ("relu_1", "relu_7", "relu_x", "relu_99999999"))
    assert value.fresh_id("relu") == "relu_100000000"
    value = value.with_nodes([Node("relu_100000000", "relu", "")])
    assert value.fresh_id("relu") == "relu_100000001"
    assert value.fresh_id("tanh") == "tanh_1"


def test_a_large_graph_is_ordered_quickly() -> None:
    random_ = random.Random(2)
    edges = {tuple(sorted(random_.sample(range(20_000), 2))) for _ in range(40_000)}
    value = graph(20_000, [(a, b) for a, b in edges])
    start = time.process_time()
    assert len(value.order()) == 20_000
    assert time.process_time() - start < 2.0
    assert value.cycles() == []
