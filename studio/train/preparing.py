"""Everything between a plan and the first step: the recipe bound, data on the device, choices made."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import cast

import torch
from torch import nn

from studio.data import Dataset
from studio.data.memory import in_units
from studio.graph import Message
from studio.project import Plan
from studio.train.choices import Choices, Told, decide, key_of
from studio.train.devices import Device, has_bfloat16
from studio.train.feed import Feed, batches, fits, normalises
from studio.train.learner import Learner, learn_together
from studio.train.peek import Known, Part, Viewer
from studio.train.random_stream import RandomStream
from studio.train.recipe import Again, Recipe, Roles, Tools, TrainError
from studio.train.settings import Settings
from studio.train.terms import optimizer_of

_TRIED = 8
"""Batches that measuring goes through again and again."""


class Workbench:
    """The tools of a recipe while it trains."""

    def __init__(self, learners: Mapping[str, Learner], device: torch.device, bfloat16: bool) -> None:
        """Lay the tools out.

        Args:
            learners: role to its way of learning.
            device: where it computes.
            bfloat16: whether networks compute with half as many bits.
        """
        self.learners = learners
        self._kind = device.type
        self.bfloat16 = bfloat16
        self._plain: AbstractContextManager[object] = nullcontext()

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute."""
        return torch.autocast(self._kind, dtype=torch.bfloat16) if self.bfloat16 else self._plain

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        """Move the weights of one network or of several."""
        if isinstance(roles, str):
            self.learners[roles].learn(loss, again)
        else:
            learn_together([self.learners[role] for role in roles], loss)


class Bystander:
    """The tools of a recipe that only computes: it learns nothing, but gives gradients if asked to."""

    def __init__(self, workbench: Workbench, gradients: bool = False) -> None:
        """Look on at a workbench.

        Args:
            workbench: whose numbers to compute with.
            gradients: whether losses are led back through the networks.
        """
        self._workbench = workbench
        self._gradients = gradients

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute."""
        return self._workbench.precision()

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        """Leave the weights alone."""
        if self._gradients:
            for role in (roles,) if isinstance(roles, str) else roles:
                self._workbench.learners[role].optimizer.zero_grad()
            loss.backward()


@dataclass
class Ready:
    """All that the loop works with."""

    settings: Settings
    device: Device
    recipe: Recipe
    tools: Workbench
    train: Feed
    validation: Feed
    normalises: bool
    choices: Choices
    messages: tuple[Message, ...]
    known: Known

    @property
    def models(self) -> Mapping[str, nn.Module]:
        """The networks by role."""
        return self.recipe.models

    @property
    def steps_per_epoch(self) -> int:
        """How many steps an epoch has."""
        return len(batches(self.train.count, self.settings.batch_size, self.normalises))

    def facts(self) -> dict[str, int | str]:
        """Give what can change the last bits of a result."""
        return {
            "threads": self.choices.threads,
            "channels_last": self.choices.channels_last,
            "fused": any(found.optimizer.defaults.get("fused") for found in self.tools.learners.values()),
            "precision": "bfloat16" if self.tools.bfloat16 else "float32",
        }

    def judge_tools(self) -> Tools:
        """Give tools that learn nothing."""
        return Bystander(self.tools)

    def viewer(self) -> Viewer:
        """Give what looks into the networks between two steps."""
        feeds: dict[Part, Feed] = {"train": self.train, "validation": self.validation}
        return Viewer(self.recipe, feeds, self.known, self.tools.precision)


def prepare(
    plan: Plan,
    models: Mapping[str, nn.Module],
    data: Dataset,
    settings: Settings,
    device: Device,
    *,
    choices: Choices | None = None,
    rates: Mapping[str, Mapping[str, float]],
    wanted: Callable[[], bool],
) -> Ready:
    """Bind, check, measure and move everything.

    Args:
        plan: how to train.
        models: the networks by role.
        data: what to learn from.
        settings: the loop's parameters.
        device: where to compute.
        choices: made before, for a run that is resumed; measured when not given.
        rates: role to dotted module names to a factor on the learning rate.
        wanted: whether to go on.

    Raises:
        NetwrightError: something does not fit; nothing was trained.
    """
    where = device.torch
    single = len(data.train) == 1 or settings.batch_size == 1
    normalised = normalises(models)
    if normalised and single:
        raise TrainError(
            Message("The network normalises over the batch, which needs a batch size of at least 2.")
        )
    # Whatever is drawn while preparing is drawn from a stream that is thrown away.
    scratch = RandomStream(settings.seed + 1, where)
    scratch.enter()
    try:
        for model in models.values():
            model.to(where)
        bfloat16, notes = _precision(settings, where)
        told = (
            Told(choices, (Message("Threads: {count}", count=choices.threads),))
            if choices is not None
            else _decide(plan, models, data, settings, where, bfloat16, wanted)
        )
        if told.choices.channels_last:
            for model in models.values():
                model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # not in the types
        recipe = make_recipe(plan, models, data)
        ready = recipe.prepare(data)
    finally:
        scratch.leave()
    steps = settings.epochs * len(batches(len(ready.train), settings.batch_size, normalised))
    learners = _learners(plan, models, settings, where, rates, steps)
    size = ready.train.bytes + ready.validation.bytes
    keep = fits(size, where, device.memory_free)
    train, validation = (
        Feed(part, where, channels_last=told.choices.channels_last, keep=keep)
        for part in (ready.train, ready.validation)
    )
    return Ready(
        settings,
        device,
        recipe,
        Workbench(learners, where, bfloat16),
        train,
        validation,
        normalised,
        told.choices,
        (*told.messages, *notes, *_told(learners, size, keep, where)),
        Known.of(data),
    )


def make_recipe(plan: Plan, models: Mapping[str, nn.Module], data: Dataset) -> Recipe:
    """Make the recipe of a plan; the class comes from the catalogue, never from a file."""
    values = plan.recipe.resolved("recipe")
    declared = plan.recipe.declared("recipe")
    assert declared is not None  # `resolved` has refused what is not declared
    module, _, name = declared.target.rpartition(".")
    return cast(Recipe, getattr(importlib.import_module(module), name)(plan, models, data, **values))


def _learners(
    plan: Plan,
    models: Mapping[str, nn.Module],
    settings: Settings,
    device: torch.device,
    rates: Mapping[str, Mapping[str, float]],
    steps: int,
) -> dict[str, Learner]:
    made: dict[str, Learner] = {}
    for role, model in models.items():
        made[role] = Learner(
            role,
            model,
            optimizer_of(plan, role),
            plan.schedules.get(role),
            clip_norm=settings.clip_norm,
            rates=rates.get(role, {}),
            device=device,
            clip_value=settings.clip_value,
            l1=settings.l1,
            steps=steps,
            epochs=settings.epochs,
        )
    return made


def _decide(
    plan: Plan,
    models: Mapping[str, nn.Module],
    data: Dataset,
    settings: Settings,
    device: torch.device,
    bfloat16: bool,
    wanted: Callable[[], bool],
) -> Told:
    """Measure threads and layout on copies of everything."""
    count = min(len(data.train), settings.batch_size * _TRIED)
    part = replace(data, train=data.train.take(torch.arange(count)))

    def trial(channels_last: bool) -> Callable[[], None]:
        copies = {role: copy.deepcopy(model) for role, model in models.items()}
        if channels_last:
            for model in copies.values():
                model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # not in the types
        recipe = make_recipe(plan, copies, part)
        ready = recipe.prepare(part)
        feed = Feed(ready.train, device, channels_last=channels_last, keep=True)
        feed.shuffle(settings.seed, 0)
        tools = Workbench(_learners(plan, copies, settings, device, {}, 1 << 20), device, bfloat16)
        full = count - count % settings.batch_size
        spans = batches(full, settings.batch_size, False) or [(0, count)]
        for model in copies.values():
            model.train()
        turn = 0

        def step() -> None:
            nonlocal turn
            recipe.step(feed.shuffled(*spans[turn % len(spans)]), tools)
            turn += 1

        return step

    shapes = [tuple(values.shape[1:]) for values in data.train.inputs.values()]
    pictures = any(isinstance(m, nn.Conv2d) for model in models.values() for m in model.modules())
    sizes = [settings.batch_size, shapes, sorted(plan.optimizers.items(), key=repr), bfloat16]
    return decide(
        trial,
        key=key_of(models, sizes, device),
        device=device,
        threads=settings.threads,
        pictures=pictures and any(len(shape) == 3 for shape in shapes),
        wanted=wanted,
    )


def _precision(settings: Settings, device: torch.device) -> tuple[bool, tuple[Message, ...]]:
    if settings.precision != "bfloat16":
        return False, ()
    if not has_bfloat16(device):
        return False, (
            Message("Numbers: float32, because this device has no bfloat16 of its own and would be slower."),
        )
    return True, (Message("Numbers: bfloat16 in the networks, float32 for weights and losses"),)


def _told(
    learners: Mapping[str, Learner], size: int, keep: bool, device: torch.device
) -> tuple[Message, ...]:
    fused = any(learner.optimizer.defaults.get("fused") for learner in learners.values())
    if device.type == "cpu":
        data = Message("Data: {size} kept in memory, picked by number", size=in_units(size))
    elif keep:
        data = Message("Data: {size} kept on the device, picked there", size=in_units(size))
    else:
        data = Message("Data: {size} kept in memory and moved batch by batch", size=in_units(size))
    notes = [Message("Optimizer: fused, all weights in one pass")] if fused else []
    notes += [note for learner in learners.values() for note in learner.notes]
    return (*notes, data)
