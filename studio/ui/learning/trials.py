"""What can be tried before a training: a learning rate, a batch size, whether a batch is learned by heart.

Each trial works on networks of its own, on a thread of its own, and is looked at ten times a second.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.project import MODEL, Choice, Project, edits
from studio.project.roles import optimizer_of
from studio.ui.document import Document
from studio.ui.jobs import Job, Jobs
from studio.ui.learning.training import POLL_MS, Session
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL
from studio.ui.panels.plan import set_loop
from studio.ui.widgets.plain import allow, label
from studio.ui.widgets.sketch import Sketch
from studio.ui.words.figures import measure
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train import Control
    from studio.ui.window import MainWindow

Events = Iterator[Any]
"""What a trial tells: points, and at the end what was found or a failure."""


class Trial(QWidget):
    """One thing to try: what it is for, its button, its curve, its answer, and what to do with that."""

    def __init__(self, dialog: Trials, doc: Message, axis: Message, *, log_x: bool = False) -> None:
        """Make the page.

        Args:
            dialog: where it stands.
            doc: what it is for.
            axis: what x is.
            log_x: whether x is logarithmic.
        """
        super().__init__()
        self.dialog = dialog
        self.points: list[tuple[float, float]] = []
        self._job: Job | None = None
        self._control: Control | None = None
        self._events: deque[Any] = deque()
        self._apply: Callable[[], object] | None = None
        self.doc = label(doc.template, "muted", wrap=True)
        self.button, self.use = QPushButton(), QPushButton()
        self.button.setProperty("kind", "primary")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.sketch = Sketch(log_x=log_x)
        live(self.sketch.set_name, axis.template)
        self.answer = QLabel()
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setWordWrap(True)
        self.button.clicked.connect(self.toggle)
        self.use.clicked.connect(self._use)
        self.use.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.button)
        row.addWidget(self.progress, 1)
        row.addStretch(0)
        bottom = QHBoxLayout()
        bottom.addWidget(self.answer, 1)
        bottom.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.doc)
        column.addLayout(row)
        column.addWidget(self.sketch, 1)
        column.addLayout(bottom)
        self.show_state()

    # -- what a kind of trial says -------------------------------------------------------------------

    def begin(self, project: Project, control: Control) -> Events:
        """Begin the trial; the events are asked for on a thread of its own."""
        raise AssertionError("each kind of trial begins its own")

    def take(self, event: Any) -> float | None:
        """Take a point or the answer; give how far the trial is, where that is told."""
        raise AssertionError("each kind of trial takes its own")

    # -- the course of it ----------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._job is not None

    def show_state(self) -> None:
        """Show what can be done."""
        live(self.button.setText, "Stop" if self.running else "Try")
        live_icon(self.button, "stop" if self.running else "train", "accent_text")
        allow(self.button, None if self.running else self.dialog.obstacle(self))
        self.progress.setVisible(self.running)

    def toggle(self) -> None:
        """Begin, or stop with what was found up to there."""
        if self._control is not None:
            self._control.stop()
            return
        from studio.train import Control  # torch is there: nothing stood in the way

        self.points, self._apply = [], None
        self.use.hide()
        fixed(self.answer.setText, "")
        self.sketch.show_points([])
        self.progress.setValue(0)
        self._control = control = Control()
        events: deque[Any] = deque()
        self._events = events
        project = self.dialog.document.project

        def work(job: Job) -> None:
            for event in self.begin(project, control):
                events.append(event)
                if job.cancelled.is_set():
                    control.stop()

        self._job = self.dialog.jobs.start(work, lambda _: self._over(), self._failed, "trial")
        self._timer.start()
        self.dialog.show_states()

    def stop(self) -> None:
        """End it; nobody waits for what it finds."""
        if self._control is not None and self._job is not None:
            self._control.stop()
            self._job.cancel()
        self._job = self._control = None
        self._timer.stop()

    def _poll(self) -> None:
        while self._events:
            event = self._events.popleft()
            share = self.take(event)
            if share is not None:
                self.progress.setValue(round(1000 * share))

    def _over(self) -> None:
        self._poll()
        self._end()

    def _failed(self, said: Message, _details: str) -> None:
        self._poll()
        self.tell(said)
        self._end()

    def _end(self) -> None:
        self._job = self._control = None
        self._timer.stop()
        self.dialog.show_states()

    def tell(self, said: Message) -> None:
        """Say what was found, or why nothing was."""
        fixed(self.answer.setText, say(said))

    def offer(self, said: Message, apply: Callable[[], object]) -> None:
        """Offer to do something with what was found."""
        self._apply = apply
        fixed(self.use.setText, say(said))
        self.use.show()

    def _use(self) -> None:
        if self._apply is not None:
            self._apply()
            self.use.hide()


class RateTrial(Trial):
    """Finds a learning rate."""

    def __init__(self, dialog: Trials) -> None:
        """Make the page."""
        super().__init__(
            dialog,
            Message(
                "Takes steps at ever larger learning rates. Where the loss falls steadily, the rate is good; "
                "where it grows, the rate is too large."
            ),
            Message("Learning rate"),
            log_x=True,
        )

    def begin(self, project: Project, control: Control) -> Events:
        """Begin the search."""
        from studio.train.trials.find_rate import find_rate

        return find_rate(project, control=control)

    def take(self, event: Any) -> float | None:
        """Take a point or the answer."""
        from studio.train.trials.find_rate import RatePoint, RatesFound

        match event:
            case RatePoint():
                self.points.append((event.rate, event.loss))
                self.sketch.show_points(self.points)
                return event.progress
            case RatesFound(suggestion=None):
                self.tell(Message("The loss fell nowhere. Look at the data and the network first."))
            case RatesFound(suggestion=float(rate)):
                self.sketch.show_points(self.points, rate)
                self.tell(Message("A good learning rate is {rate}.", rate=measure(rate)))
                self.offer(Message("Use it"), lambda: set_rate(self.dialog.document, float(measure(rate))))
            case _:
                self.tell(event.message)
        return None


class SizeTrial(Trial):
    """Finds a batch size."""

    def __init__(self, dialog: Trials) -> None:
        """Make the page."""
        super().__init__(
            dialog,
            Message(
                "Doubles the batch until the memory is short or it learns no faster, and shows how many "
                "samples a second each size learns."
            ),
            Message("Batch size"),
            log_x=True,
        )

    def begin(self, project: Project, control: Control) -> Events:
        """Begin the search."""
        from studio.train.trials.find_batch_size import find_batch_size

        return find_batch_size(project, control=control)

    def take(self, event: Any) -> float | None:
        """Take a size or the answer."""
        from studio.train.trials.find_batch_size import SizePoint, SizesFound

        match event:
            case SizePoint():
                self.points.append((event.size, event.samples_per_second))
                self.sketch.show_points(self.points)
                return min(len(self.points) / 10, 0.95)
            case SizesFound(suggestion=None):
                self.tell(event.reason)
            case SizesFound(suggestion=int(size)):
                self.sketch.show_points(self.points, size)
                said = Message("A batch of {size} learns about as fast as any.", size=size)
                self.tell(Message("{said} {reason}", said=said, reason=event.reason))
                self.offer(Message("Use it"), lambda: set_loop(self.dialog.document, "batch_size", size))
            case _:
                self.tell(event.message)
        return None


class HeartTrial(Trial):
    """Finds out whether one batch can be learned by heart."""

    def __init__(self, dialog: Trials) -> None:
        """Make the page."""
        super().__init__(
            dialog,
            Message(
                "Trains with one batch alone. A network that cannot learn even that by heart has a fault, or "
                "its learning rate does not fit."
            ),
            Message("Step"),
        )

    def begin(self, project: Project, control: Control) -> Events:
        """Begin to learn."""
        from studio.train.trials.by_heart import overfit_batch

        return overfit_batch(project, control=control)

    def take(self, event: Any) -> float | None:
        """Take where it stands, or the judgement."""
        from studio.train import StepDone
        from studio.train.trials.by_heart import ByHeart

        match event:
            case StepDone():
                self.points.append((event.step, event.metrics.get("loss", float("nan"))))
                self.sketch.show_points(self.points)
                return event.progress
            case ByHeart():
                if event.losses:
                    self.sketch.show_points(list(enumerate(event.losses, 1)))
                self.tell(event.message)
            case _:
                self.tell(event.message)
        return None


class Trials(QDialog):
    """The trials of a project; it stays open beside the window."""

    def __init__(self, window: QWidget, document: Document, session: Session, jobs: Jobs) -> None:
        """Make the dialog.

        Args:
            window: whose it is.
            document: the project that is tried, and changed by what is found.
            session: while it trains nothing else is tried.
            jobs: where the work is done.
        """
        super().__init__(window)
        self.document, self.session, self.jobs = document, session, jobs
        live(self.setWindowTitle, "Try before training")
        self.setMinimumSize(520, 400)
        self.rate, self.size_, self.heart = RateTrial(self), SizeTrial(self), HeartTrial(self)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        for page in self.trials:
            self.pages.addTab(page, "")
        self._name()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_SMALL, 0, 0)
        column.addWidget(self.pages)
        session.state_changed.connect(self.show_states)
        languages.changed.connect(self._name)
        self.show_states()

    def _name(self) -> None:
        for place, title in enumerate((tr("Learning rate"), tr("Batch size"), tr("One batch by heart"))):
            self.pages.setTabText(place, title)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Every page."""
        return self.rate, self.size_, self.heart

    def obstacle(self, trial: Trial) -> Message | None:
        """Say why a trial cannot begin now."""
        if any(each.running for each in getattr(self, "trials", ()) if each is not trial):
            return Message("Another trial is under way.")
        return self.session.obstacle()

    def show_states(self) -> None:
        """Show on every page what can be done."""
        for trial in self.trials:
            trial.show_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing running."""
        self.leave()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close it by Esc."""
        self.leave()
        super().reject()

    def leave(self) -> None:
        """End whatever is tried."""
        for trial in self.trials:
            trial.stop()
        self.show_states()


def show(window: MainWindow) -> Trials:
    """Show the trials of a window, made where they are not there yet."""
    found = window.findChild(Trials)
    dialog = (
        found if isinstance(found, Trials) else Trials(window, window.document, window.session, window.jobs)
    )
    dialog.show()
    dialog.raise_()
    return dialog


def set_rate(document: Document, rate: float) -> bool:
    """Give every optimizer of the plan a learning rate, as one step of the history."""

    def edit(project: Project) -> Project:
        plan = project.plan
        roles = set(plan.optimizers) or {MODEL}
        chosen = {role: optimizer_of(plan, role) or Choice("adam") for role in roles}
        optimizers = {role: choice.with_parameter("lr", rate) for role, choice in chosen.items()}
        return edits.set_plan(
            project, dataclasses.replace(plan, optimizers=MappingProxyType({**plan.optimizers, **optimizers}))
        )

    return document.attempt(Message("Set {parameter}", parameter=Message("Learning rate")), edit)
