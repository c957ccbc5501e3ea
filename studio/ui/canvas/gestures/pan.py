"""Moving the canvas itself under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.ui.canvas.gestures.base import NOTHING, Commit, Gesture, Pointer
from studio.ui.canvas.hits import Hit

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


class Pan(Gesture):
    """Drags the canvas."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit) -> None:
        """Take hold of the canvas."""
        super().__init__(view, start, hit)
        self._last = start.view
        self._begin = view.camera.offset()

    def move(self, pointer: Pointer) -> None:
        """Let the canvas follow."""
        self.moved(pointer)
        way = pointer.view - self._last
        self._last = pointer.view
        self.view.camera.pan(way.x(), way.y())

    def release(self, pointer: Pointer) -> Commit | None:
        """Leave it there."""
        return NOTHING

    def cancel(self) -> None:
        """Put the canvas back."""
        self.view.camera.set_offset(*self._begin)
