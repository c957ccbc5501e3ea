"""Hears of everything that goes wrong in a program that is worked on, and keeps the program at home."""

from __future__ import annotations

import socket
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices

from studio.ui.files import closing

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

NOISE = ("This plugin does not support", "QWindowsWindow::", "QFont::setP")
"""What the screenless platform says of itself."""


class Watch:
    """Hears of everything that goes wrong while it lasts."""

    def __init__(self, acts: deque[str]) -> None:
        self.wrong: list[str] = []
        self.acts = acts
        self._before = (sys.excepthook, sys.unraisablehook, threading.excepthook)

    @contextmanager
    def __call__(self) -> Iterator[Watch]:
        """Take the hooks of Python and Qt's messages, and keep the program at home."""
        self._before = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        opened, may_close, connect = QDesktopServices.openUrl, closing.may_close, socket.socket.connect
        sys.excepthook, sys.unraisablehook = self._raised, self._unraisable
        threading.excepthook = self._in_thread
        qt = qInstallMessageHandler(self._said)

        def stay(*args: object, **named: object) -> bool:
            closing_asked(*args, **named)  # type: ignore[arg-type]  # as it was called
            return False

        closing_asked = may_close
        QDesktopServices.openUrl = staticmethod(lambda _url: True)  # type: ignore[method-assign]
        closing.may_close = stay
        socket.socket.connect = _refuse  # type: ignore[method-assign]
        try:
            yield self
        finally:
            sys.excepthook, sys.unraisablehook, threading.excepthook = self._before
            qInstallMessageHandler(qt)
            QDesktopServices.openUrl = opened  # type: ignore[method-assign]
            closing.may_close = may_close
            socket.socket.connect = connect  # type: ignore[method-assign]

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.wrong.append("".join(traceback.format_exception(kind, error, trace)))

    def _unraisable(self, caught: UnraisableHookArgs) -> None:
        error = caught.exc_value or caught.exc_type()
        trace = traceback.format_exception(caught.exc_type, error, caught.exc_traceback)
        self.wrong.append(f"unraisable, {caught.err_msg}, {caught.object!r}\n" + "".join(trace))

    def _in_thread(self, caught: threading.ExceptHookArgs) -> None:
        error = caught.exc_value or caught.exc_type()
        trace = traceback.format_exception(caught.exc_type, error, caught.exc_traceback)
        self.wrong.append("in a thread\n" + "".join(trace))

    def _said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:  # the program ends now
            acts = "\n  ".join(self.acts)
            print(f"Qt: {text}\nthe last acts:\n  {acts}", file=sys.stderr, flush=True)
        if kind != QtMsgType.QtDebugMsg and not text.startswith(NOISE):
            self.wrong.append(f"Qt {kind.name}: {text}\n" + "".join(traceback.format_stack(limit=12)))


def _refuse(*_args: object) -> None:
    raise OSError(101, "there is no network here")
