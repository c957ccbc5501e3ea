"""What was found by looking through a graph: a row a node, sums of their columns, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.blocks import Block
from studio.compiler.complaints import Complaint
from studio.compiler.problems import Problem
from studio.compiler.report import NodeReport
from studio.compiler.told import Told
from studio.graph import Graph, Node, Value
from studio.project import GraphRef

SUMMED = ("parameters", "trainable", "multiply_adds")
"""The columns that are added up."""


@dataclass(frozen=True)
class Outcome:
    """All that was found out about one node.

    Attributes:
        node: the node.
        block: its declaration.
        report: its row.
        complaints: its problems, still without a place.
        inner: the walk through a composite, once for each repetition.
        silent: a mistake of the drawing, or what feeds it, kept it from being looked at.
    """

    node: Node
    block: Block
    report: NodeReport
    complaints: tuple[Complaint, ...]
    inner: tuple[Walk, ...] = ()
    silent: bool = False

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Walk:
    """One graph looked through from its inputs to its outputs.

    Attributes:
        ref: which graph.
        graph: the graph.
        names: node id to identifier.
        outcomes: node id to what was found, in the order in which nodes run.
        rows: node id to its row, in the same order.
        problems: all problems, with their places.
        used: the nodes that lead to an Output.
        entrances: the Input nodes, in the document's order.
        exits: the Output nodes, in the document's order.
        sums: each column added up over the nodes that lead to an Output, as far as they are known.
        told: the problems by what was looked at to find them, for the next look.
        scope: the parameters of the composite that it is a walk through.
    """

    ref: GraphRef
    graph: Graph
    names: Mapping[str, str]
    outcomes: MappingProxyType[str, Outcome]
    rows: MappingProxyType[str, NodeReport]
    problems: tuple[Problem, ...]
    used: frozenset[str]
    entrances: tuple[str, ...]
    exits: tuple[str, ...]
    sums: Mapping[str, int]
    told: Told
    scope: Mapping[str, Value]

    __hash__ = None  # type: ignore[assignment]

    def inputs(self) -> list[Node]:
        """Give the Input nodes in the document's order."""
        return [self.graph.nodes[key] for key in self.entrances]

    def outputs(self) -> list[Node]:
        """Give the Output nodes in the document's order."""
        return [self.graph.nodes[key] for key in self.exits]

    def sum_of(self, what: str) -> int | None:
        """Add up a column over the nodes that lead to an output; None while an error makes the sum false."""
        if any(problem.severity == "error" for problem in self.problems):
            return None
        return self.sums[what]


def summed(
    before: Mapping[str, int] | None, left: Iterable[NodeReport], come: Iterable[NodeReport]
) -> dict[str, int]:
    """Give the sums of all columns after some rows made place for others.

    Args:
        before: the sums before; None where there were no rows.
        left: the rows that are no more.
        come: the rows that are new.
    """
    sums = dict(before) if before is not None else dict.fromkeys(SUMMED, 0)
    for sign, rows in ((-1, left), (1, come)):
        for row in rows:
            for column in SUMMED:
                sums[column] += sign * (getattr(row, column) or 0)
    return sums
