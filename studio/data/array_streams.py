"""Arrays that the memory cannot hold: looked through once, piece by piece, and then read row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch

from studio.data.dataset import DataError, Task, standing_for
from studio.data.stored import Array, Kept
from studio.graph import Message

MOST_PLACED = 1000
"""Classes of places at most: more are numbers to predict."""

Tick = Callable[[float], object]
"""Told which share of the samples was looked at; whatever it raises stops the looking."""


class Target(NamedTuple):
    """What is to be learned, in files.

    Attributes:
        task: what that is.
        classes: their names.
        kept: where the numbers are.
    """

    task: Task
    classes: tuple[str, ...]
    kept: Kept


def broken(name: str, row: int, count: int) -> DataError:
    """Say that an array has numbers that are missing or infinite."""
    return DataError(
        Message(
            "The array “{name}” has missing or infinite numbers, first in sample {row} ({count} in all). "
            "Fill or remove them.",
            name=name,
            row=row,
            count=count,
        )
    )


def too_large(name: str) -> DataError:
    """Say that an array has numbers that no network can take."""
    return DataError(Message("The array “{name}” has whole numbers that are too large.", name=name))


def stands(name: str, kept: Kept, tick: Tick) -> torch.Tensor:
    """Look through the numbers of a field, and give what stands for them.

    Raises:
        DataError: some are missing, infinite or too large.
    """
    count, largest = len(kept), 0
    first, bad = -1, 0
    for begin, read in kept.pieces():
        tick(begin / count)
        if kept.kind == torch.int64:
            largest = max(largest, int(read.max(initial=0)))
            continue
        wrong = (~torch.isfinite(kept.tensor(read))).reshape(len(read), -1).any(1)
        if bool(wrong.any()):
            first = begin + int(wrong.nonzero()[0]) if first < 0 else first
            bad += int(wrong.sum())
    if bad:
        raise broken(name, first, bad)
    if largest > np.iinfo(np.int64).max:
        raise too_large(name)
    return standing_for(count, kept.shape[1:], kept.kind, largest)


def target_in(kept: Kept, places: frozenset[tuple[int, ...]], tick: Tick) -> Target:
    """Tell what is to be learned from the kind of numbers of a target; see `arrays.targets_of`.

    Args:
        kept: the target.
        places: sizes of targets with a class for each place.
        tick: see there.
    """
    if kept.dtype.kind in "biu" and kept.shape[1:2] == (1,) and kept.shape[2:] in places:
        kept = kept.without_channel()
    if kept.dtype.kind in "biu" and len(kept.shape) > 1 and kept.shape[1:] in places:
        if kept.dtype.kind == "b":
            return Target("classification", ("no", "yes"), kept)
        found = _different(kept, tick)
        if found is not None:
            return Target("classification", tuple(map(str, found)), replace(kept, values=tuple(found)))
    if len(kept.shape) == 2 and kept.shape[1] == 1:
        kept = kept.without_channel()
    return Target("regression", (), kept)


def _different(kept: Kept, tick: Tick) -> list[int] | None:
    """Give the different numbers in their order; None where there are too many for classes."""
    found: Array = np.empty(0, kept.dtype)
    for begin, read in kept.pieces():
        tick(begin / len(kept))
        found = np.union1d(found, read)
        if len(found) > MOST_PLACED:
            return None
    return [int(value) for value in found.tolist()]


def stand_in(target: Target, tick: Tick) -> torch.Tensor:
    """Look through the numbers of a target, and give what stands for them."""
    if target.classes:
        return standing_for(len(target.kept), target.kept.shape[1:], torch.int64, len(target.classes) - 1)
    return stands("target", target.kept, tick)


def kept_in(fields: Mapping[str, Kept]) -> int:
    """Give the bytes that fields take in their files."""
    return sum(
        int(np.prod(part.shape, dtype=object)) * part.dtype.itemsize
        for kept in fields.values()
        for part in kept.parts
    )
