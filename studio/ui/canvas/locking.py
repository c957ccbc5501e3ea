"""Locks a canvas: it can be looked at, and things on it chosen and copied, and nothing on it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from studio.graph import Message
from studio.project.locking import lock
from studio.ui.canvas.gestures.base import Gesture, Pointer
from studio.ui.looks.icons import live_icon
from studio.ui.words.text import live

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

LOOKING = frozenset(
    """
    open copy select_all invert upstream downstream frame_selection frame_all zoom_100 zoom_in zoom_out
    minimap minimap_corner picture menu walk_left walk_right walk_up walk_down next_wire last_wire keep lock
    """.split()
)
"""The commands that change nothing, by their ids."""

EDGE = 12
"""How far the mark stands from the edges of the canvas."""


class LockMark(QPushButton):
    """Says on a canvas that it is locked; a click unlocks it."""

    def __init__(self, view: CanvasView) -> None:
        """Stand over a canvas, hidden while it is not locked."""
        super().__init__(view.viewport())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        live_icon(self, "lock")
        live(self.setText, "Locked")
        live(self.setToolTip, "Nothing on this canvas can be changed. Click to unlock it.")
        live(self.setAccessibleName, "Unlock the canvas")
        self.clicked.connect(lambda: toggle_lock(view))
        self._view = view
        view.document.changed.connect(self.look)
        view.document.replaced.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show whether the canvas is locked."""
        self.setVisible(self._view.locked)
        self.adjustSize()
        self.place()

    def place(self) -> None:
        """Stand in the upper left corner, whatever is scrolled beneath."""
        if not self.isHidden():
            self.move(QPoint(EDGE, EDGE))


def toggle_lock(view: CanvasView) -> None:
    """Lock a canvas, or unlock it."""
    view.interrupt()
    ref, on = view.ref, not view.locked
    if view.document.attempt(
        Message("Lock the canvas") if on else Message("Unlock the canvas"),
        lambda project: lock(project, ref, on),
    ):
        view.message.emit(
            Message("The canvas is locked: nothing on it is changed.")
            if on
            else Message("The canvas is unlocked.")
        )


def refused(view: CanvasView) -> bool:
    """Tell whether a canvas is locked, and say so where it is."""
    if view.locked:
        view.message.emit(Message("The canvas is locked. Unlock it to change something."))
    return view.locked


class Held(Gesture):
    """Holds what cannot be moved: a drag says why."""

    def move(self, pointer: Pointer) -> None:
        """Say once that nothing moves."""
        before = self.dragged
        if self.moved(pointer) and not before:
            refused(self.view)
