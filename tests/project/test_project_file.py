"""The project file: canonical text for git, what it lets in, older versions, and how it is written."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.blocks import FromInput
from studio.graph import Endpoint, Expression, Graph, Message, Node, Wire, freeze
from studio.graph.layout import Layout
from studio.project import Choice, Composite, GraphRef, Project, ProjectError, edits
from studio.project.encode import VERSION, WITH_CODE, WITH_SIZES, WITHOUT_CODE
from studio.project.file import FileError, dumps, loads, read, write
from tests.documents import MAIN, NASTY, sample

FILES = Path(__file__).parent / "files"

TEXT = dumps(sample())


# -- what is written -----------------------------------------------------------------------------------


def test_a_project_comes_back_as_it_was() -> None:
    project = loads(TEXT)
    assert project == sample()
    assert dumps(project) == TEXT
    assert list(project.networks) == ["main", "critic"]
    assert list(project.graph(MAIN).nodes)[:3] == ["input_1", "conv2d_1", "relu_1"]
    node = project.graph(MAIN).nodes["conv2d_1"]
    assert dict(node.parameters) == {
        "kernel_size": (3, 5),
        "bias": False,
        "padding": "same",
        "extra": (1.5, None),
    }
    inner = project.composites["Block"].graph.nodes["linear_1"]
    assert inner.parameters["out_features"] == Expression("2*d")
    layout = project.layout_of(MAIN)
    assert layout.positions["conv2d_1"] == (216.0, -48.0)
    assert (len(layout.frames), len(layout.notes), len(layout.reroutes)) == (1, 1, 1)
    assert layout.collapsed == {"relu_1"}
    assert layout.trimmed == {"flatten_1"}
    assert layout.pinned == {"add_1", "conv2d_1"}
    assert (layout.down, layout.locked) == (True, True)


def test_the_text_is_made_for_git() -> None:
    assert TEXT.endswith("}\n")
    assert not TEXT.endswith("\n\n")
    assert TEXT.isprintable() is False  # it has lines
    assert "\r" not in TEXT
    assert "Körper" in TEXT
    data = json.loads(TEXT)
    assert list(data) == sorted(data)
    assert '    {"id": "input_1", "name": "x", "type": "input"},\n' in TEXT
    assert '    {"from": ["add_1", "y"], "to": ["flatten_1", "x"]},\n' in TEXT
    moved = dumps(edits.move_nodes(sample(), MAIN, {"relu_1": (800, 80)}))
    differing = [
        line for line in zip(TEXT.splitlines(), moved.splitlines(), strict=True) if line[0] != line[1]
    ]
    assert differing == [('     "relu_1": [432, -48]', '     "relu_1": [800, 80]')]


def test_two_people_adding_blocks_change_different_lines() -> None:
    before = set(TEXT.splitlines())
    project, _ = edits.add_node(sample(), MAIN, "tanh", (0, 0))
    added = [line.strip() for line in dumps(project).splitlines() if line not in before]
    assert added == [
        '"relu_1": [432, -48],',
        '"tanh_1": [0, 0]',
        '{"id": "linear_2", "name": "fc2", "shares": "linear_1", "type": "linear"},',
        '{"id": "tanh_1", "name": "tanh1", "type": "tanh"}',
    ]


def test_what_is_at_its_default_is_left_out() -> None:
    project, node = edits.add_node(Project(), MAIN, "relu", (0, 0))
    data = json.loads(dumps(project))
    assert data["networks"][0]["nodes"] == [{"id": node, "name": "relu1", "type": "relu"}]
    assert "composites" not in data
    assert "template" not in data
    text = TEXT.replace('"id": "input_1",', '"id": "input_1", "repeat": 1, "frozen": false,')
    assert text != TEXT
    assert dumps(loads(text)) == TEXT


def test_one_and_true_and_one_point_nothing_are_three_values() -> None:
    texts = set()
    for value in (1, 1.0, True):
        project, node = edits.add_node(Project(), MAIN, "relu", (0, 0), parameters={"a": value})
        again = loads(dumps(project))
        assert type(again.graph(MAIN).nodes[node].parameters["a"]) is type(value)
        assert again == project
        texts.add(dumps(project))
    assert len(texts) == 3


def test_looks_of_what_is_not_there_are_not_written() -> None:
    project = sample()
    graph = project.graph(MAIN).without_nodes(["conv2d_1", "relu_1"])
    text = dumps(project.with_graph(MAIN, graph).with_layout(GraphRef("network", "gone"), Layout()))
    assert "conv2d_1" not in text
    assert dumps(loads(text)) == text


@pytest.mark.parametrize(
    "broken",
    [
        lambda node: Node("a", "relu", "a", freeze({"x": float("nan")})),
        lambda node: Node("a", "relu", "a", freeze({"x": float("inf")})),
        lambda node: Node("a", "relu", "a", freeze({"x": 10**40})),
        lambda node: Node("a", "relu", "\ud800"),
        lambda node: Node("a", "relu", "a" * 5001),
        lambda node: Node("a b", "relu", "a"),
        lambda node: Node("a", "relu", "a", repeat=0),
        lambda node: Node("a", "relu", "a", rate_factor=float("nan")),
        lambda node: Node("a", "relu", 7),  # type: ignore[arg-type]
        lambda node: Node("a", "relu", "a", freeze({"x": object()})),  # type: ignore[dict-item]
    ],
)
def test_what_no_file_can_hold_is_not_written(broken: Callable[[None], Node]) -> None:
    project = Project().with_graph(MAIN, Graph.of([broken(None)]))
    with pytest.raises(FileError, match="cannot be saved"):
        dumps(project)


# -- what is let in, for the compiler to mark ----------------------------------------------------------


@pytest.mark.parametrize("name", NASTY, ids=lambda name: ascii(name[:12]))
def test_names_are_only_data(name: str) -> None:
    project = edits.rename_node(sample(), MAIN, "relu_1", name)
    assert loads(dumps(project)).graph(MAIN).nodes["relu_1"].name == name


def test_unknown_blocks_circles_and_wrong_parameters_are_let_in() -> None:
    circle = Graph.of(
        [
            Node("a", "from_the_future", "", freeze({"mode": ("x", Expression("exit()"))})),
            Node("b", "relu", ""),
        ],
        [Wire(Endpoint("a", "out"), Endpoint("b", "x")), Wire(Endpoint("b", "y"), Endpoint("a", "in"))],
    )
    project = Project().with_graph(MAIN, circle)
    project = project.with_graph(
        MAIN, circle.with_nodes([Node("c", "linear", "", freeze({"bias": "maybe"}))])
    )
    project = project.with_graph(
        GraphRef("composite", "self"), Graph.of([Node("d", "composite", "", composite="self")])
    )
    text = dumps(project)
    assert loads(text) == project
    assert dumps(loads(text)) == text
    assert loads(text).graph(MAIN).cycles() == [["a", "b"]]


# -- older files, and writing --------------------------------------------------------------------------


def test_a_file_of_version_0_opens_as_it_was() -> None:
    project = read(FILES / "version0.netwright")
    graph = project.graph(MAIN)
    assert [(wire.source.node, wire.index) for wire in graph.into("concat_1")] == [
        ("tanh_1", 0),
        ("relu_1", 1),
    ]
    assert len(graph.wires) == 5
    assert graph.order() == ["input_1", "relu_1", "tanh_1", "concat_1", "output_1"]
    assert json.loads(dumps(project))["version"] == WITHOUT_CODE


def test_a_file_is_of_the_lowest_version_that_can_hold_it_and_a_higher_one_opens_too() -> None:
    project = sample()
    assert json.loads(dumps(project))["version"] == VERSION
    plain = dataclasses.replace(project.layout_of(MAIN), trimmed=frozenset(), down=False, locked=False)
    for marked in ({"trimmed": frozenset({"flatten_1"})}, {"down": True}, {"locked": True}):
        look = project.with_layout(MAIN, dataclasses.replace(plain, **marked))
        assert json.loads(dumps(look))["version"] == VERSION
        assert loads(dumps(look)) == look
    project = project.with_layout(MAIN, plain)
    for version in (WITHOUT_CODE, WITH_CODE, WITH_SIZES, VERSION):
        data = json.loads(dumps(project)) | {"version": version}
        assert loads(json.dumps(data)) == project
    (name,) = project.composites
    (offered,) = project.composites[name].parameters
    read = dataclasses.replace(offered, from_input=FromInput("x", -1))
    reading = edits.set_composite(
        project, name, dataclasses.replace(project.composites[name], parameters=(read,))
    )
    text = dumps(reading)
    assert json.loads(text)["version"] == WITH_SIZES
    assert '"from_input": {"dim": -1, "port": "x"},' in text
    assert loads(text) == reading != project
    assert dumps(loads(text)) == text


def test_writing_over_an_older_file_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "old.netwright"
    old = (FILES / "version0.netwright").read_bytes()
    file.write_bytes(old)
    project = read(file)
    assert file.read_bytes() == old
    write(project, file)
    write(edits.set_loop(project, "epochs", 9), file)
    assert (tmp_path / "old.netwright.version-0").read_bytes() == old
    assert (tmp_path / "old.netwright~").read_text() == dumps(project)
    assert read(file).plan.loop.parameters["epochs"] == 9
    assert len(list(tmp_path.iterdir())) == 3


def test_writing_keeps_the_previous_file(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    write(sample(), file)
    assert file.read_bytes() == TEXT.encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.netwright"]
    write(Project(), file)
    assert (tmp_path / "a.netwright~").read_bytes() == TEXT.encode()
    assert read(file) == Project()


def test_a_project_that_cannot_be_saved_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    write(sample(), file)
    broken = Project().with_graph(MAIN, Graph.of([Node("a", "relu", "\ud800")]))
    with pytest.raises(FileError, match="cannot be saved"):
        write(broken, file)
    assert file.read_bytes() == TEXT.encode()


def test_ten_thousand_blocks_are_written_and_read_quickly() -> None:
    nodes = [Node(f"r{index}", "relu", f"relu{index}") for index in range(10_000)]
    wires = [Wire(Endpoint(f"r{index}", "y"), Endpoint(f"r{index + 1}", "x")) for index in range(9_999)]
    project = edits.arrange_nodes(Project().with_graph(MAIN, Graph.of(nodes, wires)), MAIN)
    start = time.process_time()
    text = dumps(project)
    again = loads(text)
    assert time.process_time() - start < 4.0
    assert again == project


# -- edits cannot make what no file holds --------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: edits.rename_node(p, MAIN, "relu_1", "x" * 5_001),
        lambda p: edits.rename_node(p, MAIN, "relu_1", "\ud800"),
        lambda p: edits.add_network(p, "\udfff"),
        lambda p: edits.set_parameters(p, MAIN, "relu_1", {"a": float("nan")}),
        lambda p: edits.set_parameters(p, MAIN, "relu_1", {"a": 10**50}),
        lambda p: edits.change_node(p, MAIN, "relu_1", repeat=0),
        lambda p: edits.change_node(p, MAIN, "relu_1", shares="nobody"),
        lambda p: edits.change_node(p, MAIN, "relu_1", shares="relu_1"),
        lambda p: edits.change_node(p, MAIN, "relu_1", frozen="yes"),
        lambda p: edits.move_nodes(p, MAIN, {"relu_1": (float("nan"), 0)}),
        lambda p: edits.set_optimizer(p, "model", Choice("a b")),
        lambda p: edits.set_loop(p, "epochs", float("inf")),
        lambda p: edits.add_node(p, MAIN, "rm -rf", (0, 0)),
        lambda p: edits.add_node(p, MAIN, "composite", (0, 0), composite="unknown"),
        lambda p: edits.set_composite(p, "x" * 5_001, Composite()),
    ],
)
def test_an_edit_that_could_not_be_saved_is_refused(edit: Callable[[Project], object]) -> None:
    with pytest.raises(ProjectError) as caught:
        edit(sample())
    assert isinstance(caught.value.message, Message)


def test_a_point_beyond_the_canvas_comes_to_its_edge() -> None:
    project = edits.move_nodes(sample(), MAIN, {"relu_1": (float("inf"), -1e300), "nobody": (0, 0)})
    assert project.layout_of(MAIN).positions["relu_1"] == (1e9, -1e9)
    assert "nobody" not in project.layout_of(MAIN).positions
    assert loads(dumps(project)) == project
