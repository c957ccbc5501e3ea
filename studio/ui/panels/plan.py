"""How the project trains, as a form: data, network, loss, optimizer, schedule, metrics and the loop."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.blocks import Role, find
from studio.graph import Message, Value
from studio.project import MODEL, Choice, LossTerm, Plan, Project, edits
from studio.ui.document import Document
from studio.ui.panels.choice import ChoiceEditor
from studio.ui.panels.devices import DeviceField, Devices
from studio.ui.panels.fields import Combo
from studio.ui.panels.form import Form
from studio.ui.panels.losses import LossCard, LossesEditor
from studio.ui.panels.metrics import MetricsEditor
from studio.ui.plain import Fold, label
from studio.ui.text import live
from studio.ui.theme import SPACE_SMALL

TARGETS = ("target",)
"""The targets that data is known to have; those of others can be typed."""


class PlanForm(QWidget):
    """Edits the plan of the open project; every edit can be undone."""

    def __init__(self, document: Document, devices: Devices) -> None:
        """Make the form and show the plan."""
        super().__init__()
        self._document = document
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_SMALL)
        self._column.addWidget(label("Training plan", "heading"))
        self._column.addWidget(
            label(
                "What this project learns from, and how. Choose a block to see its settings.",
                "muted",
                wrap=True,
            )
        )
        self.data = self._section("Data", "data")
        self.data.edited.connect(lambda choice, name: self._set("data", name, choice, data=choice))
        self._network_fold = Fold("Network")
        self._network = Combo()
        live(self._network.setAccessibleName, "Network")
        self._network.activated.connect(self._choose_network)
        self._network_fold.add(self._network)
        self._column.addWidget(self._network_fold)
        self.losses_editor = LossesEditor()
        self.losses_editor.edited.connect(self._set_losses)
        losses = Fold("Loss")
        losses.add(self.losses_editor)
        self._column.addWidget(losses)
        self.optimizer = self._section("Optimizer", "optimizer")
        self.optimizer.edited.connect(self._set_optimizer)
        self.schedule = self._section("Learning rate over time", "schedule")
        self.schedule.edited.connect(self._set_schedule)
        metrics = Fold("Metrics")
        self.metrics = MetricsEditor()
        self.metrics.edited.connect(self._set_metrics)
        metrics.add(self.metrics)
        self._column.addWidget(metrics)
        loop = find("loop", "loop")
        assert loop is not None
        fold = Fold("Training")
        self.loop = Form(
            loop.editable(), fields={"device": lambda parameter: DeviceField(parameter, devices)}
        )
        self.loop.edited.connect(self._set_loop)
        self.loop.reset.connect(self._reset_loop)
        fold.add(self.loop)
        self._column.addWidget(fold)
        self._column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        project = self._document.project
        plan = project.plan
        self.data.show_choice(plan.data)
        self._network_fold.setVisible(len(project.networks) > 1)
        with QSignalBlocker(self._network):
            self._network.clear()
            self._network.addItems(list(project.networks))
            self._network.setCurrentText(plan.networks.get(MODEL, ""))
        self.losses_editor.show_terms(plan.losses, self._outputs(), TARGETS)
        self.optimizer.show_choice(plan.optimizers.get(MODEL) or Choice("adam"))
        self.schedule.show_choice(plan.schedules.get(MODEL) or Choice("constant"))
        self.metrics.show_metrics(plan.metrics)
        self.loop.show_values(plan.loop.parameters, plan.loop.parameters.keys())

        self.offer()

    def offer(self) -> None:
        """Offer first what fits the data and the network, as far as they are known."""
        kinds = self._document.kinds()
        for editor in (self.losses_editor, self.optimizer, self.metrics):
            editor.offer(kinds)

    # -- parts --------------------------------------------------------------------------------------

    def _section(self, title: str, role: Role) -> ChoiceEditor:
        fold = Fold(title)
        editor = ChoiceEditor(role)
        live(editor.combo.setAccessibleName, title)
        fold.add(editor)
        self._column.addWidget(fold)
        return editor

    @property
    def losses(self) -> list[LossCard]:
        """The losses as they are shown."""
        return self.losses_editor.cards

    def _outputs(self) -> list[str]:
        """Give the names of the outputs that losses judge."""
        project = self._document.project
        graph = project.networks.get(project.plan.networks.get(MODEL, ""))
        return [] if graph is None else [node.name for node in graph.of_type("output")]

    # -- edits ----------------------------------------------------------------------------------------

    def _set(self, section: str, parameter: str, what: Choice, **fields: object) -> None:
        """Replace fields of the plan; quick edits of one parameter are one step of the history."""
        plan: Plan = dataclasses.replace(self._document.project.plan, **fields)  # type: ignore[arg-type]
        self._do(plan, f"plan:{section}:{what.type}:{parameter}" if parameter else "")

    def _do(self, plan: Plan, merge_key: str, label: Message | None = None) -> None:
        self._document.attempt(
            label or Message("Change the training plan"),
            lambda project: edits.set_plan(project, plan),
            merge_key,
        )

    def _choose_network(self) -> None:
        plan = self._document.project.plan
        networks = {**plan.networks, MODEL: self._network.currentText()}
        self._do(dataclasses.replace(plan, networks=MappingProxyType(networks)), "")

    def _set_losses(self, label: Message, terms: tuple[LossTerm, ...], merge_key: str) -> None:
        self._do(dataclasses.replace(self._document.project.plan, losses=terms), merge_key, label)

    def _set_optimizer(self, choice: Choice, name: str) -> None:
        optimizers = {**self._document.project.plan.optimizers, MODEL: choice}
        self._set("optimizer", name, choice, optimizers=MappingProxyType(optimizers))

    def _set_schedule(self, choice: Choice, name: str) -> None:
        schedules = {**self._document.project.plan.schedules, MODEL: choice}
        self._set("schedule", name, choice, schedules=MappingProxyType(schedules))

    def _set_metrics(self, metrics: tuple[Choice, ...], part: str) -> None:
        plan = dataclasses.replace(self._document.project.plan, metrics=metrics)
        self._do(plan, f"plan:metrics:{part}" if part else "")

    def _set_loop(self, name: str, value: Value) -> None:
        set_loop(self._document, name, value)

    def _reset_loop(self, name: str) -> None:
        plan = self._document.project.plan
        kept = {key: value for key, value in plan.loop.parameters.items() if key != name}
        loop = Choice(plan.loop.type, MappingProxyType(kept))
        self._do(dataclasses.replace(plan, loop=loop), f"plan:loop:{name}")


def set_loop(document: Document, name: str, value: Value) -> bool:
    """Set a parameter of the training loop, such as `epochs`, as an edit that can be undone."""
    loop = find("loop", "loop")
    assert loop is not None
    what = Message(loop.parameters[name].label)

    def edit(project: Project) -> Project:
        return edits.set_loop(project, name, value)

    return document.attempt(Message("Set {parameter}", parameter=what), edit, f"plan:loop:{name}")
