"""Larger pictures on which a real digit stands somewhere among pieces of other ones: which digit is it?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.digits import DIGITS, Digits
from studio.data.memory import require_memory
from studio.data.preprocessing import Preprocessing
from studio.graph import Message

DIGIT, PIECE = 28, 11
"""Sides of a digit and of a piece of one, in pixels."""

EDGE = 4
"""So many pixels of a digit, from each side, may be covered by pieces."""

_TRIES = 8


@dataclass(frozen=True)
class Clutter:
    """Pictures with one digit and pieces of others; no digit, whole or in pieces, stands in two splits.

    Attributes:
        count: how many pictures.
        size: their height and width.
        pieces: how many pieces of other digits lie about on each.
        seed: another number gives other pictures.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    count: int
    size: int
    pieces: int
    seed: int
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give a constant: the digits are part of scikit-learn, and the pictures are made here."""
        return None

    @property
    def _digits(self) -> Digits:
        return Digits(self.validation, self.test, self.split_seed, self.stratify)

    def facts(self) -> Facts:
        """Give the size of a picture and how many digits there are."""
        field = Field((1, self.size, self.size))
        return Facts({INPUT: field}, {TARGET: LABEL}, "classification", len(self._digits.classes))

    def load(self, progress: Progress) -> Dataset:
        """Read the digits and lay them among pieces."""
        require_memory(12 * self.count * self.size**2)
        found = self._digits.load(progress)
        progress(Message("Laying digits among pieces"), 0.5)
        parts = [
            (part.inputs[INPUT], part.targets[TARGET]) for part in (found.train, found.validation, found.test)
        ]
        made = cluttered(parts, self.count, self.size, self.pieces, self.seed)
        train, validation, test = (Split({INPUT: x}, {TARGET: y}) for x, y in made)
        facts = Preprocessing("image", (1, self.size, self.size), mean=DIGITS.mean, std=DIGITS.std)
        title = Message("Digits in clutter")
        return Dataset(train, validation, test, "classification", found.classes, facts, title)


def cluttered(
    parts: list[tuple[torch.Tensor, torch.Tensor]], count: int, size: int, pieces: int, seed: int
) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Lay the digits of each part among pieces of digits of the same part.

    Args:
        parts: (N, 1, 28, 28) of digits, -1 where nothing is, and their classes.
        count: how many pictures there are together; each part has its share.
        size: their height and width.
        pieces: how many pieces lie on each at most: only those that leave the digit readable.
        seed: what chance starts from.

    Returns:
        For each part (M, 1, size, size) of pictures, and which digit is on each.
    """
    chance = torch.Generator().manual_seed(seed)
    whole = sum(len(labels) for _, labels in parts)
    made = []
    for digits, labels in parts:
        many = round(count * len(labels) / whole)
        pictures = torch.full((many, 1, size, size), -1.0)
        if not many:
            made.append((pictures, labels[:0]))
            continue
        # Each digit comes as often as every other one.
        rounds = -(-many // len(labels))
        which = torch.cat([torch.randperm(len(labels), generator=chance) for _ in range(rounds)])[:many]
        stands = torch.randint(size - DIGIT + 1, (many, 2), generator=chance)
        rows = torch.arange(many)
        _lay(pictures, rows, digits[which], stands)
        for _ in range(pieces):
            # A piece is cut from the middle of a digit, where its strokes are, and lies beside the digit: of
            # some places the first one that covers no more than its edge. It is left out where none does.
            cuts = 3 + torch.randint(DIGIT - PIECE - 5, (many, 2), generator=chance)
            others = torch.randint(len(labels), (many,), generator=chance)
            lies = torch.randint(size - PIECE + 1, (many, _TRIES, 2), generator=chance)
            apart = lies - stands[:, None]
            free = ((apart <= EDGE - PIECE) | (apart >= DIGIT - EDGE)).any(2)
            kept = rows[free.any(1)]
            piece = digits[_window(others, cuts, PIECE)][kept, None]
            _lay(pictures, kept, piece, lies[kept, free.int().argmax(1)[kept]])
        made.append((pictures, labels[which]))
    return made


def _window(which: torch.Tensor, corners: torch.Tensor, side: int) -> tuple[torch.Tensor, ...]:
    """Give the places of a square in each of some pictures, by its upper left corners."""
    along = torch.arange(side)
    down, right = corners[:, 0, None, None] + along[:, None], corners[:, 1, None, None] + along
    return which[:, None, None], torch.tensor(0), down, right


def _lay(pictures: torch.Tensor, which: torch.Tensor, pieces: torch.Tensor, corners: torch.Tensor) -> None:
    """Lay a square piece on each of some pictures; the brighter pixel is seen."""
    window = _window(which, corners, pieces.shape[-1])
    pictures[window] = torch.maximum(pictures[window], pieces[:, 0])
