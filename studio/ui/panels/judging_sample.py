"""One sample as a person looks at it: a picture, words or a row, with what the network says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.graph import Message
from studio.ui.looking.judging import Judge
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import (
    FONT_BASE,
    FONT_SMALL,
    RADIUS_SMALL,
    SPACE_SMALL,
    SPACE_TINY,
    colour,
    font,
    themes,
)
from studio.ui.panels.bars import Bars
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure
from studio.ui.words.text import fixed, languages, live, say

if TYPE_CHECKING:
    from studio.train.judging.answers import Shown

FOR, AGAINST = QColor("#E8590C"), QColor("#2F6FDE")
"""What speaks for an answer and what speaks against it: apart for colour-blind eyes too."""

FEW = 4
"""Classes that are told beside a view: the likeliest."""

_MOST_ROWS = 200


def image_of(found: tuple[int, int, int, bytes]) -> QImage:
    """Give a sample as an image."""
    width, height, channels, data = found
    form = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    return QImage(data, width, height, channels * width, form).copy()  # it only borrows the bytes


class SampleLook(QWidget):
    """Draws a sample, and over it how much each part of it speaks for an answer."""

    chosen = Signal(int)
    """A word or a column was clicked: its place."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.shown: Shown | None = None
        self._image = QImage()
        self.heat: tuple[float, ...] = ()
        self._over = QImage()
        self._soft = False
        self.overlay = 0.75
        self.marks: tuple[bool | None, ...] = ()
        self.under: tuple[str, ...] = ()
        self._high = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "Sample")
        themes.changed.connect(self.update)

    def show_sample(
        self,
        shown: Shown | None,
        heat: Sequence[float] = (),
        *,
        marks: Sequence[bool | None] = (),
        under: Sequence[str] = (),
    ) -> None:
        """Show a sample.

        Args:
            shown: the sample; None for nothing.
            heat: for each pixel, word or column from -1 to 1.
            marks: for each word whether it is right; None for neither.
            under: for each word what stands below it.
        """
        self.shown, self.heat = shown, tuple(heat)
        self.marks, self.under = tuple(marks), tuple(under)
        self._image = QImage()
        self._over, self._soft = QImage(), False
        if shown is not None and shown.picture is not None:
            self._image = image_of(shown.picture)
            width, height = shown.picture[:2]
            if len(heat) == width * height:
                self._over = heat_image(width, height, heat)
        self.updateGeometry()
        self.update()

    def lay_over(self, over: QImage, *, soft: bool = False) -> None:
        """Lay another image over the picture.

        Args:
            over: the image.
            soft: whether its pixels are coarse, and run into each other.
        """
        self._over, self._soft = over, soft
        self.update()

    def set_overlay(self, share: float) -> None:
        """Have what lies over the picture more or less dense."""
        self.overlay = share
        self.update()

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(180, 160)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(96, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sample."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_SMALL))
        shown = self.shown
        if shown is None:
            return
        if not self._image.isNull():
            self._paint_picture(painter)
        elif shown.words:
            self._paint_words(painter, shown.words)
        else:
            self._paint_row(painter, shown.row)

    def _paint_picture(self, painter: QPainter) -> None:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - size.width()) / 2,
            (self.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        large = size.width() < 2 * self._image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, large)
        image = self._image
        if not self._over.isNull() and self.heat:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)  # so that colours are the heat's
        painter.drawImage(place, image)
        if not self._over.isNull():
            painter.setOpacity(self.overlay)
            soft = large or self._soft or bool(self.heat)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, soft)
            painter.drawImage(place, self._over)
            painter.setOpacity(1.0)
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_words(self, painter: QPainter, words: Sequence[str]) -> None:
        painter.setFont(font(FONT_BASE))
        metrics, small = QFontMetricsF(painter.font()), QFontMetricsF(font(FONT_SMALL))
        high = metrics.height() + 4
        below = small.height() if self.under else 0.0
        x = y = 2.0
        middle = Qt.AlignmentFlag.AlignCenter
        for number, word in enumerate(words):
            name = self.under[number] if number < len(self.under) else ""
            wide = max(metrics.horizontalAdvance(word), small.horizontalAdvance(name)) + 2 * SPACE_TINY + 4
            wide = min(wide, self.width() - 4.0)
            if x + wide > self.width() and x > 2:
                x, y = 2.0, y + high + below + SPACE_TINY
            if y > self.height():
                break
            box = QRectF(x, y, wide, high)
            self._ground(painter, box, number)
            painter.setFont(font(FONT_BASE))
            painter.setPen(colour("text"))
            painter.drawText(box, middle, metrics.elidedText(word, Qt.TextElideMode.ElideRight, wide))
            if name:
                painter.setFont(font(FONT_SMALL))
                mark = self.marks[number] if number < len(self.marks) else None
                painter.setPen(colour("muted" if mark is None else "good" if mark else "error"))
                painter.drawText(QRectF(x, y + high - 1, wide, below), middle, name)
            x += wide + SPACE_TINY
        self._high = y + high + below

    def _ground(self, painter: QPainter, box: QRectF, number: int) -> None:
        mark = self.marks[number] if number < len(self.marks) else None
        value = self.heat[number] if number < len(self.heat) else 0.0
        ground = QColor(colour("hover"))
        edge = colour("border")
        if mark is not None:
            ground, edge = colour("good_soft" if mark else "error_soft"), colour("good" if mark else "error")
        elif self.heat:
            ground = QColor(FOR if value > 0 else AGAINST)
            ground.setAlphaF(0.75 * min(abs(value), 1.0))
        painter.setPen(QPen(edge, 1.0))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
        if mark is False:  # not by colour alone
            painter.setPen(QPen(edge, 1.5))
            painter.drawLine(box.bottomLeft() + QPointF(3, -2), box.bottomRight() + QPointF(-3, -2))

    def _paint_row(self, painter: QPainter, row: Sequence[tuple[str, float | str]]) -> None:
        """Draw columns below each other with their values, and a bar for each where there is a heat."""
        if not row:
            return
        metrics = QFontMetricsF(painter.font())
        line = min(metrics.height() + 4, max(metrics.height() - 1, self.height() / len(row)))
        cells = [(name, value if isinstance(value, str) else measure(value)) for name, value in row]
        names = min(max(metrics.horizontalAdvance(name) for name, _ in cells), self.width() * 0.45)
        values = min(max(metrics.horizontalAdvance(value) for _, value in cells), self.width() * 0.3)
        left = names + values + 3 * SPACE_SMALL
        room = self.width() - left - 2
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, (name, value) in enumerate(cells[:_MOST_ROWS]):
            y = number * line
            if y + line > self.height() + 1 and number < len(cells) - 1:
                painter.setPen(colour("muted"))
                painter.drawText(QRectF(0, y - line, names, line), right, "…")
                break
            painter.setPen(colour("muted"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, y, names, line), right, shown)
            painter.setPen(colour("text"))
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, values)
            painter.drawText(QRectF(names + SPACE_SMALL, y, values, line), right, shown)
            if number < len(self.heat) and room > 20:
                middle = left + room / 2
                value_ = self.heat[number]
                bar = QRectF(middle, y + 3, value_ * room / 2, line - 6).normalized()
                painter.fillRect(bar, FOR if value_ > 0 else AGAINST)
                painter.setPen(QPen(colour("border_strong"), 1))
                painter.drawLine(QPointF(middle, y), QPointF(middle, y + line))


def heat_image(width: int, height: int, heat: Sequence[float]) -> QImage:
    """Give a heat as an image: orange for, blue against, clear where there is nothing."""
    data = bytearray()
    for value in heat:
        ink = FOR if value > 0 else AGAINST
        strength = min(abs(value), 1.0)
        data += bytes((ink.red(), ink.green(), ink.blue(), round(255 * strength)))
    return QImage(bytes(data), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


class SampleCard(QWidget):
    """The chosen sample beside a view: itself, what it is taken for, and where to go on with it."""

    why = Signal()
    """It is to be asked why."""
    flow = Signal()
    """It is to be seen flowing through the canvas."""
    closed = Signal()

    def __init__(self, judge: Judge) -> None:
        """Make it empty.

        Args:
            judge: has the sample.
        """
        super().__init__()
        self._judge = judge
        self.said = label(role="muted", wrap=True)
        self.said.setSizePolicy(narrowing())
        self.look = SampleLook()
        self.bars = Bars()
        self.bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.why_button, self.flow_button, self.close_button = QPushButton(), QPushButton(), QToolButton()
        live(self.why_button.setText, "Why?")
        live(self.why_button.setToolTip, "See what in this sample speaks for the answer")
        live(self.flow_button.setText, "On the canvas")
        live(self.flow_button.setToolTip, "See this sample flow through the canvas")
        live_icon(self.close_button, "close", "muted")
        live(self.close_button.setToolTip, "Close")
        live(self.close_button.setAccessibleName, "Close")
        self.why_button.clicked.connect(self.why)
        self.flow_button.clicked.connect(self.flow)
        self.close_button.clicked.connect(self.closed)
        head, under = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        under.setSpacing(SPACE_TINY)
        under.addWidget(self.why_button)
        under.addWidget(self.flow_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addLayout(head)
        column.addWidget(self.look, 3)
        column.addWidget(self.bars, 2)
        column.addLayout(under)
        languages.changed.connect(self.renew)

    def renew(self) -> None:
        """Show the sample that the judge has."""
        tried, answer, opened = self._judge.tried, self._judge.answer, self._judge.opened
        if tried is None or answer is None or opened is None:
            self.look.show_sample(None)
            self.bars.show_chances(())
            return
        self.look.show_sample(tried.shown)
        chances = answer.chances if len(answer.chances) <= FEW else answer.likeliest[:FEW]
        self.bars.show_chances(chances)
        self.bars.setVisible(bool(chances))
        fixed(self.said.setText, say(told_of(self._judge)))


def told_of(judge: Judge) -> Message:
    """Say what a sample is and what it is taken for."""
    tried, answer, opened = judge.tried, judge.answer, judge.opened
    assert tried is not None
    assert answer is not None
    assert opened is not None
    found = opened.evaluation
    number = tried.index
    if answer.kind == "classes" and answer.chances:
        predicted = answer.likeliest[0][0]
        if number is None:
            return Message("Taken for {predicted}.", predicted=predicted)
        true = found.classes[int(found.answers.truth[number])]
        if true == predicted:
            return Message("Sample {number}: it is {true}, and taken for it.", number=number, true=true)
        return Message(
            "Sample {number}: it is {true}, taken for {predicted}.",
            number=number,
            true=true,
            predicted=predicted,
        )
    if answer.kind == "numbers" and answer.numbers:
        said = ", ".join(map(measure, answer.numbers[:4])) + (" …" if len(answer.numbers) > 4 else "")
        if number is None or found.every != 1 or found.width > 4:
            return Message("Answer: {answer}", answer=said)
        true = ", ".join(map(measure, found.true[number * found.width : (number + 1) * found.width]))
        return Message(
            "Sample {number}: the answer is {answer}, true is {true}.", number=number, answer=said, true=true
        )
    if number is None:
        return Message("A sample of your own")
    return Message("Sample {number}", number=number)
