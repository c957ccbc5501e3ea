"""The clipboard is text: a piece goes through a chat and back, and text from anywhere does no harm."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Endpoint, Graph, Node, Wire
from studio.project import Composite, GraphRef, Project, ProjectError, edits
from studio.project.clipboard import FORMAT, copy_text, paste_text, read_piece
from studio.project.file import dumps, loads
from studio.project.json_text import FileError
from tests.documents import MAIN, edited, kinds, sample

BLOCK = GraphRef("composite", "Block")


def copied(*ids: str) -> str:
    return copy_text(sample(), MAIN, ids)


def test_a_piece_keeps_its_inner_wires_and_places() -> None:
    text = copied("relu_1", "from_the_future_1", "add_1")
    project, ids = paste_text(sample(), MAIN, text)
    assert ids == ["relu_2", "from_the_future_2", "add_2"]
    graph = project.graph(MAIN)
    assert [graph.nodes[node].name for node in ids] == ["relu2", "from_the_future2", "add2"]
    assert graph.nodes["relu_2"].bypassed
    new = sorted(wire for wire in graph.wires if wire not in sample().graph(MAIN).wires)
    assert new == [
        Wire(Endpoint("from_the_future_2", "y"), Endpoint("add_2", "x"), 0),
        Wire(Endpoint("relu_2", "y"), Endpoint("add_2", "x"), 1),
        Wire(Endpoint("relu_2", "y"), Endpoint("add_2", "x"), 2),
        Wire(Endpoint("relu_2", "y"), Endpoint("from_the_future_2", "x")),
    ]
    old, at = sample().layout_of(MAIN).positions, project.layout_of(MAIN).positions
    assert at["add_2"] == (old["add_1"][0] + 32, old["add_1"][1] + 32)
    assert loads(dumps(project)) == project


def test_a_piece_goes_where_the_pointer_is() -> None:
    project, ids = paste_text(Project(), MAIN, copied("relu_1", "add_1"), (1000.0, 504.0))
    old, at = sample().layout_of(MAIN).positions, project.layout_of(MAIN).positions
    assert at[ids[0]] == (1000.0, 504.0)
    assert at[ids[1]][0] - at[ids[0]][0] == old["add_1"][0] - old["relu_1"][0]


def test_incoming_wires_come_along_when_asked_for() -> None:
    text = copied("relu_1")
    project, (node,) = paste_text(sample(), MAIN, text, incoming=True)
    assert [wire.source for wire in project.graph(MAIN).into(node)] == [Endpoint("conv2d_1", "y")]
    project, (node,) = paste_text(sample(), MAIN, text)
    assert project.graph(MAIN).into(node) == []
    project, (node,) = paste_text(Project(), MAIN, text, incoming=True)  # what fed it is not here
    assert project.graph(MAIN).into(node) == []


def test_the_text_is_the_form_of_a_file() -> None:
    text = copied("relu_1", "conv2d_1")
    data = json.loads(text)
    assert (data["format"], data["version"]) == (FORMAT, 1)
    assert data["nodes"] == json.loads(dumps(sample()))["networks"][0]["nodes"][1:3]
    assert text.endswith("}\n")
    assert copy_text(sample(), MAIN, ["conv2d_1", "relu_1"]) == text, "the order of choosing does not matter"


def test_weights_are_shared_within_the_piece_only() -> None:
    both, _ids = paste_text(sample(), MAIN, copied("linear_1", "linear_2"))
    assert both.graph(MAIN).nodes["linear_4"].shares == "linear_3"
    one, _ids = paste_text(sample(), MAIN, copied("linear_2"))
    assert one.graph(MAIN).nodes["linear_3"].shares == ""


def test_composites_come_along() -> None:
    text = copied("composite_1")
    project, (node,) = paste_text(Project(), MAIN, text)
    assert project.composites["Block"] == sample().composites["Block"]
    assert project.graph(MAIN).nodes[node].composite == "Block"
    assert project.graph(MAIN).nodes[node].repeat == 3
    again, _ids = paste_text(project, MAIN, text)
    assert list(again.composites) == ["Block"], "an equal one is there already"


def test_a_composite_of_the_same_name_and_another_content_gets_a_new_name() -> None:
    outer = edits.set_composite(sample(), "Outer", Composite())
    outer, _id = edits.add_node(outer, GraphRef("composite", "Outer"), "composite", (0, 0), composite="Block")
    outer, node = edits.add_node(outer, MAIN, "composite", (0, 0), composite="Outer")
    text = copy_text(outer, MAIN, [node])
    there = edits.set_parameters(outer, BLOCK, "linear_1", {"bias": False})  # Block differs; Outer does not
    project, (pasted,) = paste_text(there, MAIN, text)
    assert list(project.composites) == ["Block", "Outer", "Block 2", "Outer 2"]
    assert project.graph(MAIN).nodes[pasted].composite == "Outer 2"
    inner = project.composites["Outer 2"].graph.nodes["composite_1"]
    assert inner.composite == "Block 2"
    assert project.composites["Block 2"] == outer.composites["Block"]
    assert project.composites["Block"] == there.composites["Block"]


def test_a_composite_is_not_pasted_into_itself() -> None:
    with pytest.raises(ProjectError, match="cannot contain itself: “Block”"):
        paste_text(sample(), BLOCK, copied("composite_1"))
    data = json.loads(copied("composite_1"))
    data["composites"][0]["nodes"].append(
        {"id": "again", "type": "composite", "composite": "Block", "name": ""}
    )
    with pytest.raises(ProjectError, match="cannot contain itself"):
        paste_text(Project(), MAIN, json.dumps(data))


def test_nothing_chosen_is_nothing_pasted() -> None:
    project, ids = paste_text(sample(), MAIN, copied())
    assert ids == []
    assert dumps(project) == dumps(sample())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no piece of a network on the clipboard. The file is empty."),
        ("def f(): pass", "no piece of a network on the clipboard. Line 1, column 1"),
        (dumps(Project()), "no piece of a network on the clipboard. This is not a file of Netwright"),
        ('{"format": "netwright-piece", "version": 9}', "A newer Netwright wrote this"),
        ("[" * 100_000, "nested too deeply"),
        ("\ud800", "no piece of a network on the clipboard"),
    ],
    ids=lambda text: text[:9],
)
def test_other_text_is_refused(text: str, said: str) -> None:
    start = time.process_time()
    with pytest.raises(FileError) as caught:
        paste_text(sample(), MAIN, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("nodes", [{"id": "a b", "type": "relu", "name": ""}], "nodes[0].id: expected a short name"),
        ("nodes", [{"id": "a", "type": "relu", "name": ""}] * 2, "nodes[1].id: expected an id that no other"),
        ("nodes", [], "wires[0].from: expected the id of a block in this graph"),
        ("wires", [{"from": ["x", "y"], "to": ["relu_1", "x"]}], "wires[0].from: expected the id of a block"),
        ("positions", {"nobody": [0, 0]}, "positions: expected the id of a block in this graph"),
        ("positions", {"relu_1": [0, "0"]}, "positions.relu_1[1]: expected a number"),
        ("incoming", [{"from": ["x", "y"], "to": ["z", "x"]}], "incoming[0].to: expected the id of a block"),
        ("composites", [{"name": "a", "nodes": [], "wires": []}] * 2, "composites[1].name: expected a name"),
        ("code", "import os", "code: expected no such field"),
    ],
)
def test_a_damaged_piece_says_where(key: str, value: Any, said: str) -> None:
    data = json.loads(copied("conv2d_1", "relu_1"))
    data[key] = value
    with pytest.raises(FileError) as caught:
        read_piece(json.dumps(data))
    assert str(caught.value).startswith(said)


def test_more_blocks_than_a_project_holds_are_refused() -> None:
    nodes = [Node(f"r{index}", "relu", "") for index in range(19_999)]
    full = Project().with_graph(MAIN, Graph.of(nodes))
    with pytest.raises(ProjectError, match="at most 20000 blocks"):
        paste_text(full, MAIN, copied("relu_1", "add_1"))
    project, _id = edits.add_node(full, MAIN, "relu", (0, 0))
    with pytest.raises(ProjectError, match="at most 20000 blocks"):
        edits.add_node(project, MAIN, "relu", (0, 0))


@given(st.data())
def test_any_piece_pastes_into_any_graph(data: st.DataObject) -> None:
    project = sample()
    for kind in data.draw(st.lists(kinds, max_size=8)):
        project = edited(data.draw, project, kind)
    ref, target = (data.draw(st.sampled_from(project.refs())) for _ in range(2))
    nodes = list(project.graph(ref).nodes)
    chosen = data.draw(st.lists(st.sampled_from(nodes), unique=True)) if nodes else []
    text = copy_text(project, ref, chosen)
    piece = read_piece(text)
    assert set(piece.graph.nodes) == set(chosen)
    for into in (project, Project()):
        where = target if into is project else MAIN
        try:
            pasted, ids = paste_text(into, where, text, incoming=data.draw(st.booleans()))
        except ProjectError:
            # The only reason there can be: a composite would contain itself.
            assert where.place == "composite"
            continue
        assert len(ids) == len(chosen)
        assert len(pasted.graph(where)) == len(into.graph(where)) + len(ids)
        assert loads(dumps(pasted)) == pasted
        assert set(pasted.graph(where).order()) == set(pasted.graph(where).nodes)
        # What is copied from the copy is the same piece under other ids and names.
        again = read_piece(copy_text(pasted, where, ids)).graph
        assert [node.type for node in again.nodes.values()] == [
            node.type for node in piece.graph.nodes.values()
        ]
        assert len(again.wires) == len(piece.graph.wires)
