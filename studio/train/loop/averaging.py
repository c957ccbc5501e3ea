"""The moving average of weights: smoother than the weights of any single step, and often better.

After each step `n`, counted from 1, the average moves towards the weights by
`1 - min(decay, (1 + n) / (10 + n))`: quickly at first, when the weights of the beginning say little. Running
statistics are averaged likewise; whole numbers, such as counters, are taken over as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from studio.train.runs.weights import Tensors, load_tensors, tensors_of


class Averages:
    """The averages of all weights of some networks."""

    def __init__(self, models: Mapping[str, nn.Module], decay: float) -> None:
        """Begin with the weights as they are.

        Args:
            models: the networks by role.
            decay: how much of the average stays in each step, once it has gone on for a while.
        """
        self._models = models
        self._decay = decay
        self._count = 0
        self._live, self._whole = _tensors(models)
        self._held = [tensor.clone() for tensor in self._live]
        self._held_whole = [tensor.clone() for tensor in self._whole]

    @torch.no_grad()
    def follow(self) -> None:
        """Move the averages after a step."""
        self._count += 1
        share = min(self._decay, (1 + self._count) / (10 + self._count))
        torch._foreach_lerp_(self._held, self._live, 1 - share)
        for held, live in zip(self._held_whole, self._whole, strict=True):
            held.copy_(live)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Have the networks hold their averages, and afterwards the very weights that they held."""
        kept = [tensor.clone() for tensor in (*self._live, *self._whole)]
        self._put([*self._held, *self._held_whole])
        try:
            yield
        finally:
            self._put(kept)

    @torch.no_grad()
    def _put(self, values: list[torch.Tensor]) -> None:
        for live, value in zip((*self._live, *self._whole), values, strict=True):
            live.copy_(value)

    def tensors(self) -> Tensors:
        """Give copies of the averages, by the names of the weights."""
        with self.shown():
            return tensors_of(self._models)

    def state(self) -> dict[str, Any]:
        """Give what must be kept to go on exactly."""
        return {"count": self._count, "tensors": self.tensors()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from what was kept.

        Raises:
            TrainError: it is of other networks.
        """
        kept = [tensor.clone() for tensor in (*self._live, *self._whole)]
        try:
            load_tensors(self._models, state["tensors"], "state.pt")
            with torch.no_grad():
                for held, live in zip(
                    (*self._held, *self._held_whole), (*self._live, *self._whole), strict=True
                ):
                    held.copy_(live)
        finally:
            self._put(kept)
        self._count = int(state["count"])


def _tensors(models: Mapping[str, nn.Module]) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Give the numbers with a point, and the others, each piece of memory once."""
    found: dict[int, torch.Tensor] = {}
    for role, model in models.items():
        for name, tensor in model.state_dict(keep_vars=True).items():
            key = tensor.data_ptr() or hash((role, name))
            found.setdefault(key, tensor.detach())
    several = list(found.values())
    return (
        [tensor for tensor in several if tensor.is_floating_point()],
        [tensor for tensor in several if not tensor.is_floating_point()],
    )
