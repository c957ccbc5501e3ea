"""What a person should see of data before a network learns from it: its parts, classes, columns and dangers.

Nothing here changes what is learned. What will hurt is told with what to do; where a parameter of the source
mends it, the mend is given as the choice of data that it leads to.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import torch

from studio.data.augmentation import Augmentation
from studio.data.columns import Column
from studio.data.dataset import DataError, Dataset, Facts, Progress, Split, is_elsewhere
from studio.data.loading import facts_of, load, source_of
from studio.data.look_columns import ColumnLook, columns_of, goals_of
from studio.data.look_copies import Copies, copies_in
from studio.data.look_dangers import Danger, dangers_of
from studio.data.table import Table
from studio.graph import Message, NetwrightError, freeze
from studio.project import Choice

PartName = Literal["train", "validation", "test"]
PARTS: tuple[PartName, ...] = ("train", "validation", "test")
"""What data is split into, by the names of the fields of a `Dataset`."""

VARIED = frozenset({"flip", "crop", "rotate", "zoom", "jitter", "erase"})
"""The parameters by which pictures are varied while they are learned from."""

_LOOKED_AT, _MOST_BYTES = 10_000, 1 << 27
"""So many samples, and bytes of them, that lie on the disk are looked at to tell of columns."""

DOWNLOAD = "download"
"""The parameter by which a source may fetch what is not there."""


@dataclass(frozen=True)
class PartLook:
    """One split.

    Attributes:
        name: which one.
        count: its samples.
        classes: how many of them (or of their pixels or tokens) are of each class.
    """

    name: PartName
    count: int
    classes: tuple[int, ...]


@dataclass(frozen=True)
class Look:
    """Everything there is to see of a data set.

    Attributes:
        choice: which data.
        dataset: the data itself.
        parts: its splits.
        columns: its columns, those that are no input too; empty where it has none.
        in_all: how many columns it has; more than are shown, maybe.
        goals: the numbers to predict; empty for classes.
        copies: which samples are there more than once.
        dangers: what will hurt, the worst first.
    """

    choice: Choice
    dataset: Dataset
    parts: tuple[PartLook, ...]
    columns: tuple[ColumnLook, ...]
    in_all: int
    goals: tuple[ColumnLook, ...]
    copies: Copies
    dangers: tuple[Danger, ...]

    __hash__ = None  # type: ignore[assignment]

    @property
    def facts(self) -> Facts:
        """What a network must fit."""
        return self.dataset.facts

    @property
    def bytes(self) -> int:
        """The memory that the data takes."""
        return sum(part_of(self.dataset, name).bytes for name in PARTS)


def look(choice: Choice, progress: Progress = lambda _doing, _share: None) -> Look:
    """Read data and look through it; what was read is kept for the training.

    Args:
        choice: which data; it is fetched where its parameters allow that, see `absent`.
        progress: told how far it is; whatever it raises stops the looking.

    Raises:
        DataError: the data cannot be used; the text says why and what to do.
        NetwrightError: the source is unknown or a parameter is not what it takes.
    """
    dataset = load(choice, lambda doing, share: progress(doing, 0.7 * share), may_stream=True)
    parts = tuple(_part(dataset, name) for name in PARTS)
    source = source_of(choice)
    progress(Message("Looking at the columns"), 0.7)
    found: tuple[Column, ...] = ()
    wanted: tuple[str, ...] = ()
    if isinstance(source, Table):
        found = source.look()
        wanted = source.targets_in(found)
    few = _few(dataset)
    columns, in_all = columns_of(few, found, wanted)
    goals = goals_of(few)

    def looking(share: float) -> None:
        progress(Message("Looking for copies"), 0.75 + 0.2 * share)

    copies = copies_in(dataset, looking)
    progress(Message("Looking for what could hurt"), 0.95)
    dangers = dangers_of(choice, dataset, few, columns, copies)
    return Look(choice, dataset, parts, columns, in_all, goals, copies, dangers)


def absent(choice: Choice) -> DataError | None:
    """Tell why data that may be fetched is not on this computer; None for any other."""
    values = choice.resolved("data")
    if DOWNLOAD not in values:
        return None
    try:
        facts_of(choice.with_parameter(DOWNLOAD, value=False))
    except DataError as error:
        return error
    return None


def stamp_of(choice: Choice) -> Hashable:
    """Give what changes when the data on the disk changes; cheap, and nothing where it cannot be told."""
    try:
        return source_of(choice).fingerprint()
    except NetwrightError:
        return None


def varied_by(choice: Choice) -> tuple[str, ...]:
    """Name the parameters by which a source varies what is learned from; empty where it does not."""
    declared = choice.declared("data")
    if declared is None or not declared.parameters.keys() >= VARIED:
        return ()
    return tuple(name for name in declared.parameters if name in VARIED)


def alike(one: Choice, other: Choice) -> bool:
    """Tell whether two choices give the same samples, whatever is varied of them in a training."""
    names = set(varied_by(one))

    def plain(choice: Choice) -> Choice:
        return Choice(choice.type, freeze({k: v for k, v in choice.parameters.items() if k not in names}))

    return plain(one) == plain(other)


def varied(dataset: Dataset, choice: Choice) -> Dataset:
    """Give data that is varied in training as a choice says, without reading it anew.

    Raises:
        NetwrightError: a parameter is not what the source takes.
    """
    values = choice.resolved("data")
    facts = dataset.preprocessing
    asked: dict[str, Any] = {name: values[name] for name in varied_by(choice)}
    found = Augmentation(**asked, mean=facts.mean, std=facts.std)
    return replace(dataset, augmentation=found if found.active else None)


def part_of(dataset: Dataset, name: PartName) -> Split:
    """Give a split by its name."""
    parts: Mapping[PartName, Split] = {
        "train": dataset.train,
        "validation": dataset.validation,
        "test": dataset.test,
    }
    return parts[name]


def class_counts(dataset: Dataset, split: Split) -> tuple[int, ...]:
    """Count the samples of each class; of masks the pixels, of running text the tokens."""
    if not dataset.classes or len(split.targets) != 1:
        return ()
    target = next(iter(split.targets.values()))
    if is_elsewhere(target):
        return ()  # to count them would take as long as an epoch
    if dataset.task == "multilabel":
        return tuple(int(count) for count in (target > 0).sum(0).tolist()) if target.dim() == 2 else ()
    numbers = target.reshape(-1).long()
    numbers = numbers[(numbers >= 0) & (numbers < len(dataset.classes))]
    return tuple(int(count) for count in torch.bincount(numbers, minlength=len(dataset.classes)).tolist())


def _few(dataset: Dataset) -> Dataset:
    """Give data whose columns can be looked at; of what lies on the disk, some samples from all over it."""
    if dataset.train.stream is None or dataset.preprocessing.kind == "image":
        return dataset

    def some(split: Split) -> Split:
        count = len(split)
        row = max(split.bytes // max(count, 1), 1)
        most = min(count, _LOOKED_AT, max(_MOST_BYTES // row, 1))
        return split.take(torch.linspace(0, count - 1, most).long()).here()

    return replace(dataset, train=some(dataset.train), validation=some(dataset.validation),
                   test=some(dataset.test))  # fmt: skip


def _part(dataset: Dataset, name: PartName) -> PartLook:
    split = part_of(dataset, name)
    return PartLook(name, len(split), class_counts(dataset, split))
