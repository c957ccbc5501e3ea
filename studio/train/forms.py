"""What the numbers of an output mean, given the loss: scores of classes, yes-or-no scores, or plain numbers.

From that follow the form in which the target must come, the probabilities, what is right, and the metrics.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import nn

from studio.compiler import Tensor
from studio.data import Task
from studio.data.vision import torchvision
from studio.graph import Message, NetwrightError
from studio.project import Choice
from studio.train.recipe import Metric

Form = Literal["classes", "logits", "numbers"]
"""Scores of classes along dimension 1; raw scores of yes or no; numbers."""


Fit = Callable[[torch.Tensor], torch.Tensor]
"""Brings a target into the form that its loss needs."""


class FormError(NetwrightError):
    """Output, target and loss do not fit together.

    Attributes:
        expected: what the loss takes of this data; None where no size would do.
        loss: type of a loss that fits the data, where this one cannot.
    """

    def __init__(self, message: Message, *, expected: Tensor | None = None, loss: str = "") -> None:
        """Keep the sentence and what would fit."""
        super().__init__(message)
        self.expected = expected
        self.loss = loss


def form_of(loss: nn.Module | type[nn.Module]) -> Form:
    """Tell what a loss takes its output for."""
    kind = loss if isinstance(loss, type) else type(loss)
    if issubclass(kind, (nn.CrossEntropyLoss, nn.NLLLoss)):
        return "classes"
    if issubclass(kind, nn.BCEWithLogitsLoss):
        return "logits"
    return "numbers"


@dataclass(frozen=True)
class Fitting:
    """An output and its target, side by side.

    Attributes:
        title: the loss, for people.
        task: what the data is for.
        classes: how many classes the data has; 0 for numbers.
        output: what the network gives.
        target: sizes of the target, as the data has it, without the batch.
    """

    title: Message
    task: Task
    classes: int
    output: Tensor
    target: tuple[int, ...]

    def gives(self, *samples: tuple[int, ...]) -> bool:
        """Tell whether the output is a batch of samples of one of these sizes."""
        return any(self.output.shape == Tensor.of(*sample).shape for sample in samples)

    @property
    def sample(self) -> tuple[int, ...]:
        """Sizes of the output without the batch, which stands first."""
        return self.output.at(1)[1:]


def fitted(form: Form, facts: Fitting) -> Fit:
    """Give the function that brings targets into the form that the loss needs beside this output.

    Raises:
        FormError: no form of these targets fits this output.
    """
    return {"classes": _for_classes, "logits": _for_logits, "numbers": _for_numbers}[form](facts)


def _for_classes(facts: Fitting) -> Fit:
    if facts.task == "regression":
        raise FormError(
            Message(
                "{loss} needs classes, and this data gives numbers to predict. "
                "Choose a loss for numbers, such as mean squared error.",
                loss=facts.title,
            ),
            loss="mse",
        )
    expected = (facts.classes, *facts.target)
    if not facts.gives(expected):
        raise _sizes(facts, expected)
    return lambda values: _numbered(values, facts.classes)


def _for_logits(facts: Fitting) -> Fit:
    if facts.task == "regression":
        if not facts.gives(facts.target):
            raise _sizes(facts, facts.target or (1,))
        return lambda values: values.float()
    if facts.classes == 2 and facts.gives((), (1,)):
        return lambda values: _numbered(values, 2).float().reshape(len(values), *facts.sample)
    if facts.gives((facts.classes,)):
        return lambda values: nn.functional.one_hot(_numbered(values, facts.classes), facts.classes).float()
    raise _sizes(facts, (1,) if facts.classes == 2 else (facts.classes,))


def _for_numbers(facts: Fitting) -> Fit:
    if facts.task != "regression" and facts.classes > 2:
        raise FormError(
            Message(
                "{loss} compares numbers, and this data has {classes} classes. "
                "Choose cross entropy as the loss.",
                loss=facts.title,
                classes=facts.classes,
            ),
            loss="cross_entropy",
        )
    # A target of one number and an output of one unit: (n) and (n, 1) would silently spread to (n, n).
    if facts.target in ((), (1,)) and facts.gives((), (1,)):
        return lambda values: values.float().reshape(len(values), *facts.sample)
    if not facts.gives(facts.target):
        raise _sizes(facts, facts.target or (1,))
    return lambda values: values.float()


def _numbered(values: torch.Tensor, classes: int) -> torch.Tensor:
    """Give the numbers of classes.

    Raises:
        FormError: one of them is no number of a class; no loss notices that in words.
    """
    numbers = values.long()
    wrong = numbers[(numbers < 0) | (numbers >= classes)]
    if len(wrong):
        raise FormError(
            Message(
                "The data has the label {label} ({count} {count:sample|samples}), and its {classes} classes "
                "are numbered from 0 to {last}. Mend the labels.",
                label=int(wrong[0]),
                count=len(wrong),
                classes=classes,
                last=classes - 1,
            )
        )
    return numbers


def _sizes(facts: Fitting, expected: tuple[int, ...]) -> FormError:
    wanted = Tensor.of(*expected)
    shown, received = str(wanted), str(facts.output)
    if facts.output.shape[:1] != wanted.shape[:1] or any(dim.per_batch for dim in facts.output.shape[1:]):
        message = Message(
            "{loss} expects an output of {expected} for this data and received {received}: the batch (B) "
            "must stay the first dimension, one row a sample. Check what reshapes or turns the tensor.",
            loss=facts.title,
            expected=shown,
            received=received,
        )
    elif len(expected) != 1 or len(facts.output.shape) != 2:
        message = Message(
            "{loss} expects an output of {expected} for this data and received {received}. "
            "Flatten before the last layer, or change its size.",
            loss=facts.title,
            expected=shown,
            received=received,
        )
    elif not facts.classes:
        message = Message(
            "{loss} expects an output of {expected} for this data and received {received}. "
            "Set the last layer to {count} {count:feature|features}.",
            loss=facts.title,
            expected=shown,
            received=received,
            count=expected[0],
        )
    else:
        message = Message(
            "{loss} expects an output of {expected} for this data ({classes} classes) and received "
            "{received}. Set the last layer to {count} {count:feature|features}.",
            loss=facts.title,
            expected=shown,
            received=received,
            classes=facts.classes,
            count=expected[0],
        )
    return FormError(message, expected=wanted)


def probabilities(form: Form, output: torch.Tensor) -> torch.Tensor:
    """Give the probability of each class along dimension 1 (two of them for a single yes-or-no score)."""
    output = output.float()
    if form == "classes":
        return output.softmax(1)
    yes = output.sigmoid()
    if output.dim() == 1 or output.shape[1] == 1:
        yes = yes.reshape(len(output), 1)
        return torch.cat([1 - yes, yes], 1)
    return yes


def right(form: Form, output: torch.Tensor, target: torch.Tensor) -> Mapping[str, torch.Tensor]:
    """Give for each sample what can be averaged over samples: whether it is right, or how far it is off."""
    if form == "classes":
        found = (output.argmax(1) == target).float()
        return {"accuracy": found if found.dim() == 1 else found.flatten(1).mean(1)}
    if form == "logits":
        found = ((output > 0) == (target > 0.5)).float()
        return {"accuracy": found if found.dim() == 1 else found.flatten(1).mean(1)}
    off = (output.float() - target).abs()
    return {"mae": off if off.dim() == 1 else off.flatten(1).mean(1)}


class _Torchmetric:
    """A metric of torchmetrics, fed with outputs in the form that it takes."""

    def __init__(self, metric: Any, ready: Callable[[torch.Tensor], torch.Tensor], whole: bool) -> None:
        self._metric = metric
        self._ready = ready
        self._whole = whole

    def update(self, output: torch.Tensor, target: torch.Tensor) -> None:
        self._metric.update(self._ready(output.cpu()), target.cpu().long() if self._whole else target.cpu())

    def compute(self) -> float:
        return float(self._metric.compute())


def metric(choice: Choice, form: Form, classes: int) -> tuple[str, Metric] | None:
    """Make a metric of the plan for an output of this form.

    Args:
        choice: which metric.
        form: what the output means.
        classes: how many classes there are.

    Returns:
        Its key and the metric; None where it says nothing of such an output.
    """
    values = choice.resolved("metric")
    declared = choice.declared("metric")
    if declared is None or (declared.group == "classification") == (form == "numbers"):
        return None
    torchvision()  # torchmetrics imports it
    if choice.type in ("accuracy", "binary_accuracy"):
        # One of the two fits, whichever the plan names.
        from torchmetrics.classification import BinaryAccuracy, MulticlassAccuracy

        if form == "classes":
            return "accuracy", _Torchmetric(
                MulticlassAccuracy(classes, average="micro", validate_args=False), _scores, True
            )
        return "accuracy", _Torchmetric(BinaryAccuracy(validate_args=False), _yes, True)
    module, _, name = declared.target.rpartition(".")
    made = getattr(importlib.import_module(module), name)(**values)
    return choice.type, _Torchmetric(made, _numbers if form == "numbers" else _scores, form != "numbers")


def _scores(output: torch.Tensor) -> torch.Tensor:
    return output.float()


def _yes(output: torch.Tensor) -> torch.Tensor:
    # Said out loud: torchmetrics takes scores that all happen to lie in 0 to 1 for probabilities.
    return output.float().sigmoid()


def _numbers(output: torch.Tensor) -> torch.Tensor:
    return output.float()
