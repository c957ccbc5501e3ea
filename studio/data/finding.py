"""Finds files of a person in folders, in the order in which people count, with their classes and parts."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Hashable, Iterator
from pathlib import Path
from typing import NamedTuple

from studio.data import parts
from studio.data.dataset import DataError
from studio.graph import Message


class Found(NamedTuple):
    """A file.

    Attributes:
        path: where it is.
        label: the class whose folder it stands in.
        part: the part of the data whose folder it stands in; None where there are no such folders.
    """

    path: Path
    label: str
    part: int | None


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give the key by which people order names: 2 before 10, small and capital letters together."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"(\d{1,18})", name)
    )


def stamp(path: Path) -> Hashable:
    """Give what changes when a file changes."""
    try:
        info = path.stat()
    except OSError:  # a link to nowhere; reading it will say so
        return str(path)
    return str(path), info.st_size, info.st_mtime_ns


def folders_in(root: Path) -> list[Path]:
    """Give the folders in a folder; hidden ones are left out.

    Raises:
        DataError: it may not be read.
    """
    try:
        inside = [entry for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith(".")]
    except OSError as error:
        raise DataError(Message("The folder {folder} may not be read.", folder=str(root))) from error
    return sorted(inside, key=lambda path: natural(path.name))


def files_below(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """Give all files of some endings below a folder, in no order; hidden ones are left out."""
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if Path(name).suffix.lower() in suffixes and not name.startswith("."):
                yield Path(where, name)


def in_order(files: Iterator[Path], folder: Path) -> list[Path]:
    """Give files in the order in which people count."""
    return sorted(files, key=lambda path: natural(path.relative_to(folder).as_posix()))


def class_folders(root: Path) -> list[tuple[str, int | None, Path]]:
    """Give each folder of a class: the class, its part of the data, and where it is; by class, then by part.

    Where a folder holds `train` beside nothing but other parts, each of them holds folders of classes.

    Raises:
        DataError: there are fewer than two classes.
    """
    inside = folders_in(root)
    named = [(path, parts.part_of(path.name)) for path in inside]
    whole = bool(named) and all(part is not None for _, part in named)
    if whole and not any(part == parts.TRAIN for _, part in named):
        raise DataError(
            Message(
                "{folder} holds “{name}”, which is a part of a data set and not a class. "
                "Choose the folder “{name}” itself.",
                folder=str(root),
                name=inside[0].name,
            )
        )
    given = named if whole else [(root, None)]
    found = [(entry.name, part, entry) for place, part in given for entry in folders_in(place)]
    classes = {name for name, _, _ in found}
    if len(classes) < 2:
        raise DataError(
            Message(
                "{folder} must hold at least two folders, one for each class, with its files inside. "
                "It holds {count}.",
                folder=str(root),
                count=len(classes),
            )
        )
    return sorted(found, key=lambda one: (natural(one[0]), -1 if one[1] is None else one[1]))


def files_by_class(root: Path, suffixes: Collection[str]) -> list[Found]:
    """Give the files of every class, in order.

    Raises:
        DataError: there are fewer than two classes.
    """
    return [
        Found(path, name, part)
        for name, part, folder in class_folders(root)
        for path in in_order(files_below(folder, suffixes), folder)
    ]
