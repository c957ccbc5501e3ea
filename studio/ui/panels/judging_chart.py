"""A still chart of few things: lines, dots, bars, a ground; what is under the mouse is said."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.looks.theme import FONT_SMALL, RADIUS_SMALL, SPACE_SMALL, SPACE_TINY, colour, font, themes
from studio.ui.panels.judging_items import Columns, Dots, Ground, Item, Line, Point
from studio.ui.words.figures import measure
from studio.ui.words.text import languages, tr

__all__ = ["Chart", "Columns", "Dots", "Ground", "Item", "Line", "Point", "round_range", "written"]

_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

REACH = 9.0
"""Pixels around the mouse in which a dot is taken to be meant."""

_OPAQUE = 120
"""Dots up to which each of them is seen well; more are drawn lighter, as they cover each other."""


class Chart(QWidget):
    """Draws items; the mouse reads them, and a click on a dot chooses it."""

    chosen = Signal(int)
    """A dot was clicked: its key."""
    alike: bool
    """Whether both scales have one unit."""

    def __init__(self, x_title: str, y_title: str) -> None:
        """Make it empty.

        Args:
            x_title: what is below, a text of ours.
            y_title: what is beside, a text of ours.
        """
        super().__init__()
        self._titles = (x_title, y_title)
        self._ranges: tuple[Point | None, Point | None] = (None, None)
        self.items: list[Item] = []
        self.alike = False
        self._at: QPointF | None = None
        self._current = -1
        self._area = QRectF()
        self._scales = ((0.0, 1.0), (0.0, 1.0))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        themes.changed.connect(self.update)
        languages.changed.connect(self.update)

    def show_items(
        self, items: Sequence[Item], x_range: Point | None = None, y_range: Point | None = None
    ) -> None:
        """Show other things.

        Args:
            items: what to draw, the lowest first.
            x_range: the least and the greatest value below; by the items when not given.
            y_range: likewise beside.
        """
        self.items = list(items)
        self._ranges = (x_range, y_range)
        self._at, self._current = None, -1
        clicked = any(isinstance(item, Dots) for item in self.items)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clicked else Qt.FocusPolicy.NoFocus)
        self.update()

    def set_titles(self, x_title: str, y_title: str) -> None:
        """Name the scales anew, with texts of ours."""
        self._titles = (x_title, y_title)
        self.update()

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(240, 220)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(150, 120)

    # -- where things are ------------------------------------------------------------------------------

    def _span(self, axis: int) -> Point:
        given = self._ranges[axis]
        if given is not None:
            return given
        values: list[float] = []
        for item in self.items:
            if isinstance(item, Columns):
                values += [0.0, *item.heights] if axis else item.edges
            elif isinstance(item, Ground):
                values += [item.low, item.high] if axis else [item.left, item.right]
            else:
                values += [point[axis] for point in item.points]
        finite = [value for value in values if math.isfinite(value)]
        return (min(finite), max(finite)) if finite else (0.0, 1.0)

    def place(self, x: float, y: float) -> QPointF:
        """Give where a pair of numbers is on the widget, as it was last painted."""
        (left, right), (low, high) = self._scales
        area = self._area
        return QPointF(
            area.left() + area.width() * (x - left) / (right - left),
            area.bottom() - area.height() * (y - low) / (high - low),
        )

    def _x_at(self, px: float) -> float:
        (left, right), area = self._scales[0], self._area
        return left + (right - left) * (px - area.left()) / max(area.width(), 1)

    def _y_at(self, py: float) -> float:
        (low, high), area = self._scales[1], self._area
        return low + (high - low) * (area.bottom() - py) / max(area.height(), 1)

    def dot_at(self, place: QPointF) -> tuple[Dots, int] | None:
        """Give the dot that is meant by a place."""
        best, nearest = REACH, None
        for item in self.items:
            if isinstance(item, Dots):
                for number, point in enumerate(item.points):
                    gap = self.place(*point) - place
                    distance = math.hypot(gap.x(), gap.y())
                    if distance < best:
                        best, nearest = distance, (item, number)
        return nearest

    # -- the mouse -------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what is under the mouse."""
        self._at = event.position() if self._area.contains(event.position()) else None
        dots = self._at is not None and self.dot_at(self._at) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if dots else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a dot."""
        found = self.dot_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            item, number = found
            self.chosen.emit(item.keys[number] if item.keys else number)
        else:
            super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._at = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from dot to dot, from the left to the right, and choose one."""
        dots = self._in_order()
        last = len(dots) - 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._current = max(self._current - 1, 0)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._current = min(self._current + 1, last)
            case Qt.Key.Key_Home:
                self._current = 0
            case Qt.Key.Key_End:
                self._current = last
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if 0 <= self._current <= last:
                item, number = dots[self._current]
                self.chosen.emit(item.keys[number] if item.keys else number)
                return
            case _:
                super().keyPressEvent(event)
                return
        if 0 <= self._current <= last:
            item, number = dots[self._current]
            self._at = self.place(*item.points[number])
            self.setAccessibleDescription(" ".join(self.reading(self._at)))
        self.update()

    def _in_order(self) -> list[tuple[Dots, int]]:
        """Give all dots from the left to the right."""
        found = [
            (item, number)
            for item in self.items
            if isinstance(item, Dots)
            for number in range(len(item.points))
        ]
        return sorted(found, key=lambda one: one[0].points[one[1]])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self._at = None
        self.update()

    def reading(self, place: QPointF) -> list[str]:
        """Say what is at a place: the dot there, or the bars and lines above and below it."""
        found = self.dot_at(place)
        if found is not None:
            item, number = found
            x, y = item.points[number]
            return [item.said[number] if item.said else f"{measure(x)} · {measure(y)}"]
        x = self._x_at(place.x())
        said = []
        for each in self.items:
            if isinstance(each, Ground):
                y = self._y_at(place.y())
                if each.left <= x <= each.right and each.low <= y <= each.high:
                    said.append(each.say(x, y))
            elif isinstance(each, Columns):
                for number, (low, high) in enumerate(itertools.pairwise(each.edges)):
                    if low <= x < high:
                        told = each.said[number] if each.said else measure(each.heights[number])
                        said.append(f"{each.label}  {told}".strip() if not each.said else told)
            elif isinstance(each, Line) and not each.dashed and each.label and each.points:
                value = _value(each.points, x)
                if value is not None:
                    said.append(f"{each.label}  {measure(value)}")
        return said

    # -- painting --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scales, the items, their names, and what is read."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_SMALL))
        if not self._scale(painter):
            return
        painter.save()
        painter.setClipRect(self._area.adjusted(-4, -4, 4, 4))
        for item in self.items:
            if isinstance(item, Ground):
                where = QRectF(self.place(item.left, item.high), self.place(item.right, item.low))
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(where, item.image)
            elif isinstance(item, Columns):
                self._draw_columns(painter, item)
            elif isinstance(item, Line):
                self._draw_line(painter, item)
            else:
                self._draw_dots(painter, item)
        painter.restore()
        self._draw_names(painter)
        if self._at is not None:
            found = self.dot_at(self._at)
            if found is not None:
                item, number = found
                painter.setPen(QPen(colour("text"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(self.place(*item.points[number]), 6.0, 6.0)
            self._draw_reading(painter, self._at)

    def _scale(self, painter: QPainter) -> bool:
        """Draw both scales; False where there is no room for more."""
        metrics = QFontMetricsF(painter.font())
        line = metrics.height()
        spans = [self._marked(axis) for axis in (0, 1)]
        names = [{mark: written(mark) for mark in marks} for _, _, marks in spans]
        wide = max((metrics.horizontalAdvance(name) for name in names[1].values()), default=0.0)
        last = metrics.horizontalAdvance(next(reversed(names[0].values()), ""))
        top = SPACE_SMALL + (line if self._named() else 0)
        inside = QRectF(self.rect()).adjusted(line + wide + SPACE_SMALL, top, -last / 2 - 3, -2 * line - 2)
        if self.alike and inside.height() > 20:  # one unit is as long to the right as upwards
            ratio = (spans[0][1] - spans[0][0]) / (spans[1][1] - spans[1][0])
            inside.setWidth(min(inside.width(), inside.height() * ratio))
            inside.setTop(inside.bottom() - min(inside.height(), inside.width() / ratio))
        self._area = inside
        self._scales = ((spans[0][0], spans[0][1]), (spans[1][0], spans[1][1]))
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("field"))
        painter.drawRect(inside)
        painter.setPen(colour("muted"))
        below = QRectF(inside.left(), inside.bottom() + line, inside.width(), line)
        painter.drawText(below, _CENTRE, tr(self._titles[0]))
        painter.save()
        painter.translate(0, inside.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, inside.height(), line), _CENTRE, tr(self._titles[1]))
        painter.restore()
        if not self.items or inside.width() < 20 or inside.height() < 20:
            return False
        across = max((metrics.horizontalAdvance(name) for name in names[0].values()), default=0.0)
        # Where there is little room, only every second value is written, or the first and the last.
        every = max(1, math.ceil(len(names[0]) * (across + SPACE_SMALL) / inside.width()))
        each = max(1, math.ceil(len(names[1]) * line / inside.height()))
        for number, (mark, name) in enumerate(names[0].items()):
            x = self.place(mark, 0).x()
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(x, inside.top()), QPointF(x, inside.bottom()))
            if number % every == 0:
                painter.setPen(colour("muted"))
                painter.drawText(QRectF(x - across, inside.bottom() + 1, 2 * across, line), _CENTRE, name)
        for number, (mark, name) in enumerate(names[1].items()):
            y = self.place(0, mark).y()
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            if number % each == 0:
                painter.setPen(colour("muted"))
                painter.drawText(QRectF(line, y - line / 2, wide + SPACE_TINY, line), _RIGHT, name)
        return True

    def _marked(self, axis: int) -> tuple[float, float, list[float]]:
        """Give the ends of a scale and the values that are written at it."""
        low, high = self._span(axis)
        first, last, marks = round_range(low, high)
        if not any(isinstance(item, Ground) for item in self.items):
            return first, last, marks
        return low, high, [mark for mark in marks if low <= mark <= high]

    def _draw_columns(self, painter: QPainter, item: Columns) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        ink = QColor(colour(item.role))
        if sum(isinstance(each, Columns) for each in self.items) > 1:
            ink.setAlphaF(0.6)  # what lies behind is seen
        painter.setBrush(ink)
        for low, high, value in zip(item.edges, item.edges[1:], item.heights, strict=False):
            if value:
                bar = QRectF(self.place(low, value), self.place(high, 0)).normalized()
                gap = 1.0 if bar.width() > 5 else 0.0
                painter.drawRect(bar.adjusted(gap, 0, -gap, 0))

    def _draw_line(self, painter: QPainter, item: Line) -> None:
        pen = QPen(colour(item.role), 2.5 if item.strong else 1.0 if item.dashed else 1.5)
        pen.setStyle(Qt.PenStyle.DashLine if item.dashed else Qt.PenStyle.SolidLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.place(*point) for point in item.points]))

    def _draw_dots(self, painter: QPainter, item: Dots) -> None:
        ink = QColor(colour(item.role))
        ground = any(isinstance(each, Ground) for each in self.items)
        ink.setAlphaF(1.0 if ground else 0.9 if len(item.points) <= _OPAQUE else 0.6)
        # On a ground of their own colour they stay readable by a rim.
        painter.setPen(QPen(colour("field"), 1) if ground else Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for point in item.points:
            painter.drawEllipse(self.place(*point), 3.0, 3.0)

    def _named(self) -> list[Line | Dots | Columns]:
        named = [item for item in self.items if not isinstance(item, Ground) and item.label]
        return named if len(named) > 1 else []

    def _draw_names(self, painter: QPainter) -> None:
        """Name the items above the chart, as far as there is room."""
        metrics = QFontMetricsF(painter.font())
        x, line = self._area.left(), metrics.height()
        for item in self._named():
            width = metrics.horizontalAdvance(item.label)
            if x + 14 + width > self.width():
                break
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(item.role))
            painter.drawEllipse(QPointF(x + 4, line / 2 + 1), 4, 4)
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(x + 12, 1, width + 4, line), _LEFT, item.label)
            x += width + 12 + 2 * SPACE_SMALL

    def _draw_reading(self, painter: QPainter, at: QPointF) -> None:
        said = self.reading(at)
        if not said:
            return
        metrics = QFontMetricsF(painter.font())
        line = metrics.height() + 1
        width = max(map(metrics.horizontalAdvance, said)) + 2 * SPACE_SMALL
        height = line * len(said) + SPACE_SMALL
        left = at.x() + 12 if at.x() + 12 + width < self.width() else max(0.0, at.x() - 12 - width)
        top = min(max(0.0, at.y() - height / 2), max(0.0, self.height() - height))
        box = QRectF(left, top, width, height)
        ground = QColor(colour("raised"))
        ground.setAlpha(242)
        painter.setPen(QPen(colour("border_strong"), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(colour("text"))
        for number, each in enumerate(said):
            row = QRectF(left + SPACE_SMALL, top + SPACE_TINY + number * line, width, line)
            painter.drawText(row, _LEFT, each)


def _value(points: Sequence[Point], x: float) -> float | None:
    """Give the height of a line at a place; None beside it."""
    for (left, low), (right, high) in itertools.pairwise(points):
        if left <= x <= right and right > left:
            return low + (high - low) * (x - left) / (right - left)
    return None


def written(value: float) -> str:
    """Write a number of a scale."""
    return measure(value).replace("-", "−")


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
