"""Networks written by hand, small data, plans, and the plain loop that training is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import torch
from torch import nn

from studio.data import Dataset, Preprocessing, Split
from studio.graph import Message, Value
from studio.project import MODEL, Choice, LossTerm, Plan
from studio.train.events import Event, Failed, Finished
from studio.train.loop import engine
from studio.train.machine.choices import Choices
from studio.train.runs.checkpoint import State, read_state, write_state
from studio.train.runs.weights import Tensors

ONE = Choices(threads=1, channels_last=False)
"""One thread and the plain layout: nothing to measure."""


class CNN(nn.Module):
    """The article's network: 421,642 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        out: torch.Tensor = self.fc2(torch.relu(self.fc1(x.flatten(1))))
        return out


class Small(nn.Module):
    """Dropout and batch normalisation: everything that has a state besides its weights."""

    def __init__(self, classes: int = 3, dropout: float = 0.25) -> None:
        super().__init__()
        self.fc1 = nn.Linear(6, 16)
        self.norm = nn.BatchNorm1d(16)
        self.drop = nn.Dropout(dropout)
        self.fc2 = nn.Linear(16, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.fc2(self.drop(torch.relu(self.norm(self.fc1(x)))))
        return out


def small(seed: int = 0, classes: int = 3) -> Small:
    torch.manual_seed(seed)
    return Small(classes)


def vectors(count: int = 50, classes: int = 3, validation: int = 12) -> Dataset:
    """Points around as many centres as there are classes."""
    generator = torch.Generator().manual_seed(7)
    labels = torch.arange(count + validation) % classes
    centres = torch.randn(classes, 6, generator=generator)
    points = centres[labels] + 0.5 * torch.randn(count + validation, 6, generator=generator)
    train = Split({"x": points[:count]}, {"target": labels[:count]})
    rest = Split({"x": points[count:]}, {"target": labels[count:]})
    names = tuple(f"class {index}" for index in range(classes))
    facts = Preprocessing("vector", (6,))
    return Dataset(train, rest, rest, "classification", names, facts, Message("points"))


def numbers(count: int = 40) -> Dataset:
    """A sum to predict."""
    points = torch.randn(count, 6, generator=torch.Generator().manual_seed(3))
    part = Split({"x": points}, {"target": points.sum(1)})
    empty = Split({"x": points[:0]}, {"target": points[:0].sum(1)})
    return Dataset(part, part, empty, "regression", (), Preprocessing("vector", (6,)), Message("sums"))


def plan(
    optimizer: str = "adam",
    loss: str = "cross_entropy",
    schedule: tuple[str, dict[str, Value]] | None = None,
    metrics: Iterable[str] = ("accuracy",),
    optimizer_values: dict[str, Value] | None = None,
    **loop: Value,
) -> Plan:
    values: dict[str, Value] = {"epochs": 2, "batch_size": 8, "threads": 1, "device": "cpu", **loop}
    return Plan(
        losses=(LossTerm(Choice(loss)),),
        optimizers={MODEL: Choice(optimizer, optimizer_values or {})},
        schedules={MODEL: Choice(*schedule)} if schedule else {},
        metrics=tuple(Choice(name) for name in metrics),
        loop=Choice("loop", values),
    )


def trained(the_plan: Plan, model: nn.Module, data: Dataset, **named: Any) -> list[Event]:
    """Train to the end and give all events, each step told."""
    events = attempted(the_plan, model, data, **named)
    assert isinstance(events[-1], Finished), events[-1]
    return events


def attempted(the_plan: Plan, model: nn.Module, data: Dataset, **named: Any) -> list[Event]:
    """Train, whether it ends well or not."""
    return list(engine.run(the_plan, model, data, **{"choices": ONE, "report_seconds": 0.0, **named}))


def failure(events: list[Event]) -> Failed:
    """Give the failure that a training ended with."""
    assert isinstance(events[-1], Failed), events[-1]
    return events[-1]


def copied(model: nn.Module) -> Tensors:
    return {name: value.clone() for name, value in model.state_dict().items()}


def same(a: Tensors, b: Tensors) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def kinds(events: Iterable[Event]) -> list[str]:
    return [str(event.json()["event"]) for event in events]


def plain_loop(
    model: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    *,
    optimizer: Callable[[Any], torch.optim.Optimizer],
    loss: nn.Module,
    epochs: int,
    batch_size: int,
    seed: int,
    leave_out: int = 0,
) -> list[float]:
    """Train as anyone would write it by hand, in the order that the engine promises; give the losses."""
    torch.manual_seed(seed + 1)
    stepper = optimizer(model.parameters())
    losses: list[float] = []
    model.train()
    for epoch in range(epochs):
        generator = torch.Generator().manual_seed(seed * 1_000_003 + epoch)
        order = torch.randperm(len(x), generator=generator)
        for places in order[: len(x) - leave_out].split(batch_size):
            stepper.zero_grad()
            value = loss(model(x[places]), y[places])
            value.backward()
            stepper.step()
            losses.append(value.item())
    return losses


class Folder:
    """Keeps the state of a training in a folder, as a run does, and counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.saved = 0
        self.best: Tensors | None = None

    def save(self, state: State, best: Tensors | None) -> Path:
        self.saved += 1
        self.best = best or self.best
        return write_state(self.folder, state)

    def keep_best(self, best: Tensors, facts: object) -> None:
        self.best = best

    def finish(self, state: State) -> None:
        self.last = state["weights"]

    def state(self) -> State:
        found, _ = read_state(self.folder)
        assert found is not None
        return found
