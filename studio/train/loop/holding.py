"""Keeps at zero what is zero: a network that was thinned out learns on without growing dense again."""

from __future__ import annotations

import weakref
from collections.abc import Iterable

import torch
from torch import nn


def hold_zeros(weights: Iterable[nn.Parameter]) -> None:
    """Take away the gradient of numbers of matrices and filters that are exactly 0.

    No optimizer that goes by each number's own gradient moves them then; and a run that is resumed needs
    nothing but its weights to go on like that.
    """
    for weight in weights:
        if weight.dim() > 1:
            _hold(weight)


def _hold(weight: nn.Parameter) -> None:
    held = weakref.ref(weight)  # its own hook must not keep it alive

    def without(gradient: torch.Tensor) -> torch.Tensor:
        known = held()
        return gradient if known is None else gradient * (known.detach() != 0)

    weight.register_hook(without)
