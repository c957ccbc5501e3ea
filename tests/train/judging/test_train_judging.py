"""Figures of a judgement are those that scikit-learn and torchmetrics give, or that are counted by hand."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
import torch
from sklearn import metrics as known

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split
from studio.data.vision import torchvision
from studio.graph import Message
from studio.project import Plan
from studio.train.judging.answers import Answers, Evaluation, Kind, confusion_of, figures_of
from studio.train.judging.curves import calibration, curves, labels
from studio.train.judging.evaluate import evaluate
from studio.train.judging.figures import further
from studio.train.judging.numbers import residuals
from studio.train.judging.places import places, wholly, worst
from tests.drawing import chain

CLASSES = ("ant", "bee", "cow")


def judged(kind: Kind, truth: torch.Tensor, chances: torch.Tensor, **more: torch.Tensor) -> Evaluation:
    """A judgement of given answers."""
    confidence, predicted = chances.max(1)
    none = torch.zeros(0)
    answers = Answers(kind, truth, predicted, chances, confidence)
    if kind == "labels":
        answers = Answers(kind, truth, none, chances, none)
    answers = dataclasses.replace(answers, **more)  # type: ignore[arg-type]
    confusion = confusion_of(predicted, truth, 3) if kind == "classes" else torch.zeros(3, 3)
    split = Split({"x": torch.zeros(len(truth), 2)}, {"target": truth})
    data = Dataset(
        split, split, split, "classification", CLASSES, Preprocessing("vector", (2,)), Message("Made")
    )
    return Evaluation(
        "classification",
        "test",
        {},
        CLASSES,
        confusion.tolist(),
        figures_of(confusion, CLASSES),
        (),
        len(truth),
        answers,
        data,
    )


@pytest.fixture(params=[3, 400, 5000])
def classes(request: pytest.FixtureRequest) -> Evaluation:
    """Answers that are better than chance; of the smallest each class has one, and some chances are alike."""
    drawn = torch.Generator().manual_seed(request.param)
    truth = torch.randint(3, (request.param,), generator=drawn)
    truth[:3] = torch.arange(3)
    scores = torch.randn(request.param, 3, generator=drawn) + torch.nn.functional.one_hot(truth, 3)
    chances = (2 * scores).softmax(1)
    return judged("classes", truth, (chances * 20).round() / 21 + 0.003 if request.param == 400 else chances)


def test_curves_and_areas_are_those_of_scikit_learn(classes: Evaluation) -> None:
    found = curves(classes)
    truth, chances = classes.answers.truth.numpy(), classes.answers.chances.double().numpy()
    for number, one in enumerate(found.each):
        yes = truth == number
        assert one.count == yes.sum()
        assert one.roc_area == pytest.approx(known.roc_auc_score(yes, chances[:, number]))
        assert one.pr_area == pytest.approx(known.average_precision_score(yes, chances[:, number]))
        false, true, _ = known.roc_curve(yes, chances[:, number], drop_intermediate=False)
        assert one.roc[0] == (0, 0)
        assert one.roc[-1] == (1, 1)
        assert len(one.roc) <= 400
        assert {(round(x, 9), round(y, 9)) for x, y in one.roc} <= {
            (round(x, 9), round(y, 9)) for x, y in zip(false.tolist(), true.tolist(), strict=True)
        }
        assert one.pr[-1] == pytest.approx((1, yes.mean()))
    assert found.roc_area == pytest.approx(np.mean([one.roc_area for one in found.each]))
    area = sum(
        (b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in zip(found.roc_mean, found.roc_mean[1:], strict=False)
    )
    assert area == pytest.approx(found.roc_area, abs=0.01 if len(truth) > 3 else 0.05)
    assert found.share == pytest.approx(1 / 3)


def test_a_class_without_samples_has_no_curve() -> None:
    truth, chances = torch.tensor([0, 0, 1]), torch.tensor([[0.9, 0.1, 0], [0.6, 0.4, 0], [0.2, 0.8, 0]])
    found = curves(judged("classes", truth, chances))
    assert found.each[2].roc == ()
    assert math.isnan(found.each[2].roc_area)
    assert found.roc_area == found.pr_area == 1


def test_calibration_is_that_of_torchmetrics(classes: Evaluation) -> None:
    torchvision()  # torchmetrics imports it
    from torchmetrics.functional.classification import multiclass_calibration_error

    found = calibration(classes, 10)
    answers = classes.answers
    wanted = multiclass_calibration_error(answers.chances, answers.truth, 3, n_bins=10, norm="l1")
    assert found.error == pytest.approx(float(wanted), abs=1e-6)
    largest = multiclass_calibration_error(answers.chances, answers.truth, 3, n_bins=10, norm="max")
    assert found.largest == pytest.approx(float(largest), abs=1e-6)
    assert sum(one.count for one in found.bins) == len(answers.truth)
    right = (answers.predicted == answers.truth).double()
    assert found.accuracy == pytest.approx(float(right.mean()))
    for one in found.bins:
        inside = (answers.confidence > one.low) & (answers.confidence <= one.high)
        assert one.count == int(inside.sum())
        if one.count:
            assert one.accuracy == pytest.approx(float(right[inside].mean()))


def test_figures_of_classes_are_those_of_scikit_learn(classes: Evaluation) -> None:
    truth, predicted = classes.answers.truth.numpy(), classes.answers.predicted.numpy()
    rows = known.precision_recall_fscore_support(truth, predicted, labels=[0, 1, 2], zero_division=0)
    overlap = known.jaccard_score(truth, predicted, labels=[0, 1, 2], average=None, zero_division=0)
    for number, one in enumerate(classes.per_class):
        assert (one.precision, one.recall, one.f1, one.count) == pytest.approx([row[number] for row in rows])
        assert one.overlap == pytest.approx(overlap[number])
    figures = further(classes)
    assert figures["mean_f1"] == pytest.approx(rows[2].mean())
    assert set(figures) == {
        "mean_precision", "mean_recall", "mean_f1", "roc_area", "pr_area", "calibration_error"
    }  # fmt: skip


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.9])
def test_labels_are_counted_at_a_threshold(threshold: float) -> None:
    drawn = torch.Generator().manual_seed(1)
    truth = torch.rand(300, 3, generator=drawn) > 0.6
    chances = (torch.randn(300, 3, generator=drawn) + 2 * truth).sigmoid()
    found = labels(judged("labels", truth, chances), threshold)
    said = (chances >= threshold).numpy()
    rows = known.precision_recall_fscore_support(truth.numpy(), said, zero_division=0)
    for number, one in enumerate(found.each):
        assert (one.precision, one.recall, one.f1, one.count) == pytest.approx([row[number] for row in rows])
    together = known.f1_score(truth.numpy(), said, average="micro")
    assert found.together.f1 == pytest.approx(together)
    assert found.mean.f1 == pytest.approx(known.f1_score(truth.numpy(), said, average="macro"))
    assert found.exact == pytest.approx(known.accuracy_score(truth.numpy(), said))
    assert found.hamming == pytest.approx(1 - known.hamming_loss(truth.numpy(), said))
    area = known.roc_auc_score(truth.numpy(), chances.numpy())
    assert further(judged("labels", truth, chances))["roc_area"] == pytest.approx(area)


def test_residuals_are_in_the_unit_of_the_data() -> None:
    drawn = torch.Generator().manual_seed(2)
    true = torch.randn(3000, 1, generator=drawn)
    said = true + 0.1 * torch.randn(3000, 1, generator=drawn) + 0.05
    split = Split({"x": true}, {"target": true})
    facts = Preprocessing("vector", (1,), target_mean=10, target_std=2)
    data = Dataset(split, split, split, "regression", (), facts, Message("Made"))
    none = torch.zeros(0)
    found = Evaluation(
        "regression", "test", {}, (), [], (), (), 3000, Answers("numbers", true, said, none, none), data
    )
    left = residuals(found)
    x, y = 2 * true.double().numpy() + 10, 2 * said.double().numpy() + 10
    assert found.true == pytest.approx(x.flatten().tolist())
    assert left.mae == pytest.approx(known.mean_absolute_error(x, y))
    assert left.rmse == pytest.approx(known.root_mean_squared_error(x, y))
    assert left.r2 == pytest.approx(known.r2_score(x, y))
    assert left.mean == pytest.approx((y - x).mean())
    assert left.within == pytest.approx(known.median_absolute_error(x, y), rel=1e-3)
    assert sum(left.counts) == 3000
    assert left.edges[0] == -left.edges[-1]
    assert len(left.points) == len(left.samples) == 1500
    index = left.samples[7]
    assert left.points[7] == pytest.approx((y[index, 0], y[index, 0] - x[index, 0]))
    assert left.true[7] == pytest.approx(x[index, 0])


def dense(*shape: int, tokens: bool) -> tuple[Dataset, Plan, torch.nn.Module]:
    """Data with a class for each place that a network without training answers."""
    drawn = torch.Generator().manual_seed(3)
    truth = torch.randint(3, (20, *shape), generator=drawn)
    if tokens:
        values = torch.randint(1, 9, (20, *shape), generator=drawn)
        values[:, -2:] = 0
        project, _ = chain(
            ("input", {"shape": shape, "dtype": "int64"}),
            ("embedding", {"num_embeddings": 9, "embedding_dim": 4}),
            ("linear", {"out_features": 3}),
            ("permute", {"dims": (2, 1)}),
            ("output", {}),
        )
        facts = Preprocessing("tokens", shape, vocabulary=("", "?", *"abcdefg"))
    else:
        values = torch.rand(20, 1, *shape, generator=drawn)
        conv = ("conv2d", {"out_channels": 3, "padding": 1})
        project, _ = chain(("input", {"shape": (1, *shape)}), conv, ("output", {}))
        facts = Preprocessing("image", (1, *shape))
    split = Split({"x": values}, {"target": truth})
    data = Dataset(split, split, split, "classification", CLASSES, facts, Message("Made"))
    return data, project.plan, build(project, seed=0)


def test_a_class_for_each_pixel_is_judged_by_places() -> None:
    data, plan, model = dense(6, 5, tokens=False)
    found = evaluate((model, data, plan))
    with torch.no_grad():
        said = model(data.test.inputs["x"]).argmax(1)
    truth = data.test.targets["target"]
    assert found.kind == "regions"
    assert sum(map(sum, found.confusion)) == 20 * 30
    overlap = known.jaccard_score(truth.flatten(), said.flatten(), average=None, labels=[0, 1, 2])
    assert [one.overlap for one in found.per_class] == pytest.approx(overlap.tolist())
    assert further(found)["mean_iou"] == pytest.approx(overlap.mean())
    one = places(found, 4)
    assert one.sizes == (6, 5)
    assert one.predicted == tuple(said[4].flatten().tolist())
    assert one.right == pytest.approx(float((said[4] == truth[4]).double().mean()))
    assert one.shown.picture is not None
    shares = [share for _, share in worst(found)]
    assert shares == sorted(shares)


def test_a_class_for_each_token_leaves_out_what_only_fills() -> None:
    data, plan, model = dense(7, tokens=True)
    found = evaluate((model, data, plan))
    assert found.kind == "sequence"
    assert sum(map(sum, found.confusion)) == 20 * 5
    with torch.no_grad():
        said = model(data.test.inputs["x"]).argmax(1)
    same = (said == data.test.targets["target"])[:, :5]
    assert further(found)["place_accuracy"] == pytest.approx(float(same.double().mean()))
    assert wholly(found) == pytest.approx(float(same.all(1).double().mean()))
    one = places(found, 0)
    assert one.counted == (True,) * 5 + (False,) * 2
    assert len(one.shown.words) == 5
    assert one.right == pytest.approx(float(same[0].double().mean()))
