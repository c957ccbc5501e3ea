"""How much of the inputs each place of an output sees: its receptive field, exact place by place.

What normalisations see through means and deviations is not counted, as is usual; nor does padding end a
field at the border. Sequences that are read step by step, or attended to, have none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from studio.compiler.dimensions import Labels
from studio.compiler.flow import Flow, flow
from studio.compiler.walk import Outcome, Walk
from studio.compiler.windows import WHOLE, Line, windows
from studio.graph import Value

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Axis:
    """What is seen of one dimension of an input.

    Attributes:
        length: the size of that dimension.
        line: what each place sees; None for all of it.
        at: the dimension of the tensor along which the places lie; None once there is none.
    """

    length: int
    line: Line | None
    at: int | None

    @property
    def size(self) -> int:
        """How many places are seen; it may be more than there are, as padding counts."""
        return self.length if self.line is None else self.line.size


@dataclass(frozen=True)
class Seen:
    """What an output sees of each input.

    Attributes:
        inputs: name of the input to its dimensions.
    """

    inputs: Mapping[str, tuple[Axis, ...]]

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Field:
    """The receptive field of an output, in the input of which it sees most.

    Attributes:
        source: the name of that input.
        sizes: how many places are seen along each dimension.
        jumps: how far apart neighbouring places look; none for a dimension that is seen whole.
        whole: everything of the input is seen.
    """

    source: str
    sizes: tuple[int, ...]
    jumps: tuple[Fraction | None, ...]
    whole: bool


def fields(walk: Walk, known: Mapping[tuple[str, str], Labels]) -> Flow[Seen]:
    """Give what every output of a graph sees.

    Args:
        walk: the graph, looked through.
        known: the labels of its outputs.
    """

    def enter(outcome: Outcome) -> Seen | None:
        tensor = outcome.report.outputs.get("y")
        said = known.get((outcome.node.id, "y"))
        if tensor is None or said is None:
            return None
        dims = _places(said)
        if dims is None or any(tensor.shape[dim].per_batch for dim in dims):
            return None
        return Seen({outcome.node.name: tuple(Axis(tensor.shape[dim].fixed, Line(), dim) for dim in dims)})

    return flow(walk, enter, through)


def field_of(seen: Seen) -> Field | None:
    """Give the largest of the fields; None where an output depends on no input."""
    best: Field | None = None
    for name, axes in seen.inputs.items():
        sizes = tuple(axis.size for axis in axes)
        jumps = tuple(axis.line.jump if axis.line is not None else None for axis in axes)
        found = Field(name, sizes, jumps, all(axis.line is None for axis in axes))
        if best is None or (found.whole, _product(sizes)) > (best.whole, _product(best.sizes)):
            best = found
    return best


def through(outcome: Outcome, arriving: Mapping[str, tuple[Seen | None, ...]]) -> Mapping[str, Seen]:
    """Give what leaves a block sees; nothing where that is not known or has no sense."""
    several = [one for port in arriving.values() for one in port]
    seen = [one for one in several if one is not None]
    if len(seen) < len(several):
        return {}
    found: Seen | None
    if outcome.block.group == "making":
        found = Seen({})
    elif not seen:
        found = None
    else:
        found = _through(outcome, seen)
    return {} if found is None else dict.fromkeys(outcome.report.outputs, found)


def _through(outcome: Outcome, seen: list[Seen]) -> Seen | None:
    block, values = outcome.block, outcome.report.resolved
    arrives = next(tensors[0] for tensors in outcome.report.inputs.values())
    leaves = next(iter(outcome.report.outputs.values()), None)
    if leaves is None:
        return None
    rank = len(arrives.shape)
    if block.type == "crop_to":
        seen = seen[:1]  # of the other image, only the size is used
    joined = _joined(seen)
    if joined is None:
        return None
    found = windows(block, values, arrives, leaves)
    if found is not None:
        return _each(joined, lambda axis: _slid(axis, found))
    if block.type in _ALL or block.group == "attention":
        return _each(joined, lambda axis: Axis(axis.length, WHOLE, None))
    if block.type == "flatten":
        first, last = (_whole(values, name) % rank for name in ("start_dim", "end_dim"))
        gone = range(first, last + 1) if last > first else ()
        return _reduced(joined, gone, [d if d < first else d - (last - first) for d in range(rank)])
    if block.type in _REDUCE:
        dims = [dim % rank for dim in _dims(values)]
        return _reduced(joined, dims, _left(rank, () if values.get("keepdim") else dims))
    if block.type in _MOVE:
        places = _MOVE[block.type](values, rank)
        return _each(joined, lambda axis: dataclasses.replace(axis, at=places.get(axis.at, None)))
    if block.type in ("linear", "bilinear"):
        return _reduced(joined, [rank - 1], range(rank))
    if block.type in _APART:
        # Laid side by side or cut along the places: then each place would need a field of its own.
        dims = [dim % rank for dim in _dims(values)]
        return None if any(axis.at in dims for axes in joined.inputs.values() for axis in axes) else joined
    if block.group in ("activation", "normalization", "regularization") or block.type in _PASS:
        mixed = [dim % rank for dim in _dims(values)]
        return _reduced(joined, mixed, range(rank))
    return None


_ALL = frozenset("reshape unflatten unfold fold matmul einsum cdist".split())
_REDUCE = frozenset(
    "mean sum max min std var logsumexp norm prod argmax cosine_similarity pairwise_distance".split()
)
_APART = frozenset("concat chunk split flip roll".split())
_PASS = frozenset(
    """identity add subtract multiply divide maximum minimum lerp reparameterize exp log sqrt square abs neg
    reciprocal sin cos power clamp scale cumsum channel_shuffle embedding one_hot learned_position
    sinusoidal_position""".split()
)


def _places(said: Labels) -> list[int] | None:
    """Give the dimensions of an Input that are places; None for a sequence."""
    channels = "channel" in said
    if "time" in said and not channels:
        return None
    kinds = {None, "depth", "height", "width", *(("time",) if channels else ())}
    if len(said) == 2:
        kinds.add("feature")
    return [dim for dim, label in enumerate(said) if dim and label in kinds]


def _slid(axis: Axis, found: Mapping[int, Line | None]) -> Axis | None:
    if axis.at is None or axis.at not in found or axis.line is None:
        return axis
    line = found[axis.at]
    if line is None:
        return dataclasses.replace(axis, line=WHOLE)
    behind = axis.line.then(line)
    return None if behind is None else dataclasses.replace(axis, line=behind)


def _each(seen: Seen, change: Callable[[Axis], Axis | None]) -> Seen | None:
    inputs: dict[str, tuple[Axis, ...]] = {}
    for name, axes in seen.inputs.items():
        changed = [change(axis) for axis in axes]
        inputs[name] = tuple(axis for axis in changed if axis is not None)
        if len(inputs[name]) < len(axes):
            return None
    return Seen(inputs)


def _reduced(seen: Seen, dims: Iterable[int], places: Iterable[int | None]) -> Seen | None:
    """Let dimensions be seen whole, and the others stand at new places."""
    gone, moved = set(dims), dict(enumerate(places))

    def change(axis: Axis) -> Axis:
        if axis.at is None:
            return axis
        line = WHOLE if axis.at in gone else axis.line
        return Axis(axis.length, line, moved.get(axis.at))

    return _each(seen, change)


def _joined(several: list[Seen]) -> Seen | None:
    """Give what several outputs see together; None where their places do not go side by side."""
    inputs: dict[str, tuple[Axis, ...]] = {}
    for seen in several:
        for name, axes in seen.inputs.items():
            if name not in inputs:
                inputs[name] = axes
                continue
            both: list[Axis] = []
            for one, other in zip(inputs[name], axes, strict=True):
                line = None if one.line is None or other.line is None else one.line.joined(other.line)
                if one.line is not None and other.line is not None and (line is None or one.at != other.at):
                    return None
                both.append(Axis(one.length, line, one.at if one.at is not None else other.at))
            inputs[name] = tuple(both)
    return Seen(inputs)


def _product(sizes: Iterable[int]) -> int:
    total = 1
    for size in sizes:
        total *= size
    return total


def _whole(values: Values, name: str) -> int:
    value = values.get(name)
    return value if isinstance(value, int) else 0


def _dims(values: Values) -> list[int]:
    value = values.get("dim", values.get("dims"))
    several = value if isinstance(value, tuple) else (value,)
    return [dim for dim in several if isinstance(dim, int)]


def _left(rank: int, gone: Iterable[int]) -> list[int | None]:
    """Give where dimensions stand once some are gone."""
    out = set(gone)
    kept = [dim for dim in range(rank) if dim not in out]
    return [kept.index(dim) if dim not in out else None for dim in range(rank)]


# -- blocks that move dimensions: the old place to the new one ------------------------------------------


def _permuted(values: Values, rank: int) -> dict[int | None, int]:
    dims = values.get("dims")
    order = [0, *(dim for dim in dims if isinstance(dim, int))] if isinstance(dims, tuple) else []
    return {old: new for new, old in enumerate(order)}


def _transposed(values: Values, rank: int) -> dict[int | None, int]:
    a, b = (_whole(values, name) % rank for name in ("dim0", "dim1"))
    return {dim: b if dim == a else a if dim == b else dim for dim in range(rank)}


def _dropped(values: Values, rank: int) -> dict[int | None, int]:
    left = _left(rank, [dim % rank for dim in _dims(values)])
    return {old: new for old, new in enumerate(left) if new is not None}


def _inserted(values: Values, rank: int) -> dict[int | None, int]:
    place = _whole(values, "dim") % (rank + 1)
    return {dim: dim if dim < place else dim + 1 for dim in range(rank)}


_MOVE: Mapping[str, Callable[[Values, int], dict[int | None, int]]] = {
    "permute": _permuted,
    "transpose": _transposed,
    "squeeze": _dropped,
    "select": _dropped,
    "unsqueeze": _inserted,
    "stack": _inserted,
}
