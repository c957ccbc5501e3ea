"""One input for each kind of parameter; every input shows a value and tells what a person enters."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from studio.blocks import Parameter
from studio.graph import Expression, Value
from studio.graph.formula import NAMES
from studio.graph.model import NO_PARAMETERS
from studio.ui.looks.icons import live_icon
from studio.ui.looks.stylesheet import restyle
from studio.ui.looks.theme import SPACE_TINY
from studio.ui.panels.completing import NameCompleter
from studio.ui.panels.number import NumberSpin, leave_undo_to_window, parse, written
from studio.ui.widgets.plain import label
from studio.ui.words.text import live, tr


class Mixed:
    """Stands for the value of a parameter that several chosen nodes do not agree on."""


MIXED = Mixed()


@dataclass(frozen=True)
class Read:
    """Stands for a value that nobody has set, which is read off what arrives; None while it is not known."""

    value: Value


Shown: TypeAlias = "Value | Mixed | Read"
"""What a field can be asked to show."""


class Field(QWidget):
    """The input of one parameter."""

    edited = Signal(object)
    """What a person entered, not yet checked."""

    def __init__(self, parameter: Parameter) -> None:
        """Make an input that shows nothing yet."""
        super().__init__()
        self.parameter = parameter
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE_TINY)

    def show_value(self, value: Shown) -> None:
        """Show a value; what is being typed is left alone where it says the same."""
        raise AssertionError(f"{type(self).__name__} shows no value")

    def name_parts(self, name: str) -> None:
        """Name the inputs besides the first, which the form names."""

    def mark(self, wrong: bool) -> None:
        """Draw the input as refused, or as fine."""
        for part in self.findChildren(QWidget):
            if isinstance(part, (NumberSpin, QLineEdit, QComboBox)):
                part.setProperty("state", "error" if wrong else "")
                restyle(part)


class NumberField(Field):
    """A whole number or a number with a point."""

    def __init__(self, parameter: Parameter) -> None:
        """Make a spin box with the parameter's range."""
        super().__init__(parameter)
        self.spin = NumberSpin(parameter)
        self.spin.edited.connect(self.edited)
        self.setFocusProxy(self.spin)
        self.row.addWidget(self.spin, 1)

    def show_value(self, value: Shown) -> None:
        """Show a number."""
        _place(self.spin, self.parameter, value)


def _place(spin: NumberSpin, parameter: Parameter, value: Shown) -> None:
    spin.set_placeholder(_faint(parameter, value))
    spin.show_value(None if isinstance(value, Mixed | Read) else value)


def _faint(parameter: Parameter, value: Shown) -> str:
    """Give what stands in an input while nothing is set."""
    if isinstance(value, Mixed):
        return tr("several values")
    if isinstance(value, Read) and value.value is not None:
        return tr("{value} (as it arrives)", value=text_of(value.value))
    if isinstance(value, Read) or parameter.reads is not None:
        return tr("as it arrives")
    return tr("not set") if parameter.optional else ""


class SizeField(Field):
    """One number for all dimensions, or one for each behind a link, or a word such as `same`."""

    def __init__(self, parameter: Parameter) -> None:
        """Make the numbers and the link between them."""
        super().__init__(parameter)
        self._spins = [NumberSpin(parameter) for _ in range(parameter.dims)]
        self.setFocusProxy(self._spins[0])
        for spin in self._spins:
            spin.edited.connect(self._tell)
            self.row.addWidget(spin, 1)
        self.link = QToolButton()
        self.link.setCheckable(True)
        self.link.setVisible(parameter.dims > 1)
        live(self.link.setToolTip, "One number for each dimension")
        live(self.link.setAccessibleName, "One number for each dimension")
        live_icon(self.link, "link")
        self.link.clicked.connect(self._unlink)
        self.row.addWidget(self.link)
        self.words = {word: self._add_word(word) for word in parameter.choices}
        self._split(False)

    def _add_word(self, word: str) -> QToolButton:
        button = QToolButton()
        button.setText(word)
        button.setCheckable(True)
        live(button.setToolTip, "“{word}” instead of a number", word=word)
        live(button.setAccessibleName, "“{word}” instead of a number", word=word)
        button.clicked.connect(lambda on: self.edited.emit(word if on else self.parameter.default))
        self.row.addWidget(button)
        return button

    def name_parts(self, name: str) -> None:
        """Name the input of every dimension."""
        for place, spin in enumerate(self._spins[1:], 2):
            spin.setAccessibleName(tr("{name}, dimension {place}", name=name, place=place))

    def show_value(self, value: Shown) -> None:
        """Show one number, one for each dimension, or a word."""
        for word, button in self.words.items():
            button.setChecked(value == word)
        for widget in (*self._spins, self.link):
            widget.setEnabled(value not in self.words)
        if value in self.words:
            return
        parts: tuple[Shown, ...] = value if isinstance(value, tuple) else (value,)
        self._split(len(parts) > 1)
        for spin, part in zip(self._spins, parts, strict=False):
            _place(spin, self.parameter, part)

    def _split(self, split: bool) -> None:
        self.link.setChecked(split)
        live_icon(self.link, "unlink" if split else "link")
        for spin in self._spins[1:]:
            spin.setVisible(split)

    def _unlink(self, split: bool) -> None:
        first = self._spins[0].value()
        self._split(split)
        for spin in self._spins[1:]:
            spin.show_value(first)
        if isinstance(first, int):
            self._tell()

    def _tell(self) -> None:
        values = tuple(spin.value() for spin in self._spins)
        self.edited.emit(values if self.link.isChecked() else values[0])


class BoolField(Field):
    """A tick."""

    def __init__(self, parameter: Parameter) -> None:
        """Make a check box."""
        super().__init__(parameter)
        self.box = QCheckBox()
        self.box.clicked.connect(lambda: self.edited.emit(self.box.isChecked()))
        self.setFocusProxy(self.box)
        self.row.addWidget(self.box, 1)

    def show_value(self, value: Shown) -> None:
        """Show yes, no, or half a tick for several values."""
        self.box.setTristate(value is MIXED)
        if value is MIXED:
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.box.setChecked(value is True)


SHORT = Qt.ItemDataRole.UserRole + 1
"""What a list shows of its choice where there is no room for all of it."""


class Combo(QComboBox):
    """A list to choose from, which is not changed by scrolling past it."""

    def __init__(self) -> None:
        """Make an empty list that may be narrower than its longest entry."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice with an ellipsis where there is no room for all of it."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 4
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        elif self.fontMetrics().horizontalAdvance(option.currentText) > room:
            option.currentText = self.currentData(SHORT) or option.currentText
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the form unless the list was chosen by a click."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(Field):
    """One of the parameter's choices."""

    def __init__(self, parameter: Parameter) -> None:
        """Make a list of the choices."""
        super().__init__(parameter)
        self.combo = Combo()
        for choice in parameter.choices:
            self.combo.addItem(tr(choice), choice)
        self.combo.activated.connect(lambda: self.edited.emit(self.combo.currentData()))
        self.setFocusProxy(self.combo)
        self.row.addWidget(self.combo, 1)

    def show_value(self, value: Shown) -> None:
        """Show a choice; several values, or one that is none of them, show none."""
        self.combo.setPlaceholderText(tr("several values") if value is MIXED else "")
        self.combo.setCurrentIndex(self.combo.findData(value) if isinstance(value, str) else -1)


class HandedField(Field):
    """One of the parameter's choices, or a parameter of the composite around that is handed down."""

    def __init__(self, parameter: Parameter, names: Collection[str]) -> None:
        """Make a list of the choices and, after them, of the names."""
        super().__init__(parameter)
        self.combo = Combo()
        if parameter.kind == "bool":
            for word, value in ((tr("Yes"), True), (tr("No"), False)):
                self.combo.addItem(word, value)
        for choice in parameter.choices:
            self.combo.addItem(tr(choice), choice)
        self._values: list[Value] = [True, False] if parameter.kind == "bool" else [*parameter.choices]
        self.combo.insertSeparator(self.combo.count())
        self._values.append(None)
        for name in names:
            self.combo.addItem(f"= {name}")
            self._values.append(Expression(name))
        self.combo.activated.connect(lambda place: self.edited.emit(self._values[place]))
        self.setFocusProxy(self.combo)
        self.row.addWidget(self.combo, 1)

    def show_value(self, value: Shown) -> None:
        """Show a choice or a name; several values, or one that is none of them, show none."""
        self.combo.setPlaceholderText(tr("several values") if value is MIXED else "")
        found = [place for place, one in enumerate(self._values) if one is not None and one == value]
        self.combo.setCurrentIndex(found[0] if found else -1)


class LineField(Field):
    """A line of text: a text, a formula, a shape, or arithmetic over a composite's parameters."""

    def __init__(
        self, parameter: Parameter, *, expression: bool = False, names: Collection[str] = ()
    ) -> None:
        """Make a line.

        Args:
            parameter: what is entered.
            expression: also take arithmetic where a number is meant.
            names: what arithmetic can read; a name that is begun is completed.
        """
        super().__init__(parameter)
        self._expression = expression
        self.line = QLineEdit()
        known = NAMES if parameter.formula else names if expression else ()
        self.completer = NameCompleter(self.line, known)
        self.completer.completed.connect(lambda: self.edited.emit(self.value()))
        self.line.textEdited.connect(lambda _text: self.edited.emit(self.value()))
        leave_undo_to_window(self.line)
        self.setFocusProxy(self.line)
        self.row.addWidget(self.line, 1)

    def value(self) -> Value:
        """Give what stands there."""
        text = self.line.text()
        if self.parameter.kind in ("text", "folder") or text.strip() in self.parameter.choices:
            return text.strip() if self.parameter.choices else text
        if self._expression and re.search(r"[A-Za-z_*/+()]", text):
            return arithmetic_of(text, several=self.parameter.kind in ("shape", "dims", "size"))
        if self.parameter.kind in ("shape", "dims"):
            return shape_of(text)
        if self.parameter.kind == "numbers":
            return tuple(parse(part, "float") for part in re.split(r"[,，]", text))
        if self.parameter.kind == "size" and "," in text:
            return tuple(parse(part, "int") for part in text.split(","))
        return parse(text, self.parameter.kind)

    def show_value(self, value: Shown) -> None:
        """Show a text, a shape or an expression."""
        self.line.setPlaceholderText(_faint(self.parameter, value))
        if self.line.hasFocus() and self.line.text() and self.value() == value:
            return
        shown = "" if isinstance(value, Mixed | Read) else text_of(value)
        if shown != self.line.text():
            self.line.setText(shown)


def arithmetic_of(text: str, *, several: bool) -> Value:
    """Read arithmetic, or where several sizes can stand, sizes of which some are arithmetic.

    Args:
        text: what was typed.
        several: commas part sizes; those within parentheses belong to `min` and `max`.
    """
    parts, depth = [""], 0
    for letter in text.replace("，", ",") if several else text:
        depth += (letter == "(") - (letter == ")")
        if several and letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    if len(parts) == 1:
        return Expression(text.strip())
    words = (part.strip() for part in parts)
    return tuple(int(word) if re.fullmatch(r"-?\d{1,12}", word) else Expression(word) for word in words)


def shape_of(text: str) -> Value:
    """Read sizes such as `1, 28, 28` or `1 × 28 × 28`; anything else comes back as it is."""
    inner = text.strip().removeprefix("(").removesuffix(")").strip()
    if not re.fullmatch(r"-?\d{1,12}(\s*[,，x×*\s]\s*-?\d{1,12})*\s*,?", inner, re.IGNORECASE):
        return text.strip() if inner else ()
    return tuple(int(number) for number in re.findall(r"-?\d+", inner))


def text_of(value: Value) -> str:
    """Write a value as a person would type it."""
    if isinstance(value, tuple):
        return ", ".join(text_of(part) for part in value)
    return value.text if isinstance(value, Expression) else written(value)


class FolderField(LineField):
    """A path, typed or looked for."""

    def __init__(self, parameter: Parameter) -> None:
        """Make a line with a button that browses."""
        super().__init__(parameter)
        self.browse = QToolButton()  # as an icon: the path needs the room
        live_icon(self.browse, "open")
        live(self.browse.setToolTip, "Browse…")
        live(self.browse.setAccessibleName, "Browse…")
        self.browse.clicked.connect(self._browse)
        self.row.addWidget(self.browse)

    def _browse(self) -> None:
        match self.parameter.browse:
            case "file":
                self._choose_file()
            case "folder":
                self._choose_folder()
            case "place":
                menu = QMenu(self)
                menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                menu.addAction(tr("Choose a file"), self._choose_file)
                menu.addAction(tr("Choose a folder"), self._choose_folder)
                menu.popup(self.browse.mapToGlobal(self.browse.rect().bottomLeft()))

    def _choose_file(self) -> None:
        begin = str(Path(self.line.text()).parent) if self.line.text() else ""
        self._take(QFileDialog.getOpenFileName(self, tr("Choose a file"), begin)[0])

    def _choose_folder(self) -> None:
        self._take(QFileDialog.getExistingDirectory(self, tr("Choose a folder"), self.line.text()))

    def _take(self, chosen: str) -> None:
        if chosen:
            self.line.setText(chosen)
            self.edited.emit(chosen)


class FixedField(Field):
    """A value that nobody types: it is read off what arrives."""

    def __init__(self, parameter: Parameter) -> None:
        """Make a label."""
        super().__init__(parameter)
        self._value = label(role="muted")
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.row.addWidget(self._value, 1)

    def show_value(self, value: Shown) -> None:
        """Show the value, or that it is not known yet."""
        if isinstance(value, Mixed):
            live(self._value.setText, "several values")
        elif value is None:
            live(self._value.setText, "as it arrives")
        else:
            read = value.value if isinstance(value, Read) else value
            live(self._value.setText, "{value} (as it arrives)", value=text_of(read))


def field_for(
    parameter: Parameter, *, expression: bool = False, names: Mapping[str, Value] = NO_PARAMETERS
) -> Field:
    """Give the input of a parameter.

    Args:
        parameter: the parameter.
        expression: the block stands in a composite, so that numbers may be arithmetic.
        names: the parameters of that composite.
    """
    if parameter.source is not None:
        return FixedField(parameter)
    kind = {"bool": bool, "choice": str}.get(parameter.kind)
    handed = [name for name, value in names.items() if kind is not None and isinstance(value, kind)]
    if handed:
        return HandedField(parameter, handed)
    match parameter.kind:
        case "int" | "float" | "size" | "shape" | "dims" if expression:
            return LineField(parameter, expression=True, names=names)
        case "int" | "float":
            return NumberField(parameter)
        case "size":
            return SizeField(parameter)
        case "bool":
            return BoolField(parameter)
        case "choice":
            return ChoiceField(parameter)
        case "folder":
            return FolderField(parameter)
        case _:
            return LineField(parameter)
