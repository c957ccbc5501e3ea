"""A person's own pictures: one folder for each class, or any folder for pictures without labels."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.data import parts
from studio.data.arrays import ITSELF
from studio.data.augmentation import Augmentation, Flip
from studio.data.dataset import INPUT, LABEL, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.finding import class_folders, files_below, files_by_class, in_order, stamp
from studio.data.picture_sets import Gathered, Shape, gather
from studio.data.pictures import SUFFIXES
from studio.data.splitting import Places, places
from studio.graph import Message


@dataclass(frozen=True)
class ImageFolder:
    """Pictures by class.

    Attributes:
        folder: holds one folder for each class, which may hold folders again; or `train` and `test`, each
            with such folders.
        height: pictures are stretched to this height.
        width: and to this width.
        grayscale: one channel instead of three.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        learn: `labels`, or `itself` for pictures without labels, which are to be given back.
        flip: see `Augmentation`, as the others.
        crop: by how many pixels pictures are shifted at most.
        rotate: by how many degrees they are turned at most.
        zoom: which share of the sides is cut away at most.
        jitter: how far brightness and colours stray.
        erase: how often a rectangle is blotted out.
    """

    folder: str
    height: int
    width: int
    grayscale: bool
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True
    learn: str = "labels"
    flip: Flip = "none"
    crop: int = 0
    rotate: float = 0.0
    zoom: float = 0.0
    jitter: float = 0.0
    erase: float = 0.0

    def fingerprint(self) -> Hashable:
        """Give names, sizes and times of all files."""
        return tuple(map(stamp, self._files()))

    def facts(self) -> Facts:
        """Count the classes that have a picture which can be read.

        Raises:
            DataError: there is no such folder, or nothing in it to learn from.
        """
        picture = Field(self._shape.sample)
        root = root_of(self.folder)
        if self.learn == ITSELF:
            if not self._any_readable(root):
                raise self._too_few("")
            return Facts({INPUT: picture}, {TARGET: picture}, "regression", 0)
        folders = class_folders(root)
        names = {name for name, _, folder in folders if self._any_readable(folder)}
        if len(names) < 2:
            raise self._too_few("")
        return Facts({INPUT: picture}, {TARGET: LABEL}, "classification", len(names))

    def needed(self) -> int:
        """Give about how many bytes the pictures take while they are loaded."""
        return 2 * len(self._files()) * self._shape.bytes

    def load(self, progress: Progress) -> Dataset:
        """Read all pictures that can be read; the others are listed with the reason.

        Raises:
            DataError: there is no such folder, or nothing in it to learn from.
        """
        return self._read(progress, streamed=False)

    def stream(self, progress: Progress) -> Dataset:
        """Look at all pictures, and leave them on the disk; see `load`."""
        return self._read(progress, streamed=True)

    @property
    def _shape(self) -> Shape:
        return Shape(self.height, self.width, self.grayscale)

    def _files(self) -> list[Path]:
        root = root_of(self.folder)
        if self.learn == ITSELF:
            return in_order(files_below(root, SUFFIXES), root)
        return [found.path for found in files_by_class(root, SUFFIXES)]

    def _read(self, progress: Progress, *, streamed: bool) -> Dataset:
        root = root_of(self.folder)
        title = Message("Pictures in {folder}", folder=Path(self.folder).name)
        varied = Augmentation.of(self, self._shape.preprocessing)
        if self.learn == ITSELF:
            made = gather(self._files(), root, self._shape, progress, streamed=streamed)
            if not made.kept:
                raise self._too_few(self._first(made))
            whole = Split({INPUT: made.images}, {TARGET: made.images}, made.stream(itself=True))
            chosen = places(len(made.kept), self.validation, self.test, seed=self.split_seed)
            return made.dataset(whole, chosen, "regression", (), title, varied)
        found = files_by_class(root, SUFFIXES)
        made = gather([one.path for one in found], root, self._shape, progress, streamed=streamed)
        names = dict.fromkeys(name for name, _, _ in class_folders(root))
        seen = {found[place].label for place in made.kept}
        for name in names:
            if name not in seen:
                made.notes.add(Message("The folder “{name}” holds no picture that can be read.", name=name))
        classes = tuple(name for name in names if name in seen)
        if len(classes) < 2:
            raise self._too_few(self._first(made))
        numbers = {name: number for number, name in enumerate(classes)}
        targets = torch.tensor([numbers[found[place].label] for place in made.kept])
        whole = Split({INPUT: made.images}, {TARGET: targets}, made.stream())
        given = [found[place].part for place in made.kept]
        return made.dataset(whole, self._dealt(given, targets), "classification", classes, title, varied)

    def _dealt(self, given: list[int | None], targets: torch.Tensor) -> Places:
        alike = targets if self.stratify else None
        known = [part for part in given if part is not None]
        if len(known) == len(given):
            shares = (self.validation, self.test)
            return parts.completed(torch.tensor(known), *shares, alike, seed=self.split_seed)
        return places(len(targets), self.validation, self.test, alike, seed=self.split_seed)

    def _any_readable(self, folder: Path) -> bool:
        """Tell whether a folder holds any picture that can be read; most often the first one is."""
        return any(
            not isinstance(self._shape.read(path), DataError) for path in files_below(folder, SUFFIXES)
        )

    def _first(self, made: Gathered) -> Message | str:
        notes = made.notes.given()
        return notes[0] if notes else ""

    def _too_few(self, first: Message | str) -> DataError:
        if self.learn == ITSELF:
            return DataError(
                Message("No picture in {folder} can be read. {first}", folder=self.folder, first=first)
            )
        return DataError(
            Message(
                "Fewer than two folders in {folder} hold pictures that can be read. {first}",
                folder=self.folder,
                first=first,
            )
        )


def root_of(folder: str) -> Path:
    """Give a folder of pictures.

    Raises:
        DataError: none is chosen, or it is not there.
    """
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


def has_parts(folder: str) -> bool:
    """Tell whether a folder holds `train` and such, each with its classes."""
    try:
        return any(part is not None for _, part, _ in class_folders(root_of(folder)))
    except DataError:
        return False  # whoever reads it will say why it cannot be read
