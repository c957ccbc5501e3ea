"""A row of a table to be filled in: a field for each column, at first with what is usual in the data."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.widgets.plain import label, tip
from studio.ui.words.text import fixed, live, tr

if TYPE_CHECKING:
    from studio.train import Evaluation
    from studio.train.judging.trying import Column

MOST = 200
"""Columns that have a field; the other ones stay as usual."""

_PATIENCE = 150
_FAR = 1e12


class RowForm(QWidget):
    """Fields of columns, one below the other."""

    changed = Signal()
    """A field was filled in."""

    def __init__(self) -> None:
        """Make it without columns."""
        super().__init__()
        self._columns: tuple[Column, ...] = ()
        self._evaluation: Evaluation | None = None
        self.fields: dict[str, QWidget] = {}
        self._chance = random.Random()
        self.sample_button = QPushButton()
        live(self.sample_button.setText, "Fill from a sample")
        live(self.sample_button.setToolTip, "Take the values of a test sample that is chosen by chance")
        self.sample_button.clicked.connect(self.fill_by_chance)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self._area.setAccessibleName, "The row to try")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self._area, 1)
        column.addWidget(self.sample_button)
        self._told = QTimer(self)
        self._told.setSingleShot(True)
        self._told.setInterval(_PATIENCE)
        self._told.timeout.connect(self.changed)

    def set_columns(self, columns: Sequence[Column], evaluation: Evaluation) -> None:
        """Make a field for each column."""
        self._columns, self._evaluation = tuple(columns), evaluation
        self.fields = {}
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, SPACE_SMALL, 0)
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(SPACE_SMALL)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(self._columns[:MOST]):
            name = label(role="muted")
            shown = name.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideRight, 150)
            fixed(name.setText, shown)
            name.setToolTip(tip(one.name))
            field = self._field(one)
            field.setAccessibleName(one.name)
            field.setMinimumWidth(72)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            name.setBuddy(field)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            self.fields[one.name] = field
        grid.setRowStretch(len(self.fields), 1)
        self._area.setWidget(page)
        self._told.stop()

    def _field(self, one: Column) -> QWidget:
        if one.words:
            combo = QComboBox()
            combo.addItems(list(one.words))
            combo.setCurrentText(str(one.usual))
            combo.currentIndexChanged.connect(self._told.start)
            return combo
        if isinstance(one.usual, str):
            line = QLineEdit(one.usual)
            line.textChanged.connect(self._told.start)
            return line
        spin = QDoubleSpinBox()
        spin.setRange(-_FAR, _FAR)
        reach = one.high - one.low
        spin.setDecimals(0 if one.whole else max(0, min(6, 3 - math.floor(math.log10(reach or 1)))))
        spin.setSingleStep(1.0 if one.whole else 10.0 ** math.floor(math.log10((reach or 1) / 20)))
        spin.setValue(one.usual)
        spin.setToolTip(
            tip(tr("In the data from {low} to {high}", low=f"{one.low:.6g}", high=f"{one.high:.6g}"))
        )
        spin.valueChanged.connect(self._told.start)
        return spin

    def cells(self) -> dict[str, float | str]:
        """Give what is filled in, by column."""
        found: dict[str, float | str] = {one.name: one.usual for one in self._columns}
        for name, field in self.fields.items():
            if isinstance(field, QDoubleSpinBox):
                found[name] = field.value()
            elif isinstance(field, QComboBox):
                found[name] = field.currentText()
            elif isinstance(field, QLineEdit):
                found[name] = field.text()
        return found

    def fill(self, cells: Sequence[tuple[str, float | str]]) -> None:
        """Fill some fields."""
        for name, value in cells:
            field = self.fields.get(name)
            if isinstance(field, QDoubleSpinBox) and not isinstance(value, str):
                field.setValue(value)
            elif isinstance(field, QComboBox):
                field.setCurrentText(str(value))
            elif isinstance(field, QLineEdit):
                field.setText(str(value))
        self._told.start()

    def fill_by_chance(self) -> None:
        """Fill the fields from a sample of the test."""
        found = self._evaluation
        if found is not None and found.count:
            self.fill(found.shown(self._chance.randrange(found.count)).row)

    def reset(self) -> None:
        """Fill in what is usual."""
        if self._columns:
            self.fill([(one.name, one.usual) for one in self._columns])
