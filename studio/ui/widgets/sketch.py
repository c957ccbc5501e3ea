"""A small line over an axis that may be logarithmic, with one place marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.looks.theme import FONT_SMALL, SPACE, SPACE_SMALL, colour, font, themes
from studio.ui.words.figures import measure

FEW = 10
"""So many points have their own numbers below them."""

_LEFT, _BELOW = 52, 22
"""Pixels for the numbers beside the axes."""


class Sketch(QWidget):
    """Shows points in the order of x."""

    def __init__(self, *, log_x: bool = False) -> None:
        """Make it without points.

        Args:
            log_x: whether x is logarithmic; it must be positive then.
        """
        super().__init__()
        self.name = ""
        self._log = log_x
        self.points: list[tuple[float, float]] = []
        self.mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        themes.changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """Say what x is."""
        self.name = name
        self.setAccessibleName(name)
        self.update()

    def show_points(self, points: Sequence[tuple[float, float]], mark: float | None = None) -> None:
        """Show points; those that are no finite numbers are left out.

        Args:
            points: x and y.
            mark: an x that is marked.
        """
        self.points = [(x, y) for x, y in points if math.isfinite(x) and math.isfinite(y)]
        self.mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        """Take what a dialog gives."""
        return QSize(460, 240)

    def minimumSizeHint(self) -> QSize:
        """Do with little."""
        return QSize(200, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, line and mark."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(FONT_SMALL))
            box = QRectF(self.rect()).adjusted(_LEFT, SPACE_SMALL, -SPACE, -_BELOW - SPACE)
            painter.setPen(QColor(colour("muted")))
            under = QRectF(box.left(), box.bottom() + _BELOW, box.width(), SPACE)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, self.name)
            painter.setPen(QPen(QColor(colour("border")), 1))
            painter.drawRect(box)
            if len(self.points) > 1:
                self._draw(painter, box)

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        xs = [self._at(x) for x, _ in self.points]
        ys = [y for _, y in self.points]
        left, right = xs[0], max(xs[-1], xs[0] + 1e-9)
        # What flies off at the end would press the rest flat.
        low, high = min(ys), max(ys[0], sorted(ys)[len(ys) * 9 // 10]) * 1.05
        high = max(high, low + 1e-9)

        def place(x: float, y: float) -> QPointF:
            across = (x - left) / (right - left)
            up = (min(y, high) - low) / (high - low)
            return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())

        painter.setPen(QColor(colour("muted")))
        for value in (low, high):
            beside = QRectF(0, place(left, value).y() - 8, _LEFT - SPACE_SMALL, 16)
            painter.drawText(
                beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, measure(value)
            )
        for x in self._ticks(left, right):
            at = place(x, low)
            painter.setPen(QPen(QColor(colour("grid_strong")), 1))
            painter.drawLine(QPointF(at.x(), box.top()), QPointF(at.x(), box.bottom()))
            painter.setPen(QColor(colour("muted")))
            below = QRectF(at.x() - 30, box.bottom() + 4, 60, 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, measure(10**x if self._log else x))
        painter.setPen(QPen(QColor(colour("series0")), 2))
        painter.drawPolyline([place(x, y) for x, y in zip(xs, ys, strict=True)])
        if self.mark is not None:
            at = place(self._at(self.mark), low)
            painter.setPen(QPen(QColor(colour("series1")), 2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(at.x(), box.top()), QPointF(at.x(), box.bottom()))

    def _at(self, x: float) -> float:
        return math.log10(x) if self._log else x

    def _ticks(self, left: float, right: float) -> list[float]:
        """Give where lines stand: at few points themselves, else at round numbers."""
        if len(self.points) <= FEW:
            return [self._at(x) for x, _ in self.points]
        if self._log:
            step: float = max(1, math.ceil((right - left) / 8))
        else:
            rough = (right - left) / 5
            unit = 10 ** math.floor(math.log10(rough))
            step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)
        first = math.ceil(left / step)
        return [step * place for place in range(first, math.floor(right / step) + 1)]
