"""The controls above a chart stand beside each other, however narrow the chart is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QSlider, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.charts.tools import PlotTools
from studio.ui.words import text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("width", [292, 400, 700])
def test_nothing_lies_over_another(qtbot: QtBot, width: int, language: str) -> None:
    text.set_language(language)
    tools = PlotTools(lambda _path: None)
    qtbot.addWidget(tools)
    assert tools.minimumSizeHint().width() <= 292  # half of the training dock of a window of 1280 pixels
    tools.resize(width, tools.sizeHint().height())
    with qtbot.waitExposed(tools):
        tools.show()
    parts = [part for part in tools.children() if isinstance(part, QWidget)]
    places = sorted((part.geometry() for part in parts), key=lambda place: place.left())
    assert len(places) == 6
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert places[-1].right() < width
    for part in parts:
        if not isinstance(part, QSlider):
            assert part.width() >= part.minimumSizeHint().width()
    slider = tools.findChildren(QSlider)[0]
    assert 40 <= slider.width() <= 120
    text.set_language("en")
