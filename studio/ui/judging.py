"""The judgement of a trained network: a run is opened, judged by its test samples, tried on drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.graph import Message
from studio.project import Plan
from studio.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from studio.train import Evaluation

Pixels = Sequence[Sequence[float]]
"""Rows of brightness, from 0 for the ground to 1 for the ink."""


@dataclass(frozen=True)
class Opened:
    """A run with its network, ready to be asked.

    Attributes:
        run: its folder.
        model: the network; asked only through `studio.train`.
        data: what it learned from.
        evaluation: how well it does.
        plan: how it was trained.
    """

    run: Path
    model: Any
    data: Any
    evaluation: Evaluation
    plan: Plan | None = None

    __hash__ = None  # type: ignore[assignment]


def _open(job: Job, run: Path) -> Opened:
    from studio.train import evaluate, opened  # imports torch

    def told(share: float) -> None:
        if job.cancelled.is_set():
            raise InterruptedError
        job.tell(share, Message("Judging by the test samples"))

    job.tell(0.0, Message("Opening the run"))
    model, data, plan = opened(run)
    return Opened(run, model, data, evaluate((model, data, plan), progress=told), plan)


class Judge(QObject):
    """Opens one run at a time and answers questions about it."""

    changed = Signal()
    """There is another judgement, or it is under way, or it failed."""
    progressed = Signal(float, object)
    predicted = Signal(object)
    """What a drawing is: pairs of a class and its probability, the likeliest first."""
    refused = Signal(object)
    """A drawing cannot be tried on this network: a `Message`."""

    def __init__(self, jobs: Jobs) -> None:
        """Begin without a run.

        Args:
            jobs: where the work is done.
        """
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        self._asking: Job | None = None
        self._next: Pixels | int | None = None
        self.opened: Opened | None = None
        self.run: Path | None = None
        self.error: Message | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is being judged."""
        return self._job is not None

    def judge(self, run: Path) -> None:
        """Open a run and judge it; one that is under way is left."""
        if self._job is not None:
            self._job.cancel()
        self.ask_nothing()
        self.run, self.error, self.opened = run, None, None
        self._job = self._jobs.start(lambda job: _open(job, run), self._done, self._failed, "judging")
        self._job.progressed.connect(self.progressed)
        self.changed.emit()

    def forget(self) -> None:
        """Leave the run: another project is open."""
        if self._job is not None:
            self._job.cancel()
        self.ask_nothing()
        self._job, self.run, self.opened, self.error = None, None, None, None
        self.changed.emit()

    def try_pixels(self, pixels: Pixels) -> None:
        """Ask what a drawing is; of several questions in quick succession only the last one counts."""
        self._ask(pixels)

    def try_sample(self, index: int) -> None:
        """Ask what a sample of those that it was judged by is taken for."""
        self._ask(index)

    def ask_nothing(self) -> None:
        """Want no answer any more: the drawing is gone, or the network."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking, self._next = None, None

    def _ask(self, what: Pixels | int) -> None:
        if self.opened is None:
            return
        if self._asking is not None:
            self._next = what
            return
        opened = self.opened

        def ask(_job: Job) -> object:
            from studio.train import predict, predict_sample  # imports torch

            if isinstance(what, int):
                part = opened.evaluation.part
                return predict_sample(opened.model, opened.data, what, part, opened.plan)
            return predict(opened.model, opened.data, what, opened.plan)

        self._asking = self._jobs.start(ask, self._answered, self._refused, "trying")

    def _done(self, found: object) -> None:
        self._job = None
        if isinstance(found, Opened):
            self.opened = found
        self.changed.emit()

    def _failed(self, message: Message, _details: str) -> None:
        self._job, self.error = None, message
        self.changed.emit()

    def _answered(self, found: object) -> None:
        self._asking = None
        self.predicted.emit(found)
        self._ask_next()

    def _refused(self, message: Message, _details: str) -> None:
        self._asking = None
        self.refused.emit(message)
        self._ask_next()

    def _ask_next(self) -> None:
        what, self._next = self._next, None
        if what is not None:
            self._ask(what)
