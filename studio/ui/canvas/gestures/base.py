"""What every gesture of the pointer is: it shows what it would do, then does it in one step, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from studio.ui.canvas.hits import Hit

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

Commit = Callable[[], object]
"""What a gesture does when it ends well; called once it is no longer the view's gesture."""

NOTHING: Commit = lambda: None  # noqa: E731  # a name for what a gesture that changes nothing does

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is and what is held down.

    Attributes:
        view: in pixels of the view.
        scene: in canvas units.
        modifiers: the keys held.
    """

    view: QPointF
    scene: QPointF
    modifiers: Qt.KeyboardModifier

    def held(self, key: Qt.KeyboardModifier) -> bool:
        """Tell whether a modifier is held."""
        return bool(self.modifiers & key)


class Gesture:
    """One thing that a person is doing with the pointer, from press to release."""

    cursor: Qt.CursorShape | None = None
    """The pointer's shape meanwhile."""
    scrolls = False
    """Whether the canvas moves along while the pointer drags at its edge."""

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit) -> None:
        """Begin.

        Args:
            view: the canvas.
            start: where the button was pressed.
            hit: what lay there.
        """
        self.view = view
        self.canvas = view.canvas
        self.start = start
        self.hit = hit
        self.dragged = False

    def moved(self, pointer: Pointer) -> bool:
        """Tell, once for all, whether the pointer has gone far enough to count as a drag."""
        if not self.dragged:
            way = pointer.view - self.start.view
            self.dragged = abs(way.x()) + abs(way.y()) >= DRAG
        return self.dragged

    def move(self, pointer: Pointer) -> None:
        """Show what would be done with the pointer here."""

    def press(self, pointer: Pointer) -> None:
        """Take a further press, for a gesture that goes on between clicks."""

    def release(self, pointer: Pointer) -> Commit | None:
        """Give what is to be done now that the button is up; None when the gesture goes on."""
        return NOTHING

    def cancel(self) -> None:
        """Put everything back as it was shown before."""

    def finish(self) -> None:
        """Clear what was shown, whether it ended well or not."""

    def key(self, key: int) -> bool:
        """Take a key pressed meanwhile; tell whether it was for the gesture."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw over the canvas, in canvas units."""


DRAG = 5
"""Pixels from which a press with movement is a drag; small, as a canvas is worked precisely."""
