"""A long training that ends while nobody looks is told on the desktop; a short one is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.train import Failed, Finished
from studio.ui.learning import notice
from studio.ui.learning.notice import LONG_SECONDS, Notice


class Runs(QObject):
    began, ended = Signal(), Signal()
    finished: Finished | None = None
    failed: Failed | None = None


class Tray(QObject):
    messageClicked = Signal()  # noqa: N815  # as Qt calls it
    told: list[tuple[str, str]] = []  # noqa: RUF012  # one list for a test

    MessageIcon = QSystemTrayIcon.MessageIcon

    def __init__(self, *_: object) -> None:
        super().__init__()

    isSystemTrayAvailable = supportsMessages = staticmethod(lambda: True)  # noqa: N815

    def show(self) -> None: ...

    def hide(self) -> None: ...

    def showMessage(self, title: str, text: str, *_: object) -> None:
        self.told.append((title, text))


@pytest.mark.parametrize(
    ("seconds", "active", "failed", "told"),
    [
        (LONG_SECONDS, False, False, [("The training is over", "Trained to the end.")]),
        (LONG_SECONDS, False, True, [("The training failed", "No memory.")]),
        (LONG_SECONDS - 1, False, False, []),
        (LONG_SECONDS, True, False, []),
    ],
)
def test_it_is_told_when_it_matters(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    active: bool,
    failed: bool,
    told: list[tuple[str, str]],
) -> None:
    monkeypatch.setattr(notice, "QSystemTrayIcon", Tray)
    alerted: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", alerted.append)
    Tray.told = []
    window, runs, now = QWidget(), Runs(), [100.0]
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "isActiveWindow", lambda: active)
    Notice(window, runs, lambda: now[0])  # type: ignore[arg-type]  # what of a session it listens to
    runs.began.emit()
    now[0] += seconds
    if failed:
        runs.failed = Failed(Message("No memory."))
    else:
        runs.finished = Finished(None, "completed", None, 10)
    runs.ended.emit()
    assert Tray.told == told
    assert alerted == ([window] if told else [])


def test_a_desktop_without_a_tray_is_told_by_its_command(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(Tray, "isSystemTrayAvailable", staticmethod(lambda: False))
    monkeypatch.setattr(notice, "QSystemTrayIcon", Tray)
    monkeypatch.setattr(QStandardPaths, "findExecutable", lambda name: f"/bin/{name}")
    monkeypatch.setattr(QProcess, "startDetached", lambda *all: called.append(all))
    window, runs = QWidget(), Runs()
    qtbot.addWidget(window)
    Notice(window, runs).tell(Message("Trained to the <end>."))  # type: ignore[arg-type]  # see above
    ((command, given),) = called
    assert command == "/bin/notify-send"
    assert given[given.index("--") + 1 :] == ["The training is over", "Trained to the &lt;end&gt;."]
    monkeypatch.setattr(QStandardPaths, "findExecutable", lambda _name: "")
    Notice(window, runs).tell(Message("Trained."))  # type: ignore[arg-type]  # see above
    assert len(called) == 1  # and where there is no such command, nothing goes wrong
