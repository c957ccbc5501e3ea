"""What the judgement of a trained network holds: its answers beside what is right, and figures of classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import torch

from studio.data import Dataset, PreprocessingError, Split, Task
from studio.data.features import Feature
from studio.graph import Message
from studio.train.judging.tally import Tally

Part = Literal["train", "validation", "test"]
"""Which split is judged by."""

Kind = Literal["classes", "labels", "numbers", "sequence", "regions", "loss"]
"""What is judged: a class for each sample, several labels, numbers, a class for each place of a sequence or
for each pixel of a picture, or nothing but the loss."""

MOST_WRONG = 200
"""How many samples of a kind are given, the most confident first."""

MOST_COLUMNS = 64
"""Of so many predicted numbers each can be looked at by itself."""

MOST_NUMBERS = 100_000
"""How many pairs of numbers are kept of an answer of many numbers: evenly spread ones."""


@dataclass(frozen=True)
class WrongSample:
    """A sample, and the class that the network takes it for.

    Attributes:
        index: its place in the split.
        true: number of its class.
        predicted: number of the class that it was taken for.
        confidence: the probability that the network gave to it.
    """

    index: int
    true: int
    predicted: int
    confidence: float


@dataclass(frozen=True)
class ClassFigures:
    """How well one class is told.

    Attributes:
        name: the class.
        count: samples of it, or places.
        precision: of those that were taken for it, the share that is.
        recall: of those that are, the share that was taken for it.
        f1: the harmonic mean of both.
        overlap: of those that are or were taken for it, the share that is both (intersection over union).
    """

    name: str
    count: int
    precision: float
    recall: float
    f1: float
    overlap: float = 0.0


@dataclass(frozen=True)
class Shown:
    """A sample as a person looks at it; of what it has none, that is empty.

    Attributes:
        picture: width, height, channels (1 or 3) and bytes by rows.
        words: the tokens of a text, in order, without padding.
        row: columns with their values, in the unit of the data: numbers, or the word of a category.
    """

    picture: tuple[int, int, int, bytes] | None = None
    words: tuple[str, ...] = ()
    row: tuple[tuple[str, float | str], ...] = ()


@dataclass(frozen=True)
class Pairs:
    """Numbers in the unit of the data.

    Attributes:
        true: what is right.
        predicted: what the network gave.
        samples: the place of the sample of each in its split.
    """

    true: tuple[float, ...]
    predicted: tuple[float, ...]
    samples: tuple[int, ...]


@dataclass(frozen=True)
class Answers:
    """What a network gave for every sample of a split.

    Attributes:
        kind: what is judged.
        truth: the class of each sample or place; a row of yes and no for labels; for numbers what is right.
        predicted: likewise what the network said; for labels empty, as that follows from a threshold.
        chances: the probability of each class or label, one row a sample; empty where there is none.
        confidence: the probability of what was said, for each sample or place.
        counted: which places count: not those that only fill a short sequence; empty where all do.
        tally: what was counted over all places, where the answers themselves are not kept.
        thinned: where only some of very many numbers are kept, in the unit of the data: of how many one is,
            and how many an answer has.
    """

    kind: Kind
    truth: torch.Tensor
    predicted: torch.Tensor
    chances: torch.Tensor
    confidence: torch.Tensor
    counted: torch.Tensor = field(default_factory=lambda: torch.zeros(0, dtype=torch.bool))
    tally: Tally | None = None
    thinned: tuple[int, int] | None = None

    __hash__ = None  # type: ignore[assignment]

    def counting(self, values: torch.Tensor) -> torch.Tensor:
        """Give the values of all places that count, in one row."""
        return values[self.counted] if self.counted.numel() else values.flatten()


@dataclass(frozen=True)
class Evaluation:
    """What came out.

    Attributes:
        task: what there was to learn.
        part: the split that was judged by.
        metrics: `loss` and the plan's metrics.
        classes: names of the classes; empty for numbers.
        confusion: samples of each class (row) by the class they were taken for (column).
        per_class: figures of each class.
        wrong: wrong samples, the most confident first.
        count: samples in all.
        answers: what the network gave.
        again: gives the answers for one sample anew, where they are not kept.
    """

    task: Task
    part: Part
    metrics: Mapping[str, float]
    classes: tuple[str, ...]
    confusion: list[list[int]]
    per_class: tuple[ClassFigures, ...]
    wrong: tuple[WrongSample, ...]
    count: int
    answers: Answers = field(repr=False)
    _data: Dataset = field(repr=False)
    again: Callable[[int], Answers] | None = field(default=None, repr=False)

    __hash__ = None  # type: ignore[assignment]

    @property
    def kind(self) -> Kind:
        """What is judged."""
        return self.answers.kind

    # -- numbers ---------------------------------------------------------------------------------------

    @cached_property
    def predicted(self) -> tuple[float, ...]:
        """For numbers, what the network gave, in the unit of the data."""
        return self._in_unit(self.answers.predicted)

    @cached_property
    def true(self) -> tuple[float, ...]:
        """For numbers, what was right."""
        return self._in_unit(self.answers.truth)

    def _in_unit(self, values: torch.Tensor) -> tuple[float, ...]:
        if self.kind != "numbers":
            return ()
        if self.answers.thinned is not None:
            return tuple(values.tolist())
        return tuple(self._data.preprocessing.in_unit(values).flatten()[:: self.every].tolist())

    @property
    def every(self) -> int:
        """Of how many numbers one is given as a pair: 1 while there are not very many."""
        if self.answers.thinned is not None:
            return self.answers.thinned[0]
        return -(-max(self.answers.truth.numel(), 1) // MOST_NUMBERS)

    @property
    def width(self) -> int:
        """How many numbers, or places, an answer has."""
        if self.answers.thinned is not None:
            return self.answers.thinned[1]
        truth = self.answers.truth
        return truth.numel() // len(truth) if len(truth) else 1

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Names of the numbers that are predicted, where there are several and not very many."""
        if self.kind != "numbers" or self.answers.thinned or not 1 < self.width <= MOST_COLUMNS:
            return ()
        named = self._data.preprocessing.targets
        return named if len(named) == self.width else tuple(map(str, range(1, self.width + 1)))

    @property
    def units(self) -> bool:
        """Whether there are several numbers, each in a unit of its own: together they have no mean."""
        return bool(self.numbers) and self.numbers == self._data.preprocessing.targets

    @property
    def scaled(self) -> bool:
        """Whether it learned numbers in another unit than that of the data: its losses are in that one."""
        facts = self._data.preprocessing
        return self.kind == "numbers" and (facts.target_std != 1 or bool(facts.target_means))

    def pairs(self, number: int | None = None) -> Pairs:
        """Give what is right beside what the network gave, for numbers.

        Args:
            number: which of several numbers; all of them together when not given.
        """
        if number is None:
            samples = tuple(place * self.every // self.width for place in range(len(self.true)))
            return Pairs(self.true, self.predicted, samples)
        every = -(-len(self.answers.truth) // MOST_NUMBERS)
        unit = self._data.preprocessing.in_unit
        true, predicted = (
            unit(values).reshape(len(values), -1)[::every, number].tolist()
            for values in (self.answers.truth, self.answers.predicted)
        )
        return Pairs(tuple(true), tuple(predicted), tuple(range(0, len(self.answers.truth), every)))

    # -- samples ---------------------------------------------------------------------------------------

    def shown(self, index: int) -> Shown:
        """Give a sample as a person looks at it."""
        return looked_at(self._data, {name: values[0] for name, values in self._one(index).items()})

    def _one(self, index: int) -> Mapping[str, torch.Tensor]:
        """Give the inputs of one sample."""
        return self.split.take(torch.tensor([index])).here().inputs

    def image(self, index: int, name: str | None = None) -> tuple[int, int, int, bytes]:
        """Give a sample to look at: width, height, channels (1 or 3), and its bytes by rows.

        Args:
            index: its place in the split.
            name: which input, where there are several; those of one size beside each other when not given.

        Raises:
            PreprocessingError: the samples are no pictures.
        """
        inputs = self._one(index)
        if name is not None:
            return self._data.preprocessing.pixels(inputs[name][0])
        return beside(self._data, [values[0] for values in inputs.values()])

    def sample(self, index: int) -> dict[str, list[float]]:
        """Give the numbers of a sample, by input."""
        return {
            name: [float(value) for value in values[0].flatten().tolist()]
            for name, values in self._one(index).items()
        }

    def cell(self, true: int, predicted: int, most: int = MOST_WRONG) -> tuple[WrongSample, ...]:
        """Give the samples of one cell of the confusion matrix, the most confident first."""
        answers = self.answers
        found = (answers.truth == true) & (answers.predicted == predicted)
        return samples_of(answers, found, most)

    @property
    def data(self) -> Dataset:
        """What the network learned from."""
        return self._data

    @property
    def split(self) -> Split:
        """The samples that it was judged by."""
        return part_of(self._data, self.part)

    def json(self) -> dict[str, object]:
        """Give the figures as JSON takes them."""
        return {
            "metrics": dict(self.metrics),
            "part": self.part,
            "samples": self.count,
            "classes": list(self.classes),
            "confusion": self.confusion,
            "per_class": [
                {"name": c.name, "count": c.count, "precision": c.precision, "recall": c.recall, "f1": c.f1}
                for c in self.per_class
            ],
        }


def part_of(data: Dataset, part: Part) -> Split:
    """Give one split of the data."""
    return {"train": data.train, "validation": data.validation, "test": data.test}[part]


GAP = 2
"""Columns between two pictures beside each other."""


def beside(data: Dataset, inputs: Sequence[torch.Tensor]) -> tuple[int, int, int, bytes]:
    """Give the first input as a picture, with all others of its size to its right: pairs are seen as pairs.

    Raises:
        PreprocessingError: the first input is no picture.
    """
    pixels = data.preprocessing.pixels
    width, height, channels, first = pixels(inputs[0])
    pictures = [first, *(pixels(one)[3] for one in inputs[1:] if one.shape == inputs[0].shape)]
    row, gap = width * channels, b"\x80" * (GAP * channels)
    lines = (gap.join(one[at : at + row] for one in pictures) for at in range(0, height * row, row))
    return len(pictures) * (width + GAP) - GAP, height, channels, b"".join(lines)


def looked_at(data: Dataset, inputs: Mapping[str, torch.Tensor]) -> Shown:
    """Give one sample as a person looks at it, by its inputs."""
    facts = data.preprocessing
    first = next(iter(inputs.values()))
    try:
        return Shown(picture=beside(data, list(inputs.values())))
    except PreprocessingError:
        pass
    if facts.kind == "tokens" and first.dim() == 1 and not first.is_floating_point():
        return Shown(words=words_of_tokens(facts.vocabulary, first.tolist()))
    flat = first.flatten().double()
    if facts.features:
        return Shown(row=tuple(_cells(facts.features, flat.tolist())))
    if facts.kind == "vector" and facts.mean and len(facts.mean) == len(flat):
        flat = flat * torch.tensor(facts.std).double() + torch.tensor(facts.mean).double()
    names = facts.columns if len(facts.columns) == len(flat) else tuple(map(str, range(1, len(flat) + 1)))
    return Shown(row=tuple(zip(names, flat.tolist(), strict=True)))


def _cells(features: Sequence[Feature], numbers: list[float]) -> Iterator[tuple[str, float | str]]:
    """Lead the numbers of a row of a table back to its cells."""
    for feature in features:
        own, numbers = numbers[: len(feature.titles)], numbers[len(feature.titles) :]
        if feature.kind == "category":
            place = max(range(len(own)), key=lambda each: own[each], default=-1)
            yield feature.name, feature.values[place] if place >= 0 and own[place] > 0.5 else "–"
        elif feature.kind == "date":
            days = own[0] * feature.std + feature.mean
            yield feature.name, (date(1970, 1, 1) + timedelta(days=days)).isoformat()
        else:
            yield feature.name, own[0] * feature.std + feature.mean


def words_of_tokens(vocabulary: Sequence[str], tokens: Sequence[int]) -> tuple[str, ...]:
    """Write token numbers as words, as far as a sentence goes; a number where there is no word for it."""
    end = len(tokens)
    while end and tokens[end - 1] == 0:
        end -= 1
    return tuple(
        vocabulary[number] if 0 <= number < len(vocabulary) else str(number) for number in tokens[:end]
    )


def samples_of(answers: Answers, found: torch.Tensor, most: int = MOST_WRONG) -> tuple[WrongSample, ...]:
    """Give the chosen samples, the most confident first."""
    if answers.truth.dim() != 1 or answers.kind != "classes":
        return ()
    places = found.nonzero().squeeze(1)
    places = places[answers.confidence[places].argsort(descending=True, stable=True)][:most]
    return tuple(
        WrongSample(
            index, int(answers.truth[index]), int(answers.predicted[index]), float(answers.confidence[index])
        )
        for index in places.tolist()
    )


def confusion_of(predicted: torch.Tensor, true: torch.Tensor, count: int) -> torch.Tensor:
    """Count samples, or places, of each class (row) by the class that they were taken for (column)."""
    pairs = true.flatten().long() * count + predicted.flatten().long()
    return torch.bincount(pairs, minlength=count * count).reshape(count, count)


def figures_of(confusion: torch.Tensor, classes: Sequence[str]) -> tuple[ClassFigures, ...]:
    """Give the figures of each class; what nothing is known of is 0."""
    counts = confusion.double()
    hits, are, said = counts.diag(), counts.sum(1), counts.sum(0)

    def share(part: torch.Tensor, whole: torch.Tensor) -> list[float]:
        return torch.where(whole > 0, part / whole.clamp(min=1), 0.0).tolist()

    rows = zip(
        classes,
        are.long().tolist(),
        share(hits, said),
        share(hits, are),
        share(2 * hits, are + said),
        share(hits, are + said - hits),
        strict=True,
    )
    return tuple(ClassFigures(*row) for row in rows)


TITLES: Mapping[str, Message] = {
    "mean_precision": Message("Mean precision"),
    "mean_recall": Message("Mean recall"),
    "mean_f1": Message("Mean F1"),
    "mean_iou": Message("Mean IoU"),
    "roc_area": Message("Area under ROC"),
    "pr_area": Message("Area under PR"),
    "calibration_error": Message("Calibration error"),
    "rmse": Message("Root mean squared error"),
    "mae": Message("Mean absolute error"),
    "r2": Message("R²"),
    "bias": Message("Mean residual"),
    "of_naive": Message("Error beside the naive forecast"),
    "place_accuracy": Message("Right places"),
    "exact": Message("Wholly right"),
}
"""What further figures are called, for people."""
