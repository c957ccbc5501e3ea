"""What is wrong with the tensors that arrive at one block, in words, before torch is asked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from studio.blocks import Block, show
from studio.compiler.complaints import RANKS, Complaint, text
from studio.compiler.measure import Arrivals
from studio.compiler.tensors import ONE, Tensor
from studio.graph import Graph, Message, Node, Value, freeze
from studio.project import Fix


def arrivals(block: Block, node: Node, given: Arrivals) -> Iterator[Complaint]:
    """Check the rank and the dtype of everything that arrives."""
    for port in block.inputs:
        for tensor in given.get(port.name, ()):
            if port.rank and len(tensor.shape) not in port.rank:
                yield _wrong_rank(node, port.name, port.rank, tensor)
            is_float = tensor.dtype.startswith(("float", "bfloat"))
            if port.dtype == "float" and not is_float:
                yield Complaint(
                    "wrong_dtype",
                    Message(
                        "This block computes with real numbers, but whole numbers arrive."
                        " Put an Embedding before it, or set the Input to float32."
                    ),
                    port=port.name,
                    expected=Message("real numbers (float32)"),
                    received=Message("{dtype}", dtype=tensor.dtype),
                    fixes=(Fix(Message("Insert Embedding"), "insert", node.id, port.name, "embedding"),),
                )
            if port.dtype == "int" and is_float:
                yield Complaint(
                    "wrong_dtype",
                    Message(
                        "This block looks numbers up in a table, so it needs whole numbers."
                        " Set the Input to int64."
                    ),
                    port=port.name,
                    expected=Message("whole numbers (int64)"),
                    received=Message("{dtype}", dtype=tensor.dtype),
                )


def at_source(graph: Graph, node: str, port: str, wanted: str) -> Iterator[Fix]:
    """Offer to let the Input that feeds a port hold another kind of numbers.

    Args:
        graph: the graph.
        node: id of the block that the numbers do not suit.
        port: where they arrive.
        wanted: the kind that it takes.
    """
    for wire in graph.into(node):
        source = graph.nodes[wire.source.node]
        if wire.enabled and wire.target.port == port and source.type == "input":
            label = Message("Set “{name}” to {value}", name=source.name, value=wanted)
            yield Fix(label, "set", source.id, parameters=freeze({"dtype": wanted}))


def _wrong_rank(node: Node, port: str, ranks: tuple[int, ...], tensor: Tensor) -> Complaint:
    expected = RANKS.get(ranks[0], Message("{count} {count:dimension|dimensions}", count=ranks[0]))
    fixes: tuple[Fix, ...] = ()
    if 2 in ranks and len(tensor.shape) > 2:
        fixes = (Fix(Message("Insert Flatten"), "insert", node.id, port, "flatten"),)
    elif ranks == (4,) and len(tensor.shape) == 3:
        sizes = tuple(dim.fixed for dim in tensor.shape[1:])
        fixes = (
            Fix(
                Message("Insert Reshape to {sizes}", sizes=f"1, {sizes[0]}, {sizes[1]}"),
                "insert",
                node.id,
                port,
                "reshape",
                freeze({"shape": (1, *sizes)}),
            ),
        )
    elif ranks == (4,) and len(tensor.shape) == 2:
        side = math.isqrt(tensor.shape[1].fixed)
        if side * side == tensor.shape[1].fixed:
            fixes = (
                Fix(
                    Message("Insert Reshape to {sizes}", sizes=f"1, {side}, {side}"),
                    "insert",
                    node.id,
                    port,
                    "reshape",
                    freeze({"shape": (1, side, side)}),
                ),
            )
    return Complaint(
        "wrong_rank",
        Message(
            "This block takes {expected}, but {received} arrives."
            " Insert Flatten or Reshape, or use the block for that many dimensions.",
            expected=expected,
            received=str(tensor),
        ),
        port=port,
        expected=expected,
        received=text(tensor),
        fixes=fixes,
    )


def dimensions(block: Block, node: Node, given: Arrivals, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Check that a named dimension exists; not every operation does so on the meta device."""
    rank = next((len(tensors[0].shape) for tensors in given.values()), 0)
    for name in ("dim", "start_dim", "end_dim"):
        dim = values.get(name)
        if rank and isinstance(dim, int) and not -rank <= dim < rank:
            label = block.parameters[name].label
            yield Complaint(
                "no_such_dimension",
                Message(
                    "There is no dimension {dim}: what arrives has {rank},"
                    " counted from 0 (the batch) or back from -1.",
                    dim=dim,
                    rank=rank,
                ),
                parameter=name,
                expected=Message(
                    "{what} from {low} to {high}", what=Message("a whole number"), low=-rank, high=rank - 1
                ),
                received=Message("{value}", value=dim),
                fixes=(
                    Fix(
                        Message("Set {parameter} to {value}", parameter=Message(label), value=-1),
                        "set",
                        node.id,
                        parameters=freeze({name: -1}),
                    ),
                ),
            )


def combination(block: Block, given: Arrivals, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Check tensors that meet in one block: equal shapes to add, equal sides to join."""
    tensors = [tensor for port in block.inputs for tensor in given.get(port.name, ())]
    if block.call == "infix" and len(tensors) > 1:
        first = tensors[0]
        for other in tensors[1:]:
            if other.shape == first.shape or (block.type == "multiply" and _gates(first, other)):
                continue
            if _broadcasts(first, other) and not (_of_samples(first) and _of_samples(other)):
                continue  # a learned bias or scale, the same for every sample, is meant to be repeated
            if _broadcasts(first, other):
                yield Complaint(
                    "broadcast",
                    Message(
                        "{first} and {other} have different shapes."
                        " Torch repeats the smaller one to fit, which is legal but seldom meant.",
                        first=str(first),
                        other=str(other),
                    ),
                    warning=True,
                    expected=text(first),
                    received=text(other),
                )
            else:
                yield Complaint(
                    "shapes_differ",
                    Message(
                        "{first} and {other} cannot be combined number by number. Bring both to one"
                        " shape, for example with a Linear or a 1 × 1 Conv2d on the shorter way.",
                        first=str(first),
                        other=str(other),
                    ),
                    expected=text(first),
                    received=text(other),
                )
    if block.type == "concat" and len(tensors) > 1:
        yield from _joins(tensors, values)


def _broadcasts(a: Tensor, b: Tensor) -> bool:
    pairs = zip(reversed(a.shape), reversed(b.shape), strict=False)
    return all(x == y or ONE in (x, y) for x, y in pairs)


def _of_samples(tensor: Tensor) -> bool:
    """Tell whether a tensor differs from sample to sample; one that a block makes of itself does not."""
    return any(dim.per_batch for dim in tensor.shape)


def _gates(a: Tensor, b: Tensor) -> bool:
    """Tell whether one weighs the channels of the other, as squeeze-and-excite has it, or its places."""
    if len(a.shape) != len(b.shape) or len(a.shape) < 3 or a.shape[:1] != b.shape[:1]:
        return False
    return any(
        all(x in (y, ONE) for x, y in zip(one.shape, other.shape, strict=True))
        and (one.shape[1] == ONE or all(x == ONE for x in one.shape[2:]))
        for one, other in ((a, b), (b, a))
    )


def _joins(tensors: list[Tensor], values: Mapping[str, Value]) -> Iterator[Complaint]:
    first, dim = tensors[0], values.get("dim")
    for other in tensors[1:]:
        if other.dtype != first.dtype:
            yield Complaint(
                "mixed_dtypes",
                Message("Tensors that are joined must hold the same kind of numbers."),
                expected=Message("{dtype}", dtype=first.dtype),
                received=Message("{dtype}", dtype=other.dtype),
            )
        elif len(other.shape) != len(first.shape) or (
            isinstance(dim, int)
            and -len(first.shape) <= dim < len(first.shape)
            and any(
                x != y
                for index, (x, y) in enumerate(zip(first.shape, other.shape, strict=True))
                if index != dim % len(first.shape)
            )
        ):
            yield Complaint(
                "shapes_differ",
                Message(
                    "{first} and {other} cannot be joined along dimension {dim}: all other sizes must agree.",
                    first=str(first),
                    other=str(other),
                    dim=show(dim if isinstance(dim, int) else None),
                ),
                expected=text(first),
                received=text(other),
            )
