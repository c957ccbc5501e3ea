"""The autoencoder recipe beside the loop that its module promises, what it shows, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch.nn import functional

from studio.compiler import build
from studio.data import load
from studio.graph import Value
from studio.project import Choice, GraphRef, Project, edits
from studio.train import SampleMade
from studio.train.events import EpochDone, Failed, Finished
from studio.train.loop import engine
from studio.train.plans.checking import Checker
from studio.train.recipes.given import flat
from studio.train.runs.session import networks
from tests.train.plain import ONE, copied, same
from tests.train.recipe_examples import OUT, Blocks, drawn, entry, linear, planned, ring, variational

ROLES = {"encoder": "writer", "decoder": "reader"}
READER: Blocks = (entry(2), linear(16), ("tanh", {}), linear(2), OUT)


def plain(folder: Path, values: dict[str, Value], code: int = 1, **loop: int) -> Project:
    writer: Blocks = (entry(2), linear(16), ("tanh", {}), linear(code), OUT)
    project = drawn(("writer", writer), ("reader", (entry(code), *READER[1:])))
    return planned(project, "autoencoder", ROLES, values, data=ring(folder), **loop)


@pytest.mark.parametrize("kind", ["plain", "denoising", "variational"])
def test_it_is_the_loop_that_its_text_promises(kind: str, tmp_path: Path) -> None:
    values: dict[str, Value] = {"kind": kind, "noise": 0.2, "masked": 0.25, "beta": 0.5}
    if kind == "variational":
        # The reader stands first, so that its weights are drawn from the run's own seed.
        project = planned(
            variational(drawn(("reader", READER))), "autoencoder", ROLES, values, data=ring(tmp_path)
        )
    else:
        project = plain(tmp_path, values)
    data, models = load(project.plan.data), networks(project, 0)
    assert isinstance(list(engine.run(project.plan, models, data, choices=ONE))[-1], Finished)
    encoder, decoder = build(project, "writer", seed=0), build(project, "reader", seed=1000)
    optimizers = [torch.optim.Adam(model.parameters(), lr=0.01, fused=True) for model in (encoder, decoder)]
    x = data.train.inputs["x"]
    torch.manual_seed(1)
    for epoch in range(3):
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(epoch))
        for places in order.split(16):
            clean = x[places]
            shown = clean
            if kind == "denoising":
                shown = clean + 0.2 * torch.randn(clean.shape)
                shown = shown * (torch.rand(clean.shape) >= 0.25)
            if kind == "variational":
                mean, log_variance = encoder(shown).values()
                code = mean + (log_variance / 2).exp() * torch.randn(mean.shape)
                away = (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean() / 2
                loss = ((decoder(code) - clean) ** 2).sum(1).mean() + 0.5 * away
            else:
                loss = functional.mse_loss(decoder(encoder(shown)), clean)
            for optimizer in optimizers:
                optimizer.zero_grad()
            loss.backward()
            for optimizer in optimizers:
                optimizer.step()
    assert same(copied(encoder), copied(models["encoder"]))
    assert same(copied(decoder), copied(models["decoder"]))


def test_pictures_are_given_back_and_their_codes_are_shown(tmp_path: Path) -> None:
    writer: Blocks = (entry(1, 28, 28), ("flatten", {}), linear(32), ("relu", {}), linear(8), OUT)
    wide: tuple[str, dict[str, Value]] = ("reshape", {"shape": (1, 28, 28)})
    reader: Blocks = (entry(8), linear(32), ("relu", {}), linear(784), wide, OUT)
    project = drawn(("writer", writer), ("reader", reader))
    values: dict[str, Value] = {"kind": "denoising", "loss": "bce", "samples": 4}
    project = planned(project, "autoencoder", ROLES, values, epochs=2, batch_size=64)
    assert [Checker().analyse(project, ref).problems for ref in project.refs()] == [(), ()]
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    losses = [event.metrics["val_loss"] for event in events if isinstance(event, EpochDone)]
    assert losses[1] < losses[0]
    strips, codes = [event.made for event in events if isinstance(event, SampleMade)][-2:]
    assert (strips.look, codes.look) == ("strips", "points")
    assert strips.values is not None
    assert codes.values is not None
    assert strips.values.shape == (4, 3, 1, 28, 28)  # as it is, spoiled, given back
    assert float(strips.values.min()) >= 0.0
    assert float(strips.values.max()) <= 1.0
    assert codes.values.shape[1] == 3
    assert set(codes.values[:, 2].tolist()) == set(range(10))


def test_a_variational_one_makes_a_grid_and_its_codes_are_spread_normally(tmp_path: Path) -> None:
    project = variational(drawn(("reader", READER)))
    values: dict[str, Value] = {"kind": "variational", "samples": 9, "beta": 0.05}
    project = planned(project, "autoencoder", ROLES, values, data=ring(tmp_path, 300), epochs=30)
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    back, grid, codes = [event.made for event in events if isinstance(event, SampleMade)][-3:]
    assert (back.look, grid.look, codes.look) == ("strips", "points", "points")
    assert grid.values is not None
    assert grid.values.shape == (9, 2)
    assert back.values is not None
    assert float((back.values[0] - back.values[1]).square().mean()) < 0.1
    first, last = (
        [event.metrics for event in events if isinstance(event, EpochDone)][place] for place in (0, -1)
    )
    assert last["val_reconstruction"] < 0.3 * first["val_reconstruction"]
    assert last["divergence"] > 0


def test_what_does_not_fit_is_said(tmp_path: Path) -> None:
    def codes(project: Project) -> list[tuple[str, str]]:
        return [
            (ref.name, problem.code)
            for ref in project.refs()
            for problem in Checker().analyse(project, ref).problems
        ]

    assert codes(plain(tmp_path, {})) == []
    assert codes(plain(tmp_path, {"kind": "variational"})) == [("writer", "role_outputs")]
    wide = drawn(("writer", (entry(2), linear(3), OUT)), ("reader", (entry(2), linear(4), OUT)))
    wide = planned(wide, "autoencoder", ROLES, data=ring(tmp_path))
    assert codes(wide) == [("writer", "role_sizes"), ("reader", "role_sizes")]
    for name in ("writer", "reader"):
        ref = GraphRef("network", name)
        (problem,) = Checker().analyse(wide, ref).problems
        wide = edits.apply_fix(wide, ref, problem.fixes[0])
    assert codes(wide) == []
    numbers = plain(tmp_path, {"loss": "bce"})
    (failed,) = engine.run(numbers.plan, networks(numbers, 0), load(numbers.plan.data), choices=ONE)
    assert isinstance(failed, Failed)
    assert "this data is no pictures" in str(failed.message)
    assert codes(edits.set_plan(wide, replace(wide.plan, data=Choice("wine"))))[0] == (
        "writer",
        "input_shape",
    )


def test_codes_of_many_numbers_are_shown_along_the_directions_in_which_they_differ() -> None:
    plane = torch.randn(40, 2, generator=torch.Generator().manual_seed(0)) * torch.tensor([3.0, 1.0])
    turned = torch.linalg.qr(torch.randn(5, 5, generator=torch.Generator().manual_seed(1)))[0]
    codes = functional.pad(plane, (0, 3)) @ turned
    found = flat(codes)
    assert torch.allclose(torch.cdist(found, found), torch.cdist(plane, plane), atol=1e-3)
    assert torch.equal(flat(plane), plane)
    assert flat(plane[:, :1]).shape == (40, 2)
