"""Noise laid over and taken away again, and the diffusion recipe beside the loop that its module promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional

from studio.compiler import build
from studio.data import Split, load
from studio.graph import Value
from studio.project import GraphRef, Project
from studio.train import Control, SampleMade
from studio.train.events import Finished
from studio.train.loop import engine
from studio.train.plans.checking import Checker
from studio.train.recipes.noising import Noising, even_times, forward_strip, way_back
from studio.train.runs.session import networks
from tests.drawing import add
from tests.train.plain import ONE, copied, same
from tests.train.recipe_examples import OUT, drawn, entry, eps, linear, planned, ring


def test_schedules_are_those_of_the_papers() -> None:
    linear_one = Noising.of("linear", 1000)
    beta = torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64)
    assert torch.allclose(linear_one.kept, (1 - beta).cumprod(0).float())
    cosine = Noising.of("cosine", 1000)
    assert 0.99 < float(cosine.kept[0]) < 1.0
    assert abs(float(cosine.kept[499]) - 0.494) < 0.01
    for noising in (linear_one, cosine, Noising.of("linear", 50), Noising.of("cosine", 50)):
        assert float(noising.kept[-1]) < 0.01
        assert bool((noising.kept[1:] < noising.kept[:-1]).all())


@pytest.mark.parametrize("kind", ["noise", "x0", "v"])
def test_who_knows_the_target_finds_sample_and_noise(kind: str) -> None:
    noising = Noising.of("cosine", 30)
    x, noise = torch.randn(2, 6, 1, 4, 4)
    t = torch.tensor([0, 3, 10, 15, 20, 28])
    noised = noising.noised(x, t, noise)
    said = noising.target(kind, x, t, noise)  # type: ignore[arg-type]
    clean, found = noising.parted(kind, said, noised, t)  # type: ignore[arg-type]
    assert torch.allclose(clean, x, atol=1e-3)
    assert torch.allclose(found, noise, atol=1e-3)


@pytest.mark.parametrize(("steps", "eta"), [(10, 0.0), (10, 1.0), (60, 1.0), (1, 0.0)])
def test_the_way_back_of_a_network_that_knows_leads_to_the_sample(steps: int, eta: float) -> None:
    noising = Noising.of("linear", 60)
    truth = torch.tensor([[1.0, -2.0], [0.5, 0.25]])

    def says(noised: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        sample, share = noising.shares(t, noised)
        return (noised - sample * truth) / share

    start = torch.randn(2, 2, generator=torch.Generator().manual_seed(1))
    frames = way_back(
        noising, "noise", says, start, even_times(60, steps), eta=eta, generator=torch.Generator(), instants=5
    )
    assert torch.equal(frames[0], start)
    assert torch.allclose(frames[-1], truth, atol=1e-4)
    assert len(frames) == min(steps + 1, 5)


def test_ddpm_takes_the_posterior_of_the_paper() -> None:
    noising = Noising.of("linear", 10)
    beta = 1 - noising.kept[5] / noising.kept[4]
    x, said = torch.randn(2, 3, 2)
    drawn_noise = torch.randn(3, 2, generator=torch.Generator().manual_seed(4))
    mean = (x - beta / (1 - noising.kept[5]).sqrt() * said) / (1 - beta).sqrt()
    spread = (beta * (1 - noising.kept[4]) / (1 - noising.kept[5])).sqrt()
    frames = way_back(
        noising,
        "noise",
        lambda _x, _t: said,
        x,
        [5, 4],
        eta=1.0,
        generator=torch.Generator().manual_seed(4),
        instants=3,
    )
    assert torch.allclose(frames[1], mean + spread * drawn_noise, atol=1e-5)


def test_a_strip_of_growing_noise_begins_with_the_sample() -> None:
    x = torch.randn(4, 1, 3, 3)
    strip = forward_strip(Noising.of("linear", 100), x, 6, torch.Generator().manual_seed(0))
    assert strip.shape == (6, 4, 1, 3, 3)
    assert torch.equal(strip[0], x)
    near = [float(functional.cosine_similarity(frame.flatten(), x.flatten(), dim=0)) for frame in strip]
    assert near == sorted(near, reverse=True)
    assert near[-1] < 0.5


def test_it_is_the_loop_that_its_text_promises(tmp_path: Path) -> None:
    values: dict[str, Value] = {"times": 20, "averaging": None}
    project = planned(eps(), "diffusion", {"model": "main"}, values, data=ring(tmp_path))
    data = load(project.plan.data)
    models, model = networks(project, 0), build(project, "main", seed=0)
    without = replace(data, validation=Split({"x": data.train.inputs["x"][:0]}, {}))
    assert isinstance(list(engine.run(project.plan, models, without, choices=ONE))[-1], Finished)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, fused=True)
    x, kept = data.train.inputs["x"], Noising.of("linear", 20).kept
    torch.manual_seed(1)
    for epoch in range(3):
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(epoch))
        for places in order.split(16):
            clean = x[places]
            t = torch.randint(20, (len(clean),))
            noise = torch.randn(clean.shape)
            noised = kept[t, None].sqrt() * clean + (1 - kept[t, None]).sqrt() * noise
            optimizer.zero_grad()
            functional.mse_loss(model(x=noised, t=t), noise).backward()
            optimizer.step()
    assert same(copied(model), copied(models["model"]))


@pytest.mark.parametrize(
    ("target", "dtype", "sampler"), [("noise", "int64", "ddim"), ("v", "float32", "ddpm")]
)
def test_points_out_of_noise_lie_where_the_data_lies(
    target: str, dtype: str, sampler: str, tmp_path: Path
) -> None:
    values: dict[str, Value] = {"times": 30, "steps": 10, "target": target, "sampler": sampler}
    values |= {"averaging": None, "schedule": "cosine"}
    classes = 3 if dtype == "int64" else 0
    project = eps(dtype=dtype, classes=classes)
    project = planned(
        project, "diffusion", {"model": "main"}, values, data=ring(tmp_path, 1500), epochs=20, batch_size=64
    )
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    made = [event.made for event in events if isinstance(event, SampleMade)]
    assert [one.look for one in made] == ["strips", "points"] * 20
    film, points = made[-2].values, made[-1].values
    assert film is not None
    assert points is not None
    assert film.shape == (8, len(points), 2)
    assert torch.equal(film[-1], points[:, :2])
    # The real points lie on a circle of radius 1.
    before, after = ((frame.norm(dim=1) - 1).abs().mean() for frame in (film[0], points[:, :2]))
    assert float(after) < 0.7 * float(before)
    if classes:
        upper, lower = (points[points[:, 2] == number][:, 1] for number in (0, 1))
        assert float((upper > 0).float().mean()) > 0.9
        assert float((lower < 0).float().mean()) > 0.9


def test_what_does_not_fit_is_said_at_its_place(tmp_path: Path) -> None:
    def codes(project: Project) -> list[str]:
        planned_one = planned(project, "diffusion", {"model": "main"}, data=ring(tmp_path))
        report = Checker().analyse(planned_one, GraphRef("network", "main"))
        assert all(problem.expected is not None for problem in report.problems)
        return [problem.code for problem in report.problems]

    assert codes(eps()) == []
    assert codes(drawn(("main", (entry(2), linear(2), OUT)))) == ["role_inputs"]
    assert codes(eps(size=3)) == ["input_shape"]
    # Three classes are told apart: two, and none of them.
    assert codes(eps(classes=2)) == ["table_too_small"]
    ref = GraphRef("network", "main")
    pair = drawn(("main", (entry(2), linear(2), OUT)))
    pair, second = add(pair, "input", parameters={"shape": (2,)}, ref=ref, name="t")
    pair, _ = add(pair, "output", [second], ref=ref)
    assert codes(pair) == ["role_outputs"]


def test_a_stop_is_obeyed_while_something_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control, looks = Control(), [0]
    project = planned(eps(), "diffusion", {"model": "main"}, {"sampler": "ddpm"}, data=ring(tmp_path))

    def interrupted(
        noising: Noising, kind: str, says: Callable[..., torch.Tensor], *rest: Any, **named: Any
    ) -> Any:
        def counting(x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
            looks[0] += 1
            if looks[0] == 10:
                control.stop()
            return says(x, t)

        return way_back(noising, kind, counting, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("studio.train.recipes.diffusion.way_back", interrupted)
    models = networks(project, 0)
    events = list(engine.run(project.plan, models, load(project.plan.data), choices=ONE, control=control))
    assert isinstance(events[-1], Finished), events[-1]
    assert events[-1].reason == "stopped"
    assert not [event for event in events if isinstance(event, SampleMade)]
    assert looks[0] == 10  # of a thousand
