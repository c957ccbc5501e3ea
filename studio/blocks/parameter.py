"""One parameter of a block: its kind, its bounds, and the check that every value passes.

The same check serves the form, the file, the command line and the compiler, so that a value which one
of them accepts is accepted by all.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.graph import Expression, Formula, Message, NetwrightError, Number, Value

Kind = Literal["int", "float", "bool", "text", "choice", "size", "shape", "dims", "numbers", "folder"]
"""What a form shows: numbers, a tick, a line of text, a list, sizes per dimension, a shape, dimensions,
several numbers, a folder."""


class Size1:
    """Annotation: one whole number for the single spatial dimension."""


class Size2:
    """Annotation: one whole number for both spatial dimensions, or one for each."""


class Size3:
    """Annotation: one whole number for all three spatial dimensions, or one for each."""


class Size4:
    """Annotation: one whole number for all four sides of an image, or one for each."""


class Size6:
    """Annotation: one whole number for all six sides of a volume, or one for each."""


class Shape:
    """Annotation: sizes of a tensor without its batch dimension."""


class Dims:
    """Annotation: one dimension or several; the batch is 0, negative ones count from the end."""


class Pair:
    """Annotation: two numbers in a fixed order, such as the two decays of Adam."""


class Folder:
    """Annotation: a folder on this machine, as text."""


class File:
    """Annotation: a file on this machine, as text."""


class Place:
    """Annotation: a file or a folder on this machine, as text."""


Browse = Literal["folder", "file", "place"]
"""What a person looks for on the machine: a folder, a file, or either."""


KINDS: Mapping[object, tuple[Kind, int]] = {
    int: ("int", 1),
    float: ("float", 1),
    bool: ("bool", 1),
    str: ("text", 1),
    Size1: ("size", 1),
    Size2: ("size", 2),
    Size3: ("size", 3),
    Size4: ("size", 4),
    Size6: ("size", 6),
    Shape: ("shape", 1),
    Dims: ("dims", 1),
    Pair: ("numbers", 2),
    Folder: ("folder", 1),
    File: ("folder", 1),
    Place: ("folder", 1),
}
"""The kind of parameter of each annotation, and how many numbers a size has at most."""

BROWSED: Mapping[object, Browse] = {File: "file", Place: "place"}
"""What a path of an annotation is looked for as; a folder where it is not told."""

LARGEST_INT = 2**31 - 1
"""No size, count or index that a block takes can be larger."""


class ParameterError(NetwrightError):
    """A value that the parameter does not take.

    Attributes:
        expected: what it takes.
        received: what came, as short text.
    """

    def __init__(self, label: str | Message, expected: Message, received: str | Message) -> None:
        """Say what was expected and what came."""
        self.expected = expected
        self.received = received
        super().__init__(
            Message(
                "{label}: expected {expected}, received {received}.",
                label=Message(label) if isinstance(label, str) else label,
                expected=expected,
                received=received,
            )
        )


@dataclass(frozen=True, slots=True)
class FromInput:
    """Read a parameter off the shape that arrives at a port.

    Attributes:
        port: the input port.
        dim: which dimension; the batch is 0, negative counts from the end.
        unless: a parameter of the same value, beside which this one is left out (None).
    """

    port: str
    dim: int
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a declared block.

    Attributes:
        name: as the target takes it and the file saves it.
        kind: what it holds.
        default: its value in a fresh block.
        doc: one sentence on what it does.
        low: the least number it takes.
        high: the greatest number it takes.
        choices: the values of a `choice`; the words that a `size` takes besides numbers.
        dims: how many numbers a `size` may give.
        source: where it is read from, when nobody types it.
        at_call: passed at every call instead of when the module is made.
        advanced: the form shows it folded away.
        optional: it may be empty (None).
        unit: what it is counted in.
        title: label in the form.
        fixed: it always has its default, and nobody sets it.
        formula: its text is a formula over the time of a training.
        reads: where it is read from as long as nobody types it, instead of being its default.
        own: a person named it, so that it is shown as it is in every language.
        browse: what a `folder` is looked for as.
    """

    name: str
    kind: Kind
    default: Value
    doc: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    dims: int = 1
    source: FromInput | None = None
    at_call: bool = False
    advanced: bool = False
    optional: bool = False
    unit: str = ""
    title: str = ""
    fixed: bool = False
    formula: bool = False
    reads: FromInput | None = None
    own: bool = False
    browse: Browse = "folder"

    @property
    def unset(self) -> Value:
        """Give its value where nobody has set it; nothing where it is read off what arrives."""
        return None if self.reads is not None else self.default

    def named(self, name: str, kind: Kind, dims: int, choices: tuple[str, ...]) -> Parameter:
        """Give the parameter with what its class body and annotation say."""
        return dataclasses.replace(self, name=name, kind=kind, dims=dims, choices=choices or self.choices)

    @property
    def label(self) -> str:
        """Give the English label for a form."""
        return self.title or (self.name if self.own else self.name.replace("_", " ").capitalize())

    @property
    def said(self) -> Message:
        """Give the label in the language of who reads it; a name of a person's own stays as it is."""
        return Message("{name}", name=self.name) if self.own else Message(self.label)

    def expects(self, received: Value = None) -> Message:
        """Say in a few words what the parameter takes.

        Args:
            received: a value that is refused; whoever went beyond every number is told the largest one.
        """
        beyond = any(map(_beyond, received if isinstance(received, tuple) else (received,)))
        low, high = self.low, self.high
        if beyond and self.kind != "float":
            low = -LARGEST_INT if low is None else low
            high = LARGEST_INT if high is None else high
        match self.kind:
            case "int":
                return _ranged(Message("a whole number"), low, high)
            case "float":
                return _ranged(Message("a number"), self.low, self.high)
            case "bool":
                return Message("yes or no")
            case "choice":
                return Message("one of {choices}", choices=", ".join(self.choices))
            case "size" if self.choices:
                numbers = dataclasses.replace(self, choices=()).expects(received)
                return Message("{numbers}, or “{word}”", numbers=numbers, word=self.choices[0])
            case "size" if self.dims == 1:
                return _ranged(Message("a whole number"), low, high)
            case "size" if beyond:
                return Message(
                    "one whole number, or {count}, each from {low} to {high}",
                    count=self.dims,
                    low=_plain(low or 0),
                    high=_plain(LARGEST_INT if high is None else high),
                )
            case "size":
                return Message(
                    "one whole number, or {count}, each at least {low}",
                    count=self.dims,
                    low=_plain(self.low if self.low is not None else 0),
                )
            case "shape" if beyond:
                return Message("sizes such as 1, 28, 28, each at most {high}", high=_plain(LARGEST_INT))
            case "shape":
                return Message("sizes such as 1, 28, 28")
            case "dims":
                return Message("one dimension or several, such as 1 or 2, 3")
            case "numbers":
                return Message(
                    "{count} numbers, each {range}",
                    count=self.dims,
                    range=_ranged(Message("a number"), self.low, self.high),
                )
            case "text" if self.formula:
                return Message("a formula such as 0.95 ** epoch")
            case "text":
                return Message("a text")
            case "folder":
                return Message("a folder or file")

    def check(self, value: Value) -> Value:
        """Give the value as the target takes it.

        Args:
            value: what a form, a file or a command line holds; an `Expression` must be computed before.

        Raises:
            ParameterError: the parameter does not take this value.
            ExpressionError: it is to be a formula, and is none.
        """
        if value is None:
            if self.optional:
                return None
            raise self._refusal(value)
        match self.kind:
            case "bool":
                if isinstance(value, bool):
                    return value
            case "int":
                return self._whole(value)
            case "float":
                if isinstance(value, (int, float)) and not isinstance(value, bool) and _finite(value):
                    self._within(value)
                    return float(value)
            case "numbers":
                if isinstance(value, tuple) and len(value) == self.dims:
                    return self._numbers(value)
            case "text" | "folder":
                if isinstance(value, str) and len(value) <= 10_000 and "\0" not in value:
                    if self.formula:
                        Formula(value).check()
                    return value
            case "choice":
                if isinstance(value, str) and value in self.choices:
                    return value
            case "size":
                if isinstance(value, str) and value in self.choices:
                    return value
                if not isinstance(value, tuple):
                    return self._whole(value)
                if len(value) == self.dims:
                    return self._all_whole(value)
            case "shape":
                if isinstance(value, tuple) and len(value) <= 8:
                    return self._all_whole(value)
            case "dims":
                if not isinstance(value, tuple):
                    return self._whole(value)
                if 1 <= len(value) <= 8 and len(set(value)) == len(value):
                    return self._all_whole(value)
        raise self._refusal(value)

    def _numbers(self, value: tuple[Value, ...]) -> tuple[float, ...]:
        found: list[float] = []
        for part in value:
            if not isinstance(part, (int, float)) or isinstance(part, bool) or not _finite(part):
                raise self._refusal(value)
            self._within(part)
            found.append(float(part))
        return tuple(found)

    def _all_whole(self, value: tuple[Value, ...]) -> tuple[int, ...]:
        try:
            return tuple(self._whole(part) for part in value)
        except ParameterError:
            raise self._refusal(value) from None  # a person typed all of it, so all of it is shown

    def _whole(self, value: Value) -> int:
        # A computed expression such as 4/2 gives 2.0, which is as whole as 2.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_INT:
            raise self._refusal(value)
        self._within(value)
        return value

    def _within(self, value: Number) -> None:
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            raise self._refusal(value)

    def _refusal(self, value: Value) -> ParameterError:
        return ParameterError(self.said, self.expects(value), show(value))


def show(value: Value) -> str | Message:
    """Give a value as short text for a person: `3`, `28, 28`, `“relu”`, yes or no, `–` for nothing."""
    match value:
        case None:
            return "–"
        case bool():
            return Message("yes") if value else Message("no")
        case tuple():
            return ", ".join(str(show(part)) for part in value)
        case Expression(text=text):
            return text
        case str():
            return f"“{value if len(value) <= 60 else value[:57] + '…'}”"
        case float():
            return f"{value:g}".replace("inf", "∞")
        case int():
            return (
                str(value) if abs(value) < 10**18 else f"{float(value):.0e}" if abs(value) < 10**308 else "…"
            )


def _beyond(value: Value) -> bool:
    """Tell whether a number is too large for any size or count."""
    return isinstance(value, (int, float)) and abs(value) > LARGEST_INT


def _finite(number: Number) -> bool:
    """Tell whether a number fits into a float; a whole number can be too long for one."""
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _plain(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e6 else f"{number:.0f}"


def _ranged(what: Message, low: float | None, high: float | None) -> Message:
    if low is not None and high is not None:
        return Message("{what} from {low} to {high}", what=what, low=_plain(low), high=_plain(high))
    if low is not None:
        return Message("{what} of at least {low}", what=what, low=_plain(low))
    if high is not None:
        return Message("{what} of at most {high}", what=what, high=_plain(high))
    return what
