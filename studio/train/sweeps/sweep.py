"""A sweep: many trainings of one project, each a run like any other, until the best settings are known.

What happened is on the disk before the next thing begins. A sweep that is stopped, or killed, goes on where
it was: the training that was broken off is resumed, and all after it is chosen as it would have been.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from studio.graph import Message, NetwrightError
from studio.graph.text import Translate
from studio.project import Project
from studio.project.process import this_process
from studio.project.sweeps import SweepPlan, checked, varied
from studio.train.control import Control
from studio.train.events import EpochDone, Event, Failed, Finished, Json, english
from studio.train.metrics import MetricLog
from studio.train.recipe import TrainError
from studio.train.runs.checkpoint import read_state
from studio.train.runs.record import RECORD, new_run_dir, plain_path, read_record
from studio.train.runs.session import PathLike, run
from studio.train.runs.store import RunStore
from studio.train.sweeps.search import hopeless, require, suggest
from studio.train.sweeps.state import NOBODY, Sweep, Trial, TrialState, begin, new_folder, read

PRUNED = "pruned"
"""The state of a run that was ended early because it did worse than others."""

HOPELESS = 3
"""When so many trainings have failed and none has come to its end, the sweep is ended."""


@dataclass(frozen=True)
class TrialBegun:
    """A training of a sweep begins; its own events follow.

    Attributes:
        sweep: how the sweep stands.
        trial: the training.
        project: what is trained.
        log: where its curves go.
    """

    sweep: Sweep
    trial: Trial
    project: Project
    log: MetricLog

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {"event": "trial", **self.trial.json(translate)}


@dataclass(frozen=True)
class TrialDone:
    """A training of a sweep is over.

    Attributes:
        sweep: how the sweep stands.
        trial: the training.
    """

    sweep: Sweep
    trial: Trial

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {"event": "trial", **self.trial.json(translate)}


@dataclass(frozen=True)
class SweepDone:
    """The sweep ended, or was stopped.

    Attributes:
        sweep: how it stands.
        reason: `completed`, `stopped`, or `failed` where no training could come to its end.
    """

    sweep: Sweep
    reason: str

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        best = self.sweep.best
        return {
            "event": "sweep",
            "sweep": str(self.sweep.folder),
            "reason": self.reason,
            "best": None if best is None else best.json(translate),
        }


SweepEvent = Event | TrialBegun | TrialDone | SweepDone

Told = Callable[[Message, float], None]


def sweep(
    project: Project,
    plan: SweepPlan,
    *,
    device: str | None = None,
    folder: PathLike | None = None,
    file: PathLike | None = None,
    document: str = "",
    control: Control | None = None,
    progress: Told | None = None,
) -> Iterator[SweepEvent]:
    """Begin a sweep.

    Args:
        project: a snapshot.
        plan: what is tried.
        device: where; the project's plan's when not given.
        folder: where to keep it; a new one beside the runs when not given.
        file: the project's file: its runs are listed with the others.
        document: what a project that was never saved is known by.
        control: pauses and stops it.
        progress: told what a training does before its first step.

    Raises:
        NetwrightError: it cannot begin.
    """
    plan = checked(plan)
    require(plan)
    place = None if file is None else plain_path(file)
    where = new_folder(place, document) if folder is None else plain_path(folder)
    made = begin(project, plan, where, "" if place is None else str(place))
    return _Sweeping(made, project, device, document, control or Control(), progress).events()


def resume(
    folder: PathLike,
    *,
    device: str | None = None,
    document: str = "",
    control: Control | None = None,
    progress: Told | None = None,
) -> Iterator[SweepEvent]:
    """Go on with a sweep; see `sweep`.

    Raises:
        NetwrightError: there is none, it is damaged, over, or still going on.
    """
    found = read(plain_path(folder))
    if found.over:
        raise TrainError(Message("The sweep came to its end. Begin another one."))
    if found.going_on:
        raise TrainError(
            Message("The sweep is still going on (process {pid}). Stop it first.", pid=found.process.pid)
        )
    require(found.plan)
    found = replace(found, process=this_process())
    found.write()
    return _Sweeping(found, found.project(), device, document, control or Control(), progress).events()


class _Sweeping:
    """One sweep under way."""

    def __init__(
        self,
        sweep: Sweep,
        project: Project,
        device: str | None,
        document: str,
        control: Control,
        progress: Told | None,
    ) -> None:
        self._sweep = sweep
        self._project = project
        self._device = device
        self._document = document
        self._control = control
        self._progress = progress

    def events(self) -> Generator[SweepEvent, None, None]:
        reason = "completed"
        try:
            while reason == "completed":
                trial = self._next()
                if trial is None:
                    break
                reason = yield from self._train(trial)
                if reason == "completed" and self._without_hope():
                    reason = "failed"
            # One that failed may be mended and gone on with, as one that was stopped.
            self._keep(replace(self._sweep, over=reason == "completed"))
        finally:
            self._keep(replace(self._sweep, process=NOBODY))
        yield SweepDone(self._sweep, reason)

    def _without_hope(self) -> bool:
        ended = self._sweep.ended
        return len(ended) >= HOPELESS and all(trial.state == "failed" for trial in ended)

    def _next(self) -> Trial | None:
        """Give the training that was broken off, or a new one; None where the sweep is over."""
        trials, plan = self._sweep.trials, self._sweep.plan
        if trials and trials[-1].state == "running":
            return trials[-1]
        spent = plan.seconds and self._sweep.seconds >= plan.seconds
        if spent or (plan.trials and len(trials) >= plan.trials):
            return None
        values = suggest(plan, trials)
        if values is None:
            return None
        file = Path(self._sweep.file) if self._sweep.file else None
        trial = Trial(len(trials) + 1, values, new_run_dir(file, self._document))
        self._keep(self._sweep.with_trial(trial))
        return trial

    def _train(self, trial: Trial) -> Generator[SweepEvent, None, str]:
        """Carry one training out; give `completed` where the sweep goes on after it."""
        log, began, before = MetricLog(), time.monotonic(), trial.seconds
        try:
            project = varied(self._project, trial.values)
            again = (trial.run / RECORD).is_file()
            training = run(
                project,
                device=self._device,
                run_dir=None if again else trial.run,
                resume=trial.run if again else None,
                file=self._sweep.file or None,
                control=self._control,
                log=log,
                progress=self._progress,
            )
        except NetwrightError as error:
            return (yield from self._end(replace(trial, state="failed", reason=error.message)))
        yield TrialBegun(self._sweep, trial, project, log)
        if again:
            trial = self._resumed(trial)
        tagged, end = False, trial
        try:
            for event in training:
                trial = replace(trial, seconds=before + time.monotonic() - began)
                if not tagged and (trial.run / RECORD).is_file():
                    tagged = True
                    self._tag(trial)
                match event:
                    case EpochDone():
                        trial = self._epoch(trial, event)
                        if trial.state == "running" and event.epoch < event.epochs and self._hopeless(trial):
                            trial = replace(trial, state="pruned")
                    case Finished():
                        stopped = event.reason == "stopped"
                        trial = replace(trial, state="running" if stopped else _ended(trial))
                    case Failed():
                        trial = replace(trial, state="failed", reason=event.message)
                end = trial
                yield event
                if trial.state == "pruned" or (trial.state == "failed" and isinstance(event, EpochDone)):
                    break
        finally:
            training.close()  # type: ignore[attr-defined]  # a generator, whose run is then kept
            if end.state == "running":
                self._keep(self._sweep.with_trial(end))
        if end.state == "pruned":
            _mark(end.run)
        if end.state == "running":
            return "stopped"
        return (yield from self._end(end))

    def _resumed(self, trial: Trial) -> Trial:
        """Forget figures of epochs behind the last checkpoint: they are computed again."""
        try:
            state, _ = read_state(trial.run)
        except NetwrightError:
            return trial
        done = 0 if state is None else state["position"]["epoch"]
        return replace(trial, figures={at: value for at, value in trial.figures.items() if at <= done})

    def _hopeless(self, trial: Trial) -> bool:
        return hopeless(self._sweep.plan, self._sweep.trials, trial)

    def _epoch(self, trial: Trial, event: EpochDone) -> Trial:
        value = event.metrics.get(self._sweep.plan.metric)
        if value is None:
            known = ", ".join(event.metrics)
            return replace(
                trial,
                state="failed",
                reason=Message(
                    "There is no figure “{metric}”. There are: {known}.",
                    metric=self._sweep.plan.metric,
                    known=known,
                ),
            )
        if value == value and abs(value) != float("inf"):
            trial = replace(trial, figures={**trial.figures, event.epoch: float(value)})
            self._sweep.note(trial.number, event.epoch, float(value))
        return trial

    def _end(self, trial: Trial) -> Generator[SweepEvent, None, str]:
        figures = trial.figures.values()
        best = min if self._sweep.plan.direction == "min" else max
        trial = replace(trial, value=best(figures) if figures else None)
        self._keep(self._sweep.with_trial(trial))
        yield TrialDone(self._sweep, trial)
        return "stopped" if self._control.stopped else "completed"

    def _tag(self, trial: Trial) -> None:
        """Have the run found by the sweep that made it; with what a person tagged it with since."""
        with contextlib.suppress(NetwrightError):
            store = RunStore.of(trial.run)
            said = store.said().get(trial.run.name)
            store.say(trial.run, tags=[*(said.tags if said is not None else ()), self._sweep.name])

    def _keep(self, sweep: Sweep) -> None:
        if sweep is not self._sweep:
            self._sweep = sweep
            sweep.write()


def _ended(trial: Trial) -> TrialState:
    return "done" if trial.figures else "failed"


def _mark(folder: Path) -> None:
    """Have a run that was ended early say so."""
    with contextlib.suppress(NetwrightError):
        record = replace(read_record(folder), status=PRUNED)
        record.write()
        RunStore.of(folder).keep(record)
