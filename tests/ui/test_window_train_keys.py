"""Ctrl+Enter trains wherever the keyboard is, and while it cannot, nothing else takes it for Enter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef
from studio.ui.learning.training import Session
from studio.ui.window import MainWindow
from tests import drawing

MAIN = GraphRef("network", "main")
CTRL, PAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


def _first_row(tree: QTreeWidget) -> None:
    """Choose the first row that does something, such as the block Input."""
    top = tree.topLevelItem(0)
    assert top is not None
    child = top.child(0)
    tree.setCurrentItem(child if child is not None else top)


def _palette_search(window: MainWindow) -> QWidget:
    return window.workspace.palette_.search


def _palette_result(window: MainWindow) -> QWidget:
    window.workspace.palette_.search.clear()
    QTest.keyClicks(window.workspace.palette_.search, "relu")
    return window.workspace.palette_.search


def _palette_list(window: MainWindow) -> QWidget:
    window.workspace.docks.show("palette")
    window.workspace.palette_.search.clear()
    _first_row(window.workspace.palette_.tree)
    return window.workspace.palette_.tree


def _outline(window: MainWindow) -> QWidget:
    window.workspace.docks.show("outline")
    _first_row(window.workspace.outline.tree)
    return window.workspace.outline.tree


def _tab_bar(window: MainWindow) -> QWidget:
    return window.workspace.networks.tabBar()


def _corner(window: MainWindow) -> QWidget:
    corner = window.workspace.networks.cornerWidget(Qt.Corner.TopRightCorner)
    assert corner is not None
    return next(
        child for child in corner.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus
    )


def _canvas(window: MainWindow) -> QWidget:
    view = window.workspace.networks.view
    assert view is not None
    view.select(["linear_1"])
    return view


def _field(window: MainWindow) -> QWidget:
    _canvas(window)
    lines = window.workspace.inspector.findChildren(QLineEdit)
    return next(line for line in lines if line.isVisible())


PLACES: dict[str, Callable[[MainWindow], QWidget]] = {
    "search of the palette": _palette_search,
    "found in the palette": _palette_result,
    "list of the palette": _palette_list,
    "outline": _outline,
    "tab bar": _tab_bar,
    "buttons over the canvas": _corner,
    "canvas": _canvas,
    "field of the inspector": _field,
}


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    """Show a small network."""
    project, _ = drawing.chain(("input", {}), ("flatten", {}), ("linear", {}), ("output", {}))
    window.document._replace(project, None, saved=True)
    window.show_project()
    window.activateWindow()
    return window


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give what is trained: nothing is, but each beginning is noted."""
    begun: list[bool] = []

    def start(self: Session) -> None:
        begun.append(True)

    monkeypatch.setattr(Session, "start", start)
    return begun


def allow(window: MainWindow, monkeypatch: pytest.MonkeyPatch, why: Message | None) -> None:
    """Let training be possible, or not."""
    monkeypatch.setattr(Session, "obstacle", lambda self: why)
    window._allow()


def focused(window: MainWindow, qtbot: QtBot, place: str) -> QWidget:
    """Give a part of the window the keyboard."""
    part = PLACES[place](window)
    part.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is part)
    return part


ENTER = [(Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Enter, CTRL | PAD)]


@pytest.mark.parametrize(("key", "keys"), ENTER)
def test_ctrl_enter_trains(
    shown: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    trained: list[bool],
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
) -> None:
    allow(shown, monkeypatch, None)
    before = shown.document.project
    for place in PLACES:
        QTest.keyClick(focused(shown, qtbot, place), key, keys)
        assert trained == [True], place
        assert shown.document.project is before, place
        trained.clear()


@pytest.mark.parametrize(("key", "keys"), ENTER)
def test_ctrl_enter_says_why_it_cannot_train_and_does_nothing_else(
    shown: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    trained: list[bool],
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
) -> None:
    before = shown.document.project
    for place in PLACES:
        allow(shown, monkeypatch, Message("Not now: {place}", place=place))
        QTest.keyClick(focused(shown, qtbot, place), key, keys)
        assert trained == [], place
        assert shown.document.project is before, place
        assert shown.status.currentMessage() == f"Not now: {place}"


def test_keys_come_back_to_a_command_that_is_on_again(
    shown: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, trained: list[bool]
) -> None:
    part = focused(shown, qtbot, "list of the palette")
    for _ in range(3):
        allow(shown, monkeypatch, Message("Not now."))
        QTest.keyClick(part, Qt.Key.Key_Return, CTRL)
        allow(shown, monkeypatch, None)
        QTest.keyClick(part, Qt.Key.Key_Return, CTRL)
    assert trained == [True] * 3


def test_only_enter_alone_adds_the_chosen_block(shown: MainWindow, qtbot: QtBot) -> None:
    for count, place in enumerate(("found in the palette", "list of the palette"), 5):
        before = shown.document.project
        for held in (Qt.KeyboardModifier.AltModifier, CTRL | Qt.KeyboardModifier.ShiftModifier):
            QTest.keyClick(focused(shown, qtbot, place), Qt.Key.Key_Return, held)
            assert shown.document.project is before, place
        QTest.keyClick(focused(shown, qtbot, place), Qt.Key.Key_Return)
        assert len(shown.document.project.graph(MAIN)) == count
        shown.workspace.palette_.search.clear()


def test_ctrl_enter_in_the_popup_chooses_nothing(
    shown: MainWindow, qtbot: QtBot, trained: list[bool]
) -> None:
    view = shown.workspace.networks.view
    assert view is not None
    view.ask_at_pointer()
    popup = shown.workspace.popup
    before = shown.document.project
    QTest.keyClick(popup.line, Qt.Key.Key_Return, CTRL)
    assert shown.document.project is before
    QTest.keyClick(popup.line, Qt.Key.Key_Escape)
    assert not popup.isVisible()
