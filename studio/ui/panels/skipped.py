"""A line on what of the data was left out or changed; it opens to a list with one sentence for each file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout

from studio.graph import Message
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY, themes
from studio.ui.widgets.plain import label
from studio.ui.words.text import fixed, languages, live, say

HEIGHT = 92
"""The list scrolls beyond this height, so that the curves keep their room."""


class Skipped(QFrame):
    """What of the data of a run was left out; hidden while there is nothing."""

    def __init__(self) -> None:
        """Begin with nothing left out."""
        super().__init__()
        self._said: Message | None = None
        self._notes: tuple[Message, ...] = ()
        self.setProperty("kind", "warning")
        self._mark = QLabel()
        self.told = label(wrap=True)
        self.button = QPushButton()
        self.button.clicked.connect(lambda: self.open(not self.opened))
        self.names = label(role="caption", wrap=True)
        self.names.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.names.setContentsMargins(SPACE_TINY, 0, SPACE_TINY, SPACE_TINY)
        self._list = QScrollArea()
        self._list.setWidget(self.names)
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMaximumHeight(HEIGHT)
        for ground in (self._list, self._list.viewport(), self.names):
            ground.setAutoFillBackground(False)  # that of the line shows through
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        live(self._list.setAccessibleName, "Skipped and changed files")
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self._mark)
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_TINY)
        column.addLayout(row)
        column.addWidget(self._list)
        languages.changed.connect(self._show)
        themes.changed.connect(self._show)
        self.clear()

    @property
    def opened(self) -> bool:
        """Whether the list is seen."""
        return not self._list.isHidden()

    def tell(self, said: Message, notes: Sequence[Message]) -> None:
        """Tell what was left out, shut at first.

        Args:
            said: in one sentence.
            notes: one sentence for each file.
        """
        self._said, self._notes = said, tuple(notes)
        self.open(False)
        self.show()

    def clear(self) -> None:
        """Tell nothing."""
        self._said, self._notes = None, ()
        self.open(False)
        self.hide()

    def open(self, opened: bool = True) -> None:
        """Open or shut the list."""
        self._list.setVisible(opened)
        self._show()

    def _show(self) -> None:
        self._mark.setPixmap(icon("warning").pixmap(QSize(18, 18)))
        fixed(self.told.setText, say(self._said) if self._said is not None else "")
        fixed(self.names.setText, "\n".join(say(note) for note in self._notes))
        live(self.button.setText, "Hide the files" if self.opened else "Show the files")
        live_icon(self.button, "collapse" if self.opened else "expand")
