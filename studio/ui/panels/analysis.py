"""What every block gives and costs, as a table with totals that can be taken away as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.project import COMPOSITE, GraphRef, block_of
from studio.ui.document import Document
from studio.ui.figures import count, short, size
from studio.ui.icons import live_icon
from studio.ui.panels.palette import title_of
from studio.ui.plain import is_seen, label
from studio.ui.text import languages, live, tr
from studio.ui.theme import SPACE_SMALL

if TYPE_CHECKING:
    from studio.compiler import NodeReport

COLUMNS = ("Block", "Type", "Output", "Parameters", "Multiply-adds", "Memory of a sample")

_NUMBERS = (3, 4, 5)


class AnalysisPanel(QWidget):
    """A row a block of the graph that is shown."""

    chosen = Signal(object, str)
    """A row was chosen: its graph and node."""

    def __init__(self, document: Document) -> None:
        """Begin with the main network."""
        super().__init__()
        self._document = document
        self._ref = GraphRef("network", document.project.main())
        self._ids: list[str] = []
        self._stale = False
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setResizeContentsPrecision(50)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        live(self.table.setAccessibleName, "Analysis")
        self.table.itemSelectionChanged.connect(self._choose)
        self._totals = label(role="muted")
        self.copy_button = QPushButton()
        live(self.copy_button.setText, "Copy as CSV")
        live_icon(self.copy_button, "copy")
        self.copy_button.clicked.connect(self.copy)
        bar = QHBoxLayout()
        bar.addWidget(self._totals, 1)
        bar.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        document.analysed.connect(lambda ref: self._refresh() if ref == self._ref else None)
        document.replaced.connect(lambda: self.show_graph(GraphRef("network", document.project.main())))
        languages.changed.connect(self._refresh)
        self._fill()

    def show_graph(self, ref: GraphRef) -> None:
        """Show another graph."""
        self._ref = ref
        self._refresh()

    def show_selection(self, ref: GraphRef, ids: list[str]) -> None:
        """Mark the row of what is chosen on the canvas."""
        if ref == self._ref:
            with QSignalBlocker(self.table):
                self.table.clearSelection()
                if len(ids) == 1 and ids[0] in self._ids:
                    self.table.selectRow(self._ids.index(ids[0]))

    def totals(self) -> str:
        """Give the line above the table."""
        return self._totals.text()

    def copy(self) -> None:
        """Put the table on the clipboard as CSV, numbers in full; shown or not."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(tr(name) for name in COLUMNS)
        for row in self._rows():
            writer.writerow(_tame(cell) if isinstance(cell, str) else cell for cell in row)
        QGuiApplication.clipboard().setText(text.getvalue())

    def _rows(self) -> list[tuple[str, str, str, int | None, int | None, int | None]]:
        report = self._document.report(self._ref)
        project = self._document.project
        if report is None or self._ref not in project.refs():
            return []
        graph = project.graph(self._ref)
        rows = []
        for id, found in report.nodes.items():
            if id in graph.nodes:
                node = graph.nodes[id]
                block = block_of(project, graph, node)
                title = node.composite if node.type == COMPOSITE else title_of(block)
                outputs = list(found.outputs.values())
                shape = "   ".join(str(tensor) for tensor in outputs)
                memory = sum(tensor.bytes() for tensor in outputs) if outputs else None
                rows.append((node.name, title, shape or "–", found.parameters, found.multiply_adds, memory))
        return rows

    def seen(self) -> None:
        """Show what became known while nobody looked."""
        if self._stale:
            self._fill()

    def _refresh(self) -> None:
        """Show the report, now or when the table is seen again."""
        self._stale = True
        if is_seen(self):
            self._fill()

    def _fill(self) -> None:
        self._stale = False
        report = self._document.report(self._ref)
        graph = (
            self._document.project.graph(self._ref) if self._ref in self._document.project.refs() else None
        )
        known: dict[str, NodeReport] = dict(report.nodes) if report is not None else {}
        self._ids = [id for id in known if graph is not None and id in graph.nodes]
        rows = self._rows()
        with QSignalBlocker(self.table):
            self.table.setHorizontalHeaderLabels([tr(name) for name in COLUMNS])
            for column in _NUMBERS:
                item = self.table.horizontalHeaderItem(column)
                if item is not None:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            fresh = self.table.rowCount() != len(rows)
            self.table.setRowCount(len(rows))
            for index, (name, title, shape, parameters, adds, memory) in enumerate(rows):
                cells = (name, title, shape, count(parameters), short(adds), size(memory))
                for column, text in enumerate(cells):
                    item = self.table.item(index, column)
                    if item is None:
                        item = QTableWidgetItem()
                        if column in _NUMBERS:
                            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                        self.table.setItem(index, column, item)
                    if item.text() != text:
                        item.setText(text)
            if fresh:
                # Not at every edit: measuring all texts takes longer than all else.
                self.table.resizeColumnsToContents()
        self.copy_button.setEnabled(bool(rows))
        if report is None:
            live(self._totals.setText, "Not known yet")
        elif report.parameters is None:
            live(self._totals.setText, "Totals are shown once the errors are mended.")
        else:
            memory = sum(row[5] or 0 for row in rows)
            live(
                self._totals.setText,
                "{parameters} {parameters:parameter|parameters}, {trainable} trained"
                " · {adds} {adds:multiply-add|multiply-adds} and {memory} a sample",
                parameters=count(report.parameters),
                trainable=count(report.trainable),
                adds=short(report.multiply_adds),
                memory=size(memory),
            )

    def _choose(self) -> None:
        rows: list[QModelIndex] = self.table.selectionModel().selectedRows()
        if rows and rows[0].row() < len(self._ids):
            self.chosen.emit(self._ref, self._ids[rows[0].row()])


def _tame(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text[:1] else text
