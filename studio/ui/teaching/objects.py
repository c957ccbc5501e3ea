"""The equations and the pictures of a page: how much room they take, and how they are drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from studio.project.lesson import Piece
from studio.ui.looks.theme import colour
from studio.ui.teaching.equations import Equation

EQUATION, PICTURE = QTextFormat.ObjectTypes.UserObject + 1, QTextFormat.ObjectTypes.UserObject + 2
NUMBER = QTextFormat.Property.UserProperty + 1
"""Which equation or picture an object of the text is."""

OBJECT = "\ufffc"
"""Stands in a text for an object."""

LETTERS = 1.08
"""How large the letters of equations are against those around them, so that both look alike."""

SMALLEST = 0.55
"""To what share of its size a wide equation is made smaller."""

WIDEST_PICTURE = 640


class Objects(QPyTextObject):
    """Draws the equations and the pictures of a page."""

    def __init__(self, document: QTextDocument, size: float) -> None:
        """Begin without any; letters of the text have a size in pixels."""
        super().__init__(document)
        self.size = size
        self.equations: list[tuple[Piece, Equation]] = []
        self.pictures: list[QImage] = []
        for kind in (EQUATION, PICTURE):
            document.documentLayout().registerHandler(kind, self)

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        """Give the room that an object takes."""
        number = int(format.property(NUMBER))
        room = _room(doc)
        if format.objectType() == PICTURE:
            image = self.pictures[number]
            wide = min(image.width() / image.devicePixelRatio(), room, WIDEST_PICTURE)
            return QSizeF(wide, wide * image.height() / max(image.width(), 1))
        equation, size = self.equations[number][1], self._letters(number, room)
        above, below = equation.ascent * size, equation.descent * size
        char = format.toCharFormat()
        if char.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignMiddle:
            half = QFontMetricsF(char.font()).xHeight() / 2
            return QSizeF(equation.width * size, max(2 * above - half, 2 * below + half))
        return QSizeF(equation.width * size, above)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        """Draw an object at its place."""
        rect = QRectF(rect)
        number = int(format.property(NUMBER))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if format.objectType() == PICTURE:
            painter.drawImage(rect, self.pictures[number])
            painter.setPen(QPen(colour("border"), 1.0))
            painter.drawRect(rect)
        else:
            char = format.toCharFormat()
            baseline = rect.bottom()
            if char.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignMiddle:
                # Qt puts the middle of such an object half an x above the line.
                baseline = rect.top() + (rect.height() + QFontMetricsF(char.font()).xHeight() / 2) / 2
            size = self._letters(number, _room(doc))
            self.equations[number][1].draw(painter, rect.left(), baseline, size, colour("text"))
        painter.restore()

    def _letters(self, number: int, room: float) -> float:
        """Give the size of an equation's letters: smaller where it would not fit."""
        size = self.size * LETTERS
        wide = self.equations[number][1].width * size
        return size * max(min(1.0, room / wide), SMALLEST) if wide > room else size

    def format_of(self, piece: Piece, equation: Equation, around: QFont) -> QTextCharFormat:
        """Give the format of an object that shows an equation."""
        self.equations.append((piece, equation))
        given = QTextCharFormat()
        given.setObjectType(EQUATION)
        given.setProperty(NUMBER, len(self.equations) - 1)
        given.setFont(around)
        metrics = QFontMetricsF(around)
        if equation.descent * self.size * LETTERS > metrics.descent() + 0.5 * metrics.leading() + 1.0:
            given.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        return given


def _room(document: QTextDocument) -> float:
    """Give how wide a line of the page is."""
    margins = document.rootFrame().frameFormat()
    wide = document.textWidth() - margins.leftMargin() - margins.rightMargin() - 2 * document.documentMargin()
    return max(wide, 80.0)
