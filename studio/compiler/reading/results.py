"""What an expression of forward stands for: a tensor, several results, a number, or nothing readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from studio.compiler.reading.drawn import Drawn, Made, Ref
from studio.graph import Message, Value


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


class Later:
    """One of several results, whose block is placed once it is read."""

    def __init__(self, make: Callable[[], Result]) -> None:
        """Keep how it is placed."""
        self._make = make
        self._made: Result | None = None

    def take(self) -> Result:
        """Place its block, once."""
        if self._made is None:
            self._made = self._make()
        return self._made


@dataclass(frozen=True)
class Pieces:
    """Results of which there are as many as names for them.

    Attributes:
        make: places the blocks of so many.
        at: places the block of one of them.
    """

    make: Callable[[int], list[Result]]
    at: Callable[[int], Result]


@dataclass(frozen=True)
class Batch:
    """How many samples there are: `x.shape[0]`."""


@dataclass(frozen=True)
class Shape:
    """The sizes of a tensor: `x.shape`."""


@dataclass(frozen=True)
class Unsaid:
    """What cannot be read once it is asked for: a size only a run knows, a tensor that was overwritten."""

    message: Message


class Lost:
    """What could not be read; it is named once and then passed on silently."""


Result: TypeAlias = "Ref | Several | Row | Number | Layer | Later | Pieces | Batch | Shape | Unsaid | Lost"


UNKNOWN_SIZE = Unsaid(
    Message("This size is known only once something arrives. Write the number itself, or -1 for one of them.")
)
"""In place of a size that only a run knows."""


def has_states(drawn: Drawn) -> bool:
    """Tell whether a block is a recurrent layer, whose states are stacked by layer and direction."""
    return drawn.made.part is None and "num_layers" in drawn.bound.parameters


def is_state(drawn: Drawn, index: Value) -> bool:
    """Tell whether there is such a place in the stacked states of a recurrent layer."""
    values = drawn.bound.parameters
    layers = values.get("num_layers")
    count = layers * (1 + bool(values.get("bidirectional"))) if isinstance(layers, int) else None
    return isinstance(index, int) and (count is None or -count <= index < count)


def last_state(drawn: Drawn, index: Value) -> Ref | None:
    """Give the output whose last step is `h[-1]` of a recurrent layer; None where none is.

    The state of the last layer after the last step is what the layer gives there, in one direction.
    """
    values = drawn.bound.parameters if drawn.made.part is None else {}
    layers, both = values.get("num_layers"), values.get("bidirectional")
    if layers is None or both is not False or not isinstance(index, int):
        return None
    return Ref(drawn, "y") if index == -1 or (index == 0 and layers == 1) else None


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
