"""The network as the Python source that an export would write, in colours, ready to copy."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFont, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.graph import Message
from studio.project import GraphRef, Project
from studio.ui.document import Document
from studio.ui.icons import live_icon
from studio.ui.jobs import Job, Jobs
from studio.ui.plain import is_seen, label
from studio.ui.text import fixed, languages, live, say
from studio.ui.theme import SPACE_SMALL, colour, fixed_font, themes

WAIT_MS = 150
"""Typing is let come to rest before source is written anew."""

_COLOURS = {
    "Keyword": "series3",
    "Name.Class": "series0",
    "Name.Function": "series0",
    "Name.Decorator": "series4",
    "Name.Builtin": "series5",
    "Literal.String": "series2",
    "Literal.Number": "series1",
    "Comment": "muted",
    "Operator.Word": "series3",
}


def _source(project: Project, network: str) -> str:
    from studio.compiler import source  # imports torch

    return source(project, network)


class CodePanel(QWidget):
    """Shows the source of the network in the current tab, written anew whenever it changes."""

    def __init__(self, document: Document, jobs: Jobs) -> None:
        """Begin with the main network; the source is written when the panel is first seen."""
        super().__init__()
        self._document, self._jobs = document, jobs
        self._network = document.project.main()
        self._text = ""
        self._job: Job | None = None
        self._stale = True
        self._said = label(role="muted", wrap=True)
        self.copy_button = QPushButton()
        live(self.copy_button.setText, "Copy")
        live_icon(self.copy_button, "copy")
        self.copy_button.clicked.connect(self.copy)
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setProperty("role", "code")
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setFont(fixed_font())
        live(self.view.setAccessibleName, "Python code")
        bar = QHBoxLayout()
        bar.addWidget(self._said, 1)
        bar.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._write)
        document.analysed.connect(lambda _ref: self._renew())
        document.replaced.connect(self._forget)
        themes.changed.connect(self._colour)
        languages.changed.connect(self._renew)

    @property
    def text(self) -> str:
        """The source that is shown; empty while the network has errors."""
        return self._text

    def show_graph(self, ref: GraphRef) -> None:
        """Show another network; a composite stands in the source of the network around it."""
        if ref.place == "network" and ref.name != self._network:
            self._network = ref.name
            self._renew()

    def copy(self) -> None:
        """Put the source on the clipboard."""
        if self._text:
            QGuiApplication.clipboard().setText(self._text)

    def seen(self) -> None:
        """Write the source that was put off while the panel was hidden."""
        if self._stale:
            self._renew()

    def _forget(self) -> None:
        self._network = self._document.project.main()
        self._renew()

    def _renew(self) -> None:
        self._stale = True
        if is_seen(self):
            self._timer.start()

    def _write(self) -> None:
        project = self._document.project
        ref = GraphRef("network", self._network)
        report = self._document.report(ref) if self._network in project.networks else None
        if report is None:
            live(self._said.setText, "Checking the network…")
            return
        self._stale = False
        if not len(project.networks[self._network]):
            self._show("", Message("The canvas is empty: drag a block onto it to begin."))
        elif report.errors:
            self._show(
                "",
                Message(
                    "The code is shown once {count:the error is|the errors are} mended.",
                    count=len(report.errors),
                ),
            )
        else:
            if self._job is not None:
                self._job.cancel()
            network = self._network
            written = Message("The Python code of “{name}”, as it is exported.", name=network)
            self._job = self._jobs.start(
                lambda _job: _source(project, network),
                lambda text: self._show(str(text), written),
                lambda message, _details: self._show("", message),
                "code",
            )

    def _show(self, text: str, said: Message) -> None:
        fixed(self._said.setText, say(said))
        self.copy_button.setEnabled(bool(text))
        if text != self._text or not text:
            self._text = text
            place = self.view.verticalScrollBar().value()
            self.view.setPlainText(text)
            self._colour()
            self.view.verticalScrollBar().setValue(place)

    def _colour(self) -> None:
        """Colour the source; done once a text, so that typing elsewhere costs nothing."""
        if not self._text:
            return
        from pygments.lexers.python import PythonLexer  # 30 ms, and only here

        cursor = QTextCursor(self.view.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        plain = QTextCharFormat()
        plain.setForeground(colour("text"))
        cursor.setCharFormat(plain)
        position = 0
        for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(self._text):
            name = str(kind).removeprefix("Token.")
            role = next((role for start, role in _COLOURS.items() if name.startswith(start)), "")
            if role:
                cursor.setPosition(position)
                cursor.setPosition(position + len(value), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(_format(colour(role), bold=name.startswith("Name.Class")))
            position += len(value)
        cursor.endEditBlock()


def _format(ink: QColor, *, bold: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(ink)
    if bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
