"""Where things stand on the canvas, as pure edits: positions, frames, notes and points of wires."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.graph import Message, Wire
from studio.graph.layout import GRID, Frame, Mark, Note, Position
from studio.project import decode, encode
from studio.project.document import GraphRef, Project, ProjectError
from studio.project.fields import Reader
from studio.project.json_text import FileError, Plain
from studio.project.limits import CANVAS


def snap(position: Position) -> Position:
    """Give the point of the grid that is nearest; beyond the edge of the canvas, one at the edge.

    Raises:
        ProjectError: it is no point.
    """
    x, y = position
    if math.isnan(x) or math.isnan(y):
        raise ProjectError(Message("A position is two numbers."))
    edge = CANVAS // GRID
    x, y = (max(-edge, min(edge, part / GRID)) for part in (x, y))
    return (round(x) * GRID, round(y) * GRID)


def savable(reader: Reader[object], data: Plain, name: str) -> None:
    """Refuse what a file could not hold, so that whatever is edited can be saved.

    Args:
        reader: what would read it from a file.
        data: as it would stand in the file.
        name: what it is called in the sentence.


    Raises:
        ProjectError: with the sentence that the file would be refused with.
    """
    try:
        reader(data, (name,))
    except FileError as error:
        raise ProjectError(error.message) from None


def move_nodes(project: Project, ref: GraphRef, positions: Mapping[str, Position]) -> Project:
    """Put nodes at positions; they snap to the grid, and points of wires go with both ends."""
    layout = project.layout_of(ref)
    there = project.graph(ref).nodes
    moved = {
        **layout.positions,
        **{node: snap(at) for node, at in positions.items() if node in there},
    }
    points = {wire: shifted(at, wire, layout.positions, moved) for wire, at in layout.reroutes.items()}
    return project.with_layout(
        ref,
        dataclasses.replace(layout, positions=MappingProxyType(moved), reroutes=MappingProxyType(points)),
    )


def shifted(
    points: tuple[Position, ...], wire: Wire, before: Mapping[str, Position], now: Mapping[str, Position]
) -> tuple[Position, ...]:
    """Give the points of a wire, moved along where both its ends have moved alike.

    Args:
        points: where they were.
        wire: the wire.
        before: where nodes were.
        now: where they are.
    """
    ways = set()
    for node in (wire.source.node, wire.target.node):
        if node not in before or node not in now:
            return points
        ways.add((now[node][0] - before[node][0], now[node][1] - before[node][1]))
    (dx, dy), *other = ways
    return points if other or (dx, dy) == (0.0, 0.0) else tuple((x + dx, y + dy) for x, y in points)


def mark_nodes(project: Project, ref: GraphRef, mark: Mark, nodes: Iterable[str]) -> Project:
    """Collapse, trim or pin nodes; where all of them are, no more."""
    return project.with_layout(ref, project.layout_of(ref).toggled(mark, frozenset(nodes)))


def lead_wire(project: Project, ref: GraphRef, wire: Wire, points: Iterable[Position]) -> Project:
    """Lead a wire through points, in order from its source; without any it finds its own way.

    Raises:
        ProjectError: there is no such wire, or more points than a file can hold.
    """
    if wire not in project.graph(ref).wires:
        raise ProjectError(Message("This wire is not there any more."))
    layout = project.layout_of(ref)
    led = {other: at for other, at in layout.reroutes.items() if other != wire}
    made = tuple(dict.fromkeys(snap(point) for point in points))
    if made:
        led[wire] = made
    changed = dataclasses.replace(layout, reroutes=MappingProxyType(led))
    if made:
        savable(decode.reroute, encode.reroute(wire, changed), "points")
    return project.with_layout(ref, changed)


def set_frames(project: Project, ref: GraphRef, frames: Iterable[Frame]) -> Project:
    """Replace the frames of a graph."""
    made = tuple(frames)
    for frame in made:
        savable(decode.frame, encode.frame(frame), "frame")
    return project.with_layout(ref, dataclasses.replace(project.layout_of(ref), frames=made))


def set_notes(project: Project, ref: GraphRef, notes: Iterable[Note]) -> Project:
    """Replace the notes of a graph."""
    made = tuple(notes)
    for note in made:
        savable(decode.note, encode.note(note), "note")
    return project.with_layout(ref, dataclasses.replace(project.layout_of(ref), notes=made))
