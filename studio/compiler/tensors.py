"""What is known of a tensor before there is one: its sizes, with the batch left open, and its dtype."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dim:
    """One size: `per_batch * B + fixed`, where B is the batch size.

    Attributes:
        per_batch: how much it grows with each sample of the batch.
        fixed: the part that does not depend on the batch.
    """

    per_batch: int
    fixed: int

    def at(self, batch: int) -> int:
        """Give the size for a batch."""
        return self.per_batch * batch + self.fixed

    def __str__(self) -> str:
        """Give `B`, `8B`, `B + 1` or a number."""
        if not self.per_batch:
            return str(self.fixed)
        letter = "B" if self.per_batch == 1 else f"{self.per_batch}B"
        if not self.fixed:
            return letter
        return f"{letter} {'+' if self.fixed > 0 else '-'} {abs(self.fixed)}"

    def json(self) -> int | str:
        """Give what the command line prints: a number, or the text with `B`."""
        return str(self) if self.per_batch else self.fixed


BATCH = Dim(1, 0)
"""The batch dimension."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Sizes and dtype of a tensor; the batch is open.

    Attributes:
        shape: its sizes.
        dtype: as torch names it, without `torch.`: float32, int64, bool ...
    """

    shape: tuple[Dim, ...]
    dtype: str = "float32"

    @classmethod
    def of(cls, *sample: int, dtype: str = "float32") -> Tensor:
        """Make a batch of samples of these sizes."""
        return cls((BATCH, *(Dim(0, size) for size in sample)), dtype)

    def at(self, batch: int) -> tuple[int, ...]:
        """Give the sizes for a batch."""
        return tuple(dim.at(batch) for dim in self.shape)

    def elements(self, batch: int = 1) -> int:
        """Give how many numbers it holds for a batch."""
        total = 1
        for size in self.at(batch):
            total *= size
        return total

    def bytes(self, batch: int = 1) -> int:
        """Give the memory that it takes for a batch."""
        width = {"float64": 8, "int64": 8, "float16": 2, "bfloat16": 2, "bool": 1}.get(self.dtype, 4)
        return self.elements(batch) * width

    def __str__(self) -> str:
        """Give the sizes as a person reads them: `B × 32 × 14 × 14`."""
        return " × ".join(map(str, self.shape)) or "1"

    def json(self) -> list[int | str]:
        """Give the sizes as the command line prints them: `["B", 32, 14, 14]`."""
        return [dim.json() for dim in self.shape]
