"""Put the dimensions of each sample in another order."""

import torch
from torch import nn


class Permute(nn.Module):
    """Put the dimensions of each sample in another order; the batch stays first.

    Shapes: with dims (2, 1), (B, C, L) to (B, L, C).
    """

    def __init__(self, dims: tuple[int, ...]) -> None:
        """Keep the new order; the batch is dimension 0, so it holds 1 and up."""
        super().__init__()
        self.dims = dims

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Reorder the dimensions."""
        return x.permute(0, *self.dims)

    def extra_repr(self) -> str:
        """Show the order when the module is printed."""
        return f"dims={self.dims}"
