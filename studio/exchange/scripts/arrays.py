"""The arrays of a NumPy .npz file: one for each input, and target."""

from __future__ import annotations

import numpy as np
import torch

from studio.exchange.scripts.splitting import Samples, split


def load_data(
    folder: str, validation: float, test: float, split_seed: int = 0, stratify: bool = True
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    with np.load(folder, allow_pickle=False) as found:
        arrays = {name: found[name] for name in found.files}
    target = arrays.pop("target")
    inputs = {
        name: torch.from_numpy(values.astype(np.int64 if values.dtype.kind in "iub" else np.float32))
        for name, values in arrays.items()
    }
    if target.ndim == 2 and target.shape[1] == 1:
        target = target[:, 0]
    # A class for each place of an input: for each token, step or pixel.
    places = [
        tuple(values.shape[1:2])
        if values.dim() == 3 or (values.dim() == 2 and not values.is_floating_point())
        else tuple(values.shape[2:])
        for values in inputs.values()
    ]
    if target.dtype.kind in "biu" and target.shape[1:2] == (1,) and target.shape[2:] in places:
        target = target[:, 0]
    placed = target.dtype.kind in "biu" and target.ndim > 1 and target.shape[1:] in places
    if placed and target.dtype.kind == "b":
        targets, classes = torch.from_numpy(target.astype(np.int64)), None
    elif placed and len(np.unique(target)) <= 1000:
        numbers = np.unique(target, return_inverse=True)[1].reshape(target.shape)
        targets, classes = torch.from_numpy(numbers.astype(np.int64)), None
    elif target.dtype.kind == "b" and target.ndim == 1:
        targets = classes = torch.from_numpy(target.astype(np.int64))
    elif target.dtype.kind in "iuUS" and target.ndim == 1:
        targets = classes = torch.from_numpy(np.unique(target, return_inverse=True)[1].astype(np.int64))
    else:
        targets, classes = torch.from_numpy(target.astype(np.float32)), None
    return split((inputs, {"target": targets}), validation, test, classes if stratify else None, split_seed)
