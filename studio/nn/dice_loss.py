"""How far the areas of each class miss each other."""

import torch
from torch import nn


class DiceLoss(nn.Module):
    """One less the mean over classes of `(2 * common + smooth) / (found + true + smooth)`.

    Shapes: scores (B, C, ...) and class numbers (B, ...) to a single number. Milletari et al.
    2016, arXiv:1606.04797.
    """

    def __init__(self, smooth: float = 1.0) -> None:
        """Keep what keeps the division away from 0."""
        super().__init__()
        self.smooth = smooth

    def forward(self, scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Compare scores with class numbers."""
        found = scores.softmax(1)
        true = nn.functional.one_hot(target, scores.shape[1]).movedim(-1, 1)
        places = [dim for dim in range(scores.dim()) if dim != 1]
        common = (found * true).sum(places)
        areas = found.sum(places) + true.sum(places)
        return 1 - ((2 * common + self.smooth) / (areas + self.smooth)).mean()
