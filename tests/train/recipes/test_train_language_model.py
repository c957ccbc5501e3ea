"""The language model recipe beside its loop, what it draws, what its figures say, and what it refuses."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional

from studio.compiler import build
from studio.data import load
from studio.project import Choice, GraphRef, edits
from studio.train import SampleMade, generate
from studio.train.events import EpochDone, Failed, Finished
from studio.train.loop import engine
from studio.train.plans.checking import Checker
from studio.train.recipes.generating import continued, drawn
from studio.train.runs.session import networks
from tests.train.plain import ONE, copied, same
from tests.train.recipe_examples import OUT, Blocks, entry, language_model, linear, planned, written
from tests.train.recipe_examples import drawn as network


def test_it_is_the_loop_that_its_text_promises_and_its_figures_are_those_of_its_loss(tmp_path: Path) -> None:
    project = language_model(tmp_path)
    data = load(project.plan.data)
    models, model = networks(project, 0), build(project, "main", seed=0)
    events = list(engine.run(project.plan, models, data, choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, fused=True)
    (x,), (following,) = data.train.inputs.values(), data.train.targets.values()
    torch.manual_seed(1)
    for epoch in range(3):
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(epoch))
        for places in order.split(16):
            optimizer.zero_grad()
            scores = model(x[places])
            functional.cross_entropy(scores.flatten(0, 1), following[places].flatten()).backward()
            optimizer.step()
    assert same(copied(model), copied(models["model"]))
    done = [event for event in events if isinstance(event, EpochDone)]
    last = done[-1].metrics
    assert last["val_loss"] < done[0].metrics["val_loss"] < math.log(40)
    assert last["val_perplexity"] == pytest.approx(math.exp(last["val_loss"]), rel=1e-4)
    assert last["val_bits_per_character"] == pytest.approx(last["val_loss"] / math.log(2), rel=1e-4)
    (made, *_) = [event.made for event in events if isinstance(event, SampleMade)]
    assert len(made.texts) == 3
    assert all(text.startswith("the ") and len(text) == 24 for text in made.texts)


def test_a_text_is_continued_as_it_was_learned(tmp_path: Path) -> None:
    project = language_model(tmp_path)
    project = edits.set_plan(
        project, replace(project.plan, loop=project.plan.loop.with_parameter("epochs", 40))
    )
    data, models = load(project.plan.data), networks(project, 0)
    assert isinstance(list(engine.run(project.plan, models, data, choices=ONE))[-1], Finished)
    model = models["model"]
    told: list[str] = []

    def remember(written_yet: str) -> bool:
        told.append(written_yet)
        return True

    text = generate(
        model,
        data.preprocessing,
        "the quick",
        length=20,
        temperature=0,
        told=remember,
    )
    assert text == "the quick brown fox jumps over a lazy dog"[: len(text)]
    assert len(told) == 20
    assert told[-1] == text
    short = generate(model, data.preprocessing, "the", length=50, seed=1, told=lambda t: len(t) < 6)
    assert len(short) == 6
    assert generate(model, data.preprocessing, "", length=5, seed=3) == generate(
        model, data.preprocessing, "", length=5, seed=3
    )


def test_what_is_drawn_obeys_temperature_and_limits() -> None:
    scores = torch.tensor([[9.0, 9.0, 2.0, 1.0, 0.0, -1.0]]).repeat(4000, 1)
    generator = torch.Generator().manual_seed(0)

    def shares(**named: float) -> list[float]:
        found = drawn(scores, generator=generator, **named)  # type: ignore[arg-type]
        return (functional.one_hot(found[:, 0], 6).float().mean(0)).tolist()

    expected = torch.tensor([2.0, 1.0, 0.0, -1.0]).softmax(0).tolist()
    assert shares() == pytest.approx([0.0, 0.0, *expected], abs=0.03)
    assert shares(temperature=0) == [0, 0, 1, 0, 0, 0]
    assert shares(top_k=2)[4:] == [0, 0]
    assert shares(top_k=2)[3] > 0.2
    assert shares(top_p=0.5) == [0, 0, 1, 0, 0, 0]
    assert shares(top_p=0.7)[3] > 0.2
    assert shares(top_p=0.7)[4:] == [0, 0]
    wild = shares(temperature=5.0)
    assert wild[5] > expected[3] + 0.05


class Counting(nn.Module):
    """Says that the token after `n` is `n + 1`, at every place; it takes rows of four and no others."""

    def __init__(self) -> None:
        super().__init__()
        from studio.compiler import Tensor

        self.takes = {"x": Tensor.of(4, dtype="int64")}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        assert x.shape[1] == 4
        return 10.0 * functional.one_hot((x + 1) % 12, 12).float()


def test_networks_of_a_fixed_length_continue_shorter_and_longer_rows() -> None:
    rows = continued(Counting().eval(), torch.tensor([[3], [5]]), 6, room=4, temperature=0)
    assert rows.tolist() == [[3, 4, 5, 6, 7, 8, 9], [5, 6, 7, 8, 9, 10, 11]]


def test_a_network_that_looks_ahead_is_refused_before_the_first_step(tmp_path: Path) -> None:
    blocks: Blocks = (
        entry(12, dtype="int64"),
        ("embedding", {"num_embeddings": 40, "embedding_dim": 12}),
        ("self_attention", {"num_heads": 2}),
        linear(40),
        OUT,
    )
    project = planned(network(("main", blocks)), "language_model", {"model": "main"}, data=written(tmp_path))
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    (failed,) = events
    assert isinstance(failed, Failed)
    assert "looks ahead" in str(failed.message)
    assert failed.expected is not None
    causal = tuple((kind, {**v, "causal": True} if kind == "self_attention" else v) for kind, v in blocks)
    project = planned(network(("main", causal)), "language_model", {"model": "main"}, data=written(tmp_path))
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]


def test_what_does_not_fit_is_said_with_a_mend(tmp_path: Path) -> None:
    project = language_model(tmp_path)
    ref = GraphRef("network", "main")
    (last,) = [key for key, node in project.networks["main"].nodes.items() if node.type == "linear"]
    narrow = edits.set_parameters(project, ref, last, {"out_features": 5})
    (problem,) = Checker().analyse(narrow, ref).problems
    assert problem.node == last
    known = len(load(project.plan.data).classes)
    assert str(problem.received) == "B × T × 5"
    assert str(problem.expected) == f"B × T × {known}"
    assert Checker().analyse(edits.apply_fix(narrow, ref, problem.fixes[0]), ref).problems == ()
    pictures = edits.set_plan(project, replace(project.plan, data=Choice("digits")))
    assert [problem.code for problem in Checker().analyse(pictures, ref).problems] == ["no_tokens"]


def test_sentences_learn_from_themselves_one_place_on() -> None:
    blocks: Blocks = (
        entry(16, dtype="int64"),
        ("embedding", {"num_embeddings": 200, "embedding_dim": 12}),
        ("gru", {"hidden_size": 16}),
        linear(200),
        OUT,
    )
    data = Choice("sentences", {"count": 200})
    project = planned(network(("main", blocks)), "language_model", {"model": "main"}, data=data, epochs=2)
    assert Checker().analyse(project, GraphRef("network", "main")).problems == ()
    events = list(engine.run(project.plan, networks(project, 0), load(data), choices=ONE))
    done = [event.metrics["loss"] for event in events if isinstance(event, EpochDone)]
    assert done[1] < done[0]
