"""Pictures in folders, one folder for each class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from studio.data.finding import natural
from studio.data.pictures import FORMATS, SUFFIXES, _plain
from studio.exchange.scripts.splitting import Samples, split


def read_picture(path: Path, height: int, width: int, channels: int) -> torch.Tensor:
    """Read a picture at a size, with brightness from 0 to 1."""
    mode = "L" if channels == 1 else "RGB"
    with Image.open(path, formats=FORMATS) as image:
        image.draft(mode, (2 * width, 2 * height))
        ready = _plain(image, mode).resize((width, height), Image.Resampling.BILINEAR)
    array = np.asarray(ready, np.uint8).reshape(height, width, channels)
    return torch.from_numpy(array.copy()).permute(2, 0, 1).float() / 255


def pictures(folder: Path) -> list[Path]:
    """Give the pictures of a class in the order in which people count; hidden ones are left out."""
    return sorted(
        (
            path
            for path in folder.rglob("*")
            if path.is_file()
            and path.suffix.lower() in SUFFIXES
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ),
        key=lambda path: natural(path.relative_to(folder).as_posix()),
    )


def load_data(
    folder: str,
    height: int,
    width: int,
    grayscale: bool,
    validation: float,
    test: float,
    split_seed: int = 0,
    stratify: bool = True,
) -> tuple[Samples, ...]:
    """Give training, validation and test data; what is no picture is skipped."""
    images: list[torch.Tensor] = []
    labels: list[int] = []
    classes: list[str] = []
    places = (place for place in Path(folder).expanduser().iterdir() if place.is_dir())
    for place in sorted(places, key=lambda path: natural(path.name)):
        before = len(images)
        for path in pictures(place) if not place.name.startswith(".") else []:
            try:
                images.append(read_picture(path, height, width, 1 if grayscale else 3))
                labels.append(len(classes))
            except (OSError, SyntaxError, ValueError) as error:
                print(f"skipped {path}: {error}")
        if len(images) > before:
            classes.append(place.name)
    target = torch.tensor(labels)
    inputs = {"x": ((torch.stack(images) - 0.5) / 0.5).contiguous()}
    return split((inputs, {"target": target}), validation, test, target if stratify else None, split_seed)
