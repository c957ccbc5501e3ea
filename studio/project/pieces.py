"""Putting pieces of a network into a graph: fresh ids, fresh names, and the wires between them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping

from studio.blocks.custom import PREFIX
from studio.graph import Endpoint, Graph, Node
from studio.graph.layout import Position, pitch
from studio.project import limits
from studio.project.document import GraphRef, Project, refuse_beyond_limits, refuse_within_itself
from studio.project.looks import move_nodes


def fresh_name(graph: Graph, stem: str) -> str:
    """Give a label that no node of the graph has: `conv1`, `conv2`, ..."""
    taken = {node.name for node in graph.nodes.values()}
    stem = stem[: limits.NAME - 10]
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def same_name(node: Node, other: Node) -> bool:
    """Tell whether two blocks go by one name; an Input and an Output may."""
    if node.id == other.id or node.name != other.name:
        return False
    return not (node.type != other.type and {node.type, other.type} == {"input", "output"})


def free_name(graph: Graph, node: str, name: str) -> str:
    """Give the name by which a node can go: as it is where no other has it, else `conv2` for `conv1`."""
    wanted = dataclasses.replace(graph.nodes[node], name=name)
    if not any(same_name(wanted, other) for other in graph.nodes.values()):
        return name
    taken = {other.name for other in graph.nodes.values() if other.id != node}
    stem = (name.rstrip("0123456789") or name)[: limits.NAME - 10]
    return next(free for number in itertools.count(2) if (free := f"{stem}{number}") not in taken)


def stem_of(kind: str) -> str:
    """Give the short stem that names of a type begin with, as PyTorch code usually has it."""
    if kind.startswith(PREFIX):
        return kind.removeprefix(PREFIX).lower()
    return {
        "conv2d": "conv",
        "conv1d": "conv",
        "linear": "fc",
        "max_pool2d": "pool",
        "batch_norm2d": "bn",
    }.get(kind, kind)


def duplicate_nodes(
    project: Project, ref: GraphRef, ids: Iterable[str], offset: Position | None = None
) -> tuple[Project, list[str]]:
    """Copy nodes with the wires between them; the copies are named afresh.

    Args:
        project: the project as it is.
        ref: the graph.
        ids: the nodes.
        offset: how far from its original each copy stands; across the data, one node further, when not given.
    """
    graph, layout = project.graph(ref), project.layout_of(ref)
    offset = offset or pitch(layout.down, aside=1)
    asked = set(ids)
    chosen = {node for node in graph.nodes if node in asked}
    inner = Graph.of(
        (node for key, node in graph.nodes.items() if key in chosen),
        (w for w in graph.wires if w.source.node in chosen and w.target.node in chosen),
    )
    places = {node: layout.positions.get(node, (0.0, 0.0)) for node in chosen}
    return paste(project, ref, inner, {key: (x + offset[0], y + offset[1]) for key, (x, y) in places.items()})


def paste(
    project: Project, ref: GraphRef, piece: Graph, positions: Mapping[str, Position]
) -> tuple[Project, list[str]]:
    """Put a piece of a network into a graph under fresh ids and names.

    Returns:
        The new project and the ids of what was put in.

    Raises:
        ProjectError: a composite would contain itself, or the project would become too large.
    """
    graph = project.graph(ref)
    refuse_beyond_limits(project, len(piece), len(piece.wires))
    refuse_within_itself(project, ref, {node.composite for node in piece.nodes.values() if node.composite})
    new_ids = _fresh_ids(graph, piece.nodes.values())
    names = {node.name for node in graph.nodes.values()}
    numbers: dict[str, int] = {}
    fresh: list[Node] = []
    for node in piece.nodes.values():
        name = node.name
        if name in names:
            stem = name.rstrip("0123456789")[: limits.NAME - 10] or stem_of(node.type)
            while (name := f"{stem}{(number := numbers.get(stem, 0) + 1)}") in names:
                numbers[stem] = number
        names.add(name)
        # Weights are shared with the copy where it was copied too, else with the same block as before.
        shares = new_ids.get(node.shares, node.shares if node.shares in graph.nodes else "")
        fresh.append(dataclasses.replace(node, id=new_ids[node.id], name=name, shares=shares))
    graph = graph.with_nodes(fresh).with_wires(
        dataclasses.replace(
            wire,
            source=Endpoint(new_ids[wire.source.node], wire.source.port),
            target=Endpoint(new_ids[wire.target.node], wire.target.port),
        )
        for wire in piece.wires
    )
    changed = move_nodes(
        project.with_graph(ref, graph),
        ref,
        {new_ids[node]: at for node, at in positions.items() if node in new_ids},
    )
    return changed, list(new_ids.values())


def _fresh_ids(graph: Graph, nodes: Iterable[Node]) -> dict[str, str]:
    """Give each node an id that neither the graph nor another of them has."""
    numbers: dict[str, int] = {}
    made: dict[str, str] = {}
    for node in nodes:
        if node.type not in numbers:
            numbers[node.type] = int(graph.fresh_id(node.type).rpartition("_")[2])
        while f"{node.type}_{numbers[node.type]}" in graph.nodes:
            numbers[node.type] += 1
        made[node.id] = f"{node.type}_{numbers[node.type]}"
        numbers[node.type] += 1
    return made
