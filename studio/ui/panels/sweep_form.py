"""What a sweep is to try, as a form: settings with their values, the way to choose them, and when it ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project.settings import Setting, every_setting, written
from studio.project.sweeps import METHODS, SweepPlan, Variable, checked, direction_of, variable
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.curves import measure_title
from studio.ui.panels.fields import Combo
from studio.ui.widgets.plain import label, tip
from studio.ui.words.text import fixed, languages, live, say, tr

METHOD_TITLES = {
    "grid": "All combinations",
    "random": "At random",
    "bayes": "By what was learned (Bayesian)",
}


class VariableRow(QWidget):
    """One setting that is varied: its name, its values as they are typed, and what is wrong with them."""

    changed = Signal()
    removed = Signal()

    def __init__(self, setting: Setting, values: str) -> None:
        """Show a setting.

        Args:
            setting: which one.
            values: as `variable` reads them.
        """
        super().__init__()
        self.path, self.said = setting.path, setting.said
        self.title = label()
        fixed(self.title.setText, say(setting.said))
        self.title.setToolTip(tip(setting.path))
        self.values = QLineEdit(values)
        live(self.values.setAccessibleName, "Values of {what}", what=setting.said)
        live(
            self.values.setToolTip,
            "A range: low..high, by factors low..high:log. Or values, parted by commas: a, b, c.",
        )
        self.remove = QToolButton()
        live_icon(self.remove, "close")
        live(self.remove.setToolTip, "Do not vary this")
        live(self.remove.setAccessibleName, "Do not vary {what}", what=setting.said)
        self.wrong = label(role="error", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_SMALL)
        grid.setVerticalSpacing(SPACE_TINY)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.values, 1, 0)
        grid.addWidget(self.remove, 1, 1)
        grid.addWidget(self.wrong, 2, 0, 1, 2)
        self.wrong.hide()
        self.values.textChanged.connect(lambda _text: self.changed.emit())
        self.remove.clicked.connect(self.removed)

    def read(self, project: Project) -> Variable | None:
        """Give what is varied; where that makes no sense, say why and give nothing."""
        try:
            found = variable(project, f"{self.path}={self.values.text()}")
        except NetwrightError as error:
            fixed(self.wrong.setText, say(error.message))
            self.wrong.show()
            return None
        self.wrong.hide()
        return found


class _Adding(Combo):
    """A list whose entries do something: the arrows open it first, and do not go through it unseen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.showPopup()
            return
        super().keyPressEvent(event)


class SweepForm(QScrollArea):
    """The definition of a sweep."""

    changed = Signal()
    """Something was entered."""

    def __init__(self) -> None:
        """Make an empty form."""
        super().__init__()
        self._project = Project()
        self.rows: list[VariableRow] = []
        self._wanted = ""
        self.add = _Adding()
        self.add.setEditable(True)
        self.add.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.typed = QLineEdit()
        self.add.setLineEdit(self.typed)
        completer = QCompleter(self.add.model(), self.add)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.add.setCompleter(completer)
        live(self.add.setAccessibleName, "Vary a setting")
        self.method, self.figure, self.direction = Combo(), Combo(), Combo()
        self.trials, self.minutes = QSpinBox(), QSpinBox()
        self.trials.setRange(0, 10_000)
        self.trials.setValue(20)
        self.minutes.setRange(0, 100_000)
        self.prune = QCheckBox()
        live(self.prune.setText, "End hopeless trials early")
        live(
            self.prune.setToolTip,
            "A trial that does worse than most did after as many epochs is ended; its run is kept.",
        )
        self._lay_out()
        self.add.activated.connect(self._add_chosen)
        self.typed.returnPressed.connect(self._add_typed)
        self.method.activated.connect(self._changed)
        self.figure.activated.connect(self._metric_chosen)
        self.direction.activated.connect(self._changed)
        self.trials.valueChanged.connect(self._changed)
        self.minutes.valueChanged.connect(self._changed)
        self.prune.toggled.connect(self._changed)
        languages.changed.connect(self._speak)
        self._speak()

    def _lay_out(self) -> None:
        self.inner = inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_SMALL, 0)
        column.setSpacing(SPACE_SMALL)
        self._variables = QVBoxLayout()
        self._variables.setSpacing(SPACE_SMALL)
        column.addLayout(self._variables)
        column.addWidget(self.add)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_SMALL)
        grid.setVerticalSpacing(SPACE_SMALL)
        grid.setColumnStretch(1, 1)
        for row, (text, field) in enumerate(
            (
                ("Values are chosen", self.method),
                ("Trials at most", self.trials),
                ("Minutes at most", self.minutes),
                ("What counts", self.figure),
                ("Better is", self.direction),
            )
        ):
            said = label(text)
            said.setBuddy(field)
            live(field.setAccessibleName, text)
            grid.addWidget(said, row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)
        column.addWidget(self.prune)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self.setAccessibleName, "Sweep")

    def minimumSizeHint(self) -> QSize:
        """Keep room for a name and its values."""
        return QSize(232, 120)

    # -- what is shown --------------------------------------------------------------------------------

    def show_project(self, project: Project, figures: Sequence[str]) -> None:
        """Offer the settings of a project.

        Args:
            project: the project that a sweep would be over.
            figures: what an epoch is known to measure.
        """
        self._project = project
        self._offer()
        with QSignalBlocker(self.figure):
            before = self.figure.currentData()
            self.figure.clear()
            for key in figures:
                self.figure.addItem(measure_title(key), key)
            self.figure.setCurrentIndex(max(self.figure.findData(before), 0))
        if not before:
            self._take_direction()
        self._changed()

    def show_plan(self, plan: SweepPlan) -> None:
        """Show a plan as it was entered."""
        for row in list(self.rows):
            self._remove(row)
        known = {found.path: found for found in every_setting(self._project)}
        for one in plan.variables:
            if one.path in known:
                self._add(known[one.path], one.written().partition("=")[2])
        with QSignalBlocker(self.figure):
            if self.figure.findData(plan.metric) < 0:
                self.figure.addItem(measure_title(plan.metric), plan.metric)
            self.figure.setCurrentIndex(self.figure.findData(plan.metric))
        self.method.setCurrentIndex(self.method.findData(plan.method))
        self.direction.setCurrentIndex(self.direction.findData(plan.direction))
        self.trials.setValue(plan.trials)
        self.minutes.setValue(round(plan.seconds / 60))
        self.prune.setChecked(plan.prune)
        self._changed()

    def _speak(self) -> None:
        entries: tuple[tuple[Combo, dict[str, str]], ...] = (
            (self.method, {method: METHOD_TITLES[method] for method in METHODS}),
            (self.direction, {"min": "less", "max": "more"}),
        )
        for combo, titles in entries:
            with QSignalBlocker(combo):
                before = combo.currentData()
                combo.clear()
                for key, title in titles.items():
                    combo.addItem(tr(title), key)
                combo.setCurrentIndex(max(combo.findData(before), 0))
        if self.method.currentData() == "grid" and not self.rows:
            self.method.setCurrentIndex(self.method.findData("random"))
        for spin in (self.trials, self.minutes):
            spin.setSpecialValueText(tr("no limit"))
        for place in range(self.figure.count()):
            self.figure.setItemText(place, measure_title(self.figure.itemData(place)))
        self._offer()

    def _offer(self) -> None:
        with QSignalBlocker(self.add):
            self.add.clear()
            taken = {row.path for row in self.rows}
            for setting in every_setting(self._project):
                if setting.path not in taken and len(setting.options) != 1:
                    self.add.addItem(say(setting.said), setting.path)
                    self.add.setItemData(self.add.count() - 1, tip(setting.path), Qt.ItemDataRole.ToolTipRole)
            self.add.setCurrentIndex(-1)
            self.add.setEditText("")
        self.typed.setPlaceholderText(tr("Vary a setting…"))

    # -- what is entered ------------------------------------------------------------------------------

    def vary(self, path: str, values: str = "") -> bool:
        """Vary a setting; with values that suit it where none are given."""
        setting = next((found for found in every_setting(self._project) if found.path == path), None)
        if setting is None or any(row.path == path for row in self.rows):
            return False
        self._add(setting, values or suited(setting))
        self._offer()
        self._changed()
        return True

    def _add_chosen(self, place: int) -> None:
        path = self.add.itemData(place)
        if isinstance(path, str):
            self._want(path)

    def _add_typed(self) -> None:
        """Vary what was typed: a name in the list, or a path."""
        typed = self.add.currentText().strip()
        place = self.add.findText(typed, Qt.MatchFlag.MatchFixedString)
        self._want(self.add.itemData(place) if place >= 0 else typed)

    def _want(self, path: str) -> None:
        """Vary a setting soon: Return in the list of what was typed is told twice, and the list changes."""
        if not self._wanted:
            self._wanted = path
            QTimer.singleShot(0, self._take_wanted)

    def _take_wanted(self) -> None:
        path, self._wanted = self._wanted, ""
        self.vary(path)

    def _add(self, setting: Setting, values: str) -> None:
        row = VariableRow(setting, values)
        row.changed.connect(self._changed)
        row.removed.connect(lambda: self._take_out(row))
        self.rows.append(row)
        self._variables.addWidget(row)

    def _take_out(self, row: VariableRow) -> None:
        self._remove(row)
        self._offer()
        self._changed()

    def _remove(self, row: VariableRow) -> None:
        self.rows.remove(row)
        self._variables.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _metric_chosen(self) -> None:
        self._take_direction()
        self._changed()

    def _take_direction(self) -> None:
        direction = direction_of(self.figure.currentData() or "val_loss")
        self.direction.setCurrentIndex(self.direction.findData(direction))

    def _changed(self, *_: object) -> None:
        self.changed.emit()

    def plan(self) -> SweepPlan | Message:
        """Give what was entered; or why no sweep can be made of it."""
        read = [row.read(self._project) for row in self.rows]
        variables = tuple(one for one in read if one is not None)
        if len(variables) < len(read):
            return Message("Mend the values first.")
        try:
            return checked(
                SweepPlan(
                    variables,
                    self.method.currentData(),
                    self.trials.value(),
                    60.0 * self.minutes.value(),
                    self.figure.currentData() or "val_loss",
                    self.direction.currentData(),
                    self.prune.isChecked(),
                )
            )
        except NetwrightError as error:
            return error.message


def suited(setting: Setting) -> str:
    """Give values worth trying, around the value of now."""
    if setting.options:
        return ",".join(setting.options[:4])
    parameter, value = setting.parameter, setting.value
    assert parameter is not None  # only a choice among types has none
    match parameter.kind:
        case "bool":
            return "yes,no"
        case "choice":
            return ",".join(parameter.choices)
        case "float" if isinstance(value, (int, float)) and value > 0:
            low, high = value / 10, value * 10
            if parameter.high is not None and high > parameter.high:
                return f"{0.0 if parameter.low is None else parameter.low:g}..{parameter.high:g}"
            return f"{max(low, parameter.low or 0.0):g}..{high:g}:log"
        case "float":
            return f"{parameter.low or 0.0:g}..{1.0 if parameter.high is None else parameter.high:g}"
        case "int" if isinstance(value, int):
            least = int(parameter.low) if parameter.low is not None else min(value, 1)
            most = None if parameter.high is None else int(parameter.high)
            low_end, high_end = max(value // 2, least), max(value * 2, value + 1)
            high_end = high_end if most is None else min(high_end, most)
            return f"{low_end}..{high_end}" if low_end < high_end else str(value)
        case "size" if isinstance(value, int):
            least = 0 if parameter.low is None else int(parameter.low)
            return f"{max(value - 2, least)}..{value + 2}"
    return written(value).replace(",", "x")
