"""Gestures that need the whole window, by mouse and keys, each taken back to the very text of before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.project import GraphRef, Project, edits
from studio.project.file import dumps
from studio.project.library import LIBRARY, add_block
from studio.ui.canvas import CanvasView
from studio.ui.keys.shortcuts import Shortcuts
from studio.ui.panels.node import NodeForm
from studio.ui.window import MainWindow
from tests import drawing

MAIN = GraphRef("network", "main")
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Open = Callable[[Project], MainWindow]


def _row() -> Project:
    """Give a picture that goes through a convolution and a residual block of the library."""
    project, ids = drawing.chain(("input", {"shape": (3, 8, 8)}), ("conv2d", {"out_channels": 64}))
    project, node = add_block(project, MAIN, LIBRARY, (640.0, 0.0), "Residual basic")
    project = drawing.wire(project, ids[1], node)
    project, last = edits.add_node(project, MAIN, "output", (960.0, 0.0))
    return drawing.wire(project, node, last)


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> MainWindow:
    made = open_project(_row())
    front(made, qtbot)
    view(made).setFocus()
    return made


def front(window: MainWindow, qtbot: QtBot) -> None:
    """Bring the window before a popup that was there."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def view(window: MainWindow) -> CanvasView:
    found = window.workspace.networks.view
    assert found is not None
    return found


def typing() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def spot(window: MainWindow, x: float, y: float) -> QPoint:
    return view(window).viewportTransform().map(QPointF(x, y)).toPoint()


def pull(window: MainWindow, start: QPoint, end: QPoint) -> None:
    """Drag with the left button."""
    viewport = view(window).viewport()
    QTest.mousePress(viewport, LEFT, PLAIN, start)
    for part in (0.3, 0.6, 1.0):
        at = QPointF(start + (end - start) * part)
        event = QMouseEvent(
            QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, PLAIN
        )
        QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, LEFT, PLAIN, end)


def test_a_wire_pulled_into_the_empty_canvas_gets_the_block_that_is_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = dumps(window.document.project)
    view(window).zoom_100()
    view(window).frame_all()
    port = view(window).canvas.nodes["conv2d_1"].end("y", True)
    place = spot(window, port[0] + 40.0, port[1] + 180.0)
    pull(window, spot(window, *port), place)
    qtbot.waitUntil(lambda: typing() is not view(window))
    qtbot.keyClicks(typing(), "max pool 2")
    qtbot.keyClick(typing(), Qt.Key.Key_Return)
    graph = window.document.project.graph(MAIN)
    (node,) = graph.of_type("max_pool2d")
    assert [wire.source.node for wire in graph.into(node.id)] == ["conv2d_1"]
    end = QPointF(*view(window).canvas.nodes[node.id].end("x", False))
    assert (end - view(window).camera.to_scene(QPointF(place))).manhattanLength() <= 8.0  # on the grid
    front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert dumps(window.document.project) == before


def test_a_composite_is_repeated_by_keys_and_its_badge_says_so(window: MainWindow, qtbot: QtBot) -> None:
    before = dumps(window.document.project)
    view(window).select(["composite_1"])
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    spin = form.options.field("repeat").focusProxy()
    assert spin is not None
    spin.setFocus()
    qtbot.keyClick(spin, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(spin, "3")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert view(window).canvas.nodes["composite_1"].card.repeat == 3
    assert len(window.document.history.labels()) == 1
    view(window).setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert dumps(window.document.project) == before
    assert view(window).canvas.nodes["composite_1"].card.repeat == 1


def test_enter_opens_a_composite_and_escape_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    page, project = window.workspace.networks.page, window.document.project
    assert page is not None
    view(window).select(["composite_1"])
    qtbot.keyClick(view(window), Qt.Key.Key_Return)
    assert page.path == [MAIN, GraphRef("composite", "Residual basic")]
    qtbot.keyClick(view(window), Qt.Key.Key_Escape)
    assert page.path == [MAIN]
    assert window.document.project is project


def test_the_history_is_jumped_in_by_the_mouse(window: MainWindow, qtbot: QtBot) -> None:
    texts = [dumps(window.document.project)]
    for key in (Qt.Key.Key_D, Qt.Key.Key_D, Qt.Key.Key_Delete):
        if key == Qt.Key.Key_D:
            view(window).select(["conv2d_1"])
        qtbot.keyClick(view(window), key, CTRL if key == Qt.Key.Key_D else PLAIN)
        texts.append(dumps(window.document.project))
    menu = window.history_menu
    for position in (0, 3, 1):
        menu.popup(window.mapToGlobal(QPoint(200, 100)))
        entry = menu.actions()[3 - position]  # the latest stands first
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
        assert dumps(window.document.project) == texts[position]
    assert len(set(texts)) == 3  # the copy that came last is the one that was deleted


def test_the_sheet_of_shortcuts_opens_by_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[bool] = []
    project = window.document.project

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        seen.append(isinstance(sheet, Shortcuts))
        if sheet is not None:
            qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    QTimer.singleShot(100, look)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL | SHIFT)
    assert seen == [True]
    assert window.document.project is project
