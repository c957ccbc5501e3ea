"""A list that opens at the pointer and is found by typing: blocks to add, or every command.

Both are the same small window: a line, the entries that fit, best first; arrows, Enter, Esc.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.ui.keys.actions import is_enter
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import FONT_SMALL, SPACE_SMALL, SPACE_TINY, colour, font
from studio.ui.widgets.plain import label, tip
from studio.ui.words.matching import Words, ranked
from studio.ui.words.text import live, tr

WIDTH, HEIGHT = 380, 420
_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Entry:
    """One line of the list.

    Attributes:
        text: what it is called, in the language in use.
        words: what it is found by.
        chosen: what happens when it is chosen.
        icon: its picture, as a name of `icons.NAMES` and the role of its colour.
        aside: a short text at the right: a family, a shortcut.
        tip: help on it.
        enabled: whether it can be chosen now.
    """

    text: str
    words: Words
    chosen: Callable[[], object]
    icon: tuple[str, str] = ("", "")
    aside: str = ""
    tip: str = ""
    enabled: bool = True
    key: Any = field(default=None)


class _Delegate(QStyledItemDelegate):
    """Draws the aside at the right of each line."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a line."""
        super().paint(painter, option, index)
        entry = index.data(_ENTRY)
        if isinstance(entry, Entry) and entry.aside:
            painter.save()
            small = font(FONT_SMALL)
            painter.setFont(small)
            painter.setPen(colour("muted"))
            rect: QRect = option.rect
            room = rect.adjusted(rect.width() // 2, 0, -SPACE_SMALL, 0)
            aside = QFontMetrics(small).elidedText(entry.aside, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
            painter.restore()


class SearchPopup(QFrame):
    """A popup with a line to type in and the entries that fit."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make a hidden popup."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, False)
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(True)
        action = self.line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        live_icon(action, "search", "muted")
        self.line.textChanged.connect(lambda _text: self._fill())
        self.line.installEventFilter(self)
        live(self.line.setAccessibleName, "Search")
        self._head = label(role="caption", wrap=True)
        self.list = QListWidget()
        self.list.setProperty("kind", "plain")
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(16, 16))
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        live(self.list.setAccessibleName, "What fits")
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self.line)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        self._entries: Sequence[Entry] = ()
        self._recent: Sequence[Any] = ()

    def open(
        self,
        entries: Sequence[Entry],
        at: QPoint,
        placeholder: str,
        *,
        head: str = "",
        recent: Sequence[Any] = (),
    ) -> None:
        """Show entries at a place of the screen.

        Args:
            entries: everything that can be chosen, in its usual order.
            at: where on the screen.
            placeholder: a template: what stands in the empty line.
            head: a text over the list, such as what the entries have to fit.
            recent: keys of entries used before, the latest first.
        """
        self._entries, self._recent = entries, recent
        live(self.line.setPlaceholderText, placeholder)
        live(self.line.setAccessibleName, placeholder)
        self._head.setText(head)
        self._head.setVisible(bool(head))
        self.line.clear()
        self._fill()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        self.resize(min(WIDTH, free.width()), min(HEIGHT, free.height()))
        left = max(free.left(), min(at.x(), free.right() - self.width()))
        top = max(free.top(), min(at.y(), free.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def texts(self) -> list[str]:
        """Give what is listed."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _fill(self) -> None:
        self.list.clear()
        by_key = {entry.key: entry for entry in self._entries if entry.key is not None}
        recent = [by_key[key] for key in self._recent if key in by_key]
        for entry in ranked(self.line.text(), self._entries, lambda one: one.words, recent):
            name, role = entry.icon
            item = QListWidgetItem(icon(name, role) if name else QIcon(), entry.text)
            item.setData(_ENTRY, entry)
            item.setToolTip(tip(entry.tip))
            if not entry.enabled:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        if not self.list.count():
            nothing = QListWidgetItem(tr("Nothing fits."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self._step(0, 1)

    def _choose(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item is not None else None
        if isinstance(entry, Entry) and entry.enabled:
            # Shut first: what is chosen may open a window of its own.
            self.close()
            entry.chosen()

    def _step(self, row: int, by: int) -> None:
        """Go to a row, or the next one beyond it that can be chosen."""
        while 0 <= row < self.list.count():
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(row)
                return
            row += by

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the line move through the list."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, row = event.key(), self.list.currentRow()
            page = max(1, self.list.height() // max(1, self.list.sizeHintForRow(0)) - 1)
            last = self.list.count() - 1
            if is_enter(event):
                self._choose(self.list.currentItem())
            elif key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
                self._step(row + 1, 1)
            elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
                self._step(row - 1, -1)
            elif key == Qt.Key.Key_PageDown:
                self._step(min(row + page, last), -1)
            elif key == Qt.Key.Key_PageUp:
                self._step(max(row - page, 0), 1)
            elif key == Qt.Key.Key_Escape:
                self.close()
            else:
                return False
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: Any) -> None:
        """Tell that it is gone, however it went."""
        super().hideEvent(event)
        self.closed.emit()
        # Not at once: the list may be in the middle of telling what was clicked.
        QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        """Let go of what could be chosen: it holds the canvas that it was for."""
        if not self.isVisible():
            self._entries = ()
            self.list.clear()
