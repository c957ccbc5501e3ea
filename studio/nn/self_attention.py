"""Self-attention in GPT's form."""

import torch
from torch import nn


class SelfAttention(nn.Module):
    """Let each place of a sequence gather from all places, or only from earlier ones.

    Shapes: (B, T, F) to the same. Vaswani et al. 2017, arXiv:1706.03762.
    """

    def __init__(
        self,
        features: int,
        num_heads: int = 4,
        causal: bool = False,
        dropout: float = 0.0,
        bias: bool = True,
    ) -> None:
        """Make one projection for queries, keys and values together, and one for the result."""
        super().__init__()
        self.num_heads = num_heads
        self.causal = causal
        self.dropout = dropout
        self.qkv = nn.Linear(features, 3 * features, bias=bias)
        self.out = nn.Linear(features, features, bias=bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Attend within each head, then mix the heads."""
        batch, length, features = x.shape
        size = features // self.num_heads
        parts = (
            self.qkv(x)
            .reshape(batch, length, 3, self.num_heads, size)
            .permute(2, 0, 3, 1, 4)
        )
        gathered = nn.functional.scaled_dot_product_attention(
            parts[0],
            parts[1],
            parts[2],
            dropout_p=self.dropout if self.training else 0.0,
            is_causal=self.causal,
        )
        result: torch.Tensor = self.out(
            gathered.transpose(1, 2).reshape(batch, length, features)
        )
        return result

    def extra_repr(self) -> str:
        """Show the parameters when the module is printed."""
        return (
            f"num_heads={self.num_heads}, causal={self.causal}, dropout={self.dropout}"
        )
