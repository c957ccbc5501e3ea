"""What stretch of its axes a chart shows: grown in steps, so that most new values repaint nothing old."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from studio.ui.charts.pyramid import Floats
from studio.ui.charts.series import Series

_STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""What a span may be, times a power of ten: each at most a third more than the one before."""

_HUGE = 1e300
"""Beyond it the difference of two values is no number any more."""


def step_up(value: float) -> float:
    """Give the next round number that is at least a positive value."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _STEPS if value <= step * power * (1 + 1e-12))


def grown_x(first: float, last: float, now: tuple[float, float]) -> tuple[float, float]:
    """Give the stretch of x for samples from first to last: the one shown now, as long as it will do."""
    if now[0] <= first and last <= now[1] and first - now[0] <= 0.5 * (now[1] - now[0]):
        return now
    left = 0.0 if 0 <= first <= 0.1 * (last - first) else first
    span = step_up(max(last - left, 1.0) * 1.02)
    return left, min(left + span, _HUGE)


def grown_y(low: float, high: float, now: tuple[float, float] | None, *, log: bool) -> tuple[float, float]:
    """Give the stretch of y for values from low to high, with room to move in.

    Args:
        low: the lowest value; its power of ten if `log`.
        high: the highest value.
        now: what is shown; kept as long as the values are inside.
        log: whether the axis shows powers of ten.
    """
    if math.isnan(low) or math.isnan(high):
        return now or ((-2.0, 0.0) if log else (0.0, 1.0))
    if now is not None and now[0] <= low and high <= now[1]:
        return now
    low, high = max(low, -_HUGE), min(high, _HUGE)
    span = high - low
    if not span > abs(high) * 1e-9:
        span = (abs(high) or 1.0) if not log else 1.0
    room = 0.12 * span
    bottom, top = low - room, high + room
    if not log and 0 <= low <= 0.5 * high:
        bottom = 0.0  # values that come near zero are judged against it
    return bottom, top


def shown_x(lines: Iterable[Series], now: tuple[float, float]) -> tuple[float, float]:
    """Give the stretch of x for what lines hold, going on from what is shown now."""
    ends = [(float(line.raw.x[0]), float(line.raw.x[-1])) for line in lines if line.shown and len(line.raw)]
    if not ends:
        return now
    return grown_x(min(first for first, _ in ends), max(last for _, last in ends), now)


def shown_y(lines: Iterable[Series], now: tuple[float, float] | None, *, log: bool) -> tuple[float, float]:
    """Give the stretch of y for what lines hold; powers of ten, of what lies above zero, if `log`."""
    lowest, highest = math.nan, math.nan
    for line in lines:
        if not line.shown:
            continue
        low, high = line.raw.bounds
        if log:
            if not low > 0:
                above = line.raw.low[line.raw.low > 0]
                low = float(above.min()) if len(above) else high
            low, high = (math.log10(value) if value > 0 else math.nan for value in (low, high))
        # A comparison with no number is false: what is known stays.
        lowest = low if not low >= lowest and not math.isnan(low) else lowest
        highest = high if not high <= highest and not math.isnan(high) else highest
    return grown_y(lowest, highest, now, log=log)


def between(xs: Floats, known: Floats, values: Floats) -> Floats:
    """Give the values at some places, in a straight line between the places where they are known.

    Args:
        xs: the places.
        known: places in rising order.
        values: what is there.
    """
    return np.interp(xs, known, values)
