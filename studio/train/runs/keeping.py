"""Keeps a running training in its folder and in the database, without ever making it wait for long."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project import file as project_file
from studio.train.events import (
    EpochDone,
    Event,
    Failed,
    Finished,
    Started,
    StepDone,
    Validated,
    Warned,
)
from studio.train.metrics import MetricLog
from studio.train.runs.checkpoint import BEST, LAST, State, judged_weights, write_state, write_weights
from studio.train.runs.record import PROJECT, RunRecord
from studio.train.runs.store import RunStore
from studio.train.runs.weights import Tensors

RECORD_SECONDS = 5.0
"""The shortest time between two writings of the record and the curves of a running training."""


class RunKeeper:
    """The folder of one run.

    Attributes:
        record: what is known of the run.
    """

    def __init__(self, record: RunRecord, log: MetricLog, project: Project | None = None) -> None:
        """Keep a run.

        Args:
            record: what is known of it; its folder is there.
            log: its curves.
            project: what a resumed run goes on with, such as more epochs; kept once it has begun.
        """
        self._project = project
        self.record = record
        self._log = log
        self._store = RunStore.of(record.folder)
        self._kept: dict[str, int] = {}
        self._written = time.monotonic()
        self._began = time.monotonic() - record.seconds
        self._warned = False

    def go_on(self, step: int) -> None:
        """Put the curves up to a checkpoint into the log; what came after it is computed again.

        Raises:
            NetwrightError: the database cannot be read or written.
        """
        self._store.forget_after(self.record.folder, step)
        for key, steps, values in self._store.curves(self.record.folder):
            self._log.extend(key, steps, values)
            self._kept[key] = len(steps)
        self.record = replace(self.record, step=step)

    # -- what the engine asks for -----------------------------------------------------------------------

    def save(self, state: State, best: Tensors | None) -> Path:
        """Keep curves, best weights and state, in this order: what a state stands for is there before it."""
        self._keep_curves()
        if best is not None and state["best"] is not None:
            self.keep_best(best, state["best"])
        return write_state(self.record.folder, state)

    def keep_best(self, best: Tensors, facts: Mapping[str, Any]) -> None:
        """Keep the best weights."""
        notes = {"epoch": str(facts["epoch"]), "step": str(facts["step"])}
        write_weights(self.record.folder / BEST, best, notes)

    def finish(self, state: State) -> None:
        """Keep the last weights for everyone to read."""
        position = state["position"]
        notes = {"epoch": str(position["epoch"]), "step": str(position["step"])}
        write_weights(self.record.folder / LAST, judged_weights(state), notes)

    # -- what goes by -------------------------------------------------------------------------------------

    def watched(
        self,
        training: Generator[Event, None, None],
        notes: tuple[Message, ...],
        placed: Callable[[Failed], Failed],
        warnings: tuple[Warned, ...] = (),
    ) -> Generator[Event, None, None]:
        """Pass the events on, and keep what they say.

        Args:
            training: the events of the engine.
            notes: sentences to tell with the start.
            placed: leads a failure to its node.
            warnings: what to tell behind the start.
        """
        try:
            for event in training:
                told = event
                match event:
                    case Started():
                        told = replace(event, choices=(*event.choices, *notes))
                        self.record = replace(self.record, choices=dict(event.facts), reason=None)
                        yield from self._keep(self._project)
                    case StepDone():
                        self.record = replace(self.record, step=event.step)
                    case EpochDone():
                        self._epoch(event)
                    case Validated(best=True):
                        self.record = replace(self.record, best=_best(event))
                    case Finished():
                        self.record = replace(self.record, status=event.reason, step=event.step)
                        yield from self._keep()
                    case Failed():
                        told = placed(event)
                        self.record = replace(self.record, status="failed", reason=told.message)
                        yield from self._keep()
                if time.monotonic() - self._written > RECORD_SECONDS:
                    yield from self._keep()
                yield told
                if isinstance(event, Started):
                    yield from warnings
        except (GeneratorExit, KeyboardInterrupt):
            training.close()
            if self.record.status == "running":
                self.record = replace(self.record, status="stopped")
                for _ in self._keep():
                    pass
            raise

    def _epoch(self, event: EpochDone) -> None:
        best = self.record.best
        if event.best:
            best = _best(event)
        self.record = replace(self.record, epochs=event.epoch, step=event.step, best=best)

    def _keep(self, project: Project | None = None) -> Generator[Event, None, None]:
        """Write record and curves; when that fails, say so once and go on."""
        self.record = replace(self.record, ended=time.time(), seconds=time.monotonic() - self._began)
        try:
            if project is not None:
                project_file.write(project, self.record.folder / PROJECT)
            self.record.write()
            self._store.keep(self.record)
            self._keep_curves()
        except NetwrightError as error:
            if not self._warned:
                self._warned = True
                yield Warned(error.message)
        self._written = time.monotonic()

    def _keep_curves(self) -> None:
        points = {}
        for key in self._log.keys():  # noqa: SIM118  # no dict
            steps, values = self._log.series(key)
            start = self._kept.get(key, 0)
            if len(steps) > start:
                points[key] = (steps[start:], values[start:])
        if points:
            self._store.add(self.record.folder, points)
            for key, (steps, _) in points.items():
                self._kept[key] = self._kept.get(key, 0) + len(steps)


def _best(event: EpochDone | Validated) -> dict[str, Any]:
    """Give the best figures as a record holds them."""
    figures = {name: value if math.isfinite(value) else None for name, value in event.metrics.items()}
    return {"epoch": event.epoch, "step": event.step, **figures}
