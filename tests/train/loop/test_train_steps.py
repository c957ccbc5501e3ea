"""Steps out of several batches, short numbers, averaged weights: as by hand, and resumed to the bit."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from studio.data import Dataset
from studio.train import EpochDone, MetricLog, StepDone
from studio.train.loop.averaging import Averages
from studio.train.loop.learner import Learner
from studio.train.recipe import Batch, Outcome, Tools
from studio.train.recipes.supervised import Supervised
from studio.train.runs import preparing
from tests.train.by_hand import deep
from tests.train.plain import (
    Folder,
    attempted,
    copied,
    failure,
    plan,
    same,
    small,
    trained,
    vectors,
)

OFF: dict[str, Any] = {"clip_norm": 0.5, "l1": 0.001}


def still(seed: int = 0) -> nn.Module:
    """A network that treats each sample by itself, and draws nothing."""
    model = deep(seed=seed)
    model.drop = nn.Identity()  # type: ignore[assignment]
    return model


# -- several batches in a step -------------------------------------------------------------------------


def test_added_up_gradients_are_those_of_the_large_batch() -> None:
    logs = MetricLog(), MetricLog()
    large, parts = still(), still()
    whole = trained(plan("sgd", batch_size=24, **OFF), large, vectors(), log=logs[0])
    pieces = trained(plan("sgd", batch_size=8, accumulate=3, **OFF), parts, vectors(), log=logs[1])
    for name, value in copied(large).items():
        assert torch.allclose(value, copied(parts)[name], atol=1e-6), name
    for key in ("loss", "accuracy"):
        assert logs[0].series(key)[0].tolist() == logs[1].series(key)[0].tolist() == [*range(1, 7)]
        assert logs[0].series(key)[1] == pytest.approx(logs[1].series(key)[1], abs=1e-6)
    for one, other in zip(whole, pieces, strict=True):
        if isinstance(one, EpochDone):
            assert isinstance(other, EpochDone)
            assert one.metrics == pytest.approx(other.metrics, abs=1e-6)


def test_added_up_gradients_are_those_of_autograd_to_the_bit() -> None:
    ours, plainly, data = small(), small(), vectors()
    trained(plan("sgd", batch_size=8, accumulate=3, clip_norm=0.5), ours, data)
    x, y = data.train.inputs["x"], data.train.targets["target"]
    optimizer = torch.optim.SGD(plainly.parameters(), lr=0.01, momentum=0.9, fused=True)
    torch.manual_seed(1)
    for epoch in range(2):
        order = torch.randperm(50, generator=torch.Generator().manual_seed(epoch))
        for places in order.split(24):
            optimizer.zero_grad()
            for part in places.split(8):
                loss = nn.functional.cross_entropy(plainly(x[part]), y[part])
                (loss if len(part) == len(places) else loss * (len(part) / len(places))).backward()
            nn.utils.clip_grad_norm_(plainly.parameters(), 0.5)
            optimizer.step()
    assert same(copied(ours), copied(plainly))


class Twice(Supervised):
    """Moves one network twice in a step."""

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        super().step(batch, tools)
        return super().step(batch, tools)


def test_what_cannot_be_added_up_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = failure(attempted(plan("lbfgs", accumulate=2), deep(), vectors()))
    assert "L-BFGS looks at a batch several times" in str(failed.message)
    assert trained(plan(accumulate=2), still(), vectors())
    monkeypatch.setattr(preparing, "make_recipe", Twice)
    failed = failure(attempted(plan(accumulate=2), still(), vectors()))
    assert "moves “model” several times in a step" in str(failed.message)
    assert trained(plan(), still(), vectors())


# -- short numbers -------------------------------------------------------------------------------------


def test_float16_scales_as_torch_does_and_learns() -> None:
    data = vectors()
    ours, plainly = deep(), deep()
    events = trained(plan("sgd", precision="float16", clip_norm=0.5), ours, data)
    assert events[0].facts["precision"] == "float16"  # type: ignore[union-attr]
    x, y = data.train.inputs["x"], data.train.targets["target"]
    optimizer = torch.optim.SGD(plainly.parameters(), lr=0.01, momentum=0.9, fused=True)
    scaler = torch.amp.GradScaler("cpu")
    torch.manual_seed(1)
    for epoch in range(2):
        for places in torch.randperm(50, generator=torch.Generator().manual_seed(epoch)).split(8):
            optimizer.zero_grad()
            with torch.autocast("cpu", dtype=torch.float16):
                output = plainly(x[places])
            scaler.scale(nn.functional.cross_entropy(output.float(), y[places])).backward()
            scaler.unscale_(optimizer)
            nn.utils.clip_grad_norm_(plainly.parameters(), 0.5)
            scaler.step(optimizer)
            scaler.update()
    assert same(copied(ours), copied(plainly))


def test_gradients_that_outgrow_float16_take_no_step_and_the_scale_falls() -> None:
    model = nn.Linear(2, 1)
    learner = Learner(
        "model", model, plan("sgd").optimizers["model"], None,
        clip_norm=None, rates={}, device=torch.device("cpu"), scaler=torch.amp.GradScaler("cpu", 2.0**127),
    )  # fmt: skip
    before = copied(model)
    learner.learn(model(torch.ones(1, 2)).sum() * 1e30)
    assert same(before, copied(model))
    assert learner.state()["scaler"]["scale"] == 2.0**126


def test_a_device_without_float16_keeps_float32_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "has_float16", lambda _device: False)
    started = trained(plan(precision="float16"), small(), vectors())[0]
    assert any("does not compute with float16" in str(choice) for choice in started.choices)  # type: ignore[union-attr]


# -- averages ------------------------------------------------------------------------------------------


def test_averages_are_judged_and_kept_and_the_weights_train_on(tmp_path: Path) -> None:
    plainly, averaged, data = small(), small(), vectors()
    trained(plan("sgd"), plainly, data)
    keeper = Folder(tmp_path)
    events = trained(plan("sgd", ema=0.9), averaged, data, keeper=keeper)
    assert same(copied(plainly), copied(averaged))
    by_hand = small()
    held = {name: value.clone() for name, value in by_hand.state_dict().items()}
    other = small()
    step = 0

    def follow(model: nn.Module) -> None:
        nonlocal step
        step += 1
        share = min(0.9, (1 + step) / (10 + step))
        for name, value in model.state_dict().items():
            held[name] = torch.lerp(held[name], value, 1 - share) if value.is_floating_point() else value

    class Followed(Averages):
        def follow(self) -> None:
            super().follow()
            follow(other)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparing, "Averages", Followed)
        trained(plan("sgd", ema=0.9), other, data)
    state = keeper.state()
    assert state["averages"]["count"] == 14
    assert all(torch.allclose(state["averages"]["tensors"][name], held[name]) for name in held)
    assert not same(dict(state["averages"]["tensors"]), copied(averaged))
    # The last epoch is judged by its averages, and the best are averages too.
    small_one = small()
    small_one.load_state_dict(state["averages"]["tensors"])
    small_one.eval()
    with torch.no_grad():
        output = small_one(data.validation.inputs["x"])
    target = data.validation.targets["target"]
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert last.metrics["val_loss"] == pytest.approx(float(nn.functional.cross_entropy(output, target)))
    assert last.best
    assert keeper.best is not None
    assert same(keeper.best, dict(state["averages"]["tensors"]))


VARIANTS: Mapping[str, dict[str, Any]] = {
    "several batches in a step": {"accumulate": 2},
    "float16": {"precision": "float16"},
    "averages": {"ema": 0.99},
    "looks within an epoch": {"validate_every": 2, "monitor": "val_accuracy"},
    "all": {"accumulate": 2, "precision": "float16", "ema": 0.9, "validate_every": 1, "clip_norm": 0.1},
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("steps", [3, 9])
def test_it_is_resumed_to_the_bit(variant: str, steps: int, tmp_path: Path) -> None:
    how = plan(epochs=3, checkpoint_seconds=3600.0, **VARIANTS[variant])
    whole, begun, resumed = small(), small(), small(seed=9)
    keepers = Folder(tmp_path), Folder(tmp_path)
    ended = trained(how, whole, vectors())[-1]
    trained(how, begun, vectors(), keeper=keepers[0], max_steps=steps)
    last = trained(how, resumed, vectors(), state=keepers[0].state(), keeper=keepers[1])[-1]
    assert same(copied(whole), copied(resumed))
    assert last.best == ended.best  # type: ignore[union-attr]


# -- figures of the training itself --------------------------------------------------------------------


def test_gradient_and_update_are_those_of_the_step_and_change_no_bit() -> None:
    data, log = vectors(), MetricLog()
    watched, plainly = still(), still()
    events = trained(plan("sgd", clip_norm=1e-3, optimizer_values={"momentum": 0.0}), watched, data, log=log)
    trained(plan("sgd", clip_norm=1e-3, optimizer_values={"momentum": 0.0}), plainly, data,
            report_seconds=3600.0)  # fmt: skip
    assert same(copied(watched), copied(plainly))
    steps, norms = log.series("gradient_norm")
    assert steps.tolist() == [*range(1, 15)]
    model = still()
    places = torch.randperm(50, generator=torch.Generator().manual_seed(0))[:8]
    loss = nn.functional.cross_entropy(
        model(data.train.inputs["x"][places]), data.train.targets["target"][places]
    )
    loss.backward()
    norm = float(nn.utils.get_total_norm([p.grad for p in model.parameters() if p.grad is not None]))
    length = float(nn.utils.get_total_norm(list(model.parameters())))
    assert norms[0] == pytest.approx(norm, rel=1e-5)
    assert log.series("update_ratio")[1][0] == pytest.approx(0.01 * 1e-3 / length, rel=1e-3)
    told = [event.watched for event in events if isinstance(event, StepDone)]
    assert told[0].keys() >= {"gradient_norm", "update_ratio", "memory"}
    assert 0.05 < told[0]["memory"] < 64


def test_each_group_has_its_learning_rate_in_the_log() -> None:
    log = MetricLog()
    trained(plan("sgd"), still(), vectors(), log=log, rates={"model": {"fc1": 0.5}})
    assert log.series("lr")[1][0] == pytest.approx(0.01)
    assert log.series("lr.2")[1][0] == pytest.approx(0.005)


def data_of(count: int) -> Dataset:
    return dataclasses.replace(vectors(), train=vectors().train.take(torch.arange(count)))


def test_a_last_batch_of_one_is_left_out_by_the_size_of_a_batch() -> None:
    events = trained(plan(batch_size=8, accumulate=4), small(), data_of(41))
    told = [event.step for event in events if isinstance(event, StepDone)]
    assert told == [1, 2, 3, 4]
