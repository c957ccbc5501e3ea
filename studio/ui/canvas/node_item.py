"""One node on the canvas: an item that paints itself and holds no other items."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from studio.ui.canvas.card import Card
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.look import NO_PEN, Look
from studio.ui.canvas.paint import MARGIN, Line, State, draw_card, draw_lines, line_box, lines, loose_lines

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

LOOSE, LOOSE_BELOW = 106.0, 14.0
"""How far the shape of an output without a wire can reach beyond the drawing of a node."""

NEAR = 0.66
"""From this zoom on a node shows all its text; below only its name."""


class NodeItem(QGraphicsRectItem):
    """Paints one card.

    The rectangle, which Qt asks for often, is the base class's own, so that no Python runs for it.
    What nodes of one kind share is drawn into a picture once for a zoom; text is laid out once.
    """

    def __init__(self, canvas: CanvasScene, card: Card) -> None:
        """Show a card; the scene places it."""
        super().__init__()
        self.canvas = canvas
        self.card = card
        self.state = State()
        self.at = (0.0, 0.0)
        self._picture: QPixmap | None = None
        self._kind = -1
        self._version = -1
        self._lines: list[Line] = []
        self._look: Look | None = None
        self._laid: dict[bool, list[Line]] = {}
        self.setPen(NO_PEN)
        self._fit()

    def show_card(self, card: Card) -> bool:
        """Show another card.

        Returns:
            Whether wires must follow, as its size or its ports changed.
        """
        moved = card.shape != self.card.shape
        if card != self.card:
            grown = moved or bool(card.loose) != bool(self.card.loose)
            self.card = card
            self._kind = self._version = -1
            self._laid.clear()
            if grown:
                self._fit()
            self.update()
        return moved

    def show_state(self, state: State) -> None:
        """Show that it is selected, under the pointer and so on."""
        if state != self.state:
            self.state = state
            self._kind = self._version = -1
            self.update()

    def put(self, x: float, y: float) -> None:
        """Stand somewhere."""
        self.at = (x, y)
        self.setPos(x, y)

    def body(self) -> QRectF:
        """Give the card's rectangle on the canvas."""
        return QRectF(*self.at, WIDTH, self.card.shape.height)

    def loose(self) -> list[QRectF]:
        """Give where the shapes of outputs without a wire stand on the canvas, beside the card."""
        return [line_box(line).translated(*self.at) for line in loose_lines(self.card, self.canvas.look)]

    def end(self, port: str, output: bool, index: int = 0) -> tuple[float, float]:
        """Give where a wire ends on the canvas."""
        x, y = self.card.shape.end(port, output, index)
        return self.at[0] + x, self.at[1] + y

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the card and its text."""
        canvas = self.canvas
        transform = painter.worldTransform()
        zoom = canvas.zoom
        if canvas.pull is not None and not canvas.pull.lights(self.card.id):
            painter.setOpacity(0.35)
        if abs(transform.m11() - zoom) > 1e-6 or widget is None:
            # Drawn for another zoom or another device: as lines, not as the picture for the screen.
            draw_card(painter, self.card, self.state, canvas.look)
            draw_lines(painter, lines(self.card, canvas.look))
            self._draw_loose(painter)
            return
        if self._version != canvas.version:
            if self._kind < 0:
                self._kind = canvas.pictures.kind(self.card, self.state)
            self._picture = canvas.pictures.card(self._kind, self.card, self.state)
            self._lines = self._text(far=zoom < NEAR)
            self._version = canvas.version
        assert self._picture is not None
        # On whole device pixels the picture is copied as it is, sharp and fast.
        ratio, margin = canvas.ratio, MARGIN * zoom
        painter.resetTransform()
        painter.drawPixmap(
            QPointF(
                round((transform.dx() - margin) * ratio) / ratio,
                round((transform.dy() - margin) * ratio) / ratio,
            ),
            self._picture,
        )
        painter.setWorldTransform(transform)
        draw_lines(painter, self._lines)
        if zoom >= NEAR:
            self._draw_loose(painter)

    def _text(self, *, far: bool) -> list[Line]:
        """Give its lines of text: they are the same at every zoom, until only the name is left."""
        look = self.canvas.look
        if self._look is not look:
            self._look = look
            self._laid.clear()
        laid = self._laid.get(far)
        if laid is None:
            laid = self._laid[far] = lines(self.card, look, far=far)
        return laid

    def _draw_loose(self, painter: QPainter) -> None:
        """Draw what leaves the outputs that have no wire, where no other node stands in its place."""
        if not self.card.loose:
            return
        x, y = self.at
        field, look = self.canvas.field, self.canvas.look
        for line in loose_lines(self.card, look):
            box = line_box(line)
            left, top = x + box.left(), y + box.top()
            if not field.touching(left, top, left + box.width(), top + box.height()):
                painter.setPen(NO_PEN)
                painter.setBrush(look.canvas)
                painter.drawRect(box)
                draw_lines(painter, [line])

    def _fit(self) -> None:
        shape, loose = self.card.shape, bool(self.card.loose)
        box = QRectF(0.0, 0.0, WIDTH, shape.height).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        if loose:
            box.adjust(-LOOSE if shape.down else 0.0, 0.0, LOOSE, LOOSE_BELOW if shape.down else 0.0)
        self.setRect(box)


class Pictures:
    """Cards drawn for the zoom in use, shared by all nodes that look the same but for their text."""

    def __init__(self, canvas: CanvasScene) -> None:
        """Begin empty."""
        self._canvas = canvas
        self._made: dict[int, QPixmap] = {}
        self._kinds: dict[object, int] = {}
        self._numbers = itertools.count()

    def clear(self) -> None:
        """Forget all pictures: the zoom or the theme is another."""
        self._made.clear()

    def kind(self, card: Card, state: State) -> int:
        """Give a number for all that the picture of a card in a state shows; it is never given twice."""
        key = (
            card.shape,
            card.family,
            card.icon,
            bool(card.line),
            card.repeat,
            card.frozen,
            card.shares,
            card.bypassed,
            card.pinned,
            bool(card.spare),
            card.severity,
            state,
        )
        kind = self._kinds.get(key)
        if kind is None:
            if len(self._kinds) > 4000:
                self._kinds.clear()
            kind = self._kinds[key] = next(self._numbers)
        return kind

    def card(self, kind: int, card: Card, state: State) -> QPixmap:
        """Give the picture of a card in a state, which are of a kind."""
        picture = self._made.get(kind)
        if picture is None:
            if len(self._made) > 400:
                self._made.clear()
            picture = self._made[kind] = self._drawn(card, state)
        return picture

    def _drawn(self, card: Card, state: State) -> QPixmap:
        zoom, ratio = self._canvas.zoom, self._canvas.ratio
        wide, high = WIDTH + 2 * MARGIN, card.shape.height + 2 * MARGIN
        picture = QPixmap(int(wide * zoom * ratio) + 2, int(high * zoom * ratio) + 2)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(zoom, zoom)
            painter.translate(MARGIN, MARGIN)
            draw_card(painter, card, state, self._canvas.look, far=zoom < NEAR)
        finally:
            painter.end()
        return picture
