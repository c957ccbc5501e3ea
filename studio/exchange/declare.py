"""How a format is declared: once, in one file of `outgoing`, from which everything else is derived.

    @file_format("pt", order=20, title=Message("..."), suffix=".pt", doc=Message("..."), opened_by=load)
    def make(subject: Subject, name: str) -> Files:
        ...

`make` gives the files as bytes and writes none. `opened_by` is how a stranger opens them: a function with
all its imports inside, because its source runs alone, in a fresh process that cannot import Netwright.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.graph import Message, NetwrightError

if TYPE_CHECKING:
    from studio.exchange.subject import Subject


class ExchangeError(NetwrightError):
    """A model cannot leave or enter like this; the text says why and what to do."""


class UnknownFormatError(ExchangeError):
    """There is no such format."""


Progress = Callable[[Message, float], None]
"""Told what is being done and how far it is, from 0 to 1; whatever it raises stops the work."""

Files = Mapping[str, bytes]
"""Name to content; the first one is the one that a person asked for."""

Make = Callable[["Subject", str], Files]
"""Subject, the name of the file or folder to be made: gives the files."""

Open = Callable[[str, str, Mapping[str, Any]], Callable[..., Any]]
"""Folder, name of the first file, facts (`class`, `inputs`, `outputs`): gives what runs like the network."""


Notes = Callable[["Subject"], tuple[Message, ...]]
"""Gives what a person should know of the files that are made of a subject."""


def _no_notes(_subject: Subject) -> tuple[Message, ...]:
    return ()


@dataclass(frozen=True)
class Format:
    """One format that a model leaves by.

    Attributes:
        id: as the command line names it.
        order: its place among the formats in a list.
        title: for people.
        suffix: how its files end; empty for a folder.
        doc: what it is good for.
        make: gives the files.
        opened_by: how a stranger opens them.
        needs: the extra of Netwright that it takes, or empty.
        modules: the libraries of that extra.
        apart: it is made in a process of its own, because its maker disturbs a running training.
        tolerance: the largest difference from the live model, as a share of the largest output.
        folder: it makes a folder, unless the path that is asked for has this suffix.
        notes: gives what a person should know of the files.
        together: it holds all networks that a plan trains together.
        calibrated: it rounds by what samples of the data meet, and is checked with samples.
    """

    id: str
    order: int
    title: Message
    suffix: str
    doc: Message
    make: Make
    opened_by: Open
    needs: str = ""
    modules: tuple[str, ...] = ()
    apart: bool = False
    tolerance: float = 0.0
    folder: bool = False
    notes: Notes = _no_notes
    together: bool = False
    calibrated: bool = False


_REGISTRY: dict[str, Format] = {}


def file_format(
    id: str,
    *,
    order: int,
    title: Message,
    suffix: str,
    doc: Message,
    opened_by: Open,
    needs: str = "",
    modules: tuple[str, ...] = (),
    apart: bool = False,
    tolerance: float = 0.0,
    folder: bool = False,
    notes: Notes = _no_notes,
    together: bool = False,
    calibrated: bool = False,
) -> Callable[[Make], Make]:
    """Declare a format by the function that makes its files; see `Format` for the rest.

    Raises:
        ValueError: the id is declared twice.
    """

    def register(make: Make) -> Make:
        if id in _REGISTRY:
            raise ValueError(f"the format {id} is declared twice")
        _REGISTRY[id] = Format(
            id,
            order,
            title,
            suffix,
            doc,
            make,
            opened_by,
            needs,
            modules,
            apart,
            tolerance,
            folder,
            notes,
            together,
            calibrated,
        )
        return make

    return register


def formats() -> tuple[Format, ...]:
    """Give every format, in the order in which they are listed."""
    package = importlib.import_module("studio.exchange.outgoing")
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
    return tuple(sorted(_REGISTRY.values(), key=lambda each: each.order))


def find_format(id: str) -> Format:
    """Give a format by its id.

    Raises:
        UnknownFormatError: there is none.
    """
    known = {each.id: each for each in formats()}
    if id not in known:
        raise UnknownFormatError(
            Message("There is no format “{name}”. There are: {known}.", name=id[:60], known=", ".join(known))
        )
    return known[id]
