"""Tells a person who works elsewhere meanwhile that a long training is over."""

from __future__ import annotations

import html
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QStandardPaths
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from studio.graph import Message
from studio.ui.learning.training import Session
from studio.ui.words.text import say, tr

LONG_SECONDS = 30.0
"""A training that takes longer is not waited for with the eyes on it."""

SHOWN_MS = 10_000


class Notice(QObject):
    """Listens to the runs of a window, and speaks up when one ends that nobody looks at."""

    def __init__(
        self, window: QWidget, session: Session, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin to listen.

        Args:
            window: whose runs they are; while it is the active one, nothing needs to be told.
            session: the runs.
            clock: gives the time in seconds.
        """
        super().__init__(window)
        self._window, self._session, self._clock = window, session, clock
        self._began_at = 0.0
        self._tray: QSystemTrayIcon | None = None
        session.began.connect(self._began)
        session.ended.connect(self._ended)

    def _began(self) -> None:
        self._began_at = self._clock()

    def _ended(self) -> None:
        if self._clock() - self._began_at >= LONG_SECONDS and not self._window.isActiveWindow():
            self.tell(self._how())

    def _how(self) -> Message:
        from studio.train import end_of  # torch is there: a training is over

        session = self._session
        if session.failed is not None:
            return session.failed.message
        return end_of(session.finished.reason if session.finished is not None else "stopped")

    def tell(self, said: Message) -> None:
        """Mark the window for attention, and show a notice where the desktop takes one."""
        QApplication.alert(self._window)
        failed = self._session.failed is not None
        title = tr("The training failed") if failed else tr("The training is over")
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            _by_command(title, say(said), failed=failed)
            return
        if self._tray is None:
            # Of the desktop only: it shows nothing there but the notice.
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._come)
        self._tray.show()
        icon = QSystemTrayIcon.MessageIcon
        self._tray.showMessage(
            title,
            say(said),
            icon.Warning if failed else icon.Information,
            SHOWN_MS,
        )

    def _come(self) -> None:
        """Bring the window to the front."""
        self._window.raise_()
        self._window.activateWindow()
        if self._tray is not None:
            self._tray.hide()


def _by_command(title: str, text: str, *, failed: bool) -> None:
    """Show a notice on a desktop that has notices and no tray, such as GNOME's, by its own command."""
    command = QStandardPaths.findExecutable("notify-send")
    if not command:
        return
    # What comes after `--` is no option, and a desktop may take the text for HTML.
    about = ["--app-name", "Netwright", "--icon", "dialog-warning" if failed else "netwright"]
    about += ["--expire-time", str(SHOWN_MS), "--", title, html.escape(text, quote=False)]
    QProcess.startDetached(command, about)
