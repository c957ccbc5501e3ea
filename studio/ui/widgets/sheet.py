"""Draws what networks made: pictures, points, a surface, the scene of an environment, or lines over time."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.looks.theme import FONT_SMALL, RADIUS_SMALL, SPACE, SPACE_TINY, colour, font, themes
from studio.ui.widgets.flow_pictures import tiling
from studio.ui.widgets.surface_image import image_of, point_colour
from studio.ui.words.text import live

if TYPE_CHECKING:
    from studio.train import Made
    from studio.train.surface import Surface

LINE = 16
"""Pixels that a text below a picture takes."""

GAP = 3
"""Pixels between two pictures."""

FRAMES, ROWS = 12, 8
"""The most instants and pictures of a film."""

TRACK, POLE = 2.4, 1.0
"""How far the cart of the pole goes to each side, and how long the pole is, in metres."""


class Sheet(QWidget):
    """Shows one thing that was made, at one of its instants."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._made: Made | None = None
        self._instant = -1
        self._columns = 0
        self._pictures: list[QImage] = []
        self._points: list[tuple[float, float, int]] = []
        self._observed: list[list[float]] = []
        self._box = QRectF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "What the networks made")
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(240, 200)

    def minimumSizeHint(self) -> QSize:
        """Do with little."""
        return QSize(96, 72)

    def show_made(self, made: Made | None, instant: int = -1, *, film: bool = False) -> None:
        """Show something at one of its instants; -1 is the last.

        Args:
            made: what is shown.
            instant: which of its instants.
            film: a row for each picture, with its instants beside each other.
        """
        if made is not self._made:
            self._observed = [] if made is None else made.observed()
            self._box = QRectF() if made is None else _box_of(made)
        self._made, self._instant = made, instant
        self._columns, self._pictures = 0, []
        if made is not None and film:
            self._columns, self._pictures = _film(made)
        elif made is not None:
            self._pictures = [_image(*one) for one in made.pictures(instant)]
        self._points = [] if made is None else made.points(instant)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            self.draw(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw it into a room, on whatever painter."""
        made = self._made
        if made is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pictures:
            _draw_pictures(painter, room, self._pictures, () if self._columns else made.texts, self._columns)
        elif made.surface is not None:
            _draw_surface(painter, room, made.surface)
        elif self._points:
            _draw_points(painter, room, self._points, self._box)
        elif self._observed:
            last = len(self._observed) - 1
            at = last if self._instant < 0 else min(self._instant, last)
            draw = _SCENES.get(made.scene)
            if draw is not None and len(self._observed[at]) >= _NUMBERS[made.scene]:
                draw(painter, room, self._observed[at])
            else:
                _draw_lines(painter, room, self._observed, at)


def _film(made: Made) -> tuple[int, list[QImage]]:
    """Give the columns and pictures of a film: so many instants, evenly apart, as can be told apart."""
    count = min(made.instants, FRAMES)
    places = [round(index * (made.instants - 1) / max(count - 1, 1)) for index in range(count)]
    strips = [[_image(*one) for one in made.pictures(place)[:ROWS]] for place in places]
    return count, [picture for row in zip(*strips, strict=True) for picture in row]


def _image(width: int, height: int, channels: int, data: bytes) -> QImage:
    form = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    # The image is copied, as it only borrows the bytes.
    return QImage(data, width, height, channels * width, form).copy()


def _draw_pictures(
    painter: QPainter, room: QRectF, pictures: Sequence[QImage], texts: Sequence[str], columns: int = 0
) -> None:
    """Draw pictures in rows, as large as they fit; in so many columns where that is said."""
    first = pictures[0]
    ratio = first.width() / max(first.height(), 1)
    below = LINE if texts else 0
    columns = columns or tiling(len(pictures), ratio, room.width(), room.height())[0]
    rows = math.ceil(len(pictures) / columns)
    width = min(room.width() / columns - GAP, (room.height() / rows - below - GAP) * ratio)
    height = width / ratio
    left = room.left() + (room.width() - columns * (width + GAP) + GAP) / 2
    top = room.top() + (room.height() - rows * (height + below + GAP) + GAP) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, width < 2 * first.width())
    painter.setFont(font(FONT_SMALL))
    painter.setPen(QColor(colour("muted")))
    for place, image in enumerate(pictures):
        row, column = divmod(place, columns)
        x, y = left + column * (width + GAP), top + row * (height + below + GAP)
        box = QRectF(x, y, max(width, 1), max(height, 1))
        painter.drawImage(box, image)
        if place < len(texts):
            under = QRectF(box.left(), box.bottom(), box.width(), LINE)
            how = Qt.TextElideMode.ElideRight
            said = painter.fontMetrics().elidedText(texts[place], how, int(under.width()))
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, said)


def _box_of(made: Made) -> QRectF:
    """Give the room of all points at all instants, so that they move and not their room."""
    found = [point for instant in range(made.instants) for point in made.points(instant)]
    finite = [(x, y) for x, y, _ in found if math.isfinite(x) and math.isfinite(y)]
    if not finite:
        return QRectF(-1, -1, 2, 2)
    xs, ys = sorted(x for x, _ in finite), sorted(y for _, y in finite)
    # A few points far away may leave the room, or nothing would be seen of the others.
    cut = len(xs) // 200
    left, right, low, high = xs[cut], xs[-1 - cut], ys[cut], ys[-1 - cut]
    side = max(right - left, high - low, 1e-6) * 1.1
    return QRectF((left + right - side) / 2, (low + high - side) / 2, side, side)


def _draw_points(
    painter: QPainter, room: QRectF, points: Sequence[tuple[float, float, int]], box: QRectF
) -> None:
    side = min(room.width(), room.height())
    frame = QRectF(room.center().x() - side / 2, room.top(), side, side)
    painter.setPen(QPen(QColor(colour("border")), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, RADIUS_SMALL, RADIUS_SMALL)
    painter.setClipRect(frame)
    radius = 2.5 if len(points) < 600 else 1.5
    painter.setPen(Qt.PenStyle.NoPen)
    scale = side / box.width()
    for kind in sorted({kind for _, _, kind in points}):
        tint = QColor(colour(f"series{kind}"))
        tint.setAlphaF(0.8)
        painter.setBrush(tint)
        for x, y, of in points:
            if of == kind and math.isfinite(x) and math.isfinite(y):
                place = QPointF(
                    frame.left() + (x - box.left()) * scale, frame.bottom() - (y - box.top()) * scale
                )
                painter.drawEllipse(place, radius, radius)
    painter.setClipping(False)


def _draw_surface(painter: QPainter, room: QRectF, surface: Surface) -> None:
    """Draw the answers as a ground, and the samples on it."""
    side = min(room.width(), room.height())
    frame = QRectF(room.center().x() - side / 2, room.center().y() - side / 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(frame, image_of(surface))
    left, right, low, high = surface.box
    # Samples stay readable on their own colour by a rim in that of the ground.
    painter.setPen(QPen(QColor(colour("field")), 1))
    radius = 5.0 if len(surface.points) < 20 else 3.0
    for x, y, kind in surface.points:
        painter.setBrush(point_colour(surface, kind))
        place = QPointF(
            frame.left() + (x - left) / (right - left) * side,
            frame.bottom() - (y - low) / (high - low) * side,
        )
        painter.drawEllipse(place, radius, radius)
    painter.setPen(QPen(QColor(colour("border")), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)


def _draw_cartpole(painter: QPainter, room: QRectF, now: Sequence[float]) -> None:
    place, angle = now[0], now[2]
    scale = min(room.width() / (2 * TRACK + 0.8), room.height() / (POLE + 0.7))
    ground = room.center().y() + (POLE + 0.2) / 2 * scale
    middle = room.center().x()
    painter.setPen(QPen(QColor(colour("border_strong")), 1.5))
    painter.drawLine(QPointF(middle - TRACK * scale, ground), QPointF(middle + TRACK * scale, ground))
    for end in (-TRACK, TRACK):
        painter.drawLine(QPointF(middle + end * scale, ground - 5), QPointF(middle + end * scale, ground + 5))
    cart = QRectF(0, 0, 0.5 * scale, 0.25 * scale)
    cart.moveCenter(QPointF(middle + place * scale, ground - cart.height() / 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour("series0")))
    painter.drawRoundedRect(cart, RADIUS_SMALL, RADIUS_SMALL)
    foot = QPointF(cart.center().x(), cart.top())
    top = foot + QPointF(math.sin(angle), -math.cos(angle)) * POLE * scale
    pole = QPen(QColor(colour("series1")), max(0.08 * scale, 3))
    pole.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pole)
    painter.drawLine(foot, top)


def _draw_lines(painter: QPainter, room: QRectF, rows: Sequence[Sequence[float]], at: int) -> None:
    numbers = [number for row in rows for number in row if math.isfinite(number)]
    if not numbers or len(rows) < 2:
        return
    low, high = min(numbers), max(numbers)
    box = room.adjusted(SPACE, SPACE_TINY, -SPACE_TINY, -SPACE_TINY)
    across, up = box.width() / (len(rows) - 1), box.height() / max(high - low, 1e-9)
    for line in range(len(rows[0])):
        painter.setPen(QPen(QColor(colour(f"series{line}")), 1.5))
        places = [
            QPointF(box.left() + index * across, box.bottom() - (row[line] - low) * up)
            for index, row in enumerate(rows)
        ]
        painter.drawPolyline(places)
    painter.setPen(QPen(QColor(colour("muted")), 1, Qt.PenStyle.DashLine))
    painter.drawLine(
        QPointF(box.left() + at * across, box.top()), QPointF(box.left() + at * across, box.bottom())
    )


Draw = Callable[[QPainter, QRectF, Sequence[float]], None]

_SCENES: Mapping[str, Draw] = MappingProxyType({"cartpole": _draw_cartpole})
_NUMBERS: Mapping[str, int] = MappingProxyType({"cartpole": 3})
"""How many numbers each scene needs."""
