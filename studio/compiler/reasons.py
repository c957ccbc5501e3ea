"""Why a block of a certain kind did not run on what arrived, in words, with the value that would fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from studio.blocks import Block, show
from studio.compiler.complaints import Complaint, text
from studio.compiler.measure import Arrivals
from studio.compiler.mends import bring, setting
from studio.compiler.sliding import misfit
from studio.compiler.tensors import Tensor
from studio.compiler.together import unmatched
from studio.graph import Message, Node, Value, freeze
from studio.project import Fix

Values = Mapping[str, Value]

_Reason = Callable[[Block, Node, Tensor, Values], "Complaint | None"]


def reason(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Give what keeps a block from running; None where it is not one of the known reasons.

    Args:
        block: its declaration.
        node: the node.
        given: what arrives at it.
        values: its parameters, resolved.
    """
    tensors = [tensor for port in block.inputs for tensor in given.get(port.name, ())]
    if not tensors:
        return None
    if block.type in _MATCHING and len(tensors) > 1:
        found = _features(block, node, tensors)
        if found is not None:
            return found
    if block.type == "stack" and len(tensors) > 1:
        return _stacked(node, tensors)
    slid = misfit(block, node, tensors[0], values)
    met = unmatched(block, node, given, values)
    if met is not None or slid is not None:
        return met or slid
    alone = _ALONE.get(block.type)
    return alone(block, node, tensors[0], values) if alone is not None else None


# -- sizes that must be multiples ------------------------------------------------------------------------


def _multiple(
    block: Block, node: Node, tensor: Tensor, dim: int, of: int, parameter: str = "", mend: int = 0
) -> Complaint | None:
    """Say that a size of what arrives is no multiple of a number."""
    size = tensor.shape[dim].fixed
    if size % of == 0:
        return None
    return Complaint(
        "not_a_multiple",
        Message(
            "“{name}” needs a multiple of {number} in dimension {dim}, and {received} arrives.",
            name=node.name,
            number=of,
            dim=dim % len(tensor.shape),
            received=str(tensor),
        ),
        port="" if parameter else "x",
        parameter=parameter,
        expected=Message("a multiple of {number}", number=of),
        received=Message("{value}", value=size),
        fixes=(setting(block, node, parameter, mend),) if mend else (),
    )


def _shuffled_up(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    factor = _whole(values, "upscale_factor")
    channels = tensor.shape[1].fixed
    fitting = max(side for side in range(1, factor + 1) if channels % (side * side) == 0)
    mend = fitting if fitting > 1 else 0
    return _multiple(block, node, tensor, 1, factor * factor, "upscale_factor", mend)


def _shuffled_down(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    factor = _whole(values, "downscale_factor")
    sides = [dim.fixed for dim in tensor.shape[2:]]
    fitting = max(side for side in range(1, factor + 1) if all(size % side == 0 for size in sides))
    uneven = next((index for index, size in enumerate(sides) if size % factor), 0)
    mend = fitting if fitting > 1 else 0
    return _multiple(block, node, tensor, 2 + uneven, factor, "downscale_factor", mend)


def _grouped(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    groups = _whole(values, "groups")
    fitting = math.gcd(tensor.shape[1].fixed, groups)
    return _multiple(block, node, tensor, 1, groups, "groups", fitting)


def _halved(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    dim = values.get("dim", -1)
    place = dim if isinstance(dim, int) else -1
    if not tensor.shape[place].per_batch:
        return _multiple(block, node, tensor, place, 2)
    return Complaint(
        "splits_batch",
        Message(
            "“{name}” would halve dimension {dim}, which is the batch and may be of any size.",
            name=node.name,
            dim=place % len(tensor.shape),
        ),
        parameter="dim",
        expected=Message("a dimension of one sample, such as 1 or -1"),
        received=Message("{value}", value=place),
        fixes=(setting(block, node, "dim", -1),),
    )


# -- places and parts ------------------------------------------------------------------------------------


def _picked(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    dim, index = _whole(values, "dim"), _whole(values, "index")
    if dim >= len(tensor.shape):
        return None
    size = tensor.shape[dim].fixed
    return _out_of_range(block, node, "index", index, -size, size - 1) if not -size <= index < size else None


def _padded_word(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    words, word = _whole(values, "num_embeddings"), values.get("padding_idx")
    if not isinstance(word, int) or word < words:
        return None
    return _out_of_range(block, node, "padding_idx", word, 0, words - 1, mend=0)


def _out_of_range(
    block: Block, node: Node, parameter: str, value: int, low: int, high: int, mend: int = -1
) -> Complaint:
    return Complaint(
        "out_of_range",
        Message(
            "There is no place {place}: the places of “{name}” go from {low} to {high}.",
            place=value,
            name=node.name,
            low=low,
            high=high,
        ),
        parameter=parameter,
        expected=Message("{what} from {low} to {high}", what=Message("a whole number"), low=low, high=high),
        received=Message("{value}", value=value),
        fixes=(setting(block, node, parameter, mend),),
    )


def _unflattened(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    dim, sizes = _whole(values, "dim"), values.get("unflattened_size")
    if not -len(tensor.shape) <= dim < len(tensor.shape) or not isinstance(sizes, tuple):
        return None
    size = tensor.shape[dim].fixed
    first = [each for each in sizes if isinstance(each, int)][:1]
    mended = (first[0], size // first[0]) if first and first[0] > 0 and size % first[0] == 0 else (1, size)
    return Complaint(
        "reshape",
        Message(
            "Dimension {dim} of {received} has {size}, which {sizes} do not fill.",
            dim=dim % len(tensor.shape),
            received=str(tensor),
            size=size,
            sizes=show(sizes),
        ),
        parameter="unflattened_size",
        expected=Message("sizes whose product is {number}", number=size),
        received=Message("{value}", value=show(sizes)),
        fixes=(setting(block, node, "unflattened_size", mended),),
    )


def _positioned(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    longest, length = _whole(values, "max_length"), tensor.shape[1].fixed
    if length <= longest:
        return None
    return Complaint(
        "too_long",
        Message(
            "“{name}” knows {longest} places, and sequences of {length} arrive.",
            name=node.name,
            longest=longest,
            length=length,
        ),
        parameter="max_length",
        expected=Message("at most {number}", number=longest),
        received=Message("{value}", value=length),
        fixes=(setting(block, node, "max_length", length),),
    )


def _cut(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    dim = _whole(values, "dim")
    if not -len(tensor.shape) <= dim < len(tensor.shape):
        return None
    size = tensor.shape[dim].fixed
    if block.type == "chunk":
        pieces = _whole(values, "chunks")
        made = -(-size // -(-size // pieces)) if size else 0
        return _pieces(block, node, pieces, made, size) if made < pieces else None
    parts = values.get("split_size_or_sections")
    sizes = [part for part in parts if isinstance(part, int)] if isinstance(parts, tuple) else []
    if not sizes or sum(sizes) == size:
        return None
    kept = size - sum(sizes[:-1])
    return Complaint(
        "parts_do_not_add_up",
        Message(
            "The parts have {total} together, and dimension {dim} of {received} has {size}.",
            total=sum(sizes),
            dim=dim % len(tensor.shape),
            received=str(tensor),
            size=size,
        ),
        parameter="split_size_or_sections",
        expected=Message("sizes whose sum is {number}", number=size),
        received=Message("{value}", value=show(parts)),
        fixes=(setting(block, node, "split_size_or_sections", (*sizes[:-1], kept)),) if kept > 0 else (),
    )


def _pieces(block: Block, node: Node, pieces: int, made: int, size: int) -> Complaint:
    return Complaint(
        "too_many_parts",
        Message(
            "{size} {size:number|numbers} cannot be cut into {pieces} pieces of equal size: it gives {made}.",
            size=size,
            pieces=pieces,
            made=made,
        ),
        parameter="chunks",
        expected=Message("at most {number}", number=made),
        received=Message("{value}", value=pieces),
        fixes=(setting(block, node, "chunks", made),),
    )


def _reflected(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    padding = values.get("padding")
    sides = padding if isinstance(padding, tuple) else (padding,)
    widest = max((side for side in sides if isinstance(side, int)), default=0)
    most = min(dim.fixed for dim in tensor.shape[2:]) - (1 if "reflection" in block.type else 0)
    if widest <= most:
        return None
    return Complaint(
        "padding_too_large",
        Message(
            "{received} has numbers to repeat for a padding of at most {number} at each side.",
            received=str(tensor),
            number=most,
        ),
        parameter="padding",
        expected=Message("at most {number}", number=most),
        received=Message("{value}", value=show(padding)),
        fixes=(setting(block, node, "padding", most),),
    )


def _spread(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    channels, groups = tensor.shape[1].fixed, _whole(values, "num_groups")
    together = channels // groups if block.type == "group_norm" else 1
    if math.prod(dim.fixed for dim in tensor.shape[2:]) * together != 1:
        return None
    if channels > 1 and block.type == "group_norm":
        return Complaint(
            "nothing_to_normalise",
            Message(
                "“{name}” brings the numbers of each group to one spread, and {groups} groups of {received}"
                " have a single number each: nothing would be left of it. Take fewer groups.",
                name=node.name,
                groups=groups,
                received=str(tensor),
            ),
            parameter="num_groups",
            expected=Message("at most {number}", number=channels // 2),
            received=Message("{value}", value=groups),
            fixes=(
                setting(
                    block,
                    node,
                    "num_groups",
                    max(n for n in range(1, channels // 2 + 1) if channels % n == 0),
                ),
            ),
        )
    return Complaint(
        "nothing_to_normalise",
        Message(
            "“{name}” brings the numbers of each channel to one spread, and {received} has a single number"
            " in each: nothing would be left of it. Take it out, or put it before the sizes shrink.",
            name=node.name,
            received=str(tensor),
        ),
        port="x",
        expected=Message("at least two numbers in each channel"),
        received=text(tensor),
        fixes=(
            Fix(
                Message("Remove “{name}”", name=node.name),
                "remove",
                node.id,
                parameters=freeze({"rejoin": True}),
            ),
        ),
    )


# -- tensors that meet -----------------------------------------------------------------------------------


def _features(block: Block, node: Node, tensors: list[Tensor]) -> Complaint | None:
    """Say that the sizes which are multiplied with each other differ."""
    first, second = tensors[0], tensors[1]
    if not first.shape or not second.shape:
        return None
    rows = block.type == "matmul" and len(second.shape) > 1
    one, other = first.shape[-1], second.shape[-2 if rows else -1]
    if one == other:
        return None
    return Complaint(
        "feature_mismatch",
        Message(
            "The last size of {first} is {one}, and {other_tensor} has {other} where it meets it: they must"
            " be equal. A Linear before one of them brings it to the size of the other.",
            first=str(first),
            one=str(one),
            other_tensor=str(second),
            other=str(other),
        ),
        port=block.inputs[1].name,
        expected=Message("{sizes}", sizes=str(one)),
        received=Message("{sizes}", sizes=str(other)),
        fixes=(
            Fix(
                Message("Insert a Linear to {count} {count:feature|features}", count=one.fixed),
                "insert",
                node.id,
                block.inputs[1].name,
                "linear",
                freeze({"out_features": one.fixed}),
            ),
        )
        if not rows and not one.per_batch
        else (),
    )


def _stacked(node: Node, tensors: list[Tensor]) -> Complaint | None:
    wire = next((wire for wire, tensor in enumerate(tensors) if tensor.shape != tensors[0].shape), None)
    if wire is None:
        return None
    other = tensors[wire]
    return Complaint(
        "shapes_differ",
        Message(
            "{first} and {other} cannot be stacked: all of their sizes must agree.",
            first=str(tensors[0]),
            other=str(other),
        ),
        port="x",
        expected=text(tensors[0]),
        received=text(other),
        fixes=tuple(bring(node, ("x", wire), other, tensors[0].shape)),
    )


def _whole(values: Values, name: str) -> int:
    value = values.get(name)
    return value if isinstance(value, int) else 1


_MATCHING = frozenset(
    "matmul cdist cosine_similarity pairwise_distance attention transformer_decoder_layer transformer".split()
)
"""Blocks whose first two inputs must agree in a size."""

_ALONE: Mapping[str, _Reason] = {
    "pixel_shuffle": _shuffled_up,
    "pixel_unshuffle": _shuffled_down,
    "channel_shuffle": _grouped,
    "glu": _halved,
    "rotary": lambda block, node, tensor, values: _multiple(block, node, tensor, -1, 2),
    "unflatten": _unflattened,
    "select": _picked,
    "embedding": _padded_word,
    "embedding_bag": _padded_word,
    "learned_position": _positioned,
    "chunk": _cut,
    "split": _cut,
    **dict.fromkeys(
        (f"{kind}_pad{n}d" for kind in ("reflection", "circular") for n in (1, 2, 3)), _reflected
    ),
    **dict.fromkeys((f"instance_norm{n}d" for n in (1, 2, 3)), _spread),
    "group_norm": _spread,
}
