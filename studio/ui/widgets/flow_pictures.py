"""Draws what flows through a network: finished grids of bytes, bars and histograms, on any painter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from studio.ui.looks.theme import colour

if TYPE_CHECKING:
    from studio.train.flowing.showing import Picture, Spread

_STOPS = ((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37))
"""From the smallest number to the largest; read the same by those who see no red or no green."""

GAP = 1.5
"""Between two sheets of a picture."""


def _table() -> list[int]:
    found = []
    for index in range(256):
        place = index / 255 * (len(_STOPS) - 1)
        stop = min(int(place), len(_STOPS) - 2)
        share = place - stop
        low, high = _STOPS[stop], _STOPS[stop + 1]
        found.append(QColor(*(round(a + (b - a) * share) for a, b in zip(low, high, strict=True))).rgb())
    return found


_TABLE = _table()


def colour_table() -> list[int]:
    """Give the colours of numbers, from the smallest to the largest, in 256 steps."""
    return _TABLE


def image_of(picture: Picture) -> QImage:
    """Give all sheets of a picture as one image, one below the other; null where it has none."""
    if not picture.pixels:
        return QImage()
    width, height, channels = picture.width, picture.height * picture.tiles, picture.channels
    if channels == 3:
        kind = QImage.Format.Format_RGB888
    else:
        kind = QImage.Format.Format_Grayscale8 if picture.kind == "image" else QImage.Format.Format_Indexed8
    image = QImage(picture.pixels, width, height, width * channels, kind)
    if kind == QImage.Format.Format_Indexed8:
        image.setColorTable(_TABLE)
    # A copy, as the bytes belong to Python; in the format that is drawn the quickest.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def tiling(count: int, ratio: float, width: float, height: float) -> tuple[int, float, float]:
    """Find how sheets fill a room best.

    Args:
        count: how many there are.
        ratio: their width divided by their height.
        width: of the room.
        height: of the room.

    Returns:
        The number of columns, and the width and height of each sheet.
    """
    best = (1, 0.0, 0.0)
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        wide = (width - GAP * (columns - 1)) / columns
        high = (height - GAP * (rows - 1)) / rows
        wide = min(wide, high * ratio)
        if wide > best[1]:
            best = (columns, wide, wide / ratio)
    return best


def draw_picture(
    painter: QPainter, room: QRectF, picture: Picture, image: QImage, most: int | None = None
) -> None:
    """Draw a picture in a room, as large as it fits.

    Args:
        painter: draws.
        room: where.
        picture: what is drawn.
        image: of `image_of`, made once.
        most: how many of its sheets are drawn; all of them when not given.
    """
    if picture.kind == "bars":
        draw_bars(painter, room, picture.values, picture.low, picture.high)
        return
    if image.isNull():
        return
    ratio = picture.width / picture.height
    if picture.kind == "heat":
        # A sheet is read by its rows and columns: it may be stretched, within reason.
        ratio = min(max(ratio, room.width() / room.height() / 4), 4 * room.width() / room.height())
        ratio = room.width() / room.height() if 0.2 < ratio < 8 else ratio
    tiles = picture.tiles if most is None else min(picture.tiles, most)
    columns, wide, high = tiling(tiles, ratio, room.width(), room.height())
    rows = math.ceil(tiles / columns)
    left = room.left() + (room.width() - columns * wide - (columns - 1) * GAP) / 2
    top = room.top() + (room.height() - rows * high - (rows - 1) * GAP) / 2
    # Single numbers are seen as such; what is made smaller is smoothed.
    small = wide * painter.worldTransform().m11() < picture.width
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, small)
    for tile in range(tiles):
        row, column = divmod(tile, columns)
        place = QRectF(left + column * (wide + GAP), top + row * (high + GAP), wide, high)
        source = QRectF(0.0, tile * picture.height, picture.width, picture.height)
        painter.drawImage(place, image, source)


def draw_bars(painter: QPainter, room: QRectF, values: Sequence[float], low: float, high: float) -> None:
    """Draw a bar for each value from the line of zero, those below it in another colour."""
    if not values:
        return
    low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or 1.0
    zero = room.bottom() - room.height() * (0.0 - low) / span
    wide = min(room.width() / len(values), 14.0)
    left = room.left() + (room.width() - wide * len(values)) / 2
    gap = 1.0 if wide >= 3.0 else 0.0
    up, down = QColor(colour("accent")), QColor(colour("warning"))
    for index, value in enumerate(values):
        y = room.bottom() - room.height() * (value - low) / span
        bar = QRectF(left + index * wide, min(y, zero), wide - gap, abs(zero - y))
        painter.fillRect(bar, up if value >= 0 else down)
    painter.setPen(QPen(QColor(colour("border_strong")), 1.0))
    painter.drawLine(QPointF(room.left(), zero), QPointF(room.right(), zero))


def draw_spread(painter: QPainter, room: QRectF, spread: Spread) -> None:
    """Draw a histogram, with a line where zero is."""
    most = max(spread.counts, default=0)
    if most:
        wide = room.width() / len(spread.counts)
        fill = QColor(colour("accent"))
        for index, count in enumerate(spread.counts):
            high = room.height() * count / most
            if count:
                high = max(high, 1.0)
            painter.fillRect(
                QRectF(room.left() + index * wide, room.bottom() - high, max(wide - 1.0, 1.0), high), fill
            )
    painter.setPen(QPen(QColor(colour("border_strong")), 1.0))
    painter.drawLine(room.bottomLeft(), room.bottomRight())
    if spread.low < 0.0 < spread.high:
        x = room.left() + room.width() * (0.0 - spread.low) / (spread.high - spread.low)
        painter.setPen(QPen(QColor(colour("muted")), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))


def number(value: float) -> str:
    """Write a number short, as it stands beside a picture."""
    return f"{value:.3g}".replace("e-0", "e-").replace("e+0", "e")


def reach(low: float, high: float) -> str:
    """Write from where to where numbers go."""
    return f"{number(low)} … {number(high)}"
