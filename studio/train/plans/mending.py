"""Mends to offer where plan, data and drawing do not fit: each is one click, and one step to undo."""

from __future__ import annotations

from dataclasses import replace

from studio.blocks import find, show
from studio.compiler import Report, Tensor
from studio.graph import Message, Node, Value, freeze
from studio.project import Fix, Project

SIZED = {"out_features": -1, "out_channels": 1}
"""Parameters that decide a size of what leaves a block, and which of its dimensions that is."""


def setting(node: Node, parameter: str, value: Value, shown: str = "") -> Fix:
    """Give the mend that sets a parameter of a block.

    Args:
        node: the block.
        parameter: its parameter.
        value: the value.
        shown: the value for people, where there is a better way to write it.
    """
    block = find(node.type)
    label = block.parameters[parameter].said if block is not None else Message(parameter)
    return Fix(
        Message("Set {parameter} to {value}", parameter=label, value=shown or show(value)),
        "set",
        node.id,
        parameters=freeze({parameter: value}),
    )


def other_loss(type: str, index: int) -> Fix:
    """Give the mend that takes another loss.

    Args:
        type: of the loss.
        index: which loss of the plan it replaces, counted from 0.
    """
    block = find(type, "loss")
    title = Message(block.title) if block is not None else Message("{type}", type=type)
    return Fix(Message("Choose {loss} as the loss", loss=title), "loss", "", str(index), type)


def other_optimizer(type: str) -> Fix:
    """Give the mend that takes another optimizer.

    Args:
        type: of the optimizer.
    """
    block = find(type, "optimizer")
    title = Message(block.title) if block is not None else Message("{type}", type=type)
    return Fix(Message("Choose {optimizer} as the optimizer", optimizer=title), "optimizer", "", "", type)


def smaller_batches(size: int) -> Fix:
    """Give the mend that takes fewer samples at once.

    Args:
        size: how many.
    """
    return Fix(
        Message("Set {parameter} to {value}", parameter=Message("Batch size"), value=size),
        "loop",
        "",
        parameters=freeze({"batch_size": size}),
    )


def flattening(project: Project, report: Report, output: str, wanted: Tensor) -> Fix | None:
    """Give the mend that flattens before a Linear which alone stands between too many sizes and an output.

    Args:
        project: the project.
        report: what the compiler says of the network.
        output: id of the Output block.
        wanted: what shall leave there.
    """
    graph = project.graph(report.ref)
    wires = [wire for wire in graph.into(output) if wire.enabled]
    if len(wires) != 1 or len(wanted.shape) != 2:
        return None
    last = graph.nodes[wires[0].source.node]
    arriving = report.nodes[last.id].inputs.get("x", ()) if last.id in report.nodes else ()
    if last.type != "linear" or last.shares or not arriving or len(arriving[0].shape) < 3:
        return None
    return Fix(Message("Insert Flatten"), "insert", last.id, "x", "flatten")


def sizing(project: Project, report: Report, output: str, wanted: Tensor) -> Fix | None:
    """Give the mend that brings an output to a size: it sets the last block that decides on it.

    Blocks that leave the size as it is, such as activations, are looked through. None is given where no
    single number would do.

    Args:
        project: the project.
        report: what the compiler says of the network.
        output: id of the Output block.
        wanted: what shall leave there.
    """
    graph = project.graph(report.ref)
    leaving, key = wanted, output
    for _ in range(len(graph)):
        wires = [wire for wire in graph.into(key) if wire.enabled]
        if len(wires) != 1 or wires[0].source.node not in report.nodes:
            return None
        key = wires[0].source.node
        node, found = graph.nodes[key], report.nodes[key].outputs.get(wires[0].source.port)
        if found is None or len(found.shape) != len(wanted.shape) or node.shares:
            return None
        block = find(node.type)
        for parameter, dim in SIZED.items():
            if block is not None and parameter in block.parameters and not node.bypassed:
                shape = list(found.shape)
                shape[dim] = leaving.shape[dim]
                if tuple(shape) != leaving.shape:
                    return None
                return setting(node, parameter, leaving.shape[dim].fixed)
        arriving = [tensor for tensors in report.nodes[key].inputs.values() for tensor in tensors]
        if [replace(tensor, dtype=found.dtype) for tensor in arriving] != [found]:
            return None
    return None
