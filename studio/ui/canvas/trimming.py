"""Hides the ports of blocks that no wire uses; what a block needs, and one output, stays in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.blocks import Block, Port
from studio.graph import Message
from studio.project.looks import mark_nodes

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


def shown(
    block: Block, arriving: Mapping[str, int], leaving: Mapping[str, int]
) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
    """Give the inputs and outputs of a block that stay in sight when unused ports are hidden.

    Args:
        block: its declaration.
        arriving: how many wires each input has.
        leaving: how many wires each output has.
    """
    outputs = tuple(port for port in block.outputs if leaving.get(port.name)) or block.outputs[:1]
    return tuple(port for port in block.inputs if arriving.get(port.name) or not port.optional), outputs


def trim(view: CanvasView) -> None:
    """Hide the unused ports of the selected nodes of a canvas, or show them again."""
    cards, ref = view.canvas.cards, view.ref
    nodes = [node for node in view.commands.nodes() if node in cards.trimmed or cards.spare(node)]
    if not nodes:
        view.message.emit(
            Message("The selected blocks have no unused ports.")
            if view.commands.nodes()
            else Message("Select the blocks whose unused ports are to be hidden first.")
        )
        return
    name = cards.graph.nodes[nodes[0]].name
    if set(nodes) <= cards.trimmed:
        one, many = (
            Message("Show all ports of “{name}”", name=name),
            Message("Show all ports of {count} {count:block|blocks}", count=len(nodes)),
        )
    else:
        one, many = (
            Message("Hide unused ports of “{name}”", name=name),
            Message("Hide unused ports of {count} {count:block|blocks}", count=len(nodes)),
        )
    view.document.attempt(
        one if len(nodes) == 1 else many, lambda project: mark_nodes(project, ref, "trimmed", nodes)
    )
