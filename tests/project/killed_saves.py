"""Started by a test: saves again and again, each time killed at a later step, and says what was left.

    python killed_saves.py FOLDER KIND

Each step is one call of the system that can change the disk. KIND is `file`, `stream`, `path`, `folder` or
`project`. For every step there is one line of JSON on standard output.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from studio.project import Project, edits
from studio.project.atomic import write_atomically, write_folder_atomically, write_path_atomically
from studio.project.file import write

OLD, NEW = b"old " * 2_000, b"new content " * 2_000
CALLS = (
    "open",
    "write",
    "fsync",
    "close",
    "link",
    "replace",
    "rename",
    "chmod",
    "chown",
    "unlink",
    "mkdir",
    "rmdir",
)


def dying(call: Callable[..., Any], at: int, counted: list[int]) -> Callable[..., Any]:
    """Wrap a call of the system so that the process is killed just before the `at`-th of all calls."""

    def wrapped(*arguments: Any, **named: Any) -> Any:
        counted[0] += 1
        if counted[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        if call.__name__ == "write" and len(arguments[1]) > 4_000:
            return call(arguments[0], arguments[1][:4_000])  # written in pieces, as a full pipe would be
        return call(*arguments, **named)

    return wrapped


def save(kind: str, target: Path) -> None:
    """Write the new content."""

    def stream(file: BinaryIO) -> None:
        for start in range(0, len(NEW), 5_000):
            file.write(NEW[start : start + 5_000])

    def folder(place: Path) -> None:
        (place / "a.bin").write_bytes(NEW)
        (place / "inner").mkdir()
        (place / "inner" / "b.bin").write_bytes(NEW)

    match kind:
        case "file":
            write_atomically(target, NEW)
        case "stream":
            write_atomically(target, stream)
        case "path":
            write_path_atomically(target, lambda path: path.write_bytes(NEW))
        case "folder":
            write_folder_atomically(target, folder, replace=True)
        case "project":
            write(edits.set_loop(Project(), "epochs", 77), target)


def content(place: Path) -> str:
    """Tell what stands at a place."""
    if place.is_dir():
        files = sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())
        parts = {content(place / file) for file in files}
        return parts.pop() if len(parts) == 1 and len(files) in (1, 2) else f"mixed {files}"
    if not place.exists():
        return "nothing"
    data = place.read_bytes()
    if data in (OLD, NEW):
        return "old" if data == OLD else "new"
    return "new" if data.startswith(b"{\n") and b'"epochs": 77' in data and data.endswith(b"}\n") else "half"


def main(folder: Path, kind: str) -> None:
    """Kill a save at every step, then save again."""
    step = 0
    while True:
        step += 1
        place = folder / str(step)
        place.mkdir()
        target = place / "target"
        if kind == "folder":
            target.mkdir()
            (target / "a.bin").write_bytes(OLD)
        else:
            target.write_bytes(OLD)
        child = os.fork()
        if child == 0:
            counted = [0]
            for name in CALLS:
                setattr(os, name, dying(getattr(os, name), step, counted))
            save(kind, target)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        finished = os.WIFEXITED(status)
        left = {
            "step": step,
            "finished": finished,
            "target": content(target),
            "backup": content(place / "target~"),
            "temporaries": len([path for path in place.iterdir() if path.name.startswith(".")]),
        }
        save(kind, target)
        left["afterwards"] = content(target)
        left["files"] = sorted(path.name for path in place.iterdir())
        print(json.dumps(left))
        shutil.rmtree(place)
        if finished:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
