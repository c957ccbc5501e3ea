"""Counts answers for places batch by batch, where all of them at once would fill the memory."""

from __future__ import annotations

from dataclasses import dataclass

import torch

BINS = 10
"""Bins of a reliability diagram, unless it is said otherwise."""


@dataclass(frozen=True)
class Tally:
    """What is known of the places of all samples.

    Attributes:
        confusion: places of each class (row) by the class that they were taken for (column).
        right: for each sample, the share of its places that is right.
        bins: for each of `BINS` bins of how sure the network is: how many places, how sure it is of them in
            sum, and how many of them are right.
    """

    confusion: torch.Tensor
    right: torch.Tensor
    bins: torch.Tensor

    __hash__ = None  # type: ignore[assignment]


class Counting:
    """Takes batch after batch."""

    def __init__(self, classes: int) -> None:
        """Begin with nothing.

        Args:
            classes: how many there are.
        """
        self._classes = classes
        self._confusion = torch.zeros(classes * classes, dtype=torch.int64)
        self._right: list[torch.Tensor] = []
        self._bins = torch.zeros(3, BINS, dtype=torch.float64)

    def take(
        self, truth: torch.Tensor, predicted: torch.Tensor, sure: torch.Tensor, counted: torch.Tensor
    ) -> None:
        """Take a batch.

        Args:
            truth: the class of each place, one row a sample.
            predicted: likewise what the network said.
            sure: how sure it is.
            counted: which places count.
        """
        same = truth == predicted
        self._right.append(shares(same, counted))
        pairs = truth[counted].long() * self._classes + predicted[counted].long()
        self._confusion += torch.bincount(pairs, minlength=len(self._confusion))
        self._bins += binned(sure[counted].double(), same[counted].double(), BINS)

    def tally(self) -> Tally:
        """Give what is known by now."""
        confusion = self._confusion.reshape(self._classes, self._classes)
        return Tally(confusion, torch.cat(self._right), self._bins)


def shares(same: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    """Give for each sample the share of its places that is right, of those that count."""
    same, counted = same.flatten(1), counted.flatten(1)
    return (same & counted).sum(1).double() / counted.sum(1).clamp(min=1)


def binned(sure: torch.Tensor, right: torch.Tensor, bins: int) -> torch.Tensor:
    """Sort answers by how sure they are; see `Tally.bins`."""
    # A number on an edge belongs to the bin below it, as the first bin has none below it.
    edges = torch.linspace(0, 1, bins + 1, dtype=torch.float32)
    place = torch.bucketize(sure.float(), edges[1:-1])
    none = torch.zeros(bins, dtype=torch.float64)
    return torch.stack(
        [
            torch.bincount(place, minlength=bins).double(),
            *(none.index_add(0, place, each.double()) for each in (sure, right)),
        ]
    )
