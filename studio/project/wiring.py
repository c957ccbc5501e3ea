"""Drawing wires and taking them off, as pure functions; the points that a wire is led through follow it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.graph import Endpoint, Graph, Message, Wire
from studio.project.document import GraphRef, Project, ProjectError, block_of, refuse_beyond_limits


def refusal(project: Project, ref: GraphRef, source: Endpoint, target: Endpoint) -> Message | None:
    """Say why a wire cannot be drawn, or None when it can; asked while the wire is pulled."""
    graph = project.graph(ref)
    if source.node not in graph.nodes or target.node not in graph.nodes:
        return Message("This block is not here any more.")
    if source.node == target.node:
        return Message("A block cannot feed itself.")
    leaving, arriving = graph.nodes[source.node], graph.nodes[target.node]
    if block_of(project, graph, leaving).output(source.port) is None:
        return Message("“{name}” has no output “{port}”.", name=leaving.name, port=source.port)
    if block_of(project, graph, arriving).input(target.port) is None:
        return Message("“{name}” has no input “{port}”.", name=arriving.name, port=target.port)
    if graph.would_cycle(source.node, target.node):
        return Message(
            "This would close a circle: “{target}” already feeds “{source}”. Data must flow one way.",
            target=arriving.name,
            source=leaving.name,
        )
    return None


def connect(project: Project, ref: GraphRef, source: Endpoint, target: Endpoint) -> Project:
    """Draw a wire; an input that takes one wire lets go of the one it had.

    Raises:
        ProjectError: the wire cannot be drawn; the text is that of `refusal`.
    """
    why = refusal(project, ref, source, target)
    if why is not None:
        raise ProjectError(why)
    refuse_beyond_limits(project, 0, 1)
    graph = project.graph(ref)
    port = block_of(project, graph, graph.nodes[target.node]).input(target.port)
    present = [wire for wire in graph.into(target.node) if wire.target.port == target.port]
    if port is not None and port.many:
        index = max((wire.index for wire in present), default=-1) + 1
        return project.with_graph(ref, graph.with_wires([Wire(source, target, index)]))
    if [wire.source for wire in present] == [source]:
        return project
    changed = disconnect(project, ref, present)
    return changed.with_graph(ref, changed.graph(ref).with_wires([Wire(source, target)]))


def disconnect(project: Project, ref: GraphRef, wires: Iterable[Wire]) -> Project:
    """Take wires off; those left at an input that takes several close up."""
    gone = frozenset(wires)
    graph, moved = closed_up(project.graph(ref).without_wires(gone), {wire.target for wire in gone})
    return with_wiring(project, ref, graph, moved)


def insert_on_wire(project: Project, ref: GraphRef, node: str, wire: Wire) -> Project:
    """Put a node that is already placed into a wire, by its first input and first output.

    Raises:
        ProjectError: the node or the wire is not there, the node has no such ports, or a circle would close.
    """
    graph = project.graph(ref)
    if node not in graph.nodes or wire not in graph.wires:
        raise ProjectError(Message("The drawing has changed; this does not fit any more."))
    block = block_of(project, graph, graph.nodes[node])
    if not block.inputs or not block.outputs:
        raise ProjectError(
            Message("“{name}” needs an input and an output to stand in a wire.", name=graph.nodes[node].name)
        )
    changed = with_wiring(project, ref, graph.without_wires([wire]))
    changed = connect(changed, ref, wire.source, Endpoint(node, block.inputs[0].name))
    graph = changed.graph(ref)
    if graph.would_cycle(node, wire.target.node):
        raise ProjectError(Message("This would close a circle. Data must flow one way."))
    onwards = dataclasses.replace(wire, source=Endpoint(node, block.outputs[0].name))
    return changed.with_graph(ref, graph.with_wires([onwards]))


def closed_up(graph: Graph, targets: Iterable[Endpoint]) -> tuple[Graph, Mapping[Wire, Wire]]:
    """Number the wires at some inputs afresh, without gaps; gives what each of them became."""
    moved: dict[Wire, Wire] = {}
    for target in targets:
        left = [wire for wire in graph.into(target.node) if wire.target == target]
        moved.update(
            (wire, dataclasses.replace(wire, index=index))
            for index, wire in enumerate(left)
            if wire.index != index
        )
    return graph.without_wires(moved).with_wires(moved.values()), moved


def with_wiring(
    project: Project,
    ref: GraphRef,
    graph: Graph,
    moved: Mapping[Wire, Wire] = MappingProxyType({}),
) -> Project:
    """Put a graph in place of another; reroute points follow wires that became others, or go with them."""
    layout = project.layout_of(ref)
    reroutes = {
        now: points
        for wire, points in layout.reroutes.items()
        if (now := moved.get(wire, wire)) in graph.wires
    }
    changed = project.with_graph(ref, graph)
    if reroutes != layout.reroutes:
        changed = changed.with_layout(ref, dataclasses.replace(layout, reroutes=MappingProxyType(reroutes)))
    return changed
