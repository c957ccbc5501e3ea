"""A person's own composites: a folder with a project file for each, which any window and any person can read.

A file is an ordinary project: the composite, the composites and the code that it is made of, and a network
that shows its use. So giving one away is copying its file, and taking one in is putting a file there. Code
comes along as text; it runs only in a project whose code is trusted.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from studio.blocks import Block
from studio.blocks.custom import PREFIX
from studio.graph import Message, NetwrightError
from studio.project import edits
from studio.project.coding import set_code
from studio.project.definitions import bring, rename_composite, set_composite
from studio.project.disk import data_folder
from studio.project.document import COMPOSITE, GraphRef, Project, ProjectError, block_of_composite, inside
from studio.project.file import read, write

OWN = "own"
"""What stands in the place of a type for a composite of the person: placing it brings its definition."""

SUFFIX = ".netwright"

MOST = 1000
"""How many files of the folder are read."""

_MAIN = GraphRef("network", "main")
_Stamp = tuple[int, int]


@dataclass(frozen=True)
class Own:
    """One composite of the person.

    Attributes:
        name: what it is called; the name of its definition.
        file: the project that holds it, and everything it is made of.
        project: what the file holds.
    """

    name: str
    file: Path
    project: Project

    @functools.cached_property
    def block(self) -> Block:
        """The composite in the form of a declared block; its type says where it comes from."""
        made = block_of_composite(self.name, self.project.composites[self.name])
        return replace(made, type=OWN)


@dataclass(frozen=True)
class Broken:
    """A file of the folder that is no composite, and why."""

    file: Path
    reason: Message


class OwnLibrary:
    """The composites of one folder, as they were when somebody last looked."""

    def __init__(self, folder: Path) -> None:
        """Make it without looking at the disk.

        Args:
            folder: where the files are; it need not be there.
        """
        self.folder = folder
        self._known: dict[Path, tuple[_Stamp, Own | Broken]] = {}
        self._looked = False

    def look(self) -> bool:
        """Read what is new or was changed by anybody; tells whether something is otherwise."""
        self._looked = True
        found: dict[Path, tuple[_Stamp, Own | Broken]] = {}
        for file, stamp in self._files():
            before = self._known.get(file)
            found[file] = before if before is not None and before[0] == stamp else (stamp, _read(file))
        altered = found != self._known
        self._known = found
        return altered

    def _files(self) -> list[tuple[Path, _Stamp]]:
        try:
            files = sorted(file for file in self.folder.iterdir() if file.suffix == SUFFIX)
        except OSError:
            return []
        found = []
        for file in files[:MOST]:
            try:
                told = file.stat()
            except OSError:
                continue  # gone in this moment
            found.append((file, (told.st_mtime_ns, told.st_size)))
        return found

    @property
    def state(self) -> object:
        """What tells whether something is otherwise than it was: every file with its time and length."""
        return tuple((file, stamp) for file, (stamp, _) in self._known.items())

    def all(self) -> list[Own]:
        """Give the composites by their names; of several files with one name the first."""
        if not self._looked:
            self.look()
        found: dict[str, Own] = {}
        for _, one in self._known.values():
            if isinstance(one, Own):
                found.setdefault(one.name, one)
        return [found[name] for name in sorted(found, key=str.casefold)]

    def blocks(self) -> list[Block]:
        """Give the composites as blocks."""
        return [one.block for one in self.all()]

    def broken(self) -> list[Broken]:
        """Give the files that hold no composite."""
        if not self._looked:
            self.look()
        return [one for _, one in self._known.values() if isinstance(one, Broken)]

    def find(self, name: str) -> Own | None:
        """Give a composite by its name."""
        return next((one for one in self.all() if one.name == name), None)

    def free_name(self, stem: str) -> str:
        """Give a name that none of them has: the stem itself, or with the first number that is free."""
        taken = {one.name.casefold() for one in self.all()}
        name, number = stem, 2
        while name.casefold() in taken:
            name = f"{stem} {number}"
            number += 1
        return name

    def save(self, project: Project, composite: str, name: str = "") -> Own:
        """Keep a composite of a project; one of the same name is replaced.

        Args:
            project: the project, which is not changed.
            composite: which of its composites.
            name: what it is called in the library; its own name when not given.

        Raises:
            ProjectError: the project has no such composite, or the name is none.
            AtomicWriteError: the folder cannot be written.
        """
        name = name.strip() or composite
        made = extract(project, composite)
        if name != composite:
            made = rename_composite(made, composite, name)
        there = self.find(name)
        self._make_folder()
        file = there.file if there is not None else self._file_for(name)
        write(made, file)
        self.look()
        return Own(name, file, made)

    def rename(self, old: str, new: str) -> None:
        """Give a composite another name.

        Raises:
            ProjectError: it is not there, or another one has this name.
            AtomicWriteError: the folder cannot be written.
        """
        found, new = self._found(old), new.strip()
        if self.find(new) is not None:
            raise ProjectError(Message("“{name}” is among your blocks already.", name=new))
        project = rename_composite(found.project, old, new)
        write(project, self._file_for(new))
        found.file.unlink(missing_ok=True)
        self.look()

    def remove(self, name: str) -> None:
        """Take a composite out; its file stays beside the others with `~` behind its name.

        Raises:
            ProjectError: it is not there, or the folder cannot be written.
        """
        found = self._found(name)
        try:
            found.file.replace(found.file.with_name(found.file.name + "~"))
        except OSError as error:
            reason = error.strerror or str(error)
            raise ProjectError(Message("“{name}” stays: {reason}", name=name, reason=reason)) from None
        self.look()

    def _found(self, name: str) -> Own:
        found = self.find(name)
        if found is None:
            raise ProjectError(Message("“{name}” is not among your blocks.", name=name[:60]))
        return found

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ProjectError(
                Message("The folder of your blocks cannot be made: {reason}", reason=reason)
            ) from None

    def _file_for(self, name: str) -> Path:
        """Give a file that is not there yet, named so that every system can have it."""
        kept = "".join(char if char.isalnum() or char in " -_" else "_" for char in name).strip()
        stem, number = kept[:60] or "block", 2
        file = self.folder / f"{stem}{SUFFIX}"
        while file.exists():
            file = self.folder / f"{stem} {number}{SUFFIX}"
            number += 1
        return file


def own_folder() -> Path:
    """Give the folder of this person's own composites."""
    return data_folder() / "blocks"


def own_library() -> OwnLibrary:
    """Give the library of this person; the same one for the whole program."""
    return _library(own_folder())


@functools.cache
def _library(folder: Path) -> OwnLibrary:
    return OwnLibrary(folder)


def extract(project: Project, composite: str) -> Project:
    """Give a project of one composite: all that it is made of, and a network that shows its use.

    Raises:
        ProjectError: the project has no such composite.
    """
    graph = project.graph(GraphRef("composite", composite))
    names = [composite, *sorted(inside(project, graph))]
    made = Project()
    for kind in _code_of(project, names):
        made = set_code(made, project.custom[kind])
    for name in names:
        if name in project.composites:
            made = set_composite(made, name, project.composites[name])
            ref = GraphRef("composite", name)
            if ref in project.layout:
                made = made.with_layout(ref, project.layout[ref])
    return edits.add_node(made, _MAIN, COMPOSITE, (0.0, 0.0), composite=composite)[0]


def bring_own(project: Project, name: str) -> tuple[Project, str]:
    """Copy a composite of the person, and all that it is made of, into a project that lacks it.

    Returns:
        The new project, and what the definition is called there.

    Raises:
        ProjectError: the library has none of that name, or its code has the name of other code.
    """
    found = own_library().find(name)
    if found is None:
        raise ProjectError(Message("“{name}” is not among your blocks.", name=name[:60]))
    source = found.project
    for kind, code in source.custom.items():
        if project.custom.get(kind, code) != code:
            raise ProjectError(
                Message("This project has another Python block “{name}”. Rename one of them.", name=kind)
            )
        if kind not in project.custom:
            project = set_code(project, code)
    looks = {ref.name: look for ref, look in source.layout.items() if ref.place == "composite"}
    project, renamed = bring(project, source.composites, looks)
    return project, renamed.get(name, name)


def _code_of(project: Project, composites: Iterable[str]) -> list[str]:
    """Give the custom blocks that composites hold."""
    kinds = {
        node.type.removeprefix(PREFIX)
        for name in composites
        if name in project.composites
        for node in project.composites[name].graph.nodes.values()
        if node.type.startswith(PREFIX)
    }
    return sorted(kinds & project.custom.keys())


def _read(file: Path) -> Own | Broken:
    try:
        project = read(file)
    except NetwrightError as error:
        return Broken(file, error.message)
    except (OSError, ValueError, RecursionError) as error:
        return Broken(file, Message("It cannot be read: {reason}", reason=str(error)[:200]))
    main = project.networks[project.main()]
    shown = [node.composite for node in main.of_type(COMPOSITE) if node.composite in project.composites]
    used = {name for one in project.composites.values() for name in inside(project, one.graph)}
    for name in (*shown, *(name for name in project.composites if name not in used)):
        return Own(name, file, project)
    return Broken(file, Message("It holds no composite."))
