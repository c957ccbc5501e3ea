"""Cutting wires by drawing across them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from studio.graph import Message, Wire
from studio.project import edits
from studio.ui.canvas.gestures.base import NOTHING, Commit, Gesture, Pointer
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


class Cut(Gesture):
    """Draws a line: every wire that it crosses is taken off."""

    cursor = Qt.CursorShape.CrossCursor
    scrolls = True

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit) -> None:
        """Begin to draw."""
        super().__init__(view, start, hit)
        self._points = [start.scene]
        self._cut: set[Wire] = set()

    def move(self, pointer: Pointer) -> None:
        """Draw on and mark what is crossed."""
        last = self._points[-1]
        if not self.moved(pointer) or last == pointer.scene:
            return
        self._points.append(pointer.scene)
        area = QRectF(last, pointer.scene).normalized().adjusted(-2.0, -2.0, 2.0, 2.0)
        for item in self.canvas.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect):
            if not isinstance(item, WireItem) or item.wire in self._cut:
                continue
            if item.crosses(last, pointer.scene):
                self._cut.add(item.wire)
                item.cutting = True
                item.restyle()
        self.view.viewport().update()

    def release(self, pointer: Pointer) -> Commit | None:
        """Take off what was crossed."""
        document, ref = self.view.document, self.view.ref
        cut = {wire for wire in self._cut if wire in self.canvas.wires}
        if not cut:
            return NOTHING
        label = Message("Cut a wire") if len(cut) == 1 else Message("Cut {count} wires", count=len(cut))
        return lambda: document.do(label, edits.disconnect(document.project, ref, cut))

    def finish(self) -> None:
        """Unmark what was crossed."""
        for wire in self._cut:
            item = self.canvas.wires.get(wire)
            if item is not None:
                item.cutting = False
                item.restyle()

    def paint(self, painter: QPainter) -> None:
        """Draw the line."""
        pen = QPen(self.canvas.look.error, 2.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        points = self._points
        painter.drawLines([QLineF(a, b) for a, b in itertools.pairwise(points)])
        painter.setBrush(self.canvas.look.error)
        painter.drawEllipse(points[-1], *_dot(self.canvas.zoom))


def _dot(zoom: float) -> tuple[float, float]:
    return 3.0 / zoom, 3.0 / zoom
