"""The outline by keys alone: walking, unfolding, renaming, deleting, joining, wires, menus, told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.file import dumps
from studio.ui.panels.outline import Outline
from studio.ui.panels.outline_rows import DESCRIBED, SPOKEN, Row
from studio.ui.window import MainWindow
from tests.ui.canvas_hand import MAIN, drawn, wire

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Open = Callable[[Project], MainWindow]


def nested() -> Project:
    """Input, a composite with a convolution and a ReLU, a convolution that does not fit, output; an adder."""
    inner = drawn("input", "conv2d", "relu", "output").graph(MAIN)
    project = edits.set_composite(drawn("input"), "Block", Composite(inner))
    project, block = edits.add_node(project, MAIN, COMPOSITE, (256.0, 0.0), composite="Block")
    for place, kind in enumerate(("conv2d", "output", "add")):
        project, _ = edits.add_node(project, MAIN, kind, (512.0 + 256.0 * place, 0.0))
    for a, b in (("input_1", block), (block, "conv2d_1"), ("conv2d_1", "output_1")):
        made = wire(a, b)
        project = edits.connect(project, MAIN, made.source, made.target)
    return edits.set_parameters(project, MAIN, "conv2d_1", {"kernel_size": 99})


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> MainWindow:
    made = open_project(nested())
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.workspace.docks.show("outline")
    outline = made.workspace.outline
    qtbot.waitUntil(lambda: outline.isVisible() and not outline.visibleRegion().isEmpty())
    outline.seen()
    outline.tree.setFocus()
    QTest.keyClick(outline.tree, Key.Key_Home)
    return made


@pytest.fixture
def outline(window: MainWindow) -> Outline:
    return window.workspace.outline


def press(outline: Outline, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Row:
    """Press a key in the list; gives the row where the keyboard is then."""
    assert outline.tree.hasFocus()
    QTest.keyClick(outline.tree, key, held)
    row = outline.current()
    assert row is not None
    return row


def at(outline: Outline, node: str) -> Row:
    """Go to a block of the network by the Down key."""
    press(outline, Key.Key_Home)
    for _ in range(40):
        row = press(outline, Key.Key_Down)
        if row.is_block and row.node == node:
            return row
    raise AssertionError(node)


def named(outline: Outline) -> str:
    row = outline.current()
    assert row is not None
    return row.text(0)


@contextmanager
def step(window: MainWindow, label: str) -> Iterator[None]:
    """Expect one step of the history, which undo takes back to the letter."""
    document = window.document
    before, position = dumps(document.project), document.history.position
    yield
    after = dumps(document.project)
    assert [str(each) for each in document.history.labels()][position:] == [label]
    document.undo()
    assert dumps(document.project) == before
    document.redo()
    assert dumps(document.project) == after


def test_arrows_walk_the_blocks_in_order_and_the_canvas_follows(window: MainWindow, outline: Outline) -> None:
    view = window.workspace.networks.view
    assert view is not None
    nodes = []
    for _ in range(5):
        row = press(outline, Key.Key_Down)
        nodes.append(row.node)
        assert view.selected() == [row.node]
    assert nodes == ["input_1", "composite_1", "conv2d_1", "output_1", "add_1"]
    assert press(outline, Key.Key_Up, ALT).node == "output_1"
    assert press(outline, Key.Key_Left, ALT).node == "conv2d_1"
    assert press(outline, Key.Key_Left, ALT).node == "composite_1"
    assert press(outline, Key.Key_Right, ALT).node == "conv2d_1"
    assert press(outline, Key.Key_Down, ALT).node == "output_1"


def test_a_composite_unfolds_to_its_inside_and_enter_goes_there(window: MainWindow, outline: Outline) -> None:
    at(outline, "composite_1")
    press(outline, Key.Key_Right)
    row = press(outline, Key.Key_Down)
    inside = []
    while row.node == "composite_1" or len(row.way) == 2:
        inside.append(row.text(0).split("   ")[0])
        row = press(outline, Key.Key_Down)
    assert inside == ["x ← x · y", "y → conv1 · x", "x", "conv1", "relu1", "y"]
    assert press(outline, Key.Key_Up).way[-1] == GraphRef("composite", "Block")
    assert window.workspace.networks.ref == GraphRef("composite", "Block")
    assert outline.tree.hasFocus()
    QTest.keyClick(outline.tree, Key.Key_Up)
    QTest.keyClick(outline.tree, Key.Key_Return)
    view = window.workspace.networks.view
    assert view is not None
    assert view.hasFocus()
    assert view.selected() == ["relu_1"]
    outline.tree.setFocus()
    at(outline, "composite_1")
    assert window.workspace.networks.ref == MAIN
    QTest.keyClick(outline.tree, Key.Key_Return)
    assert window.workspace.networks.ref == GraphRef("composite", "Block")


def test_problems_are_told_in_words(outline: Outline, qtbot: QtBot) -> None:
    row = outline._items[MAIN, "conv2d_1"]
    qtbot.waitUntil(lambda: "error" in str(outline._items[MAIN, "conv2d_1"].data(0, SPOKEN)))
    row = at(outline, "conv2d_1")
    assert str(row.data(0, SPOKEN)).startswith("conv1, ")
    assert "Error: " in str(row.data(0, DESCRIBED))
    assert "Fed by " in str(row.data(0, DESCRIBED))
    press(outline, Key.Key_Right)
    told = press(outline, Key.Key_Down)
    assert told.place == 0
    assert told.text(0).startswith("Error: ")


def test_f2_renames_in_the_list(window: MainWindow, outline: Outline, qtbot: QtBot) -> None:
    at(outline, "add_1")
    with step(window, "Rename “add1” to “join”"):
        QTest.keyClick(outline.tree, Key.Key_F2)
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        assert line.text() == "add1"
        QTest.keyClicks(line, "join")
        QTest.keyClick(line, Key.Key_Return)
        qtbot.waitUntil(lambda: window.document.project.graph(MAIN).nodes["add_1"].name == "join")
    qtbot.waitUntil(lambda: window.focusWidget() is outline.tree)
    window.activateWindow()  # where forms with lists of choices go, a window without a screen loses its place
    qtbot.waitUntil(outline.tree.hasFocus)
    press(outline, Key.Key_Home)
    with step(window, "Rename the network “main”"):
        QTest.keyClick(outline.tree, Key.Key_F2)
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        QTest.keyClicks(line, "digits")
        QTest.keyClick(line, Key.Key_Return)
        qtbot.waitUntil(lambda: "digits" in window.document.project.networks)


@pytest.mark.parametrize("rejoins", [False, True])
def test_del_deletes_and_the_keyboard_stays_in_the_list(
    window: MainWindow, outline: Outline, rejoins: bool
) -> None:
    at(outline, "conv2d_1")
    with step(window, "Delete “conv1” and rejoin" if rejoins else "Delete “conv1”"):
        row = press(outline, Key.Key_Delete, CTRL if rejoins else Qt.KeyboardModifier.NoModifier)
        assert row.node == "output_1"
        assert (wire("composite_1", "output_1") in window.document.project.graph(MAIN).wires) is rejoins
    assert outline.tree.hasFocus()


def typed(popup: QWidget) -> QLineEdit:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert popup.isAncestorOf(line)
    return line


def test_c_joins_any_port_to_any_port(window: MainWindow, outline: Outline, qtbot: QtBot) -> None:
    popup = window.workspace.popup
    at(outline, "composite_1")
    with step(window, "Connect “block1” to “add1”"):
        press(outline, Key.Key_C)
        qtbot.waitUntil(popup.isVisible)
        assert popup.texts() == ["Output y", "Input x"]
        QTest.keyClick(typed(popup), Key.Key_Return)
        qtbot.waitUntil(popup.isVisible)
        QTest.keyClicks(typed(popup), "add1")
        assert popup.texts()[0] == "add1 · x"
        QTest.keyClick(typed(popup), Key.Key_Return)
        assert wire("composite_1", "add_1") in window.document.project.graph(MAIN).wires
    qtbot.waitUntil(outline.tree.hasFocus)


def test_wires_are_disabled_led_elsewhere_and_taken_off(
    window: MainWindow, outline: Outline, qtbot: QtBot
) -> None:
    def to_wire() -> Row:
        row = at(outline, "output_1")
        if not row.isExpanded():
            press(outline, Key.Key_Right)
        row = press(outline, Key.Key_Down)
        while row.wire is None:
            row = press(outline, Key.Key_Down)
        return row

    assert to_wire().wire == wire("conv2d_1", "output_1")
    view = window.workspace.networks.view
    assert view is not None
    assert view.canvas.selection.wires == {wire("conv2d_1", "output_1")}
    with step(window, "Disable a wire"):
        press(outline, Key.Key_B, CTRL | SHIFT)
    assert "disabled" in to_wire().text(0)
    window.document.undo()
    popup = window.workspace.popup
    to_wire()
    with step(window, "Move a wire"):
        press(outline, Key.Key_C)
        qtbot.waitUntil(popup.isVisible)
        QTest.keyClicks(typed(popup), "add1")
        QTest.keyClick(typed(popup), Key.Key_Return)
        assert wire("conv2d_1", "add_1") in window.document.project.graph(MAIN).wires
    window.document.undo()
    qtbot.waitUntil(outline.tree.hasFocus)
    to_wire()
    with step(window, "Delete a wire"):
        press(outline, Key.Key_Delete)
    assert outline.tree.hasFocus()


def test_the_menu_key_opens_the_menu_of_the_canvas(
    window: MainWindow, outline: Outline, qtbot: QtBot
) -> None:
    at(outline, "add_1")
    outline.tree.menu_wanted.emit(outline.current(), outline.tree.mapToGlobal(outline.tree.rect().center()))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert "Bypass" in texts
    assert "Delete" in texts
    with step(window, "Delete “add1”"):
        QTest.keyClick(menu, Key.Key_Up)
        QTest.keyClick(menu, Key.Key_Return)


def test_what_is_unfolded_stays_unfolded(window: MainWindow, outline: Outline) -> None:
    at(outline, "composite_1")
    press(outline, Key.Key_Right)
    window.document.attempt(
        Message("Add"), lambda project: edits.add_node(project, MAIN, "relu", (0.0, 300.0))[0]
    )
    assert named(outline).startswith("block1")
    row = outline.current()
    assert row is not None
    assert row.isExpanded()
    assert row.childCount() == 6
