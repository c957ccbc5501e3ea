"""Which network plays which role of the recipe, and how each learns: its optimizer and schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.blocks import Port, Role
from studio.project import MODEL, Choice
from studio.project.roles import role_title
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.choice import ChoiceEditor
from studio.ui.panels.fields import Combo
from studio.ui.panels.offer import Kinds
from studio.ui.widgets.plain import label
from studio.ui.words.text import live

NOBODY = Port(MODEL)
"""Stands for the roles of a recipe that this version does not know."""


class RolesEditor(QWidget):
    """A list of networks for each role."""

    bound = Signal(str, str)
    """A role, and the network that shall play it."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.combos: dict[str, Combo] = {}
        self._roles: tuple[Port, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_TINY)

    def show_roles(self, roles: Sequence[Port], networks: Sequence[str], plan: Mapping[str, str]) -> None:
        """Show who plays what.

        Args:
            roles: what the recipe asks for.
            networks: the networks of the project.
            plan: role to network, as far as they are bound.
        """
        wanted = tuple(roles) or (NOBODY,)
        if wanted != self._roles:
            self._roles = wanted
            self._rebuild(wanted)
        for role, combo in self.combos.items():
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItems(list(networks))
                combo.setCurrentIndex(combo.findText(plan.get(role, "")))

    def _rebuild(self, roles: Sequence[Port]) -> None:
        _clear(self._column)
        self.combos = {}
        for role in roles:
            if len(roles) > 1:
                self._column.addWidget(label(role_title(role.name).template))
            combo = Combo()
            live(combo.setAccessibleName, role_title(role.name).template)
            combo.activated.connect(lambda _index, name=role.name: self._choose(name))
            self._column.addWidget(combo)
            if role.doc:
                self._column.addWidget(label(role.doc, "caption", wrap=True))
            self.combos[role.name] = combo

    def _choose(self, role: str) -> None:
        self.bound.emit(role, self.combos[role].currentText())


class LearningEditor(QWidget):
    """One choice for each role, such as its optimizer; with a single role there is no word of roles."""

    edited = Signal(str, object, str)
    """A role, its new `Choice`, and the parameter that was edited (empty for another thing chosen)."""
    vary_wanted = Signal(str)
    """The path of a parameter that a sweep is to vary."""

    def __init__(self, role: Role, title: str) -> None:
        """Make it for a single network.

        Args:
            role: what is chosen, such as `optimizer`.
            title: its name for those who hear the window.
        """
        super().__init__()
        self._kind: Role = role
        self._title = title
        self._kinds: Kinds | None = None
        self.editors: dict[str, ChoiceEditor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_SMALL)

    @property
    def first(self) -> ChoiceEditor:
        """The editor of the first role."""
        return next(iter(self.editors.values()))

    def show_choices(self, chosen: Mapping[str, Choice]) -> None:
        """Show what is chosen for each role, in their order."""
        if list(chosen) != list(self.editors):
            self._rebuild(list(chosen))
        for role, choice in chosen.items():
            self.editors[role].show_choice(choice)

    def offer(self, kinds: Kinds) -> None:
        """Take what the data and the networks are for."""
        self._kinds = kinds
        for editor in self.editors.values():
            editor.offer(kinds)

    def _rebuild(self, roles: Sequence[str]) -> None:
        _clear(self._column)
        self.editors = {}
        for role in roles:
            if len(roles) > 1:
                self._column.addWidget(label(role_title(role).template))
            editor = ChoiceEditor(self._kind, path=f"plan.{self._kind}s.{role}")
            editor.vary_wanted.connect(self.vary_wanted)
            live(editor.combo.setAccessibleName, self._title)
            if self._kinds is not None:
                editor.offer(self._kinds)
            editor.edited.connect(lambda choice, name, role=role: self.edited.emit(role, choice, name))
            self._column.addWidget(editor)
            self.editors[role] = editor


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
