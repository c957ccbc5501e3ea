"""The composites that come with the program, as data: each a project file whose network shows its use.

`library.json` lists the files in the order of the palette, each with its names and its search words, so that
no file is opened before somebody wants what is in it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from studio.blocks import Block
from studio.graph import Message, NetwrightError
from studio.graph.layout import Position
from studio.graph.text import ASSETS
from studio.project import edits
from studio.project.definitions import bring
from studio.project.document import (
    COMPOSITE,
    Composite,
    GraphRef,
    Project,
    ProjectError,
    block_of_composite,
)
from studio.project.file import read
from studio.project.own_library import OWN, bring_own

COMPOSITES = ASSETS / "composites"
"""The folder with one project file for each composite."""

INDEX = "library.json"

LIBRARY = "library"
"""What stands in the place of a type for a composite of the library: placing it brings its definition."""


@dataclass(frozen=True)
class Shipped:
    """One composite of the library.

    Attributes:
        name: what it is called, in English; the name of its definition.
        words: what else it is found by, in English.
        file: the project that holds it, and everything it is made of.
        stem: what the names of its nodes begin with: short, as they stand on the canvas.
    """

    name: str
    words: tuple[str, ...]
    file: Path
    stem: str

    @functools.cached_property
    def project(self) -> Project:
        """Its file: the definitions, and a network that shows its use.

        Raises:
            FileError: the file cannot be read.
            ProjectError: it does not hold the composite.
        """
        project = read(self.file)
        project.graph(GraphRef("composite", self.name))
        return project

    @property
    def definition(self) -> Composite:
        """The composite itself."""
        return self.project.composites[self.name]

    @functools.cached_property
    def block(self) -> Block:
        """The composite in the form of a declared block; its type says that it comes from the library."""
        return replace(block_of_composite(self.name, self.definition), type=LIBRARY)


@functools.cache
def shipped(folder: Path = COMPOSITES) -> tuple[Shipped, ...]:
    """Give every composite of the library in the order of the palette; none where it was not installed."""
    try:
        listed = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        return tuple(
            Shipped(one["name"], tuple(one["words"]), folder / one["file"], one["stem"]) for one in listed
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def shipped_blocks() -> list[Block]:
    """Give every composite of the library that can be read, as a block."""
    found: list[Block] = []
    for one in shipped():
        try:
            found.append(one.block)
        except NetwrightError:
            continue  # one damaged file must not keep the others from being used
    return found


def find_shipped(name: str) -> Shipped | None:
    """Give a composite of the library by its name, or None."""
    return next((one for one in shipped() if one.name == name), None)


def bring_shipped(project: Project, name: str) -> tuple[Project, str]:
    """Copy a definition of the library, and those it is made of, into a project that lacks them.

    Returns:
        The new project, and what the definition is called there.

    Raises:
        ProjectError: the library has none of that name.
        FileError: its file cannot be read.
    """
    found = find_shipped(name)
    if found is None:
        raise ProjectError(Message("There is no composite “{name}” in the library.", name=name[:60]))
    source = found.project
    looks = {ref.name: look for ref, look in source.layout.items() if ref.place == "composite"}
    project, renamed = bring(project, source.composites, looks)
    return project, renamed.get(name, name)


def add_block(
    project: Project, ref: GraphRef, kind: str, position: Position, composite: str = ""
) -> tuple[Project, str]:
    """Place a block of the catalogue, of the project or of the library.

    Args:
        project: the project as it is.
        ref: the graph to place it in.
        kind: the block's type, `composite`, `library`, or `own` for one that the person has kept.
        position: where its left top corner goes.
        composite: the definition, when `kind` is one of the last three.

    Returns:
        The new project and the new node's id.

    Raises:
        ProjectError: it is not there or would contain itself, or a file could not hold it.
        FileError: the library cannot be read.
    """
    found = find_shipped(composite)
    if kind == OWN:
        kind, (project, composite) = COMPOSITE, bring_own(project, composite)
    if kind == LIBRARY:
        kind, (project, composite) = COMPOSITE, bring_shipped(project, composite)
    name = edits.fresh_name(project.graph(ref), found.stem) if found is not None else ""
    return edits.add_node(project, ref, kind, position, name=name, composite=composite)


def texts() -> Iterator[str]:
    """Give every text of the library that a person reads."""
    for one in shipped():
        yield one.name
        yield from one.words
        for definition in one.project.composites.values():
            yield definition.doc
            for offered in definition.parameters:
                yield offered.doc
                yield block_of_composite("", definition).parameters[offered.name].label
