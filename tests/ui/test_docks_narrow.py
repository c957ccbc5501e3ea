"""Panels at the bottom of a small window: what does not fit is scrolled to and lies over nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.ui.frame.docks import BOTTOM, PLACES, _Room
from studio.ui.widgets.plain import is_seen
from studio.ui.window import MainWindow

LOW = [place.id for place in PLACES if place.area == BOTTOM]


def place(part: QWidget, window: MainWindow) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


@pytest.mark.parametrize("size", [(880, 560), (1280, 800)])
def test_no_dock_lies_over_another(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.show_project()
    docks = window.workspace.docks
    docks.arrange()
    for id in LOW:
        docks.show(id)
        qtbot.waitUntil(lambda id=id: docks.in_front(id))  # type: ignore[misc]  # mypy cannot infer it
        assert window.size().toTuple() == size, "the window does not grow"
        assert not place(docks[id], window).intersects(place(docks["inspector"], window)), id
        assert not place(docks[id], window).intersects(place(window.workspace.networks, window)), id
        panel = window.workspace.panels[id]
        needed = panel.minimumSizeHint()
        assert panel.width() >= needed.width(), id
        assert panel.height() >= needed.height(), id


def test_panel_that_grows_beyond_its_dock_is_scrolled(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(880, 560)
    window.show_project()
    docks = window.workspace.docks
    docks.arrange()
    docks.show("problems")
    panel = window.workspace.problems
    room = docks["problems"].widget()
    assert isinstance(room, QScrollArea)
    assert room.horizontalScrollBar().maximum() == 0
    before = docks["problems"].geometry()
    wide = QLabel("w" * 40)
    wide.setMinimumWidth(1000)
    layout = panel.layout()
    assert layout is not None
    layout.addWidget(wide)
    qtbot.waitUntil(lambda: room.horizontalScrollBar().maximum() > 0)
    assert panel.width() >= 1000
    assert docks["problems"].geometry() == before
    assert room.verticalScrollBar().maximum() == 0
    layout.removeWidget(wide)
    wide.setParent(None)
    qtbot.waitUntil(lambda: room.horizontalScrollBar().maximum() == 0)
    assert panel.width() == room.viewport().width()


def test_panel_fills_its_dock(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1600, 1000)
    window.show_project()
    docks = window.workspace.docks
    docks.show("runs")
    window.resizeDocks([docks["runs"]], [420], Qt.Orientation.Vertical)
    panel = window.workspace.runs
    room = docks["runs"].widget()
    assert isinstance(room, QScrollArea)
    qtbot.waitUntil(lambda: panel.height() > 350)
    assert panel.size() == room.size()


def test_a_long_failure_is_read_whole_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(880, 560)
    window.show_project()
    docks, panel = window.workspace.docks, window.workspace.training
    docks.arrange()
    docks.show("training")
    room = docks["training"].widget()
    assert isinstance(room, QScrollArea)
    qtbot.waitUntil(lambda: docks.in_front("training"))
    qtbot.waitUntil(lambda: panel.curves is not None and panel.curves.isVisible())
    qtbot.wait(20)
    short = panel.height()
    why = Message("The loss became NaN at step 12. " + "A value grew beyond what a number can hold. " * 12)
    banner = panel.ended.show_banner("end", "error", why, [(Message("Show the block"), lambda: None)])
    qtbot.waitUntil(lambda: panel.height() > short)
    for text in banner.findChildren(QLabel):
        assert text.height() >= text.heightForWidth(text.width())
    assert room.verticalScrollBar().maximum() == panel.height() - room.viewport().height()
    panel.ended.remove("end")
    qtbot.waitUntil(lambda: panel.height() == short)


def test_room_follows_its_panel_without_a_dock_to_tell_it(qtbot: QtBot) -> None:
    panel = QWidget()
    column = QVBoxLayout(panel)
    room = _Room(panel)
    qtbot.addWidget(room)
    room.resize(300, 200)
    room.show()
    assert panel.size() == room.size()
    wide = QLabel("wide")
    wide.setMinimumWidth(1000)
    column.addWidget(wide)
    qtbot.waitUntil(lambda: panel.width() > 1000)
    assert room.horizontalScrollBar().isVisible()
    assert not room.verticalScrollBar().isVisible()
    wide.hide()
    qtbot.waitUntil(lambda: panel.size() == room.size())
    assert room.minimumSizeHint().width() < 300


def test_dock_in_front_is_known_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.show_project()
    docks = window.workspace.docks
    for id in LOW:
        docks.show(id)
        qtbot.waitUntil(lambda id=id: is_seen(window.workspace.panels[id]))  # type: ignore[misc]
        QApplication.processEvents()
        assert [other for other in LOW if docks.in_front(other)] == [id]
