"""Finds files of a person in folders, in the order in which people count."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give the key by which people order names: 2 before 10, small and capital letters together."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"(\d{1,18})", name)
    )


def stamp(path: Path) -> Hashable:
    """Give what changes when a file changes."""
    try:
        info = path.stat()
    except OSError:  # a link to nowhere; reading it will say so
        return str(path)
    return str(path), info.st_size, info.st_mtime_ns
