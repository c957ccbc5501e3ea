"""A person's own templates are kept and brought back; folders of others are looked at and never run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.project import ProjectError, own_templates
from studio.project.file import write
from studio.project.gallery import Shelf, look, task_of, template, templates


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(own_templates, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data" / "templates"


def test_a_project_is_kept_taken_out_and_brought_back(home: Path) -> None:
    project = template("cnn").open()
    made = own_templates.save(project, "My: digits", {"en": "# My digits\n\nMine.\n"}, {"main": 421_642})
    again = own_templates.save(project, "My: digits", {"en": "# My digits\n"}, {})
    assert made.folder.parent == again.folder.parent == home
    assert made.folder != again.folder
    found = {one.key: one for one in own_templates.every_template().templates}
    mine = found[made.key]
    assert (mine.title, mine.summary, mine.origin, mine.parameters) == (
        "My digits",
        "Mine.",
        "yours",
        421_642,
    )
    assert mine.task == task_of(project) == "classification"
    assert mine.open().template == mine.id
    removed = own_templates.remove(mine)
    assert made.key not in {one.key for one in own_templates.every_template().templates}
    own_templates.bring_back(removed)
    assert made.key in {one.key for one in own_templates.every_template().templates}
    with pytest.raises(ProjectError):
        own_templates.remove(template("cnn"))
    with pytest.raises(ProjectError, match="title"):
        own_templates.save(project, "  ", {}, {})


def test_a_folder_of_others_is_remembered_and_what_is_broken_is_told(tmp_path: Path) -> None:
    shared, ran = tmp_path / "shared", tmp_path / "ran"
    for name in ("good", "bad", "newer"):
        (shared / name).mkdir(parents=True)
    write(template("cnn").open(), shared / "good" / "project.netwright")
    # Code beside a template is nobody's business.
    (shared / "good" / "__init__.py").write_text(f"open({str(ran)!r}, 'w')")
    (shared / "good" / "lesson.en.md").write_text("# Good\n\n<script>alert(1)</script>\n", "utf-8")
    (shared / "bad" / "project.netwright").write_text("import os", "utf-8")
    (shared / "newer" / "project.netwright").write_text('{"format": "netwright", "version": 999}', "utf-8")
    assert own_templates.add_folder(shared) == 1
    assert own_templates.add_folder(shared) == 1
    assert own_templates.folders() == [shared]
    found = own_templates.every_template()
    assert [one.id for one in found.templates if one.origin == "shared"] == ["good"]
    assert {one.folder.name for one in found.broken} == {"bad", "newer"}
    assert own_templates.folder_of(found.templates[-1]) == shared
    assert not ran.exists()
    own_templates.forget_folder(shared)
    assert own_templates.folders() == []
    with pytest.raises(ProjectError, match=r"project\.netwright"):
        own_templates.add_folder(tmp_path / "data")


def test_facts_are_read_and_broken_ones_are_told(tmp_path: Path) -> None:
    place = tmp_path / "one"
    place.mkdir()
    write(template("cnn").open(), place / "project.netwright")
    facts = {
        "parameters": {"main": 5, "second": 7},
        "order": 2,
        "seconds": 3.5,
        "reaches": {"figure": "loss", "at_most": 0.5, "seed": 1, "measured": 0.4},
        "task": "language",
    }
    (place / "facts.json").write_text(json.dumps(facts), "utf-8")
    found = templates(folder=tmp_path)[0]
    assert (found.parameters, found.task, found.facts.order, found.networks) == (12, "language", 2, ["main"])
    reaches = found.facts.reaches
    assert reaches is not None
    assert reaches.holds(0.5)
    assert not reaches.holds(0.51)
    for broken in ('{"parameters": []}', "[]", '{"reaches": {}}', "{"):
        (place / "facts.json").write_text(broken, "utf-8")
        told = look(shelves=[Shelf(tmp_path, "shared")])
        assert not told.templates
        assert "facts.json" in told.broken[0].reason.render(str)
