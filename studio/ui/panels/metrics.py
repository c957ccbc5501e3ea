"""The metrics of a plan: a tick for each that fits the data, its settings below, the others folded away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from studio.blocks import Block, every
from studio.graph import Value, freeze
from studio.project import Choice
from studio.ui.looks.theme import SPACE, SPACE_TINY
from studio.ui.panels.form import Form
from studio.ui.panels.offer import Kinds, purpose, suits
from studio.ui.widgets.plain import Fold, tip
from studio.ui.words.text import languages, live, say, tr


class _Row(QWidget):
    """One metric: its tick, and its settings while it is ticked."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self.box = QCheckBox()
        live(self.box.setText, block.title)
        self.form = Form(block.editable()) if block.editable() else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self.box)
        if self.form is not None:
            indented = QVBoxLayout()
            indented.setContentsMargins(SPACE, 0, 0, SPACE_TINY)
            indented.addWidget(self.form)
            column.addLayout(indented)

    def show_choice(self, choice: Choice | None, fits: bool) -> None:
        self.box.setChecked(choice is not None)
        help_text = tr(self.block.doc)
        self.box.setToolTip(tip(help_text if fits else f"{help_text} ({say(purpose(self.block))})"))
        if self.form is not None:
            self.form.setVisible(choice is not None)
            if choice is not None:
                self.form.show_values(choice.parameters, choice.parameters.keys())


class MetricsEditor(QWidget):
    """Every metric of the catalogue."""

    edited = Signal(object, str)
    """The metrics as a person wants them, and what was edited (empty for a tick)."""

    def __init__(self) -> None:
        """Make a tick for each metric."""
        super().__init__()
        self._chosen: tuple[Choice, ...] = ()
        self._kinds: Kinds = None
        self.rows = {block.type: _Row(block) for block in every("metric")}
        self._fitting, self._others = QVBoxLayout(), Fold("For other data", opened=False)
        self._fitting.setSpacing(SPACE_TINY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addLayout(self._fitting)
        column.addWidget(self._others)
        for type, row in self.rows.items():
            row.box.clicked.connect(lambda _on, type=type: self._tick(type))
            if row.form is not None:
                row.form.edited.connect(lambda name, value, type=type: self._set(type, name, value))
                row.form.reset.connect(lambda name, type=type: self._set(type, name, None))
        self._place()
        languages.changed.connect(self._show)

    @property
    def boxes(self) -> dict[str, QCheckBox]:
        """The ticks by type."""
        return {type: row.box for type, row in self.rows.items()}

    @property
    def others(self) -> Fold:
        """The part with what does not fit."""
        return self._others

    def offer(self, kinds: Kinds) -> None:
        """Take what the data and the network are for."""
        if kinds != self._kinds:
            self._kinds = kinds
            self._place()
            self._show()

    def show_metrics(self, chosen: tuple[Choice, ...]) -> None:
        """Show the metrics of a plan."""
        before, self._chosen = {one.type for one in self._chosen}, chosen
        if before != {one.type for one in chosen}:
            self._place()
        self._show()

    def _show(self) -> None:
        known = {choice.type: choice for choice in self._chosen}
        for type, row in self.rows.items():
            row.show_choice(known.get(type), suits(row.block, self._kinds))

    def _place(self) -> None:
        """Put what fits, or is chosen, at the top, and the rest into the fold."""
        chosen = {choice.type for choice in self._chosen}
        others = 0
        for type, row in self.rows.items():
            here = suits(row.block, self._kinds) or type in chosen
            others += not here
            (self._fitting if here else self._others.body).addWidget(row)
        self._others.setVisible(others > 0)

    def _tick(self, type: str) -> None:
        known = {choice.type: choice for choice in self._chosen}
        # A metric that this version does not know has no tick and stays.
        kept = [choice for choice in self._chosen if choice.type not in self.rows]
        wanted = [known.get(each, Choice(each)) for each, row in self.rows.items() if row.box.isChecked()]
        self.edited.emit((*wanted, *kept), "")

    def _set(self, type: str, name: str, value: Value) -> None:
        changed: list[Choice] = []
        for choice in self._chosen:
            if choice.type != type:
                changed.append(choice)
            elif value is None:
                kept = {key: each for key, each in choice.parameters.items() if key != name}
                changed.append(Choice(type, freeze(kept)))
            else:
                changed.append(choice.with_parameter(name, value))
        self.edited.emit(tuple(changed), f"{type}:{name}")
