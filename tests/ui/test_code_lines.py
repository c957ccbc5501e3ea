"""A block and its lines of source: told in the inspector, marked in the code, chosen by the cursor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Project, edits
from studio.project.file import read
from studio.ui.canvas import CanvasView
from studio.ui.panels.node import NodeForm
from studio.ui.widgets.plain import is_seen
from studio.ui.window import MainWindow

CNN = Path(__file__).parents[2] / "templates" / "cnn" / "project.netwright"
Open = Callable[[Project], MainWindow]
Key = Qt.Key


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> MainWindow:
    made = open_project(read(CNN))
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.workspace.docks.show("inspector")
    return made


def canvas(window: MainWindow) -> CanvasView:
    found = window.workspace.networks.view
    assert found is not None
    return found


def form(window: MainWindow) -> NodeForm:
    found = window.workspace.inspector.form
    assert isinstance(found, NodeForm)
    return found


def first(window: MainWindow, kind: str) -> str:
    return next(id for id, node in canvas(window).canvas.cards.graph.nodes.items() if node.type == kind)


def test_the_inspector_shows_the_lines_and_opens_them_in_the_code(window: MainWindow, qtbot: QtBot) -> None:
    code = window.workspace.code
    assert not is_seen(code)
    conv = first(window, "conv2d")
    name = canvas(window).canvas.cards.graph.nodes[conv].name
    canvas(window).select([conv])
    qtbot.waitUntil(lambda: form(window).code.isVisible(), timeout=15_000)
    shown = form(window).code.lines.toPlainText().splitlines()
    assert len(shown) == 2
    assert shown[0].startswith(f"self.{name} = nn.Conv2d(")
    assert f"self.{name}(" in shown[1]
    form(window).code.lines.setFocus()
    form(window).code.copy()
    assert QGuiApplication.clipboard().text() == "\n".join(shown)
    QTest.keyClick(form(window).code.lines, Key.Key_Return)
    qtbot.waitUntil(lambda: window.focusWidget() is code.view)
    line = code.view.textCursor().block().text()
    assert line.strip() == shown[0]
    assert [code.text.splitlines()[number - 1].strip() for number in code.view.lit] == [
        line.strip() for line in shown
    ]
    before = code.text
    ref = canvas(window).ref
    window.document.attempt(
        Message("Widen"), lambda project: edits.set_parameters(project, ref, conv, {"out_channels": 77})
    )
    qtbot.waitUntil(lambda: code.text not in ("", before), timeout=15_000)
    assert "77" in form(window).code.lines.toPlainText()


def test_lines_are_marked_for_what_is_chosen_and_choose_where_the_cursor_is(
    window: MainWindow, qtbot: QtBot
) -> None:
    code = window.workspace.code
    window.workspace.docks.show("code")
    qtbot.waitUntil(lambda: bool(code.text), timeout=15_000)
    conv, relu = first(window, "conv2d"), first(window, "relu")
    canvas(window).select([conv, relu])
    assert len(code.view.lit) == len(code.places.lines_of(canvas(window).ref, conv)) + len(
        code.places.lines_of(canvas(window).ref, relu)
    )
    canvas(window).select([])
    assert code.view.lit == ()
    code.view.setFocus()
    number = code.places.lines_of(canvas(window).ref, conv)[0][0]
    code.view.moveCursor(code.view.textCursor().MoveOperation.Start)
    for _ in range(number - 1):
        QTest.keyClick(code.view, Key.Key_Down)
    assert canvas(window).selected() == [conv]
    assert code.view.hasFocus()
    assert number in code.view.lit
    project = window.document.project
    QTest.keyClicks(code.view, "#")
    assert code.view.lit == ()
    QTest.keyClick(code.view, Key.Key_Down)
    assert canvas(window).selected() == [conv]
    QTest.keyClick(code.view, Key.Key_Up)
    QTest.keyClick(code.view, Key.Key_Backspace)
    assert number in code.view.lit
    assert window.document.project is project
