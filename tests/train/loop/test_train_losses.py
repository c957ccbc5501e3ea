"""Losses, outputs and targets of every form fit together, or say before the first step why they do not."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import nn

from studio.data import Dataset, Split
from studio.project import MODEL, Choice, LossTerm
from studio.train.events import EpochDone, Validated
from tests.train.plain import (
    attempted,
    copied,
    failure,
    numbers,
    plan,
    same,
    small,
    trained,
    vectors,
)


@pytest.mark.parametrize("units", [1, 0])
def test_numbers_are_compared_one_by_one_and_never_spread(units: int) -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(6, 1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            out: torch.Tensor = self.fc(x)
            return out if units else out.squeeze(1)

    torch.manual_seed(0)
    model = Net()
    events = trained(
        plan("sgd", loss="mse", metrics=("mae", "r2"), epochs=40, optimizer_values={"lr": 0.05}),
        model,
        numbers(),
    )
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert last.metrics["val_loss"] < 1e-3
    assert last.metrics["val_r2"] > 0.99
    assert set(last.metrics) == {"loss", "mae", "val_loss", "val_mae", "val_r2"}


@pytest.mark.parametrize("shape", [(1,), ()])
def test_one_unit_answers_yes_or_no(shape: tuple[int, ...]) -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(6, 1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            out: torch.Tensor = self.fc(x).reshape(len(x), *shape)
            return out

    data = dataclasses.replace(vectors(classes=2), task="binary")
    torch.manual_seed(0)
    how = plan(loss="bce_with_logits", metrics=("binary_accuracy",), epochs=30, optimizer_values={"lr": 0.05})
    events = trained(how, Net(), data)
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert last.metrics["val_accuracy"] == 1.0
    assert last.metrics["accuracy"] > 0.95


def test_scores_between_0_and_1_are_not_taken_for_probabilities() -> None:
    class Low(nn.Module):
        """Gives 0.3 for everything: a yes."""

        def __init__(self) -> None:
            super().__init__()
            self.level = nn.Parameter(torch.tensor(0.3))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.level.expand(len(x), 1)

    data = dataclasses.replace(vectors(classes=2), task="binary")
    yes = Split(data.validation.inputs, {"target": torch.ones(len(data.validation), dtype=torch.int64)})
    data = dataclasses.replace(data, validation=yes)
    events = trained(plan(loss="bce_with_logits", epochs=1, optimizer_values={"lr": 0.0}), Low(), data)
    told = next(event for event in events if isinstance(event, Validated))
    assert told.metrics["val_accuracy"] == 1.0


@pytest.mark.parametrize(
    ("units", "loss", "data", "said"),
    [
        (5, "cross_entropy", vectors(), "B × 3 for this data (3 classes) and received B × 5. Set the last"),
        (1, "cross_entropy", vectors(classes=2), "B × 2 for this data (2 classes) and received B × 1."),
        (2, "mse", numbers(), "expects an output of B × 1 for this data and received B × 2."),
        (3, "mse", vectors(), "compares numbers, and this data has 3 classes."),
        (1, "cross_entropy", numbers(), "needs classes, and this data gives numbers to predict."),
        (4, "bce_with_logits", vectors(), "B × 3 for this data (3 classes) and received B × 4."),
    ],
)  # fmt: skip
def test_an_output_that_does_not_fit_is_told_before_the_first_step(
    units: int, loss: str, data: Dataset, said: str
) -> None:
    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, units))
    before = copied(model)
    failed = failure(attempted(plan(loss=loss), model, data))
    assert said in str(failed.message)
    assert failed.node in ("2", None)
    assert same(before, copied(model))


class Folded(nn.Module):
    """Turns some of the features into rows, so that the output has more rows than the batch."""

    def __init__(self, *shape: int) -> None:
        super().__init__()
        self.fc = nn.Linear(6, 24)
        self.shape = shape

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.fc(x).reshape(self.shape)
        return out


@pytest.mark.parametrize(
    ("shape", "received"), [((-1, 3), "8B × 3"), ((3, -1), "3 × 8B"), ((-1, 4, 6), "B × 4 × 6")]
)
def test_the_shape_that_a_failure_names_is_the_real_one(shape: tuple[int, ...], received: str) -> None:
    said = str(failure(attempted(plan(), Folded(*shape), vectors())).message)
    assert f"expects an output of B × 3 for this data and received {received}" in said
    assert ("must stay the first dimension" in said) == (received[0] != "B")


@pytest.mark.parametrize(
    ("label", "loss"), [(7, "cross_entropy"), (-1, "cross_entropy"), (3, "bce_with_logits")]
)
def test_a_label_that_is_no_class_is_told_before_the_first_step(label: int, loss: str) -> None:
    data = vectors()
    labels = data.train.targets["target"].clone()
    labels[5:7] = label
    data = dataclasses.replace(data, train=Split(data.train.inputs, {"target": labels}))
    model = small()
    before = copied(model)
    failed = failure(attempted(plan(loss=loss), model, data))
    assert str(failed.message) == (
        f"The data has the label {label} (2 samples), and its 3 classes are numbered from 0 to 2. "
        "Mend the labels."
    )
    assert failed.node == "fc2"
    assert same(before, copied(model))


class TwoOutputs(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Linear(6, 8)
        self.kind = nn.Linear(8, 3)
        self.sum = nn.Linear(8, 1)

    def forward(self, a: torch.Tensor, b: torch.Tensor) -> dict[str, torch.Tensor]:
        x = torch.relu(self.body(a + b))
        return {"kind": self.kind(x), "sum": self.sum(x)}


def two_targets() -> Dataset:
    data = vectors()
    split = Split(
        {"b": data.train.inputs["x"] / 2, "a": data.train.inputs["x"] / 2},
        {"target": data.train.targets["target"], "odd": data.train.targets["target"]},
    )
    return dataclasses.replace(data, train=split, validation=split, test=split)


def test_several_losses_are_weighted_over_several_outputs_and_inputs() -> None:
    data = two_targets()
    torch.manual_seed(0)
    ours = TwoOutputs()
    torch.manual_seed(0)
    plainly = TwoOutputs()
    both = dataclasses.replace(
        plan("sgd", epochs=1, batch_size=50),
        losses=(
            LossTerm(Choice("cross_entropy"), "kind", "target"),
            LossTerm(Choice("cross_entropy"), "kind", "odd", 0.5),
        ),
    )
    trained(both, ours, data)
    stepper = torch.optim.SGD(plainly.parameters(), lr=0.01, momentum=0.9, fused=True)
    order = torch.randperm(50, generator=torch.Generator().manual_seed(0))
    y = data.train.targets["target"][order]
    output = plainly(data.train.inputs["a"][order], data.train.inputs["b"][order])["kind"]
    loss = nn.functional.cross_entropy(output, y) + 0.5 * nn.functional.cross_entropy(output, y)
    loss.backward()
    stepper.step()
    assert same(copied(ours), copied(plainly))


@pytest.mark.parametrize(
    ("output", "target", "said"),
    [
        ("", "target", "several outputs: kind, sum. Choose for each loss"),
        ("nothing", "target", "judges the output “nothing”. The network has: kind, sum."),
        ("kind", "", "compares with the target “”. The data has: target, odd."),
        ("kind", "other", "compares with the target “other”. The data has: target, odd."),
    ],
)
def test_a_loss_that_is_bound_to_nothing_says_what_there_is(output: str, target: str, said: str) -> None:
    bound = dataclasses.replace(plan(), losses=(LossTerm(Choice("cross_entropy"), output, target),))
    assert said in str(failure(attempted(bound, TwoOutputs(), two_targets())).message)


def test_inputs_that_the_data_does_not_have_are_named() -> None:
    said = str(failure(attempted(plan(), TwoOutputs(), vectors())).message)
    assert said.startswith("The network takes “a”, “b”, and the data gives “x”.")


def test_a_network_without_weights_cannot_learn() -> None:
    said = str(
        failure(attempted(plan(), nn.Sequential(nn.Linear(6, 3)).requires_grad_(False), vectors())).message
    )
    assert "no weights that can be trained" in said


def test_frozen_weights_stay_and_factors_change_the_rate() -> None:
    model = small()
    model.fc1.requires_grad_(False)
    before = copied(model)
    trained(plan("sgd", epochs=1), model, vectors(), rates={MODEL: {"fc2": 0.0}})
    after = copied(model)
    moved = {name for name in after if not torch.equal(before[name], after[name])}
    assert moved == {
        "norm.weight",
        "norm.bias",
        "norm.running_mean",
        "norm.running_var",
        "norm.num_batches_tracked",
    }
