"""Cut the middle out of an image."""

import torch
from torch import nn


class CropTo(nn.Module):
    """Cut the middle out of an image so that it is as large as another.

    Shapes: (B, C, H, W) and (B, D, h, w) to (B, C, h, w).
    """

    def forward(self, x: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
        """Cut the same from all sides; an odd rest goes from the end."""
        height, width = like.shape[-2:]
        if x.shape[-2] < height or x.shape[-1] < width:
            raise ValueError(
                f"expected an image of at least {height} x {width}, received {tuple(x.shape[-2:])}"
            )
        top = (x.shape[-2] - height) // 2
        left = (x.shape[-1] - width) // 2
        return x[..., top : top + height, left : left + width]
