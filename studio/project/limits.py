"""What fits into a project file: the limits that the file, the edits and the clipboard share.

An edit that passes them can be saved, and what was saved can be opened again.
"""

from __future__ import annotations

import math
import re

from studio.graph import Expression, Message, Value

NAME = 5_000
"""The most characters of a name or a port."""

TEXT = 100_000
"""The most characters of a note, a description or a text parameter."""

ID = 100
"""The most characters of an id."""

TYPE = 64
"""The most characters of a type: an id is made of a type and a number."""

NODES = 20_000
"""The most blocks of one project."""

WIRES = 50_000
"""The most wires of one project."""

CUSTOM = 500
"""The most custom blocks of one project."""

BYTES = 64 << 20
"""The size of the largest file."""

DIGITS = 40
"""The most digits of a whole number: far more than any block takes, few enough to be read at once."""

REPEAT = 10_000
"""How often a composite can run in a row."""

DIMENSIONS = 8
"""The most dimensions of a tensor that a size is read off."""

RATE_FACTOR = 1e6
"""The largest multiple of a learning rate."""

WEIGHT = 1e9
"""The largest weight of a loss."""

CANVAS = 1e9
"""How far from the middle of the canvas anything can stand."""

NESTING = 8
"""How deep lists stand in lists in a parameter's value."""

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")


def plain(text: str, limit: int = ID) -> bool:
    """Tell whether a text can be an id or a type: short, of letters, digits, `_`, `.` and `-`."""
    return len(text) <= limit and _PLAIN.fullmatch(text) is not None


def text_fault(text: str, limit: int = NAME) -> Message | None:
    """Say why a text cannot be kept, or None when it can."""
    if len(text) > limit:
        return Message("a text of at most {limit} characters", limit=limit)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return Message("a text without broken characters")
    return None


def value_fault(value: Value, depth: int = 0) -> Message | None:
    """Say why a parameter's value cannot be kept, or None when it can."""
    match value:
        case None | bool():
            return None
        case int():
            return (
                None
                if abs(value) < 10**DIGITS
                else Message("a number of at most {limit} digits", limit=DIGITS)
            )
        case float():
            return None if math.isfinite(value) else Message("a finite number")
        case str():
            return text_fault(value, TEXT)
        case Expression(text=text):
            return text_fault(text)
        case tuple() if depth < NESTING:
            return next((fault for part in value if (fault := value_fault(part, depth + 1))), None)
    return Message("a number, a text, yes or no, or a list of these")
