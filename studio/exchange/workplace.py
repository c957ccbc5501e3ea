"""A folder of its own to work in, gone when the work is done; a disk without room for it is told in words."""

from __future__ import annotations

import errno
import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from studio.graph import Message
from studio.project.atomic import AtomicWriteError
from studio.project.write_error import telling

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def workplace(purpose: str) -> Iterator[Path]:
    """Make a folder for as long as the block runs.

    Args:
        purpose: a word for its name.

    Raises:
        AtomicWriteError: it cannot be made, or something in it cannot be written.
    """
    try:
        home = Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise AtomicWriteError(
            "full", Message("No folder takes temporary files: there is no space left. Free some space.")
        ) from error
    with telling(home / purpose), tempfile.TemporaryDirectory(prefix=f"netwright-{purpose}-") as place:
        yield Path(place)


def write_plain(value: object, path: Path) -> None:
    """Write tensors and plain types as torch does, but with errors of the disk that say so."""
    stream = io.BytesIO()
    torch.save(value, stream)
    path.write_bytes(stream.getvalue())


def require_room(said: str, place: Path) -> None:
    """Look at the last words of a process that failed; a full disk is told as such.

    Raises:
        AtomicWriteError: it was the disk.
    """
    found = re.search(r"\[Errno (\d+)\]", said)
    if found and int(found[1]) in _FULL:
        with telling(place):
            raise OSError(int(found[1]), "no space left")
