"""A composite back into its blocks as a pure edit: what is computed stays the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Set

from studio.graph import Endpoint, Expression, Graph, Message, Node, Value, Wire, freeze
from studio.graph.arithmetic import handed_down, names_in, reworded
from studio.graph.arranging import arrange
from studio.graph.layout import COLUMN, LAYER, Layout, Position, pitch
from studio.graph.model import NO_PARAMETERS
from studio.project.document import Composite, GraphRef, Project, ProjectError, block_of_composite
from studio.project.grouping import PORTS
from studio.project.looks import move_nodes
from studio.project.pieces import paste
from studio.project.wiring import closed_up, with_wiring


def ungroup_node(
    project: Project, ref: GraphRef, node: str, read: Mapping[str, Value] = NO_PARAMETERS
) -> tuple[Project, list[str]]:
    """Put the blocks of a composite in the place of its node; its definition stays for other uses.

    Args:
        project: the project as it is.
        ref: the graph that it stands in.
        node: its id.
        read: what its parameters were found to be, where some are read off what arrives.

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
    wired = {wire.target.port for wire in graph.into(node)}
    piece = _unfolded(definition, found, _values(definition, found, read, wired))
    looks = project.layout_of(GraphRef("composite", found.composite))
    places, (dx, dy) = _spread(definition.graph, looks, piece)
    x, y = project.layout_of(ref).positions.get(node, (0.0, 0.0))
    project = _with_room(project, ref, node, (dx * found.repeat, dy * found.repeat))
    flow: dict[str, tuple[Endpoint, bool]] = {
        wire.target.port: (wire.source, wire.enabled) for wire in graph.into(node)
    }
    arriving = dict(flow)
    made: list[str] = []
    wires: list[Wire] = []
    for round_number in range(found.repeat):
        left, top = x + round_number * dx, y + round_number * dy
        at = {key: (left + there[0], top + there[1]) for key, there in places.items()}
        project, ids = paste(project, ref, piece, at)
        fresh = dict(zip(piece.nodes, ids, strict=True))
        made += ids
        flow = _flowed(definition.graph, fresh, flow, wires)
        if round_number + 1 < found.repeat:
            # What leaves enters by the first input again; what arrives at the others is given to every round.
            entry, end = next(definition.graph.of_type("input")), next(iter(flow.values()), None)
            flow = {**arriving, entry.name: end} if end is not None else {}
    moved: dict[Wire, Wire] = {}
    for wire in graph.out_of(node):
        if wire.source.port in flow:
            source, enabled = flow[wire.source.port]
            moved[wire] = dataclasses.replace(wire, source=source, enabled=wire.enabled and enabled)
    joined = project.graph(ref).without_nodes([node]).with_wires([*wires, *moved.values()])
    joined, closed = closed_up(joined, {wire.target for wire in graph.out_of(node)})
    changed = with_wiring(project, ref, joined, {**moved, **closed})
    layout = changed.layout_of(ref)
    return changed.with_layout(ref, layout.without({node})), made


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


def _values(
    definition: Composite, node: Node, read: Mapping[str, Value], wired: Set[str]
) -> dict[str, Value]:
    """Give the values that the parameters of a composite have at one node.

    Args:
        definition: the composite.
        node: the node.
        read: what was read off what arrives.
        wired: the ports at which something arrives; at the others defaults are as good as anything.

    Raises:
        ProjectError: it repeats and cannot, or what arrives must be known and is not.
    """
    entries, ends = (len(list(definition.graph.of_type(kind))) for kind in PORTS)
    if node.repeat > 1 and (not entries or ends != 1):
        raise ProjectError(Message("“{name}” repeats without an input and one output.", name=node.name))
    inner = definition.graph.nodes.values()
    used = {name for one in inner for value in one.parameters.values() for name in names_in(value)}
    values: dict[str, Value] = {}
    for name, declared in block_of_composite("", definition).parameters.items():
        set_here = node.parameters.get(name)
        arrives = declared.reads is not None and declared.reads.port in wired
        value = set_here if set_here is not None else None if arrives else declared.default
        values[name] = value if value is not None else read.get(name)
        if values[name] is None and name in used:
            raise ProjectError(
                Message(
                    "“{name}” takes “{parameter}” from what arrives, which is not known here."
                    " Connect it, or set “{parameter}”, first.",
                    name=node.name,
                    parameter=name,
                )
            )
    return values


def _unfolded(definition: Composite, node: Node, values: Mapping[str, Value]) -> Graph:
    """Give the blocks of a composite with the values that they have at one node."""
    known = {
        name: value
        for name, value in values.items()
        if isinstance(value, int | float | Expression) and not isinstance(value, bool)
    }

    def here(found: Expression) -> Value:
        given = values.get(handed_down(found))
        if isinstance(given, bool | str | tuple):
            return given
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


def _spread(inner: Graph, looks: Layout, piece: Graph) -> tuple[dict[str, Position], Position]:
    """Give where the blocks go, from the node's place, and how far one round leads along the data."""
    known = {**arrange(inner, direction=looks.direction), **looks.positions}
    places = {key: known[key] for key in piece.nodes}
    one = pitch(looks.down, 1)
    if not places:
        return {}, one
    left, right = min(x for x, _ in places.values()), max(x for x, _ in places.values())
    top, bottom = min(y for _, y in places.values()), max(y for _, y in places.values())
    if looks.down:
        start, way = ((left + right) / 2, top), (0.0, bottom - top + one[1])
    else:
        start, way = (left, (top + bottom) / 2), (right - left + one[0], 0.0)
    return {key: (x - start[0], y - start[1]) for key, (x, y) in places.items()}, way


def _with_room(project: Project, ref: GraphRef, node: str, way: Position) -> Project:
    """Move what stands to the right of a node, or below it, further on: so much less the node's own place."""
    positions = project.layout_of(ref).positions
    x, y = positions.get(node, (0.0, 0.0))
    dx, dy = (way[0] - COLUMN, 0.0) if way[0] else (0.0, way[1] - LAYER)
    return move_nodes(
        project,
        ref,
        {
            key: (at[0] + dx, at[1] + dy)
            for key, at in positions.items()
            if key != node and (at[0] > x if way[0] else at[1] > y)
        },
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
