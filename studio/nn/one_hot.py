"""Turn whole numbers into vectors of 0 and 1."""

import torch
from torch import nn


class OneHot(nn.Module):
    """Turn each whole number into a vector with a 1 at its place.

    Shapes: (B, *) of int64 to (B, *, num_classes) of float32.
    """

    def __init__(self, num_classes: int) -> None:
        """Keep how many different numbers there are."""
        super().__init__()
        self.num_classes = num_classes

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compare each number with every class."""
        return (
            x.unsqueeze(-1) == torch.arange(self.num_classes, device=x.device)
        ).float()

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"num_classes={self.num_classes}"
