"""Pins blocks to their places: neither a drag, nor a key, nor the automatic layout moves them then."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from studio.graph import Message
from studio.project.looks import mark_nodes
from studio.ui.canvas import editing

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


def pin(view: CanvasView) -> None:
    """Pin the selected nodes of a canvas, or let them move again."""
    nodes, ref, shown = view.commands.nodes(), view.ref, view.canvas.positions()
    if not nodes:
        view.message.emit(Message("Select the blocks to pin first."))
        return
    name = view.canvas.cards.graph.nodes[nodes[0]].name
    if set(nodes) <= view.canvas.cards.pinned:
        one, many = (
            Message("Unpin “{name}”", name=name),
            Message("Unpin {count} {count:block|blocks}", count=len(nodes)),
        )
    else:
        one, many = (
            Message("Pin “{name}”", name=name),
            Message("Pin {count} {count:block|blocks}", count=len(nodes)),
        )
    view.document.attempt(
        one if len(nodes) == 1 else many,
        lambda project: mark_nodes(editing.placed(project, ref, shown), ref, "pinned", nodes),
    )


def tell_pinned(view: CanvasView, nodes: Collection[str]) -> None:
    """Say why blocks do not move, and what to do."""
    if len(nodes) == 1:
        (node,) = nodes
        name = view.canvas.cards.graph.nodes[node].name
        view.message.emit(Message("“{name}” is pinned. Press P to let it move.", name=name))
    else:
        view.message.emit(
            Message("{count} {count:block is|blocks are} pinned. Press P to let them move.", count=len(nodes))
        )
