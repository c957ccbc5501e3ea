"""Which blocks can be bypassed: those that give what they take, so that everything behind them still fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.blocks import Block
from studio.graph import Message, Node

if TYPE_CHECKING:
    from studio.compiler import Report


def refusal(node: Node, block: Block, report: Report | None) -> Message | None:
    """Give why a block cannot be bypassed; None where it can, or where its shapes are not known.

    Args:
        node: the node.
        block: its declaration.
        report: what is known of its graph.
    """
    if not block.inputs or not block.outputs:
        return Message(
            "“{name}” cannot be bypassed: it does not have an input to pass on to an output.", name=node.name
        )
    row = report.nodes.get(node.id) if report is not None else None
    if row is None or node.bypassed:
        return None
    arrives, leaves = row.inputs.get(block.inputs[0].name), row.outputs.get(block.outputs[0].name)
    if not arrives or leaves is None or arrives[0] == leaves:
        return None
    given, made = str(arrives[0]), str(leaves)
    if given == made:
        given, made = f"{given} ({arrives[0].dtype})", f"{made} ({leaves.dtype})"
    return Message(
        "“{name}” cannot be bypassed: it makes {made} of {given}, and what is behind it needs that.",
        name=node.name,
        made=made,
        given=given,
    )
