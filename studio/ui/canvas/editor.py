"""Writing on the canvas itself: over the place where a name, a title or a note is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Done = Callable[[str], None]
"""Takes the text that was written."""


class _Ending(QWidget):
    """When an editor ends, and that its keys are its own."""

    _before = ""
    _over = False
    _done: Done

    def begin(self, place: QRect, font: QFont, text: str, done: Done) -> None:
        """Begin to write.

        Args:
            place: where, in pixels of the parent.
            font: the font of the text that it covers, at the zoom in use.
            text: what it says now.
            done: takes the new text; not called when nothing was changed.
        """
        self._before, self._done = text, done
        self.setFont(font)
        self.setGeometry(place)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def written(self) -> str:
        """Give what it says."""
        return ""

    def event(self, event: QEvent) -> bool:
        """Keep every key for the text: the canvas and the window have shortcuts on many."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written when something else is clicked; a menu of its own is not something else."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish(keep=True)

    def finish(self, *, keep: bool) -> None:
        """Stop writing, once."""
        if self._over:
            return
        self._over = True
        text, parent = self.written(), self.parentWidget()
        if self.hasFocus() and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()
        if keep and text != self._before:
            self._done(text)


class LineEditor(_Ending, QLineEdit):
    """One line; Enter keeps it, Esc does not."""

    def written(self) -> str:
        """Give what it says."""
        return self.text()

    def begin(self, place: QRect, font: QFont, text: str, done: Done) -> None:
        """Begin to write, with everything selected."""
        self.setText(text)
        self.selectAll()
        super().begin(place, font, text, done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep or forget what was written."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.finish(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        else:
            super().keyPressEvent(event)


class NoteEditor(_Ending, QPlainTextEdit):
    """Several lines; Esc, Ctrl+Enter or a click elsewhere keeps them."""

    def written(self) -> str:
        """Give what it says."""
        return self.toPlainText()

    def begin(self, place: QRect, font: QFont, text: str, done: Done) -> None:
        """Begin to write, with everything selected."""
        self.setPlainText(text)
        self.selectAll()
        super().begin(place, font, text, done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what was written at the end."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and ctrl):
            self.finish(keep=True)
        else:
            super().keyPressEvent(event)
