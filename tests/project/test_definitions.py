"""Definitions of composites: renamed everywhere, copied for one use, removed only where nothing uses them."""

from __future__ import annotations

import itertools

import pytest

from studio.project import COMPOSITE, GraphRef, Project, ProjectError, edits, patch
from studio.project.definitions import (
    make_unique,
    remove_composites,
    rename_composite,
    unused,
    uses,
)
from studio.project.file import dumps, loads
from studio.project.grouping import group_nodes
from studio.project.library import LIBRARY, add_block, bring_shipped
from studio.project.offering import (
    add_parameter,
    change_parameter,
    remove_parameter,
    rename_parameter,
    set_doc,
)
from studio.project.ungrouping import ungroup_node
from tests.drawing import CNN, MAIN, chain

LAYER = GraphRef("composite", "Dense layer")


@pytest.fixture
def dense() -> Project:
    """Give a network with a dense block and a dense layer beside it."""
    project, _ = add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Dense block")
    return add_block(project, MAIN, LIBRARY, (300.0, 0.0), "Dense layer")[0]


def test_a_new_name_reaches_every_use_and_the_look(dense: Project) -> None:
    project = rename_composite(dense, "Dense layer", "Growing layer")
    assert list(project.composites) == ["Growing layer", "Dense block"]
    assert [n.composite for n in project.graph(MAIN).nodes.values()] == ["Dense block", "Growing layer"]
    (inner,) = project.composites["Dense block"].graph.of_type(COMPOSITE)
    assert inner.composite == "Growing layer"
    assert project.layout_of(GraphRef("composite", "Growing layer")) == dense.layout_of(LAYER)
    assert LAYER not in project.layout
    assert loads(dumps(project)) == project
    assert rename_composite(dense, "Dense layer", "Dense layer") is dense


@pytest.mark.parametrize("name", ["Dense block", "", "  ", "a" * 5_001])
def test_a_name_that_is_taken_or_that_no_file_holds_is_refused(dense: Project, name: str) -> None:
    with pytest.raises(ProjectError):
        rename_composite(dense, "Dense layer", name)


def test_a_copy_of_its_own_leaves_the_other_uses_alone(dense: Project) -> None:
    project, name = make_unique(dense, MAIN, "composite_2")
    assert name == "Dense layer 2"
    assert project.composites[name] == dense.composites["Dense layer"]
    assert project.layout_of(GraphRef("composite", name)) == dense.layout_of(LAYER)
    assert [(ref, node.id) for ref, node in uses(project, name)] == [(MAIN, "composite_2")]
    edited = edits.set_parameters(project, GraphRef("composite", name), "conv2d_1", {"bias": True})
    assert edited.composites["Dense layer"] == dense.composites["Dense layer"]
    with pytest.raises(ProjectError, match="no composite of this project"):
        make_unique(dense, MAIN, "gone")


def test_what_is_used_is_not_removed_and_the_places_are_named(dense: Project) -> None:
    with pytest.raises(
        ProjectError, match="“Dense layer” is used at main › dense_layer1, Dense block › layers"
    ):
        remove_composites(dense, ["Dense layer"])
    with pytest.raises(ProjectError, match="There is no composite"):
        remove_composites(dense, ["Gone"])


def test_what_nothing_uses_goes_with_what_only_it_uses(dense: Project) -> None:
    project = edits.remove_nodes(dense, MAIN, ["composite_1"])
    assert unused(project) == ["Dense block"]
    project, _ = bring_shipped(project, "U-Net level up")
    assert unused(project) == ["Dense block", "Double convolution", "U-Net level up"]
    left = remove_composites(project, unused(project))
    assert list(left.composites) == ["Dense layer"]
    assert {ref.name for ref in left.layout if ref.place == "composite"} == {"Dense layer"}


def test_every_edit_of_composites_goes_through_the_journal_and_back() -> None:
    project, ids = chain(*CNN)
    steps = [project]

    def step(after: Project) -> None:
        steps.append(after)

    grouped, node = group_nodes(project, MAIN, ids[1:5])
    step(grouped)
    step(add_block(steps[-1], MAIN, LIBRARY, (0.0, 200.0), "Dense block")[0])
    step(rename_composite(steps[-1], "Dense layer", "Growing"))
    step(rename_parameter(steps[-1], "Growing", "growth", "wider"))
    step(add_parameter(steps[-1], "Growing")[0])
    step(change_parameter(steps[-1], "Growing", "size", kind="float", doc="Help."))
    step(remove_parameter(steps[-1], "Growing", "size"))
    step(set_doc(steps[-1], "Growing", "It grows."))
    step(make_unique(steps[-1], MAIN, node)[0])
    step(remove_composites(steps[-1], unused(steps[-1])))
    step(ungroup_node(steps[-1], MAIN, node)[0])
    for before, after in itertools.pairwise(steps):
        assert before != after
        told = patch.make(before, after)
        assert dumps(patch.apply(before, told)) == dumps(after)
        assert dumps(patch.apply(after, patch.make(after, before))) == dumps(before)
        assert loads(dumps(after)) == after
