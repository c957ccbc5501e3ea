"""Language and looks change while the window is open, everywhere at once, and are remembered."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.project import GraphRef, Project
from studio.ui.frame.toolbar import MODES
from studio.ui.looks import theme
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

MAIN = GraphRef("network", "main")


def chosen(window: MainWindow, id: str) -> None:
    menus = (window.toolbar.language_menu, window.toolbar.looks_menu)
    action = next(action for menu in menus for action in menu.actions() if action.objectName() == id)
    action.trigger()


def english_words(widget: QWidget) -> set[str]:
    """Give texts that are seen and still English: words of our menus, panels and buttons."""
    seen = set()
    parts: list[QLabel | QAbstractButton] = [
        *widget.findChildren(QLabel),
        *widget.findChildren(QAbstractButton),
    ]
    for part in parts:
        said = part.text()
        words = " " in said and said.isascii() and re.search("[A-Za-z]{2}", said) is not None  # not `50.2 k`
        if part.isVisible() and words:
            seen.add(part.text())
    return seen


def test_language_changes_everywhere_at_once(
    open_project: Callable[[Project], MainWindow], settings: Settings, qtbot: QtBot
) -> None:
    project, ids = drawing.chain(("input", {}), ("flatten", {}), ("linear", {}), ("output", {}))
    window = open_project(project)
    window.workspace.inspector.show_selection(MAIN, [ids[2]])
    window.workspace.docks.show("analysis")
    qtbot.waitUntil(lambda: window.workspace.analysis.model.rowCount() == len(ids))
    chosen(window, "zh_CN")
    assert settings.language == "zh_CN"
    assert window.menus["file"].title() == "文件(&F)"
    assert window.commands["train"].text() == "训练"
    assert window.workspace.docks["problems"].windowTitle().startswith("问题")
    assert "个参数" in window.status.cost.text()
    assert window.workspace.analysis.model.headerData(0, Qt.Orientation.Horizontal) == "模块"
    own = {"AMD EPYC", window.status.device.text()}
    left = {words for words in english_words(window) if not any(name in words for name in own if name)}
    assert left == set()
    chosen(window, "en")
    assert window.menus["file"].title() == "&File"
    assert settings.language == "en"


@pytest.mark.parametrize("mode", ["dark", "light", "system"])
def test_looks_change_at_once_and_are_remembered(
    window: MainWindow, settings: Settings, qapp: QApplication, mode: str
) -> None:
    window.show_project()
    chosen(window, mode)
    assert settings.theme == mode
    assert theme.mode() == mode
    tokens = theme.theme()
    assert qapp.palette().window().color().name().upper() == tokens.panel
    assert set(MODES) == {"system", "light", "dark"}


def test_chosen_language_and_looks_hold_at_the_next_start(
    make_window: Callable[[], MainWindow], settings: Settings, qtbot: QtBot
) -> None:
    first = make_window()
    first.set_language("zh_CN")
    first.set_looks("dark")
    again = Settings(settings.path)
    assert (again.language, again.theme) == ("zh_CN", "dark")
    assert text.language() == "zh_CN"


def test_menu_marks_what_holds(window: MainWindow) -> None:
    window.show_project()
    chosen(window, "dark")
    marked = [action.objectName() for action in window.toolbar.looks_menu.actions() if action.isChecked()]
    assert marked == ["dark"]
    assert window.toolbar.looks_menu.title() == "Looks"
    assert window.toolbar.language_menu.title() == "Language"


def test_rows_have_the_height_of_the_style_from_the_first_look_on(
    open_project: Callable[[Project], MainWindow], qtbot: QtBot
) -> None:
    project, _ = drawing.chain(("input", {}), ("flatten", {}), ("linear", {}), ("output", {}))
    window = open_project(project)
    for id, tree in (("palette", window.workspace.palette_.tree), ("outline", window.workspace.outline.tree)):
        window.workspace.docks.show(id)
        qtbot.waitUntil(tree.isVisible)
        top = tree.topLevelItem(0)
        assert top is not None
        first = tree.visualItemRect(top).height()
        tree.doItemsLayout()
        assert first == tree.visualItemRect(top).height() > tree.fontMetrics().height() + 4
