"""Points of two classes on a plane, for networks small enough to look into: drawn anew from a seed."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import split
from studio.graph import Message

_SHAPES = {
    "xor": Message("XOR on a plane"),
    "circle": Message("Circle on a plane"),
    "gauss": Message("Two clouds on a plane"),
    "spiral": Message("Two spirals on a plane"),
    "moons": Message("Two moons on a plane"),
    "points": Message("Two points"),
}


@dataclass(frozen=True)
class PlaneField:
    """Points of a pattern.

    Attributes:
        pattern: how the classes lie.
        count: how many points.
        noise: how far points stray by chance.
        seed: where chance starts from.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        gap: how far points of XOR keep from the border between the classes.
    """

    pattern: str
    count: int
    noise: float
    seed: int
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True
    gap: float = 0.0

    def fingerprint(self) -> Hashable:
        """Give a constant: the points are made here."""
        return None

    def facts(self) -> Facts:
        """Give what a point is."""
        return Facts({INPUT: Field((2,))}, {TARGET: LABEL}, "binary", 2)

    def load(self, progress: Progress) -> Dataset:
        """Draw the points; the two points of the first lesson are all learned from."""
        progress(Message("Drawing points"), 0.0)
        inputs, targets = points_of(self.pattern, self.count, self.noise, self.seed, self.gap)
        whole = Split({INPUT: inputs}, {TARGET: targets})
        shares = (self.validation, self.test) if self.pattern != "points" else (0.0, 0.0)
        alike = targets if self.stratify else None
        train, validation, test = split(whole, *shares, alike, seed=self.split_seed)
        facts = Preprocessing("vector", (2,), columns=("x1", "x2"))
        return Dataset(train, validation, test, "binary", ("0", "1"), facts, _SHAPES[self.pattern])


def points_of(
    kind: str, count: int, noise: float, seed: int, gap: float = 0.0
) -> tuple[torch.Tensor, torch.Tensor]:
    """Give points about -1 to 1 with their classes, which take turns."""
    generator = torch.Generator().manual_seed(seed)
    if kind == "points":
        return torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1, 0])
    labels = torch.arange(count) % 2
    along = torch.rand(count, generator=generator)
    side = labels * 2.0 - 1
    if kind == "xor":
        points = gap + (1 - gap) * torch.rand(count, 2, generator=generator)
        turned = (torch.rand(count, generator=generator) < 0.5) * 2.0 - 1
        points = torch.stack([points[:, 0] * turned, points[:, 1] * turned * side], 1)
    elif kind == "circle":
        angle = torch.rand(count, generator=generator) * 2 * math.pi
        radius = torch.where(labels == 1, along.sqrt() * 0.5, 0.7 + along * 0.3)
        points = torch.stack([radius * angle.cos(), radius * angle.sin()], 1)
    elif kind == "gauss":
        points = torch.randn(count, 2, generator=generator) * 0.2 + (side * 0.5)[:, None]
    elif kind == "spiral":
        angle = along.sqrt() * 3 * math.pi
        radius = side * angle / (3 * math.pi)
        points = torch.stack([radius * angle.cos(), radius * angle.sin()], 1)
    else:
        angle = along * math.pi
        points = torch.stack([angle.cos() - side / 2, angle.sin() * -side - side / 4], 1) / 1.5
    return points + noise * torch.randn(count, 2, generator=generator), labels
