"""From a class that was read to a graph: fresh, or as an edit of the graph whose source the text was."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.blocks import Block, find
from studio.compiler.initials import parts
from studio.compiler.labels import labels
from studio.compiler.lengths import entering
from studio.compiler.names import identifiers
from studio.compiler.program import Step
from studio.compiler.reading.beginning import same_way
from studio.compiler.reading.drawn import Definition, Drawn, Entry, Exit, Ref
from studio.compiler.reading.matching import Matches, Old, match
from studio.compiler.reading.values import same_arithmetic
from studio.graph import Endpoint, Expression, ExpressionError, Graph, Initial, Node, Value, Wire, freeze
from studio.graph.arithmetic import computed, handed_down, is_arithmetic, names_in
from studio.graph.model import same
from studio.project import COMPOSITE

_INPUT = find("input") or Block("input", "", "", "", "io")

_Part = Drawn | Entry | Exit


@dataclass(frozen=True)
class Ports:
    """What the ports of a composite are called: argument or result of its class to port."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Built:
    """A graph that was made of a class.

    Attributes:
        graph: the graph.
        ids: call, input or output to the id of its block.
        new: ids of blocks that were not there before.
        instead: new id to that of a block of another kind that had the same name.
    """

    graph: Graph
    ids: Mapping[_Part, str]
    new: frozenset[str]
    instead: Mapping[str, str]

    __hash__ = None  # type: ignore[assignment]

    def ports(self, definition: Definition) -> Ports:
        """Give what the ports are called when the graph is a composite's."""
        nodes = self.graph.nodes
        return Ports(
            {one.name: nodes[self.ids[one]].name for one in definition.entries},
            {one.name: nodes[self.ids[one]].name for one in definition.exits},
        )


def build(
    definition: Definition,
    composites: Mapping[str, str],
    ports: Mapping[str, Ports],
    old: Old | None,
    *,
    inner: bool,
) -> Built:
    """Make the graph of a class.

    Args:
        definition: the class.
        composites: class to the name of its composite.
        ports: class to the names of its composite's ports.
        old: the graph whose source the text was, if it was there.
        inner: it is the graph of a composite, whose Inputs take what arrives.
    """
    return _Builder(definition, composites, ports, old, inner).build()


class _Builder:
    def __init__(
        self,
        definition: Definition,
        composites: Mapping[str, str],
        ports: Mapping[str, Ports],
        old: Old | None,
        inner: bool,
    ) -> None:
        self.definition = definition
        self.composites = composites
        self.ports = ports
        self.old = old
        self.inner = inner
        self.matches = match(definition, old, composites) if old is not None else Matches()
        self.steps = {step.node.id: step for step in old.program.steps} if old is not None else {}
        self.names = dict(identifiers(old.graph)) if old is not None else {}
        self.said = labels(old.program) if old is not None else {}
        for part, key in self.matches.ids.items():
            if isinstance(part, Drawn) and key in self.steps:
                _choose(part, self.steps[key].node.type)
        self.ids: dict[_Part, str] = {}
        self.taken: set[str] = set(old.graph.nodes) if old is not None else set()

    def build(self) -> Built:
        parts: list[_Part] = [*self.definition.entries, *self.definition.nodes]
        loose = [Drawn(made, made.line, key=made.attribute) for made in self.definition.loose]
        parts += [*loose, *self.definition.exits]
        for part in parts:
            self.ids[part] = self.matches.ids.get(part) or self._fresh(self._type(part))
        nodes = {self.ids[part]: self._node(part) for part in parts}
        keys = {self.ids[part]: part.key if isinstance(part, Drawn) else part.name for part in parts}
        wires = self._wires()
        if self.old is not None:
            nodes, wires = self._kept(nodes, wires)
        graph = _in_order(nodes, wires, keys, list(self.old.graph.nodes) if self.old is not None else [])
        instead = {self.ids[drawn]: key for drawn, key in self.matches.instead.items()}
        known = set(self.old.graph.nodes) if self.old is not None else set()
        return Built(graph, self.ids, frozenset(nodes.keys() - known), instead)

    # -- nodes ----------------------------------------------------------------------------------------

    def _type(self, part: _Part) -> str:
        if isinstance(part, Entry):
            return "input"
        if isinstance(part, Exit):
            return "output"
        return COMPOSITE if part.made.part is not None else part.bound.block.type

    def _fresh(self, kind: str) -> str:
        number = 1
        while f"{kind}_{number}" in self.taken:
            number += 1
        self.taken.add(f"{kind}_{number}")
        return f"{kind}_{number}"

    def _node(self, part: _Part) -> Node:
        key = self.ids[part]
        there = self.old.graph.nodes.get(key) if self.old is not None else None
        name = part.key if isinstance(part, Drawn) else part.name
        label = part.label or (part.made.label if isinstance(part, Drawn) and part.shares is None else "")
        if there is not None and label == self.said.get(self.names[key], ""):
            name = there.name if self.names[key] == name or label else name
        elif label:
            name = label
        base = there or Node(key, self._type(part), name)
        if isinstance(part, Exit):
            return dataclasses.replace(base, name=name)
        if isinstance(part, Entry):
            return dataclasses.replace(base, name=name, parameters=self._entering(part, base))
        changed = dataclasses.replace(
            base,
            name=name,
            parameters=freeze(self._parameters(part, base)),
            shares=self.ids[part.shares] if part.shares is not None else "",
            frozen=part.made.frozen if part.shares is None else base.frozen,
            initial=_initial(part, base, self.steps.get(base.id)),
            bypassed=False,
        )
        if part.made.part is not None:
            return dataclasses.replace(
                changed, composite=self.composites[part.made.part.name], repeat=part.made.repeat
            )
        return dataclasses.replace(changed, type=part.bound.block.type)

    def _entering(self, entry: Entry, base: Node) -> Mapping[str, Value]:
        """Give the parameters of an Input: what the docstring tells, unless the drawing says it already."""
        known = self.old.program.inputs if self.old is not None else ()
        tensor = next((one for key, _, one in known if key == base.id), None)
        if tensor is not None and self.inner:
            return base.parameters
        values: dict[str, Value] = dict(base.parameters)
        if entry.shape is not None:
            told = entering(entry.shape, "", entry.open).written()
            if tensor is None or tensor.written() != told:
                values["shape"], values["open"] = entry.shape, entry.open
        if entry.dtype in ("float32", "int64") and (tensor is None or tensor.dtype != entry.dtype):
            values["dtype"] = entry.dtype
        defaults = _INPUT.defaults()
        return freeze(
            {
                name: value
                for name, value in values.items()
                if name in base.parameters or not same(value, defaults.get(name))
            }
        )

    def _parameters(self, drawn: Drawn, base: Node) -> dict[str, Value]:
        """Give the parameters of a node; what the text does not change is as the drawing has it."""
        made, step = drawn.made, self.steps.get(base.id)
        if made.part is not None:
            defaults: Mapping[str, Value] = {
                one.name: one.default for one in made.part.offered() if one.default is not None
            }
            read = {**defaults, **made.arguments}
            kept = {name: value for name, value in base.parameters.items() if name in read}
        else:
            defaults = drawn.bound.block.defaults()
            read = dict(drawn.bound.parameters)
            kept = {name: value for name, value in base.parameters.items() if name in defaults}
        for name, value in read.items():
            if step is not None and name not in kept and self._as_it_arrives(step, name, value):
                continue
            before = kept.get(name, defaults.get(name))
            if step is not None and _unchanged(value, before, step.values.get(name)):
                continue
            if name in defaults and same(value, defaults[name]) and not is_arithmetic(value):
                kept.pop(name, None)
            else:
                kept[name] = value
        return kept

    def _as_it_arrives(self, step: Step, name: str, value: Value) -> bool:
        """Tell whether a parameter of a composite is what the drawing reads off what arrives."""
        parameter = step.block.parameters.get(name)
        if self.old is None or parameter is None or parameter.reads is None:
            return False
        try:
            return same(computed(value, self.old.program.values), step.values.get(name))
        except ExpressionError:
            # It is an argument that the class has for this size alone.
            return handed_down(value) in self.definition.sized

    # -- wires ----------------------------------------------------------------------------------------

    def _wires(self) -> set[Wire]:
        wires: set[Wire] = set()
        for drawn in self.definition.nodes:
            for port, refs in drawn.inputs.items():
                name = port if drawn.made.part is None else self.ports[drawn.made.part.name].inputs[port]
                wires |= self._into(Endpoint(self.ids[drawn], name), refs)
        for one in self.definition.exits:
            if one.ref is not None:
                wires |= self._into(Endpoint(self.ids[one], "x"), [one.ref])
        return wires

    def _into(self, target: Endpoint, refs: list[Ref]) -> set[Wire]:
        """Give the wires into a port: those that were there when it takes the same as before."""
        sources = [self._endpoint(ref) for ref in refs]
        if self.old is not None and target.node in self.old.graph.nodes:
            there = [wire for wire in self.old.graph.into(target.node) if wire.target == target]
            if [(one.node, one.port) for one in sources] == self._before(target):
                return set(there)
        return {Wire(source, target, index) for index, source in enumerate(sources)}

    def _before(self, target: Endpoint) -> list[tuple[str, str]]:
        assert self.old is not None
        step = self.steps.get(target.node)
        if step is not None:
            return [self.old.origin(source) for source in step.inputs.get(target.port, ())]
        ends = [node.id for node in self.old.graph.of_type("output")]
        if target.node in ends:
            return [self.old.origin(self.old.program.outputs[ends.index(target.node)][1])]
        return []

    def _endpoint(self, ref: Ref) -> Endpoint:
        source = ref.source
        if isinstance(source, Drawn) and source.made.part is not None:
            return Endpoint(self.ids[source], self.ports[source.made.part.name].outputs[ref.port])
        return Endpoint(self.ids[source], ref.port)

    # -- what the text does not show ------------------------------------------------------------------------

    def _kept(self, nodes: dict[str, Node], wires: set[Wire]) -> tuple[dict[str, Node], set[Wire]]:
        """Keep what the source leaves out: blocks that lead nowhere, that are bypassed, and loose wires."""
        assert self.old is not None
        graph = self.old.graph
        shown = {step.node.id for step in self.old.steps().values()}
        shown |= {node.id for node in graph.nodes.values() if node.type in ("input", "output")}
        hidden = {key: node for key, node in graph.nodes.items() if key not in shown and key not in nodes}
        needed = graph.upstream(node.id for node in graph.of_type("output"))
        every = {**nodes, **hidden}
        fed = {wire.target for wire in wires}
        wires |= {
            wire
            for wire in graph.wires
            if wire.source.node in every
            and wire.target.node in every
            and (wire.target.node in hidden or (not wire.enabled and wire.target not in fed))
        }
        while True:  # a bypassed block that no wire leaves any more goes with what it fed
            feeding = {wire.source.node for wire in wires}
            idle = {key for key in every if key in hidden and key in needed and key not in feeding}
            if not idle:
                break
            every = {key: node for key, node in every.items() if key not in idle}
            wires = {wire for wire in wires if wire.target.node not in idle}
        wires = {wire for wire in wires if wire.source.node in every and wire.target.node in every}
        return {
            key: dataclasses.replace(node, shares="") if node.shares and node.shares not in every else node
            for key, node in every.items()
        }, wires


def _initial(drawn: Drawn, base: Node, step: Step | None) -> Mapping[str, Initial]:
    """Give how weights begin; what the text does not change, or does not show, is as the drawing has it."""
    if drawn.shares is not None or drawn.made.part is not None:
        return base.initial
    there = parts(step.weights) if step is not None else {}
    hidden = {place: one for place, one in base.initial.items() if step is not None and not there[place]}
    told = {
        place: base.initial[place] if place in base.initial and same_way(read, base.initial[place]) else read
        for place, read in drawn.made.initial.items()
    }
    return MappingProxyType({**hidden, **told})


def _choose(drawn: Drawn, kind: str) -> None:
    """Take a call for the block that it was, where it can be several."""
    if drawn.chosen is None and drawn.made.part is None:
        kinds = [bound.block.type for bound in drawn.made.bound]
        drawn.chosen = kinds.index(kind) if kind in kinds else None


def _unchanged(read: Value, before: Value, resolved: Value) -> bool:
    """Tell whether the text says what the drawing said."""
    if isinstance(read, Expression):
        return isinstance(before, Expression) and same_arithmetic(read, before)
    if isinstance(read, tuple) and is_arithmetic(read):
        parts = before if isinstance(before, tuple) else ()
        return len(read) == len(parts) and all(map(_unchanged, read, parts, parts))
    if names_in(before):
        return False
    return same(read, resolved)


def _in_order(
    nodes: Mapping[str, Node], wires: Iterable[Wire], keys: Mapping[str, str], old: list[str]
) -> Graph:
    """Put the nodes in an order that gives every block the name that it has in the text.

    The order of the drawing stays where it does; else the blocks stand as the text names them.

    Args:
        nodes: all nodes; those of the text come first, in its order.
        wires: all wires.
        keys: id to the name in the text.
        old: the order of the drawing.
    """
    drawn = Graph.of(nodes.values(), wires)
    shown = [key for key in nodes if key in keys]
    orders = [_woven(list(nodes), old), [*shown, *(key for key in nodes if key not in keys)]]
    orders[1] = _beside(drawn, orders[1], keys)
    for order in orders:
        graph = Graph.of((nodes[key] for key in order), wires)
        if _runs_as(graph, shown) and _mismatched(graph, keys) == []:
            return graph
    changed = dict(nodes)
    for _ in range(len(nodes) + 1):
        wrong = _mismatched(graph, keys)
        if not wrong:
            break
        for key in wrong:
            changed[key] = dataclasses.replace(changed[key], name=keys[key])
        graph = Graph.of((changed[key] for key in orders[1]), wires)
    return graph


def _woven(new: list[str], old: list[str]) -> list[str]:
    """Keep the old order; each new id stands behind the one that it stands behind in the new order."""
    there = set(new)
    order = [key for key in old if key in there]
    known = set(order)
    last = ""
    for key in new:
        if key not in known:
            order.insert(order.index(last) + 1 if last else 0, key)
            known.add(key)
        last = key
    return order


def _beside(graph: Graph, order: list[str], keys: Mapping[str, str]) -> list[str]:
    """Put each block that the text does not show behind what feeds it, so that it holds nothing up."""
    result = [key for key in order if key in keys]
    for key in graph.order():
        if key not in keys:
            feeding = [
                result.index(wire.source.node) for wire in graph.into(key) if wire.source.node in result
            ]
            result.insert(max(feeding) + 1 if feeding else len(result), key)
    return [*result, *(key for key in order if key not in set(result))]


def _runs_as(graph: Graph, shown: list[str]) -> bool:
    """Tell whether inputs, steps and outputs come in the order of the text."""
    kinds = {key: graph.nodes[key].type for key in shown}
    for kind in ("input", "output"):
        if [node.id for node in graph.of_type(kind)] != [key for key in shown if kinds[key] == kind]:
            return False
    steps = [key for key in shown if kinds[key] not in ("input", "output")]
    wanted = set(steps)
    return [key for key in graph.order() if key in wanted] == steps


def _mismatched(graph: Graph, keys: Mapping[str, str]) -> list[str]:
    names = identifiers(graph)
    return [key for key, name in keys.items() if names[key] != name]
