"""What a block holds on to until the backward pass, found by running it with gradients on the meta device.

torch keeps different numbers for every operation: a Linear its input, a ReLU its result, a pooling the
places of the largest values, an Add nothing. What torch says it keeps is counted; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import torch
from torch.autograd.graph import saved_tensors_hooks

from studio.blocks import Block
from studio.compiler.tensors import Tensor
from studio.graph import Value

Run = Callable[[Mapping[str, Sequence[torch.Tensor]]], Mapping[str, torch.Tensor]]
"""Runs a block: what arrives at each port to what leaves each."""

BATCH = 1009
"""A prime batch: a size that it divides is one that grows with the batch."""

_STEP_NUMBERS = {"rnn": 1, "gru": 7, "lstm": 17}
"""How many numbers for each number of state a recurrent layer keeps of a step, as measured on the processor;
accelerators keep about half as much."""


@dataclass(frozen=True)
class Kept:
    """What training keeps of one block between forward and backward.

    Attributes:
        arrivals: the inputs that are kept, by port and place.
        results: the output ports whose tensors are kept.
        views: output port to the input that it only shows in another form.
        per_sample: bytes of what is kept besides, for each sample.
        shrinks: those of them that bfloat16 would halve.
        fixed: bytes of what is kept besides, whatever the batch.
    """

    arrivals: frozenset[tuple[str, int]] = frozenset()
    results: frozenset[str] = frozenset()
    views: Mapping[str, tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    per_sample: int = 0
    shrinks: int = 0
    fixed: int = 0

    __hash__ = None  # type: ignore[assignment]


def keep(
    run: Run, given: Mapping[str, Sequence[torch.Tensor]], own: Iterable[torch.Tensor], batch: int = BATCH
) -> Kept:
    """Run a block as training does and give what is kept.

    Args:
        run: runs it.
        given: what arrives; tensors of real numbers should ask for gradients.
        own: its weights and buffers, which are kept anyway.
        batch: the batch size of what arrives.
    """
    sources = {
        _storage(tensor): (port, index) for port, found in given.items() for index, tensor in enumerate(found)
    }
    owned = {_storage(tensor) for tensor in own}
    sizes: dict[int, int] = {}
    floats: set[int] = set()
    alive: list[torch.Tensor] = []  # a freed storage would give its place, and so its number, to another

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        if _storage(tensor) not in owned:
            alive.append(tensor)
            sizes[_storage(tensor)] = tensor.untyped_storage().nbytes()
            if tensor.dtype == torch.float32:
                floats.add(_storage(tensor))
        return tensor

    with torch.enable_grad(), saved_tensors_hooks(pack, lambda tensor: tensor):
        results = run(given)
    views: dict[str, tuple[str, int]] = {}
    leaving: dict[int, str] = {}
    for name, tensor in results.items():
        if _storage(tensor) in sources:
            views[name] = sources[_storage(tensor)]
        else:
            leaving.setdefault(_storage(tensor), name)
    rest = {key: size for key, size in sizes.items() if key not in sources and key not in leaving}
    growing = {key: size // batch for key, size in rest.items() if size % batch == 0}
    return Kept(
        frozenset(sources[key] for key in sizes if key in sources),
        frozenset(leaving[key] for key in sizes if key in leaving),
        MappingProxyType(views),
        sum(growing.values()),
        sum(size for key, size in growing.items() if key in floats),
        sum(size for key, size in rest.items() if key not in growing),
    )


def keep_by_rule(block: Block, values: Mapping[str, Value], outputs: Mapping[str, Tensor]) -> Kept:
    """Give what a recurrent layer keeps of its steps; running it would take a tenth of a second."""
    layers = values.get("num_layers", 1)
    numbers = _STEP_NUMBERS.get(block.type, 1) * (layers if isinstance(layers, int) else 1)
    steps = numbers * outputs[block.outputs[0].name].bytes()
    return Kept(frozenset({(block.inputs[0].name, 0)}), per_sample=steps, shrinks=steps)


def _storage(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)
