"""What the window asks before it lets go of something, and the small dialogs of its Help menu."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project.file import read
from studio.ui.document import Document
from studio.ui.files.filing import Filing
from studio.ui.keys.shortcuts import Shortcuts
from studio.ui.learning.training import Session
from studio.ui.safety.faults import log_path
from studio.ui.widgets.dialogs import CANCEL, About, ask

if TYPE_CHECKING:
    from studio.ui.window import MainWindow


def may_close(window: QWidget, document: Document, session: Session, filing: Filing) -> bool:
    """Ask, once for everything, whether the window may close; saves where that is wanted."""
    if session.active and document.modified:
        answer = ask(
            window,
            Message("A training is under way, and there are unsaved changes."),
            Message("Stopping it keeps what was learned up to now: the run can be resumed."),
            [
                ("save", Message("Stop, save and close"), "primary"),
                ("discard", Message("Stop, close without saving"), "danger"),
                CANCEL,
            ],
        )
        return filing.save() if answer == "save" else answer == "discard"
    if session.active:
        return may_leave_run(window, session)
    if document.modified:
        answer = filing.ask_to_save()
        return filing.save() if answer == "save" else answer == "discard"
    return True


def may_leave_run(window: QWidget, session: Session) -> bool:
    """Ask whether a run that goes on may be stopped, and stop it."""
    if not session.active:
        return True
    answer = ask(
        window,
        Message("A training is under way. Stop it?"),
        Message("Stopping it keeps what was learned up to now: the run can be resumed."),
        [("stop", Message("Stop the training"), "primary"), ("cancel", Message("Go on training"), "")],
    )
    return answer == "stop" and session.close()


def may_leave_code(window: MainWindow) -> bool:
    """Ask whether code that was typed and is not in the drawing may be lost."""
    workspace = window.workspace_
    if workspace is None or not workspace.code.unapplied:
        return True
    workspace.docks.show("code")
    return workspace.code.may_discard()


def quietly_read(path: Path) -> Project | None:
    """Read a project; None where it cannot be."""
    try:
        return read(path)
    except NetwrightError:
        return None


def show_log(window: QWidget) -> None:
    """Show the folder of the log file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_path().parent)))


def show_shortcuts(window: MainWindow) -> None:
    """Show every command with its keys."""
    # With the commands of the canvas, which come with the workspace.
    dialog = Shortcuts(window, window.workspace.commands)
    dialog.exec()
    dialog.deleteLater()


def show_about(window: QWidget) -> None:
    """Say what the program is."""
    dialog = About(window)
    dialog.exec()
    dialog.deleteLater()
