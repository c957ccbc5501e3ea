"""A trained network is judged by samples that it never saw, and tried on new ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from studio.compiler import build
from studio.data import load
from studio.graph import NetwrightError
from studio.project import MODEL, Choice, LossTerm
from studio.train import (
    TrainError,
    evaluate,
    opened,
    predict,
    run,
)
from tests.drawing import chain
from tests.train.plain import copied, same
from tests.train.projects import done, loop, wine, with_plan


def test_a_run_is_judged_by_samples_that_it_never_saw(tmp_path: Path) -> None:
    done(list(run(wine(epochs=30), run_dir=tmp_path / "a")))
    found = evaluate(tmp_path / "a")
    model, data, _ = opened(tmp_path / "a")
    model.eval()
    x, y = data.test.inputs["x"], data.test.targets["target"]
    with torch.no_grad():
        chances = model(x).softmax(1)
    predicted = chances.argmax(1)
    assert found.count == len(y) == sum(map(sum, found.confusion))
    assert found.metrics["accuracy"] == pytest.approx(float((predicted == y).float().mean()))
    for true in range(3):
        for other in range(3):
            assert found.confusion[true][other] == int(((y == true) & (predicted == other)).sum())
    assert [figures.count for figures in found.per_class] == y.bincount(minlength=3).tolist()
    for number, figures in enumerate(found.per_class):
        hits = int(((y == number) & (predicted == number)).sum())
        assert figures.recall == pytest.approx(hits / int((y == number).sum()))
        assert figures.precision == pytest.approx(hits / max(int((predicted == number).sum()), 1))
    wrong = [sample.index for sample in found.wrong]
    assert sorted(wrong) == (predicted != y).nonzero().squeeze(1).tolist()
    confidences = [sample.confidence for sample in found.wrong]
    assert confidences == sorted(confidences, reverse=True)
    for sample in found.wrong:
        assert sample.confidence == pytest.approx(float(chances[sample.index].max()))
        assert sample in found.cell(sample.true, sample.predicted)
    right = found.cell(0, 0)
    assert len(right) == found.confusion[0][0] > 0
    assert [one.confidence for one in right] == sorted((one.confidence for one in right), reverse=True)
    assert found.sample(0)["x" if "x" in found.sample(0) else next(iter(found.sample(0)))] == x[0].tolist()
    json.dumps(found.json())


def test_numbers_are_judged_in_their_own_unit(tmp_path: Path) -> None:
    project, _ = chain(("input", {"shape": (10,)}), ("linear", {"out_features": 1}), ("output", {}))
    project = with_plan(
        project,
        data=Choice("diabetes"),
        losses=(LossTerm(Choice("mse")),),
        metrics=(Choice("mae"), Choice("r2")),
        optimizers={MODEL: Choice("adam", {"lr": 0.05})},
        loop=loop(epochs=40),
    )
    done(list(run(project, run_dir=tmp_path / "a")))
    found = evaluate(tmp_path / "a")
    assert found.metrics["r2"] > 0.3
    assert min(found.true) >= 25
    assert max(found.true) <= 346
    assert len(found.predicted) == len(found.true) == found.count == 88
    assert found.confusion == []


def test_judging_leaves_a_live_network_as_it_was() -> None:
    project = wine()
    model = build(project, seed=0)
    model.train()
    before = copied(model)
    data = load(project.plan.data)
    torch.manual_seed(3)
    evaluate((model, data, project.plan))
    assert model.training
    assert same(before, copied(model))
    assert torch.initial_seed() == 3


def test_without_samples_set_aside_it_judges_by_what_was_learned_from_and_says_so() -> None:
    project = wine()
    data = load(project.plan.data.with_parameter("test", 0.0).with_parameter("validation", 0.0))
    found = evaluate((build(project, seed=0), data, project.plan))
    assert (found.part, found.count) == ("train", 178)
    with pytest.raises(TrainError, match="no samples to judge by"):
        evaluate((build(project, seed=0), data, project.plan), part="validation")


def test_a_drawing_is_told_with_every_class_and_its_probability() -> None:
    project, _ = chain(("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {}))
    data = load(Choice("digits"))
    model = build(project, seed=0)
    pixels = [[float(12 < column < 16 and 4 < row < 24) for column in range(28)] for row in range(28)]
    told = predict(model, data, pixels)
    assert sorted(name for name, _ in told) == sorted(data.classes)
    chances = [chance for _, chance in told]
    assert sum(chances) == pytest.approx(1.0)
    assert chances == sorted(chances, reverse=True)
    with torch.no_grad():
        expected = model(data.preprocessing.image(pixels).unsqueeze(0)).softmax(1)[0]
    assert dict(told)["3"] == pytest.approx(float(expected[3]))
    with pytest.raises(NetwrightError, match="kind “vector”, not on “image”"):
        predict(build(wine(), seed=0), load(Choice("wine")), pixels)
