"""The tour: six stops, read whole in any size and language, skipped, called again, and never in the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from studio.project import Project
from studio.ui.frame.tour import SETTING, STEPS, beside
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests import drawing

LEFT = Qt.MouseButton.LeftButton
Open = Callable[[Project], MainWindow]


@pytest.fixture
def window(open_project: Open) -> MainWindow:
    return open_project(drawing.chain(("input", {}), ("relu", {}), ("output", {}))[0])


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.wait(80)
    assert window.tour.card.isVisible()


@pytest.mark.parametrize("size", [(1360, 860), (880, 560)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_six_stops_are_read_whole(
    window: MainWindow, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    set_language(language)
    window.resize(*size)
    before = window.document.project
    window.commands["tour"].trigger()
    card, seen = window.tour.card, []
    assert len(STEPS) == 6
    for step in range(len(STEPS)):
        settle(window, qtbot)
        assert window.tour.step == step
        assert window.rect().contains(card.geometry())
        for text in card.findChildren(QLabel):
            assert text.height() >= text.heightForWidth(text.width()), text.text()
        part = window.tour._part()
        assert part.isVisible()
        seen.append((card.title.text(), card.text.text()))
        qtbot.mouseClick(card.next, LEFT)
    assert window.tour.step == -1
    assert not card.isVisible()
    assert len({title for title, _ in seen}) == len(STEPS)
    assert all(text.isascii() == (language == "en") for _, text in seen)
    assert window.document.project is before


def test_it_goes_back_and_is_skipped(window: MainWindow, qtbot: QtBot) -> None:
    window.tour.start()
    settle(window, qtbot)
    assert not window.tour.card.back.isVisible()
    qtbot.mouseClick(window.tour.card.next, LEFT)
    qtbot.mouseClick(window.tour.card.next, LEFT)
    qtbot.mouseClick(window.tour.card.back, LEFT)
    assert window.tour.step == 1
    assert window.tour.card.place.text() == "2 of 6"
    qtbot.mouseClick(window.tour.card.skip, LEFT)
    assert window.tour.step == -1
    window.tour.start()
    settle(window, qtbot)
    qtbot.keyClick(window.tour.card, Qt.Key.Key_Escape)
    assert window.tour.step == -1


def test_enter_goes_on_from_the_button_that_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.tour.start()
    settle(window, qtbot)
    assert window.tour.card.next.hasFocus()
    for step in (1, 2):
        qtbot.keyClick(window.tour.card.next, Qt.Key.Key_Return)
        assert window.tour.step == step
        assert window.tour.card.next.hasFocus()
    window.tour.card.back.setFocus()
    qtbot.keyClick(window.tour.card.back, Qt.Key.Key_Enter)
    assert window.tour.step == 1
    for _ in range(1, len(STEPS)):
        qtbot.keyClick(window.tour.card.next, Qt.Key.Key_Return)
    assert window.tour.step == -1
    view = window.workspace.networks.view
    assert view is not None
    assert view.hasFocus()


def test_tab_goes_round_in_the_card_and_escape_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.commands["tour"].trigger()
    card = window.tour.card
    assert card.next.hasFocus()
    for key, order in (
        (Qt.Key.Key_Tab, (card.skip, card.next, card.skip)),
        (Qt.Key.Key_Backtab, (card.next, card.skip, card.next)),
    ):
        for button in order:
            qtbot.keyClick(QApplication.focusWidget(), key)
            assert button.hasFocus()
    qtbot.keyClick(card.next, Qt.Key.Key_Return)
    qtbot.keyClick(card.next, Qt.Key.Key_Backtab)
    assert card.back.hasFocus()  # from the second stop on it is one of three
    qtbot.keyClick(card.back, Qt.Key.Key_Escape)
    assert window.tour.step == -1
    assert not card.isVisible()


def test_it_begins_by_itself_only_once(window: MainWindow, qtbot: QtBot) -> None:
    assert window.settings.get(SETTING) is None
    window.tour.at_first()
    qtbot.waitUntil(lambda: window.tour.step == 0)
    window.tour.end()
    window.tour.at_first()
    qtbot.wait(30)
    assert window.tour.step == -1
    window.commands["tour"].trigger()
    assert window.tour.step == 0


def test_the_window_works_meanwhile(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1360, 860)
    window.tour.start()
    settle(window, qtbot)
    search = window.workspace.palette_.search
    spot = search.mapTo(window, search.rect().center())
    top = QApplication.widgetAt(window.mapToGlobal(spot))
    assert top is not None
    assert top is search or search.isAncestorOf(top)
    qtbot.keyClicks(search, "relu")
    assert next(block.type for block in window.workspace.palette_.shown()) == "relu"
    window.resize(1000, 700)
    qtbot.wait(80)
    assert window.rect().contains(window.tour.card.geometry())
    window.show_welcome()
    assert window.tour.step == -1
    assert not window.commands["tour"].isEnabled()


def test_a_card_stands_beside_what_it_speaks_of() -> None:
    room, card = QRect(0, 0, 1000, 700), QRect(0, 0, 340, 150)
    for lit in (
        QRect(0, 100, 250, 400),
        QRect(700, 100, 300, 500),
        QRect(0, 450, 700, 250),
        QRect(500, 40, 300, 40),
        QRect(300, 100, 400, 560),
    ):
        placed = QRect(beside(lit, card, room), card.size())
        assert room.contains(placed)
        if lit.width() < 600 and lit.height() < 520:
            assert not placed.intersects(lit)
    below = beside(QRect(500, 40, 300, 40), card, room)
    assert below.y() > 80
    assert room.contains(QRect(beside(QRect(0, 0, 1000, 700), card, room), card.size()))
    assert room.contains(QRect(beside(QRect(), card, room), card.size()))
