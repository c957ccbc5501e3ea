"""Add a learned vector for each place."""

import torch
from torch import nn


class LearnedPosition(nn.Module):
    """Add a learned vector for each place of a sequence.

    Shapes: (B, T, F) to the same, T at most `max_length`.
    """

    def __init__(self, features: int, max_length: int = 512) -> None:
        """Draw the vectors from a normal distribution with deviation 0.02, as BERT and GPT do."""
        super().__init__()
        self.weight = nn.Parameter(torch.empty(max_length, features))
        nn.init.normal_(self.weight, std=0.02)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Add the vectors of the places that there are."""
        return x + self.weight[: x.shape[1]]

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"max_length={self.weight.shape[0]}, features={self.weight.shape[1]}"
