"""The window makes a trained network lighter: from the menu or the export, stopped or saved as a project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.exchange.lighter import measuring
from studio.project.file import write
from studio.project.lighter import Wish
from studio.train import run
from studio.ui.panels.export import ExportDialog
from studio.ui.panels.lighter import LighterDialog
from studio.ui.window import MainWindow
from tests.exchange.networks import table

LEFT = Qt.MouseButton.LeftButton
LONG = 30_000


@pytest.fixture
def window(
    make_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window with a project on the wines that was trained; what it makes is measured without ONNX."""
    monkeypatch.setattr(measuring, "can_round", lambda: False)
    monkeypatch.setattr(measuring, "ROUNDS", 2)
    file = tmp_path / "wines.netwright"
    write(table(), file)
    list(run(table(), epochs=2, file=file))
    made = make_window()
    made.filing.open_path(file)
    made.document.begin()
    qtbot.waitUntil(
        lambda: made.document.analysis.ready and bool(made.workspace.runs.records()), timeout=LONG
    )
    return made


def dialogs(act: Callable[[LighterDialog], None]) -> list[LighterDialog]:
    """Do something in the dialog once it is open, coming from the export if that is open first."""
    seen: list[LighterDialog] = []

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ExportDialog):
            QTimer.singleShot(0, use)
            dialog.lighter_button.click()
            return
        assert isinstance(dialog, LighterDialog)
        seen.append(dialog)
        try:
            act(dialog)
        finally:
            dialog.close()

    QTimer.singleShot(0, use)
    return seen


def test_a_network_becomes_lighter_and_is_opened_as_a_project_of_its_own(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.document.project
    target = tmp_path / "light.netwright"

    def act(dialog: LighterDialog) -> None:
        assert not dialog.methods["none"].isEnabled()
        assert dialog.wish.method == "channels"
        assert not dialog.wish.int8
        dialog.share.setValue(50)
        dialog.epochs.setValue(1)
        qtbot.mouseClick(dialog.start_button, LEFT)
        assert not dialog.share.isEnabled()
        qtbot.waitUntil(lambda: dialog.found is not None, timeout=LONG)
        cells = [
            [dialog.table.item(row, column).text() for column in range(2)]  # type: ignore[union-attr]
            for row in range(dialog.table.rowCount())
        ]
        assert cells[2] == ["307", "155   × 0.50"]
        assert cells[4][1].endswith("× 0.50")
        dialog.save_to(target)
        assert dialog.open_button.isVisible()
        dialog.save_to(target)
        assert "already there" in dialog._said.text()
        dialog.open_button.click()

    seen = dialogs(act)
    window.commands["lighter"].trigger()
    assert len(seen) == 1
    assert window.document.path == target
    assert window.document.project != before
    qtbot.waitUntil(lambda: len(window.workspace.runs.records()) == 1, timeout=LONG)


def test_it_is_reached_from_the_export_and_stops_when_it_is_told_to(window: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: LighterDialog) -> None:
        dialog.methods["weights"].click()
        dialog.epochs.setValue(5000)
        dialog.start()
        qtbot.waitUntil(lambda: "Training on" in dialog._said.text(), timeout=LONG)
        qtbot.mouseClick(dialog.cancel_button, LEFT)
        assert dialog._said.text() == "Cancelled. Nothing was written."
        assert dialog.start_button.isEnabled()

    seen = dialogs(act)
    window.commands["export"].trigger()
    assert len(seen) == 1
    assert seen[0].found is None


def test_a_step_of_a_lesson_fills_the_form_in(window: MainWindow) -> None:
    found: list[Wish] = []
    seen = dialogs(lambda dialog: found.append(dialog.wish))
    window.workspace.teacher.follow("lighter:weights=70;from=all;epochs=3", "Zeros")
    assert len(seen) == 1
    assert found == [Wish("weights", 0.7, "all", 3, False)]


def test_without_a_run_it_says_what_to_do_first(make_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    window.document._replace(table(), None, saved=True)
    window.show_project()
    window.document.begin()
    qtbot.waitUntil(lambda: window.document.analysis.ready, timeout=LONG)
    window.commands["lighter"].trigger()
    assert QApplication.activeModalWidget() is None
    assert "Train the network first" in window.workspace.status.currentMessage()
