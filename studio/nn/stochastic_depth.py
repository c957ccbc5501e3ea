"""Leave out a branch for random samples while training."""

import torch
from torch import nn


class StochasticDepth(nn.Module):
    """Set the whole tensor of random samples to 0 while training, and scale the rest to keep the mean.

    Shapes: (B, *) to the same. Huang et al. 2016, arXiv:1603.09382.
    """

    def __init__(self, p: float = 0.1) -> None:
        """Keep the share of samples whose branch is left out."""
        super().__init__()
        self.p = p

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Drop samples while training; pass all on afterwards."""
        if not self.training or self.p == 0:
            return x
        keep = torch.empty(
            x.shape[0], *(1,) * (x.dim() - 1), dtype=x.dtype, device=x.device
        )
        return x * keep.bernoulli_(1 - self.p).div_(1 - self.p)

    def extra_repr(self) -> str:
        """Show the share when the module is printed."""
        return f"p={self.p}"
