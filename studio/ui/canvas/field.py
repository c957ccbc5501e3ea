"""Where all nodes of a graph stand, as one array: for the far picture, free places and ways round nodes."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.graph.layout import GRID
from studio.ui.canvas.geometry import WIDTH, Point

Boxes = NDArray[np.float64]
"""Rows of left, top, right, bottom."""

Numbers = NDArray[np.int64]

AT_ONCE = 1_000_000
"""So many pairs are looked at together."""


def meeting(areas: Boxes, boxes: Boxes) -> tuple[Numbers, Numbers]:
    """Give which areas overlap with which boxes: the rows of both, side by side."""
    return _whole(_meeting(areas, _sorted(boxes), AT_ONCE))


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Boxes from the left: their rows, their left sides, themselves, and how wide the widest is."""

    order: Numbers
    across: Boxes
    boxes: Boxes
    widest: float


def _sorted(boxes: Boxes) -> _Sorted:
    order = np.argsort(boxes[:, 0], kind="stable")
    sides = boxes[order]
    return _Sorted(order, sides[:, 0].copy(), sides, float((sides[:, 2] - sides[:, 0]).max(initial=0.0)))


def _whole(parts: Iterable[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    every = [(np.zeros(0, np.int64), np.zeros(0, np.int64)), *parts]
    return np.concatenate([one for one, _ in every]), np.concatenate([one for _, one in every])


def _meeting(areas: Boxes, those: _Sorted, some_pairs: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Give which areas overlap with which boxes, by parts that look at no more than so many pairs."""
    if not len(those.boxes) or not len(areas):
        return
    left, top = those.boxes[:, :2].min(axis=0)
    right, bottom = those.boxes[:, 2:].max(axis=0)
    hull = (areas[:, 0] < right) & (areas[:, 1] < bottom) & (areas[:, 2] > left) & (areas[:, 3] > top)
    rows = np.flatnonzero(hull)
    first = np.searchsorted(those.across, areas[rows, 0] - those.widest)
    count = np.maximum(np.searchsorted(those.across, areas[rows, 2]) - first, 0)
    ends = np.cumsum(count)
    begin = 0
    while begin < len(rows):
        done = int(ends[begin - 1]) if begin else 0
        stop = max(begin + 1, int(np.searchsorted(ends, done + some_pairs, side="right")))
        some = count[begin:stop]
        which = np.repeat(rows[begin:stop], some)
        place = np.arange(len(which)) + np.repeat(first[begin:stop] - (ends[begin:stop] - some - done), some)
        area, box = areas[which], those.boxes[place]
        met = (area[:, 0] < box[:, 2]) & (area[:, 1] < box[:, 3]) & (area[:, 3] > box[:, 1])
        yield which[met], those.order[place[met]]
        begin = stop


class Field:
    """The boxes of nodes by id, kept in step with the items."""

    def __init__(self) -> None:
        """Begin empty."""
        self._boxes: Boxes = np.zeros((64, 4))
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self.order = 0
        """Another number for another order of the rows."""
        self._sorted: _Sorted | None = None
        self._columns: tuple[list[float], list[float]] | None = None

    def __len__(self) -> int:
        """Give the number of nodes."""
        return len(self._ids)

    def __contains__(self, node: str) -> bool:
        """Tell whether a node is here."""
        return node in self._rows

    @property
    def boxes(self) -> Boxes:
        """All boxes, in the order of `ids`; a view, not to be kept."""
        return self._boxes[: len(self._ids)]

    @property
    def ids(self) -> list[str]:
        """The nodes in the order of the boxes; not to be changed."""
        return self._ids

    def put(self, node: str, x: float, y: float, height: float) -> None:
        """Set the box of a node."""
        row = self._rows.get(node)
        if row is None:
            row = len(self._ids)
            if row == len(self._boxes):
                self._boxes = np.concatenate([self._boxes, np.zeros_like(self._boxes)])
            self._rows[node] = row
            self._ids.append(node)
            self.order += 1
        self._boxes[row] = (x, y, x + WIDTH, y + height)
        self._sorted = self._columns = None

    def drop(self, node: str) -> None:
        """Forget a node; the last one takes its row."""
        self._sorted = self._columns = None
        self.order += 1
        row = self._rows.pop(node)
        last = self._ids.pop()
        if last != node:
            self._boxes[row] = self._boxes[len(self._ids)]
            self._ids[row] = last
            self._rows[last] = row

    def clear(self) -> None:
        """Forget all nodes."""
        self._sorted = self._columns = None
        self.order += 1
        self._rows.clear()
        self._ids.clear()

    def turned(self) -> Field:
        """Give the same boxes with across and down changed over, as they are now."""
        result = Field()
        result._rows, result._ids = self._rows, self._ids
        result._boxes = self._boxes[:, (1, 0, 3, 2)]
        return result

    def row(self, node: str) -> int:
        """Give the row of a node."""
        return self._rows[node]

    def box(self, node: str) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of a node."""
        left, top, right, bottom = self._boxes[self._rows[node]].tolist()
        return left, top, right, bottom

    def touching(self, left: float, top: float, right: float, bottom: float) -> list[str]:
        """Give the nodes that reach into a rectangle."""
        boxes = self.boxes
        hit = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
        return [self._ids[row] for row in np.flatnonzero(hit)]

    def near(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """Give the rows of the nodes that reach into a rectangle, for many questions between two changes."""
        those = self._from_left()
        order, boxes = those.order, those.boxes
        first, last = np.searchsorted(those.across, (left - those.widest, right))
        some = boxes[first:last]
        hit = (some[:, 2] > left) & (some[:, 1] < bottom) & (some[:, 3] > top)
        result: list[int] = order[first:last][hit].tolist()
        return result

    def meeting(self, areas: Boxes) -> tuple[Numbers, Numbers]:
        """Give which areas overlap with which nodes: the rows of both, side by side."""
        return _whole(self.parts_meeting(areas, AT_ONCE))

    def parts_meeting(self, areas: Boxes, some_pairs: int) -> Iterator[tuple[Numbers, Numbers]]:
        """Give the same by parts that look at no more than so many pairs, to bound the memory they take."""
        return _meeting(areas, self._from_left(), some_pairs)

    def _from_left(self) -> _Sorted:
        if self._sorted is None:
            self._sorted = _sorted(self.boxes)
        return self._sorted

    def passed(self, left: float, right: float) -> bool:
        """Tell whether no node at all reaches into a stretch from left to right: the gap between columns."""
        if self._columns is None:
            boxes = self.boxes[np.argsort(self.boxes[:, 0], kind="stable")]
            reach = np.maximum.accumulate(boxes[:, 2])
            new = np.ones(len(boxes), bool)
            new[1:] = boxes[1:, 0] > reach[:-1]
            self._columns = (boxes[new, 0].tolist(), reach[np.roll(new, -1)].tolist())
        starts, ends = self._columns
        place = bisect.bisect_right(ends, left)
        return place == len(starts) or starts[place] >= right

    def inside(self, left: float, top: float, right: float, bottom: float) -> list[str]:
        """Give the nodes that lie wholly in a rectangle."""
        boxes = self.boxes
        hit = (boxes[:, 0] >= left) & (boxes[:, 2] <= right) & (boxes[:, 1] >= top) & (boxes[:, 3] <= bottom)
        return [self._ids[row] for row in np.flatnonzero(hit)]

    def bounds(self, nodes: Iterable[str] | None = None) -> tuple[float, float, float, float] | None:
        """Give the rectangle round some nodes or all; None round none."""
        boxes = self.boxes if nodes is None else self._boxes[[self._rows[n] for n in nodes if n in self]]
        if not len(boxes):
            return None
        return (
            float(boxes[:, 0].min()),
            float(boxes[:, 1].min()),
            float(boxes[:, 2].max()),
            float(boxes[:, 3].max()),
        )

    def clear_of_all(self, nodes: Iterable[str], gap: float = 32.0, *, aside: bool = False) -> Point:
        """Give the way by which nodes, moved together, come to cover none: neither themselves nor others.

        Args:
            nodes: the nodes, at least one.
            gap: the room round each of them.
            aside: look to the right, not below.
        """
        boxes = self._boxes[[self._rows[node] for node in nodes]]
        start, end = (0, 2) if aside else (1, 3)
        way = float(boxes[:, end].max() - boxes[:, start].min()) + gap
        for _ in range(200):
            way = math.ceil(way / GRID) * GRID
            areas = boxes + np.array((1.0 - gap, 1.0 - gap, gap - 1.0, gap - 1.0))
            areas[:, (start, end)] += way
            moved, met = self.meeting(areas)
            if not len(moved):
                break
            way += float((self.boxes[met, end] + gap - boxes[moved, start] - way).max())
        return (way, 0.0) if aside else (0.0, way)

    def free_place(
        self, x: float, y: float, height: float, gap: float = 32.0, *, aside: bool = False
    ) -> Point:
        """Give the nearest place at or below a point where a node covers no other.

        Args:
            x: its left side.
            y: its top.
            height: how high it is.
            gap: the room round it.
            aside: look to the right of the point, not below it.
        """
        for _ in range(200):
            hit = self.touching(x - gap, y - gap, x + WIDTH + gap, y + height + gap)
            if not hit:
                break
            if aside:
                x = max(self.box(node)[2] for node in hit) + gap
            else:
                y = max(self.box(node)[3] for node in hit) + gap
        return x, y
