"""The real handwritten digits of scikit-learn, one at a time or in pairs; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import torch

from studio.data.augmentation import Augmentation, Flip
from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.preprocessing import Preprocessing, bilinear
from studio.data.splitting import SPLIT_SEED, Splits, split
from studio.graph import Message

DIGITS = Preprocessing("image", (1, 28, 28), mean=(0.5,), std=(0.5,), box=28, grid=8)
"""Scanned at 32 x 32, counted down to 8 x 8, brought to 28 x 28, and normalised as the tutorials do."""

_CLASSES = tuple(str(digit) for digit in range(10))

Only = Literal["all", "0 to 4", "5 to 9"]
HALVES = {"all": (0, 10), "0 to 4": (0, 5), "5 to 9": (5, 10)}
"""From which digit on there are digits, and up to which."""

_SAMENESS = ("different", "same")
_PAIRS_EACH = 2
"""How many pairs each digit begins."""


@dataclass(frozen=True)
class Digits:
    """1,797 digits of 43 people.

    Attributes:
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        only: which digits there are.
        flip: see `Augmentation`, as the others.
        crop: by how many pixels pictures are shifted at most.
        rotate: by how many degrees they are turned at most.
        zoom: which share of the sides is cut away at most.
        jitter: how far brightness strays.
        erase: how often a rectangle is blotted out.
    """

    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True
    only: Only = "all"
    flip: Flip = "none"
    crop: int = 0
    rotate: float = 0.0
    zoom: float = 0.0
    jitter: float = 0.0
    erase: float = 0.0

    def fingerprint(self) -> Hashable:
        """Give a constant: the set is part of scikit-learn."""
        return None

    @property
    def classes(self) -> tuple[str, ...]:
        """What the digits are called."""
        return _CLASSES[slice(*HALVES[self.only])]

    def facts(self) -> Facts:
        """Give the size of a digit and how many there are."""
        return Facts({INPUT: Field(DIGITS.shape)}, {TARGET: LABEL}, "classification", len(self.classes))

    def load(self, progress: Progress) -> Dataset:
        """Read the set and bring it to 28 x 28."""
        progress(Message("Reading the digits"), 0.0)
        train, validation, test = _splits(
            self.validation, self.test, self.split_seed, self.stratify, self.only
        )
        title = Message("Digits of scikit-learn")
        varied = Augmentation.of(self, DIGITS)
        return Dataset(
            train, validation, test, "classification", self.classes, DIGITS, title, augmentation=varied
        )


@dataclass(frozen=True)
class DigitPairs:
    """Pairs of those digits, half of them of the same digit; no picture stands in two splits.

    Attributes:
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give a constant: the set is part of scikit-learn."""
        return None

    def facts(self) -> Facts:
        """Give the size of a digit, twice."""
        picture = Field(DIGITS.shape)
        return Facts({"a": picture, "b": picture}, {TARGET: LABEL}, "binary", len(_SAMENESS))

    def load(self, progress: Progress) -> Dataset:
        """Read the digits and pair them."""
        progress(Message("Reading the digits"), 0.0)
        generator = torch.Generator().manual_seed(SPLIT_SEED)
        parts = _splits(self.validation, self.test, self.split_seed, self.stratify)
        train, validation, test = (_pairs(part, generator) for part in parts)
        return Dataset(train, validation, test, "binary", _SAMENESS, DIGITS, Message("Pairs of digits"))


def _splits(validation: float, test: float, seed: int, stratify: bool, only: Only = "all") -> Splits:
    from sklearn.datasets import load_digits  # only where it is needed: it takes a while to import

    found = load_digits()
    small = torch.from_numpy(found.images).float().unsqueeze(1) / 16
    labels = torch.from_numpy(found.target).long()
    low, high = HALVES[only]
    kept = (labels >= low) & (labels < high)
    small, labels = small[kept], labels[kept] - low
    images = DIGITS.normalised(bilinear(small, 28, 28))
    whole = Split({INPUT: images}, {TARGET: labels})
    return split(whole, validation, test, labels if stratify else None, seed=seed)


def _pairs(singles: Split, generator: torch.Generator) -> Split:
    """Pair each picture with one of the same digit and with one of another, several times."""
    images, labels = singles.inputs[INPUT], singles.targets[TARGET]
    count = len(singles)
    # Behind every picture stands a partner: of the same digit in even rounds, of another in odd ones.
    first: list[torch.Tensor] = []
    second: list[torch.Tensor] = []
    same: list[torch.Tensor] = []
    for rounds in range(2 * _PAIRS_EACH):
        wants_same = rounds % 2 == 0
        score = torch.rand(count, count, generator=generator)
        fits = (labels[:, None] == labels[None, :]) == wants_same
        fits.fill_diagonal_(False)
        usable = fits.any(1).nonzero().squeeze(1)
        first.append(usable)
        second.append((score * fits)[usable].argmax(1))
        same.append(torch.full((len(usable),), int(wants_same)))
    a, b, target = torch.cat(first), torch.cat(second), torch.cat(same)
    return Split({"a": images[a], "b": images[b]}, {TARGET: target})
