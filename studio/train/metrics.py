"""The curves of a training: arrays that only grow, written by one thread and read by any without a lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_FIRST = 4096

RATE, SPEED = "lr", "samples_per_second"
GRADIENT, UPDATE, MEMORY = "gradient_norm", "update_ratio", "memory"
SECONDS = "seconds"
"""Keys of what is measured of the training itself; of one of several networks, its role follows a dot.

`seconds` are those of the whole training up to a step, rests excluded.
"""

OF_THE_TRAINING = (RATE, SPEED, GRADIENT, UPDATE, MEMORY, SECONDS)


def is_of_the_training(key: str) -> bool:
    """Tell whether a curve is of the training itself, and none of losses and metrics."""
    return key.partition(".")[0] in OF_THE_TRAINING


class _Series:
    """One curve: x and y in one block of memory that doubles when it is full."""

    def __init__(self) -> None:
        self._block = np.empty((2, _FIRST))
        self._count = 0

    def extend(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        count, added = self._count, len(xs)
        block = self._block
        if count + added > block.shape[1]:
            size = block.shape[1]
            while size < count + added:
                size *= 2
            larger = np.empty((2, size))
            larger[:, :count] = block[:, :count]
            self._block = block = larger
        block[0, count : count + added] = xs
        block[1, count : count + added] = ys
        # Only now may a reader see them: it reads the counter first, then the block, which only grows.
        self._count = count + added

    def read(self) -> tuple[Floats, Floats]:
        count = self._count
        block = self._block
        return block[0, :count], block[1, :count]


class MetricLog:
    """Curves by key: `loss`, `val_loss`, `accuracy`, `val_accuracy`, `lr`, `samples_per_second`, ...

    One thread appends; readers get views of what is complete, which later appends never change.
    """

    def __init__(self) -> None:
        """Make an empty log."""
        self._series: dict[str, _Series] = {}

    def append(self, key: str, x: float, y: float) -> None:
        """Add one point to a curve."""
        self.extend(key, (x,), (y,))

    def extend(self, key: str, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Add points to a curve, x rising."""
        series = self._series.get(key)
        if series is None:
            series = _Series()
            series.extend(xs, ys)
            self._series[key] = series
        else:
            series.extend(xs, ys)

    def series(self, key: str) -> tuple[Floats, Floats]:
        """Give what is there of a curve now: x (the step) and y, both read-only by agreement."""
        series = self._series.get(key)
        return series.read() if series is not None else (np.empty(0), np.empty(0))

    def keys(self) -> tuple[str, ...]:
        """Give the curves that have points, in the order in which they began."""
        return tuple(self._series.copy())

    def __iter__(self) -> Iterator[str]:
        """Give the keys."""
        return iter(self.keys())

    def last(self, key: str) -> float | None:
        """Give the latest value of a curve."""
        _, ys = self.series(key)
        return float(ys[-1]) if len(ys) else None
