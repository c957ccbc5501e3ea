"""Cross entropy that looks away from what is told well already."""

import torch
from torch import nn


class FocalLoss(nn.Module):
    """The mean of `(1 - p) ** gamma * -log(p)`, p being the chance of the true class.

    Shapes: scores (B, C, ...) and class numbers (B, ...) to a single number. Lin et al. 2017,
    arXiv:1708.02002.
    """

    weight: torch.Tensor | None

    def __init__(self, gamma: float = 2.0, weight: torch.Tensor | None = None) -> None:
        """Keep how much it looks away, and what each class counts."""
        super().__init__()
        self.gamma = gamma
        self.register_buffer("weight", weight)

    def forward(self, scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Compare scores with class numbers."""
        surprise = nn.functional.cross_entropy(scores, target, reduction="none")
        loss = (1 - torch.exp(-surprise)) ** self.gamma * surprise
        if self.weight is not None:
            loss = loss * self.weight[target]
        return loss.mean()
