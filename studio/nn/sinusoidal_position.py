"""Add waves that tell places apart."""

import torch
from torch import nn


class SinusoidalPosition(nn.Module):
    """Add sines and cosines of many wave lengths to a sequence.

    Shapes: (B, T, F) to the same. Vaswani et al. 2017, arXiv:1706.03762, section 3.5.
    """

    def __init__(self, base: float = 10000.0) -> None:
        """Keep how much longer the longest wave is than the shortest."""
        super().__init__()
        self.base = base

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Add the waves, made for the length that arrives."""
        length, features = x.shape[1], x.shape[2]
        place = torch.arange(length, device=x.device, dtype=torch.float32).unsqueeze(1)
        pair = torch.arange(0, features, 2, device=x.device, dtype=torch.float32)
        angle = place * self.base ** (-pair / features)
        waves = torch.stack((angle.sin(), angle.cos()), dim=-1).flatten(1)[:, :features]
        return x + waves.to(x.dtype)

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"base={self.base:g}"
