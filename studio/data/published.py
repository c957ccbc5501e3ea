"""Published sets of pictures as torchvision knows them: in a folder, or downloaded once when asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.data.augmentation import Augmentation, Flip
from studio.data.dataset import INPUT, LABEL, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.download import fetch
from studio.data.memory import require_memory
from studio.data.mnist import FILES, find, own_folder
from studio.data.preprocessing import Preprocessing
from studio.data.published_files import Part, Parts, cifar, emnist, idx_set, svhn, usps
from studio.data.splitting import places
from studio.data.vision import torchvision
from studio.graph import Message

_DIGITS = tuple(str(digit) for digit in range(10))
_FASHION = tuple("T-shirt,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot".split(","))
_KANA = tuple("お き す つ な は ま や れ を".split())
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_BALANCED = tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt")
_TORONTO = "https://www.cs.toronto.edu/~kriz/"
_CIFAR_10 = tuple("airplane automobile bird cat deer dog frog horse ship truck".split())
_LARGEST = 700 << 20


@dataclass(frozen=True)
class _File:
    """A file of a set.

    Attributes:
        place: where it is put, from the folder of the data.
        addresses: where it is published.
        md5: the checksum that its publisher gives.
    """

    place: str
    addresses: tuple[str, ...]
    md5: str


@dataclass(frozen=True)
class _Set:
    """A published set.

    Attributes:
        title: what it is called.
        shape: channels, height and width.
        classes: names of its classes; where they stand in its files, as many empty ones.
        read: reads its files in a folder.
        missing: names the files that are not there.
        files: tells where its files are published.
        box: how large a drawing is made; see `Preprocessing`.
    """

    title: str
    shape: tuple[int, int, int]
    classes: tuple[str, ...]
    read: Callable[[Path], Parts]
    missing: Callable[[Path], list[str]]
    files: Callable[[], list[_File]]
    box: int = 0

    __hash__ = None  # type: ignore[assignment]


def _like_mnist(name: str, classes: tuple[str, ...], secure: str = "") -> _Set:
    """Describe a set that torchvision keeps as it keeps MNIST."""
    folders = (f"{name}/raw", "", "raw")

    def missing(root: Path) -> list[str]:
        return [file for file in FILES if find(root, file, folders) is None]

    def files() -> list[_File]:
        published = _torchvision_set(name)
        return [
            _File(
                f"{name}/raw/{file}",
                tuple(f"{mirror}{file}" for mirror in (*filter(None, (secure,)), *published.mirrors)),
                md5,
            )
            for file, md5 in published.resources
        ]

    return _Set(name, (1, 28, 28), classes, idx_set(folders), missing, files)


def _of_emnist(split: str, classes: tuple[str, ...], first: int) -> _Set:
    def archive(root: Path) -> Path | None:
        tried = (
            root / place / file for place in ("EMNIST/raw", "", "raw") for file in ("gzip.zip", "emnist.zip")
        )
        return next((path for path in tried if path.is_file()), None)

    def files() -> list[_File]:
        published = _torchvision_set("EMNIST")
        return [_File("EMNIST/raw/gzip.zip", (published.url,), published.md5)]

    return _Set(
        f"EMNIST {split}",
        (1, 28, 28),
        classes,
        emnist(split, len(classes), first, archive),
        lambda root: [] if archive(root) is not None else ["gzip.zip"],
        files,
        box=20,
    )


def _of_cifar(count: int, classes: tuple[str, ...], md5: str) -> _Set:
    packed = f"cifar-{count}-binary.tar.gz"
    folder = "cifar-10-batches-bin" if count == 10 else "cifar-100-binary"
    train = tuple(f"data_batch_{n}.bin" for n in range(1, 6)) if count == 10 else ("train.bin",)
    test, names, labels = (
        ("test_batch.bin", "batches.meta.txt", 1) if count == 10 else ("test.bin", "fine_label_names.txt", 2)
    )
    return _Set(
        f"CIFAR-{count}",
        (3, 32, 32),
        classes,
        cifar(packed, folder, train, test, names, labels),
        lambda root: [] if (root / packed).is_file() or (root / folder / test).is_file() else [packed],
        lambda: [_File(packed, (_TORONTO + packed,), md5)],
    )


def _by_split(
    name: str, shape: tuple[int, int, int], read: Callable[[Path], Parts], kept: tuple[str, str]
) -> _Set:
    def files() -> list[_File]:
        published = _torchvision_set(name).split_list
        return [
            _File(published[part][1], (published[part][0],), published[part][2]) for part in ("train", "test")
        ]

    return _Set(
        name, shape, _DIGITS, read, lambda root: [file for file in kept if not (root / file).is_file()], files
    )


def _torchvision_set(name: str) -> Any:
    """Give the class that knows addresses and checksums."""
    torchvision()
    from torchvision import datasets

    return getattr(datasets, name)


_ZALANDO = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"
SETS: dict[str, _Set] = {
    "FashionMNIST": _like_mnist("FashionMNIST", _FASHION, _ZALANDO),
    "KMNIST": _like_mnist("KMNIST", _KANA),
    "EMNIST balanced": _of_emnist("balanced", _BALANCED, 0),
    "EMNIST letters": _of_emnist("letters", _LETTERS, 1),
    "EMNIST digits": _of_emnist("digits", _DIGITS, 0),
    "CIFAR10": _of_cifar(10, _CIFAR_10, "c32a1d4ab5d03f1284b67883e8d87530"),
    "CIFAR100": _of_cifar(100, ("",) * 100, "03b5dce01913d631647c71ecec9e9cb8"),
    "SVHN": _by_split("SVHN", (3, 32, 32), svhn, ("train_32x32.mat", "test_32x32.mat")),
    "USPS": _by_split("USPS", (1, 16, 16), usps, ("usps.bz2", "usps.t.bz2")),
}
"""Every set that can be chosen, by its name in files."""


@dataclass(frozen=True)
class Published:
    """A set as it was published: its own test samples, validation taken from its training samples.

    Attributes:
        name: which one; a key of `SETS`.
        folder: holds its files as published or as torchvision lays them out; empty for the program's own.
        download: fetch what is missing.
        validation: share of the training samples to check with.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        flip: see `Augmentation`, as the others.
        crop: by how many pixels pictures are shifted at most.
        rotate: by how many degrees they are turned at most.
        zoom: which share of the sides is cut away at most.
        jitter: how far brightness and colours stray.
        erase: how often a rectangle is blotted out.
    """

    name: str
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
        """Tell which files are there."""
        return str(self.root), tuple(SETS[self.name].missing(self.root)), tuple(self._stamps())

    def facts(self) -> Facts:
        """Give the size of a picture and how many classes there are.

        Raises:
            DataError: a file is missing, and downloading is switched off.
        """
        found = SETS[self.name]
        if not self.download:
            self._require()
        return Facts({INPUT: Field(found.shape)}, {TARGET: LABEL}, "classification", len(found.classes))

    def load(self, progress: Progress) -> Dataset:
        """Read the files.

        Raises:
            DataError: a file is missing, cannot be downloaded, or is damaged.
        """
        found = SETS[self.name]
        if self.download and found.missing(self.root):
            self._fetch(found, progress)
        self._require()
        progress(Message("Reading {name}", name=found.title), 0.9)
        read = found.read(self.root)
        require_memory(8 * (read.train.images.numel() + read.test.images.numel()))
        middle = (0.5,) * found.shape[0]
        facts = Preprocessing("image", found.shape, mean=middle, std=middle, box=found.box)
        whole, test = (_ready(part, facts) for part in (read.train, read.test))
        alike = whole.targets[TARGET] if self.stratify else None
        chosen = places(len(whole), self.validation, 0.0, alike, seed=self.split_seed)
        return Dataset(
            whole.take(chosen.train),
            whole.take(chosen.validation),
            test,
            "classification",
            read.classes or found.classes,
            facts,
            Message("{name}", name=found.title),
            augmentation=Augmentation.of(self, facts),
        )

    def _stamps(self) -> Iterator[Hashable]:
        """Give sizes and times of what lies where files of sets are kept; cheap, and more than is needed."""
        for place in (self.root, *self.root.glob("*/raw"), *self.root.glob("cifar*")):
            if place.is_dir():
                for path in sorted(place.iterdir()):
                    if path.is_file():
                        yield path.name, path.stat().st_size, path.stat().st_mtime_ns

    def _require(self) -> None:
        found = SETS[self.name]
        missing = found.missing(self.root)
        if missing:
            raise DataError(
                Message(
                    "{name} is not in {folder}: {files} missing. Switch Download on in the training plan, "
                    "choose the folder that holds the files, or take the Digits, which need no download.",
                    name=found.title,
                    folder=str(self.root),
                    files=", ".join(missing),
                )
            )

    def _fetch(self, found: _Set, progress: Progress) -> None:
        files = found.files()
        for index, file in enumerate(files):
            if (self.root / file.place).is_file():
                continue
            fetch(
                file.addresses,
                self.root / file.place,
                md5=file.md5,
                largest=_LARGEST,
                progress=lambda share, index=index: progress(  # type: ignore[misc]
                    Message("Downloading {name}", name=found.title), 0.9 * (index + share) / len(files)
                ),
                plain=True,
            )


def _ready(part: Part, facts: Preprocessing) -> Split:
    return Split({INPUT: facts.normalised(part.images.float().div_(255))}, {TARGET: part.labels})
