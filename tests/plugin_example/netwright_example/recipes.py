"""The recipe of this package: a student learns to say what a teacher says."""

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn

from studio.compiler import Problem
from studio.data import Dataset
from studio.train.plans.bound import Bound
from studio.train.plans.entries import called, entries
from studio.train.recipe import Batch, Outcome, Recipe, Tools
from studio.train.recipes.given import prepared


class Distilling(Recipe):
    """The teacher stays as it is."""

    def __init__(
        self, plan: object, models: Mapping[str, nn.Module], data: Dataset, *, warmth: float
    ) -> None:
        """Bind the networks."""
        self.models = models
        self.warmth = warmth
        self.steps = 0

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Both take what the data gives, and say as many numbers."""
        if not bound.values["warmth"]:
            raise ZeroDivisionError("no warmth")
        for role in ("teacher", "student"):
            yield from bound.data_misfits(bound.inputs(role)[0])
        yield from bound.alike(bound.outputs("student")[0], bound.outputs("teacher")[0])

    def prepare(self, data: Dataset) -> Dataset:
        """Give the samples alone."""
        return prepared(data, entries(self.models["student"])[0], classes=False)

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn from the teacher."""
        self.steps += 1
        outcome = self.judge(batch, tools)
        tools.learn("student", outcome.losses["loss"], lambda: self.judge(batch, tools).losses["loss"])
        return outcome

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Compare what both say."""
        with tools.precision():
            with torch.no_grad():
                wanted = called(self.models["teacher"], batch.inputs["x"]) / self.warmth
            said = called(self.models["student"], batch.inputs["x"]) / self.warmth
        return Outcome({"loss": nn.functional.cross_entropy(said.float(), wanted.float().softmax(1))})

    def state(self) -> dict[str, Any]:
        """Count steps."""
        return {"steps": self.steps}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on counting."""
        self.steps = state["steps"]
