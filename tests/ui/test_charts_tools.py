"""The controls above a chart stand beside each other, however narrow the chart is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.charts import LivePlot
from studio.ui.charts.tools import PlotTools
from studio.ui.words import text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("width", [292, 400, 700])
def test_nothing_lies_over_another(qtbot: QtBot, width: int, language: str) -> None:
    text.set_language(language)
    tools = PlotTools(lambda _path: None, lambda: "loss.png")
    qtbot.addWidget(tools)
    assert tools.minimumSizeHint().width() <= 292  # half of the training dock of a window of 1280 pixels
    tools.resize(width, tools.sizeHint().height())
    with qtbot.waitExposed(tools):
        tools.show()
    parts = [part for part in tools.children() if isinstance(part, QWidget) and part.isVisible()]
    places = sorted((part.geometry() for part in parts), key=lambda place: place.left())
    assert len(places) == 6
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert places[-1].right() < width
    for part in parts:
        if not isinstance(part, QSlider):
            assert part.width() >= part.minimumSizeHint().width()
    slider = tools.findChildren(QSlider)[0]
    assert 40 <= slider.width() <= 120


def test_where_there_is_no_room_to_slide_a_menu_smooths(qtbot: QtBot) -> None:
    text.set_language("en")
    plot = LivePlot()
    qtbot.addWidget(plot)
    what = QComboBox()
    what.addItem("Learning rate")
    plot.lead(what)
    plot.resize(270, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    (slider,) = plot.findChildren(QSlider)
    assert not slider.isVisible()
    (button,) = (one for one in plot.findChildren(QToolButton) if one.menu() is not None)
    assert button.isVisible()
    menu = button.menu()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["As measured"]
    next(one for one in menu.actions() if one.text() == "0.90").trigger()
    qtbot.waitUntil(lambda: plot.smoothing() == 0.9)
    plot.resize(600, 200)
    assert slider.isVisible()
    assert slider.value() == 90
    assert not button.isVisible()


def test_a_right_click_offers_what_the_tools_do(qtbot: QtBot) -> None:
    text.set_language("en")
    plot = LivePlot()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    at = plot._view.viewport().rect().center()
    qtbot.mouseClick(plot._view.viewport(), Qt.MouseButton.RightButton, pos=at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said = [one.text() for one in menu.actions() if one.text()]
    assert said[:3] == ["Smoothing", "Logarithmic scale", "Show everything"]
    next(one for one in menu.actions() if one.text() == "Logarithmic scale").trigger()
    assert plot.log()
    menu.close()
    text.set_language("en")
