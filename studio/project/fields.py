"""Reads single values of JSON strictly: what is not of the expected kind is refused with its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from studio.graph import Expression, Message, Value
from studio.project import limits
from studio.project.json_text import At, Plain, fault

_T = TypeVar("_T")
_D = TypeVar("_D")

Reader = Callable[[Plain, At], _T]
"""Takes a value and its place in the file; gives what it stands for or raises `FileError`."""


class Fields:
    """An object that has some fields and no others."""

    def __init__(
        self, data: Plain, at: At, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> None:
        """Check which fields there are.

        Raises:
            FileError: it is no object, lacks a field, or has one that is not known.
        """
        if not isinstance(data, dict):
            raise fault(at, Message("an object"), data)
        for key in required:
            if key not in data:
                raise fault((*at, key), Message("a value"), None)
        if len(data) > len(required):
            for key in data:
                if key not in required and key not in optional:
                    raise fault((*at, key), Message("no such field"), data[key])
        self._data = data
        self._at = at

    def read(self, key: str, reader: Reader[_T]) -> _T:
        """Read a required field."""
        return reader(self._data[key], (*self._at, key))

    def get(self, key: str, reader: Reader[_T], default: _D) -> _T | _D:
        """Read an optional field."""
        return self.read(key, reader) if key in self._data else default


def items(data: Plain, at: At) -> list[Plain]:
    """Read a list as it is."""
    if not isinstance(data, list):
        raise fault(at, Message("a list"), data)
    return data


def each(reader: Reader[_T]) -> Reader[tuple[_T, ...]]:
    """Give what reads a list of things."""
    return lambda data, at: tuple(reader(entry, (*at, index)) for index, entry in enumerate(items(data, at)))


def table(reader: Reader[_T]) -> Reader[Mapping[str, _T]]:
    """Give what reads an object whose keys are names."""

    def read(data: Plain, at: At) -> Mapping[str, _T]:
        if not isinstance(data, dict):
            raise fault(at, Message("an object"), data)
        return MappingProxyType({text(key, at): reader(entry, (*at, key)) for key, entry in data.items()})

    return read


def as_it_is(data: Plain, _at: At) -> Plain:
    """Read nothing: what comes is looked at later."""
    return data


def text(data: Plain, at: At) -> str:
    """Read a name or another short text."""
    return _text(data, at, limits.NAME)


def long_text(data: Plain, at: At) -> str:
    """Read a note or a description."""
    return _text(data, at, limits.TEXT)


def _text(data: Plain, at: At, limit: int) -> str:
    if not isinstance(data, str):
        raise fault(at, Message("a text"), data)
    why = limits.text_fault(data, limit)
    if why is not None:
        received = Message("{count} characters", count=len(data)) if len(data) > limit else data
        raise fault(at, why, received)
    return data


def identity(data: Plain, at: At) -> str:
    """Read an id."""
    return _plain(data, at, limits.ID)


def kind(data: Plain, at: At) -> str:
    """Read the type of a block, a loss or another declared thing."""
    return _plain(data, at, limits.TYPE)


def _plain(data: Plain, at: At, limit: int) -> str:
    if not isinstance(data, str) or not limits.plain(data, limit):
        raise fault(at, Message("a short name of letters, digits and _"), data)
    return data


def whole(low: int, high: int) -> Reader[int]:
    """Give what reads a whole number."""

    def read(data: Plain, at: At) -> int:
        if not isinstance(data, int) or isinstance(data, bool) or not low <= data <= high:
            what = Message("a whole number")
            raise fault(at, Message("{what} from {low} to {high}", what=what, low=low, high=high), data)
        return data

    return read


def measure(low: float, high: float) -> Reader[float]:
    """Give what reads a number."""

    def read(data: Plain, at: At) -> float:
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            number = float(data)
            if math.isfinite(number) and low <= number <= high:
                return number
        what = Message("a number")
        bounds = {"low": f"{low:.0f}", "high": f"{high:.0f}"}
        raise fault(at, Message("{what} from {low} to {high}", what=what, **bounds), data)

    return read


def flag(data: Plain, at: At) -> bool:
    """Read a yes or no."""
    if not isinstance(data, bool):
        raise fault(at, Message("true or false"), data)
    return data


def value(data: Plain, at: At) -> Value:
    """Read a parameter's value; an expression is kept as text and computed by nobody here."""
    return _value(data, at, 0)


def _value(data: Plain, at: At, depth: int) -> Value:
    match data:
        case None | bool():
            return data
        case int() if abs(data) < 10**limits.DIGITS:
            return data
        case float() if math.isfinite(data):
            return data
        case str():
            return long_text(data, at)
        case list() if depth < limits.NESTING:
            return tuple(_value(part, (*at, index), depth + 1) for index, part in enumerate(data))
        case dict() if data.keys() == {"expr"}:
            return Expression(text(data["expr"], (*at, "expr")))
    raise fault(at, Message("a number, a text, yes or no, or a list of these"), data)


parameters: Reader[Mapping[str, Value]] = table(value)
"""Read parameter values by name."""
