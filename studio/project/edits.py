"""Every change that a person can make to a project, each a pure function `Project -> Project`.

None of them looks at shapes or refuses a drawing that does not compute: mistakes are for the compiler
to show. What is refused (`ProjectError`) is what would leave no graph at all, and wires in a circle.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.blocks import find
from studio.graph import Endpoint, Graph, Initial, Message, Node, Value, Wire
from studio.graph.layout import Position, pitch
from studio.project import decode, encode
from studio.project.arranging import arrange_nodes
from studio.project.definitions import set_composite
from studio.project.document import (
    COMPOSITE,
    MODEL,
    Choice,
    GraphRef,
    Plan,
    Project,
    ProjectError,
    refuse_beyond_limits,
    refuse_within_itself,
)
from studio.project.looks import (
    lead_wire,
    move_nodes,
    savable,
    set_frames,
    set_notes,
    snap,
)
from studio.project.naming import (
    add_network,
    order_networks,
    remove_network,
    rename_network,
    train_network,
    with_output_renamed,
)
from studio.project.offering import with_port_read
from studio.project.pieces import duplicate_nodes, free_name, fresh_name, paste, stem_of
from studio.project.wiring import closed_up, connect, disconnect, insert_on_wire, refusal, with_wiring

__all__ = [
    "Fix",
    "add_network",
    "add_node",
    "apply_fix",
    "arrange_nodes",
    "change_node",
    "connect",
    "disconnect",
    "duplicate_nodes",
    "exchange_node",
    "free_name",
    "fresh_name",
    "insert_on_wire",
    "lead_wire",
    "move_nodes",
    "order_networks",
    "paste",
    "refusal",
    "remove_network",
    "remove_nodes",
    "rename_network",
    "rename_node",
    "reset_parameter",
    "set_composite",
    "set_frames",
    "set_initial",
    "set_loop",
    "set_notes",
    "set_optimizer",
    "set_parameters",
    "set_plan",
    "snap",
    "stem_of",
    "train_network",
]


# -- nodes ------------------------------------------------------------------------------------------


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

    Raises:
        ProjectError: a composite is not there or would contain itself, or a file could not hold the block.
    """
    graph = project.graph(ref)
    refuse_beyond_limits(project, 1, 0)
    if kind == COMPOSITE:
        if composite not in project.composites:
            raise ProjectError(Message("There is no composite “{name}” in this project.", name=composite))
        refuse_within_itself(project, ref, [composite])
    stem = re.sub(r"[\s-]+", "_", composite.lower()) if kind == COMPOSITE else stem_of(kind)
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
    _refuse_port_twice(graph, ref, node)
    return move_nodes(_with_node(project, ref, node), ref, {node.id: position}), node.id


def remove_nodes(project: Project, ref: GraphRef, ids: Iterable[str], *, rejoin: bool = False) -> Project:
    """Take nodes out with their wires; with `rejoin`, what fed a single-input node feeds what it fed."""
    graph = project.graph(ref)
    gone = {node for node in ids if node in graph.nodes}
    if rejoin:
        for node in (node for node in graph.nodes if node in gone):
            graph = _rejoined(graph, node)
    fed = {
        wire.target
        for node in gone
        for wire in project.graph(ref).out_of(node)
        if wire.target.node not in gone
    }
    graph, moved = closed_up(graph.without_nodes(gone), fed)
    changed = with_wiring(project, ref, graph, moved)
    layout = changed.layout_of(ref)
    return changed.with_layout(ref, layout.without(gone))


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
    """Give a node another label; ports of a composite and losses of the plan that name it follow.

    Raises:
        ProjectError: it is an input or output of a composite, and another one has this name.
    """
    old = _node(project, ref, node)
    new = dataclasses.replace(old, name=name)
    _refuse_port_twice(project.graph(ref), ref, new)
    changed = _with_node(project, ref, new)
    if ref.place == "composite" and old.type in ("input", "output"):
        changed = _renamed_port(changed, ref.name, old.type, old.name, name)
    if ref.place == "network" and old.type == "output":
        changed = with_output_renamed(changed, ref.name, old.name, name)
    return changed


def _refuse_port_twice(graph: Graph, ref: GraphRef, node: Node) -> None:
    """Refuse two ports of one name: wires go by it, and nobody could tell them apart any more."""
    if ref.place != "composite" or node.type not in ("input", "output"):
        return
    if any(other.name == node.name and other.id != node.id for other in graph.of_type(node.type)):
        raise ProjectError(Message("Another port is called “{name}”. Choose another name.", name=node.name))


def _renamed_port(project: Project, composite: str, kind: str, old: str, new: str) -> Project:
    if kind == "input":
        project = with_port_read(project, composite, old, new)
    for ref in project.refs():
        graph = project.graph(ref)
        uses = {
            node.id for node in graph.nodes.values() if node.type == COMPOSITE and node.composite == composite
        }
        moved: dict[Wire, Wire] = {}
        for wire in graph.wires:
            if kind == "input" and wire.target.node in uses and wire.target.port == old:
                moved[wire] = dataclasses.replace(wire, target=Endpoint(wire.target.node, new))
            if kind == "output" and wire.source.node in uses and wire.source.port == old:
                moved[wire] = dataclasses.replace(wire, source=Endpoint(wire.source.node, new))
        if moved:
            joined = graph.without_wires(moved).with_wires(moved.values())
            project = with_wiring(project, ref, joined, moved)
    return project


def set_initial(project: Project, ref: GraphRef, node: str, part: str, initial: Initial | None) -> Project:
    """Choose how the weights of a node begin.

    Args:
        project: the project as it is.
        ref: the graph.
        node: the node.
        part: `weight` or `bias`.
        initial: the way; None for that of PyTorch.
    """
    old = _node(project, ref, node)
    kept = {place: each for place, each in old.initial.items() if place != part}
    if initial is not None:
        kept[part] = initial
    return _with_node(project, ref, dataclasses.replace(old, initial=MappingProxyType(kept)))


_OWN = frozenset({"frozen", "repeat", "shares", "bypassed", "rate_factor"})


def change_node(project: Project, ref: GraphRef, node: str, **fields: object) -> Project:
    """Set fields of a node itself: `frozen`, `repeat`, `shares`, `bypassed`, `rate_factor`.

    Raises:
        ProjectError: a value makes no sense, or the node to share weights with is not there.
    """
    if not fields.keys() <= _OWN:
        raise TypeError(f"Expected {', '.join(sorted(_OWN))}, received {', '.join(sorted(fields))}.")
    shares = fields.get("shares")
    if shares and (shares == node or shares not in project.graph(ref).nodes):
        raise ProjectError(Message("There is no other block “{id}” whose weights could be used.", id=shares))
    changed = dataclasses.replace(_node(project, ref, node), **fields)  # type: ignore[arg-type]
    return _with_node(project, ref, changed)


def exchange_node(project: Project, ref: GraphRef, node: str, kind: str) -> Project:
    """Put a block of another type in the place of one; its name, its wires and its place stay."""
    found = _node(project, ref, node)
    if found.type == kind:
        return project
    changed = dataclasses.replace(
        found, type=kind, parameters=MappingProxyType({}), initial=MappingProxyType({})
    )
    return _with_node(project, ref, changed)


def _node(project: Project, ref: GraphRef, node: str) -> Node:
    found = project.graph(ref).nodes.get(node)
    if found is None:
        raise ProjectError(Message("This block is not here any more."))
    return found


def _with_node(project: Project, ref: GraphRef, node: Node) -> Project:
    savable(decode.node, encode.node(node), node.name[:40])
    return project.with_graph(ref, project.graph(ref).with_nodes([node]))


# -- the plan ----------------------------------------------------------------


def set_plan(project: Project, plan: Plan) -> Project:
    """Replace the plan."""
    savable(decode.plan, dict(encode.plan(plan)), "plan")
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
        action: `insert` (a block before an input), `set` (parameters), `reset` (a parameter), `change`
            (fields of the node itself), `initial` (its weights, or biases, begin as PyTorch makes them),
            `rename`, `remove` (nodes), `connect`, `disconnect`, `attach` (an Output or an Input of its own);
            `trust` (the code of the project, which the window asks about: it is no edit);
            of the training plan: `loss` or `optimizer` (another one), `loop` (parameters of the loop).
        node: the node that the problem is on; empty for a mend of the plan.
        port: the input, for `insert`, `connect` and `disconnect`; where it is joined for `attach`; the number
            of the loss, counted from 0, for `loss`; `weight` or `bias` for `initial`.
        type: the block to insert or attach, or the loss to take.
        parameters: values to set, on the node, the inserted block, the loss or the loop. For `disconnect`,
            `from` names the block whose wire it is where several arrive; for `connect`, `from` and `output`
            are where the wire begins; for `remove`, `nodes` are all that go, and with `rejoin` the ends are
            joined; for `reset`, the parameters named.
        wire: which of several wires that arrive at the port, for `insert`.
    """

    label: Message
    action: str
    node: str
    port: str = ""
    type: str = ""
    parameters: Mapping[str, Value] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    wire: int = 0

    __hash__ = None  # type: ignore[assignment]


def apply_fix(project: Project, ref: GraphRef, fix: Fix) -> Project:
    """Apply a mend that the compiler offered.

    Raises:
        ProjectError: the graph has changed so that the mend does not fit any more.
    """
    match fix.action:
        case "loss":
            return _with_loss(project, fix)
        case "optimizer":
            return set_optimizer(project, MODEL, Choice(fix.type))
        case "loop":
            for name, value in fix.parameters.items():
                project = set_loop(project, name, value)
            return project
    graph = project.graph(ref)
    if fix.node not in graph.nodes:
        raise ProjectError(Message("This block is not here any more."))
    wires = [wire for wire in graph.into(fix.node) if wire.target.port == fix.port]
    live = [wire for wire in wires if wire.enabled] or wires
    match fix.action:
        case "set":
            return set_parameters(project, ref, fix.node, fix.parameters)
        case "reset":
            for name in fix.parameters:
                project = reset_parameter(project, ref, fix.node, name)
            return project
        case "initial":
            return set_initial(project, ref, fix.node, fix.port, None)
        case "change":
            return change_node(project, ref, fix.node, **fix.parameters)
        case "rename":
            return rename_node(project, ref, fix.node, str(fix.parameters["name"]))
        case "remove":
            gone = fix.parameters.get("nodes", (fix.node,))
            assert isinstance(gone, tuple)
            return remove_nodes(project, ref, map(str, gone), rejoin=bool(fix.parameters.get("rejoin")))
        case "attach":
            return _attached(project, ref, fix)
        case "connect":
            begin = Endpoint(str(fix.parameters["from"]), str(fix.parameters["output"]))
            return connect(project, ref, begin, Endpoint(fix.node, fix.port))
        case "disconnect":
            source = fix.parameters.get("from")
            return disconnect(project, ref, [w for w in wires if source in (None, w.source.node)])
        case "insert" if len(live) > fix.wire and find(fix.type) is not None:
            return _inserted(project, ref, fix, live[fix.wire])
    raise ProjectError(Message("The drawing has changed; this mend does not fit any more."))


def _attached(project: Project, ref: GraphRef, fix: Fix) -> Project:
    """Place an Output behind an output of a node, or an Input before an input of it."""
    layout, behind = project.layout_of(ref), fix.type == "output"
    x, y = layout.positions.get(fix.node, (0.0, 0.0))
    dx, dy = pitch(layout.down, 1 if behind else -1)
    project, node = add_node(project, ref, fix.type, (x + dx, y + dy), parameters=fix.parameters)
    here = Endpoint(fix.node, fix.port)
    ends = (here, Endpoint(node, "x")) if behind else (Endpoint(node, "y"), here)
    return connect(project, ref, *ends)


def _with_loss(project: Project, fix: Fix) -> Project:
    """Take another loss in place of one, for the same output and target."""
    losses, index = list(project.plan.losses), int(fix.port or 0)
    if index >= len(losses):
        raise ProjectError(Message("The training plan has changed; this mend does not fit any more."))
    now = losses[index].choice
    kept = now.parameters if now.type == fix.type else {}
    losses[index] = dataclasses.replace(losses[index], choice=Choice(fix.type, {**kept, **fix.parameters}))
    return set_plan(project, dataclasses.replace(project.plan, losses=tuple(losses)))


def _inserted(project: Project, ref: GraphRef, fix: Fix, wire: Wire) -> Project:
    """Place the fix's block between a wire's ends and make room for it further on."""
    layout = project.layout_of(ref)
    x, y = layout.positions.get(fix.node, (0.0, 0.0))
    behind = project.graph(ref).downstream([fix.node])
    dx, dy = pitch(layout.down, 1)
    room = {node: (at[0] + dx, at[1] + dy) for node, at in layout.positions.items() if node in behind}
    project, node = add_node(project, ref, fix.type, (x, y), parameters=fix.parameters)
    return insert_on_wire(move_nodes(project, ref, room), ref, node, wire)
