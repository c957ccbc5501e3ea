"""Mends for a tensor that a block makes of itself, such as a class token, and that is to be joined."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable

from studio.blocks import find, show
from studio.compiler.problems import Problem
from studio.compiler.tensors import Tensor
from studio.graph import Graph, Message, Node, freeze
from studio.project import Fix

MADE = ("parameter", "constant")
"""Blocks that make a tensor of themselves, with a batch where something arrives at `like`."""


def joinable(graph: Graph, problem: Problem, leaving: Callable[[str, str], Tensor | None]) -> Problem:
    """Offer to give a token its batch, or the sizes of what it is laid beside, where that mends a Concat.

    Args:
        graph: the graph.
        problem: of any kind.
        leaving: gives what leaves a node.
    """
    node = graph.nodes.get(problem.node)
    if problem.code != "shapes_differ" or node is None or node.type != "concat" or problem.fixes:
        return problem
    sources = [wire.source for wire in graph.into(node.id) if wire.enabled]
    block, made = find("concat"), [end for end in sources if graph.nodes[end.node].type in MADE]
    others = [end for end in sources if end not in made]
    dim = node.parameters.get("dim", block.parameters["dim"].default if block is not None else None)
    if len(made) != 1 or not others or not isinstance(dim, int):
        return problem
    token, tensors = leaving(made[0].node, made[0].port), [leaving(end.node, end.port) for end in others]
    beside = tensors[0]
    if token is None or beside is None or dim % len(beside.shape) == 0:
        return problem
    maker, sizes = graph.nodes[made[0].node], beside.shape[1:]
    place = dim % len(beside.shape) - 1
    if any(tensor is None or tensor.dtype != token.dtype for tensor in tensors):
        return problem
    fed = any(wire.enabled and wire.target.port == "like" for wire in graph.into(maker.id))
    if not fed:
        own = token.shape
        alike = len(own) == len(sizes) and all(own[i] == size for i, size in enumerate(sizes) if i != place)
        if not alike:
            return problem
        return dataclasses.replace(problem, fixes=(_connect(graph, maker, others[0].node, others[0].port),))
    if any(size.length or size.per_batch for i, size in enumerate(sizes) if i != place):
        return problem
    row = math.prod(size.fixed for i, size in enumerate(sizes) if i != place)
    count, left = divmod(math.prod(size.fixed for size in token.shape[1:]), row)
    if left:
        return problem  # it holds something else than whole rows of what it is laid beside
    wanted = tuple(count if i == place else size.fixed for i, size in enumerate(sizes))
    label = Message(
        "Set {parameter} of “{name}” to {value}",
        parameter=Message("Shape"),
        name=maker.name,
        value=show(wanted),
    )
    return dataclasses.replace(
        problem, fixes=(Fix(label, "set", maker.id, parameters=freeze({"shape": wanted})),)
    )


def _connect(graph: Graph, maker: Node, source: str, port: str) -> Fix:
    label = Message(
        "Connect “{source}” to “{port}” of “{target}”",
        source=graph.nodes[source].name,
        port="like",
        target=maker.name,
    )
    return Fix(label, "connect", maker.id, "like", parameters=freeze({"from": source, "output": port}))
