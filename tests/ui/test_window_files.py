"""Saving, closing and crashing as a person meets them: asked once, told why, nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef, Project, edits, file
from studio.project.gallery import template
from studio.ui.safety.faults import Faults
from studio.ui.widgets.dialogs import Question
from studio.ui.window import MainWindow
from tests import drawing

MAIN = GraphRef("network", "main")


def edit(window: MainWindow) -> None:
    changed, _ = edits.add_node(window.document.project, MAIN, "relu", (0.0, 0.0))
    window.document.do(Message("Add"), changed)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer questions in order, by the ids of their buttons; a question without an answer fails."""
    given: list[str] = []
    asked: list[str] = []

    def ask(question: Question) -> str:
        asked.append(question.text())
        known = set(question._ids.values())
        answer = given.pop(0)
        assert answer in known
        return answer

    monkeypatch.setattr(Question, "ask", ask)
    return given


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    chosen = (str(path) if path is not None else "", "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: chosen)


def test_save_offers_the_name_of_the_template_and_of_no_file_that_is_there(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered: list[str] = []

    def ask(_parent: object, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        offered.append(begin)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.filing._settings.set("folder", str(tmp_path))
    window.document.new()
    window.filing.save_as()
    window.document.new(template("cnn").project)
    window.filing.save_as()
    (tmp_path / "cnn.netwright").touch()
    window.filing.save_as()
    assert [Path(one).name for one in offered] == ["network.netwright", "cnn.netwright", "cnn 2.netwright"]
    assert {Path(one).parent for one in offered} == {tmp_path}


def test_save_asks_for_a_name_once_and_puts_it_in_the_title(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.show_project()
    edit(window)
    assert window.isWindowModified()
    choose(monkeypatch, tmp_path / "mine")  # the suffix is added
    window.commands["save"].trigger()
    assert file.read(tmp_path / "mine.netwright") == window.document.project
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("mine.netwright")
    assert window.settings.recent()[0].path == tmp_path / "mine.netwright"
    choose(monkeypatch, None)
    edit(window)
    window.commands["save"].trigger()
    assert file.read(tmp_path / "mine.netwright") == window.document.project


def test_calling_save_off_keeps_the_work(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.show_project()
    edit(window)
    choose(monkeypatch, None)
    assert window.filing.save() is False
    assert window.document.modified


def test_failed_save_offers_another_place(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.show_project()
    edit(window)
    choose(monkeypatch, tmp_path / "gone" / "mine.netwright")
    assert window.filing.save_as() is False
    banner = window.banners.get("save")
    assert banner is not None
    assert str(banner.text).startswith("Not saved:")
    assert window.document.modified
    choose(monkeypatch, tmp_path / "mine.netwright")
    banner.buttons()[0].click()
    assert (tmp_path / "mine.netwright").exists()
    assert window.banners.get("save") is None


def test_opening_another_project_asks_about_unsaved_changes(
    window: MainWindow, answers: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.netwright"
    file.write(drawing.chain(("input", {}), ("relu", {}))[0], other)
    window.show_project()
    edit(window)
    mine = window.document.project
    answers[:] = ["cancel"]
    assert window.filing.open_path(other) is False
    assert window.document.project is mine
    answers[:] = ["save"]
    choose(monkeypatch, tmp_path / "mine.netwright")
    assert window.filing.open_path(other)
    assert file.read(tmp_path / "mine.netwright") == mine
    edit(window)
    answers[:] = ["discard"]
    assert window.filing.new()
    assert len(window.document.project.graph(MAIN)) == 0
    assert answers == []


def test_closing_asks_once_and_stays_when_called_off(window: MainWindow, answers: list[str]) -> None:
    window.show_project()
    edit(window)
    answers[:] = ["cancel"]
    assert window.close() is False
    assert window.isVisible()
    answers[:] = ["discard"]
    assert window.close() is True
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("netwright")]


def test_closing_without_changes_asks_nothing(window: MainWindow, answers: list[str]) -> None:
    window.show_project()
    assert window.close() is True


def test_file_changed_by_another_program_is_told_and_never_overwritten_unasked(
    window: MainWindow, answers: list[str], tmp_path: Path
) -> None:
    place = tmp_path / "mine.netwright"
    file.write(Project(), place)
    window.filing.open_path(place)
    other = drawing.chain(("input", {}), ("relu", {}))[0]
    file.write(other, place)
    edit(window)
    answers[:] = ["cancel"]
    assert window.filing.save() is False
    assert file.read(place) == other
    window.filing.check_disk()
    banner = window.banners.get("disk")
    assert banner is not None
    answers[:] = ["discard"]
    banner.buttons()[0].click()  # load it again
    assert window.document.project == other
    assert window.banners.get("disk") is None


def test_second_window_on_a_file_is_told_that_it_only_reads(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    place = tmp_path / "mine.netwright"
    file.write(Project(), place)
    first, second = make_window(), make_window()
    first.filing.open_path(place)
    second.filing.open_path(place)
    assert first.banners.get("read-only") is None
    assert second.banners.get("read-only") is not None


def test_lost_edits_are_offered_and_brought_back(
    make_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    first = make_window()
    first.show_project()
    edit(first)
    lost = first.document.project
    monkeypatch.setattr("studio.project.process.Process.alive", False)  # as if it had been killed
    second = make_window()
    second.look_for_lost_edits()
    qtbot.waitUntil(lambda: second.banners.get("recovery0") is not None)
    monkeypatch.undo()
    banner = second.banners.get("recovery0")
    assert banner is not None
    banner.buttons()[0].click()
    assert second.document.project == lost
    assert second.isWindowModified()
    assert not second.at_welcome
    assert second.banners.get("recovery0") is None


def test_mistake_of_the_program_is_told_with_details_and_logged(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults()
    faults.happened.connect(window.tell_fault)
    faults.install(tmp_path / "log" / "netwright.log")
    try:

        def fail() -> None:
            raise ValueError("<b>broken</b>")

        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: window.banners.get("fault") is not None)
        worker = threading.Thread(target=fail)
        worker.start()
        worker.join()
    finally:
        faults.uninstall()
    banner = window.banners.get("fault")
    assert banner is not None
    assert "ValueError: <b>broken</b>" in banner._label.text()  # as it is, not as HTML
    banner.buttons()[0].click()
    assert "Traceback" in QApplication.clipboard().text()
    log = (tmp_path / "log" / "netwright.log").read_text()
    assert "ValueError: <b>broken</b>" in log
    banner.close_button.click()
    assert window.banners.get("fault") is None
