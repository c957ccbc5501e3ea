"""Finds columns that give the answer away, and columns that say the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from studio.data.dataset import Dataset
from studio.data.look_columns import Plain, plain_columns

_LEAST_ROWS = 40
_OFTEN = 5
"""A value that stands in fewer rows than this on average tells rows apart, not answers."""

_MOST_ROWS = 200_000
_SAME = 1 - 1e-6


def telling(dataset: Dataset) -> Iterator[str]:
    """Give the columns of which each alone tells the answer of every training row."""
    if len(dataset.train.targets) != 1 or len(dataset.train) < _LEAST_ROWS:
        return
    (target,) = dataset.train.targets.values()
    if target.dim() != 1:
        return
    answers = target[:_MOST_ROWS].numpy()
    if len(np.unique(answers)) < 2:
        return
    for plain in _rows_of(dataset):
        numbers = plain.numbers[: len(answers)]
        if dataset.task == "regression":
            told = plain.kind != "category" and abs(_alike(numbers, answers)) > _SAME
        else:
            told = _parts_answers(numbers, answers, plain.kind == "category")
        if told:
            yield plain.name


def twins(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Give pairs of columns of numbers that say the same in every training row; each column once."""
    if len(dataset.train) < _LEAST_ROWS:
        return
    seen: dict[bytes, str] = {}
    for plain in _rows_of(dataset):
        numbers = plain.numbers[:_MOST_ROWS]
        spread = numbers.std()
        if not np.isfinite(spread) or spread == 0:
            continue
        if plain.kind == "category":
            # Which word is which number does not matter, but which rows are alike.
            _, first, codes = np.unique(numbers, return_index=True, return_inverse=True)
            mark = b"c" + np.argsort(np.argsort(first))[codes].astype(np.int32).tobytes()
        else:
            # A unit is no difference: kilometres and metres say the same.
            scaled = (numbers - numbers.mean()) / spread
            mark = b"n" + np.round(scaled * (1 if scaled[np.abs(scaled).argmax()] > 0 else -1), 4).tobytes()
        first_name = seen.setdefault(mark, plain.name)
        if first_name != plain.name:
            yield first_name, plain.name


def _rows_of(dataset: Dataset) -> Iterator[Plain]:
    """Give the columns that have a number for each training sample."""
    for plain in plain_columns(dataset):
        if len(plain.numbers) == len(dataset.train):
            yield plain


def _alike(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    if one.std() == 0 or not np.isfinite(one).all():
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _parts_answers(numbers: npt.NDArray[np.float64], answers: npt.NDArray[np.int64], words: bool) -> bool:
    """Tell whether each value, or each range of values, belongs to one answer only."""
    order = np.argsort(numbers, kind="stable")
    ordered, told = numbers[order], answers[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    low, high = np.minimum.reduceat(told, starts), np.maximum.reduceat(told, starts)
    if (low != high).any():
        return False
    if words or len(starts) * _OFTEN <= len(numbers):
        return len(starts) * _OFTEN <= len(numbers)
    changes = int((low[1:] != low[:-1]).sum())
    return changes == len(np.unique(answers)) - 1
