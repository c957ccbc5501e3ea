"""Generated rows of letters, one of which stands behind a star: which one is it?"""

from __future__ import annotations

import string
from collections.abc import Hashable
from dataclasses import dataclass

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import split
from studio.data.tokens import PADDING, SPECIAL
from studio.graph import Message

STAR = "*"
"""What stands before the letter that is meant."""


@dataclass(frozen=True)
class Marked:
    """Rows of letters as token numbers: fillings, unknown ones and the star come first, then the letters.

    Attributes:
        count: how many rows.
        length: most tokens of a row, the star counted; rows are of half that length and longer.
        letters: how many different letters there are.
        seed: another number gives other rows.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    count: int
    length: int
    letters: int
    seed: int
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give a constant: the rows are made here."""
        return None

    def facts(self) -> Facts:
        """Give the length of a row and how many letters there are."""
        field = Field((self.length,), whole=True)
        return Facts({INPUT: field}, {TARGET: LABEL}, "classification", self.letters)

    def load(self, progress: Progress) -> Dataset:
        """Draw the rows and split them."""
        progress(Message("Writing rows of letters"), 0.0)
        classes = tuple(string.ascii_lowercase[: self.letters])
        facts = Preprocessing(
            "tokens", (self.length,), vocabulary=(*SPECIAL, STAR, *classes), units="characters"
        )
        rows, labels = marked_rows(self.count, self.length, self.letters, self.seed)
        whole = Split({INPUT: rows}, {TARGET: labels})
        alike = labels if self.stratify else None
        train, validation, test = split(whole, self.validation, self.test, alike, seed=self.split_seed)
        title = Message("Rows with a marked letter")
        return Dataset(train, validation, test, "classification", classes, facts, title)


def marked_rows(count: int, length: int, letters: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw rows of letters, each with a star before one of them.

    Args:
        count: how many.
        length: most tokens of a row, the star counted.
        letters: how many different letters there are.
        seed: what chance starts from.

    Returns:
        (count, length) of tokens, and the numbers of the letters behind the stars.
    """
    chance = torch.Generator().manual_seed(seed)
    first = len(SPECIAL) + 1
    rows = torch.randint(first, first + letters, (count, length), generator=chance)
    sizes = torch.randint(max(length // 2, 2), length + 1, (count,), generator=chance)
    # The star stands anywhere but at the end.
    stars = (torch.rand(count, generator=chance) * (sizes - 1)).long()
    each = torch.arange(count)
    rows[each, stars] = len(SPECIAL)
    labels = rows[each, stars + 1] - first
    return torch.where(torch.arange(length) < sizes[:, None], rows, PADDING), labels
