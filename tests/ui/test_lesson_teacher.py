"""The lesson beside the canvas: links choose, ring, set and open; nothing is lost, and progress is noted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot

from studio.project import GraphRef, own_templates
from studio.project.file import read, write
from studio.project.library import COMPOSITES
from studio.train import load_run
from studio.ui.files.filing import Filing
from studio.ui.teaching.teacher import Teacher
from studio.ui.window import MainWindow

INNER = "conv_norm_relu/bn1"
"""A block within a composite."""

LESSON = """# Mine

A lesson about `x`, with $x^2$.

1. **Wider.** [Try it](try:plan.loop.epochs=3) or [open it](open:wide).
"""


@pytest.fixture
def teacher(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Teacher:
    """Give a window with a template of this person that holds a composite and a variant."""
    monkeypatch.setattr(own_templates, "data_folder", lambda: tmp_path / "data")
    project = read(COMPOSITES / "conv_norm_relu.netwright")
    made = own_templates.save(project, "Mine", {"en": LESSON}, {})
    wide = made.open()
    write(replace(wide, plan=replace(wide.plan, metrics=())), made.folder / "wide.netwright")
    (made.folder / "sweeps").mkdir()
    plan = {"vary": ["plan.loop.epochs=2,4"], "method": "grid", "trials": 0, "seconds": 0, "seed": 0}
    plan |= {"metric": "val_loss", "direction": "min", "prune": False}
    (made.folder / "sweeps" / "epochs.json").write_text(json.dumps(plan), "utf-8")
    assert window.filing.from_template(made.key)
    found = window.workspace.teacher
    qtbot.waitUntil(lambda: found.panel.reader.objects is not None, timeout=10_000)
    return found


def way(teacher: Teacher) -> list[GraphRef]:
    page = teacher._space.networks.page
    assert page is not None
    return page.path


def test_a_link_goes_into_composites_and_chooses_the_block(teacher: Teacher, window: MainWindow) -> None:
    teacher.follow(f"block:{INNER}", "")
    assert [ref.place for ref in way(teacher)] == ["network", "composite"]
    view = window.workspace.networks.view
    assert view is not None
    chosen = [view.canvas.cards.graph.nodes[one].name for one in view.selected()]
    assert chosen == [INNER.rpartition("/")[2]]
    teacher.follow("block:x", "")
    assert len(way(teacher)) == 1
    teacher.follow("block:nobody", "")
    assert teacher.panel.banners.get("step") is not None


def test_hovering_rings_the_block_or_what_it_is_in(teacher: Teacher, window: MainWindow) -> None:
    view = window.workspace.networks.view
    assert view is not None
    items = len(view.canvas.items())
    teacher._hover("block:x")
    ring = teacher.rings.ring
    assert ring is not None
    assert len(view.canvas.items()) == items + 1
    assert not ring.boundingRect().isEmpty()
    teacher._hover(f"block:{INNER}")  # within a composite, which is what is seen of it
    inside = teacher.rings.ring
    assert inside is not None
    assert inside is not ring
    teacher._hover("")
    assert teacher.rings.ring is None
    assert len(view.canvas.items()) == items
    teacher._hover("block:x")
    window.filing.new()
    assert teacher.rings.ring is None


def test_a_step_is_one_edit_that_is_told_and_taken_back(teacher: Teacher, window: MainWindow) -> None:
    document = window.document
    before, count = document.project, document.history.position
    teacher.follow("try:plan.loop.epochs=3;plan.loop.batch_size=7", "Longer")
    assert document.history.position == count + 1
    assert document.history.labels()[count].values["step"] == "Longer"
    assert document.project.plan.loop.parameters["batch_size"] == 7
    banner = teacher.panel.banners.get("step")
    assert banner is not None
    assert "3" in banner._label.text()
    banner.buttons()[1].click()
    assert document.project == before
    teacher.follow("try:plan.loop.epoks=3", "Wrong")
    assert document.project == before
    teacher.follow("try:networks.main.nobody.out_features=3", "Gone")
    assert document.project == before
    refused = teacher.panel.banners.get("step")
    assert refused is not None
    assert refused.kind == "warning"


def test_a_step_trains_on_with_what_the_last_run_learned_before_it(window: MainWindow, qtbot: QtBot) -> None:
    assert window.filing.from_template("first_network")
    window.document.begin()
    teacher, session = window.workspace.teacher, window.session
    step = "branch:plan.optimizers.model.lr=0.0001;plan.loop.epochs=1"

    def train_on(words: str, fresh: str = "") -> None:
        teacher.follow(step + fresh, words)
        banner = teacher.panel.banners.get("step")
        assert banner is not None
        assert banner.buttons()[0].text() == "Train on from the last run"
        banner.buttons()[0].click()

    qtbot.waitUntil(lambda: session.obstacle() is None, timeout=30_000)
    train_on("Too early")
    qtbot.waitUntil(lambda: "Train the network first" in window.status.currentMessage(), timeout=10_000)
    window.commands["undo"].trigger()
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: not session.active, timeout=60_000)
    runs = [session.finished]
    # Each time it begins with the first run again, the last time but for one block.
    for words, fresh in (("Finer", ""), ("Finer still", ""), ("With a new end", ";fresh=fc2")):
        train_on(words, fresh)
        qtbot.waitUntil(lambda: not session.active and session.finished is not runs[-1], timeout=60_000)
        runs.append(session.finished)
    first, *later = [load_run(run.run).weights() for run in runs if run is not None and run.run is not None]
    assert len(later) == 3
    for place, weights in enumerate(later):
        alike = {name: torch.allclose(weights[name], first[name], atol=0.01) for name in first}
        assert alike == {name: place < 2 or not name.startswith("fc2.") for name in first}


def test_another_project_is_opened_only_once_changes_are_safe(
    teacher: Teacher, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["cancel", "discard"]
    monkeypatch.setattr(Filing, "ask_to_save", lambda _self: answers.pop(0))
    teacher.follow("try:plan.loop.epochs=3", "Longer")
    changed = window.document.project
    teacher.follow("open:wide", "")
    assert window.document.project is changed
    assert not teacher.panel.variant.isVisible()
    teacher.follow("open:wide", "")
    assert window.document.project != changed
    assert teacher.panel.variant.isVisible()
    teacher.panel.variant.click()
    assert window.filing.variant == ""
    assert not answers


def test_a_prepared_sweep_is_filled_in_and_waits(teacher: Teacher, window: MainWindow) -> None:
    teacher.follow("sweep:epochs", "")
    form = window.workspace.runs.sweep.form
    assert [row.path for row in form.rows] == ["plan.loop.epochs"]
    plan = form.plan()
    assert plan.method == "grid"  # type: ignore[union-attr]  # it can be carried out
    assert window.workspace.runs.pages.currentWidget() is window.workspace.runs.sweep
    assert not window.session.active


def test_the_place_is_kept_and_the_end_counts_as_read(
    teacher: Teacher, window: MainWindow, qtbot: QtBot
) -> None:
    reader = teacher.panel.reader
    template_ = teacher.template
    assert template_ is not None
    reader.setMaximumHeight(140)
    qtbot.waitUntil(lambda: reader.verticalScrollBar().maximum() > 0)
    assert not teacher.ladder.of(template_.key).read
    reader.go(1.0)
    qtbot.waitUntil(lambda: teacher.ladder.of(template_.key).read)
    qtbot.waitUntil(lambda: "✓ read to the end" in reader.toPlainText())
    reader.go(0.4)
    teacher.keep()
    place = teacher.ladder.of(template_.key).place
    assert place > 0.1
    window.filing.new()
    assert not teacher.panel.has_lesson
    assert not window.workspace.docks.in_front("lesson")
    window.filing.from_template(template_.key)
    qtbot.waitUntil(lambda: reader.objects is not None)
    assert reader.place == pytest.approx(place, abs=0.15)
    assert window.workspace.docks.in_front("lesson")


def test_no_lesson_is_fetched_from_anywhere(teacher: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "studio.ui.teaching.teacher.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    for link in ("file:///etc/passwd", "javascript:alert(1)", "qrc:/x", "nonsense"):
        teacher.follow(link, "")
    assert opened == []
    teacher.follow("https://pytorch.org", "")
    assert opened == ["https://pytorch.org"]
