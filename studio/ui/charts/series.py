"""One line of a chart: what was measured, and the same smoothed, kept up as samples come."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from studio.ui.charts.pyramid import Floats, Pyramid

_BLOCK = 32
"""Values that are averaged at once."""


@functools.lru_cache(maxsize=8)
def _averaging(weight: float) -> tuple[Floats, Floats]:
    """Give what is left of the average before a block after each of its values, and what they put in."""
    later = np.arange(_BLOCK)
    kernel = np.where(later[:, None] <= later, (1 - weight) * weight ** np.abs(later - later[:, None]), 0.0)
    return weight ** np.arange(1.0, _BLOCK + 1), kernel


class Series:
    """A named row of samples in the order of their x."""

    def __init__(self, label: str, role: str, *, points: bool) -> None:
        """Make an empty line.

        Args:
            label: what the legend calls it; plain text.
            role: its colour, by a name that `Theme.colour` knows.
            points: few values that are each worth a dot, never smoothed.
        """
        self.label = label
        self.role = role
        self.points = points
        self.shown = True
        self.raw = Pyramid()
        self.smooth: Pyramid | None = None
        self.latest: float | None = None
        self._weight = 0.0
        self._average = 0.0
        self._seen = 0.0
        """The part of the average that samples have filled, so that it does not begin at zero."""

    @property
    def drawn(self) -> Pyramid:
        """What is drawn as the line itself."""
        return self.raw if self.smooth is None else self.smooth

    def clear(self) -> None:
        """Forget every sample."""
        self.raw.clear()
        self.latest = None
        self.set_smoothing(self._weight)

    def append(self, xs: npt.ArrayLike, ys: npt.ArrayLike) -> float | None:
        """Put samples at the end.

        Samples that begin before the last one there replace what comes after them, as when a run
        goes back to a checkpoint.

        Returns:
            The x from which on the line looks different, minus infinity where all of it may; None
            where nothing came.

        Raises:
            ValueError: there are not as many x as y, or they are no row of numbers.
        """
        x, y = np.asarray(xs, np.float64), np.asarray(ys, np.float64)
        if x.ndim != 1 or x.shape != y.shape:
            raise ValueError(f"Expected as many x as y in one row each, received {x.shape} and {y.shape}.")
        known = np.isfinite(x)
        if not known.all():
            x, y = x[known], y[known]
        if not len(x):
            return None
        if (x[1:] < x[:-1]).any():
            order = np.argsort(x, kind="stable")
            x, y = x[order], y[order]
        changed = float(x[0])
        if len(self.raw):
            last = float(self.raw.x[-1])
            if changed < last:
                self.raw.cut(changed)
                self._smooth_again()
                changed = -np.inf
            else:
                changed = last  # the line from there to here is new too
        self.raw.append(x, y)
        if self.smooth is not None:
            self.smooth.append(x, self._smoothed(y, self._weight))
        self.latest = float(y[-1])
        return changed

    def set_smoothing(self, weight: float) -> None:
        """Smooth by an exponential moving average; 0 shows the samples as they are."""
        self._weight = 0.0 if self.points else weight
        self._smooth_again()

    def _smooth_again(self) -> None:
        """Make the smoothed line from what was measured."""
        self._average = self._seen = 0.0
        if not self._weight:
            self.smooth = None
            return
        self.smooth = Pyramid()
        # Of long series only the means of bins are left: a bin weighs as much as its samples.
        self.smooth.append(self.raw.x, self._smoothed(self.raw.mean(), self._weight**self.raw.width))

    def _smoothed(self, values: Floats, weight: float) -> Floats:
        """Go on with the average over more values; one that is no number leaves its gap."""
        known = np.isfinite(values)
        smoothed = np.full(len(values), np.nan)
        smoothed[known] = self._averages(values[known], weight)
        return smoothed

    def _averages(self, values: Floats, weight: float) -> Floats:
        """Go on with the average over finite values: in blocks, and what each carries to the next."""
        if not len(values):
            return values
        blocks = np.zeros((-(-len(values) // _BLOCK), _BLOCK))
        blocks.reshape(-1)[: len(values)] = values
        fading, kernel = _averaging(weight)
        averages: Floats = blocks @ kernel
        carried = self._average
        for block in averages:
            block += fading * carried
            carried = block[-1]
        averages = averages.reshape(-1)[: len(values)]
        seen = 1 - (1 - self._seen) * weight ** np.arange(1.0, len(values) + 1)
        self._average, self._seen = float(averages[-1]), float(seen[-1])
        return averages / seen

    def at(self, x: float) -> tuple[float, float] | None:
        """Give the place and the value nearest to x; None where there is none."""
        drawn = self.drawn
        if not len(drawn):
            return None
        after = min(drawn.find(x), len(drawn) - 1)
        before = max(0, after - 1)
        nearest = before if abs(drawn.x[before] - x) <= abs(drawn.x[after] - x) else after
        return float(drawn.x[nearest]), float(drawn.mean(nearest, nearest + 1)[0])
