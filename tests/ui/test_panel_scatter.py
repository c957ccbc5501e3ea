"""Answers over true values: round scales, points inside, and a line where they should lie."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.ui.looks.theme import colour
from studio.ui.panels.scatter import Scatter, round_range

numbers = st.floats(-3e38, 3e38, allow_nan=False)


@given(numbers, numbers)
@example(1.0, 1.0 + 1e-13)  # closer than numbers are written
def test_ends_are_round_and_hold_all_values(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    first, last, marks = round_range(low, high)
    slack = 1e-9 * max(abs(low), abs(high))
    assert first - slack <= low <= high <= last + slack
    assert first < last
    assert marks[0] == first
    assert marks[-1] == last
    assert 2 <= len(marks) <= 8
    assert all(math.isfinite(mark) for mark in marks)
    assert marks == sorted(set(marks))


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (-15.33, 335.5, [-100.0, 0.0, 100.0, 200.0, 300.0, 400.0]),
        (0.0, 1.0, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.0, 0.0, [0.0, 0.2]),
        (25.0, 346.0, [0.0, 100.0, 200.0, 300.0, 400.0]),
    ],
)
def test_scales_are_those_a_person_would_choose(low: float, high: float, marks: list[float]) -> None:
    assert round_range(low, high)[2] == marks


def ink(image: QImage, name: str) -> int:
    """Count the pixels that lean to a colour of the theme."""
    wanted = colour(name)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(
        abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) + abs(one.blue() - wanted.blue())
        < 60
        for one in pixels
    )


@pytest.mark.parametrize("size", [(140, 120), (300, 200)])
def test_points_and_values_of_both_scales_are_painted(qtbot: QtBot, size: tuple[int, int]) -> None:
    scatter = Scatter()
    qtbot.addWidget(scatter)
    scatter.resize(*size)
    scatter.show()
    empty = scatter.grab().toImage()
    scatter.show_points([0.0, 100.0, math.nan, 40.0], [10.0, 90.0, 1.0, math.inf])
    assert scatter.points == [(0.0, 10.0), (100.0, 90.0)]
    full = scatter.grab().toImage()
    assert ink(full, "muted") > ink(empty, "muted") + 40  # numbers along both edges
    left = full.copy(0, 0, scatter.fontMetrics().height() * 3, full.height())
    assert ink(left, "muted") > 20
    scatter.show_points([], [])
    assert scatter.grab().toImage() == empty
