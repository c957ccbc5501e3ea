"""Windows of a generated series, each with what comes next; the parts go by time."""

from __future__ import annotations

import numpy as np
import torch

from studio.data.series import seasons
from studio.exchange.scripts.splitting import Samples


def load_data(
    window: int,
    horizon: int,
    stride: int,
    count: int,
    period: int,
    trend: float,
    noise: float,
    seed: int,
    validation: float,
    test: float,
    memory: float = 0.0,
    **of_a_table: str,
) -> tuple[Samples, ...]:
    """Give training, validation and test data, brought to mean 0 and spread 1 by the training part."""
    values = seasons(count, period, trend, noise, seed, memory)
    tests, checks = round(count * test), round(count * validation)
    ends = (count - tests - checks, count - tests, count)
    known = values[: ends[0]]
    spread = known.std()
    ready = torch.from_numpy(((values - known.mean()) / (spread or 1)).astype(np.float32))[:, None]

    def windows(first: int, last: int) -> Samples:
        """Give the windows whose forecasts lie in a part; what they see may lie before it."""
        part, span = ready[max(first - window, 0) : last], window + horizon
        if len(part) < span:
            empty = torch.zeros(0, span, 1)
            return {"x": empty[:, :window]}, {"target": empty[:, window:, 0]}
        found = part.unfold(0, span, stride).transpose(1, 2)
        return {"x": found[:, :window]}, {"target": found[:, window:, 0]}

    return tuple(windows(first, last) for first, last in zip((0, *ends[:2]), ends, strict=True))
