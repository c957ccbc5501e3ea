"""What trials before a training share: networks of their own, and random numbers apart from all others."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import TypeVar

import torch

from studio.project import Plan, Project
from studio.train.control import Control
from studio.train.events import Failed
from studio.train.failure import explain
from studio.train.loop.random_stream import RandomStream
from studio.train.machine.determinism import computing_alike
from studio.train.machine.devices import Device, choose
from studio.train.recipe import Batch
from studio.train.runs.preparing import Ready, prepare
from studio.train.runs.session import opened
from studio.train.settings import Settings

T = TypeVar("T")

Work = Callable[[Ready, Control], Generator[T, None, None]]
"""What a trial does, step by step."""


def planned(plan: Plan, device: str | None) -> tuple[Plan, Device]:
    """Give the plan and the device of a trial.

    Raises:
        NetwrightError: a value of the plan is wrong, or there is no such device.
    """
    if device is not None:
        plan = replace(plan, loop=plan.loop.with_parameter("device", device))
    return plan, choose(Settings.of(plan).device)


def tried(project: Project, device: Device, control: Control, work: Work[T]) -> Iterator[T | Failed]:
    """Do a trial; between two of its steps the random numbers and threads of the process are everyone's.

    Args:
        project: a snapshot.
        device: where to compute.
        control: stops it.
        work: the trial.
    """
    found = opened(project, device, control)
    if found is None:
        return
    if isinstance(found, Failed):
        yield found
        return
    settings = Settings.of(project.plan)
    stream = RandomStream(settings.seed + 1, device.torch)
    models = dict(found.models)
    try:
        ready = prepare(
            project.plan,
            models,
            found.data,
            settings,
            device,
            rates=found.rates,
            wanted=lambda: not control.stopped,
        )
        for model in ready.models.values():
            model.train()
        ready.train.shuffle(settings.seed, 0)
        steps = work(ready, control)
        while True:
            outside = torch.get_num_threads()
            torch.set_num_threads(ready.choices.threads)
            stream.enter()
            try:
                with torch.enable_grad(), computing_alike(settings.deterministic, device.torch):
                    step = next(steps, None)
            finally:
                stream.leave()
                torch.set_num_threads(outside)
            if step is None:
                return
            yield step
    except Exception as error:  # noqa: BLE001  # a trial may fail; its window may not
        told = explain(error, models, settings.batch_size, device.torch)
        yield found.placed(
            Failed(
                told.message,
                told.details,
                told.node or told.place or None,
                told.graph,
                None,
                told.expected,
                told.received,
                told.fixes,
            )
        )


def endless(ready: Ready) -> Iterator[list[Batch]]:
    """Give the batches of steps, epoch after epoch."""
    epoch = 0
    while True:
        ready.train.shuffle(ready.settings.seed, epoch)
        for start, end in ready.spans():
            yield [ready.train.shuffled(*part) for part in ready.parts(start, end)]
        epoch += 1


def stepped(ready: Ready, batches: list[Batch]) -> float:
    """Take one step; give its loss.

    Raises:
        NotFiniteError: the loss or a gradient is no number.
    """
    whole = sum(batch.size for batch in batches)
    total, start = 0.0, 0
    for batch in batches:
        ready.tools.take_part((start, start + batch.size), (0, whole))
        start += batch.size
        outcome = ready.recipe.step(batch, ready.tools)
        total += float(outcome.losses["loss"].detach()) * batch.size
    return total / whole
