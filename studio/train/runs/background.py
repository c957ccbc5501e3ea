"""A training on its own thread: nothing waits for it, and it never ends the program with it."""

from __future__ import annotations

import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from studio.compiler import custom
from studio.data import Progress
from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.train.control import Control
from studio.train.events import Event, Failed, StepDone
from studio.train.metrics import MetricLog
from studio.train.runs.record import RunRecord
from studio.train.runs.session import PathLike, run
from studio.train.runs.weights import Given

LOOK_SECONDS, PATIENCE_SECONDS = 0.3, 2.5
"""How often a stop is looked for, and how long the step under way may take after it."""


class Background:
    """One run, begun at once. Poll it: everything here may be read from another thread without a lock.

    Attributes:
        log: its curves.
        control: its buttons.
        latest: its last step, or None before the first.
        doing: what it does before its first step and how far it is, such as a download; None while it trains.
    """

    def __init__(
        self,
        project: Project,
        *,
        device: str | None = None,
        seed: int | None = None,
        epochs: int | None = None,
        max_steps: int | None = None,
        run_dir: PathLike | None = None,
        resume: PathLike | RunRecord | None = None,
        file: PathLike | None = None,
        weights: Given | None = None,
        control: Control | None = None,
        log: MetricLog | None = None,
        events: Callable[[Control, Progress], Iterator[Any]] | None = None,
    ) -> None:
        """Begin; see `run` for the arguments. Whatever goes wrong becomes a `Failed` event.

        With `events`, something longer is carried out instead, such as a sweep; all it tells is passed on.
        """
        self.log = log or MetricLog()
        self.control = control or Control()
        self.control.attended = True
        self.latest: StepDone | None = None
        self.doing: tuple[Message, float] | None = None
        # Appended by one thread and taken from the left by another: a deque needs no lock for that.
        self._events: deque[Event] = deque()

        def progress(doing: Message, share: float) -> None:
            self.doing = (doing, share)

        def train() -> None:
            try:
                begun: Iterator[Any] = (
                    events(self.control, progress)
                    if events is not None
                    else run(
                        project,
                        device=device,
                        seed=seed,
                        epochs=epochs,
                        max_steps=max_steps,
                        run_dir=run_dir,
                        resume=resume,
                        file=file,
                        weights=weights,
                        control=self.control,
                        log=self.log,
                        progress=progress,
                    )
                )
                for event in begun:
                    self.doing = None
                    if isinstance(event, StepDone):
                        self.latest = event
                    self._events.append(event)
            except NetwrightError as error:
                self._events.append(Failed(error.message))
            except BaseException as error:  # noqa: BLE001  # nobody stands behind this thread to catch it
                self._events.append(
                    Failed(
                        Message(
                            "An unexpected fault stopped the training ({reason}). See the details.",
                            reason=type(error).__name__,
                        ),
                        traceback.format_exc(),
                    )
                )

        # Not a daemon: a daemon thread inside torch aborts the interpreter when it ends.
        self._thread = threading.Thread(target=train, name="training")
        self._thread.start()
        if project.custom:
            threading.Thread(target=self._look_after, name="training-watch", daemon=True).start()

    def _look_after(self) -> None:
        """End code of a person's own that goes on after a stop; nothing else is ever broken off."""
        while not self.join(LOOK_SECONDS):
            if self.control.stopped and not self.join(PATIENCE_SECONDS):
                number = self._thread.ident
                if number is not None and custom.at_work(number):
                    custom.interrupt(number, custom.TookTooLong)

    @property
    def running(self) -> bool:
        """Whether it is still at work; once it is not, all events are there."""
        return self._thread.is_alive()

    def take_events(self) -> list[Event]:
        """Give the events since the last call."""
        return [self._events.popleft() for _ in range(len(self._events))]

    def join(self, timeout: float | None = None) -> bool:
        """Wait for its end; give whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def close(self, timeout: float | None = None) -> bool:
        """Stop it after its step and wait for its end; give whether it has ended."""
        self.control.stop()
        return self.join(timeout)
