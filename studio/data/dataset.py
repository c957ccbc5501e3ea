"""What every data source gives: tensors in three splits, what they mean, and how they were made ready."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Protocol

import torch

from studio.data.preprocessing import Preprocessing
from studio.graph import Message, NetwrightError

Task = Literal["classification", "binary", "multilabel", "regression"]
"""What there is to learn: one class of many, yes or no, yes or no for each class, or numbers."""

INPUT = "x"
"""The field that a source with one input gives."""

TARGET = "target"
"""The field that says what is right."""


Progress = Callable[[Message, float], None]
"""Told what is being done and how far it is, from 0 to 1; whatever it raises stops the loading."""


class DataError(NetwrightError):
    """The data cannot be used as it is; the text says why and what to do."""


@dataclass(frozen=True)
class Split:
    """Samples that belong together: all to learn from, all to check with, or all to judge by.

    Attributes:
        inputs: field to tensor; the first dimension counts the samples.
        targets: field to tensor, likewise.
    """

    inputs: Mapping[str, torch.Tensor]
    targets: Mapping[str, torch.Tensor]

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        """Give the number of samples."""
        return len(next(iter(self.inputs.values())))

    def take(self, places: torch.Tensor) -> Split:
        """Give some of the samples, in the order of their places."""
        return Split(
            MappingProxyType({name: values[places] for name, values in self.inputs.items()}),
            MappingProxyType({name: values[places] for name, values in self.targets.items()}),
        )

    @property
    def bytes(self) -> int:
        """The memory that the tensors take."""
        return sum(values.nbytes for values in (*self.inputs.values(), *self.targets.values()))


@dataclass(frozen=True)
class Field:
    """What one field holds.

    Attributes:
        sample: sizes of one sample.
        whole: whether it holds whole numbers, such as tokens.
        largest: the largest of them, where all were looked at.
    """

    sample: tuple[int, ...]
    whole: bool = False
    largest: int | None = field(default=None, compare=False)

    @classmethod
    def of(cls, values: torch.Tensor) -> Field:
        """Look at all samples of a field."""
        whole = not values.is_floating_point()
        return cls(tuple(values.shape[1:]), whole, int(values.max()) if whole and values.numel() else None)


LABEL = Field((), whole=True)
"""The number of a class for each sample."""


@dataclass(frozen=True)
class Facts:
    """What a network and its losses must fit, known before the samples are read.

    Attributes:
        inputs: field to what it holds.
        targets: field to what it holds.
        task: what there is to learn.
        classes: how many classes there are; 0 for regression.
    """

    inputs: Mapping[str, Field]
    targets: Mapping[str, Field]
    task: Task
    classes: int

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Dataset:
    """Data that is ready to train on.

    Attributes:
        train: what is learned from.
        validation: what each epoch is checked with; may be empty.
        test: what the trained network is judged by; may be empty.
        task: what there is to learn.
        classes: names of the classes by their number; empty for regression.
        preprocessing: how a raw sample becomes an input; saved with the model.
        title: what the data is called, for people.
        skipped: what was left out or changed while reading, one sentence each; the rest is counted.
        skipped_in_all: how many that is, with those that have no sentence of their own.
    """

    train: Split
    validation: Split
    test: Split
    task: Task
    classes: tuple[str, ...]
    preprocessing: Preprocessing
    title: Message
    skipped: tuple[Message, ...] = field(default=())
    skipped_in_all: int = 0

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def facts(self) -> Facts:
        """What a network and its losses must fit."""
        return Facts(
            {name: Field.of(values) for name, values in self.train.inputs.items()},
            {name: Field.of(values) for name, values in self.train.targets.items()},
            self.task,
            len(self.classes),
        )


class Source(Protocol):
    """What the catalogue's data declarations name: made from its parameters, it gives a data set."""

    def fingerprint(self) -> Hashable:
        """Give what changes when the data on the disk changes; cheap."""
        ...

    def facts(self) -> Facts:
        """Give what can be told without reading all samples; nothing is downloaded.

        Raises:
            DataError: the data is not there, or cannot be used.
        """
        ...

    def load(self, progress: Progress) -> Dataset:
        """Read everything.

        Raises:
            DataError: the data cannot be used.
        """
        ...
