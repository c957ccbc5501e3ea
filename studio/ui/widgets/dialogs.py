"""Questions and answers that stop a person: few, in plain text, each button saying what it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

import studio
from studio.graph import Message
from studio.ui.looks.theme import SPACE, SPACE_LARGE, SPACE_SMALL
from studio.ui.widgets.plain import label
from studio.ui.words.text import fixed, say, tr

Answer = tuple[str, Message, str]
"""A button: its id, what it says, and its kind: `primary`, `danger`, or empty."""


class Question(QMessageBox):
    """A question with buttons of our own; the first is what Enter does, `cancel` what Esc does."""

    def __init__(
        self,
        parent: QWidget | None,
        title: Message,
        text: Message,
        answers: Sequence[Answer],
        details: str = "",
    ) -> None:
        """Make the question.

        Args:
            parent: the window that it stands before.
            title: what it is about.
            text: what is asked.
            answers: the buttons; one with the id `cancel` is also what closing means.
            details: a long text, folded away, that can be copied.
        """
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setWindowTitle(say(title))
        self.setText(say(title))
        self.setInformativeText(say(text))
        for part in self.findChildren(QLabel):
            part.setTextFormat(Qt.TextFormat.PlainText)
        if details:
            self.setDetailedText(details)
        self._ids = {}
        for id, said, kind in answers:
            role = QMessageBox.ButtonRole.RejectRole if id == "cancel" else QMessageBox.ButtonRole.AcceptRole
            if kind == "danger":
                role = QMessageBox.ButtonRole.DestructiveRole
            button = self.addButton(say(said), role)
            button.setObjectName(id)
            button.setProperty("kind", kind)
            self._ids[button] = id
            if id == answers[0][0]:
                self.setDefaultButton(button)
            if id == "cancel":
                self.setEscapeButton(button)

    def ask(self) -> str:
        """Show the question and give the id of the button that was pressed; `cancel` when shut."""
        self.exec()
        pressed = self.clickedButton()
        return next((id for button, id in self._ids.items() if button is pressed), "cancel")


def ask(
    parent: QWidget | None, title: Message, text: Message, answers: Sequence[Answer], details: str = ""
) -> str:
    """Ask a question and give the id of the chosen answer."""
    question = Question(parent, title, text, answers, details)
    try:
        return question.ask()
    finally:
        question.deleteLater()


def tell(parent: QWidget | None, title: Message, text: Message, details: str = "") -> None:
    """Say something that has to be read before going on."""
    ask(parent, title, text, [("ok", Message("OK"), "primary")], details)


CANCEL: Answer = ("cancel", Message("Cancel"), "")


def ask_text(parent: QWidget, title: Message, question: Message, text: str = "") -> str | None:
    """Ask for a short text; None when it was called off."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(say(title))
    dialog.setLabelText(say(question))
    dialog.setTextValue(text)
    dialog.setOkButtonText(tr("OK"))
    dialog.setCancelButtonText(tr("Cancel"))
    for line in dialog.findChildren(QLineEdit):
        line.setMaxLength(100)
    try:
        return dialog.textValue().strip() or None if dialog.exec() else None
    finally:
        dialog.deleteLater()


class About(QDialog):
    """What the program is, its version, and what it stands on."""

    def __init__(self, parent: QWidget) -> None:
        """Make the page."""
        super().__init__(parent)
        self.setWindowTitle(tr("About Netwright"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        column.setSpacing(SPACE_SMALL)
        picture = QLabel()
        picture.setPixmap(self.windowIcon().pixmap(72, 72))
        column.addWidget(picture)
        name, told, more = label(role="title"), label(wrap=True), label(role="muted", wrap=True)
        fixed(name.setText, f"Netwright {studio.__version__}")
        fixed(told.setText, tr("Draw a neural network, watch it learn, take the trained model away."))
        fixed(
            more.setText,
            tr("Free software under the MIT licence. It works without a network and sends nothing anywhere."),
        )
        for part in (name, told, more):
            part.setMinimumWidth(380)
            column.addWidget(part)
        column.addWidget(close_box(self))


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """Give a row with the button that closes a dialog."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())  # the style's own is black on dark
    box.rejected.connect(dialog.reject)
    return box
