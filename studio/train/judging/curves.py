"""Curves of classes and labels at every threshold, figures at one, and how true probabilities are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from studio.train.judging.answers import Answers, ClassFigures, Evaluation
from studio.train.judging.tally import BINS, binned

POINTS = 400
"""Points of a curve that are given to be drawn; its area is that of all of them."""

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Curve:
    """How one class is told from all others as the threshold goes down.

    Attributes:
        name: the class.
        count: samples of it.
        roc: false positive rate and true positive rate, from (0, 0) to (1, 1).
        roc_area: the area under it: 0.5 is chance; not a number without samples of both sides.
        pr: recall and precision.
        pr_area: the average precision.
    """

    name: str
    count: int
    roc: Points
    roc_area: float
    pr: Points
    pr_area: float


@dataclass(frozen=True)
class Curves:
    """The curves of all classes.

    Attributes:
        each: one for each class.
        roc_mean: the mean of all ROC curves.
        roc_area: the mean of their areas.
        pr_mean: the mean of all precision-recall curves.
        pr_area: the mean of their areas.
        share: the share of samples of a class, on average: the precision of guessing.
    """

    each: tuple[Curve, ...]
    roc_mean: Points
    roc_area: float
    pr_mean: Points
    pr_area: float
    share: float


def curves(found: Evaluation) -> Curves:
    """Compute the curves of every class, each against all others."""
    answers = found.answers
    yes, chances = _yes(answers, len(found.classes)), answers.chances
    each = tuple(
        curve(name, chances[:, number].double(), yes[:, number]) for number, name in enumerate(found.classes)
    )
    grid = torch.linspace(0, 1, 201, dtype=torch.float64)
    told = [one for one in each if math.isfinite(one.roc_area)]
    return Curves(
        each,
        _mean([one.roc for one in told], grid),
        _average([one.roc_area for one in told]),
        _mean([one.pr for one in told], grid),
        _average([one.pr_area for one in told]),
        _average([one.count / max(len(answers.truth), 1) for one in told]),
    )


def _yes(answers: Answers, count: int) -> torch.Tensor:
    """Give for each sample and class whether it is of it."""
    if answers.kind == "labels":
        return answers.truth
    return torch.nn.functional.one_hot(answers.truth, count).bool()


def curve(name: str, chance: torch.Tensor, yes: torch.Tensor) -> Curve:
    """Compute the curves of one class by the probability that each sample is of it."""
    chance, order = chance.sort(descending=True, stable=True)
    hits = yes[order].long().cumsum(0)
    # Samples of the same probability come in together: no threshold lies between them.
    last = torch.cat([chance[1:] != chance[:-1], torch.ones(1, dtype=torch.bool)])
    hits, taken = hits[last].double(), (last.nonzero().squeeze(1) + 1).double()
    positives, count = float(yes.sum()), len(yes)
    zero = torch.zeros(1, dtype=torch.float64)
    if not 0 < positives < count:
        return Curve(name, int(positives), (), math.nan, (), math.nan)
    true_rate = torch.cat([zero, hits / positives])
    false_rate = torch.cat([zero, (taken - hits) / (count - positives)])
    precision = hits / taken
    roc_area = float(torch.trapezoid(true_rate, false_rate))
    pr_area = float((true_rate.diff() * precision).sum())
    return Curve(
        name,
        int(positives),
        _points(false_rate, true_rate),
        roc_area,
        _points(true_rate, torch.cat([precision[:1], precision])),
        pr_area,
    )


def _points(x: torch.Tensor, y: torch.Tensor) -> Points:
    """Give a curve with few enough points to draw: of many, evenly spread ones and both ends."""
    if len(x) > POINTS:
        places = torch.linspace(0, len(x) - 1, POINTS).round().long()
        x, y = x[places], y[places]
    return tuple(zip(x.tolist(), y.tolist(), strict=True))


def _mean(found: Sequence[Points], grid: torch.Tensor) -> Points:
    """Give the mean of several curves at the same places."""
    if not found:
        return ()
    total = torch.zeros_like(grid)
    for points in found:
        x, y = torch.tensor(points, dtype=torch.float64).T.contiguous()
        right = torch.searchsorted(x, grid, right=True).clamp(1, len(x) - 1)
        span = (x[right] - x[right - 1]).clamp(min=1e-12)
        part = ((grid - x[right - 1]) / span).clamp(0, 1)
        total += y[right - 1] + part * (y[right] - y[right - 1])
    return _points(grid, total / len(found))


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


# -- how true probabilities are ------------------------------------------------------------------------


@dataclass(frozen=True)
class Bin:
    """Samples of which the network is about equally sure.

    Attributes:
        low: where it begins.
        high: where it ends.
        count: samples in it.
        confidence: how sure the network is of them, on average.
        accuracy: the share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Calibration:
    """How true the probabilities are that a network gives.

    Attributes:
        bins: from the least to the most sure.
        error: the expected calibration error: the mean distance of both, weighted by samples.
        largest: the largest distance of any bin that has samples.
        confidence: how sure the network is on average.
        accuracy: the share that is right.
    """

    bins: tuple[Bin, ...]
    error: float
    largest: float
    confidence: float
    accuracy: float


def calibration(found: Evaluation, bins: int = BINS) -> Calibration:
    """Sort samples (or labels, or places) by how sure the network is, and count how many of them are right.

    For labels it is the probability of yes, and how often yes is right.
    """
    answers = found.answers
    if answers.tally is not None:
        tally, bins = answers.tally.bins, BINS
    else:
        if answers.kind == "labels":
            sure, right = answers.chances.flatten().double(), answers.truth.flatten().double()
        else:
            sure = answers.counting(answers.confidence).double()
            right = answers.counting(answers.predicted == answers.truth).double()
        tally = binned(sure, right, bins)
    counts, *totals = tally
    sums = [total / counts.clamp(min=1) for total in totals]
    gaps = (sums[0] - sums[1]).abs()
    rows = zip(counts.long().tolist(), sums[0].tolist(), sums[1].tolist(), strict=True)
    size = float(counts.sum())
    return Calibration(
        tuple(Bin(number / bins, (number + 1) / bins, *row) for number, row in enumerate(rows)),
        float((gaps * counts).sum() / max(size, 1)),
        float(gaps.max()),
        float(totals[0].sum() / max(size, 1)),
        float(totals[1].sum() / max(size, 1)),
    )


# -- labels --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Labels:
    """How well labels are told at one threshold.

    Attributes:
        threshold: what a probability must reach to count as yes.
        each: figures of each label.
        mean: their plain means.
        together: of all yes and no counted together.
        exact: the share of samples whose labels are all right.
        hamming: the share of single labels that is right.
    """

    threshold: float
    each: tuple[ClassFigures, ...]
    mean: ClassFigures
    together: ClassFigures
    exact: float
    hamming: float


def labels(found: Evaluation, threshold: float = 0.5) -> Labels:
    """Count what is right where every probability from a threshold on counts as yes."""
    true, said = found.answers.truth, found.answers.chances >= threshold
    hits, are, says = ((true & said).sum(0), true.sum(0), said.sum(0))
    each = tuple(
        _label(*row) for row in zip(found.classes, hits.tolist(), are.tolist(), says.tolist(), strict=True)
    )
    size = max(len(each), 1)
    mean = ClassFigures(
        "",
        int(are.sum()),
        sum(one.precision for one in each) / size,
        sum(one.recall for one in each) / size,
        sum(one.f1 for one in each) / size,
        sum(one.overlap for one in each) / size,
    )
    same = true == said
    return Labels(
        threshold,
        each,
        mean,
        _label("", int(hits.sum()), int(are.sum()), int(says.sum())),
        float(same.all(1).double().mean()),
        float(same.double().mean()),
    )


def _label(name: str, hits: int, are: int, says: int) -> ClassFigures:
    either = are + says - hits
    return ClassFigures(
        name,
        are,
        hits / says if says else 0.0,
        hits / are if are else 0.0,
        2 * hits / (are + says) if are + says else 0.0,
        hits / either if either else 0.0,
    )
