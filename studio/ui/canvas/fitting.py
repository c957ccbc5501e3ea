"""Which ports fit a wire that is being pulled, and why others do not."""

from __future__ import annotations

from dataclasses import dataclass

from studio.graph import Endpoint, Message
from studio.project import GraphRef, Project, block_of, edits


@dataclass(frozen=True, slots=True)
class PortRef(Endpoint):
    """One port of one node, and which side of it.

    Attributes:
        output: whether data leaves here.
    """

    output: bool = False

    def endpoint(self) -> Endpoint:
        """Give the port as a wire holds it."""
        return Endpoint(self.node, self.port)


class Pull:
    """Wires on their way: the graph that they will be part of, and where they may end."""

    def __init__(self, project: Project, ref: GraphRef, origins: tuple[PortRef, ...]) -> None:
        """Find all nodes that would close a circle, at once for the whole graph.

        Args:
            project: the project without the wires that were taken off.
            ref: the graph.
            origins: the ports that the wires hang on, all on the same side.
        """
        self.project = project
        self.ref = ref
        self.origins = origins
        self._output = origins[0].output
        graph, nodes = project.graph(ref), [origin.node for origin in origins]
        self._circular = graph.upstream(nodes) if self._output else graph.downstream(nodes)

    def lights(self, node: str) -> bool:
        """Tell whether some port of a node fits; where the wires hang is not dimmed either."""
        return any(node == origin.node for origin in self.origins) or bool(self.lit(node))

    def lit(self, node: str) -> str:
        """Give the side of a node whose ports fit: "in", "out" or nothing."""
        if node in self._circular or not self._ports(node):
            return ""
        return "in" if self._output else "out"

    def _ports(self, node: str) -> list[str]:
        graph = self.project.graph(self.ref)
        if node not in graph.nodes:
            return []
        block = block_of(self.project, graph, graph.nodes[node])
        return [port.name for port in (block.inputs if self._output else block.outputs)]

    def wire(self, origin: PortRef, other: PortRef) -> tuple[Endpoint, Endpoint]:
        """Give source and target of the wire between a port it hangs on and another."""
        here, there = origin.endpoint(), other.endpoint()
        return (here, there) if self._output else (there, here)

    def refusal(self, other: PortRef) -> Message | None:
        """Say why the wires cannot end at a port, or None when they can."""
        if other.output == self._output:
            if self._output:
                return Message("An output cannot feed an output. Drop the wire on an input.")
            return Message("An input cannot feed an input. Drop the wire on an output.")
        reasons = (
            edits.refusal(self.project, self.ref, *self.wire(origin, other)) for origin in self.origins
        )
        return next((reason for reason in reasons if reason is not None), None)

    def refusal_of(self, node: str) -> Message | None:
        """Say why no port of a node fits."""
        ports = self._ports(node)
        if not ports:
            name = self.project.graph(self.ref).nodes[node].name
            if self._output:
                return Message("“{name}” has no input.", name=name)
            return Message("“{name}” has no output.", name=name)
        return self.refusal(PortRef(node, ports[0], not self._output))

    def best(self, node: str) -> PortRef | None:
        """Give the port of a node that a wire dropped on its body takes: a free one before others."""
        if not self.lit(node):
            return None
        ports = self._ports(node)
        graph = self.project.graph(self.ref)
        if self._output:
            taken = {wire.target.port for wire in graph.into(node)}
            block = block_of(self.project, graph, graph.nodes[node])
            wanted = [p.name for p in block.inputs if not p.optional and (p.many or p.name not in taken)]
            ports = wanted or [name for name in ports if name not in taken] or ports
        return PortRef(node, ports[0], not self._output)

    def candidates(self) -> list[PortRef]:
        """Give every port that fits, in the order of the document, each node's best one first."""
        found: list[PortRef] = []
        for node in self.project.graph(self.ref).nodes:
            best = self.best(node)
            if best is not None:
                found.append(best)
                rest = (name for name in self._ports(node) if name != best.port)
                found.extend(PortRef(node, name, best.output) for name in rest)
        return found
