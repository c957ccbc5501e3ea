"""Everything that the keyboard can reach says what it is, in both languages; the canvas says where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QDialog, QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project.coding import set_code
from studio.project.file import read
from studio.ui.files.picturing import PictureDialog
from studio.ui.keys.shortcuts import Shortcuts
from studio.ui.panels.coding import CodeDialog, TrustDialog
from studio.ui.panels.export import ExportDialog
from studio.ui.panels.lighter import LighterDialog
from studio.ui.widgets.dialogs import About, Question
from studio.ui.window import MainWindow
from studio.ui.words import text

TEMPLATE = Path(__file__).parents[2] / "templates" / "cnn" / "project.netwright"
CODE = "def swish(x):\n    return x * x.sigmoid()\n"


def reachable(root: QWidget) -> Iterator[QWidget]:
    """Give what Tab can reach; the inside of a spin box or of a list of choices is named by its owner."""
    for widget in (root, *root.findChildren(QWidget)):
        owner = widget.parentWidget()
        inner = False
        while owner is not None and not inner:
            inner = isinstance(owner, (QAbstractSpinBox, QComboBox))
            owner = owner.parentWidget()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and not inner:
            yield widget


def nameless(root: QWidget) -> set[str]:
    """Give what has no name, by its kinds from the inside out."""
    found = set()
    for widget in reachable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if isinstance(widget, QComboBox):
            name = widget.accessibleName()  # Qt gives its choice where it has no name
        if not name.strip():
            owner = widget.parentWidget()
            found.add(f"{type(widget).__name__} in {type(owner).__name__}")
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_the_keyboard_reaches_has_a_name(
    make_window: Callable[[], MainWindow], qtbot: QtBot, language: str, tmp_path: Path
) -> None:
    text.set_language(language)
    window = make_window()
    assert nameless(window) == set()
    project = set_code(read(TEMPLATE), CODE)
    window.document._replace(project, None, saved=True)
    window.show_project()
    window.document.begin()
    space = window.workspace
    for id in space.panels:
        space.docks.show(id)
    space.training.need_curves()
    view = space.networks.view
    assert view is not None
    assert len(list(reachable(window))) > 100
    assert nameless(window) == set()
    kinds = {node.type: id for id, node in view.canvas.cards.graph.nodes.items()}
    for id in kinds.values():
        view.select([id])
        assert nameless(space.inspector) == set()
    nodes = list(view.canvas.nodes)
    view.select(nodes[1:3])
    assert nameless(space.inspector) == set()
    dialogs: list[QDialog] = [
        About(window),
        Shortcuts(window, window.commands),
        CodeDialog(window, window.document, "swish"),
        TrustDialog(window, window.document),
        PictureDialog(window, view, window.settings),
        ExportDialog(window, project, window.jobs, [], set(), None, str(tmp_path), "cnn"),
        LighterDialog(window, window.jobs, [("a run", tmp_path)], tmp_path, str(tmp_path), "cnn"),
        Question(window, Message("Save"), Message("Keep it?"), [("ok", Message("OK"), "primary")], "more"),
    ]
    for dialog in dialogs:
        assert len(list(reachable(dialog))) >= 1
        assert (type(dialog).__name__, nameless(dialog)) == (type(dialog).__name__, set())
        dialog.deleteLater()
    for dock in window.findChildren(QDockWidget):
        assert dock.windowTitle().strip()


def test_the_canvas_says_where_the_keyboard_is(make_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    window.document._replace(read(TEMPLATE), None, saved=True)
    window.show_project()
    view = window.workspace.networks.view
    assert view is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    view.setFocus()
    told = QAccessible.queryAccessibleInterface(view)

    def said() -> str:
        return told.text(QAccessible.Text.Description)

    assert told.text(QAccessible.Text.Name) == "Canvas"
    first = next(iter(view.canvas.nodes))
    view.go_to(first)
    assert said() == view.canvas.nodes[first].card.spoken()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    second = view.canvas.selection.current
    assert second != first
    assert said() == view.canvas.nodes[second].card.spoken()
    QTest.keyClick(view, Qt.Key.Key_W)
    assert said().startswith("wire from ")
    QTest.keyClick(view, Qt.Key.Key_C)
    assert "→" in said()
    QTest.keyClick(view, Qt.Key.Key_Escape)
