"""A person's own pictures with masks: the class of each pixel is to be told."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.data.augmentation import Augmentation, Flip
from studio.data.dataset import INPUT, TARGET, DataError, Dataset, Facts, Field, Progress, Split, standing_for
from studio.data.finding import files_below, in_order, stamp
from studio.data.image_folder import root_of
from studio.data.memory import require_memory
from studio.data.picture_sets import Gathered, Shape, gather, numbered
from studio.data.pictures import SUFFIXES, read_mask
from studio.data.remembering import Remembered
from studio.data.splitting import places
from studio.graph import Message

_MOST_CLASSES = 256
_known: Remembered[tuple[int, ...]] = Remembered(20)


@dataclass(frozen=True)
class ImageMasks:
    """Pictures, and masks of the same names in another folder.

    Attributes:
        folder: the pictures.
        masks: their masks: a number or a colour for each class.
        height: pictures are stretched to this height.
        width: and to this width.
        grayscale: one channel instead of three.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        flip: see `Augmentation`, as the others; masks go along.
        crop: by how many pixels pictures are shifted at most.
        rotate: by how many degrees they are turned at most.
        zoom: which share of the sides is cut away at most.
        jitter: how far brightness and colours stray.
        erase: how often a rectangle is blotted out.
    """

    folder: str
    masks: str
    height: int
    width: int
    grayscale: bool
    validation: float
    test: float
    split_seed: int = 0
    flip: Flip = "none"
    crop: int = 0
    rotate: float = 0.0
    zoom: float = 0.0
    jitter: float = 0.0
    erase: float = 0.0

    def fingerprint(self) -> Hashable:
        """Give names, sizes and times of all files."""
        return tuple((stamp(picture), stamp(mask)) for picture, mask in self._pairs()[0])

    def facts(self) -> Facts:
        """Look through the masks for their classes.

        Raises:
            DataError: there are no pictures with masks.
        """
        found = _known.of((self.folder, self.masks, self.fingerprint()), self._looked_through)
        sides = (self.height, self.width)
        return Facts(
            {INPUT: Field(self._shape.sample)},
            {TARGET: Field(sides, whole=True)},
            "classification",
            len(found),
        )

    def needed(self) -> int:
        """Give about how many bytes pictures and masks take while they are loaded."""
        return 2 * len(self._pairs()[0]) * (self._shape.bytes + 8 * self.height * self.width)

    def load(self, progress: Progress) -> Dataset:
        """Read all pictures with their masks; what cannot be read is listed.

        Raises:
            DataError: there are no pictures with masks.
        """
        return self._read(progress, streamed=False)

    def stream(self, progress: Progress) -> Dataset:
        """Look at all pictures and masks, and leave them on the disk; see `load`."""
        return self._read(progress, streamed=True)

    @property
    def _shape(self) -> Shape:
        return Shape(self.height, self.width, self.grayscale)

    def _pairs(self) -> tuple[list[tuple[Path, Path]], list[str]]:
        """Give each picture with its mask, and the names of pictures without one."""
        root, place = root_of(self.folder), root_of(self.masks)
        masks = {_key(path, place): path for path in files_below(place, SUFFIXES)}
        pictures = in_order(files_below(root, SUFFIXES), root)
        pictures = [path for path in pictures if place == root or not path.is_relative_to(place)]
        pairs = [(path, masks[key]) for path in pictures if (key := _key(path, root)) in masks]
        if not pairs:
            raise DataError(
                Message(
                    "No picture in {folder} has a mask of the same name in {masks}.",
                    folder=self.folder,
                    masks=self.masks,
                )
            )
        found = {picture for picture, _ in pairs}
        return pairs, [path.relative_to(root).as_posix() for path in pictures if path not in found]

    def _looked_through(self) -> tuple[int, ...]:
        """Give every value that a mask has, in rising order; of broken ones nothing is taken."""
        found: set[int] = set()
        for _, path in self._pairs()[0]:
            try:
                found |= set(read_mask(path, self.height, self.width).unique().tolist())
            except DataError:
                continue
            _require_classes(found, path)
        return tuple(sorted(found))

    def _read(self, progress: Progress, *, streamed: bool) -> Dataset:
        pairs, alone = self._pairs()
        made = gather([picture for picture, _ in pairs], root_of(self.folder), self._shape, progress,
                      streamed=streamed)  # fmt: skip
        for name in alone:
            made.notes.add(Message("{file}: skipped, it has no mask.", file=name))
        paths, masks, values = self._masks([pairs[place][1] for place in made.kept], made, progress)
        if streamed:
            targets = standing_for(len(paths), (self.height, self.width), torch.int64, len(values) - 1)
        else:
            targets = numbered(torch.stack(masks), values) if masks else torch.zeros(0)
        if not paths:
            raise DataError(Message("No mask can be read. {first}", first=made.notes.given()[0]))
        whole = Split({INPUT: made.images}, {TARGET: targets}, made.stream(paths, values))
        chosen = places(len(paths), self.validation, self.test, seed=self.split_seed)
        varied = Augmentation.of(self, self._shape.preprocessing)
        title = Message("Pictures with masks in {folder}", folder=Path(self.folder).name)
        classes = tuple(_name(value) for value in values)
        return made.dataset(whole, chosen, "classification", classes, title, varied)

    def _masks(
        self, files: Sequence[Path], made: Gathered, progress: Progress
    ) -> tuple[list[Path], list[torch.Tensor], tuple[int, ...]]:
        """Read the masks, and leave out the pictures whose masks are broken."""
        if not made.streamed:
            require_memory(16 * len(files) * self.height * self.width)
        kept: list[int] = []
        masks: list[torch.Tensor] = []
        values: set[int] = set()
        for row, path in enumerate(files):
            progress(Message("Reading masks"), row / len(files))
            try:
                mask = read_mask(path, self.height, self.width)
            except DataError as error:
                made.notes.add(Message("{file}: skipped, {reason}.", file=path.name, reason=error.message))
                continue
            values |= set(mask.unique().tolist())
            _require_classes(values, path)
            kept.append(row)
            if not made.streamed:
                masks.append(mask)
        if len(kept) < len(files):
            rows = torch.tensor(kept, dtype=torch.int64)
            made.images = standing_for(len(kept), self._shape.sample) if made.streamed else made.images[rows]
            made.files = [made.files[row] for row in kept]
            made.kept = [made.kept[row] for row in kept]
        return [files[row] for row in kept], masks, tuple(sorted(values))


def _key(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix()


def _require_classes(values: set[int], path: Path) -> None:
    if len(values) > _MOST_CLASSES:
        raise DataError(
            Message(
                "{file} and the masks before it have more than {count} different values: these are no "
                "classes. Save masks without loss, such as PNG, with one number or colour for each class.",
                file=path.name,
                count=_MOST_CLASSES,
            )
        )


def _name(value: int) -> str:
    return str(value) if value < 1 << 16 else f"#{value:06x}"
