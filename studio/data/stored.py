"""Numbers that stay in a file and are read row by row, where the memory cannot hold all of them.

Files are read, not mapped: one that is cut off meanwhile gives a sentence, and not the end of the program.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from studio.data.dataset import DataError, Sample
from studio.graph import Message

Array = npt.NDArray[np.generic]
Places = npt.NDArray[np.int64]

BRAIN = "bfloat16"
"""Numbers of 16 bits that NumPy lacks; they are read as float32."""

_AT_ONCE = 1 << 24
"""Bytes that are read at a time where all rows are gone through."""


class _Open:
    """A file that is open in one process, for as long as somebody has it."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, path.open("rb", buffering=0)

    def read(self, offset: int, count: int) -> bytes:
        """Read so many bytes from a place; fewer where the file ends."""
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), count, offset)
        with self._path.open("rb") as file:  # threads of a process must not share a place in it
            file.seek(offset)
            return file.read(count)

    def __del__(self) -> None:
        self._file.close()


@dataclass(frozen=True)
class Stored:
    """An array in a file.

    Attributes:
        path: the file.
        kind: of its numbers, as NumPy writes it, or `BRAIN`.
        shape: its sizes.
        offset: where its first number lies.
    """

    path: Path
    kind: str
    shape: tuple[int, ...]
    offset: int = 0

    def __getstate__(self) -> dict[str, Any]:
        """Leave the open file here: a process that reads opens its own."""
        return {name: value for name, value in self.__dict__.items() if name != "_open"}

    @cached_property
    def _open(self) -> _Open:
        try:
            return _Open(self.path)
        except OSError as error:
            raise self._gone() from error

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """The kind of its numbers once they are read."""
        return np.dtype(np.float32) if self.kind == BRAIN else np.dtype(self.kind)

    def __len__(self) -> int:
        """Give the number of rows."""
        return self.shape[0]

    def rows(self, first: int, last: int) -> Array:
        """Read the rows from `first` to before `last`.

        Raises:
            DataError: they are not there any more.
        """
        inside = np.dtype(np.uint16) if self.kind == BRAIN else np.dtype(self.kind)
        row = int(np.prod(self.shape[1:], dtype=object)) * inside.itemsize
        read = bytearray()
        while len(read) < (last - first) * row:
            try:
                more = self._open.read(
                    self.offset + first * row + len(read), (last - first) * row - len(read)
                )
            except OSError as error:
                raise self._gone() from error
            if not more:
                raise self._gone()
            read += more
        found = np.frombuffer(read, inside)
        if self.kind == BRAIN:
            found = (found.astype(np.uint32) << 16).view(np.float32)
        return found.reshape(last - first, *self.shape[1:])

    def at(self, places: Places) -> Array:
        """Read some rows.

        Raises:
            DataError: they are not there any more.
        """
        found = np.empty((len(places), *self.shape[1:]), self.dtype)
        # What lies beside each other is read at once.
        ends = np.flatnonzero(np.diff(places) != 1) + 1
        for begin, end in zip((0, *ends), (*ends, len(places)), strict=True):
            if end > begin:
                found[begin:end] = self.rows(int(places[begin]), int(places[begin]) + end - begin)
        return found

    def pieces(self) -> Iterator[tuple[int, Array]]:
        """Give all rows, many at a time, each with the place of the first."""
        row = max(int(np.prod(self.shape[1:], dtype=object)) * self.dtype.itemsize, 1)
        step = max(_AT_ONCE // row, 1)
        for first in range(0, len(self), step):
            yield first, self.rows(first, min(first + step, len(self)))

    def _gone(self) -> DataError:
        return DataError(
            Message("{file} cannot be read any more: it was changed or removed.", file=self.path.name)
        )


@dataclass(frozen=True)
class Kept:
    """A field of samples that stays in files: arrays below each other, as a network takes them.

    Attributes:
        parts: the arrays.
        columns: which of their columns, as a slice says it; None for all.
        channel: whether their second size, which is 1, is left out.
        values: what stands for the classes, in their order; None for numbers as they are.
    """

    parts: tuple[Stored, ...]
    columns: tuple[int | None, int | None] | None = None
    channel: bool = False
    values: tuple[int, ...] | None = None

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """The kind of numbers of all parts together."""
        return np.result_type(*(part.dtype for part in self.parts))

    def __len__(self) -> int:
        """Give the number of samples."""
        return sum(map(len, self.parts))

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of all samples."""
        one = np.broadcast_to(np.zeros((), np.bool_), (1, *self.parts[0].shape[1:]))
        return (len(self), *self._form(one).shape[1:])

    @property
    def kind(self) -> torch.dtype:
        """The kind of numbers that are given."""
        return torch.float32 if self.dtype.kind == "f" else torch.int64

    def at(self, places: Places) -> torch.Tensor:
        """Read some samples.

        Raises:
            DataError: they are not there any more.
        """
        found: Array | None = None
        begin = 0
        for part in self.parts:
            inside = np.flatnonzero((places >= begin) & (places < begin + len(part)))
            if len(inside):
                read = part.at(places[inside] - begin).astype(self.dtype)
                if len(inside) == len(places):
                    found = read
                    break
                found = np.empty((len(places), *read.shape[1:]), self.dtype) if found is None else found
                found[inside] = read
            begin += len(part)
        if found is None:
            found = np.empty((0, *self.parts[0].shape[1:]), self.dtype)
        return self.tensor(self._form(found))

    def pieces(self) -> Iterator[tuple[int, Array]]:
        """Give all samples as they are written, many at a time, each with the place of the first."""
        begin = 0
        for part in self.parts:
            for first, read in part.pieces():
                yield begin + first, self._form(read.astype(self.dtype))
            begin += len(part)

    def tensor(self, found: Array) -> torch.Tensor:
        """Give what was read as a network takes it."""
        if self.values is not None:
            return torch.from_numpy(np.searchsorted(np.array(self.values), found).astype(np.int64))
        with np.errstate(over="ignore"):
            return torch.from_numpy(found.astype(np.float32 if self.dtype.kind == "f" else np.int64))

    def without_channel(self) -> Kept:
        """Leave a size of 1 out."""
        return replace(self, channel=True)

    def _form(self, found: Array) -> Array:
        if self.columns is not None:
            found = found[:, slice(*self.columns)]
        return found[:, 0] if self.channel else found


@dataclass(frozen=True)
class KeptStream:
    """Reads samples from files of numbers.

    Attributes:
        inputs: field to where it is.
        targets: likewise, of those that do not fit into the memory.
        rows: the row of each sample in the files.
    """

    inputs: Mapping[str, Kept]
    targets: Mapping[str, Kept]
    rows: Places

    __hash__ = None  # type: ignore[assignment]

    def read(self, place: int) -> Sample:
        """Read one sample.

        Raises:
            DataError: it is not there any more.
        """
        inputs, targets = self.read_all((place,))
        return Sample(
            {name: values[0] for name, values in inputs.items()},
            {name: values[0] for name, values in targets.items()},
        )

    def read_all(self, places: Sequence[int]) -> Sample:
        """Read several samples.

        Raises:
            DataError: they are not there any more.
        """
        rows = self.rows[np.asarray(places, np.int64)]
        inputs = {name: kept.at(rows) for name, kept in self.inputs.items()}
        # What is to be given back is the same as what is given.
        same = {id(kept): inputs[name] for name, kept in self.inputs.items()}
        targets = {name: same[id(kept)] if id(kept) in same else kept.at(rows)
                   for name, kept in self.targets.items()}  # fmt: skip
        return Sample(inputs, targets)

    def take(self, places: Sequence[int]) -> KeptStream:
        """Give a stream of some of the samples."""
        return KeptStream(self.inputs, self.targets, self.rows[np.asarray(places, np.int64)])
