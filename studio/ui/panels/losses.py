"""What the plan makes small: each loss with its output, target and weight; more are added and taken away."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.blocks import Parameter
from studio.graph import Message, Value
from studio.project import Choice, LossTerm, limits
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.choice import ChoiceEditor
from studio.ui.panels.fields import Combo, Field, Mixed, Shown
from studio.ui.panels.form import Form
from studio.ui.panels.number import leave_undo_to_window
from studio.ui.panels.offer import Kinds
from studio.ui.widgets.plain import Fold, label, line
from studio.ui.words.text import languages, live, tr

OUTPUT = Parameter("output", "text", "", "Which output of the network it judges.", title="Output")
TARGET = Parameter("target", "text", "", "Which target of the data it compares with.", title="Target")
SHARE = Parameter(
    "weight",
    "float",
    1.0,
    "Its share in the sum of all losses.",
    low=-limits.WEIGHT,
    high=limits.WEIGHT,
    title="Weight",
)


class NameField(Field):
    """One of the names there are, or none where there is only one thing to name."""

    def __init__(self, parameter: Parameter, *, typed: bool = False) -> None:
        """Make a list.

        Args:
            parameter: what is named.
            typed: names that are not in the list can be typed.
        """
        super().__init__(parameter)
        self._names: tuple[str, ...] = ()
        self._value = ""
        self.combo = Combo()
        self.combo.setEditable(typed)
        edit = self.combo.lineEdit()
        if edit is not None:
            self.combo.setInsertPolicy(Combo.InsertPolicy.NoInsert)
            edit.setMaxLength(limits.NAME)
            edit.textEdited.connect(self._type)
            leave_undo_to_window(edit)
        self.combo.activated.connect(lambda: self._tell(str(self.combo.currentData())))
        self.setFocusProxy(self.combo)
        self.row.addWidget(self.combo, 1)
        languages.changed.connect(self._fill)
        self._fill()

    def offer(self, names: Sequence[str]) -> None:
        """Take the names there are now."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._fill()

    def show_value(self, value: Shown) -> None:
        """Show a name; one that is not there any more is shown as it is."""
        name = "" if isinstance(value, Mixed) else str(value)
        if name != self._value.strip():  # blanks are not taken, but left while one types
            self._value = name
            self._fill()

    def _fill(self) -> None:
        edit = self.combo.lineEdit()
        typing = edit is not None and edit.hasFocus() and edit.text() == self._value
        # Which targets the data has is known only once it is loaded.
        nothing = tr("only one") if len(self._names) < 2 or edit is not None else tr("not chosen")
        with QSignalBlocker(self.combo):
            place = edit.cursorPosition() if edit is not None else 0
            self.combo.clear()
            self.combo.addItem(nothing, "")
            for name in dict.fromkeys((*self._names, self._value)):
                if name:
                    self.combo.addItem(name, name)
            self.combo.setCurrentIndex(self.combo.findData(self._value))
            if edit is not None:
                # What stands in the line is what was typed, not a sentence to delete first.
                edit.setPlaceholderText(nothing)
                edit.setText(self._value)
                if typing:
                    edit.setCursorPosition(place)

    def _type(self, typed: str) -> None:
        self._value = typed
        self.edited.emit(typed.strip())

    def _tell(self, name: str) -> None:
        self._value = name
        edit = self.combo.lineEdit()
        if edit is not None:
            edit.setText(name)
        self.edited.emit(name)


class LossCard(QWidget):
    """One loss of the plan."""

    edited = Signal(object, str)
    """The loss as a person wants it, and what was edited (empty when another loss was chosen)."""
    removed = Signal()

    def __init__(self, number: int) -> None:
        """Make the inputs of a loss.

        Args:
            number: its place among the losses, from 1.
        """
        super().__init__()
        self._term = LossTerm(Choice("cross_entropy"))
        self.choice = ChoiceEditor("loss")
        live(self.choice.combo.setAccessibleName, "Loss")
        self.combo = self.choice.combo
        self.choice.edited.connect(self._set_choice)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, SPACE_TINY, 0, 0)
        title = label(role="muted")
        live(title.setText, "Loss {number}", number=number)
        self.remove_button = QToolButton()
        live_icon(self.remove_button, "delete", "muted")
        live(self.remove_button.setToolTip, "Remove this loss")
        live(self.remove_button.setAccessibleName, "Remove loss {number}", number=number)
        self.remove_button.clicked.connect(self.removed)
        head.addWidget(title, 1)
        head.addWidget(self.remove_button)
        self.output, self.target = NameField(OUTPUT), NameField(TARGET, typed=True)
        self.form = Form(
            (OUTPUT, TARGET, SHARE),
            fields={"output": lambda _parameter: self.output, "target": lambda _parameter: self.target},
        )
        self.form.edited.connect(self._set_field)
        self.form.reset.connect(self._reset)
        self.fold = Fold("Output, target and weight", opened=False, kept=False)
        self.fold.add(self.form)
        self._opened_once = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        if number > 1:
            column.addWidget(line())
        column.addWidget(self._head)
        column.addWidget(self.choice)
        column.addWidget(self.fold)

    def show_term(
        self, term: LossTerm, outputs: Sequence[str], targets: Sequence[str], *, only: bool
    ) -> None:
        """Show a loss.

        Args:
            term: the loss.
            outputs: the outputs of the network.
            targets: the targets that are known by name.
            only: there is no other loss.
        """
        self._term = term
        self.choice.show_choice(term.choice)
        self.output.offer(outputs)
        self.target.offer(targets)
        values: dict[str, Value] = {"output": term.output, "target": term.target, "weight": term.weight}
        usual = {one.name: one.default for one in (OUTPUT, TARGET, SHARE)}
        changed = [name for name, value in values.items() if value != usual[name]]
        self.form.show_values(values, changed)
        self._head.setVisible(not only)
        if not self._opened_once and (changed or not only or len(outputs) > 1):
            self._opened_once = True  # shut again by hand, it stays shut
            self.fold.open()

    def _set_choice(self, choice: Choice, name: str) -> None:
        self.edited.emit(dataclasses.replace(self._term, choice=choice), name)

    def _set_field(self, name: str, value: Value) -> None:
        number = float(value) if name == "weight" and isinstance(value, (int, float)) else value
        self.edited.emit(dataclasses.replace(self._term, **{name: number}), f"own {name}")  # type: ignore[arg-type]

    def _reset(self, name: str) -> None:
        self._set_field(name, next(one.default for one in (OUTPUT, TARGET, SHARE) if one.name == name))


class LossesEditor(QWidget):
    """Every loss of the plan, one below the other."""

    edited = Signal(object, object, str)
    """A label for the history, the losses as a person wants them, and a key under which edits merge."""

    def __init__(self) -> None:
        """Make it without losses."""
        super().__init__()
        self._terms: tuple[LossTerm, ...] = ()
        self._outputs: tuple[str, ...] = ()
        self._kinds: Kinds = None
        self.cards: list[LossCard] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_SMALL)
        self.add_button = QPushButton()
        self.add_button.setProperty("kind", "flat")
        live(self.add_button.setText, "Add a loss")
        live_icon(self.add_button, "add", "accent")
        self.add_button.clicked.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(self._column)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        column.addLayout(row)

    def offer(self, kinds: Kinds) -> None:
        """Take what the data and the network are for: losses that fit are offered first."""
        self._kinds = kinds
        for card in self.cards:
            card.choice.offer(kinds)

    def show_terms(self, terms: tuple[LossTerm, ...], outputs: Sequence[str], targets: Sequence[str]) -> None:
        """Show the losses of a plan.

        Args:
            terms: the losses.
            outputs: the outputs of the network that they judge.
            targets: names of targets that the data is known to have.
        """
        self._terms, self._outputs = terms, tuple(outputs)
        named = tuple(dict.fromkeys((*targets, *(term.target for term in terms if term.target))))
        while len(self.cards) > len(terms):
            gone = self.cards.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.cards) < len(terms):
            index = len(self.cards)
            card = LossCard(index + 1)
            card.edited.connect(lambda term, part, index=index: self._edit(index, term, part))
            card.removed.connect(lambda index=index: self._remove(index))
            self._column.addWidget(card)
            self.cards.append(card)
        for card, term in zip(self.cards, terms, strict=True):
            card.choice.offer(self._kinds)
            card.show_term(term, outputs, named, only=len(terms) == 1)

    def _edit(self, index: int, term: LossTerm, part: str) -> None:
        terms = (*self._terms[:index], term, *self._terms[index + 1 :])
        key = f"plan:loss{index}:{term.choice.type}:{part}" if part else ""
        self.edited.emit(Message("Change the training plan"), terms, key)

    def _add(self) -> None:
        """Add a loss for the first output that none judges yet."""
        judged = {term.output for term in self._terms}
        free = [name for name in self._outputs if name not in judged] if len(self._outputs) > 1 else []
        kind = self._terms[-1].choice.type if self._terms else "cross_entropy"
        added = LossTerm(Choice(kind), output=free[0] if free else "")
        self.edited.emit(Message("Add a loss"), (*self._terms, added), "")

    def _remove(self, index: int) -> None:
        kept = (*self._terms[:index], *self._terms[index + 1 :])
        self.edited.emit(Message("Remove a loss"), kept, "")
