"""The keys of every command are listed, changed by keys, kept, and given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Project
from studio.ui.canvas.keys import KEYS
from studio.ui.keys.keymap import Keymap, keymap, portable, usable, writes
from studio.ui.keys.shortcuts import Shortcuts
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests import drawing

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Open = Callable[[Project], MainWindow]
RELU = drawing.chain(("input", {}), ("relu", {}), ("output", {}))


@pytest.fixture(autouse=True)
def own_keys() -> Iterator[None]:
    yield
    keymap.reset()


@pytest.fixture
def window(open_project: Open) -> MainWindow:
    return open_project(RELU[0])


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Iterator[Shortcuts]:
    made = Shortcuts(window, window.commands)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def give(sheet: Shortcuts, qtbot: QtBot, id: str, key: Qt.Key, keys: Qt.KeyboardModifier = CTRL) -> None:
    sheet.choose(id)
    sheet.keys.setFocus()
    qtbot.keyClick(sheet.keys, key, keys)
    qtbot.mouseClick(sheet.set, Qt.MouseButton.LeftButton)


def leave(sheet: Shortcuts, window: MainWindow, qtbot: QtBot) -> None:
    sheet.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_every_command_is_listed_with_its_keys(sheet: Shortcuts, window: MainWindow) -> None:
    rows = {str(row.data(0, Qt.ItemDataRole.UserRole)): row for row in sheet._rows()}
    assert set(rows) == {spec.id for spec, _ in window.commands}
    assert {f"canvas.{key.id}" for key in KEYS} < set(rows)
    assert rows["redo"].text(1) == "Ctrl+Shift+Z   Ctrl+Y"
    assert (rows["save"].text(0), rows["evaluate"].text(1)) == ("Save", "")


def test_the_list_is_narrowed_by_words_and_by_keys(sheet: Shortcuts, qtbot: QtBot) -> None:
    for typed, first in (
        ("dupl", "canvas.duplicate"),
        ("Ctrl+D", "canvas.duplicate"),
        ("F8", "next_problem"),
    ):
        sheet.search.clear()
        qtbot.keyClicks(sheet.search, typed)
        assert sheet.chosen == first
    sheet.search.clear()
    assert not any(row.isHidden() for row in sheet._rows())


def test_new_keys_are_heard_shown_and_kept(
    sheet: Shortcuts, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    give(sheet, qtbot, "plan", Qt.Key.Key_J)
    assert window.commands.keys("plan") == ("Ctrl+J",)
    assert [one.toString() for one in window.commands["plan"].shortcuts()] == ["Ctrl+J"]
    assert "Ctrl+J" in window.commands["plan"].toolTip()
    row = sheet.tree.currentItem()
    assert row is not None
    assert row.text(1) == "Ctrl+J"
    leave(sheet, window, qtbot)
    heard: list[bool] = []
    window.commands["plan"].triggered.connect(lambda: heard.append(True))
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert heard == []
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL)
    assert heard == [True]
    later = Keymap()
    later.follow(Settings(window.settings.path))
    assert later.of("plan", ("Ctrl+L",)) == ("Ctrl+J",)


def test_keys_of_the_canvas_are_heard_by_the_canvas(
    sheet: Shortcuts, window: MainWindow, qtbot: QtBot
) -> None:
    give(sheet, qtbot, "canvas.duplicate", Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier)
    sheet.close()
    view, before = window.workspace.networks.view, window.document.project
    assert view is not None
    view.select([RELU[1][1]])
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_D, CTRL)
    assert window.document.project is before
    qtbot.keyClick(view, Qt.Key.Key_J)
    assert len(list(window.document.project.graph(drawing.MAIN).of_type("relu"))) == 2
    assert window.commands["canvas.duplicate"].text() == "Duplicate\tJ"
    window.document.undo()
    assert window.document.project == before


def test_keys_of_another_command_are_told_and_taken(
    sheet: Shortcuts, window: MainWindow, qtbot: QtBot
) -> None:
    sheet.choose("export")
    sheet.keys.setFocus()
    qtbot.keyClick(sheet.keys, Qt.Key.Key_D, CTRL)
    assert sheet.told.text() == "Ctrl+D does “Duplicate” now, which would lose it."
    qtbot.mouseClick(sheet.set, Qt.MouseButton.LeftButton)
    assert (window.commands.keys("export"), window.commands.keys("canvas.duplicate")) == (("Ctrl+D",), ())
    assert window.commands["canvas.duplicate"].text() == "Duplicate"
    give(sheet, qtbot, "save", Qt.Key.Key_D)
    assert (window.commands.keys("save"), window.commands.keys("export")) == (("Ctrl+D",), ())
    sheet.choose("save")
    qtbot.mouseClick(sheet.back, Qt.MouseButton.LeftButton)
    assert window.commands.keys("save") == ("Ctrl+S",)
    assert window.commands.keys("canvas.duplicate") == ("Ctrl+D",)
    assert keymap.is_changed("export")
    qtbot.mouseClick(sheet.all_back, Qt.MouseButton.LeftButton)
    assert window.commands.keys("export") == ("Ctrl+E",)
    assert not sheet.all_back.isEnabled()


def test_keys_that_cannot_be_are_refused_with_the_reason(sheet: Shortcuts, qtbot: QtBot) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for key, said in (
        (Qt.Key.Key_K, "K is needed for typing."),
        (Qt.Key.Key_Return, "is needed for typing."),
    ):
        sheet.choose("save")
        sheet.keys.setFocus()
        qtbot.keyClick(sheet.keys, key, none)
        assert said in sheet.told.text()
        assert not sheet.set.isEnabled()
    set_language("zh_CN")
    sheet.choose("export")
    sheet.keys.setKeySequence(QKeySequence("Esc"))
    assert sheet.told.text() == "Esc 始终表示取消。请按其他按键。"
    assert not sheet.set.isEnabled()


def test_a_command_can_have_no_keys_and_one_that_is_off_keeps_its_new_ones(
    sheet: Shortcuts, window: MainWindow, qtbot: QtBot
) -> None:
    sheet.choose("plan")
    sheet.keys.clear()
    qtbot.mouseClick(sheet.set, Qt.MouseButton.LeftButton)
    assert window.commands.keys("plan") == ()
    assert window.commands["plan"].shortcuts() == []
    give(sheet, qtbot, "stop", Qt.Key.Key_J)
    leave(sheet, window, qtbot)
    told: list[object] = []
    window.commands.refused.connect(told.append)
    window.commands.enable("stop", False, Message("Nothing is trained."))
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("kept", "keys"),
    [
        ({"save": ["Ctrl+J"]}, ("Ctrl+J",)),
        ({"save": []}, ()),
        ({"save": ["Ctrl+J", "Ctrl+J", "nonsense+++", "Esc"]}, ("Ctrl+J",)),
        ({"export": ["Ctrl+J"], "save": ["Ctrl+J", "Ctrl+K"]}, ("Ctrl+K",)),
        ({"save": "Ctrl+J"}, ("Ctrl+S",)),
        ({"save": [1]}, ("Ctrl+S",)),
        ({"save": ["Esc"]}, ("Ctrl+S",)),
        ({"export": ["Ctrl+S"]}, ()),
        ([], ("Ctrl+S",)),
        (None, ("Ctrl+S",)),
    ],
)
def test_settings_of_any_kind_are_read(kept: object, keys: tuple[str, ...], tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("keys", kept)  # type: ignore[arg-type]  # of any kind
    own = Keymap()
    own.follow(Settings(settings.path))
    assert own.of("save", ("Ctrl+S",)) == keys


def test_which_keys_write() -> None:
    assert all(map(writes, ("A", "Shift+A", "Space", "Return", "1", "+")))
    assert not any(map(writes, ("Ctrl+A", "F5", "Alt+A", "Ctrl+Return", "")))
    assert [usable(keys) for keys in ("F5", "", "Esc", "Ctrl+A, Ctrl+B")] == [True, False, False, False]
    assert portable("ctrl+shift+a") == "Ctrl+Shift+A"
