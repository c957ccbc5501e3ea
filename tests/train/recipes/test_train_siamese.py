"""The siamese recipe beside the loop that its module promises, its triplets, and what it refuses."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch.nn import functional

from studio.compiler import build
from studio.data import load
from studio.graph import Value
from studio.project import Choice, GraphRef, Project
from studio.train import SampleMade
from studio.train.events import EpochDone, Finished
from studio.train.loop import engine
from studio.train.plans.checking import Checker
from studio.train.recipes.siamese import Mining, apart, triplets
from studio.train.runs.session import networks
from tests.train.plain import ONE, copied, same
from tests.train.recipe_examples import OUT, Blocks, arrays, drawn, entry, linear, planned

POINTS: Blocks = (entry(2), linear(16), ("tanh", {}), linear(4), OUT)


def blobs(count: int = 90) -> tuple[torch.Tensor, torch.Tensor]:
    """Three classes, each in two places far from each other."""
    generator = torch.Generator().manual_seed(3)
    labels = torch.arange(count) % 3
    turn = (labels + 3 * (torch.arange(count) // 3 % 2)) * torch.pi / 3
    points = torch.stack([turn.cos(), turn.sin()], 1)
    return points + 0.1 * torch.randn(count, 2, generator=generator), labels


def classes(folder: Path) -> Choice:
    points, labels = blobs()
    return arrays(folder, x=points, target=labels)


def pairs(folder: Path) -> Choice:
    (a, one), (b, other) = blobs(600), blobs(600)
    order = torch.randperm(600, generator=torch.Generator().manual_seed(1))
    return arrays(folder, a=a, b=b[order], target=(one == other[order]).long())


def plan(data: Choice, values: dict[str, Value], blocks: Blocks = POINTS, **loop: int) -> Project:
    return planned(drawn(("main", blocks)), "siamese", {"model": "main"}, values, data=data, **loop)


def test_it_is_the_loop_that_its_text_promises(tmp_path: Path) -> None:
    project = plan(pairs(tmp_path), {"normalise": False, "margin": 0.5})
    data, models = load(project.plan.data), networks(project, 0)
    assert isinstance(list(engine.run(project.plan, models, data, choices=ONE))[-1], Finished)
    model = build(project, "main", seed=0)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, fused=True)
    a, b, alike = data.train.inputs["a"], data.train.inputs["b"], data.train.targets["target"].float()
    torch.manual_seed(1)
    for epoch in range(3):
        order = torch.randperm(len(a), generator=torch.Generator().manual_seed(epoch))
        for places in order.split(16):
            one, other = model(torch.cat([a[places], b[places]])).chunk(2)
            d = (one - other).square().sum(1).clamp(min=1e-12).sqrt()
            near, far = d**2, functional.relu(0.5 - d) ** 2
            optimizer.zero_grad()
            (alike[places] * near + (1 - alike[places]) * far).mean().backward()
            optimizer.step()
    assert same(copied(model), copied(models["model"]))


@pytest.mark.parametrize("mining", ["hard", "semi_hard", "all"])
def test_triplets_are_those_that_one_would_look_for(mining: Mining) -> None:
    codes = torch.randn(9, 3, generator=torch.Generator().manual_seed(2))
    labels = torch.tensor([0, 0, 1, 1, 1, 2, 2, 0, 3])
    distance = apart(codes)
    assert torch.allclose(distance, torch.cdist(codes, codes), atol=1e-3)
    like = (labels[:, None] == labels) & ~torch.eye(9, dtype=torch.bool)
    unlike = labels[:, None] != labels
    found: list[float] = []
    d = distance.tolist()
    for i in range(9):
        near = [j for j in range(9) if like[i, j]]
        far = [k for k in range(9) if unlike[i, k]]
        if not near or not far:
            continue
        if mining == "hard":
            found.append(max(0.0, 0.5 + max(d[i][j] for j in near) - min(d[i][k] for k in far)))
        for j in near if mining == "semi_hard" else []:
            farther = [d[i][k] for k in far if d[i][k] > d[i][j]]
            chosen = min(farther) if farther else max(d[i][k] for k in far)
            found.append(max(0.0, 0.5 + d[i][j] - chosen))
        if mining == "all":
            each = (0.5 + d[i][j] - d[i][k] for j, k in itertools.product(near, far))
            found += [gap for gap in each if gap > 0]
    expected = sum(found) / len(found)
    assert float(triplets(distance, like, unlike, 0.5, mining)) == pytest.approx(expected, abs=1e-4)
    nobody = torch.zeros_like(like)
    assert float(triplets(distance, nobody, unlike, 0.5, mining)) == 0.0


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (pairs, {"loss": "contrastive"}),
        (pairs, {"loss": "cosine", "margin": 0.2}),
        (classes, {"loss": "contrastive"}),
        (classes, {"loss": "cosine", "margin": 0.2}),
        (classes, {"loss": "triplet", "margin": 0.3}),
        (classes, {"loss": "triplet", "margin": 0.3, "mining": "all"}),
    ],
)
def test_like_samples_come_near_each_other(data, values: dict[str, Value], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    project = plan(data(tmp_path), values, epochs=30)
    assert Checker().analyse(project, GraphRef("network", "main")).problems == ()
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    done = [event.metrics for event in events if isinstance(event, EpochDone)]
    assert done[-1]["val_accuracy"] >= 0.9
    assert done[-1]["loss"] < 0.7 * done[0]["loss"]
    made = [event.made for event in events if isinstance(event, SampleMade)]
    assert made[-1].look == "points"
    assert made[-1].values is not None
    assert made[-1].values.shape[1] == (3 if data is classes else 2)


def test_what_does_not_fit_is_said(tmp_path: Path) -> None:
    def codes(project: Project) -> list[str]:
        return [problem.code for problem in Checker().analyse(project, GraphRef("network", "main")).problems]

    assert codes(plan(pairs(tmp_path), {"loss": "triplet"})) == ["pairs_for_triplets"]
    flatless: Blocks = (entry(1, 28, 28), ("conv2d", {}), OUT)
    assert codes(plan(Choice("digits"), {}, flatless)) == ["no_code"]
    assert codes(plan(Choice("wine"), {})) == ["input_shape"]
    numbers = plan(Choice("diabetes"), {}, (entry(10), linear(3), OUT))
    assert codes(numbers) == ["nothing_alike"]
    assert codes(replace(numbers, plan=replace(numbers.plan, data=Choice("digit_pairs")))) == ["input_shape"]
