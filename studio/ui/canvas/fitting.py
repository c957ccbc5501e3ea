"""Which ports fit a wire that is being pulled, and why others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.blocks import Block, Dtype, Port
from studio.graph import Endpoint, Message
from studio.project import GraphRef, Project, block_of, edits

if TYPE_CHECKING:
    from studio.compiler import Report, Tensor


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


def leaving(report: Report | None, end: Endpoint) -> Tensor | None:
    """Give what is known to leave a port."""
    row = report.nodes.get(end.node) if report is not None else None
    return row.outputs.get(end.port) if row is not None else None


def takes(port: Port, tensor: Tensor | None) -> bool:
    """Tell whether an input can take a tensor; what is not known is taken."""
    return tensor is None or (_ranked(port, tensor) and port.dtype in ("any", _kind(tensor)))


def gives(port: Port, wanted: Port | None) -> bool:
    """Tell whether an output can give what an input wants."""
    return wanted is None or "any" in (port.dtype, wanted.dtype) or port.dtype == wanted.dtype


def _ranked(port: Port, tensor: Tensor) -> bool:
    return not port.rank or len(tensor.shape) in port.rank


def _kind(tensor: Tensor) -> Dtype:
    return "float" if tensor.dtype.startswith(("float", "bfloat")) else "int"


class Pull:
    """Wires on their way: the graph that they will be part of, and where they may end.

    A port is open where a wire may end; it fits where what would flow has the rank and the kind of numbers
    that it takes. One that is open and does not fit is dimmed and says why, and takes the wire all the same:
    the problem that this makes tells how it is mended.
    """

    def __init__(
        self, project: Project, ref: GraphRef, origins: tuple[PortRef, ...], report: Report | None = None
    ) -> None:
        """Find all nodes that would close a circle, at once for the whole graph.

        Args:
            project: the project without the wires that were taken off.
            ref: the graph.
            origins: the ports that the wires hang on, all on the same side.
            report: what is known to flow.
        """
        self.project = project
        self.ref = ref
        self.origins = origins
        self._report = report
        self._output = origins[0].output
        graph, nodes = project.graph(ref), [origin.node for origin in origins]
        self._circular = graph.upstream(nodes) if self._output else graph.downstream(nodes)
        self._known: dict[str, frozenset[str]] = {}

    def lights(self, node: str) -> bool:
        """Tell whether some port of a node fits; where the wires hang is not dimmed either."""
        return any(node == origin.node for origin in self.origins) or bool(self.lit(node))

    def lit(self, node: str) -> str:
        """Give the side of a node on which some port fits: "in", "out" or nothing."""
        if not self._open(node) or len(self.unfit(node)) == len(self._ports(node)):
            return ""
        return "in" if self._output else "out"

    def unfit(self, node: str) -> frozenset[str]:
        """Give the open ports of a node that what would flow does not fit."""
        found = self._known.get(node)
        if found is None:
            ports = self._ports(node) if self._open(node) else []
            found = frozenset(
                name for name in ports if self.doubt(PortRef(node, name, not self._output)) is not None
            )
            self._known[node] = found
        return found

    def doubt(self, other: PortRef) -> Message | None:
        """Say why what would flow does not fit a port where a wire may end, as far as it is known."""
        return next((why for origin in self.origins if (why := self._doubt(origin, other)) is not None), None)

    def _doubt(self, origin: PortRef, other: PortRef) -> Message | None:
        source, target = self.wire(origin, other)
        graph = self.project.graph(self.ref)
        out, into = self._block(source.node).output(source.port), self._block(target.node).input(target.port)
        if out is None or into is None:
            return None
        tensor = leaving(self._report, source)
        name = graph.nodes[target.node].name
        if tensor is not None and not _ranked(into, tensor):
            ranks = " / ".join(map(str, into.rank))
            return Message(
                "“{name}” takes {ranks} dimensions with the batch, and {received} would arrive. "
                "You can drop it here: a problem then says how to mend it.",
                name=name,
                ranks=ranks,
                received=str(tensor),
            )
        if takes(into, tensor) if tensor is not None else gives(out, into):
            return None
        if into.dtype == "float":
            return Message(
                "“{name}” computes with real numbers, and whole numbers would arrive. "
                "You can drop it here: a problem then says how to mend it.",
                name=name,
            )
        return Message(
            "“{name}” takes whole numbers, and real numbers would arrive. "
            "You can drop it here: a problem then says how to mend it.",
            name=name,
        )

    def _block(self, node: str) -> Block:
        graph = self.project.graph(self.ref)
        return block_of(self.project, graph, graph.nodes[node])

    def _open(self, node: str) -> bool:
        """Tell whether a wire may end at a node."""
        return node not in self._circular and bool(self._ports(node))

    def _ports(self, node: str) -> list[str]:
        if node not in self.project.graph(self.ref).nodes:
            return []
        block = self._block(node)
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
        """Give the port of a node that a wire dropped on its body takes: one that fits, a free one first."""
        if not self._open(node):
            return None
        ports = self._ports(node)
        if self._output:
            taken = {wire.target.port for wire in self.project.graph(self.ref).into(node)}
            block = self._block(node)
            wanted = [p.name for p in block.inputs if not p.optional and (p.many or p.name not in taken)]
            free = [name for name in ports if name not in taken]
            ports = wanted or free or ports
        unfit = self.unfit(node)
        return PortRef(node, min(ports, key=lambda name: name in unfit), not self._output)

    def candidates(self) -> list[PortRef]:
        """Give every port where a wire may end, in the document's order, each node's best one first."""
        found: list[PortRef] = []
        for node in self.project.graph(self.ref).nodes:
            best = self.best(node)
            if best is not None:
                found.append(best)
                rest = (name for name in self._ports(node) if name != best.port)
                found.extend(PortRef(node, name, best.output) for name in rest)
        return found
