"""The first page: begin anew, go on with a recent file, or start from a template."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
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
from studio.project.gallery import Template, templates
from studio.ui.frame.template_card import CARD, PICTURE, Card
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import (
    FONT_SMALL,
    SPACE,
    SPACE_HUGE,
    SPACE_LARGE,
    SPACE_SMALL,
    SPACE_TINY,
    font,
    theme,
    themes,
)
from studio.ui.settings import Recent, Settings
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import short
from studio.ui.words.text import fixed, language, languages, live, tr

Thumbnail = Callable[[Path, int, int, bool], QPixmap | None]
"""Draws a project file: its path, width, height, and whether on dark; None where it cannot be drawn."""

_OnPath = Callable[[Path], object]

FOLDER = 228
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


class Welcome(QScrollArea):
    """The page that the program opens with."""

    new = Signal()
    open = Signal()
    open_path = Signal(object)
    template = Signal(str)

    def __init__(self, settings: Settings, thumbnail: Thumbnail) -> None:
        """Make the page; pictures come after it is painted.

        Args:
            settings: knows the recent files.
            thumbnail: draws a template's network.
        """
        super().__init__()
        self._settings, self._thumbnail = settings, thumbnail
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        live(self.setAccessibleName, "Welcome page")
        page = QWidget()
        self.setWidget(page)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(SPACE_HUGE, SPACE_HUGE, SPACE_HUGE, SPACE_HUGE)
        outer.setSpacing(SPACE_HUGE + SPACE)
        left = QWidget()
        left.setFixedWidth(320)
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, SPACE_LARGE, 0, 0)
        self._left.setSpacing(SPACE_SMALL)
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, SPACE_LARGE, 0, 0)
        self._right.setSpacing(SPACE)
        outer.addStretch(1)
        outer.addWidget(left, 0)
        outer.addLayout(self._right, 8)
        outer.addStretch(1)
        self._add_head()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACE_TINY)
        self._left.addLayout(self._recent)
        self._left.addStretch(1)
        self._right.addWidget(label("Start from a template", "heading"))
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE)
        self._right.addLayout(self._grid)
        self._right.addStretch(1)
        self.cards: list[Card] = []
        self._found: list[Template] = []
        self._columns = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw_next)
        self._waiting: list[int] = []
        languages.changed.connect(self.refresh)
        themes.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the recent files and the templates as they are now."""
        self._show_recent()
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self._found = templates(language())
        blank = Card(tr("Blank canvas"), tr("Begin with nothing and drag your own blocks."), "add")
        blank.clicked.connect(self.new)
        self.cards = [blank]
        for found in self._found:
            card = Card(found.title, found.summary, "template")
            card.set_aside(short(found.parameters) if found.parameters else "")
            card.clicked.connect(lambda _=False, id=found.id: self.template.emit(id))
            self.cards.append(card)
        self._columns = 0
        self._place()
        self._waiting = list(range(len(self._found)))
        if self.isVisible():
            self._timer.start(0)

    def draw_pictures(self) -> None:
        """Draw the pictures of the templates one by one, with the window free between them."""
        self._timer.start(0)

    def _draw_next(self) -> None:
        if not self._waiting:
            return
        index = self._waiting.pop(0)
        ratio = self.devicePixelRatioF()
        width, height = round(PICTURE.width() * ratio), round(PICTURE.height() * ratio)
        picture = self._thumbnail(self._found[index].project, width, height, theme().dark)
        if picture is not None:
            picture.setDevicePixelRatio(ratio)
            self.cards[index + 1].set_picture(picture)
        self._timer.start(0)

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

    def _place(self) -> None:
        """Lay the cards out in as many columns as there is room for."""
        room = max(self.viewport().width() - 320 - 4 * SPACE_HUGE - SPACE, CARD.width())
        columns = max(1, min(4, (room + SPACE) // (CARD.width() + SPACE)))
        if columns != self._columns:
            self._columns = columns
            for index, card in enumerate(self.cards):
                self._grid.addWidget(card, index // columns, index % columns, Qt.AlignmentFlag.AlignLeft)
                card.show()
            self._grid.setColumnStretch(columns, 1)
            QWidget.setTabOrder(self.open_button, self.cards[0])
            for before, after in pairwise(self.cards):
                QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        super().resizeEvent(event)
        self._place()
