"""Blocks into a composite as a pure edit: what is computed stays the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from studio.graph import Endpoint, Expression, Graph, Message, Node, Value, Wire, freeze
from studio.graph.arithmetic import names_in
from studio.graph.layout import Position, pitch
from studio.project.definitions import fresh_definition, set_composite
from studio.project.document import (
    COMPOSITE,
    Composite,
    CompositeParameter,
    GraphRef,
    Project,
    ProjectError,
    block_of,
    refuse_beyond_limits,
)
from studio.project.looks import move_nodes
from studio.project.pieces import fresh_name
from studio.project.wiring import with_wiring

Sizes = tuple[tuple[int, ...], str]
"""The shape of one sample without its batch, and the kind of numbers."""

NO_SIZES: Mapping[Endpoint, Sizes] = MappingProxyType({})

PORTS = ("input", "output")
"""The blocks that are the ports of a composite."""


def group_nodes(
    project: Project,
    ref: GraphRef,
    ids: Iterable[str],
    *,
    name: str = "Composite",
    sizes: Mapping[Endpoint, Sizes] = NO_SIZES,
) -> tuple[Project, str]:
    """Make a composite of some blocks and put it in their place; Input and Output blocks stay outside.

    Args:
        project: the project as it is.
        ref: the graph that they stand in.
        ids: the blocks.
        name: what the definition is called, with a number where that is taken.
        sizes: what leaves ports, as far as known: examples for the composite's inputs.

    Returns:
        The new project and the id of the composite's node.

    Raises:
        ProjectError: there is none, one between them is not chosen, or one shares weights across the border.
    """
    graph = project.graph(ref)
    asked = set(ids)
    chosen = {key: node for key, node in graph.nodes.items() if key in asked and node.type not in PORTS}
    if not chosen:
        raise ProjectError(
            Message("Select the blocks that the composite is to be made of. Inputs and outputs stay outside.")
        )
    _refuse_split(graph, chosen)
    border = _Border.of(project, graph, chosen)
    refuse_beyond_limits(
        project,
        1 + len(border.entering) + len(border.leaving),
        sum(len(ends) for ends in border.entering.values()) + len(border.leaving),
    )
    called = fresh_definition(project, name)
    offered = _passed_on(project, ref, chosen.values())
    inner = border.inside(graph, chosen, sizes)
    project = set_composite(project, called, Composite(inner, offered))
    places = {key: at for key, at in project.layout_of(ref).positions.items() if key in chosen}
    if len(places) == len(chosen):
        inside = GraphRef("composite", called)
        down = project.layout_of(ref).down
        project = project.with_layout(inside, dataclasses.replace(project.layout_of(inside), down=down))
        project = move_nodes(project, inside, _around(inner, places, down))
    return _in_place(project, ref, chosen, border, called, offered)


def _refuse_split(graph: Graph, chosen: Mapping[str, Node]) -> None:
    """Refuse what could not run as one block, or would tear apart nodes of one weight."""
    between = (graph.downstream(chosen) & graph.upstream(chosen)) - chosen.keys()
    for key in graph.nodes:
        if key in between:
            raise ProjectError(
                Message(
                    "“{name}” stands between the selected blocks. Select it too, or fewer blocks.",
                    name=graph.nodes[key].name,
                )
            )
    for key, node in graph.nodes.items():
        if node.shares in graph.nodes and (key in chosen) != (node.shares in chosen):
            raise ProjectError(
                Message(
                    "“{name}” uses the weights of “{owner}”. Select both of them, or neither.",
                    name=node.name,
                    owner=graph.nodes[node.shares].name,
                )
            )


@dataclasses.dataclass(frozen=True)
class _Border:
    """The ports that a composite of some nodes has.

    Attributes:
        entering: the name of each input, and the wires behind it: what feeds it outside is their source.
        leaving: the name of each output, and the port inside that it shows.
        open: inputs that nothing feeds, by name.
    """

    entering: Mapping[str, tuple[Wire, ...]]
    leaving: Mapping[str, Endpoint]
    open: frozenset[str]

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, project: Project, graph: Graph, chosen: Mapping[str, Node]) -> _Border:
        fed: dict[Endpoint, list[Wire]] = {}
        shown: dict[Endpoint, None] = {}
        loose: list[Wire] = []
        ends: list[Endpoint] = []
        for key, node in chosen.items():
            into, out = graph.into(key), graph.out_of(key)
            block = block_of(project, graph, node)
            for wire in into:
                if wire.source.node not in chosen:
                    fed.setdefault(wire.source, []).append(wire)
            for wire in out:
                if wire.target.node not in chosen:
                    shown[wire.source] = None
            if not into:
                ports = [Endpoint(key, port.name) for port in block.inputs if not port.optional]
                loose += [Wire(port, port) for port in ports]
            if not out and block.outputs:
                ends.append(Endpoint(key, block.outputs[0].name))
        # Blocks that are loose within a network stay so; what nothing is joined to yet gets its ports here.
        if fed:
            loose = []
        if not shown:
            shown = dict.fromkeys(ends)
        groups = [*map(tuple, fed.values()), *((wire,) for wire in loose)]
        names = _numbered("x", len(groups))
        return cls(
            MappingProxyType(dict(zip(names, groups, strict=True))),
            MappingProxyType(dict(zip(_numbered("y", len(shown)), shown, strict=True))),
            frozenset(names[len(fed) :]),
        )

    def inside(self, graph: Graph, chosen: Mapping[str, Node], sizes: Mapping[Endpoint, Sizes]) -> Graph:
        """Give the graph of the composite: its inputs, the nodes as they are, its outputs."""
        taken = Graph.of(chosen.values())
        wires = [w for w in graph.wires if w.source.node in chosen and w.target.node in chosen]
        entries: list[Node] = []
        ends: list[Node] = []
        for name, behind in self.entering.items():
            known = sizes.get(behind[0].source)
            parameters: dict[str, Value] = {"shape": known[0], "dtype": known[1]} if known else {}
            if parameters.get("dtype") == "float32":
                del parameters["dtype"]
            id = Graph.of([*chosen.values(), *entries]).fresh_id("input")
            entry = Node(id, "input", name, freeze(parameters))
            entries.append(entry)
            wires += [dataclasses.replace(w, source=Endpoint(entry.id, "y")) for w in behind]
        for name, source in self.leaving.items():
            end = Node(Graph.of([*taken.nodes.values(), *ends]).fresh_id("output"), "output", name)
            ends.append(end)
            wires.append(Wire(source, Endpoint(end.id, "x")))
        return Graph.of([*entries, *chosen.values(), *ends], wires)


def _numbered(stem: str, count: int) -> list[str]:
    return [stem if index == 0 else f"{stem}{index + 1}" for index in range(count)]


def _passed_on(project: Project, ref: GraphRef, nodes: Iterable[Node]) -> tuple[CompositeParameter, ...]:
    """Give the parameters of the composite around that the nodes use: the new one offers them too."""
    if ref.place != "composite":
        return ()
    used = {name for node in nodes for value in node.parameters.values() for name in names_in(value)}
    around = project.composites[ref.name].parameters
    # What it is, the composite around tells: its own inputs are others.
    return tuple(dataclasses.replace(one, from_input=None) for one in around if one.name in used)


def _around(inner: Graph, places: Mapping[str, Position], down: bool) -> dict[str, Position]:
    """Give the nodes their places, and the inputs and outputs some before and behind them."""
    found = dict(places)
    along, across = (1, 0) if down else (0, 1)
    row = pitch(down, aside=1)[across]
    levels = [at[along] for at in places.values()]
    for kind, level in (
        ("input", min(levels) + pitch(down, -1)[along]),
        ("output", max(levels) + pitch(down, 1)[along]),
    ):
        beside: list[tuple[float, str]] = []
        for node in inner.of_type(kind):
            wires = inner.out_of(node.id) if kind == "input" else inner.into(node.id)
            rows = [places[w.target.node if kind == "input" else w.source.node][across] for w in wires]
            beside.append((sum(rows) / len(rows), node.id))
        last = -float("inf")
        for wanted, key in sorted(beside):
            last = max(wanted, last + row)
            found[key] = (last, level) if down else (level, last)
    return found


def _in_place(
    project: Project,
    ref: GraphRef,
    chosen: Mapping[str, Node],
    border: _Border,
    called: str,
    offered: Sequence[CompositeParameter],
) -> tuple[Project, str]:
    """Put the composite where its nodes stood."""
    graph = project.graph(ref)
    node = Node(
        id=graph.fresh_id(COMPOSITE),
        type=COMPOSITE,
        name=fresh_name(graph, called.lower()),
        parameters=freeze({one.name: Expression(one.name) for one in offered}),
        composite=called,
    )
    nodes: list[Node] = []
    for key, other in graph.nodes.items():
        if key not in chosen:
            nodes.append(other)
        elif node not in nodes:
            nodes.append(node)
    wires = [w for w in graph.wires if w.source.node not in chosen and w.target.node not in chosen]
    moved: dict[Wire, Wire] = {}
    for name, behind in border.entering.items():
        if name not in border.open:
            made = Wire(behind[0].source, Endpoint(node.id, name))
            wires.append(made)
            moved[behind[0]] = made
    names = {source: name for name, source in border.leaving.items()}
    for wire in graph.wires:
        if wire.source.node in chosen and wire.target.node not in chosen:
            moved[wire] = dataclasses.replace(wire, source=Endpoint(node.id, names[wire.source]))
            wires.append(moved[wire])
    changed = with_wiring(project, ref, Graph.of(nodes, wires), moved)
    layout = changed.layout_of(ref)
    places = [at for key, at in layout.positions.items() if key in chosen]
    changed = changed.with_layout(ref, layout.without(chosen.keys()))
    if places:
        middle = (
            (min(x for x, _ in places) + max(x for x, _ in places)) / 2,
            (min(y for _, y in places) + max(y for _, y in places)) / 2,
        )
        changed = move_nodes(changed, ref, {node.id: middle})
    return changed, node.id
