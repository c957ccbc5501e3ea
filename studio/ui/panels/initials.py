"""How the weights and the biases of blocks begin: a choice for each, with its parameters below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.blocks import Block, every, find
from studio.graph import Initial, Message, Value, freeze
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.fields import MIXED, Combo, Mixed
from studio.ui.panels.form import LABEL_WIDTH, Form
from studio.ui.widgets.plain import Fold, label, tip
from studio.ui.words.text import live, say, tr

TITLES: Mapping[str, str] = {"weight": "Weights", "bias": "Biases"}
"""The parts in the order of the form, with what they are called."""

Ranks = Mapping[str, frozenset[int]]
"""Part to the numbers of dimensions that its tensors have; a part that a block lacks is missing."""

AS_TORCH = ""
"""Stands in a list for the way of PyTorch."""


class InitialValues(Fold):
    """A part of the form of blocks with weights."""

    chosen = Signal(str, object, str)
    """The part, its new `Initial` (None: as PyTorch does), and the parameter that was edited, if one was."""

    def __init__(self) -> None:
        """Begin shut."""
        super().__init__("Initial values", opened=False)
        self.parts = {part: _Part(part) for part in TITLES}
        for one in self.parts.values():
            one.chosen.connect(self.chosen)
            self.add(one)
        self._begun = False

    def hold(self, why: Message | None) -> None:
        """Switch the choices off, with the reason in their tool tips; None switches them on again."""
        for one in self.parts.values():
            one.hold(why)

    def show_values(self, ranks: Ranks, ways: Mapping[str, Sequence[Initial | None]]) -> None:
        """Show what blocks have.

        Args:
            ranks: the parts that there are.
            ways: part to the choice of every block.
        """
        chosen = any(way is not None for several in ways.values() for way in several)
        for part, one in self.parts.items():
            several = ways.get(part, ())
            # A choice for what is not there is shown too: it can be taken back.
            one.setVisible(part in ranks or any(way is not None for way in several))
            one.show_ways(ranks.get(part, frozenset()), several)
        self.setVisible(bool(ranks) or chosen)
        if chosen and not self._begun:
            self.open()
        self._begun = self._begun or bool(ranks)


class _Part(QWidget):
    """The choice for the weights, or for the biases."""

    chosen = Signal(str, object, str)

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part
        self._way: Initial | Mixed | None = None
        self._offered: tuple[str, ...] | None = None
        self._held: Message | None = None
        self.form: Form | None = None
        title = label(TITLES[part], wrap=True)
        title.setFixedWidth(LABEL_WIDTH)
        self.combo = Combo()
        live(self.combo.setAccessibleName, TITLES[part])
        self.combo.activated.connect(self._choose)
        title.setBuddy(self.combo)
        self.reset = QToolButton()
        live_icon(self.reset, "undo", "muted")
        live(self.reset.setToolTip, "Begin as PyTorch does")
        live(self.reset.setAccessibleName, "Begin as PyTorch does")
        kept = QSizePolicy(self.reset.sizePolicy())
        kept.setRetainSizeWhenHidden(True)  # lists end at one line, with the button or without
        self.reset.setSizePolicy(kept)
        self.reset.clicked.connect(lambda: self.chosen.emit(self.part, None, ""))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_TINY)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.combo, 0, 1)
        grid.addWidget(self.reset, 0, 2)
        self._doc = label(role="caption", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_SMALL)
        self._column.addLayout(grid)
        self._column.addWidget(self._doc)

    def hold(self, why: Message | None) -> None:
        """Switch the choice off until a reason is gone; the tool tips tell it from the next look on."""
        self._held = why
        self.setEnabled(why is None)

    def show_ways(self, ranks: frozenset[int], ways: Sequence[Initial | None]) -> None:
        """Show the way that all blocks have, or that there are several."""
        way: Initial | Mixed | None = (
            MIXED if any(other != ways[0] for other in ways[1:]) else ways[0] if ways else None
        )
        self._offer(ranks, way)
        type = way.type if isinstance(way, Initial) else AS_TORCH
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(-1 if isinstance(way, Mixed) else self.combo.findData(type))
        self.combo.setPlaceholderText(tr("several ways"))
        chosen = self.combo.currentText()  # a narrow panel shows its beginning only
        self.combo.setToolTip(tip(chosen if self._held is None else f"{say(self._held)}\n{chosen}"))
        self.reset.setVisible(way is not None)
        before = self._way.type if isinstance(self._way, Initial) else None
        if not isinstance(way, Initial) or way.type != before:
            self._show_form(find(way.type, "initializer") if isinstance(way, Initial) else None)
        self._way = way
        if self.form is not None and isinstance(way, Initial):
            self.form.hold(self._held)
            self.form.show_values(way.parameters, way.parameters.keys())

    def _offer(self, ranks: frozenset[int], way: Initial | Mixed | None) -> None:
        """List the ways that fit, and the one that is chosen."""
        fitting = [block for block in every("initializer") if not ranks or _fits(block, ranks)]
        present = way.type if isinstance(way, Initial) else AS_TORCH
        types = tuple(block.type for block in fitting)
        if present and present not in types:
            types += (present,)
        if types == self._offered:
            return
        self._offered = types
        with QSignalBlocker(self.combo):
            self.combo.clear()
            self.combo.addItem(tr("As PyTorch does"), AS_TORCH)
            for type in types:
                block = find(type, "initializer")
                self.combo.addItem(tr(block.title) if block is not None else type, type)
                if block is not None:
                    at = self.combo.count() - 1
                    self.combo.setItemData(at, tip(tr(block.doc)), Qt.ItemDataRole.ToolTipRole)

    def _show_form(self, block: Block | None) -> None:
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._doc.setVisible(block is not None)
        if block is None:
            return
        live(self._doc.setText, block.doc)
        if block.editable():
            self.form = Form(block.editable())
            self.form.edited.connect(self._edit)
            self.form.reset.connect(self._reset)
            self._column.addWidget(self.form)

    def _choose(self, index: int) -> None:
        type = self.combo.itemData(index)
        before = self._way.type if isinstance(self._way, Initial) else AS_TORCH
        if isinstance(self._way, Mixed) or type != before:
            self.chosen.emit(self.part, Initial(type) if type else None, "")

    def _edit(self, name: str, value: Value) -> None:
        if isinstance(self._way, Initial):
            way = Initial(self._way.type, freeze({**self._way.parameters, name: value}))
            self.chosen.emit(self.part, way, name)

    def _reset(self, name: str) -> None:
        if isinstance(self._way, Initial):
            kept = {key: value for key, value in self._way.parameters.items() if key != name}
            self.chosen.emit(self.part, Initial(self._way.type, freeze(kept)), name)


def _fits(block: Block, ranks: frozenset[int]) -> bool:
    from studio.compiler.initials import LEAST  # imports torch; what weights there are is known by then

    low, high = LEAST.get(block.type, (0, 99))
    return all(low <= rank <= high for rank in ranks)


def label_of(part: str) -> Message:
    """Give what a change of a part is called in the history."""
    return Message("Set the initial values of {part}", part=Message(TITLES[part]))
