"""Tells a second window that a file is being edited already; nothing is written beside the file.

A lock is a record in the person's state folder under the file's real path. It names the process that took
it, so that a lock whose process has ended is simply taken over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.disk import state_folder
from studio.project.fields import Fields, measure, text, whole
from studio.project.json_text import FileError, parse
from studio.project.process import Process, this_process


@dataclass(frozen=True, slots=True)
class Holder:
    """Who edits a file.

    Attributes:
        process: the process whose window it is.
        since: when the file was opened there, in seconds since 1970.
        token: tells the windows of one process apart.
    """

    process: Process
    since: float
    token: str

    @property
    def here(self) -> bool:
        """Whether it is another window of this program run."""
        return self.process.pid == os.getpid()


class Lock:
    """One window's claim on one file."""

    def __init__(self, path: str | os.PathLike[str], folder: str | os.PathLike[str] | None = None) -> None:
        """Name the file; nothing is claimed yet.

        Args:
            path: the file, which need not be there yet.
            folder: where locks are kept; this person's own folder when not given.
        """
        self._folder = Path(folder) if folder is not None else state_folder() / "locks"
        real = os.path.normcase(os.path.realpath(path))
        name = hashlib.sha256(real.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._record = self._folder / f"{name}.lock"
        self._token = secrets.token_hex(8)

    def take(self) -> Holder | None:
        """Claim the file; gives who has it when that is another window, None when it is ours now.

        Where locks cannot be kept at all, the file is ours: a lock protects from mistakes, and must not
        stand in the way of work.
        """
        try:
            with self._alone():
                holder = self._read()
                if holder is not None and holder.token != self._token and holder.process.alive:
                    return holder
                process = this_process()
                record = {
                    "pid": process.pid,
                    "started": process.started,
                    "since": time.time(),
                    "token": self._token,
                }
                write_atomically(self._record, json.dumps(record).encode("ascii"), backup=False)
        except (OSError, AtomicWriteError):
            return None
        return None

    def release(self) -> None:
        """Give the file free, if it is ours."""
        with contextlib.suppress(OSError), self._alone():
            holder = self._read()
            if holder is not None and holder.token == self._token:
                self._record.unlink()

    def _read(self) -> Holder | None:
        try:
            own = Fields(parse(self._record.read_bytes()), (), ("pid", "started", "since", "token"))
            process = Process(own.read("pid", whole(0, 2**63)), own.read("started", text))
            return Holder(process, own.read("since", measure(0, 1e15)), own.read("token", text))
        except (OSError, FileError):
            return None

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time look at a lock and take it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._folder / "turn").open("ab") as turn:
            if sys.platform == "win32":
                import msvcrt

                turn.seek(0)
                msvcrt.locking(turn.fileno(), msvcrt.LK_LOCK, 1)
                try:
                    yield
                finally:
                    turn.seek(0)
                    msvcrt.locking(turn.fileno(), msvcrt.LK_UNLCK, 1)
            else:
                import fcntl

                fcntl.flock(turn, fcntl.LOCK_EX)  # given back when the file is closed
                yield
