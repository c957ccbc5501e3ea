"""Several labels for each sample: learned with yes-or-no losses, and measured label by label."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from studio import api
from studio.project import Choice, LossTerm, Project
from studio.train import EpochDone, Failed
from studio.train.plans.checking import Checker
from tests.drawing import MAIN, chain


def project(path: Path, loss: str) -> Project:
    lines = [
        f"{n % 7},{n % 5},{'yes' if n % 7 > 3 else 'no'},{int(n % 5 > 1)},{int(n % 3 == 0)}"
        for n in range(140)
    ]
    path.write_text("\n".join(["a,b,one,two,three", *lines]), "utf-8")
    made, _ = chain(("input", {"shape": (2,)}), ("linear", {"out_features": 3}), ("output", {}))
    plan = dataclasses.replace(
        made.plan,
        data=Choice("table", {"folder": str(path), "target": "one, two, three"}),
        losses=(LossTerm(Choice(loss)),),
        metrics=(Choice("accuracy"), Choice("f1"), Choice("auroc")),
        optimizers={"model": Choice("adam", {"lr": 0.1})},
        loop=Choice("loop", {"epochs": 8, "batch_size": 20, "device": "cpu", "threads": 1}),
    )
    return dataclasses.replace(made, plan=plan)


@pytest.mark.parametrize("loss", ["bce_with_logits", "multilabel_margin"])
def test_several_labels_are_learned_and_measured(tmp_path: Path, loss: str) -> None:
    events = list(api.train(project(tmp_path / "a.csv", loss), seed=0, run_dir=tmp_path / "run"))
    assert not [event for event in events if isinstance(event, Failed)]
    metrics = [event.metrics for event in events if isinstance(event, EpochDone)][-1]
    assert {"val_accuracy", "val_f1", "val_auroc"} <= set(metrics)
    # Two labels follow from the columns, the third does not.
    assert metrics["val_accuracy"] > 0.66


def test_a_loss_for_one_class_is_refused_with_the_one_that_fits(tmp_path: Path) -> None:
    made = project(tmp_path / "a.csv", "cross_entropy")
    (found,) = [one for one in Checker().analyse(made, MAIN).problems if one.severity == "error"]
    assert "says yes or no for each of 3 classes" in str(found.message)
    assert str(found.expected) == "Binary cross entropy"
