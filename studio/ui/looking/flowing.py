"""Asks what flows through a network for a chosen sample, and shows it on the canvas, in training and after.

While a run goes on the trainer is asked between two of its steps, three times a second at most; else the
network of the newest run, or the drawn one where it was never trained, is asked on a thread of its own.
Only the nodes that are in view are asked for. While it is switched off nothing is asked at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path as Folder
from typing import TYPE_CHECKING, Any, Literal

import shiboken6
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from studio.graph import Message, NetwrightError
from studio.project import COMPOSITE, GraphRef, Project
from studio.ui.canvas.node_item import NEAR
from studio.ui.document import Document
from studio.ui.editing.networks import Networks
from studio.ui.jobs import Job, Jobs
from studio.ui.learning.training import Session
from studio.ui.widgets.plain import is_seen
from studio.ui.words.figures import moment

if TYPE_CHECKING:
    from studio.train.flowing.peek import Ask, Part, Seen, What
    from studio.train.judging.trying import Tried
    from studio.ui.canvas import CanvasView

TICK_MS = 100

Path = tuple[str, ...]
"""A node, by its way from the network."""


@dataclass(frozen=True)
class Choice:
    """What a person chose to see.

    Attributes:
        what: what flows, the weights, or their gradients.
        part: the split that the sample is of.
        index: its place.
        of_class: only samples of this class.
        last: of composites that repeat, the last round; else the first.
        own: a sample that was tried, instead of one of the data.
    """

    what: What = "values"
    part: Part = "train"
    index: int = 0
    of_class: int | None = None
    last: bool = True
    own: Tried | None = None


@dataclass(frozen=True)
class Weights:
    """Whose weights are looked at.

    Attributes:
        of: those that train now, the best or the last of a run, those that a training would begin with,
            or these because the run's cannot be read.
        began: when the run began, in seconds since 1970.
        at: the epoch of the best; the step of the last, and of those that train.
    """

    of: Literal["training", "best", "last", "fresh", "unread"] = "fresh"
    began: float = 0.0
    at: int = 0


@dataclass(frozen=True)
class _Rested:
    """A network that nothing trains, ready to be looked into."""

    key: object
    viewer: Any
    project: Project
    weights: Weights

    __hash__ = None  # type: ignore[assignment]


class Flowing(QObject):
    """What is seen of the flow through the network of one window."""

    changed = Signal()
    """There is something else to see, or why there is nothing."""
    toggled = Signal(bool)
    """The pictures on the canvas were switched on or off."""
    chosen = Signal()
    """Another sample, or something else of it, is to be shown."""

    def __init__(
        self,
        document: Document,
        session: Session,
        networks: Networks,
        jobs: Jobs,
        newest: Callable[[], Folder | None],
        ran: Callable[[], bool],
    ) -> None:
        """Begin switched off.

        Args:
            document: the open project.
            session: its training.
            networks: the canvases.
            jobs: where a network at rest is looked into.
            newest: gives the last run that trained what is on the canvas.
            ran: tells whether the project was trained at all, as it is drawn or otherwise.
        """
        super().__init__(networks)  # it watches the canvases, and ends with them
        self._document, self._session, self._networks, self._jobs = document, session, networks, jobs
        self._newest, self._ran = newest, ran
        self.on = False
        self.choice = Choice()
        self.seen: Seen | None = None
        self.error: Message | None = None
        self._weights = Weights()
        self.walker: QWidget | None = None
        self._walked: frozenset[Path] = frozenset()
        self._way: dict[tuple[GraphRef, str], str] = {}
        self._rested: _Rested | None = None
        self._job: Job | None = None
        self._asked: object = None
        self._painted: CanvasView | None = None
        self._placed: object = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        document.replaced.connect(self.forget)
        session.began.connect(self._begin)
        session.ended.connect(self._begin)
        networks.shown.connect(self._moved)

    # -- what is chosen -------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Switch the pictures on the canvas on or off."""
        self.on = not self.on
        if not self.on:
            self._clear()
        self.toggled.emit(self.on)
        self._hint()
        self._run()

    def choose(self, **changes: Any) -> None:
        """Choose another sample, or something else of it."""
        self.choice = replace(self.choice, **changes)
        self.chosen.emit()
        self._run()

    def follow(self, tried: Tried) -> None:
        """See a sample that was tried flow: one of the data by its number, one of a person's own as it is."""
        if tried.index is None:
            self.choose(own=tried)
        else:
            self.choose(part=tried.part, index=tried.index, of_class=None, own=None)

    def walk(self, paths: frozenset[Path]) -> None:
        """Have some nodes looked at closely; none when nobody walks."""
        self._walked = paths
        self._run()

    def enter(self, ref: GraphRef, composite: str, node: str) -> None:
        """Take this node for the composite that is looked into from this graph."""
        self._way[ref, composite] = node

    def forget(self) -> None:
        """Leave what was seen: another project is open."""
        self._way.clear()
        self._rested, self._asked = None, None
        self.choice = replace(self.choice, own=None)
        self._show(None, None)

    @property
    def prefix(self) -> Path | None:
        """The way from the network to the canvas that is shown; None where it leads nowhere."""
        page = self._networks.page
        if page is None:
            return None
        found: list[str] = []
        for outer, inner in zip(page.path, page.path[1:], strict=False):
            id = self.instance(outer, inner.name)
            if id is None:
                return None
            found.append(id)
        return tuple(found)

    def instance(self, ref: GraphRef, composite: str) -> str | None:
        """Give the node that a composite is looked into from: the one that was entered, or the first."""
        project = self._document.project
        if ref not in project.refs():
            return None
        found = [node.id for node in project.graph(ref).of_type(COMPOSITE) if node.composite == composite]
        kept = self._way.get((ref, composite))
        return kept if kept in found else found[0] if found else None

    @property
    def weights(self) -> Message | None:
        """Whose weights are seen; None while nothing is seen."""
        if self.seen is None:
            return None
        own = self._weights
        when = moment(datetime.fromtimestamp(own.began, UTC))
        match own.of:
            case "training":
                return Message("Weights: while training, step {step}", step=own.at)
            case "best":
                return Message("Weights: best of the run of {when} (epoch {epoch})", when=when, epoch=own.at)
            case "last":
                return Message("Weights: last of the run of {when} (step {step})", when=when, step=own.at)
            case "unread":
                return Message("The run's weights cannot be read: new weights, not trained.")
        if self._ran():
            return Message("The drawing has changed since the run: new weights, not trained.")
        return Message("Weights: not trained yet")

    # -- looking --------------------------------------------------------------------------------------

    @property
    def wanted(self) -> bool:
        """Whether anybody looks."""
        return self.on or bool(self._walked)

    def _run(self) -> None:
        if self._jobs.closed:
            self._timer.stop()
        elif self.wanted and not self._timer.isActive():
            self._timer.start()
            self._tick()
        elif not self.wanted:
            self._timer.stop()

    def _begin(self) -> None:
        """A run begins or ends: what was asked before is of another network."""
        self._rested, self._asked = None, None

    def _moved(self, _ref: GraphRef) -> None:
        self._clear()
        self._hint()
        if self.wanted:
            self._tick()

    def _tick(self) -> None:
        if self._jobs.closed:
            self._timer.stop()
            return
        if self._walked and (self.walker is None or not is_seen(self.walker)):
            self.walk(frozenset())  # the panel is behind another one: what nobody sees costs nothing
            if not self.wanted:
                return
        if not self._document.analysis.ready:
            return
        if self.on and self._stamp() != self._placed:
            self.paint()  # nodes were moved, or drawn anew
            self._placed = self._stamp()
        run = self._session.run
        if run is not None:
            self._ask_training(run)
        else:
            self._ask_rested()

    def _stamp(self) -> object:
        """Give what changes when the nodes on the canvas stand elsewhere, or their pictures are gone."""
        view = self._networks.view
        return None if view is None else (hash(view.canvas.field.boxes.tobytes()), len(view.flow.items))

    def _ask_training(self, run: Any) -> None:
        seen = run.control.seen
        if seen is not None and seen is not self._asked:
            self._asked = seen
            self._weights = Weights("training", at=seen.step)
            self._show(seen, None)
        project = self._session.project
        ask = self._ask(project) if project is not None else None
        if ask is not None:
            run.control.look(ask)

    def _ask_rested(self) -> None:
        if self._job is not None:
            return
        run = self._newest()
        project = self._document.project
        key = run if run is not None else (project.networks, project.composites, project.plan, project.custom)
        if self._rested is None or not _same(self._rested.key, key):
            self._rested = None
            if self._asked is not None and _same(self._asked, key):
                return  # it failed for this very network, and is not tried again
            self._asked = key
            self._job = self._jobs.start(
                lambda _job: _open(key, run, project), self._opened, self._failed, "flow"
            )
            return
        ask = self._ask(self._rested.project)
        if ask is None:
            return
        asked = (self.choice, ask.network, ask.wanted, ask.large)
        if asked == self._asked:
            return
        self._asked = asked
        viewer = self._rested.viewer
        self._job = self._jobs.start(lambda _job: viewer.look(ask), self._looked, self._failed, "flow")

    def _ask(self, project: Project) -> Ask | None:
        """Put together what is in view and what is walked through, as far as it was trained."""
        from studio.train.flowing.peek import Ask  # torch is there: something trains or was opened

        page = self._networks.page
        if page is None:
            return None
        if page.network not in project.plan.networks.values():
            said = Message("The plan does not train “{name}”, so nothing is shown.", name=page.network)
            if self.error != said:
                self._show(None, said)
            return None
        known = frozenset(
            path for path in self._in_view() | self._walked if _stands(project, page.network, path)
        )
        choice = self.choice
        return Ask(
            project,
            page.network,
            known,
            choice.what,
            choice.part,
            choice.index,
            choice.of_class,
            self._walked & known,
            choice.last,
            None if choice.own is None else choice.own.inputs,
        )

    def _in_view(self) -> frozenset[Path]:
        """Give the nodes that are seen on the canvas, near enough to see their pictures."""
        view, prefix = self._networks.view, self.prefix
        if not self.on or view is None or prefix is None or view.camera.zoom < NEAR:
            return frozenset()
        inverse, _ = view.viewportTransform().inverted()
        rect = inverse.mapRect(QRectF(view.viewport().rect()))
        ids = view.canvas.field.touching(rect.left(), rect.top(), rect.right(), rect.bottom())
        return frozenset((*prefix, id) for id in ids)

    def _opened(self, found: object) -> None:
        self._job = None
        if isinstance(found, _Rested):
            self._rested, self._asked = found, None
        self._tick_again()

    def _looked(self, found: object) -> None:
        self._job = None
        if self._session.run is None and self._rested is not None:
            self._weights = self._rested.weights
            self._show(found, None)  # type: ignore[arg-type]  # what the look gave
        self._tick_again()

    def _failed(self, message: Message, _details: str) -> None:
        self._job = None
        self._show(None, message)

    def _tick_again(self) -> None:
        if self.wanted:
            self._tick()

    # -- showing --------------------------------------------------------------------------------------

    def _show(self, seen: Seen | None, error: Message | None) -> None:
        self.seen = seen
        self.error = seen.error if seen is not None and seen.error is not None else error
        self._hint()
        self.paint()
        self.changed.emit()

    def _hint(self) -> None:
        """Let the canvas that is shown say where it is too far to see pictures that there are."""
        view = self._networks.view
        if view is not None:
            view.flow_hint.want(self.on and self.error is None)

    def paint(self) -> None:
        """Draw what is seen on the canvas that is shown."""
        view, prefix, seen = self._networks.view, self.prefix, self.seen
        if not self.on or view is None or prefix is None or seen is None:
            self._clear()
            return
        page = self._networks.page
        if page is None or seen.ask.network != page.network:
            self._clear()
            return
        if view is not self._painted:
            self._clear()
            self._painted = view
        depth = len(prefix)
        views = {
            path[-1]: found
            for path, found in seen.nodes.items()
            if len(path) == depth + 1 and path[:-1] == prefix
        }
        ends = [] if prefix else list(view.canvas.cards.graph.of_type("output"))
        chances = {ends[0].id: seen.chances} if len(ends) == 1 else {}
        view.flow.show(views, seen.ask.what, chances)
        self._placed = self._stamp()

    def _clear(self) -> None:
        painted, self._painted = self._painted, None
        if painted is not None and shiboken6.isValid(painted):
            painted.flow.clear()


def _open(key: object, run: Folder | None, project: Project) -> _Rested:
    """Open the network of a run, or make the one that is drawn."""
    from studio.train.flowing.viewing import view_of_drawing, view_of_run
    from studio.train.runs.record import read_record  # import torch

    if run is not None:
        try:
            record = read_record(run)
            epoch = record.best_epoch
            weights = Weights(
                "last" if epoch is None else "best", record.started, record.step if epoch is None else epoch
            )
            return _Rested(key, *view_of_run(run), weights)
        except NetwrightError:
            pass  # a run that is damaged or not whole: the drawing can be shown all the same
    fresh = Weights("fresh" if run is None else "unread")
    return _Rested(key, view_of_drawing(project), project, fresh)


def _same(one: object, other: object) -> bool:
    """Tell whether two networks are the same: runs by their folder, drawings by their parts."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
    return one == other


def _stands(project: Project, network: str, path: Path) -> bool:
    """Tell whether a node is part of the network as it was trained."""
    ref = GraphRef("network", network)
    for id in path:
        node = project.graph(ref).nodes.get(id) if ref in project.refs() else None
        if node is None:
            return False
        ref = GraphRef("composite", node.composite)
    return True
