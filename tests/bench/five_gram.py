"""Bits for each character that a model of five letters in a row needs: what a language model must beat.

The counts are smoothed as Kneser and Ney do, interpolated (Chen and Goodman 1999): the best that counting is
known to give. It learns from the same training part and is judged by the same test part as the network.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class _Level(NamedTuple):
    """Counts of rows of one length: of each, of what they begin with, and of their different ends."""

    counts: Counter[str]
    totals: Counter[str]
    ends: Counter[str]
    discount: float


def bits_per_character(learned: Sequence[str], judged: Sequence[str], length: int = 5) -> float:
    """Give the bits that a character of some texts costs on average.

    Args:
        learned: the texts that are counted.
        judged: the texts that are told.
        length: letters in a row, that which is told among them.
    """
    before = "\0" * (length - 1)
    levels = _levels([before + text for text in learned], length)
    letters = len(set("".join(learned))) + 1  # one stands for all that never came
    total, count = 0.0, 0
    for text in judged:
        padded = before + text
        for place in range(length - 1, len(padded)):
            total -= math.log2(_chance(levels, padded[place - length + 1 : place], padded[place], letters))
            count += 1
    return total / max(count, 1)


def _levels(texts: Sequence[str], length: int) -> list[_Level]:
    counts = Counter(
        text[place - length + 1 : place + 1] for text in texts for place in range(length - 1, len(text))
    )
    found = []
    for _ in range(length):
        totals, ends = Counter[str](), Counter[str]()
        for row, often in counts.items():
            totals[row[:-1]] += often
            ends[row[:-1]] += 1
        once, twice = (sum(1 for often in counts.values() if often == n) for n in (1, 2))
        found.append(_Level(counts, totals, ends, once / (once + 2 * twice) if once else 0.5))
        # Shorter rows count by how many different letters they follow.
        counts = Counter(row[1:] for row in counts)
    return found[::-1]


def _chance(levels: Sequence[_Level], before: str, letter: str, letters: int) -> float:
    chance = 1 / letters
    for size, level in enumerate(levels):
        begin = before[len(before) - size :]
        total = level.totals[begin]
        if total:
            kept = max(level.counts[begin + letter] - level.discount, 0)
            chance = (kept + level.discount * level.ends[begin] * chance) / total
    return chance
