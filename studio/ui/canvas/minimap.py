"""The minimap: the whole graph in a corner of its canvas, and in it the part that is seen.

It is drawn into a picture once, and again only when the graph has changed; while a person looks about, only
the frame round the seen part moves. It takes no keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QMenu, QWidget

from studio.graph import Message
from studio.ui.canvas.camera import STEP
from studio.ui.words.text import live, say

if TYPE_CHECKING:
    from studio.ui.canvas.surface import Surface

LARGEST, SMALLEST = QSize(208, 144), QSize(96, 56)
"""How large it is at most and at least; between them it has the form of the graph."""

NEAREST = 0.5
"""It never shows a graph larger than this."""

GAP = 12
"""How far it stands from the edges of the canvas."""

LEAST = QSize(480, 320)
"""On a canvas that is smaller it would cover too much, and hides."""

BORDER = 6
"""Room between its edge and the drawing."""

SHORTEST = 8.0
"""No side of the frame is shorter, so that it can be seen and taken hold of."""

CORNERS = {
    "bottom_right": Message("Bottom right"),
    "bottom_left": Message("Bottom left"),
    "top_left": Message("Top left"),
    "top_right": Message("Top right"),
}
"""Where it can stand, in the order in which a key goes through them."""


class _Minimaps(QObject):
    """Whether there are minimaps, and in which corner: the same on every canvas."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = False
        self.corner = "bottom_right"

    def set(self, shown: bool, corner: str) -> None:
        """Show them or not, in a corner; one that is unknown is left out."""
        before = self.shown, self.corner
        self.shown, self.corner = shown, corner if corner in CORNERS else self.corner
        if (self.shown, self.corner) != before:
            self.changed.emit()

    def toggle(self) -> None:
        """Show them, or hide them."""
        self.set(not self.shown, self.corner)

    def next_corner(self) -> None:
        """Move them to the next corner; hidden ones are shown where they are."""
        corners = list(CORNERS)
        place = corners.index(self.corner) + (1 if self.shown else 0)
        self.set(True, corners[place % len(corners)])

    def kept(self) -> list[bool | str]:
        """Give what settings keep."""
        return [self.shown, self.corner]

    def take(self, kept: object) -> None:
        """Take over what settings hold, as far as it makes sense."""
        shown, corner = kept if isinstance(kept, list) and len(kept) == 2 else (False, "bottom_right")
        self.set(shown is True, corner if isinstance(corner, str) else "")


minimaps = _Minimaps()
"""`minimaps.changed` is emitted when they come, go or move."""


class Minimap(QWidget):
    """The whole graph of one canvas in small."""

    def __init__(self, view: Surface) -> None:
        """Stand over a canvas; hidden until it is wanted."""
        # A child of what scrolls, which takes it along and is moved back: over a sibling Qt would scroll
        # nothing, and paint the whole canvas anew.
        super().__init__(view.viewport())
        self._view = view
        self._picture: QPixmap | None = None
        self._area = QRectF()
        self._scale = 1.0
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        live(self.setAccessibleName, "Minimap")
        live(
            self.setToolTip,
            "Click or drag to look elsewhere. The wheel zooms, the right button offers other corners.",
        )
        self._box = QRect()
        self.hide()
        minimaps.changed.connect(self.place)

    # -- coming and going -------------------------------------------------------------------------------

    def place(self) -> None:
        """Stand in the corner that was chosen, where there is room for it and something to show."""
        view = self._view
        room = view.viewport().rect()
        fits = room.width() >= LEAST.width() and room.height() >= LEAST.height()
        content = view.canvas.content()
        shown = minimaps.shown and fits and not content.isEmpty()
        if shown:
            self._scale = min(
                (LARGEST.width() - 2 * BORDER) / content.width(),
                (LARGEST.height() - 2 * BORDER) / content.height(),
                NEAREST,
            )
            size = (content.size() * self._scale).toSize() + QSize(2 * BORDER, 2 * BORDER)
            size = size.expandedTo(SMALLEST)
            box = QRect(QPoint(room.left() + GAP, room.top() + GAP), size)
            if "right" in minimaps.corner:
                box.moveRight(room.right() - GAP)
            if "bottom" in minimaps.corner:
                box.moveBottom(room.bottom() - GAP)
            if box.size() != self.size():
                self._picture = None
            self._box = box
            self.setGeometry(box)
        if shown == self.isHidden():
            self._held = None
            self.setVisible(shown)
            self.raise_()

    def graph_changed(self) -> None:
        """Draw anew when it is next seen: the graph, the colours or what is known of it is another."""
        self._picture = None
        if minimaps.shown:
            self.place()
            self.update()

    def look(self) -> None:
        """Show which part of the canvas is seen now."""
        if not self.isHidden():
            self.move(self._box.topLeft())
            self.update()

    # -- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and the frame round what is seen."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        look = self._view.canvas.look
        seen, whole = self.seen(), QRectF(self.rect())
        painter = QPainter(self)
        try:
            painter.drawPixmap(QPointF(), self._picture)
            veil = QColor(look.canvas)
            veil.setAlpha(100)
            unseen = QPainterPath()
            unseen.addRect(whole)
            unseen.addRect(seen)
            painter.fillPath(unseen, veil)
            painter.setPen(QPen(look.selection, 2.0))
            painter.drawRect(seen)
            painter.setPen(QPen(look.border_hover, 1.0))
            painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
        finally:
            # A painter that is left open after an error takes the whole process down.
            painter.end()

    def _drawn(self, ratio: float) -> QPixmap:
        canvas = self._view.canvas
        content = canvas.content()
        wide, high = self.width() / self._scale, self.height() / self._scale
        middle = content.center()
        self._area = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(canvas.look.canvas)
        painter = QPainter(picture)
        try:
            painter.scale(self._scale, self._scale)
            painter.translate(-self._area.topLeft())
            canvas.far.draw(painter, self._area, self._scale, small=True)
        finally:
            painter.end()
        return picture

    def seen(self) -> QRectF:
        """Give the part that is seen, in pixels of the minimap; at its edge where it lies beyond."""
        camera, port = self._view.camera, QRectF(self._view.viewport().rect())
        part = QRectF(
            self._at(camera.to_scene(port.topLeft())), self._at(camera.to_scene(port.bottomRight()))
        )
        whole = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)

        def within(low: float, high: float, first: float, last: float) -> tuple[float, float]:
            low, high = min(max(low, first), last - SHORTEST), max(min(high, last), first + SHORTEST)
            return (low, high) if high - low >= SHORTEST else (low, low + SHORTEST)

        left, right = within(part.left(), part.right(), whole.left(), whole.right())
        top, bottom = within(part.top(), part.bottom(), whole.top(), whole.bottom())
        return QRectF(QPointF(left, top), QPointF(right, bottom))

    def _at(self, scene: QPointF) -> QPointF:
        """Give the pixel of a point of the canvas."""
        return (scene - self._area.topLeft()) * self._scale

    # -- the pointer ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look elsewhere; the frame is taken where it is held. The right button offers the corners."""
        event.accept()
        if event.button() == Qt.MouseButton.RightButton:
            self._offer(event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            seen = self.seen()
            inside = seen.contains(event.position())
            self._held = event.position() - seen.center() if inside else QPointF()
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is seen along."""
        event.accept()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        event.accept()
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two clicks, and none of them is the canvas's."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the middle of what is seen."""
        event.accept()
        turn = event.angleDelta().y() or event.angleDelta().x()
        camera = self._view.camera
        camera.set_zoom(camera.zoom * STEP ** (turn / 120.0))

    def _go(self, at: QPointF) -> None:
        if self._held is not None and not self._area.isNull():
            self._view.bubble.hide()
            self._view.camera.centre(self._area.topLeft() + (at - self._held) / self._scale)

    def _offer(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for corner, text in CORNERS.items():
            action = menu.addAction(say(text))
            action.setCheckable(True)
            action.setChecked(corner == minimaps.corner)
            action.triggered.connect(lambda _=False, corner=corner: minimaps.set(True, corner))
        menu.addSeparator()
        menu.addAction(say(Message("Hide the minimap"))).triggered.connect(lambda: minimaps.toggle())
        menu.popup(at)
