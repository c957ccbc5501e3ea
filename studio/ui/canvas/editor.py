"""Writing on the canvas itself: over the place where a name, a title or a note is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Done = Callable[[str], None]
"""Takes the text that was written."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(QObject):
    """A field over the canvas: one line that Enter keeps and Esc does not, or a note that both keep.

    A click elsewhere keeps what was written.
    """

    def __init__(
        self, over: QWidget, place: QRect, font: QFont, text: str, done: Done, *, note: bool
    ) -> None:
        """Begin to write, with everything selected.

        Args:
            over: what the field lies over.
            place: where, in its pixels.
            font: the font of the text that is covered, at the zoom in use.
            text: what it says now.
            done: takes the new text; not called when nothing was changed.
            note: several lines instead of one.
        """
        super().__init__(over)
        self._before, self._done, self._note, self._over = text, done, note, False
        self.field: QLineEdit | QPlainTextEdit = QPlainTextEdit(over) if note else QLineEdit(over)
        if isinstance(self.field, QPlainTextEdit):
            self.field.setPlainText(text)
        else:
            self.field.setText(text)
        self.field.selectAll()
        self.field.setFont(font)
        self.field.setGeometry(place)
        self.field.installEventFilter(self)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep every key for the text, and end where it ends."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()  # the canvas and the window have shortcuts on many keys
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        # The field's own menu is not something else that was clicked.
        menu = Qt.FocusReason.PopupFocusReason
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != menu:
            self.finish(keep=True)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, ctrl = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape:
            self.finish(keep=self._note)
        elif (key in _ENTER and (ctrl or not self._note)) or (key == Qt.Key.Key_Tab and not self._note):
            self.finish(keep=True)
        else:
            return False
        return True

    def written(self) -> str:
        """Give what it says."""
        field = self.field
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    def finish(self, *, keep: bool) -> None:
        """Stop writing, once."""
        if self._over:
            return
        self._over = True
        text, parent = self.written(), self.field.parentWidget()
        if self.field.hasFocus() and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.hide()
        self.field.deleteLater()
        self.deleteLater()
        if keep and text != self._before:
            self._done(text)
