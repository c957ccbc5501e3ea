"""Standardised tables: every column brought to mean 0 and spread 1, measured on the training rows only."""

from __future__ import annotations

import torch

from studio.data.tables import measured
from studio.exchange.scripts.splitting import Samples


def standardised(parts: tuple[Samples, ...], targets: bool) -> tuple[Samples, ...]:
    """Standardise the columns, and the numbers to predict where there are some."""
    mean, std = measured(parts[0][0]["x"])
    centre, spread = measured(parts[0][1]["target"]) if targets else (torch.zeros(()), torch.ones(()))
    return tuple(
        (
            {"x": ((inputs["x"] - mean) / std).float()},
            {"target": ((found["target"] - centre) / spread).float() if targets else found["target"]},
        )
        for inputs, found in parts
    )
