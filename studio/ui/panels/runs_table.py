"""The table of runs as a widget: sorted, filtered, columns hidden, rows chosen, tags and notes written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from studio.ui.panels.runs_found import Entry
from studio.ui.panels.runs_model import ENTRY_ROLE, Column, RunsFilter, RunsModel
from studio.ui.words.text import live

WIDEST = 260
"""A column does not begin wider than this."""


class RunsTable(QTableView):
    """Shows the runs of a model."""

    chosen = Signal()
    """Other runs are chosen."""
    opened = Signal()
    """A run was opened by a double click or by Enter."""
    delete_wanted = Signal()
    """Delete was pressed."""
    menu_wanted = Signal(object)
    """A menu for the chosen runs is asked for, at a place of the screen."""
    columns_wanted = Signal(object)
    """A menu of the columns is asked for, at a place of the screen."""

    def __init__(self, model: RunsModel) -> None:
        """Show a model."""
        super().__init__()
        self.runs = model
        self.filter = RunsFilter(self)
        self.filter.setSourceModel(model)
        self.wanted: tuple[str, ...] = tuple(column.id for column in model.columns if not column.hidden)
        self._by_hand: dict[str, int] = {}
        self._measuring = False
        self.setModel(self.filter)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(50)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.sectionResized.connect(self._resized)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.columns_wanted.emit(self.horizontalHeader().mapToGlobal(at))
        )
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(self._open)
        live(self.setAccessibleName, "Runs")

    # -- what is shown --------------------------------------------------------------------------------

    def show_rows(self, entries: Sequence[Entry], columns: Sequence[Column]) -> None:
        """Show runs; what was sorted by stays so."""
        header = self.horizontalHeader()
        sorted_by = self.runs.columns[header.sortIndicatorSection()].id if self._is_sorted() else ""
        order = header.sortIndicatorOrder()
        with QSignalBlocker(self.selectionModel()):
            self.runs.show(entries, columns)
        place = self.runs.place(sorted_by) if sorted_by else -1
        self.sortByColumn(place, order if place >= 0 else Qt.SortOrder.AscendingOrder)
        self._hide_columns()

    def show_columns(self, ids: Collection[str]) -> None:
        """Show these columns and no others."""
        self.wanted = tuple(ids)
        self._hide_columns()

    def shown_columns(self) -> list[Column]:
        """Give the columns that are shown, in their order on the screen."""
        header = self.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(header.count())]
        return [self.runs.columns[place] for place in places if not self.isColumnHidden(place)]

    def _hide_columns(self) -> None:
        for place, column in enumerate(self.runs.columns):
            self.setColumnHidden(place, column.id not in self.wanted)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what more room there is to columns that are cut."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Make columns as wide as what stands in them, long ones as far as there is room.

        A width that a person chose stays.
        """
        if not self.runs.entries or self._measuring:
            return
        header = self.horizontalHeader()
        places = [place for place in range(len(self.runs.columns)) if not self.isColumnHidden(place)]
        chosen = {place: self._by_hand.get(self.runs.columns[place].id) for place in places}
        widths = {place: width for place, width in chosen.items() if width is not None}
        free = [place for place in places if place not in widths]
        wished = {
            place: max(self.sizeHintForColumn(place), header.sectionSizeHint(place)) + 8 for place in free
        }
        widths |= {place: min(wished[place], WIDEST) for place in free}
        room = self.viewport().width() - sum(widths.values())
        for place in sorted(free, key=lambda place: wished[place]):
            more = min(wished[place] - widths[place], max(room, 0))
            widths[place] += more
            room -= more
        self._measuring = True
        for place, width in widths.items():
            self.setColumnWidth(place, width)
        self._measuring = False

    def _resized(self, place: int, before: int, now: int) -> None:
        """Remember a width that a person chose; hiding and showing a column is no choice of a width."""
        if not self._measuring and before and now and place < len(self.runs.columns):
            self._by_hand[self.runs.columns[place].id] = now

    def _is_sorted(self) -> bool:
        return 0 <= self.horizontalHeader().sortIndicatorSection() < len(self.runs.columns)

    # -- what is chosen -------------------------------------------------------------------------------

    def chosen_entries(self) -> list[Entry]:
        """Give the chosen runs, in the order of the table."""
        rows: list[QModelIndex] = self.selectionModel().selectedRows()
        return [index.data(ENTRY_ROLE) for index in sorted(rows, key=lambda index: index.row())]

    def entries_in_order(self) -> list[Entry]:
        """Give the runs that are shown, as they are sorted."""
        rows = range(self.filter.rowCount())
        return [self.filter.index(row, 0).data(ENTRY_ROLE) for row in rows]

    def choose(self, folders: Collection[Path]) -> None:
        """Choose the runs of some folders."""
        flags = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        first = True
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            if index.data(ENTRY_ROLE).record.folder in folders:
                how = (flags.ClearAndSelect if first else flags.Select) | flags.Rows
                if first:
                    model.setCurrentIndex(index, how)
                else:
                    model.select(index, how)
                first = False

    # -- what is done ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort by the current column with Alt and an arrow; open, delete; leave the rest to Qt."""
        column = max(self.currentIndex().column(), 0)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        editing = self.state() == QAbstractItemView.State.EditingState
        if alt and event.key() == Qt.Key.Key_Up:
            self.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        elif alt and event.key() == Qt.Key.Key_Down:
            self.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        elif alt and event.key() == Qt.Key.Key_Home:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _open(self, index: QModelIndex) -> None:
        if not self.runs.columns[index.column()].editable:
            self.opened.emit()

    def _ask_for_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def pop(self, menu: QMenu, at: QPoint) -> None:
        """Show a menu; it goes when it is shut."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
