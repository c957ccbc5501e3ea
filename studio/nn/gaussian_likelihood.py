"""How unlikely numbers are at the mean and the spread that a network gives."""

import torch
from torch import nn


class GaussianLikelihood(nn.Module):
    """The negative log-likelihood; the variance is `softplus` of the second half of outputs.

    Shapes: outputs (B, 2 * N) and numbers (B, N) to a single number.
    """

    def __init__(self, full: bool = False, eps: float = 1e-6) -> None:
        """Keep whether the constant part counts, and the least variance."""
        super().__init__()
        self.full = full
        self.eps = eps

    def forward(self, outputs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Compare means and variances with numbers."""
        mean, spread = outputs.chunk(2, dim=1)
        variance = nn.functional.softplus(spread)
        return nn.functional.gaussian_nll_loss(
            mean, target, variance, full=self.full, eps=self.eps
        )
