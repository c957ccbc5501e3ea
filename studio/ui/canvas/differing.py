"""What differs from another project, on the canvas: nodes that came, went or changed are tinted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.project.comparing import Kind
from studio.ui.canvas.far import FAR
from studio.ui.canvas.geometry import HEAD, WIDTH
from studio.ui.canvas.look import NO_BRUSH, NO_PEN
from studio.ui.looks.theme import RADIUS_LARGE, theme

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

ROLES: Mapping[Kind, str] = {"added": "good", "removed": "error", "changed": "warning"}
SIGNS: Mapping[Kind, str] = {"added": "+", "removed": "−", "changed": "≠"}
"""Colours are not told by all eyes: each has its sign."""

EDGE = 3.0
BADGE = 18.0


class Differing:
    """The tints of one canvas while a comparison is on.

    Attributes:
        tints: how each node differs, by its id; those that went are drawn where they stood.
        gone: where nodes stood that are not there any more, with their names.
    """

    def __init__(self, tints: Mapping[str, Kind], gone: Mapping[str, tuple[float, float, str]]) -> None:
        """Keep what differs."""
        self.tints, self.gone = dict(tints), dict(gone)

    def draw(self, painter: QPainter, canvas: CanvasScene, rect: QRectF) -> None:
        """Draw the tints over the nodes of a part of the canvas."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for node, kind in self.tints.items():
            item = canvas.nodes.get(node)
            if item is not None and kind != "removed":
                self._mark(painter, canvas, item.body(), kind, rect)
        for x, y, name in self.gone.values():
            box = QRectF(x, y, WIDTH, HEAD)
            if self._mark(painter, canvas, box, "removed", rect) and canvas.zoom >= FAR:
                look = canvas.look
                painter.setPen(look.text)
                laid = look.laid(name, look.name_font, WIDTH - 40.0)
                painter.setFont(look.name_font)
                painter.drawStaticText(QPointF(x + 14.0, box.center().y() - laid.height / 2), laid.static)
        painter.restore()

    def _mark(self, painter: QPainter, canvas: CanvasScene, box: QRectF, kind: Kind, rect: QRectF) -> bool:
        around = box.adjusted(-EDGE, -EDGE, EDGE, EDGE)
        if not around.adjusted(-BADGE, -BADGE, BADGE, BADGE).intersects(rect):
            return False
        colour = QColor(theme().colour(ROLES[kind]))
        fill = QColor(colour)
        fill.setAlpha(34)
        thick = max(2.0, 1.5 / canvas.zoom)
        painter.setPen(
            QPen(colour, thick, Qt.PenStyle.DashLine if kind == "removed" else Qt.PenStyle.SolidLine)
        )
        painter.setBrush(fill)
        painter.drawRoundedRect(around, RADIUS_LARGE + EDGE, RADIUS_LARGE + EDGE)
        if canvas.zoom < FAR:  # a sign of a few pixels would say nothing
            return True
        badge = QRectF(around.right() - BADGE / 2, around.top() - BADGE / 2, BADGE, BADGE)
        painter.setPen(NO_PEN)
        painter.setBrush(colour)
        painter.drawEllipse(badge)
        painter.setBrush(NO_BRUSH)
        painter.setPen(QColor(theme().canvas))
        painter.setFont(canvas.look.name_font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, SIGNS[kind])
        return True
