"""The loop: what it tells, in which order, and that its weights are those of a loop written by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from studio.data import Dataset, Preprocessing, Split
from studio.graph import Message, Value
from studio.train import Control, MetricLog
from studio.train.events import EpochDone, Event, Finished, Started, StepDone, Validated
from studio.train.loop import engine
from tests.train.plain import (
    CNN,
    ONE,
    copied,
    kinds,
    plain_loop,
    plan,
    same,
    small,
    trained,
    vectors,
)

# -- what is told --------------------------------------------------------------------------------------


def test_the_events_of_a_training_in_their_order() -> None:
    events = trained(plan(epochs=2, batch_size=20), small(), vectors())
    assert kinds(events) == (["started"] + (["step"] * 3 + ["validated", "epoch"]) * 2 + ["finished"])
    started, finished = events[0], events[-1]
    assert isinstance(started, Started)
    assert (started.epochs, started.steps_per_epoch, started.samples) == (2, 3, 50)
    assert started.parameters == 6 * 16 + 16 + 32 + 16 * 3 + 3
    assert isinstance(finished, Finished)
    assert (finished.reason, finished.step) == ("completed", 6)
    assert [event.step for event in events if isinstance(event, StepDone)] == [1, 2, 3, 4, 5, 6]
    assert [event.epoch for event in events if isinstance(event, StepDone)] == [1, 1, 1, 2, 2, 2]
    assert [event.progress for event in events if isinstance(event, StepDone)] == pytest.approx(
        [0.2, 0.4, 0.5, 0.7, 0.9, 1.0]
    )


def test_every_event_says_what_the_command_line_promises() -> None:
    import json

    events = trained(plan(), small(), vectors())
    for event in events:
        json.dumps(event.json(), allow_nan=False)
    epoch = next(event for event in events if isinstance(event, EpochDone)).json()
    assert {"epoch", "metrics", "seconds", "samples_per_second"} <= epoch.keys()
    assert isinstance(epoch["metrics"], dict)
    assert {"loss", "val_loss", "accuracy", "val_accuracy"} == set(epoch["metrics"])
    assert {"run", "reason", "best"} <= events[-1].json().keys()


def test_steps_are_told_ten_times_a_second_at_most_and_logged_every_one() -> None:
    log = MetricLog()
    events = trained(plan(epochs=20), small(), vectors(), report_seconds=3600.0, log=log)
    told = [event.step for event in events if isinstance(event, StepDone)]
    # The first at once, then the last of each epoch.
    assert told == sorted({1, *range(7, 141, 7)})
    steps, losses = log.series("loss")
    assert steps.tolist() == list(range(1, 141))
    assert len(losses) == 140
    assert len(log.series("accuracy")[0]) == 140
    assert log.series("val_loss")[0].tolist() == list(range(7, 141, 7))


def test_epoch_figures_are_means_over_samples() -> None:
    log = MetricLog()
    events = trained(plan(epochs=1, batch_size=16), small(), vectors(50), log=log)
    epoch = next(event for event in events if isinstance(event, EpochDone))
    _, losses = log.series("loss")
    _, right = log.series("accuracy")
    sizes = [16, 16, 16, 2]
    assert epoch.metrics["loss"] == pytest.approx(sum(a * b for a, b in zip(losses, sizes, strict=True)) / 50)
    assert epoch.metrics["accuracy"] == pytest.approx(
        sum(a * b for a, b in zip(right, sizes, strict=True)) / 50
    )


def test_validation_figures_are_those_of_the_network_in_evaluation() -> None:
    model, data = small(), vectors()
    events = trained(plan(epochs=1), model, data)
    told = next(event for event in events if isinstance(event, Validated)).metrics
    model.eval()
    with torch.no_grad():
        output = model(data.validation.inputs["x"])
    target = data.validation.targets["target"]
    assert told["val_loss"] == pytest.approx(float(nn.functional.cross_entropy(output, target)), rel=1e-6)
    assert told["val_accuracy"] == pytest.approx(float((output.argmax(1) == target).float().mean()))


def test_without_validation_the_training_loss_decides() -> None:
    data = vectors(validation=0)
    events = trained(plan(epochs=3), small(), data)
    assert "validated" not in kinds(events)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.best is not None
    losses = [event.metrics["loss"] for event in events if isinstance(event, EpochDone)]
    assert finished.best.metrics["loss"] == min(losses)


# -- the same bits as by hand --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values", "by_hand"),
    [
        ("adam", {}, lambda p: torch.optim.Adam(p, lr=0.001, fused=True)),
        ("adamw", {}, lambda p: torch.optim.AdamW(p, lr=0.001, weight_decay=0.01, fused=True)),
        ("sgd", {}, lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, fused=True)),
        ("sgd", {"nesterov": True}, lambda p: torch.optim.SGD(p, 0.01, 0.9, nesterov=True, fused=True)),
        ("rmsprop", {"momentum": 0.5}, lambda p: torch.optim.RMSprop(p, lr=0.001, momentum=0.5)),
    ],
)
def test_weights_are_those_of_a_plain_loop_to_the_bit(
    name: str, values: dict[str, Value], by_hand: Callable[[Any], torch.optim.Optimizer]
) -> None:
    data = vectors()
    log = MetricLog()
    ours, plainly = small(), small()
    trained(plan(name, epochs=3, seed=5, optimizer_values=values), ours, data, log=log)
    losses = plain_loop(
        plainly,
        data.train.inputs["x"],
        data.train.targets["target"],
        optimizer=by_hand,
        loss=nn.CrossEntropyLoss(),
        epochs=3,
        batch_size=8,
        seed=5,
    )
    assert same(copied(ours), copied(plainly))
    assert log.series("loss")[1].tolist() == losses


def test_the_articles_network_too() -> None:
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(70, 1, 28, 28, generator=generator)
    labels = torch.randint(0, 10, (70,), generator=generator)
    part = Split({"x": images}, {"target": labels})
    facts = Preprocessing("image", (1, 28, 28))
    data = Dataset(part, part, part, "classification", tuple("0123456789"), facts, Message("noise"))
    torch.manual_seed(1)
    ours = CNN()
    torch.manual_seed(1)
    plainly = CNN()
    assert sum(p.numel() for p in ours.parameters()) == 421_642
    trained(plan(epochs=2, batch_size=32), ours, data)
    plain_loop(
        plainly,
        images,
        labels,
        optimizer=lambda p: torch.optim.Adam(p, lr=0.001, fused=True),
        loss=nn.CrossEntropyLoss(),
        epochs=2,
        batch_size=32,
        seed=0,
    )
    assert same(copied(ours), copied(plainly))


def test_the_same_seed_gives_the_same_bits_and_another_seed_others() -> None:
    results = []
    for seed in (3, 3, 4):
        model = small()
        trained(plan(seed=seed), model, vectors())
        results.append(copied(model))
    assert same(results[0], results[1])
    assert not same(results[0], results[2])


def test_how_often_figures_are_read_changes_no_bit() -> None:
    results = []
    for seconds in (0.0, 3600.0):
        model = small()
        trained(plan(epochs=4), model, vectors(), report_seconds=seconds)
        results.append(copied(model))
    assert same(*results)


def test_a_caller_that_draws_random_numbers_changes_nothing_and_is_not_changed() -> None:
    quiet, busy = small(), small()
    trained(plan(), quiet, vectors())
    torch.manual_seed(99)
    events = engine.run(plan(), busy, vectors(), choices=ONE, report_seconds=0.0)
    mine = [torch.rand(1) for _ in events]
    assert same(copied(quiet), copied(busy))
    torch.manual_seed(99)
    assert torch.equal(torch.cat(mine), torch.rand(len(mine)))


def test_a_caller_without_gradients_changes_nothing() -> None:
    free, still = small(), small()
    trained(plan(), free, vectors())
    with torch.no_grad():
        trained(plan(), still, vectors())
    assert same(copied(free), copied(still))


def test_measuring_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.machine import choices, measuring

    tried: list[int] = []

    def decide(trial: choices.Trial, **_named: object) -> choices.Told:
        for layout in (False, True):
            step = trial(choices.Way(layout))
            for _ in range(3):
                step()
                tried.append(1)
        return choices.Told(ONE, ())

    monkeypatch.setattr(measuring, "decide", decide)
    measured, fixed = small(), small()
    trained(plan(), measured, vectors(), choices=None)
    trained(plan(), fixed, vectors())
    assert len(tried) == 6
    assert same(copied(measured), copied(fixed))


def test_a_last_batch_of_one_is_left_out_only_beside_batch_normalisation() -> None:
    data = vectors(41)
    normalised, plainly = small(), small()
    trained(plan(), normalised, data)
    plain_loop(
        plainly,
        data.train.inputs["x"],
        data.train.targets["target"],
        optimizer=lambda p: torch.optim.Adam(p, lr=0.001, fused=True),
        loss=nn.CrossEntropyLoss(),
        epochs=2,
        batch_size=8,
        seed=0,
        leave_out=1,
    )
    assert same(copied(normalised), copied(plainly))
    linear = nn.Sequential(nn.Linear(6, 3))
    started = trained(plan(), linear, data)[0]
    assert isinstance(started, Started)
    assert started.steps_per_epoch == 6


def test_clipping_and_schedules_are_those_of_torch() -> None:
    data = vectors()
    x, y = data.train.inputs["x"], data.train.targets["target"]
    ours, plainly = small(), small()
    events = trained(
        plan("sgd", schedule=("step_lr", {"step_size": 1, "gamma": 0.1}), clip_norm=0.05, epochs=3),
        ours,
        data,
    )
    stepper = torch.optim.SGD(plainly.parameters(), lr=0.01, momentum=0.9, fused=True)
    schedule = torch.optim.lr_scheduler.StepLR(stepper, 1, 0.1)
    torch.manual_seed(1)
    for epoch in range(3):
        for places in torch.randperm(50, generator=torch.Generator().manual_seed(epoch)).split(8):
            stepper.zero_grad()
            nn.functional.cross_entropy(plainly(x[places]), y[places]).backward()
            nn.utils.clip_grad_norm_(plainly.parameters(), 0.05)
            stepper.step()
        schedule.step()
    assert same(copied(ours), copied(plainly))
    rates = [event.metrics["lr"] for event in events if isinstance(event, StepDone)]
    assert rates == pytest.approx([0.01] * 7 + [0.001] * 7 + [0.0001] * 7)


# -- ends ----------------------------------------------------------------------------------------------


def test_it_ends_after_so_many_steps() -> None:
    events = trained(plan(epochs=5), small(), vectors(), max_steps=10)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert (finished.reason, finished.step) == ("max_steps", 10)
    assert kinds(events).count("epoch") == 1


def test_it_ends_when_nothing_gets_better() -> None:
    events = trained(plan("sgd", epochs=50, patience=3, optimizer_values={"lr": 0.0}), small(), vectors())
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.reason == "patience"
    best = [event.best for event in events if isinstance(event, EpochDone)]
    # Batch statistics still move a little; what counts is that three in a row were no better.
    assert best[-3:] == [False] * 3
    assert len(best) < 50


def test_stop_ends_it_within_a_step() -> None:
    control = Control()
    seen: list[Event] = []
    for event in engine.run(
        plan(epochs=50), small(), vectors(), choices=ONE, report_seconds=0.0, control=control
    ):
        seen.append(event)
        if isinstance(event, StepDone) and event.step == 3:
            control.stop()
    finished = seen[-1]
    assert isinstance(finished, Finished)
    assert (finished.reason, finished.step) == ("stopped", 3)


def test_bfloat16_learns_where_the_processor_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.runs import preparing

    monkeypatch.setattr(preparing, "has_bfloat16", lambda _device: True)
    model = small()
    seen: list[torch.dtype] = []
    model.fc2.register_forward_hook(lambda _m, _i, output: seen.append(output.dtype))
    events = trained(plan(epochs=20, precision="bfloat16"), model, vectors())
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert last.metrics["val_accuracy"] == 1.0
    assert torch.bfloat16 in seen
    assert all(parameter.dtype == torch.float32 for parameter in model.parameters())


def test_a_processor_without_bfloat16_keeps_float32_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.runs import preparing

    monkeypatch.setattr(preparing, "has_bfloat16", lambda _device: False)
    half, full = small(), small()
    started = trained(plan(precision="bfloat16"), half, vectors())[0]
    trained(plan(), full, vectors())
    assert isinstance(started, Started)
    assert any("no bfloat16" in str(choice) for choice in started.choices)
    assert started.facts["precision"] == "float32"
    assert same(copied(half), copied(full))


def test_channels_last_learns_the_same_and_keeps_its_layout() -> None:
    from studio.train import Choices

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 8, 3, padding=1)
            self.fc = nn.Linear(8 * 16, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if self.training:
                seen.append(x.is_contiguous(memory_format=torch.channels_last))
            out: torch.Tensor = self.fc(torch.relu(self.conv(x)).flatten(1))
            return out

    base = vectors()
    images = base.train.inputs["x"].repeat(1, 8).view(50, 3, 4, 4)
    part = Split({"x": images}, dict(base.train.targets))
    data = dataclasses.replace(base, train=part, validation=part, test=part)
    results = []
    seen: list[bool] = []
    for laid in (False, True):
        seen.clear()
        torch.manual_seed(0)
        model = Net()
        trained(plan(), model, data, choices=Choices(1, laid))
        assert seen == [laid] * 14
        results.append(copied(model))
    for name in results[0]:
        assert torch.allclose(results[0][name], results[1][name], atol=1e-5)
