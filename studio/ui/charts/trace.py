"""The outline of a series in pixels: as a line through its samples, or as a band of all of them.

Only what lies between two sides of the screen is worked out, and it comes out the same whichever
stretch is asked for: a repaint of a few columns fits what is painted beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from studio.ui.charts.pyramid import Floats, Pyramid

MARGIN = 4
"""Columns beyond the sides that are worked out too, so that lines run out of the picture and not up to it."""

FAR = 16_000.0
"""Pixels outside the picture beyond which it makes no difference how far."""


@dataclass(frozen=True)
class Frame:
    """What a picture shows, and how large it is."""

    left: float
    right: float
    bottom: float
    top: float
    width: float
    height: float
    log: bool = False
    """Whether bottom and top are powers of ten, and so are all values drawn."""
    ratio: float = 1.0
    """Columns of the screen to a pixel of the picture."""

    @cached_property
    def columns(self) -> int:
        """How many columns of the screen the picture has."""
        return max(1, round(self.width * self.ratio))

    def px(self, x: Floats) -> Floats:
        """Give where x is."""
        return (x - self.left) * (self.width / (self.right - self.left))

    def py(self, y: Floats) -> Floats:
        """Give where y is, from the top; NaN where it cannot be shown."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            value = np.log10(np.where(y > 0, y, np.nan)) if self.log else y
            place = (self.top - value) * (self.height / (self.top - self.bottom))
        clipped: Floats = np.clip(place, -FAR, self.height + FAR)
        return clipped

    def x_at(self, px: float) -> float:
        """Give the x at a place."""
        return self.left + px * (self.right - self.left) / self.width


@dataclass(frozen=True)
class Trace:
    """What to draw: a line through `x`, `high`, or the band between `low` and `high`; NaN are gaps."""

    x: Floats
    low: Floats
    high: Floats
    band: bool

    def runs(self) -> list[slice]:
        """Give the stretches without a gap."""
        known = ~np.isnan(self.low + self.high)
        if known.all():
            return [slice(0, len(known))] if len(known) else []
        changes = np.flatnonzero(np.diff(known.astype(np.int8), prepend=0, append=0))
        return [slice(int(start), int(stop)) for start, stop in changes.reshape(-1, 2)]


def is_band(series: Pyramid, frame: Frame) -> bool:
    """Tell whether there are more samples in the picture than a line through them would show."""
    visible = series.find(frame.right, "right") - series.find(frame.left)
    return visible > 2 * frame.columns


def trace(series: Pyramid, frame: Frame, left: float, right: float) -> Trace:
    """Work out what a series looks like between two places of the picture."""
    if not is_band(series, frame):
        start = max(0, series.find(frame.x_at(left - MARGIN)) - 2)
        stop = min(len(series), series.find(frame.x_at(right + MARGIN), "right") + 2)
        return _line(series, frame, start, stop)
    first = max(0, int(left * frame.ratio) - MARGIN)
    last = min(frame.columns, int(np.ceil(right * frame.ratio)) + MARGIN)
    return _band(series, frame, first, max(first + 1, last))


def _line(series: Pyramid, frame: Frame, start: int, stop: int) -> Trace:
    """Go through every bin; one of several samples is gone through from its lowest to its highest."""
    x = frame.px(series.x[start:stop])
    low, high = frame.py(series.low[start:stop]), frame.py(series.high[start:stop])
    if series.width > 1:
        y = np.stack([low, high], axis=1).reshape(-1)
        return Trace(np.repeat(x, 2), y, y, band=False)
    return Trace(x, high, high, band=False)


def _band(series: Pyramid, frame: Frame, first: int, last: int) -> Trace:
    """Take lowest and highest of every column of the screen."""
    column = (frame.right - frame.left) / frame.columns
    # A column that no bin begins in lies between two others: both are needed to know what goes through it.
    before = series.find(frame.left + first * column) - 1
    after = series.find(frame.left + last * column)
    if before >= 0:
        first = max(0, min(first, int((series.x[before] - frame.left) / column)))
    if after < len(series):
        last = min(frame.columns, max(last, int((series.x[after] - frame.left) / column) + 1))
    number = np.arange(first, last + 1)
    bins = np.searchsorted(series.x, frame.left + number * column)
    inside = series.find(frame.right, "right") - series.find(frame.left)
    low, high, used = series.columns(bins, series.level_for(inside / frame.columns))
    bottom, top = frame.py(low[used]), frame.py(high[used])
    if frame.log:  # a column that also has samples at or below zero reaches down out of the picture
        bottom = np.where(np.isnan(bottom) & ~np.isnan(top), frame.height + FAR, bottom)
    place = number[:-1].astype(np.float64)
    if not used.all() and used.any():
        holding = place[used]
        place = place[int(holding[0] - place[0]) : int(holding[-1] - place[0]) + 1]
        bottom, top = np.interp(place, holding, bottom), np.interp(place, holding, top)
    elif not used.any():
        place = place[:0]
    low, high = _joined(bottom, top)
    return Trace((place + 0.5) / frame.ratio, low, high, band=True)


def _joined(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Let columns that lie above each other meet half way (y runs down the screen)."""
    low, high = low.copy(), high.copy()
    with np.errstate(invalid="ignore"):
        rises: npt.NDArray[np.bool_] = low[1:] < high[:-1]
        falls: npt.NDArray[np.bool_] = high[1:] > low[:-1]
    up = (low[1:] + high[:-1]) / 2
    down = (high[1:] + low[:-1]) / 2
    high[:-1][rises] = up[rises]
    low[1:][rises] = up[rises]
    low[:-1][falls] = down[falls]
    high[1:][falls] = down[falls]
    return low, high
