"""Recipes of several networks: they learn together, make things to look at, keep what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from studio.data import Dataset
from studio.graph import Message
from studio.project import Choice
from studio.train import Made, SampleMade
from studio.train.loop import engine
from studio.train.loop.learner import Learner, learn_together
from studio.train.recipe import Batch, Outcome, Recipe, Tools, TrainError
from studio.train.runs import preparing
from tests.train.plain import ONE, Folder, copied, plan, same, vectors

CPU = torch.device("cpu")


class Pair(Recipe):
    """An encoder and a decoder that learn to give back what they are shown; it counts its steps."""

    def __init__(self, plan: object, models: Mapping[str, nn.Module], data: Dataset) -> None:
        self.models = models
        self.steps = 0

    def prepare(self, data: Dataset) -> Dataset:
        return data

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        x = batch.inputs["x"]
        back = self.models["decoder"](self.models["encoder"](x))
        return Outcome({"loss": nn.functional.mse_loss(back, x)})

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        self.steps += 1
        outcome = self.judge(batch, tools)
        tools.learn(("encoder", "decoder"), outcome.losses["loss"])
        return outcome

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        assert not self.models["decoder"].training
        code = torch.randn(3, 2, generator=generator)
        made: torch.Tensor = self.models["decoder"](code)
        return Made("points", Message("Made"), made[:, :2], figures=(("spread", float(made.std())),))

    def state(self) -> dict[str, Any]:
        return {"steps": self.steps}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.steps = state["steps"]


def learner(model: nn.Module, role: str, kind: str = "sgd") -> Learner:
    chosen = Choice(kind, {"lr": 0.1, "momentum": 0.0} if kind == "sgd" else {})
    return Learner(role, model, chosen, None, clip_norm=None, rates={}, device=CPU)


def pair() -> dict[str, nn.Module]:
    torch.manual_seed(0)
    return {"encoder": nn.Linear(6, 2), "decoder": nn.Linear(2, 6)}


@pytest.fixture(autouse=True)
def paired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "make_recipe", Pair)


def test_several_networks_learn_from_one_loss_as_one_optimizer_would_teach_them() -> None:
    models, by_hand = pair(), pair()
    x = torch.randn(8, 6)
    learners = [learner(model, role) for role, model in models.items()]
    optimizer = torch.optim.SGD([p for model in by_hand.values() for p in model.parameters()], lr=0.1)
    for _ in range(3):
        learn_together(learners, nn.functional.mse_loss(models["decoder"](models["encoder"](x)), x))
        optimizer.zero_grad()
        nn.functional.mse_loss(by_hand["decoder"](by_hand["encoder"](x)), x).backward()
        optimizer.step()
    for role in models:
        assert same(copied(models[role]), copied(by_hand[role]))


def test_an_optimizer_that_looks_again_does_not_share_a_loss() -> None:
    models = pair()
    learners = [learner(models["encoder"], "encoder", "lbfgs"), learner(models["decoder"], "decoder")]
    with pytest.raises(TrainError, match="2 networks learn from one loss"):
        learn_together(learners, torch.zeros((), requires_grad=True))


def test_what_is_made_draws_nothing_from_the_training(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    models = pair()
    events = list(engine.run(plan(epochs=3), models, vectors(), choices=ONE))
    made = [event for event in events if isinstance(event, SampleMade)]
    assert [(event.epoch, event.step) for event in made] == [(1, 7), (2, 14), (3, 21)]
    assert made[0].made.values is not None
    assert not torch.equal(made[0].made.values, made[2].made.values)  # type: ignore[arg-type]
    assert made[0].json()["sizes"] == [3, 2]
    monkeypatch.setattr(Pair, "make", Recipe.make)
    others = pair()
    list(engine.run(plan(epochs=3), others, vectors(), choices=ONE))
    for role in models:
        assert same(copied(models[role]), copied(others[role]))


def test_what_a_recipe_keeps_goes_on_with_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Pair] = []

    def make(*named: Any) -> Pair:
        made.append(Pair(*named))
        return made[-1]

    monkeypatch.setattr(preparing, "make_recipe", make)
    whole = pair()
    list(engine.run(plan(epochs=3), whole, vectors(), choices=ONE))
    assert made[-1].steps == 21
    folder, models = Folder(tmp_path), pair()
    list(engine.run(plan(epochs=3), models, vectors(), choices=ONE, keeper=folder, max_steps=10))
    models = pair()
    list(engine.run(plan(epochs=3), models, vectors(), keeper=folder, state=folder.state()))
    assert made[-1].steps == 21
    for role in models:
        assert same(copied(models[role]), copied(whole[role]))
