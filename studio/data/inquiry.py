"""Answers at once what is known of data, and looks on a thread of its own where a folder must be asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from studio.data.dataset import Facts
from studio.data.loading import facts_of, lies_on_disk, source_of
from studio.graph import NetwrightError
from studio.project import Choice

Known = Facts | NetwrightError | None
"""What is known of data: its facts, why it cannot be used, or nothing yet."""

FRESH_SECONDS = 2.0
"""An answer older than this is given all the same, and looked for anew: folders change."""

_KEPT = 50


def ask(choice: Choice) -> Facts | NetwrightError:
    """Give the facts of data or why there are none, however long that takes."""
    try:
        return facts_of(choice)
    except NetwrightError as error:
        return error


@dataclass(frozen=True)
class _Answer:
    found: Facts | NetwrightError
    at: float

    __hash__ = None  # type: ignore[assignment]


class Inquiry:
    """Asks data sources for one window. It may be used from several threads."""

    def __init__(self, learned: Callable[[], object]) -> None:
        """Begin without answers.

        Args:
            learned: called on another thread when something is known that was not known before.
        """
        self._learned = learned
        self._answers: dict[Hashable, _Answer] = {}
        self._waiting: dict[Hashable, Choice] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def known(self, choice: Choice) -> Known:
        """Give what is known now; where that is nothing or old, it is looked for."""
        if not lies_on_disk(choice):
            return ask(choice)
        try:
            key = (choice.type, source_of(choice))
        except NetwrightError as error:
            return error
        with self._lock:
            answer = self._answers.get(key)
            if answer is None or time.monotonic() - answer.at > FRESH_SECONDS:
                self._look_for(key, choice)
        return None if answer is None else answer.found

    def close(self, seconds: float = 2.0) -> None:
        """Ask nothing more, and wait for what is being asked."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _look_for(self, key: Hashable, choice: Choice) -> None:
        if self._closed:
            return
        self._waiting[key] = choice
        if self._thread is None:
            # Not a daemon: a daemon thread inside torch aborts the interpreter at exit.
            self._thread = threading.Thread(target=self._work, name="netwright-data")
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                key, choice = self._waiting.popitem()
            answer = _Answer(ask(choice), time.monotonic())
            with self._lock:
                before = self._answers.pop(key, None)
                self._answers[key] = answer
                while len(self._answers) > _KEPT:
                    del self._answers[next(iter(self._answers))]
            if not self._closed and (before is None or not _same(before.found, answer.found)):
                self._learned()


def _same(one: Facts | NetwrightError, other: Facts | NetwrightError) -> bool:
    if isinstance(one, NetwrightError) or isinstance(other, NetwrightError):
        return (
            isinstance(one, NetwrightError) and isinstance(other, NetwrightError) and str(one) == str(other)
        )
    return one == other and one.inputs == other.inputs
