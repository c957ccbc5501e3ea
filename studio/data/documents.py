"""Reads texts of a person, or those that are on every machine with Python: its own documentation."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import NamedTuple

from studio.data.dataset import DataError
from studio.data.encodings import encoding_of
from studio.data.finding import files_below, in_order, stamp
from studio.data.memory import require_memory
from studio.graph import Message

SUFFIXES = frozenset(".txt .text .md .rst .tex .log .srt .py".split())
"""Endings of files that are taken for texts in a folder; a file that is chosen itself may have any."""

MODULES = (
    "argparse base64 calendar collections contextlib csv datetime decimal difflib enum fractions functools "
    "heapq itertools json logging math os pathlib random re shutil statistics tempfile textwrap threading "
    "traceback zipfile"
).split()
"""Modules of the standard library whose functions and classes say what they do in sentences."""

_GROWTH = 16
"""Bytes of memory that a byte of text takes at most while it is made ready."""


class Documents(NamedTuple):
    """Texts.

    Attributes:
        texts: one for each file.
        notes: what could not be read.
    """

    texts: list[str]
    notes: list[Message]


def files_of(folder: str) -> list[Path]:
    """Give the files of a text: one, or all below a folder.

    Raises:
        DataError: there are none.
    """
    path = Path(folder).expanduser()
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DataError(Message("There is no file or folder {file}. Choose it again.", file=folder))
    found = in_order(files_below(path, SUFFIXES), path)
    if not found:
        raise DataError(Message("No texts (such as .txt or .md) are in {folder}.", folder=folder))
    return found


def fingerprint(folder: str) -> Hashable:
    """Give what changes when the texts change."""
    return tuple(stamp(path) for path in files_of(folder)) if folder else None


def needed(folder: str) -> int:
    """Give about how many bytes texts take in the memory while they are made ready."""
    return _GROWTH * sum(path.stat().st_size for path in files_of(folder) if path.exists()) if folder else 0


def read(folder: str, kind: str, encoding: str, progress: Callable[[float], object]) -> Documents:
    """Read a file or all texts of a folder, or what comes with Python where none is given.

    Args:
        folder: the file or folder; empty for none.
        kind: `documentation` or `docstrings`, where none is given.
        encoding: see `encoding_of`.
        progress: is told the share that is read.

    Raises:
        DataError: there is nothing to read.
    """
    if not folder:
        return Documents(docstrings() if kind == "docstrings" else documentation(), [])
    files = files_of(folder)
    require_memory(needed(folder))
    made = Documents([], [])
    for index, path in enumerate(files):
        progress(index / len(files))
        try:
            text = read_text(path, encoding)
        except DataError as error:
            if len(files) == 1:
                raise
            made.notes.append(Message("{file}: skipped. {reason}", file=path.name, reason=error.message))
            continue
        if text.strip():
            made.texts.append(text)
        else:
            made.notes.append(Message("{file}: skipped, it is empty.", file=path.name))
    if not made.texts:
        raise DataError(Message("No text could be read. {first}", first=made.notes[0] if made.notes else ""))
    return made


def read_text(path: Path, encoding: str = "auto") -> str:
    """Read one text.

    Raises:
        DataError: it is gone, may not be read, or is no text.
    """
    try:
        return path.read_text(encoding_of(path, encoding))
    except OSError as error:
        raise DataError(Message("{file} may not be read.", file=path.name)) from error


def documentation() -> list[str]:
    """Give the topics of the documentation that comes with Python.

    Raises:
        DataError: this Python was built without it.
    """
    try:
        found = importlib.import_module("pydoc_data.topics").topics
    except ImportError as error:
        raise DataError(
            Message("This Python comes without its documentation. Choose a text of your own.")
        ) from error
    return [found[name] for name in sorted(found)]


def docstrings() -> list[str]:
    """Give what functions and classes of Python's library say of themselves: one text for each module.

    Raises:
        DataError: this Python was started without them.
    """
    found = [said for name in MODULES if (said := "\n\n".join(_said(name)))]
    if not found:
        raise DataError(Message("This Python was started without docstrings. Choose a text of your own."))
    return found


def _said(module: str) -> Iterator[str]:
    """Give the names of a module with their docstrings, methods behind their class, if it is there."""
    try:
        found = importlib.import_module(module)
    except ImportError:
        return
    for name, value in _public(found):
        if getattr(value, "__module__", module) != module:
            continue  # it is told of where it comes from
        if said := inspect.cleandoc(value.__doc__ or ""):
            yield f"{name}\n{said}"
        if inspect.isclass(value):
            for inner, method in _public(value):
                if inspect.isroutine(method) and (said := inspect.cleandoc(method.__doc__ or "")):
                    yield f"{name}.{inner}\n{said}"


def _public(owner: object) -> Iterator[tuple[str, object]]:
    for name, value in sorted(vars(owner).items()):
        if not name.startswith("_") and (inspect.isclass(value) or inspect.isroutine(value)):
            yield name, value
