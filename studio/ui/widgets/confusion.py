"""Which classes a network takes for which: a matrix of counts, coloured by the share of each true class."""

from __future__ import annotations

import math
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
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolButton, QWidget

from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import FONT_BASE, FONT_SMALL, SPACE_SMALL, SPACE_TINY, font, theme, themes
from studio.ui.widgets.confusion_grid import BAR, FINE, SMALLEST, Grid, Words, lay_out, least_width, short
from studio.ui.words.text import languages, live, tr

_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_RIGHT = _LEFT | Qt.AlignmentFlag.AlignRight


class ConfusionMatrix(QWidget):
    """Rows are what things are, columns what the network says they are.

    Many classes are scrolled to, their names staying in sight; a button shows all of them as a picture.
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
        self._words = Words()
        self._whole = False
        self._across = QScrollBar(Qt.Orientation.Horizontal, self)
        self._down = QScrollBar(Qt.Orientation.Vertical, self)
        self.whole_button = QToolButton(self)
        self.whole_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.whole_button.setIconSize(QSize(14, 14))
        self.whole_button.clicked.connect(lambda: self.show_whole(not self._whole))
        for bar in (self._across, self._down):
            bar.valueChanged.connect(lambda _value: self._scrolled())
        self.show_whole(False)
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
        self._words = Words.of(self._classes, self._counts, (*self._rows, *self._columns))
        self._hovered = None
        self._current = (min(self._current[0], max(0, size - 1)), min(self._current[1], max(0, size - 1)))
        self._place()
        self.updateGeometry()
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

    def show_whole(self, whole: bool) -> None:
        """Shrink the cells until all of them are seen, or keep their numbers and scroll."""
        self._whole = whole
        live_icon(self.whole_button, "zoom_in" if whole else "fit", "muted")
        said = "Show every number" if whole else "Show the whole matrix"
        live(self.whole_button.setToolTip, said)
        live(self.whole_button.setAccessibleName, said)
        self._place()

    @property
    def grid(self) -> Grid:
        """Where everything is in the widget as large as it is now."""
        return self._grid

    @property
    def offset(self) -> QPointF:
        """How far the matrix is scrolled."""
        return QPointF(self._across.value(), self._down.value())

    def _place(self) -> None:
        """Find the places anew, and show the scroll bars and the button where they are needed."""
        self._grid = lay_out(self.width(), self.height(), self._words, whole=self._whole)
        grid, area = self._grid, self._grid.area.toRect()
        self._across.setRange(0, grid.across)
        self._across.setPageStep(area.width())
        self._across.setSingleStep(max(1, round(grid.width)))
        self._down.setRange(0, grid.down)
        self._down.setPageStep(area.height())
        self._down.setSingleStep(max(1, round(grid.height)))
        self._across.setVisible(grid.across > 0)
        self._down.setVisible(grid.down > 0)
        below = round(area.bottom() + 2 * grid.line + SPACE_SMALL)
        self._across.setGeometry(area.left(), min(below, self.height() - BAR), area.width(), BAR)
        self._down.setGeometry(self.width() - BAR, area.top(), BAR, area.height())
        self.whole_button.setVisible(bool(self._classes) and (self._whole or grid.scrolls))
        self.whole_button.setGeometry(0, 0, 24, 24)
        self.update()

    def _scrolled(self) -> None:
        """Show other cells; what is under the mouse is another one too."""
        self._hovered = None
        self.update()

    def _show_cell(self, row: int, column: int) -> None:
        """Scroll as little as brings a cell into sight."""
        cell, area = self._cell(row, column), self._grid.area
        for bar, before, behind in (
            (self._across, area.left() - cell.left(), cell.right() - area.right()),
            (self._down, area.top() - cell.top(), cell.bottom() - area.bottom()),
        ):
            if before > 0 or behind > 0:
                bar.setValue(bar.value() + round(behind if behind > 0 else -before))

    def _cell(self, row: int, column: int) -> QRectF:
        """Give where a cell is."""
        return self._grid.cell(row, column, self.offset)

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Give the row and the column at a place; None outside."""
        return self._grid.at(place, self.offset)

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
            self._paint_names(painter)
            self._paint_words(painter)
        painter.end()

    def _paint_cells(self, painter: QPainter) -> None:
        grid, offset = self._grid, self.offset
        side = min(grid.width, grid.height)
        painter.save()
        painter.setClipRect(grid.area)
        if side < FINE:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=side < 1)
            painter.drawImage(grid.area, self._fine_picture())
        else:
            gap = 1.0 if side >= 16 else 0.5
            radius = min(4.0, side / 10)
            painter.setFont(font(grid.writing or SMALLEST))
            metrics = QFontMetricsF(painter.font())
            for row in grid.rows(offset):
                for column in grid.columns(offset):
                    cell = grid.cell(row, column, offset).adjusted(gap, gap, -gap, -gap)
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
        painter.restore()

    def _paint_count(
        self, painter: QPainter, metrics: QFontMetricsF, cell: QRectF, ground: QColor, count: int
    ) -> None:
        """Write a count into its cell."""
        written = short(count) if self._grid.shortened else str(count)
        fits = metrics.horizontalAdvance(written) <= cell.width() and cell.height() >= SMALLEST
        if not self._grid.writing and not fits:  # all are shown, as small as it takes
            return
        tokens = theme()
        ink = tokens.muted if not count else _readable(ground, (tokens.text, tokens.accent_text))
        painter.setPen(QColor(ink))
        painter.drawText(cell, _CENTRE, written)

    def _paint_names(self, painter: QPainter) -> None:
        """Write the classes beside the rows and above the columns, and the totals across from them."""
        tokens, grid, area, offset = theme(), self._grid, self._grid.area, self.offset
        painter.setFont(font(grid.label))
        metrics = QFontMetricsF(painter.font())
        elide = Qt.TextElideMode.ElideRight
        marked = self._hovered or (self._current if self.hasFocus() else (-1, -1))
        # Of rows that are shrunk, only some have room for a name.
        every = 1 if grid.writing else max(1, -int(-grid.line // grid.height)) if grid.height else 1
        painter.save()
        painter.setClipRect(QRectF(0, area.top() - 2, self.width(), area.height() + 4))
        for index in grid.rows(offset):
            if index % every and index != marked[0]:
                continue
            cell = grid.cell(index, 0, offset)
            name = QRectF(area.left() - SPACE_TINY - grid.names, cell.top(), grid.names, cell.height())
            painter.setPen(QColor(tokens.text if index == marked[0] else tokens.muted))
            painter.drawText(name, _RIGHT, metrics.elidedText(self._classes[index], elide, grid.names))
            total = QRectF(area.right() + SPACE_TINY, cell.top(), self.width(), cell.height())
            painter.drawText(total, _LEFT, short(self._rows[index]))
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(area.left() - 2, 0, area.width() + 4, self.height()))
        for index in grid.columns(offset):
            cell = grid.cell(0, index, offset)
            painter.setPen(QColor(tokens.text if index == marked[1] else tokens.muted))
            self._paint_head(painter, metrics, cell, self._classes[index])
            total = QRectF(cell.left(), area.bottom(), cell.width(), grid.line)
            if metrics.horizontalAdvance(short(self._columns[index])) <= cell.width():
                painter.drawText(total, _CENTRE, short(self._columns[index]))
        painter.restore()

    def _paint_head(self, painter: QPainter, metrics: QFontMetricsF, cell: QRectF, name: str) -> None:
        """Write a name above its column, upwards where it is wider than that."""
        grid, elide = self._grid, Qt.TextElideMode.ElideRight
        if grid.turned:
            painter.save()
            painter.translate(cell.left(), grid.area.top() - SPACE_TINY / 2)
            painter.rotate(-90)
            head = QRectF(0, 0, grid.heads - SPACE_TINY / 2, cell.width())
            painter.drawText(head, _LEFT, metrics.elidedText(name, elide, head.width()))
            painter.restore()
        elif cell.width() >= 18 or metrics.horizontalAdvance(name) <= cell.width():
            head = QRectF(cell.left(), grid.area.top() - grid.heads, cell.width(), grid.heads)
            painter.drawText(head, _CENTRE, metrics.elidedText(name, elide, cell.width() - 2))

    def _paint_words(self, painter: QPainter) -> None:
        """Name the axes, and say what is under the mouse, or how much is right."""
        tokens, grid, area = theme(), self._grid, self._grid.area
        painter.setFont(font(FONT_SMALL))
        painter.setPen(QColor(tokens.muted))
        top = area.top() - grid.heads - grid.line
        painter.drawText(QRectF(area.left(), top, area.width(), grid.line), _CENTRE, tr("Predicted"))
        painter.save()
        painter.translate(area.left() - grid.names - SPACE_SMALL - grid.line, area.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-area.height() / 2, 0, area.height(), grid.line), _CENTRE, tr("True"))
        painter.restore()
        painter.setPen(QColor(tokens.text))
        below = QRectF(0, area.bottom() + grid.line + SPACE_TINY / 2, self.width(), grid.line)
        said = QFontMetricsF(painter.font()).elidedText(
            self.said(), Qt.TextElideMode.ElideMiddle, self.width() - SPACE_SMALL
        )
        painter.drawText(below, _CENTRE, said)

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll where there is more than is seen; with `Shift` to the side."""
        turned = event.angleDelta()
        sideways = turned.x() != 0 or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        bar = self._across if sideways else self._down
        if not bar.maximum():
            event.ignore()
            return
        bar.setValue(bar.value() - round((turned.x() or turned.y()) / 120 * 3 * bar.singleStep()))
        self._mark(self.cell_at(event.position()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the places anew."""
        super().resizeEvent(event)
        self._place()

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
        self._show_cell(*self._current)
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
        """Give the least size at which a few classes are read, or some of many."""
        return QSize(max(180, math.ceil(least_width(self._words))), 180)


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
