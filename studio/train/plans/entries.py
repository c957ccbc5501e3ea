"""What a network takes, read off its module: the names, sizes and kinds of numbers of its inputs."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import fx, nn

from studio.compiler.module import TENSOR
from studio.compiler.tensors import Tensor
from studio.graph import Message
from studio.train.recipe import TrainError

TAKES = "takes"
"""The attribute by which a module written by hand says what it takes: name to `Tensor`."""


@dataclass(frozen=True)
class Entry:
    """One input.

    Attributes:
        name: by which it is given.
        tensor: its sizes and kind of numbers; None where the module does not say.
    """

    name: str
    tensor: Tensor | None = None

    @property
    def sample(self) -> tuple[int, ...]:
        """Sizes of one sample.

        Raises:
            TrainError: the module does not say.
        """
        return self._known().at(1)[1:]

    @property
    def whole(self) -> bool:
        """Whether it takes whole numbers."""
        return not self._known().dtype.startswith("float")

    @property
    def open(self) -> bool:
        """Whether it takes samples of any length."""
        return bool(self._known().lengths)

    @property
    def dtype(self) -> torch.dtype:
        """The kind of numbers it takes."""
        found: torch.dtype = getattr(torch, self._known().dtype)
        return found

    @property
    def numbers(self) -> int:
        """How many numbers one sample has."""
        return math.prod(self.sample)

    def _known(self) -> Tensor:
        if self.tensor is None:
            raise TrainError(
                Message("The network does not say which sizes its input “{name}” has.", name=self.name)
            )
        return self.tensor


def entries(model: nn.Module) -> tuple[Entry, ...]:
    """Give the inputs of a network, in order."""
    if isinstance(model, fx.GraphModule):
        return tuple(
            Entry(str(node.target), node.meta.get(TENSOR))
            for node in model.graph.nodes
            if node.op == "placeholder"
        )
    takes: Mapping[str, Tensor] = getattr(model, TAKES, {})
    return tuple(Entry(name, takes.get(name)) for name in _named(model))


def _named(model: nn.Module) -> list[str]:
    skipped = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        name
        for name, parameter in inspect.signature(model.forward).parameters.items()
        if parameter.kind not in skipped and parameter.default is inspect.Parameter.empty
    ] or ["x"]


def called(model: nn.Module, *given: torch.Tensor) -> torch.Tensor:
    """Call a network of one output with its inputs in order.

    Raises:
        TrainError: it gives no single tensor.
    """
    output = named_call(model, *given)
    if isinstance(output, torch.Tensor):
        return output
    raise TrainError(
        Message("The network gives {received}. Expected a tensor.", received=type(output).__name__)
    )


def named_call(model: nn.Module, *given: torch.Tensor) -> object:
    """Call a network with its inputs in order; gives a tensor, or several by name."""
    # Not `model(...)`: a GraphModule's own call prints to the terminal when something fails.
    if len(given) == 1:
        return nn.Module.__call__(model, given[0])
    names = [entry.name for entry in entries(model)]
    return nn.Module.__call__(model, **dict(zip(names, given, strict=True)))


def device_of(model: nn.Module) -> torch.device:
    """Give where a network computes."""
    return next(model.parameters(), torch.zeros(())).device
