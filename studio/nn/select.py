"""Take one place along a dimension."""

import torch
from torch import nn


class Select(nn.Module):
    """Take one place along a dimension, such as the last step of a sequence.

    Shapes: with dim 1, (B, T, F) to (B, F).
    """

    def __init__(self, dim: int = 1, index: int = -1) -> None:
        """Keep the dimension (the batch is 0) and the place (-1 is the last)."""
        super().__init__()
        self.dim = dim
        self.index = index

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Take the place."""
        return x.select(self.dim, self.index)

    def extra_repr(self) -> str:
        """Show dimension and place when the module is printed."""
        return f"dim={self.dim}, index={self.index}"
