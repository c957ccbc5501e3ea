"""The window begins with its welcome page, opens projects from it, and remembers what it should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.project import Project, file
from studio.ui.frame.docks import PLACES
from studio.ui.keys.actions import LAYOUT, LINE, SPECS
from studio.ui.settings import Settings
from studio.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def test_welcome_page_comes_first_with_nothing_else(window: MainWindow) -> None:
    assert window.at_welcome
    assert window.workspace_ is None  # canvas, numpy and docks are not made yet
    assert not window.toolbar.isVisible()
    assert not window.statusBar().isVisible()
    assert window.windowTitle() == "Netwright"
    assert window.focusWidget() is window.welcome.new_button


def test_new_project_shows_canvas_and_docks(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.welcome.new_button, LEFT)
    assert not window.at_welcome
    assert window.toolbar.isVisible()
    assert window.workspace.networks.count() == 1
    assert [place.id for place in PLACES] == window.workspace.docks.shown()
    assert window.workspace.docks.in_front("palette")
    assert "Untitled" in window.windowTitle()


def test_template_opens_by_click_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    ids = [one.id for one in window.welcome.found]
    card = window.welcome.cards[1 + ids.index("cnn")]
    qtbot.mouseClick(card, LEFT)
    assert window.document.project.template == "cnn"
    assert len(window.document.project.networks["main"]) == 12
    assert not window.document.modified
    window.show_welcome()
    window.welcome.cards[0].setFocus()
    qtbot.keyClick(window.welcome.cards[0], Qt.Key.Key_Return)
    assert len(window.document.project.networks["main"]) == 0


def test_recent_file_opens_and_a_missing_one_is_flagged(
    make_window: Callable[[], MainWindow], settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    present, gone = tmp_path / "mine.netwright", tmp_path / "gone.netwright"
    file.write(Project(), present)
    settings.add_recent(gone)
    settings.add_recent(present)
    window = make_window()
    rows = window.welcome.recent_rows()
    assert [row.button.isEnabled() for row in rows] == [True, False]
    for row in rows:  # the name and its folder are seen whole
        inner = row.button.layout()
        assert inner is not None
        assert row.button.height() >= inner.minimumSize().height()
    texts = [label.text() for label in rows[1].findChildren(QLabel)]
    assert any(text.startswith("Not found:") for text in texts)
    qtbot.mouseClick(rows[0].button, LEFT)
    assert window.document.path == present
    assert window.windowTitle().startswith("mine.netwright")


def test_unreadable_file_is_told_and_the_window_stays(window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.netwright"
    broken.write_text("not a project")
    assert window.filing.open_path(broken) is False
    banner = window.banners.get("refused")
    assert banner is not None
    assert "broken.netwright" in str(banner.text)
    assert window.at_welcome


def test_every_action_of_the_menus_is_there_with_a_text(window: MainWindow) -> None:
    window.show_project()
    ids = {spec.id for spec, _ in window.commands}
    for name, entries in LAYOUT.items():
        assert [id for id in entries if id != LINE and id not in ids] == []
        shown = window.menus[name].actions()
        assert len([action for action in shown if action.text()]) >= len(set(entries) - {LINE})
    assert len(SPECS) == len({spec.id for spec in SPECS})


def test_no_two_actions_of_the_window_share_a_key(window: MainWindow) -> None:
    keys: dict[str, list[str]] = {}
    for spec in SPECS:
        for key in spec.keys:
            keys.setdefault(key, []).append(spec.id)
    assert {key: ids for key, ids in keys.items() if len(ids) > 1} == {}
    from studio.ui.canvas.keys import KEYS

    own = {key for spec in SPECS for key in spec.keys}
    assert [key.id for key in KEYS if own & set(key.keys)] == []


def test_docks_stand_where_they_were_left(
    make_window: Callable[[], MainWindow], settings: Settings, qtbot: QtBot
) -> None:
    first = make_window()
    first.show_project()
    first.workspace.docks["code"].close()
    first.workspace.docks.show("outline")
    first.shut_down(keep_edits=False)
    assert settings.window_state
    second = make_window()
    second.show_project()
    assert "code" not in second.workspace.docks.shown()
    assert second.workspace.docks["code"].isHidden()
    second.commands["reset_docks"].trigger()
    assert "code" in second.workspace.docks.shown()


@pytest.mark.parametrize("state", [b"", b"x" * 20, b"\xff" * 4000, bytes(range(256))])
def test_damaged_window_state_gives_the_first_order(
    make_window: Callable[[], MainWindow], settings: Settings, state: bytes
) -> None:
    settings.window_state = state
    settings.geometry = state
    window = make_window()
    window.show_project()
    assert window.workspace.docks.shown() == [place.id for place in PLACES]


def test_project_docks_leave_with_the_project_and_come_back(window: MainWindow) -> None:
    window.show_project()
    window.workspace.docks["runs"].close()
    window.show_welcome()
    assert window.workspace.docks.shown() == []
    window.show_project()
    assert "runs" not in window.workspace.docks.shown()
    assert "palette" in window.workspace.docks.shown()


def test_actions_for_projects_are_off_on_the_welcome_page(window: MainWindow) -> None:
    def on(id: str) -> bool:
        action: QAction = window.commands[id]
        return action.isEnabled()

    assert on("new")
    assert not on("save")
    assert not on("train")
    window.show_project()
    assert on("save")
    assert not on("undo")
    assert not on("train")
    reason = window.commands.reason("train")
    assert reason is not None
    assert "empty" in str(reason)
    assert str(reason) in window.commands["train"].toolTip()
