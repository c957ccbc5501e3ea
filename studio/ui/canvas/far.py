"""Everything at once, for a canvas that is zoomed out: one painter over arrays, whatever the graph's size."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from shiboken6 import Shiboken

from studio.ui.canvas.look import NO_PEN
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

FAR = 0.35
"""Below this zoom the whole canvas is one picture."""

TINY = 0.16
"""Below this zoom a node is one patch of its family's colour."""

Rows = NDArray[np.float64]
_NONE = np.nan


class FarPicture:
    """Draws nodes as coloured boxes and wires as straight lines."""

    def __init__(self, canvas: CanvasScene) -> None:
        """Begin with nothing known; the arrays are made when they are first drawn."""
        self._canvas = canvas
        self._known = False
        self._families: list[str] = []
        self._family: NDArray[np.int16] = np.zeros(0, np.int16)
        self._ends: NDArray[np.int64] = np.zeros((0, 2), np.int64)
        self._lanes: Rows = np.zeros((0, 8))
        self._through: list[WireItem] = []

    def forget(self) -> None:
        """Nodes or wires came, went or changed their colour: read them again before the next drawing."""
        self._known = False

    def lead(self, item: WireItem) -> None:
        """Take over the way of a wire."""
        if item in self._through or _winding(item):
            self._known = False
        if self._known and item.far_row >= 0:
            self._lanes[item.far_row] = self._lane(item)

    def _lane(self, item: WireItem) -> tuple[float, ...]:
        """Give where a wire leaves and arrives, from its nodes' left tops, and the two ends of its lane."""
        if _winding(item):
            return (_NONE,) * 8  # drawn by itself
        canvas, wire = self._canvas, item.wire
        (x1, y1), (x2, y2) = item.way.points[0], item.way.points[-1]
        (left1, top1), (left2, top2) = canvas.nodes[wire.source.node].at, canvas.nodes[wire.target.node].at
        ends = (x1 - left1, y1 - top1, x2 - left2, y2 - top2)
        if len(item.way.points) < 10:
            return *ends, _NONE, _NONE, _NONE, _NONE
        # A way of three curves has a level stretch in its middle.
        return *ends, *item.way.points[3], *item.way.points[6]

    def _read(self) -> None:
        canvas, field = self._canvas, self._canvas.field
        names = [canvas.nodes[node].card.family for node in field.ids]
        self._families = sorted(set(names))
        numbers = {name: number for number, name in enumerate(self._families)}
        self._family = np.array([numbers[name] for name in names], np.int16)
        for row, item in enumerate(canvas.wires.values()):
            item.far_row = row
        self._ends = np.array(
            [(field.row(wire.source.node), field.row(wire.target.node)) for wire in canvas.wires], np.int64
        ).reshape(-1, 2)
        self._lanes = np.array([self._lane(item) for item in canvas.wires.values()], np.float64).reshape(
            -1, 8
        )
        self._through = [item for item in canvas.wires.values() if _winding(item)]
        self._known = True

    def draw(self, painter: QPainter, rect: QRectF, zoom: float, *, small: bool = False) -> None:
        """Draw what lies in a rectangle.

        Args:
            painter: draws in canvas units.
            rect: the part of the canvas to draw.
            zoom: device-independent pixels to a canvas unit.
            small: for a minimap, with smaller marks, and without what is selected.
        """
        if not self._known:
            self._read()
        canvas, look = self._canvas, self._canvas.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for frame in canvas.frames.values():
            colour = QColor(look.family(frame.frame.color or "io").fill)
            colour.setAlpha(40)
            painter.fillRect(frame.box(), colour)
        for note in canvas.notes.values():
            painter.fillRect(note.box(), look.warning_soft)
        self._draw_wires(painter, rect)
        self._draw_nodes(painter, rect, zoom)
        if not small:
            self._draw_chosen(painter)
        self._draw_problems(painter, (4.0 if small else 5.0) / zoom)

    def _draw_wires(self, painter: QPainter, rect: QRectF) -> None:
        boxes = self._canvas.field.boxes
        if not len(self._ends):
            return
        lanes = self._lanes
        x1, y1 = (boxes[self._ends[:, 0], side] + lanes[:, side] for side in (0, 1))
        x2, y2 = (boxes[self._ends[:, 1], side] + lanes[:, 2 + side] for side in (0, 1))
        led = ~np.isnan(lanes[:, 4])
        here_x, here_y, there_x, there_y = (lanes[led, column] for column in (4, 5, 6, 7))
        pieces = [
            _lines(x1[~led], y1[~led], x2[~led], y2[~led]),
            _lines(x1[led], y1[led], here_x, here_y),
            _lines(here_x, here_y, there_x, there_y),
            _lines(there_x, there_y, x2[led], y2[led]),
        ]
        lines = np.concatenate(pieces)
        inside = (
            (np.maximum(lines[:, 0], lines[:, 2]) > rect.left())
            & (np.minimum(lines[:, 0], lines[:, 2]) < rect.right())
            & (np.maximum(lines[:, 1], lines[:, 3]) > rect.top())
            & (np.minimum(lines[:, 1], lines[:, 3]) < rect.bottom())
        )
        shown = np.ascontiguousarray(lines[inside])
        if len(shown):
            painter.setPen(QPen(self._canvas.look.wire_colour, 0))
            first = cast(QLineF, Shiboken.wrapInstance(shown.ctypes.data, QLineF))
            painter.drawLines(first, len(shown))
        painter.setPen(QPen(self._canvas.look.wire_colour, 0))
        for item in self._through:
            painter.drawPolyline([QPointF(*at) for at in item.way.points[::3]])

    def _draw_nodes(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        canvas, look = self._canvas, self._canvas.look
        boxes = canvas.field.boxes
        inside = (
            (boxes[:, 2] > rect.left())
            & (boxes[:, 0] < rect.right())
            & (boxes[:, 3] > rect.top())
            & (boxes[:, 1] < rect.bottom())
        )
        shown, family = boxes[inside], self._family[inside]
        rects = shown.copy()
        rects[:, 2:] -= rects[:, :2]
        tiny = zoom < TINY
        if not tiny:
            painter.setPen(QPen(look.border_hover, 0))
            painter.setBrush(look.node)
            _draw_rects(painter, rects)
            rects[:, 2] = 40.0
        painter.setPen(NO_PEN)
        for number, name in enumerate(self._families):
            painter.setBrush(look.family(name).fill)
            _draw_rects(painter, rects[family == number])

    def _draw_chosen(self, painter: QPainter) -> None:
        """Mark the nodes that are selected."""
        canvas, look = self._canvas, self._canvas.look
        chosen = canvas.selection.nodes
        if chosen:
            boxes = canvas.field.boxes[[canvas.field.row(node) for node in chosen]]
            rects = boxes.copy()
            rects[:, 2:] -= rects[:, :2]
            painter.setPen(_thick(look.selection, 2.0))
            fill = QColor(look.selection)
            fill.setAlpha(60)
            painter.setBrush(fill)
            _draw_rects(painter, rects)

    def _draw_problems(self, painter: QPainter, size: float) -> None:
        """Mark nodes with problems: a disc for an error, a triangle for a warning, alike at every zoom."""
        canvas, look = self._canvas, self._canvas.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_thick(look.canvas, 1.5))
        for node, severity in canvas.cards.worst.items():
            if node not in canvas.field:
                continue
            _, top, right, _ = canvas.field.box(node)
            if severity == "error":
                painter.setBrush(look.error)
                painter.drawEllipse(QPointF(right, top), size, size)
            else:
                painter.setBrush(look.warning)
                painter.drawPolygon(
                    [
                        QPointF(right, top - size),
                        QPointF(right + size, top + size * 0.8),
                        QPointF(right - size, top + size * 0.8),
                    ]
                )


def _winding(item: WireItem) -> bool:
    """Tell whether a wire has more than one level between its ends."""
    return bool(item.way.stops) or len(item.way.points) > 10


def _thick(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen


def _lines(x1: Rows, y1: Rows, x2: Rows, y2: Rows) -> Rows:
    return np.stack([x1, y1, x2, y2], axis=1) if len(x1) else np.zeros((0, 4))


def _draw_rects(painter: QPainter, rects: Rows) -> None:
    """Draw many rectangles by one call: Qt reads the rows of the array in place."""
    if len(rects):
        whole = np.ascontiguousarray(rects)
        painter.drawRects(cast(QRectF, Shiboken.wrapInstance(whole.ctypes.data, QRectF)), len(whole))
