"""The layers of this package: plain modules, imported when a block is first used."""

import torch
from torch import nn


class Squash(nn.Module):
    """Squash numbers softly into (-limit, limit)."""

    def __init__(self, limit: float = 1.0) -> None:
        """Keep the limit."""
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Squash."""
        return self.limit * x / (1 + x.abs())


class Mix(nn.Module):
    """Mix every feature with every other, some rounds in a row, with weights that the rounds share."""

    def __init__(self, features: int, rounds: int = 1) -> None:
        """Make the weights."""
        super().__init__()
        self.rounds = rounds
        self.linear = nn.Linear(features, features)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Mix."""
        for _ in range(self.rounds):
            x = self.linear(x)
        return x
