"""What a drawing tells before any shape is known, kept while edits change nothing but parameters.

Order, names and mistakes of form depend on the blocks and wires alone. Finding them takes longer than
measuring the one block that a person has just changed, so they are found once a drawing.
"""

from __future__ import annotations

import dataclasses
import itertools
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from studio.blocks import Block
from studio.compiler import unmeant
from studio.compiler.idle import idle
from studio.compiler.names import identifiers
from studio.compiler.problems import Problem
from studio.compiler.structure import structure
from studio.graph import Graph, Node
from studio.project import COMPOSITE, GraphRef

BlockOf = Callable[[Graph, Node], Block]
"""Gives the declaration behind a node; the same object as long as it is the same declaration."""

Found = TypeVar("Found")

Pair = tuple[str, str, str]
"""Neighbours: a node, the next one, and the port of the next one."""


@dataclass(frozen=True)
class Drawing:
    """What the blocks and wires of a graph tell.

    Attributes:
        graph: the graph.
        blocks: node id to declaration.
        names: node id to identifier.
        order: every node: those that run so that each comes after what feeds it, then the others.
        place: node id to its place in the order.
        runs: how many of them run; the others stand on a circle or behind one.
        problems: the mistakes of form.
        broken: the nodes that one of them keeps from running.
        used: the nodes that lead to an Output.
        loose: those that lead to none, where there is one.
        inputs: the Inputs, in the document's order.
        outputs: the Outputs, in the document's order.
        composites: the nodes that are composites.
        varying: the nodes whose declaration may change while they do not.
        users: node id to the nodes whose use of another's weights it takes part in.
        pairs: node id to the neighbours that are worth a look together with it once sizes are known.
        form: the same object for as long as only parameters change.
    """

    graph: Graph
    blocks: Mapping[str, Block]
    names: Mapping[str, str]
    order: tuple[str, ...]
    place: Mapping[str, int]
    runs: int
    problems: tuple[Problem, ...]
    broken: frozenset[str]
    used: frozenset[str]
    loose: frozenset[str]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    composites: tuple[str, ...]
    varying: frozenset[str]
    users: Mapping[str, tuple[str, ...]]
    pairs: Mapping[str, tuple[Pair, ...]]
    form: object

    __hash__ = None  # type: ignore[assignment]

    def after(self, graph: Graph, block_of: BlockOf) -> Drawing | None:
        """Give what an edited graph tells, if that is the same; None where it must be looked for again."""
        changed = edited(self.graph, graph)
        if changed is None:
            return None
        for key in changed | self.varying:
            found, before = block_of(graph, graph.nodes[key]), self.blocks[key]
            if found is not before and found != before:
                return None
        return dataclasses.replace(self, graph=graph)


def draw(ref: GraphRef, graph: Graph, block_of: BlockOf) -> Drawing:
    """Look through the blocks and wires of a graph.

    Args:
        ref: which graph it is.
        graph: the graph.
        block_of: gives the declaration behind a node.
    """
    blocks = {key: block_of(graph, node) for key, node in graph.nodes.items()}
    problems = tuple(structure(ref, graph, blocks))
    running = graph.order()
    known = set(running)
    order = (*running, *(key for key in graph.nodes if key not in known))
    return Drawing(
        graph,
        blocks,
        identifiers(graph),
        order,
        {key: index for index, key in enumerate(order)},
        len(running),
        problems,
        frozenset(problem.node for problem in problems if problem.severity == "error"),
        frozenset(graph.upstream(node.id for node in graph.of_type("output"))),
        frozenset(idle(graph)),
        tuple(node.id for node in graph.of_type("input")),
        tuple(node.id for node in graph.of_type("output")),
        tuple(node.id for node in graph.of_type(COMPOSITE)),
        frozenset(key for key, block in blocks.items() if block.type == COMPOSITE or block.code),
        _by_node((key, (key, node.shares)) for key, node in graph.nodes.items() if node.shares),
        _by_node((pair, pair[:2]) for pair in unmeant.neighbours(graph)),
        object(),
    )


def _by_node(found: Iterable[tuple[Found, tuple[str, ...]]]) -> Mapping[str, tuple[Found, ...]]:
    """Give what each node takes part in.

    Args:
        found: things, each with the nodes that take part in it.
    """
    result: dict[str, tuple[Found, ...]] = {}
    for one, nodes in found:
        for node in dict.fromkeys(nodes):
            result[node] = (*result.get(node, ()), one)
    return result


def edited(before: Graph, after: Graph) -> set[str] | None:
    """Give the nodes whose parameters or initial values differ; None where anything else does.

    Args:
        before: the graph as it was.
        after: the graph as it is; an edit shares with the old one all that it leaves alone.
    """
    if after is before:
        return set()
    if after.wires is not before.wires or list(after.nodes) != list(before.nodes):
        return None
    # No Python runs for a node that is the same: there may be thousands, and this is done at every edit.
    differs = map(operator.is_not, after.nodes.values(), before.nodes.values())
    changed = set(itertools.compress(after.nodes, differs))
    for key in changed:
        node, old = after.nodes[key], before.nodes[key]
        if dataclasses.replace(old, parameters=node.parameters, initial=node.initial) != node:
            return None
    return changed
