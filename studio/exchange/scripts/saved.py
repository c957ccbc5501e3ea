"""Samples as Netwright prepared them, saved beside the script."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from studio.exchange.scripts.splitting import Samples


def load_data(file: str) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    with np.load(Path(__file__).resolve().parent / file, allow_pickle=False) as found:
        arrays = {name: torch.from_numpy(found[name]) for name in found.files}

    def of(part: str, side: str) -> dict[str, torch.Tensor]:
        start = f"{part}/{side}/"
        return {name[len(start) :]: values for name, values in arrays.items() if name.startswith(start)}

    return tuple((of(part, "inputs"), of(part, "targets")) for part in ("train", "validation", "test"))
