"""The help of a block: followed by choice, in both languages, with the block at work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.blocks import every
from studio.project import Project
from studio.ui.panels.help import HelpPanel
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.drawing import CNN, chain

Open = Callable[[Project], MainWindow]
LONG = 60_000


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> MainWindow:
    project, _ = chain(*CNN)
    made = open_project(project)
    qtbot.waitUntil(lambda: made.document.analysis.ready, timeout=LONG)
    return made


def panel(window: MainWindow) -> HelpPanel:
    return window.workspace.help


def test_f1_shows_what_the_chosen_block_does_and_the_block_at_work(window: MainWindow, qtbot: QtBot) -> None:
    view = window.workspace.networks.view
    assert view is not None
    conv = next(iter(window.document.project.graph(view.ref).of_type("conv2d")))
    view.setFocus()
    view.select([conv.id])
    qtbot.keyClick(view, Qt.Key.Key_F1)
    assert window.workspace.docks.in_front("help")
    page = panel(window)
    qtbot.waitUntil(lambda: page.code is not None, timeout=LONG)
    said = page.texts()
    for part in ("Conv2d", "Slide learned filters over an image.", "Kernel size", "in x", "B × 16 × 12 × 12"):
        assert part in said
    assert any(text.startswith("Channels arriving at the block. Read off") for text in said)
    assert any(text.endswith("At first: 32. At least 1.") for text in said)
    assert page.code is not None
    assert "self.conv1 = nn.Conv2d(16, 32, kernel_size=3)" in page.code.toPlainText()
    assert page.code.isReadOnly()


def test_the_page_follows_what_is_chosen_on_the_canvas_and_in_the_list(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workspace.docks.show("help")
    page = panel(window)
    view = window.workspace.networks.view
    assert view is not None
    relu = next(iter(window.document.project.graph(view.ref).of_type("relu")))
    view.select([relu.id])
    qtbot.waitUntil(lambda: page.code is not None and "nn.ReLU()" in page.code.toPlainText(), timeout=LONG)
    palette = window.workspace.palette_
    qtbot.keyClicks(palette.search, "lstm")
    qtbot.waitUntil(lambda: page.block is not None and page.block.type == "lstm")
    qtbot.waitUntil(lambda: page.code is not None and "nn.LSTM(" in page.code.toPlainText(), timeout=LONG)
    palette.search.setFocus()
    qtbot.keyClick(palette.search, Qt.Key.Key_F1)
    assert page.block is not None
    assert page.block.type == "lstm"


def test_the_page_speaks_the_language_in_use(window: MainWindow, qtbot: QtBot) -> None:
    page = panel(window)
    block = next(block for block in every() if block.type == "conv2d")
    page.show_block(block)
    window.workspace.docks.show("help")
    qtbot.waitUntil(lambda: "Inputs" in page.texts())
    set_language("zh_CN")
    qtbot.waitUntil(lambda: "核大小" in page.texts())
    assert "Inputs" not in page.texts()
    assert "让可学习的卷积核在图像上滑动。" in page.texts()


def test_a_hidden_page_computes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    page = panel(window)
    window.workspace.docks.show("inspector")
    block = next(block for block in every() if block.type == "gru")
    page.show_block(block)
    assert page._job is None
    assert "gru" not in page._examples
    window.workspace.docks.show("help")
    qtbot.waitUntil(lambda: page.code is not None and "nn.GRU(" in page.code.toPlainText(), timeout=LONG)
