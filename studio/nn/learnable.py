"""A tensor that is learned itself."""

import torch
from torch import nn


class Learnable(nn.Module):
    """Give a tensor that is learned itself.

    Shapes: nothing to `shape`, which has no batch; (B, any) to (B, `shape`).
    """

    def __init__(self, shape: tuple[int, ...], std: float = 0.02) -> None:
        """Draw the first numbers from a normal distribution around 0."""
        super().__init__()
        self.value = nn.Parameter(torch.empty(shape))
        nn.init.normal_(self.value, std=std)

    def forward(self, like: torch.Tensor | None = None) -> torch.Tensor:
        """Give the tensor, or one for each sample of another tensor."""
        return (
            self.value
            if like is None
            else self.value.expand(like.shape[0], *self.value.shape)
        )
