"""The table of runs calls each state by its name, in both languages, and knows runs in folders elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.project import Project
from studio.train import RunRecord
from studio.train.runs.record import PROJECT
from studio.train.runs.store import refer
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.exchange.networks import table

Open = Callable[[Project], MainWindow]


def shown(window: MainWindow, column: int) -> list[str]:
    model = window.workspace.runs.table.filter
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


@pytest.fixture
def listed(open_project: Open, qtbot: QtBot, tmp_path: Path) -> Callable[..., MainWindow]:
    """Give a function that shows a saved project with runs: a state and a folder each, the newest first."""

    def show(**runs: Path) -> MainWindow:
        window = open_project(table())
        file = tmp_path / "net.netwright"
        assert window.document.save_as(file)
        for place, (status, folder) in enumerate(reversed(runs.items())):
            folder.mkdir(parents=True)
            (folder / PROJECT).write_bytes(file.read_bytes())
            record = RunRecord(folder, float(place), 2.0, status, "cpu", 0, step=3, file=str(file))
            record.write()
            refer(record)
        window.workspace.runs.refresh()
        qtbot.waitUntil(lambda: window.workspace.runs.model.rowCount() == len(runs), timeout=20_000)
        return window

    return show


def test_states_are_told_in_both_languages(listed: Callable[..., MainWindow], tmp_path: Path) -> None:
    states = ("completed", "stopped", "patience", "max_steps", "failed")
    window = listed(**{state: tmp_path / "runs" / state for state in states})
    assert shown(window, 1) == ["Completed", "Stopped", "Ended early", "Step limit reached", "Failed"]
    text.set_language("zh_CN")
    assert shown(window, 1) == ["已完成", "已停止", "提前结束", "已达步数上限", "失败"]


def test_what_can_go_on_can_be_gone_on_with(listed: Callable[..., MainWindow], tmp_path: Path) -> None:
    states = ("completed", "stopped", "max_steps", "failed")
    window = listed(**{state: tmp_path / "runs" / state for state in states})
    panel = window.workspace.runs
    can: dict[str, bool] = {}
    for state in states:
        panel.table.choose([tmp_path / "runs" / state])
        can[state] = panel.resume_button.isEnabled()
    assert can == {"completed": False, "stopped": True, "max_steps": True, "failed": True}


def test_a_run_elsewhere_is_in_the_table(listed: Callable[..., MainWindow], tmp_path: Path) -> None:
    places = {"completed": tmp_path / "else where 别处", "stopped": tmp_path / "runs" / "one"}
    window = listed(**places)
    assert [record.folder for record in window.workspace.runs.records()] == list(places.values())
    tip = window.workspace.runs.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "else where 别处" in tip
