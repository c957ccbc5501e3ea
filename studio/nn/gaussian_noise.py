"""Add noise while training."""

import torch
from torch import nn


class GaussianNoise(nn.Module):
    """Add normal random numbers while training.

    Shapes: any shape to the same.
    """

    def __init__(self, std: float = 0.1) -> None:
        """Keep the deviation of the noise."""
        super().__init__()
        self.std = std

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Add noise while training; pass the tensor on afterwards."""
        return x + self.std * torch.randn_like(x) if self.training else x

    def extra_repr(self) -> str:
        """Show the deviation when the module is printed."""
        return f"std={self.std}"
