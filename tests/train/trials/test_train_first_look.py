"""Before the first step: one batch is looked at, and the loss is compared with that of a guess."""

from __future__ import annotations

import dataclasses
import math

import pytest
import torch
from torch import nn

from studio.data import Split
from studio.train import Started, Warned
from studio.train.events import Event
from tests.train.by_hand import deep
from tests.train.plain import attempted, copied, failure, numbers, plan, same, small, trained, vectors


def told(events: list[Event]) -> str:
    started = events[0]
    assert isinstance(started, Started)
    return "\n".join(map(str, started.choices))


def test_the_loss_of_the_first_batch_is_told_beside_that_of_a_guess() -> None:
    events = trained(plan(), small(), vectors())
    assert "a guess has ln(3) = 1.099" in told(events)
    assert not [event for event in events if isinstance(event, Warned)]


@pytest.mark.parametrize(("loss", "units", "last", "expected"), [
    ("focal", 3, None, (1 - 1 / 3) ** 2 * math.log(3)),
    ("nll", 3, nn.LogSoftmax(1), math.log(3)),
    ("multilabel_soft_margin", 3, None, math.log(2)),
])  # fmt: skip
def test_every_form_of_scores_has_its_guess(
    loss: str, units: int, last: nn.Module | None, expected: float
) -> None:
    assert f"a guess has {expected:.4g}" in told(trained(plan(loss=loss), deep(units, last=last), vectors()))


def test_of_numbers_the_guess_is_their_mean_and_what_is_far_off_is_warned_of() -> None:
    data = numbers()
    target = data.train.targets["target"]
    events = trained(plan(loss="mse", metrics=(), batch_size=40), deep(1), data)
    assert f"a guess has {float(target.var(correction=0)):.4g}" in told(events)
    assert not [event for event in events if isinstance(event, Warned)]
    far = dataclasses.replace(data, train=Split(data.train.inputs, {"target": target + 100}))
    events = trained(plan(loss="mse", metrics=(), batch_size=40), deep(1), far)
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert "the network starts far off" in str(warned.message)


def test_the_look_changes_no_bit() -> None:
    model, plainly = small(), small()
    trained(plan(), model, vectors())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studio.train.recipes.supervised.Supervised.guess", lambda _self, _batch: None)
        trained(plan(), plainly, vectors())
    assert same(copied(model), copied(plainly))


def test_what_fails_on_the_validation_samples_is_said_before_the_first_step() -> None:
    class Short(nn.Module):
        """Takes batches of 8 only, unless it learns."""

        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(6, 3)
            self.calls = 0

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            self.calls += self.training
            if not self.training and len(x) == 7:
                raise RuntimeError("seven are too many")
            out: torch.Tensor = self.fc(x)
            return out

    data = vectors()
    model = Short()
    seven = data.validation.take(torch.arange(7))
    failed = failure(attempted(plan(), model, dataclasses.replace(data, validation=seven)))
    assert "seven are too many" in failed.details
    assert model.calls == 0
