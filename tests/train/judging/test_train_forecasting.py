"""Forecasts beside naive ones, and what recurrent layers do over time: counted anew by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest
import torch
from torch import nn

from studio.compiler import build
from studio.data import load
from studio.graph import Value
from studio.project import Choice, LossTerm, Project
from studio.train.judging.evaluate import evaluate
from studio.train.judging.figures import further
from studio.train.judging.forecasting import best_back, forecast, naive_of
from studio.train.judging.gating import recurrence, recurs
from studio.train.judging.trying import of_data
from studio.train.recipe import TrainError
from tests.drawing import chain
from tests.train.projects import wine, with_plan


def forecaster(block: str = "lstm", data: Mapping[str, Value] | None = None, **values: Any) -> Project:
    made = {"window": 24, "period": 12, "count": 300, "noise": 0.0, "trend": 0.0, **(data or {})}
    project, _ = chain(
        ("input", {"shape": (24, 1)}),
        (block, {"hidden_size": 5, **values}),
        ("select", {"dim": 1, "index": -1}),
        ("linear", {"out_features": int(str(made.get("horizon", 1)))}),
        ("output", {}),
    )
    return with_plan(project, data=Choice("series", made), losses=(LossTerm(Choice("mse")),), metrics=())


def test_the_naive_forecast_repeats_the_season_that_fits_the_training_part_best() -> None:
    data = load(forecaster(data={"horizon": 30, "noise": 0.01}).plan.data)
    assert best_back(data) in (12, 24)
    (windows,), (wanted,) = data.test.inputs.values(), data.test.targets.values()
    naive = naive_of(data, data.test, 30, 12)
    # A step of the season after the last one that is known is that of the last season.
    assert torch.equal(naive[:, 0, 0], windows[:, 12, 0])
    assert torch.equal(naive[:, 13, 0], windows[:, 13, 0])
    assert torch.equal(naive[:, 24:, 0], windows[:, 12:18, 0])
    assert float((naive[:, :, 0] - wanted).abs().mean()) < 0.05


def test_errors_are_in_the_unit_of_the_data_and_stand_beside_those_of_the_naive_forecast() -> None:
    project = forecaster(data={"horizon": 3, "noise": 0.1})
    data, model = load(project.plan.data), build(project, seed=0)
    found = evaluate((model, data, project.plan))
    made = forecast(found, ahead=2)
    facts = data.preprocessing
    (windows,), (wanted,) = data.test.inputs.values(), data.test.targets.values()
    with torch.no_grad():
        said = model(windows)
    assert (made.names, made.horizon, made.ahead, made.every) == (("value",), 3, 2, 1)
    assert made.truth == pytest.approx((wanted[:, 1] * facts.std[0] + facts.mean[0]).tolist(), abs=1e-5)
    assert made.forecast == pytest.approx((said[:, 1] * facts.std[0] + facts.mean[0]).tolist(), abs=1e-5)
    assert math.isclose(made.error, float((said - wanted).abs().mean()) * facts.std[0], rel_tol=1e-4)
    assert math.isclose(further(found)["of_naive"], made.error / made.naive_error, rel_tol=1e-4)
    assert "of_naive" not in further(evaluate((build(wine(), seed=0), load(wine().plan.data), wine().plan)))


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("lstm", {}),
        ("lstm", {"num_layers": 2, "bidirectional": True}),
        ("gru", {"num_layers": 2}),
        ("gru", {"bidirectional": True}),
        ("rnn", {"num_layers": 2, "bidirectional": True}),
        ("rnn", {"nonlinearity": "relu"}),
    ],
)
def test_states_over_time_are_those_that_the_layer_itself_gives(block: str, values: dict[str, Value]) -> None:
    project = forecaster(block, None, **values)
    data, model = load(project.plan.data), build(project, seed=3)
    assert recurs(model)
    tried = of_data(data, "test", 4)
    found = recurrence(model, project, "main", tried)
    module = next(one for one in model.modules() if isinstance(one, nn.RNNBase))
    (window,) = tried.inputs.values()
    with torch.no_grad():
        given, _ = module(window)
    ways = 2 if module.bidirectional else 1
    assert len(found.layers) == module.num_layers * ways
    top = [torch.tensor(layer.courses[-1].values).T for layer in found.layers[-ways:]]
    torch.testing.assert_close(torch.cat(top, 1), given[0], rtol=1e-4, atol=1e-5)
    assert found.layers[0].courses[-1].quantity == "state"
    assert found.seen == pytest.approx(window[0, :, 0].tolist())
    for course in found.layers[0].courses:
        flat = [value for row in course.values for value in row]
        assert not course.gate or all(0 <= value <= 1 for value in flat)
        assert math.isclose(sum(course.mean) / len(course.mean), sum(flat) / len(flat), abs_tol=1e-4)


def test_words_that_only_fill_are_left_out_and_other_networks_have_no_gates() -> None:
    project, _ = chain(
        ("input", {"shape": (16,), "dtype": "int64"}),
        ("embedding", {"num_embeddings": 400, "embedding_dim": 4}),
        ("rnn", {"hidden_size": 3}),
        ("select", {"dim": 1, "index": -1}),
        ("linear", {"out_features": 2}),
        ("output", {}),
    )
    project = with_plan(project, data=Choice("sentences", {"count": 100}))
    data, model = load(project.plan.data), build(project, seed=0)
    found = recurrence(model, project, "main", of_data(data, "test", 0))
    assert 2 < found.steps == len(found.words) == len(found.layers[0].courses[0].mean) < 16
    plain = wine()
    with pytest.raises(TrainError, match="step by step"):
        recurrence(build(plain, seed=0), plain, "main", of_data(load(plain.plan.data), "test", 0))
