"""The open project as the window sees it: edits with undo, its file, its reports, and signals of each.

Every edit goes through `do` or `attempt`, so that it can be undone, is journalled and is analysed.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from studio.graph import Message, NetwrightError
from studio.project import Change, GraphRef, History, Project
from studio.project.disk import Seen, changed_on_disk, look, unsaved_runs
from studio.project.file import read, write
from studio.project.journal import Journal, Recovery
from studio.project.lock import Lock
from studio.project.locking import refuse_locked
from studio.ui.learning.marks import Marks
from studio.ui.looking.analysing import Analyse, Analysis

if TYPE_CHECKING:
    from studio.compiler import Problem, Report


class Document(QObject):
    """One project, its history and its file."""

    changed = Signal(object, object)
    """An edit, undo or redo happened: the `Change`, and the project after it."""
    analysed = Signal(object)
    """A graph (`GraphRef`) has a new report."""
    replaced = Signal()
    """Another project is open: look at everything anew."""
    title_changed = Signal()
    """The file, or whether there are unsaved changes, is another than before."""
    failed = Signal(object)
    """Something asked for was refused: a `Message` to show."""
    save_failed = Signal(object)
    """The file could not be written: a `Message`; the project is kept and still marked unsaved."""
    told = Signal(object)
    """Something was done in another way than asked for: a `Message` for the status line."""
    warned = Signal(object)
    """Something is worth knowing, such as that edits cannot be kept for recovery: a `Message`."""

    keep_wanted = Signal(str)
    """A composite is to be kept among the person's own blocks: its name."""
    code_wanted = Signal(str)
    """Somebody wants to see the code of a custom block: its name."""
    flow_wanted = Signal(object, str)
    """Somebody wants to see closely what flows: the graph, and the node that it leaves."""
    trust_wanted = Signal()
    """Somebody wants to look at the code of the project and trust it."""

    def __init__(
        self,
        project: Project | None = None,
        *,
        begin: bool = True,
        load: Callable[[], Analyse] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Open a project that has no file yet.

        Args:
            project: the project; a blank one when not given.
            begin: start the analysis at once; a window that is to paint first calls `begin` later.
            load: gives the function that analyses (see `Analysis`).
            parent: its owner.
        """
        super().__init__(parent)
        self.path: Path | None = None
        self.id = _new_id()
        self.read_only = False
        self._lock: Lock | None = None
        self._seen: Seen | None = None
        self._journal = Journal(trouble=self.warned.emit)
        self._journal_begun = False
        self._analysis = Analysis(load, self)
        self._analysis.analysed.connect(self.analysed)
        self._analysis.learned.connect(self.look_again, Qt.ConnectionType.QueuedConnection)
        self._marks = Marks()
        self.history = History(project or Project(), clock=time.monotonic)
        self.history.mark_saved()
        self.history.listen(self._on_change)
        self._journalled = self.history.project
        self._was_modified = False
        self._analyse_all()
        self._app = QGuiApplication.instance()
        if isinstance(self._app, QGuiApplication):
            # Folders of data come and go while a person is elsewhere.
            self._app.applicationStateChanged.connect(self._come_back)
        if begin:
            self.begin()

    # -- looking ------------------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The current snapshot."""
        return self.history.project

    @property
    def modified(self) -> bool:
        """Whether there is something to save."""
        return self.history.modified

    @property
    def analysis(self) -> Analysis:
        """The reports behind `report`."""
        return self._analysis

    def report(self, ref: GraphRef) -> Report | None:
        """Give the newest report of a graph, with what the last run failed at; None before its first."""
        report = self._analysis.report(ref)
        return report if report is None else self._marks.on(report, ref)

    def problems(self) -> tuple[Problem, ...]:
        """Give the problems of every graph, networks first; a failed run counts once, at its block."""
        reports = (self.report(ref) for ref in self.project.refs())
        return tuple(
            problem
            for report in reports
            if report is not None
            for problem in report.problems
            if problem.about != "run" or problem in self._marks.innermost
        )

    # -- editing --------------------------------------------------------------------------------------

    def do(self, label: Message, project: Project, merge_key: str = "") -> bool:
        """Make an edited project the current one; a locked drawing stays, and that is told through `failed`.

        Args:
            label: what was done, for the history.
            project: the project as it is now.
            merge_key: quick edits with the same key become one step of the history.

        Returns:
            Whether it was done.
        """
        try:
            refuse_locked(self.project, project)
        except NetwrightError as refused:
            self.failed.emit(refused.message)
            return False
        self.history.do(label, project, merge_key=merge_key)
        return True

    def join(self, position: int) -> None:
        """Make one step of all that was done since a position of the history."""
        self.history.join(position)
        self.changed.emit(Change(), self.project)

    def attempt(self, label: Message, edit: Callable[[Project], Project], merge_key: str = "") -> bool:
        """Apply an edit that may be refused; the reason is then told through `failed`.

        Returns:
            Whether it was applied.
        """
        try:
            after = edit(self.project)
        except NetwrightError as refused:
            self.failed.emit(refused.message)
            return False
        return self.do(label, after, merge_key)

    def undo(self) -> Message | None:
        """Take the last step back; gives its label."""
        label = self.history.undo()
        self.unmark()
        return label

    def redo(self) -> Message | None:
        """Take the last undone step again; gives its label."""
        label = self.history.redo()
        self.unmark()
        return label

    # -- the last run ---------------------------------------------------------------------------------

    def mark(self, problems: Sequence[Problem], trained: Project) -> None:
        """Show where a run failed, until what was trained is edited, another run begins, or a step is undone.

        Args:
            problems: of the failure.
            trained: the project as it was trained; where it has been edited since, nothing is shown.
        """
        self.unmark()
        self._marks = Marks.of(problems, trained, self.project)
        self._tell_marked(self._marks)

    def unmark(self) -> None:
        """Show no failure of a run any more."""
        before, self._marks = self._marks, Marks()
        self._tell_marked(before)

    def _tell_marked(self, marks: Marks) -> None:
        for ref in self.project.refs():
            if ref in marks.graphs and self._analysis.report(ref) is not None:
                self.analysed.emit(ref)

    # -- the file -------------------------------------------------------------------------------------

    def new(self, template: Path | None = None) -> bool:
        """Begin a blank project, or one as a template has it; it has no file yet."""
        try:
            project = Project() if template is None else read(template)
        except NetwrightError as refused:
            self.failed.emit(refused.message)
            return False
        self._replace(project, None, saved=True)
        return True

    def open(self, path: Path | str) -> bool:
        """Open a project file; one that another window has open can be changed only under another name."""
        place = Path(path)
        seen = look(place)
        try:
            project = read(place)
        except NetwrightError as refused:
            self.failed.emit(refused.message)
            return False
        self._replace(project, place, saved=True)
        self._seen = seen
        return True

    def open_copy(self, path: Path) -> bool:
        """Open what a file holds as a project that has no file yet, such as a backup."""
        try:
            project = read(path)
        except NetwrightError as refused:
            self.failed.emit(refused.message)
            return False
        self._replace(project, None, saved=False)
        return True

    def recover(self, found: Recovery) -> None:
        """Go on with edits that a crash left behind; they are kept again until they are saved.

        Each of them can be undone.
        """
        history = History(found.steps[0], clock=time.monotonic)
        if found.from_file:
            history.mark_saved()
        for number, step in enumerate(found.steps[1:], 1):
            history.do(Message("Recovered edit {number}", number=number), step)
        self._show(history, found.path_of_project, id=found.document)
        self._journal.begin(found.project, found.path_of_project, modified=True, document=self.id)
        self._journal_begun = True
        if not found.changed_on_disk and found.path_of_project is not None:
            self._seen = look(found.path_of_project)
        found.discard()

    def save(self) -> bool:
        """Write the file; False when there is none yet, or when `save_failed` tells why."""
        if self.path is None:
            return False
        if self.read_only:
            self.save_failed.emit(
                Message("“{name}” is open in another window. Save under another name.", name=self.path.name)
            )
            return False
        return self._write(self.path)

    def save_as(self, path: Path | str) -> bool:
        """Write another file and go on with it; False when `save_failed` tells why."""
        place = Path(path)
        if not self._same(place):
            lock = Lock(place)
            if lock.take() is not None:
                self.save_failed.emit(
                    Message("“{name}” is open in another window. Save under another name.", name=place.name)
                )
                return False
            if not self._write(place):
                lock.release()
                return False
            self._unlock()
            self._lock, self.read_only = lock, False
        elif not self.save():
            return False
        self.path = place
        self.bring_runs()
        self.title_changed.emit()
        return True

    def bring_runs(self) -> None:
        """Have the runs from before the first save listed with those of the file."""
        if self.path is not None and unsaved_runs(self.id).is_dir():
            from studio.train import adopt  # imports torch, which is there where a run was made

            adopt(unsaved_runs(self.id), self.path)

    def changed_on_disk(self) -> bool:
        """Tell whether somebody else wrote the file since it was read or written here."""
        return self.path is not None and changed_on_disk(self.path, self._seen)

    def keep_mine(self) -> None:
        """Take note of another's file without reading it: the next save replaces it."""
        if self.path is not None:
            self._seen = look(self.path)

    def _write(self, path: Path) -> bool:
        try:
            write(self.project, path)
        except NetwrightError as refused:
            self.save_failed.emit(refused.message)
            return False
        self.history.mark_saved()
        self._seen = look(path)
        self._journal.close()
        self._journal_begun = False
        self._journalled = self.project
        self._was_modified = False
        self.title_changed.emit()
        return True

    def _same(self, path: Path) -> bool:
        return self.path is not None and _real(self.path) == _real(path)

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # -- the analysis ---------------------------------------------------------------------------------

    def kinds(self) -> frozenset[str] | None:
        """Give what the plan's data and network are for, as far as it is known; None for nothing yet."""
        return self._analysis.kinds(self.project)

    def begin(self) -> None:
        """Start the analysis, where it was not started with the document."""
        self._analysis.begin()

    def close(self, *, keep_edits: bool = False) -> bool:
        """End the worker and let go of the file; the document is not used after that.

        Args:
            keep_edits: leave unsaved edits for recovery at the next start, as nobody was asked.

        Returns:
            Whether the worker ended in time.
        """
        if isinstance(self._app, QGuiApplication):
            self._app.applicationStateChanged.disconnect(self._come_back)
            self._app = None
        over = self._analysis.close()
        self._journal.close(clean=not (keep_edits and self.modified))
        self._unlock()
        return over

    def _on_change(self, change: Change, project: Project) -> None:
        self._write_down(project)
        self.changed.emit(change, project)
        if self._marks.ended_by(change):
            self.unmark()
        touched = {item[0] for items in (change.added, change.removed, change.altered) for item in items}
        touched |= change.wired | change.graphs
        if any(ref.place == "composite" for ref in touched):
            touched = set(project.refs())  # a composite shows in every graph that uses it
        if change.graphs:
            self._analysis.keep_only(project.refs())
        for ref in project.refs():
            if ref in touched or change.plan:
                self._analysis.request(project, ref)
        self._tell_modified()

    def _write_down(self, project: Project) -> None:
        """Journal a step; the journal begins with the first, so that looking at a file writes nothing."""
        before, self._journalled = self._journalled, project
        if not self._journal_begun:
            self._journal_begun = True
            self._journal.begin(before, self.path, document=self.id)
        self._journal.append(before, project)

    def look_again(self) -> None:
        """Hold the plan against the network once more: more may be known of its data by now."""
        ref = GraphRef("network", self.project.main())
        if ref in self.project.refs():
            self._analysis.request(self.project, ref)

    def look_at_all(self) -> None:
        """Analyse every graph once more: what the project may run is another than before."""
        self._analyse_all()

    def _come_back(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._analysis.ready:
            self.look_again()

    def _analyse_all(self) -> None:
        # The one asked for last is analysed first.
        for ref in reversed(self.project.refs()):
            self._analysis.request(self.project, ref)

    def _tell_modified(self) -> None:
        if self.modified != self._was_modified:
            self._was_modified = self.modified
            self.title_changed.emit()

    def _replace(self, project: Project, path: Path | None, *, saved: bool, id: str = "") -> None:
        """Show another project in place of the current one."""
        history = History(project, clock=time.monotonic)
        if saved:
            history.mark_saved()
        self._show(history, path, id=id)

    def _show(self, history: History, path: Path | None, *, id: str = "") -> None:
        """Show a project with its history in place of the current one."""
        project = history.project
        self._analysis.forget()
        self._marks = Marks()
        self.history = history
        self.history.listen(self._on_change)
        self._journal.close()
        self._journal_begun = False
        self._journalled = project
        if path is None or not self._same(path):
            self._unlock()
            self._lock, self.read_only = Lock(path) if path is not None else None, False
            if self._lock is not None and self._lock.take() is not None:
                self._lock, self.read_only = None, True
        self.path, self._seen, self.id = path, None, id or _new_id()
        self._was_modified = self.modified
        self.replaced.emit()
        self.title_changed.emit()
        self._analyse_all()


def _new_id() -> str:
    """Give what the runs of a project are known by until it has a file."""
    return secrets.token_hex(8)


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
