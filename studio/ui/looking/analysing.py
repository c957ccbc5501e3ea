"""Shapes, costs and problems for the window: at once where that is quick, else on one worker thread.

The worker imports torch when it begins, so that a window can paint before; until then requests wait.
Of several snapshots of one graph only the newest is analysed, and results arrive on the window's thread.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from studio.project import GraphRef, Project

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.data import Inquiry

Analyse = Callable[[Project, GraphRef], "Report"]
"""Takes a snapshot and names one of its graphs; it may run on any thread."""

QUICK_SECONDS = 0.016
"""A graph whose last analysis took less is analysed between two frames, without a worker."""


PATIENCE_SECONDS, CLOSE_SECONDS = 0.3, 4.0
"""How long a closing window waits for the worker before it breaks off code of a person's own, and until it
goes without it."""


@dataclass(frozen=True)
class _Result:
    number: int
    ref: GraphRef
    report: Report
    seconds: float

    __hash__ = None  # type: ignore[assignment]


class Analysis(QObject):
    """The newest report of every graph of one document."""

    analysed = Signal(object)
    """A graph (GraphRef) has a new report."""
    broke = Signal(str)
    """The analysis itself failed: a traceback for the log. The window goes on without new shapes."""
    ready_changed = Signal()
    """The compiler is loaded."""
    learned = Signal()
    """More is known of the data of a plan: a report asked for anew may have other problems."""

    _arrived = Signal(object)
    _loaded = Signal()

    def __init__(self, load: Callable[[], Analyse] | None = None, parent: QObject | None = None) -> None:
        """Make an analysis that begins nothing yet.

        Args:
            load: gives the function that analyses; called once, on the worker. The compiler and the check of
                the plan when not given.
            parent: its owner.
        """
        super().__init__(parent)
        self._load = load or self._checker
        self._inquiry: Inquiry | None = None
        self._analyse: Analyse | None = None
        self._reports: dict[GraphRef, Report] = {}
        self._newest: dict[GraphRef, int] = {}
        self._count = 0
        self._seconds: dict[GraphRef, float] = {}
        self._waiting: dict[GraphRef, tuple[Project, int]] = {}
        self._wake = threading.Condition()
        self._stopping = False
        self._busy = False
        self._thread: threading.Thread | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._loaded.connect(self._note_loaded, Qt.ConnectionType.QueuedConnection)

    @property
    def ready(self) -> bool:
        """Whether the compiler is loaded."""
        return self._analyse is not None

    def begin(self) -> None:
        """Start the worker; what was requested before is analysed as soon as the compiler is loaded."""
        if self._thread is None and not self._stopping:
            # Not a daemon: a daemon thread inside torch aborts the interpreter at exit.
            self._thread = threading.Thread(target=self._work, name="netwright-analysis")
            self._thread.start()

    def report(self, ref: GraphRef) -> Report | None:
        """Give the newest report of a graph; None before its first."""
        return self._reports.get(ref)

    def pending(self, ref: GraphRef) -> bool:
        """Tell whether a newer report of a graph is on its way."""
        return ref in self._newest

    def kinds(self, project: Project) -> frozenset[str] | None:
        """Give what the data and the network of a plan are for, as far as it is known without waiting."""
        if self._inquiry is None or self._analyse is None:
            return None
        from studio.data import Facts  # torch is there: the compiler is loaded
        from studio.train.plans.offering import kinds

        known = self._inquiry.known(project.plan.data)
        return kinds(project, known) if isinstance(known, Facts) else None

    def request(self, project: Project, ref: GraphRef) -> None:
        """Ask for the report of a graph of a snapshot; an older request is dropped.

        The same snapshot may be asked for again: more may be known of its data by then.
        """
        self._count += 1
        number = self._newest[ref] = self._count
        analyse = self._analyse
        # A busy worker would be waited for: the compiler's caches have one lock.
        # Nobody knows how long code of a person's own takes: the window never waits for it.
        quick = self._seconds.get(ref, 1.0) < QUICK_SECONDS and not project.custom
        if analyse is not None and not self._busy and quick:
            with self._wake:
                self._waiting.pop(ref, None)
            result = self._measured(analyse, project, ref, number)
            if result is not None:
                self._deliver(result)
            return
        with self._wake:
            # The graph asked for last stands first: a person looks at it.
            self._waiting = {
                ref: (project, number),
                **{key: old for key, old in self._waiting.items() if key != ref},
            }
            self._wake.notify()

    def forget(self) -> None:
        """Drop every report and request: another project is open."""
        with self._wake:
            self._waiting.clear()
        self._reports.clear()
        self._newest.clear()
        self._seconds.clear()

    def keep_only(self, refs: list[GraphRef]) -> None:
        """Drop reports and requests of graphs that are gone."""
        for ref in [ref for ref in {*self._reports, *self._newest} if ref not in refs]:
            with self._wake:
                self._waiting.pop(ref, None)
            self._reports.pop(ref, None)
            self._newest.pop(ref, None)
            self._seconds.pop(ref, None)

    def close(self) -> bool:
        """End the worker and wait for it; one analysis at most is finished first.

        Returns:
            Whether it ended: code of a person's own may hang inside a library, where nothing ends it.
        """
        with self._wake:
            self._stopping = True
            self._waiting.clear()
            self._wake.notify()
        over = True
        if self._thread is not None:
            over = _ended(self._thread)
            self._thread = None
        if self._inquiry is not None:
            self._inquiry.close()
        return over

    # -- on the worker ----------------------------------------------------------------------------

    def _checker(self) -> Analyse:
        """Load the compiler, and torch with it: 1.5 s, so never on the thread of the window."""
        # The whole package first: two threads that begin it at different ends would wait for each other.
        import studio.train  # noqa: F401  imports torch
        from studio.data import Inquiry
        from studio.train.plans.checking import Checker

        self._inquiry = Inquiry(self.learned.emit)
        return Checker(self._inquiry.known).analyse

    def _work(self) -> None:
        try:
            self._analyse = self._load()
        except Exception:  # noqa: BLE001  whatever torch's import raises, the window must live on
            self.broke.emit(traceback.format_exc())
            return
        self._loaded.emit()
        while True:
            with self._wake:
                self._busy = False
                self._wake.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping:
                    return
                ref = next(iter(self._waiting))
                project, number = self._waiting.pop(ref)
                self._busy = True
            result = self._measured(self._analyse, project, ref, number)
            if result is not None:
                self._arrived.emit(result)

    def _measured(self, analyse: Analyse, project: Project, ref: GraphRef, number: int) -> _Result | None:
        # Of the processor: what it waits for the window's own thread would not be waited for there.
        began = time.thread_time()
        try:
            report = analyse(project, ref)
        except Exception:  # noqa: BLE001  the analyser never raises; if it does, that is told and survived
            self.broke.emit(traceback.format_exc())
            return None
        return _Result(number, ref, report, time.thread_time() - began)

    # -- on the window's thread ---------------------------------------------------------------------

    @Slot(object)
    def _deliver(self, result: _Result) -> None:
        if self._stopping:
            return  # it was on its way when the window closed
        if self._newest.get(result.ref) != result.number:
            return  # it was asked for again meanwhile: a newer report is on its way
        del self._newest[result.ref]
        self._seconds[result.ref] = result.seconds
        self._reports[result.ref] = result.report
        self.analysed.emit(result.ref)

    @Slot()
    def _note_loaded(self) -> None:
        self.ready_changed.emit()


def _ended(thread: threading.Thread) -> bool:
    """Wait for a worker, breaking off code of a person's own; only that is ever given up."""
    until = time.monotonic() + CLOSE_SECONDS
    thread.join(PATIENCE_SECONDS)
    while thread.is_alive():
        from studio.compiler import custom  # torch is there: the worker is at work with it

        if thread.ident is None or not custom.at_work(thread.ident):
            thread.join(PATIENCE_SECONDS)
            continue
        custom.interrupt(thread.ident, custom.TookTooLong)
        thread.join(PATIENCE_SECONDS)
        if time.monotonic() > until:
            return not thread.is_alive()
    return True
