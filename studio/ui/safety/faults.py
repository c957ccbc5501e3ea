"""The window outlives its own mistakes: whatever is raised is logged, told with details, and survived."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

LOG = logging.getLogger("netwright")

MOST_BYTES = 1 << 20
"""How large a log file grows before the next begins."""


def log_path() -> Path:
    """Give the log file of this computer."""
    return Path(platformdirs.user_log_dir("netwright", appauthor=False)) / "netwright.log"


QUIET_SECONDS = 5.0
"""The same mistake is told again only after this time without it."""


class Faults(QObject):
    """Catches what nobody else caught, on any thread, and tells it on the window's."""

    happened = Signal(str, str)
    """Something went wrong: one line, and the details to copy."""

    _caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Catch nothing yet; `install` begins."""
        super().__init__(parent)
        self._caught.connect(self.happened, Qt.ConnectionType.QueuedConnection)
        self._handler: logging.Handler | None = None
        self._crash_file: IO[str] | None = None
        self._before = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        self._last: tuple[str, float] = ("", 0.0)

    def install(self, path: Path | None = None) -> None:
        """Take over the hooks of Python and the messages of Qt, and begin the log."""
        place = path or log_path()
        # Without a place for the log the hooks still work; nothing else may fail for that.
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            self._handler = logging.handlers.RotatingFileHandler(
                place, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8"
            )
            self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            LOG.addHandler(self._handler)
            LOG.setLevel(logging.INFO)
            LOG.propagate = False
            # A crash inside a library leaves the stack of every thread beside the log.
            self._crash_file = (place.parent / "crash.log").open("w", encoding="utf-8")
            faulthandler.enable(self._crash_file)
        self._before = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        sys.excepthook = self._raised
        sys.unraisablehook = self._unraisable
        threading.excepthook = self._in_thread
        qInstallMessageHandler(_from_qt)

    def uninstall(self) -> None:
        """Give the hooks back and close the log."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._before
        qInstallMessageHandler(None)
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
        if self._handler is not None:
            LOG.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def report(self, summary: str, details: str) -> None:
        """Log something that went wrong and tell it; from any thread."""
        before, when = self._last
        self._last = (details, time.monotonic())
        if details == before and self._last[1] - when < QUIET_SECONDS:
            return  # what fails at every repaint would fill the log
        LOG.error("%s\n%s", summary, details)
        self._caught.emit(summary, details)

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self.report(_line(kind, error), "".join(traceback.format_exception(kind, error, trace)))

    def _unraisable(self, caught: UnraisableHookArgs) -> None:
        error = caught.exc_value or caught.exc_type()
        trace = "".join(traceback.format_exception(caught.exc_type, error, caught.exc_traceback))
        self.report(_line(caught.exc_type, error), f"{caught.err_msg or ''}\n{trace}")

    def _in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_type is SystemExit:
            return
        error = caught.exc_value or caught.exc_type()
        trace = "".join(traceback.format_exception(caught.exc_type, error, caught.exc_traceback))
        self.report(_line(caught.exc_type, error), trace)


def _line(kind: type[BaseException], error: BaseException) -> str:
    said = str(error).strip().splitlines()
    return f"{kind.__name__}: {said[0]}" if said else kind.__name__


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Put Qt's own messages into the log; a person can do nothing with them."""
    serious = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    LOG.log(logging.ERROR if serious else logging.WARNING, "Qt: %s", text)
