"""Which samples are learned from, checked with and judged by: the same ones as in Netwright."""

from __future__ import annotations

import torch

from studio.data.splitting import SPLIT_SEED, _share, _spread

Samples = tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]
"""Inputs and targets by name; the first dimension counts the samples."""


def places(
    count: int, validation: float, test: float, classes: torch.Tensor | None = None, seed: int = 0
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Choose the samples for training, validation and test, each class in proportion."""
    shuffled = torch.randperm(count, generator=torch.Generator().manual_seed(SPLIT_SEED + seed))
    if classes is not None:
        shuffled = _spread(shuffled, classes)
    tests, validations = _share(count, test), _share(count, validation)
    ends = (tests, tests + validations)
    return (
        shuffled[ends[1] :].sort().values,
        shuffled[ends[0] : ends[1]].sort().values,
        shuffled[: ends[0]].sort().values,
    )


def take(samples: Samples, chosen: torch.Tensor) -> Samples:
    """Give some of the samples."""
    inputs, targets = samples
    return (
        {name: values[chosen] for name, values in inputs.items()},
        {name: values[chosen] for name, values in targets.items()},
    )


def split(
    samples: Samples, validation: float, test: float, classes: torch.Tensor | None = None, seed: int = 0
) -> tuple[Samples, ...]:
    """Split samples into training, validation and test."""
    count = len(next(iter(samples[0].values())))
    return tuple(take(samples, chosen) for chosen in places(count, validation, test, classes, seed))
