"""One wire on the canvas: a plain path that Qt draws without Python, and what is known of its way."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem

from studio.graph import Wire
from studio.ui.canvas.geometry import Point
from studio.ui.canvas.look import NO_BRUSH
from studio.ui.canvas.route import Lane, Way, way

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene
    from studio.ui.canvas.spots import Spot

LOOP = 96.0
"""How far a wire that leads back can swing out beyond where it runs now."""


class WireItem(QGraphicsPathItem):
    """One wire."""

    def __init__(self, canvas: CanvasScene, wire: Wire) -> None:
        """Make a wire; the scene leads it."""
        super().__init__()
        self.canvas = canvas
        self.wire = wire
        self._way: Way | None = Way(((0.0, 0.0),), (0.0, 0.0), 0.0)
        self.simple = False
        """Whether it is one curve between its ends: not round nodes, not back, and through no points."""
        self._shift = (0.0, 0.0)
        self.lane: Lane | None = None
        self.far_row = -1
        self.label = ""
        self.spot: Spot | None = None
        self.bad = False
        self.selected = False
        self.hover = False
        self.cutting = False
        self._polygons: list[QPolygonF] | None = None
        self._from, self._to = canvas.nodes[wire.source.node], canvas.nodes[wire.target.node]
        self._start, self._end = (0.0, 0.0), (0.0, 0.0)
        self._led: tuple[Point, Point] | None = None  # where its nodes stood when it was led
        self.setZValue(-1)
        self.setBrush(NO_BRUSH)
        self.restyle()

    def anchor(self) -> None:
        """Find its ports on its nodes."""
        wire, self._way = self.wire, self.way
        self._led = None
        self._start = self._from.card.shape.end(wire.source.port, True)
        self._end = self._to.card.shape.end(wire.target.port, False, wire.index)

    def ends(self) -> tuple[Point, Point]:
        """Give where it begins and ends on the canvas."""
        return self._ends(self._from.at, self._to.at)

    def _ends(self, left_top: Point, other_left_top: Point) -> tuple[Point, Point]:
        """Give where it begins and ends when its nodes stand somewhere."""
        (left, top), (x, y) = left_top, self._start
        (other_left, other_top), (other_x, other_y) = other_left_top, self._end
        return (left + x, top + y), (other_left + other_x, other_top + other_y)

    def offsets(self) -> tuple[float, float, float, float]:
        """Give how far from the left tops of its nodes it begins and ends."""
        return *self._start, *self._end

    @property
    def way(self) -> Way:
        """Its way; that of a wire that only went along with its nodes is made when it is asked for."""
        if self._way is None:
            assert self._led is not None
            start, end = self._ends(*self._led)
            if self.canvas.cards.down:
                self._way = way((start[1], start[0]), (end[1], end[0])).turned()
            else:
                self._way = way(start, end)
        return self._way

    def path(self) -> QPainterPath:
        """Give its path on the canvas."""
        path = super().path()
        return path.translated(*self._shift) if self._shift != (0.0, 0.0) else path

    def plain(self, start: Point, end: Point) -> bool:
        """Tell whether it is one curve between two points."""
        if self._way is None:
            return self._led is not None and self._ends(*self._led) == (start, end)
        points = self._way.points
        return len(points) == 4 and points[0] == start and points[3] == end

    def area(self) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of what its way depends on: nodes there can change it."""
        points = self.way.points
        room = 0.0 if self.lane is not None else LOOP
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs) - room, min(ys) - room, max(xs) + room, max(ys) + room

    def lead(self, way: Way, lane: Lane | None) -> bool:
        """Take another way; tells whether it is another."""
        self.lane = lane
        self.simple = lane is None and len(way.points) == 4 and not way.stops
        if way == self.way:
            return False
        self._way = way
        self._polygons = None
        if self._shift != (0.0, 0.0):
            self._shift = (0.0, 0.0)
            self.setPos(0.0, 0.0)
        self.setPath(way.path())
        return True

    def follow(self) -> bool:
        """Go along with both its nodes, where these have moved by the same way; False where they have not.

        Only a plain wire is moved so: what leads round nodes or through points is led anew.
        """
        start, end = now = self._from.at, self._to.at
        before, self._led = self._led, now
        if before is None or not self.simple:
            return False
        (x1, y1), (x2, y2) = before
        dx, dy = start[0] - x1, start[1] - y1
        if end[0] - x2 != dx or end[1] - y2 != dy or not (dx or dy):
            return False
        if self._way is not None and (self._way.points[0], self._way.points[-1]) != self._ends(*before):
            return False
        self._way = self._polygons = None
        across, down = self._shift
        self._shift = (across + dx, down + dy)
        self.setPos(across + dx, down + dy)
        return True

    def restyle(self) -> None:
        """Take the pen that fits its state."""
        look = self.canvas.look
        if self.cutting:
            pen = look.wire_cut
        elif self.selected:
            pen = look.wire_selected
        elif self.bad:
            pen = look.wire_bad
        elif not self.wire.enabled:
            pen = look.wire_off
        elif self.hover:
            pen = look.wire_over
        else:
            pen = look.wire
        self.setPen(pen)
        if self.spot is not None:
            self.canvas.update(self.spot.box)

    def polygons(self) -> list[QPolygonF]:
        """Give its way as straight pieces, for hit tests."""
        if self._polygons is None:
            self._polygons = self.path().toSubpathPolygons()
        return self._polygons

    def distance(self, at: QPointF) -> float:
        """Give how far a point is from the wire."""
        best = float("inf")
        x, y = at.x(), at.y()
        for polygon in self.polygons():
            points = [(point.x(), point.y()) for point in polygon.toList()]
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                dx, dy = bx - ax, by - ay
                length = dx * dx + dy * dy
                t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
                best = min(best, (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2)
        return float(best**0.5)

    def crosses(self, first: QPointF, second: QPointF) -> bool:
        """Tell whether a straight cut meets the wire."""
        for polygon in self.polygons():
            points = [(point.x(), point.y()) for point in polygon.toList()]
            for start, end in itertools.pairwise(points):
                if _meet((first.x(), first.y()), (second.x(), second.y()), start, end):
                    return True
        return False


def _meet(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]
) -> bool:
    """Tell whether two straight pieces meet."""

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) <= 0 and side(c, d, a) * side(c, d, b) <= 0
