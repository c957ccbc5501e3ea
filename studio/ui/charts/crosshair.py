"""The values under the mouse: a line across the chart, and a small table beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from studio.ui.charts.curves import Curves
from studio.ui.looks.theme import FONT_SMALL, RADIUS_SMALL, SPACE_SMALL, font, theme

_MARK = 8.0
"""How wide the mark of a series' colour is."""


@dataclass(frozen=True)
class Reading:
    """One line of the table: a colour, a name, a value, and where on the chart it is."""

    role: str
    label: str
    value: str
    y: float


class Crosshair(QGraphicsObject):
    """Lies over the lines of a chart; hidden while the mouse is elsewhere."""

    def __init__(self, view: pg.ViewBox, curves: Curves) -> None:
        """Lay it over a view and the lines that it reads."""
        super().__init__(view)
        self._view = view
        self._curves = curves
        self._x = 0.0
        self._title = ""
        self._readings: tuple[Reading, ...] = ()
        self.setZValue(10)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.hide()
        view.sigRangeChanged.connect(self._leave)

    def _leave(self) -> None:
        """Hide, as what was read stands elsewhere now."""
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is read out, from the top: the place, then each series."""
        return (self._title, *(f"{reading.label}  {reading.value}" for reading in self._readings))

    def read(self, px: float, title: str) -> None:
        """Show the values nearest to a place.

        Args:
            px: the place, in pixels of the view.
            title: what x is called, such as `step`.
        """
        frame = self._curves.frame()
        x = frame.x_at(px)
        found = [
            (series, place)
            for series in self._curves.series
            if series.shown and (place := series.at(x)) is not None
        ]
        if not found:
            self.hide()
            return
        nearest = min((place[0] for _, place in found), key=lambda place: abs(place - x))
        readings = []
        for series, (_, value) in found:
            height = math.log10(value) if frame.log and value > 0 else value
            y = (frame.top - height) * frame.height / (frame.top - frame.bottom)
            shown = not math.isnan(value) and not (frame.log and value <= 0) and 0 <= y <= frame.height
            readings.append(Reading(series.role, series.label, number(value), y if shown else math.nan))
        self.prepareGeometryChange()
        self._x = (nearest - frame.left) * frame.width / (frame.right - frame.left)
        self._title = f"{title} {number(nearest)}".strip()
        self._readings = tuple(readings)
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        """Give the area of the line, its dots and the table."""
        return (
            self._table()
            .united(QRectF(self._x - 5, 0.0, 10, self._view.rect().height()))
            .adjusted(-2, -2, 2, 2)
        )

    def _table(self) -> QRectF:
        """Give where the table stands: to the right of the line while there is room."""
        metrics = QFontMetricsF(font(FONT_SMALL))
        names = max((metrics.horizontalAdvance(reading.label) for reading in self._readings), default=0.0)
        values = max((metrics.horizontalAdvance(reading.value) for reading in self._readings), default=0.0)
        width = max(_MARK + names + values + 2 * SPACE_SMALL, metrics.horizontalAdvance(self._title))
        width += 2 * SPACE_SMALL
        height = (len(self._readings) + 1) * _row(metrics) + SPACE_SMALL
        left = self._x + SPACE_SMALL
        if left + width > self._view.rect().width():
            left = self._x - SPACE_SMALL - width
        return QRectF(max(0.0, left), SPACE_SMALL, width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the line, a dot on every series, and the table."""
        tokens = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(self._x, 0), QPointF(self._x, self._view.rect().height()))
        for reading in self._readings:
            if not math.isnan(reading.y):
                painter.setPen(QPen(QColor(tokens.field), 1.5))
                painter.setBrush(QColor(tokens.colour(reading.role)))
                painter.drawEllipse(QPointF(self._x, reading.y), 4, 4)
        self._paint_table(painter)

    def _paint_table(self, painter: QPainter) -> None:
        tokens = theme()
        table = self._table()
        ground = QColor(tokens.raised)
        ground.setAlpha(240)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(table, RADIUS_SMALL, RADIUS_SMALL)
        painter.setFont(font(FONT_SMALL))
        row = _row(QFontMetricsF(painter.font()))
        line = QRectF(
            table.left() + SPACE_SMALL, table.top() + SPACE_SMALL / 2, table.width() - 2 * SPACE_SMALL, row
        )
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._title)
        for reading in self._readings:
            line.translate(0, row)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.colour(reading.role)))
            painter.drawEllipse(QPointF(line.left() + _MARK / 2, line.center().y()), _MARK / 2, _MARK / 2)
            painter.setPen(QColor(tokens.text))
            painter.drawText(
                line.adjusted(_MARK + SPACE_SMALL, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, reading.label
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, reading.value)


def _row(metrics: QFontMetricsF) -> float:
    """Give how high a line of the table is."""
    return metrics.height() + 2


def number(value: float) -> str:
    """Write a value as short as it stays telling."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == int(value) and abs(value) < 1e7:
        return f"{value:,.0f}".replace(",", "\u2009").replace("-", "−")
    return f"{value:.4g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e").replace("-", "−")
