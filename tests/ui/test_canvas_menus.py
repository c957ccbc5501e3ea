"""The canvas in a window: its keys against the window's, its menus, its texts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.graph.text import catalogue
from studio.project import edits
from studio.ui.canvas.keys import KEYS
from studio.ui.canvas.menus import CANVAS, DECOR, NODE
from tests.ui.canvas_hand import MAIN, RIGHT, SHIFT, Hand, drawn, wire

Key = Qt.Key


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


# -- keys and the window --------------------------------------------------------------------------------


def test_no_key_means_two_things() -> None:
    written = [QKeySequence(text).toString() for key in KEYS for text in key.keys]
    assert len(written) == len(set(written))
    ids = [key.id for key in KEYS]
    assert len(ids) == len(set(ids))
    assert {id for id in (*NODE, *CANVAS, *DECOR) if id} <= set(ids)


def test_the_canvas_takes_its_keys_before_the_window_does(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "conv2d"))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(hand.view)
    action = QAction(window)
    action.setShortcuts([QKeySequence("Del"), QKeySequence("Tab")])
    fired: list[bool] = []
    action.triggered.connect(fired.append)
    window.addAction(action)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    hand.view.setFocus()
    hand.view.select(["conv2d_1"])
    with hand.step("Delete “conv1”"):
        hand.key(Key.Key_Delete)
    assert fired == []
    window.takeCentralWidget()


def test_shift_tab_leaves_the_canvas(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field = QLineEdit()
    column.addWidget(field)
    hand = Hand(qtbot, drawn("input"))
    column.addWidget(hand.view)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    hand.view.setFocus()
    hand.key(Key.Key_Tab)
    assert window.focusWidget() is hand.view
    QTest.keyClick(hand.view, Key.Key_Backtab, SHIFT)
    assert window.focusWidget() is field
    hand.view.setParent(None)


# -- menus ----------------------------------------------------------------------------------------------


FLOW = ["What flows here"]


def _texts(hand: Hand) -> list[str]:
    menu = hand.view._menu
    assert menu is not None
    return [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]


def test_the_right_button_opens_the_menu_of_what_lies_there(row: Hand) -> None:
    with row.nothing():
        row.click(row.middle("conv2d_1"), button=RIGHT)
        assert row.view.selected() == ["conv2d_1"]
        assert _texts(row)[:2] == ["Rename", "Connect by keys"]
        _close(row)
        row.click(row.between(wire("conv2d_1", "relu_1")), button=RIGHT)
        assert _texts(row) == ["Insert block", "Disable", "Lead it through this point", *FLOW, "Delete"]
        _close(row)
        row.click((600.0, 400.0), button=RIGHT)
        assert _texts(row)[0] == "Add block…"
        _close(row)


def _close(hand: Hand) -> None:
    menu = hand.view._menu
    assert menu is not None
    menu.close()


def test_a_menu_entry_does_what_its_key_does(row: Hand) -> None:
    with row.step("Delete “relu1” and rejoin"):
        row.click(row.middle("relu_1"), button=RIGHT)
        menu = row.view._menu
        assert menu is not None
        next(action for action in menu.actions() if action.text().startswith("Delete and rejoin")).trigger()
        _close(row)
        assert wire("conv2d_1", "flatten_1") in row.wires


def test_a_block_is_put_into_a_wire_by_its_menu(row: Hand) -> None:
    with row.step("Add Dropout"):
        row.click(row.between(wire("conv2d_1", "relu_1")), button=RIGHT)
        menu = row.view._menu
        assert menu is not None
        families = menu.actions()[0].menu()
        blocks = [action for family in families.actions() for action in family.menu().actions()]  # type: ignore[attr-defined]
        next(action for action in blocks if action.text() == "Dropout").trigger()
        _close(row)
        assert wire("conv2d_1", "dropout_1") in row.wires
        assert wire("dropout_1", "relu_1") in row.wires


def test_the_menu_key_opens_a_menu_too(row: Hand) -> None:
    row.view.select(["relu_1"])
    row.key(Key.Key_F10, SHIFT)
    assert _texts(row)[0] == "Rename"
    _close(row)


def test_names_with_an_ampersand_or_markup_are_shown_as_they_are(qtbot: QtBot) -> None:
    project = edits.rename_node(drawn("input", "conv2d"), MAIN, "conv2d_1", "a & <b>b</b>\n&amp;")
    hand = Hand(qtbot, project)
    hand.view.tell(QPointF(hand.spot(*hand.middle("conv2d_1"))))
    assert "a & <b>b</b>␣&amp;" in hand.view.bubble.text()
    assert hand.view.bubble.textFormat() == Qt.TextFormat.PlainText


def test_every_command_is_named_in_both_languages() -> None:
    chinese = catalogue("zh_CN")
    assert [key.text for key in KEYS if not chinese.get(key.text)] == []
