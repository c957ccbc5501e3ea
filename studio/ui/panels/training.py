"""The dock where a run is begun and watched: the plan in short, Train, the curves, and how it ended."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.blocks import find
from studio.graph import Message, Value
from studio.project import MODEL, Choice, edits
from studio.project.roles import optimizer_of, roles_of
from studio.ui.document import Document
from studio.ui.keys.actions import Actions
from studio.ui.learning.progress import Progress
from studio.ui.learning.training import Session
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.panels.curves import ASIDE, CHECKED, Curves, measure_title
from studio.ui.panels.devices import DeviceField, Devices
from studio.ui.panels.form import Form
from studio.ui.panels.made import MadeView
from studio.ui.panels.offer import OfferList
from studio.ui.panels.plan import set_loop
from studio.ui.panels.run_log import RunLog
from studio.ui.panels.skipped import Skipped
from studio.ui.widgets.banner import Banners
from studio.ui.widgets.plain import allow, label
from studio.ui.widgets.steady import SteadyLabel
from studio.ui.widgets.views import Views
from studio.ui.words.figures import measure
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train import Event

MADE = 1
"""The tab of what the networks make; it is there once something was made."""

PLAN_NARROW, PLAN_WIDE = 300, 312
"""How wide the plan is beside the charts, by how wide the panel is."""

IN_SHORT = ("epochs", "batch_size", "device")


class ShortPlan(QWidget):
    """The few settings that are changed between two runs."""

    def __init__(self, document: Document, devices: Devices) -> None:
        """Show them as they are."""
        super().__init__()
        self._document = document
        loop = find("loop", "loop")
        assert loop is not None
        self.loop = Form(
            [loop.parameters[name] for name in IN_SHORT],
            fields={"device": lambda parameter: DeviceField(parameter, devices)},
        )
        self.loop.edited.connect(lambda name, value: set_loop(document, name, value))
        self.loop.reset.connect(lambda name: set_loop(document, name, loop.parameters[name].default))
        self.optimizer = OfferList("optimizer")
        self.optimizer.activated.connect(self._choose)
        live(self.optimizer.setAccessibleName, "Optimizer")
        self._rate: Form | None = None
        self._rate_of = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self.optimizer)
        self._rate_place = QVBoxLayout()
        column.addLayout(self._rate_place)
        column.addWidget(self.loop)
        document.changed.connect(lambda change, _project: self.refresh() if change.plan else None)
        document.replaced.connect(self.refresh)
        self.optimizer.opening.connect(lambda: self.optimizer.offer(document.kinds()))
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        plan = self._document.project.plan
        chosen = optimizer_of(plan, self._role) or Choice("adam")
        several = len(roles_of(plan.recipe)) > 1  # each has its own: in the plan
        self.optimizer.setHidden(several)
        self.optimizer.show_type(chosen.type)
        if chosen.type != self._rate_of:
            self._rate_of = chosen.type
            self._make_rate(chosen)
        if self._rate is not None:
            self._rate.setHidden(several)
            self._rate.show_values(chosen.parameters, chosen.parameters.keys())
        self.loop.show_values(plan.loop.parameters, plan.loop.parameters.keys())

    @property
    def _role(self) -> str:
        return next(iter(self._document.project.plan.networks), MODEL)

    def _make_rate(self, chosen: Choice) -> None:
        if self._rate is not None:
            self._rate_place.removeWidget(self._rate)
            self._rate.hide()
            self._rate.deleteLater()
            self._rate = None
        block = chosen.declared("optimizer")
        if block is not None and "lr" in block.parameters:
            default = block.parameters["lr"].default
            self._rate = Form([block.parameters["lr"]])
            self._rate.edited.connect(lambda _name, value: self._set_rate(value))
            self._rate.reset.connect(lambda _name: self._set_rate(default))
            self._rate_place.addWidget(self._rate)

    def _choose(self) -> None:
        if self.optimizer.currentData() != self._rate_of:
            self._set(Choice(self.optimizer.currentData()), "")

    def _set_rate(self, value: Value) -> None:
        chosen = optimizer_of(self._document.project.plan, self._role) or Choice("adam")
        self._set(chosen.with_parameter("lr", value), f"plan:optimizer:{chosen.type}:lr")

    def _set(self, choice: Choice, merge_key: str) -> None:
        plan = self._document.project.plan
        optimizers = MappingProxyType({**plan.optimizers, self._role: choice})
        after = dataclasses.replace(plan, optimizers=optimizers)
        self._document.attempt(
            Message("Change the training plan"), lambda project: edits.set_plan(project, after), merge_key
        )


class TrainingPanel(QWidget):
    """Train, and watch it."""

    show_node = Signal(object, str)
    """The block that a run failed at is to be shown: its graph and id."""

    def __init__(self, document: Document, session: Session, devices: Devices, actions: Actions) -> None:
        """Make the panel; its charts come when it is first seen.

        Args:
            document: the open project.
            session: begins and watches runs.
            devices: of this machine.
            actions: Train, Pause and Stop.
        """
        super().__init__()
        self._session, self._actions = session, actions
        self.curves: Curves | None = None
        self.short_plan = ShortPlan(document, devices)
        self.train, self.pause, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.train.setProperty("kind", "primary")
        self.stop.setProperty("kind", "danger")
        live(self.train.setText, "Train")
        live(self.stop.setText, "Stop")
        live_icon(self.train, "train", "accent_text")
        live_icon(self.stop, "stop")
        for button, id in ((self.train, "train"), (self.pause, "pause"), (self.stop, "stop")):
            button.clicked.connect(actions[id].trigger)
        self.why = label(role="caption", wrap=True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.said = SteadyLabel(160, 24, wrap=True)
        self.ended = Banners()
        self.skipped = Skipped()
        self.chosen = label(role="caption", wrap=True)
        self._chart_place = QVBoxLayout()
        self.made, self.run_log = MadeView(), RunLog()
        self.views = Views()
        self._lay_out()
        session.began.connect(self._began)
        session.ticked.connect(self._tick)
        session.told.connect(self._take)
        session.ended.connect(self._over)
        session.outdated.connect(lambda: self.ended.remove("end"))
        session.state_changed.connect(self._show)
        languages.changed.connect(self._show)
        languages.changed.connect(self._tell_again)
        self._show()

    def seen(self) -> None:
        """Make the charts once the panel is seen: they bring numpy and pyqtgraph with them."""
        self.need_curves()

    def need_curves(self) -> Curves:
        """Give the charts, made where they are not there yet."""
        if self.curves is None:
            self.curves = Curves()
            # A narrow window scrolls sideways instead of being kept wide.
            holder = QScrollArea()
            holder.setWidget(self.curves)
            holder.setWidgetResizable(True)
            holder.setFrameShape(QFrame.Shape.NoFrame)
            live(holder.setAccessibleName, "Curves")
            self._chart_place.addWidget(holder)
        return self.curves

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_SMALL)
        for button in (self.train, self.pause, self.stop):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self.why)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addWidget(self.short_plan)
        column.addWidget(self.chosen)
        column.addStretch(1)
        self._column = column
        scroll = QScrollArea()
        scroll.setWidget(left)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._plan_place = scroll
        live(scroll.setAccessibleName, "Training")
        right = QVBoxLayout()
        right.setContentsMargins(0, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        right.setSpacing(SPACE_TINY)
        right.addWidget(self.ended)
        right.addWidget(self.skipped)
        right.addWidget(self.views, 1)
        charts = QWidget()
        charts.setLayout(self._chart_place)
        self._chart_place.setContentsMargins(0, SPACE_TINY, 0, 0)
        self.views.add(charts, "chart", "Curves")
        self.views.add(self.made, "show", "What was made")
        self.views.add(self.run_log, "log", "Run log")
        self.views.offer(MADE, False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll)
        row.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the charts more than half of a narrow panel."""
        super().resizeEvent(event)
        self._plan_place.setFixedWidth(min(PLAN_WIDE, max(PLAN_NARROW, self.width() * 2 // 5)))

    def _show(self) -> None:
        """Show what can be done now, and why not."""
        session = self._session
        active = session.active
        self.train.setVisible(not active)
        self.pause.setVisible(active)
        self.stop.setVisible(active)
        obstacle = session.obstacle()
        allow(self.train, obstacle)
        self.why.setVisible(not active and obstacle is not None)
        fixed(self.why.setText, say(obstacle) if obstacle is not None else "")
        paused = session.state == "paused"
        live(self.pause.setText, "Resume" if paused else "Pause")
        live_icon(self.pause, "resume" if paused else "pause")
        ending = Message("The training is ending after its step.") if session.state == "stopping" else None
        allow(self.pause, ending)
        allow(self.stop, ending)
        allow(self.short_plan, Message("A training is under way.") if active else None)
        self.progress.setVisible(active)
        self.said.setVisible(active)
        # While a run goes on nothing in the plan can be changed: what it runs on comes first.
        first, second = (self.chosen, self.short_plan) if active else (self.short_plan, self.chosen)
        if self._column.indexOf(first) > self._column.indexOf(second):
            self._column.insertWidget(self._column.indexOf(second), first)
        self._show_choices()
        self._tick()

    def _show_choices(self) -> None:
        started = self._session.started
        lines = [say(choice) for choice in started.choices] if started is not None else []
        if started is not None:
            lines.insert(0, tr("Trained on {device}.", device=started.device.name))
        fixed(self.chosen.setText, "\n".join(lines))
        self.chosen.setVisible(bool(lines))

    def _began(self) -> None:
        self.ended.clear()
        self.skipped.clear()
        self.need_curves().restart()
        self.made.restart()
        self.run_log.restart()
        self.views.offer(MADE, False)
        self._show()

    def _tick(self) -> None:
        session = self._session
        if session.active:
            now = Progress.of(session)
            self.progress.setValue(round(1000 * now.share))
            self.said.say(now.long())
        if session.log is not None and self.curves is not None:
            self.curves.follow(session.log)

    def _take(self, event: Event) -> None:
        from studio.train import SampleMade, Started, Warned  # torch is there: an event came from it

        self.run_log.take(event)
        match event:
            case Started():
                self._show_choices()
                self.need_curves().set_steps_per_epoch(event.steps_per_epoch)
            case SampleMade():
                self.made.add(event)
                self.views.offer(MADE, True)
            case Warned(message=message, about="data", notes=notes):
                self.skipped.tell(message, notes)
            case Warned(message=message):
                self.ended.show_banner("warning", "warning", message)

    def _over(self) -> None:
        if self.curves is not None:
            self.curves.settle()
        self._tell_end()
        self._show()

    def _tell_again(self) -> None:
        """Say how the run ended in the language of now, where that is still told."""
        if self.ended.get("end") is not None:
            self._tell_end()

    def _tell_end(self) -> None:
        from studio.train import end_of  # torch is there: a training is over

        session = self._session
        if session.failed is not None:
            self._tell_failure()
        elif session.finished is not None:
            finished = session.finished
            said = end_of(finished.reason)
            if finished.best is not None:
                said = Message(
                    "{said} Best epoch {epoch}: {figures}",
                    said=said,
                    epoch=finished.best.epoch,
                    figures=_figures(finished.best.metrics),
                )
            offers = []
            if finished.run is not None:
                place = QUrl.fromLocalFile(str(finished.run))
                offers.append((Message("Open folder"), lambda: QDesktopServices.openUrl(place)))
            self.ended.show_banner("end", "good", said, offers, low=True)

    def _tell_failure(self) -> None:
        failed = self._session.failed
        assert failed is not None
        offers = []
        if failed.node and failed.graph is not None:
            graph, node = failed.graph, failed.node
            offers.append((Message("Show the block"), lambda: self.show_node.emit(graph, node)))
        if failed.details:
            details = failed.details
            offers.append((Message("Copy details"), lambda: QGuiApplication.clipboard().setText(details)))
        self.ended.show_banner("end", "error", failed.message, offers)


def _figures(metrics: Mapping[str, float]) -> str:
    """Write what was measured on the validation samples, or on the training ones where there are none."""
    checked = {key: value for key, value in metrics.items() if key.startswith(CHECKED)}
    told = checked or {key: value for key, value in metrics.items() if key not in ASIDE}
    return ", ".join(f"{measure_title(key)} {measure(value)}" for key, value in told.items())
