"""Two runs or more beside each other: what is not the same in all of them, and their curves in one chart."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project.comparing import Row, side_by_side
from studio.ui.jobs import Jobs
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, theme, themes
from studio.ui.panels.curves import measure_title
from studio.ui.panels.fields import Combo
from studio.ui.panels.runs_found import Entry, Known
from studio.ui.panels.runs_model import figures_of, state_of
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import duration, measure
from studio.ui.words.text import languages, live, say, tr

if TYPE_CHECKING:
    from studio.train import MetricLog
    from studio.ui.charts import LivePlot

MOST = 8
"""Runs that are compared at most: as many lines can be told apart."""

SERIES = 8

WIDEST = 240
"""A column does not begin wider than this."""


def _read(folders: Sequence[Path]) -> dict[Path, MetricLog]:
    """Give the curves of runs, as far as they can be read."""
    from studio.train import MetricLog, RunStore  # imports torch

    found: dict[Path, MetricLog] = {}
    for folder in folders:
        found[folder] = MetricLog()
        with contextlib.suppress(NetwrightError):
            found[folder] = RunStore.of(folder).metrics(folder)
    return found


class RunsComparison(QWidget):
    """Shows some runs beside each other."""

    left = Signal()
    """A person goes back to the table."""

    def __init__(self, jobs: Jobs) -> None:
        """Make it empty; its chart comes with the first comparison."""
        super().__init__()
        self._jobs = jobs
        self._entries: tuple[Entry, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._logs: dict[Path, MetricLog] = {}
        self.plot: LivePlot | None = None
        self._drawn: list[str] = []
        self.back = QPushButton()
        live(self.back.setText, "Back to the table")
        live_icon(self.back, "back")
        self.back.clicked.connect(self.left)
        self._said = label(role="muted", wrap=True)
        self.measure = Combo()
        live(self.measure.setAccessibleName, "What the chart shows")
        self.measure.activated.connect(self._draw)
        self.table = QTableWidget(0, 0)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # What a row tells is its head: it stays in sight while many runs are scrolled.
        names = self.table.verticalHeader()
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setDefaultSectionSize(26)
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setMaximumWidth(WIDEST)
        names.setHighlightSections(False)
        self.table.setCornerButtonEnabled(False)
        self.table.horizontalHeader().setHighlightSections(False)
        live(self.table.setAccessibleName, "Runs beside each other")
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        bar.addWidget(self.back)
        bar.addWidget(self._said, 1)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self.table)
        self._chart = QWidget()
        self._chart_column = QVBoxLayout(self._chart)
        self._chart_column.setContentsMargins(0, 0, 0, 0)
        self._chart_column.addWidget(self.measure)
        self._halves.addWidget(self._chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self._halves, 1)
        languages.changed.connect(self._fill)
        themes.changed.connect(self._fill)

    def compare(self, entries: Sequence[Entry], trained: Known) -> None:
        """Show some runs, the first of them as the one that the others are held against."""
        self._entries = tuple(entries)[:MOST]
        projects: list[Project] = [
            trained[one.record.folder] for one in self._entries if one.record.folder in trained
        ]
        self._rows = side_by_side(projects) if len(projects) == len(self._entries) else ()
        self._logs = {}
        self._fill()
        folders = [one.record.folder for one in self._entries]
        self._jobs.start(lambda _job: _read(folders), self._take, self._failed, "compare")

    def shown(self) -> tuple[Path, ...]:
        """Give the runs that are compared."""
        return tuple(one.record.folder for one in self._entries)

    def _failed(self, why: Message, _details: str) -> None:
        live(self._said.setText, "{why}", why=why)

    def _take(self, found: object) -> None:
        if not isinstance(found, dict) or tuple(found) != self.shown():
            return
        self._logs = found
        with QSignalBlocker(self.measure):
            keys = dict.fromkeys(key for log in found.values() for key in log.keys())  # noqa: SIM118  no dict
            ordered = sorted(keys, key=lambda key: (not key.startswith("val_"), "loss" not in key, key))
            before = self.measure.currentData()
            self.measure.clear()
            for key in ordered:
                self.measure.addItem(measure_title(key), key)
            self.measure.setCurrentIndex(max(self.measure.findData(before), 0))
        self._draw()

    # -- the table ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        entries = self._entries
        rows: list[tuple[str, list[str]]] = [
            (tr("State"), [state_of(one) for one in entries]),
            (tr("Epochs"), [str(one.record.epochs) for one in entries]),
            (tr("Time"), [duration(one.record.seconds) for one in entries]),
        ]
        keys = dict.fromkeys(key for one in entries for key in figures_of(one))
        for key in sorted(keys, key=lambda key: (not key.startswith("val_"), key)):
            cells = [figures_of(one).get(key) for one in entries]
            rows.append((measure_title(key), [measure(cell) for cell in cells]))
        differing = [(say(row.what), [say(cell) for cell in row.cells]) for row in self._rows]
        self.table.clear()
        self.table.setColumnCount(len(entries))
        self.table.setRowCount(len(rows) + len(differing))
        for column, entry in enumerate(entries):
            item = QTableWidgetItem(_name(entry))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            item.setIcon(_dot(column))
            item.setToolTip(tip(str(entry.record.folder)))
            self.table.setHorizontalHeaderItem(column, item)
        for row, (what, texts) in enumerate([*differing, *rows]):
            self.table.setVerticalHeaderItem(row, _item(what))
            for column, text in enumerate(texts):
                item = _item(text)
                if row < len(differing) and text != texts[0]:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(row, column, item)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.resizeColumnsToContents()
        for column in range(self.table.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + 8, WIDEST))
        live(
            self._said.setText,
            "{count} {count:run|runs} beside each other:"
            " {different} {different:setting differs|settings differ}",
            count=len(entries),
            different=len(differing),
        )
        self._draw()

    # -- the chart ------------------------------------------------------------------------------------

    def _draw(self, *_: object) -> None:
        if not self._logs:
            return
        plot = self._need_plot()
        for drawn in self._drawn:
            plot.remove_series(drawn)
        self._drawn.clear()
        key = self.measure.currentData()
        for place, entry in enumerate(self._entries):
            xs, ys = self._logs[entry.record.folder].series(key or "")
            if len(xs):
                # Few points are seen as dots; a line through many is enough.
                plot.set_series(str(place), _name(entry), f"series{place % SERIES}", points=len(xs) < 60)
                plot.extend(str(place), xs, ys)
                self._drawn.append(str(place))
        plot.set_x_label(tr("Step"))
        plot.settle()

    def _need_plot(self) -> LivePlot:
        if self.plot is None:
            from studio.ui.charts import LivePlot  # with pyqtgraph and numpy: only where a curve is seen

            self.plot = LivePlot()
            self.plot.setMinimumWidth(200)
            self.plot.lead(self.measure)
            self._chart_column.addWidget(self.plot)
            self._halves.setSizes([self.width() // 2, self.width() // 2])
        return self.plot


def _name(entry: Entry) -> str:
    # With its seconds: trainings of a sweep begin close to each other.
    return datetime.fromtimestamp(entry.record.started, UTC).astimezone().strftime("%m-%d %H:%M:%S")


def _dot(place: int) -> QIcon:
    """Give a dot in the colour of a run's curve."""
    size, scale = 10, 2
    picture = QPixmap(size * scale, size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().colour(f"series{place % SERIES}")))
    painter.drawEllipse(0, 0, size, size)
    painter.end()
    return QIcon(picture)


def _item(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(tip(text))
    return item
