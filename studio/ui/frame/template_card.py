"""A template as a card: its picture, its title and what it is about; a button for mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton

from studio.ui.looks.icons import icon
from studio.ui.looks.theme import FONT_BASE, FONT_SMALL, RADIUS_LARGE, SPACE, SPACE_SMALL, colour, font
from studio.ui.widgets.plain import tip

CARD = QSize(264, 236)
PICTURE = QSize(262, 136)


class Card(QAbstractButton):
    """A template as a picture with its title and what it is about; a button for mouse and keys."""

    pressed_twice = Signal()
    """It was double-clicked, or Enter was pressed on it."""

    def __init__(self, title: str, summary: str, name: str) -> None:
        """Make the card without its picture.

        Args:
            title: in bold.
            summary: below it, in two lines.
            name: the icon that stands for the picture until there is one.
        """
        super().__init__()
        self._title, self._summary, self._name = title, summary, name
        self._picture: QPixmap | None = None
        self._aside = self._caption = self._order = ""
        self._share = 0.0
        self.setText(title)
        self.setAccessibleDescription(summary)
        self.setToolTip(tip(summary))
        self.setFixedSize(CARD)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_picture(self, picture: QPixmap) -> None:
        """Show how the template's network looks."""
        self._picture = picture
        self.update()

    def set_facts(self, caption: str, order: str, share: float) -> None:
        """Show a line below the title, a place on the ladder, and how much of the lesson is done.

        Args:
            caption: what it is for, how long it takes.
            order: its place; empty for none.
            share: from 0 to 1.
        """
        self._caption, self._order, self._share = caption, order, share
        self.setAccessibleDescription(f"{caption}. {self._summary}")
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell that it was pressed twice."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed_twice.emit()

    def set_aside(self, text: str) -> None:
        """Show a short text at the right of the title, such as how many parameters there are."""
        self._aside = text
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too, as a list entry would be."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.pressed_twice.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bounds = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(bounds, RADIUS_LARGE, RADIUS_LARGE)
        painter.fillPath(shape, colour("pressed" if self.isDown() else "raised"))
        painter.save()
        painter.setClipPath(shape)
        top = QRect(1, 1, PICTURE.width(), PICTURE.height())
        painter.fillRect(top, colour("canvas"))
        if self._picture is not None:
            painter.drawPixmap(top, self._picture)
        else:
            mark = icon(self._name, "muted").pixmap(QSize(40, 40))
            painter.drawPixmap(top.center().x() - 20, top.center().y() - 20, mark)
        painter.restore()
        self._draw_step(painter)
        painter.setPen(QPen(colour("border"), 1))
        painter.drawLine(1, PICTURE.height() + 1, self.width() - 1, PICTURE.height() + 1)
        lit = self.hasFocus() or self.underMouse() or self.isChecked()
        thick = 2 if self.hasFocus() or self.isChecked() else 1
        painter.setPen(QPen(colour("accent" if lit else "border"), thick))
        painter.drawPath(shape)
        text = QRect(SPACE, PICTURE.height() + SPACE_SMALL + 2, self.width() - 2 * SPACE, 22)
        painter.setPen(colour("muted"))
        painter.setFont(font(FONT_SMALL))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._aside)
        aside = painter.fontMetrics().horizontalAdvance(self._aside) + SPACE_SMALL if self._aside else 0
        painter.setPen(colour("text"))
        bold = font(FONT_BASE, bold=True)
        lines = QFontMetrics(bold).lineSpacing()
        room = text.adjusted(0, (text.height() - lines) // 2, 0, lines)
        below = max(_draw_lines(painter, self._title, bold, room, aside), text.bottom() + 1)
        painter.setPen(colour("muted"))
        painter.setFont(font(FONT_SMALL))
        if self._caption:
            said = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text.left(), below + painter.fontMetrics().ascent(), said)
            below += painter.fontMetrics().lineSpacing() + 3
        painter.setPen(colour("text" if self._caption else "muted"))
        under = QRect(text.left(), below, text.width(), self.height() - below - SPACE_SMALL)
        _draw_lines(painter, self._summary, font(FONT_SMALL + 1), under)

    def _draw_step(self, painter: QPainter) -> None:
        """Draw the place on the ladder, with a ring round it that closes as the lesson is done."""
        if not self._order and not self._share:
            return
        disc = QRectF(SPACE_SMALL + 2, SPACE_SMALL + 2, 24, 24)
        done = self._share >= 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("good" if done else "raised"))
        painter.drawEllipse(disc)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("border_strong"), 1.0))
        painter.drawEllipse(disc)
        if self._share and not done:
            painter.setPen(QPen(colour("good"), 2.5))
            painter.drawArc(disc, 90 * 16, -round(self._share * 360 * 16))
        painter.setFont(font(FONT_SMALL, bold=True))
        painter.setPen(colour("panel" if done else "text"))
        said = self._order or "✓"
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, said)


def _draw_lines(painter: QPainter, said: str, with_font: QFont, room: QRect, aside: int = 0) -> int:
    """Draw a text in as many lines as there is room for, the last one cut with an ellipsis.

    Args:
        painter: draws it in its colour.
        said: the text.
        with_font: what it is written in.
        room: where there is room.
        aside: how much narrower the first line is.

    Returns:
        What is free below it.
    """
    metrics = QFontMetrics(with_font)
    layout = QTextLayout(said, with_font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    painter.setFont(with_font)
    layout.beginLayout()
    height, y, wide = metrics.lineSpacing(), room.top(), room.width() - aside
    while (line := layout.createLine()).isValid():
        line.setLineWidth(wide)
        begin, length = line.textStart(), line.textLength()
        text = said[begin : begin + length]
        last = y + 2 * height > room.bottom() + 1
        if last and begin + length < len(said):
            text = metrics.elidedText(said[begin:], Qt.TextElideMode.ElideRight, wide)
        painter.drawText(room.left(), y + metrics.ascent(), text)
        y, wide = y + height, room.width()
        if last:
            break
    layout.endLayout()
    return y
