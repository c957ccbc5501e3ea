"""A tensor that is learned itself."""

import torch
from torch import nn


class Learnable(nn.Module):
    """Give a tensor that is learned itself.

    Shapes: nothing to `shape`, which has no batch; a leading 1 fits every batch.
    """

    def __init__(self, shape: tuple[int, ...], std: float = 0.02) -> None:
        """Draw the first numbers from a normal distribution around 0."""
        super().__init__()
        self.value = nn.Parameter(torch.empty(shape))
        nn.init.normal_(self.value, std=std)

    def forward(self) -> torch.Tensor:
        """Give the tensor."""
        return self.value
