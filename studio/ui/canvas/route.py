"""The way of a wire: a smooth curve, and round the nodes that lie between its ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from studio.ui.canvas.field import Field
from studio.ui.canvas.geometry import WIDTH, Point

MARGIN = 14.0
"""How far a wire that goes round a node stays from it."""

TURN = 28.0
"""The least way in which a wire turns off to go round."""

APART = 12.0
"""Distance between wires that go round side by side."""

STOP = 3.5
"""Half the width of the mark where a person has led a wire through a point."""

MOST_LED = 400
"""How many wires are led round nodes; among more nobody could follow one, and each looks at all others."""


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


def _curve(start: Point, end: Point) -> tuple[Point, Point, Point]:
    reach = _handle(start, end)
    return (start[0] + reach, start[1]), (end[0] - reach, end[1]), end


def way(start: Point, end: Point, lane: Lane | None = None, through: Sequence[Point] = ()) -> Way:
    """Give the way between two ends.

    Args:
        start: where the wire leaves.
        end: where it arrives.
        lane: the level stretch that leads it round nodes, where it needs one.
        through: points that a person has led it through; they come before the lane.
    """
    if through:
        stops = [start, *through, end]
        points: list[Point] = [start]
        for here, there in itertools.pairwise(stops):
            points += _curve(here, there)
        middle = through[len(through) // 2]
        return Way(tuple(points), (middle[0], middle[1] - 14.0), 2 * WIDTH, tuple(through))
    if lane is None and end[0] < start[0]:
        return _back(start, end)
    if lane is None:
        # A curve of equal handles passes half-way between its ends.
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        return Way((start, *_curve(start, end)), middle, end[0] - start[0] - 18.0)
    first, last = (lane.left, lane.y), (lane.right, lane.y)
    third = (lane.right - lane.left) / 3
    level = ((lane.left + third, lane.y), (lane.right - third, lane.y), last)
    return Way(
        (start, *_curve(start, first), *level, *_curve(last, end)),
        ((lane.left + lane.right) / 2, lane.y),
        lane.right - lane.left,
    )


def _back(start: Point, end: Point) -> Way:
    """Lead a wire back to the left: round its own node, level between the rows, and in from the left."""
    (x1, y1), (x2, y2) = start, end
    apart = abs(y2 - y1) >= 2 * TURN
    middle = (y1 + y2) / 2 if apart else max(y1, y2) + 3 * TURN
    reach = min(TURN * 1.4, max(TURN, abs(middle - y1) * 0.7))
    third = (x2 - x1) / 3
    return Way(
        (
            start,
            *((x1 + reach, y1), (x1 + reach, middle), (x1, middle)),
            *((x1 + third, middle), (x2 - third, middle), (x2, middle)),
            *((x2 - reach, middle), (x2 - reach, y2), end),
        ),
        ((x1 + x2) / 2, middle),
        abs(x1 - x2),
    )


def lane_for(
    field: Field, start: Point, end: Point, ends: tuple[str, str], others: Iterable[Lane] = ()
) -> Lane | None:
    """Find how a wire gets round the nodes between its ends; None where the plain curve is free.

    Args:
        field: all nodes.
        start: where the wire leaves.
        end: where it arrives.
        ends: the nodes it joins, which are not in its way.
        others: lanes of other wires, to keep apart from.
    """
    others = list(others)
    if end[0] - start[0] < WIDTH or len(others) >= MOST_LED:
        return None
    boxes = field.boxes
    between = (boxes[:, 2] > start[0] + 2) & (boxes[:, 0] < end[0] - 2)
    for node in ends:
        if node in field:
            between[field.row(node)] = False
    met = boxes[between]
    if not len(met) or not _crosses(met, start, end):
        return None
    left = max(float(met[:, 0].min()) - MARGIN, start[0] + 12.0)
    right = min(float(met[:, 2].max()) + MARGIN, end[0] - 12.0)
    if right <= left:
        return None
    blocked = _merged(met[:, 1] - MARGIN, met[:, 3] + MARGIN)
    free = [y for y in (start[1], end[1]) if not any(top < y < bottom for top, bottom in blocked)]
    free += [edge for interval in blocked for edge in interval]
    base = min(free, key=lambda y: (abs(y - start[1]) + abs(y - end[1]), y))
    outward = -1.0 if any(base == top for top, _ in blocked) else 1.0
    y, beside = base, [lane.y for lane in others if lane.left < right and lane.right > left]
    # Outward in their order: what was passed is never met again.
    for taken in sorted(beside, reverse=outward < 0):
        while abs(taken - y) < APART:
            y += outward * APART
    # It turns off soon, so that it is not lost behind the label of the wire that goes straight on.
    left = min(left, start[0] + max(TURN, abs(y - start[1]) * 0.4))
    right = max(right, end[0] - max(TURN, abs(y - end[1]) * 0.4))
    return Lane(y, left, right, base)


def _crosses(boxes: np.ndarray[tuple[int, ...], np.dtype[np.float64]], start: Point, end: Point) -> bool:
    """Tell whether the plain curve runs through, or close by, one of the boxes."""
    (x1, y1), (x2, y2) = start, end
    reach = _handle(start, end)
    t = np.linspace(0.0, 1.0, 33)
    s = 1.0 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    x = a * x1 + b * (x1 + reach) + c * (x2 - reach) + d * x2
    y = a * y1 + b * y1 + c * y2 + d * y2
    near = 6.0
    hit = (
        (x > boxes[:, 0:1] - near)
        & (x < boxes[:, 2:3] + near)
        & (y > boxes[:, 1:2] - near)
        & (y < boxes[:, 3:4] + near)
    )
    return bool(hit.any())


def _merged(
    tops: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    bottoms: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> list[tuple[float, float]]:
    """Join intervals that overlap."""
    result: list[tuple[float, float]] = []
    for top, bottom in sorted(zip(tops.tolist(), bottoms.tolist(), strict=True)):
        if result and top <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], bottom))
        else:
            result.append((top, bottom))
    return result
