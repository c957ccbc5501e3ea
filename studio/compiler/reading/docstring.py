"""The shapes that a docstring tells of what enters and leaves a network."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SECTION = re.compile(r"\s*(Inputs|Outputs):\s*")
_LINE = re.compile(r"\s+(?P<name>[^\W\d]\w*): (?P<sizes>[^()\n]{1,200}|\([^()\n]{1,200}\))(?P<rest>[^\n]*)")
_DTYPE = re.compile(r"\s*\((?P<dtype>\w+)\)(?:, (?P<label>.*))?")
_SIZES = re.compile(r"\d{1,10}|[A-Za-z]\w*")

MAX_SIZES = 9
"""The most dimensions that a tensor has, batch included."""


@dataclass(frozen=True)
class Told:
    """What is told of one tensor.

    Attributes:
        name: its name.
        shape: sizes of one sample; None where they are not numbers behind a batch.
        dtype: the kind of numbers; empty where it is not told.
        label: what a person called it; empty where the name shows it.
    """

    name: str
    shape: tuple[int, ...] | None
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
                sample(found["sizes"]),
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


def sample(text: str) -> tuple[int, ...] | None:
    """Give the sizes of one sample from a shape such as `B × 1 × 28 × 28`; None when it is none."""
    parts = [part for part in _SIZES.findall(re.sub(r"(?<=\s)x(?=\s)", " ", text)) if part]
    if not parts or parts[0].isdigit() or len(parts) > MAX_SIZES:
        return None
    return tuple(int(part) for part in parts[1:]) if all(part.isdigit() for part in parts[1:]) else None
