"""Points of two classes on a plane."""

from __future__ import annotations

from studio.data.fields import points_of
from studio.exchange.scripts.splitting import Samples, split


def load_data(
    pattern: str,
    count: int,
    noise: float,
    seed: int,
    validation: float,
    test: float,
    split_seed: int = 0,
    stratify: bool = True,
    gap: float = 0.0,
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    inputs, targets = points_of(pattern, count, noise, seed, gap)
    if pattern == "points":
        validation = test = 0.0
    return split(
        ({"x": inputs}, {"target": targets}), validation, test, targets if stratify else None, split_seed
    )
