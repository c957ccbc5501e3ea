"""Mends that bring a tensor to other sizes: a block put in its way, or the one before it set otherwise."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping

from studio.blocks import Block, find, show
from studio.compiler.problems import Problem
from studio.compiler.tensors import ONE, Dim, Tensor
from studio.graph import Graph, Message, Node, Value, freeze
from studio.project import Fix

POINTWISE: Mapping[int, str] = {3: "conv1d", 4: "conv2d", 5: "conv3d"}
"""The convolution that makes other channels of each place, by how many dimensions arrive."""

MAKERS: Mapping[str, tuple[str, ...]] = {
    "linear": ("linear", "bilinear"),
    **{f"conv{n}d": (f"conv{n}d", f"conv_transpose{n}d") for n in (1, 2, 3)},
}
"""What is put in the way to what already makes such a width, where it stands right before."""

WIDTH: Mapping[str, str] = {"linear": "out_features"}
"""The parameter that says how wide a block makes its result; `out_channels` for the others."""

WIDENED = frozenset({"shapes_differ", "broadcast", "feature_mismatch"})
"""Mistakes that another width of the block before can mend."""

Place = tuple[str, int]
"""A port, and which of the wires that arrive there."""


def setting(block: Block, node: Node, parameter: str, value: Value) -> Fix:
    """Give the mend that sets a parameter of a block."""
    return Fix(
        Message(
            "Set {parameter} to {value}",
            parameter=block.parameters[parameter].said,
            value=show(value),
        ),
        "set",
        node.id,
        parameters=freeze({parameter: value}),
    )


def bring(
    node: Node, place: Place, tensor: Tensor, to: tuple[Dim, ...], *, repeats: bool = False
) -> Iterator[Fix]:
    """Give the block that brings what arrives at a port to other sizes, where one block can do it.

    Args:
        node: where it arrives.
        place: the port and the wire.
        tensor: what arrives.
        to: the sizes that are wanted.
        repeats: sizes of 1 are as good, for the block repeats what is there once.
    """
    shape = tensor.shape
    if any(dim.per_batch or dim.length or dim.fixed < 1 for dim in (*shape[1:], *to[1:])):
        return
    if not shape or not to or shape[0] != to[0]:
        return
    sizes = tuple(dim.fixed for dim in to[1:])
    if len(shape) == len(to):
        found = _changed(tensor, to)
        if found is not None:
            yield _insert(node, place, *found)
    elif math.prod(dim.fixed for dim in shape[1:]) == math.prod(sizes):
        if len(sizes) == 1:
            yield _insert(node, place, Message("Insert Flatten"), "flatten", {})
        else:
            label = Message("Insert Reshape to {sizes}", sizes=show(sizes))
            yield _insert(node, place, label, "reshape", {"shape": sizes})
    elif repeats and len(shape) == 2 and len(to) >= 4 and shape[1] == to[1]:
        ones = (sizes[0], *(1 for _ in sizes[1:]))
        label = Message("Insert Reshape to {sizes}", sizes=show(ones))
        yield _insert(node, place, label, "reshape", {"shape": ones})
    elif repeats and len(shape) == 2 and len(to) == 3 and shape[1] == to[2]:
        yield _insert(node, place, Message("Insert Unsqueeze"), "unsqueeze", {"dim": 1})


def _changed(tensor: Tensor, to: tuple[Dim, ...]) -> tuple[Message, str, dict[str, Value]] | None:
    """Give the block that changes the sizes which differ, at the same number of dimensions."""
    rank = len(to)
    places = [index for index in range(1, rank) if tensor.shape[index] != to[index]]
    if not tensor.dtype.startswith("float") or not places:
        return None
    if places == [rank - 1] and rank in (2, 3):
        count = to[-1].fixed
        label = Message("Insert a Linear to {count} {count:feature|features}", count=count)
        return label, "linear", {"out_features": count}
    if places == [1] and rank in POINTWISE:
        count, kind = to[1].fixed, POINTWISE[rank]
        block = find(kind)
        assert block is not None
        label = Message(
            "Insert a {title} to {count} {count:channel|channels}", title=Message(block.title), count=count
        )
        return label, kind, {"out_channels": count, "kernel_size": 1}
    if rank == 4 and 1 not in places:
        size = (to[2].fixed, to[3].fixed)
        return Message("Insert Resize to {sizes}", sizes=show(size)), "resize", {"size": size}
    return None


def _insert(node: Node, place: Place, label: Message, kind: str, parameters: dict[str, Value]) -> Fix:
    port, wire = place
    return Fix(label, "insert", node.id, port, kind, freeze(parameters), wire=wire)


def smaller_first(
    first: tuple[Place, Tensor], other: tuple[Place, Tensor], node: Node, *, repeats: bool = True
) -> tuple[Fix, ...]:
    """Give the mends that bring one of two tensors to the sizes of the other, the smaller one first."""
    pairs = [(other, first), (first, other)]
    if len(first[1].shape) < len(other[1].shape) or first[1].elements(1) < other[1].elements(1):
        pairs.reverse()
    return tuple(
        fix
        for (place, tensor), (_, wanted) in pairs
        for fix in bring(node, place, tensor, wanted.shape, repeats=repeats)
    )


def at_width(graph: Graph, problem: Problem) -> Problem:
    """Offer to set the width of the block before, where a block would be put behind it to change it.

    Of several blocks that could be put in the way only the first is offered.
    """
    if problem.code not in WIDENED:
        return problem
    more: list[Fix] = []
    for fix in problem.fixes:
        if fix.action != "insert" or fix.type not in MAKERS:
            continue
        wires = [wire for wire in graph.into(fix.node) if wire.enabled and wire.target.port == fix.port]
        if fix.wire >= len(wires):
            continue
        source = graph.nodes[wires[fix.wire].source.node]
        parameter = WIDTH.get(fix.type, "out_channels")
        block = find(source.type)
        if block is None or source.type not in MAKERS[fix.type] or len(graph.out_of(source.id)) > 1:
            continue
        if source.shares or source.bypassed or source.parameters.get("groups", 1) != 1:
            continue
        if any(other.shares == source.id for other in graph.nodes.values()):
            continue
        label = Message(
            "Set {parameter} of “{name}” to {value}",
            parameter=block.parameters[parameter].said,
            name=source.name,
            value=show(fix.parameters[parameter]),
        )
        more.append(Fix(label, "set", source.id, parameters=freeze({parameter: fix.parameters[parameter]})))
    first = next((fix for fix in problem.fixes if fix.action == "insert"), None)
    rest = [fix for fix in problem.fixes if fix is first or fix.action != "insert"]
    return dataclasses.replace(problem, fixes=(*more, *rest))


def same_source(graph: Graph, problem: Problem) -> Problem:
    """Offer to let the values come from where the keys come from, where their lengths differ."""
    if problem.code != "shapes_differ" or problem.port != "value":
        return problem
    keys = [wire.source for wire in graph.into(problem.node) if wire.enabled and wire.target.port == "key"]
    if len(keys) != 1:
        return problem
    label = Message(
        "Connect “{source}” to “{port}” of “{target}”",
        source=graph.nodes[keys[0].node].name,
        port="value",
        target=graph.nodes[problem.node].name,
    )
    begin = freeze({"from": keys[0].node, "output": keys[0].port})
    fix = Fix(label, "connect", problem.node, "value", parameters=begin)
    return dataclasses.replace(problem, fixes=(fix, *problem.fixes))


def gated(tensor: Tensor) -> bool:
    """Tell whether a tensor holds one number for each channel, its places all being 1."""
    return len(tensor.shape) > 2 and all(dim == ONE for dim in tensor.shape[2:])
