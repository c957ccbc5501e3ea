"""How a node is drawn: its card with icon, ports and marks, and the lines of text on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from studio.ui.canvas.card import Card
from studio.ui.canvas.geometry import PORT, WIDTH, PortPlace
from studio.ui.canvas.look import NO_BRUSH, NO_PEN, Look, Text
from studio.ui.looks.theme import RADIUS_LARGE

MARGIN = 14.0
"""How far the drawing of a node reaches beyond its card: ports, marks, the ring of a selection."""

TILE = 28.0
TILE_LEFT = 10.0
FAR_TILE, FAR_LEFT = 36.0, 53.0
"""Side of the icon, and where the name begins, on a canvas that is zoomed out."""
TEXT_LEFT = 46.0
TEXT_ROOM = WIDTH - TEXT_LEFT - 6.0
NAME_MIDDLE = 24.0
"""The middle of icon, name and title where a line of parameters stands below them."""
LINE_LEFT, LINE_MIDDLE = 12.0, 51.0
NAME_INWARD = 13.0
"""How far the middle of a port's name stands inside the card, where the port is above or below it."""
CHIP = 18.0


@dataclass(frozen=True, slots=True)
class State:
    """How a node stands in what a person is doing.

    Attributes:
        selected: it is selected.
        hover: the pointer is on it.
        current: the keyboard is at it.
        lit: "in" or "out" when ports of that side fit the wire being pulled.
        unfit: those of that side which do not.
    """

    selected: bool = False
    hover: bool = False
    current: bool = False
    lit: str = ""
    unfit: frozenset[str] = frozenset()


def draw_card(painter: QPainter, card: Card, state: State, look: Look, *, far: bool = False) -> None:
    """Draw everything of a node but its text, in its own coordinates.

    Args:
        painter: draws in the node's coordinates.
        card: what it shows.
        state: how it stands in what a person is doing.
        look: fonts and colours.
        far: with a larger icon, for a canvas that is zoomed out.
    """
    look.family(card.family)
    body = QRectF(0.0, 0.0, WIDTH, card.shape.height)
    radius = RADIUS_LARGE
    painter.setPen(NO_PEN)
    painter.setBrush(look.shadow_far)
    painter.drawRoundedRect(body.adjusted(-1.0, 1.0, 1.0, 3.0), radius + 1, radius + 1)
    painter.setBrush(look.shadow)
    painter.drawRoundedRect(body.adjusted(0.0, 0.0, 0.0, 1.25), radius, radius)
    if state.selected:
        ring = QColor(look.selection)
        ring.setAlpha(60)
        painter.setPen(QPen(ring, 4.0))
        painter.setBrush(NO_BRUSH)
        painter.drawRoundedRect(body.adjusted(-2.0, -2.0, 2.0, 2.0), radius + 2, radius + 2)
    painter.setBrush(look.node)
    painter.setPen(_outline(card, state, look))
    painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    if state.current:
        painter.setPen(QPen(look.selection, 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(NO_BRUSH)
        painter.drawRoundedRect(body.adjusted(-6.0, -6.0, 6.0, 6.0), radius + 5, radius + 5)
    _draw_tile(painter, card, look, far=far)
    for port in card.shape.ports:
        lit = state.lit == ("out" if port.output else "in") and port.name not in state.unfit
        _draw_port(painter, port, look, lit=lit)
    _draw_chips(painter, card, look)


def _outline(card: Card, state: State, look: Look) -> QPen:
    if state.selected:
        return QPen(look.selection, 2.0)
    if card.severity:
        return QPen(look.error if card.severity == "error" else look.warning, 1.5)
    pen = QPen(look.border_hover if state.hover else look.border, 1.0)
    if card.bypassed:
        pen.setWidthF(1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setColor(look.border_hover)
    return pen


def name_middle(card: Card) -> float:
    """Give the middle of the name, below the top of the card."""
    shape = card.shape
    if shape.small:
        return shape.head / 2
    return shape.top + (NAME_MIDDLE if card.line else shape.head / 2) - 7.5


def _draw_tile(painter: QPainter, card: Card, look: Look, *, far: bool) -> None:
    small, family = card.shape.small, look.family(card.family)
    side = TILE - 8 if small else FAR_TILE if far else TILE
    left = 8.0 if small else TILE_LEFT
    middle = card.shape.top + (card.shape.head / 2 if small or far or not card.line else NAME_MIDDLE)
    tile = QRectF(left, middle - side / 2, side, side)
    painter.setPen(NO_PEN)
    painter.setOpacity(0.45 if card.bypassed else 1.0)
    painter.setBrush(family.fill)
    painter.drawRoundedRect(tile, 8.0, 8.0)
    painter.translate(tile.center())
    painter.fillPath(look.icon(card.icon, 13 if small else 23 if far else 18), family.text)
    painter.translate(-tile.center())
    painter.setOpacity(1.0)


def _draw_port(painter: QPainter, port: PortPlace, look: Look, *, lit: bool) -> None:
    x, y, wide, high = port.x, port.y, port.reach_x + PORT, port.reach_y + PORT
    box = QRectF(x - wide, y - high, 2 * wide, 2 * high)
    if lit:
        glow = QColor(look.accent)
        glow.setAlpha(70)
        painter.setPen(NO_PEN)
        painter.setBrush(glow)
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), PORT + 4, PORT + 4)
    colour = look.accent if lit else look.wire_colour
    painter.setPen(QPen(colour, 1.75))
    painter.setBrush(colour if port.taken and not port.many else look.node)
    painter.drawRoundedRect(box.adjusted(0.9, 0.9, -0.9, -0.9), PORT, PORT)
    painter.setPen(NO_PEN)
    if port.many:
        painter.setBrush(colour)
        for place in range(port.taken):
            painter.drawEllipse(QPointF(*port.at(place)), 2.2, 2.2)
        if not port.taken:  # a plus: takes any number of wires
            painter.drawRect(QRectF(x - 2.2, y - 0.6, 4.4, 1.2))
            painter.drawRect(QRectF(x - 0.6, y - 2.2, 1.2, 4.4))
    elif not port.taken and not port.optional:
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), 1.6, 1.6)


def _draw_chips(painter: QPainter, card: Card, look: Look) -> None:
    """Draw the marks on the upper edge, from the right: problem, all marks of a block, repeat."""
    right = WIDTH - 8.0
    family = look.family(card.family)
    if card.severity:
        colour = look.error if card.severity == "error" else look.warning
        centre = QPointF(right - CHIP / 2, 0.0)
        painter.setPen(NO_PEN)
        painter.setBrush(look.node)
        if card.severity == "error":
            painter.drawEllipse(centre, CHIP / 2 + 1, CHIP / 2 + 1)
        else:
            painter.drawPath(_triangle(centre, CHIP * 0.62))
        painter.translate(centre)
        painter.fillPath(look.icon(card.severity, 20), colour)
        painter.translate(-centre)
        right -= CHIP + 4
    for shown, icon in (
        (card.frozen, "lock"),
        (card.shares, "link"),
        (card.bypassed, "hide"),
        (card.pinned, "pin"),
        (card.spare > 0, "trim"),
    ):
        if shown:
            _pill(painter, QRectF(right - CHIP, -CHIP / 2, CHIP, CHIP), look.border_hover, look)
            centre = QPointF(right - CHIP / 2, 0.0)
            painter.translate(centre)
            painter.fillPath(look.icon(icon, 13), look.text)
            painter.translate(-centre)
            right -= CHIP + 4
    if card.repeat > 1:
        text = look.laid(f"× {card.repeat if card.repeat < 10**6 else '…'}", look.chip_font)
        width = text.width + 14
        box = QRectF(right - width, -CHIP / 2, width, CHIP)
        painter.setPen(NO_PEN)
        painter.setBrush(family.fill)
        painter.drawRoundedRect(box, CHIP / 2, CHIP / 2)
        painter.setFont(text.font)
        painter.setPen(family.text)
        painter.drawStaticText(QPointF(box.left() + 7, -text.height / 2), text.static)


def _pill(painter: QPainter, box: QRectF, border: QColor, look: Look) -> None:
    painter.setPen(QPen(border, 1.0))
    painter.setBrush(look.raised)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


def _triangle(centre: QPointF, size: float) -> QPainterPath:
    path = QPainterPath(centre + QPointF(0.0, -size))
    path.lineTo(centre + QPointF(size, size * 0.8))
    path.lineTo(centre + QPointF(-size, size * 0.8))
    path.closeSubpath()
    return path


Line = tuple[Text, QPointF, QColor]
"""A text laid out, where it goes and its colour."""


def lines(card: Card, look: Look, *, far: bool = False) -> list[Line]:
    """Lay out the text of a node.

    Args:
        card: what it shows.
        look: fonts and colours.
        far: only the name, larger, for a canvas that is zoomed out.
    """
    muted = look.muted
    text = look.muted if card.bypassed else look.text
    if far or card.shape.small:
        left = FAR_LEFT if not card.shape.small else 36.0
        font = look.far_font if far else look.name_font
        name = look.laid(card.name, font, WIDTH - left - 8.0)
        middle = card.shape.top + card.shape.head / 2
        return [(name, QPointF(left, middle - name.height / 2), text)]
    # Fonts differ in the space that they leave round letters: lines are set by their middles.
    name = look.laid(card.name, look.name_font, TEXT_ROOM)
    title = look.laid(card.title, look.small_font, TEXT_ROOM)
    result: list[Line] = [
        (name, QPointF(TEXT_LEFT, name_middle(card) - name.height / 2), text),
        (title, QPointF(TEXT_LEFT, name_middle(card) + 15.5 - title.height / 2), muted),
    ]
    if card.line:
        told = look.laid(card.line, look.small_font, WIDTH - 2 * LINE_LEFT)
        middle = card.shape.top + LINE_MIDDLE
        result.append((told, QPointF(LINE_LEFT, middle - told.height / 2), muted))
    for port in card.shape.ports:
        if port.named:
            name = look.laid(port.name, look.small_font, port.room)
            result.append((name, _name_at(port, name), muted))
    return result


def _name_at(port: PortPlace, name: Text) -> QPointF:
    """Give where the name of a port begins: inside the card, beside the port or below or above it."""
    if port.down:
        inward = -NAME_INWARD if port.output else NAME_INWARD
        return QPointF(port.x - name.width / 2, port.y + inward - name.height / 2)
    return QPointF(port.x - 11.0 - name.width if port.output else 11.0, port.y - name.height / 2)


def loose_lines(card: Card, look: Look) -> list[Line]:
    """Lay out what leaves the outputs that have no wire, beside their ports."""
    result: list[Line] = []
    for port, sizes in card.loose:
        place = card.shape.port(port, True)
        if place is not None and sizes:
            laid = look.laid(sizes, look.label_font)
            if place.down:
                at = QPointF(place.x - laid.width / 2, place.y + 9.0)
            else:
                at = QPointF(WIDTH + 10.0, place.y - laid.height / 2)
            result.append((laid, at, look.muted))
    return result


def line_box(line: Line, *, around: float = 2.0) -> QRectF:
    """Give the ground of a line of text."""
    text, at, _ = line
    return QRectF(at.x() - around, at.y(), text.width + 2 * around, text.height)


def draw_lines(painter: QPainter, drawn: list[Line]) -> None:
    """Draw the text of a node."""
    for text, place, colour in drawn:
        painter.setFont(text.font)
        painter.setPen(colour)
        painter.drawStaticText(place, text.static)
