"""A person's own pictures: one folder for each class."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.finding import natural, stamp
from studio.data.memory import require_memory
from studio.data.pictures import SUFFIXES, Picture, read_picture
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import split
from studio.graph import Message

_LISTED = 50
"""How many files are listed by name before the rest is only counted."""

_READERS = 8
_AHEAD = 64
_SPLIT_NAMES = frozenset(("train", "training", "test", "testing", "val", "valid", "validation"))


@dataclass(frozen=True)
class ImageFolder:
    """Pictures by class.

    Attributes:
        folder: holds one folder for each class; those may hold folders again.
        height: pictures are stretched to this height.
        width: and to this width.
        grayscale: one channel instead of three.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    folder: str
    height: int
    width: int
    grayscale: bool
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give names, sizes and times of all files."""
        return tuple(stamp(path) for _, files in _classes(_root(self.folder)) for path in files)

    def facts(self) -> Facts:
        """Count the classes that have a picture which can be read.

        Raises:
            DataError: there is no such folder, or nothing in it to learn from.
        """
        channels = 1 if self.grayscale else 3
        folders = _folders(_root(self.folder))
        _check_classes([entry.name for entry in folders], self.folder)
        classes = sum(self._readable(entry, channels) for entry in folders)
        if classes < 2:
            raise self._too_few("")
        picture = Field((channels, self.height, self.width))
        return Facts({INPUT: picture}, {TARGET: LABEL}, "classification", classes)

    def load(self, progress: Progress) -> Dataset:
        """Read all pictures that can be read; the others are listed with the reason.

        Raises:
            DataError: there is no such folder, or nothing in it to learn from.
        """
        root = _root(self.folder)
        found = _classes(root)
        _check_classes([name for name, _ in found], self.folder)
        channels = 1 if self.grayscale else 3
        count = sum(len(files) for _, files in found)
        require_memory(2 * count * channels * self.height * self.width * 4)
        notes = _Notes()
        images: list[torch.Tensor] = []
        labels: list[int] = []
        classes: list[str] = []
        done = 0
        for name, files in found:
            before = len(images)
            for path, result in self._read(files, channels):
                progress(Message("Reading pictures"), done / count)
                done += 1
                file = path.relative_to(root).as_posix()
                if isinstance(result, DataError):
                    notes.add(Message("{file}: skipped, {reason}.", file=file, reason=result.message))
                    continue
                if result.note is not None:
                    notes.add(Message("{file}: {reason}.", file=file, reason=result.note))
                images.append(result.image)
                labels.append(len(classes))
            if len(images) > before:
                classes.append(name)
            else:
                notes.add(Message("The folder “{name}” holds no picture that can be read.", name=name))
        if len(classes) < 2:
            raise self._too_few(notes.given()[0] if notes.given() else "")
        facts = Preprocessing(
            "image", (channels, self.height, self.width), mean=(0.5,) * channels, std=(0.5,) * channels
        )
        target = torch.tensor(labels)
        whole = Split({INPUT: facts.normalised(torch.stack(images))}, {TARGET: target})
        del images
        alike = target if self.stratify else None
        train, validation, test = split(whole, self.validation, self.test, alike, seed=self.split_seed)
        title = Message("Pictures in {folder}", folder=Path(self.folder).name)
        return Dataset(
            train,
            validation,
            test,
            "classification",
            tuple(classes),
            facts,
            title,
            notes.given(),
            notes.count,
        )

    def _readable(self, folder: Path, channels: int) -> bool:
        """Tell whether a folder holds any picture that can be read; most often the first one is."""
        for path in _found(folder):
            try:
                read_picture(path, self.height, self.width, channels)
            except DataError:
                continue
            return True
        return False

    def _too_few(self, first: Message | str) -> DataError:
        return DataError(
            Message(
                "Fewer than two folders in {folder} hold pictures that can be read. {first}",
                folder=self.folder,
                first=first,
            )
        )

    def _read(self, files: list[Path], channels: int) -> Iterator[tuple[Path, Picture | DataError]]:
        """Read files in order, several at a time, and never far ahead of what is taken."""

        def read(path: Path) -> Picture | DataError:
            try:
                return read_picture(path, self.height, self.width, channels)
            except DataError as error:
                return error

        with ThreadPoolExecutor(min(_READERS, os.cpu_count() or 1)) as readers:
            for start in range(0, len(files), _AHEAD):
                part = files[start : start + _AHEAD]
                yield from zip(part, readers.map(read, part), strict=True)


class _Notes:
    """What was left out or changed: the first files by name, the rest counted."""

    def __init__(self) -> None:
        self._named: list[Message] = []
        self._more = 0

    def add(self, sentence: Message) -> None:
        """Note one thing."""
        if len(self._named) < _LISTED:
            self._named.append(sentence)
        else:
            self._more += 1

    @property
    def count(self) -> int:
        """How many things were noted."""
        return len(self._named) + self._more

    def given(self) -> tuple[Message, ...]:
        """Give all sentences."""
        more = (Message("… and {count} more.", count=self._more),) if self._more else ()
        return (*self._named, *more)


def _root(folder: str) -> Path:
    if not folder:
        raise DataError(Message("No folder of pictures is chosen. Choose one in the training plan."))
    root = Path(folder).expanduser()
    if not root.is_dir():
        raise DataError(
            Message(
                "There is no folder {folder}. Was it moved, or is its drive not connected? Choose it again.",
                folder=folder,
            )
        )
    return root


def _classes(root: Path) -> list[tuple[str, list[Path]]]:
    """Give each class with its files, both in the order in which people count."""
    return [(entry.name, _pictures(entry)) for entry in _folders(root)]


def _folders(root: Path) -> list[Path]:
    try:
        inside = [entry for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith(".")]
    except OSError as error:
        raise DataError(Message("The folder {folder} may not be read.", folder=str(root))) from error
    return sorted(inside, key=lambda path: natural(path.name))


def _pictures(folder: Path) -> list[Path]:
    return sorted(_found(folder), key=lambda path: natural(path.relative_to(folder).as_posix()))


def _found(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(where, name)


def _check_classes(found: list[str], folder: str) -> None:
    names = {name.casefold() for name in found}
    if names and names <= _SPLIT_NAMES:
        raise DataError(
            Message(
                "{folder} holds “{name}”, which is a part of a data set and not a class. "
                "Choose the folder “{name}” itself.",
                folder=folder,
                name=found[0],
            )
        )
    if len(found) < 2:
        raise DataError(
            Message(
                "{folder} must hold at least two folders, one for each class, with its pictures inside. "
                "It holds {count}.",
                folder=folder,
                count=len(found),
            )
        )
