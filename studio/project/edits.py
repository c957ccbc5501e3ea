"""Every change that a person can make to a project, each a pure function `Project -> Project`.

None of them looks at shapes or refuses a drawing that does not compute: mistakes are for the compiler
to show. What is refused (`ProjectError`) is what would leave no graph at all, and wires in a circle.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.blocks import find
from studio.graph import Endpoint, Graph, Message, Node, Value, Wire
from studio.graph.layout import GRID, Frame, Note, Position, arrange
from studio.project.document import (
    COMPOSITE,
    Choice,
    Composite,
    GraphRef,
    Plan,
    Project,
    ProjectError,
    block_of,
)


def snap(position: Position) -> Position:
    """Give the point of the grid that is nearest."""
    return (round(position[0] / GRID) * GRID, round(position[1] / GRID) * GRID)


# -- nodes ------------------------------------------------------------------------------------------


def fresh_name(graph: Graph, stem: str) -> str:
    """Give a label that no node of the graph has: `conv1`, `conv2`, ..."""
    taken = {node.name for node in graph.nodes.values()}
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def stem_of(kind: str) -> str:
    """Give the short stem that names of a type begin with, as PyTorch code usually has it."""
    return {
        "conv2d": "conv",
        "conv1d": "conv",
        "linear": "fc",
        "max_pool2d": "pool",
        "batch_norm2d": "bn",
    }.get(kind, kind)


def add_node(
    project: Project,
    ref: GraphRef,
    kind: str,
    position: Position,
    *,
    name: str = "",
    parameters: Mapping[str, Value] | None = None,
    composite: str = "",
) -> tuple[Project, str]:
    """Place a block.

    Args:
        project: the project as it is.
        ref: the graph to place it in.
        kind: the block's type, or `composite`.
        position: where its left top corner goes.
        name: its label; made from the type when empty.
        parameters: what differs from the defaults.
        composite: the definition, when `kind` is `composite`.

    Returns:
        The new project and the new node's id.
    """
    graph = project.graph(ref)
    stem = composite.lower() if kind == COMPOSITE else stem_of(kind)
    if kind in ("input", "output") and not name:
        plain = {"input": "x", "output": "y"}[kind]
        name = plain if all(node.name != plain for node in graph.nodes.values()) else fresh_name(graph, plain)
    node = Node(
        id=graph.fresh_id(kind),
        type=kind,
        name=name or fresh_name(graph, stem),
        parameters=MappingProxyType(dict(parameters or {})),
        composite=composite,
    )
    changed = project.with_graph(ref, graph.with_nodes([node]))
    return move_nodes(changed, ref, {node.id: position}), node.id


def remove_nodes(project: Project, ref: GraphRef, ids: Iterable[str], *, rejoin: bool = False) -> Project:
    """Take nodes out with their wires; with `rejoin`, what fed a single-input node feeds what it fed."""
    gone = [node for node in ids if node in project.graph(ref).nodes]
    graph = project.graph(ref)
    if rejoin:
        for node in gone:
            graph = _rejoined(graph, node)
    layout = project.layout_of(ref)
    kept = dataclasses.replace(
        layout,
        positions=MappingProxyType({key: at for key, at in layout.positions.items() if key not in gone}),
        reroutes=MappingProxyType(
            {
                w: points
                for w, points in layout.reroutes.items()
                if w.source.node not in gone and w.target.node not in gone
            }
        ),
        collapsed=layout.collapsed - set(gone),
        pinned=layout.pinned - set(gone),
    )
    return project.with_graph(ref, graph.without_nodes(gone)).with_layout(ref, kept)


def _rejoined(graph: Graph, node: str) -> Graph:
    arriving = graph.into(node)
    if not arriving:
        return graph
    source = arriving[0].source
    return graph.with_wires(
        dataclasses.replace(wire, source=source) for wire in graph.out_of(node)
    ).without_wires([*graph.out_of(node), *arriving])


def set_parameters(project: Project, ref: GraphRef, node: str, changes: Mapping[str, Value]) -> Project:
    """Set parameters of a node."""
    return _with_node(project, ref, _node(project, ref, node).with_parameters(changes))


def reset_parameter(project: Project, ref: GraphRef, node: str, name: str) -> Project:
    """Put a parameter of a node back to its default."""
    return _with_node(project, ref, _node(project, ref, node).without_parameter(name))


def rename_node(project: Project, ref: GraphRef, node: str, name: str) -> Project:
    """Give a node another label; ports of a composite follow, so that no wire is lost."""
    old = _node(project, ref, node)
    changed = _with_node(project, ref, dataclasses.replace(old, name=name))
    if ref.place == "composite" and old.type in ("input", "output"):
        changed = _renamed_port(changed, ref.name, old.type, old.name, name)
    return changed


def _renamed_port(project: Project, composite: str, kind: str, old: str, new: str) -> Project:
    for ref in project.refs():
        graph = project.graph(ref)
        uses = {
            node.id for node in graph.nodes.values() if node.type == COMPOSITE and node.composite == composite
        }
        wires = set()
        for wire in graph.wires:
            if kind == "input" and wire.target.node in uses and wire.target.port == old:
                wire = dataclasses.replace(wire, target=Endpoint(wire.target.node, new))
            if kind == "output" and wire.source.node in uses and wire.source.port == old:
                wire = dataclasses.replace(wire, source=Endpoint(wire.source.node, new))
            wires.add(wire)
        if wires != graph.wires:
            project = project.with_graph(ref, Graph(graph.nodes, frozenset(wires)))
    return project


def change_node(project: Project, ref: GraphRef, node: str, **fields: object) -> Project:
    """Set fields of a node itself: `frozen`, `repeat`, `shares`, `bypassed`, `rate_factor`."""
    return _with_node(project, ref, dataclasses.replace(_node(project, ref, node), **fields))  # type: ignore[arg-type]


def duplicate_nodes(
    project: Project, ref: GraphRef, ids: Iterable[str], offset: Position = (GRID * 4, GRID * 4)
) -> tuple[Project, list[str]]:
    """Copy nodes with the wires between them; the copies are named afresh."""
    graph, layout = project.graph(ref), project.layout_of(ref)
    chosen = [node for node in graph.nodes if node in set(ids)]
    inner = Graph.of(
        (graph.nodes[node] for node in chosen),
        (w for w in graph.wires if w.source.node in chosen and w.target.node in chosen),
    )
    places = {node: layout.positions.get(node, (0.0, 0.0)) for node in chosen}
    return paste(project, ref, inner, {key: (x + offset[0], y + offset[1]) for key, (x, y) in places.items()})


def paste(
    project: Project, ref: GraphRef, piece: Graph, positions: Mapping[str, Position]
) -> tuple[Project, list[str]]:
    """Put a piece of a network into a graph under fresh ids and names.

    Returns:
        The new project and the ids of what was put in.
    """
    graph = project.graph(ref)
    new_ids: dict[str, str] = {}
    for node in piece.nodes.values():
        taken = {other.name for other in graph.nodes.values()}
        fresh = dataclasses.replace(
            node,
            id=graph.fresh_id(node.type),
            name=fresh_name(graph, node.name.rstrip("0123456789") or stem_of(node.type))
            if node.name in taken
            else node.name,
        )
        new_ids[node.id] = fresh.id
        graph = graph.with_nodes([fresh])
    for old, new in new_ids.items():
        shares = piece.nodes[old].shares
        if shares in new_ids:
            graph = graph.with_nodes([dataclasses.replace(graph.nodes[new], shares=new_ids[shares])])
        elif shares and shares not in graph.nodes:
            graph = graph.with_nodes([dataclasses.replace(graph.nodes[new], shares="")])
    graph = graph.with_wires(
        dataclasses.replace(
            wire,
            source=Endpoint(new_ids[wire.source.node], wire.source.port),
            target=Endpoint(new_ids[wire.target.node], wire.target.port),
        )
        for wire in piece.wires
    )
    changed = move_nodes(
        project.with_graph(ref, graph),
        ref,
        {new_ids[node]: at for node, at in positions.items() if node in new_ids},
    )
    return changed, list(new_ids.values())


def _node(project: Project, ref: GraphRef, node: str) -> Node:
    found = project.graph(ref).nodes.get(node)
    if found is None:
        raise ProjectError(Message("This block is not here any more."))
    return found


def _with_node(project: Project, ref: GraphRef, node: Node) -> Project:
    return project.with_graph(ref, project.graph(ref).with_nodes([node]))


# -- wires ------------------------------------------------------------------------------------------


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
    graph = project.graph(ref)
    port = block_of(project, graph, graph.nodes[target.node]).input(target.port)
    present = [wire for wire in graph.into(target.node) if wire.target.port == target.port]
    if port is not None and port.many:
        index = max((wire.index for wire in present), default=-1) + 1
        return project.with_graph(ref, graph.with_wires([Wire(source, target, index)]))
    changed = disconnect(project, ref, present)
    return changed.with_graph(ref, changed.graph(ref).with_wires([Wire(source, target)]))


def disconnect(project: Project, ref: GraphRef, wires: Iterable[Wire]) -> Project:
    """Take wires off; those left at an input that takes several close up."""
    gone = frozenset(wires)
    graph = project.graph(ref).without_wires(gone)
    layout = project.layout_of(ref)
    for target in {wire.target for wire in gone}:
        left = [wire for wire in graph.into(target.node) if wire.target == target]
        graph = graph.without_wires(left).with_wires(
            dataclasses.replace(wire, index=index) for index, wire in enumerate(left)
        )
    reroutes = {wire: points for wire, points in layout.reroutes.items() if wire in graph.wires}
    changed = project.with_graph(ref, graph)
    if len(reroutes) != len(layout.reroutes):
        changed = changed.with_layout(ref, dataclasses.replace(layout, reroutes=MappingProxyType(reroutes)))
    return changed


def insert_on_wire(project: Project, ref: GraphRef, node: str, wire: Wire) -> Project:
    """Put a node that is already placed into a wire, by its first input and first output."""
    graph = project.graph(ref)
    block = block_of(project, graph, graph.nodes[node])
    if not block.inputs or not block.outputs:
        raise ProjectError(
            Message("“{name}” needs an input and an output to stand in a wire.", name=graph.nodes[node].name)
        )
    changed = project.with_graph(ref, graph.without_wires([wire]))
    changed = connect(changed, ref, wire.source, Endpoint(node, block.inputs[0].name))
    graph = changed.graph(ref).with_wires(
        [dataclasses.replace(wire, source=Endpoint(node, block.outputs[0].name))]
    )
    if node in graph.upstream([wire.source.node]):
        raise ProjectError(Message("This would close a circle. Data must flow one way."))
    return changed.with_graph(ref, graph)


# -- the look ---------------------------------------------------------------------------------------


def move_nodes(project: Project, ref: GraphRef, positions: Mapping[str, Position]) -> Project:
    """Put nodes at positions; they snap to the grid."""
    layout = project.layout_of(ref)
    moved = {**layout.positions, **{node: snap(at) for node, at in positions.items()}}
    return project.with_layout(ref, dataclasses.replace(layout, positions=MappingProxyType(moved)))


def arrange_nodes(project: Project, ref: GraphRef, heights: Mapping[str, float] | None = None) -> Project:
    """Arrange a whole graph; pinned nodes stay."""
    layout = project.layout_of(ref)
    found = arrange(project.graph(ref), (lambda node: heights.get(node, 64.0)) if heights else None)
    return move_nodes(project, ref, {node: at for node, at in found.items() if node not in layout.pinned})


def set_frames(project: Project, ref: GraphRef, frames: Iterable[Frame]) -> Project:
    """Replace the frames of a graph."""
    return project.with_layout(ref, dataclasses.replace(project.layout_of(ref), frames=tuple(frames)))


def set_notes(project: Project, ref: GraphRef, notes: Iterable[Note]) -> Project:
    """Replace the notes of a graph."""
    return project.with_layout(ref, dataclasses.replace(project.layout_of(ref), notes=tuple(notes)))


# -- networks, composites and the plan ----------------------------------------------------------------


def add_network(project: Project, name: str) -> Project:
    """Add an empty network."""
    if name in project.networks:
        raise ProjectError(Message("There is already a network “{name}”. Choose another name.", name=name))
    return project.with_graph(GraphRef("network", name), Graph())


def set_composite(project: Project, name: str, composite: Composite) -> Project:
    """Add or replace the definition of a composite."""
    return dataclasses.replace(project, composites=MappingProxyType({**project.composites, name: composite}))


def set_plan(project: Project, plan: Plan) -> Project:
    """Replace the plan."""
    return dataclasses.replace(project, plan=plan)


def set_loop(project: Project, name: str, value: Value) -> Project:
    """Set one parameter of the training loop, such as `epochs`."""
    return set_plan(
        project, dataclasses.replace(project.plan, loop=project.plan.loop.with_parameter(name, value))
    )


def set_optimizer(project: Project, role: str, choice: Choice) -> Project:
    """Choose the optimizer of a role."""
    return set_plan(
        project,
        dataclasses.replace(
            project.plan, optimizers=MappingProxyType({**project.plan.optimizers, role: choice})
        ),
    )


# -- fixes that the compiler offers -------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Fix:
    """A mend for a problem, applied with one click.

    Attributes:
        label: what it does, in a few words.
        action: `insert` (a block before an input), `set` (parameters), `remove` (a node), `disconnect`.
        node: the node that the problem is on.
        port: the input, for `insert` and `disconnect`.
        type: the block to insert.
        parameters: values to set, on the node or on the inserted block.
    """

    label: Message
    action: str
    node: str
    port: str = ""
    type: str = ""
    parameters: Mapping[str, Value] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    __hash__ = None  # type: ignore[assignment]


def apply_fix(project: Project, ref: GraphRef, fix: Fix) -> Project:
    """Apply a mend that the compiler offered.

    Raises:
        ProjectError: the graph has changed so that the mend does not fit any more.
    """
    graph = project.graph(ref)
    if fix.node not in graph.nodes:
        raise ProjectError(Message("This block is not here any more."))
    wires = [wire for wire in graph.into(fix.node) if wire.target.port == fix.port]
    match fix.action:
        case "set":
            return set_parameters(project, ref, fix.node, fix.parameters)
        case "remove":
            return remove_nodes(project, ref, [fix.node])
        case "disconnect":
            return disconnect(project, ref, wires)
        case "insert" if wires and find(fix.type) is not None:
            return _inserted(project, ref, fix, wires[0])
    raise ProjectError(Message("The drawing has changed; this mend does not fit any more."))


def _inserted(project: Project, ref: GraphRef, fix: Fix, wire: Wire) -> Project:
    """Place the fix's block between a wire's ends and make room for it to the right."""
    positions = project.layout_of(ref).positions
    x, y = positions.get(fix.node, (0.0, 0.0))
    behind = project.graph(ref).downstream([fix.node])
    room = {node: (at[0] + GRID * 27, at[1]) for node, at in positions.items() if node in behind}
    project, node = add_node(project, ref, fix.type, (x, y), parameters=fix.parameters)
    return insert_on_wire(move_nodes(project, ref, room), ref, node, wire)
