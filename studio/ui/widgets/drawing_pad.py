"""A sheet to draw a digit on, or to bring a picture of one to: white on black, as networks know them.

Pictures are read within limits: one that would take much memory is refused with its size, and is never
scaled down unasked.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.graph.text import Message, NetwrightError
from studio.ui.looks.theme import FONT_BASE, FONT_SMALL, RADIUS, SPACE_SMALL, font, theme, themes
from studio.ui.words.text import languages, live, say, tr

LIMIT_MB = 128
"""Megabytes that a picture may take in memory."""

FORMATS = frozenset({"bmp", "gif", "jpeg", "jpg", "pbm", "pgm", "png", "ppm", "tif", "tiff", "webp"})
"""Kinds of pictures that are read; others, such as SVG, can name other files."""

_SHEET = 280
"""Side of the sheet in its own pixels, whatever its size on the screen."""

_BRUSH = 22.0
"""How thick a stroke is on the sheet: as in handwritten digits of 28 pixels."""

_PATIENCE = 80
"""Milliseconds between two tellings of a change."""

_STROKES = 30
"""How many strokes can be taken back."""


class DrawingPad(QWidget):
    """Draw with the mouse, drop or paste a picture; `Delete` clears, `Ctrl+Z` takes a stroke back."""

    changed = Signal()
    """The drawing is another one; told at most a dozen times a second."""

    refused = Signal(object)
    """A dropped or pasted picture was not taken; the `Message` says why."""

    def __init__(self, parent: QWidget | None = None, *, side: int = 28) -> None:
        """Make an empty sheet.

        Args:
            parent: the widget it stands in.
            side: pixels of a side of what `pixels` gives.
        """
        super().__init__(parent)
        self._side = side
        self._sheet = _empty()
        self._before: list[QImage] = []
        self._last: QPointF | None = None
        self._middle = QPointF()
        self._complaint: Message | None = None
        self._waiting = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        live(self.setAccessibleName, "Drawing pad")
        live(
            self.setAccessibleDescription,
            "Draw with the mouse, or paste a picture. Delete clears, Ctrl+Z takes the last stroke back.",
        )
        themes.changed.connect(self.update)
        languages.changed.connect(self.update)

    # ------------------------------------------------------------------ what is drawn

    def is_empty(self) -> bool:
        """Tell whether nothing is drawn."""
        return self._sheet == _empty()

    def pixel_bytes(self) -> bytes:
        """Give the drawing row by row, one byte a pixel: 0 is black paper, 255 a white stroke."""
        small = self._sheet.scaled(
            self._side,
            self._side,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        ).convertToFormat(QImage.Format.Format_Grayscale8)
        lines = (bytes(cast(memoryview, small.constScanLine(row))) for row in range(self._side))
        return b"".join(line[: self._side] for line in lines)

    def pixels(self) -> list[list[float]]:
        """Give the drawing row by row, from 0 (black paper) to 1 (white stroke)."""
        data = self.pixel_bytes()
        return [
            [value / 255 for value in data[row * self._side : (row + 1) * self._side]]
            for row in range(self._side)
        ]

    def clear(self) -> None:
        """Take a new sheet."""
        self._complaint = None
        if not self.is_empty():
            self._keep()
            self._sheet = _empty()
            self._tell()
        self.update()

    def undo(self) -> None:
        """Take back the last stroke, picture or clearing."""
        if self._before:
            self._sheet = self._before.pop()
            self._tell()

    def load(self, path: Path | str) -> None:
        """Put a picture on the sheet: fitted, in grey, with dark writing on bright paper inverted.

        Raises:
            NetwrightError: it is too large, or no picture.
        """
        self._take(read_picture(Path(path)))

    # ------------------------------------------------------------------ pictures from elsewhere

    def _take(self, picture: QImage) -> None:
        """Put a picture on the sheet."""
        self._keep()
        self._complaint = None
        self._sheet = _on_sheet(picture)
        self._tell()

    def _take_from(self, offered: QMimeData) -> bool:
        """Take a picture that was dropped or pasted; tell why where it cannot be."""
        QImageReader.setAllocationLimit(LIMIT_MB)  # the clipboard's picture is read by Qt, too
        try:
            files = [url.toLocalFile() for url in offered.urls() if url.isLocalFile()]
            if files:
                self.load(files[0])
                return True
            picture = offered.imageData() if offered.hasImage() else None
            if isinstance(picture, QImage) and not picture.isNull():
                check_size(picture.size(), tr("the picture"))
                self._take(picture)
                return True
        except NetwrightError as error:
            self._complaint = error.message
            self.refused.emit(error.message)
            self.update()
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures, and files that may be some."""
        offered = event.mimeData()
        if offered.hasImage() or any(url.isLocalFile() for url in offered.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self._take_from(event.mimeData()):
            event.acceptProposedAction()

    # ------------------------------------------------------------------ drawing

    def _keep(self) -> None:
        """Remember the sheet as it is, for `undo`."""
        self._before = [*self._before, self._sheet.copy()][-_STROKES:]

    def _tell(self) -> None:
        """Show a change, and tell it soon."""
        self.update()
        if not self._waiting:
            self._waiting = self.startTimer(_PATIENCE)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Tell all changes since the last telling at once."""
        if event.timerId() != self._waiting:
            super().timerEvent(event)
            return
        self.killTimer(self._waiting)
        self._waiting = 0
        self.changed.emit()

    def _area(self) -> QRectF:
        """Give where the sheet is on the screen: the largest square, in the middle."""
        side = float(min(self.width(), self.height())) - 4
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _on_paper(self, place: QPointF) -> QPointF:
        """Give where on the sheet a place on the screen is."""
        area = self._area()
        return (place - area.topLeft()) * (_SHEET / max(1.0, area.width()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke, with a dot."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._keep()
        self._complaint = None
        self._last = self._middle = self._on_paper(event.position())
        path = QPainterPath(self._last)
        path.lineTo(self._last + QPointF(0.01, 0))
        self._stroke(path)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, in a curve through the middles between places."""
        if self._last is None:
            return
        place = self._on_paper(event.position())
        middle = (self._last + place) / 2
        path = QPainterPath(self._middle)
        path.quadTo(self._last, middle)
        self._last, self._middle = place, middle
        self._stroke(path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke where the mouse is."""
        if event.button() == Qt.MouseButton.LeftButton and self._last is not None:
            path = QPainterPath(self._middle)
            path.lineTo(self._on_paper(event.position()))
            self._stroke(path)
            self._last = None

    def _stroke(self, path: QPainterPath) -> None:
        """Draw on the sheet."""
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(Qt.GlobalColor.white, _BRUSH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.end()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear, take back or paste by keys."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._take_from(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ showing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the sheet, a hint while it is empty, and why a picture was not taken."""
        tokens, area = theme(), self._area()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        edge = QPainterPath()
        edge.addRoundedRect(area, RADIUS, RADIUS)
        painter.setClipPath(edge)
        painter.drawImage(area, self._sheet)
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        inner = area.adjusted(SPACE_SMALL, SPACE_SMALL, -SPACE_SMALL, -SPACE_SMALL)
        if self._complaint is not None:
            painter.fillRect(area, QColor(tokens.error_soft))
            painter.setPen(QColor(tokens.error))
            painter.setFont(font(FONT_SMALL))
            painter.drawText(inner, middle, say(self._complaint))
        elif self.is_empty():
            painter.setPen(QColor("#9DA5B5"))  # on black paper in both themes
            painter.setFont(font(FONT_BASE))
            painter.drawText(inner, middle, tr("Draw here, or drop a picture"))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(tokens.accent if focused else tokens.border_strong), 2 if focused else 1))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Give a good size."""
        return QSize(_SHEET, _SHEET)

    def minimumSizeHint(self) -> QSize:
        """Give the least size that can be drawn on."""
        return QSize(112, 112)

    def heightForWidth(self, width: int) -> int:
        """Stay a square."""
        return width


def read_picture(path: Path) -> QImage:
    """Read a picture within the limits; only its header is read of one that is too large.

    Raises:
        NetwrightError: it is too large, of another kind, or cannot be read.
    """
    QImageReader.setAllocationLimit(LIMIT_MB)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead():
        raise NetwrightError(
            Message("Expected a picture, received {name}, which cannot be read as one.", name=path.name)
        )
    kind = bytes(reader.format().data()).decode("ascii", "replace")
    if kind not in FORMATS:
        raise NetwrightError(
            Message(
                "Expected a PNG, JPEG, BMP, GIF, TIFF or WebP picture, received {name}, which is {kind}.",
                name=path.name,
                kind=kind.upper(),
            )
        )
    check_size(reader.size(), path.name)
    picture = reader.read()
    if picture.isNull():
        raise NetwrightError(
            Message(
                "{name} is damaged: {why}. Choose another picture.", name=path.name, why=reader.errorString()
            )
        )
    return picture


def check_size(size: QSize, name: str) -> None:
    """Refuse a picture that would take too much memory."""
    needed = size.width() * size.height() * 4 / 2**20
    if size.isValid() and needed > LIMIT_MB:
        raise NetwrightError(
            Message(
                "{name} is {width} x {height} pixels and would take {needed} MB; at most {limit} MB are read."
                " Make it smaller first.",
                name=name,
                width=size.width(),
                height=size.height(),
                needed=round(needed),
                limit=LIMIT_MB,
            )
        )


def _empty() -> QImage:
    """Make a black sheet."""
    sheet = QImage(_SHEET, _SHEET, QImage.Format.Format_Grayscale8)
    sheet.fill(0)
    return sheet


def _on_sheet(picture: QImage) -> QImage:
    """Fit a picture on a sheet: in grey, writing bright and paper dark."""
    fitted = picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied).scaled(
        _SHEET, _SHEET, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    whole = fitted.rect()
    grey = QImage(fitted.size(), QImage.Format.Format_Grayscale8)
    # What is see-through is paper: dark behind bright writing, bright behind dark writing.
    grey.fill(0 if _brightness(fitted) > 0.5 else 255)
    painter = QPainter(grey)
    painter.drawImage(whole, fitted)
    painter.end()
    if _brightness(grey) > 0.5:
        grey.invertPixels()
    sheet = _empty()
    painter = QPainter(sheet)
    painter.drawImage((_SHEET - grey.width()) // 2, (_SHEET - grey.height()) // 2, grey)
    painter.end()
    return sheet


def _brightness(picture: QImage) -> float:
    """Give how bright a picture is on the whole, from 0 to 1; what is see-through does not count."""
    dot = picture.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0)
    return dot.lightnessF() if dot.alpha() else 0.0
