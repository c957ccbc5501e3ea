"""The small texts above the wires: the shape that flows through each, and the names of ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from studio.ui.canvas.card import compact
from studio.ui.canvas.look import NO_PEN, Look, Text
from studio.ui.canvas.node_item import NEAR, NodeItem
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

HEIGHT = 16.0
PAD = 3.0
LONGEST = 280.0


def label_box(item: WireItem) -> QRectF:
    """Give the area that the label of a wire can cover."""
    x, y = item.way.middle
    width = min(max(item.way.room, 0.0), LONGEST) + 2 * PAD
    return QRectF(x - width / 2, y - HEIGHT / 2, width, HEIGHT).adjusted(-2.0, -2.0, 2.0, 2.0)


def draw_labels(painter: QPainter, canvas: CanvasScene, rect: QRectF) -> None:
    """Draw the shapes on the wires in view, each as long as its wire has room for."""
    if canvas.zoom < NEAR:
        return
    look = canvas.look
    painter.setFont(look.label_font)
    near = rect.adjusted(-LONGEST / 2, -HEIGHT, LONGEST / 2, HEIGHT)
    pull = canvas.pull
    for item in canvas.items(near, Qt.ItemSelectionMode.IntersectsItemBoundingRect):
        if not isinstance(item, WireItem) or not item.label:
            continue
        if pull is not None and not (
            pull.lights(item.wire.source.node) or pull.lights(item.wire.target.node)
        ):
            continue
        text = next(
            (laid for laid, spare in _forms(look, item.label) if laid.width <= item.way.room + spare),
            None,
        )
        if text is None:
            continue
        x, y = item.way.middle
        # In a narrow gap the label ends where the ports begin.
        pad = min(PAD, max(0.0, (item.way.room + 8.0 - text.width) / 2))
        box = QRectF(x - text.width / 2 - pad, y - HEIGHT / 2, text.width + 2 * pad, HEIGHT)
        painter.setPen(NO_PEN)
        painter.setBrush(look.canvas)
        painter.drawRoundedRect(box, 4.0, 4.0)
        painter.setPen(look.selection if item.selected else look.error if item.bad else look.muted)
        painter.drawStaticText(QPointF(x - text.width / 2, y - text.height / 2), text.static)


def _forms(look: Look, shape: str) -> list[tuple[Text, float]]:
    """Give a shape in ever fewer characters: spread, tight, without the batch; the last may come closer."""
    tight = compact(shape)
    bare = tight.removeprefix("B×")
    return [
        (look.laid(text, look.label_font), spare) for text, spare in ((shape, 0.0), (tight, 4.0), (bare, 8.0))
    ]


def tags_box(item: NodeItem) -> QRectF:
    """Give the area that the port names of a node can cover."""
    return item.body().adjusted(-100.0, -24.0, 100.0, 4.0)


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
        y -= port.reach + 16.0
        width = text.width + 10.0
        left = x + 2.0 if port.output else x - 2.0 - width
        box = QRectF(left, y - 8.0, width, 16.0)
        painter.setPen(QPen(look.border, 1.0))
        painter.setBrush(look.raised)
        painter.drawRoundedRect(box, 8.0, 8.0)
        painter.setPen(look.muted)
        painter.setFont(text.font)
        painter.drawStaticText(QPointF(left + 5.0, y - text.height / 2), text.static)
