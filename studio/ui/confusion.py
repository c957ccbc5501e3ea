"""Which classes a network takes for which: a matrix of counts, coloured by the share of each true class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.text import languages, live, tr
from studio.ui.theme import (
    FONT_BASE,
    FONT_HEADING,
    FONT_SMALL,
    SPACE_SMALL,
    SPACE_TINY,
    font,
    theme,
    themes,
)

_WIDEST = 110.0
"""Pixels that the names beside the rows may take."""

_FINE = 7.0
"""Cells smaller than this are painted as one picture, without lines between them."""


class ConfusionMatrix(QWidget):
    """Rows are what things are, columns what the network says they are.

    Keys: arrows go from cell to cell, `Home` and `End` along the row, `Enter` or `Space` chooses.
    """

    cell_clicked = Signal(int, int)
    """A cell was chosen: its row (the true class) and its column (the predicted one)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make one without results."""
        super().__init__(parent)
        self._counts: tuple[tuple[int, ...], ...] = ()
        self._classes: tuple[str, ...] = ()
        self._rows: tuple[int, ...] = ()
        self._columns: tuple[int, ...] = ()
        self._hovered: tuple[int, int] | None = None
        self._current = (0, 0)
        self._picture: QImage | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "Confusion matrix")
        themes.changed.connect(self._wear)
        languages.changed.connect(self.update)

    # ------------------------------------------------------------------ what it shows

    def set_matrix(self, counts: Sequence[Sequence[int]], classes: Sequence[str]) -> None:
        """Show other results.

        Args:
            counts: a row for each true class, in it how often each class was predicted.
            classes: their names; shown as plain text.

        Raises:
            ValueError: there is not one row and one column for each class, or a count is below zero.
        """
        size = len(classes)
        if len(counts) != size or any(len(row) != size for row in counts):
            widths = sorted({len(row) for row in counts})
            raise ValueError(f"Expected {size} rows of {size} counts, received {len(counts)} of {widths}.")
        if any(count < 0 for row in counts for count in row):
            raise ValueError("Expected counts of at least 0, received one below.")
        self._counts = tuple(tuple(row) for row in counts)
        self._classes = tuple(" ".join(name.split()) or "–" for name in classes)
        self._rows = tuple(sum(row) for row in self._counts)
        self._columns = tuple(map(sum, zip(*self._counts, strict=True)))
        self._hovered = None
        self._current = (min(self._current[0], max(0, size - 1)), min(self._current[1], max(0, size - 1)))
        self._wear()

    def clear(self) -> None:
        """Show that there are no results."""
        self.set_matrix([], [])

    def describe(self, true: int, predicted: int) -> str:
        """Say what a cell holds."""
        count, of = self._counts[true][predicted], self._rows[true]
        return tr(
            "True {true}, predicted {predicted}: {count} of {total} ({share} %)",
            true=self._classes[true],
            predicted=self._classes[predicted],
            count=count,
            total=of,
            share=f"{100 * count / of if of else 0:.1f}",
        )

    def summary(self) -> str:
        """Say how much is right."""
        total = sum(self._rows)
        right = sum(self._counts[index][index] for index in range(len(self._classes)))
        share = f"{100 * right / total if total else 0:.1f}"
        return tr("{right} of {total} right ({share} %)", right=right, total=total, share=share)

    # ------------------------------------------------------------------ where things are

    def _names_width(self) -> float:
        """Give the room for the names of the rows."""
        metrics = QFontMetricsF(font(FONT_SMALL))
        widest = max((metrics.horizontalAdvance(name) for name in self._classes), default=0.0)
        return min(widest, _WIDEST, self.width() / 4) + SPACE_SMALL

    def _line(self) -> float:
        """Give how high a line of text is."""
        return QFontMetricsF(font(FONT_SMALL)).height() + SPACE_TINY

    def _grid(self) -> QRectF:
        """Give where the cells are: a square, as large as fits, with room for names and totals."""
        size = max(1, len(self._classes))
        line = self._line()
        left = line + self._names_width()
        above, below = 2 * line, 2 * line + SPACE_SMALL
        right = (
            QFontMetricsF(font(FONT_SMALL)).horizontalAdvance(_short(max(self._rows, default=0)))
            + SPACE_SMALL
        )
        side = max(0.0, min(self.width() - left - right, self.height() - above - below))
        if side > size:
            side -= side % size  # whole pixels to a cell
        spare = max(0.0, self.width() - left - right - side) / 2
        return QRectF(round(left + spare), round(above), side, side)

    def _cell(self, row: int, column: int) -> QRectF:
        """Give where a cell is."""
        grid = self._grid()
        side = grid.width() / max(1, len(self._classes))
        return QRectF(grid.left() + column * side, grid.top() + row * side, side, side)

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Give the row and the column at a place; None outside."""
        grid, size = self._grid(), len(self._classes)
        if not size or not grid.contains(place) or grid.width() < 1:
            return None
        side = grid.width() / size
        row, column = int((place.y() - grid.top()) / side), int((place.x() - grid.left()) / side)
        return min(row, size - 1), min(column, size - 1)

    def cell_centre(self, row: int, column: int) -> QPoint:
        """Give the middle of a cell."""
        return self._cell(row, column).center().toPoint()

    # ------------------------------------------------------------------ what it looks like

    def _colour(self, row: int, column: int) -> QColor:
        """Give the colour of a cell: of right ones the accent, of mistakes the error's, by their share."""
        tokens = theme()
        share = self._counts[row][column] / self._rows[row] if self._rows[row] else 0.0
        if not share:
            return QColor(tokens.window)
        strong = QColor(tokens.accent if row == column else tokens.error)
        # Most mistakes are rare: by their root, one in thirty still differs from one in three hundred.
        part = 0.06 + 0.94 * (share if row == column else share**0.5)
        paper = QColor(tokens.field)

        def mixed(one: float, other: float) -> float:
            return part * one + (1 - part) * other

        return QColor.fromRgbF(
            mixed(strong.redF(), paper.redF()),
            mixed(strong.greenF(), paper.greenF()),
            mixed(strong.blueF(), paper.blueF()),
        )

    def _wear(self) -> None:
        """Take the colours of the theme in use."""
        self._picture = None
        self.update()

    def _fine_picture(self) -> QImage:
        """Paint every cell as one pixel."""
        if self._picture is None:
            size = len(self._classes)
            picture = QImage(size, size, QImage.Format.Format_RGB32)
            picture.fill(QColor(theme().window))
            for row, counts in enumerate(self._counts):
                for column, count in enumerate(counts):
                    if count:
                        picture.setPixelColor(column, row, self._colour(row, column))
            self._picture = picture
        return self._picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cells, names, totals, and a line that says what is under the mouse."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._classes:
            painter.setPen(QColor(theme().muted))
            painter.setFont(font(FONT_BASE))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), middle, tr("No results yet"))
        else:
            self._paint_cells(painter)
            painter.setFont(font(FONT_SMALL))
            self._paint_names(painter)
            self._paint_words(painter)
        painter.end()

    def _paint_cells(self, painter: QPainter) -> None:
        size, side = len(self._classes), self._cell(0, 0).width()
        if side < _FINE:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=side < 1)
            painter.drawImage(self._grid(), self._fine_picture())
        else:
            gap = 1.0 if side >= 16 else 0.5
            radius = min(4.0, side / 10)
            painter.setFont(font(FONT_HEADING if side > 56 else FONT_SMALL))
            metrics = QFontMetricsF(painter.font())
            for row in range(size):
                for column in range(size):
                    cell = self._cell(row, column).adjusted(gap, gap, -gap, -gap)
                    colour = self._colour(row, column)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour)
                    painter.drawRoundedRect(cell, radius, radius)
                    self._paint_count(painter, metrics, cell, colour, self._counts[row][column])
        marked = self._hovered or (self._current if self.hasFocus() else None)
        if marked is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme().text), 2))
            painter.drawRoundedRect(self._cell(*marked), 3, 3)

    def _paint_count(
        self, painter: QPainter, metrics: QFontMetricsF, cell: QRectF, ground: QColor, count: int
    ) -> None:
        """Write a count into its cell, whole or short, where it fits."""
        for written in (str(count), _short(count)):
            if metrics.horizontalAdvance(written) + 6 <= cell.width() and metrics.height() <= cell.height():
                tokens = theme()
                ink = tokens.muted if not count else _readable(ground, (tokens.text, tokens.accent_text))
                painter.setPen(QColor(ink))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, written)
                return

    def _paint_names(self, painter: QPainter) -> None:
        """Write the classes beside the rows and above the columns, and the totals across from them."""
        tokens, grid, line = theme(), self._grid(), self._line()
        side = grid.width() / len(self._classes)
        metrics = QFontMetricsF(painter.font())
        width = self._names_width() - SPACE_SMALL
        every = max(1, -int(-line // side)) if side else 1  # of narrow rows only some have room for a name
        marked = self._hovered or (self._current if self.hasFocus() else (-1, -1))
        elide = Qt.TextElideMode.ElideRight
        for index, name in enumerate(self._classes):
            row = QRectF(grid.left() - SPACE_TINY - width, grid.top() + index * side, width, side)
            column = QRectF(grid.left() + index * side, grid.top() - line, side, line)
            total = QRectF(grid.right() + SPACE_TINY, row.top(), self.width(), side)
            sum_below = QRectF(column.left(), grid.bottom(), side, line)
            centre, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight
            middle = Qt.AlignmentFlag.AlignVCenter
            if index % every == 0 or index == marked[0]:
                row, total = _at_least(row, line), _at_least(total, line)
                painter.setPen(QColor(tokens.text if index == marked[0] else tokens.muted))
                painter.drawText(row, right | middle, metrics.elidedText(name, elide, width))
                painter.drawText(total, middle, _short(self._rows[index]))
            painter.setPen(QColor(tokens.text if index == marked[1] else tokens.muted))
            if side >= 18 or metrics.horizontalAdvance(name) <= side:
                painter.drawText(column, centre, metrics.elidedText(name, elide, side - 2))
            if metrics.horizontalAdvance(_short(self._columns[index])) <= side:
                painter.drawText(sum_below, centre, _short(self._columns[index]))

    def _paint_words(self, painter: QPainter) -> None:
        """Name the axes, and say what is under the mouse, or how much is right."""
        tokens, grid, line = theme(), self._grid(), self._line()
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            QRectF(grid.left(), grid.top() - 2 * line, grid.width(), line), centre, tr("Predicted")
        )
        painter.save()
        painter.translate(grid.left() - self._names_width() - line, grid.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-grid.height() / 2, 0, grid.height(), line), centre, tr("True"))
        painter.restore()
        painter.setPen(QColor(tokens.text))
        below = QRectF(0, grid.bottom() + line + SPACE_TINY, self.width(), line)
        said = QFontMetricsF(painter.font()).elidedText(
            self.said(), Qt.TextElideMode.ElideMiddle, self.width() - SPACE_SMALL
        )
        painter.drawText(below, centre, said)

    def said(self) -> str:
        """Give the line below the matrix."""
        cell = self._hovered or (self._current if self.hasFocus() else None)
        if not self._classes:
            return ""
        return self.summary() if cell is None else self.describe(*cell)

    # ------------------------------------------------------------------ mouse and keys

    def _mark(self, cell: tuple[int, int] | None) -> None:
        """Have the mouse over another cell, or none."""
        if cell != self._hovered:
            self._hovered = cell
            self.setCursor(Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        self._mark(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Say how much is right again."""
        super().leaveEvent(event)
        self._mark(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell."""
        cell = self.cell_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or cell is None:
            super().mousePressEvent(event)
            return
        self._current = cell
        self.cell_clicked.emit(*cell)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell, and choose one."""
        last = len(self._classes) - 1
        row, column = self._current
        match event.key():
            case _ if last < 0:
                super().keyPressEvent(event)
                return
            case Qt.Key.Key_Up:
                row -= 1
            case Qt.Key.Key_Down:
                row += 1
            case Qt.Key.Key_Left:
                column -= 1
            case Qt.Key.Key_Right:
                column += 1
            case Qt.Key.Key_Home:
                column = 0
            case Qt.Key.Key_End:
                column = last
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.cell_clicked.emit(row, column)
            case _:
                super().keyPressEvent(event)
                return
        self._current = (max(0, min(row, last)), max(0, min(column, last)))
        self._hovered = None
        self.setAccessibleDescription(self.describe(*self._current))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which cell the keys are at."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Give a good size."""
        return QSize(440, 440)

    def minimumSizeHint(self) -> QSize:
        """Give the least size at which it says something."""
        return QSize(180, 180)


def _at_least(area: QRectF, height: float) -> QRectF:
    """Give an area of the same middle that a line of text fits into."""
    missing = max(0.0, height - area.height()) / 2
    return area.adjusted(0, -missing, 0, missing)


def _short(count: int) -> str:
    """Write a count in at most four characters or so."""
    for unit, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= 10 * unit:
            return f"{count // unit}{name}"
    return str(count)


def _readable(ground: QColor, inks: Sequence[str]) -> str:
    """Give the ink that stands out most from a ground."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    def luminance(colour: QColor) -> float:
        return (
            0.2126 * linear(colour.redF())
            + 0.7152 * linear(colour.greenF())
            + 0.0722 * linear(colour.blueF())
        )

    def contrast(ink: str) -> float:
        low, high = sorted((luminance(QColor(ink)), luminance(ground)))
        return (high + 0.05) / (low + 0.05)

    return max(inks, key=contrast)
