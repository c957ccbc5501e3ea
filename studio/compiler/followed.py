"""Sums over the blocks of a graph, followed from edit to edit: only blocks that changed are read again."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable

from studio.compiler.walk import Outcome, Walk


class Followed:
    """Adds up what each block counts for, remembering the last sum."""

    def __init__(self, count: Callable[[Outcome], int]) -> None:
        """Begin without memory.

        Args:
            count: gives what a block counts for; it may depend on nothing else.
        """
        self._count = count
        self._last: Walk | None = None
        self._sum = 0

    def over(self, walk: Walk) -> int:
        """Give the sum over the blocks that lead to an Output."""
        last, count = self._last, self._count
        if last is None or last.used is not walk.used:  # they stay the same as long as the drawing does
            self._sum = sum(count(outcome) for key, outcome in walk.outcomes.items() if key in walk.used)
        else:
            differs = map(operator.is_not, walk.outcomes.values(), last.outcomes.values())
            for key in itertools.compress(walk.outcomes, differs):
                if key in walk.used:
                    self._sum += count(walk.outcomes[key]) - count(last.outcomes[key])
        self._last = walk
        return self._sum
