"""What a network answered over what was right, for numbers: on the line is perfect."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.figures import measure
from studio.ui.text import languages, live, tr
from studio.ui.theme import FONT_SMALL, SPACE_SMALL, SPACE_TINY, colour, font, themes

MOST = 2000
"""How many points are drawn; more only cover each other."""


_CENTRE = Qt.AlignmentFlag.AlignCenter


class Scatter(QWidget):
    """Points, and the line that they should lie on."""

    def __init__(self) -> None:
        """Make it without points."""
        super().__init__()
        self._points: list[tuple[float, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "Answers over true values")
        themes.changed.connect(self.update)
        languages.changed.connect(self.update)

    @property
    def points(self) -> list[tuple[float, float]]:
        """What is drawn: the true value and the answer."""
        return self._points

    def show_points(self, true: Sequence[float], predicted: Sequence[float]) -> None:
        """Show pairs of what was right and what was answered."""
        pairs = zip(true, predicted, strict=True)
        self._points = [(x, y) for x, y in pairs if math.isfinite(x) and math.isfinite(y)][:MOST]
        self.update()

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(240, 240)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(140, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the points, the line, and round values at both edges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_SMALL))
        values = [value for point in self._points for value in point]
        low, high, marks = round_range(min(values), max(values)) if values else (0.0, 1.0, [])
        metrics = painter.fontMetrics()
        line = metrics.height()
        names = {mark: measure(mark) for mark in marks}
        widest = max(map(metrics.horizontalAdvance, names.values()), default=0)
        beside = line + widest + SPACE_SMALL
        area = QRectF(self.rect()).adjusted(beside, SPACE_SMALL, -widest / 2 - 2, -2 * line - 2)
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("field"))
        painter.drawRect(area)
        if not self._points or area.width() < 20 or area.height() < 20:
            return

        def place(true: float, answer: float) -> QPointF:
            x = area.left() + area.width() * (true - low) / (high - low)
            return QPointF(x, area.bottom() - area.height() * (answer - low) / (high - low))

        # Where there is little room, only every second value is written, or the first and the last.
        every = max(1, math.ceil(len(marks) * (widest + SPACE_SMALL) / area.width()))
        each = max(1, math.ceil(len(marks) * line / area.height()))
        for index, mark in enumerate(marks):
            at = place(mark, mark)
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
            painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
            painter.setPen(colour("muted"))
            if index % every == 0:
                below = QRectF(at.x() - widest, area.bottom() + 2, 2 * widest, line)
                painter.drawText(below, _CENTRE, names[mark])
            if index % each == 0:
                left = QRectF(line, at.y() - line / 2, widest + SPACE_TINY, line)
                painter.drawText(
                    left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, names[mark]
                )
        painter.setPen(QPen(colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(place(low, low), place(high, high))
        ink = colour("series0")
        ink.setAlphaF(0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for true, answer in self._points:
            painter.drawEllipse(place(true, answer), 3.0, 3.0)
        painter.setPen(colour("muted"))
        under = QRectF(area.left(), area.bottom() + line, area.width(), line)
        painter.drawText(under, _CENTRE, tr("True value"))
        painter.translate(0, area.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, area.height(), line), _CENTRE, tr("Answer"))


def round_range(low: float, high: float) -> tuple[float, float, list[float]]:
    """Give a range of round ends around values, and round values within it, a handful of them."""
    largest = max(abs(low), abs(high))
    spread = (high - low if high - low > 1e-9 * largest else largest) or 1.0
    rough = spread / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(one * size for one in (1, 2, 5, 10) if one * size >= rough * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step)
    last += first == last
    # By whole multiples: a sum of steps would drift away from round values.
    marks = [float(f"{index * step:.12g}") for index in range(first, last + 1)]
    return marks[0], marks[-1], marks
