"""Gives every node a place: in layers along the data, with few crossings and skips beside what they skip."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from studio.graph.lanes import spread
from studio.graph.layers import Layered, Link, layered
from studio.graph.layout import GRID, Direction, Position
from studio.graph.model import Graph, Wire

Rectangle = tuple[float, float, float, float]
"""Left, top, width and height."""

GAP: Mapping[Direction, float] = {"right": 104.0, "down": 72.0}
"""Room between two layers; most of it is for what stands on the wires."""

CROWD, SPREAD = 6, 8.0
"""Between layers with more slanting wires than this, each further one gets so much more room."""

PARTS = 64.0
"""Room between parts that no wire joins."""

BORDER, TITLE = 24.0, 28.0
"""Room between a frame and what is in it, and the height of the frame's title."""

WIDEST = 1.6
"""Parts beside each other take about so many times the width that they take in height."""


@dataclass(frozen=True, slots=True)
class Box:
    """How large a node is drawn, and where on it wires end.

    Attributes:
        width: its width.
        height: its height.
        end: gives where a wire ends, from the left top corner, by the name of the port, whether it is an
            output, and the wire's place among those of the port; without it, in the middle of a side.
    """

    width: float = 152.0
    height: float = 64.0
    end: Callable[[str, bool, int], Position] | None = None


@dataclass(frozen=True)
class Group:
    """What stays together in a frame.

    Attributes:
        id: the frame's id.
        nodes: the nodes that are in no smaller frame in it.
        groups: smaller frames.
        notes: id and size of each note in it.
    """

    id: str
    nodes: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = ()
    notes: tuple[tuple[str, float, float], ...] = ()

    def every(self) -> set[str]:
        """Give all nodes in it."""
        return set(self.nodes).union(*(group.every() for group in self.groups))

    def unit(self) -> Unit:
        """Give all that is in it, itself included."""
        inner = [group.unit() for group in self.groups]
        return Unit(
            frozenset(self.nodes).union(*(one.nodes for one in inner)),
            frozenset([self.id]).union(*(one.frames for one in inner)),
            frozenset(id for id, _, _ in self.notes).union(*(one.notes for one in inner)),
        )


@dataclass(frozen=True)
class Unit:
    """What moves as one: a node by itself, or an outermost frame with all that is in it."""

    nodes: frozenset[str]
    frames: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arrangement:
    """Where everything goes.

    Attributes:
        nodes: the left top corner of each node.
        frames: each frame's rectangle.
        notes: the left top corner of each note in a frame.
        units: what moves as one.
    """

    nodes: dict[str, Position]
    frames: dict[str, Rectangle]
    notes: dict[str, Position]
    units: tuple[Unit, ...] = ()

    def moved(self, dx: float, dy: float) -> Arrangement:
        """Give all of it elsewhere."""
        if dx == dy == 0.0:
            return self
        return Arrangement(
            {id: (x + dx, y + dy) for id, (x, y) in self.nodes.items()},
            {id: (x + dx, y + dy, w, h) for id, (x, y, w, h) in self.frames.items()},
            {id: (x + dx, y + dy) for id, (x, y) in self.notes.items()},
            self.units,
        )


def arrange(
    graph: Graph, box: Callable[[str], Box] | None = None, direction: Direction = "right"
) -> dict[str, Position]:
    """Give every node of a graph a place.

    Args:
        graph: the graph.
        box: gives how large a node is drawn.
        direction: which way data flows.
    """
    return arrange_parts(graph, graph.nodes, box, direction).nodes


def arrange_parts(
    graph: Graph,
    nodes: Iterable[str],
    box: Callable[[str], Box] | None = None,
    direction: Direction = "right",
    groups: Sequence[Group] = (),
) -> Arrangement:
    """Give some nodes of a graph their places, as if they were alone.

    A layered drawing after Sugiyama et al. (1981): each node stands in the layer after the last node that
    feeds it, wires that reach over layers get lanes of their own, and what lies on the longest chains is
    in one line. What is in a frame is arranged first and then stands as one among the others.

    Args:
        graph: the graph.
        nodes: which of its nodes.
        box: gives how large a node is drawn.
        direction: which way data flows.
        groups: the outermost frames.
    """
    chosen = set(nodes)
    boxes = {node: box(node) if box is not None else Box() for node in chosen}
    work = _Work(direction, boxes, _joins(graph, chosen, boxes, direction))
    made = work.arranged(chosen, tuple(groups), ())
    height = _bottom(made, boxes)
    made = made.moved(0.0, math.ceil(-height / 2 / GRID) * GRID)
    framed = [group.unit() for group in groups]
    alone = chosen.difference(*(unit.nodes for unit in framed))
    units = [*framed, *(Unit(frozenset([node])) for node in alone)]
    units.sort(key=lambda unit: min(map(natural, unit.nodes)))
    return Arrangement(made.nodes, made.frames, made.notes, tuple(units))


def natural(id: str) -> tuple[tuple[str, int], ...]:
    """Give what an id is sorted by, so that 10 comes after 9."""
    return tuple((word, int(digits[:18] or 0)) for word, digits in re.findall(r"(\D*)([0-9]*)", id))


class _Join(NamedTuple):
    """A wire between two of the nodes, with where on them it ends."""

    source: str
    target: str
    out: Position
    into: Position


def _joins(graph: Graph, chosen: set[str], boxes: Mapping[str, Box], direction: Direction) -> list[_Join]:
    """Give the wires between some nodes; a way through other nodes is as good as a wire."""
    order = sorted(chosen, key=natural)
    found = [
        _join(wire, boxes, direction)
        for node in order
        for wire in graph.out_of(node)
        if wire.target.node in chosen
    ]
    for node in order if len(chosen) < len(graph) else ():
        seen: set[str] = set()
        stack = [wire.target.node for wire in graph.out_of(node) if wire.target.node not in chosen]
        while stack:
            here = stack.pop()
            if here not in seen:
                seen.add(here)
                if here not in chosen:
                    stack += [wire.target.node for wire in graph.out_of(here)]
        out = _middle(boxes[node], direction, output=True)
        found += [
            _Join(node, other, out, _middle(boxes[other], direction, output=False))
            for other in sorted(seen & chosen, key=natural)
        ]
    return found


def _join(wire: Wire, boxes: Mapping[str, Box], direction: Direction) -> _Join:
    source, target = boxes[wire.source.node], boxes[wire.target.node]
    return _Join(
        wire.source.node,
        wire.target.node,
        source.end(wire.source.port, True, 0) if source.end else _middle(source, direction, output=True),
        target.end(wire.target.port, False, wire.index)
        if target.end
        else _middle(target, direction, output=False),
    )


def _middle(box: Box, direction: Direction, *, output: bool) -> Position:
    if direction == "right":
        return (box.width if output else 0.0, box.height / 2)
    return (box.width / 2, box.height if output else 0.0)


def _bottom(made: Arrangement, boxes: Mapping[str, Box]) -> float:
    """Give how far down an arrangement that begins at nought reaches."""
    ends = [y + boxes[id].height for id, (_, y) in made.nodes.items()]
    return max([*ends, *(y + height for _, y, _, height in made.frames.values())], default=0.0)


@dataclass
class _Item:
    """A node or a frame with all that is in it, among others."""

    key: tuple[tuple[str, int], ...]
    width: float
    height: float
    nodes: dict[str, Position]
    inside: Arrangement


class _Work:
    """Arranges nodes and frames, from the inside out."""

    def __init__(self, direction: Direction, boxes: Mapping[str, Box], joins: list[_Join]) -> None:
        self.down = direction == "down"
        self.gap = GAP[direction]
        self.boxes, self.joins = boxes, joins

    def arranged(
        self, nodes: set[str], groups: tuple[Group, ...], notes: tuple[tuple[str, float, float], ...]
    ) -> Arrangement:
        """Arrange some nodes and frames, and notes beside them; all begins at nought."""
        items = [self._framed(group) for group in groups]
        loose = nodes.difference(*(item.nodes for item in items))
        for node in loose:
            box, at = self.boxes[node], (0.0, 0.0)
            alone = Arrangement({node: at}, {}, {})
            items.append(_Item(natural(node), box.width, box.height, {node: at}, alone))
        items.sort(key=lambda item: item.key)
        parts = [self._part(part) for part in self._parts(items)]
        parts += [
            (width, height, Arrangement({}, {}, {id: (0.0, 0.0)}))
            for id, width, height in sorted(notes, key=lambda note: natural(note[0]))
        ]
        result = Arrangement({}, {}, {})
        for (x, y), (_, _, part) in zip(_packed([(w, h) for w, h, _ in parts]), parts, strict=True):
            moved = part.moved(x, y)
            result.nodes.update(moved.nodes)
            result.frames.update(moved.frames)
            result.notes.update(moved.notes)
        return result

    def _framed(self, group: Group) -> _Item:
        inner = self.arranged(group.every(), group.groups, group.notes)
        inner = inner.moved(BORDER, _up(BORDER + TITLE))
        right = [x + self.boxes[id].width for id, (x, _) in inner.nodes.items()]
        bottom = [y + self.boxes[id].height for id, (_, y) in inner.nodes.items()]
        right += [x + width for x, _, width, _ in inner.frames.values()]
        bottom += [y + height for _, y, _, height in inner.frames.values()]
        for id, width, height in group.notes:
            right.append(inner.notes[id][0] + width)
            bottom.append(inner.notes[id][1] + height)
        wide, high = _up(max(right) + BORDER), _up(max(bottom) + BORDER)
        inner.frames[group.id] = (0.0, 0.0, wide, high)
        return _Item(min(map(natural, inner.nodes)), wide, high, inner.nodes, inner)

    def _parts(self, items: list[_Item]) -> list[list[_Item]]:
        """Give the items that wires join to one, the largest first."""
        owner = {node: index for index, item in enumerate(items) for node in item.nodes}
        piece = list(range(len(items)))

        def root(index: int) -> int:
            while piece[index] != index:
                piece[index] = index = piece[piece[index]]
            return index

        for join in self.joins:
            if join.source in owner and join.target in owner:
                one, two = root(owner[join.source]), root(owner[join.target])
                piece[max(one, two)] = min(one, two)
        parts: dict[int, list[_Item]] = {}
        for index, item in enumerate(items):
            parts.setdefault(root(index), []).append(item)
        return sorted(parts.values(), key=lambda part: (-len(part), part[0].key))

    def _part(self, items: list[_Item]) -> tuple[float, float, Arrangement]:
        """Arrange items that wires join."""
        owner = {node: index for index, item in enumerate(items) for node in item.nodes}
        links = []
        for join in self.joins:
            source, target = owner.get(join.source), owner.get(join.target)
            if source is not None and target is not None and source != target:
                out = self._across(items[source].nodes[join.source]) + self._across(join.out)
                into = self._across(items[target].nodes[join.target]) + self._across(join.into)
                links.append(Link(source, target, out, into))
        across = [item.width if self.down else item.height for item in items]
        along = [item.height if self.down else item.width for item in items]
        net = layered(len(items), links, across)
        where = spread(net, across)
        least = min(where[: len(items)])
        lanes = [where[place] for place in range(len(items), len(where))]
        starts = self._starts(net, where, across, along)
        result = Arrangement({}, {}, {})
        for place, item in enumerate(items):
            start, side = starts[place], where[place] - least
            moved = item.inside.moved(*((side, start) if self.down else (start, side)))
            result.nodes.update(moved.nodes)
            result.frames.update(moved.frames)
            result.notes.update(moved.notes)
        end = max(starts[place] + along[place] for place in range(len(items)))
        reach = max(where[place] - least + across[place] for place in range(len(items)))
        # Lanes beside all things count as room, too.
        above = max(0.0, least - min(lanes, default=least))
        below = max(0.0, max(lanes, default=0.0) - least - reach)
        if above:
            result = result.moved(*((_up(above), 0.0) if self.down else (0.0, _up(above))))
        wide = _up(above) + reach + _up(below)
        return (wide, end, result) if self.down else (end, wide, result)

    def _starts(
        self, net: Layered, where: Sequence[float], across: Sequence[float], along: Sequence[float]
    ) -> list[float]:
        """Give where each thing begins along the data: in columns, unless frames are in some of them."""
        gaps, layers = [], []
        start = 0.0
        for layer in net.layers:
            slanting = sum(
                abs(where[link.source] + link.out - where[link.target] - link.into) > GRID
                for place in layer
                for link in net.after[place]
            )
            layers.append(start)
            gaps.append(self.gap + SPREAD * min(24, max(0, slanting - CROWD)))
            deep = max((along[place] for place in layer if not net.bend(place)), default=0.0)
            start = _up(start + deep + gaps[-1])
        columns = [layers[rank] for rank in net.layer]
        usual = sorted(along)[len(along) // 2]
        if all(deep <= usual * 1.5 for deep in along):
            return columns
        return _closed_up(net, where, across, along, gaps)

    def _across(self, at: Position) -> float:
        return at[0] if self.down else at[1]


def _closed_up(
    net: Layered,
    where: Sequence[float],
    across: Sequence[float],
    along: Sequence[float],
    gaps: Sequence[float],
) -> list[float]:
    """Let each thing begin as soon as what feeds it and what stands before it in its row end.

    Beside a frame of many columns, chains go on in their own columns.
    """
    starts = [0.0] * len(net.layer)
    ends = list(starts)
    done: list[int] = []

    def room(place: int) -> tuple[float, float]:
        wide = 0.0 if net.bend(place) else across[place]
        return where[place] - GRID, where[place] + wide + GRID

    for rank, layer in enumerate(net.layers):
        for place in layer:
            top, bottom = room(place)
            fed = [ends[link.source] for link in net.before[place]]
            if net.bend(place):  # a bend takes no room: what comes behind it may follow at once
                starts[place] = ends[place] = max(fed)
                continue
            fed += [ends[one] for one in done if room(one)[0] < bottom and room(one)[1] > top]
            starts[place] = _up(max(fed) + gaps[rank - 1]) if fed else 0.0
            ends[place] = starts[place] + along[place]
        done += layer
    for place in range(net.things):
        if net.before[place] or not net.after[place]:
            continue
        # What nothing feeds stands right before what it feeds, where that is free.
        start = min(starts[link.target] for link in net.after[place])
        start = math.floor((start - gaps[net.layer[place]] - along[place]) / GRID) * GRID
        top, bottom = room(place)
        if start > starts[place] and not any(
            room(other)[0] < bottom
            and room(other)[1] > top
            and starts[other] < start + along[place] + GRID
            and ends[other] > start - GRID
            for other in range(net.things)
            if other != place
        ):
            starts[place], ends[place] = start, start + along[place]
    return starts[: net.things]


def _up(value: float) -> float:
    return math.ceil(value / GRID) * GRID


def _packed(sizes: Sequence[tuple[float, float]]) -> list[Position]:
    """Put rectangles side by side, in rows about as wide as the widest."""
    area = sum((width + PARTS) * (height + PARTS) for width, height in sizes)
    widest = max([*(width for width, _ in sizes), math.sqrt(area * WIDEST)], default=0.0)
    result = []
    x = y = deep = 0.0
    for width, height in sizes:
        if x and x + width > widest:
            x, y, deep = 0.0, y + _up(deep + PARTS), 0.0
        result.append((x, y))
        x += _up(width + PARTS)
        deep = max(deep, height)
    return result
