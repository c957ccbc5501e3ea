"""The shapes that a docstring tells of what enters and leaves a network."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SECTION = re.compile(r"\s*(Inputs|Outputs):\s*")
_LINE = re.compile(r"\s+(?P<name>[^\W\d]\w*): (?P<sizes>[^()\n]{1,200}|\([^()\n]{1,200}\))(?P<rest>[^\n]*)")
_DTYPE = re.compile(r"\s*\((?P<dtype>\w+)\)(?:, (?P<label>.*))?")
_SIZES = re.compile(
    r"(?:(?!B=)(?P<name>(?:[1-9]\d{0,3})?[A-Za-z][A-Za-z0-9_]{0,15})=|[^\s×,=]+=)?(?P<size>\d{1,10})|[A-Za-z]\w*"
)

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
    """

    name: str
    shape: tuple[int, ...] | None
    open: str
    dtype: str
    label: str


def told(docstring: str) -> tuple[dict[str, Told], list[Told]]:
    """Read a docstring.

    Returns:
        The inputs by name, and the outputs in order.
    """
    inputs: dict[str, Told] = {}
    outputs: list[Told] = []
    section = ""
    for line in docstring.splitlines():
        heading = _SECTION.fullmatch(line)
        found = _LINE.fullmatch(line)
        if heading:
            section = heading[1]
        elif section and found:
            dtype = _DTYPE.fullmatch(found["rest"])
            one = Told(
                found["name"],
                *sample(found["sizes"]),
                dtype["dtype"] if dtype else "",
                (dtype["label"] or "").strip() if dtype else "",
            )
            if section == "Inputs":
                inputs[one.name] = one
            else:
                outputs.append(one)
        elif line.strip():
            section = ""
    return inputs, outputs


def sample(text: str) -> tuple[tuple[int, ...] | None, str]:
    """Give the sizes of one sample from a shape such as `B × 1 × 28 × 28` or `B × T=16 × 8`.

    Returns:
        The sizes, None when they are none, and the names of those that are examples: `T, -`.
    """
    parts = list(_SIZES.finditer(re.sub(r"(?<=\s)x(?=\s)", " ", text)))
    if not parts or parts[0][0].isdigit() or len(parts) > MAX_SIZES:
        return None, ""
    if not all(part["size"] for part in parts[1:]):
        return None, ""
    sizes = tuple(int(part["size"]) for part in parts[1:])
    names = [part["name"] or "-" for part in parts[1:]]
    return sizes, ", ".join(names) if any(part["name"] for part in parts[1:]) else ""
