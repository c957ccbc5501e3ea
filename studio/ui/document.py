"""The open project as the window sees it: edits with undo, its file, its reports, and signals of each.

Every edit goes through `do` or `attempt`, so that it can be undone, is journalled and is analysed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.graph import Message, NetwrightError
from studio.project import Change, GraphRef, History, Project
from studio.ui.analysing import Analyse, Analysis, compiler

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

    def __init__(
        self,
        project: Project | None = None,
        *,
        begin: bool = True,
        load: Callable[[], Analyse] = compiler,
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
        self._analysis = Analysis(load, self)
        self._analysis.analysed.connect(self.analysed)
        self.history = History(project or Project(), clock=time.monotonic)
        self.history.mark_saved()
        self.history.listen(self._on_change)
        self._was_modified = False
        self._analyse_all()
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
        """Give the newest report of a graph; None before its first."""
        return self._analysis.report(ref)

    def problems(self) -> tuple[Problem, ...]:
        """Give the problems of every graph, networks first."""
        reports = (self.report(ref) for ref in self.project.refs())
        return tuple(problem for report in reports if report is not None for problem in report.problems)

    # -- editing --------------------------------------------------------------------------------------

    def do(self, label: Message, project: Project, merge_key: str = "") -> None:
        """Make an edited project the current one.

        Args:
            label: what was done, for the history.
            project: the project as it is now.
            merge_key: quick edits with the same key become one step of the history.
        """
        self.history.do(label, project, merge_key=merge_key)

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
        self.do(label, after, merge_key)
        return True

    def undo(self) -> Message | None:
        """Take the last step back; gives its label."""
        return self.history.undo()

    def redo(self) -> Message | None:
        """Take the last undone step again; gives its label."""
        return self.history.redo()

    # -- the analysis ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start the analysis, where it was not started with the document."""
        self._analysis.begin()

    def close(self) -> None:
        """End the worker; the document is not used after that."""
        self._analysis.close()

    def _on_change(self, change: Change, project: Project) -> None:
        self.changed.emit(change, project)
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

    def _analyse_all(self) -> None:
        # The one asked for last is analysed first.
        for ref in reversed(self.project.refs()):
            self._analysis.request(self.project, ref)

    def _tell_modified(self) -> None:
        if self.modified != self._was_modified:
            self._was_modified = self.modified
            self.title_changed.emit()

    def _replace(self, project: Project, path: Path | None, *, saved: bool) -> None:
        """Show another project in place of the current one."""
        self._analysis.forget()
        self.history = History(project, clock=time.monotonic)
        if saved:
            self.history.mark_saved()
        self.history.listen(self._on_change)
        self.path = path
        self._was_modified = self.modified
        self.replaced.emit()
        self.title_changed.emit()
        self._analyse_all()
