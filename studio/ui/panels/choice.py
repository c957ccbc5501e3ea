"""One declared thing chosen for the plan, such as the optimizer: the list, its help, its parameters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.blocks import Block, Role
from studio.graph import Value, freeze
from studio.project import Choice
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.form import Form, MakeField
from studio.ui.panels.offer import Kinds, OfferList
from studio.ui.widgets.plain import label
from studio.ui.words.text import live


class ChoiceEditor(QWidget):
    """Shows a `Choice` of one role and tells the `Choice` that a person wants instead."""

    edited = Signal(object, str)
    """The new `Choice`, and the parameter that was edited (empty when the thing itself was chosen)."""
    vary_wanted = Signal(str)
    """The path of a parameter that a sweep is to vary."""

    def __init__(self, role: Role, *, path: str = "", fields: Mapping[str, MakeField] | None = None) -> None:
        """Make the list of everything declared for a role.

        Args:
            role: such as `optimizer`.
            path: its path among the settings, where a sweep over its parameters can be begun.
            fields: inputs of their own for some parameters, by name.
        """
        super().__init__()
        self._role: Role = role
        self._path = path
        self._fields = fields
        self._choice: Choice | None = None
        self._form: Form | None = None
        self.combo = OfferList(role)
        self.combo.activated.connect(self._choose)
        self._doc = label(role="caption", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_SMALL)
        self._column.addWidget(self.combo)
        self._column.addWidget(self._doc)

    @property
    def form(self) -> Form | None:
        """The inputs of the chosen thing; None where it has no parameters."""
        return self._form

    def offer(self, kinds: Kinds) -> None:
        """Take what the data and the network are for: what fits is offered first."""
        self.combo.offer(kinds)

    def show_choice(self, choice: Choice) -> None:
        """Show what is chosen."""
        block = choice.declared(self._role)
        if self._choice is None or choice.type != self._choice.type:
            self._rebuild(choice, block)
        self._choice = choice
        if self._form is not None:
            self._form.show_values(choice.parameters, choice.parameters.keys())

    def _rebuild(self, choice: Choice, block: Block | None) -> None:
        with QSignalBlocker(self.combo):
            self.combo.show_type(choice.type)
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        if block is None:
            live(self._doc.setText, "This version of Netwright does not know this. It is kept as it is.")
            return
        live(self._doc.setText, block.doc)
        if block.editable():
            self._form = Form(block.editable(), fields=self._fields)
            self._form.edited.connect(self._edit)
            self._form.reset.connect(self._reset)
            if self._path:
                self._form.varied_as(self._its_path)
                self._form.vary_wanted.connect(self.vary_wanted)
            self._column.addWidget(self._form)

    def _its_path(self) -> str:
        return self._path

    def put(self, widget: QWidget) -> None:
        """Put something below the description, above the inputs."""
        self._column.insertWidget(2, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self, index: int) -> None:
        chosen = self.combo.itemData(index)
        if self._choice is not None and chosen != self._choice.type:
            self.edited.emit(Choice(chosen), "")

    def _edit(self, name: str, value: Value) -> None:
        if self._choice is not None:
            self.edited.emit(self._choice.with_parameter(name, value), name)

    def _reset(self, name: str) -> None:
        if self._choice is not None:
            kept = {key: value for key, value in self._choice.parameters.items() if key != name}
            self.edited.emit(Choice(self._choice.type, freeze(kept)), name)
