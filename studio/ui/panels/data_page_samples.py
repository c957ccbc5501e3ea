"""Samples of a split and a class, as pictures, texts, curves or rows; a handful at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.looking.data_look import DataLook, Question
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY, themes
from studio.ui.panels.data_page_drawing import image_of, mask_of, tile
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import count
from studio.ui.words.text import fixed, languages, live, tr

if TYPE_CHECKING:
    from studio.data.look import PartName
    from studio.data.look_samples import Handful, Sample

PART_TITLES: dict[PartName, Message] = {
    "train": Message("Training set"),
    "validation": Message("Validation set"),
    "test": Message("Test set"),
}
"""What the splits are called."""

SIDES = (72, 176)
"""How large a picture is, small and large."""

_MOST_CLASSES = 500
_WIDEST_CELL = 260


class SamplesView(QWidget):
    """Shows some samples, and others when it is asked."""

    def __init__(self, data: DataLook) -> None:
        """Make it empty.

        Args:
            data: gives the samples.
        """
        super().__init__()
        self._data = data
        self.question = Question()
        self.handful: Handful | None = None
        self._shown_of: object = None
        self.part, self.label = QComboBox(), QComboBox()
        self.label.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.label.setMinimumContentsLength(6)
        self.before, self.more, self.large = QToolButton(), QToolButton(), QToolButton()
        self._range = label(role="muted")
        self._range.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.tiles, self.table = QListWidget(), QTableWidget()
        self._none = label(role="muted", wrap=True)
        self.pages = QStackedWidget()
        self._lay_out()
        self.part.activated.connect(lambda _index: self._choose())
        self.label.activated.connect(lambda _index: self._choose())
        self.before.clicked.connect(lambda: self._turn(-1))
        self.more.clicked.connect(lambda: self._turn(1))
        self.large.toggled.connect(lambda _on: self._show())
        data.handed.connect(self._handed)
        languages.changed.connect(self._renew_lists)
        themes.changed.connect(self._show)

    def _lay_out(self) -> None:
        live(self.part.setAccessibleName, "Samples of which part")
        live(self.label.setAccessibleName, "Samples of which class")
        for button, name, said in (
            (self.before, "left", "Samples before these"),
            (self.more, "right", "More samples"),
            (self.large, "zoom_in", "Show samples large"),
        ):
            live_icon(button, name)
            live(button.setToolTip, said)
            live(button.setAccessibleName, said)
        self.large.setCheckable(True)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_TINY)
        for part in (self.part, self.label, self.before, self.more):
            bar.addWidget(part)
        bar.addWidget(self._range, 1)
        bar.addWidget(self.large)
        tiles = self.tiles
        tiles.setViewMode(QListView.ViewMode.IconMode)
        tiles.setMovement(QListView.Movement.Static)
        tiles.setResizeMode(QListView.ResizeMode.Adjust)
        tiles.setUniformItemSizes(True)
        tiles.setFrameShape(QFrame.Shape.NoFrame)
        tiles.setProperty("kind", "plain")
        tiles.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        live(tiles.setAccessibleName, "Examples")
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        live(table.setAccessibleName, "Examples")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (self.tiles, self.table, self._none):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_SMALL, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)

    # -- asking ---------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Show samples of what is looked at now, in place of those of anything else."""
        look = self._data.look
        if look is None or look is self._shown_of:
            return
        self._shown_of = look
        self._renew_lists()
        self._ask(Question(part="train"))

    def show_class(self, number: int) -> None:
        """Show samples of a class."""
        index = self.label.findData(number)
        if index >= 0:
            self.label.setCurrentIndex(index)
            self._choose()

    def _renew_lists(self) -> None:
        look = self._data.look
        if look is None:
            return
        with QSignalBlocker(self.part), QSignalBlocker(self.label):
            self.part.clear()
            for part in look.parts:
                said = tr("{part} ({count})", part=PART_TITLES[part.name], count=count(part.count))
                self.part.addItem(said, part.name)
            self.part.setCurrentIndex(max(self.part.findData(self.question.part), 0))
            self.label.clear()
            self.label.addItem(tr("All classes"), None)
            for number, name in enumerate(look.dataset.classes[:_MOST_CLASSES]):
                self.label.addItem(visible(name), number)
            self.label.setCurrentIndex(max(self.label.findData(self.question.label), 0))
        self.label.setVisible(bool(look.parts[0].classes))
        self._show()

    def _choose(self) -> None:
        self._ask(Question(self.part.currentData(), self.label.currentData()))

    def _turn(self, pages: int) -> None:
        start = self.question.start + pages * self.question.count
        self._ask(replace(self.question, start=max(start, 0)))

    def _ask(self, question: Question) -> None:
        self.question = question
        self._data.ask(question)

    # -- showing --------------------------------------------------------------------------------------

    def _handed(self, question: Question, found: Handful) -> None:
        if question == self.question:
            self.handful = found
            self._show()

    def _show(self) -> None:
        found = self.handful
        if found is None:
            return
        last = found.start + len(found.samples)
        self.before.setEnabled(found.start > 0)
        self.more.setEnabled(last < found.total)
        said = f"{found.start + 1}–{last}"
        if self.question.label is not None:  # of all classes, the list of the parts says how many there are
            said = tr("{range} of {total}", range=said, total=count(found.total))
        fixed(self._range.setText, said if found.total else "")
        first = found.samples[0] if found.samples else None
        tiled = first is not None and bool(first.pictures or first.curves)
        self.large.setVisible(tiled)
        if first is None:
            live(self._none.setText, "There are no samples here.")
            self.pages.setCurrentWidget(self._none)
        elif tiled:
            self._show_tiles(found, first)
            self.pages.setCurrentWidget(self.tiles)
        else:
            self._show_rows(found)
            self.pages.setCurrentWidget(self.table)

    def _show_tiles(self, found: Handful, first: Sample) -> None:
        size = self._size(first)
        self.tiles.clear()
        self.tiles.setIconSize(size)
        texts = [visible(sample.answer) for sample in found.samples]
        metrics = self.tiles.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, texts), default=0)
        wide = max(size.width(), min(widest + SPACE_SMALL, size.width() + 48)) + 2 * SPACE_SMALL
        named = any(texts)
        high = size.height() + 2 * SPACE_SMALL + (metrics.height() + SPACE_TINY if named else 0)
        self.tiles.setGridSize(QSize(wide, high))
        ratio = self.devicePixelRatioF()
        for sample, text in zip(found.samples, texts, strict=True):
            pictures = [image_of(one) for one in sample.pictures]
            mask = mask_of(sample.mask) if sample.mask is not None else None
            item = QListWidgetItem(QIcon(tile(pictures, sample.curves, mask, size, ratio)), "")
            if named:
                room = wide - 2 * SPACE_SMALL
                item.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            said = tr("Sample {number}: {answer}", number=sample.place, answer=text or "–")
            item.setToolTip(tip(said))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.tiles.addItem(item)

    def _size(self, first: Sample) -> QSize:
        """Give the size of a tile: as wide as its pictures are beside each other."""
        side = SIDES[self.large.isChecked()]
        if not first.pictures:
            return QSize(2 * side, side)
        wide = sum(picture[0] / picture[1] for picture in first.pictures)
        return QSize(round(side * min(max(wide, 0.4), 4)) + SPACE_TINY * (len(first.pictures) - 1), side)

    def _show_rows(self, found: Handful) -> None:
        table = self.table
        table.clear()
        answered = any(sample.answer for sample in found.samples)
        titles = [tr("Right answer")] if answered else []
        titles += list(found.columns) if found.columns else [tr("Text")]
        table.setColumnCount(len(titles))
        table.setRowCount(len(found.samples))
        table.setHorizontalHeaderLabels(titles)
        for row, sample in enumerate(found.samples):
            cells = [sample.answer] if answered else []
            cells += list(sample.cells) if found.columns else [sample.text]
            for place, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setToolTip(tip(cell))
                if found.columns and place >= answered and _is_number(cell):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, place, item)
        head = table.horizontalHeader()
        head.setStretchLastSection(not found.columns)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.setWordWrap(not found.columns)
        table.resizeColumnsToContents()
        for place in range(len(titles) - (not found.columns)):
            table.setColumnWidth(place, min(table.columnWidth(place) + SPACE_SMALL, _WIDEST_CELL))
        table.resizeRowsToContents()


def visible(name: str) -> str:
    """Give the name of a class so that it is seen: tokens may be a space or the end of a line."""
    return name.replace("\n", "⏎").replace(" ", "␣") if not name.strip() else name.replace("\n", "⏎")


def _is_number(cell: str) -> bool:
    return cell.replace("-", "").replace(".", "").replace("e", "").replace("+", "").isdigit()
