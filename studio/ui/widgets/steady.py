"""A label whose words change many times a second without a new layout of anything around it.

A `QLabel` asks everyone up to the window for a new layout with each new text: with ten texts a second of a
training that was half of what the window computed meanwhile.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studio.ui.widgets.plain import label
from studio.ui.words.text import fixed


class SteadyLabel(QWidget):
    """Shows a text in a room of its own; only a text of another height asks for another room.

    Attributes:
        inner: the label that holds the text.
    """

    def __init__(self, width: int, least: int, *, wrap: bool = False, role: str = "muted") -> None:
        """Make a label without a text.

        Args:
            width: the room it likes to have, in pixels.
            least: the room it needs.
            wrap: let the text run over several lines.
            role: a role of the stylesheet.
        """
        super().__init__()
        self._width, self._least = width, least
        self.inner: QLabel = label(role=role, wrap=wrap)
        self.inner.setParent(self)
        self.inner.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._words: tuple[str, ...] = ("",)
        self._lines = self._height()
        # As wide as it is given: the words have no say in it.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Give what it says."""
        return self.inner.text()

    def say(self, text: str, *shorter: str) -> None:
        """Say something else: what is longer only where it fits into one line.

        Args:
            text: all of it.
            shorter: what is said in its place where there is too little room, ever shorter.
        """
        self._words = (text, *shorter)
        self._choose()

    def _choose(self) -> None:
        room, wide = self.width(), self.inner.fontMetrics().horizontalAdvance
        text = next((text for text in self._words if wide(text) <= room), self._words[-1])
        if text != self.inner.text():
            fixed(self.inner.setText, text)
            self._settle()

    def sizeHint(self) -> QSize:
        """Take the room it likes, whatever it says."""
        return QSize(self._width, self._lines)

    def minimumSizeHint(self) -> QSize:
        """Give way where there is little room."""
        return QSize(self._least, self._lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out anew."""
        super().resizeEvent(event)
        self.inner.setGeometry(self.rect())
        self._choose()
        self._settle()

    def _settle(self) -> None:
        lines = self._height()
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _height(self) -> int:
        least = self.inner.fontMetrics().lineSpacing() + 2
        if not self.inner.wordWrap() or not self.inner.text():
            return least
        return max(least, self.inner.heightForWidth(max(1, self.width())))
