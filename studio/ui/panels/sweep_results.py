"""What came out of a sweep: its trials in a table, as lines, as curves, and what each setting did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTabWidget, QVBoxLayout, QWidget

from studio.graph import Message
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.bars import Bars
from studio.ui.panels.curves import measure_title
from studio.ui.panels.sweep_curves import SweepCurves
from studio.ui.panels.sweep_parallel import Parallel
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import duration, measure
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train.sweeps.state import Sweep, Trial

SORT_ROLE = Qt.ItemDataRole.UserRole
NUMBER_ROLE = Qt.ItemDataRole.UserRole + 1

WIDEST = 200

STATES = {"running": "running", "done": "completed", "pruned": "pruned", "failed": "failed"}
"""The states of trials by the words for those of runs."""


class SweepResults(QTabWidget):
    """Shows the trials of a sweep in four ways."""

    opened = Signal(object)
    """A trial was opened: the folder of its run."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setDocumentMode(True)
        self._sweep: Sweep | None = None
        self._shares: Mapping[str, float] = {}
        self.model = QStandardItemModel(self)
        self.model.setSortRole(SORT_ROLE)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.table.horizontalHeader().setHighlightSections(False)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.table.horizontalHeader().setDefaultAlignment(left)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        live(self.table.setAccessibleName, "Trials")
        self.table.activated.connect(self._open)
        self.parallel = Parallel()
        self.parallel.opened.connect(self._open_trial)
        self.bars = Bars()
        live(self.bars.setAccessibleName, "What mattered")
        self.told = label(role="muted", wrap=True)
        importance = QWidget()
        column = QVBoxLayout(importance)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.addWidget(self.told)
        column.addWidget(self.bars)
        column.addStretch(1)
        self.curves = SweepCurves()
        for widget in (self.table, self.parallel, importance, self.curves):
            self.addTab(widget, "")
        self._name()
        languages.changed.connect(self._speak)

    def show_sweep(self, sweep: Sweep | None) -> None:
        """Show a sweep as it stands; nothing where there is none."""
        fresh = (None if sweep is None else sweep.folder) != (
            None if self._sweep is None else self._sweep.folder
        )
        self._sweep = sweep
        if fresh:
            self.show_shares({})
            # The best is above all others at first.
            order = Qt.SortOrder
            down = sweep is not None and sweep.plan.direction == "max"
            self.table.sortByColumn(1, order.DescendingOrder if down else order.AscendingOrder)
        self._fill(measured=fresh)
        self.curves.show_sweep(sweep)

    def show_shares(self, shares: Mapping[str, float], why: Message | None = None) -> None:
        """Show how much each setting mattered, or why that is not known."""
        self._shares = shares
        names = {} if self._sweep is None else {one.path: one.said for one in self._sweep.plan.variables}
        self.bars.show_chances([(say(names[path]), share) for path, share in shares.items() if path in names])
        self.bars.setVisible(bool(shares))
        if why is not None:
            fixed(self.told.setText, say(why))
        elif shares:
            live(self.told.setText, "How much of what the trials differ by is explained by each setting.")
        else:
            live(self.told.setText, "Known once some trials have come to their end.")

    def _name(self) -> None:
        titles = (tr("Trials"), tr("Parallel coordinates"), tr("What mattered"), tr("Curves"))
        for place, title in enumerate(titles):
            self.setTabText(place, title)

    def _speak(self) -> None:
        self._name()
        self._fill(measured=False)
        self.show_shares(self._shares)

    def _fill(self, *, measured: bool) -> None:
        sweep = self._sweep
        plan = None if sweep is None else sweep.plan
        best = None if sweep is None else sweep.best
        heads = [tr("Trial")]
        if plan is not None:
            heads += [measure_title(plan.metric), *(say(one.said) for one in plan.variables)]
            heads += [tr("State"), tr("Epochs"), tr("Time")]
        chosen = self._chosen()
        header = self.table.horizontalHeader()
        section, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
        self.table.setSortingEnabled(False)
        widths = [self.table.columnWidth(column) for column in range(self.model.columnCount())]
        self.model.clear()
        self.model.setHorizontalHeaderLabels(heads)
        trials = () if sweep is None else sweep.trials
        for trial in trials:
            self.model.appendRow(self._row(trial, bold=best is not None and trial.number == best.number))
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(section, order)
        for row in range(self.model.rowCount()):
            if self.model.index(row, 0).data(NUMBER_ROLE) == chosen:
                self.table.selectRow(row)
        if trials and not measured and len(trials) > 2 and len(widths) == self.model.columnCount():
            for column, width in enumerate(widths):
                self.table.setColumnWidth(column, width)
        elif trials:
            self.table.resizeColumnsToContents()
            for column in range(self.model.columnCount()):
                self.table.setColumnWidth(column, min(self.table.columnWidth(column) + 8, WIDEST))
        if plan is not None:
            self.parallel.show_trials(plan, trials)

    def _row(self, trial: Trial, *, bold: bool) -> list[QStandardItem]:
        from studio.train import state_of  # torch is there: the sweep came from it

        sweep = self._sweep
        assert sweep is not None  # the trial is of it
        state = STATES[trial.state]
        if trial.state == "running" and not sweep.going_on:
            state = "interrupted"  # its process is gone, or was stopped
        worst = float("inf") if sweep.plan.direction == "min" else float("-inf")
        cells: list[tuple[str, object]] = [
            (str(trial.number), trial.number),
            (measure(trial.value), worst if trial.value is None else trial.value),
            *((trial.values[one.path], _key(trial.values[one.path])) for one in sweep.plan.variables),
            (say(state_of(state)), trial.state),
            (str(len(trial.figures)), len(trial.figures)),
            (duration(trial.seconds), trial.seconds),
        ]
        row = []
        for text, key in cells:
            item = QStandardItem(text)
            item.setData(key, SORT_ROLE)
            item.setData(trial.number, NUMBER_ROLE)
            item.setToolTip(tip(str(trial.run) if trial.reason is None else say(trial.reason)))
            if bold:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            row.append(item)
        return row

    def _chosen(self) -> int:
        rows = self.table.selectionModel().selectedRows()
        return int(rows[0].data(NUMBER_ROLE)) if rows else -1

    def _open(self, index: QModelIndex) -> None:
        self._open_trial(int(index.data(NUMBER_ROLE)))

    def _open_trial(self, number: int) -> None:
        if self._sweep is not None:
            self.opened.emit(self._sweep.trials[number - 1].run)


def _key(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text
