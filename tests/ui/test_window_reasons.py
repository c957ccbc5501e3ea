"""Whatever is switched off says why: every action and button, before, while and after a training."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Project, edits
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

LONG = 30_000
Open = Callable[[Project], MainWindow]


def quick() -> Project:
    """Give a network that learns the digits in a moment."""
    project, _ = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {})
    )
    return edits.set_loop(edits.set_loop(project, "epochs", 1), "threads", 1)


def off(window: MainWindow) -> dict[str, str]:
    """Give what is off and the tool tip that it has."""
    told = {spec.id: action.toolTip() for spec, action in window.commands if not action.isEnabled()}
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.isEnabled():
            told[button.objectName() or button.text() or button.accessibleName()] = button.toolTip()
    return told


def silent(window: MainWindow) -> list[str]:
    """Name what is off and does not say why."""
    named = {spec.id for spec, _ in window.commands}
    lacking = [id for id in named & off(window).keys() if window.commands.reason(id) is None]
    return sorted(lacking + [id for id, tip in off(window).items() if not tip])


def test_whatever_is_off_says_why(open_project: Open, window: MainWindow, qtbot: QtBot) -> None:
    assert silent(window) == []
    on = {spec.id for spec, action in window.commands if action.isEnabled()}
    assert on == {"new", "open", "templates", "quit", "full_screen", "shortcuts", "show_log", "about"}
    assert off(window)["save"].endswith("\nOpen or begin a project first.")
    project = quick()
    open_project(project)
    front = window.workspace.docks
    for dock in ("training", "evaluation", "runs", "code", "analysis", "problems"):
        front.show(dock)
        qtbot.wait(5)
        assert silent(window) == [], dock
    assert {"undo", "redo", "pause", "stop", "remove_network"} <= off(window).keys()
    assert "train" not in off(window)
    assert window.session.start() is None
    front.show("training")
    assert silent(window) == []
    assert off(window)["train"].endswith("\nA training is under way.")
    window.session.stop()
    assert silent(window) == []
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    for dock in ("training", "evaluation", "runs"):
        front.show(dock)
        qtbot.wait(5)
        assert silent(window) == [], dock
    text.set_language("zh_CN")
    assert silent(window) == []
    assert off(window)["undo"].endswith("\n没有可撤销的操作。")


@pytest.mark.parametrize(
    ("keys", "said"),
    [(Qt.Key.Key_Z, "There is nothing to undo."), (Qt.Key.Key_P, "No training is under way.")],
)
def test_keys_of_what_is_off_say_why_at_the_bottom(
    open_project: Open, qtbot: QtBot, keys: Qt.Key, said: str
) -> None:
    window = open_project(quick())
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    before = window.document.project
    qtbot.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    assert window.status.currentMessage() == said
    assert window.document.project is before
    assert window.commands["undo"].statusTip() == "There is nothing to undo."
    window.document.do(Message("Edit"), edits.add_network(before, "second"))
    assert window.commands["undo"].statusTip() == ""
    assert [box for box in window.findChildren(QComboBox) if box.isVisible() and not box.isEnabled()] == []
