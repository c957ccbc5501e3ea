"""How much memory this computer has, and how much of it can still be used; None where the system hides it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import NamedTuple

from studio.data.dataset import DataError
from studio.graph import Message

_SHARE = 0.5
"""The share of the free memory that data may take: the network and the rest of the program need some too."""


class Memory(NamedTuple):
    """Bytes of memory."""

    total: int | None
    free: int | None


def memory() -> Memory:
    """Measure the computer's memory."""
    if sys.platform == "win32":
        return _of_windows()
    total: int | None = None
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        lines = Path("/proc/meminfo").read_text("ascii", "replace").splitlines()
        facts = {name: int(rest.split()[0]) * 1024 for name, _, rest in (x.partition(":") for x in lines)}
        return Memory(total, facts.get("MemAvailable"))
    except (OSError, ValueError, IndexError):
        return Memory(total, None)


def _of_windows() -> Memory:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  # the name exists on Windows only
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return Memory(None, None)
    return Memory(int(status.total), int(status.free))


def in_units(count: float) -> str:
    """Give a number of bytes for people: 812 B, 1.4 MB, 2.9 GB."""
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "B" or count >= 100 else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError("the last unit takes every number")


def fits_memory(needed: int) -> bool:
    """Tell whether data of so many bytes takes less than half of the memory that is free."""
    free = memory().free
    return free is None or needed <= free * _SHARE


class TooLargeError(DataError):
    """The memory cannot hold the data; some of it can be left on the disk."""


def require_memory(needed: int) -> None:
    """Refuse data that would not fit.

    Args:
        needed: bytes.

    Raises:
        TooLargeError: it is more than half of the memory that is free.
    """
    free = memory().free
    if free is not None and needed > free * _SHARE:
        raise TooLargeError(
            Message(
                "The data would take {needed} of memory, and {free} are free. "
                "Use fewer or smaller samples, or close other programs.",
                needed=in_units(needed),
                free=in_units(free),
            )
        )
