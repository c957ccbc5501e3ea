"""Which of two is more, from their difference."""

import torch
from torch import nn


class RankingLoss(nn.Module):
    """The mean of `max(0, margin - sign * difference)`: torch's margin ranking loss of a difference.

    Shapes: differences (B) or (B, 1) and 1 or -1 of the same shape to a single number.
    """

    def __init__(self, margin: float = 1.0) -> None:
        """Keep by how much one shall be more."""
        super().__init__()
        self.margin = margin

    def forward(self, difference: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Compare differences with 1, where they shall be above 0, and -1, where below."""
        nothing = torch.zeros_like(difference)
        return nn.functional.margin_ranking_loss(
            difference, nothing, target, margin=self.margin
        )
