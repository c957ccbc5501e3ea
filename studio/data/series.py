"""Time series as windows of the past, each with what comes next; the split goes by time, never by chance."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from studio.data.columns import Column, Values, look_through, read_columns, require_names
from studio.data.dataset import INPUT, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.finding import stamp
from studio.data.memory import require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.remembering import Remembered
from studio.data.rows import rows_of
from studio.data.splitting import check_shares
from studio.graph import Message

Numbers = npt.NDArray[np.float64]

VALUE = "value"
"""What the column of a generated series is called."""

_known: Remembered[tuple[int, int]] = Remembered(20)


class _Whole(NamedTuple):
    """A series as it was read: rows by time."""

    values: Numbers
    names: tuple[str, ...]
    targets: tuple[int, ...]
    notes: list[Message]


@dataclass(frozen=True)
class Series:
    """Windows of a series.

    Attributes:
        folder: a table, one row a step; empty for a generated series with seasons and noise.
        columns: the columns that the network sees, with commas between; empty for all that hold numbers.
        target: the columns to forecast; empty for the first one that the network sees.
        window: steps that the network sees.
        horizon: steps that it forecasts.
        stride: steps from one window to the next.
        count: steps of the generated series.
        period: steps of one of its seasons.
        trend: how much it rises in one season.
        noise: the spread of what is added by chance.
        seed: where its chance starts from.
        validation: share of the time to check with.
        test: share of the time to judge by, the last one.
    """

    folder: str
    columns: str
    target: str
    window: int
    horizon: int
    stride: int
    count: int
    period: int
    trend: float
    noise: float
    seed: int
    validation: float
    test: float
    memory: float = 0.0

    def fingerprint(self) -> Hashable:
        """Give the size and the time of the file."""
        return stamp(Path(self.folder).expanduser()) if self.folder else None

    def facts(self) -> Facts:
        """Count the columns.

        Raises:
            DataError: there is no such series, or it is too short.
        """

        def find() -> tuple[int, int]:
            whole = self._whole(lambda _doing, _share: None)
            self._ends(len(whole.values))
            return len(whole.names), len(whole.targets)

        columns, targets = _known.of((self, self.fingerprint()), find)
        target = (self.horizon,) if targets == 1 else (self.horizon, targets)
        return Facts({INPUT: Field((self.window, columns))}, {TARGET: Field(target)}, "regression", 0)

    def load(self, progress: Progress) -> Dataset:
        """Read or make the series, and cut it into windows.

        Raises:
            DataError: there is no such series, or it is too short.
        """
        whole = self._whole(progress)
        ends = self._ends(len(whole.values))
        known = whole.values[: ends[0]]
        mean, std = known.mean(0), known.std(0)
        std[std == 0] = 1
        ready = torch.from_numpy(((whole.values - mean) / std).astype(np.float32))
        train, validation, test = (
            self._windows(ready, list(whole.targets), first, last)
            for first, last in zip((0, *ends[:2]), ends, strict=True)
        )
        chosen = list(whole.targets)
        one = len(chosen) == 1
        facts = Preprocessing(
            "series",
            (self.window, len(whole.names)),
            mean=tuple(mean.tolist()),
            std=tuple(std.tolist()),
            columns=whole.names,
            target_mean=float(mean[chosen[0]]) if one else 0.0,
            target_std=float(std[chosen[0]]) if one else 1.0,
            targets=tuple(whole.names[place] for place in chosen),
            target_means=() if one else tuple(mean[chosen].tolist()),
            target_stds=() if one else tuple(std[chosen].tolist()),
        )
        title = (
            Message("Series of {file}", file=Path(self.folder).name)
            if self.folder
            else Message("Generated series with seasons")
        )
        notes = tuple(whole.notes)
        return Dataset(train, validation, test, "regression", (), facts, title, notes, len(notes))

    def _ends(self, count: int) -> tuple[int, int, int]:
        """Give where each part of the time ends.

        Raises:
            DataError: no window fits into the first one.
        """
        check_shares(self.validation, self.test)
        tests, checks = (round(count * share) for share in (self.test, self.validation))
        ends = (count - tests - checks, count - tests, count)
        if ends[0] < self.window + self.horizon:
            raise DataError(
                Message(
                    "The series has {count} {count:step|steps} to learn from, and a window with its forecast "
                    "takes {needed}. Choose a longer series or a shorter window.",
                    count=ends[0],
                    needed=self.window + self.horizon,
                )
            )
        return ends

    def _windows(self, ready: torch.Tensor, targets: list[int], first: int, last: int) -> Split:
        """Give the windows whose forecasts lie in a part of the time; what they see may lie before it."""
        begin = max(first - self.window, 0)
        part = ready[begin:last]
        span = self.window + self.horizon
        if len(part) < span:
            empty = torch.zeros(0, span, ready.shape[1])
        else:
            empty = part.unfold(0, span, self.stride).transpose(1, 2)
        wanted = empty[:, self.window :][:, :, targets]
        return Split(
            {INPUT: empty[:, : self.window]}, {TARGET: wanted[:, :, 0] if len(targets) == 1 else wanted}
        )

    # -- where it comes from -----------------------------------------------------------------------------

    def _whole(self, progress: Progress) -> _Whole:
        if not self.folder:
            made = seasons(self.count, self.period, self.trend, self.noise, self.seed, self.memory)
            return _Whole(made[:, None], (VALUE,), (0,), [])
        path = Path(self.folder).expanduser()

        def tick(_rows: object = None) -> None:
            progress(Message("Reading the table"), 0.0)

        rows = rows_of(path, tick=tick)
        columns = look_through([rows], {}, tick)
        by_name = {column.name: column for column in columns}
        names = tuple(_listed(self.columns)) or tuple(c.name for c in columns if c.kind == "number")
        targets = tuple(_listed(self.target)) or names[:1]
        require_names((*names, *targets), list(by_name))
        names += tuple(name for name in targets if name not in names)
        for name in names:
            if by_name[name].kind != "number":
                raise DataError(Message("The column “{name}” holds no numbers.", name=name))
        if not names:
            raise DataError(Message("No column of the table holds numbers."))
        dates = next((column for column in columns if column.kind == "date"), None)
        require_memory(24 * columns[0].count * len(names))
        wanted = [by_name[name] for name in names] + ([dates] if dates is not None else [])
        return self._of_columns(read_columns([rows], wanted, tick), names, targets, dates)

    def _of_columns(
        self, read: dict[str, Values], names: tuple[str, ...], targets: tuple[str, ...], dates: Column | None
    ) -> _Whole:
        notes: list[Message] = []
        values = np.stack([_numbers(read[name]) for name in names], 1)
        if dates is not None:
            order = np.argsort(_numbers(read[dates.name]), kind="stable")
            if (np.diff(order) != 1).any():
                notes.append(Message("The rows were brought into the order of “{name}”.", name=dates.name))
                values = values[order]
        for place, name in enumerate(names):
            gaps = int(np.isnan(values[:, place]).sum())
            if gaps:
                values[:, place] = _carried(values[:, place])
                notes.append(
                    Message(
                        "“{name}”: {count} {count:gap was|gaps were} filled with the value before.",
                        name=name,
                        count=gaps,
                    )
                )
        return _Whole(values, names, tuple(names.index(name) for name in targets), notes)


def seasons(count: int, period: int, trend: float, noise: float, seed: int, memory: float = 0.0) -> Numbers:
    """Make a series that rises slowly, swings with its seasons, and trembles by chance.

    Args:
        count: how many steps.
        period: steps of a season.
        trend: how much it rises in a season.
        noise: spread of the chance that each step brings.
        seed: where chance starts from.
        memory: how much of the chance of one step stays in the next (a process AR(1)).
    """
    time = np.arange(count) / period
    swing = np.sin(2 * np.pi * time) + 0.5 * np.sin(4 * np.pi * time + 1)
    chance = torch.randn(count, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    strayed = np.asarray(noise * chance.numpy(), np.float64)
    if memory:
        for place in range(1, count):
            strayed[place] += memory * strayed[place - 1]
    return np.asarray(trend * time + swing + strayed, np.float64)


def _carried(row: Numbers) -> Numbers:
    """Fill gaps with the value before, and those at the start with the first value."""
    known = np.flatnonzero(~np.isnan(row))
    if not len(known):
        return np.zeros_like(row)
    before = np.searchsorted(known, np.arange(len(row)), side="right") - 1
    return row[known[np.maximum(before, 0)]]


def _numbers(values: Values) -> Numbers:
    assert values.numbers is not None  # only numbers and dates are read
    return values.numbers


def _listed(text: str) -> Iterator[str]:
    return (name.strip() for name in text.split(",") if name.strip())
