"""150 irises of three kinds, 4 measurements each."""

from __future__ import annotations

import torch
from sklearn.datasets import load_iris

from studio.exchange.scripts.splitting import Samples, split
from studio.exchange.scripts.tables import standardised


def load_data(
    validation: float, test: float, split_seed: int = 0, stratify: bool = True
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    found = load_iris()
    labels = torch.from_numpy(found.target).long()
    samples = {"x": torch.from_numpy(found.data)}, {"target": labels}
    parts = split(samples, validation, test, labels if stratify else None, split_seed)
    return standardised(parts, targets=False)
