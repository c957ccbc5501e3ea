"""A network, data and the loop that one writes by hand, with everything that a plan can choose."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.optim import lr_scheduler as rates

from studio.data import Dataset, Split
from studio.graph import Value
from studio.project import Plan
from tests.train.plain import Folder, attempted, trained, vectors


class Deep(nn.Module):
    """Tokens or numbers through two hidden layers: matrices, a table, biases, dropout."""

    def __init__(self, units: int = 3, tokens: bool = False, last: nn.Module | None = None) -> None:
        super().__init__()
        self.table = nn.Embedding(8, 6) if tokens else None
        self.fc1 = nn.Linear(6, 8)
        self.fc2 = nn.Linear(8, 8)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(8, units)
        self.last = last

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.table is not None:
            x = self.table(x).mean(1)
        x = self.drop(torch.tanh(self.fc2(torch.relu(self.fc1(x)))))
        out: torch.Tensor = self.head(x)
        return out if self.last is None else self.last(out)


def deep(units: int = 3, tokens: bool = False, last: nn.Module | None = None, seed: int = 0) -> Deep:
    torch.manual_seed(seed)
    return Deep(units, tokens, last)


def tokens() -> Dataset:
    data = vectors()
    generator = torch.Generator().manual_seed(1)

    def part(split: Split) -> Split:
        return Split({"x": torch.randint(0, 8, (len(split), 5), generator=generator)}, split.targets)

    return dataclasses.replace(
        data, train=part(data.train), validation=part(data.validation), test=part(data.test)
    )


def by_hand(
    model: nn.Module,
    data: Dataset,
    make: Callable[[nn.Module], torch.optim.Optimizer],
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = nn.functional.cross_entropy,
    *,
    epochs: int = 2,
    schedule: Callable[[torch.optim.Optimizer, int], rates.LRScheduler] | None = None,
    each_step: bool = False,
    before: Callable[[nn.Module], None] = lambda _model: None,
) -> Iterator[float]:
    """Train as one writes it by hand with batches of 8; gives the learning rate of each epoch's end."""
    torch.manual_seed(1)
    x, y = data.train.inputs["x"], data.train.targets["target"]
    optimizer = make(model)
    steps = -(-len(x) // 8)
    moved = schedule(optimizer, epochs * steps) if schedule is not None else None
    for epoch in range(epochs):
        model.train()
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(epoch))
        for places in order.split(8):

            def closure(places: torch.Tensor = places) -> torch.Tensor:
                optimizer.zero_grad()
                value = loss(model(x[places]), y[places])
                value.backward()
                before(model)
                return value

            optimizer.step(closure)  # type: ignore[arg-type]
            if moved is not None and each_step:
                moved.step()
        if isinstance(moved, rates.ReduceLROnPlateau):
            model.eval()
            with torch.no_grad():
                checked = loss(model(data.validation.inputs["x"]), data.validation.targets["target"])
            moved.step(float(checked))
        elif moved is not None and not each_step:
            moved.step()
        yield optimizer.param_groups[0]["lr"]


def resumed(how: Plan, make: Callable[[int], nn.Module], data: Dataset, folder: Path) -> nn.Module:
    """Train half of it, keep it, and go on with a fresh network."""
    keeper = Folder(folder)
    attempted(how, make(0), data, keeper=keeper, max_steps=9)
    model = make(123)
    trained(how, model, data, state=keeper.state())
    return model


def weights(model: nn.Module) -> list[nn.Parameter]:
    return list(model.parameters())


def muon(model: nn.Module) -> Both:
    hidden = ("fc1.weight", "fc2.weight")
    named = dict(model.named_parameters())
    rest = [weight for name, weight in named.items() if name not in hidden]
    return Both(
        torch.optim.Muon([named[name] for name in hidden], adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, lr=0.001, weight_decay=0.1, fused=True),
    )


def sparse(model: nn.Module) -> Both:
    assert isinstance(model, Deep)
    assert model.table is not None
    model.table.sparse = True
    rest = [weight for name, weight in model.named_parameters() if name != "table.weight"]
    return Both(torch.optim.SparseAdam([model.table.weight]), torch.optim.Adam(rest, fused=True))


class Both:
    """Two optimizers by hand."""

    def __init__(self, *parts: torch.optim.Optimizer) -> None:
        self.parts = parts
        self.param_groups = parts[0].param_groups

    def zero_grad(self) -> None:
        for part in self.parts:
            part.zero_grad()

    def step(self, closure: Callable[[], torch.Tensor]) -> None:
        closure()
        for part in self.parts:
            part.step()


optim = torch.optim
OPTIMIZERS: Mapping[str, Callable[[nn.Module], Any]] = {
    "sgd": lambda m: optim.SGD(weights(m), lr=0.01, momentum=0.9, fused=True),
    "adam": lambda m: optim.Adam(weights(m), fused=True),
    "adamw": lambda m: optim.AdamW(weights(m), fused=True),
    "nadam": lambda m: optim.NAdam(weights(m)),
    "radam": lambda m: optim.RAdam(weights(m)),
    "adamax": lambda m: optim.Adamax(weights(m)),
    "rmsprop": lambda m: optim.RMSprop(weights(m), lr=0.001),
    "adagrad": lambda m: optim.Adagrad(weights(m), fused=True),
    "adadelta": lambda m: optim.Adadelta(weights(m)),
    "adafactor": lambda m: optim.Adafactor(weights(m)),
    "asgd": lambda m: optim.ASGD(weights(m)),
    "rprop": lambda m: optim.Rprop(weights(m)),
    "lbfgs": lambda m: optim.LBFGS(weights(m), lr=0.1, max_iter=4, line_search_fn="strong_wolfe"),
    "muon": muon,
    "sparse_adam": sparse,
}
VALUES: Mapping[str, dict[str, Value]] = {
    "lbfgs": {"lr": 0.1, "max_iter": 4, "line_search_fn": "strong_wolfe"},
}
