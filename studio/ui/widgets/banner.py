"""A line over the canvas that tells something without stopping anybody, until it is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, themes
from studio.ui.widgets.plain import label, tip
from studio.ui.words.text import languages, live, say

Kind = Literal["info", "good", "warning", "error"]

Offer = tuple[Message, Callable[[], object]]
"""A button of a banner: what it says and what it does."""


ROOM = 320
"""The least room beside the buttons that a text is given, in pixels."""


class Banner(QFrame):
    """One such line."""

    def __init__(
        self, kind: Kind, text: Message, offers: Sequence[Offer], *, closable: bool, low: bool = False
    ) -> None:
        """Make the line.

        Args:
            kind: its colour and picture.
            text: what it tells.
            offers: buttons at its right.
            closable: whether a person can close it.
            low: it takes a single row: what does not fit there is in its tool tip.
        """
        super().__init__()
        self.kind, self.text, self._low = kind, text, low
        self.setProperty("kind", kind)
        self._grid = QGridLayout(self)
        above = 0 if low else SPACE_SMALL
        self._grid.setContentsMargins(SPACE, above, SPACE_SMALL, above)
        self._grid.setSpacing(SPACE_SMALL)
        self._grid.setColumnStretch(1, 1)
        self._mark = QLabel()
        self._label = label(wrap=not low)
        if low:
            self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(self._mark, 0, 0)
        self._grid.addWidget(self._label, 0, 1)
        self._offers = [(QPushButton(), said, slot) for said, slot in offers]
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)
        for button, _, slot in self._offers:
            button.clicked.connect(lambda _=False, slot=slot: slot())
            if low:
                button.setProperty("kind", "flat")
            row.addWidget(button)
        row.addStretch(1)
        self._buttons.setVisible(bool(self._offers))
        self._grid.addWidget(self._buttons, 0, 2)
        self.close_button = QToolButton()
        live_icon(self.close_button, "close")
        live(self.close_button.setToolTip, "Close")
        live(self.close_button.setAccessibleName, "Close")
        self.close_button.setVisible(closable)
        self._grid.addWidget(self.close_button, 0, 3)
        languages.changed.connect(self._show)
        themes.changed.connect(self._show)
        self._show()

    def buttons(self) -> list[QPushButton]:
        """Give the buttons of what is offered."""
        return [button for button, _, _ in self._offers]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the text where they would leave it no room beside them."""
        super().resizeEvent(event)
        if self._low:
            self._elide()
            return
        below = self.width() - self._buttons.sizeHint().width() < ROOM
        if below != (self._grid.itemAtPosition(1, 1) is not None):
            self._grid.removeWidget(self._buttons)
            self._grid.addWidget(self._buttons, *((1, 1) if below else (0, 2)))

    def _show(self) -> None:
        self._mark.setPixmap(icon(self.kind).pixmap(QSize(18, 18)))
        self._label.setText(say(self.text))
        self._elide()
        for button, said, _ in self._offers:
            button.setText(say(said))

    def _elide(self) -> None:
        if self._low:
            said = say(self.text)
            metrics = self._label.fontMetrics()
            shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, self._label.width())
            self._label.setText(shown)
            self._label.setToolTip(tip(said) if shown != said else "")


class Banners(QWidget):
    """The lines over the canvas, each under a name of its own so that none comes twice."""

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_SMALL // 2)
        self._shown: dict[str, Banner] = {}
        self.hide()

    def show_banner(
        self,
        name: str,
        kind: Kind,
        text: Message,
        offers: Sequence[Offer] = (),
        *,
        closable: bool = True,
        low: bool = False,
    ) -> Banner:
        """Show a line, in place of an earlier one of the same name."""
        self.remove(name)
        banner = Banner(kind, text, offers, closable=closable, low=low)
        banner.close_button.clicked.connect(lambda: self.remove(name))
        self._shown[name] = banner
        self._column.addWidget(banner)
        self.show()
        return banner

    def remove(self, name: str) -> None:
        """Take a line away."""
        banner = self._shown.pop(name, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._shown))

    def clear(self) -> None:
        """Take every line away."""
        for name in list(self._shown):
            self.remove(name)

    def get(self, name: str) -> Banner | None:
        """Give a line that is shown."""
        return self._shown.get(name)
