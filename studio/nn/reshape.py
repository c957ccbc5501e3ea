"""Give each sample another shape."""

import torch
from torch import nn


class Reshape(nn.Module):
    """Give each sample a new shape with the same numbers in the same order.

    Shapes: (B, *) to (B, *shape); one size may be -1 and is worked out.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        """Keep the new sizes of one sample, without the batch."""
        super().__init__()
        self.shape = shape

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Reshape each sample of the batch."""
        return x.reshape(x.shape[0], *self.shape)

    def extra_repr(self) -> str:
        """Show the sizes when the module is printed."""
        return f"shape={self.shape}"
