"""The analysis panel: rows with labels and fields, sorting, keys, the memory of a step, copies and files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef, Project, edits
from studio.train.machine.devices import Device
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.tips import tip as canvas_tip
from studio.ui.panels.analysis import AnalysisPanel
from studio.ui.panels.analysis_table import COLUMNS
from studio.ui.widgets.plain import is_seen
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests import drawing

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]
Show = Callable[[Project], tuple[MainWindow, AnalysisPanel]]

NAMES = [column.title.template for column in COLUMNS]
PLACE = {name: index for index, name in enumerate(NAMES)}


@pytest.fixture
def show(open_project: Open, qtbot: QtBot) -> Show:
    """Give a function that opens a project with the analysis in front."""

    def make(project: Project) -> tuple[MainWindow, AnalysisPanel]:
        window = open_project(project)
        window.workspace.docks.show("analysis")
        panel = window.workspace.analysis
        qtbot.waitUntil(lambda: is_seen(panel) and panel.model.rowCount() > 0)
        return window, panel

    return make


def column(panel: AnalysisPanel, name: str) -> list[str]:
    """Read a column as it stands on the screen."""
    return [panel.sorted.index(row, PLACE[name]).data() for row in range(panel.sorted.rowCount())]


def hint(panel: AnalysisPanel, row: int, name: str) -> str:
    return str(panel.sorted.index(row, PLACE[name]).data(Qt.ItemDataRole.ToolTipRole))


def selected(window: MainWindow) -> list[str]:
    view = window.workspace.networks.view
    assert view is not None
    return view.selected()


CNN, IDS = drawing.chain(*drawing.CNN)


def test_a_row_tells_sizes_what_they_mean_weights_memory_and_field(show: Show) -> None:
    _, panel = show(CNN)
    row = {name: column(panel, name)[1] for name in NAMES}
    assert row == {
        "Block": "conv1",
        "Type": "Conv2d",
        "Output": "B × 32 × 28 × 28",
        "Dimensions": "batch × channel × height × width",
        "Receptive field": "3 × 3",
        "Parameters": "320",
        "Learnable tensors": "weight 32 × 1 × 3 × 3, bias 32",
        "Multiply-adds": "226 k",
        "Memory of a sample": "98 KiB",
        "Memory of weights": "1.25 KiB",
    }
    assert column(panel, "Receptive field")[5:8] == ["8 × 8, step 2", "10 × 10, step 4", "whole input"]
    assert "batch B · channel 32 · height 28 · width 28 · float32" in hint(panel, 1, "Output")
    assert "10 × 10 of “x”; neighbours look 4 apart" in hint(panel, 6, "Receptive field")
    assert "225,792" in hint(panel, 1, "Multiply-adds")
    assert panel.totals().startswith("421,642 parameters, 421,642 trained · 4.24 M multiply-adds")


def test_names_from_a_file_are_shown_as_they_are(show: Show) -> None:
    _, panel = show(edits.rename_node(CNN, MAIN, IDS[1], "<b>x</b>"))
    assert column(panel, "Block")[1] == "<b>x</b>"
    assert "&lt;b&gt;x&lt;/b&gt;" in hint(panel, 1, "Block")


def test_headings_sort_by_numbers_and_a_third_click_gives_the_first_order(show: Show, qtbot: QtBot) -> None:
    _, panel = show(CNN)
    first = column(panel, "Block")
    header = panel.table.horizontalHeader()

    def click(name: str) -> None:
        place = header.sectionViewportPosition(PLACE[name]) + 12
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))

    click("Parameters")
    assert column(panel, "Parameters")[-3:] == ["1,290", "18,496", "401,536"]
    click("Parameters")
    assert column(panel, "Parameters")[:3] == ["401,536", "18,496", "1,290"]
    click("Parameters")
    assert column(panel, "Block") == first
    click("Block")
    assert column(panel, "Block") == sorted(first)


def test_names_are_sorted_as_people_count(show: Show) -> None:
    project, _ = drawing.chain(("input", {}), *((("relu", {}),) * 11), ("output", {}))
    _, panel = show(project)
    panel.table.sortByColumn(PLACE["Block"], Qt.SortOrder.DescendingOrder)
    assert column(panel, "Block")[2:5] == ["relu11", "relu10", "relu9"]


def test_a_row_selects_its_block_and_a_block_its_row_however_sorted(show: Show, qtbot: QtBot) -> None:
    window, panel = show(CNN)
    panel.table.sortByColumn(PLACE["Parameters"], Qt.SortOrder.DescendingOrder)
    place = panel.table.visualRect(panel.sorted.index(1, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selected(window) == [IDS[4]]  # conv2, the second in parameters
    view = window.workspace.networks.view
    assert view is not None
    view.select([IDS[8]])
    assert [index.row() for index in panel.table.selectionModel().selectedRows()] == [0]
    view.select([])
    assert panel.table.selectionModel().selectedRows() == []


def test_keys_walk_sort_copy_and_go_to_the_block(show: Show, qtbot: QtBot) -> None:
    window, panel = show(CNN)
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.sorted.index(0, PLACE["Parameters"]))
    for expected in (IDS[1], IDS[2]):
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
        assert selected(window) == [expected]
        assert panel.table.hasFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert column(panel, "Parameters")[0] == "401,536"
    assert selected(window) == [IDS[2]]
    qtbot.keyClick(panel.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert column(panel, "Parameters")[-1] == "401,536"
    qtbot.keyClick(panel.table, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert column(panel, "Block")[:2] == ["x", "conv1"]
    QApplication.clipboard().clear()
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().startswith("Block\tType\t")
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert not panel.table.hasFocus()
    assert selected(window) == [IDS[2]]


def test_an_edit_keeps_the_choice_and_the_order(show: Show, qtbot: QtBot) -> None:
    window, panel = show(CNN)
    panel.table.sortByColumn(PLACE["Parameters"], Qt.SortOrder.DescendingOrder)
    panel.table.selectRow(0)
    changed = edits.set_parameters(window.document.project, MAIN, IDS[8], {"out_features": 1})
    window.document.do(Message("Set"), changed)
    qtbot.waitUntil(lambda: "3,137" in column(panel, "Parameters"))
    assert column(panel, "Parameters")[:2] == ["18,496", "3,137"]
    assert selected(window) == [IDS[8]]
    assert [index.row() for index in panel.table.selectionModel().selectedRows()] == [1]


def test_the_memory_of_a_step_follows_the_plan_and_warns_where_it_does_not_fit(
    show: Show, qtbot: QtBot
) -> None:
    window, panel = show(CNN)
    window.devices.set_found((Device("cuda:0", "Big", 2**34, 2**33),))
    assert panel.step().startswith("A training step of 64 samples takes about 22.7 MiB: weights 1.61 MiB,")
    assert panel.step().endswith("8 GiB free on cuda:0")
    window.devices.set_found((Device("cuda:0", "Small", 2**34, 2**24),))
    assert "takes about 22.7 MiB, but cuda:0 has only 16 MiB free" in panel.step()
    assert panel._step.property("role") == "warning"
    window.document.do(Message("Set"), edits.set_loop(window.document.project, "batch_size", 1))
    qtbot.waitUntil(lambda: panel.step().startswith("A training step of 1 sample takes"))
    assert panel.step().endswith("16 MiB free on cuda:0")
    assert panel._step.property("role") == "muted"
    window.devices.set_found((Device("xpu:0", "Silent"),))
    assert panel.step().endswith("KiB")


def test_totals_and_the_step_are_withheld_while_they_would_be_false(show: Show, qtbot: QtBot) -> None:
    window, panel = show(edits.set_parameters(CNN, MAIN, IDS[1], {"kernel_size": 0}))
    assert panel.totals() == "Totals are shown once the errors are mended."
    assert panel.step() == ""
    assert column(panel, "Parameters")[1] == "–"
    mended = edits.set_parameters(window.document.project, MAIN, IDS[1], {"kernel_size": 3})
    window.document.do(Message("Set"), mended)
    qtbot.waitUntil(lambda: panel.totals().startswith("421,642"))
    assert panel.step() != ""


def test_the_table_is_copied_as_it_is_sorted_and_safe_for_spreadsheets(show: Show) -> None:
    project = edits.rename_node(CNN, MAIN, IDS[1], "=1+1")
    project = edits.rename_node(project, MAIN, IDS[2], " @x")
    project = edits.rename_node(project, MAIN, IDS[3], "<i>\tname\n")
    _, panel = show(project)
    panel.table.sortByColumn(PLACE["Parameters"], Qt.SortOrder.DescendingOrder)
    panel.copy()
    data = QApplication.clipboard().mimeData()
    table = list(csv.reader(io.StringIO(data.text()), delimiter="\t"))
    assert table[0][:5] == ["Block", "Type", "Output", "Dimensions", "Receptive field"]
    assert [row[PLACE["Parameters"]] for row in table[1:4]] == ["401536", "18496", "1290"]
    names = [row[0] for row in table[1:]]
    assert "'=1+1" in names
    assert "' @x" in names
    assert "<i>\tname\n" in names
    assert "<td>=1+1</td>" in data.html()
    assert "<td>&lt;i&gt;" in data.html()


def test_the_table_is_saved_as_csv_with_numbers_in_full(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, panel = show(CNN)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "costs"), ""))
    panel.save_button.click()
    written = (tmp_path / "costs.csv").read_bytes()
    assert written.startswith("\ufeff".encode())  # so that spreadsheets read it as UTF-8
    table = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert [row["Block"] for row in table] == column(panel, "Block")
    assert table[1]["Multiply-adds"] == "225792"
    assert table[1]["Memory of a sample (bytes)"] == str(32 * 28 * 28 * 4)
    assert table[1]["Learnable tensors"] == "weight 32 × 1 × 3 × 3; bias 32"
    assert table[1]["Dimensions"] == "batch × channel × height × width"


def test_a_file_that_cannot_be_written_is_said(show: Show, tmp_path: Path) -> None:
    window, panel = show(CNN)
    said: list[Message] = []
    window.document.failed.connect(said.append)
    panel.save_to(tmp_path / "no such folder" / "costs.csv")
    assert len(said) == 1
    assert list(tmp_path.iterdir()) == []


def test_everything_is_said_in_chinese_too(show: Show) -> None:
    _, panel = show(CNN)
    set_language("zh_CN")
    headings = [
        panel.model.headerData(index, Qt.Orientation.Horizontal) for index in range(panel.model.columnCount())
    ]
    assert not [text for text in headings if text.isascii()]
    assert column(panel, "Dimensions")[1] == "批 × 通道 × 高 × 宽"
    assert column(panel, "Receptive field")[6:8] == ["10 × 10，步长 4", "整个输入"]
    assert panel.step().startswith("一个包含 64 个样本的训练步约需 22.7 MiB")
    assert "通道 32" in hint(panel, 1, "Output")
    assert "Alt+" in panel.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_sequences_show_their_steps_and_no_field(show: Show) -> None:
    project, _ = drawing.chain(
        ("input", {"shape": (20,), "dtype": "int64"}), ("embedding", {}), ("lstm", {}), ("output", {})
    )
    _, panel = show(project)
    assert column(panel, "Dimensions")[0] == "batch × time step"
    assert column(panel, "Dimensions")[2].startswith("batch × time step × feature   – × batch × feature")
    assert column(panel, "Receptive field")[:3] == ["–", "–", "–"]
    assert "no meaning" in hint(panel, 1, "Receptive field")


def test_a_large_table_follows_edits_once_they_pause(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, panel = show(CNN)
    monkeypatch.setattr("studio.ui.panels.analysis.MANY", 3)
    panel._later.setInterval(60_000)
    filled: list[int] = []
    fill = panel._fill

    def counted() -> None:
        filled.append(1)
        fill()

    monkeypatch.setattr(panel, "_fill", counted)
    for width in (20, 21, 22):
        changed = edits.set_parameters(window.document.project, MAIN, IDS[8], {"out_features": width})
        window.document.do(Message("Set"), changed)
        qtbot.waitUntil(lambda: not window.document.analysis.pending(MAIN))
    assert filled == []
    panel._later.setInterval(1)  # the pause is over
    qtbot.waitUntil(lambda: filled == [1])
    assert f"{3136 * 22 + 22:,}" in column(panel, "Parameters")
    panel._later.setInterval(60_000)
    window.document.undo()
    qtbot.waitUntil(lambda: not window.document.analysis.pending(MAIN))
    panel.copy()  # what is taken away is up to date, shown or not
    assert "weight 21 × 3136" in QApplication.clipboard().text()


def test_the_tool_tip_of_a_wire_names_its_dimensions(show: Show) -> None:
    window, _ = show(CNN)
    view = window.workspace.networks.view
    assert view is not None
    wire = window.document.project.graph(MAIN).into(IDS[2])[0]
    lines = canvas_tip(view.canvas, Hit("wire", wire=wire)).splitlines()
    assert lines[1:3] == ["B × 32 × 28 × 28  ·  float32", "batch B · channel 32 · height 28 · width 28"]
    set_language("zh_CN")
    assert "通道 32 · 高 28 · 宽 28" in canvas_tip(view.canvas, Hit("wire", wire=wire))


def test_open_lengths_are_shown_with_the_example_that_costs_are_counted_for(show: Show) -> None:
    project, _ = drawing.chain(
        ("input", {"shape": (16, 8), "open": "T"}), ("gru", {"hidden_size": 5}), ("output", {})
    )
    _, panel = show(project)
    assert column(panel, "Output")[1].startswith("B × T × 5")
    assert panel._totals.text().endswith("a sample with T = 16")
    set_language("zh_CN")
    assert panel._totals.text().endswith("（T = 16）")
