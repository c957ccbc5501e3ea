"""A judgement as it comes out of a test, without a training: any classes, any counts, noise as pictures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from studio.train import Evaluation
from studio.ui.looking.judging import Judge, Opened


@dataclass(frozen=True)
class Figures:
    name: str
    precision: float = 0.97
    recall: float = 1.0


@dataclass(frozen=True)
class Sample:
    index: int
    true: int
    predicted: int
    confidence: float = 0.9


@dataclass
class Judgement:
    """What the panel asks an `Evaluation` for."""

    classes: tuple[str, ...]
    confusion: list[list[int]]
    wrong: tuple[Sample, ...]
    part: str = "test"
    kind: str = "classes"
    every: int = 1
    width: int = 1
    metrics: dict[str, float] = field(default_factory=lambda: {"loss": 0.2974, "accuracy": 0.9053})

    @property
    def per_class(self) -> tuple[Figures, ...]:
        return tuple(map(Figures, self.classes))

    @property
    def count(self) -> int:
        return sum(map(sum, self.confusion))

    def cell(self, true: int, predicted: int) -> tuple[Sample, ...]:
        """The wrong samples of a cell."""
        return tuple(one for one in self.wrong if (one.true, one.predicted) == (true, predicted))

    def image(self, index: int) -> tuple[int, int, int, bytes]:
        return 28, 28, 1, random.Random(index).randbytes(28 * 28)


def judgement(classes: Sequence[str], right: int = 36, wrong: int = 34) -> Judgement:
    """Make one: so many of each class are right, and every third cell beside the diagonal is not empty."""
    size = len(classes)
    counts = [[right if a == b else (a + b) % 3 for b in range(size)] for a in range(size)]
    return Judgement(
        tuple(classes),
        counts,
        tuple(Sample(index, index % size, (index + 1) % size) for index in range(wrong)),
    )


def show(judge: Judge, made: Judgement) -> None:
    """Have a judge hold it."""
    judge.opened = Opened(Path("2026-01-02_03-04-05"), cast(Any, None), None, cast(Evaluation, made))
    judge.changed.emit()
