"""Strict JSON in, canonical JSON out: one way to write a value, and one sentence for every bad text.

Nothing is read that could be understood in two ways: no key twice, no NaN, no number beyond a float.
"""

from __future__ import annotations

import json
import math
from typing import NoReturn

from studio.graph import Message, NetwrightError
from studio.project.limits import BYTES, DIGITS

Plain = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None
"""What JSON can hold."""

At = tuple[str | int, ...]
"""Where in a file something stands, such as `("networks", "main", "nodes", 3, "name")`."""

WIDTH = 100
"""What is no longer than this stands on one line."""

TALL = frozenset(
    {"composites", "frames", "layout", "networks", "nodes", "notes", "plan", "positions", "wires"}
)
"""Keys whose content has a line for each entry, so that two people's changes can be merged."""

_SHOWN = 60


class FileError(NetwrightError):
    """A text or a file that is not what it should be; the text says in one line where and why."""


def fault(at: At, expected: Message, received: object) -> FileError:
    """Give the sentence about one place: what was expected there and what came."""
    return FileError(
        Message(
            "{where}: expected {expected}, received {received}.",
            where=place(at),
            expected=expected,
            received=describe(received),
        )
    )


def place(at: At) -> str:
    """Give a place as text: `networks.main.nodes[3].name`."""
    text = ""
    for key in at:
        text += f"[{key}]" if isinstance(key, int) else f".{one_line(key)}" if text else one_line(key)
    return text or "–"


def one_line(text: str) -> str:
    """Give a text from a file in one short line, with everything invisible written out."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in short)


def describe(value: object) -> Message | str:
    """Give a value from a file in a few words."""
    match value:
        case None:
            return Message("nothing")
        case Message():
            return value
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**DIGITS:
            return Message("a number of more than {limit} digits", limit=DIGITS)
        case int() | float():
            return str(value)
        case str():
            return f"“{one_line(value)}”"
        case list():
            return Message("a list of {count}", count=len(value))
        case dict():
            return Message("an object of {count} fields", count=len(value))
    return type(value).__name__


# -- reading ------------------------------------------------------------------------------------------


def parse(text: str | bytes, *, limit: int = BYTES) -> Plain:
    """Read JSON.

    Args:
        text: what to read.
        limit: the most bytes or characters that it may have.

    Raises:
        FileError: it is too large, not UTF-8, not JSON, cut off, nested too deeply, or ambiguous.
    """
    if len(text) > limit:
        raise too_large(len(text))
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FileError(
                Message(
                    "This is no text in UTF-8: byte {position} does not belong there.",
                    position=error.start + 1,
                )
            ) from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise FileError(Message("The file is empty."))
    try:
        return json.loads(  # type: ignore[no-any-return]
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise FileError(Message("The file was cut off: it ends in the middle.")) from None
        raise FileError(
            Message("Line {line}, column {column}: this is not JSON.", line=error.lineno, column=error.colno)
        ) from None
    except RecursionError:
        raise FileError(Message("This is nested too deeply to be a file of Netwright.")) from None


def too_large(size: int) -> FileError:
    """Give the refusal of a file by its size."""
    return FileError(
        Message(
            "The file has {size} MB; a file of Netwright has at most {limit} MB.",
            size=math.ceil(size / 2**20),
            limit=BYTES >> 20,
        )
    )


def _object(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise FileError(Message("The field “{name}” stands twice in one place.", name=one_line(key)))
            seen.add(key)
    return made


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > DIGITS:
        raise _too_long(text)
    return int(text)


def _float(text: str) -> float:
    if len(text) > 3 * DIGITS:
        raise _too_long(text)
    value = float(text)
    if not math.isfinite(value):
        raise FileError(Message("The number {number} is too large.", number=one_line(text)))
    return value


def _too_long(text: str) -> FileError:
    return FileError(
        Message(
            "The number {number} has {count} digits, which is too many.",
            number=one_line(text[:12] + "…"),
            count=len(text),
        )
    )


def _constant(text: str) -> NoReturn:
    raise FileError(Message("“{text}” is no number that a file can hold.", text=text))


# -- writing ------------------------------------------------------------------------------------------

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def render(value: Plain) -> str:
    """Write JSON in the one canonical way: sorted keys, short things on one line, a newline at the end."""
    return _render(value, 0, False) + "\n"


def _render(value: Plain, depth: int, tall: bool) -> str:
    match value:
        case dict():
            parts = [
                f"{_ENCODER.encode(key)}: {_render(value[key], depth + 1, key in TALL)}"
                for key in sorted(value)
            ]
            opening, closing = "{", "}"
        case list():
            parts = [_render(part, depth + 1, False) for part in value]
            opening, closing = "[", "]"
        case _:
            return _ENCODER.encode(value)
    length = depth + sum(map(len, parts)) + 2 * len(parts)
    if not parts or (not tall and length <= WIDTH and not any("\n" in part for part in parts)):
        return opening + ", ".join(parts) + closing
    inside = "\n" + " " * (depth + 1)
    return opening + inside + ("," + inside).join(parts) + "\n" + " " * depth + closing
