"""Sets the smallest weights of a network to zero, one by one: the drawing stays, and files pack smaller."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import nn

from studio.exchange.declare import ExchangeError
from studio.graph import Message
from studio.project.lighter import Scope

_WHOLE = (nn.Embedding, nn.EmbeddingBag)
"""Rows of these are looked up, not summed: a zero there saves nothing."""


def weights_of(model: nn.Module) -> list[str]:
    """Name the weights that zeros make lighter: those of layers that multiply and add."""
    whole = {id(module.weight) for module in model.modules() if isinstance(module, _WHOLE)}
    return [name for name, value in model.named_parameters() if value.dim() > 1 and id(value) not in whole]


def zeroed(model: nn.Module, share: float, scope: Scope) -> dict[str, torch.Tensor]:
    """Give the state of a network with its smallest weights at zero.

    Args:
        model: the network.
        share: of the weights of its layers, how many become zero.
        scope: the same share in each layer, or the smallest of all.

    Raises:
        ExchangeError: it has no such weights, or the share is none of them.
    """
    state = {name: value.detach().clone() for name, value in model.state_dict().items()}
    names = weights_of(model)
    count = int(share * sum(state[name].numel() for name in names))
    if not count:
        raise ExchangeError(Message("There is nothing to set to zero in this network."))
    if scope == "each":
        for name in names:
            _smallest(state[name].view(-1), int(share * state[name].numel()))
    else:
        together = torch.cat([state[name].flatten() for name in names])
        _smallest(together, count)
        start = 0
        for name in names:
            size = state[name].numel()
            state[name].copy_(together[start : start + size].view_as(state[name]))
            start += size
    return state


def _smallest(weights: torch.Tensor, count: int) -> None:
    weights[weights.abs().argsort(stable=True)[:count]] = 0.0


def zeros(model: nn.Module, state: Mapping[str, torch.Tensor]) -> float:
    """Give which share of the weights that zeros make lighter is zero."""
    names = weights_of(model)
    total = sum(state[name].numel() for name in names)
    return sum(int((state[name] == 0).sum()) for name in names) / total if total else 0.0
