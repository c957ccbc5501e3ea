"""What is known of a tensor before there is one: its sizes, batch and lengths left open, and its dtype."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

Lengths = Mapping[str, int]
"""Sizes that may differ from batch to batch, by name: how long they are."""


@dataclass(frozen=True, slots=True)
class Length:
    """A size that follows a length that an Input leaves open: `times * ((name + shift) // stride) + plus`.

    Attributes:
        name: what the Input calls the length.
        example: how long it is where a number is needed.
        times: how much the size grows in each stride.
        stride: how much the length grows until the size does.
        shift: where in a stride the size grows, from 0 to below `stride`.
        plus: the part that does not depend on the length.
    """

    name: str
    example: int
    times: int = 1
    stride: int = 1
    shift: int = 0
    plus: int = 0

    def at(self, length: int) -> int:
        """Give the size for a length."""
        return self.times * ((length + self.shift) // self.stride) + self.plus

    def __str__(self) -> str:
        """Give `T`, `2T + 1` or `⌊(T + 1)/2⌋`."""
        return self._formula("⌊{}/{}⌋", "{}{}")

    def python(self) -> str:
        """Give it as Python computes it: `2 * ((T + 1) // 2)`."""
        return self._formula("({} // {})", "{} * {}")

    def _formula(self, quotient: str, product: str) -> str:
        found = self.name
        if self.stride > 1:
            shifted = f"({_plus(found, self.shift)})" if self.shift else found
            found = quotient.format(shifted, self.stride)
        if self.times != 1:
            found = product.format(self.times, found)
        return _plus(found, self.plus)


@dataclass(frozen=True, slots=True)
class Dim:
    """One size: `per_batch * B + fixed`, where B is the batch size.

    Attributes:
        per_batch: how much it grows with each sample of the batch.
        fixed: the part that does not depend on the batch.
        length: what it follows where an Input leaves a length open. Either part above is then what the
            example of the length makes of it, and the other one is 0.
    """

    per_batch: int
    fixed: int
    length: Length | None = None

    def at(self, batch: int, lengths: Lengths | None = None) -> int:
        """Give the size for a batch; lengths that are not given are those of the example."""
        if self.length is None or not lengths or self.length.name not in lengths:
            return self.per_batch * batch + self.fixed
        size = self.length.at(lengths[self.length.name])
        return size * batch if self.per_batch else size

    def settled(self, lengths: Lengths) -> Dim:
        """Give the size for lengths that are known; only the batch stays open."""
        if self.length is None or self.length.name not in lengths:
            return self
        size = self.length.at(lengths[self.length.name])
        return Dim(size, 0) if self.per_batch else Dim(0, size)

    def __str__(self) -> str:
        """Give `B`, `8B`, `B + 1`, `T`, or a number."""
        if self.length is None:
            return self._of_batch()
        size = str(self.length)
        size = f"({size})" if size[-1].isdigit() and " " in size else size
        return f"B·{size}" if self.per_batch else size

    def _of_batch(self) -> str:
        if not self.per_batch:
            return str(self.fixed)
        return _plus("B" if self.per_batch == 1 else f"{self.per_batch}B", self.fixed)

    def written(self) -> str:
        """Give the size with the example of its length behind it, without a space: `T=16`."""
        return str(self) if self.length is None else f"{str(self).replace(' ', '')}={self.at(1)}"

    def json(self) -> int | str:
        """Give what the command line prints: a number, or a formula of `B` and lengths that Python reads."""
        if self.length is None:
            return self._of_batch() if self.per_batch else self.fixed
        size = self.length.python()
        return (
            f"B * ({size})" if self.per_batch and " " in size else f"B * {size}" if self.per_batch else size
        )


BATCH = Dim(1, 0)
"""The batch dimension."""

ONE = Dim(0, 1)
"""A dimension along which torch repeats what is there once."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Sizes and dtype of a tensor; the batch is open, and so may lengths be.

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

    @property
    def lengths(self) -> dict[str, int]:
        """Give the lengths that its sizes follow, with their examples."""
        return {dim.length.name: dim.length.example for dim in self.shape if dim.length is not None}

    def at(self, batch: int, lengths: Lengths | None = None) -> tuple[int, ...]:
        """Give the sizes for a batch; lengths that are not given are those of the example."""
        return tuple(dim.at(batch, lengths) for dim in self.shape)

    def settled(self, lengths: Lengths) -> Tensor:
        """Give the tensor for lengths that are known."""
        if not lengths or not self.lengths:
            return self
        return replace(self, shape=tuple(dim.settled(lengths) for dim in self.shape))

    def written(self) -> str:
        """Give the sizes as source tells them, with the examples of lengths: `B × T=16 × 8`."""
        return " × ".join(dim.written() for dim in self.shape)

    def elements(self, batch: int = 1) -> int:
        """Give how many numbers it holds for a batch."""
        return math.prod(self.at(batch))

    def bytes(self, batch: int = 1) -> int:
        """Give the memory that it takes for a batch."""
        width = {"float64": 8, "int64": 8, "float16": 2, "bfloat16": 2, "bool": 1}.get(self.dtype, 4)
        return self.elements(batch) * width

    def __str__(self) -> str:
        """Give the sizes as a person reads them: `B × 32 × 14 × 14`, `B × T × 8`."""
        return " × ".join(map(str, self.shape)) or "1"

    def json(self) -> list[int | str]:
        """Give the sizes as the command line prints them: `["B", 32, 14, 14]`."""
        return [dim.json() for dim in self.shape]


def _plus(text: str, number: int) -> str:
    if not number:
        return text
    return f"{text} {'+' if number > 0 else '-'} {abs(number)}"
