"""The small texts over the items: the shape that flows through each wire, and the names of ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from studio.ui.canvas.far import TINY
from studio.ui.canvas.look import NO_BRUSH, NO_PEN
from studio.ui.canvas.node_item import NEAR, NodeItem
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

FAR_DOT = 3.0
"""Half the width of a port that is drawn far out, in pixels."""


def draw_labels(painter: QPainter, canvas: CanvasScene, rect: QRectF) -> None:
    """Draw the shapes on the wires in view."""
    if canvas.zoom < NEAR:
        return
    look, pull = canvas.look, canvas.pull
    painter.setFont(look.label_font)
    for item, spot in canvas.spots.seen(rect):
        wire = item.wire
        if not item.isVisible() or (
            pull is not None and not (pull.lights(wire.source.node) or pull.lights(wire.target.node))
        ):
            continue
        if spot.leader is not None:
            painter.setPen(look.leader)
            painter.drawLine(spot.leader)
        painter.setPen(NO_PEN)
        painter.setBrush(look.canvas)
        painter.drawRoundedRect(spot.box, 4.0, 4.0)
        others = canvas.spots.crossing(item, spot)
        if others:
            _draw_through(painter, others, spot.box)
        if spot.text is not None:
            painter.setPen(look.selection if item.selected else look.error if item.bad else look.muted)
            painter.drawStaticText(spot.at, spot.text.static)


def _draw_through(painter: QPainter, wires: list[WireItem], box: QRectF) -> None:
    """Draw again what the ground of a label has covered of the wires that it is not about."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setBrush(NO_BRUSH)
    for wire in wires:
        painter.setPen(wire.pen())
        painter.drawPath(wire.path())
    painter.restore()


def tags_box(item: NodeItem) -> QRectF:
    """Give the area that the port names of a node can cover."""
    return item.body().adjusted(-100.0, -28.0, 100.0, 28.0)


def draw_tags(painter: QPainter, canvas: CanvasScene) -> None:
    """Draw the names of the ports of the node under the pointer, where they do not stand on it anyway."""
    item = canvas.nodes.get(canvas.hovered)
    if item is None or canvas.zoom < NEAR:
        return
    look = canvas.look
    for port in item.card.shape.ports:
        if port.named:
            continue
        text = look.laid(port.name, look.label_font, 80.0)
        x, y = item.end(port.name, port.output)
        width = text.width + 10.0
        if port.down:
            y += 16.0 if port.output else -16.0
            left = x + port.reach + 6.0
        else:
            y -= port.reach + 16.0
            left = x + 2.0 if port.output else x - 2.0 - width
        box = QRectF(left, y - 8.0, width, 16.0)
        painter.setPen(QPen(look.border, 1.0))
        painter.setBrush(look.raised)
        painter.drawRoundedRect(box, 8.0, 8.0)
        painter.setPen(look.muted)
        painter.setFont(text.font)
        painter.drawStaticText(QPointF(left + 5.0, y - text.height / 2), text.static)


def draw_far_ports(painter: QPainter, canvas: CanvasScene) -> None:
    """Draw the ports of the node under the pointer on a canvas so far out that none are drawn otherwise."""
    item = canvas.nodes.get(canvas.hovered)
    if item is None or canvas.zoom < TINY or canvas.still:
        return
    look, size = canvas.look, FAR_DOT / canvas.zoom
    painter.setPen(QPen(look.canvas, 1.0 / canvas.zoom))
    painter.setBrush(look.text)
    for port in item.card.shape.ports:
        painter.drawEllipse(QPointF(*item.end(port.name, port.output)), size, size)
