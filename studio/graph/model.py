"""The network as a value: what a node, a wire and a graph are, and the order they run in.

Everything here is frozen. An edit makes a new `Graph` that shares every unchanged node with the old
one, so a snapshot costs nothing, needs no lock, and undo is putting the old value back.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from studio.graph.expression import Expression

Value: TypeAlias = "bool | int | float | str | Expression | tuple[Value, ...] | None"
"""What a parameter can hold: exactly what the project file can hold."""

NO_PARAMETERS: Mapping[str, Value] = MappingProxyType({})


def freeze(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Give a read-only copy of parameter values."""
    return MappingProxyType(dict(values))


def same(one: Value, other: Value) -> bool:
    """Tell whether two values are the same in a file: `1`, `1.0` and `True` are equal, and not the same."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other) if isinstance(one, float) else one == other


def same_values(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Tell whether two sets of parameter values are the same in a file."""
    return one is other or (
        one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    )


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """One port of one node.

    Attributes:
        node: the node's id.
        port: the port's name, as its block declares it.
    """

    node: str
    port: str


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """A tensor's way from an output to an input.

    Attributes:
        source: the output that it leaves.
        target: the input that it enters.
        index: its place among the wires of an input that takes several (concatenate, add); else 0.
        enabled: a disabled wire stays drawn and carries nothing.
    """

    source: Endpoint
    target: Endpoint
    index: int = 0
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Initial:
    """How the weights, or the biases, of a block begin.

    Attributes:
        type: the declared way, such as `kaiming_normal`.
        parameters: what was set by hand.
    """

    type: str
    parameters: Mapping[str, Value] = field(default_factory=lambda: NO_PARAMETERS)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same in a file."""
        if not isinstance(other, Initial):
            return NotImplemented
        return self.type == other.type and same_values(self.parameters, other.parameters)

    __hash__ = None  # type: ignore[assignment]


NO_INITIAL: Mapping[str, Initial] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One block placed in a graph.

    Attributes:
        id: short, stable, unique in its graph; never shown.
        type: the block's permanent type, or `composite`.
        name: the label a person sees; not unique, any text.
        parameters: only what differs from the block's defaults or was set by hand.
        composite: the name of the definition when `type` is `composite`, else empty.
        repeat: how often a composite runs in a row.
        shares: id of the node whose weights this node uses, or empty.
        frozen: its weights are not trained.
        rate_factor: its learning rate as a multiple of the plan's.
        bypassed: it passes its input through unchanged.
        initial: how its `weight` and its `bias` begin; as PyTorch makes them where they are not named.
    """

    id: str
    type: str
    name: str
    parameters: Mapping[str, Value] = field(default_factory=lambda: NO_PARAMETERS)
    composite: str = ""
    repeat: int = 1
    shares: str = ""
    frozen: bool = False
    rate_factor: float = 1.0
    bypassed: bool = False
    initial: Mapping[str, Initial] = field(default_factory=lambda: NO_INITIAL)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same in a file."""
        if self is other:
            return True
        if not isinstance(other, Node):
            return NotImplemented
        return (
            self._own() == other._own()
            and same_values(self.parameters, other.parameters)
            and self.initial == other.initial
        )

    __hash__ = None  # type: ignore[assignment]  # holds a mapping: compare it, do not hash it

    def _own(self) -> tuple[object, ...]:
        return (
            self.id,
            self.type,
            self.name,
            self.composite,
            self.repeat,
            self.shares,
            self.frozen,
            self.rate_factor,
            self.bypassed,
        )

    def with_parameters(self, changes: Mapping[str, Value]) -> Node:
        """Give the node with some parameters set."""
        return dataclasses.replace(self, parameters=freeze({**self.parameters, **changes}))

    def without_parameter(self, name: str) -> Node:
        """Give the node with a parameter back at its default."""
        return dataclasses.replace(
            self, parameters=freeze({key: value for key, value in self.parameters.items() if key != name})
        )


@dataclass(frozen=True)
class Graph:
    """Nodes in the order they were drawn, and the wires between them.

    Attributes:
        nodes: id to node; the order is that of the document and decides the order of inputs and outputs.
        wires: unordered for meaning, kept sorted for the file.
    """

    nodes: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    wires: frozenset[Wire] = frozenset()

    @classmethod
    def of(cls, nodes: Iterable[Node], wires: Iterable[Wire] = ()) -> Graph:
        """Make a graph from nodes and wires as they are; every wire must end at two of the nodes."""
        return cls(MappingProxyType({node.id: node for node in nodes}), frozenset(wires))

    def __len__(self) -> int:
        """Give the number of nodes."""
        return len(self.nodes)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same drawing, the order of the nodes included."""
        if self is other:
            return True
        if not isinstance(other, Graph):
            return NotImplemented
        return list(self.nodes.values()) == list(other.nodes.values()) and self.wires == other.wires

    __hash__ = None  # type: ignore[assignment]  # holds mappings: compare it, do not hash it

    # -- looking -----------------------------------------------------------------------------------

    def into(self, node: str) -> list[Wire]:
        """Give the wires that enter a node, sorted by port and place."""
        return sorted(
            self._incoming.get(node, ()), key=lambda wire: (wire.target.port, wire.index, wire.source)
        )

    def out_of(self, node: str) -> list[Wire]:
        """Give the wires that leave a node, sorted."""
        return sorted(self._outgoing.get(node, ()))

    @property
    def _incoming(self) -> Mapping[str, list[Wire]]:
        return self._ends()[0]

    @property
    def _outgoing(self) -> Mapping[str, list[Wire]]:
        return self._ends()[1]

    def _ends(self) -> tuple[dict[str, list[Wire]], dict[str, list[Wire]]]:
        """Give the wires by their ends; computed once, as the value never changes."""
        cached: tuple[dict[str, list[Wire]], dict[str, list[Wire]]] | None = self.__dict__.get("_by_end")
        if cached is None:
            incoming: dict[str, list[Wire]] = {}
            outgoing: dict[str, list[Wire]] = {}
            for wire in self.wires:
                incoming.setdefault(wire.target.node, []).append(wire)
                outgoing.setdefault(wire.source.node, []).append(wire)
            cached = (incoming, outgoing)
            object.__setattr__(self, "_by_end", cached)
        return cached

    def order(self) -> list[str]:
        """Give node ids so that each comes after what feeds it; ties keep the document's order.

        Nodes on a cycle, and what hangs behind them, are left out: `cycles` names them.
        """
        place = {node: index for index, node in enumerate(self.nodes)}
        names = list(self.nodes)
        waiting = dict.fromkeys(self.nodes, 0)
        for wire in self.wires:
            waiting[wire.target.node] += 1
        ready = [place[node] for node, count in waiting.items() if count == 0]
        heapq.heapify(ready)
        result: list[str] = []
        while ready:
            node = names[heapq.heappop(ready)]
            result.append(node)
            for wire in self._outgoing.get(node, ()):
                waiting[wire.target.node] -= 1
                if waiting[wire.target.node] == 0:
                    heapq.heappush(ready, place[wire.target.node])
        return result

    def cycles(self) -> list[list[str]]:
        """Give the groups of nodes that feed each other in a circle, in the document's order."""
        import networkx as nx  # a quarter of the time that a window takes to start, and only wanted here

        place = {node: index for index, node in enumerate(self.nodes)}
        drawn: nx.DiGraph[str] = nx.DiGraph()
        drawn.add_edges_from((wire.source.node, wire.target.node) for wire in self.wires)
        groups = [sorted(group, key=place.__getitem__) for group in nx.strongly_connected_components(drawn)]
        return sorted(
            (group for group in groups if len(group) > 1 or drawn.has_edge(group[0], group[0])),
            key=lambda group: place[group[0]],
        )

    def downstream(self, starts: Iterable[str]) -> set[str]:
        """Give the starting nodes and everything that they feed."""
        seen: set[str] = set()
        stack = list(starts)
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                stack.extend(wire.target.node for wire in self._outgoing.get(node, ()))
        return seen

    def upstream(self, starts: Iterable[str]) -> set[str]:
        """Give the starting nodes and everything that feeds them."""
        seen: set[str] = set()
        stack = list(starts)
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                stack.extend(wire.source.node for wire in self._incoming.get(node, ()))
        return seen

    def would_cycle(self, source: str, target: str) -> bool:
        """Tell whether a wire from `source` to `target` would close a circle."""
        return source in self.downstream([target])

    def of_type(self, kind: str) -> Iterator[Node]:
        """Give the nodes of a type in the document's order."""
        return (node for node in self.nodes.values() if node.type == kind)

    # -- changing: each gives a new graph -----------------------------------------------------------

    def with_nodes(self, nodes: Iterable[Node]) -> Graph:
        """Give the graph with nodes added or replaced; a replaced node keeps its place."""
        changed = Graph(MappingProxyType({**self.nodes, **{node.id: node for node in nodes}}), self.wires)
        if "_by_end" in self.__dict__:
            # The wires are the same, so what is known of their ends still holds.
            object.__setattr__(changed, "_by_end", self.__dict__["_by_end"])
        return changed

    def without_nodes(self, ids: Iterable[str]) -> Graph:
        """Give the graph without some nodes, without their wires, and with no one sharing their weights."""
        gone = set(ids)
        kept = {
            key: dataclasses.replace(node, shares="") if node.shares in gone else node
            for key, node in self.nodes.items()
            if key not in gone
        }
        return Graph(
            MappingProxyType(kept),
            frozenset(w for w in self.wires if w.source.node not in gone and w.target.node not in gone),
        )

    def with_wires(self, wires: Iterable[Wire]) -> Graph:
        """Give the graph with wires added."""
        return Graph(self.nodes, self.wires | frozenset(wires))

    def without_wires(self, wires: Iterable[Wire]) -> Graph:
        """Give the graph with wires removed."""
        return Graph(self.nodes, self.wires - frozenset(wires))

    def fresh_id(self, stem: str) -> str:
        """Give an id that no node of this graph has: `stem_1`, `stem_2`, ..."""
        taken = (
            int(key[len(stem) + 1 :])
            for key in self.nodes
            if key.startswith(stem + "_") and key[len(stem) + 1 :].isdecimal() and len(key) < len(stem) + 10
        )
        number = max(taken, default=0) + 1
        while f"{stem}_{number}" in self.nodes:  # a number too long to have been counted
            number += 1
        return f"{stem}_{number}"
