"""Pictures of shapes with a class for every pixel."""

from __future__ import annotations

from studio.data.shapes import drawn
from studio.exchange.scripts.splitting import Samples, split


def load_data(
    count: int, size: int, noise: float, seed: int, validation: float, test: float, split_seed: int = 0
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    pictures, masks = drawn(count, size, noise, seed)
    return split(({"x": (pictures - 0.5) / 0.5}, {"target": masks}), validation, test, None, split_seed)
