"""Weights that several processes hold in parts (FSDP2): given whole, and taken in parts again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn


def shard(model: nn.Module, device: torch.device, count: int) -> None:
    """Have each process hold a part of the weights of a network; they come together where they are needed.

    Args:
        model: the network; its composites are gathered one by one.
        device: where it computes.
        count: how many processes there are.
    """
    from torch.distributed.device_mesh import init_device_mesh  # only where several processes train
    from torch.distributed.fsdp import fully_shard

    mesh = init_device_mesh(device.type, (count,))
    for child in model.children():
        if any(True for _ in child.children()) and any(True for _ in child.parameters()):
            fully_shard(child, mesh=mesh)
    fully_shard(model, mesh=mesh)


def is_in_parts(value: object) -> bool:
    """Tell whether other processes hold parts of a tensor."""
    return hasattr(value, "full_tensor")


def whole(value: Any) -> Any:
    """Give tensors whole, also within dicts and lists; all processes that hold parts of them must ask."""
    if is_in_parts(value):
        return value.full_tensor()
    if isinstance(value, Mapping):
        return {key: whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [whole(one) for one in value]
    return value


def like(value: torch.Tensor, other: Any) -> torch.Tensor:
    """Give a whole tensor in parts, as another one is."""
    if not is_in_parts(other) or is_in_parts(value):
        return value
    from torch.distributed.tensor import distribute_tensor

    return distribute_tensor(value.to(other.device), other.device_mesh, other.placements)


def in_parts(state: Mapping[str, Any], optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    """Give the state of an optimizer with what belongs to weights in parts, as those are."""
    weights = [weight for group in optimizer.param_groups for weight in group["params"]]

    def part(place: int, one: object) -> object:
        fits = isinstance(one, torch.Tensor) and one.shape == weights[place].shape
        return like(one, weights[place]) if fits else one  # type: ignore[arg-type]  # a tensor, if it fits

    parts = {
        place: {key: part(place, one) for key, one in held.items()} for place, held in state["state"].items()
    }
    return {**state, "state": parts}
