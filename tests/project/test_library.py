"""The library of composites is data that can be trusted, and placing one brings all that it is made of."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from studio.graph import NetwrightError
from studio.project import COMPOSITE, Composite, GraphRef, Project, ProjectError, edits
from studio.project.document import inside
from studio.project.file import dumps, loads
from studio.project.library import (
    COMPOSITES,
    INDEX,
    LIBRARY,
    add_block,
    bring_shipped,
    find_shipped,
    shipped,
    texts,
)
from tests.drawing import MAIN

FILES = sorted(COMPOSITES.glob("*.netwright"))


def inner(name: str) -> GraphRef:
    return GraphRef("composite", name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_written_as_netwright_writes_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    project = loads(text)
    assert dumps(project) == text
    (node,) = project.graph(MAIN).of_type(COMPOSITE)
    made_of = inside(project, project.composites[node.composite].graph)
    assert set(project.composites) == {node.composite, *made_of}
    for ref in project.refs():
        assert set(project.layout_of(ref).positions) == set(project.graph(ref).nodes)
    for composite in project.composites.values():
        assert composite.doc
        assert all(parameter.doc for parameter in composite.parameters)


def test_the_list_names_every_file_once_and_what_stands_in_it() -> None:
    listed = json.loads((COMPOSITES / INDEX).read_text(encoding="utf-8"))
    assert sorted(one["file"] for one in listed) == [file.name for file in FILES]
    assert len({one["name"] for one in listed}) == len(listed) == len(shipped()) == 29
    for one in shipped():
        (node,) = one.project.graph(MAIN).of_type(COMPOSITE)
        assert node.composite == one.name
        assert one.words
        assert 0 < len(one.stem) <= 13
        assert (one.block.type, one.block.group) == (LIBRARY, "composite")
        assert one.block.doc == one.definition.doc


def test_what_two_files_define_is_the_same() -> None:
    known: dict[str, Composite] = {}
    shared = 0
    for one in shipped():
        for name, definition in one.project.composites.items():
            shared += name in known
            assert known.setdefault(name, definition) == definition
    assert shared >= 4
    assert known.keys() == {one.name for one in shipped()}  # what others are made of can be placed itself


def test_all_of_the_library_fits_into_one_project() -> None:
    project = Project()
    for one in shipped():
        project, name = bring_shipped(project, one.name)
        assert name == one.name
    assert len(project.composites) == 29
    assert loads(dumps(project)).composites == project.composites


def test_placing_brings_the_definition_what_it_is_made_of_and_their_looks() -> None:
    project, node = add_block(Project(), MAIN, LIBRARY, (16.0, 32.0), "Dense block")
    placed = project.graph(MAIN).nodes[node]
    assert (placed.type, placed.composite, placed.name) == (COMPOSITE, "Dense block", "dense1")
    assert project.layout_of(MAIN).positions[node] == (16.0, 32.0)
    assert list(project.composites) == ["Dense layer", "Dense block"]
    found = find_shipped("Dense block")
    assert found is not None
    for name in project.composites:
        assert project.composites[name] == found.project.composites[name]
        assert project.layout_of(inner(name)) == found.project.layout_of(inner(name))


def test_placing_again_uses_the_definition_that_is_there() -> None:
    once, _ = add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Dense block")
    twice, node = add_block(once, MAIN, LIBRARY, (400.0, 0.0), "Dense block")
    assert twice.graph(MAIN).nodes[node].composite == "Dense block"
    assert twice.composites is once.composites
    assert [n.name for n in twice.graph(MAIN).nodes.values()] == ["dense1", "dense2"]
    own, node = add_block(twice, MAIN, COMPOSITE, (400.0, 0.0), "Dense block")
    assert own.graph(MAIN).nodes[node].name == "dense3"
    both, _ = add_block(twice, MAIN, LIBRARY, (800.0, 0.0), "Dense layer")
    assert both.composites is once.composites


def test_a_definition_that_was_edited_is_kept_beside_the_librarys() -> None:
    project, _ = add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Dense block")
    project = edits.set_parameters(project, inner("Dense layer"), "conv2d_1", {"bias": True})
    edited = project.composites["Dense layer"]
    project, node = add_block(project, MAIN, LIBRARY, (400.0, 0.0), "Dense block")
    assert list(project.composites) == ["Dense layer", "Dense block", "Dense layer 2", "Dense block 2"]
    assert project.graph(MAIN).nodes[node].composite == "Dense block 2"
    assert project.composites["Dense layer"] == edited
    (layers,) = project.composites["Dense block 2"].graph.of_type(COMPOSITE)
    assert layers.composite == "Dense layer 2"
    found = find_shipped("Dense layer")
    assert found is not None
    assert project.composites["Dense layer 2"] == found.definition
    assert project.layout_of(inner("Dense layer 2")) == found.project.layout_of(inner("Dense layer"))


def test_a_composite_of_the_library_is_not_placed_inside_itself() -> None:
    project, _ = bring_shipped(Project(), "Dense block")
    for place in ("Dense block", "Dense layer"):
        with pytest.raises(ProjectError, match="cannot contain itself"):
            add_block(project, inner(place), LIBRARY, (0.0, 0.0), "Dense block")


def test_what_the_library_has_not_is_refused() -> None:
    with pytest.raises(ProjectError, match="There is no composite “Magic” in the library"):
        add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Magic")
    assert find_shipped("Magic") is None


def test_a_damaged_library_is_told_and_an_absent_one_is_empty(tmp_path: Path) -> None:
    assert shipped(tmp_path) == ()
    (tmp_path / INDEX).write_text('[{"name": "A", "words": [], "file": "a.netwright", "stem": "a"}]')
    shipped.cache_clear()
    (one,) = shipped(tmp_path)
    with pytest.raises(NetwrightError, match="no such file"):
        _ = one.definition
    (tmp_path / "a.netwright").write_text(dumps(Project()))
    with pytest.raises(ProjectError, match="There is no composite “A”"):
        _ = dataclasses.replace(one).definition


def test_texts_are_those_that_a_person_reads() -> None:
    found = set(texts())
    assert {"Residual bottleneck", "shortcut", "Channels that leave it.", "Out 3x3"} <= found
    assert any(text.startswith("Four dense layers") for text in found)
