"""Remembers a few answers that took long to find; safe to ask from several threads."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from studio.data.dataset import DataError

AGAIN_SECONDS = 60.0
"""After this time a refusal that took long to find is looked for anew: memory may be free again."""

_LONG_SECONDS = 1.0

T = TypeVar("T")


class Remembered(Generic[T]):
    """The newest answers by what was asked."""

    def __init__(self, most: int) -> None:
        """Begin without answers.

        Args:
            most: how many are kept.
        """
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, T] = OrderedDict()
        self._refused: OrderedDict[Hashable, tuple[float, DataError]] = OrderedDict()

    def of(self, key: Hashable, find: Callable[[], T]) -> T:
        """Give the answer, which is looked for when it is not known.

        Raises:
            DataError: what finding it raised; when that took long, it is not tried again for a while.
        """
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            at, error = self._refused.get(key, (float("-inf"), None))
        begun = time.monotonic()
        if error is not None and begun - at < AGAIN_SECONDS:
            raise DataError(error.message)
        try:
            found = find()
        except DataError as refused:
            if time.monotonic() - begun > _LONG_SECONDS:
                with self._lock:
                    self._refused[key] = (time.monotonic(), refused)
                    while len(self._refused) > self._most:
                        self._refused.popitem(last=False)
            raise
        self.keep(key, found)
        return found

    def keep(self, key: Hashable, found: T) -> None:
        """Keep an answer."""
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)
