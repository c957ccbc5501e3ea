"""What the numbers of an output mean, given the loss: scores of classes, yes-or-no scores, or plain numbers.

From that follow the form in which the target must come, and what the output is judged as; see `measures`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import nn

from studio.compiler import Tensor
from studio.data import Task
from studio.graph import Message, NetwrightError
from studio.nn import DiceLoss, FocalLoss, GaussianLikelihood, RankingLoss, SimilarityLoss

Judged = Literal["classes", "logits", "chances", "numbers"]
"""Scores of classes along dimension 1; raw scores of yes or no; chances of yes; numbers."""

Form = Judged | Literal["class", "signs", "labels", "distances", "shares", "normal"]
"""What a loss takes besides: scores with one class a sample; yes or no as 1 and -1, from scores or of pairs;
the numbers of the classes that are true; shares of each class; means and spreads."""

_FORMS: dict[type[nn.Module], Form] = {
    nn.CrossEntropyLoss: "classes",
    nn.NLLLoss: "classes",
    FocalLoss: "classes",
    DiceLoss: "classes",
    nn.MultiMarginLoss: "class",
    nn.BCEWithLogitsLoss: "logits",
    nn.MultiLabelSoftMarginLoss: "logits",
    nn.BCELoss: "chances",
    nn.SoftMarginLoss: "signs",
    nn.MultiLabelMarginLoss: "labels",
    nn.HingeEmbeddingLoss: "distances",
    SimilarityLoss: "distances",
    RankingLoss: "distances",
    nn.KLDivLoss: "shares",
    GaussianLikelihood: "normal",
}

_JUDGED: dict[Form, Judged] = {
    "class": "classes",
    "signs": "logits",
    "labels": "logits",
    "distances": "logits",
    "shares": "classes",
    "normal": "numbers",
}

Fit = Callable[[torch.Tensor], torch.Tensor]
"""Brings a target into the form that its loss needs."""


class FormError(NetwrightError):
    """Output, target and loss do not fit together.

    Attributes:
        expected: what the loss takes of this data; None where no size would do.
        loss: type of a loss that fits the data, where this one cannot.
        turned: whether swapping dimensions 1 and 2 of the output would do.
    """

    def __init__(
        self, message: Message, *, expected: Tensor | None = None, loss: str = "", turned: bool = False
    ) -> None:
        """Keep the sentence and what would fit."""
        super().__init__(message)
        self.expected = expected
        self.loss = loss
        self.turned = turned


def form_of(loss: nn.Module | type[nn.Module]) -> Form:
    """Tell what a loss takes its output for."""
    kind = loss if isinstance(loss, type) else type(loss)
    return next((form for known, form in _FORMS.items() if issubclass(kind, known)), "numbers")


def judged_form(form: Form, task: Task) -> Judged:
    """Tell what an output is judged as."""
    if form == "shares" and task == "regression":
        return "numbers"
    return _JUDGED.get(form) or cast(Judged, form)


def judged_sizes(form: Form, sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Give the sizes of what is judged of an output, without the batch."""
    return (sizes[0] // 2, *sizes[1:]) if form == "normal" else sizes


def judged_output(loss: nn.Module, task: Task) -> Callable[[torch.Tensor], torch.Tensor]:
    """Give the function that leads from an output to what is judged: scores, chances or numbers."""
    match loss:
        case nn.HingeEmbeddingLoss(margin=margin):
            return lambda output: margin / 2 - output.float()
        case SimilarityLoss(margin=margin):
            return lambda output: output.float() - (1 + margin) / 2
        case GaussianLikelihood():
            return lambda output: output.chunk(2, dim=1)[0]
        case nn.PoissonNLLLoss(log_input=True):
            return lambda output: output.float().exp()
        case nn.KLDivLoss() if task == "regression":
            return lambda output: output.float().exp()
    return lambda output: output


def guessed(form: Form, shape: tuple[int, ...], target: torch.Tensor, loss: nn.Module) -> torch.Tensor | None:
    """Give the output of one who knows nothing: the same chance for every class, or the mean of the numbers.

    Args:
        form: what the loss takes its output for.
        shape: of the output, with the batch.
        target: what is right.
        loss: the loss.

    Returns:
        None where it is not clear what that would be.
    """
    even = torch.zeros(shape, device=target.device)
    match form:
        case "classes" | "class" | "logits" | "signs" | "labels":
            return even.log_softmax(1) if isinstance(loss, nn.NLLLoss) else even
        case "shares":
            return even.log_softmax(1)
        case "chances":
            return even + 0.5
        case "numbers":
            mean = target.float().mean(0, keepdim=True).expand(shape)
            if isinstance(loss, nn.PoissonNLLLoss) and loss.log_input:
                return mean.clamp(min=1e-8).log()
            return mean.contiguous()
    return None


@dataclass(frozen=True)
class Fitting:
    """An output and its target, side by side.

    Attributes:
        title: the loss, for people.
        task: what the data is for.
        classes: how many classes the data has; 0 for numbers.
        output: what the network gives.
        target: sizes of the target, as the data has it, without the batch.
        counts: whether the numbers must be 0 and more.
    """

    title: Message
    task: Task
    classes: int
    output: Tensor
    target: tuple[int, ...]
    counts: bool = False

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
    match form:
        case "classes":
            return _for_classes(facts)
        case "class":
            return _for_one_class(facts)
        case "logits" | "chances":
            return _for_logits(facts)
        case "signs":
            return _signs(_for_logits(facts))
        case "labels":
            return _labels(_for_one_each(facts))
        case "distances":
            return _signs(_for_distances(facts))
        case "shares":
            if facts.task == "multilabel":
                raise _several(facts)
            return _for_one_each(facts)
        case "normal":
            return _for_normal(facts)
        case "numbers":
            return _for_counts(facts) if facts.counts else _for_numbers(facts)


def judged_fit(form: Form, facts: Fitting) -> Fit:
    """Give the function that brings targets into the form in which the output is judged."""
    match form:
        case "signs" | "labels":
            return _for_logits(facts)
        case "distances":
            return _for_distances(facts)
        case "shares" if facts.task not in ("regression", "multilabel"):
            return _for_classes(facts)
    return fitted(form, facts)


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
    if facts.task == "multilabel":
        raise _several(facts)
    expected = (facts.classes, *facts.target)
    if not facts.gives(expected):
        raise _sizes(facts, expected)
    return lambda values: _numbered(values, facts.classes)


def _several(facts: Fitting) -> FormError:
    return FormError(
        Message(
            "{loss} takes one answer for each sample, and this data says yes or no for each of {classes} "
            "classes. Choose binary cross entropy as the loss.",
            loss=facts.title,
            classes=facts.classes,
        ),
        loss="bce_with_logits",
    )


def _for_logits(facts: Fitting) -> Fit:
    if facts.task in ("regression", "multilabel"):
        if not facts.gives(facts.target):
            raise _sizes(facts, facts.target or (1,))
        return lambda values: values.float()
    if facts.classes == 2 and facts.gives((), (1,)):
        return lambda values: _numbered(values, 2).float().reshape(len(values), *facts.sample)
    if facts.gives((facts.classes,)):
        return lambda values: nn.functional.one_hot(_numbered(values, facts.classes), facts.classes).float()
    if facts.target:
        return _for_yes_at_places(facts)
    raise _sizes(facts, (1,) if facts.classes == 2 else (facts.classes,))


def _for_yes_at_places(facts: Fitting) -> Fit:
    """Give yes or no for each place, such as each pixel: one channel, or none."""
    if facts.classes != 2:
        raise FormError(
            Message(
                "{loss} says yes or no for each place, and this data has {classes} classes. "
                "Choose cross entropy as the loss.",
                loss=facts.title,
                classes=facts.classes,
            ),
            loss="cross_entropy",
        )
    single = (1, *facts.target)
    if not facts.gives(single) and not (len(facts.target) > 1 and facts.gives(facts.target)):
        raise _sizes(facts, single)
    return lambda values: _numbered(values, 2).float().reshape(len(values), *facts.sample)


def _for_numbers(facts: Fitting) -> Fit:
    _require_numbers(facts)
    # A target of one number and an output of one unit: (n) and (n, 1) would silently spread to (n, n).
    if facts.target in ((), (1,)) and facts.gives((), (1,)):
        return lambda values: values.float().reshape(len(values), *facts.sample)
    if not facts.gives(facts.target):
        raise _sizes(facts, facts.target or (1,))
    return lambda values: values.float()


def _for_one_class(facts: Fitting) -> Fit:
    fit = _for_classes(facts)
    if facts.target:
        raise FormError(
            Message(
                "{loss} takes one class for each sample, and this data has one for each place. "
                "Choose cross entropy as the loss.",
                loss=facts.title,
            ),
            loss="cross_entropy",
        )
    return fit


def _for_one_each(facts: Fitting) -> Fit:
    """Give a number for each class: of shares, or of yes and no."""
    if facts.task in ("regression", "multilabel"):
        if len(facts.target) != 1 or not facts.gives(facts.target):
            raise _sizes(facts, facts.target or (1,))
        return lambda values: values.float()
    if not facts.gives((facts.classes,)):
        raise _sizes(facts, (facts.classes,))
    return lambda values: nn.functional.one_hot(_numbered(values, facts.classes), facts.classes).float()


def _for_distances(facts: Fitting) -> Fit:
    if facts.task == "multilabel":
        raise _several(facts)
    if facts.classes != 2:
        raise FormError(
            Message("{loss} takes yes or no. Choose cross entropy as the loss.", loss=facts.title),
            loss="cross_entropy",
        )
    if not facts.gives((), (1,)):
        raise _sizes(facts, (1,))
    return lambda values: _numbered(values, 2).float().reshape(len(values), *facts.sample)


def _signs(fit: Fit) -> Fit:
    return lambda values: 2 * fit(values) - 1


def _labels(fit: Fit) -> Fit:
    """Give the numbers of the classes that are true, and -1 where there are no more."""

    def labels(values: torch.Tensor) -> torch.Tensor:
        each = fit(values)
        order = torch.sort(each, dim=1, descending=True, stable=True).indices
        return torch.where(torch.arange(each.shape[1]) < each.sum(1, keepdim=True), order, -1)

    return labels


def _for_normal(facts: Fitting) -> Fit:
    _require_numbers(facts)
    target = facts.target or (1,)
    expected = (2 * target[0], *target[1:])
    if not facts.gives(expected):
        raise _sizes(facts, expected)
    return lambda values: values.float().reshape(len(values), *target)


def _for_counts(facts: Fitting) -> Fit:
    fit = _for_numbers(facts)

    def counts(values: torch.Tensor) -> torch.Tensor:
        wrong = int((values < 0).sum())
        if wrong:
            raise FormError(
                Message(
                    "{loss} is for counts of 0 and more, and {count} {count:number|numbers} of the data "
                    "{count:is|are} below 0. Choose mean squared error as the loss.",
                    loss=facts.title,
                    count=wrong,
                ),
                loss="mse",
            )
        return fit(values)

    return counts


def _require_numbers(facts: Fitting) -> None:
    if facts.task == "multilabel":
        raise _several(facts)
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
    if len(expected) == 2 and expected != expected[::-1] and facts.gives(expected[::-1]):
        return FormError(
            Message(
                "{loss} expects an output of {expected}, the classes before the places, and received "
                "{received}. Put a Transpose before the output.",
                loss=facts.title,
                expected=shown,
                received=received,
            ),
            expected=wanted,
            turned=True,
        )
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
