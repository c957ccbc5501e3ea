"""Sweeps of the project: what one is to try, its progress, and what came out of it and of those before."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from studio.graph import Message, NetwrightError
from studio.project.sweeps import SweepPlan, figure_for, varied
from studio.ui.document import Document
from studio.ui.jobs import Jobs
from studio.ui.learning.training import Session
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.curves import measure_title
from studio.ui.panels.fields import Combo
from studio.ui.panels.sweep_form import SweepForm
from studio.ui.panels.sweep_results import SweepResults
from studio.ui.widgets.plain import allow, label
from studio.ui.words.figures import duration, measure, moment
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train.sweeps.state import Sweep

RATE = "plan.optimizers.model.lr"
"""What a first sweep varies."""


def _look(file: Path | None, document: str) -> tuple[Sweep, ...]:
    from studio.train.sweeps.state import sweeps_of  # imports torch

    return sweeps_of(file, document)


def _weigh(sweep: Sweep) -> tuple[Path, dict[str, float]]:
    from studio.train.sweeps.search import importance

    return sweep.folder, importance(sweep.plan, sweep.trials)


class SweepPanel(QWidget):
    """Begins sweeps and shows them."""

    left = Signal()
    """A person goes back to the table of runs."""
    opened = Signal(object)
    """A run is to be shown in the table: its folder."""

    def __init__(self, document: Document, session: Session, jobs: Jobs) -> None:
        """Make it for a document; sweeps are looked for when it is first seen."""
        super().__init__()
        self._document, self._session, self._jobs = document, session, jobs
        self.sweeps: tuple[Sweep, ...] = ()
        self._shown: Sweep | None = None
        self._weighed: tuple[Path, int] | None = None
        self._failure: Message | None = None
        self.back, self.start, self.stop = QPushButton(), QPushButton(), QPushButton()
        live(self.back.setText, "Back to the table")
        live_icon(self.back, "back")
        self.start.setProperty("kind", "primary")
        live_icon(self.start, "train", "accent_text")
        self.stop.setProperty("kind", "danger")
        live(self.stop.setText, "Stop")
        live_icon(self.stop, "stop")
        self.take = QPushButton()
        live(self.take.setText, "Apply the best")
        live(self.take.setToolTip, "Set in the project what the best trial has set; it can be undone.")
        live_icon(self.take, "good")
        self.which = Combo()
        self.which.setMaximumWidth(260)
        live(self.which.setAccessibleName, "Sweep")
        self._said = label(role="muted", wrap=True)
        self.form, self.results = SweepForm(), SweepResults()
        self._lay_out()
        self._connect()
        self._name()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        bar.addWidget(self.back)
        bar.addWidget(self.which, 1)
        bar.addWidget(self.start)
        bar.addWidget(self.stop)
        bar.addWidget(self.take)
        bar.addWidget(self._said, 2)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self.form)
        self._halves.addWidget(self.results)
        self._halves.setStretchFactor(0, 0)
        self._halves.setStretchFactor(1, 1)
        self._halves.setSizes([272, 600])
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self._halves, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.start.clicked.connect(self.begin)
        self.stop.clicked.connect(self._session.stop)
        self.take.clicked.connect(self._take_best)
        self.which.activated.connect(self._choose)
        self.form.changed.connect(self._edited)
        self.results.opened.connect(self.opened)
        self._session.told.connect(self._told)
        self._session.state_changed.connect(self._allow)
        self._session.ended.connect(self._ended)
        self._document.replaced.connect(self._begin_anew)
        languages.changed.connect(self._name)

    # -- which sweep ----------------------------------------------------------------------------------

    @property
    def shown(self) -> Sweep | None:
        """The sweep that is shown; None while another is being made."""
        return self._shown

    def open(self, figures: Sequence[str], path: str = "") -> None:
        """Offer a new sweep over the project as it is now, and look for those before.

        Args:
            figures: what epochs of the project are known to measure.
            path: a setting that a new sweep is to vary.
        """
        if path and not self._session.sweeping:
            self._show(None)
        plan = self._document.project.plan
        known = [figure_for(plan), *(f"val_{one.type}" for one in plan.metrics), "loss"]
        entered = self.form.plan() if self.form.rows and self._shown is None else None
        if figures:  # what runs before have measured comes first: there may be no samples to check with
            known = sorted(known, key=lambda figure: figure not in figures)
        self.form.show_project(self._document.project, list(dict.fromkeys((*known, *figures))))
        if isinstance(entered, SweepPlan):
            self.form.show_plan(entered)
        elif not self.form.rows and not path:
            self.form.vary(RATE)
        if path and self._shown is None:
            self.form.vary(path)
        self.refresh()

    def offer(self, plan: SweepPlan) -> None:
        """Fill the form in for a new sweep."""
        self._show(None)
        self.form.show_plan(plan)
        self._name()
        self.results.setCurrentWidget(self.results.curves)

    def refresh(self) -> None:
        """Look for the sweeps of the project."""
        if self._document.analysis.ready and self.isVisible():
            file, id = self._document.path, self._document.id
            self._jobs.start(lambda _job: _look(file, id), self._take, self._failed, "sweeps")

    def _take(self, found: object) -> None:
        if isinstance(found, tuple):
            self.sweeps = found
            folder = None if self._shown is None else self._shown.folder
            again = next((sweep for sweep in found if sweep.folder == folder), None)
            if again is not None and not self._session.sweeping:
                self._show(again)
            self._name()

    def _begin_anew(self) -> None:
        self.sweeps = ()
        for row in list(self.form.rows):
            row.removed.emit()
        self._show(None)
        self._name()

    def _failed(self, why: Message, _details: str) -> None:
        fixed(self._said.setText, say(why))

    def _name(self) -> None:
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(tr("New sweep"), None)
            for sweep in self.sweeps:
                when = moment(datetime.fromtimestamp(sweep.began, UTC))
                count = len(sweep.trials)
                said = tr("{when}, {count} {count:trial|trials}", when=when, count=count)
                self.which.addItem(said, sweep.folder)
            folder = None if self._shown is None else self._shown.folder
            places = [place for place in range(self.which.count()) if self.which.itemData(place) == folder]
            self.which.setCurrentIndex(places[0] if places else 0)
        self._allow()

    def _choose(self, place: int) -> None:
        folder = self.which.itemData(place)
        self._show(next((sweep for sweep in self.sweeps if sweep.folder == folder), None))

    def _show(self, sweep: Sweep | None) -> None:
        """Show a sweep as it stands."""
        fresh = sweep is not None and (self._shown is None or self._shown.folder != sweep.folder)
        self._shown = sweep
        if sweep is not None and fresh:
            with contextlib.suppress(NetwrightError):
                self.form.show_plan(sweep.plan)
        self.results.show_sweep(sweep)
        if sweep is not None:
            self._weigh_anew(sweep)
        self._allow()

    def _weigh_anew(self, sweep: Sweep) -> None:
        """Ask what mattered, on a thread, once more trials have come to their end."""
        done = sum(trial.state == "done" for trial in sweep.trials)
        if self._weighed != (sweep.folder, done):
            self._weighed = sweep.folder, done
            self._jobs.start(
                lambda _job: _weigh(sweep), self._take_shares, self._without_shares, "importance"
            )

    def _take_shares(self, found: object) -> None:
        assert isinstance(found, tuple)  # what the work gave
        folder, shares = found
        if self._shown is not None and self._shown.folder == folder:
            self.results.show_shares(shares)

    def _without_shares(self, why: Message, _details: str) -> None:
        self.results.show_shares({}, why)

    # -- doing ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the sweep that was entered, or go on with the one that is shown."""
        plan = self._shown.folder if self._shown is not None else self.form.plan()
        if isinstance(plan, Message):
            return
        self._failure = self._session.sweep(plan)
        self._allow()

    def _edited(self) -> None:
        self._failure = None
        self._allow()

    def _ended(self) -> None:
        failed = self._session.failed
        if failed is not None and self._session.swept is None and self._session.project is None:
            self._failure = failed.message  # the sweep could not begin
        self._allow()
        self.refresh()

    def _take_best(self) -> None:
        best = None if self._shown is None else self._shown.best
        if best is not None:
            label = Message("Apply trial {number} of the sweep", number=best.number)
            self._document.attempt(label, lambda project: varied(project, best.values))

    def _told(self, event: object) -> None:
        swept = self._session.swept
        if self._session.sweeping and swept is not None and swept is not self._shown:
            known = any(sweep.folder == swept.folder for sweep in self.sweeps)
            self.sweeps = (
                tuple(swept if sweep.folder == swept.folder else sweep for sweep in self.sweeps)
                if known
                else (swept, *self.sweeps)
            )
            self._show(swept)
            self._name()

    def keeps_from_beginning(self) -> Message | None:
        """Say why no sweep can begin, or go on, now."""
        if self._session.active:
            return Message("A training is under way.")
        if self._shown is not None:
            return Message("This sweep came to its end. Choose “New sweep”.") if self._shown.over else None
        plan = self.form.plan()
        return plan if isinstance(plan, Message) else self._session.obstacle()

    def _allow(self) -> None:
        sweep, active = self._shown, self._session.sweeping
        why = self.keeps_from_beginning()
        live(self.start.setText, "Go on" if sweep is not None else "Start the sweep")
        over = sweep is not None and sweep.over
        self.start.setVisible(not active and not over)
        self.take.setVisible(not active and over and sweep is not None and sweep.best is not None)
        self.stop.setVisible(active)
        allow(self.start, why)
        ending = Message("The training is ending after its step.")
        allow(self.stop, ending if self._session.state == "stopping" else None)
        allow(self.form.inner, None if sweep is None and not active else Message("Choose “New sweep”."))
        if self._failure is not None:
            live(self._said.setText, "{why}", why=self._failure)
        elif sweep is not None:
            self._tell(sweep)
        elif why is not None:
            live(self._said.setText, "{why}", why=why)
        else:
            plan = self.form.plan()
            size = plan.size if isinstance(plan, SweepPlan) else None
            if size:
                live(self._said.setText, "{count} {count:trial|trials}", count=size)
            else:
                fixed(self._said.setText, "")

    def _tell(self, sweep: Sweep) -> None:
        best, of = sweep.best, sweep.plan.size
        done: object = len(sweep.ended)
        if of:
            done = Message("{done} of {count}", done=done, count=of)
        failed = [trial for trial in sweep.ended if trial.state == "failed"]
        if best is None and failed and len(failed) == len(sweep.ended) and failed[-1].reason is not None:
            live(
                self._said.setText,
                "No trial came to its end: {reason}",
                reason=failed[-1].reason,
            )
        elif best is None:
            live(self._said.setText, "Trials: {done}, {time}", done=done, time=duration(sweep.seconds))
        else:
            live(
                self._said.setText,
                "Trials: {done}, {time}. Best: {figure} {value} (trial {number})",
                done=done,
                time=duration(sweep.seconds),
                figure=measure_title(sweep.plan.metric),
                value=measure(best.value),
                number=best.number,
            )
