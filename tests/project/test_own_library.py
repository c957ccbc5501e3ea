"""A person's own composites: kept whole, found again by anybody who looks, and never in the way."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from studio.blocks.custom import PREFIX
from studio.project import COMPOSITE, Composite, GraphRef, Project, ProjectError, edits, own_library
from studio.project.coding import set_code
from studio.project.file import dumps, read
from studio.project.library import add_block
from studio.project.own_library import OWN, Broken, OwnLibrary, bring_own
from studio.project.trust import trust

MAIN = GraphRef("network", "main")
CODE = "def swish(x):\n    return x * x.sigmoid()\n"


def drawn() -> Project:
    """Give a project with a composite that holds another one and code of its own."""
    project = set_code(Project(), CODE)
    for place, kind in enumerate(("input", f"{PREFIX}swish", "output")):
        project, _ = edits.add_node(project, MAIN, kind, (200.0 * place, 0.0))
    inner = project.graph(MAIN)
    made = edits.set_composite(set_code(Project(), CODE), "Inner", Composite(inner))
    made, _ = edits.add_node(made, MAIN, COMPOSITE, (0.0, 0.0), composite="Inner")
    outer = made.graph(MAIN)
    made = edits.set_composite(made, "Outer", Composite(outer))
    return edits.move_nodes(made, GraphRef("composite", "Outer"), {"composite_1": (48.0, 96.0)})


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnLibrary:
    folder = tmp_path / "mine"
    monkeypatch.setattr(own_library, "own_folder", lambda: folder)
    return own_library.own_library()


def test_a_composite_is_kept_with_all_it_is_made_of(library: OwnLibrary) -> None:
    project = drawn()
    before = dumps(project)
    kept = library.save(project, "Outer")
    assert dumps(project) == before
    assert [one.name for one in library.all()] == ["Outer"]
    held = read(kept.file)
    assert held.composites == project.composites
    assert dict(held.custom) == {"swish": CODE}
    assert [node.composite for node in held.graph(MAIN).nodes.values()] == ["Outer"]
    other, node = add_block(Project(), MAIN, OWN, (16.0, 16.0), "Outer")
    assert other.composites == project.composites
    assert dict(other.custom) == {"swish": CODE}
    assert other.graph(MAIN).nodes[node].composite == "Outer"
    assert other.layout_of(GraphRef("composite", "Outer")).positions["composite_1"] == (48.0, 96.0)
    assert not trust.trusts(other.custom)
    again, _ = add_block(other, MAIN, OWN, (200.0, 16.0), "Outer")
    assert again.composites == other.composites


def test_another_program_sees_what_is_kept_renamed_and_removed(library: OwnLibrary) -> None:
    other = OwnLibrary(library.folder)
    assert other.all() == []
    library.save(drawn(), "Inner")
    assert other.look()
    assert not other.look()
    assert [one.name for one in other.all()] == ["Inner"]
    library.save(drawn(), "Outer", "各种 / name")
    library.rename("Inner", "Mine")
    assert other.look()
    assert [one.name for one in other.all()] == ["Mine", "各种 / name"]
    assert {file.suffix for file in library.folder.iterdir()} == {".netwright"}
    library.remove("Mine")
    other.look()
    assert [one.name for one in other.all()] == ["各种 / name"]
    assert [file.name for file in library.folder.iterdir() if file.suffix != ".netwright"] == [
        "Mine.netwright~"
    ]


def test_names_that_are_taken_are_told_and_another_is_offered(library: OwnLibrary) -> None:
    library.save(drawn(), "Inner")
    library.save(drawn(), "Outer")
    assert library.free_name("Third") == "Third"
    assert library.free_name("inner") == "inner 2"
    with pytest.raises(ProjectError, match="“Outer” is among your blocks already"):
        library.rename("Inner", "Outer")
    library.save(drawn(), "Inner")
    assert len(library.all()) == 2


def test_a_broken_file_is_told_and_harms_nothing(library: OwnLibrary) -> None:
    library.save(drawn(), "Inner")
    (library.folder / "bad.netwright").write_bytes(b"\x00{")
    (library.folder / "empty.netwright").write_text(dumps(Project()))
    (library.folder / "notes.txt").write_text("hello")
    assert library.look()
    assert [one.name for one in library.all()] == ["Inner"]
    broken: list[Broken] = library.broken()
    assert [one.file.name for one in broken] == ["bad.netwright", "empty.netwright"]
    assert str(broken[1].reason) == "It holds no composite."


def test_other_code_of_one_name_is_refused(library: OwnLibrary) -> None:
    library.save(drawn(), "Outer")
    own = set_code(Project(), CODE.replace("sigmoid", "tanh"))
    with pytest.raises(ProjectError, match="another Python block “swish”"):
        bring_own(own, "Outer")
    differing = dataclasses.replace(drawn().composites["Inner"], doc="Mine.")
    mine = edits.set_composite(drawn(), "Inner", differing)
    project, name = bring_own(mine, "Outer")
    assert name == "Outer 2"
    assert project.composites["Inner"] == differing
