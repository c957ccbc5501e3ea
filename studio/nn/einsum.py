"""Multiply tensors in Einstein's notation."""

import torch
from torch import nn


class Einsum(nn.Module):
    """Multiply one to three tensors and sum over the letters that the result lacks.

    Shapes: as the equation says, such as `bif,bjf->bij`.
    """

    def __init__(self, equation: str) -> None:
        """Keep the equation."""
        super().__init__()
        self.equation = equation

    def forward(
        self,
        a: torch.Tensor,
        b: torch.Tensor | None = None,
        c: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """Multiply and sum."""
        return torch.einsum(
            self.equation, *(one for one in (a, b, c) if one is not None)
        )

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return f"equation={self.equation!r}"
