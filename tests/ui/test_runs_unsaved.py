"""Runs of a project without a file are its own, come along when it is saved, and say where they are older."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef, Project, edits
from studio.project.disk import unsaved_runs
from studio.project.journal import recoverable
from studio.project.process import Process
from studio.train import RunRecord, RunStore, runs_of
from studio.ui.panels.export import ExportDialog
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.ui.test_window_train import LONG, small

Open = Callable[[Project], MainWindow]
MAIN = GraphRef("network", "main")
CHANGED = "This run trained the network as it was then; the canvas has changed since."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def trained(open_project: Open, qtbot: QtBot) -> MainWindow:
    """A window with a project that was trained and never saved."""
    window = open_project(small(epochs=1))
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    listed(window, qtbot, 1)
    return window


def listed(window: MainWindow, qtbot: QtBot, count: int) -> list[RunRecord]:
    """Wait until the table has been filled anew, with so many runs."""
    with qtbot.waitSignal(window.workspace.runs.listed, timeout=LONG):
        window.workspace.runs.refresh()
    qtbot.waitUntil(lambda: len(window.workspace.runs.records()) == count, timeout=LONG)
    return list(window.workspace.runs.records())


def edit(window: MainWindow) -> None:
    (node,) = (node.id for node in window.document.project.graph(MAIN).of_type("flatten"))
    assert window.document.attempt(
        Message("Rename a block"), lambda p: edits.rename_node(p, MAIN, node, "other")
    )


def exported(window: MainWindow) -> tuple[str, str, bool, str]:
    """Open the export and close it again: what is offered and said, and what is said of the other choice."""
    seen: list[tuple[str, str, bool, str]] = []

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        offered, said = dialog.weights.currentText(), dialog.changed.isVisible()
        dialog.weights.setCurrentIndex(0)
        told = dialog.changed.text() if dialog.changed.isVisible() else ""
        seen.append((offered, dialog.weights.currentText(), said, told))
        dialog.reject()

    QTimer.singleShot(0, use)
    window.commands["export"].trigger()
    return seen[0]


def test_another_project_without_a_file_has_none_of_its_runs(trained: MainWindow, qtbot: QtBot) -> None:
    first = trained.document.id
    (record,) = trained.workspace.runs.records()
    assert record.folder.parent == unsaved_runs(first)
    assert trained.filing.new()
    assert trained.workspace.runs.records() == (), "not even until the folder has been looked at"
    assert listed(trained, qtbot, 0) == []
    assert trained.workspace.runs.newest() is None
    assert trained.document.id != first
    assert exported(trained)[0] == "Fresh weights, never trained"


def test_a_save_brings_its_runs_with_their_curves(trained: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (record,) = trained.workspace.runs.records()
    file = tmp_path / "place" / "net.netwright"
    file.parent.mkdir()
    with qtbot.waitSignal(trained.workspace.runs.listed, timeout=LONG):
        assert trained.document.save_as(file)
    assert [run.folder for run in trained.workspace.runs.records()] == [record.folder]
    assert trained.filing.new()
    listed(trained, qtbot, 0)
    assert trained.filing.open_path(file)
    (again,) = listed(trained, qtbot, 1)
    assert (again.folder, again.file) == (record.folder, str(file))
    assert RunStore.of(again.folder).metrics(again.folder).keys()
    # A copy under another name has none of them: they stay with the project that trained.
    copy = tmp_path / "elsewhere" / "copy.netwright"
    copy.parent.mkdir()
    assert trained.document.save_as(copy)
    assert runs_of(copy) == ()


def test_a_save_while_it_trains_brings_the_run_too(open_project: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_project(small(epochs=2))
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
    window.commands["train"].trigger()
    assert window.document.save_as(tmp_path / "net.netwright")
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    (record,) = runs_of(tmp_path / "net.netwright")
    assert (record.status, record.file) == ("completed", str(tmp_path / "net.netwright"))


def test_recovered_edits_have_their_runs(
    trained: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = trained.document
    (record,) = trained.workspace.runs.records()
    edit(trained)
    monkeypatch.setattr(Process, "alive", False)  # as if this window had been killed
    (found,) = recoverable()
    assert found.document == document.id
    other = type(document)(begin=False)
    assert other.id != document.id
    other.recover(found)
    assert other.id == document.id
    assert [run.folder for run in runs_of(None, other.id)] == [record.folder]
    # And once more, should it crash again.
    assert [again.document for again in recoverable()] == [document.id]
    other.close()


def test_an_edited_network_is_told_from_the_one_that_trained(trained: MainWindow, qtbot: QtBot) -> None:
    workspace = trained.workspace
    (record,) = workspace.runs.records()
    assert exported(trained)[0].startswith("Trained: ")
    assert not exported(trained)[2]
    assert not workspace.evaluation.older.isVisibleTo(workspace.evaluation)
    edit(trained)
    offered, other, said, told = exported(trained)
    assert (offered, said) == ("Fresh weights, never trained", False)
    assert (other.startswith("Trained: "), told) == (True, CHANGED)
    assert workspace.runs._said.text() == CHANGED
    workspace.judge.judge(record.folder)
    assert workspace.evaluation.older.isVisibleTo(workspace.evaluation)
    text.set_language("zh_CN")
    assert workspace.evaluation.older.text() == workspace.runs._said.text() != CHANGED
    trained.document.undo()
    assert not workspace.evaluation.older.isVisibleTo(workspace.evaluation)
    assert workspace.runs._said.text() != CHANGED
    text.set_language("en")
    assert exported(trained)[0].startswith("Trained: ")
