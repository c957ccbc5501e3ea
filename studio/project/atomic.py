"""Writes files so that whoever looks finds the old one or the new one, whole, whatever happens meanwhile.

Everything that Netwright writes goes through here: an exclusive temporary in the same folder, written,
flushed to the disk (an error is an error), read back and compared; the previous file kept beside as
`name~`; then one rename, and the folder flushed too. A failure leaves the old file, and no temporary.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import platform
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from studio.graph.text import Message
from studio.project.process import start_of
from studio.project.write_error import AtomicWriteError, readable, reason_of, telling

__all__ = [
    "AtomicWriteError",
    "backup_of",
    "write_atomically",
    "write_folder_atomically",
    "write_path_atomically",
]

_STALE_SECONDS = 86_400.0
_CHUNK = 1 << 20
_LONGEST_NAME = 255

_ours: set[str] = set()
"""Temporaries that this process is writing now."""


def write_atomically(
    path: str | os.PathLike[str],
    data: bytes | Callable[[BinaryIO], object],
    *,
    backup: bool = True,
    verify: Callable[[Path], object] | None = None,
) -> None:
    """Write a file.

    Args:
        path: where; a link is followed to the file that it stands for.
        data: what, or a function that writes it, from the start to the end, into what it is given.
        backup: keep the previous file as `name~`.
        verify: looks at the finished temporary; what it raises stops the writing.

    Raises:
        AtomicWriteError: it could not be written; the old file is as it was.
    """
    with _temporary(path, backup) as temporary:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        with _Stream(descriptor) as stream:
            if isinstance(data, bytes):
                stream.write(data)
            else:
                data(cast(BinaryIO, stream))
            stream.settle()
        with temporary.open("rb") as written:
            if hashlib.file_digest(written, "sha256").digest() != stream.digest():
                raise OSError(errno.EIO, "what was read back differs from what was written")
        if verify is not None:
            verify(temporary)


def write_path_atomically(
    path: str | os.PathLike[str],
    fill: Callable[[Path], object],
    *,
    backup: bool = True,
    verify: Callable[[Path], object] | None = None,
) -> None:
    """Write a file through a library that wants a path, such as `safetensors` or `onnx`.

    Args:
        path: where the file goes.
        fill: writes one file at the path that it is given; it has the same ending.
        backup: keep the previous file as `name~`.
        verify: looks at the finished temporary; what it raises stops the writing.

    Raises:
        AtomicWriteError: it could not be written; the old file is as it was.
    """
    with _temporary(path, backup) as temporary:
        fill(temporary)
        _flush_file(temporary)
        if verify is not None:
            verify(temporary)


def write_folder_atomically(
    path: str | os.PathLike[str], fill: Callable[[Path], object], *, replace: bool = False
) -> None:
    """Write a folder of several files: all of them appear at once, or none.

    Args:
        path: where the folder goes.
        fill: writes the files into the empty folder that it is given.
        replace: put it in the place of a folder that is there, which is kept as `name~`. Two renames do
            that: whoever looks between them finds the old folder under `name~` only.

    Raises:
        AtomicWriteError: it could not be written; what was there is as it was.
    """
    target = Path(path)
    with _temporary_beside(target) as temporary:
        if os.path.lexists(target) and not (replace and target.is_dir() and not target.is_symlink()):
            raise AtomicWriteError(
                "name", Message("“{name}” is already there. Choose another name.", name=readable(target.name))
            )
        temporary.mkdir()
        fill(temporary)
        for folder, _folders, files in os.walk(temporary):
            for file in files:
                _flush_file(Path(folder) / file)
            _flush_folder(Path(folder))
        if not target.exists():
            _retrying(lambda: os.rename(temporary, target))  # noqa: PTH104  # the steps are the system's
        else:
            previous = backup_of(target)
            _remove(previous)
            _retrying(lambda: os.rename(target, previous))  # noqa: PTH104
            try:
                _retrying(lambda: os.rename(temporary, target))  # noqa: PTH104
            except OSError:
                os.rename(previous, target)  # noqa: PTH104
                raise
        _confirm(target)


def backup_of(path: Path) -> Path:
    """Give where the previous version of a file is kept: `name~`, shortened where that is too long."""
    name = path.name + "~"
    while len(os.fsencode(name)) > _LONGEST_NAME:
        name = name[1:]
    return path.with_name(name)


# -- the steps ----------------------------------------------------------------------------------------

_BINARY = getattr(os, "O_BINARY", 0)


class _Stream(io.BufferedIOBase):
    """Writes to a descriptor from the start to the end and remembers the checksum of what it wrote.

    It has no file number and cannot seek, so that no library writes around it.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        view = memoryview(data).cast("B")  # type: ignore[arg-type]  # anything that holds bytes
        for start in range(0, len(view), _CHUNK):
            part = view[start : start + _CHUNK]
            self._hash.update(part)
            while part:
                count = os.write(self._descriptor, part)
                if count <= 0:
                    raise OSError(errno.EIO, "nothing was written")
                part = part[count:]
        return len(view)

    def settle(self) -> None:
        """Have the system bring everything to the disk."""
        os.fsync(self._descriptor)

    def digest(self) -> bytes:
        """Give the checksum of all that was written."""
        return self._hash.digest()

    def close(self) -> None:
        """Give the descriptor back."""
        if not self.closed:
            os.close(self._descriptor)
        super().close()


@contextlib.contextmanager
def _temporary(path: str | os.PathLike[str], backup: bool) -> Iterator[Path]:
    """Give the name of a temporary; put it in the place of the file when the block ends well."""
    with telling(Path(path)):
        target = Path(os.path.realpath(path))
    with _temporary_beside(target) as temporary:
        before = _present(target)
        yield temporary
        if before is not None:
            _take_after(temporary, before)
            if backup:
                _keep_backup(target)
        _retrying(lambda: os.replace(temporary, target))  # noqa: PTH105
        _confirm(target)


@contextlib.contextmanager
def _temporary_beside(target: Path) -> Iterator[Path]:
    """Name a temporary in the target's folder; nothing of it is left when the block ends."""
    with telling(target):
        # A name that is too long must be told before anything is written, in words about that name.
        with contextlib.suppress(FileNotFoundError):
            os.lstat(target)
        if not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no such folder")
        stem = _stem(target)
        _clear_stale(target.parent, stem)
        suffix = target.suffix if len(target.suffix) <= 16 else ""
        temporary = target.parent / f"{stem}{os.getpid()}-{secrets.token_hex(6)}.tmp{suffix}"
        _ours.add(temporary.name)
        try:
            yield temporary
        finally:
            _remove(temporary)
            _ours.discard(temporary.name)


def _stem(target: Path) -> str:
    """Give how names of temporaries of a target on this machine begin."""
    name, host = (
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        for text in (target.name, platform.node())
    )
    return f".netwright-{name}-{host}-"


def _clear_stale(folder: Path, stem: str) -> None:
    """Remove temporaries of this target that a process left which was killed."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name in _ours or not entry.name.startswith(stem.rsplit("-", 2)[0]):
                continue
            with contextlib.suppress(OSError):
                pid = entry.name.removeprefix(stem).partition("-")[0]
                ended = (
                    entry.name.startswith(stem)
                    and pid.isdecimal()
                    and (int(pid) == os.getpid() or start_of(int(pid)) is None)
                )
                if ended or time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE_SECONDS:
                    _remove(Path(entry.path))


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _present(target: Path) -> os.stat_result | None:
    """Give what is known of the file that stands there; refuse to replace what is no file."""
    try:
        found = os.lstat(target)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise AtomicWriteError(
            "name",
            Message("“{name}” is a folder or a device. Choose another name.", name=readable(target.name)),
        )
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file may not be changed")
    return found


def _take_after(temporary: Path, before: os.stat_result) -> None:
    """Give the new file the mode and, where the system lets us, the owner of the old one."""
    if sys.platform != "win32":
        made = os.lstat(temporary)
        if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
            with contextlib.suppress(OSError):
                os.chown(temporary, before.st_uid, before.st_gid)
    os.chmod(temporary, stat.S_IMODE(before.st_mode))  # noqa: PTH101


def _keep_backup(target: Path) -> None:
    """Keep the file as `name~` without ever leaving its own name empty."""
    kept = backup_of(target)
    with _temporary_beside(kept) as temporary:
        try:
            os.link(target, temporary)
        except OSError:  # a file system without links
            shutil.copy2(target, temporary)
            _flush_file(temporary)
        _retrying(lambda: os.replace(temporary, kept))  # noqa: PTH105


def _flush_file(path: Path) -> None:
    descriptor = os.open(path, (os.O_RDWR if sys.platform == "win32" else os.O_RDONLY) | _BINARY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    """Have a rename reach the disk, on systems that can flush a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _confirm(target: Path) -> None:
    """Have the rename reach the disk; where it does not, a power cut can still undo it."""
    try:
        _flush_folder(target.parent)
    except OSError as error:
        raise AtomicWriteError(
            "other",
            Message(
                "“{name}” was written, but the disk did not confirm it: {reason}. Save it again.",
                name=readable(target.name),
                reason=reason_of(error),
            ),
        ) from error


def _retrying(step: Callable[[], None]) -> None:
    """Rename; on Windows wait a moment for a virus scanner that holds the file open."""
    for pause in (0.02, 0.05, 0.1, 0.2) if sys.platform == "win32" else ():
        try:
            return step()
        except PermissionError:
            time.sleep(pause)
    return step()
