"""Remembers how a file was when it was last read or written, to notice when someone else changes it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from studio.project.limits import BYTES


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was at one moment.

    Attributes:
        modified: when it was last written, in nanoseconds, as the file system says.
        size: its length in bytes.
        digest: the SHA-256 of its content.
    """

    modified: int
    size: int
    digest: str


def look(path: str | os.PathLike[str]) -> Seen | None:
    """Give a file as it is now, or None when there is none to read, or none that could be a project."""
    try:
        before = Path(path).stat()
        if not stat.S_ISREG(before.st_mode) or before.st_size > BYTES:
            return None  # a pipe keeps its reader waiting, and of a film nobody needs the checksum
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            found = os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return Seen(found.st_mtime_ns, found.st_size, digest)


def changed_on_disk(path: str | os.PathLike[str], remembered: Seen | None) -> bool:
    """Tell whether a file has another content than it had; its being gone, or new, is a change too."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return remembered is not None
    if remembered is None:
        return True
    if (found.st_mtime_ns, found.st_size) == (remembered.modified, remembered.size):
        return False
    now = look(path)
    return now is None or now.digest != remembered.digest


def state_folder() -> Path:
    """Give the folder of this person in which Netwright keeps what outlives a window: journals and locks."""
    return Path(platformdirs.user_state_dir("netwright", appauthor=False))


def data_folder() -> Path:
    """Give the folder of this person's data: what was downloaded, and runs that lie beside no project."""
    return Path(platformdirs.user_data_dir("netwright", appauthor=False))


def unsaved_runs(document: str) -> Path:
    """Give where the runs of a project lie that was never saved.

    Args:
        document: what it is known by.
    """
    return data_folder() / "runs" / document
