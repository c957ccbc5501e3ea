"""How a column of a table becomes numbers of an input: fitted on the training rows, saved with the model."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from studio.data.columns import Numbers, Values, days_of, number_of
from studio.data.rows import is_missing

_WEEK = 7.0
_YEAR = 365.2425


@dataclass(frozen=True)
class Feature:
    """What one column becomes.

    Attributes:
        name: the column.
        kind: what it holds.
        mean: what is taken away from its numbers, or from the days of its dates.
        std: what they are divided by then.
        fill: the number that stands for a missing one.
        word: the category that stands for a missing one.
        values: the categories that the training rows have, each a number of its own, 1 or 0.
        comma: whether its numbers are written with a decimal comma.
        form: how its dates are written.
    """

    name: str
    kind: Literal["number", "category", "date"]
    mean: float = 0.0
    std: float = 1.0
    fill: float = 0.0
    word: str = ""
    values: tuple[str, ...] = ()
    comma: bool = False
    form: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What each of its numbers is called."""
        match self.kind:
            case "number":
                return (self.name,)
            case "category":
                return tuple(f"{self.name} = {value}" for value in self.values)
        return (
            self.name,
            *(f"{self.name} ({part})" for part in ("year sin", "year cos", "week sin", "week cos")),
        )

    def of(self, values: Values) -> npt.NDArray[np.float32]:
        """Give the numbers of a column: a row for each row."""
        if values.numbers is not None:
            return self._numbers(values.numbers)
        assert values.codes is not None  # a feature is made of numbers, dates or categories
        known = {word: place for place, word in enumerate(self.values)}
        places = np.array(
            [known.get(word, -1) for word in values.words] + [known.get(self.word, -1)], np.int64
        )
        return self._one_hot(places[values.codes])  # -1, a missing one, takes the last

    def cell(self, value: object) -> list[float]:
        """Give the numbers of one cell, as it stands in a table.

        Raises:
            ValueError: it is not what the column holds.
        """
        text = "" if value is None else str(value).strip()
        missing = is_missing(text) or (isinstance(value, float) and not math.isfinite(value))
        if self.kind == "category":
            known = {word: place for place, word in enumerate(self.values)}
            place = known.get(self.word if missing else text, -1)
            return [float(number) for number in self._one_hot(np.array([place]))[0]]
        found = number_of(text, self.comma) if self.kind == "number" else days_of(text, self.form or "iso")
        if found is None and self.kind == "number":
            found = number_of(text)  # however the table writes it, a plain number is one
        if found is None and not missing:
            raise ValueError(text)
        return [float(number) for number in self._numbers(np.array([math.nan if missing else found]))[0]]

    def json(self) -> dict[str, object]:
        """Give the facts as JSON takes them."""
        return {**dataclasses.asdict(self), "values": list(self.values)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Feature:
        """Take the facts from JSON again.

        Raises:
            TypeError: they are none.
        """
        return cls(**{**found, "values": tuple(found["values"])})

    def _numbers(self, numbers: Numbers) -> npt.NDArray[np.float32]:
        whole = np.where(np.isnan(numbers), self.fill, numbers)
        first = (whole - self.mean) / self.std
        if self.kind == "number":
            return first[:, None].astype(np.float32)
        turns = [turn(2 * np.pi * whole / length) for length in (_YEAR, _WEEK) for turn in (np.sin, np.cos)]
        return np.stack([first, *turns], 1).astype(np.float32)

    def _one_hot(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        found = np.zeros((len(places), len(self.values)), np.float32)
        rows = np.flatnonzero(places >= 0)
        found[rows, places[rows]] = 1
        return found


def fit(values: Values, train: npt.NDArray[np.int64], standardise: bool) -> Feature:
    """Learn how a column becomes numbers.

    Args:
        values: the column.
        train: the rows that are learned from; no other is looked at.
        standardise: bring numbers to mean 0 and spread 1.
    """
    column = values.column
    if values.numbers is not None:
        found = values.numbers[train]
        known = found[~np.isnan(found)]
        fill = float(np.median(known)) if len(known) else 0.0
        whole = np.where(np.isnan(found), fill, found)
        mean, std = (float(whole.mean()), float(whole.std())) if standardise else (0.0, 1.0)
        kind: Literal["number", "date"] = "date" if column.kind == "date" else "number"
        return Feature(
            column.name, kind, mean, std if std > 0 else 1.0, fill, comma=column.comma, form=column.form
        )
    assert values.codes is not None  # only numbers, dates and categories are asked for
    counts = Counter(code for code in values.codes[train].tolist() if code >= 0)
    words = sorted(values.words[code] for code in counts)
    most = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))[0] if counts else -1
    return Feature(column.name, "category", word=values.words[most] if counts else "", values=tuple(words))
