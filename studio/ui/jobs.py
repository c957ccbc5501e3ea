"""Work that takes longer than a frame: done on a thread of its own, told on the window's, always joined."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal, Slot

from studio.graph import Message, NetwrightError


class Job(QObject):
    """One piece of work under way."""

    done = Signal(object)
    """It is done: what the function gave."""
    failed = Signal(object, str)
    """It failed: a `Message` for a person, and details to copy."""
    progressed = Signal(float, object)
    """How far it is, from 0 to 1, and a `Message` on what it does."""

    _ended = Signal(object, object, str)

    def __init__(self, work: Callable[[Job], object], name: str) -> None:
        """Prepare the work; `start` begins it.

        Args:
            work: gets the job, whose `cancelled` it may look at and whose `tell` it may call.
            name: of the thread.
        """
        super().__init__()
        self.cancelled = threading.Event()
        self.told = False
        self._work = work
        self._heard: list[QMetaObject.Connection] = []
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        # Not a daemon: a daemon thread inside torch aborts the interpreter at exit.
        self.thread_of_work = threading.Thread(target=self._run, name=f"netwright-{name}")

    def hear(self, done: Callable[[object], object], failed: Callable[[Message, str], object]) -> None:
        """Tell these how it ends; they are let go once it is told."""
        self._heard += [self.done.connect(done), self.failed.connect(failed)]

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self.thread_of_work.is_alive()

    def start(self) -> None:
        """Begin."""
        self.thread_of_work.start()

    def cancel(self) -> None:
        """Ask the work to end, and have its result dropped."""
        self.cancelled.set()

    def tell(self, share: float, message: Message) -> None:
        """Say how far the work is; called from the work itself."""
        self.progressed.emit(share, message)

    def _run(self) -> None:
        try:
            result = self._work(self)
        except NetwrightError as error:
            self._ended.emit(None, error.message, traceback.format_exc())
        except Exception as error:  # noqa: BLE001  told to the person, with the details to copy
            said = Message("This did not work: {error}", error=f"{type(error).__name__}: {error}")
            self._ended.emit(None, said, traceback.format_exc())
        else:
            self._ended.emit(result, None, "")

    @Slot(object, object, str)
    def _end(self, result: object, message: Message | None, details: str) -> None:
        self.told = True
        try:
            if self.cancelled.is_set():
                return
            if message is not None:
                self.failed.emit(message, details)
            else:
                self.done.emit(result)
        finally:
            # Whoever heard it may hold it, and would be held by it in turn, beyond what Python can see.
            for heard in self._heard:
                QObject.disconnect(heard)  # nothing happens where who heard it is gone
            self._heard.clear()


class Jobs:
    """All work of one window: it is waited for when the window closes."""

    def __init__(self) -> None:
        """Begin without work."""
        self._jobs: list[Job] = []
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the window closes, and nothing new is begun."""
        return self._closed

    def start(
        self,
        work: Callable[[Job], object],
        done: Callable[[object], object],
        failed: Callable[[Message, str], object],
        name: str = "job",
    ) -> Job:
        """Do some work on a thread of its own.

        Args:
            work: what to do; it runs on the thread.
            done: gets the result on the window's thread.
            failed: gets what to say and the details on the window's thread.
            name: of the thread.
        """
        # One that is done and not yet told is kept: it would be lost, or told to a window that is gone.
        # So is one that is told and whose thread has not ended: that would be the last to hold it, and
        # destroy it there, under the events that it still gets here.
        self._jobs = [job for job in self._jobs if not job.told or job.running]
        job = Job(work, name)
        if self._closed:
            job.cancel()  # the window closes: nobody is there to be told
            return job
        job.hear(done, failed)
        self._jobs.append(job)
        job.start()
        return job

    def close(self, seconds: float = 5.0) -> bool:
        """Cancel everything, begin nothing any more, and wait; False when something still runs after that."""
        until = time.monotonic() + seconds
        self._closed = True
        for job in self._jobs:
            job.cancel()
        for job in self._jobs:
            job.thread_of_work.join(max(0.0, until - time.monotonic()))
        return not any(job.running for job in self._jobs)
