"""Pairs of the handwritten digits of scikit-learn: are both the same digit?"""

from __future__ import annotations

import torch

from studio.data.digits import _PAIRS_EACH
from studio.data.splitting import SPLIT_SEED
from studio.exchange.scripts.digits import digit_splits
from studio.exchange.scripts.splitting import Samples


def load_data(
    validation: float, test: float, split_seed: int = 0, stratify: bool = True
) -> tuple[Samples, ...]:
    """Give training, validation and test data; no picture stands in two of them."""
    generator = torch.Generator().manual_seed(SPLIT_SEED)
    parts = digit_splits(validation, test, split_seed, stratify)
    return tuple(pairs(part, generator) for part in parts)


def pairs(singles: Samples, generator: torch.Generator) -> Samples:
    """Pair each picture with one of the same digit and with one of another, several times."""
    images, labels = singles[0]["x"], singles[1]["target"]
    first, second, same = [], [], []
    for rounds in range(2 * _PAIRS_EACH):
        wants_same = rounds % 2 == 0
        score = torch.rand(len(images), len(images), generator=generator)
        fits = (labels[:, None] == labels[None, :]) == wants_same
        fits.fill_diagonal_(False)
        usable = fits.any(1).nonzero().squeeze(1)
        first.append(usable)
        second.append((score * fits)[usable].argmax(1))
        same.append(torch.full((len(usable),), int(wants_same)))
    a, b = torch.cat(first), torch.cat(second)
    return {"a": images[a], "b": images[b]}, {"target": torch.cat(same)}
