"""A block not on the canvas yet: the picture that hangs on the pointer, and the place that it would take."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from studio.blocks import Block
from studio.ui.canvas.card import Card, title_of
from studio.ui.canvas.geometry import PORT, WIDTH, shape_of
from studio.ui.canvas.look import Look
from studio.ui.canvas.paint import MARGIN, State, draw_card, draw_lines, lines
from studio.ui.editing.composites import definition_of
from studio.ui.looks.theme import RADIUS_LARGE, theme
from studio.ui.panels.palette import group_title
from studio.ui.words.text import tr

SMALLEST, LARGEST = 0.6, 1.5
"""The picture is as large as the block would be on the canvas, within what can be read and held."""

VEIL = 0.8
"""How solid the picture is: what lies under it can be seen."""


def ghost_card(block: Block, *, down: bool = False) -> Card:
    """Give what a block shows before it has a name.

    Args:
        block: the block.
        down: whether data enters at its top and leaves at its bottom.
    """
    counts = (0,) * (len(block.inputs) + len(block.outputs))
    return Card(
        id="",
        name=title_of(block),
        title=tr("Composite") if definition_of(block) else group_title(block.group),
        line="",
        family=block.group,
        icon="quit" if block.type == "output" else f"family_{block.group}",
        shape=shape_of(block.inputs, block.outputs, counts, down=down),
    )


def ghost(block: Block, zoom: float, ratio: float) -> tuple[QPixmap, QPointF]:
    """Draw a block as it would look on the canvas.

    Args:
        block: the block.
        zoom: the canvas's pixels to a unit.
        ratio: device pixels to a device-independent one.

    Returns:
        The picture, and the middle of the block in it.
    """
    card, look = ghost_card(block), Look(theme())
    zoom = min(max(zoom, SMALLEST), LARGEST)
    wide, high = WIDTH + 2 * MARGIN, card.shape.height + 2 * MARGIN
    picture = QPixmap(round(wide * zoom * ratio), round(high * zoom * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(zoom, zoom)
        painter.translate(MARGIN, MARGIN)
        painter.setOpacity(VEIL)
        draw_card(painter, card, State(), look)
        draw_lines(painter, lines(card, look))
    finally:
        painter.end()
    return picture, QPointF(wide * zoom / 2, high * zoom / 2)


def draw_place(painter: QPainter, card: Card, look: Look) -> None:
    """Draw the place that a block would take, in its own coordinates; the block itself is in the hand."""
    body = QRectF(0.0, 0.0, WIDTH, card.shape.height)
    fill = QColor(look.selection)
    fill.setAlpha(28)
    painter.setPen(QPen(look.selection, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRoundedRect(body, RADIUS_LARGE, RADIUS_LARGE)
    painter.setPen(QPen(look.selection, 1.5))
    painter.setBrush(look.canvas)
    for port in card.shape.ports:
        painter.drawEllipse(QPointF(port.x, port.y), PORT, PORT)
