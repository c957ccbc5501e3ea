"""The application: starts the window fast, keeps it alive whatever happens, and ends it in good order."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

import studio
from studio.blocks import TROUBLES
from studio.graph.text import ASSETS
from studio.ui.looks import theme
from studio.ui.safety.collecting import Collector
from studio.ui.safety.faults import LOG, Faults
from studio.ui.safety.guard import guard_overrides
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text

TIME_START = "NETWRIGHT_TIME_START"
"""Where this is set to a reading of the monotonic clock, the milliseconds since then are printed when the
window is painted, and the program ends: the measure of the start."""


class Signals(QObject):
    """Brings SIGTERM and SIGINT into Qt's loop, which otherwise sees no signal until something happens."""

    ended = Signal()

    def __init__(self) -> None:
        """Listen to the signals that ask a program to end."""
        super().__init__()
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._before_fd = signal.set_wakeup_fd(self._write.fileno())
        self._before = {
            number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)
        }
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._heard)

    def _heard(self) -> None:
        if self._read.recv(16):
            self.ended.emit()

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()


def application(argv: Sequence[str] = ()) -> QApplication:
    """Give the application, made where there is none yet, with its name, icon and sharp pixels."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(["netwright", *argv])
    QCoreApplication.setApplicationName("netwright")
    QCoreApplication.setApplicationVersion(studio.__version__)
    QGuiApplication.setApplicationDisplayName("Netwright")
    QGuiApplication.setDesktopFileName("netwright")
    app.setWindowIcon(QIcon(str(ASSETS / "icon.svg")))
    return app


def run_gui(argv: Sequence[str] = (), language: str = "") -> int:
    """Open the window and stay until it is closed.

    Args:
        argv: a project file to open, or nothing.
        language: a code of `LANGUAGES` for this time; the one that was chosen in the window when not given.

    Returns:
        The exit code.
    """
    app = application()
    settings = Settings()
    faults = Faults()
    faults.install()
    guard_overrides()
    text.install(app, language or settings.language)
    theme.apply(app, settings.theme)  # type: ignore[arg-type]  # settings give one of the three
    window = MainWindow(settings, faults)
    collector = Collector()
    window.document.analysis.ready_changed.connect(collector.settle)
    signals = Signals()
    over = [True]

    def end() -> None:
        LOG.info("Asked to end by a signal")
        over[0] = window.shut_down()
        app.quit()

    signals.ended.connect(end)
    app.commitDataRequest.connect(lambda _manager: window.shut_down())
    for trouble in TROUBLES:
        window.tell_plugin(trouble)
    window.filing.opened.connect(window.tour.at_first)
    if argv:
        window.filing.open_path(Path(argv[0]))
    timed = os.environ.get(TIME_START)
    if timed:
        window.painted.connect(lambda: _say_time(float(timed)))
    else:
        window.painted.connect(lambda: _after_paint(window))
    window.show()
    code = app.exec()
    over[0] = window.shut_down() and over[0]
    collector.close()
    signals.close()
    faults.uninstall()
    if not over[0]:
        # A thread hangs inside a library and would hold the program for ever; all files are whole.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _after_paint(window: MainWindow) -> None:
    """Begin what can wait: pictures of the templates, edits that a crash left, torch on the worker."""
    window.welcome.draw_pictures()
    window.look_for_lost_edits()
    QTimer.singleShot(250, window, window.document.begin)


def _say_time(began: float) -> None:
    print(f"{1000 * (time.monotonic() - began):.0f}", flush=True)
    QCoreApplication.quit()
