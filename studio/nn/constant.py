"""A tensor of one number."""

import torch
from torch import nn


class Constant(nn.Module):
    """Give a tensor of one number that is never learned.

    Shapes: nothing to `shape`, which has no batch; (B, any) to (B, `shape`).
    """

    value: torch.Tensor

    def __init__(self, shape: tuple[int, ...], value: float = 1.0) -> None:
        """Keep the tensor beside the weights, so that it moves to their device; it is not saved."""
        super().__init__()
        self.register_buffer("value", torch.full(shape, value), persistent=False)

    def forward(self, like: torch.Tensor | None = None) -> torch.Tensor:
        """Give the tensor, or one for each sample of another tensor."""
        return (
            self.value
            if like is None
            else self.value.expand(like.shape[0], *self.value.shape)
        )
