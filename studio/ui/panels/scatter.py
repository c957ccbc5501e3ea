"""What a network answered over what was right, for numbers: on the line is perfect."""

from __future__ import annotations

import math
from collections.abc import Sequence

from studio.ui.panels.judging_chart import Chart, Dots, Line, round_range
from studio.ui.words.text import live

__all__ = ["MOST", "Scatter", "round_range"]

MOST = 2000
"""How many points are drawn; more only cover each other."""


class Scatter(Chart):
    """Points, and the line that they should lie on; a click on one tells its place."""

    def __init__(self) -> None:
        """Make it without points."""
        super().__init__("True value", "Answer")
        self._points: list[tuple[float, float]] = []
        live(self.setAccessibleName, "Answers over true values")

    @property
    def points(self) -> list[tuple[float, float]]:
        """What is drawn: the true value and the answer."""
        return self._points

    def show_points(self, true: Sequence[float], predicted: Sequence[float]) -> None:
        """Show pairs of what was right and what was answered: of very many, evenly spread ones."""
        pairs = enumerate(zip(true, predicted, strict=True))
        finite = [(key, pair) for key, pair in pairs if math.isfinite(pair[0]) and math.isfinite(pair[1])]
        kept = finite[:: -(-len(finite) // MOST) or 1]
        self._points = [pair for _, pair in kept]
        values = [value for pair in self._points for value in pair]
        if not values:
            self.show_items([])
            return
        low, high, _ = round_range(min(values), max(values))
        guide = Line([(low, low), (high, high)], "muted", dashed=True)
        dots = Dots(self._points, keys=[key for key, _ in kept])
        self.show_items([guide, dots], (low, high), (low, high))
