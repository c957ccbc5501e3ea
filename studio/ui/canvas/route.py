"""The way of a wire: a smooth curve, and round the nodes that lie between its ends."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from studio.ui.canvas.geometry import WIDTH, Point

MARGIN = 14.0
"""How far a wire that goes round a node stays from it."""

TURN = 28.0
"""The least way in which a wire turns off to go round."""

APART = 16.0
"""Distance between wires that go round side by side."""

STOP = 3.5
"""Half the width of the mark where a person has led a wire through a point."""

MOST_LED = 1500
"""How many wires are led round nodes; among more nobody could follow one, and each looks at all others."""


LABEL_HIGH, WIDEST_LABEL = 18.0, 280.0
"""A label lies across a wire that leads down: it takes so much of its length, and may be so wide."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The level stretch of a wire that goes round nodes.

    Attributes:
        y: its height on the canvas.
        left: where it begins.
        right: where it ends.
        base: its height before it made room for others; wires of one base lie side by side.
    """

    y: float
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class Way:
    """A wire's way as Bezier curves.

    Attributes:
        points: the start, then two handles and an end for each curve.
        middle: where its label stands.
        room: how wide the label may be.
        stops: the points that a person has led it through.
    """

    points: tuple[Point, ...]
    middle: Point
    room: float
    stops: tuple[Point, ...] = ()

    def turned(self) -> Way:
        """Give the way of a wire that leads down and not to the right: across and down changed over."""
        return Way(
            tuple((y, x) for x, y in self.points),
            (self.middle[1], self.middle[0]),
            WIDEST_LABEL if self.room >= LABEL_HIGH else 0.0,
            tuple((y, x) for x, y in self.stops),
        )

    def path(self) -> QPainterPath:
        """Give it as Qt draws it."""
        points = self.points
        path = QPainterPath(QPointF(*points[0]))
        for place in range(1, len(points) - 2, 3):
            path.cubicTo(*points[place], *points[place + 1], *points[place + 2])
        for stop in self.stops:
            path.addEllipse(QPointF(*stop), STOP, STOP)
        return path


def _handle(start: Point, end: Point) -> float:
    """Give how far the handles of a curve reach: half the way ahead, a loop when it goes back."""
    ahead = end[0] - start[0]
    if ahead >= 0:
        return max(ahead * 0.5, min(24.0, abs(end[1] - start[1]) * 0.5))
    return min(160.0, 40.0 - ahead * 0.5)


def curve(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """Give the handles and the end of a smooth curve that leaves and arrives level."""
    reach = _handle(start, end)
    return (start[0] + reach, start[1]), (end[0] - reach, end[1]), end


def drawn(start: Point, end: Point, *, down: bool) -> QPainterPath:
    """Give the path of a wire that is not there yet.

    Args:
        start: where it would leave.
        end: where it would arrive.
        down: whether data flows from top to bottom.
    """
    if down:
        return way((start[1], start[0]), (end[1], end[0])).turned().path()
    return way(start, end).path()


def way(start: Point, end: Point, through: Sequence[Point] = ()) -> Way:
    """Give the plain way between two ends, wherever nodes stand.

    Args:
        start: where the wire leaves.
        end: where it arrives.
        through: points that a person has led it through.
    """
    if through:
        stops = [start, *through, end]
        points: list[Point] = [start]
        for here, there in itertools.pairwise(stops):
            points += curve(here, there)
        middle = through[len(through) // 2]
        return Way(tuple(points), (middle[0], middle[1] - 14.0), 2 * WIDTH, tuple(through))
    if end[0] < start[0]:
        return back(start, end, middle_of_back(start, end))
    # A curve of equal handles passes half-way between its ends.
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return Way((start, *curve(start, end)), middle, end[0] - start[0] - 18.0)


def middle_of_back(start: Point, end: Point) -> float:
    """Give the height on which a wire comes back to the left where nothing is in its way."""
    (_, y1), (_, y2) = start, end
    return (y1 + y2) / 2 if abs(y2 - y1) >= 2 * TURN else max(y1, y2) + 3 * TURN


def back(start: Point, end: Point, middle: float) -> Way:
    """Lead a wire back to the left: round its own node, level at some height, and in from the left."""
    (x1, y1), (x2, y2) = start, end
    out, into = (min(TURN * 1.4, max(TURN, abs(middle - y) * 0.7)) for y in (y1, y2))
    third = (x2 - x1) / 3
    return Way(
        (
            start,
            *((x1 + out, y1), (x1 + out, middle), (x1, middle)),
            *((x1 + third, middle), (x2 - third, middle), (x2, middle)),
            *((x2 - into, middle), (x2 - into, y2), end),
        ),
        ((x1 + x2) / 2, middle),
        abs(x1 - x2),
    )
