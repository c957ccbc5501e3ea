"""Epochs, steps, validation, best and last, patience: what happens between `Started` and `Finished`."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import torch

from studio.graph import Message, NetwrightError
from studio.train.checkpoint import FORMAT, Keeper, Position, State
from studio.train.control import Control
from studio.train.events import (
    Best,
    CheckpointSaved,
    EpochDone,
    Event,
    Finished,
    SampleMade,
    Started,
    StepDone,
    Validated,
    Warned,
)
from studio.train.failure import Explained, explain_not_finite
from studio.train.feed import batches
from studio.train.made import Made
from studio.train.measures import finite
from studio.train.meter import Meter
from studio.train.metrics import MetricLog
from studio.train.peek import Viewer
from studio.train.preparing import Bystander, Ready
from studio.train.random_stream import RandomStream
from studio.train.recipe import Batch, NotFiniteError, TrainError
from studio.train.weights import Tensors, load_tensors, tensors_of

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
        self._report_seconds = report_seconds
        self._settings = ready.settings
        self._meter = Meter(ready.recipe.samples)
        self._epoch = self._seen = self._step = self._stale = 0
        self._best: Best | None = None
        self._best_value = math.inf
        self._new_best: Tensors | None = None
        self._kept = False
        self._seconds = 0.0
        self._spans_since: list[tuple[int, int]] = []
        self._figures: dict[str, float] = {}
        self._viewer: Viewer | None = None
        now = time.perf_counter()
        self._mark = self._reported = self._next_report = self._saved = now
        self._reported_seen = 0
        self._began_at = (now, 0.0)

    # -- where it stands ------------------------------------------------------------------------------

    @property
    def position(self) -> Position:
        """Where the training stands."""
        return {"epoch": self._epoch, "seen": self._seen, "step": self._step}

    def state(self) -> State:
        """Give everything that is needed to go on exactly."""
        ready = self._ready
        best: dict[str, Any] | None = None
        if self._best is not None:
            best = {
                "epoch": self._best.epoch,
                "step": self._best.step,
                "metrics": dict(self._best.metrics),
                "value": self._best_value,
            }
        return {
            "format": FORMAT,
            "seed": self._settings.seed,
            "batch_size": self._settings.batch_size,
            "samples": ready.train.count,
            "threads": ready.choices.threads,
            "channels_last": ready.choices.channels_last,
            "position": self.position,
            "weights": tensors_of(ready.models),
            "learners": {role: learner.state() for role, learner in ready.tools.learners.items()},
            "random": self._stream.state(),
            "sums": {**self._meter.sums, "": float(self._meter.seen)},
            "seconds": self._seconds + time.perf_counter() - self._mark,
            "best": best,
            "stale": self._stale,
            "recipe": ready.recipe.state(),
        }

    def restore(self, state: State) -> None:
        """Go on from a state.

        Raises:
            NetwrightError: the state is of another network or plan.
        """
        ready = self._ready
        load_tensors(ready.models, state["weights"], "state.pt")
        self._kept = True
        try:
            for role, learner in ready.tools.learners.items():
                learner.restore(state["learners"][role])
        except (KeyError, ValueError, RuntimeError, TypeError) as error:
            raise TrainError(
                Message(
                    "The checkpoint was made with another optimizer or schedule, so the run cannot be "
                    "resumed. Set them as they were, or start a new run."
                ),
                details=str(error),
            ) from error
        ready.recipe.restore(state.get("recipe", {}))
        self._stream.restore(state["random"])
        self._epoch, self._step = state["position"]["epoch"], state["position"]["step"]
        # With other data, the place in the old order means nothing: the epoch begins anew.
        same = state["samples"] == ready.train.count
        self._seen = state["position"]["seen"] if same else 0
        self._stale = state["stale"]
        if same:
            sums = dict(state["sums"])
            self._meter.seen = int(sums.pop("", 0.0))
            self._meter.sums = sums
            self._seconds = state["seconds"]
        best = state["best"]
        if best is not None:
            self._best = Best(best["epoch"], best["step"], best["metrics"])
            self._best_value = best["value"]
        self._reported_seen = self._seen

    # -- the course of it -----------------------------------------------------------------------------

    def events(self) -> Generator[Event, None, None]:
        """Train."""
        ready, settings = self._ready, self._settings
        yield Started(
            run=self._folder,
            device=ready.device,
            seed=settings.seed,
            epochs=settings.epochs,
            steps_per_epoch=ready.steps_per_epoch,
            samples=ready.train.count,
            parameters=sum(p.numel() for model in ready.models.values() for p in model.parameters()),
            step=self._step,
            choices=ready.messages,
            facts=ready.facts(),
        )
        now = time.perf_counter()
        self._mark = self._reported = self._saved = now
        self._began_at = (now, self._progress())
        reason: Reason | None = None
        while reason is None:
            if self._epoch >= settings.epochs:
                reason = "completed"
            elif settings.patience is not None and self._stale >= settings.patience:
                reason = "patience"
            else:
                reason = yield from self._one_epoch()
        if len(self._meter):
            yield self._report()
        yield from self._save(finish=True)
        yield Finished(self._folder, reason, self._best, self._step)

    def _one_epoch(self) -> Events:
        """Train for what is left of an epoch, then check and sum it up."""
        ready, settings, control = self._ready, self._settings, self._control
        ready.train.shuffle(settings.seed, self._epoch)
        for model in ready.models.values():
            model.train()
        recipe, tools, meter, feed = ready.recipe, ready.tools, self._meter, ready.train
        for start, end in batches(feed.count, settings.batch_size, ready.normalises, self._seen):
            if control.asked:
                reason = yield from self._obey()
                if reason is not None:
                    return reason
            if self._max_steps is not None and self._step >= self._max_steps:
                return "max_steps"
            self._spans_since.append((start, end))
            outcome = recipe.step(feed.shuffled(start, end), tools)
            self._step += 1
            self._seen = end
            meter.add(outcome, end - start)
            now = time.perf_counter()
            if now >= self._next_report:
                yield self._report()
            if self._keeper is not None and now - self._saved >= settings.checkpoint_seconds:
                yield from self._save()
        if len(meter):
            yield self._report()
        if control.asked:
            reason = yield from self._obey()
            if reason is not None:
                return reason
        metrics = self._meter.means()
        trained = self._seconds + time.perf_counter() - self._mark
        if ready.validation.count:
            checked = yield from self._validate()
            if checked is None:
                return "stopped"
            metrics |= checked
        yield self._end_epoch(metrics, trained)
        yield from self._make()
        # The first epoch is kept however short it was: from then on there is something to go on from.
        due = not self._kept or time.perf_counter() - self._saved >= settings.checkpoint_seconds
        if self._keeper is not None and due:
            yield from self._save()
        if self._max_steps is not None and self._step >= self._max_steps:
            return "completed" if self._epoch >= settings.epochs else "max_steps"
        return None

    def _end_epoch(self, metrics: dict[str, float], trained: float) -> EpochDone:
        """Sum the epoch up, keep it if it is the best, and stand at the start of the next."""
        value = metrics.get("val_loss", metrics.get("loss", math.inf))
        better = value < self._best_value
        if better:
            self._best = Best(self._epoch + 1, self._step, metrics)
            self._best_value = value
            self._new_best = tensors_of(self._ready.models)
            self._stale = 0
        else:
            self._stale += 1
        now = time.perf_counter()
        seconds = self._seconds + now - self._mark
        self._seconds, self._mark, self._reported = 0.0, now, now
        shown = self._meter.seen
        self._epoch += 1
        self._seen = self._reported_seen = 0
        for learner in self._ready.tools.learners.values():
            learner.next_epoch(value)
        self._meter.next_epoch()
        return EpochDone(
            epoch=self._epoch,
            epochs=self._settings.epochs,
            step=self._step,
            metrics=metrics,
            seconds=seconds,
            samples_per_second=shown / max(trained, 1e-9),
            best=better,
        )

    def _validate(self) -> Generator[Event, None, dict[str, float] | None]:
        """Check with the validation samples; None when a stop was asked for meanwhile."""
        ready, recipe = self._ready, self._ready.recipe
        for model in ready.models.values():
            model.eval()
        tools = ready.judge_tools()
        metrics = recipe.metrics()
        totals: dict[str, torch.Tensor] = {}
        for batch in ready.validation.straight(self._settings.batch_size):
            if self._control.asked:
                if self._control.looked_for:
                    self._show()
                if self._control.paused:
                    self._rest()
                self._leave_if_interrupted()
                if self._control.stopped:
                    return None
            with torch.no_grad():
                outcome = recipe.judge(batch, tools)
                for name, loss in outcome.losses.items():
                    part = loss * batch.size
                    totals[name] = part if name not in totals else totals[name] + part
                if outcome.output is not None and outcome.target is not None:
                    for metric in metrics.values():
                        metric.update(outcome.output, outcome.target)
        found = {f"val_{name}": float(total) / ready.validation.count for name, total in totals.items()}
        found |= finite({f"val_{key}": metric.compute() for key, metric in metrics.items()})
        for key, value in found.items():
            self._log.append(key, self._step, value)
        yield Validated(self._epoch + 1, self._step, found)
        return found

    def _make(self) -> Generator[Event, None, None]:
        """Let the recipe make something to look at; its randomness is its own."""
        ready = self._ready
        for model in ready.models.values():
            model.eval()
        generator = torch.Generator().manual_seed(self._settings.seed)
        with torch.no_grad():
            made = ready.recipe.make(ready.judge_tools(), generator)
        for each in (made,) if isinstance(made, Made) else made or ():
            for key, value in each.figures:
                self._log.append(key, self._step, value)
            yield SampleMade(self._epoch, self._step, each)

    # -- looking, keeping, obeying ------------------------------------------------------------------------

    def _read(self) -> None:
        """Bring the figures of all steps since the last look from the device into the log.

        Raises:
            NotFiniteError: one of those steps met a number that is none; no step since has changed a weight.
        """
        count = len(self._meter)
        if not count:
            return
        failed = [
            role
            for role, learner in self._ready.tools.learners.items()
            if learner.deferred and bool(learner.failed)
        ]
        if failed:
            raise NotFiniteError(failed[0], "loss or gradient", math.nan)
        figures = self._meter.read()
        steps = range(self._step - count + 1, self._step + 1)
        for key, values in figures.items():
            self._log.extend(key, steps, values)
            self._figures[key] = values[-1]
        self._spans_since.clear()

    def _report(self) -> StepDone:
        """Read the figures and tell where the training stands."""
        seen = self._seen - self._reported_seen
        self._read()
        now = time.perf_counter()
        speed = seen / max(now - self._reported, 1e-9)
        self._reported, self._reported_seen = now, self._seen
        self._next_report = now + self._report_seconds
        rate = next(iter(self._ready.tools.learners.values())).rate
        self._log.append("lr", self._step, rate)
        self._log.append("samples_per_second", self._step, speed)
        progress = self._progress()
        began, before = self._began_at
        done = progress - before
        return StepDone(
            epoch=self._epoch + 1,
            step=self._step,
            metrics={**self._figures, "lr": rate},
            samples_per_second=speed,
            progress=progress,
            remaining=(now - began) / done * (1 - progress) if done > 0 else None,
        )

    def _progress(self) -> float:
        epochs = self._settings.epochs
        share = (self._epoch + self._seen / max(self._ready.train.count, 1)) / epochs
        if self._max_steps is not None:
            share = max(share, self._step / max(self._max_steps, 1))
        return min(share, 1.0)

    def _save(self, finish: bool = False) -> Generator[Event, None, None]:
        """Keep everything; what cannot be kept is told, and what was kept before is still there."""
        self._read()
        if self._keeper is None:
            return
        state = self.state()
        try:
            path = self._keeper.save(state, self._new_best)
            self._new_best = None
            if finish:
                self._keeper.finish(state)
        except NetwrightError as error:
            yield Warned(error.message)
        else:
            yield CheckpointSaved(min(self._epoch + 1, self._settings.epochs), self._step, path)
        # Also after a failure: a full disk is asked again after the same time, not at every step.
        self._saved = time.perf_counter()
        self._kept = True

    def _obey(self) -> Events:
        """Do what a person asked for; give the reason when that ends the training."""
        if self._control.looked_for:
            self._show()
        if self._control.paused:
            if len(self._meter):
                yield self._report()
            yield from self._save()
            self._rest()
        self._leave_if_interrupted()
        return "stopped" if self._control.stopped else None

    def _leave_if_interrupted(self) -> None:
        """Keep everything and raise Ctrl-C, if it was pressed."""
        if self._control.interrupted:
            self.abandon()
            raise KeyboardInterrupt

    def _rest(self) -> None:
        """Stand still; the random numbers are everyone's meanwhile, and the clocks stand."""
        began = time.perf_counter()
        self._stream.leave()
        try:
            self._control.rest()
            while self._control.looked_for and self._control.paused:
                self._look()
                self._control.rest()
        finally:
            self._stream.enter()
        rested = time.perf_counter() - began
        self._mark += rested
        self._reported += rested
        self._saved += rested
        self._began_at = (self._began_at[0] + rested, self._began_at[1])

    def _show(self) -> None:
        """Show what flows; whatever is drawn meanwhile is not drawn from the training's random numbers."""
        self._stream.leave()
        try:
            self._look()
        finally:
            self._stream.enter()

    def _look(self) -> None:
        ask = self._control.take_look()
        if ask is not None:
            self._viewer = self._viewer or self._ready.viewer()
            self._control.show(self._viewer.look(ask, self._step))

    # -- when it fails --------------------------------------------------------------------------------

    def keep_what_can_be_kept(self) -> None:
        """After a failure: the best weights, which need no whole step behind them."""
        if self._keeper is not None and self._new_best is not None and self._best is not None:
            with contextlib.suppress(NetwrightError):
                self._keeper.keep_best(self._new_best, self._best.json())

    def abandon(self) -> None:
        """The caller went away between two events: keep everything, tell nobody."""
        with contextlib.suppress(NotFiniteError):
            for _ in self._save():
                pass

    def explain_not_finite(self, error: NotFiniteError) -> Explained:
        """Find the step and the place where a number became none."""
        ready = self._ready
        batch, step, error = self._culprit(error)
        rate = next(iter(ready.tools.learners.values())).rate
        return explain_not_finite(
            error,
            ready.models,
            batch,
            lambda: ready.recipe.step(batch, Bystander(ready.tools)),
            step=step,
            rate=rate,
        )

    def _culprit(self, error: NotFiniteError) -> tuple[Batch, int, NotFiniteError]:
        """Give the batch and the number of the failed step, its gradients computed."""
        ready, spans = self._ready, self._spans_since
        if not ready.tools.learners[error.role].deferred:
            return ready.train.shuffled(*spans[-1]), self._step + 1, error
        # It was noticed late, but no weight has changed since: the steps can be computed again.
        for number, span in enumerate(spans, self._step - len(spans) + 1):
            batch = ready.train.shuffled(*span)
            outcome = ready.recipe.step(batch, Bystander(ready.tools, gradients=True))
            value = float(outcome.losses["loss"].detach())
            if not math.isfinite(value):
                return batch, number, NotFiniteError(error.role, "loss", value)
            parameters = ready.tools.learners[error.role].parameters
            if any(p.grad is not None and not bool(torch.isfinite(p.grad).all()) for p in parameters):
                return batch, number, NotFiniteError(error.role, "gradient", math.nan)
        return ready.train.shuffled(*spans[-1]), self._step, error
