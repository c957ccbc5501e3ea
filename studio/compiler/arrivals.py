"""What is wrong with the tensors that arrive at one block, in words, before torch is asked."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping

from studio.blocks import Block, show
from studio.compiler.complaints import RANKS, Complaint, text
from studio.compiler.measure import Arrivals
from studio.compiler.mends import Place, bring, gated, setting, smaller_first
from studio.compiler.tensors import ONE, Tensor
from studio.graph import Graph, Message, Node, Value, freeze
from studio.project import Fix

DIMENSIONS = ("dim", "dim0", "dim1", "dims", "start_dim", "end_dim")
"""Parameters that name dimensions of what arrives."""

OWN_ORDER = frozenset({"permute"})
"""Blocks whose dimensions are an order, which is checked with what arrives."""

NEW_DIMENSION = frozenset({"unsqueeze", "stack"})
"""Blocks that name a place for a new dimension, which may stand behind all others."""

BY_NUMBER = frozenset({"maximum", "minimum", "lerp", "reparameterize"})
"""Functions that combine tensors number by number, as the operators do."""


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
        held = source.parameters.get("dtype", "float32")
        if wire.enabled and wire.target.port == port and source.type == "input" and held != wanted:
            label = Message("Set “{name}” to {value}", name=source.name, value=wanted)
            yield Fix(label, "set", source.id, parameters=freeze({"dtype": wanted}))


def _wrong_rank(node: Node, port: str, ranks: tuple[int, ...], tensor: Tensor) -> Complaint:
    expected = RANKS.get(ranks[0], Message("{count} {count:dimension|dimensions}", count=ranks[0]))
    fixes: tuple[Fix, ...] = ()
    if 2 in ranks and len(tensor.shape) > 2:
        fixes = (Fix(Message("Insert Flatten"), "insert", node.id, port, "flatten"),)
    elif 3 in ranks and len(tensor.shape) == 2:
        # One step of a sequence, or one channel of a signal.
        fixes = (Fix(Message("Insert Unsqueeze"), "insert", node.id, port, "unsqueeze", freeze({"dim": 1})),)
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
    """Check that named dimensions exist, each once; not every operation does so on the meta device."""
    rank = next((len(tensors[0].shape) for tensors in given.values()), 0)
    if rank and block.type in NEW_DIMENSION:
        rank += 1
    if rank and block.type in OWN_ORDER:
        yield from _reordered(block, node, next(iter(given.values()))[0], values)
    for name in DIMENSIONS:
        found = values.get(name)
        named = found if isinstance(found, tuple) else (found,)
        dims = [dim for dim in named if isinstance(dim, int)]
        if not rank or not dims or block.type in OWN_ORDER:
            continue
        wrong = [dim for dim in dims if not -rank <= dim < rank]
        if wrong:
            left = tuple(dim for dim in dims if dim not in wrong)
            yield Complaint(
                "no_such_dimension",
                Message(
                    "There is no dimension {dim}: what arrives has {rank},"
                    " counted from 0 (the batch) or back from -1.",
                    dim=wrong[0],
                    rank=rank,
                ),
                parameter=name,
                expected=Message(
                    "{what} from {low} to {high}", what=Message("a whole number"), low=-rank, high=rank - 1
                ),
                received=Message("{value}", value=wrong[0]),
                fixes=(setting(block, node, name, _once(left, rank) or -1),),
            )
        elif len(_once(tuple(dims), rank)) < len(dims):
            yield Complaint(
                "dimension_twice",
                Message(
                    "{dims} names one dimension twice: what arrives has {rank}, and -1 is {last}, the last.",
                    dims=show(found),
                    rank=rank,
                    last=rank - 1,
                ),
                parameter=name,
                expected=Message("each dimension once"),
                received=Message("{value}", value=show(found)),
                fixes=(setting(block, node, name, _once(tuple(dims), rank)),),
            )
    start, end = values.get("start_dim"), values.get("end_dim")
    if rank and isinstance(start, int) and isinstance(end, int):
        inside = -rank <= start < rank and -rank <= end < rank
        if inside and start % rank > end % rank:
            yield Complaint(
                "bad_order",
                Message(
                    "The first dimension to join, {start}, stands behind the last, {end}.",
                    start=start % rank,
                    end=end % rank,
                ),
                parameter="end_dim",
                expected=Message("at least {number}", number=start % rank),
                received=Message("{value}", value=end),
                fixes=(setting(block, node, "end_dim", -1),),
            )


def _reordered(block: Block, node: Node, tensor: Tensor, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Check that an order names each dimension of a sample once, counted from 1 as the batch stays first."""
    rank, dims = len(tensor.shape), values.get("dims")
    order = tuple(range(1, rank))
    named = [dim for dim in dims if isinstance(dim, int)] if isinstance(dims, tuple) else []
    if sorted(named) == list(order):
        return
    meant = tuple(reversed(order))
    if sorted(named) == list(range(rank)) and named[0] == 0:
        meant = tuple(named[1:])  # as torch writes it, with the batch
    elif sorted(named) == list(range(rank - 1)):
        meant = tuple(dim + 1 for dim in named)  # counted from 0
    elif sorted(dim % rank for dim in named) == list(order):
        meant = tuple(dim % rank for dim in named)
    yield Complaint(
        "bad_order",
        Message(
            "{received} has {count} {count:dimension|dimensions} behind the batch: the new order must name"
            " each of them once, counted from 1. The batch is 0 and stays first, so it is not named.",
            received=str(tensor),
            count=rank - 1,
        ),
        parameter="dims",
        expected=Message("an order of {numbers}", numbers=show(order)),
        received=Message("{value}", value=show(dims)),
        fixes=(setting(block, node, "dims", meant),),
    )


def _once(dims: tuple[int, ...], rank: int) -> tuple[int, ...]:
    """Give dimensions without those that another one names already."""
    return tuple({dim % rank: dim for dim in reversed(dims)}.values())[::-1]


def combination(
    block: Block, node: Node, given: Arrivals, values: Mapping[str, Value]
) -> Iterator[Complaint]:
    """Check tensors that meet in one block: equal shapes to add, equal sides to join."""
    tensors = [
        ((port.name, wire), tensor)
        for port in block.inputs
        for wire, tensor in enumerate(given.get(port.name, ()))
    ]
    if (block.call == "infix" or block.type in BY_NUMBER) and len(tensors) > 1:
        yield from _by_number(block, node, tensors)
    if block.type == "concat" and len(tensors) > 1:
        yield from _joins(node, tensors, values)


def _by_number(block: Block, node: Node, tensors: list[tuple[Place, Tensor]]) -> Iterator[Complaint]:
    so_far = tensors[0]
    for place, other in tensors[1:]:
        first = so_far[1]
        port = place[0] if place[0] != tensors[0][0][0] else ""
        repeats = block.type != "reparameterize"
        mends = smaller_first(so_far, (place, other), node, repeats=repeats)
        if len(tensors) > 2:
            mends = tuple(bring(node, place, other, first.shape, repeats=repeats))
        if not broadcasts(first, other) or _grows(block, first, other):
            yield unlike(first, other, mends, port)
            continue
        if other.shape != first.shape and not _meant(block, place[0], first, other):
            yield Complaint(
                "broadcast",
                Message(
                    "{first} and {other} have different shapes."
                    " Torch repeats the smaller one to fit, which is legal but seldom meant.",
                    first=str(first),
                    other=str(other),
                ),
                port=port,
                warning=True,
                expected=text(first),
                received=text(other),
                fixes=mends[:1],
            )
        so_far = _larger(so_far, (place, other))


def _larger(one: tuple[Place, Tensor], other: tuple[Place, Tensor]) -> tuple[Place, Tensor]:
    """Give what two tensors are together, at the place of the one that is as large already."""
    pairs = itertools.zip_longest(reversed(one[1].shape), reversed(other[1].shape), fillvalue=ONE)
    shape = tuple(b if a == ONE else a for a, b in pairs)[::-1]
    return (other[0] if other[1].shape == shape else one[0]), Tensor(shape, one[1].dtype)


def unlike(first: Tensor, other: Tensor, fixes: tuple[Fix, ...], port: str = "") -> Complaint:
    """Say that two tensors cannot be combined number by number."""
    return Complaint(
        "shapes_differ",
        Message(
            "{first} and {other} cannot be combined number by number. Bring both to one"
            " shape, for example with a Linear or a 1 × 1 Conv2d on the shorter way.",
            first=str(first),
            other=str(other),
        ),
        port=port,
        expected=text(first),
        received=text(other),
        fixes=fixes,
    )


def _meant(block: Block, port: str, first: Tensor, other: Tensor) -> bool:
    """Tell whether one of two tensors is meant to be repeated."""
    if not (_of_samples(first) and _of_samples(other)):
        return True  # a learned bias or scale, the same for every sample
    if block.type == "multiply":
        return _gates(first, other)
    if block.type == "add":  # what is known of a whole picture, such as its time, is added to every place
        return (
            len(first.shape) == len(other.shape)
            and first.shape[1] == other.shape[1]
            and (gated(first) or gated(other))
        )
    return port == "weight"


def _grows(block: Block, first: Tensor, other: Tensor) -> bool:
    """Tell whether the second tensor would bring the first to a larger shape where that is never meant."""
    if block.type != "reparameterize":
        return False
    pairs = itertools.zip_longest(reversed(first.shape), reversed(other.shape), fillvalue=None)
    return any(mine is None or theirs not in (mine, ONE, None) for mine, theirs in pairs)


def broadcasts(a: Tensor, b: Tensor) -> bool:
    """Tell whether torch repeats one of two tensors so that they fit."""
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


def _joins(
    node: Node, tensors: list[tuple[Place, Tensor]], values: Mapping[str, Value]
) -> Iterator[Complaint]:
    first, dim = tensors[0][1], values.get("dim")
    rank = len(first.shape)
    for place, other in tensors[1:]:
        if other.dtype != first.dtype:
            yield Complaint(
                "mixed_dtypes",
                Message("Tensors that are joined must hold the same kind of numbers."),
                port=place[0],
                expected=Message("{dtype}", dtype=first.dtype),
                received=Message("{dtype}", dtype=other.dtype),
            )
            continue
        if not isinstance(dim, int) or not -rank <= dim < rank:
            continue
        wanted = list(first.shape)
        if len(other.shape) == rank:
            wanted[dim] = other.shape[dim]
        if other.shape != tuple(wanted):
            yield Complaint(
                "shapes_differ",
                Message(
                    "{first} and {other} cannot be joined along dimension {dim}: all other sizes must agree.",
                    first=str(first),
                    other=str(other),
                    dim=show(dim),
                ),
                expected=text(first),
                received=text(other),
                fixes=tuple(bring(node, place, other, tuple(wanted))) if len(other.shape) == rank else (),
            )
