"""Work aside of the window: told on the window's thread, and gone there too."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message, NetwrightError
from studio.ui import jobs
from studio.ui.jobs import Job, Jobs


@pytest.fixture
def work() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


def nothing(*_: object) -> None:
    """Hear nothing."""


def test_work_is_told_on_the_thread_of_the_window(qtbot: QtBot, work: Jobs) -> None:
    told: list[tuple[object, threading.Thread]] = []
    work.start(lambda job: 42, lambda result: told.append((result, threading.current_thread())), nothing)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(42, threading.main_thread())]


def test_what_fails_is_told_in_words(qtbot: QtBot, work: Jobs) -> None:
    told: list[str] = []

    def refuse(job: Job) -> object:
        raise NetwrightError(Message("No {what}.", what="milk"))

    work.start(refuse, nothing, lambda message, details: told.append(f"{message} {details[-30:]}"))
    work.start(lambda job: 1 // 0, nothing, lambda message, _: told.append(str(message)))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert sorted(told)[0].startswith("No milk. ")
    assert "ZeroDivisionError" in sorted(told)[1]


def test_work_that_was_called_off_tells_nothing(qtbot: QtBot, work: Jobs) -> None:
    go = threading.Event()
    told: list[object] = []
    job = work.start(lambda job: go.wait(10), told.append, nothing)
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: job.told)
    assert told == []


def test_work_is_let_go_where_the_window_lives(
    qtbot: QtBot, qapp: QApplication, work: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that has told its result takes a while to end; it must not be the last to hold its job."""
    end, gone = threading.Event(), list[threading.Thread]()

    class Slow(Job):
        def _run(self) -> None:
            super()._run()
            end.wait(10)

    monkeypatch.setattr(jobs, "Job", Slow)
    told: list[object] = []
    first = work.start(lambda job: "first", told.append, nothing)
    weakref.finalize(first, lambda: gone.append(threading.current_thread()))
    thread = first.thread_of_work
    del first
    qtbot.waitUntil(lambda: told == ["first"])
    work.start(lambda job: "second", told.append, nothing)  # the first is no longer of interest
    assert gone == []
    end.set()
    thread.join()
    work.start(lambda job: "third", told.append, nothing)
    qtbot.waitUntil(lambda: sorted(map(str, told)) == ["first", "second", "third"])  # two ran side by side
    assert gone == [threading.main_thread()]


def test_nothing_begins_once_the_window_closes(qtbot: QtBot) -> None:
    closed = Jobs()
    assert closed.close()
    begun: list[object] = []
    job = closed.start(begun.append, nothing, nothing)
    assert not job.running
    assert begun == []


def test_who_heard_the_result_is_held_no_longer(qtbot: QtBot, work: Jobs) -> None:
    class Panel:
        """Keeps its job, as panels do."""

        def ask(self, fails: bool) -> None:
            self.told: list[object] = []
            self.job = work.start(
                lambda job: 1 // (0 if fails else 1),
                lambda result: self.told.append(result),
                lambda message, _details: self.told.append(message),
            )

    panels = [Panel(), Panel()]
    panels[0].ask(fails=False)
    panels[1].ask(fails=True)
    qtbot.waitUntil(lambda: all(panel.told for panel in panels))
    for panel in panels:
        panel.job.thread_of_work.join()
    work.start(nothing, nothing, nothing)  # the others are no longer of interest
    gone = [weakref.ref(panels.pop()), weakref.ref(panels.pop())]
    del panel
    gc.collect()
    assert [each() for each in gone] == [None, None]
