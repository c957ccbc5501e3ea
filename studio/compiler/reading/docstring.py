"""The shapes that a docstring tells of what enters and leaves a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from studio.blocks import ParameterError, find
from studio.compiler.lengths import LengthsError, entering
from studio.graph import Message

_SECTION = re.compile(r"\s*(Inputs|Outputs):\s*")
_LINE = re.compile(r"\s+(?P<name>[^\W\d]\w*): (?P<sizes>[^()\n]{1,200}|\([^()\n]{1,200}\))(?P<rest>[^\n]*)")
_NAMED = re.compile(r"(?P<space>\s+)(?P<name>[^\W\d]\w*):(?P<sizes>[^\n]*)")
_DTYPE = re.compile(r"\s*\((?P<dtype>\w+)\)(?:, (?P<label>.*))?")
_BETWEEN = re.compile(r"\s*[×,]\s*|\s+x\s+|\s+")
_SIZE = re.compile(r"(?:(?P<name>[^=]*)=)?(?P<size>[0-9]+)")
_NAME = re.compile(r"(?!B$)(?:[1-9]\d{0,3})?[A-Za-z][A-Za-z0-9_]{0,15}")
_MEANT = re.compile(r"\(?\s*(B\b|-?\d)|.*[×=]")

MAX_SIZES = 9
"""The most dimensions that a tensor has, batch included."""


@dataclass(frozen=True)
class Told:
    """What is told of one tensor.

    Attributes:
        name: its name.
        shape: sizes of one sample; None where they are not numbers behind a batch.
        open: names of the sizes that are only examples, as an Input has them.
        dtype: the kind of numbers; empty where it is not told.
        label: what a person called it; empty where the name shows it.
        line: where it stands.
        wrong: why its sizes cannot be read; None where they can, or where none are told.
    """

    name: str
    shape: tuple[int, ...] | None
    open: str
    dtype: str
    label: str
    line: int = 0
    wrong: Message | None = None


@dataclass(frozen=True)
class Sizes:
    """What a text such as `B × T=16 × 8` tells.

    Attributes:
        shape: the sizes of one sample; None when they are none.
        open: the names of those that are examples: `T, -`.
        wrong: why they cannot be read; None where they can, or where the text tells no sizes.
    """

    shape: tuple[int, ...] | None
    open: str = ""
    wrong: Message | None = None


def told(lines: Iterable[tuple[int, str]], inner: bool) -> tuple[dict[str, Told], list[Told]]:
    """Read a docstring.

    Args:
        lines: its lines with their numbers.
        inner: it is that of a composite, whose sizes follow from what arrives.

    Returns:
        The inputs by name, and the outputs in order.
    """
    inputs: dict[str, Told] = {}
    outputs: list[Told] = []
    section, depth = "", 0
    for number, line in lines:
        heading = _SECTION.fullmatch(line)
        found, named = _LINE.fullmatch(line), _NAMED.fullmatch(line)
        if heading:
            section, depth = heading[1], len(line) - len(line.lstrip())
        elif section and found:
            dtype = _DTYPE.fullmatch(found["rest"])
            sizes = sample(found["sizes"], found["name"], inner)
            if found["rest"].startswith("(") and not found["sizes"][-1].isspace():
                sizes = Sizes(None, wrong=_unreadable(line.split(": ", 1)[1].strip()[:60], found["name"]))
            one = Told(
                found["name"],
                sizes.shape,
                sizes.open,
                dtype["dtype"] if dtype else "",
                (dtype["label"] or "").strip() if dtype else "",
                number,
                sizes.wrong,
            )
            if section == "Inputs":
                inputs[one.name] = one
            else:
                outputs.append(one)
        elif section == "Inputs" and named and len(named["space"]) > depth:
            wrong = _unreadable(named["sizes"].strip()[:60], named["name"])
            inputs[named["name"]] = Told(named["name"], None, "", "", "", number, wrong)
        elif line.strip():
            section = ""
    return inputs, outputs


def sample(text: str, name: str, inner: bool) -> Sizes:
    """Give the sizes of one sample from a shape such as `B × 1 × 28 × 28` or `B × T=16 × 8`.

    Args:
        text: the shape.
        name: whose it is.
        inner: it is that of a composite: a formula of a length is a size there.
    """
    whole = text.strip().removeprefix("(").removesuffix(")").strip().removesuffix(",")
    first, *parts = _BETWEEN.split(re.sub(r"\s*=\s*", "=", whole))
    if inner:
        return _followed(first, parts)
    if not _MEANT.match(text):
        return Sizes(None)
    if not re.fullmatch(r"[A-Za-z]\w*", first):
        return Sizes(None, wrong=_unreadable(first, name))
    found = [_SIZE.fullmatch(part) for part in parts]
    for part, one in zip(parts, found, strict=True):
        if one is None or one["name"] in ("", "-") or len(one["size"]) > 20:
            return Sizes(None, wrong=_unreadable(part[:60], name))
    shape = tuple(int(one["size"]) for one in found if one)
    names = [one["name"] or "-" for one in found if one]
    opened = ", ".join(names) if any(one["name"] for one in found if one) else ""
    block = find("input")
    assert block is not None
    if len(shape) >= MAX_SIZES:
        return Sizes(None, wrong=_too_many(name, len(shape)))
    try:
        if shape:
            block.parameters["shape"].check(shape)
        entering(shape, "", opened)
    except (ParameterError, LengthsError) as error:
        return Sizes(None, wrong=error.message)
    return Sizes(shape, opened)


def _followed(first: str, parts: list[str]) -> Sizes:
    """Give the sizes that a composite is told to take; what follows from elsewhere is not read."""
    found = [_SIZE.fullmatch(part) for part in parts]
    if not re.fullmatch(r"[A-Za-z]\w*", first) or not all(found) or len(found) >= MAX_SIZES:
        return Sizes(None)
    shape = tuple(int(one["size"]) for one in found if one)
    names = [one["name"] if one["name"] and _NAME.fullmatch(one["name"]) else "-" for one in found if one]
    opened = ", ".join(names) if set(names) - {"-"} else ""
    try:
        entering(shape, "", opened)
    except LengthsError:
        return Sizes(None)
    return Sizes(shape, opened)


def _unreadable(part: str, name: str) -> Message:
    return Message(
        "“{part}” is no size of “{name}”. Write each size as a number, or as T=28 where it may differ from"
        " batch to batch, such as {name}: B × 3 × 32 × 32.",
        part=part,
        name=name,
    )


def _too_many(name: str, count: int) -> Message:
    return Message(
        "“{name}” has {count} sizes behind the batch. A tensor has at most {limit} of them.",
        name=name,
        count=count,
        limit=MAX_SIZES - 1,
    )
