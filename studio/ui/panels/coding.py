"""Writing the code of a custom block, and looking at all code of a project before it is trusted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.blocks.custom import CodeError, Custom, read_code
from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project.coding import set_code
from studio.project.trust import trust
from studio.ui.document import Document
from studio.ui.looks.icons import live_icon
from studio.ui.looks.stylesheet import restyle
from studio.ui.looks.theme import SPACE, SPACE_SMALL
from studio.ui.panels.code_editor import CodeEditor
from studio.ui.widgets.dialogs import ask
from studio.ui.widgets.plain import label
from studio.ui.words.text import fixed, live, say

WAIT_MS = 200
"""Typing is let come to rest before the code is read anew."""

FRESH = '''\
import torch
from torch import nn


class {name}(nn.Module):
    """Say here what the block does."""

    def __init__(self, factor: float = 1.0) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.factor
'''
"""What a new block begins with."""


def fresh_code(project: Project) -> str:
    """Give code to begin a new block with, under a name that is free."""
    name, number = "MyBlock", 2
    while name in project.custom:
        name = f"MyBlock{number}"
        number += 1
    return FRESH.replace("{name}", name)


class CodeDialog(QDialog):
    """An editor for one custom block; what it takes and gives is said while a person types."""

    def __init__(
        self, parent: QWidget, document: Document, name: str, add: Callable[[str], object] | None = None
    ) -> None:
        """Open the code of a block.

        Args:
            parent: the window that it stands before.
            document: the open project.
            name: the block; empty for a new one.
            add: draws a new block, given its type.
        """
        super().__init__(parent)
        self._document, self._name, self._add = document, name, add
        self._before = document.project.custom.get(name, "") or fresh_code(document.project)
        if name:
            live(self.setWindowTitle, "The code of “{name}”", name=name)
        else:
            live(self.setWindowTitle, "A new Python block")
        self.resize(760, 560)
        told = label(role="muted", wrap=True)
        live(
            told.setText,
            "A class of nn.Module, or a function. Its arguments become inputs and settings; your own code"
            " runs on this computer with all your rights.",
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.apply_button, self.cancel_button = QPushButton(), QPushButton()
        self.view = CodeEditor()
        self.view.setReadOnly(False)
        self.view.show_text(self._before)
        self.view.textChanged.connect(self._timer.start)
        self.view.applied.connect(self.apply)
        self.view.leaving.connect(self.apply_button.setFocus)
        self.said = label(wrap=True)
        live(self.apply_button.setText, "Apply" if name else "Add the block")
        live_icon(self.apply_button, "check", "accent_text")
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.clicked.connect(self.apply)
        live(self.cancel_button.setText, "Cancel")
        self.cancel_button.clicked.connect(self.reject)
        for button in (self.apply_button, self.cancel_button):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.said, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(told)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.look()
        self.view.setFocus()

    def look(self) -> bool:
        """Say what the code takes and gives, or what is wrong and where; tells whether it is a block."""
        try:
            set_code(self._document.project, self.view.toPlainText(), self._name)
        except CodeError as error:
            self._refuse(error.line, error.message)
            return False
        except NetwrightError as error:
            self._refuse(0, error.message)
            return False
        self.view.mark({})
        self._say("muted", _summary(read_code(self.view.toPlainText())))
        return True

    def show_fault(self, line: int, message: Message) -> None:
        """Show what the code did wrong when it ran, until somebody types."""
        self.view.mark({line: message})
        self._say("error", message)
        if line:
            self.view.go_to(line)

    def apply(self) -> None:
        """Give the block its code, as one step that can be undone; what is typed here is trusted."""
        self._timer.stop()
        if not self.look():
            return
        text, project = self.view.toPlainText(), self._document.project
        after = set_code(project, text, self._name)
        if trust.trusts(project.custom):  # else the rest of the code would be trusted with it
            trust.trust(after.custom)
        name, since = read_code(text).name, self._document.history.position
        if self._name or self._add is None:
            self._document.do(Message("Edit the code of “{name}”", name=name), after)
        else:
            self._document.do(Message("Write the Python block “{name}”", name=name), after)
            self._add(f"custom.{name}")
            self._document.join(since)
        self.accept()

    def reject(self) -> None:
        """Close, unless something typed would be lost without a person agreeing."""
        if self.view.toPlainText() != self._before:
            answer = ask(
                self,
                Message("Discard your changes to the code?"),
                Message("They were not applied."),
                [
                    ("discard", Message("Discard the changes"), "danger"),
                    ("cancel", Message("Keep editing"), ""),
                ],
            )
            if answer != "discard":
                return
        super().reject()

    def _refuse(self, line: int, message: Message) -> None:
        self.view.mark({line: message} if line else {})
        self._say("error", Message("Line {line}: {message}", line=line, message=message) if line else message)

    def _say(self, role: str, message: Message) -> None:
        self.said.setProperty("role", role)
        restyle(self.said)
        fixed(self.said.setText, say(message))


class TrustDialog(QDialog):
    """Shows all code of a project, and asks whether it may run."""

    def __init__(self, parent: QWidget, document: Document) -> None:
        """Show the code of the open project."""
        super().__init__(parent)
        self._document, self._custom = document, document.project.custom
        live(self.setWindowTitle, "Trust the code of this project?")
        self.resize(760, 560)
        told = label(wrap=True)
        live(
            told.setText,
            "This project brings Python code. Once trusted it runs on this computer with all your rights: it"
            " can read and delete your files. Trust it only if you know who wrote it, or understand it.",
        )
        self.view = CodeEditor()
        self.view.show_text("\n\n".join(f"# {name}\n{text}" for name, text in self._custom.items()))
        self.trust_button, self.cancel_button = QPushButton(), QPushButton()
        live(self.trust_button.setText, "Trust this code")
        live_icon(self.trust_button, "trust")
        self.trust_button.clicked.connect(self.accept)
        live(self.cancel_button.setText, "Do not trust it")
        self.cancel_button.setProperty("kind", "primary")
        self.cancel_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addStretch(1)
        row.addWidget(self.trust_button)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(told)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.cancel_button.setFocus()

    def accept(self) -> None:
        """Trust what was shown, and nothing that came meanwhile."""
        trust.trust(self._custom)
        self._document.look_at_all()
        super().accept()


class Coding:
    """Opens the dialogs about code where they are asked for."""

    def __init__(self, window: QWidget, document: Document, draw: Callable[[str], object]) -> None:
        """Listen to a document.

        Args:
            window: the window that dialogs stand before.
            document: the open project.
            draw: places a block of a type on the canvas that is seen.
        """
        self._window, self._document, self._draw = window, document, draw
        self.dialog: CodeDialog | TrustDialog | None = None
        document.code_wanted.connect(self.open)
        document.trust_wanted.connect(self.ask)

    def new(self) -> None:
        """Write a new block."""
        self._show(CodeDialog(self._window, self._document, "", self._draw))

    def open(self, name: str) -> None:
        """Open the code of a block."""
        if name in self._document.project.custom:
            dialog = CodeDialog(self._window, self._document, name)
            for problem in self._document.problems():
                said = problem.message.values
                line = said.get("line")
                if problem.code == "custom_code" and said.get("name") == name and isinstance(line, int):
                    dialog.show_fault(line, problem.message)
                    break
            self._show(dialog)

    def ask(self) -> None:
        """Show the code of the project, and ask whether it may run."""
        if self._document.project.custom:
            self._show(TrustDialog(self._window, self._document))

    def _show(self, dialog: CodeDialog | TrustDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _summary(read: Custom) -> Message:
    """Say what a block takes, gives and offers."""
    settings = ", ".join(one.name for one in read.parameters)
    return Message(
        "Inputs: {inputs} · Outputs: {outputs} · Settings: {settings}",
        inputs=", ".join(port.name for port in read.inputs),
        outputs=", ".join(port.name for port in read.outputs),
        settings=settings or "–",
    )
