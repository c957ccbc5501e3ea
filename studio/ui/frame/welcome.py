"""The first page: begin anew, go on with a recent file, or start from a template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph.text import ASSETS
from studio.project.gallery import Template
from studio.project.own_templates import every_template
from studio.ui.frame.template_card import CARD, Card
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import (
    FONT_SMALL,
    SPACE,
    SPACE_HUGE,
    SPACE_LARGE,
    SPACE_SMALL,
    SPACE_TINY,
    font,
)
from studio.ui.settings import Recent, Settings
from studio.ui.teaching.grid import Grid, Thumbnail
from studio.ui.teaching.ladder import Ladder
from studio.ui.widgets.plain import label, tip
from studio.ui.words.text import fixed, language, languages, live

LEFT = 320
"""Room of the recent files, in pixels."""

FOLDER = 212
"""Room of a folder's name in the list of recent files, in pixels."""


class RecentRow(QFrame):
    """A file that was open before."""

    def __init__(
        self, recent: Recent, opened: Callable[[Path], object], gone: Callable[[Path], object]
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_TINY)
        self.button = QPushButton()
        self.button.setProperty("kind", "flat")
        self.button.setProperty("lines", 2)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setEnabled(not recent.missing)
        self.button.setToolTip(tip(str(recent.path)))
        self.button.clicked.connect(lambda: opened(recent.path))
        name, folder = label(), label(role="caption")
        metrics = QFontMetrics(font(FONT_SMALL))
        fixed(name.setText, recent.path.stem)
        shown = str(recent.path.parent)
        if recent.missing:
            live(folder.setText, "Not found: {folder}", folder=shown)
            name.setEnabled(False)
        else:
            fixed(folder.setText, metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, FOLDER))
        mark = QLabel()
        mark.setPixmap(icon("warning" if recent.missing else "file", "muted").pixmap(QSize(18, 18)))
        inner = QHBoxLayout(self.button)
        inner.setContentsMargins(SPACE_SMALL, SPACE_TINY, SPACE_SMALL, SPACE_TINY)
        inner.setSpacing(SPACE_SMALL)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for part in (name, folder):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(part)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(mark)
        inner.addLayout(texts, 1)
        self.button.setAccessibleName(f"{recent.path.stem}, {recent.path.parent}")
        row.addWidget(self.button, 1)
        remove = QToolButton()
        live_icon(remove, "close", "muted")
        live(remove.setToolTip, "Remove from this list")
        live(remove.setAccessibleName, "Remove from this list")
        remove.clicked.connect(lambda: gone(recent.path))
        row.addWidget(remove)


class Welcome(QWidget):
    """The page that the program opens with."""

    new = Signal()
    open = Signal()
    open_path = Signal(object)
    template = Signal(object)
    gallery = Signal()

    def __init__(self, settings: Settings, ladder: Ladder, thumbnail: Thumbnail) -> None:
        """Make the page; pictures come after it is painted.

        Args:
            settings: knows the recent files.
            ladder: how far a person came with each lesson.
            thumbnail: draws a template's network.
        """
        super().__init__()
        self._settings = settings
        live(self.setAccessibleName, "Welcome page")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE_HUGE, 0, 0, 0)
        outer.setSpacing(SPACE_HUGE)
        left, beside = QWidget(), QScrollArea()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, SPACE_HUGE + SPACE, SPACE_SMALL, SPACE)
        self._left.setSpacing(SPACE_SMALL)
        self._add_head()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACE_TINY)
        self._left.addLayout(self._recent)
        self._left.addStretch(1)
        _bare(beside, left, "Recent files")
        beside.setFixedWidth(LEFT)
        self.grid = Grid(thumbnail, ladder, _every, blank=True)
        self.grid.chosen.connect(self._choose)
        page, whole = QWidget(), QScrollArea()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, SPACE, SPACE, SPACE_HUGE)
        inner.addWidget(self.grid)
        _bare(whole, page, "Start from a template")
        whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.setMinimumWidth(CARD.width() + 2 * SPACE)
        self._whole = whole
        right = QVBoxLayout()
        right.setContentsMargins(0, SPACE_HUGE + SPACE, 0, 0)
        right.setSpacing(0)
        right.addLayout(self._bar())
        right.addWidget(whole, 1)
        outer.addWidget(beside, 0)
        outer.addLayout(right, 1)
        languages.changed.connect(self.refresh)
        self.refresh()

    @property
    def cards(self) -> list[Card]:
        """The card of a blank canvas, and one for each template."""
        return self.grid.cards

    @property
    def found(self) -> list[Template]:
        """The templates, in the order of their cards."""
        return self.grid.templates

    def refresh(self) -> None:
        """Show the recent files and the templates as they are now."""
        self._show_recent()
        self.grid.show_templates(_every(language()))

    def draw_pictures(self) -> None:
        """Draw the pictures of the templates one by one, with the window free between them."""
        self.grid.draw_pictures()

    def _choose(self, template: Template | None) -> None:
        if template is None:
            self.new.emit()
        else:
            self.template.emit(template)

    def _bar(self) -> QVBoxLayout:
        """Make the heading of the templates, and what narrows them."""
        bar, column = QHBoxLayout(), QVBoxLayout()
        column.setContentsMargins(0, 0, SPACE_HUGE, 0)
        column.setSpacing(SPACE_SMALL)
        bar.addWidget(label("Start from a template", "heading"))
        self.gallery_button = QPushButton()
        self.gallery_button.setProperty("kind", "flat")
        live(self.gallery_button.setText, "All about them…")
        live(self.gallery_button.setToolTip, "Look closer, add a folder of templates, or take one out.")
        live_icon(self.gallery_button, "template", "accent")
        self.gallery_button.clicked.connect(self.gallery)
        bar.addWidget(self.gallery_button)
        bar.addStretch(1)
        column.addLayout(bar)
        self.grid.filters.setMaximumWidth(3 * CARD.width() + 2 * SPACE)
        column.addWidget(self.grid.filters)
        return column

    def _add_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        picture = QLabel()
        picture.setPixmap(
            QPixmap(str(ASSETS / "icon.svg")).scaled(
                56, 56, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        head.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = label(role="title")
        fixed(name.setText, "Netwright")
        words.addWidget(name)
        words.addWidget(label("Draw a network, watch it learn, take it away.", "muted", wrap=True))
        head.addLayout(words, 1)
        self._left.addLayout(head)
        self._left.addSpacing(SPACE)
        self.new_button, self.open_button = QPushButton(), QPushButton()
        self.new_button.setProperty("kind", "primary")
        live(self.new_button.setText, "New project")
        live(self.open_button.setText, "Open…")
        live_icon(self.new_button, "new", "accent_text")
        live_icon(self.open_button, "open")
        self.new_button.clicked.connect(self.new)
        self.open_button.clicked.connect(self.open)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_SMALL)
        buttons.addWidget(self.new_button, 1)
        buttons.addWidget(self.open_button, 1)
        self._left.addLayout(buttons)
        self._left.addSpacing(SPACE_LARGE)
        self._left.addWidget(label("Recent files", "heading"))

    def _show_recent(self) -> None:
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = self._settings.recent()
        for recent in found[:8]:
            self._recent.addWidget(RecentRow(recent, self.open_path.emit, self._remove))
        if not found:
            self._recent.addWidget(label("Files that you open or save are listed here.", "muted", wrap=True))

    def recent_rows(self) -> list[RecentRow]:
        """Give the rows of the recent files, the latest first."""
        items = (self._recent.itemAt(place) for place in range(self._recent.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, RecentRow)]

    def _remove(self, path: Path) -> None:
        self._settings.remove_recent(path)
        self._show_recent()


def _every(code: str) -> list[Template]:
    return list(every_template(code).templates)


def _bare(area: QScrollArea, page: QWidget, name: str) -> None:
    """Have a page scrolled, with nothing to be seen of that."""
    live(area.setAccessibleName, name)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
