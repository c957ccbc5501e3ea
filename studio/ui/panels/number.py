"""A number that is typed or stepped: whole or not, of any size, empty where that is allowed."""

from __future__ import annotations

import math
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from studio.blocks import Parameter
from studio.graph import Value

MAX_LETTERS = 60
"""No number worth typing is longer."""


class DocumentUndo(QObject):
    """Leaves Ctrl+Z in a text to the window, whose undo also takes back what was typed here."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let go of the keys of undo and redo; where the window has nothing to take back, they do nothing."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() in kinds and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undo) or event.matches(redo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def leave_undo_to_window(edit: QWidget) -> None:
    """Let the window's undo work while a text is being edited in a line or a spin box."""
    edit.installEventFilter(DocumentUndo(edit))


def parse(text: str, kind: str) -> Value:
    """Read what was typed; what is no number comes back as the text, for the check to refuse."""
    plain = text.strip().replace("_", "").replace(" ", "").replace("，", ",")
    if not plain:
        return None
    if kind in ("int", "size"):
        try:
            return int(plain.replace(",", ""))
        except ValueError:
            pass
    try:
        number = float(plain.replace(",", "") if kind != "float" else plain)
    except ValueError:
        return text.strip()
    return int(number) if kind != "float" and number.is_integer() and abs(number) < 1e15 else number


def written(value: Value) -> str:
    """Write a number as a person would type it."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


class NumberSpin(QAbstractSpinBox):
    """An input for one number of a parameter; any text can be typed, the parameter's check judges it."""

    edited = Signal(object)
    """A person typed or stepped: the number, None when empty, or the text that is no number."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        """Make an empty input with the range and the kind of a parameter."""
        super().__init__(parent)
        self._parameter = parameter
        line = self.lineEdit()
        line.setMaxLength(MAX_LETTERS)
        line.textEdited.connect(lambda text: self.edited.emit(parse(text, self._parameter.kind)))
        leave_undo_to_window(self)  # the line of a spin box never has the keyboard itself
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(52)  # three figures and the arrows: a link and a word fit beside them

    def value(self) -> Value:
        """Give what stands there."""
        return parse(self.lineEdit().text(), self._parameter.kind)

    def show_value(self, value: Value) -> None:
        """Show a value, unless it stands there already in the form that is being typed."""
        if not (self.hasFocus() and self.value() == value and self.lineEdit().text()):
            self.lineEdit().setText(written(value))

    def set_placeholder(self, text: str) -> None:
        """Show a faint text while there is no number."""
        self.lineEdit().setPlaceholderText(text)

    # -- what Qt asks ---------------------------------------------------------------------------------

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let everything be typed: the check of the parameter speaks, not a swallowed key."""
        return QValidator.State.Acceptable, text, position

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Tell which arrows work."""
        value, flags = self.value(), QAbstractSpinBox.StepEnabledFlag
        if not isinstance(value, (int, float)):
            return flags.StepUpEnabled | flags.StepDownEnabled
        up = self._parameter.high is None or value < self._parameter.high
        down = self._parameter.low is None or value > self._parameter.low
        both = flags.StepNone
        both = both | flags.StepUpEnabled if up else both
        return both | flags.StepDownEnabled if down else both

    def stepBy(self, steps: int) -> None:
        """Go up or down: by one, by hundredths of a share, or through 1, 2, 5, 10 of any size."""
        value = self.value()
        if not isinstance(value, (int, float)) or not math.isfinite(value):
            default = self._parameter.default
            value = default if isinstance(default, (int, float)) else (self._parameter.low or 0)
        elif self._parameter.kind != "float":
            value = int(value) + steps
        elif self._parameter.high is not None and self._parameter.high <= 1:
            value = float(Decimal(written(value)) + Decimal("0.05") * steps)
        else:
            for _ in range(abs(steps)):
                value = _next(float(value), up=steps > 0)
        if self._parameter.low is not None:
            value = max(value, self._parameter.low)
        if self._parameter.high is not None:
            value = min(value, self._parameter.high)
        value = float(value) if self._parameter.kind == "float" else int(value)
        self.lineEdit().setText(written(value))
        self.edited.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step by the wheel only after a click: a form is scrolled more often than a number is."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _next(value: float, *, up: bool) -> float:
    """Give the next of ..., 0.1, 0.2, 0.5, 1, 2, 5, 10, ... above or below."""
    if value <= 0:
        return 1e-6 if up and value == 0 else value + (1 if up else -1) if value else 0.0
    exponent = math.floor(math.log10(value) + 1e-9)
    ladder = [float(f"{digit}e{exponent + step}") for step in (-1, 0, 1) for digit in (1, 2, 5)]
    if up:
        return next(rung for rung in ladder if rung > value * (1 + 1e-9))
    return next((rung for rung in reversed(ladder) if rung < value * (1 - 1e-9)), 0.0)
