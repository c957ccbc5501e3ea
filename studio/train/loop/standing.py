"""Where a training stands: its place in the data, what is the best up to now, and both as a checkpoint."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.graph import Message
from studio.train.events import Best
from studio.train.loop.goals import Goal
from studio.train.loop.meter import Meter
from studio.train.loop.random_stream import RandomStream
from studio.train.recipe import TrainError
from studio.train.runs.checkpoint import FORMAT, Position, State
from studio.train.runs.preparing import Ready
from studio.train.runs.weights import Tensors, load_tensors, tensors_of


@dataclass
class Standing:
    """Where a training stands.

    Attributes:
        epoch: finished epochs.
        seen: samples of the running epoch's order that were learned from.
        step: steps since the very start.
        stale: looks at the validation samples since the best.
        best: the best look up to now.
        cost: of the best; lower is better.
        new_best: its weights, while they wait to be kept.
        checked: the newest figures of the validation samples in the running epoch.
        checked_at: the step that they are of.
        seconds: of the running epoch before it was interrupted, rests excluded.
    """

    epoch: int = 0
    seen: int = 0
    step: int = 0
    stale: int = 0
    best: Best | None = None
    cost: float = math.inf
    new_best: Tensors | None = None
    checked: dict[str, float] = field(default_factory=dict)
    checked_at: int = -1
    seconds: float = 0.0

    @property
    def position(self) -> Position:
        """Its place in the data."""
        return {"epoch": self.epoch, "seen": self.seen, "step": self.step}

    def judge(self, metrics: Mapping[str, float], goal: Goal, epoch: int, ready: Ready) -> bool:
        """Say whether these figures are the best up to now, and if so take the weights.

        Raises:
            TrainError: the figure that the plan goes by is not among them.
        """
        cost = goal.cost(metrics, self.step)
        if cost >= self.cost:
            self.stale += 1
            return False
        self.best, self.cost, self.stale = Best(epoch, self.step, dict(metrics)), cost, 0
        self.new_best = ready.judged_tensors()
        return True

    def state(self, ready: Ready, stream: RandomStream, meter: Meter, seconds: float) -> State:
        """Give everything that is needed to go on exactly.

        Args:
            ready: what is worked with.
            stream: the random numbers.
            meter: the figures of the running epoch, all read.
            seconds: of the running epoch, rests excluded.
        """
        best: dict[str, Any] | None = None
        if self.best is not None:
            best = {
                "epoch": self.best.epoch,
                "step": self.best.step,
                "metrics": dict(self.best.metrics),
                "value": self.cost,
                "goal": [ready.goal.key, ready.goal.higher],
            }
        state: State = {
            "format": FORMAT,
            "seed": ready.settings.seed,
            "batch_size": ready.settings.batch_size,
            "samples": ready.train.count,
            "threads": ready.choices.threads,
            "channels_last": ready.choices.channels_last,
            "position": self.position,
            "weights": tensors_of(ready.models),
            "learners": {role: learner.state() for role, learner in ready.tools.learners.items()},
            "random": stream.state(),
            "sums": {**meter.sums, "": float(meter.seen)},
            "seconds": seconds,
            "best": best,
            "stale": self.stale,
            "recipe": ready.recipe.state(),
            "compiled": ready.choices.compiled,
            "checked": {**self.checked, "": float(self.checked_at)},
        }
        if ready.averages is not None:
            state["averages"] = ready.averages.state()
        return state

    def restore(self, state: State, ready: Ready, stream: RandomStream, meter: Meter) -> None:
        """Go on from a state.

        Raises:
            NetwrightError: the state is of another network or plan.
        """
        load_tensors(ready.models, state["weights"], "state.pt")
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
        if ready.averages is not None:
            kept = state.get("averages")
            # A run that had no average begins one from the weights that it has now.
            ready.averages.restore(kept or {"count": 0, "tensors": state["weights"]})
        ready.recipe.restore(state.get("recipe", {}))
        several = ready.processes
        everyone = state.get("everyone", [])
        if several is not None and len(everyone) == several.count:
            stream.restore(everyone[several.rank])
        else:
            stream.restore(state["random"])
        self.epoch, self.step = state["position"]["epoch"], state["position"]["step"]
        # With other data, the place in the old order means nothing: the epoch begins anew.
        same = state["samples"] == ready.train.count
        self.seen = state["position"]["seen"] if same else 0
        self.stale = state["stale"]
        checked = dict(state.get("checked", {}))
        self.checked_at = int(checked.pop("", -1.0))
        if same:
            sums = dict(state["sums"])
            meter.seen = int(sums.pop("", 0.0))
            meter.sums = sums
            self.seconds = state["seconds"]
            self.checked = checked
        best = state["best"]
        if best is not None:
            self.best = Best(best["epoch"], best["step"], best["metrics"])
            # A best that was found by another figure is no measure for this one.
            known = best.get("goal", [ready.goal.key, ready.goal.higher])
            self.cost = best["value"] if known == [ready.goal.key, ready.goal.higher] else math.inf
