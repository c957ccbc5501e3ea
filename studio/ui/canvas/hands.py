"""What the pointer does on the canvas: it begins, guides and ends gestures, and drops blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QMouseEvent, QPainter

from studio.ui.canvas.gestures.base import ALT, CTRL, Commit, Gesture, Pointer
from studio.ui.canvas.gestures.cut import Cut
from studio.ui.canvas.gestures.drop import Drop
from studio.ui.canvas.gestures.pan import Pan
from studio.ui.canvas.gestures.pull import PullWire
from studio.ui.canvas.gestures.start import begin, begin_locked, double_click
from studio.ui.canvas.hits import Hit, hit
from studio.ui.canvas.locking import refused

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton

BORDER = 28
"""Pixels from the edge of the view in which a drag moves the canvas along."""

FASTEST = 24.0
"""Pixels that the canvas moves at most in a frame."""


class Hands:
    """The pointer of one canvas.

    Attributes:
        gesture: what a person is doing now.
        drop: the block that is being dragged in from the palette.
        space: whether the space bar is held, by which the left button pans.
        panned: whether it was used for that, so that letting it go means nothing more.
        pointer: where the pointer is, in pixels of the view; None when it is elsewhere.
    """

    def __init__(self, view: CanvasView) -> None:
        """Work on a view."""
        self._view = view
        self.gesture: Gesture | None = None
        self.drop: Drop | None = None
        self.space = False
        self.panned = False
        self.pointer: QPointF | None = None
        self._button = Qt.MouseButton.NoButton
        self._last: Pointer | None = None
        self._edge = QTimer(view)
        self._edge.setInterval(16)
        self._edge.timeout.connect(self._scroll)

    def _at(self, event: QMouseEvent) -> Pointer:
        at = event.position()
        return Pointer(at, self._view.camera.to_scene(at), event.modifiers())

    def begin(self, gesture: Gesture | None) -> None:
        """Take up a gesture."""
        self.gesture = gesture
        if gesture is not None and gesture.cursor is not None:
            self._view.viewport().setCursor(gesture.cursor)

    def end(self, commit: Commit | None = None) -> None:
        """End what is being done: do it, or put everything back when nothing is given."""
        gesture, self.gesture = self.gesture, None
        self._edge.stop()
        if gesture is None:
            return
        self._view.viewport().unsetCursor()
        try:
            if commit is None:
                gesture.cancel()
        finally:
            gesture.finish()
            self._view.viewport().update()
        if commit is not None:
            commit()

    def press(self, event: QMouseEvent, *, twice: bool = False) -> None:
        """Begin a gesture, or go on with one that lasts from click to click."""
        pointer, button = self._at(event), event.button()
        if self.gesture is not None:
            # Another button in the middle of a drag gives it up.
            if button != LEFT or self._button != LEFT:
                self.end()
            self._button = button
            return
        self._button = button
        found = hit(self._view.canvas, pointer.scene)
        if button == MIDDLE or (button == LEFT and self.space):
            self.panned = True
            self.begin(Pan(self._view, pointer, found))
        elif self._view.locked and (button == LEFT or (button == RIGHT and pointer.held(CTRL))):
            self.begin(begin_locked(self._view, pointer, found, twice=twice) if button == LEFT else None)
        elif button == RIGHT and pointer.held(CTRL):
            self.begin(Cut(self._view, pointer, found))
        elif button == RIGHT:
            self._view.choose_for_menu(found)
        elif button == LEFT:
            self.begin((double_click if twice else begin)(self._view, pointer, found))

    def move(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or show what is under the pointer."""
        pointer = self._at(event)
        self.pointer = pointer.view
        if self.gesture is not None:
            self._last = pointer
            self.gesture.move(pointer)
            at_edge = self.gesture.scrolls and self.gesture.dragged and bool(event.buttons())
            if at_edge and self._push(pointer.view) != (0.0, 0.0):
                self._edge.start()
            else:
                self._edge.stop()
        else:
            self._hover(hit(self._view.canvas, pointer.scene))

    def _push(self, at: QPointF) -> tuple[float, float]:
        """Give how far the canvas moves a frame: the faster, the farther the pointer is out."""
        seen = self._view.viewport().rect()

        def push(place: float, low: int, high: int) -> float:
            out = min(0.0, place - low - BORDER) or max(0.0, place - high + BORDER)
            return -min(max(out / 2, -FASTEST), FASTEST)

        return push(at.x(), seen.left(), seen.right()), push(at.y(), seen.top(), seen.bottom())

    def _scroll(self) -> None:
        """Move the canvas under a pointer that drags at its edge."""
        last, gesture = self._last, self.gesture
        if last is None or gesture is None:
            self._edge.stop()
            return
        self._view.camera.pan(*self._push(last.view))
        self._last = Pointer(last.view, self._view.camera.to_scene(last.view), last.modifiers)
        gesture.move(self._last)

    def release(self, event: QMouseEvent) -> None:
        """End a gesture, or open the menu of the right button."""
        if event.button() != self._button:
            return
        pointer = self._at(event)
        if self.gesture is None:
            if event.button() == RIGHT and not pointer.held(CTRL):
                found = hit(self._view.canvas, pointer.scene)
                self._view.show_menu(found, pointer.view.toPoint(), pointer.scene)
            self._button = Qt.MouseButton.NoButton
            return
        commit = self.gesture.release(pointer)
        if commit is not None:
            self._button = Qt.MouseButton.NoButton
            self.end(commit)

    def leave(self) -> None:
        """The pointer has gone elsewhere."""
        self.pointer = None
        if self.gesture is None:
            self._hover(Hit())

    def _hover(self, found: Hit) -> None:
        canvas, viewport = self._view.canvas, self._view.viewport()
        canvas.hover(found.node)
        canvas.hover_wire(found.wire if found.kind in ("wire", "point") else None)
        if self.space:
            shape = Qt.CursorShape.OpenHandCursor
        elif found.kind == "port":
            shape = PullWire.cursor
        elif found.kind == "point":
            shape = Qt.CursorShape.OpenHandCursor
        elif found.kind == "corner":
            shape = Qt.CursorShape.SizeFDiagCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if viewport.cursor().shape() != shape:
            viewport.setCursor(shape)

    # -- blocks from the palette --------------------------------------------------------------------------

    def drag(self, event: QDragMoveEvent) -> None:
        """Show where a block would go; on a wire it would be put into it, unless Alt is held."""
        if self.drop is None and Drop.carried(event.mimeData()) and not refused(self._view):
            self.drop = Drop.of(self._view, event.mimeData())
        if self.drop is None:
            event.ignore()
            return
        scene = self._view.camera.to_scene(event.position())
        self.drop.move(scene, alone=bool(event.modifiers() & ALT))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def drag_leave(self) -> None:
        """Show no block any more."""
        drop, self.drop = self.drop, None
        if drop is not None:
            drop.end()

    def dropped(self, event: QDropEvent) -> None:
        """Add the block."""
        if self.drop is None and Drop.carried(event.mimeData()) and not refused(self._view):
            self.drop = Drop.of(self._view, event.mimeData())
        drop = self.drop
        if drop is None:
            event.ignore()
            return
        drop.move(self._view.camera.to_scene(event.position()), alone=bool(event.modifiers() & ALT))
        wire, at = drop.wire, drop.at
        self.drag_leave()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._view.commands.add(drop.type, at, drop.composite, wire=wire)

    def paint(self, painter: QPainter) -> None:
        """Draw what is going on."""
        if self.gesture is not None:
            self.gesture.paint(painter)
        if self.drop is not None:
            self.drop.paint(painter)
