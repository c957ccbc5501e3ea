"""Leading a wire through points: Alt and a click put one in or take it out, a drag moves it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from studio.graph import Message, Wire
from studio.graph.layout import Position
from studio.project import edits
from studio.ui.canvas.gestures.base import NOTHING, Commit, Gesture, Pointer
from studio.ui.canvas.gestures.move import snapped
from studio.ui.canvas.hits import Hit

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


class LeadThrough(Gesture):
    """Holds a point of a wire: a new one where none was met."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = True

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit, wire: Wire) -> None:
        """Take hold of a point.

        Args:
            view: the canvas.
            start: where the button was pressed.
            hit: the wire, or the point of it.
            wire: the wire.
        """
        super().__init__(view, start, hit)
        self._wire = wire
        self._before = self.canvas.wires[wire].way.stops
        self._new = hit.point < 0
        self._index = hit.point
        self._points = list(self._before)
        if self._new:
            self._index = _between(start.scene, self.canvas.ends(wire), self._before)
            self._points.insert(self._index, _at(start.scene))
            self.canvas.wiring.hold(wire, tuple(self._points))

    def move(self, pointer: Pointer) -> None:
        """Show the wire led through the point where the pointer is."""
        if self.moved(pointer) and self._wire in self.canvas.wires:
            self._points[self._index] = _at(pointer.scene)
            self.canvas.wiring.hold(self._wire, tuple(self._points))
            self.view.repaint_far()

    def release(self, pointer: Pointer) -> Commit | None:
        """Keep the wire as it is shown."""
        points = tuple(self._points)
        if points == self._before or self._wire not in self.canvas.wires:
            if not self._new:
                self.canvas.selection.set(wires={self._wire})
            return NOTHING
        label = Message("Lead a wire through a point") if self._new else Message("Move a point of a wire")
        return lambda: _lead(self.view, self._wire, points, label)

    def finish(self) -> None:
        """Show the wire as the document has it."""
        self.canvas.wiring.hold(self._wire, None)


class TakeOut(Gesture):
    """Takes a point out of a wire, where the button comes up over it without a drag."""

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit, wire: Wire) -> None:
        """Take hold of the point."""
        super().__init__(view, start, hit)
        self._wire = wire

    def move(self, pointer: Pointer) -> None:
        """Notice a drag: it takes nothing out."""
        self.moved(pointer)

    def release(self, pointer: Pointer) -> Commit | None:
        """Take the point out."""
        if self.dragged or self._wire not in self.canvas.wires:
            return NOTHING
        stops = self.canvas.wires[self._wire].way.stops
        points = stops[: self.hit.point] + stops[self.hit.point + 1 :]
        return lambda: _lead(self.view, self._wire, points, Message("Take a point out of a wire"))


def put_point(view: CanvasView, wire: Wire, at: QPointF) -> None:
    """Lead a wire through a point."""
    stops = list(view.canvas.wires[wire].way.stops)
    stops.insert(_between(at, view.canvas.ends(wire), tuple(stops)), _at(at))
    _lead(view, wire, tuple(stops), Message("Lead a wire through a point"))


def straighten(view: CanvasView, wire: Wire) -> None:
    """Let a wire find its own way again."""
    _lead(view, wire, (), Message("Take all points out of a wire"))


def _lead(view: CanvasView, wire: Wire, points: tuple[Position, ...], label: Message) -> None:
    view.document.attempt(label, lambda project: edits.lead_wire(project, view.ref, wire, points))


def _at(point: QPointF) -> Position:
    return snapped(point.x()), snapped(point.y())


def _between(at: QPointF, ends: tuple[Position, Position], stops: tuple[Position, ...]) -> int:
    """Give before which of its points a new one stands: in the stretch that it is nearest to."""
    stretches = list(pairwise((ends[0], *stops, ends[1])))
    return min(range(len(stretches)), key=lambda place: _distance(at, *stretches[place]))


def _distance(at: QPointF, start: Position, end: Position) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    t = ((at.x() - start[0]) * dx + (at.y() - start[1]) * dy) / length if length else 0.0
    t = max(0.0, min(1.0, t))
    return (start[0] + t * dx - at.x()) ** 2 + (start[1] + t * dy - at.y()) ** 2
