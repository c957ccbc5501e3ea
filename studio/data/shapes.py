"""Generated pictures of shapes with a class for every pixel: what networks that cut out areas learn from."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import torch

from studio.data.dataset import INPUT, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.memory import require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import split
from studio.graph import Message

CLASSES = ("ground", "disc", "square", "triangle")
"""What a pixel can belong to."""

_MOST = 3
"""Shapes in one picture."""


@dataclass(frozen=True)
class Shapes:
    """Pictures with discs, squares and triangles of several brightnesses.

    Attributes:
        count: how many pictures.
        size: their height and width.
        noise: the spread of what is added to every pixel by chance.
        seed: where chance starts from.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
    """

    count: int
    size: int
    noise: float
    seed: int
    validation: float
    test: float
    split_seed: int = 0

    def fingerprint(self) -> Hashable:
        """Give a constant: the pictures are made here."""
        return None

    def facts(self) -> Facts:
        """Give the sizes of pictures and masks."""
        sides = (self.size, self.size)
        return Facts(
            {INPUT: Field((1, *sides))}, {TARGET: Field(sides, whole=True)}, "classification", len(CLASSES)
        )

    def load(self, progress: Progress) -> Dataset:
        """Draw the pictures."""
        require_memory(3 * 12 * self.count * self.size**2)
        progress(Message("Drawing shapes"), 0.0)
        pictures, masks = drawn(self.count, self.size, self.noise, self.seed)
        whole = Split({INPUT: (pictures - 0.5) / 0.5}, {TARGET: masks})
        train, validation, test = split(whole, self.validation, self.test, seed=self.split_seed)
        facts = Preprocessing("image", (1, self.size, self.size), mean=(0.5,), std=(0.5,))
        title = Message("Shapes with masks")
        return Dataset(train, validation, test, "classification", CLASSES, facts, title)


def drawn(count: int, size: int, noise: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Give pictures of brightness 0 to 1, and the class of each pixel; what is drawn later lies on top."""
    generator = torch.Generator().manual_seed(seed)
    row = torch.arange(size, dtype=torch.float32) / size
    down, right = row[None, :, None], row[None, None, :]
    pictures = torch.full((count, size, size), 0.1) + 0.2 * torch.rand(count, 1, 1, generator=generator)
    masks = torch.zeros(count, size, size, dtype=torch.int64)
    many = torch.randint(1, _MOST + 1, (count,), generator=generator)
    for place in range(_MOST):
        kind = torch.randint(1, 4, (count,), generator=generator)
        middle = 0.2 + 0.6 * torch.rand(count, 2, 1, 1, generator=generator)
        reach = 0.1 + 0.12 * torch.rand(count, 1, 1, generator=generator)
        light = 0.5 + 0.5 * torch.rand(count, 1, 1, generator=generator)
        y, x = down - middle[:, 0], right - middle[:, 1]
        inside = torch.where(
            (kind == 1)[:, None, None],
            x**2 + y**2 <= reach**2,
            torch.where(
                (kind == 2)[:, None, None],
                torch.maximum(x.abs(), y.abs()) <= reach * 0.85,
                (y <= reach * 0.8) & (x.abs() * 1.8 <= y + reach),
            ),
        )
        inside = inside & (place < many)[:, None, None]
        masks = torch.where(inside, kind[:, None, None], masks)
        pictures = torch.where(inside, light, pictures)
    pictures = (pictures + noise * torch.randn(count, size, size, generator=generator)).clamp(0, 1)
    return pictures[:, None], masks
