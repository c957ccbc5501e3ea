"""The networks for tables are at least as good as scikit-learn's, on the same rows, in the same run."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio import api
from studio.cli import settings
from studio.data import load
from studio.project import Project
from studio.project.file import read
from studio.project.gallery import template
from studio.train.judging.evaluate import evaluate


def opened(name: str) -> Project:
    found = template("tabular_mlp")
    file = found.variant(name)
    project = found.open() if file is None else read(file)
    return settings.apply(project, ["plan.loop.device=cpu", "plan.loop.threads=1"])


def theirs(project: Project) -> tuple[Any, Any, Any]:
    """A network of scikit-learn as it comes, which also gets the rows that ours is only checked with."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    data = load(project.plan.data)
    parts = (data.train, data.validation, data.test)
    x, more, rows = (next(iter(part.inputs.values())).numpy() for part in parts)
    y, wanted, truth = (next(iter(part.targets.values())).numpy() for part in parts)
    made = MLPRegressor(random_state=0) if data.task == "regression" else MLPClassifier(random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it stops before it is done, as it does for everybody
        made.fit(np.concatenate([x, more]), np.concatenate([y, wanted]))
    return made, rows, truth


@pytest.mark.parametrize("name", ["", "breast_cancer"])
def test_classes_are_told_at_least_as_well(name: str, tmp_path: Path) -> None:
    project = opened(name)
    list(api.train(project, seed=0, run_dir=tmp_path / "run"))
    ours = evaluate(tmp_path / "run").metrics["accuracy"]
    made, rows, truth = theirs(project)
    assert ours > 0.9
    assert ours >= made.score(rows, truth) - 1e-6


def test_numbers_are_told_at_least_as_well(tmp_path: Path) -> None:
    project = opened("diabetes")
    list(api.train(project, seed=0, run_dir=tmp_path / "run"))
    made, rows, truth = theirs(project)
    assert evaluate(tmp_path / "run").metrics["loss"] <= float(((made.predict(rows) - truth) ** 2).mean())
