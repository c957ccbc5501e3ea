"""What a run says of itself: a folder with its project, its seed, its environment and how it went."""

from __future__ import annotations

import json
import math
import os
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch

from studio import __version__
from studio.graph import Message
from studio.project import Project
from studio.project import file as project_file
from studio.project.atomic import write_atomically
from studio.project.disk import data_folder, unsaved_runs
from studio.project.process import Process, this_process
from studio.project.write_error import reason_of
from studio.train.recipe import DamagedError, TrainError
from studio.train.runs.checkpoint import BEST, judged_weights, read_state
from studio.train.runs.weights import Tensors, read_weights

RECORD = "run.json"
PROJECT = "project.netwright"
RUNS = "runs"

_LARGEST = 4 << 20

Which = Literal["best", "last"]

Status = str
"""`running`, `interrupted` (its process is gone), or why it ended: `completed`, `stopped`, `patience`,
`max_steps`, `failed`."""


class RunFolderError(TrainError):
    """The folder is taken: there is a run already, or one that is still going on."""


@dataclass(frozen=True)
class RunRecord:
    """What is known of a run.

    Attributes:
        folder: where it lies.
        started: when it began, in seconds since 1970.
        ended: when it was last known to do something.
        status: how it stands.
        device: where it computes.
        seed: what all randomness starts from.
        epochs: finished epochs.
        step: finished steps.
        seconds: time of training, rests included.
        best: the best epoch, with its metrics.
        environment: versions and machine.
        choices: what can change bits: threads, layout, ...
        preprocessing: how a raw sample becomes an input, as JSON.
        classes: names of the classes.
        process: the process that trains or trained it.
        file: the project's file; empty where it had none.
        reason: why it failed, where it did.
    """

    folder: Path
    started: float
    ended: float
    status: Status
    device: str
    seed: int
    epochs: int = 0
    step: int = 0
    seconds: float = 0.0
    best: Mapping[str, Any] | None = None
    environment: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    preprocessing: Mapping[str, Any] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    process: Process = field(default_factory=this_process)
    file: str = ""
    reason: Message | None = None

    __hash__ = None  # type: ignore[assignment]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def best_epoch(self) -> int | None:
        """The epoch whose weights are given as the best; None where the last ones are given instead."""
        epoch = (self.best or {}).get("epoch")
        return epoch if isinstance(epoch, int) and (self.folder / BEST).exists() else None

    def project(self) -> Project:
        """Give the project as it was.

        Raises:
            NetwrightError: it is damaged.
        """
        return project_file.read(self.folder / PROJECT)

    def weights(self, which: Which = "best", network: str | None = None) -> Tensors:
        """Give the weights of a network by name, as `load_state_dict` takes them.

        Args:
            which: of the best epoch, or the last ones. Where no epoch was finished, the last ones are given.
            network: name of the network; the one that the plan trains first when not given.

        Raises:
            NetwrightError: there are none yet, or they are damaged.
        """
        tensors = self._tensors(which)
        networks = self.project().plan.networks
        if len(networks) <= 1:
            return tensors
        role = next((role for role, name in networks.items() if network in (None, name)), None)
        if role is None:
            raise TrainError(Message("This run did not train the network “{name}”.", name=network or ""))
        return {
            name.removeprefix(f"{role}."): value
            for name, value in tensors.items()
            if name.startswith(f"{role}.")
        }

    def _tensors(self, which: Which) -> Tensors:
        if which == "best" and (self.folder / BEST).exists():
            return read_weights(self.folder / BEST)
        state, _ = read_state(self.folder)
        if state is not None:
            return judged_weights(state)
        raise TrainError(
            Message(
                "The run in {folder} has no weights yet: it ended before its first checkpoint.",
                folder=str(self.folder),
            )
        )

    def json(self) -> dict[str, Any]:
        """Give it as JSON takes it."""
        return {
            "format": 1,
            "started": self.started,
            "ended": self.ended,
            "status": self.status,
            "device": self.device,
            "seed": self.seed,
            "epochs": self.epochs,
            "step": self.step,
            "seconds": self.seconds,
            "best": dict(self.best) if self.best is not None else None,
            "environment": dict(self.environment),
            "choices": dict(self.choices),
            "preprocessing": dict(self.preprocessing),
            "classes": list(self.classes),
            "process": {"pid": self.process.pid, "started": self.process.started},
            "file": self.file,
            **({"reason": self.reason.json()} if self.reason is not None else {}),
        }

    def write(self) -> None:
        """Write `run.json`.

        Raises:
            AtomicWriteError: it cannot be written.
        """
        text = json.dumps(self.json(), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
        write_atomically(self.folder / RECORD, (text + "\n").encode(), backup=False)


def read_record(folder: Path) -> RunRecord:
    """Read what a run says of itself; one whose process is gone is interrupted.

    Raises:
        TrainError: the folder holds no run.
    """
    path = folder / RECORD
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
        process = Process(int(found["process"]["pid"]), str(found["process"]["started"]))
        record = RunRecord(
            folder=folder,
            started=_number(found["started"]),
            ended=_number(found["ended"]),
            status=str(found["status"]),
            device=str(found["device"]),
            seed=int(found["seed"]),
            epochs=int(found["epochs"]),
            step=int(found["step"]),
            seconds=_number(found["seconds"]),
            best=dict(found["best"]) if found["best"] is not None else None,
            environment=dict(found["environment"]),
            choices=dict(found["choices"]),
            preprocessing=dict(found["preprocessing"]),
            classes=tuple(map(str, found["classes"])),
            process=process,
            file=str(found.get("file", "")),
            reason=Message.read(found["reason"]) if found.get("reason") else None,
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise TrainError(Message("There is no run in {folder}.", folder=str(folder))) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedError(
            Message("The record of the run in {folder} is damaged.", folder=str(folder)), details=str(error)
        ) from error
    if record.status == "running" and not process.alive:
        return replace(record, status="interrupted")
    return record


def require_ended(record: RunRecord) -> None:
    """Refuse to go on with a run that another process is still going on with.

    Raises:
        RunFolderError: it is.
    """
    if record.status == "running" and record.process != this_process():
        raise RunFolderError(
            Message(
                "The run in {folder} is still going on (process {pid}). Stop it first.",
                folder=str(record.folder),
                pid=record.process.pid,
            )
        )


def _number(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]  # what float takes, or an error that is told
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def environment() -> dict[str, Any]:
    """Give versions and machine, for whoever wants to repeat a run."""
    return {
        "netwright": __version__,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "bits": 64 if sys.maxsize > 2**32 else 32,
    }


def runs_folder(project: Path | None) -> Path:
    """Give where runs of a project are kept: beside its file, or the user's data folder if it has none.

    Args:
        project: the project's file; None while it was never saved.
    """
    if project is None:
        return data_folder() / RUNS
    return project.resolve().parent / RUNS


def new_run_dir(project: Path | None, document: str = "") -> Path:
    """Give a folder for a new run that is not there yet, named by the time.

    Args:
        project: the project's file; None while it was never saved.
        document: what a project that was never saved is known by, so that no other shows its runs.
    """
    folder = unsaved_runs(document) if project is None and document else runs_folder(project)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    path, number = folder / stamp, 2
    while path.exists():
        path, number = folder / f"{stamp}_{number}", number + 1
    return path


def make_run_folder(wanted: Path | None) -> tuple[Path, Message | None]:
    """Make the folder of a new run.

    Args:
        wanted: where; a new one in the user's data folder when not given.

    Returns:
        The folder, and a sentence when it is another one than wanted.

    Raises:
        TrainError: there is a run already, or no folder can be made anywhere.
    """
    if wanted is not None:
        _require_no_run(wanted)
        try:
            _make(wanted)
            return wanted, None
        except OSError as error:
            reason: Message | None = Message(
                "The run cannot be kept in {folder} ({reason}), so it is kept in {instead}.",
                folder=str(wanted),
                reason=reason_of(error),
                instead=str(runs_folder(None)),
            )
    else:
        reason = None
    folder = new_run_dir(None)
    try:
        _make(folder)
    except OSError as error:
        raise TrainError(
            Message(
                "No folder for the run can be made in {folder}: {reason}. Choose another folder.",
                folder=str(folder.parent),
                reason=reason_of(error),
            )
        ) from error
    return folder, reason


def require_run_folder(wanted: Path) -> None:
    """Make the folder that a person asked for by name, and see that a run can be kept in it and nowhere else.

    Raises:
        RunFolderError: there is a run already.
        TrainError: nothing can be kept there.
    """
    _require_no_run(wanted)
    try:
        _make(wanted)
    except OSError as error:
        raise TrainError(
            Message(
                "No run can be kept in {folder}: {reason}. Choose another folder.",
                folder=str(wanted),
                reason=reason_of(error),
            )
        ) from error


def _require_no_run(folder: Path) -> None:
    if (folder / RECORD).exists():
        raise RunFolderError(
            Message("There is a run already in {folder}. Choose another folder.", folder=str(folder))
        )


def _make(folder: Path) -> None:
    """Make a folder and see that files can be made in it, and where its database lies."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in {folder, store_folder(folder)}:
        probe = place / f".netwright-{os.getpid()}-{time.time_ns()}.tmp"
        probe.touch(exist_ok=False)
        probe.unlink()


def store_folder(run: Path) -> Path:
    """Give where the database of a run lies: beside the runs of a project, else in the run itself."""
    whole = plain_path(run)
    return whole.parent if whole.parent.name == RUNS else whole


def plain_path(path: str | os.PathLike[str]) -> Path:
    """Give a path from the root and without links, so that it means the same from every folder."""
    return Path(path).resolve()
