"""Which samples are learned from, checked with and judged by: the same each time, every class in each."""

from __future__ import annotations

from typing import NamedTuple

import torch

from studio.data.dataset import DataError, Split
from studio.graph import Message

SPLIT_SEED = 20_240_229
"""The split does not follow the seed of a run: runs of different seeds are judged by the same samples. What a
person chooses as the seed of the split is added to it."""


Splits = tuple[Split, Split, Split]
"""Samples to learn from, to check with, to judge by."""


class Places(NamedTuple):
    """Which samples go where, each in rising order."""

    train: torch.Tensor
    validation: torch.Tensor
    test: torch.Tensor


def places(
    count: int, validation: float, test: float, classes: torch.Tensor | None = None, *, seed: int = 0
) -> Places:
    """Choose the samples of each split by chance, but always the same ones.

    Args:
        count: how many samples there are.
        validation: share to check with.
        test: share to judge by.
        classes: the class of each sample, so that each split gets its share of every class.
        seed: another number gives other splits.

    Raises:
        DataError: the shares leave nothing to learn from, or nothing for a share that was asked for.
    """
    check_shares(validation, test)
    shuffled = torch.randperm(count, generator=torch.Generator().manual_seed(SPLIT_SEED + seed))
    if classes is not None:
        shuffled = _spread(shuffled, classes)
    # Samples of a class now lie evenly over the whole, so that any stretch holds all classes in proportion.
    tests, validations = _share(count, test), _share(count, validation)
    if count - tests - validations < 1:
        raise DataError(
            Message(
                "There {count:is|are} only {count} {count:sample|samples}: too few to set some aside for "
                "validation and test. Add samples or set both shares to 0.",
                count=count,
            )
        )
    ends = (tests, tests + validations)
    return Places(
        train=shuffled[ends[1] :].sort().values,
        validation=shuffled[ends[0] : ends[1]].sort().values,
        test=shuffled[: ends[0]].sort().values,
    )


def check_shares(validation: float, test: float) -> None:
    """Refuse shares that leave nothing to learn from.

    Raises:
        DataError: they do.
    """
    if validation + test > 1 - 1e-9:
        raise DataError(
            Message(
                "Validation ({validation}) and test ({test}) together take all samples. "
                "Lower them so that their sum is below 1.",
                validation=f"{validation:g}",
                test=f"{test:g}",
            )
        )


def split(
    whole: Split, validation: float, test: float, classes: torch.Tensor | None = None, *, seed: int = 0
) -> Splits:
    """Split samples into training, validation and test; see `places`."""
    chosen = places(len(whole), validation, test, classes, seed=seed)
    return whole.take(chosen.train), whole.take(chosen.validation), whole.take(chosen.test)


def _share(count: int, share: float) -> int:
    """Give how many samples a share is: at least one when any was asked for."""
    return 0 if share <= 0 else max(1, round(count * share))


def _spread(shuffled: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Order shuffled samples so that each class is spread evenly from the first to the last."""
    found = classes[shuffled]
    position = torch.empty(len(found), dtype=torch.float64)
    for value in found.unique():
        members = (found == value).nonzero().squeeze(1)
        position[members] = (torch.arange(len(members), dtype=torch.float64) + 0.5) / len(members)
    return shuffled[position.argsort(stable=True)]
