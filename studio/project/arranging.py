"""Arranges a graph, or a part of it, as one pure edit: frames go round their nodes, pinned nodes stay."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from studio.graph.arranging import (
    BORDER,
    TITLE,
    Arrangement,
    Box,
    Group,
    Rectangle,
    Unit,
    arrange_parts,
    natural,
)
from studio.graph.layout import GRID, Frame, Layout, Note, Position
from studio.project.document import GraphRef, Project
from studio.project.looks import move_nodes, snap

CLOSE, CLEAR = 16.0, 32.0
"""What comes closer than the one to something else moves away from it until it is as far as the other."""

DOWN, UP, RIGHT, LEFT = (1, 1), (1, -1), (0, 1), (0, -1)
"""Ways to move: along which axis, and to which side."""


def arrange_nodes(
    project: Project,
    ref: GraphRef,
    box: Callable[[str], Box] | None = None,
    nodes: Iterable[str] | None = None,
) -> Project:
    """Arrange a whole graph, or some of its nodes where they stand.

    Pinned nodes stay. Frames stay round the nodes that they hold, and notes in them go along. Points that
    a wire was led through are given up, but between pinned nodes.

    Args:
        project: the project.
        ref: which graph.
        box: gives how large a node is drawn, and where its wires end.
        nodes: what is arranged; everything when not given.
    """
    layout, graph = project.layout_of(ref), project.graph(ref)
    sizes = {node: box(node) if box is not None else Box() for node in graph.nodes}
    chosen = set(graph.nodes) if nodes is None else {node for node in nodes if node in graph.nodes}
    if not chosen:
        return project
    before = {node: _at(at, sizes[node]) for node, at in layout.positions.items() if node in sizes}
    groups, hosts = _groups(layout, before, chosen)
    made = arrange_parts(graph, chosen, sizes.__getitem__, layout.direction, groups)
    others = [before[node] for node in before.keys() - chosen]
    others += [_of(frame) for frame in layout.frames if frame.id not in made.frames.keys() | hosts]
    fixed = layout.pinned & chosen & before.keys()
    if fixed:
        made = _round_pinned(made, before, fixed, sizes, others if nodes is not None else [])
    elif nodes is not None:
        made = _where_it_stood(made, layout, before, chosen, sizes, others)
    after = {**before, **{node: _at(at, sizes[node]) for node, at in made.nodes.items()}}
    kept = {
        wire: at
        for wire, at in layout.reroutes.items()
        if {wire.source.node, wire.target.node} <= layout.pinned
        or not {wire.source.node, wire.target.node} & chosen
    }
    changed = dataclasses.replace(
        layout,
        reroutes=MappingProxyType(kept),
        frames=tuple(_framed(frame, made, before, after, hosts) for frame in layout.frames),
        notes=tuple(_with(note, made.notes.get(note.id)) for note in layout.notes),
    )
    if nodes is None:
        changed = _uncovered(changed, [*after.values(), *made.frames.values()], made)
    project = project.with_layout(ref, changed)
    return move_nodes(project, ref, {node: at for node, at in made.nodes.items() if node not in fixed})


def _at(at: Position, box: Box) -> Rectangle:
    return at[0], at[1], box.width, box.height


def _of(one: Frame | Note) -> Rectangle:
    return one.x, one.y, one.width, one.height


def _with(note: Note, at: Position | None) -> Note:
    return dataclasses.replace(note, x=at[0], y=at[1]) if at is not None else note


# -- frames and notes -----------------------------------------------------------------------------------


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[0] + inner[2] <= outer[0] + outer[2]
        and inner[1] + inner[3] <= outer[1] + outer[3]
    )


def _groups(
    layout: Layout, boxes: Mapping[str, Rectangle], chosen: Collection[str]
) -> tuple[tuple[Group, ...], set[str]]:
    """Find the frames that hold nothing but chosen nodes, as they are nested, with what is in each.

    Returns:
        The outermost of them, and the ids of the frames that hold other nodes, too.
    """
    frames = {frame.id: _of(frame) for frame in layout.frames}
    order = sorted(frames, key=lambda id: (frames[id][2] * frames[id][3], natural(id)))

    def smallest(box: Rectangle, among: Iterable[str]) -> str:
        return next((id for id in among if _within(box, frames[id])), "")

    outer = {id: smallest(frames[id], order[place + 1 :]) for place, id in enumerate(order)}
    owner = {node: id for node, box in boxes.items() for id in [smallest(box, order)] if id}
    used: set[str] = set()
    spoiled: set[str] = set()
    for node, id in owner.items():
        while id:
            (used if node in chosen else spoiled).add(id)
            id = outer[id]
    notes: dict[str, list[tuple[str, float, float]]] = {}
    for note in layout.notes:
        notes.setdefault(smallest(_of(note), order), []).append((note.id, note.width, note.height))

    def group(id: str) -> Group:
        return Group(
            id,
            frozenset(node for node, its in owner.items() if its == id),
            tuple(group(other) for other in order if outer[other] == id and other in used),
            tuple(notes.get(id, ())),
        )

    whole = used - spoiled
    return tuple(group(id) for id in order if id in whole and outer[id] not in whole), used & spoiled


def _framed(
    frame: Frame,
    made: Arrangement,
    before: Mapping[str, Rectangle],
    after: Mapping[str, Rectangle],
    hosts: set[str],
) -> Frame:
    """Give a frame round what it held, where that is now."""
    if frame.id in made.frames:
        box = made.frames[frame.id]
    elif frame.id in hosts:
        inside = [_framing(after[node]) for node, its in before.items() if _within(its, _of(frame))]
        box = _round([_of(frame), *inside])
    else:
        return frame
    return dataclasses.replace(frame, x=box[0], y=box[1], width=box[2], height=box[3])


def _framing(box: Rectangle) -> Rectangle:
    """Give a node's box with the room that its frame has round it."""
    left, top, width, height = box
    return left - BORDER, top - BORDER - TITLE, width + 2 * BORDER, height + 2 * BORDER + TITLE


def _uncovered(layout: Layout, taken: list[Rectangle], made: Arrangement) -> Layout:
    """Move what stands by itself, notes and empty frames, from under the nodes to above them."""
    _, top, _, _ = _round(taken)

    def clear(box: Rectangle) -> Position:
        if _shift([box], taken, 0.0, DOWN) == 0.0:
            return box[0], box[1]
        above = (box[0], top - CLEAR - box[3], box[2], box[3])
        x = box[0] + _shift([above], taken, GRID, RIGHT)
        taken.append((x, *above[1:]))
        return x, above[1]

    frames, notes = list(layout.frames), list(layout.notes)
    for place, frame in enumerate(frames):
        if frame.id not in made.frames:
            x, y = clear(_of(frame))
            frames[place] = dataclasses.replace(frame, x=x, y=y)
    for place, note in enumerate(notes):
        if note.id not in made.notes:
            notes[place] = _with(note, clear(_of(note)))
    return dataclasses.replace(layout, frames=tuple(frames), notes=tuple(notes))


# -- keeping clear of each other ------------------------------------------------------------------------


def _round(boxes: Iterable[Rectangle]) -> Rectangle:
    """Give the rectangle round some."""
    every = list(boxes)
    left, top = min(box[0] for box in every), min(box[1] for box in every)
    right, bottom = max(box[0] + box[2] for box in every), max(box[1] + box[3] for box in every)
    return left, top, right - left, bottom - top


def _shift(
    boxes: Collection[Rectangle], taken: Collection[Rectangle], room: float, way: tuple[int, int]
) -> float:
    """Give how far boxes must go, all together, in a direction until none is on, or close to, another.

    Args:
        boxes: what moves.
        taken: what stands.
        room: how close they may come.
        way: the axis and the side.
    """
    axis, sign = way
    gone = 0.0
    while True:
        need = 0.0
        for box in boxes:
            x, y = (box[0] + gone, box[1]) if axis == 0 else (box[0], box[1] + gone)
            for other in taken:
                if (
                    x < other[0] + other[2] + room
                    and x + box[2] > other[0] - room
                    and y < other[1] + other[3] + room
                    and y + box[3] > other[1] - room
                ):
                    here = (x, y)[axis]
                    if sign > 0:
                        need = max(need, other[axis] + other[axis + 2] + room - here)
                    else:
                        need = max(need, here + box[axis + 2] + room - other[axis])
        if need <= 0.0:
            return gone
        gone += sign * (need + -need % GRID)


def _clear(
    boxes: Collection[Rectangle], close: Collection[Rectangle], taken: Collection[Rectangle]
) -> Position:
    """Give the shortest way on which boxes come clear of others; none where they are close to none."""
    if _shift(boxes, close, CLOSE, DOWN) == 0.0:
        return 0.0, 0.0
    found = [(_shift(boxes, taken, CLEAR, way), way) for way in (DOWN, UP, RIGHT, LEFT)]
    far, (axis, _) = min(found, key=lambda one: abs(one[0]))
    return (far, 0.0) if axis == 0 else (0.0, far)


def _boxes(made: Arrangement, unit: Unit, sizes: Mapping[str, Box]) -> list[Rectangle]:
    nodes = [_at(made.nodes[node], sizes[node]) for node in sorted(unit.nodes)]
    return nodes + [made.frames[id] for id in sorted(unit.frames)]


def _where_it_stood(
    made: Arrangement,
    layout: Layout,
    before: Mapping[str, Rectangle],
    chosen: set[str],
    sizes: Mapping[str, Box],
    others: list[Rectangle],
) -> Arrangement:
    """Put a part where its left top corner was, or as near as it is on nothing else."""
    stood = [before[node] for node in chosen & before.keys()]
    stood += [_of(frame) for frame in layout.frames if frame.id in made.frames]
    if stood:
        every = _round(box for unit in made.units for box in _boxes(made, unit, sizes))
        (x, y, _, _), (left, top, _, _) = _round(stood), every
        made = made.moved(*snap((x - left, y - top)))
    return made.moved(*_clear([box for u in made.units for box in _boxes(made, u, sizes)], others, others))


def _round_pinned(
    made: Arrangement,
    before: Mapping[str, Rectangle],
    fixed: frozenset[str],
    sizes: Mapping[str, Box],
    others: list[Rectangle],
) -> Arrangement:
    """Leave pinned nodes where they stand, the rest round the first of them, and on none of them."""
    first = min(fixed, key=natural)
    x, y = made.nodes[first]
    made = made.moved(*snap((before[first][0] - x, before[first][1] - y)))
    made.nodes.update((node, before[node][:2]) for node in fixed)
    for unit in made.units:
        for frame in unit.frames if unit.nodes & fixed else ():
            held = [_framing(before[node]) for node in unit.nodes & fixed]
            made.frames[frame] = _round([made.frames[frame], *held])
    boxes = {unit: _boxes(made, unit, sizes) for unit in made.units}
    standing = [box for unit in made.units if unit.nodes & fixed for box in boxes[unit]] + others
    for unit in made.units:
        if not unit.nodes & fixed:
            rest = [box for other in made.units if other is not unit for box in boxes[other]]
            _move(made, unit, *_clear(boxes[unit], standing, [*rest, *others]))
            boxes[unit] = _boxes(made, unit, sizes)
    return made


def _move(made: Arrangement, unit: Unit, dx: float, dy: float) -> None:
    for places, ids in ((made.nodes, unit.nodes), (made.notes, unit.notes)):
        places.update((id, (places[id][0] + dx, places[id][1] + dy)) for id in ids)
    for id in unit.frames:
        x, y, width, height = made.frames[id]
        made.frames[id] = (x + dx, y + dy, width, height)
