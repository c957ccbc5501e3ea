"""The table of runs is sorted, filtered and written into, and what it offers is done; nothing is lost."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef, Project, edits
from studio.project import file as project_file
from studio.project.settings import apply
from studio.train import RunRecord, RunStore
from studio.train.runs.record import PROJECT
from studio.ui.learning import experimenting
from studio.ui.panels.runs import RunsPanel
from studio.ui.panels.runs_table import WIDEST
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.exchange.networks import table

Open = Callable[[Project], MainWindow]
MAIN = GraphRef("network", "main")
LONG = 20_000


@pytest.fixture
def window(open_project: Open, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window with a saved project and three runs of it, each trained with other settings."""
    project = table()
    window = open_project(project)
    assert window.document.save_as(tmp_path / "net.netwright")
    for number, (changes, accuracy) in enumerate(
        [([], 0.9), (["networks.main.fc1.out_features=5"], 0.7), (["plan.loop.epochs=9"], 0.8)]
    ):
        folder = tmp_path / "runs" / f"run{number}"
        folder.mkdir(parents=True)
        project_file.write(apply(project, changes), folder / PROJECT)
        best = {"epoch": 1, "step": 3, "val_accuracy": accuracy, "val_loss": 1 - accuracy}
        status = ("completed", "failed", "completed")[number]
        RunRecord(folder, 100.0 * number, 2.0, status, "cpu", 0, epochs=1, step=3, best=best).write()
    panel = window.workspace.runs
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.records()) == 3, timeout=LONG)
    return window


def cells(panel: RunsPanel, column: str) -> list[str]:
    place = panel.model.place(column)
    return [str(panel.table.filter.index(row, place).data()) for row in range(panel.table.filter.rowCount())]


def choose(panel: RunsPanel, *names: str) -> None:
    panel.table.choose([record.folder for record in panel.records() if record.name in names])


def anew(panel: RunsPanel, qtbot: QtBot, act: Callable[[], object]) -> None:
    with qtbot.waitSignal(panel.listed, timeout=LONG):
        act()


def test_each_run_says_what_was_changed(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.workspace.runs
    assert cells(panel, "run") == ["run2", "run1", "run0"]
    wide = "fc1 · Out features 5 → 16"
    changes = cells(panel, "changes")
    assert changes[1] == "fc1 · Out features 16 → 5"
    assert changes[0].startswith(wide)
    assert changes[0].endswith("→ 9")
    assert changes[2] == "–"
    anew(panel, qtbot, lambda: panel.hold_against("canvas"))
    assert cells(panel, "changes")[1:] == ["fc1 · Out features 16 → 5", "the same"]
    window.document.attempt(
        Message("Wider"), lambda p: edits.set_parameters(p, MAIN, _node(p, "fc1"), {"out_features": 7})
    )
    anew(panel, qtbot, panel.refresh)
    assert cells(panel, "changes")[1] == "fc1 · Out features 7 → 5"
    anew(panel, qtbot, lambda: panel.hold_against("chosen", panel.records()[1].folder))
    assert cells(panel, "changes")[1:] == ["the same", wide]
    text.set_language("zh_CN")
    assert cells(panel, "changes")[1] == "相同"


def _node(project: Project, name: str) -> str:
    return next(node.id for node in project.graph(MAIN).nodes.values() if node.name == name)


def test_long_columns_take_the_room_there_is_and_chosen_widths_stay(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.workspace.runs
    window.workspace.docks.show("runs")
    anew(panel, qtbot, lambda: panel.written.emit(panel.records()[0].folder, "notes", "what was tried " * 9))
    table, notes, state = panel.table, panel.model.place("notes"), panel.model.place("state")
    panel.show_columns(["state", "notes"])
    table.resize(1400, 200)
    assert table.columnWidth(notes) >= table.sizeHintForColumn(notes) > WIDEST
    table.horizontalHeader().resizeSection(state, 61)
    table.resize(320, 200)
    anew(panel, qtbot, panel.refresh)
    assert (table.columnWidth(state), table.columnWidth(notes)) == (
        61,
        max(WIDEST, table.viewport().width() - 61),
    )


def test_it_is_sorted_filtered_and_taken_away(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    panel = window.workspace.runs
    figure = panel.model.place("figure:val_accuracy")
    setting = next(column.id for column in panel.model.columns if column.title() == "fc1 · Out features")
    assert panel.table.isColumnHidden(figure)
    panel.show_columns(["run", "figure:val_accuracy", setting, "notes"])
    assert not panel.table.isColumnHidden(figure)
    assert window.settings.get(experimenting.COLUMNS) == list(panel.table.wanted)
    panel.table.sortByColumn(figure, panel.table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
    assert cells(panel, "run") == ["run1", "run2", "run0"]
    anew(panel, qtbot, lambda: panel.written.emit(panel.records()[0].folder, "notes", "=1+1 good"))
    assert cells(panel, "run") == ["run1", "run2", "run0"], "it stays sorted"
    panel.save_to(tmp_path / "out.csv")
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Notes", "Folder", "Accuracy (validation)", "fc1 · Out features"]
    folders = {record.name: str(record.folder) for record in panel.records()}
    assert rows[1:] == [
        ["", folders["run1"], "0.7", "5"],
        ["'=1+1 good", folders["run2"], "0.8", "16"],
        ["", folders["run0"], "0.9", "16"],
    ]
    panel.search.setText("GOOD")
    assert cells(panel, "run") == ["run2"]
    assert panel._said.text() == "1 of 3 runs of this project"
    panel.search.setText("")
    panel.table.filter.only(states={"failed": True})
    assert cells(panel, "run") == ["run1"]
    panel.table.filter.only(states={})
    anew(panel, qtbot, lambda: panel.written.emit(panel.records()[2].folder, "tags", "a, b"))
    panel.table.filter.only(tags={"b": True})
    assert cells(panel, "run") == ["run0"]
    said = RunStore(tmp_path / "runs").said()
    assert (said["run0"].tags, said["run2"].notes) == (("a", "b"), "=1+1 good")


def test_runs_are_compared_and_the_canvas_is_coloured(window: MainWindow, qtbot: QtBot) -> None:
    panel, comparison = window.workspace.runs, window.workspace.experiments.comparison
    choose(panel, "run0")
    assert not panel.compare_button.isEnabled()
    choose(panel, "run0", "run1")
    assert [panel.compare_button.isEnabled(), panel.judge_button.isEnabled()] == [True, False]
    panel.compare_button.click()
    side = panel.comparison
    assert side.isVisibleTo(panel)
    heads = [side.table.verticalHeaderItem(row) for row in range(side.table.rowCount())]
    first = next(item.text() for item in heads if item is not None)
    values = [side.table.item(0, column) for column in (0, 1)]
    assert (first, [item.text() for item in values if item is not None]) == (
        "fc1 · Out features",
        ["5", "16"],
    )
    side.back.click()
    assert not side.isVisibleTo(panel)
    choose(panel, "run1")
    panel.act(panel.colour)
    view = window.workspace.networks.view
    assert view is not None
    assert view.canvas.differing is not None
    node = _node(window.document.project, "fc1")
    assert view.canvas.differing.tints == {node: "changed"}
    assert comparison.legend.isVisibleTo(view)
    window.document.attempt(Message("Gone"), lambda p: edits.remove_nodes(p, MAIN, [node]))
    tints = view.canvas.differing.tints
    assert tints[node] == "removed"
    assert list(view.canvas.differing.gone) == [node]
    view.grab()
    view.camera.set_zoom(0.2)  # far out, everything is one picture
    tinted = view.viewport().grab().toImage()
    comparison.legend.close_button.click()
    assert view.canvas.differing is None
    assert panel.coloured is None
    assert view.viewport().grab().toImage() != tinted


def test_a_project_is_brought_back_as_an_edit(window: MainWindow) -> None:
    panel, document = window.workspace.runs, window.document
    mine = document.project
    choose(panel, "run1")
    panel.act(panel.restore)
    assert document.project.graph(MAIN).nodes[_node(mine, "fc1")].parameters["out_features"] == 5
    assert document.history.can_undo
    document.undo()
    assert document.project == mine


def test_runs_are_deleted_once_a_person_agrees(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = window.workspace.runs
    asked: list[str] = []
    answer = "cancel"

    def ask(_parent: object, title: Message, *_: object) -> str:
        asked.append(str(title))
        return answer

    monkeypatch.setattr(experimenting, "ask", ask)
    choose(panel, "run0", "run2")
    panel.ask_to_delete()
    assert len(panel.records()) == 3
    answer = "delete"
    anew(panel, qtbot, panel.ask_to_delete)
    assert asked == ["Delete 2 runs?"] * 2
    assert cells(panel, "run") == ["run1"]
    left = panel.records()[0].folder.parent
    assert sorted(path.name for path in left.iterdir() if path.is_dir()) == ["run1"]


def test_every_entry_of_the_menus_is_there_in_both_languages(window: MainWindow) -> None:
    panel = window.workspace.runs
    choose(panel, "run1")
    for language in ("en", "zh_CN"):
        text.set_language(language)
        for button in (panel.more_button, panel.view_button):
            menu = button.menu()
            menu.aboutToShow.emit()
            said = [action.text() for action in menu.actions() if not action.isSeparator()]
            assert len(said) == len(set(said)) >= 5
            assert all(
                line.isascii() == (language == "en") or "CSV" in line for line in said if "…" not in line
            )
    QApplication.processEvents()
    assert dataclasses.is_dataclass(panel.entries()[0])
