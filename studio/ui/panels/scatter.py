"""What a network answered over what was right, for numbers: on the line is perfect."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.figures import measure
from studio.ui.text import languages, live, tr
from studio.ui.theme import FONT_SMALL, SPACE_SMALL, colour, font, themes

MOST = 2000
"""How many points are drawn; more only cover each other."""


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
        """Draw the points."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_SMALL))
        line = painter.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(line + SPACE_SMALL, SPACE_SMALL, -SPACE_SMALL, -2 * line)
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("field"))
        painter.drawRect(area)
        if not self._points or area.width() < 20 or area.height() < 20:
            return
        values = [value for point in self._points for value in point]
        low, high = min(values), max(values)
        spread = (high - low) or 1.0

        def place(true: float, answer: float) -> QPointF:
            x = area.left() + area.width() * (true - low) / spread
            return QPointF(x, area.bottom() - area.height() * (answer - low) / spread)

        painter.setPen(QPen(colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(place(low, low), place(high, high))
        ink = colour("series0")
        ink.setAlphaF(0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for true, answer in self._points:
            painter.drawEllipse(place(true, answer), 3.0, 3.0)
        painter.setPen(colour("muted"))
        below = QRectF(area.left(), area.bottom() + 2, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, measure(low))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, measure(high))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, tr("True value"))
        painter.translate(0, area.bottom())
        painter.rotate(-90)
        beside = QRectF(0, 0, area.height(), line)
        painter.drawText(beside, Qt.AlignmentFlag.AlignHCenter, tr("Answer"))
