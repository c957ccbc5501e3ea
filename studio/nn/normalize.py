"""Bring vectors to length 1."""

import torch
from torch import nn


class Normalize(nn.Module):
    """Divide vectors by their length.

    Shapes: any shape to the same; vectors lie along `dim`.
    """

    def __init__(self, p: float = 2.0, dim: int = -1) -> None:
        """Keep which length is meant (the exponent of the norm) and the dimension of the vectors."""
        super().__init__()
        self.p = p
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Divide by the length; a vector of zeros stays one."""
        return nn.functional.normalize(x, p=self.p, dim=self.dim)

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"p={self.p}, dim={self.dim}"
