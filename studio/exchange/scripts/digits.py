"""The handwritten digits of scikit-learn, brought from 8x8 to 28x28."""

from __future__ import annotations

import torch
from sklearn.datasets import load_digits

from studio.data.preprocessing import bilinear
from studio.exchange.scripts.splitting import Samples, split


def digit_splits(
    validation: float, test: float, split_seed: int, stratify: bool, low: int = 0, high: int = 10
) -> tuple[Samples, ...]:
    """Give the digits for training, validation and test."""
    found = load_digits()
    small = torch.from_numpy(found.images).float().unsqueeze(1) / 16
    labels = torch.from_numpy(found.target).long()
    kept = (labels >= low) & (labels < high)
    small, labels = small[kept], labels[kept] - low
    images = ((bilinear(small, 28, 28) - 0.5) / 0.5).contiguous()
    return split(
        ({"x": images}, {"target": labels}), validation, test, labels if stratify else None, split_seed
    )


def load_data(
    validation: float, test: float, split_seed: int = 0, stratify: bool = True, only: str = "all"
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    low, high = {"all": (0, 10), "0 to 4": (0, 5), "5 to 9": (5, 10)}[only]
    return digit_splits(validation, test, split_seed, stratify, low, high)
