"""An analyser that followed every edit says what a fresh one says of the result, and looks at little."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.blocks import FromInput
from studio.compiler import Analyser, analyse
from studio.compiler.drawing import Drawing
from studio.graph import Endpoint, Expression, Graph, Value, Wire
from studio.project import (
    Composite,
    CompositeParameter,
    GraphRef,
    Project,
    ProjectError,
    block_of,
    edits,
)
from tests.drawing import MAIN, add, chain, wire
from tests.speed import quickest

INNER = GraphRef("composite", "block")

BODY: tuple[tuple[str, Mapping[str, Value]], ...] = (
    ("input", {"shape": (4, 8, 8)}),
    ("conv2d", {"out_channels": 4, "padding": 1}),
    ("relu", {}),
    ("composite", {"width": 4}),
    ("conv2d", {"out_channels": 4, "padding": 1}),
    ("add", {}),
    ("chunk", {}),
    ("flatten", {}),
    ("linear", {"out_features": 3}),
    ("output", {}),
)

EDITS: tuple[tuple[str, Value], ...] = (
    ("out_channels", 4),
    ("out_channels", 6),
    ("out_channels", 0),
    ("kernel_size", 1),
    ("kernel_size", 99),
    ("chunks", 3),
    ("start_dim", 2),
    ("shape", (4, 8, 8)),
    ("shape", (16,)),
    ("width", 6),
    ("width", None),
    ("in_channels", 3),
    ("dim", 5),
    ("out_features", 2),
    ("out_features", 9),
    ("shape", (2,)),
    ("bias", False),
)


def drawn() -> tuple[Project, list[str]]:
    """Draw a network with a composite, a skip, a node that shares weights, and two layers side by side."""
    offered = CompositeParameter("width", "int", 4, "Filters.", FromInput("x", 1))
    project = edits.set_composite(Project(), "block", Composite(Graph(), (offered,)))
    project, _ = chain(
        ("input", {"shape": (4, 8, 8)}),
        ("conv2d", {"out_channels": Expression("width"), "padding": 1}),
        ("relu", {}),
        ("output", {}),
        ref=INNER,
        project=project,
    )
    ids: list[str] = []
    for kind, parameters in BODY:
        project, node = edits.add_node(
            project, MAIN, kind, (0, 0), parameters=parameters, composite="block" * (kind == "composite")
        )
        if ids:
            project = wire(project, ids[-1], node)
        ids.append(node)
    project = wire(project, ids[1], ids[5])
    narrow: tuple[str, Mapping[str, Value]] = ("linear", {"out_features": 5})
    project, _ = chain(("input", {"shape": (6,)}), narrow, ("linear", {}), ("output", {}), project=project)
    return edits.change_node(project, MAIN, ids[4], shares=ids[1]), ids


START, IDS = drawn()


@st.composite
def set_parameter(draw: st.DrawFn, project: Project, ref: GraphRef) -> Project:
    """Set a parameter of a node, seldom one that it does not have."""
    graph = project.graph(ref)
    node = draw(st.sampled_from(list(graph.nodes.values())))
    known = block_of(project, graph, node).parameters
    fitting = [(name, value) for name, value in EDITS if name in known]
    name, value = draw(st.sampled_from(fitting * 3 + list(EDITS)))
    return edits.set_parameters(project, ref, node.id, {name: value})


@st.composite
def edit(draw: st.DrawFn, project: Project) -> Project:
    """Make one edit at random; most only set parameters."""
    ref = draw(st.sampled_from([MAIN, MAIN, INNER]))
    graph = project.graph(ref)
    node = draw(st.sampled_from(list(graph.nodes)))
    kind = draw(
        st.sampled_from(
            ["set"] * 5
            + ["several"] * 3
            + ["cut", "wire", "drop", "rename", "freeze", "bypass", "share", "repeat", "circle"]
        )
    )
    try:
        match kind:
            case "set":
                return draw(set_parameter(project, ref))
            case "several":
                for _ in range(draw(st.integers(2, 4))):
                    project = draw(set_parameter(project, ref))
                return project
            case "drop":
                return edits.remove_nodes(project, ref, [node], rejoin=draw(st.booleans()))
            case "repeat":
                times = draw(st.sampled_from([1, 2, 900, 2000, 10**5]))
                return edits.change_node(project, ref, IDS[3], repeat=times)
            case "cut":
                wires = graph.into(node)[:1]
                return project.with_graph(ref, graph.without_wires(wires))
            case "wire":
                other = draw(st.sampled_from(list(graph.nodes)))
                port = draw(st.sampled_from(["x", "nowhere"]))
                return project.with_graph(
                    ref, graph.with_wires([Wire(Endpoint(other, "y"), Endpoint(node, port))])
                )
            case "rename":
                return edits.rename_node(project, ref, node, draw(st.sampled_from(["conv1", "x", "new"])))
            case "freeze":
                return edits.change_node(project, ref, node, frozen=not graph.nodes[node].frozen)
            case "bypass":
                return edits.change_node(project, ref, node, bypassed=not graph.nodes[node].bypassed)
            case "share":
                other = draw(st.sampled_from(["", *graph.nodes]))
                changed = dataclasses.replace(graph.nodes[node], shares=other)
                return project.with_graph(ref, graph.with_nodes([changed]))
            case _:
                closing = Wire(Endpoint(node, "y"), Endpoint(next(iter(graph.nodes)), "x"))
                return project.with_graph(ref, graph.with_wires([closing]))
    except ProjectError:
        return project


@given(st.data())
def test_following_edits_finds_what_a_fresh_look_finds(data: st.DataObject) -> None:
    analyser, history = Analyser(), [START]
    for _ in range(data.draw(st.integers(1, 6))):
        undo: bool = data.draw(st.booleans())
        history.append(history[0] if undo and len(history) > 2 else data.draw(edit(history[-1])))
        for ref in (MAIN, INNER):
            followed, fresh = analyser.analyse(history[-1], ref), analyse(history[-1], ref)
            assert followed == fresh
            assert followed.walk == fresh.walk
            assert list(followed.nodes) == list(fresh.nodes)  # they stand in the order in which they run


@pytest.mark.parametrize("ref", [MAIN, INNER], ids=["network", "composite"])
def test_every_parameter_set_and_set_back_is_followed(ref: GraphRef) -> None:
    analyser, graph = Analyser(), START.graph(ref)
    start = analyse(START)
    for node in graph.nodes.values():
        known = block_of(START, graph, node).parameters
        for name, value in EDITS:
            if name in known:
                edited = edits.set_parameters(START, ref, node.id, {name: value})
                fresh = analyse(edited)
                assert analyser.analyse(edited).walk == fresh.walk
                assert analyser.analyse(START).walk == start.walk


def test_what_was_too_much_to_look_through_is_looked_through_once_it_is_less() -> None:
    body: list[tuple[str, Mapping[str, Value]]] = [("relu", {})] * 25
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    project, inner = chain(("input", {}), *body, ("output", {}), ref=INNER, project=project)
    project, entry = add(project, "input")
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="block")
    large = edits.change_node(wire(project, entry, node), MAIN, node, repeat=900)
    large, _ = add(large, "output", [node])
    small = edits.remove_nodes(large, INNER, inner[5:-1], rejoin=True)
    analyser = Analyser()
    for project in (large, small, large, small):
        assert analyser.analyse(project) == analyse(project)
        assert analyser.analyse(project).ok == (project is small)


def test_an_edit_of_a_parameter_looks_at_the_node_and_what_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    analyser = Analyser()
    analyser.analyse(START)
    seen: list[str] = []
    look = Analyser._outcome

    def counted(self: Analyser, project: Project, drawing: Drawing, key: str, *rest: object) -> object:
        seen.append(key)
        return look(self, project, drawing, key, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Analyser, "_outcome", counted)
    analyser.analyse(edits.set_parameters(START, MAIN, IDS[8], {"out_features": 5}))
    assert seen == [IDS[8], IDS[9]]  # the Output's shape changes too
    seen.clear()
    analyser.analyse(edits.set_parameters(START, MAIN, IDS[8], {"out_features": 5, "bias": False}))
    assert seen == [IDS[8]]
    seen.clear()
    analyser.analyse(edits.rename_node(START, MAIN, IDS[8], "last"))
    assert set(IDS) <= set(seen)


def test_an_edit_at_the_end_of_a_long_network_costs_what_it_costs_in_a_short_one() -> None:
    def seconds(count: int) -> float:
        body: list[tuple[str, Mapping[str, Value]]] = [("linear", {"out_features": 16}), ("relu", {})] * count
        project, ids = chain(("input", {"shape": (16,)}), *body, ("output", {}))
        project = edits.change_node(project, MAIN, ids[3], shares=ids[1])
        analyser = Analyser()
        edited = edits.set_parameters(project, MAIN, ids[-3], {"out_features": 8})
        for known in (edited, project):  # what a block gives and costs is known from then on
            analyser.analyse(known)
        return quickest(lambda: (analyser.analyse(edited), analyser.analyse(project)), tries=30)

    assert seconds(600) < 3 * seconds(30)  # a look at every block would take twenty times as long


def test_what_the_drawing_kept_silent_is_looked_at_once_it_is_mended() -> None:
    project, ids = chain(("input", {"shape": (4,)}), ("linear", {"out_features": 2}), ("output", {}))
    sound = project.graph(MAIN)
    wrong = sound.with_wires([Wire(Endpoint(ids[0], "y"), Endpoint(ids[1], "nowhere"))])
    analyser = Analyser()
    assert not analyser.analyse(project.with_graph(MAIN, wrong)).ok
    assert analyser.analyse(project.with_graph(MAIN, sound)).parameters == 10


def test_weights_shared_by_an_earlier_block_are_compared_too() -> None:
    project, a = edits.add_node(Project(), MAIN, "input", (0, 0), parameters={"shape": (4,)})
    project, early = edits.add_node(project, MAIN, "linear", (0, 0), parameters={"out_features": 4})
    project, late = edits.add_node(project, MAIN, "linear", (0, 0), parameters={"out_features": 5})
    project, end = edits.add_node(project, MAIN, "output", (0, 0))
    for source, target in ((a, early), (early, late), (late, end)):
        project = wire(project, source, target)
    graph = project.graph(MAIN)
    project = project.with_graph(
        MAIN, graph.with_nodes([dataclasses.replace(graph.nodes[early], shares=late)])
    )
    assert [(p.code, p.node) for p in analyse(project).problems] == [("cannot_share", early)]
