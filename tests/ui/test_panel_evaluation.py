"""The evaluation panel at the sizes that its dock has: nothing under an edge, nothing cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.window import MainWindow
from tests.ui import judged

DIGITS = [str(number) for number in range(10)]


@pytest.fixture(params=[(1280, 800), (1920, 1080)], ids=lambda size: f"{size[0]}x{size[1]}")
def shown(request: pytest.FixtureRequest, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window of one size with a judgement of ten digits in front."""
    window.resize(*request.param)
    window.show_project()
    window.workspace.docks.arrange()
    judged.show(window.workspace.judge, judged.judgement(DIGITS))
    window.workspace.docks.show("evaluation")
    qtbot.waitUntil(lambda: window.workspace.evaluation.confusion.isVisible())
    return window


def outer(window: MainWindow) -> QScrollArea:
    found = window.workspace.evaluation._pages.currentWidget()
    assert isinstance(found, QScrollArea)
    return found


def place(part: QWidget, inside: QWidget) -> QRect:
    return QRect(part.mapTo(inside, QPoint(0, 0)), part.size())


def test_nothing_is_scrolled_to_at_the_first_size_of_the_dock(shown: MainWindow, qtbot: QtBot) -> None:
    area = outer(shown)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
    assert area.verticalScrollBar().maximum() == 0
    panel = shown.workspace.evaluation
    room = area.viewport().rect()
    tryout = panel.tryout
    for part in (panel.confusion, panel.wrong, tryout, tryout.pad, tryout.bars, tryout.said):
        assert room.contains(place(part, area.viewport())), part
    parts = [panel._left, panel.confusion, panel._middle, tryout]
    edges = [place(part, area.viewport()) for part in parts]
    assert all(one.right() < other.left() for one, other in pairwise(edges)), "no part lies over another"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_texts_of_the_try_fit_where_they_stand(shown: MainWindow, qtbot: QtBot, language: str) -> None:
    shown.set_language(language)
    tryout = shown.workspace.evaluation.tryout
    qtbot.waitUntil(lambda: tryout.said.height() >= tryout.said.heightForWidth(tryout.said.width()))
    assert place(tryout.said, tryout).right() <= tryout.width()
    assert tryout.pad.width() == tryout.pad.height() >= 136
    assert place(tryout.clear_button, tryout).bottom() <= tryout.height()
    assert not place(tryout.pad, tryout).intersects(place(tryout.bars, tryout))


def test_matrix_of_ten_digits_is_wholly_written(shown: MainWindow) -> None:
    grid = shown.workspace.evaluation.confusion.grid
    assert not grid.scrolls
    assert grid.writing >= 9
    assert not shown.workspace.evaluation.confusion.whole_button.isVisible()


def test_figures_take_the_width_of_their_numbers(shown: MainWindow, qtbot: QtBot) -> None:
    panel = shown.workspace.evaluation
    inside = panel.figures
    for label in inside.findChildren(QLabel):
        assert label.sizeHint().width() <= label.width() or label.wordWrap(), label.text()
        assert place(label, panel._left).right() <= panel._left.viewport().width(), label.text()
    long = judged.judgement([f"a class whose name goes on and on {number}" for number in range(4)])
    judged.show(shown.workspace.judge, long)
    qtbot.waitUntil(lambda: inside.sizeHint().width() <= panel._left.width())
    cut = [label for label in inside.findChildren(QLabel) if label.text().endswith("…")]
    assert len([label for label in cut if "goes on and on" in label.toolTip()]) == 4


def test_more_classes_and_longer_names_scroll_instead_of_lying_over_each_other(
    shown: MainWindow, qtbot: QtBot
) -> None:
    names = [f"a long class name {number}" for number in range(100)]
    judged.show(shown.workspace.judge, judged.judgement(names, right=50))
    panel = shown.workspace.evaluation
    qtbot.waitUntil(lambda: panel.confusion.grid.scrolls)
    assert panel.confusion.whole_button.isVisible()
    assert panel.confusion.grid.writing >= 9
    assert panel.wrong.horizontalScrollBar().maximum() == 0
    shown.resize(900, 600)
    qtbot.waitUntil(lambda: outer(shown).horizontalScrollBar().maximum() > 0)
    parts = [panel._left, panel.confusion, panel._middle, panel.tryout]
    page = panel.confusion.parentWidget()
    assert page is not None
    edges = [place(part, page) for part in parts]
    assert all(one.right() < other.left() for one, other in pairwise(edges))


def test_sheet_grows_and_shrinks_with_the_dock(shown: MainWindow, qtbot: QtBot) -> None:
    pad, dock = shown.workspace.evaluation.tryout.pad, shown.workspace.docks["evaluation"]
    shown.resize(2400, 1400)
    shown.resizeDocks([dock], [600], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: pad.width() == pad.height() == 224)
    shown.resizeDocks([dock], [300], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: pad.width() == pad.height() < 224)
    qtbot.waitUntil(lambda: outer(shown).verticalScrollBar().maximum() == 0)
