"""Finds the way of a wire round all nodes: level by level between columns, or else as out of a maze."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.ui.canvas.field import Boxes, Field, Numbers
from studio.ui.canvas.geometry import Point
from studio.ui.canvas.maze import BEND, maze, numbers
from studio.ui.canvas.route import APART, MARGIN, TURN, Lane, Way, back, curve, middle_of_back, way

Rows = NDArray[np.float64]

NEAR = 6.0
"""A wire that comes closer to a node than this is led round it."""

CLOSE = 12.0
"""Points of a curve that are looked at are about so far apart."""

NARROW = 12.0
"""In a gap that is narrower a wire cannot turn."""

MOST_BESIDE = 24
"""So many wires keep apart side by side; more run as one."""

WINDOWS = (320.0, 1600.0, float("inf"))
"""How far above and below its ends a wire looks for a way, by and by."""

DETOUR = 240.0
"""With a longer way round, another is looked for as well."""

TOGETHER = 8
"""So many ways back are looked at together."""

STRETCH = np.linspace(0.0, 1.0, 9)
"""Where a stretch of a curve is looked at for how far it reaches to the sides."""

PAIRS = 300_000
"""So many pairs of a wire and a node are looked at together."""

LEVELS = 160
"""The most heights that are tried."""


@dataclass
class Lanes:
    """The level stretches of wires that are led, to keep apart from."""

    rows: Rows
    keys: list[int]

    @classmethod
    def of(cls, lanes: Iterable[tuple[Lane, int]]) -> Lanes:
        """Take the lanes of wires, each with what stands for the output that its wire leaves."""
        every = list(lanes)
        rows = np.zeros((max(16, 2 * len(every)), 3))
        for index, (lane, _) in enumerate(every):
            rows[index] = (lane.y, lane.left, lane.right)
        return cls(rows, [key for _, key in every])

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.keys)

    def add(self, lane: Lane, key: int) -> None:
        """Take another."""
        if len(self.keys) == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[len(self.keys)] = (lane.y, lane.left, lane.right)
        self.keys.append(key)

    def beside(self, left: float, right: float, key: int) -> Rows:
        """Give those of a stretch that leave another output: wires of one output may run as one."""
        rows = self.rows[: len(self.keys)]
        if not len(rows):
            return rows
        result: Rows = rows[(rows[:, 1] < right) & (rows[:, 2] > left) & (np.array(self.keys) != key)]
        return result


def clear(field: Field, wires: Sequence[tuple[Point, Point, tuple[str, str]]]) -> list[bool]:
    """Tell of wires, by their ends and the nodes that they join, whether the plain curve meets no node."""
    result = [False] * len(wires)
    asked = []
    for index, (start, end, _) in enumerate(wires):
        if start[0] + 48.0 <= end[0] and field.passed(start[0], end[0]):
            result[index] = True
        elif start[0] > end[0]:
            result[index] = _free(field, way(*wires[index][:2]).points, _own(field, wires[index][2]))
        else:
            asked.append(index)
    if asked:
        some = [wires[index] for index in asked]
        ends_of = np.array([(*start, *end) for start, end, _ in some])
        own = np.array([[field.row(node) for node in ends] for _, _, ends in some])
        for index, free in zip(asked, all_clear(field, ends_of, own).tolist(), strict=True):
            result[index] = free
    return result


def _own(field: Field, ends: tuple[str, str]) -> list[int]:
    return [field.row(node) for node in set(ends) if node in field]


def all_clear(field: Field, ends: Rows, own: Numbers) -> NDArray[np.bool_]:
    """Tell of plain curves to the right whether they meet no node but their own.

    Args:
        field: all nodes.
        ends: for each where it leaves, across and down, and where it arrives.
        own: the rows of the two nodes that each joins.
    """
    boxes = field.boxes
    x1, y1, x2, y2 = ends.T
    top, bottom = np.minimum(y1, y2) - NEAR, np.maximum(y1, y2) + NEAR
    ahead = x2 - x1
    reach = np.maximum(ahead * 0.5, np.minimum(24.0, np.abs(y2 - y1) * 0.5))
    # Between ends that are close beside each other a curve swings out.
    left, right = np.minimum(x1, x2 - reach), np.maximum(x2, x1 + reach)
    free = np.ones(len(ends), bool)
    for which, rows in field.parts_meeting(np.stack([left, top, right, bottom], axis=1), PAIRS):
        others = (rows != own[which, 0]) & (rows != own[which, 1])
        which, rows = which[others], rows[others]
        if not len(which):
            continue
        sides = boxes[rows] + np.array([-NEAR, -NEAR, NEAR, NEAR])
        begin, high = y1[which, None], (y2 - y1)[which, None]
        # Between the heights of a node the curve has one stretch: how far along it begins and ends.
        level = high == 0.0
        share = np.clip((sides[:, 1::2] - begin) / np.where(level, 1.0, high), 0.0, 1.0)
        along = np.where(level, [0.0, 1.0], 0.5 - np.sin(np.arcsin(1.0 - 2.0 * share) / 3.0))
        t = along[:, :1] + (along[:, 1:] - along[:, :1]) * STRETCH
        handle, x = reach[which, None], x1[which, None]
        x = x + 3 * t * (1 - t) * (handle * (1 - 2 * t) + ahead[which, None] * t) + ahead[which, None] * t**3
        hit = (x.min(axis=1) < sides[:, 2]) & (x.max(axis=1) > sides[:, 0])
        free[which[hit]] = False
    return free


def lead(
    field: Field,
    start: Point,
    end: Point,
    ends: tuple[str, str],
    lanes: Lanes,
    key: int = 0,
    *,
    quick: bool = False,
) -> tuple[Way, Lane | None]:
    """Find the way of a wire round nodes, where the plain curve is not clear.

    It leaves to the right and arrives from the left.

    Args:
        field: all nodes.
        start: where it leaves.
        end: where it arrives.
        ends: the nodes that it joins.
        lanes: lanes of other wires.
        key: stands for the output that it leaves.
        quick: look only for what is found soon.

    Returns:
        Its way, and its longest level stretch. Where nodes leave no way, it is the plain curve.
    """
    own = _own(field, ends)
    found: tuple[float, Way, Lane] | None = None
    if end[0] >= start[0]:
        beside = lanes.beside(start[0], end[0], key)
        found = _level(field, start, end, own, beside, WINDOWS[:1] if quick else WINDOWS)
    else:
        found = _round_back(field, start, end, own, 8 if quick else 24)
    if not quick and (found is None or found[0] > DETOUR):
        other = maze(field, start, end)
        if other is not None and (found is None or other[0] < found[0]):
            found = other
    return (found[1], found[2]) if found is not None else (way(start, end), None)


def lead_through(
    field: Field, start: Point, end: Point, ends: tuple[str, str], through: Sequence[Point]
) -> Way:
    """Find the way of a wire that a person has led through points: between them it goes round nodes, too."""
    plain = way(start, end, through)
    own = _own(field, ends)
    points: list[Point] = [start]
    for index, (here, there) in enumerate(itertools.pairwise([start, *through, end])):
        leg: tuple[Point, ...] = plain.points[3 * index : 3 * index + 4]
        if not _free(field, leg, own):
            found = None
            if there[0] >= here[0]:
                found = _level(field, here, there, own, np.zeros((0, 3)))
            if found is None or found[0] > DETOUR:
                found = maze(field, here, there) or found
            leg = found[1].points if found is not None else leg
        points += leg[1:]
    return Way(tuple(points), plain.middle, plain.room, plain.stops)


def _free(field: Field, points: Sequence[Point], own: Sequence[int]) -> bool:
    """Tell whether curves run through, or close by, no node; of their own nodes, through none."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    rows = field.near(left, top - NEAR, right, bottom + NEAR)
    if left >= points[0][0] and right <= points[-1][0]:
        rows = [row for row in rows if row not in own]
    if not len(rows):
        return True
    boxes = field.boxes[rows] + np.array([-NEAR, -NEAR, NEAR, NEAR])
    for index, row in enumerate(rows):
        if row in own:
            boxes[index] += np.array([NEAR + 2.0, NEAR + 2.0, -NEAR - 2.0, -NEAR - 2.0])
    x, y = _sampled(points)
    hit = (x > boxes[:, 0:1]) & (x < boxes[:, 2:3]) & (y > boxes[:, 1:2]) & (y < boxes[:, 3:4])
    return not hit.any()


@functools.cache
def _basis(steps: int) -> Rows:
    t = np.linspace(0.0, 1.0, steps)
    return np.stack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3])


def _fine(length: float) -> Rows:
    """Give what makes points of curves, close enough together that none steps over a node."""
    steps = 25
    while length > CLOSE * steps and steps < 10_000:
        steps *= 4
    return _basis(steps)


def _sampled(points: Sequence[Point]) -> tuple[Rows, Rows]:
    """Give points on curves."""
    every = np.array(points)
    basis = _fine(float(np.abs(np.diff(every, axis=0)).sum(axis=0).max(initial=0.0)))
    pieces = [every[first : first + 4].T @ basis for first in range(0, len(points) - 3, 3)]
    x, y = np.concatenate(pieces, axis=1)
    return x, y


# -- level by level -------------------------------------------------------------------------------------


def _level(
    field: Field,
    start: Point,
    end: Point,
    own: Sequence[int],
    beside: Rows,
    windows: Sequence[float] = WINDOWS,
) -> tuple[float, Way, Lane] | None:
    """Find levels between the columns of nodes on the way, with as few and as small turns as there can be."""
    for window in windows:
        top, bottom = min(start[1], end[1]) - window, max(start[1], end[1]) + window
        rows = [row for row in field.near(start[0], top, end[0], bottom) if row not in own]
        found = _levels(field.boxes[rows], start, end, beside, (top, bottom))
        if found is not None:
            return found
        if len(rows) == len(field):
            break
    return None


def _levels(
    boxes: Boxes, start: Point, end: Point, beside: Rows, window: tuple[float, float]
) -> tuple[float, Way, Lane] | None:
    boxes = boxes[np.argsort(boxes[:, 0], kind="stable")] + np.array([-MARGIN, -MARGIN, MARGIN, MARGIN])
    if not len(boxes):
        return None
    reach = np.maximum.accumulate(boxes[:, 2])
    first = np.flatnonzero(np.r_[True, boxes[1:, 0] - reach[:-1] >= NARROW])
    lefts = boxes[first, 0]
    rights = reach[np.r_[first[1:] - 1, len(boxes) - 1]]
    heights = _heights(boxes, start[1], end[1], window)
    shut = (heights > boxes[:, 1:2] + 0.1) & (heights < boxes[:, 3:4] - 0.1)
    cost = np.where(np.logical_or.reduceat(shut, first, axis=0), np.inf, 0.0)
    turns = np.abs(heights[:, None] - heights)
    turns += BEND * (turns > 0.0)

    def ways(y: float, gap: float) -> Rows:
        far = np.abs(heights - y)
        return np.where(far == 0.0, 0.0, far + BEND if gap >= NARROW else np.inf)

    total = ways(start[1], float(lefts[0]) - start[0]) + cost[0]
    steps = []
    for column in range(1, len(lefts)):
        # Of equal ways, the one that turns later: it stays beside what it comes from.
        every = total[:, None] + turns * (1.0 + 1e-4 * (len(lefts) - column))
        best = np.argmin(every, axis=0)
        steps.append(best)
        total = every[best, np.arange(len(heights))] + cost[column]
    total = total + ways(end[1], end[0] - float(rights[-1]))
    at = int(np.argmin(total))
    if not np.isfinite(total[at]):
        return None
    chosen = [at]
    for best in reversed(steps):
        at = int(best[at])
        chosen.append(at)
    levels = [float(heights[index]) for index in reversed(chosen)]
    runs: list[Lane] = []
    for y, left, right in zip(levels, lefts.tolist(), rights.tolist(), strict=True):
        if runs and runs[-1].base == y:
            runs[-1] = Lane(y, runs[-1].left, right, y)
        else:
            runs.append(Lane(y, left, right, y))
    if len(beside):
        runs = [_apart(run, boxes, beside) for run in runs]
    made, lane = _joined(start, end, runs)
    bound = [start[1], *levels, end[1]]
    detour = sum(abs(b - a) for a, b in itertools.pairwise(bound)) - abs(end[1] - start[1])
    return detour, made, lane


def _heights(boxes: Boxes, here: float, there: float, window: tuple[float, float]) -> Rows:
    """Give the heights that a level can have: of both ends, along the edges of nodes, the nearest first."""
    edges = numbers(boxes[:, 1], boxes[:, 3])
    edges = edges[(edges >= window[0] - MARGIN) & (edges <= window[1] + MARGIN)]
    edges = edges[(edges != here) & (edges != there)]
    far = np.abs(edges - here) + np.abs(edges - there)
    ends = [here] if here == there else [here, there]
    return np.concatenate([ends, edges[np.argsort(far, kind="stable")][:LEVELS]])


def _apart(run: Lane, boxes: Boxes, beside: Rows) -> Lane:
    """Move a level away from the node that it runs along until it is apart from other wires."""
    along = boxes[(boxes[:, 0] < run.right) & (boxes[:, 2] > run.left)]
    taken = beside[(beside[:, 1] < run.right) & (beside[:, 2] > run.left), 0]
    above = bool((along[:, 1] == run.y).any())
    below = bool((along[:, 3] == run.y).any())
    ways = {(True, False): (-1,), (False, True): (1,)}.get((above, below), (1, -1))
    for times in range(MOST_BESIDE):
        for side in ways:
            y = run.y + side * times * APART
            if (
                not (np.abs(taken - y) < APART - 0.1).any()
                and not ((along[:, 1] + 0.1 < y) & (along[:, 3] - 0.1 > y)).any()
            ):
                return Lane(y, run.left, run.right, run.base)
    return run


def _joined(start: Point, end: Point, lanes: Sequence[Lane]) -> tuple[Way, Lane]:
    """Draw a way from level to level; it turns in the gaps between the columns."""
    runs = [[lane.y, lane.left, lane.right] for lane in lanes]
    runs[0][1] = start[0] + _turn(start[1], runs[0][0], runs[0][1] - start[0])
    runs[-1][2] = end[0] - _turn(end[1], runs[-1][0], end[0] - runs[-1][2])
    for one, two in itertools.pairwise(runs):
        gap = two[1] - one[2]
        wide = _turn(one[0], two[0], gap)
        middle = one[2] + gap / 2
        one[2], two[1] = middle - wide / 2, middle + wide / 2
    points: list[Point] = [start]
    for y, left, right in runs:
        points += curve(points[-1], (left, y))
        third = (right - left) / 3
        points += [(left + third, y), (right - third, y), (right, y)]
    points += curve(points[-1], end)
    longest = max(range(len(runs)), key=lambda index: runs[index][2] - runs[index][1])
    y, left, right = runs[longest]
    lane = Lane(y, left, right, lanes[longest].base)
    return Way(tuple(points), ((left + right) / 2, y), right - left), lane


def _turn(here: float, there: float, gap: float) -> float:
    """Give how much of a gap a turn takes: a high one more, so that it is not steep."""
    if here == there:
        return min(max(gap, 0.0), NARROW)
    return min(gap, max(TURN, abs(there - here) * 0.4))


# -- back to the left -----------------------------------------------------------------------------------


def _round_back(
    field: Field, start: Point, end: Point, own: Sequence[int], tries: int
) -> tuple[float, Way, Lane] | None:
    """Find a level between nodes on which a wire can come back to the left."""
    wide = TURN * 1.4 + MARGIN
    plain = middle_of_back(start, end)
    rows = field.near(end[0] - wide, -np.inf, start[0] + wide, np.inf)
    edges = [plain]
    for _, top, _, bottom in field.boxes[rows].tolist():
        edges += [top - MARGIN, bottom + MARGIN]
    edges = sorted(set(edges), key=lambda y: (abs(y - start[1]) + abs(y - end[1]), y))
    for first in range(0, min(tries, len(edges)), TOGETHER):
        some = edges[first : min(first + TOGETHER, tries)]
        every = [back(start, end, y) for y in some]
        for y, made, free in zip(some, every, _each_free(field, every, own), strict=True):
            if free:
                detour = abs(y - start[1]) + abs(y - end[1]) - abs(end[1] - start[1])
                return max(0.0, detour - DETOUR), made, Lane(y, end[0], start[0], y)
    return None


def _each_free(field: Field, ways: Sequence[Way], own: Sequence[int]) -> list[bool]:
    """Tell of ways of as many curves each what `_free` tells of one that leads back."""
    points = np.array([made.points for made in ways])
    (left, top), (right, bottom) = points.min(axis=(0, 1)), points.max(axis=(0, 1))
    rows = field.near(left, top - NEAR, right, bottom + NEAR)
    if not rows:
        return [True] * len(ways)
    around = np.array([-2.0 if row in own else NEAR for row in rows])[:, None]
    boxes = (field.boxes[rows] + around * np.array([-1.0, -1.0, 1.0, 1.0]))[:, :, None]
    basis = _fine(float(np.abs(np.diff(points, axis=1)).sum(axis=1).max()))
    curves = range(0, points.shape[1] - 3, 3)
    pieces = [points[:, first : first + 4].transpose(2, 0, 1) @ basis for first in curves]
    free = []
    for x, y in zip(*np.concatenate(pieces, axis=2), strict=True):
        hit = (x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3])
        free.append(not hit.any())
    return free
