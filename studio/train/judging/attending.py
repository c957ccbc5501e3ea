"""How much each place of a sequence looked at each other one, read off the layers that attend.

Layers compute these weights only when they are asked to, and fused kernels never do. So what arrives at a
layer is kept while it runs for one sample, and the weights are computed from that afterwards by the layer's
own projections.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from studio.nn.self_attention import SelfAttention

Arrived = tuple[str, nn.Module, tuple[Any, ...], Mapping[str, Any]]
"""A layer that ran: its name inside the block, itself, and what it was called with."""


def attends(module: nn.Module) -> bool:
    """Tell whether a block has layers that attend."""
    return any(isinstance(one, (nn.MultiheadAttention, SelfAttention)) for one in module.modules())


@contextmanager
def listened(module: nn.Module) -> Iterator[list[Arrived]]:
    """Keep what arrives at the attending layers of a block while it runs."""
    arrived: list[Arrived] = []
    # A hook also keeps torch from the fused way through a Transformer layer, which calls no inner layer.
    hooks = [
        one.register_forward_pre_hook(
            lambda layer, args, kwargs, name=name: arrived.append((name, layer, args, kwargs)),
            with_kwargs=True,
        )
        for name, one in module.named_modules()
        if isinstance(one, (nn.MultiheadAttention, SelfAttention))
    ]
    try:
        yield arrived
    finally:
        for hook in hooks:
            hook.remove()


def weights_of(layer: nn.Module, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> torch.Tensor:
    """Compute the weights of a layer for the first sample: heads by queries by keys."""
    if isinstance(layer, SelfAttention):
        x = args[0] if args else kwargs["x"]
        batch, length, features = x.shape
        size = features // layer.num_heads
        parts = layer.qkv(x).reshape(batch, length, 3, layer.num_heads, size).permute(2, 0, 3, 1, 4)
        return fitting(parts[0], parts[1], is_causal=layer.causal)[0]
    assert isinstance(layer, nn.MultiheadAttention)
    asked = {**kwargs, "need_weights": True, "average_attn_weights": False}
    names = ("query", "key", "value", "key_padding_mask", "need_weights", "attn_mask")
    asked = {**dict(zip(names, args, strict=False)), **asked}
    if asked.get("is_causal") and asked.get("attn_mask") is None:
        asked.pop("is_causal")
    found: torch.Tensor = layer(**asked)[1]
    return found[0] if found.dim() == 4 else found


def fitting(
    query: torch.Tensor,
    key: torch.Tensor,
    value: object = None,
    attn_mask: torch.Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> torch.Tensor:
    """Compute the weights of `torch.nn.functional.scaled_dot_product_attention` called the same way."""
    if enable_gqa and query.dim() == key.dim() == 4:
        key = key.repeat_interleave(query.shape[-3] // key.shape[-3], -3)
    fit = query @ key.transpose(-2, -1) * (1 / math.sqrt(query.shape[-1]) if scale is None else scale)
    if is_causal:
        seen = torch.ones(fit.shape[-2:], dtype=torch.bool, device=fit.device).tril()
        fit = fit.masked_fill(~seen, -math.inf)
    if attn_mask is not None:
        fit = fit.masked_fill(~attn_mask, -math.inf) if attn_mask.dtype == torch.bool else fit + attn_mask
    return fit.softmax(-1)


def as_weights(given: torch.Tensor, fits: Callable[[int], bool]) -> torch.Tensor | None:
    """Take what a block that weighs gave for the first sample as weights: heads by queries by keys.

    Args:
        given: (B, K), (B, K, 1), (B, Q, K) or (B, H, Q, K).
        fits: whether so many places are those of a text or of a picture; where not, nothing is known of
            what is looked at.
    """
    found = given[0]
    if found.dim() == 2 and found.shape[1] == 1:
        found = found.T
    if found.dim() == 1:
        found = found.unsqueeze(0)
    if found.dim() == 2:
        found = found.unsqueeze(0)
    return found if found.dim() == 3 and fits(found.shape[2]) else None


def grid_of(places: int, height: int, width: int) -> tuple[int, int] | None:
    """Give the rows and columns of a grid of squares over a picture that has so many places; None for none.

    Args:
        places: how many there are.
        height: of the picture.
        width: of the picture.
    """
    rows = round(math.sqrt(places * height / width))
    if rows < 2 or places % rows or rows * width != places // rows * height:
        return None
    return rows, places // rows
