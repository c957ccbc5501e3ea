"""The scales beside a chart, in the colours of the theme and with numbers that a person reads at a glance."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem

from studio.ui.looks.theme import FONT_SMALL, font, theme

_LARGE = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


_APART = 16
"""Pixels that two numbers above each other need."""


class Axis(pg.AxisItem):
    """One scale; it draws no text but numbers, as pyqtgraph would read a title as HTML."""

    def __init__(self, side: str) -> None:
        """Make a scale.

        Args:
            side: `left` or `bottom`.
        """
        super().__init__(side, maxTickLength=4)
        self.keep_picture(True)
        self.enableAutoSIPrefix(False)
        self._lines: list[list[float]] = []
        self._lines_for: tuple[float, float, float, bool] | None = None
        self.setStyle(tickTextOffset=4, autoExpandTextSpace=False, hideOverlappingLabels=24)
        if side == "left":
            self.setWidth(52)
        else:
            self.setHeight(24)
        self.wear()

    def keep_picture(self, keep: bool) -> None:
        """Keep what is painted: new columns of the chart touch the scale, but do not change it."""
        modes = QGraphicsItem.CacheMode
        self.setCacheMode(modes.DeviceCoordinateCache if keep else modes.NoCache)

    def wear(self) -> None:
        """Take the colours of the theme in use."""
        tokens = theme()
        self.setPen(pg.mkPen(QColor(tokens.border_strong)))
        self.setTickPen(pg.mkPen(QColor(tokens.border_strong)))
        self.setTextPen(pg.mkPen(QColor(tokens.muted)))
        self.setStyle(tickFont=font(FONT_SMALL))

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers."""
        if self.logMode:
            return [written(10.0**value, 0.0) for value in values]
        return [written(value * scale, spacing * scale) for value in values]

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """Leave the numbers of a low chart room to be read: the next coarser step, where they would touch."""
        levels: list[tuple[float, float]] = list(super().tickSpacing(minVal, maxVal, size))
        extent = abs(maxVal - minVal)
        while self.orientation == "left" and levels and size * levels[0][0] < _APART * extent:
            wide = levels[0][0]
            twos = math.isclose(wide / 10.0 ** math.floor(math.log10(wide) + 1e-9), 2.0)
            levels = [(wide * (2.5 if twos else 2.0), 0.0), *levels[:1]]
        return levels

    def lines(self) -> list[list[float]]:
        """Give where lines of a grid stand: those of the main numbers, then those between."""
        low, high = self.range
        size = self.geometry().height() if self.orientation == "left" else self.geometry().width()
        shown = (float(low), float(high), float(size), bool(self.logMode))
        if self._lines_for != shown:
            self._lines_for = shown
            levels = self.tickValues(low, high, size)[:2] if size > 0 and high > low else []
            self._lines = [[float(value) for value in values] for _, values in levels]
        return self._lines


def written(value: float, spacing: float) -> str:
    """Write a number of a scale as short as its neighbours let it be.

    Args:
        value: the number.
        spacing: how far apart the numbers of the scale are; 0 where each is ten times the last.
    """
    size = max(abs(value), spacing)
    for unit, name in _LARGE:
        if size >= max(unit, 1e4 if name == "k" else unit):
            return f"{_plain(value / unit, spacing / unit)}{name}" if value else "0"
    if value and size < 1e-3:
        return f"{value:.3g}".replace("e-0", "e-").replace("-", "−")
    return _plain(value, spacing)


def _plain(value: float, spacing: float) -> str:
    """Write a number with the decimals that its spacing asks for."""
    if not spacing:
        return f"{value:.3g}".replace("-", "−")
    # As many as make the spacing whole: one for 2.5, two for 0.25.
    shifted = ((digits, spacing * 10**digits) for digits in range(10))
    decimals = next(
        (digits for digits, whole in shifted if math.isclose(whole, round(whole), rel_tol=1e-6)), 9
    )
    return f"{value:.{decimals}f}".replace("-", "−")
