"""Larger pictures on which a real digit stands somewhere among pieces of other ones."""

from __future__ import annotations

from studio.data.clutter import cluttered
from studio.exchange.scripts.digits import digit_splits
from studio.exchange.scripts.splitting import Samples


def load_data(
    count: int,
    size: int,
    pieces: int,
    seed: int,
    validation: float,
    test: float,
    split_seed: int = 0,
    stratify: bool = True,
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    found = digit_splits(validation, test, split_seed, stratify)
    parts = [(inputs["x"], targets["target"]) for inputs, targets in found]
    made = cluttered(parts, count, size, pieces, seed)
    return tuple(({"x": pictures}, {"target": labels}) for pictures, labels in made)
