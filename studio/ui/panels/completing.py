"""Completes the name that is being typed in a line of arithmetic."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

_BEGUN = re.compile(r"[^\W\d]\w*$")


class NameCompleter(QObject):
    """Offers the names that begin as the word before the cursor does."""

    completed = Signal()
    """A name was put into the line."""

    def __init__(self, line: QLineEdit, names: Collection[str]) -> None:
        """Offer names in a line.

        Args:
            line: where arithmetic is typed.
            names: what can be completed.
        """
        super().__init__(line)
        self._line = line
        # Not set as the line's own completer: that one would replace the whole text.
        self.list = QCompleter(self)
        self._view = QListView()
        self.list.setPopup(self._view)
        self.list.setModel(QStringListModel(sorted(names), self.list))
        self.list.setWidget(line)
        self.list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.activated.connect(self._put)
        line.textEdited.connect(self._offer)
        line.installEventFilter(self)

    def offered(self) -> list[str]:
        """Give the names that are offered now."""
        model = self.list.completionModel()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def _begun(self) -> str:
        found = _BEGUN.search(self._line.text()[: self._line.cursorPosition()])
        return found[0] if found else ""

    def _offer(self) -> None:
        begun = self._begun()
        self.list.setCompletionPrefix(begun)
        names = self.offered()
        if not begun or not names or names == [begun]:
            self._view.hide()
            return
        self.list.complete()
        self._view.setCurrentIndex(self.list.completionModel().index(0, 0))

    def _put(self, name: str) -> None:
        """Put a name in the place of what was begun."""
        place, text, begun = self._line.cursorPosition(), self._line.text(), self._begun()
        self._line.setText(text[: place - len(begun)] + name + text[place:])
        self._line.setCursorPosition(place - len(begun) + len(name))
        self.completed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab take the first name while the list is open."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._view.isVisible()
        ):
            self._put(str(self._view.currentIndex().data() or self.offered()[0]))
            self._view.hide()
            return True
        return super().eventFilter(watched, event)
