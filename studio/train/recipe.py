"""What a recipe is: it says what one step of training is, and nothing of threads, charts or files.

A recipe is made from the plan, the networks by role, and the data. `prepare` looks at one batch before the
first step, so that what does not fit is said then. In `step` it computes a loss and hands it to
`tools.learn` for the role that shall learn from it, once or several times. The engine does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import nn

from studio.compiler import Problem
from studio.data import Dataset
from studio.graph import Message, NetwrightError
from studio.project import Fix, GraphRef


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
        losses: name to a single number; `loss` is the one that counts.
        output: what is judged, if anything is.
        target: what it is judged by.
    """

    losses: Mapping[str, torch.Tensor]
    output: torch.Tensor | None = None
    target: torch.Tensor | None = None


class Tools(Protocol):
    """What the engine hands a recipe in each step."""

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute: that of the numbers the plan chose."""
        ...

    def learn(self, role: str, loss: torch.Tensor, again: Callable[[], torch.Tensor] | None = None) -> None:
        """Move the weights of a role's network so that the loss falls.

        Args:
            role: whose weights.
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


class Recipe(Protocol):
    """A recipe; the catalogue's recipe declarations name classes of this form."""

    models: Mapping[str, nn.Module]
    """The networks by role."""

    def prepare(self, data: Dataset) -> Dataset:
        """Give the data as the losses need it.

        Raises:
            TrainError: networks, losses and data do not fit together.
        """
        ...

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn from one batch."""
        ...

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at one batch without learning."""
        ...

    def samples(self, output: torch.Tensor, target: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Give, for each sample of some batches, what can be averaged: `accuracy` as 0 or 1, for example."""
        ...

    def metrics(self) -> Mapping[str, Metric]:
        """Give the plan's metrics, fresh, by the key under which they are shown."""
        ...


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
