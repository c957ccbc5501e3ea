"""What differs between two projects, place by place, in words: for runs, restores and the canvas.

Looks (positions, frames, notes) do not count: two projects without a difference train alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.blocks import Block, Parameter, find
from studio.graph import Expression, Graph, Initial, Message, Node, Value
from studio.graph.model import same
from studio.project.document import MODEL, Choice, Composite, GraphRef, LossTerm, Plan, Project, block_of
from studio.project.settings import PARTS, both, named

Kind = Literal["added", "removed", "changed"]

NOTHING = Message("–")
"""Stands where one side has nothing."""

_OPTIONS: Mapping[str, Message] = {
    "name": Message("Name"),
    "composite": Message("Composite"),
    "repeat": Message("Repeats"),
    "shares": Message("Shared weights"),
    "frozen": Message("Frozen"),
    "rate_factor": Message("Learning rate factor"),
    "bypassed": Message("Bypassed"),
}
"""What a node has besides its parameters."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs.

    Attributes:
        kind: whether it came, went, or is another.
        key: tells it from all others of two projects; the same in every comparison.
        what: its name for a person, such as `conv1 · Filters`.
        before: what it was; None where it came.
        after: what it is; None where it went.
        ref: the graph that it is in; None for the plan and for code.
        nodes: the nodes that it concerns, by their ids.
    """

    kind: Kind
    key: tuple[str, ...]
    what: Message
    before: Message | None = None
    after: Message | None = None
    ref: GraphRef | None = None
    nodes: tuple[str, ...] = ()

    def words(self) -> Message:
        """Say it: `conv1 · Filters 32 → 64`, `drop1 added`."""
        if self.before is not None and self.after is not None:
            return Message("{what} {before} → {after}", what=self.what, before=self.before, after=self.after)
        match self.kind:
            case "added":
                return Message("{what} added", what=self.what)
            case "removed":
                return Message("{what} removed", what=self.what)
        return Message("{what} changed", what=self.what)


def compare(before: Project, after: Project) -> tuple[Difference, ...]:
    """Give everything that differs: the graphs first, then code, then the plan.

    Args:
        before: the older one.
        after: the newer one.
    """
    found: list[Difference] = []
    old, new = before.refs(), after.refs()
    found += [Difference("removed", ("graph", *ref), _graph(ref), ref=ref) for ref in old if ref not in new]
    for ref in new:
        if ref not in old:
            found.append(Difference("added", ("graph", *ref), _graph(ref), ref=ref))
        elif before.graph(ref) is not after.graph(ref):
            found += _in_graph(before, after, ref)
    for name in after.composites.keys() & before.composites.keys():
        found += _offered(name, before.composites[name], after.composites[name])
    if before.custom != after.custom:
        found += _code(before.custom, after.custom)
    if before.plan is not after.plan:
        found += _in_plan(before.plan, after.plan)
    return tuple(found)


_LATER: Mapping[Kind, Message] = {"added": Message("yes"), "removed": NOTHING, "changed": Message("changed")}
"""What is said of what has no value, beside a project where it is otherwise."""


@dataclass(frozen=True)
class Row:
    """One thing that is not the same in several projects.

    Attributes:
        key: tells it from all others.
        what: its name for a person.
        cells: what it is in each of them.
    """

    key: tuple[str, ...]
    what: Message
    cells: tuple[Message, ...]

    __hash__ = None  # type: ignore[assignment]


def side_by_side(projects: Sequence[Project]) -> tuple[Row, ...]:
    """Give what differs among several projects, each with its value in every one of them."""
    if not projects:
        return ()
    against = [{one.key: one for one in compare(projects[0], other)} for other in projects[1:]]
    keys = dict.fromkeys(key for found in against for key in found)
    rows = []
    for key in keys:
        known = next(found[key] for found in against if key in found)
        first = known.before or (NOTHING if known.kind == "added" else Message("yes"))
        cells = [first]
        for found in against:
            one = found.get(key)
            cells.append(first if one is None else one.after or _LATER[one.kind])
        rows.append(Row(key, known.what, tuple(cells)))
    return tuple(rows)


def tints(differences: Iterable[Difference], ref: GraphRef) -> dict[str, Kind]:
    """Give how each node of a graph is coloured while two projects are compared; to have come counts most."""
    found: dict[str, Kind] = {}
    for one in differences:
        if one.ref == ref:
            whole = one.key[0] == "node"
            for node in one.nodes:
                if whole or node not in found:
                    found[node] = one.kind if whole else "changed"
    return found


# -- graphs ------------------------------------------------------------------------------------------------


def _graph(ref: GraphRef) -> Message:
    if ref.place == "network":
        return Message("Network “{name}”", name=ref.name)
    return Message("Composite “{name}”", name=ref.name)


def _in_graph(before: Project, after: Project, ref: GraphRef) -> Iterator[Difference]:
    old, new = before.graph(ref), after.graph(ref)
    for id, node in old.nodes.items():
        if id not in new.nodes:
            yield Difference("removed", ("node", *ref, id), _at(ref, node), ref=ref, nodes=(id,))
    for id, node in new.nodes.items():
        was = old.nodes.get(id)
        if was is None:
            yield Difference("added", ("node", *ref, id), _at(ref, node), ref=ref, nodes=(id,))
        elif was is not node and was != node:
            yield from _of_node(before, after, ref, was, node)
    if old.wires != new.wires:
        yield from _wires(ref, old, new)
    for kind, what in (("input", Message("Order of inputs")), ("output", Message("Order of outputs"))):
        there = [node.id for node in old.of_type(kind) if node.id in new.nodes]
        here = [node.id for node in new.of_type(kind) if node.id in old.nodes]
        if there != here and sorted(there) == sorted(here):
            first, last = (
                named(", ".join(graph.nodes[id].name for id in ids))
                for graph, ids in ((old, there), (new, here))
            )
            yield Difference("changed", ("order", *ref, kind), what, first, last, ref)


def _at(ref: GraphRef, node: Node) -> Message:
    """Name a node; one inside a composite with the composite before it."""
    own = named(node.name)
    return own if ref.place == "network" else both(named(ref.name), own)


def _of_node(before: Project, after: Project, ref: GraphRef, was: Node, node: Node) -> Iterator[Difference]:
    where = _at(ref, node)

    def changed(name: str, what: Message, old: Message, new: Message) -> Difference:
        key = ("value", *ref, node.id, name)
        return Difference("changed", key, both(where, what), old, new, ref, (node.id,))

    old_block = block_of(before, before.graph(ref), was)
    block = block_of(after, after.graph(ref), node)
    if was.type != node.type:
        yield changed("type", Message("Block"), Message(old_block.title), Message(block.title))
    for name, what in _OPTIONS.items():
        old, new = getattr(was, name), getattr(node, name)
        if old != new:
            if name == "shares":
                old, new = _name_of(before, ref, old), _name_of(after, ref, new)
            yield changed(f"option:{name}", what, told(old), told(new))
    if was.type == node.type:
        for found in _parameters(block, old_block, was.parameters, node.parameters):
            yield changed(*found)
    for part in sorted(was.initial.keys() | node.initial.keys()):
        first, last = was.initial.get(part), node.initial.get(part)
        if first != last:
            what = Message("Initial weights") if part == "weight" else Message("Initial biases")
            yield changed(f"initial:{part}", what, _initial(first), _initial(last))


def _name_of(project: Project, ref: GraphRef, id: str) -> str:
    node = project.graph(ref).nodes.get(id)
    return node.name if node is not None else id


def _initial(initial: Initial | None) -> Message:
    if initial is None:
        return Message("as PyTorch makes them")
    return _chosen(initial.type, find(initial.type, "initializer"), initial.parameters)


def _parameters(
    block: Block | None,
    old_block: Block | None,
    was: Mapping[str, Value],
    now: Mapping[str, Value],
    names: Iterable[str] | None = None,
) -> Iterator[tuple[str, Message, Message, Message]]:
    """Give the parameters whose values differ; one that is set to its default is as if not set."""
    declared = dict(old_block.parameters) if old_block is not None else {}
    declared |= dict(block.parameters) if block is not None else {}
    for name in dict.fromkeys((*declared, *was, *now)) if names is None else names:
        parameter = declared.get(name)
        old = was.get(name, _unset(old_block, name))
        new = now.get(name, _unset(block, name))
        if not same(old, new):
            what = parameter.said if parameter is not None else named(name)
            yield f"parameter:{name}", what, told(old, parameter), told(new, parameter)


def _unset(block: Block | None, name: str) -> Value:
    parameter = block.parameters.get(name) if block is not None else None
    return parameter.unset if parameter is not None else None


def told(value: Value, parameter: Parameter | None = None) -> Message:
    """Write a value for a person."""
    match value:
        case None if parameter is not None and parameter.reads is not None:
            return Message("as it arrives")
        case None | "":
            return NOTHING
        case bool():
            return Message("yes") if value else Message("no")
        case tuple():
            return named(" × ".join(str(told(one)) for one in value))
        case Expression():
            return named(value.text)
        case float():
            return named(f"{value:.6g}")
        case str() if parameter is not None and parameter.kind == "choice":
            return Message(value)
    return named(str(value))


def _wires(ref: GraphRef, old: Graph, new: Graph) -> Iterator[Difference]:
    """Give wires between nodes that both have: those of a node that came or went go with it."""
    was = {(wire.source, wire.target): wire for wire in old.wires}
    now = {(wire.source, wire.target): wire for wire in new.wires}
    for ends in sorted({*was, *now}):
        source, target = ends
        if not all(end.node in graph.nodes for end in ends for graph in (old, new)):
            continue
        first, last = was.get(ends), now.get(ends)
        if first == last:
            continue
        what = Message(
            "Wire {source} – {target}",
            source=new.nodes[source.node].name,
            target=new.nodes[target.node].name,
        )
        key = ("wire", *ref, source.node, source.port, target.node, target.port)
        kind: Kind = "added" if first is None else "removed" if last is None else "changed"
        yield Difference(kind, key, what, ref=ref, nodes=(target.node,))


def _offered(name: str, was: Composite, now: Composite) -> Iterator[Difference]:
    """Give the parameters that a composite offers otherwise."""
    old = {one.name: one for one in was.parameters}
    new = {one.name: one for one in now.parameters}
    ref = GraphRef("composite", name)
    for offered in dict.fromkeys((*old, *new)):
        first, last = old.get(offered), new.get(offered)
        if first == last:
            continue
        what = both(named(name), named(offered))
        key = ("offered", name, offered)
        if first is None or last is None:
            yield Difference("added" if first is None else "removed", key, what, ref=ref)
        elif same(first.default, last.default):
            yield Difference("changed", key, what, ref=ref)
        else:
            yield Difference("changed", key, what, told(first.default), told(last.default), ref)


def _code(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            kind: Kind = "added" if name not in was else "removed" if name not in now else "changed"
            yield Difference(kind, ("code", name), Message("Code of “{name}”", name=name))


# -- the plan ----------------------------------------------------------------------------------------------


def _in_plan(was: Plan, now: Plan) -> Iterator[Difference]:
    yield from _choice("recipe", "", was.recipe, now.recipe)
    for role in dict.fromkeys((*was.networks, *now.networks)):
        old, new = was.networks.get(role), now.networks.get(role)
        if old != new:
            what = both(PARTS["recipe"], named(role))
            yield Difference("changed", ("plan", "network", role), what, told(old), told(new))
    yield from _choice("data", "", was.data, now.data)
    for place in range(max(len(was.losses), len(now.losses))):
        yield from _loss(place, *(plan.losses[place : place + 1] for plan in (was, now)))
    for role in dict.fromkeys((*was.optimizers, *now.optimizers)):
        yield from _choice("optimizer", role, was.optimizers.get(role), now.optimizers.get(role))
    constant = Choice("constant")
    for role in dict.fromkeys((*was.schedules, *now.schedules)):
        old_one, new_one = was.schedules.get(role, constant), now.schedules.get(role, constant)
        yield from _choice("schedule", role, old_one, new_one)
    metrics = [{choice.type: choice for choice in plan.metrics} for plan in (was, now)]
    for type in dict.fromkeys((*metrics[0], *metrics[1])):
        first, last = metrics[0].get(type), metrics[1].get(type)
        if first is not None and last is not None:
            yield from _choice("metric", type, first, last)
        else:
            block = find(type, "metric")
            what = both(PARTS["metric"], Message(block.title) if block is not None else named(type))
            yield Difference("added" if first is None else "removed", ("plan", "metric", type), what)
    yield from _choice("loop", "", was.loop, now.loop)


def _choice(role: str, name: str, was: Choice | None, now: Choice | None) -> Iterator[Difference]:
    """Give how a choice differs: its type, or else its parameters."""
    if was == now:
        return
    part = PARTS[role]  # type: ignore[index]  # one of the roles above
    where = part if name in ("", MODEL, "0") else both(part, named(name))
    blocks = [None if choice is None else find(choice.type, role) for choice in (was, now)]  # type: ignore[arg-type]
    if was is None or now is None or was.type != now.type:
        old, new = (
            NOTHING if choice is None else _title(choice.type, block)
            for choice, block in zip((was, now), blocks, strict=True)
        )
        yield Difference("changed", ("plan", role, name), where, old, new)
    if was is None or now is None:
        return
    names = dict.fromkeys((*was.parameters, *now.parameters))
    if was.type != now.type:
        # Of two types, what only one of them has says nothing that the type does not say.
        names = dict.fromkeys(
            key for key in names if all(block and key in block.parameters for block in blocks)
        )
    values = [
        {key: choice.parameters.get(key, _unset(block, key)) for key in names}
        for choice, block in zip((was, now), blocks, strict=True)
    ]
    for key, what, before, after in _parameters(blocks[1], blocks[0], values[0], values[1], names):
        yield Difference("changed", ("plan", role, name, key), both(where, what), before, after)


def _loss(place: int, was: Sequence[LossTerm], now: Sequence[LossTerm]) -> Iterator[Difference]:
    old, new = (terms[0] if terms else None for terms in (was, now))
    name = str(place)
    yield from _choice("loss", name, *(None if one is None else one.choice for one in (old, new)))
    if old is None or new is None:
        return
    where = PARTS["loss"] if not place else both(PARTS["loss"], named(name))
    for field, what in (
        ("output", Message("Output")),
        ("target", Message("Target")),
        ("weight", Message("Weight")),
    ):
        first, last = getattr(old, field), getattr(new, field)
        if first != last:
            key = ("plan", "loss", name, field)
            yield Difference("changed", key, both(where, what), told(first), told(last))


def _title(type: str, block: Block | None) -> Message:
    return Message(block.title) if block is not None else named(type)


def _chosen(type: str, block: Block | None, parameters: Mapping[str, Value]) -> Message:
    """Write a choice with what was set of it."""
    set_by_hand = ", ".join(f"{name} {told(value)}" for name, value in parameters.items())
    title = _title(type, block)
    return Message("{title} ({values})", title=title, values=set_by_hand) if set_by_hand else title
