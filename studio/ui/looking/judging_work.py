"""Work on an opened run: on threads of its own, one result a place, kept, and ended when unwanted."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from studio.graph import Message
from studio.ui.jobs import Job, Jobs

Told = Callable[[float], None]
"""Told the share that is done; raises when the work is not wanted any more."""

KEPT = 48
"""Results that are kept, so that going back to one takes no time."""

_GLANCE = 0.1


@dataclass
class Place:
    """What is asked at one place, and how far it is."""

    key: Hashable = None
    job: Job | None = None
    share: float = 0.0
    result: object = None
    error: Message | None = None
    ended: bool = False


class Work(QObject):
    """Does what views ask for; a view asks at a place of its own."""

    told = Signal(str)
    """Something is new at a place: it is done, further, failed or cancelled."""

    def __init__(self, jobs: Jobs) -> None:
        """Begin without work.

        Args:
            jobs: where it is done.
        """
        super().__init__()
        self._jobs = jobs
        self._places: dict[str, Place] = {}
        self._kept: OrderedDict[tuple[str, Hashable], object] = OrderedDict()
        self.lock = threading.Lock()  # one at a time asks the network: hooks of one would be heard by another

    def at(self, place: str) -> Place:
        """Give what is known at a place."""
        return self._places.setdefault(place, Place())

    def want(
        self, place: str, key: Hashable, work: Callable[[Told], object], *, network: bool = False
    ) -> Place:
        """Have something worked out, unless it is under way or known; what was asked here before is left.

        Args:
            place: of the view that asks.
            key: tells what is asked from anything else that was asked here.
            work: works it out, on a thread.
            network: whether it asks the network.
        """
        now = self.at(place)
        if now.key == key and (now.job is not None or now.ended):
            return now
        self._leave(now)
        fresh = self._places[place] = Place(key)
        kept = self._kept.get((place, key))
        if kept is not None:
            fresh.result, fresh.ended = kept, True
            return fresh

        def done(job: Job) -> object:
            def told(share: float) -> None:
                if job.cancelled.is_set():
                    raise InterruptedError
                job.tell(share, Message(""))

            if not network:
                return work(told)
            while not self.lock.acquire(timeout=_GLANCE):
                told(0.0)
            try:
                return work(told)
            finally:
                self.lock.release()

        fresh.job = self._jobs.start(
            done, partial(self._done, place, fresh), partial(self._failed, place, fresh), f"judge-{place}"
        )
        fresh.job.progressed.connect(partial(self._further, place, fresh))
        return fresh

    def cancel(self, place: str) -> None:
        """End the work at a place; it is begun again when it is asked for anew."""
        now = self.at(place)
        if now.job is not None:
            self._leave(now)
            now.ended = True
            self.told.emit(place)

    def again(self, place: str) -> None:
        """Let what was cancelled or failed at a place be asked for anew."""
        now = self.at(place)
        if now.ended and now.result is None:
            self._places[place] = Place()

    def forget(self) -> None:
        """Leave everything: another run is opened."""
        for now in self._places.values():
            self._leave(now)
        self._places.clear()
        self._kept.clear()

    def _leave(self, now: Place) -> None:
        if now.job is not None:
            now.job.cancel()
            now.job = None

    def _further(self, place: str, now: Place, share: float, _doing: object) -> None:
        if self._places.get(place) is now and now.job is not None:
            now.share = share
            self.told.emit(place)

    def _done(self, place: str, now: Place, result: object) -> None:
        now.job, now.result, now.ended = None, result, True
        if self._places.get(place) is now:
            self._kept[place, now.key] = result
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self.told.emit(place)

    def _failed(self, place: str, now: Place, message: Message, _details: str) -> None:
        now.job, now.error, now.ended = None, message, True
        if self._places.get(place) is now:
            self.told.emit(place)
