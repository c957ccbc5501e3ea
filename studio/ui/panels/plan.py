"""How the project trains, as a form: data, network, loss, optimizer, schedule, metrics and the loop."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.blocks import Role, find
from studio.graph import Message, Value
from studio.project import MODEL, Choice, LossTerm, Plan, Project, edits
from studio.project.roles import bind, goes_by, optimizer_of, roles_of, use_recipe
from studio.ui.document import Document
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.choice import ChoiceEditor
from studio.ui.panels.devices import DeviceField, Devices
from studio.ui.panels.form import Form
from studio.ui.panels.losses import LossCard, LossesEditor
from studio.ui.panels.metrics import MetricsEditor
from studio.ui.panels.roles import LearningEditor, RolesEditor
from studio.ui.widgets.plain import Fold, label
from studio.ui.words.text import live

TARGETS = ("target",)
"""The targets that data is known to have; those of others can be typed."""


class PlanForm(QWidget):
    """Edits the plan of the open project; every edit can be undone."""

    data_wanted = Signal()
    """A person wants to see the data that is chosen."""
    vary_wanted = Signal(str)
    """The path of a setting that a sweep is to vary."""

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
        self.data.vary_wanted.connect(self.vary_wanted)
        self.look = QPushButton()
        live(self.look.setText, "Look at the data")
        self.look.setProperty("kind", "flat")
        live_icon(self.look, "data")
        self.look.clicked.connect(self.data_wanted)
        self.data.put(self.look)
        self.recipe = self._section("Recipe", "recipe")
        self.recipe.edited.connect(self._set_recipe)
        self.roles = RolesEditor()
        self.roles.bound.connect(self._bind)
        self._network_fold = self._fold("Network", self.roles)
        self.losses_editor = LossesEditor()
        self.losses_editor.edited.connect(self._set_losses)
        self._losses_fold = self._fold("Loss", self.losses_editor)
        self.optimizers = LearningEditor("optimizer", "Optimizer")
        self.optimizers.edited.connect(self._set_optimizer)
        self.optimizers.vary_wanted.connect(self.vary_wanted)
        self._fold("Optimizer", self.optimizers)
        self.schedules = LearningEditor("schedule", "Learning rate over time")
        self.schedules.edited.connect(self._set_schedule)
        self._fold("Learning rate over time", self.schedules)
        self.metrics = MetricsEditor()
        self.metrics.edited.connect(self._set_metrics)
        self._metrics_fold = self._fold("Metrics", self.metrics)
        loop = find("loop", "loop")
        assert loop is not None
        fold = Fold("Training")
        self.loop = Form(
            loop.editable(), fields={"device": lambda parameter: DeviceField(parameter, devices)}
        )
        self.loop.edited.connect(self._set_loop)
        self.loop.reset.connect(self._reset_loop)
        self.loop.varied_as(lambda: "plan.loop")
        self.loop.vary_wanted.connect(self.vary_wanted)
        fold.add(self.loop)
        self._column.addWidget(fold)
        self._column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        project = self._document.project
        plan = project.plan
        self.data.show_choice(plan.data)
        self.recipe.show_choice(plan.recipe)
        roles = roles_of(plan.recipe)
        names = [role.name for role in roles] or list(plan.networks) or [MODEL]
        self._network_fold.setVisible(len(project.networks) > 1 or len(names) > 1)
        self.roles.show_roles(roles, list(project.networks), plan.networks)
        self._losses_fold.setVisible(goes_by(plan.recipe, "losses"))
        self.losses_editor.show_terms(plan.losses, self._outputs(), TARGETS)
        self.optimizers.show_choices({name: optimizer_of(plan, name) or Choice("adam") for name in names})
        self.schedules.show_choices({name: plan.schedules.get(name) or Choice("constant") for name in names})
        self._metrics_fold.setVisible(goes_by(plan.recipe, "metrics"))
        self.metrics.show_metrics(plan.metrics)
        self.loop.show_values(plan.loop.parameters, plan.loop.parameters.keys())
        self.offer()

    def offer(self) -> None:
        """Offer first what fits the data and the network, as far as they are known."""
        kinds = self._document.kinds()
        for editor in (self.recipe, self.losses_editor, self.optimizers, self.metrics):
            editor.offer(kinds)

    # -- parts --------------------------------------------------------------------------------------

    def _section(self, title: str, role: Role) -> ChoiceEditor:
        editor = ChoiceEditor(role, path=f"plan.{role}")
        live(editor.combo.setAccessibleName, title)
        self._fold(title, editor)
        return editor

    def _fold(self, title: str, editor: QWidget) -> Fold:
        fold = Fold(title)
        fold.add(editor)
        self._column.addWidget(fold)
        return fold

    @property
    def optimizer(self) -> ChoiceEditor:
        """The optimizer of the first network."""
        return self.optimizers.first

    @property
    def schedule(self) -> ChoiceEditor:
        """The schedule of the first network."""
        return self.schedules.first

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

    def _set_recipe(self, recipe: Choice, name: str) -> None:
        self._document.attempt(
            Message("Change the training plan"),
            lambda project: edits.set_plan(project, use_recipe(project, recipe).plan),
            f"plan:recipe:{recipe.type}:{name}" if name else "",
        )

    def _bind(self, role: str, network: str) -> None:
        self._do(bind(self._document.project, role, network).plan, "")

    def _set_losses(self, label: Message, terms: tuple[LossTerm, ...], merge_key: str) -> None:
        self._do(dataclasses.replace(self._document.project.plan, losses=terms), merge_key, label)

    def _set_optimizer(self, role: str, choice: Choice, name: str) -> None:
        optimizers = {**self._document.project.plan.optimizers, role: choice}
        self._set(f"optimizer:{role}", name, choice, optimizers=MappingProxyType(optimizers))

    def _set_schedule(self, role: str, choice: Choice, name: str) -> None:
        schedules = {**self._document.project.plan.schedules, role: choice}
        self._set(f"schedule:{role}", name, choice, schedules=MappingProxyType(schedules))

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
