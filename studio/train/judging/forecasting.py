"""Forecasts of a series over what came, and how much better they are than repeating what was before."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from studio.data import Dataset, Split
from studio.train.judging.answers import Evaluation

LOOKED_AT = 4000
"""Windows of the training part, evenly spread, by which the best step back is found."""

SHOWN = 4000
"""Steps that are drawn; more of them would not be told apart."""


@dataclass(frozen=True)
class Forecast:
    """What was forecast for each step of a part of the time, in the unit of the data.

    Attributes:
        names: what is forecast.
        target: which of them this is.
        ahead: how many steps ahead, from 1.
        horizon: how many steps ahead are forecast in all.
        back: how many steps before lies what the naive forecast repeats.
        every: steps from one forecast to the next.
        truth: what came.
        forecast: what the network said.
        naive: what was `back` steps before.
        error: the mean distance of the forecast, over all steps ahead.
        naive_error: likewise of the naive one.
    """

    names: tuple[str, ...]
    target: int
    ahead: int
    horizon: int
    back: int
    every: int
    truth: tuple[float, ...]
    forecast: tuple[float, ...]
    naive: tuple[float, ...]
    error: float
    naive_error: float

    @property
    def share(self) -> float:
        """Give the error beside that of the naive forecast: below 1 it is better."""
        return self.error / self.naive_error if self.naive_error else math.nan


def is_series(data: Dataset) -> bool:
    """Tell whether windows of a series are seen, and the steps behind them forecast."""
    facts = data.preprocessing
    fits = facts.kind == "series" and facts.targets and set(facts.targets) <= set(facts.columns)
    return bool(fits) and len(data.train.inputs) == 1 and len(data.train.targets) == 1


def forecast(found: Evaluation, target: int = 0, ahead: int = 1) -> Forecast:
    """Look at the forecasts of a judgement, for one of the numbers and one distance.

    Args:
        found: a judgement of a series.
        target: which number, from 0.
        ahead: how many steps ahead, from 1.
    """
    data = found.data
    facts, split = data.preprocessing, found.split
    truth, guessed = _steps(found.answers.truth), _steps(found.answers.predicted)
    back = best_back(data)
    naive = naive_of(data, split, truth.shape[1], back)
    scale = facts.target_stds[target] if facts.target_stds else facts.target_std
    off, naive_off = (float((each - truth)[:, :, target].abs().mean()) * scale for each in (guessed, naive))

    def line(values: torch.Tensor) -> tuple[float, ...]:
        return tuple(facts.in_unit(values[:SHOWN, ahead - 1])[:, target].tolist())

    return Forecast(
        facts.targets,
        target,
        ahead,
        truth.shape[1],
        back,
        _every(split),
        line(truth),
        line(guessed),
        line(naive),
        off,
        naive_off,
    )


def of_naive(found: Evaluation) -> float:
    """Give the mean distance of all forecasts beside that of the naive ones."""
    truth, guessed = _steps(found.answers.truth), _steps(found.answers.predicted)
    naive = naive_of(found.data, found.split, truth.shape[1], best_back(found.data))
    worst = float((naive - truth).abs().mean())
    return float((guessed - truth).abs().mean()) / worst if worst else math.nan


def best_back(data: Dataset) -> int:
    """Find what to repeat: so many steps before lies what the next step is most like, in the training part.

    With seasons that is a season, unless the series moves so slowly that nothing is as like as the last step.
    """
    windows, wanted = _known(data, data.train)
    step = -(-len(windows) // LOOKED_AT)
    off = (windows[::step] - wanted[::step, :1]).abs().mean((0, 2))
    return len(off) - int(off.argmin())


def naive_of(data: Dataset, split: Split, horizon: int, back: int) -> torch.Tensor:
    """Give the naive forecast of every window: what was a whole number of such steps before, last known."""
    windows, _ = _known(data, split)
    length = windows.shape[1]
    places = [length + step - back * -(-(step + 1) // back) for step in range(horizon)]
    return windows[:, places]


def _known(data: Dataset, split: Split) -> tuple[torch.Tensor, torch.Tensor]:
    """Give what was seen of the numbers to forecast (window, step, number), and what came."""
    facts = data.preprocessing
    columns = [facts.columns.index(name) for name in facts.targets]
    (inputs,), (targets,) = split.inputs.values(), split.targets.values()
    return inputs[:, :, columns].float(), _steps(targets)


def _steps(values: torch.Tensor) -> torch.Tensor:
    """Give values as window, step, number; a single number is not told apart from a single step."""
    values = values.detach().float().cpu()
    return values.unsqueeze(-1) if values.dim() == 2 else values


def _every(split: Split) -> int:
    """Give how many steps lie between two windows: how far the second one is the first one moved on."""
    (inputs,) = split.inputs.values()
    if len(inputs) < 2:
        return 1
    first, second = inputs[0], inputs[1]
    for step in range(1, len(first)):
        if torch.equal(first[step:], second[:-step]):
            return step
    return len(first)
