"""Training as the window sees it: one run at a time on its thread, looked at ten times a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from studio.graph import Message, NetwrightError
from studio.project import Change, GraphRef, Project
from studio.ui.document import Document
from studio.ui.jobs import Jobs
from studio.ui.learning.marks import concerns, trained_graphs
from studio.ui.panels.devices import Devices

if TYPE_CHECKING:
    from studio.data import Progress
    from studio.project.sweeps import SweepPlan
    from studio.train import (
        Background,
        Control,
        Device,
        Event,
        Failed,
        Finished,
        MetricLog,
        Started,
        StepDone,
    )
    from studio.train.runs.weights import Given
    from studio.train.sweeps.state import Sweep

POLL_MS = 100
"""A signal a step would slow the training by a fifth; ten looks a second cost nothing."""

State = Literal["idle", "running", "paused", "stopping"]

Make = Callable[..., "Background"]
"""Makes a background run; `studio.train.Background`."""


def background() -> Make:
    """Load the trainer, and torch with it."""
    from studio.train import Background  # imports torch

    return Background


def _look_for_devices() -> tuple[Device, ...]:
    from studio.train import devices  # imports torch

    return devices()


class Session(QObject):
    """Starts, watches and ends runs of the open project."""

    began = Signal()
    """A run starts: its log is empty."""
    ticked = Signal()
    """There may be new numbers: ten times a second while a run goes on, and once after its end."""
    told = Signal(object)
    """Something happened in the run: an `Event` of the trainer other than a step."""
    ended = Signal()
    """The run is over; `finished` or `failed` say how."""
    outdated = Signal()
    """How the last run ended says nothing any more of what is drawn now."""
    state_changed = Signal()
    """What can be done now differs: train, pause, stop."""

    def __init__(
        self, document: Document, devices: Devices, jobs: Jobs, make: Callable[[], Make] = background
    ) -> None:
        """Watch a document; nothing runs yet.

        Args:
            document: its project is what trains.
            devices: told once the devices of this machine are known.
            jobs: where slow questions are asked.
            make: gives what makes a run.
        """
        super().__init__()
        self._document, self._devices, self._jobs, self._make = document, devices, jobs, make
        self._run: Background | None = None
        self.state: State = "idle"
        self.project: Project | None = None
        self.started: Started | None = None
        self.finished: Finished | None = None
        self.failed: Failed | None = None
        self.log: MetricLog | None = None
        self.sweeping = False
        self.swept: Sweep | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        document.analysis.ready_changed.connect(self._ready)
        document.analysed.connect(lambda _ref: self.state_changed.emit())
        document.changed.connect(self._changed)
        document.replaced.connect(self._replaced)

    def _changed(self, change: Change, _project: Project) -> None:
        trained = self.project
        if self.failed is not None and trained is not None and concerns(change, trained_graphs(trained)):
            # What failed is being mended, or was undone: it is not what would train now.
            self.failed = None
            self.outdated.emit()
        self.state_changed.emit()

    def _replaced(self) -> None:
        if not self.active:
            # How the run of another project ended is in that project's list of runs.
            self.finished = self.failed = None
            self.outdated.emit()
        self.state_changed.emit()

    # -- looking ------------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether a run goes on, pauses, or is about to end."""
        return self._run is not None

    @property
    def run(self) -> Background | None:
        """The run that goes on; None between runs."""
        return self._run

    @property
    def latest(self) -> StepDone | None:
        """The last step of the run that goes on."""
        return self._run.latest if self._run is not None else None

    @property
    def doing(self) -> tuple[Message, float] | None:
        """What is done before the first step, such as a download, and how far that is, from 0 to 1."""
        return self._run.doing if self._run is not None else None

    def obstacle(self) -> Message | None:
        """Say why training cannot begin now; None when it can."""
        if self.active:
            return Message("A training is under way.")
        project = self._document.project
        ref = GraphRef("network", project.main())
        if ref not in project.refs() or not len(project.graph(ref)):
            return Message("The canvas is empty: there is nothing to train.")
        if not self._document.analysis.ready:
            return Message("PyTorch is being loaded. This takes a few seconds.")
        report = self._document.report(ref)
        if report is None:
            return Message("The network is being checked.")
        # What the last run failed at is told, and keeps nobody from trying again.
        errors = [one for one in report.problems if one.severity == "error" and one.about != "run"]
        if errors:
            return Message(
                "Mend the problems first ({count}): {first}",
                count=len(errors),
                first=errors[0].message,
            )
        return None

    # -- doing ----------------------------------------------------------------------------------------

    def start(self, weights: Given | None = None) -> Message | None:
        """Begin to train the project as it is now, in a new folder beside its file.

        Args:
            weights: what the network begins with; fresh weights where nothing is given.

        Returns:
            Why it did not begin; None when it did.
        """
        why = self.obstacle()
        if why is None:
            from studio.train import new_run_dir  # torch is there: nothing stands in the way

            path = self._document.path
            folder = new_run_dir(path, self._document.id)
            more = {} if weights is None else {"weights": weights}
            self._begin(self._document.project, run_dir=folder, file=path, **more)
        return why

    def resume(self, run: Path) -> Message | None:
        """Go on with a run that was interrupted, with the project as it was then.

        Returns:
            Why it did not begin; None when it did.
        """
        if self.active:
            return Message("A training is under way.")
        from studio.train import load_run  # torch is there: the run came from its table

        try:
            record = load_run(run)
            self._begin(record.project(), resume=run, file=self._document.path)
        except NetwrightError as error:
            return error.message
        return None

    def sweep(self, plan: SweepPlan | Path) -> Message | None:
        """Begin a sweep over the project as it is now, or go on with one.

        Args:
            plan: what is tried, or the folder of the sweep that goes on.

        Returns:
            Why it did not begin; None when it did.
        """
        why = self.obstacle() if not isinstance(plan, Path) else self._busy()
        if why is not None:
            return why
        from studio.train.sweeps import sweep  # torch is there: nothing stands in the way

        project, path, document = self._document.project, self._document.path, self._document.id

        def events(control: Control, progress: Progress) -> Iterator[object]:
            if isinstance(plan, Path):
                return sweep.resume(plan, document=document, control=control, progress=progress)
            return sweep.sweep(
                project, plan, file=path, document=document, control=control, progress=progress
            )

        self._document.unmark()
        self.started = self.finished = self.failed = self.project = None
        self.sweeping, self.swept = True, None
        self._run = self._make()(project, events=events)
        self._set("running")
        self._timer.start()
        return None

    def _busy(self) -> Message | None:
        return Message("A training is under way.") if self.active else None

    def _begin(self, project: Project, **how: Path | Given | None) -> None:
        self.sweeping = False
        self.started, self.finished, self.failed = None, None, None
        self.project = project
        self._document.unmark()
        self._run = self._make()(project, **how)
        self.log = self._run.log
        self._set("running")
        self.began.emit()
        self._timer.start()

    def toggle_pause(self) -> None:
        """Pause after the step under way, or go on."""
        if self._run is None or self.state == "stopping":
            return
        if self.state == "paused":
            self._run.control.resume()
            self._set("running")
        else:
            self._run.control.pause()
            self._set("paused")

    def stop(self) -> None:
        """End the run after the step under way; its checkpoint is kept."""
        if self._run is not None and self.state != "stopping":
            self._run.control.stop()
            self._set("stopping")

    def close(self, seconds: float = 4.0) -> bool:
        """Stop the run and wait for it; False when it still goes on after that time."""
        self._timer.stop()
        if self._run is None:
            return True
        self._run.control.stop()
        self._run.join(seconds)
        over = not self._run.running
        if over:
            self._run = None
        return over

    def _ready(self) -> None:
        self.state_changed.emit()
        # Asking a driver for its devices can take long.
        self._jobs.start(lambda _job: _look_for_devices(), self._tell_devices, lambda *_: None, "devices")

    def _tell_devices(self, found: object) -> None:
        self._devices.set_found(found)  # type: ignore[arg-type]  # what the work gave

    def _set(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit()

    def _poll(self) -> None:
        run = self._run
        if run is None:
            self._timer.stop()
            return
        over = not run.running
        for event in run.take_events():
            self._take(event)
        self.ticked.emit()
        if over:
            self._timer.stop()
            self._run = None
            run.join(1.0)
            self._document.bring_runs()  # it may have been saved while the run began
            self.sweeping = False
            self._set("idle")
            self.ended.emit()

    def _take_of_sweep(self, event: object) -> bool:
        """Take what a sweep tells; of its trainings themselves, how they ended is told by it."""
        from studio.train import Failed, Finished
        from studio.train.sweeps.sweep import SweepDone, TrialBegun, TrialDone

        match event:
            case TrialBegun():
                self.started, self.project, self.swept = None, event.project, event.sweep
                self.log = event.log
                self.began.emit()
            case TrialDone() | SweepDone():
                self.swept = event.sweep
            case Failed() if self.swept is None:
                return False  # the sweep itself could not begin
            case Finished() | Failed():
                pass
            case _:
                return False
        self.told.emit(event)
        return True

    def _take(self, event: Event) -> None:
        from studio.train import Failed, Finished, Started, StepDone  # torch is there by now
        from studio.train.plans.marking import marks

        if self.sweeping and self._take_of_sweep(event):
            return
        match event:
            case Started():
                self.started = event
            case Finished():
                self.finished = event
            case Failed():
                self.failed = event
                if self.project is not None:
                    self._document.mark(marks(event, self.project), self.project)
            case StepDone():
                return  # `latest` has it
            case _:
                pass
        self.told.emit(event)
