"""Says in words why something could not be written, and what to do about it."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from studio.graph.text import Message, NetwrightError

Kind = Literal["full", "read_only", "gone", "name", "other"]
"""Why nothing could be written: no space, not allowed, no such folder, not a usable name, anything else."""

_KINDS: dict[int, Kind] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
    errno.ENAMETOOLONG: "name",
    errno.EINVAL: "name",
    errno.EILSEQ: "name",
    errno.ELOOP: "name",
}


_REASONS: Mapping[int, Message] = {
    errno.EACCES: Message("Permission denied"),
    errno.EPERM: Message("Operation not permitted"),
    errno.EROFS: Message("Read-only file system"),
    errno.ENOENT: Message("No such file or directory"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.EEXIST: Message("File exists"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ELOOP: Message("Too many levels of symbolic links"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EDQUOT: Message("Disk quota exceeded"),
    errno.EFBIG: Message("File too large"),
    errno.EIO: Message("Input/output error"),
    errno.EBUSY: Message("Device or resource busy"),
    errno.EMFILE: Message("Too many open files"),
    errno.ENOMEM: Message("Cannot allocate memory"),
}
"""What the system says most often, so that it can be said in the reader's language."""


class AtomicWriteError(NetwrightError):
    """It was not written, and what was there before is untouched, unless the text says otherwise.

    Attributes:
        kind: the reason, for whoever offers a way out: free space, or Save As elsewhere.
    """

    def __init__(self, kind: Kind, message: Message) -> None:
        """Keep the reason and the sentence."""
        super().__init__(message)
        self.kind = kind


@contextlib.contextmanager
def telling(target: Path) -> Iterator[None]:
    """Turn the system's errors into sentences that say what to do."""
    try:
        yield
    except OSError as error:
        raise AtomicWriteError(_kind(error), _words(target, error)) from error
    except ValueError as error:
        if "null" not in str(error) and not isinstance(error, UnicodeError):
            raise
        raise AtomicWriteError("name", _unusable(target)) from error


def reason_of(error: BaseException) -> Message | str:
    """Give why the system refused, in the reader's language where it is one of the usual reasons."""
    if not isinstance(error, OSError):
        return str(error) or type(error).__name__
    known = _REASONS.get(error.errno or 0)
    if known is not None and error.strerror == str(known):  # the system's words, not some of our own
        return known
    return error.strerror or str(error) or type(error).__name__


def readable(path: str | os.PathLike[str]) -> str:
    """Give a path as text that can be shown and printed, whatever bytes its name is made of."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _kind(error: OSError) -> Kind:
    if getattr(error, "winerror", None) == 123:  # ERROR_INVALID_NAME
        return "name"
    return _KINDS.get(error.errno or 0, "other")


def _unusable(target: Path) -> Message:
    return Message(
        "“{name}” cannot be the name of a file here. Choose a shorter, plainer one.",
        name=readable(target.name)[:60],
    )


def _words(target: Path, error: OSError) -> Message:
    folder = readable(target.parent)
    match _kind(error):
        case "full":
            return Message(
                "There is no space left in {folder}. Free some space or save somewhere else; "
                "nothing on the disk has changed.",
                folder=folder,
            )
        case "read_only":
            return Message(
                "“{name}” cannot be written in {folder}: it is read-only. Save somewhere else.",
                name=readable(target.name),
                folder=folder,
            )
        case "gone":
            return Message("The folder {folder} is not there. Save somewhere else.", folder=folder)
        case "name":
            return _unusable(target)
        case "other":
            return Message(
                "“{name}” could not be written: {reason}. Try again or save somewhere else; "
                "nothing on the disk has changed.",
                name=readable(target.name),
                reason=reason_of(error),
            )
