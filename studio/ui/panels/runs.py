"""The table of every run of the project: when, what was changed, how good it was, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.project import Change, Project
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.sweeps import SweepPlan
from studio.ui.document import Document
from studio.ui.jobs import Jobs
from studio.ui.learning.training import Session
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.runs_compare import MOST, RunsComparison
from studio.ui.panels.runs_csv import as_csv
from studio.ui.panels.runs_found import Base, Entry, Found, Known, Question, look
from studio.ui.panels.runs_menu import fill_more, fill_view
from studio.ui.panels.runs_model import RunsModel, best_text, columns_of, figures_of
from studio.ui.panels.runs_table import RunsTable
from studio.ui.panels.sweep import SweepPanel
from studio.ui.widgets.plain import allow, is_seen, label
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train import RunRecord

CHANGED = "This run trained the network as it was then; the canvas has changed since."

RESUMABLE = frozenset({"interrupted", "stopped", "max_steps", "failed", "pruned"})
"""States of runs that can go on from their last checkpoint."""

PAUSE_MS = 400
"""How long after an edit runs are held against the canvas anew."""


def best_of(record: RunRecord) -> str:
    """Write what the best epoch reached, most telling first."""
    return best_text(Entry(record))


class _Whole(QVBoxLayout):
    """Gives its page all the room there is: how wrapping texts share it is a matter of the page."""

    def hasHeightForWidth(self) -> bool:
        """Let no page ask for more height than it can do with, or its dock would always scroll."""
        return False


class RunsPanel(QWidget):
    """Lists runs, and offers what can be done with the chosen ones."""

    evaluate = Signal(object)
    """A run is to be judged: its folder."""
    export = Signal(object)
    """A run's weights are to be exported: its folder."""
    resume = Signal(object)
    """A run is to go on: its folder."""
    branch = Signal(object)
    """A new run is to begin with a run's weights: its folder."""
    restore = Signal(object)
    """The project of a run is to be brought back: its folder."""
    remove = Signal(object)
    """Runs are to be deleted: their records."""
    colour = Signal(object)
    """What is drawn is to be compared with a run's project: its folder; None leaves the comparison."""
    written = Signal(object, str, str)
    """Something was written of a run: its folder, the column, and the text."""
    listed = Signal()
    """The runs were looked for."""
    columns_chosen = Signal(object)
    """Other columns are shown: their ids."""

    def __init__(self, document: Document, session: Session, jobs: Jobs) -> None:
        """Make an empty table; it is filled when it is first seen."""
        super().__init__()
        self._document, self._session, self._jobs = document, session, jobs
        self._trained: Known = {}
        self._found: Found | None = None
        self._file = document.path
        self._stale = True
        self.base: Base = "previous"
        self.base_run: Path | None = None
        self.coloured: Path | None = None
        self.model = RunsModel(self)
        self.table = RunsTable(self.model)
        self.comparison = RunsComparison(jobs)
        self.sweep = SweepPanel(document, session, jobs)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._hold_anew)
        self._said = label(role="muted", wrap=True)
        self.judge_button = self._button("Evaluate", "evaluation")
        self.export_button = self._button("Export…", "export")
        self.resume_button = self._button("Go on training", "resume")
        self.compare_button = self._button("Compare", "chart")
        self.more_button = self._button("More", "more")
        self.sweep_button = self._button("Sweep", "recipe")
        self.view_button = self._button("View", "filter")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(96)
        self.search.setMaximumWidth(220)
        live(self.search.setPlaceholderText, "Filter")
        live(self.search.setAccessibleName, "Filter runs")
        fill_more(self, self.more_button)
        fill_view(self, self.view_button)
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        for button in (
            self.judge_button,
            self.export_button,
            self.resume_button,
            self.compare_button,
            self.more_button,
        ):
            bar.addWidget(button)
        bar.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(SPACE_SMALL)
        below.addWidget(self._said, 2)
        below.addWidget(self.search, 1)
        below.addWidget(self.view_button)
        below.addWidget(self.sweep_button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addLayout(below)  # below the buttons: beside them it has no room in a narrow dock
        column.addWidget(self.table, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self.pages.addWidget(self.comparison)
        self.pages.addWidget(self.sweep)
        whole = _Whole(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        document, session = self._document, self._session
        self.judge_button.clicked.connect(lambda: self._emit(self.evaluate))
        self.export_button.clicked.connect(lambda: self._emit(self.export))
        self.resume_button.clicked.connect(lambda: self._emit(self.resume))
        self.compare_button.clicked.connect(self.compare)
        self.comparison.left.connect(self.show_table)
        self.sweep_button.clicked.connect(lambda: self.show_sweep())
        self.sweep.left.connect(self.show_table)
        self.sweep.opened.connect(self._open_run)
        self.search.textChanged.connect(self._look_for)
        self.table.chosen.connect(self._allow)
        self.table.opened.connect(lambda: self._emit(self.evaluate))
        self.table.delete_wanted.connect(self.ask_to_delete)
        self.model.written.connect(self.written)
        session.ended.connect(self.refresh)
        session.began.connect(self.refresh)
        session.state_changed.connect(self._allow)
        document.replaced.connect(self._begin_anew)
        document.title_changed.connect(self._look_at_file)
        document.changed.connect(self._edited)
        document.analysis.ready_changed.connect(self.refresh)
        languages.changed.connect(self._speak)

    # -- what is listed -------------------------------------------------------------------------------

    def records(self) -> tuple[RunRecord, ...]:
        """Give what is listed, the newest first."""
        return tuple(entry.record for entry in self.model.entries)

    def entries(self) -> tuple[Entry, ...]:
        """Give every run with what is said of it, the newest first."""
        return self.model.entries

    def chosen(self) -> RunRecord | None:
        """Give the chosen run, where it is one."""
        entries = self.table.chosen_entries()
        return entries[0].record if len(entries) == 1 else None

    def newest(self) -> Path | None:
        """Give the folder of the last run that has weights."""
        return next((record.folder for record in self.records() if record.step > 0), None)

    def trained(self, folder: Path) -> Project | None:
        """Give what a run trained, as far as it could be read."""
        return self._trained.get(folder)

    def is_of_now(self, folder: Path) -> bool:
        """Tell whether the networks on the canvas are those that a run trained; also where it cannot say."""
        then, now = self._trained.get(folder), self._document.project
        return then is None or (then.networks == now.networks and then.composites == now.composites)

    def choose(self, folder: Path) -> None:
        """Choose the run of a folder."""
        self.table.choose([folder])

    def refresh(self) -> None:
        """Look for runs again, where the table is seen."""
        self._stale = True
        if self._document.analysis.ready:
            self._stale = False
            question = Question(
                self._document.path,
                self._document.id,
                self._trained,
                self.base,
                self._document.project,
                self.base_run,
            )
            self._jobs.start(lambda _job: look(question), self._take, self._failed, "runs")

    def seen(self) -> None:
        """Look for runs where that was put off."""
        if self._stale:
            self.refresh()

    def hold_against(self, base: Base, run: Path | None = None) -> None:
        """Have every run held against the one before it, against the canvas, or against a chosen one."""
        self.base, self.base_run = base, run
        self.refresh()

    # -- doing ----------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Show the chosen runs beside each other."""
        entries = self.table.chosen_entries()
        if 2 <= len(entries) <= MOST:
            self.comparison.compare(entries, self._trained)
            self.pages.setCurrentWidget(self.comparison)

    def offer_sweep(self, plan: SweepPlan) -> None:
        """Show the page of sweeps with a new one filled in, which begins once somebody starts it."""
        self.show_sweep()
        self.sweep.offer(plan)

    def show_sweep(self, path: str = "") -> None:
        """Show the page of sweeps; a setting that is named is varied by a new one."""
        self.pages.setCurrentWidget(self.sweep)
        figures = {key: None for entry in self.model.entries for key in figures_of(entry)}
        self.sweep.open(list(figures), path)

    def _open_run(self, folder: Path) -> None:
        """Show a run of a sweep in the table."""
        self.search.clear()
        self.table.filter.only({}, {})
        self.show_table()
        self.choose(folder)

    def show_table(self) -> None:
        """Go back to the table."""
        self.pages.setCurrentIndex(0)
        self.table.setFocus()

    def ask_to_delete(self) -> None:
        """Have the chosen runs deleted, once a person agrees."""
        entries = self.table.chosen_entries()
        if entries:
            self.remove.emit(tuple(entry.record for entry in entries))

    def save(self) -> None:
        """Ask for a file and write the table into it as CSV."""
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as CSV"), "runs.csv", f"{tr('Tables')} (*.csv)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the table as it is shown, whole or not at all."""
        # With a mark at its start, a spreadsheet reads it as UTF-8 and not in its own encoding.
        data = as_csv(self.table.entries_in_order(), self.table.shown_columns()).encode("utf-8-sig")
        try:
            write_atomically(path if path.suffix else path.with_suffix(".csv"), data, backup=False)
        except AtomicWriteError as failed:
            self._document.failed.emit(failed.message)

    def show_folder(self) -> None:
        """Open the folder of the chosen run."""
        chosen = self.chosen()
        if chosen is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(chosen.folder)))

    def show_columns(self, ids: Sequence[str]) -> None:
        """Show these columns and no others."""
        self.table.show_columns(ids)
        self.columns_chosen.emit(list(self.table.wanted))

    # -- what happens ---------------------------------------------------------------------------------

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton()
        live(button.setText, text)
        live_icon(button, icon)
        return button

    def _take(self, found: object) -> None:
        if isinstance(found, Found) and found.document == self._document.id:  # else of the project before
            self._found, self._trained = found, found.trained
            self._fill()
            self.listed.emit()

    def _begin_anew(self) -> None:
        """Show no run of the project before."""
        self._found, self._trained, self._file = None, {}, self._document.path
        self.base, self.base_run = "previous", None
        self.pages.setCurrentIndex(0)
        self._fill()
        self.refresh()

    def _look_at_file(self) -> None:
        if self._document.path != self._file:
            self._file = self._document.path
            self.refresh()

    def _edited(self, _change: Change, _project: Project) -> None:
        self._tell()
        if self.base == "canvas":
            self._stale = True
            self._later.start()

    def _hold_anew(self) -> None:
        if is_seen(self):
            self.refresh()

    def _failed(self, why: Message, _details: str) -> None:
        fixed(self._said.setText, say(why))

    def _look_for(self, text: str) -> None:
        self.table.filter.look_for(text)
        self._allow()

    def _speak(self) -> None:
        self.model.speak()
        self._allow()

    def _fill(self) -> None:
        kept = [entry.record.folder for entry in self.table.chosen_entries()]
        found = self._found
        entries = found.entries if found is not None else ()
        self.table.show_rows(entries, columns_of(found) if found is not None else self.model.columns)
        there = [folder for folder in kept if any(entry.record.folder == folder for entry in entries)]
        if there:
            self.table.choose(there)
        elif self.table.filter.rowCount():
            # Not `selectRow`, which would take a key that is held, such as Ctrl, for a wish of its own.
            self.table.choose([self.table.entries_in_order()[0].record.folder])
        self._allow()

    def _tell(self) -> None:
        count, chosen = len(self.model.entries), self.chosen()
        shown = self.table.filter.rowCount()
        if chosen is not None and not self.is_of_now(chosen.folder):
            live(self._said.setText, CHANGED)
        elif count and shown < count:
            live(
                self._said.setText,
                "{shown} of {count} {count:run|runs} of this project",
                count=count,
                shown=shown,
            )
        elif count:
            live(self._said.setText, "{count} {count:run|runs} of this project", count=count)
        else:
            live(self._said.setText, "No runs yet. Press Train: every run is kept here.")

    def _allow(self) -> None:
        self._tell()
        chosen, several = self.chosen(), len(self.table.chosen_entries())
        none = self.no_choice()
        for button, why in (
            (self.judge_button, self.untrained()),
            (self.export_button, self.untrained()),
            (self.resume_button, none or self._keeps_from_resuming(chosen)),
        ):
            allow(button, why)
        few = Message("Choose two runs or more: hold Ctrl and click.") if several < 2 else None
        many = Message("At most {most} runs are compared.", most=MOST) if several > MOST else None
        allow(self.compare_button, few or many)
        allow(self.more_button, None)

    def no_choice(self) -> Message | None:
        """Say why nothing can be done with one run now."""
        return None if self.chosen() is not None else Message("Choose a run first.")

    def untrained(self) -> Message | None:
        """Say why nothing can be done with what the chosen run learned."""
        chosen = self.chosen()
        if chosen is not None and chosen.step == 0:
            return Message("The run made no step: there is nothing that it learned.")
        return self.no_choice()

    def keeps_from_training(self) -> Message | None:
        """Say why no run can begin with what the chosen one learned."""
        return self.untrained() or self._session.obstacle()

    def _keeps_from_resuming(self, chosen: RunRecord | None) -> Message | None:
        if self._session.active:
            return Message("A training is under way.")
        if chosen is not None and chosen.status not in RESUMABLE:
            return Message("The run came to its end. Train anew, with more epochs.")
        return None

    def act(self, signal: object) -> None:
        """Have something done with the chosen run: one of the signals above."""
        self._emit(signal)

    def _emit(self, signal: object) -> None:
        chosen = self.chosen()
        if chosen is not None:
            signal.emit(chosen.folder)  # type: ignore[attr-defined]  # one of the signals above
