"""What is done with runs: train on from one, bring back its project, delete it, colour the canvas with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.graph import Message, NetwrightError
from studio.ui.editing.comparing import Comparison
from studio.ui.widgets.dialogs import CANCEL, ask
from studio.ui.words.figures import moment

if TYPE_CHECKING:
    from studio.project import Project
    from studio.train import RunRecord
    from studio.train.runs.weights import Given
    from studio.ui.panels.runs import RunsPanel
    from studio.ui.window import MainWindow
    from studio.ui.workspace import Workspace

COLUMNS = "runs_columns"
"""The setting with the columns of the table of runs."""

ENDED = ("completed", "patience", "stopped", "max_steps")
"""How a run ends whose weights are good for more."""


def _weights(record: RunRecord, origin: str) -> Given:
    """Read what a run learned."""
    from studio.train.runs.weights import Given  # torch is there: the record came from it

    return Given(record.weights(), origin)


def _last(
    file: Path | None, document: str, fits: Callable[[Project], bool], fresh: Sequence[str]
) -> tuple[Given, str]:
    """Read what the newest run learned that is over and whose project fits, and say when it began."""
    from studio.train import runs_of  # imports torch

    for record in runs_of(file, document):
        if record.status in ENDED:
            with contextlib.suppress(NetwrightError):
                if fits(record.project()):
                    return _weights(record, _name(record)).without(fresh), _name(record)
    raise NetwrightError(
        Message("There is no run yet whose weights it could begin with. Train the network first.")
    )


def _write(run: Path, notes: str | None = None, tags: Sequence[str] | None = None) -> None:
    from studio.train import RunStore

    RunStore.of(run).say(run, notes, tags)


def _delete(records: Sequence[RunRecord]) -> int:
    from studio.train.runs.deleting import delete

    for record in records:
        delete(record)
    return len(records)


class Experiments(QObject):
    """Carries out what the table of runs asks for."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        """Listen to the table of runs."""
        super().__init__(workspace)
        self._window, self._workspace = window, workspace
        self.document, self.session, self.jobs = window.document, window.session, window.jobs
        self.runs: RunsPanel = workspace.runs
        self.comparison = Comparison(self.document, workspace.networks)
        self._origin: Message | None = None
        runs = self.runs
        runs.branch.connect(self.branch)
        runs.restore.connect(self.restore)
        runs.remove.connect(self.remove)
        runs.colour.connect(self.colour)
        runs.written.connect(self.write)
        runs.columns_chosen.connect(partial(window.settings.set, COLUMNS))
        kept = window.settings.get(COLUMNS)
        if isinstance(kept, list) and kept:
            runs.table.show_columns([one for one in kept if isinstance(one, str)])
        self.comparison.changed.connect(self._coloured)
        self.session.told.connect(self._told)

    def branch(self, folder: Path) -> None:
        """Begin a new run with what a run learned, and the plan of today."""
        record = self._record(folder)
        if record is None:
            return
        name = _name(record)
        self.jobs.start(
            lambda _job: _weights(record, name),
            lambda given: self._begin(given, name),  # type: ignore[arg-type]  # what the work gave
            self._failed,
            "branch",
        )

    def branch_last(self, fits: Callable[[Project], bool], fresh: Sequence[str] = ()) -> None:
        """Begin a new run with what the newest run learned whose project fits.

        Args:
            fits: tells whether a run of such a project may be begun with.
            fresh: modules whose weights begin anew, by their dotted names.
        """
        file, document = self.document.path, self.document.id
        self.jobs.start(
            lambda _job: _last(file, document, fits, fresh),
            lambda found: self._begin(*found),  # type: ignore[misc]  # what the work gave
            self._failed,
            "branch",
        )

    def _begin(self, given: Given, name: str) -> None:
        why = self.session.start(given)
        if why is not None:
            self._window.status.tell(why)
        else:
            self._origin = Message("Begun with the weights of the run of {when}.", when=name)

    def _told(self, event: object) -> None:
        """Note at a run that was branched where it comes from, once its folder is there."""
        run = getattr(event, "run", None)
        if self._origin is not None and isinstance(run, Path):
            from studio.ui.words.text import say

            origin, self._origin = say(self._origin), None
            self._do(partial(_write, run, origin))

    def restore(self, folder: Path) -> None:
        """Bring the project of a run back, as an edit that can be undone."""
        record, project = self._record(folder), self.runs.trained(folder)
        if record is None or project is None:
            return
        label = Message("Restore the project of the run of {when}", when=_name(record))
        if self.document.do(label, project):
            self._window.status.tell(
                Message(
                    "This is the project of the run of {when}. Undo brings yours back.", when=_name(record)
                )
            )

    def remove(self, records: Sequence[RunRecord]) -> None:
        """Delete runs, once a person agrees."""
        answer = ask(
            self._window,
            Message("Delete {count} {count:run|runs}?", count=len(records)),
            Message(
                "Their weights, checkpoints and curves are deleted from the disk. This cannot be undone.",
            )
            if len(records) > 1
            else Message(
                "The run of {when} is deleted from the disk, with its weights, its checkpoint and its "
                "curves. This cannot be undone.",
                when=_name(records[0]),
            ),
            [CANCEL, ("delete", Message("Delete"), "danger")],
        )
        if answer == "delete":
            if self.runs.coloured in [record.folder for record in records]:
                self.comparison.end()
            self._do(partial(_delete, tuple(records)))

    def colour(self, folder: Path | None) -> None:
        """Show on the canvas how what is drawn differs from the project of a run; None leaves that."""
        project = None if folder is None else self.runs.trained(folder)
        record = None if folder is None else self._record(folder)
        if project is None or record is None:
            self.comparison.end()
            return
        self.runs.coloured = folder
        self.comparison.begin(project, Message("the run of {when}", when=_name(record)))

    def write(self, folder: Path, column: str, text: str) -> None:
        """Keep what a person wrote of a run."""
        if column == "tags":
            self._do(partial(_write, folder, None, [text]))
        else:
            self._do(partial(_write, folder, text))

    def _coloured(self) -> None:
        if not self.comparison.on:
            self.runs.coloured = None

    def _do(self, work: Callable[[], object]) -> None:
        """Do something with files on a thread, and look at the runs again."""
        self.jobs.start(lambda _job: work(), lambda _done: self.runs.refresh(), self._failed, "experiments")

    def _failed(self, why: Message, _details: str) -> None:
        self.runs.refresh()
        self._window.status.tell(why)

    def _record(self, folder: Path) -> RunRecord | None:
        return next((record for record in self.runs.records() if record.folder == folder), None)


def _name(record: RunRecord) -> str:
    return moment(datetime.fromtimestamp(record.started, UTC))
