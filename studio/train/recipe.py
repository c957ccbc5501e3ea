"""What a recipe is: it says what one step of training is, and nothing of threads, charts or files.

A recipe is made from the plan, the networks by role, and the data. `prepare` looks at one batch before the
first step, so that what does not fit is said then. In `step` it computes a loss and hands it to
`tools.learn` for the roles that shall learn from it, once or several times. After each epoch it may `make`
something to look at. The engine does the rest.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import torch
from torch import nn

from studio.compiler import Problem
from studio.data import Dataset
from studio.graph import Message, NetwrightError
from studio.project import Fix, GraphRef
from studio.train.made import Made

if TYPE_CHECKING:
    from studio.train.plans.bound import Bound


class TrainError(NetwrightError):
    """Training cannot go on; the text says why and what to do.

    Attributes:
        place: dotted name of the module that it concerns, such as `fc2`; empty for none.
        details: text for those who want to know more.
        node: id of the node that it concerns, once that is known.
        graph: the graph of that node.
        expected: what was expected there, if that can be told.
        received: what was received instead.
        fixes: mends to apply with one click.
    """

    def __init__(
        self,
        message: Message,
        *,
        place: str = "",
        details: str = "",
        node: str | None = None,
        graph: GraphRef | None = None,
        expected: Message | None = None,
        received: Message | None = None,
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        """Keep the sentence and the place."""
        super().__init__(message)
        self.place = place
        self.details = details
        self.node = node
        self.graph = graph
        self.expected = expected
        self.received = received
        self.fixes = fixes

    @classmethod
    def of(cls, problem: Problem) -> TrainError:
        """Make the error of a problem that keeps a training from beginning."""
        return cls(
            problem.message,
            node=problem.node or None,
            graph=problem.graph,
            expected=problem.expected,
            received=problem.received,
            fixes=problem.fixes,
        )


class DamagedError(TrainError):
    """What a run kept is damaged or is something else."""

    unreadable = True


@dataclass(frozen=True, slots=True)
class Batch:
    """The samples of one step, on the device.

    Attributes:
        inputs: field to tensor.
        targets: field to tensor.
        size: how many samples.
    """

    inputs: Mapping[str, torch.Tensor]
    targets: Mapping[str, torch.Tensor]
    size: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step or a check gave; all of it stays on the device until someone looks.

    Attributes:
        losses: name to a single number; `loss` is the one that counts. Where a recipe judges by what it
            plays, there is none.
        output: what is judged, if anything is.
        target: what it is judged by.
    """

    losses: Mapping[str, torch.Tensor]
    output: torch.Tensor | None = None
    target: torch.Tensor | None = None


@dataclass(frozen=True)
class Guess:
    """What one who knows nothing would do.

    Attributes:
        loss: the loss.
        text: how it comes about, such as `ln(10)`; empty where that is not short.
    """

    loss: float
    text: str = ""


Again = Callable[[], torch.Tensor]
"""Computes the loss of a step anew, with the weights as they are now."""

Roles = str | tuple[str, ...]
"""One role of a recipe, or several that learn from one loss together."""


class Tools(Protocol):
    """What the engine hands a recipe in each step."""

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute: that of the numbers the plan chose."""
        ...

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        """Move the weights of a role's network so that the loss falls.

        Args:
            roles: whose weights; several move together after one look at the loss.
            loss: the loss.
            again: computes the loss anew, for optimizers that look at a batch several times.

        Raises:
            NotFiniteError: the loss or a gradient is no number; no weight was changed.
        """
        ...


class Metric(Protocol):
    """A metric that is fed batch by batch."""

    def update(self, output: torch.Tensor, target: torch.Tensor) -> None:
        """Take one batch."""
        ...

    def compute(self) -> float:
        """Give the value over all batches."""
        ...


LATEST = "latest"
"""The goal of a recipe whose figures do not tell how good its networks are: the latest weights are kept."""


class Recipe(ABC):
    """A recipe; the catalogue's recipe declarations name classes of this form.

    It is made as `cls(plan, models, data, **parameters)`: the plan, the networks by role, the data as its
    source gives it, and the parameters that its declaration has. A role is an input port of the declaration.

    Attributes:
        models: the networks by role.
        goal: the figure by which the best weights are found, where the plan names none; empty for the loss,
            `LATEST` where no figure tells how good they are.
        streams: whether it hands on data that stays on the disk.
        makes_anew: whether `make` makes something else with another seed, so that a person can ask for more.
        averaging: how much of a moving average of the weights stays in each step, where the plan does not say
            so; what is kept, judged and made is then the average's. None for no average.
    """

    models: Mapping[str, nn.Module]
    goal: str = ""
    streams: bool = False
    makes_anew: bool = False
    averaging: float | None = None

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit, by what is drawn and what is known of the data; nothing is made yet.

        Args:
            bound: a network for every role, none of them with mistakes of its own, and the data.
        """
        return iter(())

    @abstractmethod
    def prepare(self, data: Dataset) -> Dataset:
        """Give the data as the steps need it, after a look at one batch: what does not fit is said here.

        Raises:
            TrainError: networks, losses and data do not fit together.
        """

    @abstractmethod
    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn from one batch."""

    @abstractmethod
    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at one batch without learning."""

    def look(self, batch: Batch, tools: Tools) -> Outcome:
        """Show one sample to the networks, so that what flows through them can be seen."""
        return self.judge(batch, tools)

    def guess(self, batch: Batch) -> Guess | None:
        """Give the loss of one who knows nothing and gives every answer the same chance.

        Args:
            batch: what would be guessed.

        Returns:
            None where no such loss can be told: then nothing is looked at before the first step.
        """
        return None

    def samples(self, output: torch.Tensor, target: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Give, for each sample of some batches, what can be averaged: `accuracy` as 0 or 1, for example."""
        return {}

    def metrics(self) -> Mapping[str, Metric]:
        """Give the plan's metrics, fresh, by the key under which they are shown."""
        return {}

    def make(self, tools: Tools, generator: torch.Generator) -> Made | Sequence[Made] | None:
        """Make something to look at with the networks as they are, in evaluation mode and without gradients.

        It is called after each epoch.

        Args:
            tools: the numbers to compute with.
            generator: what randomness is drawn from, seeded alike each time, so that pictures of two epochs
                can be compared. The training's own stream must not be drawn from.

        Returns:
            What was made, or several things; None where there is nothing to see.
        """
        return None

    def walk(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Go evenly from one thing that was made to others, through all that lies between them.

        Args:
            tools: the numbers to compute with.
            generator: what randomness is drawn from.

        Returns:
            The instants of the way; None where nothing lies between.
        """
        return None

    def give_back(self, x: torch.Tensor, tools: Tools) -> torch.Tensor | None:
        """Give samples back as the networks do, pictures with brightness from 0 to 1; None where they do not.

        Args:
            x: samples, as they enter the networks.
            tools: the numbers to compute with.
        """
        return None

    def state(self) -> dict[str, Any]:
        """Give what the recipe itself must keep to go on exactly: tensors and plain types."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:  # noqa: B027  # most recipes keep nothing
        """Go on from what was kept."""


@dataclass
class NotFiniteError(Exception):
    """A loss or gradient that is infinite or no number at all, found before any weight changed.

    Attributes:
        role: whose learning it was.
        what: `loss` or `gradient`.
        value: the number.
    """

    role: str
    what: str
    value: float

    def __str__(self) -> str:
        """Give a text for the details."""
        return f"{self.what} of {self.role} is {self.value}"
