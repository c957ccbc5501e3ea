"""MNIST: 70,000 handwritten digits, read from a folder or downloaded once when asked."""

from __future__ import annotations

import gzip
import math
import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
import torch

from studio.data.augmentation import Augmentation, Flip
from studio.data.dataset import INPUT, LABEL, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.download import fetch
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import places
from studio.data.vision import torchvision
from studio.graph import Message

PREPROCESSING = Preprocessing("image", (1, 28, 28), mean=(0.5,), std=(0.5,), box=20)
"""A digit fills 20 x 20 and its centre of mass stands in the middle of 28 x 28."""

FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
"""Images and labels to learn from, images and labels to judge by."""

_CLASSES = tuple(str(digit) for digit in range(10))
_LARGEST = 256 << 20
_PLACES = ("", "MNIST/raw", "raw")


@dataclass(frozen=True)
class MNIST:
    """The set as it was published: its own test samples, validation taken from its training samples.

    Attributes:
        folder: holds the four files, plain or packed (.gz), as published or as torchvision lays them out;
            empty for the program's own folder.
        download: fetch what is missing.
        validation: share of the training samples to check with.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        flip: see `Augmentation`, as the others.
        crop: by how many pixels pictures are shifted at most.
        rotate: by how many degrees they are turned at most.
        zoom: which share of the sides is cut away at most.
        jitter: how far brightness strays.
        erase: how often a rectangle is blotted out.
    """

    folder: str
    download: bool
    validation: float
    split_seed: int = 0
    stratify: bool = True
    flip: Flip = "none"
    crop: int = 0
    rotate: float = 0.0
    zoom: float = 0.0
    jitter: float = 0.0
    erase: float = 0.0

    @property
    def root(self) -> Path:
        """The folder in use."""
        return Path(self.folder).expanduser() if self.folder else own_folder()

    def fingerprint(self) -> Hashable:
        """Give the sizes and times of the files that are there."""
        found = [find(self.root, name) for name in FILES]
        return tuple((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in found if p is not None)

    def facts(self) -> Facts:
        """Give the size of a digit and how many there are.

        Raises:
            DataError: a file is missing, and downloading is switched off.
        """
        if not self.download:
            self._require()
        return Facts({INPUT: Field(PREPROCESSING.shape)}, {TARGET: LABEL}, "classification", len(_CLASSES))

    def load(self, progress: Progress) -> Dataset:
        """Read the four files.

        Raises:
            DataError: a file is missing, cannot be downloaded, or is damaged.
        """
        if self.download:
            self._download(progress)
        self._require()
        progress(Message("Reading MNIST"), 0.9)
        whole, test = (
            Split({INPUT: _images(self.root, images)}, {TARGET: _labels(self.root, labels)})
            for images, labels in (FILES[:2], FILES[2:])
        )
        for part, name in ((whole, FILES[1]), (test, FILES[3])):
            if len(part) != len(part.targets[TARGET]):
                raise DataError(
                    Message(
                        "{file} has {labels} labels for {images} images. Get the files of MNIST again.",
                        file=name,
                        labels=len(part.targets[TARGET]),
                        images=len(part),
                    )
                )
        classes = whole.targets[TARGET] if self.stratify else None
        chosen = places(len(whole), self.validation, 0.0, classes, seed=self.split_seed)
        return Dataset(
            whole.take(chosen.train),
            whole.take(chosen.validation),
            test,
            "classification",
            _CLASSES,
            PREPROCESSING,
            Message("MNIST"),
            augmentation=Augmentation.of(self, PREPROCESSING),
        )

    def _require(self) -> None:
        missing = [name for name in FILES if find(self.root, name) is None]
        if missing:
            raise DataError(
                Message(
                    "MNIST is not in {folder}: {files} missing. Switch Download on in the training plan, "
                    "choose the folder that holds the files, or take the Digits, which need no download.",
                    folder=str(self.root),
                    files=", ".join(missing),
                )
            )

    def _download(self, progress: Progress) -> None:
        if all(find(self.root, name) is not None for name in FILES):
            return
        torchvision()
        from torchvision.datasets import MNIST as PUBLISHED  # knows addresses and checksums

        for index, name in enumerate(FILES):
            if find(self.root, name) is not None:
                continue
            packed = f"{name}.gz"
            fetch(
                [mirror + packed for mirror in PUBLISHED.mirrors],
                self.root / "MNIST" / "raw" / packed,
                md5=dict(PUBLISHED.resources)[packed],
                largest=_LARGEST,
                progress=lambda share, index=index: progress(  # type: ignore[misc]
                    Message("Downloading MNIST"), 0.9 * (index + share) / len(FILES)
                ),
            )


def own_folder() -> Path:
    """Give where the program keeps data that it downloaded."""
    return Path(platformdirs.user_data_dir("netwright", appauthor=False)) / "data"


def find(root: Path, name: str, places: Sequence[str] = _PLACES) -> Path | None:
    """Give where a file lies, plain or packed, under any of the names that it is published by."""
    for place in places:
        for written in (
            name,
            f"{name}.gz",
            name.replace("-idx", ".idx"),
            name.replace("-idx", ".idx") + ".gz",
        ):
            path = root / place / written
            if path.is_file():
                return path
    return None


def _images(root: Path, name: str) -> torch.Tensor:
    return PREPROCESSING.normalised(_read(root, name, 3, (28, 28)).unsqueeze(1).float().div_(255))


def _read(root: Path, name: str, dimensions: int, sides: tuple[int, ...]) -> torch.Tensor:
    path = find(root, name)
    if path is None:
        raise damaged(name)
    return read_idx(path, dimensions, sides)


def _labels(root: Path, name: str) -> torch.Tensor:
    labels = _read(root, name, 1, ()).long()
    if len(labels) and int(labels.max()) > 9:
        raise damaged(name)
    return labels


def read_idx(path: Path, dimensions: int, sides: tuple[int, ...]) -> torch.Tensor:
    """Read a file of bytes in the IDX format: 0, 0, 8, the number of dimensions, the sizes, the bytes.

    Raises:
        DataError: it is damaged.
    """
    name = path.name
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                content = packed.read(_LARGEST + 1)
        else:
            with path.open("rb") as plain:
                content = plain.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(name) from error
    return of_idx(content, name, dimensions, sides)


def of_idx(content: bytes, name: str, dimensions: int, sides: tuple[int, ...]) -> torch.Tensor:
    """Read the content of such a file; see `read_idx`."""
    start = 4 + 4 * dimensions
    if len(content) > _LARGEST or len(content) < start or content[:4] != bytes((0, 0, 8, dimensions)):
        raise damaged(name)
    sizes = tuple(int(size) for size in np.frombuffer(content, ">u4", dimensions, 4))
    if sizes[1:] != sides or len(content) != start + math.prod(sizes) or sizes[0] == 0:
        raise damaged(name)
    return torch.from_numpy(np.frombuffer(content, np.uint8, offset=start).reshape(sizes).copy())


def damaged(name: str) -> DataError:
    """Say that a file is of no use."""
    return DataError(Message("{file} is damaged or of another set. Delete it and get it again.", file=name))
