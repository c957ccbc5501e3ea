"""Turn pairs of features by their place."""

import torch
from torch import nn


class Rotary(nn.Module):
    """Turn pairs of features by an angle that grows with the place.

    Shapes: (B, T, F) or (B, heads, T, F) to the same, F even. Su et al. 2021, arXiv:2104.09864.
    """

    def __init__(self, base: float = 10000.0) -> None:
        """Keep how much slower the slowest pair turns than the fastest."""
        super().__init__()
        self.base = base

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Turn every pair (2i, 2i + 1) of features."""
        length, features = x.shape[-2], x.shape[-1]
        if features % 2:
            raise ValueError(
                f"expected an even number of features, received {features}"
            )
        place = torch.arange(length, device=x.device, dtype=torch.float32).unsqueeze(1)
        pair = torch.arange(0, features, 2, device=x.device, dtype=torch.float32)
        angle = (place * self.base ** (-pair / features)).to(x.dtype)
        even, odd = x[..., 0::2], x[..., 1::2]
        turned = (
            even * angle.cos() - odd * angle.sin(),
            even * angle.sin() + odd * angle.cos(),
        )
        return torch.stack(turned, dim=-1).flatten(-2)

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"base={self.base:g}"
