"""The list of the blocks whose weights a block can use."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker

from studio.blocks import Parameter
from studio.ui.panels.fields import Combo, Field, Mixed, Shown
from studio.ui.words.text import languages, tr


class WeightsField(Field):
    """Its own weights, or those of one of the blocks there are; shows names, gives ids."""

    def __init__(self, parameter: Parameter) -> None:
        """Make a list of its own weights alone."""
        super().__init__(parameter)
        self._owners: Mapping[str, str] = {}
        self._value: Shown = ""
        self.combo = Combo()
        self.combo.activated.connect(lambda: self.edited.emit(self.combo.currentData()))
        self.setFocusProxy(self.combo)
        self.row.addWidget(self.combo, 1)
        languages.changed.connect(self._fill)
        self._fill()

    def offer(self, owners: Mapping[str, str]) -> None:
        """Take the blocks there are now: id to name."""
        if owners != self._owners:
            self._owners = dict(owners)
            self._fill()

    def show_value(self, value: Shown) -> None:
        """Show whose weights are used."""
        if value != self._value:
            self._value = value
            self._fill()

    def _fill(self) -> None:
        chosen = "" if isinstance(self._value, Mixed) else str(self._value)
        with QSignalBlocker(self.combo):
            self.combo.clear()
            self.combo.addItem(tr("Its own"), "")
            for id, name in self._owners.items():
                self.combo.addItem(tr("Those of {name}", name=name), id)
            if chosen and chosen not in self._owners:
                self.combo.addItem(chosen, chosen)
            self.combo.setPlaceholderText(tr("several values") if isinstance(self._value, Mixed) else "")
            mixed = isinstance(self._value, Mixed)
            self.combo.setCurrentIndex(-1 if mixed else self.combo.findData(chosen))
