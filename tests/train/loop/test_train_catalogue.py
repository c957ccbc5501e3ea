"""Every optimizer and schedule moves the weights as the loop written by hand does, and resumes to the bit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from torch.optim import lr_scheduler as rates

from studio.blocks import every
from studio.graph import Message, Value
from studio.project import MODEL
from studio.train.events import EpochDone, Started
from tests.train.by_hand import OPTIMIZERS, VALUES, by_hand, deep, resumed, tokens
from tests.train.plain import Folder, attempted, copied, failure, plan, same, trained, vectors

# -- optimizers ----------------------------------------------------------------------------------------


def test_every_optimizer_of_torch_is_declared() -> None:
    declared = {block.target.rpartition(".")[2] for block in every("optimizer")}
    known = {name for name in torch.optim.__all__ if isinstance(getattr(torch.optim, name), type)}
    assert declared == known - {"Optimizer"}
    assert set(OPTIMIZERS) == {block.type for block in every("optimizer")}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_moves_as_by_hand_and_resumes(name: str, tmp_path: Path) -> None:
    looks_up = name == "sparse_adam"
    data = tokens() if looks_up else vectors()
    how = plan(name, metrics=(), optimizer_values=VALUES.get(name, {}))
    ours, theirs = deep(tokens=looks_up), deep(tokens=looks_up)
    trained(how, ours, data)
    list(by_hand(theirs, data, OPTIMIZERS[name]))
    assert same(copied(ours), copied(theirs))
    assert not same(copied(ours), copied(deep(tokens=looks_up)))
    again = resumed(how, lambda seed: deep(tokens=looks_up, seed=seed), data, tmp_path)
    assert same(copied(ours), copied(again))


def defaults_of(kind: Any) -> dict[str, Any]:
    """Give the defaults of an optimizer of torch."""
    given = dict(kind([nn.Parameter(torch.zeros(2, 2))]).defaults)
    return {key: value if value is not None else "none" for key, value in given.items()}


JUSTIFIED = {"sgd": {"lr", "momentum"}, "rmsprop": {"lr"}, "muon": {"adjust_lr_fn"}}
"""Defaults that are better than those of torch; the module that declares them says why."""


@pytest.mark.parametrize("made", every("optimizer"), ids=lambda made: made.type)
def test_defaults_are_those_of_torch(made: Any) -> None:
    theirs = defaults_of(getattr(torch.optim, made.target.rpartition(".")[2]))
    ours = {key: value for key, value in made.defaults().items() if key in theirs}
    assert len(ours) == len(made.defaults())
    assert {key for key, value in ours.items() if theirs[key] != value} == JUSTIFIED.get(made.type, set())


def test_which_weights_move_apart_is_said() -> None:
    started = trained(plan("muon", metrics=(), epochs=1), deep(), vectors())[0]
    assert isinstance(started, Started)
    assert "Optimizer: Muon moves 2 matrices of hidden layers, AdamW the other 4 weights" in map(
        str, started.choices
    )
    started = trained(plan("sparse_adam", metrics=(), epochs=1), deep(tokens=True), tokens())[0]
    assert isinstance(started, Started)
    assert "Optimizer: SparseAdam moves 1 table of embeddings, Adam the other 6 weights" in map(
        str, started.choices
    )


@pytest.mark.parametrize(
    ("name", "said", "better"),
    [
        ("muon", "Muon moves the weight matrices of hidden layers, and this network has none", "adamw"),
        ("sparse_adam", "SparseAdam moves the tables of embeddings, and this network has none", "adam"),
        ("lbfgs", "L-BFGS moves all weights at one learning rate", "adam"),
    ],
)
def test_a_network_that_an_optimizer_cannot_move_is_refused_with_a_mend(
    name: str, said: str, better: str
) -> None:
    slower = {MODEL: {"0": 0.5}} if name == "lbfgs" else {}
    failed = failure(
        attempted(plan(name, metrics=()), nn.Sequential(nn.Linear(6, 3)), vectors(), rates=slower)
    )
    assert said in str(failed.message)
    assert [(fix.action, fix.type) for fix in failed.fixes] == [("optimizer", better)]


@pytest.mark.parametrize("limit", ["clip_norm", "clip_value"])
def test_gradients_of_a_few_rows_are_refused_to_be_clipped(limit: str) -> None:
    how = plan("sparse_adam", metrics=())
    how = replace(how, loop=how.loop.with_parameter(limit, 0.5))
    failed = failure(attempted(how, deep(tokens=True), tokens()))
    assert "which cannot be clipped. Switch gradient clipping off" in str(failed.message)


def test_a_search_that_leaves_the_finite_numbers_leaves_the_weights() -> None:
    model = deep()
    before = copied(model)
    values: dict[str, Value] = {"lr": 1e30}
    failed = failure(attempted(plan("lbfgs", metrics=(), optimizer_values=values), model, vectors()))
    assert "L-BFGS left the finite numbers" in str(failed.message)
    assert same(copied(model), before)


# -- schedules -----------------------------------------------------------------------------------------


def warmed(optimizer: torch.optim.Optimizer, _steps: int) -> rates.LRScheduler:
    rise = rates.LinearLR(optimizer, 0.1, total_iters=2)
    return rates.SequentialLR(optimizer, [rise, rates.ExponentialLR(optimizer, 0.5)], milestones=[2])


def beside(optimizer: torch.optim.Optimizer, _steps: int) -> rates.LRScheduler:
    return rates.ChainedScheduler(
        [rates.LinearLR(optimizer, 0.1, total_iters=2), rates.ExponentialLR(optimizer, 0.5)]
    )


SCHEDULES: Mapping[str, tuple[str, dict[str, Value], Any]] = {
    "constant": ("constant", {}, None),
    "constant, warmed up": ("constant", {"warmup": 3}, lambda o, n: rates.LinearLR(o, 0.1, total_iters=3)),
    "step_lr": ("step_lr", {"step_size": 2}, lambda o, n: rates.StepLR(o, 2, 0.5)),
    "multi_step_lr": ("multi_step_lr", {"milestones": (3, 1)}, lambda o, n: rates.MultiStepLR(o, [1, 3])),
    "exponential_lr": ("exponential_lr", {}, lambda o, n: rates.ExponentialLR(o, 0.95)),
    "warm-up before": ("exponential_lr", {"gamma": 0.5, "warmup": 2}, warmed),
    "warm-up beside": ("exponential_lr", {"gamma": 0.5, "warmup": 2, "warmup_beside": True}, beside),
    "cosine_lr": ("cosine_lr", {"T_max": 3}, lambda o, n: rates.CosineAnnealingLR(o, 3)),
    "cosine_restarts": (
        "cosine_restarts",
        {"T_0": 1, "T_mult": 2},
        lambda o, n: rates.CosineAnnealingWarmRestarts(o, 1, 2),
    ),
    "linear_lr": ("linear_lr", {"total_iters": 3}, lambda o, n: rates.LinearLR(o, total_iters=3)),
    "constant_lr": ("constant_lr", {"total_iters": 2}, lambda o, n: rates.ConstantLR(o, total_iters=2)),
    "polynomial_lr": ("polynomial_lr", {"power": 2.0}, lambda o, n: rates.PolynomialLR(o, 5, 2.0)),
    "lambda_lr": ("lambda_lr", {}, lambda o, n: rates.LambdaLR(o, lambda epoch: 0.95**epoch)),
    "lambda_lr, half a cosine": (
        "lambda_lr",
        {"factor": "0.5 * (1 + cos(pi * epoch / epochs))"},
        lambda o, n: rates.LambdaLR(o, lambda epoch: 0.5 * (1 + math.cos(math.pi * epoch / 4))),
    ),
    "lambda_lr, by step": (
        "lambda_lr",
        {"factor": "min((step + 1) ** -0.5, (step + 1) * 6 ** -1.5) * (1 - step / (2 * steps))"},
        lambda o, n: rates.LambdaLR(
            o, lambda step: min((step + 1) ** -0.5, (step + 1) * 6**-1.5) * (1 - step / (2 * n))
        ),
    ),
    "multiplicative_lr": (
        "multiplicative_lr",
        {},
        lambda o, n: rates.MultiplicativeLR(o, lambda epoch: 0.9 + 0.1 * epoch / 4),
    ),
    "multiplicative_lr, by step": (
        "multiplicative_lr",
        {"factor": "1 - 1 / (step + sqrt(9))"},
        lambda o, n: rates.MultiplicativeLR(o, lambda step: 1 - 1 / (step + math.sqrt(9))),
    ),
    "plateau": (
        "plateau",
        {"patience": 0, "threshold": 0.5},
        lambda o, n: rates.ReduceLROnPlateau(o, patience=0, threshold=0.5),
    ),
    "one_cycle": ("one_cycle", {}, lambda o, n: rates.OneCycleLR(o, max_lr=0.01, total_steps=n)),
    "cyclic": (
        "cyclic",
        {"step_size_up": 5, "mode": "triangular2"},
        lambda o, n: rates.CyclicLR(o, 0.1 * 0.01, 0.01, 5, mode="triangular2"),
    ),
}


def test_every_schedule_of_torch_is_declared() -> None:
    declared = {block.target.rpartition(".")[2] for block in every("schedule")} - {""}
    left = {"LRScheduler", "SequentialLR", "ChainedScheduler"}  # the base, and both ways of the warm-up
    assert declared == set(rates.__all__) - left
    assert {kind for kind, _, _ in SCHEDULES.values()} == {block.type for block in every("schedule")}


@pytest.mark.parametrize("case", SCHEDULES)
def test_a_schedule_moves_the_rate_as_by_hand_and_resumes(case: str, tmp_path: Path) -> None:
    kind, values, make = SCHEDULES[case]
    how = plan("sgd", metrics=(), epochs=4, schedule=(kind, values))
    ours, theirs = deep(), deep()
    trained(how, ours, vectors())
    each_step = kind in ("one_cycle", "cyclic") or case.endswith("by step")
    moved = list(by_hand(theirs, vectors(), OPTIMIZERS["sgd"], epochs=4, schedule=make, each_step=each_step))
    assert same(copied(ours), copied(theirs))
    assert (len(set(moved)) > 1) == (case != "constant")
    again = resumed(how, lambda seed: deep(seed=seed), vectors(), tmp_path)
    assert same(copied(ours), copied(again))


@pytest.mark.parametrize("optimizer", ["adagrad", "muon", "adam", "rmsprop"])
@pytest.mark.parametrize("schedule", ["one_cycle", "cyclic"])
def test_a_schedule_by_steps_turns_momentum_only_where_there_is_one(optimizer: str, schedule: str) -> None:
    model = deep()
    trained(plan(optimizer, metrics=(), schedule=(schedule, {})), model, vectors())
    assert not same(copied(model), copied(deep()))


def test_a_schedule_by_steps_that_is_lengthened_goes_on(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    short = plan("sgd", metrics=(), epochs=1, schedule=("one_cycle", {}))
    trained(short, deep(), vectors(), keeper=keeper)
    longer = plan("sgd", metrics=(), epochs=4, schedule=("one_cycle", {}))
    events = trained(longer, deep(), vectors(), state=keeper.state())
    assert [event.epoch for event in events if isinstance(event, EpochDone)] == [2, 3, 4]


def test_the_message_of_two_values_that_do_not_go_together() -> None:
    values: dict[str, Value] = {"nesterov": True, "momentum": 0.0}
    failed = failure(attempted(plan("sgd", metrics=(), optimizer_values=values), deep(), vectors()))
    assert failed.message == Message("Looking ahead (Nesterov) needs momentum and no dampening.")
