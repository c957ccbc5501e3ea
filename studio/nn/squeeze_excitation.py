"""Weigh channels by the whole image."""

import torch
from torch import nn


class SqueezeExcitation(nn.Module):
    """Weigh each channel by what the whole image says of it.

    Shapes: (B, C, H, W) to the same. Hu et al. 2018, arXiv:1709.01507.
    """

    def __init__(self, channels: int, reduction: int = 4) -> None:
        """Make two 1 x 1 convolutions with fewer channels between them."""
        super().__init__()
        middle = max(1, channels // reduction)
        self.squeeze = nn.Conv2d(channels, middle, 1)
        self.excite = nn.Conv2d(middle, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Average each channel, find a weight between 0 and 1 for each, multiply."""
        weight = torch.relu(self.squeeze(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.excite(weight))
