"""Every metric of the catalogue gives what scikit-learn or arithmetic gives, for every form of output."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
import torch
from sklearn import metrics as known

from studio.blocks import every
from studio.graph import Value
from studio.project import Choice
from studio.train.loop.measures import metric
from studio.train.plans.forms import Judged

GENERATOR = torch.Generator().manual_seed(2)
SCORES = torch.randn(60, 4, generator=GENERATOR)
CLASSES = torch.cat([SCORES[:40].argmax(1), torch.randint(0, 4, (20,), generator=GENERATOR)])
YES = torch.randn(60, 1, generator=GENERATOR)
ANSWERS = ((YES + 0.8 * torch.randn(60, 1, generator=GENERATOR)) > 0).float()
MANY = torch.nn.functional.one_hot(CLASSES, 4).float()
NUMBERS = torch.randn(60, 1, generator=GENERATOR) + 5
TRUE = NUMBERS + 0.3 * torch.randn(60, 1, generator=GENERATOR)
CHANCES, TAKEN = SCORES.softmax(1).numpy(), SCORES.argmax(1).numpy()
RIGHT = CLASSES.numpy()


def told(name: str, form: Judged, output: torch.Tensor, target: torch.Tensor, **values: Value) -> float:
    """Measure in two batches."""
    found = metric(Choice(name, values), form, 4, tuple(output.shape[1:]))
    assert found is not None
    for part in (slice(0, 25), slice(25, None)):
        found[1].update(output[part], target[part])
    return found[1].compute()


def specificity() -> float:
    confusion = known.confusion_matrix(RIGHT, TAKEN)
    others = confusion.sum() - confusion.sum(0) - confusion.sum(1) + confusion.diagonal()
    return float((others / (others + confusion.sum(0) - confusion.diagonal())).mean())


def calibration() -> float:
    confidence, hits = CHANCES.max(1), TAKEN == RIGHT
    bins = np.minimum((confidence * 15).astype(int), 14)
    gaps = [abs(confidence[bins == b].mean() - hits[bins == b].mean()) * (bins == b).sum() for b in set(bins)]
    return float(sum(gaps) / len(hits))


OF_CLASSES: Mapping[str, float] = {
    "accuracy": known.accuracy_score(RIGHT, TAKEN),
    "binary_accuracy": known.accuracy_score(RIGHT, TAKEN),
    "top_k": known.top_k_accuracy_score(RIGHT, CHANCES, k=2),
    "precision": known.precision_score(RIGHT, TAKEN, average="macro"),
    "recall": known.recall_score(RIGHT, TAKEN, average="macro"),
    "f1": known.f1_score(RIGHT, TAKEN, average="macro"),
    "specificity": specificity(),
    "auroc": known.roc_auc_score(RIGHT, CHANCES, multi_class="ovr"),
    "average_precision": known.average_precision_score(MANY.numpy(), CHANCES),
    "cohen_kappa": known.cohen_kappa_score(RIGHT, TAKEN),
    "matthews": known.matthews_corrcoef(RIGHT, TAKEN),
    "calibration": calibration(),
    "perplexity": math.exp(known.log_loss(RIGHT, CHANCES)),
}
AREAS: Mapping[str, float] = {
    "iou": known.jaccard_score(RIGHT, TAKEN, average="macro"),
    "dice_score": known.f1_score(RIGHT, TAKEN, average="macro"),
}
OF_YES: Mapping[str, float] = {
    "accuracy": known.accuracy_score(ANSWERS, YES > 0),
    "binary_accuracy": known.accuracy_score(ANSWERS, YES > 0),
    "precision": known.precision_score(ANSWERS, YES > 0),
    "recall": known.recall_score(ANSWERS, YES > 0),
    "f1": known.f1_score(ANSWERS, YES > 0),
    "specificity": known.recall_score(1 - ANSWERS, YES <= 0),
    "auroc": known.roc_auc_score(ANSWERS, YES),
    "average_precision": known.average_precision_score(ANSWERS, YES),
    "cohen_kappa": known.cohen_kappa_score(ANSWERS.flatten(), (YES > 0).flatten()),
    "matthews": known.matthews_corrcoef(ANSWERS.flatten(), (YES > 0).flatten()),
}
OF_NUMBERS: Mapping[str, float] = {
    "mae": known.mean_absolute_error(TRUE, NUMBERS),
    "mse": known.mean_squared_error(TRUE, NUMBERS),
    "rmse": known.root_mean_squared_error(TRUE, NUMBERS),
    "r2": known.r2_score(TRUE, NUMBERS),
    "explained_variance": known.explained_variance_score(TRUE, NUMBERS),
    "pearson": float(np.corrcoef(TRUE.flatten(), NUMBERS.flatten())[0, 1]),
    "spearman": float(
        np.corrcoef(TRUE.flatten().argsort().argsort(), NUMBERS.flatten().argsort().argsort())[0, 1]
    ),
    "mape": known.mean_absolute_percentage_error(TRUE, NUMBERS),
}


def test_every_metric_is_tried() -> None:
    assert {*OF_CLASSES, *AREAS, *OF_NUMBERS} == {block.type for block in every("metric")}


@pytest.mark.parametrize("name", OF_CLASSES)
def test_of_one_class_out_of_many(name: str) -> None:
    values: dict[str, Value] = {"top_k": 2} if name == "top_k" else {}
    assert told(name, "classes", SCORES, CLASSES, **values) == pytest.approx(OF_CLASSES[name], abs=1e-5)


def test_scores_that_all_lie_in_0_to_1_are_still_scores() -> None:
    scores = SCORES.sigmoid()
    chances = scores.softmax(1).numpy()
    expected = known.roc_auc_score(RIGHT, chances, multi_class="ovr")
    assert told("auroc", "classes", scores, CLASSES) == pytest.approx(expected, abs=1e-5)
    assert expected != pytest.approx(known.roc_auc_score(MANY.numpy(), scores.numpy()), abs=1e-3)


@pytest.mark.parametrize("name", AREAS)
def test_of_a_class_at_every_place(name: str) -> None:
    # Ten pictures of six places.
    scores, classes = SCORES.reshape(10, 6, 4).transpose(1, 2), CLASSES.reshape(10, 6)
    found = metric(Choice(name), "classes", 4, (4, 6))
    assert found is not None
    found[1].update(scores, classes)
    assert found[1].compute() == pytest.approx(AREAS[name], abs=1e-5)
    assert metric(Choice(name), "classes", 4, (4,)) is None


def test_perplexity_of_a_sequence_is_that_of_its_places() -> None:
    scores, classes = SCORES.reshape(10, 6, 4).transpose(1, 2), CLASSES.reshape(10, 6)
    assert told("perplexity", "classes", scores, classes) == pytest.approx(OF_CLASSES["perplexity"], rel=1e-5)


@pytest.mark.parametrize("name", OF_YES)
@pytest.mark.parametrize("form", ["logits", "chances"])
def test_of_yes_or_no(name: str, form: Judged) -> None:
    output = YES if form == "logits" else YES.sigmoid()
    assert told(name, form, output, ANSWERS) == pytest.approx(OF_YES[name], abs=1e-5)


def test_of_several_labels() -> None:
    taken = (SCORES > 0).numpy()
    expected = known.f1_score(MANY.numpy(), taken, average="macro")
    assert told("f1", "logits", SCORES, MANY) == pytest.approx(expected, abs=1e-5)
    expected = known.roc_auc_score(MANY.numpy(), SCORES.numpy(), average="macro")
    assert told("auroc", "logits", SCORES, MANY) == pytest.approx(expected, abs=1e-5)
    for name in ("cohen_kappa", "calibration", "top_k", "perplexity", "iou"):
        assert metric(Choice(name), "logits", 4, (4,)) is None


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_of_numbers(name: str) -> None:
    assert told(name, "numbers", NUMBERS, TRUE) == pytest.approx(OF_NUMBERS[name], abs=1e-5)
    assert metric(Choice(name), "classes", 4, (4,)) is None


@pytest.mark.parametrize("average", ["macro", "micro", "weighted"])
def test_classes_are_averaged_as_asked(average: str) -> None:
    expected = known.f1_score(RIGHT, TAKEN, average=average)
    assert told("f1", "classes", SCORES, CLASSES, average=average) == pytest.approx(expected, abs=1e-5)


def test_more_of_the_highest_scores_than_classes_say_nothing() -> None:
    assert metric(Choice("top_k"), "classes", 4, (4,)) is None


def test_too_few_samples_give_no_number() -> None:
    found = metric(Choice("r2"), "numbers", 0, (1,))
    assert found is not None
    found[1].update(NUMBERS[:1], TRUE[:1])
    assert math.isnan(found[1].compute())
