"""What the window does by its keys: finding, problems, commands, adding a block and taking it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.project import Project
from studio.project.file import dumps
from studio.ui.canvas import CanvasView
from studio.ui.window import MainWindow
from tests import drawing

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Open = Callable[[Project], MainWindow]

WRONG = drawing.chain(
    ("input", {}),
    ("conv2d", {"kernel_size": 99}),
    ("relu", {}),
    ("conv2d", {"out_channels": 5, "groups": 3}),
    ("output", {}),
)


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> MainWindow:
    made = open_project(WRONG[0])
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    view(made).setFocus()
    return made


def view(window: MainWindow) -> CanvasView:
    found = window.workspace.networks.view
    assert found is not None
    return found


def typing() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def in_sight(window: MainWindow, node: str) -> bool:
    shown = view(window).mapToScene(view(window).viewport().rect()).boundingRect()
    return shown.contains(view(window).canvas.nodes[node].sceneBoundingRect().center())


def test_a_block_is_found_by_its_name_and_by_enter_the_next(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    search = window.workspace.outline.search
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "conv")
    first, second = WRONG[1][1], WRONG[1][3]
    for expected in (first, second, first):
        qtbot.keyClick(search, Qt.Key.Key_Return)
        assert view(window).selected() == [expected]
        assert in_sight(window, expected)
        assert search.hasFocus()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert window.workspace.outline.tree.hasFocus()
    qtbot.keyClick(typing(), Qt.Key.Key_Down)
    assert view(window).selected() == [second]
    search.setFocus()
    qtbot.keyClicks(search, " nothing like this")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert search.hasFocus()
    assert window.document.project is WRONG[0]


def test_f8_goes_from_problem_to_problem(window: MainWindow, qtbot: QtBot) -> None:
    problems = window.workspace.problems
    qtbot.waitUntil(lambda: len(problems.problems()) >= 1)
    places = [problem.node for problem in problems.problems() if problem.node]
    met = []
    for _ in range(len(places) + 1):
        qtbot.keyClick(window, Qt.Key.Key_F8)
        qtbot.wait(10)
        met.append(view(window).selected()[0])
        assert in_sight(window, met[-1])
    assert set(met) == set(places)
    assert met[0] == met[-1]
    assert window.document.project is WRONG[0]


def test_a_command_is_typed_run_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    before = dumps(window.document.project)
    view(window).select([WRONG[1][2]])
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    qtbot.waitUntil(lambda: typing() is not view(window))
    qtbot.keyClicks(typing(), "duplicate")
    qtbot.keyClick(typing(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(list(window.document.project.graph(drawing.MAIN).of_type("relu"))) == 2)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert dumps(window.document.project) == before
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert len(list(window.document.project.graph(drawing.MAIN).of_type("relu"))) == 2
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert dumps(window.document.project) == before


@pytest.mark.parametrize(("typed", "kind"), [("gelu", "gelu"), ("拉平", "flatten")])
def test_tab_adds_what_is_typed_and_undo_takes_it_back(
    window: MainWindow, qtbot: QtBot, typed: str, kind: str
) -> None:
    before = dumps(window.document.project)
    qtbot.keyClick(view(window), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: typing() is not view(window))
    line = typing()
    if typed.isascii():
        qtbot.keyClicks(line, typed)
    else:
        line.setText(typed)  # type: ignore[attr-defined]  # an input method would commit it whole
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(True for _ in window.document.project.graph(drawing.MAIN).of_type(kind)))
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert dumps(window.document.project) == before


def test_ctrl_p_without_a_run_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert window.session.state not in ("running", "paused")
    assert window.document.project is WRONG[0]
