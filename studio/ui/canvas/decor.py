"""Frames and notes: what a person puts on the canvas beside the nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from studio.graph.layout import Frame, Note
from studio.ui.canvas.card import one_line
from studio.ui.canvas.look import NO_PEN
from studio.ui.looks.theme import RADIUS, RADIUS_LARGE

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

HEADER = 28.0
"""Height of a frame's title: the part by which it is taken."""

CORNER = 16.0
"""Side of the corner by which a frame or a note is made larger."""

LONGEST_NOTE = 4000
"""Characters of a note that are drawn."""


class _Decor(QGraphicsRectItem):
    """What frames and notes share: a box with a corner to pull."""

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__()
        self.canvas = canvas
        self.selected = False
        self.setPen(NO_PEN)

    def box(self) -> QRectF:
        """Give its rectangle on the canvas."""
        return self.mapRectToScene(self.rect()).adjusted(2.0, 2.0, -2.0, -2.0)

    def set_box(self, box: QRectF) -> None:
        """Put it somewhere, in some size."""
        self.setPos(box.topLeft())
        self.setRect(QRectF(0.0, 0.0, box.width(), box.height()).adjusted(-2.0, -2.0, 2.0, 2.0))
        self.update()

    def show_selected(self, selected: bool) -> None:
        """Show whether it is selected."""
        if selected != self.selected:
            self.selected = selected
            self.update()

    def corner(self) -> QRectF:
        """Give the corner that changes its size, on the canvas."""
        box = self.box()
        return QRectF(box.right() - CORNER, box.bottom() - CORNER, CORNER, CORNER)

    def _inner(self) -> QRectF:
        return self.rect().adjusted(2.0, 2.0, -2.0, -2.0)

    def _draw_corner(self, painter: QPainter, colour: QColor) -> None:
        inner = self._inner()
        painter.setPen(QPen(colour, 1.25))
        for reach in (5.0, 9.0):
            painter.drawLine(
                QPointF(inner.right() - 4.0 - reach, inner.bottom() - 4.0),
                QPointF(inner.right() - 4.0, inner.bottom() - 4.0 - reach),
            )


class FrameItem(_Decor):
    """A titled rectangle behind nodes."""

    def __init__(self, canvas: CanvasScene, frame: Frame) -> None:
        """Show a frame."""
        super().__init__(canvas)
        self.frame = frame
        self.setZValue(-20)
        self.show_frame(frame)

    def show_frame(self, frame: Frame) -> None:
        """Show another state of the frame."""
        self.frame = frame
        self.set_box(QRectF(frame.x, frame.y, frame.width, frame.height))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw a soft area with its title."""
        look = self.canvas.look
        family = look.family(self.frame.color or "io")
        box = self._inner()
        soft = QColor(family.fill)
        soft.setAlpha(22)
        painter.setBrush(soft)
        edge = QColor(family.fill)
        edge.setAlpha(110)
        painter.setPen(QPen(look.selection, 2.0) if self.selected else QPen(edge, 1.0))
        painter.drawRoundedRect(box, RADIUS_LARGE, RADIUS_LARGE)
        if self.canvas.zoom >= 0.35:
            title = look.laid(one_line(self.frame.title), look.name_font, max(box.width() - 24.0, 10.0))
            painter.setFont(title.font)
            painter.setPen(family.fill)
            painter.drawStaticText(QPointF(12.0, (HEADER - title.height) / 2), title.static)
            if not self.canvas.still:
                self._draw_corner(painter, edge)


class NoteItem(_Decor):
    """A text stuck to the canvas."""

    def __init__(self, canvas: CanvasScene, note: Note) -> None:
        """Show a note."""
        super().__init__(canvas)
        self.note = note
        self.setZValue(-10)
        self.show_note(note)

    def show_note(self, note: Note) -> None:
        """Show another state of the note."""
        self.note = note
        self.set_box(QRectF(note.x, note.y, note.width, note.height))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the paper and its text, which is never read as markup."""
        look = self.canvas.look
        box = self._inner()
        painter.setPen(QPen(look.selection, 2.0) if self.selected else QPen(look.border, 1.0))
        painter.setBrush(look.warning_soft)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.canvas.zoom >= 0.35:
            painter.setPen(look.text)
            painter.setFont(look.note_font)
            painter.drawText(
                box.adjusted(12.0, 10.0, -12.0, -10.0),
                int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft),
                self.note.text[:LONGEST_NOTE],
            )
            if not self.canvas.still:
                self._draw_corner(painter, look.muted)
