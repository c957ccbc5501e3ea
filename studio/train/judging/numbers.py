"""Predicted numbers beside true ones: how far off they are, in which direction, and where."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from studio.train.judging.answers import Evaluation

BINS = 31
"""Bars of the histogram of residuals, at most: few samples have fewer."""

DRAWN = 2000
"""Points that are given to be drawn; more only cover each other."""


@dataclass(frozen=True)
class Residuals:
    """What is left between predicted and true numbers (predicted - true), in the unit of the data.

    Attributes:
        edges: where the bars of the histogram begin and end, one more than there are bars; symmetric.
        counts: numbers in each bar.
        mean: of all residuals: the bias.
        deviation: their standard deviation.
        mae: the mean distance.
        rmse: the root of the mean squared distance.
        r2: the share of the variance that is explained; not a number where the truth is constant.
        within: half of all answers are at most this far off.
        points: pairs of predicted number and residual, evenly spread over the samples.
        samples: the sample of each point.
        true: the true number of each point.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    mean: float
    deviation: float
    mae: float
    rmse: float
    r2: float
    within: float
    points: tuple[tuple[float, float], ...]
    samples: tuple[int, ...]
    true: tuple[float, ...]


def residuals(found: Evaluation, number: int | None = None) -> Residuals:
    """Look at all answers of a judgement of numbers.

    Args:
        found: the judgement.
        number: which of several numbers; all of them together when not given.
    """
    pairs = found.pairs(number)
    predicted, true = (torch.tensor(values, dtype=torch.float64) for values in (pairs.predicted, pairs.true))
    good = torch.isfinite(predicted) & torch.isfinite(true)
    numbers = torch.tensor(pairs.samples, dtype=torch.int64)[good]
    predicted, true = predicted[good], true[good]
    left = predicted - true
    if not len(left):
        nan = math.nan
        return Residuals((), (), nan, nan, nan, nan, nan, nan, (), (), ())
    reach = float(left.abs().max()) or 1.0
    bins = min(BINS, max(9, 2 * round(len(left) ** 0.5) - 1))  # odd: 0 lies in the middle of a bar
    counts = torch.histc(left, bins, -reach, reach)
    spread = ((true - true.mean()) ** 2).sum()
    step = -(-len(left) // DRAWN)
    return Residuals(
        tuple(torch.linspace(-reach, reach, bins + 1, dtype=torch.float64).tolist()),
        tuple(int(count) for count in counts.tolist()),
        float(left.mean()),
        float(left.std(correction=0)),
        float(left.abs().mean()),
        float((left**2).mean().sqrt()),
        float(1 - (left**2).sum() / spread) if float(spread) > 0 else math.nan,
        float(left.abs().median()),
        tuple(zip(predicted[::step].tolist(), left[::step].tolist(), strict=True)),
        tuple(numbers[::step].tolist()),
        tuple(true[::step].tolist()),
    )
