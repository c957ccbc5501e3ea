"""The table of every run of the project: when, how it ended, how good it was, and what to do with it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
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

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.ui.document import Document
from studio.ui.figures import duration, measure, moment
from studio.ui.icons import live_icon
from studio.ui.jobs import Jobs
from studio.ui.panels.curves import measure_title
from studio.ui.plain import allow, label, tip
from studio.ui.text import fixed, languages, live, say, tr
from studio.ui.theme import SPACE_SMALL
from studio.ui.training import Session

if TYPE_CHECKING:
    from studio.train import RunRecord

COLUMNS = ("Begun", "State", "Device", "Epochs", "Time", "Best")

CHANGED = "This run trained the network as it was then; the canvas has changed since."

RESUMABLE = frozenset({"interrupted", "stopped", "max_steps", "failed"})
"""States of runs that can go on from their last checkpoint."""


Known = Mapping[Path, Project]
"""What some runs trained, by their folder."""


@dataclass(frozen=True)
class Found:
    """The runs of a project.

    Attributes:
        document: what the project is known by.
        records: the runs, the newest first.
        trained: what each trained, as far as that can be read.
    """

    document: str
    records: tuple[RunRecord, ...]
    trained: Known

    __hash__ = None  # type: ignore[assignment]


def _look(file: Path | None, document: str, known: Known) -> Found:
    """Give the runs, and what each of them trained as far as it can be read."""
    from studio.train import runs_of  # imports torch

    records = runs_of(file, document)
    trained: dict[Path, Project] = {}
    for record in records:
        with contextlib.suppress(NetwrightError):
            trained[record.folder] = known.get(record.folder) or record.project()
    return Found(document, records, trained)


def _state(record: RunRecord) -> str:
    from studio.train import state_of  # torch is there: the record came from it

    return say(state_of(record.status))


def best_of(record: RunRecord) -> str:
    """Write what the best epoch reached, most telling first."""
    best = dict(record.best or {})
    figures = [
        f"{measure_title(key)} {measure(value)}"
        for key, value in sorted(best.items(), key=lambda pair: (pair[0].endswith("loss"), pair[0]))
        if key.startswith("val_") and isinstance(value, (int, float))
    ]
    return "   ".join(figures) or "–"


class RunsPanel(QWidget):
    """Lists runs, and offers what can be done with the chosen one."""

    evaluate = Signal(object)
    """A run is to be judged: its folder."""
    export = Signal(object)
    """A run's weights are to be exported: its folder."""
    resume = Signal(object)
    """A run is to go on: its folder."""
    listed = Signal()
    """The runs were looked for."""

    def __init__(self, document: Document, session: Session, jobs: Jobs) -> None:
        """Make an empty table; it is filled when it is first seen."""
        super().__init__()
        self._document, self._session, self._jobs = document, session, jobs
        self._records: tuple[RunRecord, ...] = ()
        self._trained: Known = {}
        self._file = document.path
        self._stale = True
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        live(self.table.setAccessibleName, "Runs")
        self.table.itemSelectionChanged.connect(self._allow)
        self.table.itemDoubleClicked.connect(lambda _item: self._emit(self.evaluate))
        self._said = label(role="muted", wrap=True)
        self.judge_button = self._button("Evaluate", "evaluation")
        self.export_button = self._button("Export…", "export")
        self.resume_button = self._button("Go on training", "resume")
        self.folder_button = self._button("Open folder", "folder")
        self.judge_button.clicked.connect(lambda: self._emit(self.evaluate))
        self.export_button.clicked.connect(lambda: self._emit(self.export))
        self.resume_button.clicked.connect(lambda: self._emit(self.resume))
        self.folder_button.clicked.connect(self._show_folder)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        for button in (self.judge_button, self.export_button, self.resume_button, self.folder_button):
            bar.addWidget(button)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self._said)  # below the buttons: beside them it has no room in a narrow dock
        column.addWidget(self.table, 1)
        session.ended.connect(self.refresh)
        session.began.connect(self.refresh)
        session.state_changed.connect(self._allow)
        document.replaced.connect(self._begin_anew)
        document.title_changed.connect(self._look_at_file)
        document.changed.connect(lambda _change, _project: self._tell())
        document.analysis.ready_changed.connect(self.refresh)
        languages.changed.connect(self._fill)
        self._fill()

    def records(self) -> tuple[RunRecord, ...]:
        """Give what is listed, the newest first."""
        return self._records

    def chosen(self) -> RunRecord | None:
        """Give the chosen run."""
        rows = self.table.selectionModel().selectedRows()
        return self._records[rows[0].row()] if rows and rows[0].row() < len(self._records) else None

    def newest(self) -> Path | None:
        """Give the folder of the last run that has weights."""
        return next((record.folder for record in self._records if record.step > 0), None)

    def is_of_now(self, folder: Path) -> bool:
        """Tell whether the networks on the canvas are those that a run trained; also where it cannot say."""
        then, now = self._trained.get(folder), self._document.project
        return then is None or (then.networks == now.networks and then.composites == now.composites)

    def choose(self, folder: Path) -> None:
        """Choose the run of a folder."""
        for row, record in enumerate(self._records):
            if record.folder == folder:
                self.table.selectRow(row)

    def refresh(self) -> None:
        """Look for runs again, where the table is seen."""
        self._stale = True
        if self._document.analysis.ready:
            self._stale = False
            file, id, known = self._document.path, self._document.id, self._trained
            self._jobs.start(lambda _job: _look(file, id, known), self._take, self._failed, "runs")

    def seen(self) -> None:
        """Look for runs where that was put off."""
        if self._stale:
            self.refresh()

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton()
        live(button.setText, text)
        live_icon(button, icon)
        return button

    def _take(self, found: object) -> None:
        if isinstance(found, Found) and found.document == self._document.id:  # else of the project before
            self._records, self._trained = found.records, found.trained
            self._fill()
            self.listed.emit()

    def _begin_anew(self) -> None:
        """Show no run of the project before."""
        self._records, self._trained, self._file = (), {}, self._document.path
        self._fill()
        self.refresh()

    def _look_at_file(self) -> None:
        if self._document.path != self._file:
            self._file = self._document.path
            self.refresh()

    def _failed(self, why: Message, _details: str) -> None:
        fixed(self._said.setText, say(why))

    def _fill(self) -> None:
        kept = self.chosen()
        with QSignalBlocker(self.table):
            self.table.setHorizontalHeaderLabels([tr(name) for name in COLUMNS])
            self.table.setRowCount(len(self._records))
            for row, record in enumerate(self._records):
                cells = (
                    moment(datetime.fromtimestamp(record.started, UTC)),
                    _state(record),
                    record.device,
                    str(record.epochs),
                    duration(record.seconds),
                    best_of(record),
                )
                for column, text in enumerate(cells):
                    item = QTableWidgetItem(text)
                    item.setToolTip(tip(str(record.folder)))
                    self.table.setItem(row, column, item)
        if kept is not None:
            self.choose(kept.folder)
        elif self._records:
            self.table.selectRow(0)
        self._allow()

    def _tell(self) -> None:
        count, chosen = len(self._records), self.chosen()
        if chosen is not None and not self.is_of_now(chosen.folder):
            live(self._said.setText, CHANGED)
        elif count:
            live(self._said.setText, "{count} {count:run|runs} of this project", count=count)
        else:
            live(self._said.setText, "No runs yet. Press Train: every run is kept here.")

    def _allow(self) -> None:
        self._tell()
        chosen = self.chosen()
        none = Message("Choose a run first.") if chosen is None else None
        untrained = Message("The run made no step: there is nothing that it learned.")
        trained = none or (untrained if chosen is not None and chosen.step == 0 else None)
        for button, why in (
            (self.judge_button, trained),
            (self.export_button, trained),
            (self.folder_button, none),
            (self.resume_button, none or self._keeps_from_resuming(chosen)),
        ):
            allow(button, why)

    def _keeps_from_resuming(self, chosen: RunRecord | None) -> Message | None:
        if self._session.active:
            return Message("A training is under way.")
        if chosen is not None and chosen.status not in RESUMABLE:
            return Message("The run came to its end. Train anew, with more epochs.")
        return None

    def _emit(self, signal: object) -> None:
        chosen = self.chosen()
        if chosen is not None:
            signal.emit(chosen.folder)  # type: ignore[attr-defined]  # one of the signals above

    def _show_folder(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(chosen.folder)))
