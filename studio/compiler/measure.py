"""What one block does to shapes, found by running the block's own module on the meta device.

There is no second rule that could disagree with the module. Each block runs for two batch sizes, and a
size that differs between them is one that grows with the batch; where lengths are open, it runs for some of
them, too. Nothing real is ever allocated, and
torch's global random state is not touched (meta tensors draw nothing).
"""

from __future__ import annotations

import functools
import importlib
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from studio.blocks import Block
from studio.compiler import custom, kept
from studio.compiler.kept import Kept
from studio.compiler.lengths import BATCHES, Run, Shapes, follow
from studio.compiler.tensors import Dim, Lengths, Tensor
from studio.graph import Value

# torch tells of an optimization that it leaves out; nobody can do anything about it.
warnings.filterwarnings("ignore", "enable_nested_tensor is True", UserWarning)

Arrivals = Mapping[str, tuple[Tensor, ...]]
"""The tensors at each connected input port, in order."""

_LOW, _HIGH = BATCHES


class DoesNotRun(Exception):  # noqa: N818 - not an error of ours: it carries torch's refusal
    """The module refused the shapes; the text is torch's."""


_REFUSALS = (
    RuntimeError,
    TypeError,
    ValueError,
    IndexError,
    AssertionError,
    OverflowError,
    NotImplementedError,
)
"""What torch and our own layers raise where parameters or shapes do not fit."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One learnable tensor of a block.

    Attributes:
        name: as the module calls it: `weight`, `bias`, `in_proj_weight`.
        shape: its sizes.
    """

    name: str
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)

    def __str__(self) -> str:
        """Give name and sizes: `weight 32 × 1 × 3 × 3`."""
        return f"{self.name} {' × '.join(map(str, self.shape)) or '1'}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a block gives and costs.

    Attributes:
        outputs: output port to tensor.
        parameters: learnable numbers.
        multiply_adds: multiplications with addition, per sample.
        weights: the learnable tensors.
        buffers: bytes of what the block carries besides, such as running means.
        kept: what training keeps of it between forward and backward; None where that is not known.
    """

    outputs: Mapping[str, Tensor]
    parameters: int
    multiply_adds: int
    weights: tuple[Weight, ...] = ()
    buffers: int = 0
    kept: Kept | None = None


def target_of(block: Block) -> Any:
    """Give what a declaration's dotted target names; only declarations and trusted code name any."""
    return _resolve(block.target) if block.code is None else custom.target(block)


@functools.cache
def _resolve(target: str) -> Any:
    module, _, name = target.rpartition(".")
    return getattr(importlib.import_module(module), name)


def arguments(block: Block, values: Mapping[str, Value], *, at_call: bool) -> dict[str, Any]:
    """Give the parameters that are passed when the module is made, or at every call."""
    return {
        name: values[name]
        for name, parameter in block.parameters.items()
        if parameter.at_call == at_call
        and name in values
        and not (parameter.source is not None and values[name] is None)
    }


def make(block: Block, values: Mapping[str, Value]) -> nn.Module:
    """Make a block's module on the current default device."""
    module = target_of(block)(**arguments(block, values, at_call=False))
    if block.code is not None and not isinstance(module, nn.Module):
        raise TypeError(f"{block.target} is no torch.nn.Module")
    assert isinstance(module, nn.Module)
    return module


def call_inputs(block: Block, given: Mapping[str, Sequence[Any]]) -> tuple[list[Any], dict[str, Any]]:
    """Order what arrives at the ports as the target takes it.

    Returns:
        Positional and keyword arguments; a port that takes many gives a list, packed ports a tuple.
    """
    positional: list[Any] = []
    named: dict[str, Any] = {}
    packs: dict[str, list[Any]] = {}
    for port in block.inputs:
        values = given.get(port.name)
        if not values:
            continue
        value: Any = list(values) if port.many else values[0]
        if port.pack:
            if port.pack not in packs:
                packs[port.pack] = []
                positional.append(packs[port.pack])
            packs[port.pack].append(value)
        elif port.keyword:
            named[port.name] = value
        else:
            positional.append(value)
    return [tuple(v) if any(v is pack for pack in packs.values()) else v for v in positional], named


def pick(result: Any, path: tuple[int, ...]) -> Any:
    """Give the part of a module's result that an output port stands for."""
    for index in path:
        result = result[index]
    return result


def measure(block: Block, values: Mapping[str, Value], arrivals: Arrivals) -> Measured:
    """Find the outputs and the cost of one block.

    Args:
        block: its declaration.
        values: all parameters, resolved.
        arrivals: what arrives at its inputs.

    Raises:
        DoesNotRun: the module does not take these parameters or shapes.
        NotForAnyLength: it takes them for one length alone, and the length is open.
    """
    open_lengths = {
        name: at for tensors in arrivals.values() for tensor in tensors for name, at in tensor.lengths.items()
    }
    try:
        with torch.device("meta"), torch.no_grad():
            module = make(block, values).eval() if block.call == "module" else None
            owned = list(module.named_parameters()) if module is not None else []
            weights = tuple(Weight(name, tuple(tensor.shape)) for name, tensor in owned)
            buffers = sum(tensor.nbytes for tensor in module.buffers()) if module is not None else 0
            learned = [tensor for _, tensor in owned if tensor.requires_grad]
            for tensor in learned:
                tensor.requires_grad_(False)  # torch's counter stumbles over a view of one that asks for it
            if block.shape_rule is not None:
                outputs = _by_rule(block, values, arrivals)
                cost = _rule_cost(block, values, arrivals, _HIGH) - _rule_cost(block, values, arrivals, _LOW)
            else:
                low, low_cost = _run(block, module, values, arrivals, _LOW)
                high, high_cost = _run(block, module, values, arrivals, _HIGH)
                outputs, cost = _between(block, low, high), high_cost - low_cost
                if block.group == "normalization":
                    # A single number cannot be normalised, which only a batch of one shows.
                    _run(block, module, values, arrivals, 1)
            if open_lengths:
                outputs = follow(outputs, open_lengths, _runs(block, module, values, arrivals))
        for tensor in learned:
            tensor.requires_grad_(True)
        held = _keep(block, module, values, arrivals, outputs)
    except _REFUSALS as refusal:
        if block.code is not None:
            raise  # the line of its text is in the traceback
        raise DoesNotRun(str(refusal)) from None
    return Measured(outputs, sum(weight.count for weight in weights), cost, weights, buffers, held)


def _runs(block: Block, module: nn.Module | None, values: Mapping[str, Value], arrivals: Arrivals) -> Run:
    """Give what runs a block for a batch size and lengths."""

    def run(batch: int, lengths: Lengths) -> Shapes | None:
        try:
            if block.shape_rule is not None:
                return _ruled(block, values, arrivals, batch, lengths)
            return _shapes(_call(block, module, values, _given(arrivals, batch, lengths)))
        except (DoesNotRun, *_REFUSALS):
            return None

    return run


def _between(block: Block, low: Shapes, high: Shapes) -> dict[str, Tensor]:
    """Tell sizes of the batch from fixed ones by two runs."""
    outputs: dict[str, Tensor] = {}
    for port in block.outputs:
        a, b = low[port.name], high[port.name]
        if len(a[0]) != len(b[0]):
            raise DoesNotRun("the number of dimensions depends on the batch")
        outputs[port.name] = Tensor(_dims(a[0], b[0]), a[1])
    return outputs


def _keep(
    block: Block,
    module: nn.Module | None,
    values: Mapping[str, Value],
    arrivals: Arrivals,
    outputs: Mapping[str, Tensor],
) -> Kept:
    """Run the block as training does and find what it keeps.

    Raises:
        DoesNotRun: training gives other sizes than those that are drawn.
    """
    if block.shape_rule is not None:
        return kept.keep_by_rule(block, values, outputs)
    results: dict[str, torch.Tensor] = {}

    def run(given: Mapping[str, Sequence[torch.Tensor]]) -> Mapping[str, torch.Tensor]:
        results.update(_call(block, module, values, given))
        return results

    with torch.device("meta"):
        given = _given(arrivals, kept.BATCH, {}, gradients=True)
        own = [] if module is None else [*module.train().parameters(), *module.buffers()]
        found = kept.keep(run, given, own)
    for name, (shape, _) in _shapes(results).items():
        if shape != outputs[name].at(kept.BATCH):
            raise DoesNotRun(f"{name} is {shape} in training, not {outputs[name].at(kept.BATCH)}")
    return found


def _dims(low: Sequence[int], high: Sequence[int]) -> tuple[Dim, ...]:
    return tuple(Dim(b - a, a - _LOW * (b - a)) for a, b in zip(low, high, strict=True))


def _given(
    arrivals: Arrivals, batch: int, lengths: Lengths, *, gradients: bool = False
) -> dict[str, list[torch.Tensor]]:
    found: dict[str, list[torch.Tensor]] = {}
    for port, tensors in arrivals.items():
        kinds = [getattr(torch, tensor.dtype) for tensor in tensors]
        found[port] = [
            torch.empty(
                tensor.at(batch, lengths), dtype=kind, requires_grad=gradients and kind.is_floating_point
            )
            for tensor, kind in zip(tensors, kinds, strict=True)
        ]
    return found


def _call(
    block: Block, module: nn.Module | None, values: Mapping[str, Value], given: Mapping[str, Sequence[Any]]
) -> dict[str, torch.Tensor]:
    positional, named = call_inputs(block, given)
    if block.call == "infix":
        parts = positional[0] if isinstance(positional[0], list) else positional
        result = functools.reduce(target_of(block), parts)
    elif block.call == "function":
        result = target_of(block)(*positional, **named, **arguments(block, values, at_call=False))
    else:
        assert module is not None
        result = module(*positional, **named, **arguments(block, values, at_call=True))
    if block.code is not None:
        custom.check_result(block, result)
    return {port.name: pick(result, port.path) for port in block.outputs}


def _run(
    block: Block, module: nn.Module | None, values: Mapping[str, Value], arrivals: Arrivals, batch: int
) -> tuple[Shapes, int]:
    given = _given(arrivals, batch, {})
    with FlopCounterMode(display=False) as counter:
        found = _call(block, module, values, given)
    return _shapes(found), counter.get_total_flops() // 2


def _shapes(found: Mapping[str, torch.Tensor]) -> Shapes:
    return {
        name: (tuple(tensor.shape), str(tensor.dtype).removeprefix("torch."))
        for name, tensor in found.items()
    }


def _sizes(arrivals: Arrivals, batch: int, lengths: Lengths) -> dict[str, tuple[int, ...]]:
    return {port: tensors[0].at(batch, lengths) for port, tensors in arrivals.items()}


def _by_rule(block: Block, values: Mapping[str, Value], arrivals: Arrivals) -> dict[str, Tensor]:
    return _between(block, *(_ruled(block, values, arrivals, batch, {}) for batch in (_LOW, _HIGH)))


def _ruled(
    block: Block, values: Mapping[str, Value], arrivals: Arrivals, batch: int, lengths: Lengths
) -> Shapes:
    assert block.shape_rule is not None
    given = _sizes(arrivals, batch, lengths)
    found = block.shape_rule(values, given)
    for port in block.inputs:
        if port.name in given and port.name in found and given[port.name] != found[port.name]:
            raise DoesNotRun(f"{port.name} must be {found[port.name]}, not {given[port.name]}")
    return {port.name: (found[port.name], "float32") for port in block.outputs}


def _rule_cost(block: Block, values: Mapping[str, Value], arrivals: Arrivals, batch: int) -> int:
    return block.cost_rule(values, _sizes(arrivals, batch, {})) if block.cost_rule is not None else 0
