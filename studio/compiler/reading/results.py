"""What an expression of forward stands for: a tensor, several results, a number, or nothing readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from studio.compiler.reading.drawn import Drawn, Made, Ref
from studio.graph import Value


@dataclass(frozen=True)
class Several:
    """What a call with several results gave, or a part of it."""

    drawn: Drawn
    path: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """A list or tuple of results."""

    parts: tuple[Result, ...]


@dataclass(frozen=True)
class Number:
    """A value that is no tensor."""

    value: Value


@dataclass(frozen=True)
class Layer:
    """A layer that has a name of its own in forward, as in a loop over a ModuleList."""

    made: Made


class Lost:
    """What could not be read; it is named once and then passed on silently."""


Result: TypeAlias = "Ref | Several | Row | Number | Layer | Lost"


def _paths(drawn: Drawn) -> Iterator[tuple[tuple[int, ...], str]]:
    return ((port.path, port.name) for port in drawn.block.outputs)


def indices(drawn: Drawn, path: tuple[int, ...]) -> set[int]:
    """Give the places that there are in a part of a result."""
    if drawn.made.part is not None:
        return set()
    return {one[len(path)] for one, _ in _paths(drawn) if one[: len(path)] == path and len(one) > len(path)}


def narrowed(drawn: Drawn, path: tuple[int, ...]) -> Ref | Several:
    """Give the output at a place in a result, or the part of the result that is there."""
    for one, name in _paths(drawn):
        if one == path:
            return Ref(drawn, name)
    return Several(drawn, path)
