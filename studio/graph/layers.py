"""The layers of a drawing: which thing stands in which, and in what order, so that few wires cross."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_BENDS = 40_000
"""Among more bends of long wires than this nobody follows a lane: they are left out."""

SWEEPS = 24
PATIENCE = 5
"""Sweeps without a better order after which it is taken as it is."""

FEW = 600
"""Up to so many places neighbours change sides in every sweep; beyond, only in the last."""


class Link(NamedTuple):
    """A wire between two things.

    Attributes:
        source: where it leaves.
        target: where it arrives.
        out: how far across the source it leaves.
        into: how far across the target it arrives.
    """

    source: int
    target: int
    out: float
    into: float


@dataclass
class Layered:
    """Things, and bends of long wires, in layers; the first `things` places are the things themselves.

    Attributes:
        things: how many things there are; a place from there on is a bend.
        layers: the places of each layer, in their order across.
        layer: the layer of each place.
        links: wires between places of neighbouring layers.
        wires: how many wires each place carries: of a bend, those that share it.
    """

    things: int
    layers: list[list[int]]
    layer: list[int]
    links: list[Link]
    wires: list[int]
    before: list[list[Link]] = field(default_factory=list)
    after: list[list[Link]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the links of each place."""
        self.before = [[] for _ in self.layer]
        self.after = [[] for _ in self.layer]
        for link in self.links:
            self.after[link.source].append(link)
            self.before[link.target].append(link)

    def bend(self, place: int) -> bool:
        """Tell whether a place is a bend of a long wire."""
        return place >= self.things


def layered(count: int, links: Sequence[Link], across: Sequence[float]) -> Layered:
    """Put things into layers, in an order in which few wires cross.

    Args:
        count: how many things; their order settles what nothing else does.
        links: the wires; those that close a circle do not count.
        across: how large each thing is across the layers.
    """
    forward = _forward(count, links)
    ranks = _tightened(count, forward, _ranks(count, forward))
    made = _with_bends(count, forward, ranks)
    _order(made, across)
    return made


# -- layers ---------------------------------------------------------------------------------------------


def _forward(count: int, links: Iterable[Link]) -> list[Link]:
    """Leave out the wires that lead back to where they come from."""
    after: list[list[Link]] = [[] for _ in range(count)]
    fed = [False] * count
    for link in sorted(set(links)):
        after[link.source].append(link)
        fed[link.target] = True
    # Circles are entered from outside where something leads into them.
    state = [0] * count
    kept: list[Link] = []
    for root in sorted(range(count), key=lambda thing: (fed[thing], thing)):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            thing, rest = stack[-1]
            for link in rest:
                if state[link.target] == 1:
                    continue
                kept.append(link)
                if state[link.target] == 0:
                    state[link.target] = 1
                    stack.append((link.target, iter(after[link.target])))
                    break
            else:
                state[thing] = 2
                stack.pop()
    return kept


def _ranks(count: int, links: Iterable[Link]) -> list[int]:
    """Give each thing the layer after the last one that feeds it."""
    waiting = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for link in links:
        waiting[link.target] += 1
        after[link.source].append(link.target)
    ranks = [0] * count
    ready = [thing for thing in range(count) if not waiting[thing]]
    while ready:
        thing = ready.pop()
        for other in after[thing]:
            ranks[other] = max(ranks[other], ranks[thing] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return ranks


def _tightened(count: int, links: Sequence[Link], ranks: list[int]) -> list[int]:
    """Bring what stands too early closer to what it feeds."""
    after: list[list[int]] = [[] for _ in range(count)]
    before = [0] * count
    for link in links:
        after[link.source].append(link.target)
        before[link.target] += 1
    for _ in range(16):
        if not _shift_pieces(count, links, ranks):
            break
    for thing in sorted(range(count), key=lambda one: -ranks[one]):
        if len(after[thing]) > before[thing]:
            ranks[thing] = max(ranks[thing], min(ranks[other] for other in after[thing]) - 1)
    least = min(ranks, default=0)
    return [rank - least for rank in ranks]


def _shift_pieces(count: int, links: Sequence[Link], ranks: list[int]) -> bool:
    """Move each piece that hangs together by shortest wires, where that makes more shorter than longer."""
    piece = list(range(count))

    def root(thing: int) -> int:
        while piece[thing] != thing:
            piece[thing] = thing = piece[piece[thing]]
        return thing

    for link in links:
        if ranks[link.target] - ranks[link.source] == 1:
            piece[root(link.source)] = root(link.target)
    gain: dict[int, int] = {}
    room: dict[int, int] = {}
    for link in links:
        here, there = root(link.source), root(link.target)
        if here != there:
            gain[here] = gain.get(here, 0) + 1
            gain[there] = gain.get(there, 0) - 1
            slack = ranks[link.target] - ranks[link.source] - 1
            room[here] = min(room.get(here, slack), slack)
    best = [one for one, much in gain.items() if much > 0 and room.get(one, 0) > 0]
    if not best:
        return False
    # One at a time: what is next to it has other wires by then. Those that move apart do so together.
    moving: set[int] = set()
    touched: set[int] = set()
    beside: dict[int, set[int]] = {}
    for link in links:
        here, there = root(link.source), root(link.target)
        if here != there:
            beside.setdefault(here, set()).add(there)
            beside.setdefault(there, set()).add(here)
    for one in sorted(best):
        if one not in touched:
            moving.add(one)
            touched |= {one, *beside[one]}
    for thing in range(count):
        its = root(thing)
        if its in moving:
            ranks[thing] += room[its]
    return True


def _with_bends(count: int, links: Sequence[Link], ranks: list[int]) -> Layered:
    """Cut wires that reach over layers into pieces; those that leave one port share their way."""
    spans = sum(max(0, ranks[link.target] - ranks[link.source] - 1) for link in links)
    layer, made = list(ranks), []
    wires = [1] * count
    shared: dict[tuple[int, float, int], int] = {}
    for link in sorted(links, key=lambda one: (ranks[one.source], one)):
        here, out = link.source, link.out
        if ranks[link.target] - ranks[here] > 1 and spans > MOST_BENDS:
            continue
        for rank in range(ranks[link.source] + 1, ranks[link.target]):
            key = (link.source, link.out, rank)
            bend = shared.get(key)
            if bend is None:
                bend = shared[key] = len(layer)
                layer.append(rank)
                wires.append(0)
                made.append(Link(here, bend, out, 0.0))
            wires[bend] += 1
            here, out = bend, 0.0
        made.append(Link(here, link.target, out, link.into))
    layers: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for place, rank in enumerate(layer):
        layers[rank].append(place)
    return Layered(count, layers, layer, made, wires)


# -- order ----------------------------------------------------------------------------------------------


class _Sorter:
    """Sorts the layers of a drawing; each end of a wire counts by where on its thing it is."""

    def __init__(self, net: Layered, across: Sequence[float]) -> None:
        self.net = net
        self.at = [0] * len(net.layer)

        def share(place: int, offset: float) -> float:
            return 0.5 if net.bend(place) else min(0.98, max(0.02, offset / max(1.0, across[place])))

        self.before = [
            [(link.source, share(link.source, link.out), share(place, link.into)) for link in links]
            for place, links in enumerate(net.before)
        ]
        self.after = [
            [(link.target, share(link.target, link.into), share(place, link.out)) for link in links]
            for place, links in enumerate(net.after)
        ]

    def take(self, layers: list[list[int]]) -> None:
        self.net.layers = layers
        for layer in layers:
            self.number(layer)

    def number(self, layer: list[int]) -> None:
        for index, place in enumerate(layer):
            self.at[place] = index

    def crossings(self) -> int:
        return sum(self.crossed(layer) for layer in self.net.layers[1:])

    def crossed(self, layer: list[int]) -> int:
        """Count the crossings between a layer and the one before."""
        at = self.at
        ends = sorted(
            (at[other] + there, at[place] + here)
            for place in layer
            for other, there, here in self.before[place]
        )
        seen: list[float] = []
        count = 0
        for _, end in ends:
            count += len(seen) - bisect.bisect_right(seen, end)
            bisect.insort(seen, end)
        return count

    def sweep(self, forward: bool, late: bool) -> None:
        """Sort every layer by the mean place of what its things are wired to in the one before."""
        layers, links = self.net.layers, self.before if forward else self.after
        at = self.at
        for layer in layers if forward else reversed(layers):
            pulls: dict[int, float] = {}
            for place in layer:
                if links[place]:
                    pulls[place] = sum(at[other] + share for other, share, _ in links[place]) / len(
                        links[place]
                    )
            # What is wired to nothing there keeps its place among the others.
            free = iter(sorted(pulls, key=lambda place: (pulls[place], -at[place] if late else at[place])))
            layer[:] = [next(free) if place in pulls else place for place in layer]
            self.number(layer)

    def exchange(self) -> bool:
        """Let neighbours change sides where fewer wires cross then; tells whether any did."""
        changed = False
        at = self.at
        for layer in self.net.layers:
            for index in range(len(layer) - 1):
                left, right = layer[index], layer[index + 1]
                now = then = 0
                for links in (self.before, self.after):
                    mine = [at[other] + share for other, share, _ in links[left]]
                    its = [at[other] + share for other, share, _ in links[right]]
                    for one in mine:
                        for two in its:
                            now += one > two
                            then += one < two
                if then < now:
                    layer[index], layer[index + 1] = right, left
                    at[left], at[right] = index + 1, index
                    changed = True
        return changed


def _order(net: Layered, across: Sequence[float]) -> None:
    """Find an order of every layer in which few wires cross."""
    sorter = _Sorter(net, across)
    found: list[tuple[int, list[list[int]]]] = []
    few = len(net.layer) <= FEW
    for forward in (True, False):
        sorter.take(_walked(net, sorter, forward))
        best, kept, waited = sorter.crossings(), [list(layer) for layer in net.layers], 0
        for turn in range(SWEEPS):
            if best == 0 or waited >= PATIENCE:
                break
            sorter.sweep(forward=(turn % 2 == 0) == forward, late=turn % 4 >= 2)
            if few:
                for _ in range(6):
                    if not sorter.exchange():
                        break
            count = sorter.crossings()
            waited += 1
            if count < best:
                best, kept, waited = count, [list(layer) for layer in net.layers], 0
        if best and not few:
            sorter.take(kept)
            for _ in range(3):
                if not sorter.exchange():
                    break
            best, kept = sorter.crossings(), net.layers
        found.append((best, kept))
        if best == 0:
            break
    sorter.take(min(found, key=lambda one: one[0])[1])


def _walked(net: Layered, sorter: _Sorter, forward: bool) -> list[list[int]]:
    """Give the order in which a walk along the wires, port by port, comes by."""
    layers: list[list[int]] = [[] for _ in net.layers]
    links = sorter.after if forward else sorter.before
    seen = [False] * len(net.layer)
    roots = sorted(
        range(len(net.layer)),
        key=lambda place: (bool((sorter.before if forward else sorter.after)[place]), place),
    )
    for root in roots:
        stack = [root]
        while stack:
            place = stack.pop()
            if seen[place]:
                continue
            seen[place] = True
            layers[net.layer[place]].append(place)
            ahead = sorted(links[place], key=lambda one: (one[2], one[1], one[0]))
            stack += [other for other, _, _ in reversed(ahead)]
    return layers
