"""Draws what a table cannot say in words: how values are spread, and how classes share the samples."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.ui.looks.theme import RADIUS_SMALL, SPACE_TINY, colour, themes

BARS = int(Qt.ItemDataRole.UserRole) + 1
"""The role of a cell with the heights of its bars."""

Index = QModelIndex | QPersistentModelIndex

PARTS = ("series0", "series1", "series2")
"""Colours of training, validation and test samples."""


class BarsDelegate(QStyledItemDelegate):
    """Draws a cell as a small histogram."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as any cell has it, and the bars."""
        super().paint(painter, option, index)
        bars = index.data(BARS)
        if bars:
            room = QRectF(option.rect).adjusted(6, 4, -6, -4)
            draw_bars(painter, room, bars)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Take room for a bar of three pixels each."""
        return QSize(120, 30)


def draw_bars(painter: QPainter, room: QRectF, bars: Sequence[int]) -> None:
    """Draw bars from the bottom of a room; the smallest that is not nothing is seen."""
    most = max(bars)
    if most <= 0:
        return
    wide = min(room.width() / len(bars), 14.0)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("series0"))
    for place, bar in enumerate(bars):
        high = max(room.height() * bar / most, 1.5) if bar else 0.0
        gap = 1.0 if wide > 3 else 0.0
        painter.drawRect(QRectF(room.left() + place * wide, room.bottom() - high, wide - gap, high))
    painter.setPen(QPen(colour("border_strong"), 1))
    painter.drawLine(room.bottomLeft(), room.bottomRight())
    painter.restore()


class ShareDelegate(QStyledItemDelegate):
    """Draws a cell as one bar of several parts, as long as its share of the longest."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as any cell has it, and the bar."""
        super().paint(painter, option, index)
        found = index.data(BARS)
        if found:
            *parts, most = found
            room = QRectF(option.rect).adjusted(6, 7, -6, -7)
            draw_parts(painter, room, parts, most)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Take some room."""
        return QSize(160, 26)


def draw_parts(painter: QPainter, room: QRectF, parts: Sequence[float], most: float) -> None:
    """Draw parts beside each other; all of them together are `most` at the full width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("hover"))
    painter.drawRoundedRect(room, RADIUS_SMALL, RADIUS_SMALL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    left = room.left()
    for place, part in enumerate(parts):
        wide = room.width() * part / max(most, 1)
        if part:
            painter.setBrush(colour(PARTS[place % len(PARTS)]))
            painter.drawRect(QRectF(left, room.top(), max(wide, 1.5), room.height()))
        left += wide
    painter.restore()


class PartsBar(QWidget):
    """How many samples are learned from, checked with and judged by, as one bar."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._counts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(10)
        themes.changed.connect(self.update)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show the parts."""
        self._counts = tuple(counts)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        draw_parts(painter, QRectF(self.rect()), self._counts, sum(self._counts))


def dot(part: int, side: int, ratio: float) -> QPixmap:
    """Give the mark of a part beside its name."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(PARTS[part]))
    painter.drawRoundedRect(QRectF(0, 0, side, side), 2, 2)
    painter.end()
    return made


# -- samples ---------------------------------------------------------------------------------------------


def image_of(found: tuple[int, int, int, bytes]) -> QImage:
    """Give bytes by rows as an image."""
    width, height, channels, data = found
    form = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    return QImage(data, width, height, channels * width, form).copy()  # it only borrows the bytes


def mask_of(found: tuple[int, int, int, bytes]) -> QImage:
    """Give the classes of pixels as an image to lay over a picture; class 0 is the ground and clear."""
    width, height, _, data = found
    image = QImage(data, width, height, width, QImage.Format.Format_Indexed8)
    table = [0]
    for place in range(1, 256):
        shade = colour(f"series{(place - 1) % 8}")
        shade.setAlpha(150)
        table.append(shade.rgba())
    image.setColorTable(table)
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def tile(
    pictures: Sequence[QImage],
    curves: Sequence[Sequence[float]],
    mask: QImage | None,
    size: QSize,
    ratio: float,
) -> QPixmap:
    """Give a sample as a picture of one size: its pictures beside each other, or its curves."""
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if pictures:
        each = (size.width() - SPACE_TINY * (len(pictures) - 1)) / len(pictures)
        for place, image in enumerate(pictures):
            room = QRectF(place * (each + SPACE_TINY), 0, each, size.height())
            over = mask if place == 0 else None
            _draw_image(painter, room, image, over)
    else:
        _draw_curves(painter, QRectF(0, 0, size.width(), size.height()), curves)
    painter.end()
    return made


def _draw_image(painter: QPainter, room: QRectF, image: QImage, over: QImage | None) -> None:
    scale = min(room.width() / image.width(), room.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    place = QRectF(room.center().x() - wide / 2, room.center().y() - high / 2, wide, high)
    # Few pixels are seen as such; what is made smaller is smoothed.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
    painter.drawImage(place, image)
    if over is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place, over)
    edge = QColor(colour("border"))
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0, 0, -1, -1))


def _draw_curves(painter: QPainter, room: QRectF, curves: Sequence[Sequence[float]]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("border"), 1))
    painter.setBrush(colour("field"))
    painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SMALL, RADIUS_SMALL)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    known = [value for curve in curves for value in curve]
    low, high = min(known, default=0.0), max(known, default=1.0)
    inside = room.adjusted(6, 6, -6, -6)
    for number, curve in enumerate(curves):
        step = inside.width() / max(len(curve) - 1, 1)
        line = QPolygonF()
        for place, value in enumerate(curve):
            share = (value - low) / (high - low) if high > low else 0.5
            line.append(inside.bottomLeft() + QPointF(place * step, -share * inside.height()))
        painter.setPen(QPen(colour(f"series{number}"), 1.4))
        painter.drawPolyline(line)
