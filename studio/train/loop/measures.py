"""What can be said of outputs beside their targets: chances, what is right, and the metrics of the plan."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from studio.data.vision import torchvision
from studio.project import Choice
from studio.train.plans.calls import Call, make, target_of
from studio.train.plans.forms import Judged
from studio.train.recipe import Metric


def probabilities(form: Judged, output: torch.Tensor) -> torch.Tensor:
    """Give the probability of each class along dimension 1 (two of them for a single yes-or-no score)."""
    output = output.float()
    if form == "classes":
        return output.softmax(1)
    yes = output if form == "chances" else output.sigmoid()
    if output.dim() == 1 or output.shape[1] == 1:
        yes = yes.reshape(len(output), 1)
        return torch.cat([1 - yes, yes], 1)
    return yes


def right(form: Judged, output: torch.Tensor, target: torch.Tensor) -> Mapping[str, torch.Tensor]:
    """Give for each sample what can be averaged over samples: whether it is right, or how far it is off."""
    if form == "classes":
        return {"accuracy": _each((output.argmax(1) == target).float())}
    if form in ("logits", "chances"):
        border = 0.0 if form == "logits" else 0.5
        return {"accuracy": _each(((output > border) == (target > 0.5)).float())}
    return {"mae": _each((output.float() - target).abs())}


def _each(values: torch.Tensor) -> torch.Tensor:
    return values if values.dim() == 1 else values.flatten(1).mean(1)


# -- metrics of the plan -------------------------------------------------------------------------------

_CHANCES = frozenset({"auroc", "average_precision", "calibration"})
"""Metrics of chances; the others ask which class is the likeliest."""

_ONE_CLASS_ONLY = frozenset({"cohen_kappa", "calibration"})
"""Metrics that know no several labels."""

_IN_LINE = frozenset({"pearson", "spearman", "explained_variance"})
"""Metrics that take all numbers as one row."""


@dataclass(frozen=True)
class Measure:
    """A metric of the plan, for an output of one form.

    Attributes:
        key: under which it is shown.
        call: how it is made.
        prepared: how an output comes to it, as a function of `output`, and as it is written.
        target: likewise the target.
    """

    key: str
    call: Call
    prepared: str
    target: str

    __hash__ = None  # type: ignore[assignment]


PREPARED: Mapping[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "output.float()": lambda output: output.float(),
    "output.float().softmax(1)": lambda output: output.float().softmax(1),
    "output.float().sigmoid()": lambda output: output.float().sigmoid(),
    "output.float().flatten()": lambda output: output.float().flatten(),
    "output.float().flatten(2).transpose(1, 2)": lambda output: output.float().flatten(2).transpose(1, 2),
    "output.float().unsqueeze(1)": lambda output: output.float().unsqueeze(1),
    "(output > 0).long()": lambda output: (output > 0).long(),
    "(output > 0.5).long()": lambda output: (output > 0.5).long(),
    "target": lambda target: target,
    "target.long()": lambda target: target.long(),
    "target.flatten()": lambda target: target.flatten(),
    "target.long().flatten(1)": lambda target: target.long().flatten(1),
    "target.long().unsqueeze(1)": lambda target: target.long().unsqueeze(1),
}
"""Every way in which outputs and targets come to a metric, as scripts write it."""


def measure(choice: Choice, form: Judged, classes: int, output: tuple[int, ...]) -> Measure | None:
    """Describe a metric of the plan for an output of this form.

    Args:
        choice: which metric.
        form: what the output means.
        classes: how many classes there are.
        output: sizes of what is judged, without the batch.

    Returns:
        None where it says nothing of such an output.
    """
    values: dict[str, Any] = dict(choice.resolved("metric"))
    target, kind = target_of(choice, "metric"), choice.type
    declared = choice.declared("metric")
    assert declared is not None  # its parameters were resolved
    if (declared.group == "regression") != (form == "numbers"):
        return None
    if form == "numbers":
        if kind == "rmse":
            values["squared"] = False
        flat = kind in _IN_LINE
        return Measure(
            kind,
            Call(target, (), values),
            "output.float().flatten()" if flat else "output.float()",
            "target.flatten()" if flat else "target",
        )
    # Yes or no once, or once for each place, such as the pixels of a mask.
    single = form in ("logits", "chances") and (math.prod(output) == 1 or len(output) > 1)
    if declared.group == "text":
        return _perplexity(target, form, output)
    if declared.group == "segmentation":
        if len(output) < 2:
            return None
        if form != "classes":  # both classes count, as they do where each has its own channel
            values |= {"num_classes": 2, "average": "macro", "validate_args": False}
            border = "0" if form == "logits" else "0.5"
            return Measure(kind, Call(target, (), values), f"(output > {border}).long()", "target.long()")
    if form == "classes":
        if kind == "binary_accuracy":
            target, kind = target.replace("Binary", "Multiclass"), "accuracy"
        if kind == "top_k" and values["top_k"] > classes:
            return None
        values["num_classes"] = classes
        if kind in ("accuracy", "top_k", "dice_score", "iou"):
            values["average"] = "macro" if declared.group == "segmentation" else "micro"
        return Measure(
            kind,
            Call(target, (), {**values, "validate_args": False}),
            "output.float().softmax(1)" if kind in _CHANCES else "output.float()",
            "target.long()",
        )
    # Said out loud: torchmetrics takes scores that all happen to lie in 0 to 1 for probabilities.
    prepared = "output.float()" if form == "chances" else "output.float().sigmoid()"
    if kind in ("accuracy", "binary_accuracy"):
        target, kind, values = "torchmetrics.classification.BinaryAccuracy", "accuracy", {}
    elif kind == "top_k":
        return None
    elif single:
        target = target.replace("Multiclass", "Binary")
        values.pop("average", None)
    elif kind in _ONE_CLASS_ONLY:
        return None
    else:
        target = target.replace("Multiclass", "Multilabel")
        values["num_labels"] = output[0]
    return Measure(kind, Call(target, (), {**values, "validate_args": False}), prepared, "target.long()")


def _perplexity(target: str, form: Judged, output: tuple[int, ...]) -> Measure | None:
    if form != "classes":
        return None
    call = Call(target)
    if len(output) == 1:
        return Measure("perplexity", call, "output.float().unsqueeze(1)", "target.long().unsqueeze(1)")
    return Measure(
        "perplexity", call, "output.float().flatten(2).transpose(1, 2)", "target.long().flatten(1)"
    )


class _Torchmetric:
    """A metric of torchmetrics, fed with outputs and targets in the form that it takes."""

    def __init__(self, measure: Measure) -> None:
        torchvision()  # torchmetrics imports it
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it keeps all numbers in the memory
            self._metric = make(measure.call)
        self._output, self._target = PREPARED[measure.prepared], PREPARED[measure.target]

    def update(self, output: torch.Tensor, target: torch.Tensor) -> None:
        self._metric.update(self._output(output.cpu()), self._target(target.cpu()))

    def compute(self) -> float:
        """Give the value; no number where too few samples say nothing."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a class that no sample is of, numbers that are all the same
            try:
                return float(self._metric.compute())
            except ValueError:
                return math.nan


def metric(choice: Choice, form: Judged, classes: int, output: tuple[int, ...]) -> tuple[str, Metric] | None:
    """Make a metric of the plan; see `measure`.

    Returns:
        Its key and the metric; None where it says nothing of such an output.
    """
    found = measure(choice, form, classes, output)
    return None if found is None else (found.key, _Torchmetric(found))


def finite(figures: Mapping[str, float]) -> dict[str, float]:
    """Leave out what is no number: too few samples to say anything."""
    return {key: value for key, value in figures.items() if math.isfinite(value)}
