"""Where the cells, names and totals of a confusion matrix go, so that each of them can be read.

Few classes fill the room there is, with the largest writing that fits. Where even the smallest does not
fit, the cells keep a size that can be read and the rest is scrolled to; or, when all is to be seen at
once, the cells shrink to a picture without numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from studio.ui.looks.theme import FONT_HEADING, FONT_SMALL, SPACE_SMALL, SPACE_TINY, font

SMALLEST = 9
"""Pixels of the smallest writing that is still read."""

FINE = 7.0
"""Cells smaller than this are painted as one picture, without lines between them."""

BAR = 10
"""How thick a scroll bar is."""

_LARGEST = 72.0
"""Pixels of the side of the largest cell."""

_NAMES = 110.0
"""Pixels that the names beside the rows may take."""

_HEADS = 72.0
"""Pixels that names above the columns may take when they are turned."""

_SCROLLED = 12
"""From so many classes on the least size says nothing of them: they are scrolled to."""


def short(count: int) -> str:
    """Write a count in at most four characters or so."""
    for unit, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= 10 * unit:
            return f"{count // unit}{name}"
    return str(count)


@dataclass(frozen=True)
class Words:
    """How much room the texts of a matrix take.

    Attributes:
        size: how many classes there are.
        names: the longest name of a class.
        counts: the widest count.
        shortened: the widest one when all are written short.
        totals: the widest total of a row or a column, written short.
    """

    size: int = 0
    names: str = ""
    counts: str = ""
    shortened: str = ""
    totals: str = ""

    @staticmethod
    def of(classes: Sequence[str], counts: Sequence[Sequence[int]], totals: Sequence[int]) -> Words:
        """Find the widest texts."""
        wide = QFontMetricsF(font(FONT_SMALL)).horizontalAdvance
        found = {count for row in counts for count in row}
        return Words(
            len(classes),
            max(classes, key=wide, default=""),
            str(max(found, default="")),
            max(map(short, found), key=wide, default=""),
            max(map(short, totals), key=wide, default=""),
        )


@dataclass(frozen=True)
class Grid:
    """The places of one matrix in a widget of one size.

    Attributes:
        area: where cells are seen.
        size: how many rows and columns there are.
        width: of a cell.
        height: of a cell.
        writing: pixels of the counts; 0 where there is no room for any.
        shortened: whether counts are written short.
        names: the width of the names beside the rows.
        heads: the height of the names above the columns.
        turned: whether the names above the columns run upwards.
        line: how high a line of text is.
    """

    area: QRectF
    size: int
    width: float
    height: float
    writing: int
    shortened: bool
    names: float
    heads: float
    turned: bool
    line: float

    @property
    def across(self) -> int:
        """How far the columns can be scrolled."""
        return max(0, round(self.width * self.size - self.area.width()))

    @property
    def down(self) -> int:
        """How far the rows can be scrolled."""
        return max(0, round(self.height * self.size - self.area.height()))

    @property
    def scrolls(self) -> bool:
        """Whether not everything is seen."""
        return self.across > 0 or self.down > 0

    @property
    def label(self) -> int:
        """Pixels of the names and the totals."""
        return min(self.writing or FONT_SMALL, FONT_SMALL)

    def cell(self, row: int, column: int, offset: QPointF) -> QRectF:
        """Give where a cell is when the matrix is scrolled so far."""
        left = self.area.left() + column * self.width - offset.x()
        return QRectF(left, self.area.top() + row * self.height - offset.y(), self.width, self.height)

    def at(self, place: QPointF, offset: QPointF) -> tuple[int, int] | None:
        """Give the row and the column at a place; None outside."""
        if not self.size or not self.area.contains(place) or min(self.width, self.height) * self.size < 1:
            return None
        row = int((place.y() - self.area.top() + offset.y()) / self.height)
        column = int((place.x() - self.area.left() + offset.x()) / self.width)
        return min(row, self.size - 1), min(column, self.size - 1)

    def rows(self, offset: QPointF) -> range:
        """Give the rows that are seen."""
        return _seen(offset.y(), self.area.height(), self.height, self.size)

    def columns(self, offset: QPointF) -> range:
        """Give the columns that are seen."""
        return _seen(offset.x(), self.area.width(), self.width, self.size)


def _seen(offset: float, room: float, step: float, size: int) -> range:
    if step <= 0 or room <= 0:
        return range(0)
    return range(max(0, int(offset / step)), min(size, int((offset + room) / step) + 1))


def lay_out(width: float, height: float, words: Words, *, whole: bool = False) -> Grid:
    """Find the places for a widget of a size.

    Args:
        width: of the widget.
        height: of the widget.
        words: the texts that have to fit.
        whole: shrink the cells as far as is needed to see all of them.
    """
    if not whole:
        for writing, shortened in (
            (FONT_SMALL, False),
            (FONT_SMALL - 1, False),
            (SMALLEST, False),
            (FONT_SMALL, True),
            (SMALLEST, True),
        ):
            found = _fitted(width, height, words, writing, shortened)
            if found is not None:
                return found
    return _shrunk(width, height, words) if whole else _scrolled(width, height, words)


def least_width(words: Words) -> float:
    """Give the width below which a few classes would not be read any more without scrolling."""
    if words.size > _SCROLLED:
        return 264.0
    shortened = len(words.counts) > 4
    cells = words.size * math.ceil(_needs(words, SMALLEST, shortened=shortened)[0])
    around = _around(10 * _NAMES, 10 * _HEADS, words, SMALLEST, cells)
    return around.left + around.right + cells


@dataclass(frozen=True)
class _Around:
    """The room that everything but the cells takes."""

    left: float
    right: float
    above: float
    below: float
    names: float
    heads: float
    turned: bool
    line: float


def _around(width: float, height: float, words: Words, writing: int, cells: float | None = None) -> _Around:
    """Measure what stands around the cells.

    Args:
        width: of the widget.
        height: of the widget.
        words: the texts.
        writing: pixels of the writing.
        cells: the width that the cells will have, where it is known already.
    """
    metrics = QFontMetricsF(font(writing))
    line = metrics.height() + SPACE_TINY / 2
    widest = metrics.horizontalAdvance(words.names) + 1
    names = min(widest, _NAMES, width / 3)
    left = line + names + SPACE_SMALL
    right = metrics.horizontalAdvance(words.totals) + SPACE_SMALL
    each = (width - left - right if cells is None else cells) / max(1, words.size)
    turned = widest + 2 > min(each, 2 * _LARGEST)
    heads = min(widest, _HEADS, height / 4) + SPACE_TINY if turned else line
    return _Around(left, right, line + heads, 2 * line + SPACE_TINY, names, heads, turned, line)


def _needs(words: Words, writing: int, *, shortened: bool = False) -> tuple[float, float]:
    """Give the least width and height of a cell whose count can be read."""
    metrics = QFontMetricsF(font(writing))
    widest = metrics.horizontalAdvance(words.shortened if shortened else words.counts)
    totals = metrics.horizontalAdvance(words.totals)  # they stand below the columns
    # Chinese fonts say that their lines are much higher than what is written.
    return max(widest + 3, totals + 2, writing + 3.0), writing + 3.0


def _fitted(width: float, height: float, words: Words, writing: int, shortened: bool) -> Grid | None:
    """Give a grid with all of its cells, where counts of this size can be read in them."""
    around = _around(width, height, words, writing)
    size = max(1, words.size)
    least_wide, least_high = _needs(words, writing, shortened=shortened)
    wide = (width - around.left - around.right) // size
    high = (height - around.above - around.below) // size
    if wide < least_wide or high < least_high:
        return None
    high = min(high, _LARGEST, max(wide, least_high))
    wide = min(wide, max(2 * high, least_wide))
    large = QFontMetricsF(font(FONT_HEADING)).horizontalAdvance(words.counts) + 8
    if high > 56 and wide > large and not shortened:
        writing = FONT_HEADING
    return _placed(width, around, words, wide, high, writing, shortened)


def _scrolled(width: float, height: float, words: Words) -> Grid:
    """Give a grid whose cells can be read, whether or not all of them are seen."""
    shortened = len(words.counts) > 5
    least_wide, least_high = _needs(words, FONT_SMALL, shortened=shortened)
    wide, high = round(least_wide + 4), round(least_high + 5)
    around = _around(width, height, words, FONT_SMALL, wide * words.size)
    size = max(1, words.size)
    room_across = max(0.0, width - around.left - around.right - BAR)
    room_down = max(0.0, height - around.above - around.below - BAR)
    wide, high = max(wide, int(room_across // size)), max(high, int(room_down // size))
    seen = min(wide * size, int(room_across)), min(high * size, int(room_down))
    left = around.left + (room_across - seen[0]) / 2
    area = QRectF(round(left), round(around.above), *seen)
    return Grid(area, words.size, wide, high, FONT_SMALL, shortened, *_rest(around))


def _shrunk(width: float, height: float, words: Words) -> Grid:
    """Give a grid with all of its cells, however small."""
    size = max(1, words.size)
    around = _around(width, height, words, FONT_SMALL, 10.0**6)  # no room for names above the columns
    side = max(0.0, min(width - around.left - around.right, height - around.above - around.below))
    if side > size:
        side -= side % size  # whole pixels to a cell
    return _placed(width, around, words, side / size, side / size, 0, False)


def _placed(
    width: float, around: _Around, words: Words, wide: float, high: float, writing: int, shortened: bool
) -> Grid:
    """Put the cells in the middle of the width."""
    size = max(1, words.size)
    spare = max(0.0, width - around.left - around.right - wide * size) / 2
    area = QRectF(round(around.left + spare), round(around.above), wide * size, high * size)
    return Grid(area, words.size, wide, high, writing, shortened, *_rest(around))


def _rest(around: _Around) -> tuple[float, float, bool, float]:
    return around.names, around.heads, around.turned, around.line
