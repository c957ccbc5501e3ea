"""A mistake in a method that Qt calls is told and survived, wherever it was called from.

PySide (6.11 with Python 3.11) ends the whole program with a segmentation fault when a method that
overrides one of Qt's raises while other Python code is on the way above it, as in `resizeEvent` below
`widget.resize(...)`. Hence every such method of ours is wrapped: what it raises goes to
`sys.excepthook`, and Qt's own method answers in its place.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

import shiboken6

PACKAGE = "studio.ui"

_guarded: set[type] = set()


def guard_overrides() -> int:
    """Wrap the overrides of every class of the window that is loaded and was not wrapped before.

    Called at the start, and again where a part of the window is imported later.

    Returns:
        How many methods were wrapped.
    """
    wrapped = 0
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGE) and module is not None:
            for cls in list(vars(module).values()):
                if isinstance(cls, type) and cls.__module__ == name and cls not in _guarded:
                    _guarded.add(cls)
                    wrapped += _guard(cls)
    return wrapped


def _guard(cls: type) -> int:
    """Wrap the methods of a class that override one of Qt's."""
    if not issubclass(cls, shiboken6.Object):
        return 0
    above = [base for base in cls.__mro__[1:] if base.__module__.startswith("PySide6.")]
    wrapped = 0
    for name, method in list(vars(cls).items()):
        if name.startswith("__") or not isinstance(method, FunctionType):
            continue
        qt = next((base for base in above if name in vars(base)), None)
        if qt is not None:
            setattr(cls, name, _survivor(method, getattr(qt, name)))
            wrapped += 1
    return wrapped


def _survivor(method: Callable[..., Any], instead: Callable[..., Any]) -> Callable[..., Any]:
    """Give a method that never raises: Qt's own answers where ours failed."""

    @functools.wraps(method)
    def call(self: object, *arguments: Any) -> Any:
        try:
            return method(self, *arguments)
        except Exception:  # noqa: BLE001  told to the person by the hook
            sys.excepthook(*sys.exc_info())
            if method.__name__ in ("paintEvent", "paint", "drawBackground", "drawForeground"):
                return None  # a second painter on the same ground would end the program too
            return instead(self, *arguments)

    return call
