"""Puts finished, checked files where a person wants them: all of them, or none."""

from __future__ import annotations

import contextlib
from pathlib import Path

from studio.exchange.declare import ExchangeError, Files
from studio.graph import Message
from studio.project.atomic import backup_of, write_atomically, write_folder_atomically

OURS = frozenset({"model.py", "weights.pt", "train.py", "README.txt", "__pycache__"})
"""A folder that holds these and nothing else is an export, and may be replaced by another one."""


def land(files: Files, target: Path) -> tuple[Path, ...]:
    """Write files beside each other; the first one is the target itself.

    Raises:
        AtomicWriteError: one cannot be written; those written before it are as they were.
    """
    written: dict[Path, bool] = {}
    try:
        for name, content in files.items():
            path = target.with_name(name)
            there = path.exists()
            write_atomically(path, content)
            written[path] = there
    except BaseException:
        for path, there in written.items():
            _put_back(path, there)
        raise
    return tuple(written)


def _put_back(path: Path, there: bool) -> None:
    with contextlib.suppress(OSError):
        if there:
            backup_of(path).replace(path)
        else:
            path.unlink()


def land_folder(files: Files, target: Path) -> tuple[Path, ...]:
    """Write a folder of files in the place of an earlier export, which is kept as `name~`.

    Raises:
        ExchangeError: something else stands there.
        AtomicWriteError: it cannot be written; what was there is as it was.
    """
    require_free(target)

    def fill(folder: Path) -> None:
        for name, content in files.items():
            (folder / name).write_bytes(content)

    write_folder_atomically(target, fill, replace=target.exists())
    return tuple(target / name for name in files)


def require_free(target: Path) -> None:
    """Refuse a place where something stands that is no earlier export.

    Raises:
        ExchangeError: something stands there.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise ExchangeError(
            Message(
                "“{name}” is already there and is no exported model. Choose another name.", name=target.name
            )
        )
    others = sorted(path.name for path in target.iterdir() if path.name not in OURS)
    if others:
        raise ExchangeError(
            Message(
                "“{name}” holds “{file}”, which no export made. Choose another name.",
                name=target.name,
                file=others[0],
            )
        )
