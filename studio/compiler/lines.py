"""Statements laid out as Black lays them out: on one line where they fit, else broken at their brackets.

Whoever commits the source runs a formatter over it; nothing must move then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

WIDTH = 88
"""The longest line."""

STEP = 4
"""How far an inner line stands to the right."""


@dataclass(frozen=True)
class Bracket:
    """Parts between brackets, such as the arguments of a call.

    Attributes:
        start: what stands before the parts, the opening bracket included.
        parts: what stands between.
        end: the closing bracket.
        items: it is a list, a tuple or a dict, whose items stand one a line as soon as it is broken.
        comma: parts are parted by commas; those of a comprehension are not.
    """

    start: str
    parts: tuple[Piece, ...]
    end: str = ")"
    items: bool = False
    comma: bool = True


@dataclass(frozen=True)
class Infix:
    """Parts with an operator between them."""

    operator: str
    parts: tuple[str, ...]


Piece: TypeAlias = "str | Bracket | Infix"
"""An expression, with as much of its form as breaking it needs."""


class Line(str):
    """A line of source that knows which block it is written for.

    Attributes:
        node: the id of the block.
    """

    node: str


def of(node: str, lines: Iterable[str]) -> Iterator[str]:
    """Write lines for a block."""
    for line in lines:
        made = Line(line)
        made.node = node
        yield made


def flat(piece: Piece) -> str:
    """Give an expression on one line."""
    match piece:
        case str():
            return piece
        case Infix(operator, parts):
            return f" {operator} ".join(parts)
        case Bracket():
            return piece.start + _between(piece).join(map(flat, piece.parts)) + piece.end


def named(name: str, piece: Piece) -> Piece:
    """Give an expression with something before it, such as `kernel_size=`."""
    match piece:
        case str():
            return name + piece
        case Infix(operator, parts):
            return Infix(operator, (name + parts[0], *parts[1:]))
        case Bracket():
            return Bracket(name + piece.start, piece.parts, piece.end, piece.items, piece.comma)


def statement(
    start: str, piece: Piece, *, end: str = "", comment: str = "", indent: int = 8
) -> Iterator[str]:
    """Give the lines of a statement.

    Args:
        start: what stands before the expression, such as `x = `.
        piece: the expression.
        end: what stands after it, such as ` -> None:`.
        comment: stands behind the statement where that fits on its line, else above it.
        indent: how far the statement stands to the right.
    """
    space = " " * indent
    line = f"{space}{start}{flat(piece)}{end}"
    if comment and fits(f"{line}  # {comment}"):
        yield f"{line}  # {comment}"
        return
    if comment:
        yield f"{space}# {comment}"
    yield from _laid(start, piece, end, indent)


def fits(line: str) -> bool:
    """Tell whether a line is short enough; letters outside ASCII may be two columns wide."""
    return len(line) + sum(not letter.isascii() and letter != "×" for letter in line) <= WIDTH


def _laid(start: str, piece: Piece, end: str, indent: int) -> Iterator[str]:
    space = " " * indent
    line = f"{space}{start}{flat(piece)}{end}"
    match piece:
        case Infix() if len(line) > WIDTH:
            yield f"{space}{start}("
            if len(f"{space}    {flat(piece)}") <= WIDTH:
                yield f"{space}    {flat(piece)}"
            else:
                yield f"{space}    {piece.parts[0]}"
                yield from (f"{space}    {piece.operator} {part}" for part in piece.parts[1:])
            yield f"{space}){end}"
        case Bracket() if len(line) > WIDTH and piece.parts:
            if start and len(space + start + piece.start) > WIDTH:
                yield f"{space}{start}("
                yield from _laid("", piece, "", indent + STEP)
                yield f"{space}){end}"
            else:
                yield f"{space}{start}{piece.start}"
                yield from _inside(piece, indent + STEP)
                yield f"{space}{piece.end}{end}"
        case _ if len(line) > WIDTH and start.endswith("= "):
            yield f"{space}{start}("
            yield f"{space}    {flat(piece)}"
            yield f"{space}){end}"
        case _:
            yield line


def _inside(piece: Bracket, indent: int) -> Iterator[str]:
    whole = " " * indent + _between(piece).join(map(flat, piece.parts))
    if len(piece.parts) == 1:
        yield from _laid("", piece.parts[0], "", indent)
    elif len(whole) <= WIDTH and not piece.items:
        yield whole
    else:
        for part in piece.parts:
            yield from _laid("", part, "," if piece.comma else "", indent)


def _between(piece: Bracket) -> str:
    return ", " if piece.comma else " "
