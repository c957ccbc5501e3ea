"""What each dimension of a tensor means: batch, channel, depth, height, width, time or feature.

A block says it by its family and the numbers of dimensions that it declares: what a convolution, a pooling
or a padding takes and gives is batch, channel, height, width; what a recurrent or attention block does is
batch, time, feature. Blocks that change single numbers pass labels on; blocks that move dimensions move
them. What no block says (an Input, a Reshape) is read off the blocks that take it, where they agree.
Everything else stays without a label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from studio.blocks import Block, Port
from studio.compiler.flow import Flow, flow
from studio.compiler.tensors import BATCH, Tensor
from studio.compiler.walk import Outcome, Walk
from studio.graph import Value

Label = Literal["batch", "channel", "depth", "height", "width", "time", "feature"]
"""What one dimension means."""

Labels = tuple[Label | None, ...]
"""A label for each dimension, or None."""

IMAGES: Mapping[int, Labels] = {
    1: ("batch",),
    2: ("batch", "feature"),
    3: ("batch", "channel", "time"),
    4: ("batch", "channel", "height", "width"),
    5: ("batch", "channel", "depth", "height", "width"),
}
"""What blocks of images, signals and volumes take, by number of dimensions."""

SEQUENCES: Mapping[int, Labels] = {
    1: ("batch",),
    2: ("batch", "time"),
    3: ("batch", "time", "feature"),
    4: ("batch", None, "time", "feature"),
}
"""What blocks of sequences take; four dimensions have the heads of an attention second."""

_SEQUENCE_GROUPS = frozenset({"sequence", "attention", "embedding"})
_PASSING_GROUPS = frozenset({"activation", "normalization", "regularization"})
_NUMBER_BY_NUMBER = frozenset(
    """identity add subtract multiply divide maximum minimum lerp reparameterize concat exp log sqrt square
    abs neg reciprocal sin cos power clamp scale cumsum chunk split slice flip roll repeat gather""".split()
)
"""Blocks outside the passing groups whose dimensions mean what those that arrive mean."""


_TAKES_OWN, _GIVES_OWN = frozenset({"fold", "cdist"}), frozenset({"unfold", "cdist"})
"""Blocks that declare a number of dimensions whose sense is their own: windows, pairs."""


def labels(walk: Walk) -> Flow[Labels]:
    """Give the labels of every output of a graph."""
    wanted = _wanted(walk)

    def enter(outcome: Outcome) -> Labels | None:
        tensor = outcome.report.outputs.get("y")
        if tensor is None:
            return None
        return _settled(tensor, (None,) * len(tensor.shape), wanted.get((outcome.node.id, "y")))

    def through(outcome: Outcome, arriving: Mapping[str, tuple[Labels | None, ...]]) -> Mapping[str, Labels]:
        found: dict[str, Labels] = {}
        for name, tensor in outcome.report.outputs.items():
            said = given(outcome, name, tensor, arriving)
            # Inside a composite, ids are those of another graph: what it wants was asked of its own walk.
            want = (
                wanted.get((outcome.node.id, name)) if walk.outcomes.get(outcome.node.id) is outcome else None
            )
            found[name] = _settled(tensor, said, want)
        return found

    return flow(walk, enter, through)


def taken(block: Block, port: Port, rank: int) -> Labels | None:
    """Give what the dimensions mean that arrive at a port, if the block says so."""
    if block.type == "linear":
        return (*(None,) * (rank - 1), "feature") if rank > 2 else IMAGES[2] if rank == 2 else None
    if rank not in port.rank or block.type in _TAKES_OWN:
        return SEQUENCES.get(rank) if block.type == "embedding" else None
    return _family(block, port).get(rank)


def given(
    outcome: Outcome, port: str, tensor: Tensor, arriving: Mapping[str, Sequence[Labels | None]]
) -> Labels:
    """Give what the dimensions mean that leave a port, as far as the block or what arrives says so."""
    block, rank = outcome.block, len(tensor.shape)
    unknown: Labels = (None,) * rank
    carried = [found for several in arriving.values() for found in several if found is not None]
    first = carried[0] if carried else None
    if block.type in _MOVES:
        moved = _MOVES[block.type](outcome.report.resolved, first) if first is not None else None
        return moved if moved is not None and len(moved) == rank else unknown
    if block.type == "linear":
        return (*(first[:-1] if first else (None,) * (rank - 1)), "feature")
    if block.type in ("embedding", "one_hot"):
        return (*(first or SEQUENCES.get(rank - 1, unknown[1:])), "feature")
    if block.type in ("embedding_bag", "time_embedding", "bilinear"):
        return (*unknown[1:], "feature")
    if block.type == "fold":
        return IMAGES[rank]
    declares = block.inputs and block.inputs[0].rank and block.type not in _GIVES_OWN
    if declares and (port == block.outputs[0].name or block.group == "pooling"):
        said = _family(block, block.inputs[0]).get(rank)
        if said is not None and tensor.shape[0] == BATCH:
            return said
    if block.group == "sequence":
        return (*unknown[:-1], "feature")  # the states: layers, batch, feature
    if block.group in _PASSING_GROUPS or block.type in _NUMBER_BY_NUMBER:
        return _merged([found for found in carried if len(found) == rank]) or unknown
    return unknown


def _family(block: Block, port: Port) -> Mapping[int, Labels]:
    # Squeeze-and-excitation stands with attention, but takes images only.
    if block.group in _SEQUENCE_GROUPS and port.rank != (4,):
        return {**SEQUENCES, 2: IMAGES[2]} if block.group == "sequence" else SEQUENCES
    return IMAGES


def _wanted(walk: Walk) -> dict[tuple[str, str], Labels]:
    """Give what the takers of each output say of it, where they agree."""
    wanted: dict[tuple[str, str], Labels] = {}
    for key, outcome in reversed(list(walk.outcomes.items())):
        inner = _inner(outcome)
        for port in outcome.block.inputs:
            for wire in walk.graph.into(key):
                tensor = _tensor(walk, wire.source.node, wire.source.port)
                if not wire.enabled or wire.target.port != port.name or tensor is None:
                    continue
                said = inner.get(port.name) or taken(outcome.block, port, len(tensor.shape))
                if said is None and _passes(outcome):
                    said = wanted.get((key, outcome.block.outputs[0].name))
                if said is not None and len(said) == len(tensor.shape):
                    source = wire.source.node, wire.source.port
                    others = wanted.get(source)
                    wanted[source] = said if others is None else _agreed(said, others)
    return wanted


def _inner(outcome: Outcome) -> dict[str, Labels]:
    """Give what a composite's own Inputs are taken for, by name."""
    if not outcome.inner:
        return {}
    walk = outcome.inner[0]
    wanted = _wanted(walk)
    return {node.name: wanted[node.id, "y"] for node in walk.inputs() if (node.id, "y") in wanted}


def _passes(outcome: Outcome) -> bool:
    block = outcome.block
    if not block.outputs or block.type in _MOVES:
        return False
    return outcome.node.bypassed or block.group in _PASSING_GROUPS or block.type in _NUMBER_BY_NUMBER


def _tensor(walk: Walk, node: str, port: str) -> Tensor | None:
    outcome = walk.outcomes.get(node)
    return outcome.report.outputs.get(port) if outcome is not None else None


def _settled(tensor: Tensor, said: Labels, wanted: Labels | None) -> Labels:
    """Fill gaps with what takers say; `batch` stands exactly where the size is that of the batch."""
    found: list[Label | None] = []
    for index, dim in enumerate(tensor.shape):
        label = said[index]
        if label is None and wanted is not None and wanted[index] not in said:
            label = wanted[index]
        found.append("batch" if dim == BATCH else None if label == "batch" else label)
    return tuple(found)


def _merged(several: Iterable[Labels]) -> Labels | None:
    """Give for each dimension the first label that anything that arrives has."""
    rows = list(several)
    if not rows:
        return None
    return tuple(next((label for label in column if label), None) for column in zip(*rows, strict=True))


def _agreed(one: Labels, other: Labels) -> Labels:
    return tuple(
        a if a == b or b is None else b if a is None else None for a, b in zip(one, other, strict=True)
    )


# -- blocks that move dimensions -----------------------------------------------------------------------

Values = Mapping[str, Value]


def _whole(values: Values, name: str, otherwise: int = 0) -> int:
    value = values.get(name)
    return value if isinstance(value, int) else otherwise


def _dims(values: Values, rank: int) -> list[int]:
    value = values.get("dim")
    dims = value if isinstance(value, tuple) else (value,)
    return sorted(dim % rank for dim in dims if isinstance(dim, int))


def _permuted(values: Values, found: Labels) -> Labels | None:
    dims = values.get("dims")
    order = [dim for dim in dims if isinstance(dim, int)] if isinstance(dims, tuple) else []
    return (found[0], *(found[dim] for dim in order)) if all(dim < len(found) for dim in order) else None


def _transposed(values: Values, found: Labels) -> Labels:
    moved = list(found)
    a, b = (_whole(values, name) % len(found) for name in ("dim0", "dim1"))
    moved[a], moved[b] = moved[b], moved[a]
    return tuple(moved)


def _flattened(values: Values, found: Labels) -> Labels:
    first, last = (_whole(values, name) % len(found) for name in ("start_dim", "end_dim"))
    if last - first < 1:
        return found
    joined: Label | None = "feature" if (first, last) == (1, len(found) - 1) else None
    return (*found[:first], joined, *found[last + 1 :])


def _without(values: Values, found: Labels) -> Labels:
    if values.get("keepdim"):
        return found
    gone = _dims(values, len(found))
    return tuple(label for index, label in enumerate(found) if index not in gone)


def _with_one(values: Values, found: Labels) -> Labels:
    place = _whole(values, "dim") % (len(found) + 1)
    return (*found[:place], None, *found[place:])


_MOVES: Mapping[str, Callable[[Values, Labels], Labels | None]] = {
    "permute": _permuted,
    "transpose": _transposed,
    "flatten": _flattened,
    "squeeze": _without,
    "select": _without,
    "unsqueeze": _with_one,
    "stack": _with_one,
    **dict.fromkeys(
        "mean sum max min std var logsumexp norm prod argmax cosine_similarity".split(), _without
    ),
}
