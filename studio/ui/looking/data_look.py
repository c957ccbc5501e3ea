"""Looks at the data of the plan for the window: aside of it, and only while somebody wants to see it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from studio.graph import Message
from studio.project import Choice, Project, edits
from studio.ui.document import Document
from studio.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from studio.data.look import Look, PartName
    from studio.data.look_samples import Handful
    from studio.data.previewing import Preview
    from studio.train.plans.checking import Checker
    from studio.train.plans.suiting import Suited

State = Literal["waiting", "looking", "absent", "acted", "failed", "cancelled", "found"]
"""What there is to show; `acted` is data that is an environment and no samples."""

PAUSE_MS = 350
"""How long after an edit the data is looked at: somebody may still be typing."""

FRESH_SECONDS = 2.0
"""How soon files are asked again whether they changed."""


@dataclass(frozen=True)
class Question:
    """Which samples are wanted.

    Attributes:
        part: of which split.
        label: of which class; None for all.
        start: how many to pass over.
        count: how many at most.
    """

    part: PartName = "train"
    label: int | None = None
    start: int = 0
    count: int = 60


class DataLook(QObject):
    """What is known of the data of the plan."""

    changed = Signal()
    """There is something else to show."""
    progressed = Signal(float, object)
    """How far the looking is, and what it does."""
    handed = Signal(object, object)
    """Samples that were asked for: the `Question` and the `Handful`."""
    varied = Signal()
    """What is learned from is varied in another way."""
    shown = Signal(object)
    """Pictures before and after they are varied, which were asked for: a tuple of `Preview`."""
    fitted = Signal()
    """It is known what fitting the network to the data would do."""

    def __init__(
        self, document: Document, jobs: Jobs, wanted: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """Begin without looking; `wake` begins it.

        Args:
            document: whose plan names the data.
            jobs: where it is looked at.
            wanted: tells whether anybody sees what is known.
            parent: its owner.
        """
        super().__init__(parent)
        self._wanted = wanted
        self._document, self._jobs = document, jobs
        self.state: State = "waiting"
        self.choice: Choice | None = None
        self.look: Look | None = None
        self.message: Message | None = None
        self.suited: Suited | None = None
        self._stamp: Hashable = None
        self._at = 0.0
        self._job: Job | None = None
        self._samples: Job | None = None
        self._previews: Job | None = None
        self._fitting: Job | None = None
        self._checker: Checker | None = None
        self._checked: Look | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._renew)
        document.changed.connect(self._edited)
        document.replaced.connect(self._replaced)
        document.analysis.ready_changed.connect(self._renew)

    # -- looking --------------------------------------------------------------------------------------

    def wake(self) -> None:
        """Somebody wants to see the data: look at it, or whether it is still the same."""
        self._renew()

    def again(self) -> None:
        """Look once more, whatever is known."""
        self._leave()
        self.choice, self._stamp = None, None
        self._renew()

    def cancel(self) -> None:
        """Stop looking; it begins anew when it is asked for or when other data is chosen."""
        if self._job is not None:
            self._leave()
            self._show("cancelled")

    def download(self) -> None:
        """Let the source fetch what is not there, and look."""
        choice = self._document.project.plan.data
        if choice.resolved("data").get("download") is False:
            chosen = choice.with_parameter("download", True)
            if not self.choose(chosen, Message("Allow the download of the data")):
                return
            choice = chosen
        self._begin(choice, fetch=True)

    def choose(self, choice: Choice, label: Message, merge_key: str = "") -> bool:
        """Have other data in the plan, as one step that can be undone."""

        def edit(project: Project) -> Project:
            return edits.set_plan(project, replace(project.plan, data=choice))

        return self._document.attempt(label, edit, merge_key)

    def _edited(self, _change: object, project: Project) -> None:
        if not self._wanted():
            return
        if project.plan.data != self.choice and not self._vary(project.plan.data):
            self._later.start()
        else:
            self.suit()

    def _vary(self, choice: Choice) -> bool:
        """Take over how pictures are varied, where nothing else is another; tells whether that is so."""
        if self.look is None or self.choice is None:
            return False
        from studio.data.look import alike

        if self.state != "found" or not alike(choice, self.choice):
            return False
        self.choice = choice
        self.varied.emit()
        self.suit()
        return True

    def _replaced(self) -> None:
        self._leave()
        self.choice, self.look, self.suited = None, None, None
        self._show("waiting")
        if self._wanted():
            self._later.start()

    def _renew(self) -> None:
        """Look, where what is known is of other data, or of files that changed."""
        if not self._wanted() or not self._document.analysis.ready:
            return
        choice = self._document.project.plan.data
        if choice != self.choice and not self._vary(choice):
            self._begin(choice)
        elif self.state == "found" and self._job is None and time.monotonic() - self._at > FRESH_SECONDS:
            self._at = time.monotonic()
            known = self._stamp
            self._jobs.start(
                lambda _job: _stamp(choice) != known, partial(self._stamped, choice), _unheard, "data-stamp"
            )
            self.suit()

    def _stamped(self, choice: Choice, changed: object) -> None:
        if changed is True and choice == self.choice and self.state == "found":
            self.again()

    def _begin(self, choice: Choice, *, fetch: bool = False) -> None:
        self._leave()
        self._later.stop()
        self.choice, self.look, self.suited = choice, None, None
        self._show("looking")
        self._job = job = self._jobs.start(
            partial(_looked, choice, fetch),
            partial(self._done, choice),
            partial(self._failed, choice),
            "data",
        )
        job.progressed.connect(self._further)

    def _leave(self) -> None:
        for job in (self._job, self._samples, self._previews, self._fitting):
            if job is not None:
                job.cancel()
        self._job = self._samples = self._previews = self._fitting = None

    def _further(self, share: float, doing: Message) -> None:
        if self._job is not None:
            self.progressed.emit(share, doing)

    def _done(self, choice: Choice, result: object) -> None:
        if choice is not self.choice or not isinstance(result, _Found):
            return
        self._job = None
        self._at, self._stamp = time.monotonic(), result.stamp
        self.look, self.message = result.look, result.message
        self._show("found" if result.look is not None else result.state)
        if result.look is not None:
            self.suit()

    def _failed(self, choice: Choice, message: Message, _details: str) -> None:
        if choice is self.choice:
            self._job, self.message = None, message
            self._show("failed")

    def _show(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    # -- samples --------------------------------------------------------------------------------------

    def ask(self, question: Question) -> None:
        """Have some samples brought; `handed` tells them."""
        look = self.look
        if look is None:
            return
        if self._samples is not None:
            self._samples.cancel()
        self._samples = self._jobs.start(
            lambda _job: _handful(look, question), partial(self._handed, look, question), _unheard, "samples"
        )

    def _handed(self, look: Look, question: Question, found: object) -> None:
        self._samples = None
        if look is self.look:
            self.handed.emit(question, found)

    def preview(self, places: Sequence[int], epochs: Sequence[int]) -> None:
        """Have pictures varied as the plan says now; `shown` tells them."""
        look, choice = self.look, self.choice
        if look is None or choice is None:
            return
        if self._previews is not None:
            self._previews.cancel()
        self._previews = self._jobs.start(
            lambda _job: _previewed(look, choice, places, epochs), self._previewed, _unheard, "variations"
        )

    def _previewed(self, found: object) -> None:
        self._previews = None
        self.shown.emit(found)

    # -- the network ----------------------------------------------------------------------------------

    def suit(self) -> None:
        """Find out what would bring the network to the data; `fitted` tells when it is known."""
        look, project = self.look, self._document.project
        if look is None or not self._wanted() or (self.suited is not None and self.suited.before is project):
            return
        if self._fitting is not None:
            return  # whoever ends looks whether it is still asked for
        self._fitting = self._jobs.start(
            lambda _job: self._suited(look, project), self._was_suited, _unheard, "data-fit"
        )

    def fit(self) -> bool:
        """Bring the network to the data, as one step that can be undone."""
        found = self.suited
        if found is None or found.before is not self._document.project or not found.steps:
            return False
        return self._document.do(Message("Fit the network to the data"), found.after)

    def _suited(self, look: Look, project: Project) -> Suited:
        from studio.train.plans.checking import Checker
        from studio.train.plans.suiting import suited

        if self._checker is None or self._checked is not look:
            self._checked = look
            self._checker = Checker(lambda _choice: look.facts)
        return suited(project, self._checker)

    def _was_suited(self, found: object) -> None:
        self._fitting = None
        self.suited = found  # type: ignore[assignment]  # what `_suited` gave
        self.fitted.emit()
        if self.suited is not None and self.suited.before is not self._document.project:
            self.suit()


@dataclass(frozen=True)
class _Found:
    """What a look came to."""

    state: State
    look: Look | None = None
    message: Message | None = None
    stamp: Hashable = None

    __hash__ = None  # type: ignore[assignment]


def _looked(choice: Choice, fetch: bool, job: Job) -> _Found:
    from studio.data.look import absent, look, stamp_of

    def progress(doing: Message, share: float) -> None:
        if job.cancelled.is_set():
            raise InterruptedError
        job.tell(share, doing)

    declared = choice.declared("data")
    if declared is not None and "control" in declared.fits:
        return _Found("acted")
    missing = None if fetch else absent(choice)
    if missing is not None:
        return _Found("absent", None, missing.message)
    return _Found("found", look(choice, progress), None, stamp_of(choice))


def _handful(look: Look, question: Question) -> Handful:
    from studio.data.look import part_of
    from studio.data.look_samples import samples_of

    part = part_of(look.dataset, question.part)
    return samples_of(look.dataset, part, question.label, question.start, question.count)


def _previewed(
    look: Look, choice: Choice, places: Sequence[int], epochs: Sequence[int]
) -> tuple[Preview, ...]:
    from studio.data.look import varied
    from studio.data.previewing import preview

    return preview(varied(look.dataset, choice), places, epochs=epochs)


def _stamp(choice: Choice) -> Hashable:
    from studio.data.look import stamp_of

    return stamp_of(choice)


def _unheard(_message: Message, _details: str) -> None:
    """Say nothing: what failed is shown where the data is looked at."""
