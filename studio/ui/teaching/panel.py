"""The dock with the lesson of the open project: its page, its place on the ladder, what a step did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.teaching.reader import Reader
from studio.ui.widgets.banner import Banners
from studio.ui.widgets.plain import label, tip
from studio.ui.words.text import fixed, live


class LessonPanel(QWidget):
    """Shows a lesson; the `Teacher` says which, and does what its links ask for."""

    gallery_wanted = Signal()
    back_wanted = Signal()
    """From a variant back to the project that the lesson begins with."""

    def __init__(self) -> None:
        """Begin without a lesson."""
        super().__init__()
        self.reader = Reader()
        self.banners = Banners()
        self.step = label(role="caption")
        self.variant = QPushButton()
        self.variant.setProperty("kind", "flat")
        live_icon(self.variant, "back", "accent")
        live(self.variant.setToolTip, "Open the project that the lesson begins with.")
        live(self.variant.setAccessibleName, "Open the project that the lesson begins with.")
        self.variant.clicked.connect(self.back_wanted)
        self.variant.hide()
        self.smaller, self.larger, self.gallery = QToolButton(), QToolButton(), QToolButton()
        for button, name, said in (
            (self.smaller, "zoom_out", "Smaller letters"),
            (self.larger, "zoom_in", "Larger letters"),
            (self.gallery, "template", "All templates"),
        ):
            live_icon(button, name)
            live(button.setToolTip, said)
            live(button.setAccessibleName, said)
        self.smaller.clicked.connect(lambda: self.reader.step(-1))
        self.larger.clicked.connect(lambda: self.reader.step(1))
        self.gallery.clicked.connect(self.gallery_wanted)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._lesson())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages)
        self.setFocusProxy(self.reader)

    def show_lesson(self, there: bool) -> None:
        """Show the page, or that there is no lesson."""
        self._pages.setCurrentIndex(int(there))

    @property
    def has_lesson(self) -> bool:
        """Whether a lesson is shown."""
        return self._pages.currentIndex() == 1

    def show_variant(self, name: str) -> None:
        """Say that another project of the template is open; an empty name is its own."""
        self.variant.setVisible(bool(name))
        if name:
            live(self.variant.setText, "Back from “{name}”", name=name)

    def show_step(self, number: int, of: int) -> None:
        """Say where the lesson stands on the ladder; 0 where it stands on none."""
        if number:
            live(self.step.setText, "Lesson {number} of {count}", number=number, count=of)
        else:
            fixed(self.step.setText, "")

    def show_hint(self, text: str) -> None:
        """Say at the pointer where a link leads."""
        self.reader.setToolTip(tip(text))

    def _lesson(self) -> QWidget:
        page = QWidget()
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE_TINY, SPACE_TINY, SPACE_TINY)
        bar.setSpacing(SPACE_TINY)
        bar.addWidget(self.step)
        bar.addWidget(self.variant)
        bar.addStretch(1)
        for button in (self.smaller, self.larger, self.gallery):
            button.setAutoRaise(True)
            bar.addWidget(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.banners)
        column.addWidget(self.reader, 1)
        return page

    def _empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(
            label("This project comes from no template, so there is no lesson for it.", "muted", wrap=True)
        )
        choose = QPushButton()
        live(choose.setText, "Choose a template…")
        live_icon(choose, "template")
        choose.clicked.connect(self.gallery_wanted)
        column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page
