"""442 patients: how far has the illness gone after a year?"""

from __future__ import annotations

import torch
from sklearn.datasets import load_diabetes

from studio.exchange.scripts.splitting import Samples, split
from studio.exchange.scripts.tables import standardised


def load_data(validation: float, test: float, split_seed: int = 0) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    found = load_diabetes(scaled=False)
    samples = {"x": torch.from_numpy(found.data)}, {"target": torch.from_numpy(found.target).double()}
    return standardised(split(samples, validation, test, None, split_seed), targets=True)
