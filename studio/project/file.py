"""The project file: canonical text for git, read strictly and written atomically; nothing in it is ever run.

`loads` either raises one `FileError` or gives a project whose `dumps` loads again to an equal one, and
whatever `dumps` gives can be loaded.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from studio.graph import Message
from studio.project import decode, encode
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.document import Project
from studio.project.encode import FORMAT, VERSION
from studio.project.fields import whole
from studio.project.json_text import FileError, Plain, describe, fault, parse, render, too_large
from studio.project.limits import BYTES
from studio.project.migrations import migrate
from studio.project.write_error import readable, reason_of

SUFFIX = ".netwright"
"""How the name of a project file ends."""


def dumps(project: Project) -> str:
    """Write a project as canonical text.

    Raises:
        FileError: it holds something that no file can hold, such as a number that is not finite.
    """
    data = encode.project(project)
    try:
        decode.project(data)
        text = render(data)
    except FileError as error:
        raise FileError(Message("This project cannot be saved. {reason}", reason=error.message)) from None
    if len(text) > BYTES // 4 and len(text.encode()) > BYTES:
        raise too_large(len(text.encode()))
    return text


def loads(text: str | bytes) -> Project:
    """Read a project from text.

    Raises:
        FileError: it is not one, or one of a newer version.
    """
    data, version = check_version(parse(text), FORMAT, VERSION)
    return decode.project(migrate(data, version) if version < VERSION else data)


def read(path: str | os.PathLike[str]) -> Project:
    """Read a project file; the file is not changed, whatever its version.

    Raises:
        FileError: it cannot be read or is not a project.
    """
    name = readable(Path(path).name)
    try:
        return loads(read_bytes(path))
    except FileError as error:
        raise FileError(Message("“{name}”: {reason}", name=name, reason=error.message)) from None


def write(project: Project, path: str | os.PathLike[str]) -> None:
    """Write a project file, keeping the previous one as `name~`.

    A previous file of another version is kept for good as `name.version-N`.

    Raises:
        FileError: the project holds something that no file can hold.
        AtomicWriteError: the file cannot be written there.
    """
    data = dumps(project).encode()
    target = Path(path)
    version = _version_on_disk(target)
    if version is not None and version != encode.version_of(project):
        kept = target.with_name(f"{target.name}.version-{version}")
        if not kept.exists():
            write_atomically(kept, target.read_bytes())
    write_atomically(target, data)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a file that is no larger than a project can be.

    Raises:
        FileError: it cannot be read, or is larger.
    """
    try:
        # A pipe would keep whoever opens it waiting for somebody to write.
        if not stat.S_ISREG(mode := Path(path).stat().st_mode) and not stat.S_ISDIR(mode):
            raise FileError(Message("This is a device or a pipe, not a file."))
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > BYTES else file.read(BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise FileError(Message("There is no such file.")) from None
    except IsADirectoryError:
        raise FileError(Message("This is a folder, not a file.")) from None
    except PermissionError:
        raise FileError(Message("You may not read this file.")) from None
    except (OSError, ValueError) as error:
        raise FileError(Message("The file cannot be read: {reason}.", reason=reason_of(error))) from None
    if size > BYTES or len(data) > BYTES:
        raise too_large(max(size, len(data)))
    return data


def check_version(data: Plain, expected: str, known: int) -> tuple[dict[str, Plain], int]:
    """Give the fields of a text and the version that it says it is of.

    Raises:
        FileError: it is of another format, or of a newer version.
    """
    if not isinstance(data, dict):
        raise fault((), Message("an object"), data)
    if data.get("format") != expected:
        raise FileError(
            Message(
                "This is not a file of Netwright: expected the format “{expected}”, received {received}.",
                expected=expected,
                received=describe(data.get("format")),
            )
        )
    version = whole(0, 10**6)(data.get("version"), ("version",))
    if version > known:
        raise FileError(
            Message(
                "A newer Netwright wrote this: it is of version {found}, and this one reads up to "
                "version {known}. It is left as it is; open it with the newer one.",
                found=version,
                known=known,
            )
        )
    return data, version


def _version_on_disk(path: Path) -> int | None:
    """Give the version of the file that is there, or None when there is no readable one."""
    try:
        data = parse(read_bytes(path))
    except FileError:
        return None
    version = data.get("version") if isinstance(data, dict) and data.get("format") == FORMAT else None
    return version if isinstance(version, int) and not isinstance(version, bool) else None


__all__ = [
    "FORMAT",
    "SUFFIX",
    "VERSION",
    "AtomicWriteError",
    "FileError",
    "dumps",
    "loads",
    "read",
    "read_bytes",
    "write",
    "write_atomically",
]
