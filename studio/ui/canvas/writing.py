"""Renaming a node, titling a frame, writing a note, in the place where each is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont

from studio.graph import Message
from studio.ui.canvas import editing
from studio.ui.canvas.decor import HEADER
from studio.ui.canvas.editor import Done, Editor
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.paint import TEXT_LEFT, name_middle
from studio.ui.looks.theme import FONT_BASE, theme

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

SMALLEST = 11
"""Pixels of text in an editor, however far the canvas is zoomed out."""


class Writing:
    """The editor of one canvas; there is never more than one."""

    def __init__(self, view: CanvasView) -> None:
        """Write on a view."""
        self._view = view
        self._open: Editor | None = None

    @property
    def editor(self) -> Editor | None:
        """What is being written in."""
        return self._open

    def stop(self, *, keep: bool) -> None:
        """End what is being written."""
        editor, self._open = self._open, None
        if editor is not None:
            editor.finish(keep=keep)

    def rename(self, node: str) -> None:
        """Write the name of a node."""
        view = self._view
        item = view.canvas.nodes[node]
        left = TEXT_LEFT if not item.card.shape.small else 36.0
        box = item.body()
        place = QRectF(box.left() + left - 6.0, box.top() + name_middle(item.card) - 11.0, WIDTH - left, 22.0)
        name = view.canvas.cards.graph.nodes[node].name

        self._write(place, name, lambda text: view.commands.rename(node, text))

    def title(self, frame: str, *, new: bool = False) -> None:
        """Write the title of a frame, as a part of the last step where the frame is new."""
        view, ref = self._view, self._view.ref
        known = view.canvas.frames[frame].frame
        box = view.canvas.frames[frame].box()
        place = QRectF(
            box.left() + 6.0, box.top() + 2.0, max(min(box.width() - 12.0, 260.0), 80.0), HEADER - 4.0
        )

        step = self._step(new)

        def done(text: str) -> None:
            view.document.attempt(
                Message("Rename a frame"),
                lambda p: editing.with_frame(p, ref, dataclasses.replace(known, title=text)),
            )
            step()

        self._write(place, known.title, done)

    def note(self, note: str, *, new: bool = False) -> None:
        """Write the text of a note, as a part of the last step where the note is new."""
        view, ref = self._view, self._view.ref
        known = view.canvas.notes[note].note

        step = self._step(new)

        def done(text: str) -> None:
            view.document.attempt(
                Message("Write a note"),
                lambda p: editing.with_note(p, ref, dataclasses.replace(known, text=text)),
            )
            step()

        self._write(view.canvas.notes[note].box(), known.text, done, note=True)

    def _step(self, new: bool) -> Callable[[], None]:
        """Give what makes one step of the last one and what is written, where nothing came between."""
        document, last = self._view.document, self._view.document.history.position

        def join() -> None:
            if new and document.history.position == last + 1:
                document.join(last - 1)

        return join

    def _write(self, place: QRectF, text: str, done: Done, *, note: bool = False) -> None:
        self.stop(keep=True)
        self._open = Editor(
            self._view.viewport(), self._place(place), self._font(bold=not note), text, done, note=note
        )
        if not note:
            tokens = theme()
            self._open.field.setStyleSheet(
                f"QLineEdit {{ background: {tokens.field}; color: {tokens.text}; padding: 0 5px;"
                f" border: 1px solid {tokens.accent}; border-radius: 4px; min-height: 0; }}"
            )

    def _place(self, box: QRectF) -> QRect:
        """Give a box of the canvas in pixels of the view, no smaller than can be written in."""
        shown = self._view.viewportTransform().mapRect(box)
        wide, high = max(shown.width(), 90.0), max(shown.height(), 20.0)
        return QRectF(shown.left(), shown.top(), wide, high).toAlignedRect()

    def _font(self, *, bold: bool = False) -> QFont:
        made = QFont(self._view.font())
        made.setPixelSize(max(round(FONT_BASE * self._view.camera.zoom), SMALLEST))
        made.setBold(bold)
        return made
