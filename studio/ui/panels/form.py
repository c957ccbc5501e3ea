"""A form made from declared parameters: labels, inputs, defaults, help, and refusals where they happen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from studio.blocks import Parameter, ParameterError
from studio.graph import Expression, ExpressionError, Message, Value
from studio.graph.arithmetic import computed
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.fields import MIXED, Field, Mixed, Read, Shown, field_for, text_of
from studio.ui.widgets.plain import Fold, label, tip
from studio.ui.words.text import languages, live, say, tr

MakeField = Callable[[Parameter], Field]
"""Makes the input of a parameter that has one of its own, such as the list of devices."""

LABEL_WIDTH = 116


class _Row:
    """The widgets of one parameter."""

    def __init__(self, field: Field, title: QLabel, reset: QToolButton, refusal: QLabel) -> None:
        self.field, self.title, self.reset, self.refusal = field, title, reset, refusal
        self.value: Shown = None
        self.refused = False

    def keeps(self, value: Shown) -> bool:
        """Tell whether a refused text stays: the parameter has the value that it had when that was typed."""
        before, self.value = self.value, value
        self.refused = self.refused and type(before) is type(value) and before == value
        return self.refused


class Form(QWidget):
    """The parameters of a block, or of several of one type."""

    edited = Signal(str, object)
    """A parameter got a value that it takes."""
    reset = Signal(str)
    """A parameter is to have its default again."""
    vary_wanted = Signal(str)
    """The path of a parameter that a sweep is to vary."""

    def __init__(
        self,
        parameters: Sequence[Parameter],
        *,
        names: Mapping[str, Value] | None = None,
        fields: Mapping[str, MakeField] | None = None,
        folded: bool = True,
    ) -> None:
        """Make the inputs.

        Args:
            parameters: in the order of the form.
            names: the parameters of the composite around, where arithmetic over them may be entered.
            fields: inputs of their own for some parameters, by name.
            folded: whether rarely used parameters are folded away.
        """
        super().__init__()
        self._names = names
        self._path: Callable[[], str] | None = None
        self._held: Message | None = None
        self._rows: dict[str, _Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        often = [one for one in parameters if not (one.advanced and folded)]
        seldom = [one for one in parameters if one.advanced and folded]
        column.addLayout(self._grid(often, fields or {}))
        self._fold = Fold("Advanced", opened=False) if seldom else None
        if self._fold is not None:
            self._fold.body.addLayout(self._grid(seldom, fields or {}))
            column.addWidget(self._fold)
        languages.changed.connect(self._explain)
        self._explain()

    def field(self, name: str) -> Field:
        """Give the input of a parameter."""
        return self._rows[name].field

    def refusal(self, name: str) -> str:
        """Give the text that stands below a refused input; empty where there is none."""
        row = self._rows[name]
        return "" if row.refusal.isHidden() else row.refusal.text()

    def reset_button(self, name: str) -> QToolButton:
        """Give the button that puts a parameter back to its default."""
        return self._rows[name].reset

    def unfold(self) -> None:
        """Show the rarely used parameters."""
        if self._fold is not None:
            self._fold.open()

    def hold(self, why: Message | None) -> None:
        """Switch all inputs off, with the reason in their tool tips; None switches them on again."""
        if why == self._held:
            return
        self._held = why
        for row in self._rows.values():
            row.field.setEnabled(why is None)
            row.reset.setEnabled(why is None)
            row.refused = False  # the value shown next is the one that stays
        self._explain()

    def show_values(self, values: Mapping[str, Shown], by_hand: Collection[str] = ()) -> None:
        """Show values.

        Args:
            values: by parameter name; one that is missing shows the default.
            by_hand: the parameters that were set by hand, which offer their default again.
        """
        for name, row in self._rows.items():
            value = values.get(name, row.field.parameter.unset)
            row.reset.setVisible(name in by_hand)
            if not row.keeps(value):
                row.field.show_value(value)
                self._judge(row, value)

    def varied_as(self, path: Callable[[], str]) -> None:
        """Let a sweep over each parameter be begun at its name; its path is below the one that is given."""
        self._path = path

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer a sweep over the parameter whose name was clicked."""
        name = next((name for name, row in self._rows.items() if self._holds(row.title, event.pos())), "")
        if self._path is None or not name:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Vary it in a sweep…")).setData(f"{self._path()}.{name}")
        menu.triggered.connect(self._vary)
        menu.popup(event.globalPos())

    def _holds(self, title: QLabel, at: QPoint) -> bool:
        return title.isVisible() and title.rect().contains(title.mapFrom(self, at))

    def _vary(self, action: QAction) -> None:
        self.vary_wanted.emit(action.data())

    def _grid(self, parameters: Sequence[Parameter], fields: Mapping[str, MakeField]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_TINY)
        grid.setVerticalSpacing(SPACE_TINY)
        grid.setColumnStretch(1, 1)
        for index, parameter in enumerate(parameters):
            self._add_row(grid, 2 * index, parameter, fields.get(parameter.name))
        return grid

    def _add_row(self, grid: QGridLayout, line: int, parameter: Parameter, make: MakeField | None) -> None:
        expression = self._names is not None
        field = (
            make(parameter) if make else field_for(parameter, expression=expression, names=self._names or {})
        )
        title = label(wrap=True)
        title.setFixedWidth(LABEL_WIDTH)
        if parameter.unit:
            unit = Message(parameter.unit)
            live(title.setText, "{label} ({unit})", label=parameter.said, unit=unit)
        else:
            live(title.setText, "{label}", label=parameter.said)
        title.setBuddy(field)
        reset = QToolButton()
        live_icon(reset, "undo", "muted")
        default = text_of(parameter.default) if parameter.default is not None else "–"
        for say_it in (reset.setToolTip, reset.setAccessibleName):
            live(
                say_it,
                "Back to what arrives" if parameter.reads is not None else "Back to the default ({value})",
                value=default,
            )
        kept = reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # inputs end at one line, with the button or without
        reset.setSizePolicy(kept)
        reset.setVisible(False)
        refusal = label(role="error", wrap=True)
        refusal.setVisible(False)
        grid.addWidget(title, line, 0)
        grid.addWidget(field, line, 1)
        grid.addWidget(reset, line, 2)
        grid.addWidget(refusal, line + 1, 0, 1, 3)
        row = _Row(field, title, reset, refusal)
        self._rows[parameter.name] = row
        field.edited.connect(lambda value: self._entered(parameter.name, value))
        reset.clicked.connect(lambda: self._put_back(parameter.name))

    def _explain(self) -> None:
        """Say what every input is and takes, in the language in use."""
        for row in self._rows.values():
            parameter, told = row.field.parameter, _help(row.field.parameter)
            if self._held is not None:
                told = f"{say(self._held)}\n{told}"
            row.title.setToolTip(tip(told))
            row.field.setToolTip(tip(told))
            target = row.field.focusProxy() or row.field
            target.setAccessibleName(say(parameter.said))
            target.setAccessibleDescription(told)
            row.field.name_parts(say(parameter.said))

    def _put_back(self, name: str) -> None:
        self._rows[name].refused = False
        self.reset.emit(name)

    def _entered(self, name: str, value: Value) -> None:
        row = self._rows[name]
        row.refused = not self._judge(row, value)
        if not row.refused:
            row.value = value
            self.edited.emit(name, value)

    def _judge(self, row: _Row, value: Shown) -> bool:
        """Say below the input why a value is refused; True when it is taken."""
        parameter = row.field.parameter
        try:
            if not isinstance(value, Mixed | Read) and parameter.source is None:
                found = computed(value, self._names or {})
                # A text that is handed down to a choice begins as one of its words.
                if not (
                    parameter.kind == "choice" and isinstance(value, Expression) and isinstance(found, str)
                ):
                    parameter.check(found)
        except ParameterError as refused:
            said = tr("Expected {expected}, received {received}.", **_both(refused))
        except ExpressionError as refused:
            said = say(refused.message)
        else:
            said = ""
        if said or not row.refusal.isHidden():
            row.refusal.setText(said)
            row.refusal.setVisible(bool(said))
            row.field.mark(bool(said))
        return not said


def _both(refused: ParameterError) -> dict[str, object]:
    return {"expected": refused.expected, "received": refused.received}


def _help(parameter: Parameter) -> str:
    """Write what a parameter does and what it takes."""
    if parameter.source is not None:
        return tr(parameter.doc)
    return tr("{doc}\nTakes {expected}.", doc=Message(parameter.doc), expected=parameter.expects())


__all__ = ["MIXED", "Form", "Shown"]
