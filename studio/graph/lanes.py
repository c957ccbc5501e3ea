"""Where the places of a layered drawing stand across the layers: chains straight, skips in lanes apart."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Sequence

from studio.graph.layers import Layered, Link

STEP = 8.0
"""All places are whole steps."""

BARELY = 6.0
"""A wire that slants no more than this is as good as straight: a chain does not climb for it."""

APART, BESIDE, LANE = 32.0, 24.0, 16.0
"""Room between two things, between a thing and the lane of a wire, and between two lanes."""

ROUNDS = 10

MOST_PUSHED, EFFORT = 200, 150_000
"""A move that pushes more rows is made no further than there is room; so are all, when so much was tried."""


def spread(net: Layered, across: Sequence[float]) -> list[float]:
    """Give how far across every place stands: the near side of a thing, the middle of a lane.

    Args:
        net: the places, in their order.
        across: how large each thing is.
    """
    rows = _Rows(net, across)
    rows.settle()
    return [rows.y[rows.row[place]] + rows.shift[place] for place in range(len(net.layer))]


def _whole(value: float) -> float:
    return math.floor(value / STEP + 0.5) * STEP


class _Rows:
    """Places that stand in one line are one row; rows keep apart and are drawn to each other by wires."""

    def __init__(self, net: Layered, across: Sequence[float]) -> None:
        self.net = net
        count = len(net.layer)
        self.size = [
            0.0 if net.bend(place) else math.ceil(across[place] / STEP) * STEP for place in range(count)
        ]
        self.row = list(range(count))
        self.shift = [0.0] * count
        straight = self._straight()
        self._make_rows(straight)
        self._keep_apart()
        self.pulls: list[list[tuple[int, float, float]]] = [[] for _ in self.members]
        for link in net.links:
            here, there = self.row[link.source], self.row[link.target]
            if here != there:
                weight = self._weight(link)
                gap = self.shift[link.source] + link.out - self.shift[link.target] - link.into
                self.pulls[here].append((there, -gap, weight))
                self.pulls[there].append((here, gap, weight))
        self.y = self._begin()
        self.effort = EFFORT

    # -- rows -------------------------------------------------------------------------------------------

    def _weight(self, link: Link) -> float:
        bends = self.net.bend(link.source) + self.net.bend(link.target)
        return (2.0, 1.0, 6.0)[bends]

    def _straight(self) -> list[Link]:
        """Choose the links that are drawn straight: lanes first, then what lies on the longest chains."""
        net = self.net
        at = [0] * len(net.layer)
        for layer in net.layers:
            for index, place in enumerate(layer):
                at[place] = index
        up, down = [0] * len(at), [0] * len(at)
        for layer in net.layers:
            for place in layer:
                if not net.bend(place):
                    runs = [up[link.source] + 1 for link in net.before[place] if not net.bend(link.source)]
                    up[place] = max(runs, default=0)
        for layer in reversed(net.layers):
            for place in layer:
                if not net.bend(place):
                    runs = [down[link.target] + 1 for link in net.after[place] if not net.bend(link.target)]
                    down[place] = max(runs, default=0)

        # How far a wire is from the middle of those at each side of a thing.
        beside = dict.fromkeys(net.links, 0.0)
        for links in net.after:
            for index, link in enumerate(sorted(links, key=lambda one: (at[one.target], one.into))):
                beside[link] += abs(2 * index - (len(links) - 1) + 0.5)
        for links in net.before:
            for index, link in enumerate(sorted(links, key=lambda one: (at[one.source], one.out))):
                beside[link] += abs(2 * index - (len(links) - 1) + 0.5)

        def key(link: Link) -> tuple[float, ...]:
            kind = (1, 2, 0)[net.bend(link.source) + net.bend(link.target)]
            run = -(up[link.source] + down[link.target]) if kind == 1 else 0
            return kind, run, beside[link], net.layer[link.source], at[link.source], at[link.target]

        left, right = [False] * len(at), [False] * len(at)
        taken: list[list[tuple[int, int]]] = [[] for _ in net.layers]
        chosen = []
        for link in sorted(net.links, key=key):
            source, target = link.source, link.target
            if right[source] or left[target]:
                continue
            a, b = at[source], at[target]
            others = taken[net.layer[source]]
            if any((a - other) * (b - its) < 0 for other, its in others):
                continue  # it would cross one that is straight
            others.append((a, b))
            right[source] = left[target] = True
            chosen.append(link)
        return chosen

    def _make_rows(self, straight: list[Link]) -> None:
        following = {link.source: link for link in straight}
        ends = {link.target for link in straight}
        self.members: list[list[int]] = []
        for place in range(len(self.net.layer)):
            if place in ends:
                continue
            row, members, offset = len(self.members), [], 0.0
            here = place
            while True:
                members.append(here)
                self.row[here], self.shift[here] = row, offset
                link = following.get(here)
                if link is None:
                    break
                offset += _whole(link.out - link.into) if abs(link.out - link.into) > BARELY else 0.0
                here = link.target
            self.members.append(members)

    def _keep_apart(self) -> None:
        """Find which rows lie next to each other, and how far apart they must be."""
        net = self.net
        below: list[dict[int, float]] = [{} for _ in self.members]
        above: list[dict[int, float]] = [{} for _ in self.members]
        for layer in net.layers:
            for one, two in itertools.pairwise(layer):
                bends = net.bend(one) + net.bend(two)
                least = self.shift[one] + self.size[one] + (APART, BESIDE, LANE)[bends] - self.shift[two]
                here, there = self.row[one], self.row[two]
                known = below[here].get(there)
                if known is None or least > known:
                    below[here][there] = least
                    above[there][here] = least
        self.below = [list(ones.items()) for ones in below]
        self.above = [list(ones.items()) for ones in above]
        waiting = [len(ones) for ones in self.above]
        ready = [row for row in reversed(range(len(waiting))) if not waiting[row]]
        self.order: list[int] = []
        while ready:
            row = ready.pop()
            self.order.append(row)
            for other, _ in self.below[row]:
                waiting[other] -= 1
                if not waiting[other]:
                    ready.append(other)
        self.turn = [0] * len(waiting)
        for turn, row in enumerate(self.order):
            self.turn[row] = turn

    # -- places -----------------------------------------------------------------------------------------

    def _begin(self) -> list[float]:
        """Begin half-way between all as high and all as low as they can be."""
        high = [0.0] * len(self.members)
        for row in self.order:
            for other, least in self.below[row]:
                high[other] = max(high[other], high[row] + least)
        floor = max(high, default=0.0)
        low = [floor] * len(high)
        for row in reversed(self.order):
            for other, least in self.above[row]:
                low[other] = min(low[other], low[row] - least)
        return [math.floor((a + b) / 2 / STEP) * STEP for a, b in zip(high, low, strict=True)]

    def settle(self) -> None:
        """Move rows to where their wires draw them until none gains by it."""
        for turn in range(ROUNDS):
            moved = False
            for row in self.order if turn % 2 == 0 else reversed(self.order):
                if self.pulls[row]:
                    moved |= self._improve(row)
            if not moved:
                break

    def _improve(self, row: int) -> bool:
        way = self._wanted(row)
        if way == 0.0:
            return False
        pushed = self._pushed(row, way)
        if pushed is not None and self._gain(pushed) < 0.0:
            for other, by in pushed.items():
                self.y[other] += by
            return True
        # Without pushing anything.
        if way > 0:
            room = min((self.y[o] - least - self.y[row] for o, least in self.below[row]), default=way)
            way = min(way, room)
        else:
            room = min((self.y[row] - least - self.y[o] for o, least in self.above[row]), default=-way)
            way = -min(-way, room)
        if abs(way) >= STEP and self._gain({row: way}) < 0.0:
            self.y[row] += way
            return True
        return False

    def _wanted(self, row: int) -> float:
        """Give how far a row would go for its wires to be short: to the middle of the weighted medians."""
        ends = sorted((self.y[other] + gap, weight) for other, gap, weight in self.pulls[row])
        half = sum(weight for _, weight in ends) / 2
        passed = 0.0
        for index, (goal, weight) in enumerate(ends):
            passed += weight
            if passed > half or index + 1 == len(ends):
                break
            if passed == half:
                goal = (goal + ends[index + 1][0]) / 2
                break
        return _whole(goal - self.y[row])

    def _pushed(self, row: int, way: float) -> dict[int, float] | None:
        """Give all that moves when a row pushes on what is in its way; None when that is too much."""
        moved, ahead = {row: way}, self.below if way > 0 else self.above
        sign = 1 if way > 0 else -1
        waiting = [(sign * self.turn[row], row)]
        while waiting:
            _, here = heapq.heappop(waiting)
            y = self.y[here] + moved[here]
            self.effort -= len(ahead[here])
            for other, least in ahead[here]:
                need = y + sign * least - self.y[other]
                if need * sign > 0:
                    if other not in moved:
                        heapq.heappush(waiting, (sign * self.turn[other], other))
                        moved[other] = need
                    elif abs(need) > abs(moved[other]):
                        moved[other] = need
            if len(moved) > MOST_PUSHED or self.effort < 0:
                return None
        return moved

    def _gain(self, moved: dict[int, float]) -> float:
        """Give how much longer, or shorter, wires become; what tends to the middle counts a little too."""
        total = 0.0
        for row, by in moved.items():
            for other, gap, weight in self.pulls[row]:
                its = moved.get(other, 0.0)
                before = self.y[row] - self.y[other] - gap
                after = before + by - its
                share = 0.5 if other in moved else 1.0
                total += (
                    weight * share * (abs(after) - abs(before) + (after * after - before * before) * 1e-5)
                )
        return total
