"""Blocks asked for in the real window by mouse and keys: found, placed where the pointer was, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from studio.project import COMPOSITE, Composite, edits
from studio.project.file import dumps
from studio.ui.canvas import CanvasView
from studio.ui.canvas.geometry import WIDTH
from studio.ui.window import MainWindow
from tests.ui.canvas_hand import LEFT, MAIN, PLAIN, drawn

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window: Callable[[], MainWindow], qtbot: QtBot) -> MainWindow:
    made = make_window()
    inner = drawn("input", "relu", "output").graph(MAIN)
    project = edits.set_composite(drawn("input"), "Mine", Composite(inner))
    project, _ = edits.add_node(project, MAIN, COMPOSITE, (256.0, 0.0), composite="Mine")
    made.document._replace(project, None, saved=True)
    made.show_project()
    awake(made, qtbot)
    found = canvas(made)
    found.camera.set_zoom(1.0)
    found.camera.put(QPointF(0.0, 0.0), QPointF(60.0, 160.0))
    found.setFocus()
    return made


def canvas(window: MainWindow) -> CanvasView:
    found = window.workspace.networks.view
    assert found is not None
    return found


def awake(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def choose(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Type into the list that has opened, and take what is first."""
    popup = window.workspace.popup
    qtbot.waitUntil(popup.isVisible)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line is popup.line
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)
    assert not popup.isVisible()
    awake(window, qtbot)


def undo_by_key(window: MainWindow, before: str) -> None:
    """Take the one step back, letter by letter; and take it again."""
    after = dumps(window.document.project)
    assert after != before
    assert window.document.history.position == 1
    QTest.keyClick(canvas(window), Key.Key_Z, CTRL)
    assert dumps(window.document.project) == before
    QTest.keyClick(canvas(window), Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert dumps(window.document.project) == after


@pytest.mark.parametrize("way", ["Tab", "Space", "double-click"])
def test_a_block_is_placed_where_the_pointer_is(window: MainWindow, qtbot: QtBot, way: str) -> None:
    view, port = canvas(window), canvas(window).viewport()
    before, spot = dumps(window.document.project), QPoint(300, 420)
    none, there = Qt.MouseButton.NoButton, QPointF(spot)
    move = QMouseEvent(QEvent.Type.MouseMove, there, QPointF(port.mapToGlobal(spot)), none, none, PLAIN)
    QApplication.sendEvent(port, move)
    at = view.camera.to_scene(QPointF(spot))
    if way == "double-click":
        QTest.mouseClick(port, LEFT, PLAIN, spot)
        QTest.mouseDClick(port, LEFT, PLAIN, spot)
        QTest.mouseRelease(port, LEFT, PLAIN, spot)
    else:
        QTest.keyClick(view, Key.Key_Tab if way == "Tab" else Key.Key_Space)
    choose(window, qtbot, "tanh")
    (made,) = window.document.project.graph(MAIN).of_type("tanh")
    x, _ = window.document.project.layout_of(MAIN).positions[made.id]
    assert abs(x + WIDTH / 2 - at.x()) <= 8
    body = view.canvas.nodes[made.id].body()
    assert body.contains(at)
    assert view.selected() == [made.id]
    undo_by_key(window, before)
