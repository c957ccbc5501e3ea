"""Trains: a generator of events that computes only while the next event is asked for.

    for event in run(plan, model, data):
        ...

Between two events the caller may do what it likes with torch, its random numbers and threads included. The
hot part of the loop holds no hook, no lock and no signal, and reads nothing back from the device: figures
are read together, ten times a second at most. Whatever goes wrong becomes a `Failed` event in words; Ctrl-C
is raised between two steps, with everything kept.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Mapping
from pathlib import Path

import torch
from torch import nn

from studio.compiler.custom import TookTooLong
from studio.data import Dataset
from studio.project import MODEL, Plan
from studio.train.control import Control
from studio.train.events import Event, Failed
from studio.train.failure import Explained, explain
from studio.train.loop.epochs import Loop
from studio.train.loop.interrupts import held_back
from studio.train.loop.random_stream import RandomStream
from studio.train.machine.choices import Choices
from studio.train.machine.determinism import computing_alike
from studio.train.machine.devices import Device, choose, free_memory
from studio.train.machine.processes import Agreed, Processes
from studio.train.metrics import MetricLog
from studio.train.recipe import NotFiniteError
from studio.train.runs.checkpoint import Keeper, State
from studio.train.runs.preparing import Ready, prepare
from studio.train.settings import Settings
from studio.train.trials.first_look import first_look

APART = 1_000_003
"""What lies between the seeds of the random numbers of two processes that train together."""

REPORT_SECONDS = 0.1
"""The shortest time between two `StepDone`, but for the end of an epoch."""


def run(
    plan: Plan,
    models: nn.Module | Mapping[str, nn.Module],
    data: Dataset,
    *,
    device: Device | None = None,
    choices: Choices | None = None,
    rates: Mapping[str, Mapping[str, float]] | None = None,
    control: Control | None = None,
    log: MetricLog | None = None,
    keeper: Keeper | None = None,
    folder: Path | None = None,
    state: State | None = None,
    max_steps: int | None = None,
    report_seconds: float = REPORT_SECONDS,
    processes: Processes | None = None,
) -> Generator[Event, None, None]:
    """Train networks.

    Args:
        plan: how.
        models: the network, or the networks by their role in the recipe; they are trained in place.
        data: what to learn from.
        device: where; the plan's when not given.
        choices: threads and layout; measured when not given.
        rates: role to dotted module names to a factor on the learning rate.
        control: pauses and stops it.
        log: where the curves go.
        keeper: where checkpoints go; without one there are none.
        folder: the folder of the run, named in the events.
        state: where an earlier training stood; this one goes on from there.
        max_steps: end after so many steps since the very start.
        report_seconds: shortest time between two `StepDone`; 0 tells each step.
        processes: those that train together, if this is one of several.
    """
    roles = {MODEL: models} if isinstance(models, nn.Module) else dict(models)
    training = _Training(folder)
    try:
        yield from training.events(
            plan,
            roles,
            data,
            device=device,
            choices=choices,
            rates=rates or {},
            control=control or Control(),
            log=log or MetricLog(),
            keeper=keeper,
            state=state,
            max_steps=max_steps,
            report_seconds=report_seconds,
            processes=processes,
        )
    except (Exception, SystemExit, TookTooLong) as error:  # noqa: BLE001  # a training may fail; its window may not
        training.fail(error, roles)
    # Here the error and all that it held is gone, so that its memory can be given back.
    if training.failed is not None:
        _release(roles, training.device)
        yield training.failed


class _Training:
    """One call of `run`: what is known of it when it fails."""

    def __init__(self, folder: Path | None) -> None:
        self.device = torch.device("cpu")
        self.failed: Failed | None = None
        self._folder = folder
        self._batch_size = 1
        self._loop: Loop | None = None
        self._stream: RandomStream | None = None

    def events(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        device: Device | None,
        choices: Choices | None,
        rates: Mapping[str, Mapping[str, float]],
        control: Control,
        log: MetricLog,
        keeper: Keeper | None,
        state: State | None,
        max_steps: int | None,
        report_seconds: float,
        processes: Processes | None,
    ) -> Generator[Event, None, None]:
        settings = Settings.of(plan)
        self._batch_size = settings.batch_size
        where = device or choose(settings.device)
        self.device = where.torch
        if state is not None:
            compiled = state.get("compiled", False)
            choices = choices or Choices(state["threads"], state["channels_last"], compiled)
        ready = prepare(
            plan,
            models,
            data,
            settings,
            where,
            choices=choices,
            rates=rates,
            wanted=lambda: not control.stopped,
            processes=processes,
        )
        apart = 0 if processes is None else processes.rank * APART
        self._stream = stream = RandomStream(settings.seed + 1 + apart, where.torch)
        self._loop = loop = Loop(
            ready,
            stream,
            control=control if processes is None else Agreed(control, processes),
            log=log,
            keeper=keeper,
            folder=self._folder,
            max_steps=max_steps,
            report_seconds=report_seconds,
        )
        if state is not None:
            loop.restore(state)
        else:
            _look_first(ready, settings.seed)
        alike = settings.deterministic
        try:
            yield from _computing(loop, stream, ready.choices.threads, control, alike)
        finally:
            ready.train.close()
            ready.validation.close()

    def fail(self, error: BaseException, models: Mapping[str, nn.Module]) -> None:
        """Put a failure into words, and let go of everything else."""
        explained = self._explained(error, models)
        if self._loop is not None:
            self._loop.keep_what_can_be_kept()
        self._loop = self._stream = None
        self.failed = Failed(
            explained.message,
            explained.details,
            explained.node or explained.place or None,
            explained.graph,
            self._folder,
            explained.expected,
            explained.received,
            explained.fixes,
        )

    def _explained(self, error: BaseException, models: Mapping[str, nn.Module]) -> Explained:
        if not isinstance(error, NotFiniteError) or self._loop is None or self._stream is None:
            return explain(error, models, self._batch_size, self.device)
        self._stream.enter()
        try:
            return self._loop.explain_not_finite(error)
        finally:
            self._stream.leave()


def _look_first(ready: Ready, seed: int) -> None:
    """Look at one batch, with random numbers that are thrown away, and have told what was seen."""
    scratch = RandomStream(seed + 1, ready.device.torch)
    outside = torch.get_num_threads()
    torch.set_num_threads(ready.choices.threads)
    scratch.enter()
    try:
        looked = first_look(ready)
    finally:
        scratch.leave()
        torch.set_num_threads(outside)
    ready.messages += looked.messages
    ready.warnings += looked.warnings


def _computing(
    loop: Loop, stream: RandomStream, threads: int, control: Control, alike: bool
) -> Generator[Event, None, None]:
    """Run the loop with its own random numbers and threads, and give everyone theirs back at each event."""
    events = loop.events()
    outside = torch.get_num_threads()
    while True:
        outside = torch.get_num_threads()
        torch.set_num_threads(threads)
        stream.enter()
        try:
            with torch.enable_grad(), held_back(control), computing_alike(alike, stream.device):
                event = next(events, None)
        finally:
            stream.leave()
            torch.set_num_threads(outside)
        if event is None:
            if control.interrupted:
                raise KeyboardInterrupt
            return
        try:
            yield event
        except GeneratorExit:
            stream.enter()
            try:
                loop.abandon()
            finally:
                stream.leave()
            raise


def _release(models: Mapping[str, nn.Module], device: torch.device) -> None:
    """Give back all memory that can be given back."""
    for model in models.values():
        model.zero_grad(set_to_none=True)
    gc.collect()
    free_memory(device)
