"""Keep a range along a dimension."""

import torch
from torch import nn


class Slice(nn.Module):
    """Keep a range along a dimension.

    Shapes: with dim 1, (B, T, *) to (B, kept, *).
    """

    def __init__(
        self, dim: int = 1, start: int = 0, stop: int | None = None, step: int = 1
    ) -> None:
        """Keep the dimension and the range, as a Python slice has it."""
        super().__init__()
        self.dim = dim
        self.start = start
        self.stop = stop
        self.step = step

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Cut the range out."""
        return x[(slice(None),) * self.dim + (slice(self.start, self.stop, self.step),)]

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"dim={self.dim}, start={self.start}, stop={self.stop}, step={self.step}"
