"""Blocks that do the same to every number, channel or row: measured once, known for all sizes.

Running them on the meta device takes milliseconds, for torch composes them of many small steps there, and a
change of width makes a hundred new sizes of them. The test of this module holds what is said here against
what `measure` finds for the same sizes.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import replace

import torch

from studio.blocks import Block, find
from studio.compiler.measure import Arrivals, DoesNotRun, Measured, Weight, make, measure
from studio.compiler.tensors import Dim, Tensor
from studio.graph import Value

BY_CHANNEL = frozenset({"batch_norm1d", "batch_norm2d", "batch_norm3d"})
"""Blocks that keep some numbers for each channel, whatever else arrives."""

BY_NUMBER = frozenset(
    """relu leaky_relu elu gelu silu sigmoid tanh relu6 celu selu mish softplus softsign log_sigmoid
    hardsigmoid hardswish hardtanh hardshrink softshrink tanhshrink threshold dropout""".split()
)
"""Blocks that give each number its own, have no weights, and keep the same of each."""

BY_ROW = frozenset({"linear"})
"""Blocks that make another row of each row of numbers, as wide as `out_features`, and keep the rows alone."""

_SIZES = (3, 5, 7, 11)
"""The sizes that a block is measured with."""

_WIDTH = 13
"""The width of rows that a block is measured with."""


def alike(block: Block, values: Mapping[str, Value], arrivals: Arrivals) -> Measured | None:
    """Give what `measure` finds, from what it found for other sizes.

    Args:
        block: its declaration.
        values: all parameters, resolved.
        arrivals: what arrives at its inputs.

    Returns:
        None where this block, or what arrives, has to be measured.
    """
    if block.type not in BY_CHANNEL | BY_NUMBER | BY_ROW:
        return None
    (arriving,) = arrivals.values()
    (tensor,) = arriving
    sizes = tensor.at(1)[1:]
    if tensor != Tensor.of(*sizes, dtype=tensor.dtype) or not 1 <= len(sizes) <= len(_SIZES) or 0 in sizes:
        return None
    by_row, by_channel = block.type in BY_ROW, block.type in BY_CHANNEL
    chosen = {name: value for name, value in values.items() if block.parameters[name].source is None}
    if by_row:
        chosen["out_features"] = _WIDTH
    found = _measured(block.type, tuple(chosen.items()), len(sizes), tensor.dtype)
    if found is None or found.kept is None:
        return None
    numbers, before = math.prod(sizes), math.prod(_SIZES[: len(sizes)])
    kept, shape, cost = found.kept, tensor.shape, 0
    kept = replace(
        kept,
        per_sample=kept.per_sample * numbers // before,
        shrinks=kept.shrinks * numbers // before,
        fixed=kept.fixed * sizes[0] // _SIZES[0] if by_channel else kept.fixed,
    )
    if by_row:
        width = values["out_features"]
        assert isinstance(width, int)
        shape = (*shape[:-1], Dim(0, width))
        cost = found.multiply_adds * numbers * width // (before * _WIDTH)
    try:
        weights, buffers = _weights(block, values) if by_channel or by_row else ((), 0)
    except RuntimeError:  # more numbers than torch can count: `measure` tells it
        return None
    outputs = {name: Tensor(shape, given.dtype) for name, given in found.outputs.items()}
    return Measured(outputs, sum(weight.count for weight in weights), cost, weights, buffers, kept)


@functools.lru_cache(maxsize=1000)
def _measured(kind: str, chosen: tuple[tuple[str, Value], ...], rank: int, dtype: str) -> Measured | None:
    block = find(kind)
    assert block is not None
    tensor = Tensor.of(*_SIZES[:rank], dtype=dtype)
    values = dict(chosen)
    for parameter in block.parameters.values():
        if parameter.source is not None:
            values[parameter.name] = tensor.at(1)[parameter.source.dim]
    try:
        return measure(block, values, {block.inputs[0].name: (tensor,)})
    except DoesNotRun:
        return None


def _weights(block: Block, values: Mapping[str, Value]) -> tuple[tuple[Weight, ...], int]:
    with torch.device("meta"):
        module = make(block, values)
    weights = tuple(Weight(name, tuple(tensor.shape)) for name, tensor in module.named_parameters())
    return weights, sum(tensor.nbytes for tensor in module.buffers())
