"""Finds samples that are there more than once: in two splits, or with two answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch

from studio.data.dataset import Dataset, Split

_AHEAD = 2048


@dataclass(frozen=True)
class Copies:
    """Which samples are there more than once, by the bits of their inputs.

    Attributes:
        validation: places of the validation samples that are learned from too.
        test: places of the test samples that are learned from or checked with too.
        train: how many training samples are copies of others of them.
        torn: how many different inputs stand with more than one answer.
    """

    validation: tuple[int, ...] = ()
    test: tuple[int, ...] = ()
    train: int = 0
    torn: int = 0


def copies_in(dataset: Dataset, looking: Callable[[float], object]) -> Copies:
    """Look for copies.

    Args:
        dataset: the data.
        looking: told the share that is done; whatever it raises stops the looking.
    """
    if dataset.train.stream is not None:
        return Copies()  # to read all of it would take as long as an epoch
    parts = (("train", dataset.train), ("validation", dataset.validation), ("test", dataset.test))
    total = max(sum(len(part) for _, part in parts), 1)
    seen: dict[bytes, tuple[str, int, bytes]] = {}
    torn: set[bytes] = set()
    found: dict[str, list[int]] = {"train": [], "validation": [], "test": []}
    done = several = 0
    for name, part in parts:
        for place, (inputs, answer) in enumerate(_marks(part)):
            if place % _AHEAD == 0:
                looking((done + place) / total)
            first = seen.setdefault(inputs, (name, place, answer))
            if first[:2] == (name, place):
                continue
            if first[0] != name:
                found[name].append(place)
            elif name == "train":
                several += 1
            if first[2] != answer:
                torn.add(inputs)
        done += len(part)
    return Copies(tuple(found["validation"]), tuple(found["test"]), several, len(torn))


def _marks(split: Split) -> Iterator[tuple[bytes, bytes]]:
    """Give a mark of the inputs and one of the targets for each sample; equal ones have equal marks."""
    for start in range(0, len(split), _AHEAD):
        inputs = [_rows(values[start : start + _AHEAD]) for values in split.inputs.values()]
        targets = [_rows(values[start : start + _AHEAD]) for values in split.targets.values()]
        for place in range(len(inputs[0])):
            yield _mark(rows[place] for rows in inputs), _mark(rows[place] for rows in targets)


def _rows(values: torch.Tensor) -> list[memoryview]:
    # Minus zero is zero: it is equal to it and has other bits.
    plain = values + 0 if values.is_floating_point() else values
    made = plain.contiguous().reshape(len(values), -1).numpy()
    return [memoryview(row).cast("B") if row.size else memoryview(b"") for row in made]


def _mark(rows: Iterator[memoryview]) -> bytes:
    made = hashlib.blake2b(digest_size=16)
    for row in rows:
        made.update(row)
    return made.digest()
