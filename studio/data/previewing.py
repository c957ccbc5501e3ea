"""Shows what becomes of pictures that are varied while they are learned from: before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from studio.data.dataset import Dataset

Drawn = tuple[int, int, int, bytes]
"""Width, height, channels (1 or 3), and the bytes by rows."""


@dataclass(frozen=True)
class Preview:
    """One picture.

    Attributes:
        place: its place among those that are learned from.
        before: as it is.
        after: as the network sees it, one drawing for each epoch that was asked for.
    """

    place: int
    before: Drawn
    after: tuple[Drawn, ...]


def preview(
    dataset: Dataset, places: Sequence[int], *, seed: int = 0, epochs: Sequence[int] = (0,)
) -> tuple[Preview, ...]:
    """Give pictures before and after they are varied, as a training with this seed shows them.

    Args:
        dataset: the data; without an augmentation pictures stay as they are.
        places: which samples of the training part; what is beyond its end is left out.
        seed: that of the training.
        epochs: the epochs to show, counted from 0.

    Raises:
        PreprocessingError: the samples are no pictures.
    """
    kept = [place for place in places if 0 <= place < len(dataset.train)]
    split = dataset.train
    name = next(iter(split.inputs))
    if split.stream is not None:
        images = [split.stream.read(place).inputs[name] for place in kept]
    else:
        images = [split.inputs[name][place] for place in kept]
    pixels = dataset.preprocessing.pixels
    if not kept:
        return ()
    whole, numbers = torch.stack(images), torch.tensor(kept)
    varied = [whole] * len(epochs)
    if dataset.augmentation is not None:
        found = dataset.augmentation
        varied = [found.batch(whole, seed=seed, epoch=epoch, places=numbers)[0] for epoch in epochs]
    return tuple(
        Preview(place, pixels(image), tuple(pixels(epoch[row]) for epoch in varied))
        for row, (place, image) in enumerate(zip(kept, images, strict=True))
    )
