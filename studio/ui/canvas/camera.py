"""How the canvas is looked at: zoom and place, by wheel, pinch, keys and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QInputDevice, QTransform, QWheelEvent

if TYPE_CHECKING:
    from studio.ui.canvas.surface import Surface

Seen = tuple[float, float, float]
"""What is seen of a canvas: the zoom, and the point in the middle of the view."""

FARTHEST, NEAREST = 0.04, 4.0
"""The least and the greatest zoom."""

READABLE = 0.75
"""A graph is first shown no smaller than this, so that its text can be read."""

STEP = 1.15
"""What one notch of a wheel zooms by."""

BORDER = 40.0
"""Room round what is brought into view, in pixels."""

WORLD = 4_000_000.0
"""How far the canvas reaches in every direction, unless something stands farther out."""

PIXELS = 1e9
"""The largest distance that Qt's scroll bars hold, with room to spare."""


class Camera:
    """Zoom and place of one view."""

    def __init__(self, view: Surface) -> None:
        """Look at the origin at 100 %."""
        self._view = view
        self._nearest = NEAREST
        self.moved = False
        """Whether anything was looked at since the first look."""
        self.wanted: Seen | None = None
        """What the first look is to show, in place of the whole graph."""
        self.hold(QRectF())

    @property
    def zoom(self) -> float:
        """Pixels to a canvas unit."""
        return self._view.transform().m11()

    def hold(self, content: QRectF) -> None:
        """Let every part of the canvas be reached, however far out something stands."""
        sides = (content.left(), content.top(), content.right(), content.bottom())
        half = max(WORLD, *(abs(side) + 10_000.0 for side in sides))
        self._nearest = min(NEAREST, PIXELS / half)
        self._view.setSceneRect(-half, -half, 2 * half, 2 * half)

    def seen(self) -> Seen | None:
        """Give what a person chose to look at; None where that was the first look."""
        if not self.moved:
            return self.wanted
        middle = self.to_scene(QPointF(self._view.viewport().rect().center()))
        return self.zoom, middle.x(), middle.y()

    def go_back(self, content: QRectF) -> bool:
        """Look where the first look is to be; not where nothing would be seen, or nothing is wanted."""
        if self.wanted is None:
            return False
        zoom, x, y = self.wanted
        zoom = min(max(zoom, FARTHEST), self._nearest)
        size = self._view.viewport().size()
        window = QRectF(0.0, 0.0, size.width() / zoom, size.height() / zoom)
        window.moveCenter(QPointF(x, y))
        if not window.intersects(content):
            return False
        self.set_zoom(zoom)
        self.centre(QPointF(x, y))
        return True

    def offset(self) -> tuple[int, int]:
        """Give the place as the scroll bars hold it."""
        view = self._view
        return view.horizontalScrollBar().value(), view.verticalScrollBar().value()

    def set_offset(self, x: int, y: int) -> None:
        """Go back to a place that `offset` gave."""
        self._view.horizontalScrollBar().setValue(x)
        self._view.verticalScrollBar().setValue(y)

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by some pixels."""
        self.moved = True
        x, y = self.offset()
        self.set_offset(x - round(dx), y - round(dy))

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; what lies at a point of the view stays there.

        Args:
            zoom: pixels to a canvas unit.
            at: the point in pixels of the view; its middle when not given.
        """
        view = self._view
        self.moved = True
        zoom = min(max(zoom, FARTHEST), self._nearest)
        if abs(zoom - 1.0) < 0.02:
            zoom = 1.0  # a wheel finds 100 % again
        point = at if at is not None else QPointF(view.viewport().rect().center())
        before = self.to_scene(point)
        view.paint_whole()
        view.setTransform(QTransform.fromScale(zoom, zoom))
        self.put(before, point)
        view.zoomed()

    def to_scene(self, at: QPointF) -> QPointF:
        """Give the canvas point under a point of the view, exactly."""
        inverse, _ = self._view.viewportTransform().inverted()
        return inverse.map(at)

    def put(self, scene: QPointF, at: QPointF) -> None:
        """Bring a canvas point to a point of the view."""
        now = self._view.viewportTransform().map(scene)
        self.pan(at.x() - now.x(), at.y() - now.y())

    def centre(self, scene: QPointF) -> None:
        """Bring a canvas point to the middle."""
        self.put(scene, QPointF(self._view.viewport().rect().center()))

    def fit(self, rect: QRectF, *, least: float = FARTHEST, most: float = 1.0) -> None:
        """Bring a part of the canvas into view.

        Args:
            rect: the part.
            least: zoom out no farther; what does not fit is then shown from its left and top.
            most: zoom in no nearer.
        """
        if rect.isEmpty():
            self.set_zoom(1.0)
            self.centre(QPointF(0.0, 0.0))
            return
        space = QRectF(self._view.viewport().rect()).adjusted(BORDER, BORDER, -BORDER, -BORDER)
        wide, high = max(space.width(), 50.0), max(space.height(), 50.0)
        whole = min(wide / rect.width(), high / rect.height(), most)
        zoom = max(whole, least)
        self.set_zoom(zoom)
        self.centre(rect.center())
        broad, tall = rect.width() * zoom > wide + 1.0, rect.height() * zoom > high + 1.0
        if broad or tall:
            corner = QPointF(rect.left() if broad else rect.center().x(), rect.center().y())
            corner.setY(rect.top() if tall else corner.y())
            at = QPointF(BORDER if broad else space.center().x(), BORDER if tall else space.center().y())
            self.put(corner, at)

    def reveal(self, rect: QRectF) -> None:
        """Move as little as needed to see a part of the canvas."""
        shown = self._view.viewportTransform().mapRect(rect)
        space = QRectF(self._view.viewport().rect()).adjusted(BORDER, BORDER, -BORDER, -BORDER)
        dx = min(0.0, space.right() - shown.right()) or max(0.0, space.left() - shown.left())
        dy = min(0.0, space.bottom() - shown.bottom()) or max(0.0, space.top() - shown.top())
        self.pan(dx, dy)

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the pointer by a mouse's wheel; pan by two fingers or with Shift; Ctrl always zooms."""
        fingers = (
            event.device().type() == QInputDevice.DeviceType.TouchPad
            or event.phase() != Qt.ScrollPhase.NoScrollPhase
        )
        way = QPointF(event.pixelDelta())
        if way.isNull():
            way = QPointF(event.angleDelta()) / 2
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if ctrl or not (fingers or shift):
            turn = event.angleDelta().y() or event.angleDelta().x()
            notches = turn / 120.0 if turn else way.y() / 60.0
            self.set_zoom(self.zoom * STEP**notches, event.position())
        elif shift and not fingers:
            self.pan(way.y() or way.x(), 0.0)
        else:
            self.pan(way.x(), way.y())
        event.accept()
