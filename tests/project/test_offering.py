"""Parameters of composites: what uses one follows a new name, and none is taken from under what uses it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from studio.blocks import ParameterError
from studio.graph import Expression, ExpressionError, Value
from studio.project import COMPOSITE, Composite, CompositeParameter, GraphRef, Project, ProjectError, edits
from studio.project.file import dumps, loads
from studio.project.offering import (
    add_parameter,
    change_parameter,
    remove_parameter,
    rename_parameter,
    set_doc,
    users,
)
from tests.drawing import MAIN, chain

Blocks = tuple[tuple[str, Mapping[str, Value]], ...]
LAYER = GraphRef("composite", "Layer")


@pytest.fixture
def layered() -> Project:
    """Give a composite that uses one of its two parameters twice, itself used twice."""
    offered = (CompositeParameter("width", "int", 4, "How wide."), CompositeParameter("rate", "float", 0.5))
    project = edits.set_composite(Project(), "Layer", Composite(parameters=offered))
    blocks: Blocks = (
        ("input", {"shape": (6,)}),
        ("linear", {"out_features": Expression("2*width + widths1e5 + 1e5")}),
        ("reshape", {"shape": (Expression("width"), 2)}),
        ("output", {}),
    )
    project, _ = chain(*blocks, ref=LAYER, project=project)
    for ref, values in ((MAIN, {"width": 8, "rate": 0.1}), (GraphRef("composite", "Outer"), {"width": 3})):
        if ref.place == "composite":
            project = edits.set_composite(project, "Outer", Composite())
        project, node = edits.add_node(project, ref, COMPOSITE, (0.0, 0.0), composite="Layer")
        project = edits.set_parameters(project, ref, node, values)
    return project


def values(project: Project) -> list[dict[str, object]]:
    graphs = (project.graph(MAIN), project.composites["Outer"].graph)
    return [dict(node.parameters) for graph in graphs for node in graph.of_type(COMPOSITE)]


def test_a_new_name_reaches_arithmetic_and_uses(layered: Project) -> None:
    project = rename_parameter(layered, "Layer", "width", "d_model")
    assert [one.name for one in project.composites["Layer"].parameters] == ["d_model", "rate"]
    nodes = project.composites["Layer"].graph.nodes
    assert nodes["linear_1"].parameters["out_features"] == Expression("2*d_model + widths1e5 + 1e5")
    assert nodes["reshape_1"].parameters["shape"] == (Expression("d_model"), 2)
    assert values(project) == [{"d_model": 8, "rate": 0.1}, {"d_model": 3}]
    assert loads(dumps(project)) == project
    assert rename_parameter(project, "Layer", "d_model", "width") == layered
    assert rename_parameter(layered, "Layer", "width", "width") is layered


@pytest.mark.parametrize("name", ["", "2x", "a b", "for", "max", "round", "名", "a.b", "x" * 3 + "-"])
def test_a_name_that_arithmetic_cannot_use_is_refused(layered: Project, name: str) -> None:
    with pytest.raises(ProjectError, match="cannot be used in arithmetic"):
        rename_parameter(layered, "Layer", "width", name)


def test_two_parameters_of_one_name_are_refused(layered: Project) -> None:
    with pytest.raises(ProjectError, match="Another parameter is called “rate”"):
        rename_parameter(layered, "Layer", "width", "rate")
    with pytest.raises(ProjectError, match="offers no parameter “depth”"):
        rename_parameter(layered, "Layer", "depth", "d")
    with pytest.raises(ProjectError, match="There is no composite “None”"):
        add_parameter(layered, "None")


def test_an_expression_that_would_grow_too_long_refuses_the_name(layered: Project) -> None:
    long = Expression("+".join(["width"] * 30))
    project = edits.set_parameters(layered, LAYER, "linear_1", {"out_features": long})
    with pytest.raises(ExpressionError, match="at most 200 characters"):
        rename_parameter(project, "Layer", "width", "the_width_of_the_layer")


def test_one_that_is_used_is_not_removed_and_the_places_are_named(layered: Project) -> None:
    assert users(layered, "Layer", "width") == [("fc1", "Out features"), ("reshape1", "Shape")]
    assert users(layered, "Layer", "rate") == []
    with pytest.raises(ProjectError, match="“width” is used at fc1 › Out features, reshape1 › Shape"):
        remove_parameter(layered, "Layer", "width")


def test_one_that_is_not_used_goes_with_the_values_that_were_set(layered: Project) -> None:
    project = remove_parameter(layered, "Layer", "rate")
    assert [one.name for one in project.composites["Layer"].parameters] == ["width"]
    assert values(project) == [{"width": 8}, {"width": 3}]


def test_new_ones_get_names_of_their_own(layered: Project) -> None:
    project, first = add_parameter(layered, "Layer")
    project, second = add_parameter(project, "Layer")
    assert (first, second) == ("size", "size2")
    assert [one.name for one in project.composites["Layer"].parameters] == ["width", "rate", "size", "size2"]


def test_kind_default_and_help_are_set(layered: Project) -> None:
    project = change_parameter(layered, "Layer", "rate", kind="int")
    project = change_parameter(project, "Layer", "width", kind="float", doc="Wide.")
    project = change_parameter(project, "Layer", "width", default=2.5)
    assert project.composites["Layer"].parameters == (
        CompositeParameter("width", "float", 2.5, "Wide."),
        CompositeParameter("rate", "int", 0),
    )
    with pytest.raises(ProjectError, match="one of int, float"):
        change_parameter(layered, "Layer", "rate", kind="text")
    with pytest.raises(ParameterError):
        change_parameter(layered, "Layer", "width", default="wide")
    assert set_doc(layered, "Layer", "A layer.").composites["Layer"].doc == "A layer."
