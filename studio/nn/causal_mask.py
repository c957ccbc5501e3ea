"""The mask that hides the future."""

import torch
from torch import nn


class CausalMask(nn.Module):
    """Make the mask that hides the future of a sequence.

    Shapes: (B, T) or (B, T, F) to (T, T) of bool; true is hidden.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Give true above the diagonal."""
        length = x.shape[1]
        place = torch.arange(length, device=x.device)
        return place.unsqueeze(0) > place.unsqueeze(1)
