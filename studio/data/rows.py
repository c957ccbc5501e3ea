"""Reads a table row by row as plain texts, however large its file is; a row that does not fit is named."""

from __future__ import annotations

import contextlib
import csv
import importlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from studio.data.dataset import DataError
from studio.data.encodings import TITLES, encoding_of
from studio.graph import Message

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What can stand between cells, by the word for it."""

_BETWEEN = {
    ",": Message("commas"),
    ";": Message("semicolons"),
    "\t": Message("tabs"),
    "|": Message("bars"),
}

Row = tuple[int, Sequence[str]]
"""The number of a line, counted from 1, and its cells."""

_SNIFFED = 64 << 10
_TRIED = 50
_MOST_COLUMNS = 10_000
_BATCH = 4096
_LONGEST = 1 << 24
"""Letters of a line at most: what is longer is read in pieces, and so has other cells than the first."""

_ABSENT = frozenset(("", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "--", "nil", "missing"))


def is_missing(text: str) -> bool:
    """Tell whether a cell says that there is nothing."""
    return len(text) < 8 and text.casefold() in _ABSENT


class Rows(Protocol):
    """A table that is read from its beginning each time it is asked."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        ...

    @property
    def told(self) -> Message:
        """How it was understood."""
        ...

    @property
    def bytes(self) -> int:
        """How large its file is."""
        ...

    def read(self) -> Iterator[Row]:
        """Give every row.

        Raises:
            DataError: a row has more or fewer cells than there are columns; its line is named.
        """
        ...


def rows_of(
    path: Path,
    encoding: str = "auto",
    separator: str = "auto",
    header: str = "auto",
    tick: Callable[[], object] = lambda: None,
) -> Rows:
    """Look how a table is written.

    Args:
        path: a file of CSV, TSV or Parquet.
        encoding: see `encoding_of`.
        separator: a key of `SEPARATORS`, or `auto`.
        header: whether the first row holds the names of the columns: `yes`, `no` or `auto`.
        tick: called now and then; whatever it raises stops the looking.

    Raises:
        DataError: it is no table.
    """
    if not path.is_file():
        raise DataError(Message("There is no file {file}. Choose it again.", file=str(path)))
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            return Parquet(path)
        return _plain(path, encoding, separator, header, tick)
    except PermissionError as error:
        raise DataError(Message("{file} may not be read.", file=path.name)) from error


@dataclass(frozen=True)
class Plain:
    """A file of lines with something between their cells. Formulas are read as the texts that they are.

    Attributes:
        path: the file.
        names: of the columns.
        encoding: as Python calls it.
        separator: what stands between two cells.
        headed: whether the first row holds the names.
    """

    path: Path
    names: tuple[str, ...]
    encoding: str
    separator: str
    headed: bool

    @property
    def told(self) -> Message:
        """How it was understood."""
        return Message(
            "{file} was read as {encoding} with {separator} between its cells.",
            file=self.path.name,
            encoding=TITLES[self.encoding],
            separator=_BETWEEN[self.separator],
        )

    @property
    def bytes(self) -> int:
        """How large its file is."""
        return self.path.stat().st_size

    def read(self) -> Iterator[Row]:
        """Give every row behind the names; empty lines are passed over."""
        expected = len(self.names)
        for line, cells in itertools.islice(self._all(), int(self.headed), None):
            if len(cells) != expected:
                raise DataError(
                    Message(
                        "Line {line} of {file} has {received} {received:cell|cells}, and the first one has "
                        "{expected}. Mend that line, or choose what stands between the cells.",
                        line=line,
                        file=self.path.name,
                        received=len(cells),
                        expected=expected,
                    )
                )
            yield line, cells

    def _all(self) -> Iterator[Row]:
        line = 0
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                lines = iter(partial(file.readline, _LONGEST), "")
                reader = csv.reader(lines, delimiter=self.separator)
                for cells in reader:
                    if cells:
                        yield line + 1, cells
                    line = reader.line_num
        except csv.Error as error:
            raise DataError(
                Message(
                    "From line {line} on, {file} has a cell that does not end. Is a quotation mark missing?",
                    line=line + 1,
                    file=self.path.name,
                )
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(
                Message("{file} cannot be read any more: it was changed or removed.", file=self.path.name)
            ) from error


@dataclass(frozen=True)
class Parquet:
    """A file of Parquet, whose columns have names and kinds of their own.

    Attributes:
        path: the file.
    """

    path: Path

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return distinct([str(name) for name in self._opened().schema_arrow.names])

    @property
    def told(self) -> Message:
        """How it was understood."""
        return Message("{file} was read as Parquet.", file=self.path.name)

    @property
    def bytes(self) -> int:
        """How large its content is at least."""
        found = self._opened().metadata
        inside = sum(int(found.row_group(index).total_byte_size) for index in range(found.num_row_groups))
        return max(self.path.stat().st_size, inside)

    def read(self) -> Iterator[Row]:
        """Give every row."""
        line = 0
        try:
            for batch in self._opened().iter_batches(batch_size=_BATCH):
                for row in zip(*(_texts(column.to_pylist()) for column in batch.columns), strict=True):
                    line += 1
                    yield line, row
        except (OSError, ValueError) as error:
            raise self._damaged() from error

    def _opened(self) -> Any:
        try:
            parquet = importlib.import_module("pyarrow.parquet")
        except ImportError as error:
            raise DataError(
                Message("Reading Parquet needs one more package: pip install netwright[tables].")
            ) from error
        try:
            return parquet.ParquetFile(self.path)
        except (OSError, ValueError) as error:  # what pyarrow raises is one of these
            raise self._damaged() from error

    def _damaged(self) -> DataError:
        return DataError(Message("{file} is not a whole file of Parquet.", file=self.path.name))


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Give names that are all there and all different."""
    taken: set[str] = set()
    found: list[str] = []
    for index, name in enumerate(names):
        plain = name.strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}")[:200] or f"column {index + 1}"
        unique, number = plain, 2
        while unique in taken:
            unique, number = f"{plain} ({number})", number + 1
        taken.add(unique)
        found.append(unique)
    return tuple(found)


def _texts(values: Sequence[object]) -> list[str]:
    return [
        "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for value in values
    ]


def _plain(path: Path, encoding: str, separator: str, header: str, tick: Callable[[], object]) -> Plain:
    known = encoding_of(path, encoding, tick)
    with path.open(encoding=known, newline="") as file:
        text = file.read(_SNIFFED)
    if not text.strip():
        raise DataError(Message("{file} is empty.", file=path.name))
    sign = SEPARATORS.get(separator) or _separator(path, text)
    first = _first(text, sign)
    if not first or len(first[0]) > _MOST_COLUMNS:
        raise DataError(
            Message("{file} has no rows, or more than {count} columns.", file=path.name, count=_MOST_COLUMNS)
        )
    headed = header == "yes" or (header == "auto" and not any(_is_number(cell) for cell in first[0]))
    names = first[0] if headed else [""] * len(first[0])
    return Plain(path, distinct(names), known, sign, headed)


def _separator(path: Path, text: str) -> str:
    """Give what stands between cells: what cuts most rows into as many cells as the first, and into many."""
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"

    def worth(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in _first(text, sign)]
        return (sum(count == counts[0] for count in counts) if counts[0] > 1 else 0, counts[0])

    best = max(SEPARATORS.values(), key=worth)
    return best if worth(best)[0] else ","


def _first(text: str, sign: str) -> list[list[str]]:
    """Give the first rows of a text; the last one may be cut off and is left out of several."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=sign)
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        found.extend(itertools.islice((row for row in reader if row), _TRIED))
    return found[:-1] if len(found) > 2 and len(text) >= _SNIFFED else found


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return not is_missing(cell.strip())
