"""The lines of the source that are written for a block, in the inspector."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QSizePolicy

from studio.ui.keys.actions import is_enter
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, fixed_font
from studio.ui.widgets.plain import Fold
from studio.ui.words.text import live

MOST = 8
"""How many lines are seen at once."""


class _Lines(QPlainTextEdit):
    """Lines to read and copy; a click or Enter asks for their place."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("role", "code")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(fixed_font())
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        live(self.setAccessibleName, "Code of the block")

    def sizeHint(self) -> QSize:
        """Be as high as the lines, and the bar below them."""
        rows = min(self.blockCount(), MOST)
        room = QFontMetrics(self.font()).lineSpacing() * rows + 2 * int(self.document().documentMargin())
        return QSize(120, room + 2 * self.frameWidth() + self.horizontalScrollBar().sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the place where nothing was selected."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the place by Enter."""
        if is_enter(event):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


class NodeCode(Fold):
    """A part of the inspector with the lines of one block; hidden while they are not known."""

    wanted = Signal()
    """The lines are to be shown where they stand."""

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__("Code", opened=True)
        self.lines = _Lines()
        self.lines.wanted.connect(self.wanted)
        self.copy_button, self.show_button = QPushButton(), QPushButton()
        for button, text, image in (
            (self.copy_button, "Copy", "copy"),
            (self.show_button, "Show in the code", "code"),
        ):
            button.setProperty("kind", "flat")
            live(button.setText, text)
            live_icon(button, image, "accent")
        self.copy_button.clicked.connect(self.copy)
        self.show_button.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        row.addWidget(self.show_button)
        self.add(self.lines)
        self.body.addLayout(row)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show lines, moved to the left as far as all of them go."""
        least = min((len(line) - len(line.lstrip()) for line in lines), default=0)
        text = "\n".join(line[least:] for line in lines)
        if text != self.lines.toPlainText():
            self.lines.setPlainText(text)
            self.lines.updateGeometry()
        self.setVisible(bool(text))

    def copy(self) -> None:
        """Put the lines on the clipboard."""
        QGuiApplication.clipboard().setText(self.lines.toPlainText())
