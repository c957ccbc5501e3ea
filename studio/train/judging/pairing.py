"""How near a network brings pairs: like ones and unlike ones, and the threshold that tells them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from studio.data import Dataset
from studio.graph import Message
from studio.nn import SimilarityLoss
from studio.project import MODEL, Plan
from studio.train.judging.answers import Evaluation, part_of
from studio.train.judging.curves import curve
from studio.train.plans.calls import loss_call, make
from studio.train.plans.checking import SUPERVISED
from studio.train.plans.terms import losses_of
from studio.train.recipe import TrainError
from studio.train.recipes.siamese import Siamese, are_pairs

BINS = 40
MOST = 600
"""Samples with classes of which all pairs are compared: evenly spread ones of more."""

SIAMESE = "siamese"

Told = Callable[[float], None]


@dataclass(frozen=True)
class Pairs:
    """How far apart pairs lie.

    Attributes:
        cosine: whether the cosine of the angle between them is told, which is large for like ones.
        edges: where the bars begin and end.
        like: how many like pairs lie in each.
        unlike: how many unlike ones.
        threshold: what the training tells them apart by.
        right: the share that it tells right.
        best: what tells the most of these pairs right.
        best_right: the share of that.
        roc: false and true positive rates of all thresholds.
        area: below these.
    """

    cosine: bool
    edges: tuple[float, ...]
    like: tuple[int, ...]
    unlike: tuple[int, ...]
    threshold: float
    right: float
    best: float
    best_right: float
    roc: tuple[tuple[float, float], ...]
    area: float

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return sum(self.like) + sum(self.unlike)


def compares(plan: Plan | None, data: Dataset | None) -> bool:
    """Tell whether what was learned is how near samples are to each other."""
    if plan is None or data is None:
        return False
    return plan.recipe.type == SIAMESE or _measure(plan, data) is not None


def paired(plan: Plan | None, data: Dataset) -> bool:
    """Tell whether one network was shown both samples of pairs, one after the other."""
    return plan is not None and plan.recipe.type == SIAMESE and are_pairs(data.facts)


def _measure(plan: Plan, data: Dataset) -> tuple[bool, float] | None:
    """Give whether cosines are compared, and the threshold; None where nothing of the kind is."""
    if plan.recipe.type == SIAMESE:
        values = plan.recipe.resolved("recipe")
        cosine, margin = values["loss"] == "cosine", float(str(values["margin"]))
        return cosine, (1 + margin) / 2 if cosine else margin / 2
    if plan.recipe.type != SUPERVISED or len(data.classes) != 2:
        return None
    loss = make(loss_call(losses_of(plan)[0].choice))
    if isinstance(loss, nn.HingeEmbeddingLoss):
        return False, loss.margin / 2
    return (True, (1 + loss.margin) / 2) if isinstance(loss, SimilarityLoss) else None


def score(
    model: nn.Module, data: Dataset, plan: Plan, one: torch.Tensor, other: torch.Tensor
) -> torch.Tensor:
    """Give how much nearer than the threshold a network brings pairs; below 0 for unlike ones.

    Args:
        model: the network that each of both is shown to.
        data: what it was trained on.
        plan: how.
        one: the first of each pair.
        other: the second of each.
    """
    recipe = _recipe(model, data, plan)
    with torch.no_grad():
        return recipe.closeness(*recipe.codes(torch.cat([one, other])).chunk(2)).cpu()


def pairs_of(
    model: nn.Module, data: Dataset, plan: Plan, found: Evaluation, told: Told = lambda _share: None
) -> Pairs:
    """Look how far apart the pairs of a judgement lie; of samples with classes, many of their pairs.

    Args:
        model: the network.
        data: what it was trained on.
        plan: how.
        found: the judgement.
        told: told the share that is done; whatever it raises ends the work.

    Raises:
        NetwrightError: there are too few.
    """
    measure = _measure(plan, data)
    assert measure is not None  # `compares` has told so
    cosine, threshold = measure
    if found.kind == "classes":
        chances = found.answers.chances[:, 1].double()
        nearer = chances.log() - torch.log1p(-chances)
        like = found.answers.truth > 0
    else:
        nearer, like = _of_classes(model, data, plan, found, told)
    if len(like) < 2 or bool(like.all()) or not bool(like.any()):
        raise TrainError(Message("There are no pairs of both kinds to compare."))
    values = nearer + threshold if cosine else (threshold - nearer).clamp(min=0)
    order = nearer.argsort(descending=True)
    sorted_like = like[order]
    # Taking the nearest pairs for like ones: those that are, and the others that are not.
    told_right = sorted_like.cumsum(0) + (~like).sum() - (~sorted_like).cumsum(0)
    most = int(told_right.argmax())
    after = values[order[min(most + 1, len(order) - 1)]]
    best = float((values[order[most]] + after) / 2)
    drawn = curve("", nearer.sigmoid(), like)
    low, high = float(values.min()), float(values.max())
    edges = torch.linspace(low, high if high > low else low + 1, BINS + 1).double()
    told(1.0)
    return Pairs(
        cosine,
        tuple(edges.tolist()),
        _counted(values[like], edges),
        _counted(values[~like], edges),
        threshold,
        float(((nearer > 0) == like).double().mean()),
        best,
        float(told_right[most]) / len(like),
        tuple(drawn.roc),
        drawn.roc_area,
    )


def _counted(values: torch.Tensor, edges: torch.Tensor) -> tuple[int, ...]:
    places = torch.bucketize(values, edges[1:-1].contiguous(), right=True)
    return tuple(torch.bincount(places, minlength=len(edges) - 1).tolist())


def _of_classes(
    model: nn.Module, data: Dataset, plan: Plan, found: Evaluation, told: Told
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compare samples with each other: give how near they are, and which are of one class."""
    recipe = _recipe(model, data, plan)
    split = part_of(recipe.prepare(data), found.part)
    chosen = torch.arange(0, len(split), max(1, -(-len(split) // MOST)))
    codes = []
    with torch.no_grad():
        for some in chosen.split(128):
            codes.append(recipe.codes(next(iter(split.take(some).here().inputs.values()))))
            told(len(codes) * 128 / max(len(chosen), 1))
        whole = torch.cat(codes)
        labels = next(iter(split.take(chosen).here().targets.values()))
        one, other = torch.triu_indices(len(whole), len(whole), 1)
        parts = zip(one.split(1 << 14), other.split(1 << 14), strict=True)
        near = torch.cat([recipe.closeness(whole[a], whole[b]).cpu() for a, b in parts])
    return near.double(), labels[one] == labels[other]


def _recipe(model: nn.Module, data: Dataset, plan: Plan) -> Siamese:
    values: dict[str, Any] = plan.recipe.resolved("recipe")
    return Siamese(plan, {MODEL: model}, data, **values)
