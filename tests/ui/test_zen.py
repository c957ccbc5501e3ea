"""The canvas alone and the whole screen: everything comes back as it stood."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.project import Project
from studio.ui.frame import zen
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from tests import drawing

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[Project], MainWindow]


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> MainWindow:
    made = open_project(drawing.chain(("input", {}), ("relu", {}), ("output", {}))[0])
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


def around(window: MainWindow) -> tuple[list[str], bool, bool]:
    return window.workspace.docks.shown(), window.toolbar.isVisible(), window.statusBar().isVisible()


def test_only_the_canvas_is_shown_and_everything_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    window.workspace.docks["outline"].hide()
    qtbot.wait(20)
    before, project = around(window), window.document.project
    view = window.workspace.networks.view
    assert view is not None
    narrow = view.width()
    qtbot.keyClick(window, Qt.Key.Key_F11, CTRL)
    assert around(window) == ([], False, False)
    qtbot.waitUntil(lambda: view.width() > window.width() - 20 > narrow)
    assert view.hasFocus()
    assert view.bubble.text() == "Ctrl+F11 brings the panels back."
    assert view.bubble.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F11, CTRL)
    assert around(window) == before
    assert not view.bubble.isVisible()
    qtbot.waitUntil(lambda: abs(view.width() - narrow) < 3)
    assert window.document.project is project


def test_the_hint_goes_by_itself(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zen, "HINT", 0.05)
    qtbot.keyClick(window, Qt.Key.Key_F11, CTRL)
    view = window.workspace.networks.view
    assert view is not None
    qtbot.waitUntil(lambda: not view.bubble.isVisible())
    assert window.zen.on
    view.bubble.tell("What lies here", QPointF(), seconds=60.0)
    view.bubble.tell("What lies here", QPointF())
    assert view.bubble.findChildren(QTimer)[0].isActive() is False


def test_what_is_remembered_is_what_stood_around_the_canvas(window: MainWindow, qtbot: QtBot) -> None:
    shown = window.workspace.docks.shown()
    qtbot.keyClick(window, Qt.Key.Key_F11, CTRL)
    window.commands["find"].trigger()  # a panel can be called up meanwhile
    window.shut_down()
    assert window.workspace.docks.shown() == shown
    assert Settings(window.settings.path).window_state == window.workspace.docks.save()


def test_the_first_page_is_whole_again(window: MainWindow, qtbot: QtBot) -> None:
    shown = window.workspace.docks.shown()
    qtbot.keyClick(window, Qt.Key.Key_F11, CTRL)
    window.show_welcome()
    assert not window.zen.on
    assert not window.commands["zen"].isEnabled()
    window.show_project()
    assert around(window) == (shown, True, True)


def test_the_window_fills_the_screen_and_is_a_window_again(window: MainWindow, qtbot: QtBot) -> None:
    size = window.size()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    qtbot.waitUntil(lambda: window.size() == size)
