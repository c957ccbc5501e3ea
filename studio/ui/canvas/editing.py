"""What gestures and keys do to the document, each a pure function of a project: nothing here knows Qt."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping

from studio.graph import Endpoint, Graph, Wire
from studio.graph.arranging import GAP as GAPS
from studio.graph.layout import GRID, Frame, Note, Position
from studio.project import GraphRef, Project, edits
from studio.project.wiring import closed_up, with_wiring
from studio.ui.canvas.geometry import WIDTH


def placed(project: Project, ref: GraphRef, shown: Mapping[str, Position]) -> Project:
    """Write down where nodes without a place are shown, so that they stay there once others move."""
    known = project.layout_of(ref).positions
    missing = {
        node: at for node, at in shown.items() if node not in known and node in project.graph(ref).nodes
    }
    return edits.move_nodes(project, ref, missing) if missing else project


def rejoined(project: Project, ref: GraphRef, nodes: Iterable[str]) -> Project:
    """Take nodes out of the flow: what fed them feeds what they fed; the wires among them stay."""
    group = set(nodes)
    graph = project.graph(ref)
    leaving = [w for node in group for w in graph.out_of(node) if w.target.node not in group]
    arriving = [w for node in group for w in graph.into(node) if w.source.node not in group]
    bridges = []
    for wire in leaving:
        source = _source_of(graph, wire.source.node, group)
        if source is not None:
            bridges.append(dataclasses.replace(wire, source=source))
    changed = graph.without_wires([*leaving, *arriving])
    # A bridge that is already drawn (a skip past the nodes) stays as it is.
    present = {(wire.source, wire.target) for wire in changed.wires}
    changed = changed.with_wires(w for w in bridges if (w.source, w.target) not in present)
    changed, moved = closed_up(changed, {wire.target for wire in leaving})
    return with_wiring(project, ref, changed, moved)


def _source_of(graph: Graph, node: str, group: set[str]) -> Endpoint | None:
    """Follow the first inputs back until the group is left."""
    seen: set[str] = set()
    while node not in seen:
        seen.add(node)
        arriving = graph.into(node)
        if not arriving:
            return None
        outside = next((wire.source for wire in arriving if wire.source.node not in group), None)
        if outside is not None:
            return outside
        node = arriving[0].source.node
    return None


def without(
    project: Project,
    ref: GraphRef,
    *,
    nodes: Iterable[str] = (),
    wires: Iterable[Wire] = (),
    frames: Iterable[str] = (),
    notes: Iterable[str] = (),
    rejoin: bool = False,
) -> Project:
    """Take things off the canvas; with `rejoin`, what fed the nodes feeds what they fed."""
    gone, gone_frames, gone_notes = list(nodes), set(frames), set(notes)
    here = project.graph(ref).wires
    loose = [wire for wire in wires if wire in here]
    if loose:
        project = edits.disconnect(project, ref, loose)
    if gone:
        project = edits.remove_nodes(rejoined(project, ref, gone) if rejoin else project, ref, gone)
    layout = project.layout_of(ref)
    if gone_frames:
        project = edits.set_frames(project, ref, (f for f in layout.frames if f.id not in gone_frames))
    if gone_notes:
        project = edits.set_notes(project, ref, (n for n in layout.notes if n.id not in gone_notes))
    return project


def inserted(
    project: Project, ref: GraphRef, node: str, wire: Wire, heights: Mapping[str, float], at: Position
) -> Project:
    """Put a placed node into a wire and make room for it.

    Args:
        project: the project; the node is in it.
        ref: the graph.
        node: the node to put in.
        wire: the wire to put it into.
        heights: how high each node is.
        at: where its left top corner was dropped.

    Raises:
        ProjectError: the node has no input or no output, or stands before or behind the wire already.
    """
    project = edits.insert_on_wire(project, ref, node, wire)
    layout = project.layout_of(ref)
    positions = dict(layout.positions)
    source, target = positions.get(wire.source.node), positions.get(wire.target.node)
    if source is None or target is None:
        return edits.move_nodes(project, ref, {node: at})

    def size(key: str) -> tuple[float, float]:
        return WIDTH, heights.get(key, 64.0)

    # Along the data there has to be room; across it the node comes in line with the one before.
    along, across, gap = (1, 0, GAPS["down"]) if layout.down else (0, 1, GAPS["right"])
    long, place = size(node)[along], list(at)
    start, end = source[along] + size(wire.source.node)[along], target[along]
    if end > start:
        lacking = 2 * gap + long - (end - start)
        if lacking > 0:
            shift = math.ceil(lacking / GRID) * GRID
            behind = _further_on(project.graph(ref), wire.target.node, positions, along) - layout.pinned
            for other in behind & positions.keys():
                x, y = positions[other]
                positions[other] = (x, y + shift) if layout.down else (x + shift, y)
            end += shift
        place[along] = min(max(at[along], start + gap), end - gap - long)
    level = source[across] + (size(wire.source.node)[across] - size(node)[across]) / 2
    if abs(place[across] - level) < 32.0:
        place[across] = level
    positions[node] = (place[0], place[1])
    return edits.move_nodes(project, ref, positions)


def _further_on(graph: Graph, start: str, positions: Mapping[str, Position], along: int) -> set[str]:
    """Give a node and what it feeds, as far as the wires lead ahead: a row beside it stays in place.

    Args:
        graph: the graph.
        start: the node.
        positions: where nodes are.
        along: which part of a position grows with the data.
    """
    found, stack = {start}, [start]
    while stack:
        node = stack.pop()
        for wire in graph.out_of(node):
            other = wire.target.node
            ahead = (
                node in positions and other in positions and positions[other][along] > positions[node][along]
            )
            if ahead and other not in found:
                found.add(other)
                stack.append(other)
    return found


def connected(
    project: Project, ref: GraphRef, wires: Iterable[tuple[Endpoint, Endpoint]], gone: Iterable[Wire] = ()
) -> Project:
    """Take some wires off and draw others.

    Raises:
        ProjectError: one of the wires cannot be drawn.
    """
    project = edits.disconnect(project, ref, gone)
    for source, target in wires:
        project = edits.connect(project, ref, source, target)
    return project


def toggled(project: Project, ref: GraphRef, nodes: Iterable[str], field: str) -> Project:
    """Switch a flag of nodes (`bypassed`, `frozen`): on, unless all of them have it."""
    graph = project.graph(ref)
    chosen = [graph.nodes[node] for node in nodes if node in graph.nodes]
    on = not all(getattr(node, field) for node in chosen)
    for node in chosen:
        if getattr(node, field) != on:
            project = edits.change_node(project, ref, node.id, **{field: on})
    return project


def enabled(project: Project, ref: GraphRef, wires: Iterable[Wire]) -> Project:
    """Disable wires, or, when all of them are disabled, enable them."""
    graph = project.graph(ref)
    chosen = [wire for wire in wires if wire in graph.wires]
    on = not any(wire.enabled for wire in chosen)
    now = {wire: dataclasses.replace(wire, enabled=on) for wire in chosen}
    changed = graph.without_wires(chosen).with_wires(now.values())
    return with_wiring(project, ref, changed, now)


def fresh(prefix: str, taken: Iterable[str]) -> str:
    """Give an id that is not taken: `frame_1`, `frame_2`, ..."""
    known, number = set(taken), 1
    while f"{prefix}_{number}" in known:
        number += 1
    return f"{prefix}_{number}"


def with_frame(project: Project, ref: GraphRef, frame: Frame) -> Project:
    """Add a frame, or replace the one of its id."""
    frames = {known.id: known for known in project.layout_of(ref).frames}
    return edits.set_frames(project, ref, {**frames, frame.id: frame}.values())


def with_note(project: Project, ref: GraphRef, note: Note) -> Project:
    """Add a note, or replace the one of its id."""
    notes = {known.id: known for known in project.layout_of(ref).notes}
    return edits.set_notes(project, ref, {**notes, note.id: note}.values())


Box = tuple[float, float, float, float]
"""Left, top, width and height of a frame or a note."""


def with_boxes(
    project: Project, ref: GraphRef, frames: Mapping[str, Box], notes: Mapping[str, Box]
) -> Project:
    """Put frames and notes somewhere, in some size; those that are gone meanwhile are left out."""
    layout = project.layout_of(ref)
    for frame in layout.frames:
        if frame.id in frames:
            x, y, width, height = frames[frame.id]
            project = with_frame(
                project, ref, dataclasses.replace(frame, x=x, y=y, width=width, height=height)
            )
    for note in layout.notes:
        if note.id in notes:
            x, y, width, height = notes[note.id]
            project = with_note(project, ref, dataclasses.replace(note, x=x, y=y, width=width, height=height))
    return project
