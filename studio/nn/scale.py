"""Multiply by a number and add one."""

import torch
from torch import nn


class Scale(nn.Module):
    """Multiply each number by a factor and add an offset.

    Shapes: any shape to the same.
    """

    def __init__(self, factor: float = 1.0, offset: float = 0.0) -> None:
        """Keep factor and offset."""
        super().__init__()
        self.factor = factor
        self.offset = offset

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Multiply and add."""
        return x * self.factor + self.offset

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"factor={self.factor}, offset={self.offset}"
