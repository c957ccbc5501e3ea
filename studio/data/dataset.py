"""What every data source gives: tensors in three splits, what they mean, and how they were made ready."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import torch

from studio.data.preprocessing import Preprocessing
from studio.graph import Message, NetwrightError

if TYPE_CHECKING:
    from studio.data.augmentation import Augmentation

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


class Sample(NamedTuple):
    """One sample as a stream reads it: only the fields that are not in the memory.

    Attributes:
        inputs: field to tensor.
        targets: field to tensor.
    """

    inputs: Mapping[str, torch.Tensor]
    targets: Mapping[str, torch.Tensor]


class Stream(Protocol):
    """Reads samples one by one, where all of them do not fit into the memory; workers get a copy of it."""

    def read(self, place: int) -> Sample:
        """Give a sample by its place.

        Raises:
            DataError: it is gone or broken; its file is named.
        """
        ...

    def read_all(self, places: Sequence[int]) -> Sample:
        """Give several samples by their places, each field stacked.

        Raises:
            DataError: one is gone or broken; its file is named.
        """
        ...

    def take(self, places: Sequence[int]) -> Stream:
        """Give a stream of some of the samples, in the order of their places."""
        ...


def stacked(samples: Sequence[Sample]) -> Sample:
    """Give samples, of which there is at least one, as one with each field stacked."""

    def part(number: int) -> dict[str, torch.Tensor]:
        return {
            name: torch.stack([sample[number][name] for sample in samples]) for name in samples[0][number]
        }

    return Sample(part(0), part(1))


def is_elsewhere(values: torch.Tensor) -> bool:
    """Tell whether a field only stands for values that a stream reads."""
    return bool(values.dim()) and len(values) > 0 and values.stride() == (0,) * values.dim()


def standing_for(
    count: int, sample: Sequence[int], kind: torch.dtype = torch.float32, largest: int = 0
) -> torch.Tensor:
    """Give what stands for values that a stream reads; it takes no memory.

    Args:
        count: how many samples there are.
        sample: sizes of one.
        kind: of their numbers.
        largest: the largest of them, where they are whole.
    """
    return torch.full((), largest, dtype=kind).expand(count, *sample)


@dataclass(frozen=True)
class Split:
    """Samples that belong together: all to learn from, all to check with, or all to judge by.

    Attributes:
        inputs: field to tensor; the first dimension counts the samples.
        targets: field to tensor, likewise.
        stream: what reads the samples that are not in the memory. Fields that it gives stand in `inputs` and
            `targets` with their sizes and kinds only, see `standing_for`.
    """

    inputs: Mapping[str, torch.Tensor]
    targets: Mapping[str, torch.Tensor]
    stream: Stream | None = None

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        """Give the number of samples."""
        return len(next(iter(self.inputs.values())))

    def take(self, places: torch.Tensor) -> Split:
        """Give some of the samples, in the order of their places."""

        def taken(fields: Mapping[str, torch.Tensor]) -> Mapping[str, torch.Tensor]:
            return MappingProxyType({name: _taken(values, places) for name, values in fields.items()})

        stream = None if self.stream is None else self.stream.take(places.tolist())
        return Split(taken(self.inputs), taken(self.targets), stream)

    def here(self) -> Split:
        """Give the samples with all that lies on the disk: for a few of them, that is read one by one.

        Raises:
            DataError: one of them is gone or broken.
        """
        if self.stream is None or not len(self):
            return self
        inputs, targets = self.stream.read_all(range(len(self)))
        return Split({**self.inputs, **inputs}, {**self.targets, **targets})

    @property
    def bytes(self) -> int:
        """The memory that all samples take, or would take."""
        return sum(values.nbytes for values in (*self.inputs.values(), *self.targets.values()))


def _taken(values: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """Give values at some places; what stands for values that are elsewhere takes no memory."""
    if is_elsewhere(values):
        return values[:1].expand(len(places), *values.shape[1:])
    return values[places]


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
        seen = values[:1] if is_elsewhere(values) else values  # one of those is as good as all
        return cls(tuple(values.shape[1:]), whole, int(seen.max()) if whole and values.numel() else None)


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
        augmentation: how samples that are learned from are varied; None for not at all.
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
    augmentation: Augmentation | None = None

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


class Streaming(Source, Protocol):
    """A source that can leave its samples on the disk."""

    def needed(self) -> int:
        """Give about how many bytes its samples take in the memory while they are loaded."""
        ...

    def stream(self, progress: Progress) -> Dataset:
        """Look at everything once, and give splits that read their samples when they are asked for.

        Raises:
            DataError: the data cannot be used.
        """
        ...
