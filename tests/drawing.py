"""Draws the small networks that the tests of several rooms look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.graph import Endpoint, Value
from studio.project import GraphRef, Project, block_of, edits

MAIN = GraphRef("network", "main")


def chain(
    *blocks: tuple[str, Mapping[str, Value]], ref: GraphRef = MAIN, project: Project | None = None
) -> tuple[Project, list[str]]:
    """Draw blocks one behind the other by their first ports; gives the project and the ids."""
    project = project or Project()
    ids: list[str] = []
    for kind, parameters in blocks:
        project, node = edits.add_node(project, ref, kind, (200.0 * len(ids), 0.0), parameters=parameters)
        if ids:
            project = wire(project, ids[-1], node, ref=ref)
        ids.append(node)
    return project, ids


def wire(
    project: Project, source: str, target: str, out: str = "", into: str = "", ref: GraphRef = MAIN
) -> Project:
    """Pull a wire between two nodes; their first ports when none are named."""
    graph = project.graph(ref)
    leaving, arriving = (
        block_of(project, graph, graph.nodes[source]),
        block_of(project, graph, graph.nodes[target]),
    )
    return edits.connect(
        project,
        ref,
        Endpoint(source, out or leaving.outputs[0].name),
        Endpoint(target, into or arriving.inputs[0].name),
    )


def add(
    project: Project,
    kind: str,
    feeding: Sequence[str | tuple[str, str]] = (),
    *,
    ports: Sequence[str] = (),
    name: str = "",
    parameters: Mapping[str, Value] | None = None,
    ref: GraphRef = MAIN,
) -> tuple[Project, str]:
    """Place a block and wire nodes, or (node, output) pairs, into its ports in order."""
    project, node = edits.add_node(project, ref, kind, (0.0, 0.0), name=name, parameters=parameters)
    for index, source in enumerate(feeding):
        key, out = source if isinstance(source, tuple) else (source, "")
        project = wire(project, key, node, out, ports[index] if ports else "", ref=ref)
    return project, node


CNN: tuple[tuple[str, Mapping[str, Value]], ...] = (
    ("input", {}),
    ("conv2d", {"out_channels": 32, "padding": 1}),
    ("relu", {}),
    ("max_pool2d", {}),
    ("conv2d", {"out_channels": 64, "padding": 1}),
    ("relu", {}),
    ("max_pool2d", {}),
    ("flatten", {}),
    ("linear", {"out_features": 128}),
    ("relu", {}),
    ("linear", {"out_features": 10}),
    ("output", {}),
)
"""The article's convolutional network: 421,642 parameters."""
