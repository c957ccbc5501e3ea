"""Draw a nearly certain choice through which gradients flow."""

import torch
from torch import nn


class GumbelSoftmax(nn.Module):
    """While training, draw a choice by Gumbel noise; else give the softmax.

    Shapes: any shape to the same; `dim` sums to 1. Jang et al. 2017, arXiv:1611.01144.
    """

    def __init__(self, tau: float = 1.0, hard: bool = False, dim: int = -1) -> None:
        """Keep the temperature, whether exactly 0 and 1 are given, and the dimension that is chosen from."""
        super().__init__()
        self.tau = tau
        self.hard = hard
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Draw while training; afterwards the same input always gives the same output."""
        if self.training:
            return nn.functional.gumbel_softmax(
                x, tau=self.tau, hard=self.hard, dim=self.dim
            )
        soft = (x / self.tau).softmax(self.dim)
        if not self.hard:
            return soft
        return torch.zeros_like(soft).scatter(
            self.dim, soft.argmax(self.dim, keepdim=True), 1.0
        )

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"tau={self.tau}, hard={self.hard}, dim={self.dim}"
