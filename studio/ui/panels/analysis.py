"""What every block gives and costs, as a table with totals that can be sorted and taken away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.project import COMPOSITE, GraphRef, block_of
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.ui.document import Document
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.analysis_table import ID_ROLE, SORT_ROLE, AnalysisModel, as_clipboard, as_csv
from studio.ui.panels.devices import Devices
from studio.ui.panels.palette import title_of
from studio.ui.panels.step_memory import StepMemory
from studio.ui.widgets.plain import allow, is_seen, label, narrowing
from studio.ui.words.figures import count, short, size
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.compiler.costs import Row

WIDEST = 360
"""A column does not begin wider than this."""

MANY, PAUSE = 200, 150
"""With more rows than these, the table follows edits only after so many milliseconds without one."""


class AnalysisTable(QTableView):
    """The table: sorted by its headings or by keys, read row by row."""

    copied = Signal()
    """The table is to be copied."""

    def event(self, event: QEvent) -> bool:
        """Take the keys of copying before the canvas does, which copies blocks."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort by the current column with Alt and an arrow; copy; leave the rest to Qt."""
        column = max(self.currentIndex().column(), 0)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Up:
            self.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        elif alt and event.key() == Qt.Key.Key_Down:
            self.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        elif alt and event.key() == Qt.Key.Key_Home:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class AnalysisPanel(QWidget):
    """A row a block of the graph that is shown."""

    chosen = Signal(object, str)
    """A row was chosen: its graph and node."""

    def __init__(self, document: Document, devices: Devices | None = None) -> None:
        """Begin with the main network.

        Args:
            document: the open project.
            devices: where it can train, to hold the memory of a step against.
        """
        super().__init__()
        self._document = document
        self._ref = GraphRef("network", document.project.main())
        self._stale = False
        self._quiet = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.seen)
        self.model = AnalysisModel(self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        self.table = AnalysisTable()
        self._make_table()
        self._totals = label(role="muted", wrap=True)
        self._totals.setSizePolicy(narrowing())
        self._step = StepMemory(devices)
        self.copy_button, self.save_button = QPushButton(), QPushButton()
        live(self.copy_button.setText, "Copy table")
        live_icon(self.copy_button, "copy")
        self.copy_button.clicked.connect(self.copy)
        live(self.save_button.setText, "Save as CSV…")
        live_icon(self.save_button, "export")
        self.save_button.clicked.connect(self.save)
        lines = QVBoxLayout()
        lines.setSpacing(SPACE_TINY)
        lines.addWidget(self._totals)
        lines.addWidget(self._step)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        bar.addLayout(lines, 1)
        bar.addWidget(self.copy_button)
        bar.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self.table.copied.connect(self.copy)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.activated.connect(self._open)
        document.analysed.connect(lambda ref: self._refresh() if ref == self._ref else None)
        document.replaced.connect(lambda: self.show_graph(GraphRef("network", document.project.main())))
        languages.changed.connect(self._refresh)
        if devices is not None:
            devices.changed.connect(self._refresh)
        self._fill()

    def _make_table(self) -> None:
        self.table.setModel(self.sorted)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(50)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        live(self.table.setAccessibleName, "Analysis")

    # -- what is shown ----------------------------------------------------------------------------

    def show_graph(self, ref: GraphRef) -> None:
        """Show another graph."""
        self._ref = ref
        self._refresh()

    def show_selection(self, ref: GraphRef, ids: list[str]) -> None:
        """Mark the row of what is chosen on the canvas."""
        if ref != self._ref:
            return
        place = self.model.place(ids[0]) if len(ids) == 1 else -1
        with self._unheard():
            if place < 0:
                self.table.clearSelection()
                return
            index = self.sorted.mapFromSource(self.model.index(place, 0))
            column = max(self.table.currentIndex().column(), 0)
            self.table.selectionModel().setCurrentIndex(
                index.siblingAtColumn(column),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def totals(self) -> str:
        """Give the line above the table."""
        return self._totals.text()

    def step(self) -> str:
        """Give what is said of the memory of a training step."""
        return self._step.text() if self._step.isVisibleTo(self) else ""

    def seen(self) -> None:
        """Show what became known while nobody looked."""
        if self._stale:
            self._fill()

    def _refresh(self) -> None:
        """Show the report, now or when the table is seen again."""
        self._stale = True
        if not is_seen(self):
            return
        if self.model.rowCount() > MANY:
            self._later.start()  # a thousand rows take three frames
        else:
            self._fill()

    def _report(self) -> Report | None:
        return self._document.report(self._ref) if self._ref in self._document.project.refs() else None

    def _rows(self) -> list[tuple[Row, str]]:
        """Give every row with the title of its block, in the language in use."""
        report = self._report()
        if report is None:
            return []
        from studio.compiler.costs import rows  # loaded with the compiler, which made the report

        project = self._document.project
        graph = project.graph(self._ref)
        found = []
        for row in rows(report):
            node = graph.nodes.get(row.id)
            if node is not None:
                title = node.composite if node.type == COMPOSITE else title_of(block_of(project, graph, node))
                found.append((row, title))
        return found

    def _fill(self) -> None:
        self._stale = False
        report, found = self._report(), self._rows()
        fresh = self.model.rowCount() != len(found)
        with self._unheard():
            self.model.show([row for row, _ in found], [title for _, title in found])
        if fresh:
            # Not at every edit: measuring all texts takes longer than all else.
            self.table.resizeColumnsToContents()
            for column in range(self.model.columnCount()):
                self.table.setColumnWidth(column, min(self.table.columnWidth(column), WIDEST))
        empty = None if found else Message("The table is empty.")
        allow(self.copy_button, empty)
        allow(self.save_button, empty)
        self._tell(report, [row for row, _ in found])
        self._step.show_report(self._document.project, report)

    def _tell(self, report: Report | None, rows: list[Row]) -> None:
        if report is None:
            live(self._totals.setText, "Not known yet")
        elif report.parameters is None:
            live(self._totals.setText, "Totals are shown once the errors are mended.")
        else:
            lengths = [f"{name} = {length}" for name, length in report.lengths.items()]
            live(
                self._totals.setText,
                "{parameters} {parameters:parameter|parameters}, {trainable} trained"
                " · {adds} {adds:multiply-add|multiply-adds} and {memory} a sample{example}",
                parameters=count(report.parameters),
                trainable=count(report.trainable),
                adds=short(report.multiply_adds),
                memory=size(sum(row.activation_bytes or 0 for row in rows)),
                example=Message(" with {lengths}", lengths=", ".join(lengths)) if lengths else "",
            )

    # -- taking it away ---------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the table on the clipboard as it is sorted, for a spreadsheet or a document."""
        QGuiApplication.clipboard().setMimeData(as_clipboard(self._in_order()))

    def save(self) -> None:
        """Ask for a file and write the table into it as CSV."""
        name = f"{self._ref.name}.csv"
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as CSV"), name, f"{tr('Tables')} (*.csv)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the table as CSV, whole or not at all."""
        # With a mark at its start, a spreadsheet reads it as UTF-8 and not in its own encoding.
        data = as_csv(self._in_order()).encode("utf-8-sig")
        try:
            write_atomically(path if path.suffix else path.with_suffix(".csv"), data, backup=False)
        except AtomicWriteError as failed:
            self._document.failed.emit(failed.message)

    def _in_order(self) -> list[tuple[Row, str]]:
        """Give the rows as they are sorted; up to date, whether the table is seen or not."""
        if self._stale:
            self._fill()
        places = [
            self.sorted.mapToSource(self.sorted.index(row, 0)).row() for row in range(self.sorted.rowCount())
        ]
        return [(self.model.rows[place], self.model.titles[place]) for place in places]

    # -- choosing ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _unheard(self) -> Iterator[None]:
        """Change rows or their choice without telling anybody."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _choose(self) -> None:
        rows: list[QModelIndex] = self.table.selectionModel().selectedRows()
        if self._quiet or not rows:
            return
        had = self.table.hasFocus()
        self.chosen.emit(self._ref, rows[0].data(ID_ROLE))
        if had:
            self.table.setFocus()  # the canvas takes the keyboard; arrows go on through the table

    def _open(self, index: QModelIndex) -> None:
        """Go to the block of a row, keyboard and all."""
        self.chosen.emit(self._ref, index.data(ID_ROLE))
