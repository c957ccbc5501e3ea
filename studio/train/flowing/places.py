"""Leads from a place in a module to the node on the canvas, and from nodes to their places."""

from __future__ import annotations

from collections.abc import Iterator

from torch import nn

from studio.compiler import identifiers
from studio.graph import Graph, Node
from studio.project import COMPOSITE, GraphRef, Project
from studio.project.document import inside


def way_to(project: Project, network: str, place: str) -> list[tuple[GraphRef, Node]]:
    """Give the nodes that a dotted name in a network's module stands for, the outermost first.

    Args:
        project: what was built.
        network: name of the network.
        place: such as `fc1`, or `block1.0.conv` inside the first round of a repeated composite.
    """
    ref = GraphRef("network", network)
    found: list[tuple[GraphRef, Node]] = []
    parts = place.split(".") if place else []
    while parts and ref in project.refs():
        graph = project.graph(ref)
        keys = {name: key for key, name in identifiers(graph).items()}
        node = graph.nodes.get(keys.get(parts.pop(0), ""))
        if node is None:
            break
        found.append((ref, node))
        if node.type != COMPOSITE:
            break
        if parts and parts[0].isdecimal():
            parts.pop(0)
        ref = GraphRef("composite", node.composite)
    return found


def last_layer(model: nn.Module) -> str:
    """Give the dotted name of the last layer with weights: the one that decides the size of the output."""
    named = [
        name
        for name, module in model.named_modules()
        if name and any(True for _ in module.parameters(recurse=False))
    ]
    return named[-1] if named else ""


def rates(project: Project, network: str) -> dict[str, float]:
    """Give the factors on the learning rate by the dotted names of modules; the innermost name counts."""
    return dict(_rates(project, GraphRef("network", network), "", 1.0, _telling(project)))


def has_rates(project: Project, network: str) -> bool:
    """Tell whether any block of a network has a factor on its learning rate, without unfolding it."""
    graph = project.networks[network]
    used = project.composites.keys() & inside(project, graph)  # a name may lead nowhere while one edits
    return any(_slowed(each) for each in (graph, *(project.composites[name].graph for name in used)))


def _slowed(graph: Graph) -> bool:
    return any(node.rate_factor != 1 and not node.shares for node in graph.nodes.values())


def _telling(project: Project) -> frozenset[str]:
    """Give the composites in which any block has a factor, however deep."""
    slowed = {name for name, composite in project.composites.items() if _slowed(composite.graph)}
    return frozenset(
        name
        for name, composite in project.composites.items()
        if not slowed.isdisjoint({name, *inside(project, composite.graph)})
    )


def _rates(
    project: Project, ref: GraphRef, before: str, factor: float, telling: frozenset[str]
) -> Iterator[tuple[str, float]]:
    """Give what differs from `factor`, which everything in this graph has without a word.

    Args:
        project: the project.
        ref: the graph.
        before: how the names of its modules begin.
        factor: what holds around.
        telling: the composites in which any block has a factor; no other is looked into.
    """
    graph = project.graph(ref)
    names = identifiers(graph)
    for key, node in graph.nodes.items():
        if node.shares:
            continue  # the owner of the weights decides
        own = factor * node.rate_factor
        place = before + names[key]
        if own != factor:
            yield place, own
        if node.type == COMPOSITE and node.composite in telling:
            inner = GraphRef("composite", node.composite)
            rounds = [place] if node.repeat == 1 else [f"{place}.{index}" for index in range(node.repeat)]
            for each in rounds:
                yield from _rates(project, inner, f"{each}.", own, telling)
