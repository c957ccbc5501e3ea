"""The Training panel says which files of the data were left out, letter by letter, and folds them away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.project import Project
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.train.runs.test_train_skipped import pictures

Open = Callable[[Project], MainWindow]
LONG = 60_000


def trained(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    if window.document.path is None:
        assert window.document.save_as(tmp_path / "net.netwright")
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    assert window.session.finished is not None


def test_skipped_files_are_counted_and_listed_when_asked(
    open_project: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_project(pictures(tmp_path / "pictures", broken=3))
    line = window.workspace.training.skipped
    assert line.isHidden()
    trained(window, qtbot, tmp_path)
    assert line.isVisible()
    assert line.told.text() == "3 files of the data were skipped or changed."
    assert not line.opened
    assert not line.names.isVisible()
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert line.names.isVisible()
    assert line.names.textFormat() == Qt.TextFormat.PlainText
    assert [row.partition(":")[0] for row in line.names.text().splitlines()] == [
        f"cat/broken{index}.png" for index in range(3)
    ]
    set_language("zh_CN")
    assert line.told.text() == "数据中有 3 个文件被跳过或更改。"
    assert line.names.text().splitlines()[0].startswith("cat/broken0.png：")
    assert line.button.text() == "隐藏文件"
    set_language("en")
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert not line.opened


def test_the_next_run_begins_without_them(open_project: Open, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    window = open_project(pictures(folder, broken=1))
    trained(window, qtbot, tmp_path)
    assert window.workspace.training.skipped.isVisible()
    (folder / "cat" / "broken0.png").unlink()
    trained(window, qtbot, tmp_path)
    assert window.workspace.training.skipped.isHidden()
