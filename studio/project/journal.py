"""The recovery journal: every applied edit is written down at once, outside the file; no kill loses one.

A journal is one file in the person's state folder. Its first line holds the project as it was when the
journal began; each later line holds one edit and a checksum. A line that a kill cut short is dropped, and
everything before it is there. Closing well removes the journal; what is left was left by a crash.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.graph import Message, NetwrightError
from studio.project import patch
from studio.project.atomic import write_atomically
from studio.project.disk import look, state_folder
from studio.project.document import Project
from studio.project.fields import Fields, as_it_is, flag, measure, text, whole
from studio.project.file import dumps, loads
from studio.project.json_text import At, FileError, Plain, fault, parse
from studio.project.limits import BYTES
from studio.project.process import Process, this_process
from studio.project.write_error import reason_of

FORMAT = "netwright-journal"
VERSION = 1
SUFFIX = ".journal"

SYNC_SECONDS = 1.0
"""How often the edits are flushed to the disk itself; the kernel has each of them at once."""

RETRY_SECONDS = 10.0
"""How soon after a failure the journal is tried again."""


def default_folder() -> Path:
    """Give the folder of the journals."""
    return state_folder() / "recovery"


class Journal:
    """Writes one document's edits down as they are made.

    It never raises for want of space or rights: editing goes on, and the listener is told once.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        trouble: Callable[[Message], object] = lambda _message: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a journal that has not begun.

        Args:
            folder: where journals are kept; this person's own folder when not given.
            trouble: told, once, when edits cannot be written down.
            clock: gives seconds; only differences matter.
        """
        self._folder = Path(folder) if folder is not None else default_folder()
        self._trouble = trouble
        self._clock = clock
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        self._file: Path | None = None
        self._path: Path | None = None
        self._document = ""
        self._last = Project()
        self._length = 0
        self._synced = 0.0
        self._failed_at: float | None = None

    @property
    def working(self) -> bool:
        """Whether edits are being written down."""
        return self._descriptor is not None

    def begin(
        self,
        project: Project,
        path: str | os.PathLike[str] | None = None,
        *,
        modified: bool = False,
        document: str = "",
    ) -> None:
        """Begin with a project; a journal that was begun before is replaced.

        Args:
            project: the document as it is now.
            path: its file, or None when it has none yet.
            modified: whether it already holds edits that no file has, such as recovered ones.
            document: what its runs are known by while it has no file.
        """
        self._path = Path(path) if path is not None else None
        self._document = document
        self._last = project
        with self._lock:
            old = self._file
            self._let_go()
            try:
                self._start(project, modified)
            except (OSError, NetwrightError) as error:
                self._fail(error)
                return
            if old is not None:
                _unlink(old)
        self._failed_at = None

    def saved(self, project: Project, path: str | os.PathLike[str]) -> None:
        """Begin anew, as the file now holds the project."""
        self.begin(project, path, document=self._document)

    def append(self, before: Project, after: Project) -> None:
        """Write one step down: an edit, an undo or a redo.

        Args:
            before: the project before the step, as the journal knows it from the last one.
            after: the project after the step.
        """
        if self._failed_at is not None:
            if self._clock() - self._failed_at >= RETRY_SECONDS:
                self.begin(after, self._path, modified=True, document=self._document)
            return
        if self._descriptor is None:
            return
        told = patch.make(self._last, after) if self._last is not before else patch.make(before, after)
        if not told:
            self._last = after
            return
        line = _line({"time": time.time(), "patch": told})
        with self._lock:
            try:
                if os.write(self._descriptor, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                self._length += len(line)
                self._last = after
                if self._clock() - self._synced >= SYNC_SECONDS:
                    self._flush()
            except OSError as error:
                self._fail(error)

    def sync(self) -> None:
        """Have the system bring every edit to the disk; can be called from any thread."""
        with self._lock:
            if self._descriptor is not None:
                try:
                    self._flush()
                except OSError as error:
                    self._fail(error)

    def close(self, clean: bool = True) -> None:
        """Stop; a clean end leaves no journal."""
        with self._lock:
            self._let_go()
            if clean and self._file is not None:
                _unlink(self._file)
            self._file = None
            self._failed_at = None

    def _start(self, project: Project, modified: bool) -> None:
        process = this_process()
        seen = look(self._path) if self._path is not None else None
        header: dict[str, Plain] = {
            "format": FORMAT,
            "version": VERSION,
            "pid": process.pid,
            "started": process.started,
            "path": str(self._path.absolute()) if self._path is not None else None,
            "hash": seen.digest if seen is not None else None,
            "time": time.time(),
            "modified": modified,
            "document": self._document,
            "base": dumps(project),
        }
        line = _line(header)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / f"{time.time_ns() // 10**6}-{process.pid}-{secrets.token_hex(4)}{SUFFIX}"
        write_atomically(file, line, backup=False)
        self._file = file
        self._descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        self._length = len(line)
        self._synced = self._clock()

    def _flush(self) -> None:
        if self._descriptor is not None:
            os.fsync(self._descriptor)
            self._synced = self._clock()

    def _fail(self, error: OSError | NetwrightError) -> None:
        """Keep what was written whole, stop, and tell the listener the first time."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._length)
        self._let_go()
        first = self._failed_at is None
        self._failed_at = self._clock()
        if first:
            self._trouble(_not_kept(error))

    def _let_go(self) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


def _not_kept(error: OSError | NetwrightError) -> Message:
    if isinstance(error, NetwrightError):
        return Message(
            "Your edits are not being kept for recovery. {reason} Save the project soon; "
            "everything else works as before.",
            reason=error.message,
        )
    return Message(
        "Your edits are not being kept for recovery: {reason}. Save the project soon; "
        "everything else works as before.",
        reason=reason_of(error),
    )


# -- recovery -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recovery:
    """Edits that a crash left behind.

    Attributes:
        path_of_project: the file they were made to, or None when it had none yet.
        time: when the last of them was made, in seconds since 1970.
        steps: the project before the first of them and after each; the last has them all.
        from_file: whether the first step is what the file holds.
        changed_on_disk: whether the file is another than the one that was edited.
        journal: the journal itself.
        document: what its runs are known by while it has no file; empty where that was not written down.
    """

    path_of_project: Path | None
    time: float
    steps: tuple[Project, ...]
    from_file: bool
    changed_on_disk: bool
    journal: Path
    document: str = ""

    __hash__ = None  # type: ignore[assignment]

    @property
    def project(self) -> Project:
        """The project with all of the edits."""
        return self.steps[-1]

    @property
    def edits(self) -> int:
        """How many there are."""
        return len(self.steps) - 1

    def discard(self) -> None:
        """Forget them for good."""
        _unlink(self.journal)


def recoverable(folder: str | os.PathLike[str] | None = None) -> list[Recovery]:
    """Find what crashed windows left behind, the newest first.

    Journals of windows that still run are left alone; one that holds nothing that its file does not hold
    is removed.
    """
    found: list[Recovery] = []
    for file in sorted((Path(folder) if folder is not None else default_folder()).glob(f"*{SUFFIX}")):
        try:
            header, edits = _read(file.read_bytes())
            if header.process.alive:
                continue
            recovery = _recovered(file, header, edits)
        except (OSError, FileError):  # damaged from its first line on, or of a newer version: leave it
            continue
        if recovery is None:
            _unlink(file)
        else:
            found.append(recovery)
    return sorted(found, key=lambda recovery: recovery.time, reverse=True)


@dataclass(frozen=True, slots=True)
class _Header:
    """The first line of a journal."""

    process: Process
    path: Path | None
    digest: str | None
    time: float
    modified: bool
    base: str
    document: str


def _read(data: bytes) -> tuple[_Header, list[tuple[float, Plain]]]:
    """Give the header and the edits, as far as they were written whole."""
    lines = _whole_lines(data)
    first = next(lines, None)
    version = first.get("version") if isinstance(first, dict) and first.get("format") == FORMAT else None
    if version != VERSION:
        raise FileError(Message("This is no recovery journal of this version."))
    own = Fields(
        first,
        (),
        ("format", "version", "pid", "started", "path", "hash", "time", "modified", "base"),
        ("document",),  # journals of an earlier day have none
    )
    path = own.read("path", _path)
    header = _Header(
        Process(own.read("pid", whole(0, 2**63)), own.read("started", text)),
        Path(path) if path is not None else None,
        own.read("hash", _or_nothing),
        own.read("time", _time),
        own.read("modified", flag),
        own.read("base", _any_text),
        own.get("document", _document, ""),
    )
    edits: list[tuple[float, Plain]] = []
    for line in lines:
        entry = Fields(line, ("edits", len(edits)), ("time", "patch"))
        edits.append((entry.read("time", _time), entry.read("patch", as_it_is)))
    return header, edits


def _recovered(file: Path, header: _Header, edits: list[tuple[float, Plain]]) -> Recovery | None:
    """Give what can be recovered; None when that is nothing new."""
    steps = [loads(header.base)]
    for _time_of_edit, told in edits:
        try:
            steps.append(patch.apply(steps[-1], told))
        except FileError:
            break
    saved = None
    while saved is None:
        with contextlib.suppress(FileError):
            saved = dumps(steps[-1])
        if saved is None:
            steps.pop()
    count = len(steps) - 1
    if not count and not header.modified:
        return None
    now = look(header.path) if header.path is not None else None
    if now is not None and now.digest == hashlib.sha256(saved.encode()).hexdigest():
        return None
    changed = (now.digest if now is not None else None) != header.digest
    return Recovery(
        path_of_project=header.path,
        time=edits[count - 1][0] if count else header.time,
        steps=tuple(steps),
        from_file=now is not None and not changed and not header.modified,
        changed_on_disk=changed,
        journal=file,
        document=header.document,
    )


def _line(data: dict[str, Plain]) -> bytes:
    """Write one line: a checksum and what it is of."""
    content = json.dumps(data, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(content), content)


def _whole_lines(data: bytes) -> Iterator[Plain]:
    """Read lines until one is cut short or damaged."""
    for line in data.splitlines(keepends=True):
        checksum, _space, content = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(content):
            return
        yield parse(content, limit=8 * BYTES)  # the base is a file within a line


def _or_nothing(data: Plain, at: At) -> str | None:
    return None if data is None else text(data, at)


def _path(data: Plain, at: At) -> str | None:
    return None if data is None else _any_text(data, at)  # a name of no encoding has broken characters


def _any_text(data: Plain, at: At) -> str:
    if not isinstance(data, str):
        raise fault(at, Message("a text"), data)
    return data


def _document(data: Plain, at: At) -> str:
    """Read what names a folder, so nothing but what this program writes."""
    found = _any_text(data, at)
    if not set(found) <= set("0123456789abcdef"):
        raise fault(at, Message("a text"), data)
    return found


_time = measure(0, 1e15)


def _unlink(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
