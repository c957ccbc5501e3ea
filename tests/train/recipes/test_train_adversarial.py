"""The adversarial recipe beside the loop that its module promises, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional

from studio.compiler import build
from studio.data import Dataset, Split, load
from studio.graph import Value
from studio.project import Choice, GraphRef, Project, edits
from studio.train import SampleMade
from studio.train.events import EpochDone, Finished
from studio.train.loop import engine
from studio.train.plans.checking import Checker
from studio.train.runs.session import networks
from tests.drawing import add, wire
from tests.train.plain import ONE, copied, same
from tests.train.recipe_examples import OUT, arrays, drawn, entry, linear, planned, ring

ROLES = {"generator": "maker", "discriminator": "judge"}


def points(folder: Path, values: dict[str, Value] | None = None, **loop: int) -> Project:
    project = drawn(
        ("maker", (entry(4), linear(16), ("relu", {}), linear(2), OUT)),
        ("judge", (entry(2), linear(16), ("relu", {}), linear(1), OUT)),
    )
    return planned(project, "adversarial", ROLES, values, data=ring(folder), **loop)


def by_hand(project: Project, data: Dataset, smoothing: float) -> dict[str, nn.Module]:
    """The loop of the module's text, with Adam as the plan has it."""
    maker, judge = build(project, "maker", seed=0), build(project, "judge", seed=1000)
    optimizers = [torch.optim.Adam(model.parameters(), lr=0.01, fused=True) for model in (maker, judge)]
    x = data.train.inputs["x"]
    bce = functional.binary_cross_entropy_with_logits
    torch.manual_seed(1)
    for epoch in range(3):
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(epoch))
        for places in order.split(16):
            real = x[places]
            fake = maker(torch.randn(len(real), 4))
            on_real, on_fake = judge(real), judge(fake.detach())
            loss = bce(on_real, torch.full_like(on_real, 1 - smoothing)) + bce(
                on_fake, torch.zeros_like(on_fake)
            )
            optimizers[1].zero_grad()
            loss.backward()
            optimizers[1].step()
            score = judge(fake)
            optimizers[0].zero_grad()
            bce(score, torch.ones_like(score)).backward()
            optimizers[0].step()
    return {"generator": maker, "discriminator": judge}


def test_it_is_the_loop_that_its_text_promises(tmp_path: Path) -> None:
    project = points(tmp_path, {"smoothing": 0.1})
    data = load(project.plan.data)
    # The optimizer's numbers are those of the catalogue, as Adam has them by itself.
    models, plain = networks(project, 0), by_hand(project, data, 0.1)
    training = project.plan
    train_only = replace(data, validation=Split({"x": data.train.inputs["x"][:0]}, {}))
    events = list(engine.run(training, models, train_only, choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    for role, model in plain.items():
        assert same(copied(model), copied(models[role])), role


@pytest.mark.parametrize("loss", ["bce", "least_squares", "hinge", "wasserstein"])
def test_what_is_made_comes_near_what_is_real(loss: str, tmp_path: Path) -> None:
    values: dict[str, Value] = {"loss": loss, "critic_steps": 2, "penalty": 1.0}
    project = points(tmp_path, values, epochs=40, batch_size=8)
    blob = torch.tensor([2.0, -1.0]) + 0.1 * torch.randn(80, 2, generator=torch.Generator().manual_seed(2))
    project = edits.set_plan(project, replace(project.plan, data=arrays(tmp_path, x=blob, target=blob[:, 0])))
    events = list(engine.run(project.plan, networks(project, 1), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    made = [event.made for event in events if isinstance(event, SampleMade)]
    assert [one.look for one in made] == ["points"] * 40
    off = [float((one.values.mean(0) - blob.mean(0)).norm()) for one in made if one.values is not None]
    assert min(off[20:]) < 0.4 * off[0], off
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert {"generator_loss", "discriminator_loss", "real_score", "fake_score"} <= last.metrics.keys()
    assert {"val_generator_loss", "val_loss"} <= last.metrics.keys()


def conditional(folder: Path) -> Project:
    """Both networks take the class: the generator as a number to look up, the other as 0 and 1."""
    project = Project(networks={})
    for name, size, kind in (("maker", 4, "int64"), ("judge", 2, "float32")):
        project = edits.add_network(project, name)
        ref = GraphRef("network", name)
        shape = () if kind == "int64" else (2,)
        project, x = add(project, "input", parameters={"shape": (size,)}, ref=ref, name="x")
        label = {"shape": shape, "dtype": kind}
        project, told = add(project, "input", parameters=label, ref=ref, name="label")
        if kind == "int64":
            table = {"num_embeddings": 2, "embedding_dim": 3}
            project, told = add(project, "embedding", [told], parameters=table, ref=ref)
        project, joined = add(project, "concat", ref=ref)
        project = wire(project, x, joined, ref=ref)
        project = wire(project, told, joined, ref=ref)
        project, body = add(project, "linear", [joined], parameters={"out_features": 16}, ref=ref)
        project, bent = add(project, "relu", [body], ref=ref)
        last = {"out_features": 2 if name == "maker" else 1}
        project, score = add(project, "linear", [bent], parameters=last, ref=ref)
        project, _ = add(project, "output", [score], ref=ref)
    return planned(project, "adversarial", ROLES, {}, data=ring(folder), epochs=60, batch_size=32)


def test_classes_are_told_to_both(tmp_path: Path) -> None:
    project = conditional(tmp_path)
    assert [p for name in ROLES.values() for p in problems(project, name)] == []
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    values = [event.made.values for event in events if isinstance(event, SampleMade)][-1]
    assert values is not None
    # Class 0 is the upper half of the circle, class 1 the lower one.
    upper, lower = (values[values[:, 2] == number][:, 1].mean() for number in (0, 1))
    assert float(upper) > float(lower) + 0.5


def problems(project: Project, network: str) -> list[tuple[str, str, str]]:
    report = Checker().analyse(project, GraphRef("network", network))
    return [(p.severity, p.code, str(p.message)) for p in report.problems]


def test_what_does_not_fit_is_said_at_its_place_with_a_mend(tmp_path: Path) -> None:
    project = drawn(
        ("maker", (entry(4), linear(3), OUT)),
        ("judge", (entry(2), linear(1), ("sigmoid", {}), OUT)),
    )
    project = planned(project, "adversarial", ROLES, data=ring(tmp_path))
    assert problems(project, "judge") == [
        (
            "warning",
            "squeezed_score",
            "The discriminator ends in “sigmoid1”, and this loss takes raw scores. Take “sigmoid1” out.",
        )
    ]
    (told,) = problems(project, "maker")
    assert told[:2] == ("error", "role_sizes")
    assert told[2] == (
        "What the Generator gives at “y” (B × 3) is not what the Discriminator takes at “x” (B × 2). "
        "Make them alike."
    )
    ref = GraphRef("network", "maker")
    (found,) = Checker().analyse(project, ref).problems
    assert (str(found.expected), str(found.received)) == ("B × 2", "B × 3")
    mended = edits.apply_fix(project, ref, found.fixes[0])
    assert problems(mended, "maker") == []
    wrong_data = edits.set_plan(mended, replace(mended.plan, data=Choice("wine")))
    assert [code for _, code, _ in problems(wrong_data, "judge")] == ["input_shape", "squeezed_score"]
