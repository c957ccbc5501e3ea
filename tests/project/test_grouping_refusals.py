"""What cannot become one block, and what cannot be taken apart, is refused with the reason."""

from __future__ import annotations

import pytest

from studio.graph import Endpoint
from studio.project import COMPOSITE, GraphRef, Project, ProjectError, edits
from studio.project.file import dumps, loads
from studio.project.grouping import group_nodes
from studio.project.library import LIBRARY, add_block
from studio.project.ungrouping import ungroup_node
from tests.drawing import MAIN, add, chain


def skip() -> tuple[Project, list[str]]:
    project, x = add(Project(), "input", parameters={"shape": (6,)})
    project, a = add(project, "linear", [x])
    project, b = add(project, "relu", [a])
    project, c = add(project, "add", [a, b])
    project, y = add(project, "output", [c])
    return project, [x, a, b, c, y]


def test_a_block_between_the_chosen_ones_must_come_too() -> None:
    project, (_, a, _, c, _) = skip()
    with pytest.raises(ProjectError, match="“relu1” stands between the selected blocks"):
        group_nodes(project, MAIN, [a, c])


def test_nothing_and_only_ports_make_no_composite() -> None:
    project, (x, *_, y) = skip()
    for chosen in ([], [x, y], ["gone"]):
        with pytest.raises(ProjectError, match="Select the blocks"):
            group_nodes(project, MAIN, chosen)


def test_weights_are_not_shared_across_the_border() -> None:
    project, ids = chain(("input", {"shape": (6,)}), ("linear", {}), ("linear", {}), ("output", {}))
    project = edits.change_node(project, MAIN, ids[2], shares=ids[1])
    for chosen in ([ids[1]], [ids[2]]):
        with pytest.raises(ProjectError, match="“fc2” uses the weights of “fc1”"):
            group_nodes(project, MAIN, chosen)
    group_nodes(project, MAIN, ids[1:3])


def test_loose_blocks_get_ports_where_they_are_loose() -> None:
    project, ids = chain(("linear", {}), ("relu", {}))
    project, node = group_nodes(project, MAIN, ids)
    graph = project.composites["Composite"].graph
    assert [(n.type, n.name) for n in graph.nodes.values()] == [
        ("input", "x"),
        ("linear", "fc1"),
        ("relu", "relu1"),
        ("output", "y"),
    ]
    assert project.graph(MAIN).wires == frozenset()
    assert [n.type for n in project.graph(MAIN).nodes.values()] == [COMPOSITE]
    assert node in project.graph(MAIN).nodes


def test_shapes_that_are_known_become_examples() -> None:
    project, ids = skip()
    sizes = {Endpoint(ids[0], "y"): ((6,), "float32"), Endpoint(ids[1], "y"): ((64,), "int64")}
    first, _ = group_nodes(project, MAIN, ids[1:3], sizes=sizes)
    assert first.composites["Composite"].graph.nodes["input_1"].parameters == {"shape": (6,)}
    second, _ = group_nodes(project, MAIN, ids[2:4], sizes=sizes)
    assert second.composites["Composite"].graph.nodes["input_1"].parameters == {
        "shape": (64,),
        "dtype": "int64",
    }


def test_names_places_and_the_file_are_in_order() -> None:
    project, ids = chain(("input", {}), ("relu", {}), ("relu", {}), ("relu", {}), ("output", {}))
    project, first = group_nodes(project, MAIN, ids[1:2])
    project, second = group_nodes(project, MAIN, ids[2:4])
    assert list(project.composites) == ["Composite", "Composite 2"]
    assert [n.id for n in project.graph(MAIN).nodes.values()] == [ids[0], first, second, ids[4]]
    assert project.layout_of(MAIN).positions[second] == (496.0, 0.0)
    inside = project.layout_of(GraphRef("composite", "Composite 2")).positions
    assert inside["relu_2"][0] == 400.0
    assert inside["input_1"][0] < 400.0 < inside["output_1"][0]
    assert loads(dumps(project)) == project


def test_what_cannot_be_taken_apart_says_why() -> None:
    project, ids = chain(("input", {"shape": (64, 8, 8)}), ("relu", {}))
    with pytest.raises(ProjectError, match="no composite"):
        ungroup_node(project, MAIN, ids[1])
    project, one = add_block(project, MAIN, LIBRARY, (0.0, 0.0), "Residual basic")
    project, two = add_block(project, MAIN, LIBRARY, (300.0, 0.0), "Residual basic")
    shared = edits.change_node(project, MAIN, two, shares=one)
    for node in (one, two):
        with pytest.raises(ProjectError, match="shares its weights with “residual"):
            ungroup_node(shared, MAIN, node)
    with pytest.raises(ProjectError, match="is bypassed"):
        ungroup_node(edits.change_node(project, MAIN, one, bypassed=True), MAIN, one)
    project, level = add_block(project, MAIN, LIBRARY, (600.0, 0.0), "U-Net level up")
    project, _ = edits.add_node(project, GraphRef("composite", "U-Net level up"), "output", (0.0, 0.0))
    with pytest.raises(ProjectError, match="repeats without an input and one output"):
        ungroup_node(edits.change_node(project, MAIN, level, repeat=2), MAIN, level)


def test_what_stands_to_the_right_makes_room() -> None:
    project, node = add_block(Project(), MAIN, LIBRARY, (160.0, 0.0), "Residual basic")
    project, left = edits.add_node(project, MAIN, "relu", (0.0, 0.0))
    project, right = edits.add_node(project, MAIN, "relu", (400.0, 0.0))
    project, made = ungroup_node(project, MAIN, node)
    places = project.layout_of(MAIN).positions
    assert places[left] == (0.0, 0.0)
    assert min(places[id][0] for id in made) == 160.0
    assert places[right][0] - max(places[id][0] for id in made) >= 192.0
    assert "Residual basic" in project.composites


def test_what_leads_nowhere_gets_no_port_beside_what_leads_on() -> None:
    project, (_, a, b, c, _) = skip()
    project, stray = add(project, "flatten", [a])
    project, alone = add(project, "relu")
    grouped, _ = group_nodes(project, MAIN, [a, b, c, stray, alone])
    inner = grouped.composites["Composite"].graph
    assert [n.name for n in inner.of_type("input")] == ["x"]
    assert [n.name for n in inner.of_type("output")] == ["y"]
    assert {stray, alone} <= inner.nodes.keys()
