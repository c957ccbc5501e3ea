"""A ring round a block that is spoken of elsewhere, over everything else on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from shiboken6 import isValid

from studio.ui.looks.theme import RADIUS_LARGE, colour

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

AWAY = 7.0
"""Between the card and the ring."""

THICK = 3.0
"""How thick the ring is on the screen, at every zoom."""

ABOVE = 1e6


class Ring(QGraphicsItem):
    """Shows where a block is; it is looked at and never touched."""

    def __init__(self, body: QRectF) -> None:
        """Go round a part of the canvas."""
        super().__init__()
        self._body = body
        self.setZValue(ABOVE)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Give what it covers, also where the canvas is seen from afar."""
        return self._body.adjusted(-60.0, -60.0, 60.0, 60.0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the ring, with a faint one round it."""
        zoom = max(painter.worldTransform().m11(), 0.05)
        away = AWAY if zoom > 0.5 else min(AWAY * 0.5 / zoom, 30.0)
        around = self._body.adjusted(-away, -away, away, away)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        faint = QColor(colour("accent"))
        faint.setAlpha(70)
        for pen in (QPen(faint, 2.6 * THICK), QPen(colour("accent"), THICK)):
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRoundedRect(around, RADIUS_LARGE + away, RADIUS_LARGE + away)


class Rings:
    """The one ring of all canvases."""

    def __init__(self) -> None:
        """Begin without it."""
        self._ring: Ring | None = None

    @property
    def ring(self) -> Ring | None:
        """The ring, while there is one."""
        return self._ring

    def show(self, canvas: CanvasScene, node: str) -> None:
        """Put the ring round a block of a canvas."""
        self.clear()
        if node in canvas.nodes:
            self._ring = Ring(canvas.nodes[node].body())
            canvas.addItem(self._ring)

    def clear(self) -> None:
        """Take the ring away."""
        ring, self._ring = self._ring, None
        if ring is not None and isValid(ring) and ring.scene() is not None:  # it goes with its canvas
            ring.scene().removeItem(ring)
