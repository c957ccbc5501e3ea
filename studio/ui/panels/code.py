"""The network as the Python source that an export would write: read, copied, edited to edit the drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from studio.graph import Message, NetwrightError
from studio.project import GraphRef, Project
from studio.project.locking import refuse_locked
from studio.project.merging import merged
from studio.ui.document import Document
from studio.ui.jobs import Job, Jobs
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE_SMALL, themes
from studio.ui.panels.code_editor import CodeEditor
from studio.ui.panels.code_places import CodePlaces
from studio.ui.widgets.dialogs import ask
from studio.ui.widgets.plain import allow, is_seen, label, tip
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.compiler import Written
    from studio.compiler.reading import Reading, Unread

WAIT_MS = 150
"""Typing is let come to rest before source is written anew."""

ROWS = 3
"""How many lines that cannot be read are seen at once."""


def _source(project: Project, network: str) -> Written:
    from studio.compiler import written  # imports torch
    from studio.compiler.program import program

    return written(program(project, network))


def _reading(text: str, project: Project, network: str) -> Reading:
    from studio.compiler.reading import read_source  # imports torch

    return read_source(text, before=project, network=network)


class CodePanel(QWidget):
    """Shows the source of the network in the current tab, written anew whenever it changes.

    A person may type in it. From then on the text is theirs, until what it says is put in place of the
    drawing, as one step, or they let go of it. Text that cannot be read as a whole changes nothing.
    """

    def __init__(self, document: Document, jobs: Jobs) -> None:
        """Begin with the main network; the source is written when the panel is first seen, or asked for."""
        super().__init__()
        self._document, self._jobs = document, jobs
        self._network = self._wanted = document.project.main()
        self._text = self._applied = self._typed_last = ""
        self._of = self._last = document.project
        self._unread: tuple[Unread, ...] = ()
        self._job: Job | None = None
        self._busy = False
        self._stale = True
        self._said = label(role="muted", wrap=True)
        self.copy_button = _button("Copy", "copy", self.copy)
        self.discard_button = _button("Discard", "undo", self.discard)
        self.apply_button = _button("Apply to the drawing", "check", self.apply)
        self.apply_button.setProperty("kind", "primary")
        live(self.apply_button.setToolTip, "Ctrl+Enter in the code does the same.")
        self.view = CodeEditor()
        self.places = CodePlaces(self.view)
        self.asked: Callable[[], bool] = lambda: False
        self.view.leaving.connect(self._leave)
        self.view.applied.connect(self.apply)
        self.view.textChanged.connect(self._typed)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        live(self.list.setAccessibleName, "Lines that cannot be read")
        self.list.itemClicked.connect(self._go_to)
        self.list.itemActivated.connect(self._go_to)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        bar.addWidget(self._said, 1)
        for button in (self.copy_button, self.discard_button, self.apply_button):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._write)
        document.analysed.connect(self._analysed)
        document.changed.connect(lambda _change, _project: self._tell())
        document.replaced.connect(self._forget)
        languages.changed.connect(self._retell)
        themes.changed.connect(self._list_unread)
        self._list_unread()
        self._show_buttons()

    # -- the source of the drawing ----------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The source of the drawing; empty while the network has errors."""
        return self._text

    @property
    def editing(self) -> bool:
        """Whether the text that is shown is a person's own."""
        return bool(self._text) and self.view.toPlainText() != self._text

    @property
    def unapplied(self) -> bool:
        """Whether a person typed something that is not in the drawing."""
        return self.editing and self.view.toPlainText() != self._applied

    def show_graph(self, ref: GraphRef) -> None:
        """Show another network; a composite stands in the source of the network around it."""
        if ref.place == "network" and ref.name != self._wanted:
            self._wanted = ref.name
            self._renew()

    def copy(self) -> None:
        """Put the code on the clipboard."""
        if self._text:
            QGuiApplication.clipboard().setText(self.view.toPlainText())

    def seen(self) -> None:
        """Write the source that was put off while the panel was hidden."""
        if self._stale:
            self._renew()

    def _forget(self) -> None:
        """Show another project; what was typed belonged to the last one."""
        self._wanted = self._document.project.main()
        self._let_go()

    def _renew(self) -> None:
        self._stale = True
        if (is_seen(self) or self.asked()) and not self.editing:
            self._timer.start()

    def _write(self) -> None:
        if self.editing or self._busy:
            return
        self._network = network = self._wanted
        project = self._document.project
        ref = GraphRef("network", network)
        report = self._document.report(ref) if network in project.networks else None
        if report is None:
            live(self._said.setText, "Checking the network…")
            return
        self._stale = False
        if not len(project.networks[network]):
            self._show("", project, Message("The canvas is empty: drag a block onto it to begin."))
        elif report.errors:
            told = "The code is shown once {count:the error is|the errors are} mended."
            self._show("", project, Message(told, count=len(report.errors)))
        else:
            if self._job is not None:
                self._job.cancel()
            written = Message(
                "The Python code of “{name}”, as it is exported. Edit it to edit the drawing.", name=network
            )
            self._job = self._jobs.start(
                lambda _job: _source(project, network),
                lambda found: self._show_written(found, project, written),
                lambda message, _details: self._show("", project, message),
                "code",
            )

    def _show_written(self, found: object, project: Project, said: Message) -> None:
        made: Written = found  # type: ignore[assignment]
        self._show(made.text, project, said, made)

    def _show(self, text: str, project: Project, said: Message, written: Written | None = None) -> None:
        if self.editing:
            return  # somebody began to type meanwhile
        self._of = self._last = project
        self._applied = ""
        fixed(self._said.setText, say(said))
        if text != self._text or text != self.view.toPlainText():
            self._text = text
            self.view.show_text(text)
        self.view.setReadOnly(not text)
        self.places.take(written, self._network)
        self._show_buttons()

    # -- a text of one's own ----------------------------------------------------------------------------

    def apply(self) -> None:
        """Read the text and put what it says in place of the drawing; nothing changes where it cannot be."""
        text, network, of = self.view.toPlainText(), self._network, self._of
        if not self.unapplied or self._busy:
            return
        if network not in self._document.project.networks:
            live(self._said.setText, "There is no network “{name}” any more.", name=network)
            return
        if self._job is not None:
            self._job.cancel()
        self._set_busy(True)
        live(self._said.setText, "Reading the code…")
        # Read against what it was written from: the drawing may be wrong by now, and then tells no ids.
        self._job = self._jobs.start(
            lambda _job: _reading(text, of, network),
            self._take,
            self._fail,
            "read",
        )

    def discard(self) -> None:
        """Go back to the source of the drawing, once a person agrees to lose what was typed."""
        if self.editing and self.may_discard():
            self._let_go()
            self.view.setFocus()

    def may_discard(self) -> bool:
        """Ask whether what was typed and not applied may be lost."""
        if not self.unapplied:
            return True
        answer = ask(
            self,
            Message("Discard your changes to the code?"),
            Message("They were not applied to the drawing."),
            [
                ("discard", Message("Discard the changes"), "danger"),
                ("cancel", Message("Keep editing"), ""),
            ],
        )
        return answer == "discard"

    def _take(self, result: object) -> None:
        """Put what was read in place of the drawing, as one step that can be undone."""
        reading: Reading = result  # type: ignore[assignment]
        self._set_busy(False)
        self._unread = reading.unread
        self._list_unread()
        if reading.unread or reading.project is None:
            self._tell()
            self.view.go_to(reading.unread[0].line)
            return
        now = self._document.project
        try:
            made = merged(now, self._last, reading.project, self._network)
            refuse_locked(now, made)
        except NetwrightError as refused:
            fixed(self._said.setText, say(refused.message))
            return
        self._applied, self._last = self.view.toPlainText(), made
        self._stale = True
        if made == now:
            self._let_go()  # it says the same in other words
        else:
            self._document.do(Message("Edit the code of “{name}”", name=self._network), made)
            self._tell()

    def _fail(self, message: Message, _details: str) -> None:
        self._set_busy(False)
        fixed(self._said.setText, say(message))

    def _analysed(self, ref: GraphRef) -> None:
        if not self.editing:
            self._renew()
        elif ref == GraphRef("network", self._network):
            report = self._document.report(ref)
            if not self.unapplied and report is not None and not report.errors:
                self._let_go()  # the drawing says it all now
            else:
                self._tell()

    def _let_go(self) -> None:
        """Show the source of the drawing again."""
        if self._job is not None:
            self._job.cancel()
        self._set_busy(False)
        self._unread, self._applied = (), ""
        self._list_unread()
        self._stale = True
        if self._text:
            self.view.show_text(self._text)  # until the new one is written
        self._renew()

    def _typed(self) -> None:
        """Take a text as a person's own, or as the drawing's again."""
        typed = self.view.toPlainText()
        if typed == self._typed_last:
            return  # only its colours are others
        self._typed_last = typed
        if self._unread:
            self._unread = ()
            self._list_unread()
        self._show_buttons()
        if self.editing:
            self._tell()
        elif not self.view.isReadOnly():
            self._renew()

    # -- what is seen -----------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Say how the text and the drawing stand to each other."""
        self._show_buttons()
        if not self.editing or self._busy:
            return
        report = self._document.report(GraphRef("network", self._network))
        if self._unread:
            live(
                self._said.setText,
                "{count} {count:line cannot|lines cannot} be read, and nothing was changed. Mend the code.",
                count=len(self._unread),
            )
        elif not self.unapplied:
            live(
                self._said.setText,
                "The code is drawn. {count:A problem is|Problems are} left in the drawing: see Problems.",
                count=len(report.errors) if report is not None else 1,
            )
        elif self._network not in self._document.project.networks:
            live(self._said.setText, "There is no network “{name}” any more.", name=self._network)
        elif self._document.project.networks[self._network] != self._last.networks[self._network]:
            live(
                self._said.setText,
                "The drawing of “{name}” has changed meanwhile: your code will take its place.",
                name=self._network,
            )
        else:
            live(
                self._said.setText,
                "Your code of “{name}” is not in the drawing yet.",
                name=self._network,
            )

    def _retell(self) -> None:
        self._list_unread()
        self._tell() if self.editing else self._renew()

    def _list_unread(self) -> None:
        """List the lines that could not be read, and mark them in the text."""
        self.list.clear()
        for one in self._unread:
            said = tr("Line {line}: {message}", line=one.line, message=one.message)
            item = QListWidgetItem(icon("error"), said)
            item.setData(Qt.ItemDataRole.UserRole, one.line)
            item.setToolTip(tip(one.text))
            self.list.addItem(item)
        self.list.setVisible(bool(self._unread))
        seen = sum(self.list.sizeHintForRow(row) for row in range(min(self.list.count(), ROWS)))
        self.list.setFixedHeight(seen + 2 * SPACE_SMALL)
        # The first sentence about a line is the one to begin with.
        self.view.mark({one.line: one.message for one in reversed(self._unread)})

    def _go_to(self, item: QListWidgetItem) -> None:
        self.view.go_to(item.data(Qt.ItemDataRole.UserRole))

    def _leave(self) -> None:
        """Give the keyboard to the first button that can be pressed."""
        (self.apply_button if self.apply_button.isVisible() else self.copy_button).setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.view.setReadOnly(busy or not self._text)
        self._show_buttons()

    def _show_buttons(self) -> None:
        allow(self.copy_button, None if self._text else Message("There is no code yet."))
        self.discard_button.setVisible(self.editing)
        self.apply_button.setVisible(self.editing)
        busy = Message("The code is being read.") if self._busy else None
        allow(self.discard_button, busy)
        same = None if self.unapplied else Message("The code is that of the drawing: nothing was typed.")
        allow(self.apply_button, busy or same)


def _button(text: str, image: str, press: object) -> QPushButton:
    made = QPushButton()
    live(made.setText, text)
    live_icon(made, image, "accent_text" if image == "check" else "")
    made.clicked.connect(press)
    return made
