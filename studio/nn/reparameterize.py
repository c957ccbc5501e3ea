"""Draw from a normal distribution so that gradients reach its parameters."""

import torch
from torch import nn


class Reparameterize(nn.Module):
    """Draw while training; give the mean afterwards.

    Shapes: mean and logvar of one shape to the same. Kingma and Welling 2013, arXiv:1312.6114.
    """

    def forward(self, mean: torch.Tensor, logvar: torch.Tensor) -> torch.Tensor:
        """Draw mean + deviation × noise while training."""
        if not self.training:
            return mean
        return mean + torch.exp(0.5 * logvar) * torch.randn_like(mean)
