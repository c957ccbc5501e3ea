"""Reads the figures of a training from the device into its curves, and tells how far it is and how fast."""

from __future__ import annotations

import math
import time

from studio.train.events import StepDone
from studio.train.loop.gauging import Gauge
from studio.train.loop.meter import Meter
from studio.train.loop.standing import Standing
from studio.train.metrics import SECONDS, MetricLog
from studio.train.recipe import NotFiniteError
from studio.train.runs.preparing import Ready


class Reporter:
    """The clocks of one training, and its figures on their way into the log.

    Attributes:
        meter: the figures of the steps since they were last read.
        spans: where the samples of those steps stand in the order of the epoch.
        next: when the next report is due.
        saved: when everything was last kept.
    """

    def __init__(
        self,
        ready: Ready,
        standing: Standing,
        log: MetricLog,
        *,
        max_steps: int | None,
        report_seconds: float,
    ) -> None:
        """Begin to count.

        Args:
            ready: what is worked with.
            standing: where the training stands.
            log: where the curves go.
            max_steps: the training ends after so many steps.
            report_seconds: shortest time between two `StepDone`.
        """
        self._ready, self._standing, self._log = ready, standing, log
        self._max_steps, self._report_seconds = max_steps, report_seconds
        several = ready.processes
        self.meter = Meter(ready.recipe.samples, None if several is None else several.figures)
        self.gauge = Gauge(ready, report_seconds)
        self.spans: list[tuple[int, int]] = []
        self._figures: dict[str, float] = {}
        self._seen = standing.seen
        self.begin()

    # -- clocks ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Count from now on."""
        now = time.perf_counter()
        self._mark = self._reported = self.next = self.saved = now
        self._seen = self._standing.seen
        self._began, self._before = now, self.progress()
        # A run that goes on has the curves of its first part already.
        self._spent = self._log.last(SECONDS) or 0.0

    @property
    def step(self) -> int:
        """Steps since the very start."""
        return self._standing.step

    @property
    def seconds(self) -> float:
        """Of the running epoch, rests excluded."""
        return self._standing.seconds + time.perf_counter() - self._mark

    def rested(self, seconds: float) -> None:
        """Have the clocks stand still for a rest."""
        self._mark += seconds
        self._reported += seconds
        self.saved += seconds
        self._began += seconds

    def next_epoch(self) -> None:
        """Begin a new epoch."""
        self._standing.seconds = 0.0
        self._mark = self._reported = time.perf_counter()
        self._seen = 0
        self.meter.next_epoch()

    # -- figures --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Bring the figures of all steps since the last look from the device into the log.

        Raises:
            NotFiniteError: one of those steps met a number that is none; no step since has changed a weight.
        """
        count = len(self.meter)
        if not count:
            return
        failed = [
            role
            for role, learner in self._ready.tools.learners.items()
            if learner.deferred and bool(learner.failed)
        ]
        if failed:
            raise NotFiniteError(failed[0], "loss or gradient", math.nan)
        figures = self.meter.read()
        steps = range(self._standing.step - count + 1, self._standing.step + 1)
        for key, values in figures.items():
            self._log.extend(key, steps, values)
            self._figures[key] = values[-1]
        self.spans.clear()

    def report(self) -> StepDone:
        """Read the figures and tell where the training stands."""
        standing = self._standing
        seen = standing.seen - self._seen
        self.read()
        now = time.perf_counter()
        speed = seen / max(now - self._reported, 1e-9)
        self._reported, self._seen = now, standing.seen
        self.next = now + self._report_seconds
        rate = next(iter(self._ready.tools.learners.values())).rate
        watched = self.gauge.read()
        spent = self._spent + now - self._began
        for key, value in {"lr": rate, "samples_per_second": speed, SECONDS: spent, **watched}.items():
            self._log.append(key, standing.step, value)
        progress = self.progress()
        done = progress - self._before
        return StepDone(
            epoch=standing.epoch + 1,
            step=standing.step,
            metrics={**self._figures, "lr": rate},
            samples_per_second=speed,
            progress=progress,
            remaining=(now - self._began) / done * (1 - progress) if done > 0 else None,
            watched=watched,
        )

    def progress(self) -> float:
        """Give the share of the whole training that is done, 0 to 1."""
        standing = self._standing
        share = (
            standing.epoch + standing.seen / max(self._ready.train.count, 1)
        ) / self._ready.settings.epochs
        if self._max_steps is not None:
            share = max(share, standing.step / max(self._max_steps, 1))
        return min(share, 1.0)
