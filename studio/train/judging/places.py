"""Answers for places: a class for each pixel of a picture, or for each token of a sequence."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from studio.train.judging.answers import Answers, Evaluation, Shown
from studio.train.judging.tally import shares


@dataclass(frozen=True)
class Places:
    """One sample with a class for each place.

    Attributes:
        index: its place in the split.
        shown: how a person looks at it.
        sizes: (length,) or (height, width).
        true: the number of the class of each place, row by row.
        predicted: likewise what the network said.
        sure: how sure the network is, 0 to 1.
        right: the share of places that is right.
        counted: whether a place counts, and does not only fill a short sequence.
    """

    index: int
    shown: Shown
    sizes: tuple[int, ...]
    true: tuple[int, ...]
    predicted: tuple[int, ...]
    sure: tuple[float, ...]
    right: float
    counted: tuple[bool, ...]


def places(found: Evaluation, index: int) -> Places:
    """Give one sample of a judgement of sequences or regions."""
    answers, row = (found.answers, index) if found.again is None else (found.again(index), 0)
    true, predicted = answers.truth[row], answers.predicted[row]
    counted = answers.counted[row] if answers.counted.numel() else torch.ones_like(true, dtype=torch.bool)
    same = (true == predicted)[counted]
    return Places(
        index,
        found.shown(index),
        tuple(true.shape),
        tuple(true.flatten().tolist()),
        tuple(predicted.flatten().tolist()),
        tuple(answers.confidence[row].flatten().tolist()),
        float(same.double().mean()) if same.numel() else 1.0,
        tuple(counted.flatten().tolist()),
    )


def worst(found: Evaluation, most: int = 200) -> tuple[tuple[int, float], ...]:
    """Give samples with the share of their places that is right, the least first."""
    answers = found.answers
    right = _right(answers)
    order = right.argsort(stable=True)[:most]
    return tuple((int(index), float(right[index])) for index in order)


def wholly(found: Evaluation) -> float:
    """Give the share of samples of which every place is right."""
    return float((_right(found.answers) == 1).double().mean())


def _right(answers: Answers) -> torch.Tensor:
    """Give for each sample the share of its places that is right, of those that count."""
    if answers.tally is not None:
        return answers.tally.right
    same = answers.truth == answers.predicted
    return shares(same, answers.counted if answers.counted.numel() else torch.ones_like(same))
