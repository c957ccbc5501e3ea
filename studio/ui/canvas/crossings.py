"""Which other wires run through a place on the canvas: no label may cut them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPolygonF

from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene


def crossing(canvas: CanvasScene, own: WireItem, box: QRectF) -> list[WireItem]:
    """Give the wires in sight, but for one, that run through a box."""
    return [
        item
        for item in canvas.items(box, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
        if isinstance(item, WireItem) and item is not own and item.isVisible() and _runs_through(item, box)
    ]


def _runs_through(item: WireItem, box: QRectF) -> bool:
    return any(_meets(piece, box) for piece in item.polygons())


def _meets(piece: QPolygonF, box: QRectF) -> bool:
    """Tell whether a row of straight pieces comes into a box."""
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    points = [(point.x(), point.y()) for point in piece.toList()]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        if min(x1, x2) > right or max(x1, x2) < left or min(y1, y2) > bottom or max(y1, y2) < top:
            continue
        # What lies between the sides of the box, as shares of the piece.
        first, last = 0.0, 1.0
        for start, way, low, high in ((x1, x2 - x1, left, right), (y1, y2 - y1, top, bottom)):
            if way:
                one, other = sorted(((low - start) / way, (high - start) / way))
                first, last = max(first, one), min(last, other)
        if first <= last:
            return True
    return False
