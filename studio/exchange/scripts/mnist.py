"""MNIST, read from the four files as they were published, plain or packed."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import torch

from studio.data.mnist import _PLACES, FILES
from studio.exchange.scripts.splitting import Samples, places, take


def read_idx(folder: str, name: str) -> torch.Tensor:
    """Read a file of bytes in the IDX format: 0, 0, 8, the number of dimensions, the sizes, the bytes."""
    names = [written + end for written in (name, name.replace("-idx", ".idx")) for end in ("", ".gz")]
    paths = [Path(folder, place, written) for place in _PLACES for written in names]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise FileNotFoundError(f"{name} is not in {folder}")
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    sizes = tuple(int(size) for size in np.frombuffer(content, ">u4", content[3], 4))
    start = 4 + 4 * len(sizes)
    return torch.from_numpy(np.frombuffer(content, np.uint8, offset=start).reshape(sizes).copy())


def load_data(
    folder: str, validation: float, split_seed: int = 0, stratify: bool = True
) -> tuple[Samples, ...]:
    """Give training, validation and test data."""
    parts = []
    for images, labels in (FILES[:2], FILES[2:]):
        pixels = read_idx(folder, images).unsqueeze(1).float().div_(255)
        inputs = {"x": ((pixels - 0.5) / 0.5).contiguous()}
        parts.append((inputs, {"target": read_idx(folder, labels).long()}))
    whole, test = parts
    classes = whole[1]["target"] if stratify else None
    chosen = places(len(whole[0]["x"]), validation, 0.0, classes, split_seed)
    return take(whole, chosen[0]), take(whole, chosen[1]), test
