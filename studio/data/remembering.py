"""Remembers a few answers that took long to find; safe to ask from several threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

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

    def of(self, key: Hashable, find: Callable[[], T]) -> T:
        """Give the answer, which is looked for when it is not known."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = find()
        self.keep(key, found)
        return found

    def keep(self, key: Hashable, found: T) -> None:
        """Keep an answer."""
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)
