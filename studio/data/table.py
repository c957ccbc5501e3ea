"""A person's own table: CSV, TSV or Parquet, with the kinds of its columns found, and correctable."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from studio.data import parts
from studio.data.columns import (
    KIND_TITLES,
    Column,
    Kind,
    Values,
    as_kind,
    corrections,
    listed,
    look_through,
    read_columns,
    require_names,
)
from studio.data.dataset import (
    INPUT,
    LABEL,
    TARGET,
    DataError,
    Dataset,
    Facts,
    Field,
    Progress,
    Split,
    standing_for,
)
from studio.data.features import fit
from studio.data.finding import stamp
from studio.data.memory import TooLargeError, fits_memory, memory, require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.remembering import Remembered
from studio.data.rows import Rows, rows_of
from studio.data.splitting import Places, check_shares, places
from studio.data.stored import Kept, KeptStream
from studio.data.table_read import Read
from studio.data.table_store import columns_once, inputs_once, looked_once
from studio.graph import Message

_TARGETS = ("target", "label", "class", "y", "目标", "标签", "类别")
_MOST_NUMBERS_AS_CLASSES = 20
_EARLY_ROWS = 1000
_known: Remembered[Facts] = Remembered(20)


@dataclass(frozen=True)
class Table:
    """Rows of a file.

    Attributes:
        folder: the file.
        target: the columns to predict, with commas between them; empty for the one that looks like it, or the
            last one.
        columns: what a person says of columns; see `corrections`.
        missing: what becomes of rows with missing cells: `fill` or `drop`.
        standardise: whether numbers are brought to mean 0 and spread 1.
        encoding: see `encoding_of`.
        separator: see `rows_of`.
        header: see `rows_of`.
        split_column: the column that says which rows belong to which split, or stay together; see `by_words`.
        validation_file: a table of its own to check with.
        test_file: a table of its own to judge by.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    folder: str
    target: str
    columns: str
    missing: str
    standardise: bool
    encoding: str
    separator: str
    header: str
    split_column: str
    validation_file: str
    test_file: str
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give sizes and times of the files."""
        found = []
        for name in filter(None, (self.folder, self.validation_file, self.test_file)):
            info = _file(name).stat()
            found.append((info.st_size, info.st_mtime_ns))
        return tuple(found)

    def facts(self) -> Facts:
        """Look through the file, and tell how many numbers a row becomes.

        Raises:
            DataError: it is no table, or nothing can be learned from it.
        """
        return _known.of((self, self.fingerprint()), self._facts)

    def load(self, progress: Progress) -> Dataset:
        """Read the file.

        Raises:
            DataError: it is no table, or nothing can be learned from it.
        """
        read = self._read(progress)
        width = sum(len(feature.titles) for feature in read.features)
        require_memory(2 * 4 * len(read.rows) * width)
        progress(Message("Making numbers of the table"), 0.9)
        used = [feature.of(read.values[feature.name])[read.rows] for feature in read.features]
        return self._dataset(read, torch.from_numpy(np.concatenate(used, 1)))

    def needed(self) -> int:
        """Give about how many bytes the table takes while it is read, by the length of its first rows."""
        files = self._files(lambda _doing, _share: None)
        return 16 * _guessed(files) * len(files[0].names)

    def stream(self, progress: Progress) -> Dataset:
        """Bring the table to numbers on the disk, and leave them there; see `load`."""
        read = self._read(progress, stays=True)
        count = len(read.rows)

        def tick(done: int) -> None:
            progress(Message("Making numbers of the table"), 0.9 + 0.1 * done / count)

        key = (replace(self, folder=""), self._stamps())
        stored = inputs_once(key, read.features, read.values, read.rows, tick)
        stream = KeptStream({INPUT: Kept((stored,))}, {}, np.arange(count))
        return self._dataset(read, standing_for(count, stored.shape[1:]), stream)

    def _dataset(self, read: Read, inputs: torch.Tensor, stream: KeptStream | None = None) -> Dataset:
        facts = Preprocessing(
            "vector",
            (inputs.shape[1],),
            columns=tuple(title for feature in read.features for title in feature.titles),
            features=read.features,
        )
        targets, facts = self._targets(read, facts)
        whole = Split({INPUT: inputs}, {TARGET: targets}, stream)
        train, validation, test = (whole.take(chosen) for chosen in read.places)
        dealt = Dataset(
            train,
            validation,
            test,
            read.task,
            read.classes,
            facts,
            Message("Table {file}", file=_file(self.folder).name),
            tuple(read.notes),
            len(read.notes),
        )
        _known.keep((self, self.fingerprint()), self._told(read))
        return dealt

    # -- what is looked at -------------------------------------------------------------------------------

    def look(self, progress: Progress = lambda _doing, _share: None) -> tuple[Column, ...]:
        """Give what each column was found to hold, for a person to correct.

        Raises:
            DataError: it is no table.
        """
        files = self._files(progress)
        return self._columns(files, progress, stays=not fits_memory(self._least(files)))

    def _facts(self) -> Facts:
        def silent(_doing: Message, _share: float) -> None:
            """Tell nobody."""

        try:
            return self._told(self._read(silent))
        except TooLargeError:
            return self._told(self._read(silent, stays=True))

    def _told(self, read: Read) -> Facts:
        width = sum(len(feature.titles) for feature in read.features)
        several = len(read.targets) > 1
        sizes = (len(read.targets),) if several else ()
        target = Field(sizes, whole=read.task != "regression") if several or not read.classes else LABEL
        return Facts({INPUT: Field((width,))}, {TARGET: target}, read.task, len(read.classes))

    def _files(self, progress: Progress) -> list[Rows]:
        names = [self.folder, *filter(None, (self.validation_file, self.test_file))]
        asked = (self.encoding, self.separator, self.header)

        def tick() -> None:
            progress(Message("Looking at the table"), 0.0)

        return [rows_of(_file(name), *asked, tick) for name in names]

    def _least(self, files: Sequence[Rows]) -> int:
        """Give half of what the table will surely take: the guess may be wrong by that much."""
        return 4 * _guessed(files) * len(files[0].names) if memory().free is not None else 0

    def _stamps(self) -> Hashable:
        """Give what changes when a file is another one."""
        names = filter(None, (self.folder, self.validation_file, self.test_file))
        return tuple(stamp(_file(name).resolve()) for name in names)

    def _written(self) -> Hashable:
        """Give all that the numbers of a column depend on."""
        return self._stamps(), self.encoding, self.separator, self.header

    def _columns(self, files: Sequence[Rows], progress: Progress, *, stays: bool) -> tuple[Column, ...]:
        """Look through the files; a person's corrections are kept, and the target is told."""
        guessed = _guessed(files)
        corrected: dict[str, Kind] = corrections(self.columns)

        def tick(rows: int) -> None:
            progress(Message("Looking at the table"), min(0.4, 0.4 * rows / max(guessed, 1)))

        if stays:
            columns = looked_once(self._written(), files, corrected, tick)
        else:
            columns = look_through(files, corrected, tick)
        wanted = self.targets_in(columns)
        return tuple(
            as_kind(column, "category")
            if column.name in wanted and column.name not in corrected and _is_label(column)
            else column
            for column in columns
        )

    def targets_in(self, columns: Sequence[Column]) -> tuple[str, ...]:
        """Give the names of the columns to predict.

        Raises:
            DataError: one that is wanted is not there, or none can be predicted.
        """
        names = [column.name for column in columns]
        if self.target.strip():
            wanted = (self.target,) if self.target in names else tuple(map(str.strip, self.target.split(",")))
            require_names(wanted, names)
            return wanted
        usable = [column.name for column in columns if column.kind in ("number", "category")]
        usable = [name for name in usable if name != self.split_column]
        if not usable:
            raise DataError(
                Message("No column of the table holds numbers or categories: {names}.", names=listed(names))
            )
        return (next((name for name in usable if name.casefold() in _TARGETS), usable[-1]),)

    def _read(self, progress: Progress, *, stays: bool = False) -> Read:
        check_shares(self.validation, self.test)
        files = self._files(progress)
        if not stays:
            require_memory(self._least(files))  # at once, and not after a long look
        columns = self._columns(files, progress, stays=stays)
        if self.split_column:
            require_names([self.split_column], [column.name for column in columns])
        targets = self.targets_in(columns)
        by_name = {column.name: column for column in columns}
        for name in targets:
            if by_name[name].kind not in ("number", "category"):
                raise DataError(
                    Message(
                        "The column “{name}” cannot be predicted: it holds {kind}. Say that it holds numbers "
                        "or categories, or choose another target.",
                        name=name,
                        kind=KIND_TITLES[by_name[name].kind],
                    )
                )
        inputs = [
            column
            for column in columns
            if column.kind in ("number", "category", "date")
            and column.name not in (*targets, self.split_column)
        ]
        if not inputs:
            raise DataError(
                Message("Besides the target no column of the table holds numbers, categories or dates.")
            )
        wanted = [*inputs, *(by_name[name] for name in targets)]
        wanted += [as_kind(by_name[self.split_column], "text")] if self.split_column else []
        count = columns[0].count
        if not stays:
            require_memory(8 * count * len(wanted))

        def tick(rows: int) -> None:
            progress(Message("Reading the table"), 0.4 + 0.5 * rows / count)

        if stays:
            values = columns_once(self._written(), files, wanted, tick)
        else:
            values = read_columns(files, wanted, tick)
        read = Read(targets, values, files)
        read.tell([column for column in columns if column.kind in ("text", "ignore")])
        read.leave_out([*targets, *(column.name for column in inputs if self.missing == "drop")])
        read.name_classes()
        classes = read.alike() if self.stratify else None
        read.places = self._dealt(read, files, classes)
        train = read.rows[read.places.train.numpy()]
        read.features = tuple(fit(values[column.name], train, self.standardise) for column in inputs)
        read.features = tuple(feature for feature in read.features if feature.titles)
        read.tell_filled(inputs)
        return read

    def _dealt(self, read: Read, files: Sequence[Rows], classes: torch.Tensor | None) -> Places:
        shares = (self.validation, self.test, classes)
        if len(files) > 1:
            order = [parts.TRAIN]
            order += [parts.VALIDATION] if self.validation_file else []
            order += [parts.TEST] if self.test_file else []
            lengths = [sum(1 for _ in file.read()) for file in files]
            given = np.repeat(order, lengths)[read.rows]
            return parts.completed(torch.from_numpy(given), *shares, seed=self.split_seed)
        if self.split_column:
            texts = read.values[self.split_column].texts
            return parts.by_words([texts[row] for row in read.rows.tolist()], *shares, seed=self.split_seed)
        return places(len(read.rows), *shares, seed=self.split_seed)

    def _targets(self, read: Read, facts: Preprocessing) -> tuple[torch.Tensor, Preprocessing]:
        """Give what is to be predicted, and the facts with what leads back to it."""
        if read.task != "regression":
            codes = [read.codes(name) for name in read.targets]
            return (codes[0] if len(codes) == 1 else torch.stack(codes, 1)), facts
        numbers = np.stack([_numbers(read.values[name])[read.rows] for name in read.targets], 1)
        known = numbers[read.places.train.numpy()]
        mean, std = known.mean(0), known.std(0)
        std[std == 0] = 1
        if not self.standardise:
            mean, std = np.zeros_like(mean), np.ones_like(std)
        made = torch.from_numpy(((numbers - mean) / std).astype(np.float32))
        means, stds = tuple(mean.tolist()), tuple(std.tolist())
        if len(read.targets) > 1:
            return made, replace(facts, targets=read.targets, target_means=means, target_stds=stds)
        return made[:, 0], replace(facts, target_mean=means[0], target_std=stds[0])


def _is_label(column: Column) -> bool:
    """Tell whether a target looks like classes: a few whole numbers, or words."""
    few = column.kind == "number" and column.whole and column.different <= _MOST_NUMBERS_AS_CLASSES
    return few or column.kind in ("text", "ignore", "category")


def _numbers(values: Values) -> npt.NDArray[np.float64]:
    assert values.numbers is not None  # it was found to hold numbers
    return values.numbers


def _guessed(files: Sequence[Rows]) -> int:
    """Give about how many rows there are, by the length of the first ones."""
    total = 0
    for file in files:
        seen = length = 0
        for _, cells in file.read():
            seen += 1
            length += sum(map(len, cells)) + len(cells)
            if seen >= _EARLY_ROWS:
                break
        rows = int(seen * file.bytes / length) if seen >= _EARLY_ROWS else seen
        total += rows
    return total


def _file(name: str) -> Path:
    if not name:
        raise DataError(Message("No table is chosen. Choose a file of CSV, TSV or Parquet in the plan."))
    path = Path(name).expanduser()
    if not path.is_file():
        raise DataError(Message("There is no file {file}. Choose it again.", file=name))
    return path
