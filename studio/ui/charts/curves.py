"""Draws the lines of a chart, and of an old picture only the columns that have changed."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPaintEngine, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from studio.ui.charts.pyramid import Floats, Pyramid
from studio.ui.charts.series import Series
from studio.ui.charts.trace import FAR, MARGIN, Frame, Trace, is_band, trace
from studio.ui.looks.theme import FONT_BASE, FONT_HEADING, FONT_SMALL, font, theme
from studio.ui.words.text import tr

Ticks = list[list[float]]
"""Where lines of a grid stand: the main ones, then those between."""

_THICK = 1.8
"""How wide a line is."""

_DOT = 3.5
"""Half of how wide a dot is."""

_FAINT = 0.32
"""How much colour the measured line has behind the smoothed one."""


class Curves(QGraphicsObject):
    """Lies over a chart's view and paints its grid and its lines in the view's own pixels."""

    def __init__(self, view: pg.ViewBox, ticks: Callable[[], tuple[Ticks, Ticks]]) -> None:
        """Lay it over a view.

        Args:
            view: the view; it says what stretch of the chart is shown.
            ticks: gives where the lines of the grid stand, along x and along y.
        """
        super().__init__(view)
        self.series: list[Series] = []
        self.log = False
        self._view = view
        self._ticks = ticks
        self._bands: dict[Series, tuple[bool, bool]] = {}
        self._ends: dict[Series, tuple[int, ...]] = {}
        # Without it Qt says that all of the item is exposed, whatever is.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        view.sigRangeChanged.connect(self.repaint_all)
        view.sigResized.connect(self._resized)

    def frame(self) -> Frame:
        """Give what the view shows."""
        (left, right), (bottom, top) = self._view.viewRange()
        size = self._view.rect()
        widget = self._view.getViewWidget()
        ratio = widget.devicePixelRatioF() if widget is not None else 1.0
        return Frame(
            left, right, bottom, top, max(1.0, size.width()), max(1.0, size.height()), self.log, float(ratio)
        )

    def repaint_all(self) -> None:
        """Paint everything anew, as when the stretch shown has changed."""
        self._bands.clear()
        self._ends.clear()
        self.update()

    def repaint_from(self, series: Series, x: float) -> None:
        """Paint the columns anew that have changed, since one series is different from x on."""
        if not series.shown:
            return
        frame = self.frame()
        bands = self._shapes(series, frame)
        if x == -np.inf or self._bands.get(series, bands) != bands:
            self.repaint_all()  # the series went back, or from a line to a band: all of it looks different
            return
        self._bands[series] = bands
        if all(bands):
            # In a long run most new samples fall into the last column, among those that it holds already.
            end = (*_end(series.raw, frame), *_end(series.drawn, frame))
            if self._ends.get(series) == end:
                return
            self._ends[series] = end
        last = float(series.raw.x[-1])
        reach = _DOT + _THICK + MARGIN
        start, stop = (float(value) for value in frame.px(np.array([x, last])))
        changed = QRectF(start - reach, 0.0, stop - start + 2 * reach, frame.height)
        changed &= QRectF(0.0, 0.0, frame.width, frame.height)
        if not changed.isEmpty():
            self.update(changed)

    def _shapes(self, series: Series, frame: Frame) -> tuple[bool, bool]:
        """Tell which of the measured and the drawn line are bands."""
        return is_band(series.raw, frame), is_band(series.drawn, frame)

    def _resized(self) -> None:
        self.prepareGeometryChange()
        self.repaint_all()

    def boundingRect(self) -> QRectF:
        """Give the area of the view."""
        area: QRectF = self._view.rect()
        return area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint what is exposed."""
        frame = self.frame()
        exposed = option.exposedRect & QRectF(0.0, 0.0, frame.width, frame.height)
        if exposed.isEmpty():
            return
        painter.setClipRect(exposed)
        pixels = _on_screen(painter)
        shown = [series for series in self.series if series.shown and len(series.raw)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for series in shown:
            if series.smooth is not None:
                outline = trace(series.raw, frame, exposed.left(), exposed.right())
                _draw(painter, outline, _faint(series.role), 1.0, pixels=pixels)
        self._paint_grid(painter, frame, exposed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for series in shown:
            colour = QColor(theme().colour(series.role))
            outline = trace(series.drawn, frame, exposed.left(), exposed.right())
            _draw(painter, outline, colour, _THICK, pixels=pixels)
            if series.points and not outline.band:
                _draw_dots(painter, outline, colour)
        if not any(len(series.raw) for series in self.series):
            self._paint_empty(painter, frame)

    def _paint_grid(self, painter: QPainter, frame: Frame, exposed: QRectF) -> None:
        """Draw faint lines at the ticks of the axes."""
        along, up = self._ticks()
        scale = frame.height / (frame.top - frame.bottom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        first, last = exposed.left() - 1, exposed.right() + 1
        for level, colour in ((1, theme().grid), (0, theme().grid_strong)):
            heights = ((frame.top - value) * scale for value in (up[level] if level < len(up) else ()))
            lines = [QLineF(first, y, last, y) for y in heights]
            places = frame.px(np.array(along[level] if level < len(along) else [])).tolist()
            lines += [QLineF(x, 0.0, x, frame.height) for x in places if first <= x <= last]
            if lines:
                painter.setPen(QPen(QColor(colour), 0))
                painter.drawLines(lines)

    def _paint_empty(self, painter: QPainter, frame: Frame) -> None:
        """Say that nothing has been measured yet."""
        area = QRectF(0.0, 0.0, frame.width, frame.height)
        painter.setPen(QColor(theme().text))
        title = tr("No data yet")
        painter.setFont(font(FONT_HEADING, bold=True))
        if painter.fontMetrics().horizontalAdvance(title) + 8 > area.width():
            painter.setFont(font(FONT_SMALL, bold=True))
        painter.drawText(area.adjusted(0, 0, 0, -24), Qt.AlignmentFlag.AlignCenter, title)
        painter.setPen(QColor(theme().muted))
        painter.setFont(font(FONT_BASE))
        said = tr("Values appear here as they are measured.")
        how = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        below = area.adjusted(8, area.height() / 2 + 4, -8, 0)
        if below.contains(painter.boundingRect(below, how, said)):  # in a small chart the title says enough
            painter.drawText(below, how, said)


def _end(pyramid: Pyramid, frame: Frame) -> tuple[int, int, int]:
    """Give the last column, and from where to where it reaches, to a pixel."""
    width = (frame.right - frame.left) / frame.columns
    column = math.floor((float(pyramid.x[-1]) - frame.left) / width)
    low, high = pyramid.extent(pyramid.find(frame.left + column * width), len(pyramid))
    return column, _pixel(low, frame), _pixel(high, frame)


def _pixel(value: float, frame: Frame) -> int:
    """Give the pixel of one value, from the top; the same for all that cannot be shown."""
    if frame.log:
        value = math.log10(value) if value > 0 else math.nan
    place = (frame.top - value) * (frame.height / (frame.top - frame.bottom))
    return round(min(max(place, -FAR), frame.height + FAR)) if place == place else -round(2 * FAR)


def _faint(role: str) -> QColor:
    """Give a colour as it looks through; see-through colours themselves take Qt thirty times as long."""
    strong, paper = QColor(theme().colour(role)), QColor(theme().field)

    def mixed(part: float, ground: float) -> float:
        return _FAINT * part + (1 - _FAINT) * ground

    return QColor.fromRgbF(
        mixed(strong.redF(), paper.redF()),
        mixed(strong.greenF(), paper.greenF()),
        mixed(strong.blueF(), paper.blueF()),
    )


def _polygon(x: Floats, y: Floats) -> QPolygonF:
    """Make Qt's polygon from numbers at once."""
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return polygon


def _draw(painter: QPainter, outline: Trace, colour: QColor, thick: float, *, pixels: bool) -> None:
    """Draw a line, or fill a band; `pixels` as `_on_screen` tells."""
    for run in outline.runs():
        x, low, high = outline.x[run], outline.low[run], outline.high[run]
        if outline.band:
            _draw_band(painter, x, high - thick / 2, low + thick / 2, colour, pixels=pixels)
        elif len(x) > 1:
            _draw_line(painter, x, high, colour, thick, pixels=pixels)
        else:
            # A value between two gaps, or the very first: a line would not show it.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour))
            painter.drawEllipse(QPointF(x[0], high[0]), thick, thick)


def _draw_band(
    painter: QPainter, x: Floats, top: Floats, bottom: Floats, colour: QColor, *, pixels: bool
) -> None:
    """Fill a band, column by column of the screen.

    As a shape with a jagged outline it would take Qt three hundred times as long.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    if not pixels:
        painter.drawPolygon(_polygon(np.concatenate([x, x[::-1]]), np.concatenate([top, bottom[::-1]])))
        return
    device = painter.deviceTransform()
    scale, shift = device.m11(), device.dx()
    half = (x[1] - x[0]) / 2 if len(x) > 1 else 0.5 / scale
    # Sides lie on pixels, or there would be seams between them.
    left = (np.rint((x - half) * scale + shift) - shift) / scale
    right = (np.rint((x + half) * scale + shift) - shift) / scale
    sides = zip(left.tolist(), top.tolist(), (right - left).tolist(), (bottom - top).tolist(), strict=True)
    painter.drawRects([QRectF(*side) for side in sides])


def _on_screen(painter: QPainter) -> bool:
    """Tell whether pixels are painted, and not a drawing written."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.Raster


def _draw_line(
    painter: QPainter, x: Floats, y: Floats, colour: QColor, thick: float, *, pixels: bool
) -> None:
    """Draw a line of a thickness.

    Qt has a quick way for lines of one pixel only: a thick one through noise takes it a hundred times
    as long. So a thick line is several thin ones side by side; nobody can tell them apart.
    """
    pen = QPen(colour, thick)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not pixels:
        painter.setPen(pen)
        painter.drawPolyline(_polygon(x, y))
        return
    pen.setWidth(0)
    painter.setPen(pen)
    pixel = 1.0 / painter.device().devicePixelRatioF()
    radius = (thick - pixel) / 2
    if radius < pixel / 8:
        painter.drawPolyline(_polygon(x, y))
        return
    around = max(3, math.ceil(2 * math.pi * radius / (0.9 * pixel)))
    turns = [2 * math.pi * turn / around + 0.3 for turn in range(around)]
    offsets = [(radius * math.cos(turn), radius * math.sin(turn)) for turn in turns]
    if radius > pixel:
        offsets.append((0.0, 0.0))
    for right, down in offsets:
        painter.drawPolyline(_polygon(x + right, y + down))


def _draw_dots(painter: QPainter, outline: Trace, colour: QColor) -> None:
    """Draw a dot at every value, with the colour of the paper around it."""
    painter.setPen(QPen(QColor(theme().field), 1.5))
    painter.setBrush(QBrush(colour))
    for x, y in zip(outline.x.tolist(), outline.high.tolist(), strict=True):
        if y == y:
            painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
