"""Minimum and maximum of any stretch of a long series, kept up in time that only the new samples cost.

Samples are folded into bins, and bins into ever coarser levels. When the bins are full, each two become
one, so a series of any length takes the same memory and the same time for ever. No peak is ever lost:
every sample is inside exactly one bin, and a bin knows its lowest and its highest.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CAPACITY = 1 << 17
"""Bins of the finest level: far more than a screen has columns, so that there is room to zoom in."""

_RADIX = 8
"""How many bins of one level make one of the next."""

_TOP = 256
"""Bins of the coarsest level: so few are read as quickly as one."""

_FIRST = 1 << 9
"""Bins there is room for at the start; room doubles as samples come."""


class Pyramid:
    """One series of samples in the order of their x, which never falls."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        """Make an empty series.

        Args:
            capacity: bins of the finest level, a power of two and at least 2.
        """
        if capacity < 2 or capacity & (capacity - 1):
            raise ValueError(f"Expected a power of two of at least 2, received {capacity}.")
        self._capacity = capacity
        self.clear()

    def clear(self) -> None:
        """Forget every sample."""
        self._count = 0
        self._width = 1
        self._filled = 0
        self._low = self._high = np.nan
        room = min(self._capacity, _FIRST)
        self._x = np.empty(room)
        self._sum = np.zeros(room)
        self._finite = np.zeros(room, np.int64)
        self._levels = _empty_levels(room)

    # ------------------------------------------------------------------ what there is

    def __len__(self) -> int:
        """Give the number of bins."""
        return self._count

    @property
    def width(self) -> int:
        """How many samples a bin holds (the last one may hold fewer)."""
        return self._width

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return 0 if not self._count else (self._count - 1) * self._width + self._filled

    @property
    def x(self) -> Floats:
        """Where each bin begins."""
        return self._x[: self._count]

    @property
    def low(self) -> Floats:
        """The lowest finite sample of each bin; NaN where it has none."""
        return self._levels[0][0][: self._count]

    @property
    def high(self) -> Floats:
        """The highest finite sample of each bin; NaN where it has none."""
        return self._levels[0][1][: self._count]

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest finite sample of all; NaN where there is none."""
        return self._low, self._high

    def mean(self, start: int = 0, stop: int | None = None) -> Floats:
        """Give the mean of the finite samples of each bin; NaN where it has none."""
        stop = self._count if stop is None else min(stop, self._count)
        total, finite = self._sum[start:stop], self._finite[start:stop]
        means: Floats = np.divide(total, finite, out=np.full(len(total), np.nan), where=finite > 0)
        return means

    # ------------------------------------------------------------------ putting in

    def append(self, xs: Floats, ys: Floats) -> None:
        """Put samples at the end; what is not a finite number leaves a gap.

        Args:
            xs: where they are, not falling, and not before the last one there.
            ys: their values.
        """
        values = np.where(np.isfinite(ys), ys, np.nan)
        at, end = 0, len(values)
        self._low = float(np.fmin.reduce(values, initial=self._low))
        self._high = float(np.fmax.reduce(values, initial=self._high))
        first = max(0, self._count - 1) if self._filled < self._width else self._count
        # A sum too large for a number makes its mean infinite; lowest and highest stay exact.
        with np.errstate(over="ignore", invalid="ignore"):
            while at < end:
                if self._count == self._capacity and self._filled == self._width:
                    self._halve()
                    first = 0
                if self._filled < self._width and self._count:
                    take = min(self._width - self._filled, end - at)
                    self._complete(values[at : at + take])
                else:
                    take = min((self._capacity - self._count) * self._width, end - at)
                    self._add(xs[at : at + take], values[at : at + take])
                at += take
            self._raise_levels(first)

    def cut(self, x: float) -> None:
        """Take away the samples at x and after it, so that a series can go back and go on from there."""
        kept = self.find(x)
        if kept == self._count:
            return
        low, high = self._levels[0]
        low[kept : self._count] = high[kept : self._count] = np.nan
        old, self._count = self._count, kept
        self._filled = self._width if kept else 0
        self._raise_levels(kept, old)
        self._low, self._high = self.extent(0, kept)
        if not kept:
            self.clear()

    def _complete(self, values: Floats) -> None:
        """Put samples into the last bin, which has room for them."""
        last = self._count - 1
        low, high = self._levels[0]
        low[last] = np.fmin(low[last], np.fmin.reduce(values))
        high[last] = np.fmax(high[last], np.fmax.reduce(values))
        finite = values[~np.isnan(values)]
        self._sum[last] += finite.sum()
        self._finite[last] += len(finite)
        self._filled += len(values)

    def _add(self, xs: Floats, values: Floats) -> None:
        """Put samples into new bins; only the last of them may stay incomplete."""
        width = self._width
        new = -(-len(values) // width)
        self._grow(self._count + new)
        here = slice(self._count, self._count + new)
        low, high = self._levels[0]
        self._x[here] = xs[::width]
        known = ~np.isnan(values)
        if width == 1:
            low[here] = high[here] = values
            self._sum[here] = np.where(known, values, 0.0)
            self._finite[here] = known
        else:
            starts = np.arange(0, len(values), width)
            low[here] = np.fmin.reduceat(values, starts)
            high[here] = np.fmax.reduceat(values, starts)
            self._sum[here] = np.add.reduceat(np.where(known, values, 0.0), starts)
            self._finite[here] = np.add.reduceat(known.astype(np.int64), starts)
        self._count += new
        self._filled = len(values) - (new - 1) * width

    def _grow(self, bins: int) -> None:
        """Make room for so many bins."""
        room = len(self._x)
        if bins <= room:
            return
        while room < bins:
            room *= 2
        self._x = _longer(self._x, room)
        self._sum = _longer(self._sum, room)
        self._finite = np.concatenate([self._finite, np.zeros(room - len(self._finite), np.int64)])
        levels = _empty_levels(room)
        for (low, high), (old_low, old_high) in zip(levels, self._levels, strict=False):
            low[: len(old_low)] = old_low
            high[: len(old_high)] = old_high
        top = len(self._levels)
        self._levels = levels
        # A level that is new, and the end of the one below it, have not been folded yet.
        for level in range(max(1, top - 1), len(levels)):
            self._fold(level, 0, len(levels[level][0]))

    def _raise_levels(self, start: int, stop: int | None = None) -> None:
        """Fold bins that have changed into the levels above."""
        stop = self._count if stop is None else stop
        for level in range(1, len(self._levels)):
            start, stop = start // _RADIX, -(-stop // _RADIX)
            self._fold(level, start, stop)

    def _fold(self, level: int, start: int, stop: int) -> None:
        """Fold a stretch of one level from the level below."""
        below, here = self._levels[level - 1], self._levels[level]
        stop = min(stop, len(below[0]) // _RADIX)
        if start >= stop:
            return
        stretch = slice(start * _RADIX, stop * _RADIX)
        np.fmin.reduce(below[0][stretch].reshape(-1, _RADIX), axis=1, out=here[0][start:stop])
        np.fmax.reduce(below[1][stretch].reshape(-1, _RADIX), axis=1, out=here[1][start:stop])

    def _halve(self) -> None:
        """Make one bin of each two."""
        half = self._count // 2
        low, high = self._levels[0]
        low[:half] = np.fmin(low[: self._count : 2], low[1 : self._count : 2])
        high[:half] = np.fmax(high[: self._count : 2], high[1 : self._count : 2])
        low[half:] = high[half:] = np.nan
        self._x[:half] = self._x[: self._count : 2].copy()
        self._sum[:half] = self._sum[: self._count : 2] + self._sum[1 : self._count : 2]
        self._finite[:half] = self._finite[: self._count : 2] + self._finite[1 : self._count : 2]
        old, self._count = self._count, half
        self._width *= 2
        self._filled = self._width
        self._raise_levels(half, old)

    # ------------------------------------------------------------------ reading

    def find(self, x: float, side: str = "left") -> int:
        """Give the index of the first bin at x or after it (`right`: after it)."""
        # The array's own method: numpy's function of the same name takes three times as long to get to it.
        return int(self._x[: self._count].searchsorted(x, side="right" if side == "right" else "left"))

    def extent(self, start: int, stop: int) -> tuple[float, float]:
        """Give the lowest and the highest finite sample of bins, exactly; NaN where there is none."""
        start, stop = max(0, start), min(stop, self._count)
        lows, highs = [np.empty(0)], [np.empty(0)]

        def take(level: int, begin: int, end: int) -> None:
            lows.append(self._levels[level][0][begin:end])
            highs.append(self._levels[level][1][begin:end])

        level, top = 0, len(self._levels) - 1
        while start < stop:
            inner_start, inner_stop = -(-start // _RADIX) * _RADIX, stop // _RADIX * _RADIX
            if level == top or inner_start >= inner_stop:
                take(level, start, stop)
                break
            take(level, start, inner_start)
            take(level, inner_stop, stop)
            start, stop, level = inner_start // _RADIX, inner_stop // _RADIX, level + 1
        low = np.fmin.reduce(np.concatenate(lows), initial=np.nan)
        high = np.fmax.reduce(np.concatenate(highs), initial=np.nan)
        return float(low), float(high)

    def level_for(self, bins_a_column: float) -> int:
        """Give the level to read where a column of the screen holds so many bins.

        It is the coarsest whose bins are narrower than an eighth of a column, so that the edges of
        the columns are true to that.
        """
        level = 0
        while level + 1 < len(self._levels) and _RADIX ** (level + 2) <= bins_a_column:
            level += 1
        return level

    def columns(self, edges: Ints, level: int = 0) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
        """Give lowest and highest of each column of the screen.

        Args:
            edges: the bin that each column begins with, not falling, and the one after the last.
            level: the level to read, from `level_for`; edges are rounded down to its bins, so every
                bin stays in exactly one column.

        Returns:
            The lows, the highs (NaN where a column has no finite sample), and which columns hold a
            bin at all.
        """
        step = _RADIX**level
        low, high = self._levels[level]
        stop = -(-self._count // step)
        rounded = np.minimum(edges // step, stop)
        # The last edge is rounded up: the newest samples are drawn at once.
        rounded[-1] = min(-(-int(edges[-1]) // step), stop)
        starts, ends = rounded[:-1], rounded[1:]
        used = ends > starts
        lows = np.full(len(starts), np.nan)
        highs = np.full(len(starts), np.nan)
        if used.any():
            # Each used column begins where the one before it ends, so one sweep serves all.
            begins = starts[used]
            last = int(ends[used][-1])
            lows[used] = np.fmin.reduceat(low[:last], begins)
            highs[used] = np.fmax.reduceat(high[:last], begins)
        return lows, highs, used


def _empty_levels(room: int) -> list[tuple[Floats, Floats]]:
    """Make the levels for so many bins, all without a sample; a level holds whole groups only."""
    levels = []
    size = -(-room // _RADIX) * _RADIX
    while True:
        levels.append((np.full(size, np.nan), np.full(size, np.nan)))
        if size <= _TOP:
            return levels
        size = -(-(size // _RADIX) // _RADIX) * _RADIX


def _longer(values: Floats, room: int) -> Floats:
    """Give the same values with more room after them."""
    longer = np.zeros(room)
    longer[: len(values)] = values
    return longer
