"""What a screen reader is told of ports and wires: in words, on one line."""

from __future__ import annotations

from studio.graph import Endpoint, Graph, Wire
from studio.ui.canvas.card import Cards, one_line
from studio.ui.words.text import tr


def port_name(graph: Graph, end: Endpoint) -> str:
    """Name a port by its block and itself."""
    node = graph.nodes.get(end.node)
    return f"{one_line(node.name if node is not None else end.node)} · {end.port}"


def wire_name(cards: Cards, wire: Wire) -> str:
    """Tell from where to where a wire leads, what flows through it, and whether it is disabled."""
    ends = tr(
        "wire from {source} to {target}",
        source=port_name(cards.graph, wire.source),
        target=port_name(cards.graph, wire.target),
    )
    parts = [ends, cards.output(wire.source.node, wire.source.port)]
    if not wire.enabled:
        parts.append(tr("disabled"))
    return ", ".join(part for part in parts if part)
