"""A monkey at the whole window, with training half the time; each fault that it found has a test below.

Here it works for a moment from one seed; `python tests/bench/monkey.py` lets it work for hours from many.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.looks.icons import icon
from studio.ui.window import MainWindow
from tests.ui.window_monkey import WindowMonkey, trainable


def test_nothing_that_a_person_can_do_breaks_the_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "data.csv").write_text("a,b,label\n1,2,x\n3,4,y\n", encoding="utf-8")
    window.activateWindow()
    window.document.begin()
    qtbot.waitUntil(lambda: window.document.analysis.ready, timeout=20_000)
    monkey = WindowMonkey(window, 7, tmp_path, looks=False)
    monkey.play(trainable(), 90, train=True)
    monkey.play(trainable(), 90, train=False)
    assert monkey.done >= 180
    assert monkey.trained > 30
    assert monkey.checked > 10
    assert monkey.undone > 2


def test_an_icon_on_a_button_that_is_squeezed_flat_draws_nothing(qapp: QApplication) -> None:
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _where, text: said.append(text))
    try:
        drawn = icon("undo")
        assert drawn.pixmap(QSize(16, 0), QIcon.Mode.Normal).isNull()
        assert not drawn.pixmap(QSize(16, 16), QIcon.Mode.Normal).isNull()
    finally:
        qInstallMessageHandler(before)
    assert said == []
