"""How the samples are shared among the classes, in each split."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QSizePolicy,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from studio.ui.looking.data_look import DataLook
from studio.ui.looks.theme import SPACE_SMALL, themes
from studio.ui.panels.data_page_columns import Cell
from studio.ui.panels.data_page_drawing import BARS, ShareDelegate
from studio.ui.panels.data_page_samples import PART_TITLES, visible
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import count
from studio.ui.words.text import languages, live, say, tr

MOST_CLASSES = 300
"""Classes that are listed: the most frequent ones."""

BAR, NARROWEST = 1, 112
"""The column with the bars, and how wide they are at least."""

NUMBER = int(Qt.ItemDataRole.UserRole) + 2
"""The role of a cell with the number of its class."""


class ClassesView(QWidget):
    """A row for each class, with a bar that is as long as it is frequent."""

    chosen = Signal(int)
    """A person wants to see samples of a class: its number."""

    def __init__(self, data: DataLook) -> None:
        """Make it empty.

        Args:
            data: has the counts.
        """
        super().__init__()
        self._data = data
        self.table = table = QTableWidget()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._delegate = ShareDelegate(self)
        table.setItemDelegateForColumn(BAR, self._delegate)
        live(table.setAccessibleName, "Class balance")
        self._said = label(role="muted")  # of one line: a page that follows its width would always scroll
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_SMALL, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(row)
        column.addWidget(table, 1)
        table.activated.connect(lambda index: self._choose(index.row()))
        languages.changed.connect(self.renew)
        themes.changed.connect(table.viewport().update)

    def renew(self) -> None:
        """Show the counts of what is looked at now."""
        look = self._data.look
        if look is None or not look.parts[0].classes:
            return
        names, parts = look.dataset.classes, look.parts
        totals = [sum(part.classes[number] for part in parts if part.classes) for number in range(len(names))]
        order = list(range(len(names)))
        if len(names) > 30:
            order.sort(key=lambda number: -totals[number])
        order = order[:MOST_CLASSES]
        whole, most = max(sum(totals), 1), max(totals, default=1)
        table = self.table
        table.setSortingEnabled(False)
        table.clear()
        titles = [tr("Class"), tr("Share"), "%", *(say(PART_TITLES[part.name]) for part in parts)]
        table.setColumnCount(len(titles))
        table.setHorizontalHeaderLabels(titles)
        table.setRowCount(len(order))
        for row, number in enumerate(order):
            counts = [part.classes[number] if part.classes else 0 for part in parts]
            name = Cell(visible(names[number]))
            name.setData(NUMBER, number)
            bar = Cell("", totals[number])
            bar.setData(BARS, [*counts, most])
            said = ", ".join(
                f"{say(PART_TITLES[part.name])} {one}" for part, one in zip(parts, counts, strict=True)
            )
            bar.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            share = Cell(f"{100 * totals[number] / whole:.3g}", totals[number])
            figures = [Cell(count(one), one) for one in counts]
            for place, cell in enumerate((name, bar, share, *figures)):
                if place > 1:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, place, cell)
        table.resizeColumnsToContents()
        head = table.horizontalHeader()
        table.setColumnWidth(0, min(table.columnWidth(0) + SPACE_SMALL, 220))
        self._fit()
        table.setSortingEnabled(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._tell(len(names), len(order), look.dataset.task)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the bars what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        table = self.table
        others = sum(table.columnWidth(place) for place in range(table.columnCount()) if place != BAR)
        table.setColumnWidth(BAR, max(table.viewport().width() - others, NARROWEST))

    def _tell(self, classes: int, listed: int, task: str) -> None:
        if classes > listed:
            live(
                self._said.setText,
                "The {listed} most frequent of {classes} classes. Enter shows samples of one.",
                listed=listed,
                classes=count(classes),
            )
        elif task == "multilabel":
            live(self._said.setText, "A sample may be of several classes. Enter shows samples of one.")
        else:
            live(self._said.setText, "Enter or a double click shows samples of a class.")
        self._said.setToolTip(tip(self._said.text()))

    def _choose(self, row: int) -> None:
        item = self.table.item(row, 0)
        number = item.data(NUMBER) if item is not None else None
        if isinstance(number, int):
            self.chosen.emit(number)
