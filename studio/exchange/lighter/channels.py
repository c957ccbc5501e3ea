"""Which channels of a network belong together: what is cut out of one block is cut out of all that it meets.

A convolution or a dense layer makes channels; normalisations, activations and pooling pass them on; the next
layer reads them. Where two ways are added, their channels are the same ones from there on; where they are
laid side by side, each keeps its own. Whatever is not known to pass channels on keeps all that it gets.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import torch

from studio.compiler.program import Program, Source, Step
from studio.compiler.tensors import Tensor
from studio.graph import Value
from studio.project import COMPOSITE

Segment = tuple[int, int]
"""Channels of one group, and how many places in a row each of them takes."""

Layout = tuple[Segment, ...]
"""How the channels of a tensor lie along their dimension: groups one behind the other."""

Path = tuple[str, ...]
"""The composites around a block, by the ids of the nodes that stand for them; empty in the network itself."""

Part = Literal["makes", "reads", "follows"]
"""What a dimension of a weight has to do with channels: it gives them, takes them, or goes with them."""


@dataclass(frozen=True)
class Along:
    """Where a value has its channels.

    Attributes:
        axis: along which dimension.
        layout: how they lie there.
    """

    axis: int
    layout: Layout


@dataclass(frozen=True)
class Cut:
    """A dimension of a weight that shrinks when channels go.

    Attributes:
        tensor: its name, as in the state of the network.
        dim: the dimension.
        layout: how the channels lie along it.
        part: what it has to do with them.
    """

    tensor: str
    dim: int
    layout: Layout
    part: Part


@dataclass(frozen=True)
class Width:
    """A parameter of a block that says how many channels there are.

    Attributes:
        path: the composites around it.
        node: the id of the block.
        parameter: its name.
        layout: the channels that it counts.
    """

    path: Path
    node: str
    parameter: str
    layout: Layout


@dataclass(frozen=True)
class Channels:
    """The channels of a network, in groups that are cut together.

    Attributes:
        counts: group to how many channels it has.
        fixed: groups that stay as they are.
        cuts: every dimension of a weight that has to do with a group.
        widths: every parameter that counts channels.
        entering: place of a block (composites around it, id) to the layouts that enter it.
        values: place of a block to its parameters, resolved.
        examples: place of an Input of a composite to the sizes of one sample, and where its channels are.
        alike: groups that lose the same number, because one drawing stands for several rounds.
    """

    counts: Mapping[int, int]
    fixed: frozenset[int]
    cuts: tuple[Cut, ...]
    widths: tuple[Width, ...]
    entering: Mapping[tuple[Path, str], tuple[Layout, ...]]
    values: Mapping[tuple[Path, str], Mapping[str, Value]]
    examples: Mapping[tuple[Path, str], tuple[tuple[int, ...], Along]]
    alike: tuple[frozenset[int], ...]

    __hash__ = None  # type: ignore[assignment]

    @property
    def free(self) -> list[int]:
        """Give the groups that channels can be cut from."""
        return [group for group, count in self.counts.items() if group not in self.fixed and count > 1]


_ACTIVATIONS = frozenset(
    "relu leaky_relu elu gelu silu sigmoid tanh relu6 rrelu celu selu mish softplus softsign log_sigmoid "
    "hardsigmoid hardswish hardtanh hardshrink softshrink tanhshrink threshold exp log sqrt square abs neg "
    "reciprocal sin cos power clamp scale identity dropout alpha_dropout stochastic_depth "
    "gaussian_noise".split()
)
"""What works on each number by itself."""

_WINDOWS = frozenset(
    {
        *(f"{kind}{n}d" for kind in ("max_pool", "avg_pool", "lp_pool", "dropout") for n in (1, 2, 3)),
        *(f"adaptive_{kind}_pool{n}d" for kind in ("avg", "max") for n in (1, 2, 3)),
        *(
            f"{kind}_pad{n}d"
            for kind in ("zero", "constant", "reflection", "replication", "circular")
            for n in (1, 2, 3)
        ),
        *("feature_alpha_dropout", "upsample", "upsample1d", "upsample3d", "resize"),
        *("fractional_max_pool2d", "fractional_max_pool3d"),
    }
)
"""What works on each channel by itself."""

_NORMS = frozenset(f"{kind}_norm{n}d" for kind in ("batch", "instance") for n in (1, 2, 3))
_TOGETHER = frozenset({"add", "subtract", "multiply", "divide", "maximum", "minimum"})
_CONVOLUTIONS = frozenset({"conv1d", "conv2d", "conv3d"})
_TRANSPOSED = frozenset({"conv_transpose1d", "conv_transpose2d", "conv_transpose3d"})
_DEPTHWISE = frozenset({"depthwise_conv1d", "depthwise_conv2d"})


def channels_of(ordered: Program, sizes: Mapping[str, torch.Size]) -> Channels:
    """Follow the channels through a network.

    Args:
        ordered: its program.
        sizes: name of each weight, as in its state, to its sizes.
    """
    follower = _Follower(sizes)
    leaving = follower.walk(ordered, "", (), {})
    follower.fix(leaving.values())
    return follower.found()


@dataclass
class _Follower:
    sizes: Mapping[str, torch.Size]
    _counts: list[int] = field(default_factory=list)
    _same: list[int] = field(default_factory=list)
    _fixed: set[int] = field(default_factory=set)
    _cuts: list[Cut] = field(default_factory=list)
    _widths: list[Width] = field(default_factory=list)
    _entering: dict[tuple[Path, str], tuple[Layout, ...]] = field(default_factory=dict)
    _values: dict[tuple[Path, str], Mapping[str, Value]] = field(default_factory=dict)
    _examples: dict[tuple[Path, str], tuple[tuple[int, ...], Along]] = field(default_factory=dict)

    # -- groups ------------------------------------------------------------------------------------

    def group(self, count: int, fixed: bool = False) -> int:
        """Begin a new group."""
        self._counts.append(count)
        self._same.append(len(self._same))
        if fixed:
            self._fixed.add(len(self._same) - 1)
        return len(self._same) - 1

    def root(self, group: int) -> int:
        """Give the group that a group has become a part of."""
        while self._same[group] != group:
            group = self._same[group]
        return group

    def join(self, one: int, other: int) -> None:
        """Have two groups be cut alike."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self._same[other] = one
            if other in self._fixed:
                self._fixed.add(one)

    def fix(self, alongs: Iterable[Along | None]) -> None:
        """Keep all channels of some values."""
        for along in alongs:
            if along is not None:
                self._fixed |= {self.root(group) for group, _ in along.layout}

    def found(self) -> Channels:
        """Give what was found, with each group under one number."""

        def settled(layout: Layout) -> Layout:
            return tuple((self.root(group), times) for group, times in layout)

        cuts = tuple(Cut(cut.tensor, cut.dim, settled(cut.layout), cut.part) for cut in self._cuts)
        widths = tuple(Width(w.path, w.node, w.parameter, settled(w.layout)) for w in self._widths)
        places: dict[tuple[Path, str, str], set[int]] = {}
        fixed = {self.root(group) for group in self._fixed}
        for width in widths:
            groups = {group for group, _ in width.layout}
            places.setdefault((width.path, width.node, width.parameter), set()).update(groups)
        alike = _merged([groups for groups in places.values() if len(groups) > 1])
        for groups in alike:
            # One drawing stands for all of them; a last round may be held by what it meets outside.
            if groups & fixed:
                fixed |= groups
        roots = {self.root(group) for group in range(len(self._counts))}
        return Channels(
            {group: self._counts[group] for group in sorted(roots)},
            frozenset(fixed),
            cuts,
            widths,
            {place: tuple(map(settled, layouts)) for place, layouts in self._entering.items()},
            self._values,
            {
                place: (sizes, Along(along.axis, settled(along.layout)))
                for place, (sizes, along) in self._examples.items()
            },
            tuple(map(frozenset, alike)),
        )

    # -- the way through ---------------------------------------------------------------------------

    def walk(
        self, ordered: Program, prefix: str, path: Path, given: Mapping[Source, Along | None]
    ) -> dict[str, Along | None]:
        """Follow the channels through one graph; give what leaves it, by the identifier of the output."""
        values: dict[Source, Along | None] = dict(given)
        tensors: dict[Source, Tensor] = {(key, "y"): tensor for key, _, tensor in ordered.inputs}
        owners = [step.owner for step in ordered.steps if step.has_module]
        for step in ordered.steps:
            sources = [source for found in step.inputs.values() for source in found]
            arriving = [values.get(source) for source in sources]
            place = (path, step.node.id)
            layouts = tuple(along.layout for along in arriving if along is not None)
            self._entering[place] = (*self._entering.get(place, ()), *layouts)
            self._values[place] = step.values
            for port, tensor in step.outputs.items():
                tensors[step.node.id, port] = tensor
            shared = step.has_module and owners.count(step.owner) > 1
            if step.node.type == COMPOSITE and not shared and not step.loops:
                values.update(self._inside(step, prefix, path, values))
                continue
            rule = None if shared else _rule(step)
            made = None
            if rule is not None:
                made = rule(_Met(self, step, prefix, path, arriving, [tensors[each] for each in sources]))
            if made is None:
                self.fix(arriving)
            for port in step.outputs:
                values[step.node.id, port] = made
        return {name: values.get(source) for name, source, _ in ordered.outputs}

    def _inside(
        self, step: Step, prefix: str, path: Path, values: Mapping[Source, Along | None]
    ) -> dict[Source, Along | None]:
        given = [
            values.get(step.inputs[port.name][0]) if port.name in step.inputs else None
            for port in step.block.inputs
        ]
        leaving: list[Along | None] = []
        for number, inner in enumerate(step.inner):
            before = f"{prefix}{step.name}." + (f"{number}." if len(step.inner) > 1 else "")
            entries = {(key, "y"): along for (key, _, _), along in zip(inner.inputs, given, strict=True)}
            for (key, _, tensor), along in zip(inner.inputs, given, strict=True):
                if along is not None and not tensor.lengths:
                    self._examples[(*path, step.node.id), key] = (tensor.at(1)[1:], along)
            leaving = list(self.walk(inner, before, (*path, step.node.id), entries).values())
            given = leaving
        return {
            (step.node.id, port.name): along for port, along in zip(step.block.outputs, leaving, strict=True)
        }

    # -- what is noted -----------------------------------------------------------------------------

    def cut(self, tensor: str, dim: int, layout: Layout, part: Part) -> None:
        """Note a dimension, where the weight is there at all."""
        if tensor in self.sizes and len(self.sizes[tensor]) > dim:
            self._cuts.append(Cut(tensor, dim, layout, part))

    def width(self, path: Path, node: str, parameter: str, layout: Layout) -> None:
        """Note a parameter that counts channels."""
        self._widths.append(Width(path, node, parameter, layout))

    def fits(self, one: Layout, other: Layout) -> bool:
        """Tell whether two layouts have as many channels in the same order of groups."""
        sizes = [[(self._counts[group], times) for group, times in layout] for layout in (one, other)]
        return sizes[0] == sizes[1]


def _merged(sets: list[set[int]]) -> list[set[int]]:
    """Join sets that have a member in common."""
    found: list[set[int]] = []
    for groups in sets:
        joined = set(groups)
        apart = []
        for other in found:
            if other & joined:
                joined |= other
            else:
                apart.append(other)
        found = [*apart, joined]
    return found


@dataclass(frozen=True)
class _Met:
    """A block that channels arrive at."""

    follower: _Follower
    step: Step
    prefix: str
    path: Path
    arriving: list[Along | None]
    tensors: list[Tensor]

    @property
    def one(self) -> Along | None:
        return self.arriving[0]

    @property
    def rank(self) -> int:
        return len(next(iter(self.step.outputs.values())).shape)

    def weight(self, name: str) -> str:
        return f"{self.prefix}{self.step.name}.{name}"

    def made(self, parameter: str, dim: int, axis: int) -> Along:
        """Begin the channels that a layer makes."""
        count = self.step.values[parameter]
        assert isinstance(count, int)
        layout: Layout = ((self.follower.group(count), 1),)
        self.follower.cut(self.weight("weight"), dim, layout, "makes")
        self.follower.cut(self.weight("bias"), 0, layout, "follows")
        self.follower.width(self.path, self.step.node.id, parameter, layout)
        return Along(axis, layout)


Rule = Callable[[_Met], "Along | None"]
"""Gives where the channels of what leaves are; None fixes all that arrive, and is followed no further."""


def _rule(step: Step) -> Rule | None:
    kind = step.node.type
    if len(step.outputs) != 1:
        return None
    if kind in _ACTIVATIONS:
        return lambda met: met.one
    if kind in _WINDOWS:
        return lambda met: met.one if met.one is not None and met.one.axis == 1 and met.rank > 2 else None
    if kind in _NORMS:
        return _norm
    if kind in _TOGETHER:
        return _together
    if kind in _CONVOLUTIONS:
        return _convolution
    if kind in _TRANSPOSED:
        return _transposed
    if kind in _DEPTHWISE:
        return _depthwise
    return {"linear": _linear, "concat": _concat, "flatten": _flatten, "mean": _mean}.get(kind)


def _norm(met: _Met) -> Along | None:
    if met.one is None or met.one.axis != 1:
        return None
    for name in ("weight", "bias", "running_mean", "running_var"):
        met.follower.cut(met.weight(name), 0, met.one.layout, "follows")
    return met.one


def _together(met: _Met) -> Along | None:
    first = met.one
    if first is None:
        return None
    for other in met.arriving[1:]:
        if other is None or other.axis != first.axis or not met.follower.fits(first.layout, other.layout):
            return None
    if any(len(tensor.shape) != met.rank for tensor in met.tensors):
        return None
    for other in met.arriving[1:]:
        assert other is not None
        for (one, _), (same, _) in zip(first.layout, other.layout, strict=True):
            met.follower.join(one, same)
    return first


def _reads(met: _Met, axis: int, dim: int) -> None:
    """Note that a weight takes the channels that arrive, where they lie as it takes them."""
    if met.one is not None and met.one.axis == axis:
        met.follower.cut(met.weight("weight"), dim, met.one.layout, "reads")
    else:
        met.follower.fix([met.one])


def _convolution(met: _Met) -> Along | None:
    values = met.step.values
    if values["groups"] == 1:
        _reads(met, 1, 1)
        return met.made("out_channels", 0, 1)
    if met.one is None or not values["groups"] == values["in_channels"] == values["out_channels"]:
        return None
    for parameter in ("groups", "out_channels"):
        met.follower.width(met.path, met.step.node.id, parameter, met.one.layout)
    return _depthwise(met)


def _transposed(met: _Met) -> Along | None:
    if met.step.values["groups"] != 1:
        return None
    _reads(met, 1, 0)
    return met.made("out_channels", 1, 1)


def _depthwise(met: _Met) -> Along | None:
    if met.one is None or met.one.axis != 1:
        return None
    met.follower.cut(met.weight("weight"), 0, met.one.layout, "follows")
    met.follower.cut(met.weight("bias"), 0, met.one.layout, "follows")
    return met.one


def _linear(met: _Met) -> Along | None:
    _reads(met, met.rank - 1, 1)
    return met.made("out_features", 0, met.rank - 1)


def _concat(met: _Met) -> Along | None:
    dim = met.step.values["dim"]
    assert isinstance(dim, int)
    dim %= met.rank
    known = [along for along in met.arriving if along is not None]
    if not known:
        return None
    if any(along.axis != dim for along in known):
        return _together(met)
    layout: list[Segment] = []
    for along, tensor in zip(met.arriving, met.tensors, strict=True):
        size = tensor.at(1)[dim]
        layout += along.layout if along is not None else ((met.follower.group(size, fixed=True), 1),)
    return Along(dim, tuple(layout))


def _flatten(met: _Met) -> Along | None:
    rank = len(met.tensors[0].shape)
    start, end = met.step.values["start_dim"], met.step.values["end_dim"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    if met.one is None or met.one.axis != 1 or start % rank != 1 or end % rank != rank - 1:
        return None
    if any(dim.length is not None for dim in met.tensors[0].shape[2:]):
        return None
    places = math.prod(met.tensors[0].at(1)[2:])
    return Along(1, tuple((group, times * places) for group, times in met.one.layout))


def _mean(met: _Met) -> Along | None:
    dims = met.step.values["dim"]
    rank = len(met.tensors[0].shape)
    if met.one is None or met.one.axis != 1 or not isinstance(dims, tuple):
        return None
    return met.one if all(isinstance(dim, int) and dim % rank > 1 for dim in dims) else None
