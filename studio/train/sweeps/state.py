"""What is known of a sweep: its plan and its trials, in a folder beside the runs, whole after every crash.

`sweep.json` is written whole at the beginning and the end of each trial; figures of single epochs are
appended to `epochs.txt`, which costs a training nothing. All choices of a sweep follow from these two files.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from studio.graph import Message, NetwrightError
from studio.graph.text import Translate
from studio.project import Project
from studio.project import file as project_file
from studio.project.atomic import write_atomically
from studio.project.disk import unsaved_runs
from studio.project.process import Process, this_process
from studio.project.sweeps import SweepPlan, plan_of
from studio.train.events import english
from studio.train.recipe import DamagedError, TrainError
from studio.train.runs.record import PROJECT, plain_path, runs_folder
from studio.train.runs.store import runs_of

SWEEPS = "sweeps"
STATE, EPOCHS = "sweep.json", "epochs.txt"

TrialState = Literal["running", "done", "pruned", "failed"]

_LARGEST = 64 << 20

NOBODY = Process(0, "")
"""Stands for the process of a sweep that nobody carries out."""


@dataclass(frozen=True)
class Trial:
    """One training of a sweep.

    Attributes:
        number: counted from 1.
        values: what it sets, by path.
        run: its folder.
        state: how it stands; one that is broken off stays `running`, and is gone on with.
        value: its best figure; None where it has none.
        figures: the figure after each epoch.
        seconds: how long it took.
        reason: why it failed.
    """

    number: int
    values: Mapping[str, str]
    run: Path
    state: TrialState = "running"
    value: float | None = None
    figures: Mapping[int, float] = field(default_factory=dict)
    seconds: float = 0.0
    reason: Message | None = None

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> dict[str, Any]:
        """Give it as JSON takes it: a row of the table of a sweep."""
        return {
            "trial": self.number,
            "values": dict(self.values),
            "run": str(self.run),
            "state": self.state,
            "value": self.value,
            "epochs": len(self.figures),
            "figures": {str(epoch): value for epoch, value in self.figures.items()},
            "seconds": round(self.seconds, 3),
            "reason": "" if self.reason is None else self.reason.render(translate),
        }

    def kept(self) -> dict[str, Any]:
        """Give it as it is written: its reason in parts, to be said in any language."""
        return {**self.json(), "reason": None if self.reason is None else self.reason.json()}


@dataclass(frozen=True)
class Sweep:
    """A sweep and how it stands.

    Attributes:
        folder: where this is kept.
        plan: what it tries.
        began: when, in seconds since 1970.
        trials: in their order.
        over: whether it came to its end.
        file: the file of the project; empty where it had none.
        process: that carries it out, or did.
    """

    folder: Path
    plan: SweepPlan
    began: float
    trials: tuple[Trial, ...] = ()
    over: bool = False
    file: str = ""
    process: Process = field(default_factory=this_process)

    __hash__ = None  # type: ignore[assignment]

    @property
    def name(self) -> str:
        """What its runs are tagged with."""
        return f"sweep {self.folder.name}"

    @property
    def seconds(self) -> float:
        """How long its trainings took."""
        return sum(trial.seconds for trial in self.trials)

    @property
    def ended(self) -> tuple[Trial, ...]:
        """The trials that are over."""
        return tuple(trial for trial in self.trials if trial.state != "running")

    @property
    def going_on(self) -> bool:
        """Whether some process carries it out now."""
        return not self.over and self.process.alive

    @property
    def best(self) -> Trial | None:
        """The best trial that came to its end."""
        best: Trial | None = None
        for trial in self.trials:
            told = trial.state == "done" and trial.value is not None
            if told and (best is None or self.plan.better(trial.value or 0.0, best.value or 0.0)):
                best = trial
        return best

    def project(self) -> Project:
        """Give the project whose settings are varied.

        Raises:
            NetwrightError: it is damaged.
        """
        return project_file.read(self.folder / PROJECT)

    def with_trial(self, trial: Trial) -> Sweep:
        """Give the sweep with a trial as it is now, which may be a new one."""
        return replace(self, trials=(*self.trials[: trial.number - 1], trial, *self.trials[trial.number :]))

    def write(self) -> None:
        """Write it.

        Raises:
            AtomicWriteError: it cannot be written.
        """
        found = {
            "format": 1,
            "plan": self.plan.json(),
            "began": self.began,
            "over": self.over,
            "file": self.file,
            "process": {"pid": self.process.pid, "started": self.process.started},
            "trials": [trial.kept() for trial in self.trials],
        }
        text = json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)
        write_atomically(self.folder / STATE, (text + "\n").encode(), backup=False)

    def note(self, number: int, epoch: int, value: float) -> None:
        """Append the figure of one epoch; what a power cut takes of it is computed again."""
        with contextlib.suppress(OSError), (self.folder / EPOCHS).open("a", encoding="ascii") as file:
            file.write(f"{number} {epoch} {value!r}\n")


def begin(project: Project, plan: SweepPlan, folder: Path, file: str = "") -> Sweep:
    """Make a sweep that has no trial yet.

    Raises:
        NetwrightError: it cannot be kept there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainError(
            Message("No sweep can be kept in {folder}: {reason}.", folder=str(folder), reason=str(error))
        ) from error
    made = Sweep(folder, plan, time.time(), file=file)
    project_file.write(project, folder / PROJECT)
    made.write()
    return made


def read(folder: Path) -> Sweep:
    """Read how a sweep stands.

    Raises:
        TrainError: there is none, or it is damaged.
    """
    path = folder / STATE
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
        process = Process(int(found["process"]["pid"]), str(found["process"]["started"]))
        sweep = Sweep(
            folder,
            plan_of(project_file.read(folder / PROJECT), found["plan"]),
            float(found["began"]),
            tuple(_trial(number, one) for number, one in enumerate(found["trials"], 1)),
            bool(found["over"]),
            str(found["file"]),
            process,
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise TrainError(Message("There is no sweep in {folder}.", folder=str(folder))) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedError(
            Message("The record of the sweep in {folder} is damaged.", folder=str(folder)),
            details=str(error),
        ) from error
    return _with_epochs(sweep)


def _trial(number: int, found: Mapping[str, Any]) -> Trial:
    states = ("running", "done", "pruned", "failed")
    if int(found["trial"]) != number or found["state"] not in states:
        raise ValueError("trials are out of order")
    return Trial(
        number,
        {str(path): str(value) for path, value in found["values"].items()},
        Path(found["run"]),
        found["state"],
        None if found["value"] is None else float(found["value"]),
        {int(epoch): float(value) for epoch, value in found["figures"].items()},
        float(found["seconds"]),
        Message.read(found["reason"]) if found["reason"] else None,
    )


def _with_epochs(sweep: Sweep) -> Sweep:
    """Add the figures of the trial that was broken off."""
    figures: dict[int, dict[int, float]] = {}
    with (
        contextlib.suppress(OSError),
        (sweep.folder / EPOCHS).open(encoding="ascii", errors="replace") as file,
    ):
        for line in file:
            parts = line.split()
            # The last line can be half: a kill takes what was not written yet.
            if line.endswith("\n") and len(parts) == 3:
                with contextlib.suppress(ValueError):
                    number, epoch, value = int(parts[0]), int(parts[1]), float(parts[2])
                    if math.isfinite(value):
                        figures.setdefault(number, {})[epoch] = value
    for trial in sweep.trials:
        if trial.state == "running" and trial.number in figures:
            sweep = sweep.with_trial(replace(trial, figures=figures[trial.number]))
    return sweep


def new_folder(project: Path | None, document: str = "") -> Path:
    """Give a folder for a new sweep of a project, named by the time."""
    runs = unsaved_runs(document) if project is None and document else runs_folder(project)
    stamp = time.strftime("%Y-%m-%d_%H-%M-%S")
    path, number = runs / SWEEPS / stamp, 2
    while path.exists():
        path, number = runs / SWEEPS / f"{stamp}_{number}", number + 1
    return path


def sweeps_of(project: Path | None, document: str = "") -> tuple[Sweep, ...]:
    """Give every sweep of a project, the newest first; damaged ones are left out.

    Args:
        project: its file; None while it was never saved.
        document: what a project that was never saved is known by.
    """
    places = {new_folder(project, document).parent}
    # Those from before the first save stay where they are, as their runs do.
    places |= {run.folder.parent / SWEEPS for run in runs_of(project, document)}
    found: list[Sweep] = []
    for place in places:
        for path in place.glob(f"*/{STATE}"):
            with contextlib.suppress(NetwrightError):
                sweep = read(path.parent)
                if not sweep.file or project is None or _same(Path(sweep.file), project):
                    found.append(sweep)
    return tuple(sorted(found, key=lambda sweep: (sweep.began, sweep.folder.name), reverse=True))


def _same(then: Path, now: Path) -> bool:
    """Say whether a sweep was made for this project: one whose file is gone was renamed."""
    now = plain_path(now)
    return then.name == now.name or not (now.parent / then.name).is_file()
