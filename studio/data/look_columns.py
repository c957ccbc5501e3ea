"""What the columns of a data set hold: their kinds, what is missing, and how their values are spread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch

from studio.data.columns import Column, Kind, corrections
from studio.data.dataset import INPUT, Dataset, Split
from studio.data.features import Feature
from studio.data.preprocessing import Preprocessing
from studio.project import Choice

MOST_COLUMNS = 300
"""Columns that are looked at; of a data set with more, the first ones."""

BINS = 24
_GAPS = 3
"""Of a count, as far as it is known, at least one number in so many is there."""
_MOST_WORDS = 24
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Part = Literal["input", "target", "left"]
"""What becomes of a column: the network sees it, is to tell it, or never hears of it."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ColumnLook:
    """One column, as its training rows are.

    Attributes:
        name: its title.
        kind: what it holds.
        part: what becomes of it.
        count: rows in all.
        missing: how many of them say nothing.
        different: how many different values there are; None where they were not counted.
        mean: of its numbers.
        std: how far they spread.
        low: the least of them.
        median: the middle one.
        high: the greatest.
        bars: how many rows lie in each of the equal steps from the least to the greatest; of categories, how
            many rows each of the most frequent ones has.
        words: those categories.
        correctable: whether a person can say that it holds something else.
        field: the input that it stands in.
        counted: whether its numbers are those of a count: whole, each once, and close together.
    """

    name: str
    kind: Kind
    part: Part
    count: int
    missing: int = 0
    different: int | None = None
    mean: float | None = None
    std: float | None = None
    low: float | None = None
    median: float | None = None
    high: float | None = None
    bars: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    correctable: bool = False
    field: str = ""
    counted: bool = False


@dataclass(frozen=True)
class Plain:
    """A column of the training rows in its own unit: numbers, or codes of words.

    Attributes:
        name: its title.
        kind: what it holds.
        field: the input that it stands in.
        numbers: a number for each row; days since 1970 of dates, places in `words` of categories.
        words: the categories; empty for numbers.
    """

    name: str
    kind: Kind
    field: str
    numbers: Numbers
    words: tuple[str, ...] = ()

    __hash__ = None  # type: ignore[assignment]


def columns_of(
    dataset: Dataset, found: Sequence[Column], targets: Sequence[str]
) -> tuple[tuple[ColumnLook, ...], int]:
    """Give what there is to know of the columns, and how many there are.

    Args:
        dataset: the data.
        found: what a source says of its own columns; empty where it says nothing.
        targets: which of those are to be predicted.
    """
    looked = {plain.name: _looked(plain) for plain in plain_columns(dataset)}
    if not found:
        return tuple(looked.values()), width_of(dataset)
    told = []
    for column in found[:MOST_COLUMNS]:
        part: Part = "target" if column.name in targets else "input" if column.name in looked else "left"
        seen = looked.get(column.name) or ColumnLook(column.name, column.kind, part, column.count)
        if part == "target":
            seen = _target(dataset, seen, targets.index(column.name))
        told.append(
            replace(
                seen,
                kind=column.kind,
                part=part,
                count=column.count,
                missing=column.missing,
                different=column.different,
                correctable='"' not in column.name,
            )
        )
    return tuple(told), len(found)


def goals_of(dataset: Dataset) -> tuple[ColumnLook, ...]:
    """Give what there is to know of the numbers to predict, in their own unit."""
    if dataset.task != "regression" or len(dataset.train.targets) != 1:
        return ()
    facts = dataset.preprocessing
    (values,) = dataset.train.targets.values()
    if values.dim() > 2 or (values.dim() == 2 and values.shape[1] > MOST_COLUMNS):
        return ()
    made = facts.in_unit(values).double().numpy()
    if made.ndim == 1:
        return (_numbers("", "number", made, part="target"),)
    names = facts.targets or tuple(str(place) for place in range(made.shape[1]))
    return tuple(_numbers(name, "number", made[:, place], part="target") for place, name in enumerate(names))


def width_of(dataset: Dataset) -> int:
    """Count the columns of the inputs; 0 where they are pictures, texts or blocks of numbers."""
    facts = dataset.preprocessing
    if facts.features:
        return len(facts.features)
    return sum(_width(facts, values) for values in dataset.train.inputs.values())


def plain_columns(dataset: Dataset, split: Split | None = None) -> Iterator[Plain]:
    """Give the columns of the inputs in their own unit, the first `MOST_COLUMNS` of them.

    Args:
        dataset: the data.
        split: of which samples; the training samples when not given.
    """
    facts, chosen = dataset.preprocessing, split or dataset.train
    if facts.features:
        (inputs,) = chosen.inputs.values()
        yield from _of_features(facts.features[:MOST_COLUMNS], inputs.double().numpy())
        return
    room = MOST_COLUMNS
    several = len(chosen.inputs) > 1
    for name, values in chosen.inputs.items():
        width = min(_width(facts, values), room)
        room -= width
        if not width:
            continue
        rows = values.reshape(-1, values.shape[-1])[:, :width].double().numpy()
        if len(facts.mean) == values.shape[-1]:
            rows = _as_written(rows * np.array(facts.std)[:width] + np.array(facts.mean)[:width])
        for place in range(width):
            title = facts.columns[place] if len(facts.columns) == values.shape[-1] else str(place)
            yield Plain(f"{name} {title}" if several else title, "number", name, rows[:, place])


def said(kind: Kind, value: float | None) -> str:
    """Write a value of a column: a number with four digits, or a date."""
    if value is None or not math.isfinite(value):
        return "–"
    if kind == "date":
        try:
            found = _EPOCH + timedelta(days=value)
        except OverflowError:
            return "–"
        found += timedelta(seconds=30)  # days as a fraction end just before their minute
        return f"{found:%Y-%m-%d}" if value.is_integer() else f"{found:%Y-%m-%d %H:%M}"
    if abs(value) < 1e15 and (value.is_integer() or abs(value) >= 1e4):
        return f"{value:.0f}"
    return f"{value:.4g}"


# -- what a person says of a column ----------------------------------------------------------------------


def can_correct(choice: Choice) -> bool:
    """Tell whether a source lets a person say what its columns hold, and which one is to be predicted."""
    return choice.type == "table"


def corrected(choice: Choice, name: str, kind: Kind) -> Choice:
    """Give data with a column that holds something else than was found; see `can_correct`."""
    known = {**corrections(str(choice.parameters.get("columns", ""))), name: kind}
    return choice.with_parameter("columns", ", ".join(f'"{one}": {held}' for one, held in known.items()))


def aimed(choice: Choice, name: str) -> Choice:
    """Give data whose column is the one to predict; one that was to be ignored is used again."""
    known = corrections(str(choice.parameters.get("columns", "")))
    if known.get(name) in ("ignore", "text"):
        known.pop(name)
        kept = ", ".join(f'"{one}": {held}' for one, held in known.items())
        choice = choice.with_parameter("columns", kept)
    return choice.with_parameter("target", name)


# -- how it is found -------------------------------------------------------------------------------------


def _width(facts: Preprocessing, values: torch.Tensor) -> int:
    """Give how many columns a field has: rows of fractions, or steps of them."""
    if not values.is_floating_point() or not len(values):
        return 0
    rows = values.dim() == 2 or (values.dim() == 3 and facts.kind == "series")
    return values.shape[-1] if rows else 0


def _of_features(features: Sequence[Feature], inputs: Numbers) -> Iterator[Plain]:
    """Lead the numbers of a table back to what stood in it."""
    start = 0
    for feature in features:
        end = start + len(feature.titles)
        made, start = inputs[:, start:end], end
        if feature.kind == "category":
            yield Plain(feature.name, "category", INPUT, made.argmax(1).astype(np.float64), feature.values)
            continue
        numbers = made[:, 0] * feature.std + feature.mean
        rounded = np.round(numbers * _MINUTES) / _MINUTES if feature.kind == "date" else _as_written(numbers)
        yield Plain(feature.name, feature.kind, INPUT, rounded)


_MINUTES = 24 * 60
"""How finely days are told: as finely as they are shown."""


def _as_written(values: Numbers) -> Numbers:
    """Give numbers as they stood in the data: they went there and back with seven digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 10.0 ** (5 - np.floor(np.log10(np.abs(values).max(0, initial=1e-30))))
        return np.where(np.isfinite(values), np.round(values * size) / size, values)


def _target(dataset: Dataset, seen: ColumnLook, place: int) -> ColumnLook:
    """Tell of a column to predict how its answers are spread."""
    goals = goals_of(dataset)
    if goals:
        return replace(goals[place], name=seen.name)
    (values,) = dataset.train.targets.values()
    if values.dim() != 1:
        return seen
    plain = Plain(seen.name, "category", "", values.double().numpy(), dataset.classes)
    return replace(_looked(plain), part="target")


def _looked(plain: Plain) -> ColumnLook:
    if plain.kind != "category":
        return _numbers(plain.name, plain.kind, plain.numbers, field=plain.field)
    counts = np.bincount(plain.numbers.astype(np.int64), minlength=len(plain.words))
    order = np.argsort(-counts, kind="stable")[:_MOST_WORDS].tolist()
    return ColumnLook(
        plain.name,
        "category",
        "input",
        len(plain.numbers),
        different=int((counts > 0).sum()),
        bars=tuple(int(counts[place]) for place in order),
        words=tuple(plain.words[place] for place in order),
        field=plain.field,
    )


def _numbers(name: str, kind: Kind, numbers: Numbers, part: Part = "input", field: str = "") -> ColumnLook:
    known = numbers[np.isfinite(numbers)]
    count, missing = len(numbers), len(numbers) - len(known)
    if not len(known):
        return ColumnLook(name, kind, part, count, missing, 0, field=field)
    low, high = float(known.min()), float(known.max())
    different = len(np.unique(known))
    bars, _ = np.histogram(known, BINS, (low, high if high > low else low + 1))
    return ColumnLook(
        name,
        kind,
        part,
        count,
        missing,
        different,
        float(known.mean()),
        float(known.std()),
        low,
        float(np.median(known)),
        high,
        tuple(int(bar) for bar in bars),
        field=field,
        # Some rows of the count are in the other parts; and what was standardised is not quite whole.
        counted=different == count
        and high - low < _GAPS * count
        and bool(np.allclose(known, np.rint(known), rtol=1e-6, atol=1e-3)),
    )
