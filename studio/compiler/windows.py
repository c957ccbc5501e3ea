"""Which places of a block's input each place of its output is made from, along one dimension.

A `Line` is exact, not an estimate: upsampling and transposed convolutions see more at some places than at
others, and a line says it for each place of its period.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from studio.blocks import Block
from studio.compiler.tensors import Tensor
from studio.graph import Value

LONGEST = 4096
"""The longest period that is followed; beyond it nothing is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """From which to which place the places of an output see, along one dimension.

    Place `q * len(spans) + r` sees from `spans[r][0] + q * step` to `spans[r][1] + q * step`; a span that
    ends before it begins sees nothing.

    Attributes:
        spans: first and last place seen, for each place of one period.
        step: how far the places seen move on from one period to the next.
    """

    spans: tuple[tuple[int, int], ...] = ((0, 0),)
    step: int = 1

    @property
    def size(self) -> int:
        """The most places that any place sees."""
        return max(last - first + 1 for first, last in self.spans)

    @property
    def jump(self) -> Fraction:
        """How far apart neighbouring places look, in places of what is seen."""
        return Fraction(self.step, len(self.spans))

    def at(self, place: int) -> tuple[int, int]:
        """Give the first and the last place that a place sees."""
        turn, rest = divmod(place, len(self.spans))
        first, last = self.spans[rest]
        return first + turn * self.step, last + turn * self.step

    def then(self, behind: Line) -> Line | None:
        """Give what a block sees through this line; None where the period gets too long.

        Args:
            behind: what the block sees of its own input, whose places are those of this line.
        """
        turns = len(self.spans) // math.gcd(len(self.spans), behind.step)
        count = len(behind.spans) * turns
        if count > LONGEST:
            return None
        spans = []
        for place in range(count):
            first, last = behind.at(place)
            spans.append((self.at(first)[0], self.at(last)[1]))
        return Line(tuple(spans), behind.step * turns * self.step // len(self.spans)).reduced()

    def joined(self, other: Line) -> Line | None:
        """Give what both see together; None where their places do not go side by side."""
        if self == other:
            return self
        count = math.lcm(len(self.spans), len(other.spans))
        if self.jump != other.jump or count > LONGEST:
            return None
        pairs = [(self.at(place), other.at(place)) for place in range(count)]
        spans = tuple((min(a[0], b[0]), max(a[1], b[1])) for a, b in pairs)
        return Line(spans, self.step * count // len(self.spans)).reduced()

    def reduced(self) -> Line:
        """Give the same with the shortest period."""
        count = len(self.spans)
        for length in range(1, count):
            if count % length == 0 and self.step * length % count == 0:
                short = Line(self.spans[:length], self.step * length // count)
                if all(short.at(place) == span for place, span in enumerate(self.spans)):
                    return short
        return self


WHOLE: None = None
"""Stands for a dimension of which everything is seen."""

Windows = Mapping[int, Line | None]
"""Dimension to what is seen along it; one that is missing is passed place by place."""

Find = Callable[[Mapping[str, Value], Tensor, Tensor], Windows]
"""Resolved parameters, what arrives and what leaves, to the windows."""


def windows(block: Block, values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows | None:
    """Give what a block sees along each dimension of its first input that stays a dimension.

    Returns:
        None where this module does not know the block.
    """
    found = _FIND.get(block.type)
    if found is None and block.group == "padding":
        found = _padding
    return found(values, arrives, leaves) if found is not None else None


def window(kernel: int, stride: int, padding: int, dilation: int) -> Line:
    """Give what a convolution or a pooling sees."""
    return Line(((-padding, (kernel - 1) * dilation - padding),), stride)


def spread(kernel: int, stride: int, padding: int, dilation: int) -> Line:
    """Give what a transposed convolution sees: a place is made from those whose filters reach it."""
    reach = (kernel - 1) * dilation
    return Line(
        tuple(
            (-((reach - padding - place) // stride), (place + padding) // stride) for place in range(stride)
        ),
        1,
    )


def pieces(count: int, result: int) -> Line | None:
    """Give what an adaptive pooling sees, which cuts `count` places into `result` nearly equal pieces."""
    if result == 1:
        return WHOLE
    common = math.gcd(count, result)
    return Line(
        tuple(
            (place * count // result, -(-(place + 1) * count // result) - 1)
            for place in range(result // common)
        ),
        count // common,
    ).reduced()


def between(count: int, result: int, mode: str) -> Line | None:
    """Give what interpolating `count` places into `result` sees."""
    if mode == "area":
        return pieces(count, result)
    common = math.gcd(count, result)
    spans = []
    for place in range(result // common):
        if mode == "nearest":
            spans.append((place * count // result,) * 2)
            continue
        middle = Fraction((2 * place + 1) * count, 2 * result) - Fraction(1, 2)
        below = math.floor(middle)
        more = 0 if middle == below else 1
        spans.append((below - more, below + 2 * more) if mode == "bicubic" else (below, below + more))
    return Line(tuple((a, b) for a, b in spans), count // common).reduced()


def _sizes(values: Mapping[str, Value], name: str, dims: int, otherwise: int = 0) -> tuple[int, ...]:
    value = values.get(name)
    if isinstance(value, tuple):
        return tuple(part if isinstance(part, int) else otherwise for part in value)
    return (value if isinstance(value, int) else otherwise,) * dims


def _by_dim(
    values: Mapping[str, Value], arrives: Tensor, make: Callable[[int, int, int, int], Line]
) -> Windows:
    """Give a window with kernel, stride, padding and dilation for each dimension behind the channels."""
    dims = len(arrives.shape) - 2
    kernels = _sizes(values, "kernel_size", dims)
    # A pooling without a stride steps by its window.
    strides = _sizes(values, "stride", dims) if values.get("stride") is not None else kernels
    dilations = _sizes(values, "dilation", dims, 1)
    paddings = _sizes(values, "padding", dims)
    if values.get("padding") == "same":
        paddings = tuple(far * (size - 1) // 2 for far, size in zip(dilations, kernels, strict=True))
    rest = paddings, dilations
    return {index + 2: make(*each) for index, each in enumerate(zip(kernels, strides, *rest, strict=True))}


def _slid(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    return _by_dim(values, arrives, window)


def _unslid(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    return _by_dim(values, arrives, spread)


def _adaptive(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    return {
        dim: pieces(arrives.shape[dim].fixed, leaves.shape[dim].fixed) for dim in range(2, len(arrives.shape))
    }


def _interpolated(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    mode = str(values.get("mode", "nearest"))
    return {
        dim: between(arrives.shape[dim].fixed, leaves.shape[dim].fixed, mode)
        for dim in range(2, len(arrives.shape))
    }


def _shuffled(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    times = _sizes(values, "upscale_factor", 1, 1)[0]
    return {dim: Line(((0, 0),) * times, 1) for dim in (2, 3)}


def _unshuffled(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    times = _sizes(values, "downscale_factor", 1, 1)[0]
    return {dim: Line(((0, times - 1),), times) for dim in (2, 3)}


def _padding(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    dims = len(arrives.shape) - 2
    sides = _sizes(values, "padding", 2 * dims)
    # torch counts from the last dimension, and the side before each first.
    return {len(arrives.shape) - 1 - index: Line(((-sides[2 * index],) * 2,)) for index in range(dims)}


def _cropped(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    cut = {dim: (arrives.shape[dim].fixed - leaves.shape[dim].fixed) // 2 for dim in (2, 3)}
    return {dim: Line(((before, before),)) for dim, before in cut.items()}


def _sliced(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    dim, step = _sizes(values, "dim", 1, 1)[0], _sizes(values, "step", 1, 1)[0]
    start = range(arrives.shape[dim].fixed)[slice(_sizes(values, "start", 1)[0], None)].start
    return {dim: Line(((start, start),), step)}


def _repeated(values: Mapping[str, Value], arrives: Tensor, leaves: Tensor) -> Windows:
    dim = _sizes(values, "dim", 1, 1)[0] % len(arrives.shape)
    return {dim: Line(((0, 0),) * _sizes(values, "repeats", 1, 1)[0], 1)}


_FIND: Mapping[str, Find] = {
    **dict.fromkeys(
        """conv1d conv2d conv3d depthwise_conv1d depthwise_conv2d max_pool1d max_pool2d max_pool3d avg_pool1d
        avg_pool2d avg_pool3d lp_pool1d lp_pool2d lp_pool3d max_pool1d_places max_pool2d_places
        max_pool3d_places""".split(),
        _slid,
    ),
    **dict.fromkeys(
        """conv_transpose1d conv_transpose2d conv_transpose3d max_unpool1d max_unpool2d
        max_unpool3d""".split(),
        _unslid,
    ),
    **dict.fromkeys(
        """adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d
        adaptive_max_pool3d""".split(),
        _adaptive,
    ),
    **dict.fromkeys("upsample upsample1d upsample3d resize".split(), _interpolated),
    "pixel_shuffle": _shuffled,
    "pixel_unshuffle": _unshuffled,
    "crop_to": _cropped,
    "slice": _sliced,
    "repeat": _repeated,
}
