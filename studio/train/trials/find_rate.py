"""Finds a learning rate: ever larger ones, on networks of its own, and where the loss falls the longest."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from studio.graph.text import Translate
from studio.project import Project
from studio.train.control import Control
from studio.train.events import Failed, Json, english
from studio.train.recipe import NotFiniteError
from studio.train.runs.preparing import Ready
from studio.train.trials.alone import endless, planned, stepped, tried

LOWEST, HIGHEST, STEPS = 1e-7, 10.0, 100
"""Between which learning rates is looked, and in how many steps."""

_DIVERGED = 4.0
"""How many times the lowest loss ends the search."""

_SMOOTH = 0.9
"""How much of the smoothed loss stays in each step."""

_WARM = 10
"""Steps before which the loss says little."""


@dataclass(frozen=True)
class RatePoint:
    """One step of the search for a learning rate.

    Attributes:
        rate: the learning rate of the step.
        loss: of the batch, smoothed.
        progress: the share of the search that is done, 0 to 1.
    """

    rate: float
    loss: float
    progress: float

    def json(self, translate: Translate = english) -> Json:
        """Give it as one JSON object."""
        return {"event": "rate", "rate": self.rate, "loss": self.loss, "progress": round(self.progress, 4)}


@dataclass(frozen=True)
class RatesFound:
    """The curve of losses over learning rates.

    Attributes:
        points: the steps, by rising rate.
        suggestion: a good learning rate; None where no loss fell.
    """

    points: tuple[RatePoint, ...]
    suggestion: float | None

    def json(self, translate: Translate = english) -> Json:
        """Give it as one JSON object."""
        return {
            "event": "rates",
            "suggestion": self.suggestion,
            "points": [[point.rate, point.loss] for point in self.points],
        }


def find_rate(
    project: Project,
    *,
    device: str | None = None,
    lowest: float = LOWEST,
    highest: float = HIGHEST,
    steps: int = STEPS,
    control: Control | None = None,
) -> Iterator[RatePoint | RatesFound | Failed]:
    """Take steps at ever larger learning rates, and find where the loss falls the longest.

    Args:
        project: a snapshot.
        device: where; the plan's when not given.
        lowest: the first rate.
        highest: the last rate.
        steps: how many there are; fewer where the loss grows beyond measure.
        control: stops it; then what was found up to there is given.

    Raises:
        NetwrightError: it cannot begin: a value of the plan, or a device that does not exist.
    """
    plan, where = planned(project.plan, device)
    # A schedule would move the rate besides.
    project = replace(project, plan=replace(plan, schedules={}))
    rates = [lowest * (highest / lowest) ** (step / max(steps - 1, 1)) for step in range(steps)]
    return tried(project, where, control or Control(), lambda ready, asked: _rates(ready, asked, rates))


def _rates(
    ready: Ready, control: Control, rates: list[float]
) -> Generator[RatePoint | RatesFound, None, None]:
    learners = ready.tools.learners.values()
    begun = [[float(group["lr"]) for group in learner.optimizer.param_groups] for learner in learners]
    first = begun[0][0] or 1.0
    points: list[RatePoint] = []
    average, best = 0.0, math.inf
    for number, (rate, batch) in enumerate(zip(rates, endless(ready), strict=False), 1):
        if control.stopped:
            break
        for learner, groups in zip(learners, begun, strict=True):
            for group, own in zip(learner.optimizer.param_groups, groups, strict=True):
                group["lr"] = rate * own / first
        try:
            loss = stepped(ready, batch)
        except NotFiniteError:
            break
        average = _SMOOTH * average + (1 - _SMOOTH) * loss
        smoothed = average / (1 - _SMOOTH**number)
        if not math.isfinite(smoothed) or (number > _WARM and smoothed > _DIVERGED * best):
            break
        best = min(best, smoothed)
        points.append(RatePoint(rate, smoothed, number / len(rates)))
        yield points[-1]
    yield RatesFound(tuple(points), suggested_rate([p.rate for p in points], [p.loss for p in points]))


def suggested_rate(rates: list[float], losses: list[float]) -> float | None:
    """Give the rate two thirds down the longest fall of the loss; None where it never fell.

    The longest falling row among the losses need not be without gaps, so that noise does not break it.
    """
    if len(losses) < 3:
        return None
    length, before = [1] * len(losses), [-1] * len(losses)
    for here, loss in enumerate(losses):
        for there in range(here):
            if loss < losses[there] and length[there] + 1 > length[here]:
                length[here], before[here] = length[there] + 1, there
    place = max(range(len(losses)), key=lambda index: length[index])
    row = [place]
    while before[row[-1]] >= 0:
        row.append(before[row[-1]])
    row.reverse()
    if len(row) < 3:
        return None
    # Of the way along the axis, not of the row: where it falls steeply its members stand close together.
    return rates[row[0] + (row[-1] - row[0]) * 2 // 3]
