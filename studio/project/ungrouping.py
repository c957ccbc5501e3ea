"""A composite back into its blocks as a pure edit: what is computed stays the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from studio.graph import Endpoint, Expression, Graph, Message, Node, Value, Wire, freeze
from studio.graph.arithmetic import reworded
from studio.graph.layout import COLUMN, Layout, Position, arrange
from studio.project.document import Composite, GraphRef, Project, ProjectError
from studio.project.grouping import PORTS
from studio.project.looks import move_nodes
from studio.project.pieces import paste
from studio.project.wiring import closed_up, with_wiring


def ungroup_node(project: Project, ref: GraphRef, node: str) -> tuple[Project, list[str]]:
    """Put the blocks of a composite in the place of its node; its definition stays for other uses.

    Returns:
        The new project and the ids of the blocks.

    Raises:
        ProjectError: it is no composite, is bypassed, or shares weights with another block.
        ExpressionError: arithmetic of a parameter would become too long.
    """
    graph = project.graph(ref)
    found = graph.nodes.get(node)
    if found is None or found.composite not in project.composites:
        raise ProjectError(Message("This block is no composite of this project."))
    _refuse_tied(graph, found)
    definition = project.composites[found.composite]
    piece = _unfolded(definition, found)
    looks = project.layout_of(GraphRef("composite", found.composite))
    places, width = _spread(definition.graph, looks, piece)
    x, y = project.layout_of(ref).positions.get(node, (0.0, 0.0))
    project = _with_room(project, ref, node, width * found.repeat - COLUMN)
    flow: dict[str, tuple[Endpoint, bool]] = {
        wire.target.port: (wire.source, wire.enabled) for wire in graph.into(node)
    }
    made: list[str] = []
    wires: list[Wire] = []
    for round_number in range(found.repeat):
        at = {key: (x + dx + round_number * width, y + dy) for key, (dx, dy) in places.items()}
        project, ids = paste(project, ref, piece, at)
        fresh = dict(zip(piece.nodes, ids, strict=True))
        made += ids
        flow = _flowed(definition.graph, fresh, flow, wires)
        if round_number + 1 < found.repeat:
            # Checked before: a composite that repeats has one input and one output.
            entry, end = next(definition.graph.of_type("input")), next(iter(flow.values()), None)
            flow = {} if end is None else {entry.name: end}
    moved: dict[Wire, Wire] = {}
    for wire in graph.out_of(node):
        if wire.source.port in flow:
            source, enabled = flow[wire.source.port]
            moved[wire] = dataclasses.replace(wire, source=source, enabled=wire.enabled and enabled)
    joined = project.graph(ref).without_nodes([node]).with_wires([*wires, *moved.values()])
    joined, closed = closed_up(joined, {wire.target for wire in graph.out_of(node)})
    changed = with_wiring(project, ref, joined, {**moved, **closed})
    layout = changed.layout_of(ref)
    left = dataclasses.replace(
        layout,
        positions=MappingProxyType({key: at for key, at in layout.positions.items() if key != node}),
        collapsed=layout.collapsed - {node},
        pinned=layout.pinned - {node},
    )
    return changed.with_layout(ref, left), made


def _refuse_tied(graph: Graph, node: Node) -> None:
    sharers = [other.name for other in graph.nodes.values() if other.shares == node.id]
    owner = graph.nodes.get(node.shares)
    if owner is not None or sharers:
        raise ProjectError(
            Message(
                "“{name}” shares its weights with “{other}”. Give it weights of its own first.",
                name=node.name,
                other=owner.name if owner is not None else sharers[0],
            )
        )
    if node.bypassed:
        raise ProjectError(Message("“{name}” is bypassed. Let it compute again first.", name=node.name))


def _unfolded(definition: Composite, node: Node) -> Graph:
    """Give the blocks of a composite with the values that they have at one node."""
    ports = [len(list(definition.graph.of_type(kind))) for kind in PORTS]
    if node.repeat > 1 and ports != [1, 1]:
        raise ProjectError(Message("“{name}” repeats without one input and one output.", name=node.name))
    values = {one.name: node.parameters.get(one.name, one.default) for one in definition.parameters}
    known = {
        name: value
        for name, value in values.items()
        if isinstance(value, int | float | Expression) and not isinstance(value, bool)
    }

    def here(found: Expression) -> Value:
        put = found.with_names(known)
        return put if put.names() else put.compute({})

    nodes = [
        dataclasses.replace(
            inner,
            parameters=freeze({key: reworded(value, here) for key, value in inner.parameters.items()}),
            frozen=inner.frozen or node.frozen,
            rate_factor=inner.rate_factor * node.rate_factor,
        )
        for inner in definition.graph.nodes.values()
        if inner.type not in PORTS
    ]
    kept = {inner.id for inner in nodes}
    wires = (w for w in definition.graph.wires if w.source.node in kept and w.target.node in kept)
    return Graph.of(nodes, wires)


def _spread(inner: Graph, looks: Layout, piece: Graph) -> tuple[dict[str, Position], float]:
    """Give where the blocks go, beside the node's place, and how much room one round takes."""
    known = {**arrange(inner), **looks.positions}
    places = {key: known[key] for key in piece.nodes}
    if not places:
        return {}, float(COLUMN)
    left = min(x for x, _ in places.values())
    middle = (min(y for _, y in places.values()) + max(y for _, y in places.values())) / 2
    width = max(x for x, _ in places.values()) - left + COLUMN
    return {key: (x - left, y - middle) for key, (x, y) in places.items()}, width


def _with_room(project: Project, ref: GraphRef, node: str, room: float) -> Project:
    """Move what stands to the right of a node further to the right."""
    positions = project.layout_of(ref).positions
    x = positions.get(node, (0.0, 0.0))[0]
    return move_nodes(
        project,
        ref,
        {key: (at[0] + room, at[1]) for key, at in positions.items() if at[0] > x and key != node},
    )


def _flowed(
    inner: Graph, fresh: Mapping[str, str], flow: Mapping[str, tuple[Endpoint, bool]], wires: list[Wire]
) -> dict[str, tuple[Endpoint, bool]]:
    """Join one round to what enters it; gives what leaves it by the names of the outputs."""
    leaving: dict[str, tuple[Endpoint, bool]] = {}
    for wire in sorted(inner.wires):
        source = inner.nodes[wire.source.node]
        if source.type == "input":
            if source.name not in flow:
                continue
            end, enabled = flow[source.name]
        else:
            end, enabled = Endpoint(fresh[source.id], wire.source.port), True
        target = inner.nodes[wire.target.node]
        if target.type == "output":
            leaving[target.name] = (end, enabled and wire.enabled)
        elif source.type == "input":
            goal = Endpoint(fresh[target.id], wire.target.port)
            wires.append(Wire(end, goal, wire.index, wire.enabled and enabled))
    return leaving
