"""Selecting what lies in a box drawn by the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from studio.ui.canvas.gestures.base import CTRL, NOTHING, SHIFT, Commit, Gesture, Pointer
from studio.ui.canvas.hits import Hit

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


class BoxSelect(Gesture):
    """Draws a box: what it touches is selected, added with Shift, toggled with Ctrl."""

    scrolls = True

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit) -> None:
        """Begin on the empty canvas."""
        super().__init__(view, start, hit)
        chosen = self.canvas.selection
        self._before = (set(chosen.nodes), set(chosen.wires), set(chosen.frames), set(chosen.notes))
        self._box = QRectF(start.scene, start.scene)

    def move(self, pointer: Pointer) -> None:
        """Select what lies in the box now."""
        if not self.moved(pointer):
            return
        self._box = QRectF(self.start.scene, pointer.scene).normalized()
        box = self._box
        inside = set(self.canvas.field.touching(box.left(), box.top(), box.right(), box.bottom()))
        notes = {id for id, item in self.canvas.notes.items() if item.box().intersects(box)}
        # A frame is chosen as a whole: boxes are often drawn inside one.
        frames = {id for id, item in self.canvas.frames.items() if box.contains(item.box())}
        nodes_before, wires_before, frames_before, notes_before = self._before
        if self.start.held(CTRL):
            chosen = (nodes_before ^ inside, frames_before ^ frames, notes_before ^ notes)
        elif self.start.held(SHIFT):
            chosen = (nodes_before | inside, frames_before | frames, notes_before | notes)
        else:
            chosen = (inside, frames, notes)
        keep = wires_before if self.start.held(CTRL) or self.start.held(SHIFT) else set()
        self.canvas.selection.set(nodes=chosen[0], wires=keep, frames=chosen[1], notes=chosen[2])
        self.view.viewport().update()

    def release(self, pointer: Pointer) -> Commit | None:
        """Keep what is selected; a mere click on the canvas selects nothing."""
        if not self.dragged and not self.start.held(SHIFT) and not self.start.held(CTRL):
            self.canvas.selection.set()
        return NOTHING

    def cancel(self) -> None:
        """Select what was selected before."""
        nodes, wires, frames, notes = self._before
        self.canvas.selection.set(
            nodes & self.canvas.nodes.keys(),
            wires & self.canvas.wires.keys(),
            frames & self.canvas.frames.keys(),
            notes & self.canvas.notes.keys(),
        )

    def paint(self, painter: QPainter) -> None:
        """Draw the box."""
        if self.dragged:
            pen = QPen(self.canvas.look.selection, 1.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(self.canvas.look.selection_fill)
            painter.drawRect(self._box)
