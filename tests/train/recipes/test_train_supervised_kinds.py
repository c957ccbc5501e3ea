"""Several labels, several numbers, a class for each token, a class for each pixel: beside loops by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.nn import functional

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split
from studio.data.dataset import Task
from studio.graph import Message, Value
from studio.project import MODEL, Choice, GraphRef, LossTerm, Plan, Project, edits
from studio.train.events import EpochDone
from studio.train.plans.checking import Checker
from tests.train.plain import copied, plain_loop, same, trained
from tests.train.recipe_examples import OUT, Blocks, drawn, entry, linear, planned


def data_of(x: torch.Tensor, target: torch.Tensor, task: Task, classes: int, kept: int = 16) -> Dataset:
    def part(place: slice) -> Split:
        return Split({"x": x[place]}, {"target": target[place]})

    whole = not x.is_floating_point()
    facts = Preprocessing("tokens" if whole else "vector", tuple(x.shape[1:]))
    names = tuple(f"class {number}" for number in range(classes))
    rest = part(slice(-kept, None))
    return Dataset(part(slice(0, -kept)), rest, rest, task, names, facts, Message("made up"))


def planned_with(
    losses: tuple[LossTerm, ...], metrics: tuple[str, ...], lr: float = 0.02, epochs: int = 12
) -> Plan:
    how: dict[str, Value] = {"epochs": epochs, "batch_size": 8, "threads": 1, "device": "cpu"}
    return Plan(
        losses=losses,
        optimizers={MODEL: Choice("adam", {"lr": lr})},
        metrics=tuple(Choice(name) for name in metrics),
        loop=Choice("loop", how),
    )


def alike(
    plan: Plan, model: nn.Module, other: nn.Module, data: Dataset, y: torch.Tensor, loss: nn.Module
) -> dict[str, float]:
    """Train both ways, compare every bit, and give the last epoch's figures."""
    events = trained(plan, model, data)
    rate = plan.optimizers[MODEL].parameters["lr"]
    assert isinstance(rate, float)
    plain_loop(
        other,
        data.train.inputs["x"],
        y,
        optimizer=lambda weights: torch.optim.Adam(weights, lr=rate, fused=True),
        loss=loss,
        epochs=12,
        batch_size=8,
        seed=0,
    )
    assert same(copied(model), copied(other))
    model.eval()
    return dict([event for event in events if isinstance(event, EpochDone)][-1].metrics)


def mlp(units: int) -> nn.Module:
    torch.manual_seed(4)
    return nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, units))


def test_several_labels() -> None:
    x = torch.randn(64, 6, generator=torch.Generator().manual_seed(0))
    y = torch.stack([x[:, 0] > 0, x[:, 1] + x[:, 2] > 0, x[:, 3] > 1], 1)
    data = data_of(x, y.long(), "multilabel", 3)
    plan = planned_with((LossTerm(Choice("bce_with_logits")),), ("accuracy", "f1"))
    model = mlp(3)
    told = alike(plan, model, mlp(3), data, y[:-16].float(), nn.BCEWithLogitsLoss())
    said, right = model(x[-16:]) > 0, y[-16:]
    assert told["val_accuracy"] == pytest.approx(float((said == right).float().mean()))
    hits = (said & right).sum(0)
    f1 = 2 * hits / (said.sum(0) + right.sum(0)).clamp(min=1)
    assert told["val_f1"] == pytest.approx(float(f1.mean()), abs=1e-6)
    assert told["val_accuracy"] > 0.75


def test_several_numbers() -> None:
    x = torch.randn(64, 6, generator=torch.Generator().manual_seed(0))
    y = torch.stack([x.sum(1), x[:, 0] - x[:, 1]], 1)
    data = data_of(x, y, "regression", 0)
    plan = planned_with((LossTerm(Choice("mse")),), ("mae", "rmse", "r2"))
    model = mlp(2)
    told = alike(plan, model, mlp(2), data, y[:-16], nn.MSELoss())
    said, right = model(x[-16:]).detach(), y[-16:]
    assert told["val_mae"] == pytest.approx(float((said - right).abs().mean()), rel=1e-5)
    assert told["val_rmse"] == pytest.approx(float((said - right).square().mean().sqrt()), rel=1e-5)
    spread = (right - right.mean(0)).square().sum(0)
    r2 = (1 - (said - right).square().sum(0) / spread).mean()
    assert told["val_r2"] == pytest.approx(float(r2), abs=1e-5)


TAGS: Blocks = (
    entry(7, dtype="int64"),
    ("embedding", {"num_embeddings": 9, "embedding_dim": 6}),
    ("gru", {"hidden_size": 10}),
    linear(3),
)


def sentences() -> Dataset:
    """A class for each token: whether it rose, fell or stayed since the token before."""
    x = torch.randint(0, 9, (64, 7), generator=torch.Generator().manual_seed(0))
    before = functional.pad(x, (1, 0))[:, :-1]
    return data_of(x, (x > before).long() + 2 * (x < before).long(), "classification", 3)


def tagging(blocks: Blocks) -> Project:
    project = planned(drawn(("main", blocks)), "supervised", {MODEL: "main"})
    losses = (LossTerm(Choice("cross_entropy")),)
    return edits.set_plan(project, replace(project.plan, losses=losses, metrics=(Choice("accuracy"),)))


def test_a_class_for_each_token() -> None:
    data = sentences()
    project = tagging((*TAGS, ("transpose", {}), OUT))
    model, other = build(project, "main", seed=0), build(project, "main", seed=0)
    plan = planned_with((LossTerm(Choice("cross_entropy")),), ("accuracy", "iou"))
    told = alike(plan, model, other, data, data.train.targets["target"], nn.CrossEntropyLoss())
    said, right = model(data.validation.inputs["x"]).argmax(1), data.validation.targets["target"]
    assert told["val_accuracy"] == pytest.approx(float((said == right).float().mean()))
    assert told["val_accuracy"] > 0.5


def test_classes_that_stand_last_are_turned_with_one_click() -> None:
    facts = sentences().facts
    ref = GraphRef("network", "main")
    checker = Checker(lambda _choice: facts)
    project = tagging((*TAGS, OUT))
    (problem,) = checker.analyse(project, ref).problems
    assert str(problem.message) == (
        "Cross entropy expects an output of B × 3 × 7, the classes before the places, and received "
        "B × 7 × 3. Put a Transpose before the output."
    )
    assert (str(problem.expected), str(problem.received)) == ("B × 3 × 7", "B × 7 × 3")
    assert checker.analyse(edits.apply_fix(project, ref, problem.fixes[0]), ref).problems == ()


class Both(nn.Module):
    """Two losses on one output, weighted."""

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        shares = output.softmax(1)
        wanted = functional.one_hot(target, 3).movedim(-1, 1).float()
        dims = (0, *range(2, output.dim()))
        overlap, sizes = (shares * wanted).sum(dims), (shares + wanted).sum(dims)
        dice = 1 - ((2 * overlap + 1) / (sizes + 1)).mean()
        return functional.cross_entropy(output, target) + 0.5 * dice


def conv() -> nn.Module:
    torch.manual_seed(4)
    return nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 3, 1))


def test_a_class_for_each_pixel_by_two_losses() -> None:
    x = torch.randn(48, 1, 6, 6, generator=torch.Generator().manual_seed(0))
    y = (x[:, 0] > 0).long() + (x[:, 0] > 1).long()
    data = data_of(x, y, "classification", 3)
    losses = (LossTerm(Choice("cross_entropy")), LossTerm(Choice("dice"), weight=0.5))
    plan = planned_with(losses, ("accuracy", "iou", "dice_score"))
    model, other = conv(), conv()
    events = trained(plan, model, data)
    told = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    plain_loop(
        other,
        x[:-16],
        y[:-16],
        optimizer=lambda weights: torch.optim.Adam(weights, lr=0.02, fused=True),
        loss=Both(),
        epochs=12,
        batch_size=8,
        seed=0,
    )
    for name, value in copied(other).items():
        assert torch.allclose(copied(model)[name], value, atol=1e-4), name
    said, right = model.eval()(x[-16:]).argmax(1), y[-16:]
    both = [((said == n) & (right == n)).sum().item() for n in range(3)]
    union = [((said == n) | (right == n)).sum().item() for n in range(3)]
    sizes = [(said == n).sum().item() + (right == n).sum().item() for n in range(3)]
    assert told["val_accuracy"] == pytest.approx(float((said == right).float().mean()))
    assert told["val_iou"] == pytest.approx(sum(b / u for b, u in zip(both, union, strict=True)) / 3)
    dice = sum(2 * b / s for b, s in zip(both, sizes, strict=True)) / 3
    assert told["val_dice_score"] == pytest.approx(dice)
    assert told["val_iou"] > 0.6
