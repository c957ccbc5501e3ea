"""A place to bring a picture to, in its colours: opened, dropped or pasted, within limits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.graph import NetwrightError
from studio.ui.looks.theme import RADIUS, SPACE_SMALL, colour, font, themes
from studio.ui.widgets.drawing_pad import LIMIT_MB, check_size, read_picture
from studio.ui.words.text import languages, live, tr

_LARGEST = 1024
"""Pixels of the longer side that are kept: networks look at far fewer."""


class ColourSheet(QWidget):
    """Shows the picture that was brought; `Ctrl+V` pastes one, `Delete` takes it away."""

    changed = Signal()
    """There is another picture, or none."""
    refused = Signal(object)
    """A picture was not taken; the `Message` says why."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._image = QImage()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "The picture to try")
        themes.changed.connect(self.update)
        languages.changed.connect(self.update)

    def picture(self) -> tuple[int, int, bytes] | None:
        """Give the picture: width, height, and red, green and blue row by row; None where there is none."""
        if self._image.isNull():
            return None
        width, height = self._image.width(), self._image.height()
        data, step = bytes(self._image.constBits()), self._image.bytesPerLine()
        lines = (data[row * step : row * step + 3 * width] for row in range(height))
        return width, height, b"".join(lines)

    def load(self, path: Path | str) -> None:
        """Take a picture of a file.

        Raises:
            NetwrightError: it is too large, or no picture.
        """
        self._take(read_picture(Path(path)))

    def clear(self) -> None:
        """Take the picture away."""
        if not self._image.isNull():
            self._image = QImage()
            self.update()
            self.changed.emit()

    def _take(self, picture: QImage) -> None:
        if max(picture.width(), picture.height()) > _LARGEST:
            picture = picture.scaled(
                _LARGEST,
                _LARGEST,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        paper = QImage(picture.size(), QImage.Format.Format_RGB888)
        paper.fill(Qt.GlobalColor.white)  # what is see-through, as pictures of folders are read
        painter = QPainter(paper)
        painter.drawImage(0, 0, picture)
        painter.end()
        self._image = paper
        self.update()
        self.changed.emit()

    def _take_from(self, offered: QMimeData) -> bool:
        QImageReader.setAllocationLimit(LIMIT_MB)  # the clipboard's picture is read by Qt, too
        try:
            files = [url.toLocalFile() for url in offered.urls() if url.isLocalFile()]
            if files:
                self.load(files[0])
                return True
            found = offered.imageData() if offered.hasImage() else None
            if isinstance(found, QImage) and not found.isNull():
                check_size(found.size(), tr("the picture"))
                self._take(found)
                return True
        except NetwrightError as error:
            self.refused.emit(error.message)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste or clear by keys."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take_from(QGuiApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture, or how to bring one."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._image.isNull():
            painter.setPen(QPen(colour("border_strong"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(colour("field")))
            painter.drawRoundedRect(room, RADIUS, RADIUS)
            painter.setPen(colour("muted"))
            painter.setFont(font())
            inner = room.adjusted(SPACE_SMALL, SPACE_SMALL, -SPACE_SMALL, -SPACE_SMALL)
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, middle, tr("Drop a picture here, or paste one"))
        else:
            size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
            painter.drawImage(QRectF(room.left() + left, room.top() + top, *size.toTuple()), self._image)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(room, RADIUS, RADIUS)

    def sizeHint(self) -> QSize:
        """Give a good size."""
        return QSize(200, 180)

    def minimumSizeHint(self) -> QSize:
        """Give the least size at which a picture is made out."""
        return QSize(112, 96)
