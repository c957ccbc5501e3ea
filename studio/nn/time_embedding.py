"""Turn a step of time into a vector."""

import torch
from torch import nn


class TimeEmbedding(nn.Module):
    """Turn a step, such as that of a diffusion, into a vector of waves.

    Shapes: (B,) to (B, features). Ho et al. 2020, arXiv:2006.11239.
    """

    def __init__(self, features: int = 64, base: float = 10000.0) -> None:
        """Keep the length of the vector and how much longer the longest wave is than the shortest."""
        super().__init__()
        self.features = features
        self.base = base

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Give sines, then cosines."""
        half = (self.features + 1) // 2
        rate = self.base ** (
            -torch.arange(half, device=x.device, dtype=torch.float32) / half
        )
        angle = x.float().unsqueeze(1) * rate
        return torch.cat((angle.sin(), angle.cos()), dim=1)[:, : self.features]

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"features={self.features}, base={self.base:g}"
