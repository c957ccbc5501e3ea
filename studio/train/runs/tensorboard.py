"""A log of a training for TensorBoard, written beside it from its events, without making a step wait.

`tensorboard --logdir runs` then shows every run: losses and metrics of training and validation in one chart
each, what is measured of the training itself, means of the epochs, and the settings as text.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from studio.graph import Message
from studio.project import Project
from studio.project.settings import every_setting, written
from studio.train.events import EpochDone, Event, Finished, Started, StepDone, Validated, Warned
from studio.train.recipe import TrainError
from studio.train.runs.deleting import TENSORBOARD

CHECKED = "val_"

WAITING = 10_000
"""Values that may wait to be written by the thread of the log: a slow disk holds up no training."""

FLUSH_SECONDS = 5


def wanted(project: Project) -> bool:
    """Tell whether a plan asks for such a log."""
    return project.plan.loop.resolved("loop")["tensorboard"] is True


def require() -> Any:
    """Give what writes the log.

    Raises:
        TrainError: it is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about its own imports
            from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise TrainError(
            Message(
                "A log for TensorBoard needs one more package: pip install netwright[tensorboard]. "
                "Or switch “TensorBoard log” off."
            ),
            details=str(error),
        ) from error
    return SummaryWriter


def logged(events: Iterator[Event], project: Project) -> Generator[Event, None, None]:
    """Pass the events of a training on, and log what they say.

    Args:
        events: of the training.
        project: what is trained.

    Raises:
        TrainError: what writes the log is not installed.
    """
    # Asked for before the first event: nobody waits for data, only to be told that a package lacks.
    return _logged(events, project, require())


def _logged(events: Iterator[Event], project: Project, make: Any) -> Generator[Event, None, None]:
    writer: _Writer | None = None
    try:
        for event in events:
            trouble: Exception | None = None
            if isinstance(event, Started) and event.run is not None:
                try:
                    writer = _Writer(make, event.run / TENSORBOARD, event.step, project)
                except Exception as error:  # noqa: BLE001  # a full disk, a folder that is gone: it trains on
                    trouble = error
            elif writer is not None:
                try:
                    writer.take(event)
                except Exception as error:  # noqa: BLE001  # likewise; its thread hands on whatever stopped it
                    trouble = error
            yield event
            if trouble is not None:
                writer = None
                yield Warned(
                    Message("The log for TensorBoard cannot be written: {reason}.", reason=str(trouble))
                )
    finally:
        if writer is not None:
            writer.close()
        events.close()  # type: ignore[attr-defined]  # a generator, whose run is then kept


class _Writer:
    """The log of one run."""

    def __init__(self, make: Any, folder: Path, step: int, project: Project) -> None:
        # Of a run that goes on, what came after its checkpoint is computed again.
        purge = {"purge_step": step + 1} if step else {}
        self._writer = make(str(folder), max_queue=WAITING, flush_secs=FLUSH_SECONDS, **purge)
        if not step:
            lines = [f"| {found.path} | {written(found.value)} |" for found in every_setting(project)]
            self._writer.add_text("settings", "\n".join(["| setting | value |", "|---|---|", *lines]), 0)

    def take(self, event: Event) -> None:
        """Log what an event says."""
        match event:
            case StepDone():
                self._figures(event.metrics, event.step)
                of_training = {**event.watched, "samples_per_second": event.samples_per_second}
                self._write({f"training/{key}": value for key, value in of_training.items()}, event.step)
            case Validated():
                self._figures(event.metrics, event.step)
            case EpochDone():
                means = {f"epoch/{_name(key)}": value for key, value in event.metrics.items()}
                # At the step, not at the epoch: a run that goes on takes back what came after a step.
                self._write({**means, "epoch/seconds": event.seconds}, event.step)
            case Finished():
                self._writer.flush()

    def close(self) -> None:
        """End it, everything written."""
        self._writer.close()

    def _figures(self, figures: Mapping[str, float], step: int) -> None:
        self._write({_name(key): value for key, value in figures.items()}, step)

    def _write(self, figures: Mapping[str, float], step: int) -> None:
        for name, value in figures.items():
            if math.isfinite(value):
                self._writer.add_scalar(name, value, step)


def _name(key: str) -> str:
    """Name a figure so that training and validation stand in one chart."""
    if key.startswith("lr"):
        return f"training/{key}"
    plain = key.removeprefix(CHECKED)
    return f"{plain}/{'validation' if key.startswith(CHECKED) else 'training'}"
