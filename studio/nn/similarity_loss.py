"""How far cosines are from what alike and unlike pairs shall have."""

import torch
from torch import nn


class SimilarityLoss(nn.Module):
    """The mean of `1 - cosine` for alike pairs and `max(0, cosine - margin)` for the others.

    It is torch's cosine embedding loss of the cosine itself. Shapes: cosines (B) or (B, 1) and 1 or -1 of the
    same shape to a single number.
    """

    def __init__(self, margin: float = 0.0) -> None:
        """Keep from which cosine on unlike pairs are too alike."""
        super().__init__()
        self.margin = margin

    def forward(self, cosine: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Compare cosines with 1 for alike and -1 for unlike."""
        return torch.where(
            target > 0, 1 - cosine, (cosine - self.margin).clamp(min=0)
        ).mean()
