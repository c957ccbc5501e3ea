"""The mask that leaves out filling."""

import torch
from torch import nn


class PaddingMask(nn.Module):
    """Make the mask that leaves out filling.

    Shapes: (B, T) of int64 to (B, T) of bool; true is left out.
    """

    def __init__(self, padding: int = 0) -> None:
        """Keep the token that fills."""
        super().__init__()
        self.padding = padding

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compare each token with the filling."""
        return x == self.padding

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"padding={self.padding}"
