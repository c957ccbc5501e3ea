"""What a still chart draws: lines, dots, bars, and an image that lies under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """Points that are joined.

    Attributes:
        points: from the left to the right.
        role: of its colour.
        label: its name; empty for none.
        strong: whether it stands out.
        dashed: whether it only guides the eye.
    """

    points: Sequence[Point]
    role: str = "series0"
    label: str = ""
    strong: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Dots:
    """Points that are not joined, and can be clicked.

    Attributes:
        points: where they are.
        role: of their colour.
        label: their name; empty for none.
        keys: what a click on each tells; its number when not given.
        said: what is said of each under the mouse; its numbers when not given.
    """

    points: Sequence[Point]
    role: str = "series0"
    label: str = ""
    keys: Sequence[int] = ()
    said: Sequence[str] = ()


@dataclass(frozen=True)
class Columns:
    """Bars side by side, from 0.

    Attributes:
        edges: where they begin and end: one more than there are bars.
        heights: of each.
        role: of their colour.
        label: their name; empty for none.
        said: what is said of each under the mouse; its height when not given.
    """

    edges: Sequence[float]
    heights: Sequence[float]
    role: str = "series0"
    label: str = ""
    said: Sequence[str] = ()


@dataclass(frozen=True)
class Ground:
    """An image that lies under everything else, and fills the chart.

    Attributes:
        image: the image.
        left, right, low, high: where it lies, in numbers of the scales.
        say: tells what is at a pair of numbers.
    """

    image: QImage
    left: float
    right: float
    low: float
    high: float
    say: Callable[[float, float], str]


Item = Line | Dots | Columns | Ground
