"""torch.compile, where it was asked for and found faster: taken back by itself where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

Fallen = Callable[[str], None]
"""Told why a network is computed as it stands after all."""


def compile_in_place(models: Mapping[str, nn.Module], fallen: Fallen) -> None:
    """Have networks computed by compiled code; names, weights and hooks of their own stay as they are.

    Args:
        models: the networks by role.
        fallen: told when one of them cannot be compiled.
    """
    for model in models.values():
        _compile(model, fallen)


def _compile(model: nn.Module, fallen: Fallen) -> None:
    faults = _faults()
    plain = model._call_impl
    compiled = torch.compile(plain)

    def call(*given: Any, **named: Any) -> Any:
        try:
            return compiled(*given, **named)
        except faults as error:
            model._compiled_call_impl = None
            fallen(type(error).__name__)
            return plain(*given, **named)

    # What `nn.Module.compile` sets too; every call of the module looks there first.
    model._compiled_call_impl = call


def _faults() -> tuple[type[BaseException], ...]:
    """Give the errors of the compiler, which are not those of the network."""
    from torch._dynamo.exc import TorchDynamoException  # imports the compiler: only where it is wanted
    from torch._inductor.exc import InductorError

    return TorchDynamoException, InductorError


@contextmanager
def as_drawn(models: Mapping[str, nn.Module]) -> Iterator[None]:
    """Have networks computed block by block for a while, so that one can look into them."""
    kept = [(model, model._compiled_call_impl) for model in models.values()]
    for model, _ in kept:
        model._compiled_call_impl = None
    try:
        yield
    finally:
        for model, call in kept:
            model._compiled_call_impl = call
