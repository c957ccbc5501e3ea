"""The judgement of a trained network: a run is opened, judged by its test samples, and asked about others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.graph import Message
from studio.project import Plan, Project
from studio.ui.jobs import Job, Jobs
from studio.ui.looking.judging_work import Work

if TYPE_CHECKING:
    from studio.train import Evaluation
    from studio.train.judging.making import Written
    from studio.train.judging.trying import Answer, Tried

_GLANCE = 0.1

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
        project: what it was made from.
    """

    run: Path
    model: Any
    data: Any
    evaluation: Evaluation
    plan: Plan | None = None
    project: Project | None = None

    __hash__ = None  # type: ignore[assignment]


def _open(job: Job, run: Path) -> Opened:
    from studio.train import evaluate, load_run, opened  # imports torch

    def told(share: float) -> None:
        if job.cancelled.is_set():
            raise InterruptedError
        job.tell(share, Message("Judging by the test samples"))

    job.tell(0.0, Message("Opening the run"))
    record = load_run(run)
    model, data, plan = opened(record)
    found = evaluate((model, data, plan), progress=told)
    return Opened(run, model, data, found, plan, record.project())


class Judge(QObject):
    """Opens one run at a time and answers questions about it."""

    changed = Signal()
    """There is another judgement, or it is under way, or it failed."""
    progressed = Signal(float, object)
    answered = Signal()
    """There is another sample, with what the network says of it: `tried` and `answer`."""
    refused = Signal(object)
    """A sample cannot be tried on this network: a `Message`."""

    def __init__(self, jobs: Jobs) -> None:
        """Begin without a run.

        Args:
            jobs: where the work is done.
        """
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        self._asking: Job | None = None
        self._next: Callable[[Opened], Tried] | None = None
        self.work = Work(jobs)
        self.opened: Opened | None = None
        self.run: Path | None = None
        self.error: Message | None = None
        self.tried: Tried | None = None
        self.answer: Answer | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is being judged."""
        return self._job is not None

    def judge(self, run: Path) -> None:
        """Open a run and judge it; one that is under way is left."""
        self._leave()
        self.run, self.error = run, None
        self._job = self._jobs.start(lambda job: _open(job, run), self._done, self._failed, "judging")
        self._job.progressed.connect(self.progressed)
        self.changed.emit()

    def forget(self) -> None:
        """Leave the run: another project is open."""
        self._leave()
        self._job, self.run, self.error = None, None, None
        self.changed.emit()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.ask_nothing()
        self.work.forget()
        self.opened, self.tried, self.answer = None, None, None

    # -- samples ---------------------------------------------------------------------------------------

    def try_pixels(self, pixels: Pixels) -> None:
        """Ask what a drawing is; of several questions in quick succession only the last one counts."""

        def tried(opened: Opened) -> Tried:
            from studio.train.judging import trying

            return trying.of_pixels(opened.data, pixels)

        self._ask(tried)

    def try_picture(self, width: int, height: int, colours: bytes) -> None:
        """Ask about a picture in colour: red, green, blue, row by row."""

        def tried(opened: Opened) -> Tried:
            from studio.train.judging import trying

            return trying.of_picture(opened.data, width, height, colours)

        self._ask(tried)

    def try_text(self, text: str) -> None:
        """Ask about a text."""

        def tried(opened: Opened) -> Tried:
            from studio.train.judging import trying

            return trying.of_text(opened.data, text, opened.model)

        self._ask(tried)

    def try_row(self, cells: Mapping[str, float | str]) -> None:
        """Ask about a row of a table."""

        def tried(opened: Opened) -> Tried:
            from studio.train.judging import trying

            return trying.of_row(opened.data, cells)

        self._ask(tried)

    def try_sample(self, index: int) -> None:
        """Ask what a sample of those that it was judged by is taken for."""

        def tried(opened: Opened) -> Tried:
            from studio.train.judging import trying

            return trying.of_data(opened.data, opened.evaluation.part, index)

        self._ask(tried)

    def ask_nothing(self) -> None:
        """Want no answer any more: the drawing is gone, or the network."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking, self._next = None, None

    def _ask(self, make: Callable[[Opened], Tried]) -> None:
        if self.opened is None:
            return
        if self._asking is not None:
            self._next = make
            return
        opened, lock = self.opened, self.work.lock

        def ask(_job: Job) -> object:
            from studio.train.judging.making import answered  # imports torch

            tried = make(opened)
            with lock:
                return tried, answered(opened.model, opened.data, tried, opened.plan)

        self._asking = self._jobs.start(ask, self._answered, self._refused, "trying")

    # -- texts ----------------------------------------------------------------------------------------

    def write(
        self,
        told: Callable[[Written], None],
        done: Callable[[object], object],
        failed: Callable[[Message, str], object],
        prompt: str,
        **how: Any,
    ) -> Job | None:
        """Have the network go on with a text, or translate it.

        Args:
            told: told what there is of it after each token, on the thread that writes.
            done: gets all of it.
            failed: gets what to say, and details.
            prompt: how the text begins, or what is to be translated.
            how: see `making.write`; a translation takes the likeliest tokens.

        Returns:
            The work, which is ended by `cancel`; None where no run is open.
        """
        opened, lock = self.opened, self.work.lock
        if opened is None:
            return None

        def write(job: Job) -> object:
            from studio.train.judging import making

            def heard(written: Written) -> bool:
                told(written)
                return not job.cancelled.is_set()

            while not lock.acquire(timeout=_GLANCE):
                if job.cancelled.is_set():
                    return None
            try:
                if making.translates(opened.plan, opened.data):
                    return making.translate(opened.model, opened.data, prompt, told=heard)
                return making.write(opened.model, opened.data, prompt, told=heard, **how)
            finally:
                lock.release()

        return self._jobs.start(write, done, failed, "writing")

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
        if isinstance(found, tuple):
            self.tried, self.answer = found
            self.answered.emit()
        self._ask_next()

    def _refused(self, message: Message, _details: str) -> None:
        self._asking = None
        self.refused.emit(message)
        self._ask_next()

    def _ask_next(self) -> None:
        make, self._next = self._next, None
        if make is not None:
            self._ask(make)
