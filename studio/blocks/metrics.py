"""What is measured besides the loss, of the first output that a plan judges; all of it by torchmetrics.

A classification metric is taken in its form for the output: one class out of many, yes or no, several labels.
"""

from collections.abc import Callable
from typing import Literal, TypeVar

from studio.blocks.declare import block, param
from studio.blocks.losses import CLASSES, LABELS

_C = TypeVar("_C", bound=type)

_PAGES = "https://lightning.ai/docs/torchmetrics/stable"


def _classes(
    name: str, type: str, title: str, page: str, *keywords: str, fits: tuple[str, ...] = LABELS
) -> Callable[[_C], _C]:
    return block(
        f"torchmetrics.classification.{name}",
        type=type,
        group="classification",
        role="metric",
        title=title,
        fits=fits,
        link=f"{_PAGES}/classification/{page}.html",
        keywords=keywords,
    )


def _areas(name: str, type: str, title: str, page: str, *keywords: str) -> Callable[[_C], _C]:
    return block(
        f"torchmetrics.classification.{name}",
        type=type,
        group="segmentation",
        role="metric",
        title=title,
        fits=("segmentation",),
        link=f"{_PAGES}/{page}.html",
        keywords=keywords,
    )


def _numbers(name: str, type: str, title: str, page: str, *keywords: str) -> Callable[[_C], _C]:
    return block(
        f"torchmetrics.regression.{name}",
        type=type,
        group="regression",
        role="metric",
        title=title,
        fits=("regression", "binary"),
        link=f"{_PAGES}/regression/{page}.html",
        keywords=keywords,
    )


class _Averaged:
    """A measure of each class, in one number."""

    average: Literal["macro", "micro", "weighted"] = param(
        "macro", doc="Whether classes count alike, samples count alike, or classes by their size."
    )


@_classes("MulticlassAccuracy", "accuracy", "Accuracy", "accuracy", "hit rate")
class Accuracy:
    """Share of samples whose highest score is the true class."""


@_classes("BinaryAccuracy", "binary_accuracy", "Binary accuracy", "accuracy", "hit rate", fits=("binary",))
class BinaryAccuracy:
    """Share of yes-or-no answers that are right."""


@_classes("MulticlassAccuracy", "top_k", "Top-k accuracy", "accuracy", "top-5", fits=("classification",))
class TopK:
    """Share of samples whose true class is among the few highest scores."""

    top_k: int = param(
        5, low=1, high=1000, doc="How many of the highest scores are looked at.", title="How many"
    )


@_classes("MulticlassPrecision", "precision", "Precision score", "precision", "positive predictive value")
class Precision(_Averaged):
    """Of the samples taken for a class, the share that is of it."""


@_classes("MulticlassRecall", "recall", "Recall", "recall", "sensitivity", "hit rate")
class Recall(_Averaged):
    """Of the samples of a class, the share that was found."""


@_classes("MulticlassF1Score", "f1", "F1", "f1_score", "f-score", "harmonic mean")
class F1(_Averaged):
    """The harmonic mean of precision and recall."""


@_classes("MulticlassSpecificity", "specificity", "Specificity", "specificity", "true negative rate")
class Specificity(_Averaged):
    """Of the samples that are not of a class, the share that was not taken for it."""


@_classes("MulticlassAUROC", "auroc", "AUROC", "auroc", "roc", "area under curve")
class AUROC:
    """How surely a sample of a class gets a higher score than one of another: 1 is always, 0.5 is chance."""


@_classes(
    "MulticlassAveragePrecision", "average_precision", "Average precision", "average_precision", "auprc"
)
class AveragePrecision:
    """The area under precision over recall: for rare classes."""


@_classes("MulticlassCohenKappa", "cohen_kappa", "Cohen's kappa", "cohen_kappa", "agreement", fits=CLASSES)
class CohenKappa:
    """Agreement beyond chance: 1 is perfect, 0 is guessing."""


@_classes(
    "MulticlassMatthewsCorrCoef", "matthews", "Matthews correlation", "matthews_corr_coef", "mcc", "phi"
)
class Matthews:
    """Correlation of answers and truth, fair to rare classes: 1 is perfect, 0 is guessing."""


@_classes(
    "MulticlassCalibrationError",
    "calibration",
    "Calibration error",
    "calibration_error",
    "ece",
    fits=CLASSES,
)
class Calibration:
    """How far chances are off what comes true: 0 where what is 80 % sure comes true 80 times in 100."""


@_areas(
    "MulticlassJaccardIndex",
    "iou",
    "Intersection over union",
    "classification/jaccard_index",
    "jaccard",
    "miou",
    "overlap",
)
class IoU:
    """How much of the areas of each class, found and true together, is common to both."""


@_areas("MulticlassF1Score", "dice_score", "Dice score", "segmentation/dice", "overlap", "f1")
class DiceScore:
    """How well the areas of each class cover each other: 1 is wholly."""


@block(
    "torchmetrics.text.Perplexity",
    type="perplexity",
    group="text",
    role="metric",
    title="Perplexity",
    fits=CLASSES,
    link=f"{_PAGES}/text/perplexity.html",
    keywords=("language model", "surprise"),
)
class Perplexity:
    """Among how many equal choices the network seems to guess: 1 is perfect."""


@_numbers("MeanAbsoluteError", "mae", "Mean absolute error", "mean_absolute_error", "l1")
class AbsoluteError:
    """How far the answers are off, on average."""


@_numbers("MeanSquaredError", "mse", "Mean squared error", "mean_squared_error", "l2")
class SquaredError:
    """The mean of the squared differences: large mistakes count most."""


@_numbers("MeanSquaredError", "rmse", "Root mean squared error", "mean_squared_error", "l2")
class RootSquaredError:
    """The root of the mean squared difference, in the unit of the numbers."""


@_numbers("R2Score", "r2", "R²", "r2_score", "coefficient of determination")
class R2:
    """Share of the spread that the network explains: 1 is perfect, 0 is guessing the mean."""


@_numbers("ExplainedVariance", "explained_variance", "Explained variance", "explained_variance", "spread")
class ExplainedVariance:
    """Share of the spread that the network explains, where a constant mistake does not count."""


@_numbers("PearsonCorrCoef", "pearson", "Pearson correlation", "pearson_corr_coef", "straight line")
class Pearson:
    """How straight a line answers and truth lie on: 1 is a line that rises."""


@_numbers("SpearmanCorrCoef", "spearman", "Spearman correlation", "spearman_corr_coef", "rank")
class Spearman:
    """How well the order of the answers is that of the truth: 1 is the same order."""


@_numbers(
    "MeanAbsolutePercentageError",
    "mape",
    "Mean percentage error",
    "mean_absolute_percentage_error",
    "percent",
)
class PercentageError:
    """How far the answers are off as a share of the truth, on average; of no use where the truth can be 0."""
