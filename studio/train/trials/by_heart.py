"""Trains with one batch alone: a network that cannot learn that by heart learns nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import torch
from torch import nn

from studio.graph import Message
from studio.graph.text import Translate
from studio.project import Project
from studio.train.control import Control
from studio.train.events import Failed, Finished, Json, StepDone, english
from studio.train.loop import engine
from studio.train.machine.choices import Choices
from studio.train.machine.devices import Device
from studio.train.runs.session import opened
from studio.train.settings import Settings
from studio.train.trials.alone import planned

STEPS = 300
"""Steps in which a network should know one batch by heart."""

_KNOWN = 0.05
"""The share of the first loss that is as good as nothing."""

_LEARNED = 0.3
"""The share of the first loss below which a batch counts as learned."""


@dataclass(frozen=True)
class ByHeart:
    """Whether one batch could be learned by heart.

    Attributes:
        learned: whether it could.
        first: the loss before.
        last: the loss after.
        steps: how many steps it took.
        message: what that means.
        losses: of each step.
    """

    learned: bool
    first: float
    last: float
    steps: int
    message: Message
    losses: tuple[float, ...] = field(default=(), repr=False)

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give it as one JSON object."""
        return {
            "event": "by_heart",
            "learned": self.learned,
            "first": _number(self.first),
            "last": _number(self.last),
            "steps": self.steps,
            "message": self.message.render(translate),
        }


def overfit_batch(
    project: Project,
    *,
    device: str | None = None,
    steps: int = STEPS,
    control: Control | None = None,
) -> Iterator[StepDone | ByHeart | Failed]:
    """Train with one batch alone, without dropout: a network that cannot learn that learns nothing.

    Args:
        project: a snapshot.
        device: where; the plan's when not given.
        steps: how many there may be.
        control: stops it.

    Raises:
        NetwrightError: it cannot begin: a value of the plan, or a device that does not exist.
    """
    control = control or Control()
    plan, where = planned(project.plan, device)
    plan = replace(plan, schedules={})
    for name, value in {
        "epochs": steps, "patience": None, "mixup": 0.0, "l1": 0.0, "accumulate": 1, "ema": None,
        "validate_every": None, "monitor": "", "compile": False,
    }.items():  # fmt: skip
        plan = replace(plan, loop=plan.loop.with_parameter(name, value))
    return _by_heart(replace(project, plan=plan), where, steps, control)


def _by_heart(
    project: Project, where: Device, steps: int, control: Control
) -> Iterator[StepDone | ByHeart | Failed]:
    settings = Settings.of(project.plan)
    prepared = opened(project, where, control)
    if prepared is None:
        return
    if isinstance(prepared, Failed):
        yield prepared
        return
    data, models = prepared.data, prepared.models
    order = torch.randperm(len(data.train), generator=torch.Generator().manual_seed(settings.seed))
    batch = data.train.take(order[: settings.batch_size]).here()
    none = data.validation.take(torch.arange(0))
    for model in models.values():
        for module in model.modules():
            if isinstance(module, nn.modules.dropout._DropoutNd):  # there is no public base class
                module.p = 0.0
    losses: list[float] = []
    own = _Follower(control)
    for event in engine.run(
        project.plan,
        models,
        replace(data, train=batch, validation=none, test=none),
        device=where,
        choices=Choices(max(settings.threads, 1)),
        rates=prepared.rates,
        control=own,
        report_seconds=0.0,
    ):
        if isinstance(event, Failed):
            yield prepared.placed(event)
            return
        if isinstance(event, StepDone):
            losses.append(event.metrics.get("loss", math.nan))
            yield event
            if _known(losses, event.metrics):
                own.stop()
        if isinstance(event, Finished):
            break
    yield _judgement(losses)


class _Follower(Control):
    """A control of its own that obeys another one too."""

    def __init__(self, leader: Control) -> None:
        super().__init__()
        self._leader = leader

    @property
    def stopped(self) -> bool:
        return self._stop or self._leader.stopped


def _known(losses: list[float], metrics: Mapping[str, float]) -> bool:
    if losses[-1] <= _KNOWN * losses[0]:
        return True
    return metrics.get("accuracy", 0.0) == 1.0 and losses[-1] <= _LEARNED * losses[0]


def _judgement(losses: list[float]) -> ByHeart:
    first, last = (losses[0], losses[-1]) if losses else (math.nan, math.nan)
    learned = bool(losses) and last <= _LEARNED * first
    values = {"first": f"{first:.4g}", "last": f"{last:.4g}", "steps": len(losses)}
    if learned:
        said = Message(
            "One batch is learned by heart: its loss fell from {first} to {last} in {steps} steps.", **values
        )
    else:
        said = Message(
            "One batch is not learned by heart: its loss went from {first} to {last} in {steps} steps. Look "
            "at the learning rate, the loss, and whether targets belong to their inputs.",
            **values,
        )
    return ByHeart(learned, first, last, len(losses), said, tuple(losses))


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
