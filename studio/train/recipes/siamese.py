"""The siamese recipe: one network writes every sample down so that like ones come near each other.

Bromley et al. 1993; contrastive loss of Hadsell et al. 2006; triplets of Schroff et al. 2015 (FaceNet),
arXiv:1503.03832, mined in the batch as of Hermans et al. 2017, arXiv:1703.07737. On pairs, the whole training
with a seed `s` is this loop:

    model = Network()                                   # one network, shown both samples of each pair
    torch.manual_seed(s + 1)
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):
            one, other = model(torch.cat([a[places], b[places]])).chunk(2)
            d = (one - other).norm(dim=1)
            near, far = d**2, relu(margin - d)**2       # contrastive
            loss = (same * near + (1 - same) * far).mean()
            optimizer.zero_grad(); loss.backward(); optimizer.step()

Cosine: `near = 1 - cos`, `far = relu(cos - margin)`. On samples with classes, all pairs of a batch are
taken, those of one class and those of two with the same weight; or triplets: `relu(margin + d(sample, like)
- d(sample, unlike))` with the farthest like and the nearest unlike sample (hard), the nearest unlike one that
is farther than the like one (semi-hard), or all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

import torch
from torch import nn
from torch.nn import functional

from studio.compiler import Problem
from studio.data import Dataset, Facts, Split
from studio.graph import Message
from studio.project import MODEL, Plan
from studio.train.loop.streaming import refitted
from studio.train.made import Made
from studio.train.plans.bound import Bound
from studio.train.plans.entries import called, device_of, entries
from studio.train.plans.matching import field_misfits
from studio.train.recipe import Batch, Metric, Outcome, Recipe, Tools
from studio.train.recipes.given import CLASS, flat, kind_of, labelled, prepared, watched, with_classes

Compared = Literal["contrastive", "triplet", "cosine"]
Mining = Literal["hard", "semi_hard", "all"]

_TINY = 1e-12
"""The least square of a distance: the root has no slope at 0."""

_ROWS = 1024
"""So many samples are compared with all others at a time."""


class Siamese(Recipe):
    """One network that is shown several samples."""

    streams = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        loss: Compared,
        margin: float,
        mining: Mining,
        normalise: bool,
    ) -> None:
        """Bind the network; see the declaration for the parameters."""
        self.models = models
        self._model = models[MODEL]
        self._loss, self._margin, self._mining, self._normalise = loss, margin, mining, normalise
        self._pairs = are_pairs(data.facts)
        self._watched = torch.zeros(0)
        self._labels: torch.Tensor | None = None

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        counts = list(bound.count_misfits(MODEL, 1, 1))
        yield from counts
        if counts:
            return
        (samples,), (code,) = bound.inputs(MODEL), bound.outputs(MODEL)
        facts, pairs = bound.facts, are_pairs(bound.facts)
        fields = list(facts.inputs.values()) if pairs else [facts.inputs.get(bound.field(samples) or "")]
        for field in fields[:1]:
            yield from field_misfits(
                samples.name, samples.node, samples.tensor, field, facts, bound.project, bound.reports[MODEL]
            )
        if len(code.sample) != 1:
            yield bound.problem(
                code,
                "no_code",
                Message(
                    "The network must write each sample down in one row of numbers, and it gives {received}. "
                    "Flatten before the last layer.",
                    received=str(code.tensor),
                ),
                expected=Message("B × F"),
                received=Message("{sizes}", sizes=str(code.tensor)),
            )
        if pairs and bound.values.get("loss") == "triplet":
            yield bound.problem(
                MODEL,
                "pairs_for_triplets",
                Message(
                    "Triplets are made of samples with classes, and this data gives pairs. "
                    "Choose the loss “contrastive”."
                ),
                expected=Message("data with classes"),
                received=Message("pairs"),
            )
        elif not pairs and not facts.classes:
            yield bound.problem(
                MODEL,
                "nothing_alike",
                Message("To tell what is alike, samples need classes or come in pairs. Choose such data."),
                expected=Message("data with classes"),
                received=Message("data without classes"),
            )

    def prepare(self, data: Dataset) -> Dataset:
        """Give pairs with what they are, or samples with their classes."""
        few, labels = watched(data, self._ready)
        self._watched = few.inputs["a" if self._pairs else "x"]
        self._labels = None if self._pairs else labels
        return self._ready(data)

    def _ready(self, data: Dataset) -> Dataset:
        entry = entries(self._model)[0]
        if not self._pairs:
            return prepared(data, entry, classes=True)

        def paired(split: Split) -> Split:
            names = {
                name: (field, kind_of(entry, values))
                for name, (field, values) in zip("ab", split.inputs.items(), strict=True)
            }
            return refitted(split, names, labelled(split, data))

        return replace(
            data, train=paired(data.train), validation=paired(data.validation), test=paired(data.test)
        )

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn from one batch."""
        loss, right = self._computed(batch, tools)
        tools.learn(MODEL, loss, lambda: self._computed(batch, tools)[0])
        return Outcome({"loss": loss.detach(), "accuracy": right})

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at one batch."""
        if self._pairs:
            one, other = self._coded(torch.cat([batch.inputs["a"], batch.inputs["b"]]), tools).chunk(2)
            loss, right = self._of_pairs(one, other, batch.targets[CLASS])
            nearer = self.closeness(one, other)
            return Outcome({"loss": loss, "accuracy": right}, nearer, batch.targets[CLASS])
        loss, right = self._computed(batch, tools)
        # Which sample is the nearest is asked among all, not among the few of a batch.
        return Outcome({"loss": loss}, self._coded(batch.inputs["x"], tools), batch.targets[CLASS])

    def metrics(self) -> Mapping[str, Metric]:
        """Give how often the nearest sample is one of the same class."""
        return {} if self._pairs else {"accuracy": _Nearest()}

    def _computed(self, batch: Batch, tools: Tools) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the loss, and how often it is told right what is alike."""
        labels = batch.targets[CLASS]
        if self._pairs:
            both = torch.cat([batch.inputs["a"], batch.inputs["b"]])
            one, other = self._coded(both, tools).chunk(2)
            return self._of_pairs(one, other, labels)
        codes = self._coded(batch.inputs["x"], tools)
        same = labels[:, None] == labels[None, :]
        itself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
        distance = apart(codes)
        nearest = distance.detach().masked_fill(itself, torch.inf).argmin(1)
        right = (labels[nearest] == labels).float().mean()
        if self._loss == "triplet":
            return triplets(distance, same & ~itself, ~same, self._margin, self._mining), right
        unit = functional.normalize(codes, dim=1)
        near, far, _ = self._parts(distance, unit @ unit.T)
        return (mean_where(near, same & ~itself) + mean_where(far, ~same)) / 2, right

    def _of_pairs(
        self, one: torch.Tensor, other: torch.Tensor, labels: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        near, far, alike = self._parts(*self._measured(one, other))
        same = labels.float()
        return (same * near + (1 - same) * far).mean(), (alike == (labels > 0)).float().mean()

    def codes(self, x: torch.Tensor) -> torch.Tensor:
        """Write samples down as the training does."""
        codes = called(self._model, x.to(device_of(self._model))).float().flatten(1)
        return functional.normalize(codes, dim=1) if self._normalise else codes

    def closeness(self, one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        """Give how much nearer than the threshold pairs of codes are: above 0 for what is taken for alike."""
        distance, cosine = self._measured(one, other)
        return cosine - (1 + self._margin) / 2 if self._loss == "cosine" else self._margin / 2 - distance

    @property
    def judges_pairs(self) -> bool:
        """Whether it says of two samples whether they are alike."""
        return self._pairs

    def _coded(self, x: torch.Tensor, tools: Tools) -> torch.Tensor:
        with tools.precision():
            codes = called(self._model, x)
        codes = codes.float().flatten(1)
        return functional.normalize(codes, dim=1) if self._normalise else codes

    @staticmethod
    def _measured(one: torch.Tensor, other: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Give distance and cosine of each pair."""
        distance = (one - other).square().sum(1).clamp(min=_TINY).sqrt()
        return distance, functional.cosine_similarity(one, other, dim=1)

    def _parts(
        self, distance: torch.Tensor, cosine: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Give the loss of like pairs, that of unlike ones, and which are taken for alike."""
        if self._loss == "cosine":
            return 1 - cosine, functional.relu(cosine - self._margin), cosine > (1 + self._margin) / 2
        far = functional.relu(self._margin - distance).square()
        return distance.square(), far, distance < self._margin / 2

    # -- to look at -------------------------------------------------------------------------------------

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Show where samples lie."""
        codes = self._coded(self._watched.to(device_of(self._model)), tools)
        return Made("points", Message("Where samples lie"), with_classes(flat(codes), self._labels))


class _Nearest:
    """How often the nearest other sample is of the same class."""

    def __init__(self) -> None:
        self._codes: list[torch.Tensor] = []
        self._labels: list[torch.Tensor] = []

    def update(self, output: torch.Tensor, target: torch.Tensor) -> None:
        """Take one batch."""
        self._codes.append(output.cpu())
        self._labels.append(target.cpu())

    def compute(self) -> float:
        """Give the share over all samples; no number where there is only one."""
        codes, labels = torch.cat(self._codes), torch.cat(self._labels)
        if len(codes) < 2:
            return math.nan
        right = 0
        for start in range(0, len(codes), _ROWS):
            rows = torch.arange(start, min(start + _ROWS, len(codes)))
            distance = torch.cdist(codes[rows], codes)
            distance[torch.arange(len(rows)), rows] = torch.inf
            right += int((labels[distance.argmin(1)] == labels[rows]).sum())
        return right / len(codes)


def are_pairs(facts: Facts) -> bool:
    """Tell whether data gives two samples at a time, and whether they are alike."""
    fields = list(facts.inputs.values())
    return len(fields) == 2 and fields[0] == fields[1] and facts.classes == 2


def apart(codes: torch.Tensor) -> torch.Tensor:
    """Give the distance of each code from each."""
    squares = codes.square().sum(1)
    between = squares[:, None] + squares[None, :] - 2 * codes @ codes.T
    return between.clamp(min=_TINY).sqrt()


def mean_where(values: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Give the mean of some values; 0 where there are none."""
    return (values * wanted).sum() / wanted.sum().clamp(min=1)


def triplets(
    distance: torch.Tensor, like: torch.Tensor, unlike: torch.Tensor, margin: float, mining: Mining
) -> torch.Tensor:
    """Give the loss of the triplets of a batch.

    Args:
        distance: of each sample from each.
        like: which are others of the same class.
        unlike: which are of another class.
        margin: how much farther unlike samples shall be.
        mining: which triplets are taken; see the module's text.
    """
    if mining == "hard":
        farthest = distance.masked_fill(~like, -torch.inf).max(1).values
        nearest = distance.masked_fill(~unlike, torch.inf).min(1).values
        usable = like.any(1) & unlike.any(1)
        return mean_where(functional.relu(margin + (farthest - nearest).masked_fill(~usable, 0.0)), usable)
    # (sample, like, unlike)
    gap = distance[:, :, None] - distance[:, None, :]
    valid = like[:, :, None] & unlike[:, None, :]
    if mining == "all":
        loss = functional.relu(margin + gap.masked_fill(~valid, -torch.inf))
        return mean_where(loss, loss > 0)
    farther = valid & (gap < 0)
    semi = gap.masked_fill(~farther, -torch.inf).max(2).values
    widest = gap.masked_fill(~valid, torch.inf).min(2).values
    usable = valid.any(2)
    chosen = torch.where(farther.any(2), semi, widest).masked_fill(~usable, 0.0)
    return mean_where(functional.relu(margin + chosen), usable)
