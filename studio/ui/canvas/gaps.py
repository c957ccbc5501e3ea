"""Leaves gaps in a path where boxes lie over it: the pieces that stay are exactly as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

STEPS = 64
"""Into how many parts a curve is divided to look for boxes; no label is passed over within one."""

HALVES = 20
"""How often the place where a curve meets the edge of a box is narrowed down."""

Curve = tuple[QPointF, QPointF, QPointF, QPointF]
"""A piece of a path: its start, its two handles and its end."""


def broken(path: QPainterPath, boxes: Sequence[QRectF]) -> QPainterPath:
    """Give a path without what lies in any of some boxes."""
    near = [box for box in boxes if box.intersects(path.boundingRect().adjusted(-1.0, -1.0, 1.0, 1.0))]
    if not near:
        return path
    result = QPainterPath()
    for curve in _curves(path):
        inside = [box for box in near if box.intersects(_round(curve))]
        for start, end in _outside(curve, inside):
            first, second, third, last = _part(curve, start, end)
            if result.currentPosition() != first or not result.elementCount():
                result.moveTo(first)
            result.cubicTo(second, third, last)
    return result


def _curves(path: QPainterPath) -> Iterator[Curve]:
    at, place = QPointF(), 0
    kinds = QPainterPath.ElementType
    while place < path.elementCount():
        element = path.elementAt(place)
        here = QPointF(element.x, element.y)
        if element.type == kinds.CurveToElement:
            second, last = path.elementAt(place + 1), path.elementAt(place + 2)
            end = QPointF(last.x, last.y)
            yield at, here, QPointF(second.x, second.y), end
            at, place = end, place + 3
            continue
        if element.type == kinds.LineToElement:
            yield at, at + (here - at) / 3, at + (here - at) * 2 / 3, here
        at, place = here, place + 1


def _round(curve: Curve) -> QRectF:
    xs, ys = [point.x() for point in curve], [point.y() for point in curve]
    box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    return box.adjusted(-0.01, -0.01, 0.01, 0.01)  # a level line has no area


def _at(curve: Curve, t: float) -> QPointF:
    a, b, c, d = curve
    s = 1.0 - t
    return a * (s * s * s) + b * (3 * s * s * t) + c * (3 * s * t * t) + d * (t * t * t)


def _outside(curve: Curve, boxes: Sequence[QRectF]) -> Iterator[tuple[float, float]]:
    """Give the stretches of a curve that no box covers, as shares of it."""
    if not boxes:
        yield 0.0, 1.0
        return

    def free(t: float) -> bool:
        return not any(box.contains(_at(curve, t)) for box in boxes)

    start = 0.0 if free(0.0) else None
    for step in range(1, STEPS + 1):
        before, now = (step - 1) / STEPS, step / STEPS
        if free(now) == (start is not None):
            continue
        low, high = before, now
        for _ in range(HALVES):
            middle = (low + high) / 2
            low, high = (middle, high) if free(middle) == (start is not None) else (low, middle)
        if start is None:
            start = high
        else:
            yield start, low
            start = None
    if start is not None and start < 1.0:
        yield start, 1.0


def _part(curve: Curve, start: float, end: float) -> Curve:
    """Give a stretch of a curve as a curve of its own."""
    if start > 0.0:
        curve = _split(curve, start)[1]
        end = (end - start) / (1.0 - start)
    return _split(curve, end)[0] if end < 1.0 else curve


def _split(curve: Curve, t: float) -> tuple[Curve, Curve]:
    """Divide a curve in two."""
    a, b, c, d = curve
    ab, bc, cd = a + (b - a) * t, b + (c - b) * t, c + (d - c) * t
    abc, bcd = ab + (bc - ab) * t, bc + (cd - bc) * t
    middle = abc + (bcd - abc) * t
    return (a, ab, abc, middle), (middle, bcd, cd, d)
