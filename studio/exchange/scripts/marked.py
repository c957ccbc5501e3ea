"""Rows of letters, one of which stands behind a star, as token numbers."""

from __future__ import annotations

from studio.data.marked import marked_rows
from studio.exchange.scripts.splitting import Samples, split


def load_data(
    count: int,
    length: int,
    letters: int,
    seed: int,
    validation: float,
    test: float,
    split_seed: int = 0,
    stratify: bool = True,
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    rows, labels = marked_rows(count, length, letters, seed)
    alike = labels if stratify else None
    return split(({"x": rows}, {"target": labels}), validation, test, alike, split_seed)
