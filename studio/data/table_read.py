"""A table as it was read: which rows are used, what their classes are, and what there is to tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch

from studio.data.columns import Column, Values, listed
from studio.data.dataset import DataError, Task
from studio.data.features import Feature
from studio.data.finding import natural
from studio.data.rows import Rows
from studio.data.splitting import Places
from studio.graph import Message

NO = {"no", "false", "n", "f", "否", "0", "0.0"}
YES = {"yes", "true", "y", "t", "是", "1", "1.0"}


@dataclass
class Read:
    """A table as it was read, with what follows from it."""

    targets: tuple[str, ...]
    values: dict[str, Values]
    files: Sequence[Rows]
    rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    places: Places = field(default_factory=lambda: Places(*[torch.zeros(0, dtype=torch.int64)] * 3))
    features: tuple[Feature, ...] = ()
    task: Task = "classification"
    classes: tuple[str, ...] = ()
    notes: list[Message] = field(default_factory=list)

    def tell(self, left: Sequence[Column]) -> None:
        """Say how the files were understood, and which columns are no input."""
        self.notes += [file.told for file in self.files]
        for column in left:
            if column.name not in self.targets:
                self.notes.append(_left(column))

    def leave_out(self, needed: Sequence[str]) -> None:
        """Leave out the rows that lack a cell of these columns."""
        lacking = self.values[needed[0]].missing
        for name in needed[1:]:
            lacking = lacking | self.values[name].missing
        self.rows = np.flatnonzero(~lacking)
        if not len(self.rows):
            raise DataError(Message("Every row of the table lacks a cell that it needs."))
        if lacking.any():
            self.notes.append(
                Message(
                    "{count} {count:row was|rows were} left out for a missing cell, first row {row}.",
                    count=int(lacking.sum()),
                    row=int(lacking.argmax()) + 1,
                )
            )

    def tell_filled(self, inputs: Sequence[Column]) -> None:
        """Say what missing cells were filled with."""
        fitted = {feature.name: feature for feature in self.features}
        for column in inputs:
            count = int(self.values[column.name].missing[self.rows].sum())
            feature = fitted.get(column.name)
            if not count or feature is None:
                continue
            shown = feature.word if feature.kind == "category" else f"{feature.fill:g}"
            self.notes.append(
                Message(
                    "“{name}”: {count} missing {count:cell was|cells were} filled with {value}, the most "
                    "frequent value of the training rows.",
                    name=column.name,
                    count=count,
                    value=shown,
                )
                if feature.kind == "category"
                else Message(
                    "“{name}”: {count} missing {count:cell was|cells were} filled with {value}, the median "
                    "of the training rows.",
                    name=column.name,
                    count=count,
                    value=shown,
                )
            )

    def name_classes(self) -> None:
        """Tell from the targets what there is to learn."""
        kinds = {self.values[name].column.kind for name in self.targets}
        if kinds == {"number"}:
            self.task = "regression"
            return
        if len(kinds) > 1 or (len(self.targets) > 1 and any(len(self._words(n)) > 2 for n in self.targets)):
            raise DataError(
                Message(
                    "Several targets must all be numbers, or all be yes or no: {names}.",
                    names=listed(self.targets),
                )
            )
        if len(self.targets) > 1:
            self.task, self.classes = "multilabel", self.targets
            return
        self.classes = self._words(self.targets[0])
        if len(self.classes) < 2:
            raise DataError(
                Message("All rows have the same value in the target “{name}”.", name=self.targets[0])
            )
        yes_or_no = {word.casefold() for word in self.classes} <= YES | NO
        self.task = "binary" if yes_or_no and len(self.classes) == 2 else "classification"

    def alike(self) -> torch.Tensor | None:
        """Give the class of each row, where a row has one."""
        return self.codes(self.targets[0]) if self.task in ("classification", "binary") else None

    def codes(self, name: str) -> torch.Tensor:
        """Give the number of the class of each row."""
        values = self.values[name]
        assert values.codes is not None  # classes are made of categories
        words = self._words(name)
        if self.task == "multilabel" and {word.casefold() for word in words} <= YES | NO:
            order = {word: int(word.casefold() in YES) for word in words}
        else:
            order = {word: number for number, word in enumerate(words)}
        numbers = np.array([order.get(word, 0) for word in values.words], np.int64)
        return torch.from_numpy(numbers[values.codes[self.rows]])

    def _words(self, name: str) -> tuple[str, ...]:
        """Give the classes of a column that its rows have, in the order of people."""
        values = self.values[name]
        assert values.codes is not None
        present = {values.words[code] for code in np.unique(values.codes[self.rows]).tolist()}
        return in_order(present)


def in_order(words: set[str]) -> tuple[str, ...]:
    """Give classes in the order of people: numbers by their size, words by the alphabet, 9 before 10."""
    try:
        return tuple(sorted(words, key=float))
    except ValueError:
        return tuple(sorted(words, key=natural))


def _left(column: Column) -> Message:
    if column.missing == column.count:
        return Message("“{name}” is left out: all its cells are empty.", name=column.name)
    if column.kind == "text":
        return Message("“{name}” holds texts and is left out.", name=column.name)
    return Message("“{name}” is left out: it tells the rows apart, or is to be ignored.", name=column.name)
