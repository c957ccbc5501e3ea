"""The way of a wire as out of a maze: the shortest with few corners, on the lines along all nodes nearby."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from studio.ui.canvas.field import Boxes, Field
from studio.ui.canvas.geometry import Point
from studio.ui.canvas.route import MARGIN, Lane, Way

Rows = NDArray[np.float64]

BEND = 24.0
"""What a turn costs, in units of length."""

MOST = 64
"""Among more nodes no way is looked for."""

ROUND = 14.0
"""How round corners are."""

_AHEAD = ((1, 0), (-1, 0), (0, -1), (0, 1))
"""To the right, to the left, up, down."""

_RIGHT, _LEFT = 0, 1


def maze(field: Field, start: Point, end: Point) -> tuple[float, Way, Lane] | None:
    """Find the shortest way with few corners on the lines along all nodes nearby."""
    room = 280.0
    rows = field.near(
        min(start[0], end[0]) - room,
        min(start[1], end[1]) - room,
        max(start[0], end[0]) + room,
        max(start[1], end[1]) + room,
    )
    if len(rows) > MOST:
        return None
    edge = MARGIN - 1.0
    boxes = field.boxes[rows] + np.array([-edge, -edge, edge, edge])
    out, into = start[0] + MARGIN, end[0] - MARGIN
    xs = numbers([out, into], boxes[:, 0] - 1.0, boxes[:, 2] + 1.0)
    ys = numbers([start[1], end[1]], boxes[:, 1] - 1.0, boxes[:, 3] + 1.0)
    first = (int(np.searchsorted(xs, out)), int(np.searchsorted(ys, start[1])))
    last = (int(np.searchsorted(xs, into)), int(np.searchsorted(ys, end[1])))
    across = _open((xs[:-1] + xs[1:]) / 2, ys, boxes)
    down = _open(xs, (ys[:-1] + ys[1:]) / 2, boxes)
    stubs = _open(np.array([start[0] + edge, end[0] - edge]), np.array([start[1], end[1]]), boxes)
    if not (stubs[0, 0] and stubs[1, 1]):
        return None
    corners = _shortest(xs.tolist(), ys.tolist(), across, down, first, last)
    if corners is None:
        return None
    path = _straightened([start, *corners, end])
    length = sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in itertools.pairwise(path))
    made, lane = _rounded(path)
    return length - abs(end[0] - start[0]) - abs(end[1] - start[1]), made, lane


def numbers(*values: Iterable[float]) -> Rows:
    """Give numbers sorted, each once."""
    return np.array(sorted({float(value) for some in values for value in some}))


def _open(xs: Rows, ys: Rows, boxes: Boxes) -> NDArray[np.bool_]:
    """Tell of points whether they lie in no box."""
    inside = (xs[:, None] > boxes[:, 0]) & (xs[:, None] < boxes[:, 2])
    under = (ys[:, None] > boxes[:, 1]) & (ys[:, None] < boxes[:, 3])
    result: NDArray[np.bool_] = (inside.astype(np.float32) @ under.T.astype(np.float32)) == 0.0
    return result


def _shortest(
    xs: list[float],
    ys: list[float],
    across: NDArray[np.bool_],
    down: NDArray[np.bool_],
    first: tuple[int, int],
    last: tuple[int, int],
) -> list[Point] | None:
    """Walk from crossing to crossing; turning costs, and it arrives to the right.

    Those are looked at first whose way so far and what is left at least are together the shortest (A*; Hart,
    Nilsson and Raphael 1968).
    """
    wide, high = across.tolist(), down.tolist()
    aim_x, aim_y = xs[last[0]], ys[last[1]]

    def left(column: int, row: int, heading: int) -> float:
        dx, dy = aim_x - xs[column], aim_y - ys[row]
        return abs(dx) + abs(dy) + BEND * _turns(dx, dy, heading)

    seen: set[tuple[int, int, int]] = set()
    came: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    best: dict[tuple[int, int, int], float] = {(*first, 0): 0.0}
    waiting = [(left(*first, 0), 0.0, (*first, 0))]
    while waiting:
        _, cost, here = heapq.heappop(waiting)
        if here in seen:
            continue
        seen.add(here)
        column, row, heading = here
        if (column, row) == last and heading == 0:
            found = [(xs[column], ys[row])]
            while here in came:
                here = came[here]
                found.append((xs[here[0]], ys[here[1]]))
            return found[::-1]
        for way_, (dx, dy) in enumerate(_AHEAD):
            if way_ == heading ^ 1:
                continue  # no turning on the spot
            to = (column + dx, row + dy)
            turning = way_ != heading
            if turning:
                other = (column, row, way_)
                dear = cost + BEND
            else:
                if not (0 <= to[0] < len(xs) and 0 <= to[1] < len(ys)):
                    continue
                if not (wide[min(column, to[0])][row] if dx else high[column][min(row, to[1])]):
                    continue
                other = (*to, way_)
                dear = cost + abs(xs[to[0]] - xs[column]) + abs(ys[to[1]] - ys[row])
            if dear < best.get(other, float("inf")):
                best[other] = dear
                came[other] = here
                heapq.heappush(waiting, (dear + left(*other), dear, other))
    return None


def _turns(dx: float, dy: float, heading: int) -> int:
    """Give how often one turns at least, to arrive to the right what lies so far to the right and below."""
    if heading == _RIGHT:
        return 4 if dx < 0 else 2 if dy else 0
    if heading == _LEFT:
        return 2
    return 3 if dx < 0 else 1


def _straightened(points: list[Point]) -> list[Point]:
    """Leave out points on straight pieces."""
    result: list[Point] = []
    for point in points:
        if result and point == result[-1]:
            continue
        if len(result) > 1 and (
            result[-2][0] == result[-1][0] == point[0] or result[-2][1] == result[-1][1] == point[1]
        ):
            result.pop()
        result.append(point)
    return result


def _rounded(path: list[Point]) -> tuple[Way, Lane]:
    """Draw straight pieces with round corners."""
    points: list[Point] = [path[0]]

    def straight(to: Point) -> None:
        (x, y), (u, v) = points[-1], to
        points.extend([(x + (u - x) / 3, y + (v - y) / 3), (u - (u - x) / 3, v - (v - y) / 3), to])

    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        near = min(ROUND, _length(before, corner) / 2, _length(corner, after) / 2)
        enter, leave = _towards(corner, before, near), _towards(corner, after, near)
        straight(enter)
        points.extend([_towards(corner, before, near * 0.45), _towards(corner, after, near * 0.45), leave])
    straight(path[-1])
    level = [(a, b) for a, b in itertools.pairwise(path) if a[1] == b[1]]
    (x1, y), (x2, _) = max(level, key=lambda piece: abs(piece[1][0] - piece[0][0]))
    left, right = min(x1, x2), max(x1, x2)
    return Way(tuple(points), ((left + right) / 2, y), right - left), Lane(y, left, right, y)


def _length(one: Point, two: Point) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _towards(here: Point, there: Point, far: float) -> Point:
    share = far / max(_length(here, there), 1e-9)
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share
