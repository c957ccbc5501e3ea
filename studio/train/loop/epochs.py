"""Epochs, steps, validation, best and last, patience: what happens between `Started` and `Finished`."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator
from contextlib import nullcontext
from pathlib import Path

import torch

from studio.data import DataError
from studio.graph import Message, NetwrightError
from studio.train.control import Control
from studio.train.events import (
    CheckpointSaved,
    EpochDone,
    Event,
    Finished,
    SampleMade,
    Started,
    Validated,
    Warned,
)
from studio.train.failure import Explained
from studio.train.loop import culprit
from studio.train.loop.attendant import Attendant
from studio.train.loop.random_stream import RandomStream
from studio.train.loop.reporting import Reporter
from studio.train.loop.standing import Standing
from studio.train.loop.stopping import Interruptible, NotWantedError
from studio.train.loop.validating import validated
from studio.train.machine.processes import Agreed
from studio.train.made import Made
from studio.train.metrics import MetricLog
from studio.train.recipe import Batch, NotFiniteError
from studio.train.runs.checkpoint import Keeper, State
from studio.train.runs.preparing import Ready

Reason = str
"""Why a training ended; see `Finished`."""

Events = Generator[Event, None, "Reason | None"]


class Loop:
    """One training, from where it stands to its end."""

    def __init__(
        self,
        ready: Ready,
        stream: RandomStream,
        *,
        control: Control,
        log: MetricLog,
        keeper: Keeper | None,
        folder: Path | None,
        max_steps: int | None,
        report_seconds: float,
    ) -> None:
        """Stand at the very start.

        Args:
            ready: all that is worked with.
            stream: the random numbers; the loop computes while it is entered.
            control: the buttons.
            log: where the curves go.
            keeper: where checkpoints go; None keeps none.
            folder: the folder of the run, for the events.
            max_steps: end after so many steps.
            report_seconds: shortest time between two `StepDone`.
        """
        self._ready = ready
        self._stream = stream
        self._control = control
        self._log = log
        self._keeper = keeper
        self._folder = folder
        self._max_steps = max_steps
        self._settings = ready.settings
        # Without validation samples there is nothing to look at within an epoch.
        self._every = ready.settings.validate_every if ready.validation.count else None
        self._standing = Standing()
        self._reporter = Reporter(
            ready, self._standing, log, max_steps=max_steps, report_seconds=report_seconds
        )
        self._attendant = Attendant(ready, stream, control, self._reporter)
        self._kept = False

    # -- where it stands ------------------------------------------------------------------------------

    def state(self) -> State:
        """Give everything that is needed to go on exactly."""
        reporter = self._reporter
        return self._standing.state(self._ready, self._stream, reporter.meter, reporter.seconds)

    def restore(self, state: State) -> None:
        """Go on from a state.

        Raises:
            NetwrightError: the state is of another network or plan.
        """
        self._standing.restore(state, self._ready, self._stream, self._reporter.meter)
        self._kept = True

    # -- the course of it -----------------------------------------------------------------------------

    def events(self) -> Generator[Event, None, None]:
        """Train."""
        ready, settings, standing = self._ready, self._settings, self._standing
        yield Started(
            run=self._folder,
            device=ready.device,
            seed=settings.seed,
            epochs=settings.epochs,
            steps_per_epoch=ready.steps_per_epoch,
            samples=ready.train.count,
            parameters=sum(p.numel() for model in ready.models.values() for p in model.parameters()),
            step=standing.step,
            choices=ready.messages,
            facts=ready.facts(),
        )
        for warning in ready.warnings:
            yield Warned(warning)
        self._reporter.begin()
        reason: Reason | None = None
        while reason is None:
            if standing.epoch >= settings.epochs:
                reason = "completed"
            elif self._patience_is_out():
                reason = "patience"
            else:
                reason = yield from self._one_epoch()
        if len(self._reporter.meter):
            yield self._reporter.report()
        if reason != "stopped" and self._every and standing.checked_at != standing.step:
            yield from self._check(min(standing.epoch + 1, settings.epochs))
        yield from self._save(finish=True)
        yield Finished(self._folder, reason, standing.best, standing.step)

    def _patience_is_out(self) -> bool:
        return self._settings.patience is not None and self._standing.stale >= self._settings.patience

    def _one_epoch(self) -> Events:
        """Train for what is left of an epoch, then check and sum it up."""
        ready, settings, control, standing = self._ready, self._settings, self._control, self._standing
        reporter, recipe, tools, feed = self._reporter, ready.recipe, ready.tools, ready.train
        meter, gauge, averages = reporter.meter, reporter.gauge, ready.averages
        feed.shuffle(settings.seed, standing.epoch)
        self._train_mode()
        if self._every and standing.step and self._due():
            # It was interrupted between the step and the look that belongs to it.
            if (yield from self._check(standing.epoch + 1)) is None:
                return "stopped"
            if self._patience_is_out():
                return "patience"
        now = time.perf_counter()
        spans = ready.spans(standing.seen)
        together = ready.processes
        # Of weights in parts, no process can watch its own alone.
        shared = together is not None and settings.parallel == "fsdp"
        parts = [(part, span) for span in spans for part in ready.parts(*span)]
        feed.expect([part if together is None else together.part(part, span)[0] for part, span in parts])
        for start, end in spans:
            if control.asked:
                reason = yield from self._obey()
                if reason is not None:
                    return reason
            if self._max_steps is not None and standing.step >= self._max_steps:
                return "max_steps"
            reporter.spans.append((start, end))
            watched = not shared and gauge.begin(now)
            if together is not None:
                for part in ready.parts(start, end):
                    span, counted, weight = together.part(part, (start, end))
                    batch = yield from self._fetched(*span)
                    tools.take_share(weight)
                    meter.add(recipe.step(batch, tools), counted, last=weight.last)
            elif settings.accumulate == 1 and not feed.streams:
                meter.add(recipe.step(feed.shuffled(start, end), tools), end - start)
            else:
                for part in ready.parts(start, end):
                    batch = yield from self._fetched(*part)
                    tools.take_part(part, (start, end))
                    meter.add(recipe.step(batch, tools), batch.size, last=part[1] == end)
            if averages is not None:
                averages.follow()
            if watched:
                gauge.end()
            standing.step += 1
            standing.seen = end
            now = time.perf_counter()
            report = now >= reporter.next
            keep = self._keeper is not None and now - reporter.saved >= settings.checkpoint_seconds
            if isinstance(control, Agreed):
                report, keep = control.agree(report, keep)
            if report:
                yield reporter.report()
                while ready.fallen:
                    yield Warned(_fallen(ready.fallen.pop()))
            if self._every and standing.step % self._every == 0:
                if (yield from self._check(standing.epoch + 1)) is None:
                    return "stopped"
                if self._patience_is_out():
                    return "patience"
            if keep:
                yield from self._save()
        if len(meter):
            yield reporter.report()
        if control.asked:
            reason = yield from self._obey()
            if reason is not None:
                return reason
        metrics = meter.means()
        trained = reporter.seconds
        if self._every:
            metrics |= standing.checked
        elif ready.validation.count:
            checked = yield from self._validate(standing.epoch + 1, metrics)
            if checked is None:
                return "stopped"
            metrics |= checked
        yield self._end_epoch(metrics, trained)
        yield from self._make()
        # The first epoch is kept however short it was: from then on there is something to go on from.
        waited = time.perf_counter() - reporter.saved
        due = self._keeper is not None and (not self._kept or waited >= settings.checkpoint_seconds)
        if isinstance(control, Agreed):
            _, due = control.agree(False, due)
        if due:
            yield from self._save()
        if self._max_steps is not None and standing.step >= self._max_steps:
            return "completed" if standing.epoch >= settings.epochs else "max_steps"
        return None

    def _fetched(self, start: int, end: int) -> Generator[Event, None, Batch]:
        """Give a batch; where its data is gone, rest until someone has brought it back and goes on.

        Raises:
            DataError: it is gone, and nobody is there to bring it back.
        """
        feed = self._ready.train
        while True:
            try:
                return feed.shuffled(start, end)
            except DataError as error:
                if start == self._reporter.spans[-1][0]:  # else a part of the step is done, and not kept
                    self._reporter.spans.pop()
                    yield from self._save()
                    self._reporter.spans.append((start, end))
                if not self._control.attended or self._control.stopped:
                    raise
                yield Warned(
                    Message("{reason} The training rests until it is there again.", reason=error.message),
                    "data",
                )
                self._control.pause()
                self._attendant.rest()
                self._leave_if_interrupted()

    def _train_mode(self) -> None:
        for model in self._ready.models.values():
            model.train()

    def _due(self) -> bool:
        return (
            bool(self._every)
            and self._standing.step % (self._every or 1) == 0
            and (self._standing.checked_at != self._standing.step)
        )

    def _end_epoch(self, metrics: dict[str, float], trained: float) -> EpochDone:
        """Sum the epoch up, keep it if it is the best, and stand at the start of the next."""
        ready, standing, reporter = self._ready, self._standing, self._reporter
        better = not self._every and standing.judge(metrics, ready.goal, standing.epoch + 1, ready)
        seconds, shown = reporter.seconds, reporter.meter.seen
        standing.epoch += 1
        standing.seen = 0
        standing.checked = {}
        for learner in ready.tools.learners.values():
            learner.next_epoch(ready.goal.plateau(metrics, standing.step))
        reporter.next_epoch()
        return EpochDone(
            epoch=standing.epoch,
            epochs=self._settings.epochs,
            step=standing.step,
            metrics=metrics,
            seconds=seconds,
            samples_per_second=shown / max(trained, 1e-9),
            best=better,
        )

    # -- validation -----------------------------------------------------------------------------------

    def _check(self, epoch: int) -> Generator[Event, None, bool | None]:
        """Look at the validation samples within an epoch; None when a stop was asked for meanwhile."""
        standing, reporter = self._standing, self._reporter
        if len(reporter.meter):
            reporter.read()
        means = reporter.meter.means()
        found = yield from self._validate(epoch, means, judged=True)
        self._train_mode()
        if found is None:
            return None
        standing.checked, standing.checked_at = found, standing.step
        return True

    def _validate(
        self, epoch: int, means: dict[str, float], judged: bool = False
    ) -> Generator[Event, None, dict[str, float] | None]:
        """Give the figures of the validation samples; None when a stop was asked for meanwhile."""
        found = validated(self._ready, self._still_wanted)
        self._leave_if_interrupted()
        if found is None:
            return None
        standing = self._standing
        for key, value in found.items():
            self._log.append(key, standing.step, value)
        best = judged and standing.judge({**means, **found}, self._ready.goal, epoch, self._ready)
        yield Validated(epoch, standing.step, found, best)
        return found

    def _still_wanted(self) -> bool:
        if self._control.asked:
            if self._control.looked_for:
                self._attendant.show()
            if self._control.paused:
                self._attendant.rest()
        # What is kept when it is left is the weights themselves, which may lie aside for their average now.
        return not (self._control.stopped or self._control.interrupted)

    def _make(self) -> Generator[Event, None, None]:
        """Let the recipe make something to look at; its randomness is its own."""
        ready = self._ready
        for model in ready.models.values():
            model.eval()
        generator = torch.Generator().manual_seed(self._settings.seed)
        with torch.no_grad(), ready.averages.shown() if ready.averages is not None else nullcontext():
            try:
                made = ready.recipe.make(Interruptible(ready.judge_tools(), self._going_on), generator)
            except NotWantedError:
                made = None
        for each in (made,) if isinstance(made, Made) else made or ():
            for key, value in each.figures:
                self._log.append(key, self._standing.step, value)
            yield SampleMade(self._standing.epoch, self._standing.step, each)

    def _going_on(self) -> bool:
        return not (self._control.stopped or self._control.interrupted)

    # -- keeping, obeying -----------------------------------------------------------------------------

    def _save(self, finish: bool = False) -> Generator[Event, None, None]:
        """Keep everything; what cannot be kept is told, and what was kept before is still there."""
        reporter, standing, together = self._reporter, self._standing, self._ready.processes
        reporter.read()
        if together is None and self._keeper is None:
            return
        # All of several processes give what they hold of it.
        state = self.state()
        if together is not None:
            state["everyone"] = together.gather(state["random"])
        if self._keeper is None:
            return
        try:
            path = self._keeper.save(state, standing.new_best)
            standing.new_best = None
            if finish:
                self._keeper.finish(state)
        except NetwrightError as error:
            yield Warned(error.message)
        else:
            epoch = min(standing.epoch + 1, self._settings.epochs)
            yield CheckpointSaved(epoch, standing.step, path)
        # Also after a failure: a full disk is asked again after the same time, not at every step.
        reporter.saved = time.perf_counter()
        self._kept = True

    def _obey(self) -> Events:
        """Do what a person asked for; give the reason when that ends the training."""
        if self._control.looked_for:
            self._attendant.show()
        if self._control.paused:
            if len(self._reporter.meter):
                yield self._reporter.report()
            yield from self._save()
            self._attendant.rest()
        self._leave_if_interrupted()
        return "stopped" if self._control.stopped else None

    def _leave_if_interrupted(self) -> None:
        """Keep everything and raise Ctrl-C, if it was pressed."""
        if self._control.interrupted:
            self.abandon()
            raise KeyboardInterrupt

    # -- when it fails --------------------------------------------------------------------------------

    def keep_what_can_be_kept(self) -> None:
        """After a failure: the best weights, which need no whole step behind them."""
        standing = self._standing
        if self._keeper is not None and standing.new_best is not None and standing.best is not None:
            with contextlib.suppress(NetwrightError):
                self._keeper.keep_best(standing.new_best, standing.best.json())

    def abandon(self) -> None:
        """The caller went away between two events: keep everything, tell nobody."""
        with contextlib.suppress(NotFiniteError):
            for _ in self._save():
                pass

    def explain_not_finite(self, error: NotFiniteError) -> Explained:
        """Find the step and the place where a number became none."""
        return culprit.explained(self._ready, error, self._standing.step, self._reporter.spans)


def _fallen(reason: str) -> Message:
    return Message(
        "The compiled network failed ({reason}). It is computed as it stands from here on.", reason=reason
    )
