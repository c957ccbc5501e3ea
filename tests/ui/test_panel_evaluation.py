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


VIEWS = ["confusion", "classes", "curves", "calibration", "mistakes", "map", "why", "tryout"]


def test_nothing_is_scrolled_to_at_the_first_size_of_the_dock(shown: MainWindow, qtbot: QtBot) -> None:
    area, panel = outer(shown), shown.workspace.evaluation
    opened = shown.workspace.judge.opened
    assert opened is not None
    offered = [view.ID for view in panel.views if view.fits(opened)]
    assert [*offered, "tryout"] == VIEWS
    assert panel.list.count() == len(VIEWS)
    for name in VIEWS:
        panel.choose(name)
        qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
        assert area.verticalScrollBar().maximum() == 0, name
    panel.choose("confusion")
    room = area.viewport().rect()
    for part in (panel.list, panel.confusion, panel.wrong):
        assert room.contains(place(part, area.viewport())), part
    edges = [place(part, area.viewport()) for part in (panel.list, panel._left, panel.confusion, panel.wrong)]
    assert all(one.right() < other.left() for one, other in pairwise(edges)), "no part lies over another"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_texts_of_the_try_fit_where_they_stand(shown: MainWindow, qtbot: QtBot, language: str) -> None:
    shown.set_language(language)
    shown.workspace.evaluation.choose("tryout")
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
    inside = panel._left.inside
    for label in inside.findChildren(QLabel):
        assert label.sizeHint().width() <= label.width() or label.wordWrap(), label.text()
        assert place(label, panel._left).right() <= panel._left.viewport().width(), label.text()


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
    parts = [panel.list, panel.confusion, panel.wrong]
    edges = [place(part, panel.stack.parentWidget() or panel) for part in parts]
    assert all(one.right() < other.left() for one, other in pairwise(edges))


def test_sheet_grows_and_shrinks_with_the_dock(shown: MainWindow, qtbot: QtBot) -> None:
    pad, dock = shown.workspace.evaluation.tryout.pad, shown.workspace.docks["evaluation"]
    shown.workspace.evaluation.choose("tryout")
    shown.resize(2400, 1400)
    shown.resizeDocks([dock], [600], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: pad.width() == pad.height() == 224)
    shown.resizeDocks([dock], [300], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: pad.width() == pad.height() < 224)
    qtbot.waitUntil(lambda: outer(shown).verticalScrollBar().maximum() == 0)
