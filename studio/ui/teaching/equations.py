"""Equations in LaTeX as drawings: made aside of the window, kept, and as sharp at every size as letters."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

from studio.project.lesson import Piece

EM = 100.0
"""The size of the letters that equations are set in; they are drawn at any other."""

LONGEST = 2000
"""An equation of more letters is shown as it is written."""

_SIGN = re.compile(r"(^|[=(\[{,&<>])(\s*)-")
"""A minus that subtracts from nothing: a sign, which stands close to what it is the sign of."""

KEPT = 2000
"""How many equations are kept."""


@dataclass(frozen=True)
class Equation:
    """A drawing of an equation; lengths are in units of the size of its letters.

    Attributes:
        svg: the drawing, in black.
        width: how wide it is.
        ascent: how far it reaches above the line that letters stand on.
        descent: how far it reaches below.
    """

    svg: bytes
    width: float
    ascent: float
    descent: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.ascent + self.descent

    def draw(self, painter: QPainter, left: float, baseline: float, size: float, colour: QColor) -> None:
        """Draw it with letters of a size, so that it stands on a line."""
        room = QRectF(left, baseline - self.ascent * size, self.width * size, self.height * size)
        _renderer(self, colour.name()).render(painter, room)


@functools.lru_cache(maxsize=KEPT)
def _renderer(equation: Equation, colour: str) -> QSvgRenderer:
    coloured = equation.svg.replace(b'fill="black"', f'fill="{colour}"'.encode())
    return QSvgRenderer(QByteArray(coloured))


_made: dict[Piece, Equation | None] = {}
_setting = threading.Lock()


def made(piece: Piece) -> Equation | None:
    """Give an equation that was set before; None for one that was not, or cannot be."""
    return _made.get(piece)


def missing(pieces: Iterable[Piece]) -> list[Piece]:
    """Give the equations that nobody has set yet."""
    return [piece for piece in dict.fromkeys(pieces) if piece.equation and piece not in _made]


def make(pieces: Iterable[Piece]) -> None:
    """Set equations; this takes a while, and may run on any thread."""
    wanted = missing(pieces)
    if not wanted:
        return
    with _setting:  # the library keeps what it knows of its font in one place
        for piece in missing(wanted):
            if len(_made) >= KEPT:
                _made.clear()
            _made[piece] = _set(piece.text, piece.equation == "inline")


def _set(text: str, inline: bool) -> Equation | None:
    """Set one equation; None where it is not understood."""
    if len(text) > LONGEST:
        return None
    # With their font: half a second, and only where there are equations.
    from ziamath.config import config
    from ziamath.zmath import Math

    config.svg2 = False  # plain paths, as Qt draws them
    try:
        drawn = Math.fromlatex(_SIGN.sub(r"\1\2{-}", text), size=EM, inline=inline, margin=0)
        svg = drawn.svg().encode()
    except Exception:  # noqa: BLE001  whatever the library makes of a text that somebody wrote
        return None
    _, top, wide, high = _box(svg)
    if not wide or not high:
        return None
    return Equation(svg, wide / EM, -top / EM, (top + high) / EM)


def _box(svg: bytes) -> tuple[float, float, float, float]:
    """Read which part of the plane a drawing shows; letters stand on its line 0."""
    begin = svg.find(b'viewBox="')
    if begin < 0:
        return 0.0, 0.0, 0.0, 0.0
    begin += len(b'viewBox="')
    left, top, wide, high = map(float, svg[begin : svg.index(b'"', begin)].split())
    return left, top, wide, high
