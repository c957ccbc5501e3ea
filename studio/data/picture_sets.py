"""Reads many pictures, several at a time: into the memory, or looked at once and read when asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import torch

from studio.data.augmentation import Augmentation
from studio.data.dataset import (
    INPUT,
    TARGET,
    DataError,
    Dataset,
    Progress,
    Sample,
    Split,
    Task,
    stacked,
    standing_for,
)
from studio.data.memory import require_memory
from studio.data.pictures import Picture, read_mask, read_picture
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import Places
from studio.graph import Message

_LISTED = 50
"""How many files are listed by name before the rest is only counted."""

_READERS = 8
_AHEAD = 64


class Notes:
    """What was left out or changed: the first files by name, the rest counted."""

    def __init__(self) -> None:
        """Begin without notes."""
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


@dataclass(frozen=True)
class Shape:
    """What pictures are brought to.

    Attributes:
        height: their height.
        width: their width.
        grayscale: one channel instead of three.
    """

    height: int
    width: int
    grayscale: bool

    @property
    def sample(self) -> tuple[int, int, int]:
        """Channels, height and width."""
        return (1 if self.grayscale else 3, self.height, self.width)

    @property
    def bytes(self) -> int:
        """The memory that one picture takes."""
        return 4 * self.sample[0] * self.height * self.width

    @property
    def preprocessing(self) -> Preprocessing:
        """How a raw picture becomes an input."""
        middle = (0.5,) * self.sample[0]
        return Preprocessing("image", self.sample, mean=middle, std=middle)

    def read(self, path: Path) -> Picture | DataError:
        """Read a picture, or give the reason why not."""
        try:
            return read_picture(path, self.height, self.width, self.sample[0])
        except DataError as error:
            return error


@dataclass(frozen=True)
class PictureStream:
    """Reads pictures when they are asked for, with their masks where there are some.

    Attributes:
        shape: what they are brought to.
        files: the pictures.
        masks: their masks; empty for none.
        values: what a mask can say of a pixel, in the order of the classes.
        itself: whether the picture is the target, too.
    """

    shape: Shape
    files: tuple[Path, ...]
    masks: tuple[Path, ...] = ()
    values: tuple[int, ...] = ()
    itself: bool = False

    def read(self, place: int) -> Sample:
        """Read one picture.

        Raises:
            DataError: it is gone or broken; its file is named.
        """
        found = self.shape.read(self.files[place])
        if isinstance(found, DataError):
            raise DataError(
                Message(
                    "{file} cannot be read any more: {reason}.",
                    file=str(self.files[place]),
                    reason=found.message,
                )
            )
        image = self.shape.preprocessing.normalised(found.image)
        if self.masks:
            mask = read_mask(self.masks[place], self.shape.height, self.shape.width)
            return Sample({INPUT: image}, {TARGET: numbered(mask, self.values)})
        return Sample({INPUT: image}, {TARGET: image} if self.itself else {})

    def read_all(self, places: Sequence[int]) -> Sample:
        """Read several pictures.

        Raises:
            DataError: one is gone or broken; its file is named.
        """
        return stacked([self.read(place) for place in places])

    def take(self, places: Sequence[int]) -> PictureStream:
        """Give a stream of some of the pictures."""
        return PictureStream(
            self.shape,
            tuple(self.files[place] for place in places),
            tuple(self.masks[place] for place in places) if self.masks else (),
            self.values,
            self.itself,
        )


@dataclass
class Gathered:
    """Pictures that could be read.

    Attributes:
        shape: what they were brought to.
        root: the folder that their names are told from.
        files: where they are.
        kept: their places among those that were asked for.
        images: the pictures as inputs; their sizes only, where they stay on the disk.
        notes: what was left out or changed.
        streamed: whether they stay on the disk.
    """

    shape: Shape
    root: Path
    files: list[Path] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    images: torch.Tensor = field(default_factory=lambda: torch.zeros(0))
    notes: Notes = field(default_factory=Notes)
    streamed: bool = False

    def stream(
        self, masks: Sequence[Path] = (), values: tuple[int, ...] = (), itself: bool = False
    ) -> PictureStream | None:
        """Give what reads the pictures later, where they stay on the disk."""
        if not self.streamed:
            return None
        return PictureStream(self.shape, tuple(self.files), tuple(masks), values, itself)

    def dataset(
        self,
        whole: Split,
        places: Places,
        task: Task,
        classes: tuple[str, ...],
        title: Message,
        augmentation: Augmentation | None,
    ) -> Dataset:
        """Give the data set of these pictures.

        Args:
            whole: all of them with their targets.
            places: the splits.
            task: what there is to learn.
            classes: names of the classes.
            title: what the data is called.
            augmentation: how pictures are varied.
        """
        train, validation, test = (whole.take(part) for part in places)
        facts = self.shape.preprocessing
        notes = self.notes
        return Dataset(
            *(train, validation, test, task, classes, facts, title, notes.given(), notes.count, augmentation)
        )


def gather(
    files: Sequence[Path], root: Path, shape: Shape, progress: Progress, *, streamed: bool = False
) -> Gathered:
    """Read pictures; what cannot be read is noted and left out.

    Args:
        files: the pictures.
        root: the folder that their names are told from.
        shape: what they are brought to.
        progress: told how far it is; whatever it raises stops the reading.
        streamed: look at them only, and leave them on the disk.

    Raises:
        DataError: they do not fit into the memory.
    """
    if not streamed:
        require_memory(2 * len(files) * shape.bytes)
    made = Gathered(shape, root, streamed=streamed)
    facts = shape.preprocessing
    images = torch.empty(0 if streamed else len(files), *shape.sample)
    for place, (path, found) in enumerate(_read(files, shape)):
        progress(Message("Reading pictures"), place / len(files))
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        if isinstance(found, DataError):
            made.notes.add(Message("{file}: skipped, {reason}.", file=name, reason=found.message))
            continue
        if found.note is not None:
            made.notes.add(Message("{file}: {reason}.", file=name, reason=found.note))
        if not streamed:
            images[len(made.kept)] = facts.normalised(found.image)
        made.kept.append(place)
        made.files.append(path)
    made.images = standing_for(len(made.kept), shape.sample) if streamed else images[: len(made.kept)]
    return made


def numbered(mask: torch.Tensor, values: tuple[int, ...]) -> torch.Tensor:
    """Give the number of the class of each pixel; a value that the training masks did not have is class 0."""
    known = torch.tensor(values)
    places = torch.searchsorted(known, mask).clamp(max=len(values) - 1)
    return torch.where(known[places] == mask, places, 0)


def _read(files: Sequence[Path], shape: Shape) -> Iterator[tuple[Path, Picture | DataError]]:
    """Read files in order, several at a time, and never far ahead of what is taken."""
    with ThreadPoolExecutor(min(_READERS, os.cpu_count() or 1)) as readers:
        for start in range(0, len(files), _AHEAD):
            part = files[start : start + _AHEAD]
            yield from zip(part, readers.map(shape.read, part), strict=True)
