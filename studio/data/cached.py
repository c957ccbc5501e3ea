"""Folders of numbers that were made of a person's files once, where those cannot be read piece by piece.

They lie in the cache folder of the person, and go when nobody has used them for some weeks.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Hashable
from pathlib import Path

import platformdirs

from studio.data.dataset import DataError
from studio.data.memory import in_units
from studio.graph import Message

_FORM = 1
"""Raised when what is made has another form, so that nothing older is taken for it."""

_UNUSED_SECONDS = 21 * 86_400.0
_LEFT_OVER_SECONDS = 2 * 86_400.0
_SPARE = 1 << 30
"""Bytes that stay free on the disk."""

_BEGUN = ".begun-"


def folder() -> Path:
    """Give the folder that holds them."""
    return Path(platformdirs.user_cache_dir("netwright", appauthor=False)) / "data"


def made_once(key: Hashable, needed: int, make: Callable[[Path], None]) -> Path:
    """Give the folder with what a key stands for; it is made where it is not there.

    Args:
        key: what it is made of, all of it plain values, so that it is written the same each time.
        needed: about how many bytes it takes.
        make: makes it in an empty folder; what it raises leaves nothing behind.

    Raises:
        DataError: there is no room for it.
    """
    name = hashlib.sha256(repr((_FORM, key)).encode()).hexdigest()[:32]
    found = folder() / name
    try:
        if found.is_dir():
            os.utime(found)
            return found
        folder().mkdir(parents=True, exist_ok=True)
        _forget_unused(found)
        _require_room(needed)
        begun = Path(tempfile.mkdtemp(prefix=_BEGUN, dir=folder()))
    except OSError as error:
        raise _not_kept(error) from error
    try:
        make(begun)
        with contextlib.suppress(OSError):  # somebody else has made the same meanwhile
            begun.rename(found)
    except OSError as error:
        raise _not_kept(error) from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    return found


def _require_room(needed: int) -> None:
    free = shutil.disk_usage(folder()).free
    if needed + _SPARE > free:
        raise DataError(
            Message(
                "The data does not fit into the memory, and keeping its numbers in {folder} takes {needed} "
                "of the disk: {free} are free there. Make room, or use fewer samples.",
                needed=in_units(needed),
                free=in_units(free),
                folder=str(folder()),
            )
        )


def _not_kept(error: OSError) -> DataError:
    return DataError(
        Message(
            "The data does not fit into the memory, and its numbers cannot be kept in {folder}: {reason}.",
            folder=str(folder()),
            reason=error.strerror or type(error).__name__,
        )
    )


def _forget_unused(wanted: Path) -> None:
    """Remove what nobody has used for long, and what a program that was ended had begun."""
    now = time.time()
    for path in folder().iterdir():
        patience = _LEFT_OVER_SECONDS if path.name.startswith(_BEGUN) else _UNUSED_SECONDS
        with contextlib.suppress(OSError):
            if path != wanted and now - path.stat().st_mtime > patience:
                shutil.rmtree(path, ignore_errors=True)
