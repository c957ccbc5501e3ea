"""A person's own pictures with labels in a table: one class each, several at once, or numbers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch

from studio.data import parts
from studio.data.augmentation import Augmentation, Flip
from studio.data.columns import as_kind, look_through, number_of, read_columns, require_names
from studio.data.dataset import INPUT, TARGET, DataError, Dataset, Facts, Field, Progress, Split, Task
from studio.data.finding import natural, stamp
from studio.data.picture_sets import Gathered, Shape, gather
from studio.data.pictures import SUFFIXES
from studio.data.remembering import Remembered
from studio.data.rows import is_missing, rows_of
from studio.data.splitting import Places, places
from studio.data.table_read import NO, YES
from studio.graph import Message

_BETWEEN = "|;"
"""What stands between several labels in one cell."""

_FEW = 20
_known: Remembered[tuple[Task, int, int]] = Remembered(20)


class _Labelled(NamedTuple):
    """Pictures with what the table says of them."""

    files: list[Path]
    task: Task
    classes: tuple[str, ...]
    targets: torch.Tensor
    parts: list[str]
    notes: list[Message]


@dataclass(frozen=True)
class ImageTable:
    """Pictures whose labels stand in a table.

    Attributes:
        folder: the table.
        pictures: the folder that its file names are told from; empty for that of the table.
        file_column: the column of file names; empty for the one that holds them.
        target: the columns of labels, with commas between; empty for the last one besides.
        height: pictures are stretched to this height.
        width: and to this width.
        grayscale: one channel instead of three.
        split_column: see `Table`.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        flip: see `Augmentation`, as the others.
        crop: by how many pixels pictures are shifted at most.
        rotate: by how many degrees they are turned at most.
        zoom: which share of the sides is cut away at most.
        jitter: how far brightness and colours stray.
        erase: how often a rectangle is blotted out.
    """

    folder: str
    pictures: str
    file_column: str
    target: str
    height: int
    width: int
    grayscale: bool
    split_column: str
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True
    flip: Flip = "none"
    crop: int = 0
    rotate: float = 0.0
    zoom: float = 0.0
    jitter: float = 0.0
    erase: float = 0.0

    def fingerprint(self) -> Hashable:
        """Give what changes when the table or a folder of pictures changes."""
        return stamp(Path(self.folder).expanduser()), stamp(self._root())

    def facts(self) -> Facts:
        """Read the table.

        Raises:
            DataError: it is no table of pictures.
        """

        def find() -> tuple[Task, int, int]:
            found = self._labelled(lambda _doing, _share: None)
            return found.task, len(found.classes), found.targets.dim()

        task, classes, dimensions = _known.of((self, self.fingerprint()), find)
        target = Field((classes,) if dimensions == 2 else (), whole=task != "regression")
        return Facts({INPUT: Field(self._shape.sample)}, {TARGET: target}, task, classes)

    def needed(self) -> int:
        """Give about how many bytes the pictures take while they are loaded."""
        return 2 * len(self._labelled(lambda _doing, _share: None).files) * self._shape.bytes

    def load(self, progress: Progress) -> Dataset:
        """Read the table and all its pictures; what cannot be read is listed.

        Raises:
            DataError: there is nothing to learn from.
        """
        return self._read(progress, streamed=False)

    def stream(self, progress: Progress) -> Dataset:
        """Look at all pictures, and leave them on the disk; see `load`."""
        return self._read(progress, streamed=True)

    @property
    def _shape(self) -> Shape:
        return Shape(self.height, self.width, self.grayscale)

    def _root(self) -> Path:
        return Path(self.pictures or Path(self.folder).parent).expanduser()

    def _read(self, progress: Progress, *, streamed: bool) -> Dataset:
        found = self._labelled(progress)
        made: Gathered = gather(found.files, self._root(), self._shape, progress, streamed=streamed)
        for note in found.notes:
            made.notes.add(note)
        if not made.kept:
            raise DataError(
                Message("No picture of the table can be read. {first}", first=made.notes.given()[0])
            )
        kept = torch.tensor(made.kept)
        targets = found.targets[kept]
        whole = Split({INPUT: made.images}, {TARGET: targets}, made.stream())
        words = [found.parts[place] for place in made.kept] if found.parts else []
        varied = Augmentation.of(self, self._shape.preprocessing)
        title = Message("Pictures of {file}", file=Path(self.folder).name)
        return made.dataset(whole, self._dealt(words, targets), found.task, found.classes, title, varied)

    def _dealt(self, words: list[str], targets: torch.Tensor) -> Places:
        alike = targets if self.stratify and targets.dim() == 1 and not targets.is_floating_point() else None
        shares = (self.validation, self.test, alike)
        if words:
            return parts.by_words(words, *shares, seed=self.split_seed)
        return places(len(targets), *shares, seed=self.split_seed)

    # -- the table ---------------------------------------------------------------------------------------

    def _labelled(self, progress: Progress) -> _Labelled:
        if not self.folder:
            raise DataError(Message("No table of pictures is chosen. Choose one in the training plan."))

        def tick(_rows: object = None) -> None:
            progress(Message("Reading the table"), 0.0)

        rows = rows_of(Path(self.folder).expanduser(), tick=tick)
        columns = [as_kind(column, "text") for column in look_through([rows], {}, tick)]
        names = [column.name for column in columns]
        wanted = [self.file_column, self.split_column]
        require_names(filter(None, wanted), names)
        read = {name: values.texts for name, values in read_columns([rows], columns, tick).items()}
        files = self.file_column or next((name for name in names if _are_files(read[name])), "")
        if not files:
            raise DataError(Message("No column of the table names pictures. Say which one does."))
        others = [name for name in names if name not in (files, self.split_column)]
        targets = tuple(name.strip() for name in self.target.split(",") if name.strip()) or tuple(others[-1:])
        require_names(targets, names)
        if not targets:
            raise DataError(Message("No column of the table holds labels."))
        kept = [
            row
            for row in range(len(read[files]))
            if all(not is_missing(read[name][row].strip()) for name in (files, *targets))
        ]
        lost = len(read[files]) - len(kept)
        notes = [Message("{count} {count:row|rows} without a picture or label {count:was|were} left out.",
                         count=lost)] if lost else []  # fmt: skip
        if not kept:
            raise DataError(Message("No row of the table has both a picture and a label."))
        cells = [[read[name][row].strip() for row in kept] for name in targets]
        task, classes, found = _targets(targets, cells)
        root = self._root()
        paths = [root / read[files][row].strip().replace("\\", "/") for row in kept]
        words = [read[self.split_column][row] for row in kept] if self.split_column else []
        return _Labelled(paths, task, classes, found, words, notes)


def _are_files(cells: Sequence[str]) -> bool:
    return any(Path(cell.strip()).suffix.lower() in SUFFIXES for cell in cells[:20])


def _targets(names: tuple[str, ...], cells: list[list[str]]) -> tuple[Task, tuple[str, ...], torch.Tensor]:
    """Tell what is to be learned from the labels."""
    if len(names) > 1:
        if any(cell.casefold() not in YES | NO for column in cells for cell in column):
            raise DataError(
                Message(
                    "Several columns of labels must all say yes or no, or 1 or 0: {names}.",
                    names=", ".join(names),
                )
            )
        columns = [torch.tensor([int(cell.casefold() in YES) for cell in column]) for column in cells]
        return "multilabel", names, torch.stack(columns, 1)
    (column,) = cells
    sign = next((sign for sign in _BETWEEN if any(sign in cell for cell in column)), "")
    if sign:
        several = [{part.strip() for part in cell.split(sign) if part.strip()} for cell in column]
        classes = tuple(sorted(set().union(*several), key=natural))
        return (
            "multilabel",
            classes,
            torch.tensor([[int(name in one) for name in classes] for one in several]),
        )
    numbers = [number_of(cell) for cell in column]
    found = [number for number in numbers if number is not None]
    whole = all(number.is_integer() for number in found)
    if len(found) == len(column) and (not whole or len(set(found)) > _FEW):
        return "regression", (), torch.tensor(found, dtype=torch.float32)
    classes = tuple(sorted(set(column), key=natural))
    if len(classes) < 2:
        raise DataError(Message("All pictures have the same label “{name}”.", name=classes[0]))
    order = {name: number for number, name in enumerate(classes)}
    return "classification", classes, torch.tensor([order[cell] for cell in column])
