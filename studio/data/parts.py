"""Splits that the data itself says: by a column, by folders, by files of its own; what lacks is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from studio.data.dataset import DataError
from studio.data.splitting import SPLIT_SEED, Places, check_shares, places
from studio.graph import Message

TRAIN, VALIDATION, TEST = 0, 1, 2
"""The number of each part."""

_WORDS = {
    **dict.fromkeys(("train", "training", "learn", "训练", "训练集"), TRAIN),
    **dict.fromkeys(("val", "valid", "validation", "dev", "验证", "验证集"), VALIDATION),
    **dict.fromkeys(("test", "testing", "eval", "测试", "测试集"), TEST),
}


def part_of(word: str) -> int | None:
    """Give the part that a word means, or None."""
    return _WORDS.get(word.strip().casefold())


def by_words(
    words: Sequence[str],
    validation: float,
    test: float,
    classes: torch.Tensor | None = None,
    *,
    seed: int = 0,
) -> Places:
    """Split by what a column says of each sample: its part, or with which others it stays together.

    Args:
        words: `train`, `validation` or `test` of each sample; any others are groups, none of which is torn.
        validation: share to check with, where no sample says that it is for that.
        test: share to judge by, likewise.
        classes: the class of each sample; see `places`.
        seed: another number gives other splits.

    Raises:
        DataError: nothing is left to learn from.
    """
    known = {word: part_of(word) for word in set(words)}
    if all(part is not None for part in known.values()):
        given = torch.tensor([known[word] for word in words])
        return completed(given, validation, test, classes, seed=seed)
    numbers = {word: number for number, word in enumerate(sorted(known))}
    return _grouped(torch.tensor([numbers[word] for word in words]), validation, test, seed)


def completed(
    given: torch.Tensor,
    validation: float,
    test: float,
    classes: torch.Tensor | None = None,
    *,
    seed: int = 0,
) -> Places:
    """Take parts as they are given; a part that has no sample gets its share of the training samples.

    Raises:
        DataError: nothing is left to learn from.
    """
    train, *others = ((given == part).nonzero().squeeze(1) for part in (TRAIN, VALIDATION, TEST))
    if not len(train):
        raise DataError(Message("No sample is for training."))
    to_check, to_judge = (
        0.0 if len(found) else share for found, share in zip(others, (validation, test), strict=True)
    )
    if to_check or to_judge:
        alike = None if classes is None else classes[train]
        drawn = places(len(train), to_check, to_judge, alike, seed=seed)
        others = [
            found if len(found) else train[more]
            for found, more in zip(others, (drawn.validation, drawn.test), strict=True)
        ]
        train = train[drawn.train]
    return Places(train, others[0], others[1])


def _grouped(groups: torch.Tensor, validation: float, test: float, seed: int) -> Places:
    """Deal whole groups out, until each part has its share."""
    check_shares(validation, test)
    sizes = groups.bincount()
    order = torch.randperm(len(sizes), generator=torch.Generator().manual_seed(SPLIT_SEED + seed))
    part = torch.zeros(len(sizes), dtype=torch.int64)
    left = iter(order.tolist())
    for number, share in ((TEST, test), (VALIDATION, validation)):
        wanted, got = share * len(groups), 0
        while share > 0 and (got == 0 or got + 0.5 <= wanted):
            group = next(left, None)
            if group is None:
                break
            part[group] = number
            got += int(sizes[group])
    if not bool((part == TRAIN).any()):
        raise DataError(
            Message(
                "There are only {count} {count:group|groups}, and none is left to learn from. "
                "Lower the shares or choose another column to split by.",
                count=len(sizes),
            )
        )
    found = part[groups]
    return Places(*((found == number).nonzero().squeeze(1) for number in (TRAIN, VALIDATION, TEST)))
