"""What a node shows, as a value: two equal cards look the same, so nothing is painted again in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.blocks import Block
from studio.graph import Graph, Node, Wire
from studio.project import COMPOSITE, GraphRef, Project, block_of
from studio.ui.canvas.geometry import Shape, shape_of
from studio.ui.canvas.summary import sizes, summary
from studio.ui.canvas.trimming import shown
from studio.ui.editing.composites import called, definition_of
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.compiler import Problem, Report

LONGEST = 120
"""Characters of a name that are ever laid out; a file can hold far longer ones."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one node shows.

    Attributes:
        id: the node's id.
        name: its label, on one line.
        title: what its block is called, in the language in use.
        line: its most telling parameters.
        family: the group whose colours it wears.
        icon: a name of `icons.NAMES`.
        shape: its size and ports.
        repeat: how often it runs.
        frozen: whether its weights are not trained.
        shares: whether it uses another node's weights.
        bypassed: whether it passes its input through.
        pinned: whether it keeps its place.
        spare: how many of its ports are hidden.
        severity: "error", "warning" or nothing.
        loose: shapes of outputs that no wire leaves, by port.
    """

    id: str
    name: str
    title: str
    line: str
    family: str
    icon: str
    shape: Shape
    repeat: int = 1
    frozen: bool = False
    shares: bool = False
    bypassed: bool = False
    severity: str = ""
    loose: tuple[tuple[str, str], ...] = ()
    pinned: bool = False
    spare: int = 0

    def spoken(self) -> str:
        """Give the card as a sentence for a screen reader."""
        parts = [self.name, self.title, self.line]
        if self.bypassed:
            parts.append(tr("bypassed"))
        if self.frozen:
            parts.append(tr("frozen"))
        if self.pinned:
            parts.append(tr("pinned"))
        if self.spare:
            parts.append(tr("{count} unused {count:port|ports} hidden", count=self.spare))
        if self.severity:
            parts.append(tr("error") if self.severity == "error" else tr("warning"))
        return ", ".join(part for part in parts if part)


class Cards:
    """Makes the cards of one graph; looks up each composite and each node's problems once."""

    def __init__(
        self,
        project: Project,
        ref: GraphRef,
        report: Report | None,
        wires_at: Callable[[str], Iterable[Wire]] | None = None,
    ) -> None:
        """Keep the snapshot that is shown.

        Args:
            project: the project.
            ref: which of its graphs.
            report: what is known of it.
            wires_at: gives the wires of a node, where somebody knows them without asking the graph, which
                sorts all its wires by their ends anew after every edit.
        """
        self.project = project
        self.graph: Graph = project.graph(ref)
        self.report = report
        self._wires_at = wires_at or self._graph_wires
        layout = project.layout_of(ref)
        self.small = layout.collapsed
        self.pinned = layout.pinned
        self.trimmed = layout.trimmed
        self.down, self.direction = layout.down, layout.direction
        self.reroutes = layout.reroutes
        self._blocks: dict[str, Block] = {}
        self.worst: dict[str, str] = {}
        for problem in report.problems if report is not None else ():
            if problem.severity == "error" or problem.node not in self.worst:
                self.worst[problem.node] = problem.severity

    def block(self, node: Node) -> Block:
        """Give the declaration behind a node."""
        if node.type != COMPOSITE:
            return block_of(self.project, self.graph, node)
        if node.composite not in self._blocks:
            made = block_of(self.project, self.graph, node)
            if not made.known:
                return made
            self._blocks[node.composite] = made
        return self._blocks[node.composite]

    def card(self, id: str) -> Card:
        """Make the card of a node."""
        node = self.graph.nodes[id]
        block = self.block(node)
        arriving, leaving = self._ends(id)
        inputs, outputs, spare = block.inputs, block.outputs, 0
        if id in self.trimmed:
            inputs, outputs = shown(block, arriving, leaving)
            spare = len(block.inputs) + len(block.outputs) - len(inputs) - len(outputs)
        lined = bool(block.editable()) or node.type in ("output", COMPOSITE)
        return Card(
            id=id,
            name=one_line(node.name),
            title=title_of(block),
            line=self._line(node, block) if lined else "",
            family=block.group,
            icon="quit" if node.type == "output" else f"family_{block.group}",
            shape=shape_of(
                inputs,
                outputs,
                tuple(arriving[port.name] for port in inputs) + tuple(leaving[port.name] for port in outputs),
                small=id in self.small,
                down=self.down,
            ),
            repeat=node.repeat,
            frozen=node.frozen,
            shares=bool(node.shares),
            bypassed=node.bypassed,
            pinned=id in self.pinned,
            spare=spare,
            severity=self.worst.get(id, ""),
            loose=tuple(
                (port.name, compact(self.output(id, port.name)))
                for port in outputs
                if not leaving[port.name] and self.output(id, port.name)
            ),
        )

    def spare(self, id: str) -> bool:
        """Tell whether a node has ports that would be hidden with all unused ones."""
        block = self.block(self.graph.nodes[id])
        return shown(block, *self._ends(id)) != (block.inputs, block.outputs)

    def _ends(self, id: str) -> tuple[Counter[str], Counter[str]]:
        """Count the wires at each input and at each output of a node."""
        wires = list(self._wires_at(id))
        return (
            Counter(wire.target.port for wire in wires if wire.target.node == id),
            Counter(wire.source.port for wire in wires if wire.source.node == id),
        )

    def _graph_wires(self, node: str) -> Iterable[Wire]:
        # A wire from a node to itself can stand in a file; it is one wire.
        return {*self.graph.into(node), *self.graph.out_of(node)}

    def output(self, node: str, port: str) -> str:
        """Give the sizes that leave a port, or nothing where they are not known."""
        known = self.report.nodes.get(node) if self.report is not None else None
        tensor = known.outputs.get(port) if known is not None else None
        return str(tensor) if tensor is not None else ""

    def bad_ends(self) -> Mapping[tuple[str, str], str]:
        """Give the inputs that a problem names, with how bad it is."""
        problems: tuple[Problem, ...] = self.report.problems if self.report is not None else ()
        return {(p.node, p.port): p.severity for p in reversed(problems) if p.port}

    def wire_label(self, wire: Wire) -> str:
        """Give the sizes that flow through a wire."""
        return self.output(wire.source.node, wire.source.port) if wire.enabled else ""

    def _line(self, node: Node, block: Block) -> str:
        if node.type == "output":
            known = self.report.nodes.get(node.id) if self.report is not None else None
            arrived = next(iter(known.inputs.values()), ()) if known is not None else ()
            return str(arrived[0]) if arrived else ""
        told = summary(block, node)
        if node.type == COMPOSITE and not told:
            composite = self.project.composites.get(node.composite)
            return (
                tr("{count} {count:block|blocks}", count=len(composite.graph))
                if composite is not None
                else ""
            )
        if node.type == "input" and not told:
            return sizes(node.parameters.get("shape"))
        return told


def title_of(block: Block) -> str:
    """Give what a block is called: a composite by its own name, all others in the language in use."""
    if definition_of(block):
        return one_line(called(block.title))
    if not block.known:
        return one_line(block.title)
    return tr(block.title)


def one_line(text: str) -> str:
    """Give a text of a file so that it can stand on one line: no breaks, no control characters."""
    short = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return "".join(char if char.isprintable() else "␣" for char in short)


def compact(shape: str) -> str:
    """Give sizes with less space between them, for a wire."""
    return shape.replace(" × ", "×")
