"""Every step of the history in a menu, to jump to any of them."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from studio.graph import Message
from studio.ui.document import Document
from studio.ui.words.text import live, say, tr

MOST = 25
"""How many steps before and after the current one are listed."""


class HistoryMenu(QMenu):
    """Lists the steps when it opens; choosing one undoes or redoes up to it."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        """Make the menu of a document."""
        super().__init__(parent)
        self._document = document
        live(self.setTitle, "History")
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the steps as they are now, the latest first."""
        self.clear()
        history = self._document.history
        labels: list[Message | None] = [None, *history.labels()]
        first = max(0, history.position - MOST)
        for position in range(min(len(labels) - 1, history.position + MOST), first - 1, -1):
            label = labels[position]
            # A name in a label may hold an ampersand, which a menu would read as a key.
            text = say(label) if label is not None else tr("As it was opened")
            action = self.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(position == history.position)
            action.triggered.connect(lambda _=False, position=position: history.jump(position))
