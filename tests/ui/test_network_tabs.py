"""Networks by their tabs: renamed, removed and chosen for training, with the mouse and from the menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef, Project, edits
from studio.project.file import dumps
from studio.ui.panels.plan import PlanForm
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

MAIN = GraphRef("network", "main")
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
Open = Callable[[Project], MainWindow]


def three() -> Project:
    project, _ = drawing.chain(("input", {}), ("flatten", {}), ("linear", {}), ("output", {}))
    return edits.add_network(edits.add_network(project, "critic"), "third")


def tabs(window: MainWindow) -> list[str]:
    networks = window.workspace.networks
    return [networks.tabText(index) for index in range(networks.count())]


def answer(qtbot: QtBot, typed: str | None) -> None:
    """Have the next question answered: with a text, or called off."""

    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        if typed is None:
            dialog.reject()
            return
        line = dialog.findChildren(QLineEdit)[0]
        assert line.selectedText() == line.text() != ""  # typing replaces the old name
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)

    QTimer.singleShot(50, type_it)


def place(window: MainWindow, index: int) -> QPoint:
    return window.workspace.networks.tabBar().tabRect(index).center()


def action(menu: QMenu, said: str) -> QAction:
    return next(one for one in menu.actions() if one.text() == said)


def open_menu(window: MainWindow, qtbot: QtBot, index: int) -> QMenu:
    bar = window.workspace.networks.tabBar()
    bar.customContextMenuRequested.emit(place(window, index))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def test_double_click_renames_and_undo_puts_the_name_back(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(three())
    bar = window.workspace.networks.tabBar()
    answer(qtbot, "digits & more")
    qtbot.mouseDClick(bar, LEFT, pos=place(window, 0))
    assert list(window.document.project.networks) == ["digits & more", "critic", "third"]
    assert tabs(window) == ["digits && more", "critic", "third"]
    networks = window.workspace.networks
    assert networks.ref == GraphRef("network", "digits & more")
    assert len(networks.view.canvas.nodes) == 4  # type: ignore[union-attr]  # the same drawing
    window.commands["undo"].trigger()
    assert tabs(window) == ["main", "critic", "third"]
    assert networks.ref == MAIN
    window.commands["redo"].trigger()
    assert tabs(window)[0] == "digits && more"


def test_name_that_is_taken_is_refused_with_a_sentence(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(three())
    refused: list[str] = []
    window.document.failed.connect(lambda why: refused.append(str(why)))
    answer(qtbot, "critic")
    window.commands["rename_network"].trigger()
    assert refused == ["There is already a network “critic”. Choose another name."]
    answer(qtbot, None)
    window.commands["rename_network"].trigger()
    assert tabs(window) == ["main", "critic", "third"]
    assert window.document.history.position == 0


def test_menu_of_a_tab_is_about_that_tab(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(three())
    menu = open_menu(window, qtbot, 1)
    action(menu, "Remove").trigger()
    menu.close()
    assert tabs(window) == ["main", "third"]
    assert window.workspace.networks.ref == MAIN
    assert "“critic” is removed" in window.status.currentMessage()
    window.commands["undo"].trigger()
    assert tabs(window) == ["main", "critic", "third"]
    menu = open_menu(window, qtbot, 2)
    answer(qtbot, "judge")
    action(menu, "Rename…").trigger()
    assert tabs(window) == ["main", "critic", "judge"]


def test_plan_trains_the_chosen_network(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(three())
    menu = open_menu(window, qtbot, 0)
    assert not action(menu, "Choose it for training").isEnabled()  # it is trained already
    menu.close()
    menu = open_menu(window, qtbot, 1)
    action(menu, "Choose it for training").trigger()
    menu.close()
    assert dict(window.document.project.plan.networks) == {"model": "critic"}
    window.commands["undo"].trigger()
    assert dict(window.document.project.plan.networks) == {"model": "main"}


def test_trained_network_that_goes_leaves_its_place_to_the_first(open_project: Open) -> None:
    window = open_project(three())
    assert window.workspace.networks.ref == MAIN
    window.commands["remove_network"].trigger()
    assert tabs(window) == ["critic", "third"]
    assert window.document.project.main() == "critic"
    assert window.workspace.networks.ref == GraphRef("network", "critic")


def test_only_network_stays(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(Project())
    command = window.commands["remove_network"]
    assert not command.isEnabled()
    assert "at least one network" in command.toolTip()
    menu = open_menu(window, qtbot, 0)
    assert not action(menu, "Remove").isEnabled()
    menu.close()
    window.document.do(Message("Edit"), edits.add_network(window.document.project, "second"))
    assert command.isEnabled()
    window.document.undo()
    assert not command.isEnabled()


def test_lists_of_networks_follow(open_project: Open) -> None:
    window = open_project(three())
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    combo = form.roles.combos["model"]
    assert [combo.itemText(row) for row in range(combo.count())] == ["main", "critic", "third"]
    window.document.attempt(Message("Edit"), lambda p: edits.rename_network(p, "main", "digits"))
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    combo = form.roles.combos["model"]
    assert combo.currentText() == "digits"
    outline = window.workspace.outline
    window.workspace.docks.show("outline")
    outline.seen()
    items = (outline.tree.topLevelItem(row) for row in range(outline.tree.topLevelItemCount()))
    names = [item.text(0) for item in items if item is not None]
    assert "digits" in names
    assert "main" not in names


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_menu_speaks_the_language(open_project: Open, qtbot: QtBot, language: str) -> None:
    window = open_project(three())
    text.set_language(language)
    menu = open_menu(window, qtbot, 1)
    said = [one.text() for one in menu.actions() if not one.isSeparator()]
    menu.close()
    assert said == (
        [
            "Rename…",
            "Choose it for training",
            "Move to the left",
            "Move to the right",
            "Remove",
            "Add a network…",
        ]
        if language == "en"
        else ["重命名…", "设为要训练的网络", "移到左边", "移到右边", "移除", "添加网络…"]
    )


# -- in what order ------------------------------------------------------------------------------------------


def drag_tab(window: MainWindow, qtbot: QtBot, start: int, end: int) -> None:
    """Drag a tab by the mouse, and keep the button down."""
    bar = window.workspace.networks.tabBar()
    begin, goal = place(window, start), bar.tabRect(end).right() + 60
    qtbot.mousePress(bar, LEFT, pos=begin)
    for x in range(begin.x(), goal, 12):  # in small steps, as a hand moves
        at = QPointF(x, begin.y())
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove, at, bar.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, none
        )
        QApplication.sendEvent(bar, event)


def test_a_tab_is_chosen_and_dragged_and_undo_puts_it_back(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(three())
    networks, document = window.workspace.networks, window.document
    qtbot.mouseClick(networks.tabBar(), LEFT, pos=place(window, 1))
    assert networks.ref == GraphRef("network", "critic")
    before = dumps(document.project)
    drag_tab(window, qtbot, 0, 2)
    assert tabs(window) == ["critic", "third", "main"]
    qtbot.mouseRelease(networks.tabBar(), LEFT, pos=place(window, 2))
    qtbot.waitUntil(lambda: list(document.project.networks) == ["critic", "third", "main"])
    assert [str(label) for label in document.history.labels()] == ["Move a network"]
    assert document.project.main() == "main"  # what is trained stays
    after = dumps(document.project)
    window.commands["undo"].trigger()
    assert dumps(document.project) == before
    assert tabs(window) == ["main", "critic", "third"]
    window.commands["redo"].trigger()
    assert (dumps(document.project), tabs(window)) == (after, ["critic", "third", "main"])
    menu = open_menu(window, qtbot, 2)
    assert not action(menu, "Move to the right").isEnabled()
    action(menu, "Move to the left").trigger()
    menu.close()
    assert tabs(window) == ["critic", "main", "third"]


def test_escape_in_the_drag_of_a_tab_leaves_everything_as_it_was(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(three())
    window.activateWindow()
    bar, before = window.workspace.networks.tabBar(), window.document.project
    drag_tab(window, qtbot, 0, 2)
    assert tabs(window) == ["critic", "third", "main"]
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert tabs(window) == ["main", "critic", "third"]
    qtbot.mouseRelease(bar, LEFT, pos=place(window, 2))
    qtbot.wait(10)
    assert window.document.project is before
    assert tabs(window) == ["main", "critic", "third"]


def test_names_given_and_networks_removed_are_undone_to_the_very_text(
    open_project: Open, qtbot: QtBot
) -> None:
    window = open_project(three())
    before = dumps(window.document.project)
    for change in ("rename", "remove"):
        if change == "rename":
            answer(qtbot, "judge")
            qtbot.mouseDClick(window.workspace.networks.tabBar(), LEFT, pos=place(window, 1))
            assert tabs(window) == ["main", "judge", "third"]
        else:
            menu = open_menu(window, qtbot, 1)
            at = menu.actionGeometry(action(menu, "Remove")).center()
            qtbot.mouseClick(menu, LEFT, pos=at)
            assert tabs(window) == ["main", "third"]
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert dumps(window.document.project) == before
