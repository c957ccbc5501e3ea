"""Reads published sets of pictures from their files, as bytes: nothing is unpickled or unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from studio.data.mnist import FILES, damaged, find, of_idx, read_idx


class Part(NamedTuple):
    """Pictures as bytes (samples, channels, height, width) and the numbers of their classes."""

    images: torch.Tensor
    labels: torch.Tensor


class Parts(NamedTuple):
    """The parts of a set, with the names of its classes where its files tell them."""

    train: Part
    test: Part
    classes: tuple[str, ...] = ()


_BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error,
           tarfile.TarError, zipfile.BadZipFile, NotImplementedError, RuntimeError)  # fmt: skip
"""What the readers of archives raise for files that are damaged."""

_LARGEST = 1 << 30
_CIFAR_SIDES = (3, 32, 32)


def idx_set(places: tuple[str, ...]) -> Callable[[Path], Parts]:
    """Give the reader of a set that is laid out like MNIST, in one of some folders."""

    def read(root: Path) -> Parts:
        found = []
        for images, labels in (FILES[:2], FILES[2:]):
            paths = [find(root, name, places) for name in (images, labels)]
            if paths[0] is None or paths[1] is None:
                raise damaged(images)
            pictures = read_idx(paths[0], 3, (28, 28)).unsqueeze(1)
            found.append(_checked(Part(pictures, read_idx(paths[1], 1, ()).long()), 10, labels))
        return Parts(found[0], found[1])

    return read


def emnist(
    split: str, classes: int, first: int, archive: Callable[[Path], Path | None]
) -> Callable[[Path], Parts]:
    """Give the reader of one of the sets in the archive of EMNIST, whose pictures lie on their side.

    Args:
        split: its name.
        classes: how many classes there are.
        first: the label of the first class.
        archive: finds the archive.
    """

    def read(root: Path) -> Parts:
        path = archive(root)
        if path is None:
            raise damaged("gzip.zip")
        found = []
        try:
            with zipfile.ZipFile(path) as packed:
                for part in ("train", "test"):
                    content = [
                        _member(packed, f"emnist-{split}-{part}-{kind}-ubyte.gz")
                        for kind in ("images-idx3", "labels-idx1")
                    ]
                    images = of_idx(content[0], path.name, 3, (28, 28)).unsqueeze(1).transpose(2, 3)
                    labels = of_idx(content[1], path.name, 1, ()).long() - first
                    found.append(_checked(Part(images, labels), classes, path.name))
        except _BROKEN as error:
            raise damaged(path.name) from error
        return Parts(found[0], found[1])

    return read


def _member(packed: zipfile.ZipFile, name: str) -> bytes:
    info = next((info for info in packed.infolist() if info.filename.endswith(name)), None)
    if info is None or info.file_size > _LARGEST:
        raise KeyError(name)
    with packed.open(info) as file, gzip.open(file) as unpacked:
        content = unpacked.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(name)
    return content


def cifar(
    archive: str, folder: str, train: tuple[str, ...], test: str, names: str, labels: int
) -> Callable[[Path], Parts]:
    """Give the reader of CIFAR in its binary version: rows of labels and 3,072 bytes.

    Args:
        archive: the packed file.
        folder: the folder in it, or beside it.
        train: the files to learn from.
        test: the file to judge by.
        names: the file of the names of classes.
        labels: labels in a row, of which the last one counts.
    """

    def read(root: Path) -> Parts:
        wanted = (*train, test, names)
        place = root / folder
        try:
            if (place / test).is_file():
                content = {name: (place / name).read_bytes() for name in wanted}
            else:
                content = _of_tar(root / archive, folder, wanted)
            classes = tuple(content[names].decode("ascii").split())
            parts = []
            for files in (train, (test,)):
                rows = np.frombuffer(b"".join(content[name] for name in files), np.uint8)
                rows = rows.reshape(-1, labels + 3072)
                images = torch.from_numpy(rows[:, labels:].reshape(-1, *_CIFAR_SIDES).copy())
                answers = torch.from_numpy(rows[:, labels - 1].astype(np.int64))
                parts.append(_checked(Part(images, answers), len(classes), files[0]))
        except _BROKEN as error:
            raise damaged(archive) from error
        return Parts(parts[0], parts[1], classes)

    return read


def _of_tar(path: Path, folder: str, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """Read members of an archive into the memory; where they would be put on a disk does not matter."""
    found: dict[str, bytes] = {}
    with tarfile.open(path, "r:gz") as packed:
        for member in packed:
            name = member.name.rpartition("/")[2]
            if name in wanted and member.isfile() and member.size <= _LARGEST and folder in member.name:
                file = packed.extractfile(member)
                assert file is not None  # it is a file
                found[name] = file.read()
    return {name: found[name] for name in wanted}


def svhn(root: Path) -> Parts:
    """Read house numbers from their two files of MATLAB."""
    from scipy.io import loadmat  # only where it is needed
    from scipy.io.matlab import MatReadError

    parts = []
    for name in ("train_32x32.mat", "test_32x32.mat"):
        try:
            found: Any = loadmat(root / name, variable_names=("X", "y"))
            images = torch.from_numpy(np.ascontiguousarray(found["X"].transpose(3, 2, 0, 1)))
            labels = torch.from_numpy(found["y"].astype(np.int64).reshape(-1)) % 10
            if images.dtype != torch.uint8 or images.shape[1:] != _CIFAR_SIDES:
                raise ValueError(name)
        except (*_BROKEN, MatReadError) as error:
            raise damaged(name) from error
        parts.append(_checked(Part(images, labels), 10, name))
    return Parts(parts[0], parts[1])


def usps(root: Path) -> Parts:
    """Read the digits of letters: rows of a label and 256 numbers from -1 to 1."""
    parts = []
    for name in ("usps.bz2", "usps.t.bz2"):
        try:
            with bz2.open(root / name, "rt", encoding="ascii") as file:
                rows = [line.split() for line in file]
            values = [[float(cell.partition(":")[2]) for cell in row[1:]] for row in rows]
            images = (torch.tensor(values).reshape(-1, 1, 16, 16) + 1) * 127.5
            labels = torch.tensor([int(float(row[0])) - 1 for row in rows])
        except _BROKEN as error:
            raise damaged(name) from error
        parts.append(_checked(Part(images.round().clamp(0, 255).to(torch.uint8), labels), 10, name))
    return Parts(parts[0], parts[1])


def _checked(part: Part, classes: int, name: str) -> Part:
    """Refuse labels that do not belong to the pictures or to any class."""
    labels = part.labels
    if (
        len(labels) != len(part.images)
        or not len(labels)
        or not 0 <= int(labels.min()) <= int(labels.max()) < classes
    ):
        raise damaged(name)
    return part
