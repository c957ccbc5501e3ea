"""What the targets of blocks take: their arguments in order, with the defaults that torch gives them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from studio.blocks import Block
from studio.compiler.measure import target_of

REQUIRED = inspect.Parameter.empty
"""In place of the default of an argument that must be given."""


@dataclass(frozen=True)
class Argument:
    """One argument of a class or a function.

    Attributes:
        name: its name.
        default: its value when it is not given; `REQUIRED` when it must be.
        keyword_only: it can be given by its name only.
        listed: it is said to take a list, which a type checker does not take a tuple for.
    """

    name: str
    default: object = REQUIRED
    keyword_only: bool = False
    listed: bool = False

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is REQUIRED


_RECURRENT = (
    Argument("input_size"),
    Argument("hidden_size"),
    Argument("num_layers", 1),
    Argument("nonlinearity", "tanh"),
    Argument("bias", True),
    Argument("batch_first", False),
    Argument("dropout", 0.0),
    Argument("bidirectional", False),
)
"""Recurrent layers take `*args`, so their arguments cannot be read off the signature."""


def constructor(block: Block) -> tuple[Argument, ...]:
    """Give what a block's class takes when a module is made."""
    return _constructor(target_of(block))


@functools.cache
def _constructor(target: type[nn.Module]) -> tuple[Argument, ...]:
    if issubclass(target, nn.RNNBase):
        return tuple(one for one in _RECURRENT if one.name != "nonlinearity" or target is nn.RNN)
    return _python(target.__init__)[1:]


def called(block: Block) -> tuple[Argument, ...]:
    """Give what a block takes at every call: its function, or its module's forward."""
    target = target_of(block)
    if block.call == "module":
        return _python(target.forward)[1:]
    try:
        return _python(target)
    except ValueError:
        return _native(block.target, frozenset(block.parameters))


def takes(function: Callable[..., Any], name: str, layer: Block) -> tuple[Argument, ...]:
    """Give what a function of torch takes, whether it is written in Python or in C++.

    Args:
        function: the function.
        name: its dotted name.
        layer: the layer that does the same; it says defaults that C++ says in its own way.
    """
    try:
        found = _python(function)
    except ValueError:
        found = ()
    if found:
        return found
    made = {one.name: one.default for one in constructor(layer)}
    return tuple(
        Argument(
            one.name, made.get(one.name) if isinstance(one.default, tuple) else one.default, one.keyword_only
        )
        for one in _native(name, frozenset(), frozenset(layer.parameters))
    )


def _python(function: Callable[..., Any]) -> tuple[Argument, ...]:
    return tuple(
        Argument(one.name, one.default, one.kind is one.KEYWORD_ONLY, "list[int]" in str(one.annotation))
        for one in inspect.signature(function).parameters.values()
        if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    )


@functools.cache
def _native(target: str, wanted: frozenset[str], liked: frozenset[str] = frozenset()) -> tuple[Argument, ...]:
    """Read a function of C++ off its schema: the one with all wanted arguments and the fewest others."""
    name = target.removeprefix("torch.").removeprefix("nn.functional.").replace(".", "_")
    packet = getattr(torch.ops.aten, name, None)
    schemas = [getattr(packet, overload)._schema for overload in packet.overloads()] if packet else []
    found: list[tuple[Argument, ...]] = []
    for schema in schemas:
        arguments = tuple(
            Argument(
                one.name, _plain(one.default_value) if one.has_default_value() else REQUIRED, one.kwarg_only
            )
            for one in schema.arguments
        )
        names = {one.name for one in arguments}
        if wanted <= names and "out" not in names:
            found.append(arguments)

    def others(arguments: tuple[Argument, ...]) -> tuple[int, int]:
        known = sum(one.name in liked for one in arguments)
        return -known, sum(not one.keyword_only for one in arguments)

    return min(found, key=others, default=())


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
