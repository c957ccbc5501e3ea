"""What a network answers all over a plane: while it learns, afterwards, and for a table of two numbers."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
import torch

from studio import api
from studio.compiler import build
from studio.data import load
from studio.graph import Value
from studio.project import Choice, LossTerm, Project
from studio.train import SampleMade
from studio.train.judging.evaluate import evaluate
from studio.train.judging.surfacing import SIDE, asked, plane_of
from tests.drawing import chain
from tests.train.projects import wine, with_plan


def drawn(outputs: int, loss: str, data: Choice, **loop: Value) -> Project:
    project, _ = chain(("input", {"shape": (2,)}), ("linear", {"out_features": outputs}), ("output", {}))
    values = {"epochs": 3, "batch_size": 32, "threads": 1, "device": "cpu", **loop}
    adam = {"model": Choice("adam", {"lr": 0.1})}
    return with_plan(
        project,
        data=data,
        optimizers=adam,
        losses=(LossTerm(Choice(loss)),),
        metrics=(),
        loop=Choice("loop", values),
    )


def test_each_epoch_shows_what_is_answered_everywhere_and_changes_no_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = drawn(1, "bce_with_logits", Choice("field", {"pattern": "gauss"}))
    events = list(api.train(project, seed=0, run_dir=tmp_path / "a"))
    made = [event.made.surface for event in events if isinstance(event, SampleMade)]
    assert len(made) == 3
    last = made[-1]
    assert last is not None
    assert (last.side, len(last.tints), last.classes) == (SIDE, SIDE * SIDE, ("0", "1"))
    assert len(last.points) == len(load(project.plan.data).train)
    right = sum(last.at(x, y)[0] == kind for x, y, kind in last.points)
    assert right > 0.95 * len(last.points)
    monkeypatch.setattr("studio.train.judging.surfacing.plane_of", lambda *_: None)
    plain = list(api.train(project, seed=0, run_dir=tmp_path / "b"))
    assert not [event for event in plain if isinstance(event, SampleMade)]
    first, second = (evaluate(tmp_path / name).metrics["loss"] for name in "ab")
    assert first == second


def test_it_says_what_the_network_says_at_each_place() -> None:
    project = drawn(3, "cross_entropy", Choice("field", {"pattern": "gauss"}))
    data = load(project.plan.data)
    data = dataclasses.replace(data, classes=("a", "b", "c"), task="classification")
    model = build(project, seed=0)
    found = asked(model, data, project.plan, "test", numbers=False)
    assert found is not None
    assert len(found.points) == len(data.test)
    left, right, low, high = found.box
    step = (right - left) / found.side, (high - low) / found.side
    for column, row in ((0, 0), (100, 7), (60, 60), (127, 127)):
        x, y = left + (column + 0.5) * step[0], high - (row + 0.5) * step[1]
        with torch.no_grad():
            chances = model(torch.tensor([[x, y]])).softmax(1)[0]
        number, chance = found.at(x, y)
        assert number == int(chances.argmax())
        assert math.isclose(chance, float(chances.max()), abs_tol=0.01)


def test_a_table_of_two_numbers_is_shown_in_its_own_unit(tmp_path: Path) -> None:
    file = tmp_path / "rooms.csv"
    rows = [f"{10 + a},{1000 * b},{a + b}" for a in range(8) for b in range(8)]
    file.write_text("area,rent,price\n" + "\n".join(rows), "utf-8")
    project = drawn(1, "mse", Choice("table", {"folder": str(file), "target": "price"}))
    data, model = load(project.plan.data), build(project, seed=0)
    found = asked(model, data, project.plan, "train", numbers=True)
    assert found is not None
    assert (found.names, found.classes) == (("area", "rent"), ())
    assert found.box[0] < 10 < 17 < found.box[1]
    assert found.box[2] < 0 < 7000 < found.box[3]
    # What is answered is drawn on the scale of the truth.
    assert found.range == (0.0, 14.0)
    inputs = data.preprocessing.row({"area": 13.0, "rent": 3000.0})
    with torch.no_grad():
        told = float(data.preprocessing.in_unit(model(inputs[None])))
    assert math.isclose(found.at(13.0, 3000.0)[1], min(max(told, 0.0), 14.0), abs_tol=0.3)


def test_samples_of_other_kinds_lie_on_no_plane() -> None:
    for choice in (wine().plan.data, Choice("digits"), Choice("sentences", {"count": 50})):
        data = load(choice)
        assert plane_of(data, data.train) is None
