"""Pages of which one is seen, chosen by a strip of buttons beside them, which leaves them all the height."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_TINY
from studio.ui.words.text import live


class Views(QWidget):
    """The pages and the strip."""

    def __init__(self) -> None:
        """Make it without pages."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._pages = QStackedWidget()
        self._strip = QVBoxLayout()
        self._strip.setSpacing(SPACE_TINY)
        self._strip.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_TINY)
        row.addLayout(self._strip)
        row.addWidget(self._pages, 1)
        self._group.idClicked.connect(self._pages.setCurrentIndex)

    def add(self, page: QWidget, icon: str, title: str) -> None:
        """Add a page.

        Args:
            page: what is seen.
            icon: of its button.
            title: what it is, in English.
        """
        button = QToolButton()
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        live_icon(button, icon)
        live(button.setToolTip, title)
        live(button.setAccessibleName, title)
        number = self._pages.addWidget(page)
        self._group.addButton(button, number)
        self._strip.insertWidget(number, button)
        button.setChecked(number == 0)

    def show_page(self, number: int) -> None:
        """Show a page by its number, counted from 0."""
        self._group.button(number).setChecked(True)
        self._pages.setCurrentIndex(number)

    @property
    def page(self) -> int:
        """The number of the page that is seen."""
        return self._pages.currentIndex()

    def offer(self, number: int, there: bool) -> None:
        """Say whether a page can be chosen; of one that cannot any more, the first is seen in its place."""
        self._group.button(number).setVisible(there)
        if not there and self.page == number:
            self.show_page(0)

    def offered(self, number: int) -> bool:
        """Tell whether a page can be chosen."""
        return not self._group.button(number).isHidden()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._pages.count()
