"""Finds what the columns of a table hold, and reads them as numbers and codes; a person can correct it."""

from __future__ import annotations

import itertools
import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from studio.data.dataset import DataError
from studio.data.rows import Rows, is_missing
from studio.graph import Message

Kind = Literal["number", "category", "text", "date", "ignore"]
"""What a column can hold; `ignore` is left out."""

KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_TITLES: Mapping[Kind, Message] = {
    "number": Message("number"),
    "category": Message("category"),
    "text": Message("text"),
    "date": Message("date"),
    "ignore": Message("nothing to learn from"),
}
MOST_CATEGORIES = 1000
"""A column of more different values is not taken for categories."""

_FEW = 100
"""So many different words of a column are categories by themselves."""

_AT_ONCE = 256
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATES = (
    "iso",
    *("%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日", "%d.%m.%Y", "%d.%m.%Y %H:%M"),
    *("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%d-%m-%Y"),
)
_COUNTERS = re.compile(r"(?i)(unnamed.*|index|.*[_\s-]?id|no\.?|nr\.?|row|编号|序号|column 1)")
_ENTRY = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^,;:\n]+?))\s*:\s*(?P<kind>\w+)\s*(?:[,;\n]|$)')

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Column:
    """What was found out about one column.

    Attributes:
        name: its title.
        kind: what it is read as.
        count: rows in all.
        missing: how many of them say nothing.
        different: how many different values there are, counted up to `MOST_CATEGORIES`.
        comma: whether its numbers have a decimal comma.
        form: how its dates are written.
        whole: whether its numbers are whole.
    """

    name: str
    kind: Kind
    count: int
    missing: int
    different: int
    comma: bool = False
    form: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Values:
    """A column as it was read.

    Attributes:
        column: what is known of it.
        numbers: its numbers, or days since 1970 of dates; missing ones are no number.
        codes: the places of its categories in `words`; -1 for missing ones.
        words: the categories.
        texts: its texts.
    """

    column: Column
    numbers: Numbers | None = None
    codes: Codes | None = None
    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    __hash__ = None  # type: ignore[assignment]

    def at(self, rows: npt.NDArray[np.int64]) -> Values:
        """Give some rows of a column of numbers or categories."""
        return replace(
            self,
            numbers=None if self.numbers is None else np.asarray(self.numbers[rows]),
            codes=None if self.codes is None else np.asarray(self.codes[rows]),
        )

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Tell for each row whether it says nothing."""
        if self.numbers is not None:
            return np.isnan(self.numbers)
        if self.codes is not None:
            return self.codes < 0
        return np.array([is_missing(text.strip()) for text in self.texts], bool)


# -- one cell --------------------------------------------------------------------------------------------


def number_of(text: str, comma: bool = False) -> float | None:
    """Give the number that a cell says, or None; what is not finite is no number."""
    try:
        value = float(text.replace(",", ".") if comma else text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") and "_" not in text else None


def plain_numbers(cells: Sequence[str]) -> list[float] | None:
    """Give the numbers of cells, or None where one of them is missing, not finite, or no number."""
    try:
        values = list(map(float, cells))
    except ValueError:
        return None
    # What is not finite stays so in a sum; a sum that overflows is looked at cell by cell.
    return values if math.isfinite(sum(values)) and "_" not in "".join(cells) else None


def days_of(text: str, form: str) -> float | None:
    """Give the days since 1970 of a date, or None."""
    if len(text) > 40 or not text[:1].isdigit():
        return None
    try:
        if form == "iso":
            if len(text) < 8 or text[4:5] != "-":
                return None
            found = datetime.fromisoformat(text)
        else:
            found = datetime.strptime(text, form)
    except (ValueError, OverflowError):
        return None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
    return (found - _EPOCH).total_seconds() / 86400


# -- what a person says ----------------------------------------------------------------------------------


def corrections(text: str) -> dict[str, Kind]:
    """Read what a person says of columns: `age: number, "city, land": category`.

    Raises:
        DataError: it is not written so, or names a kind that there is not.
    """
    found: dict[str, Kind] = {}
    place = 0
    while place < len(text.rstrip()):
        entry = _ENTRY.match(text, place)
        if entry is None or entry["kind"] not in KINDS:
            raise DataError(
                Message(
                    "“{text}” says nothing about a column. Write name: kind, with a comma between two of "
                    "them; a kind is one of {kinds}.",
                    text=text[place : place + 60].strip(),
                    kinds=", ".join(KINDS),
                )
            )
        found[entry["plain"] or entry["quoted"]] = cast(Kind, entry["kind"])
        place = entry.end()
    return found


# -- looking through -------------------------------------------------------------------------------------


class _Look:
    """Learns what one column may hold, in a memory that does not grow with the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = self.missing = self.spaces = 0
        self.plain = self.comma = self.whole = True
        self.forms = list(_DATES)
        self.seen: set[str] = set()
        self.unique = True

    def add(self, cell: str) -> None:
        """Look at one cell."""
        self.count += 1
        text = cell.strip()
        if is_missing(text) or (len(text) < 10 and text.casefold().lstrip("+-") in ("inf", "infinity")):
            self.missing += 1
            return
        if text in self.seen:
            self.unique = False
            return
        if len(self.seen) <= MOST_CATEGORIES:
            self.seen.add(text)
        self.spaces += text.count(" ")
        value = number_of(text) if self.plain or self.whole else None
        if value is None:
            self.plain = False
            self.comma = self.comma and number_of(text, comma=True) is not None
        self.whole = self.whole and value is not None and value.is_integer()
        if self.forms:
            self.forms = [form for form in self.forms if days_of(text, form) is not None]

    def add_all(self, cells: Sequence[str]) -> None:
        """Look at many cells; a column that is surely of numbers is looked at more quickly."""
        if self.plain and not self.forms and len(self.seen) > MOST_CATEGORIES:
            values = plain_numbers(cells)
            if values is not None:
                self.count += len(cells)
                self.whole = self.whole and all(map(float.is_integer, values))
                return
        different = set(cells)
        if len(different) > len(cells) // 8:
            different = set()
        for cell in different or cells:
            missing = self.missing
            self.add(cell)
            if different:
                again = cells.count(cell) - 1
                self.count += again
                self.missing += again * (self.missing - missing)
                self.unique = self.unique and not again

    def found(self, corrected: Kind | None) -> Column:
        """Say what the column is."""
        kind = corrected or self._kind()
        return Column(
            self.name,
            kind,
            self.count,
            self.missing,
            min(len(self.seen), MOST_CATEGORIES),
            not self.plain and self.comma,
            self.forms[0] if self.forms and self.seen else "",
            self.whole and bool(self.seen),
        )

    def _kind(self) -> Kind:
        filled, different = self.count - self.missing, len(self.seen)
        if not filled:
            return "ignore"
        if self.plain or self.comma:
            counts = self.whole and self.unique and different > 2 and _COUNTERS.fullmatch(self.name)
            return "ignore" if counts else "number"
        if self.forms:
            return "date"
        if different <= _FEW and different <= max(2, filled // 2):
            return "category"
        if self.spaces:
            return "text"
        return "ignore" if self.unique else "category" if different <= MOST_CATEGORIES else "text"


def look_through(
    files: Sequence[Rows], corrected: Mapping[str, Kind], tick: Callable[[int], object] = lambda _rows: None
) -> tuple[Column, ...]:
    """Find what each column holds.

    Args:
        files: tables of the same columns.
        corrected: what a person says of some.
        tick: told how many rows were seen, now and then; whatever it raises stops the looking.

    Raises:
        DataError: the tables differ in their columns, a row has other cells than the first, or a person names
            a column that there is not.
    """
    names = files[0].names
    for other in files[1:]:
        if other.names != names:
            raise DataError(
                Message(
                    "{file} has the columns {received}, and {first} has {expected}. They must be the same.",
                    file=other.path.name,
                    received=listed(other.names),
                    first=files[0].path.name,
                    expected=listed(names),
                )
            )
    require_names(corrected, names)
    looks = [_Look(name) for name in names]
    rows = 0
    for file in files:
        for lines, columns in _many(file):
            for look, cells in zip(looks, columns, strict=True):
                look.add_all(cells)
            rows += len(lines)
            tick(rows)
    if not rows:
        raise DataError(Message("{file} has no rows below the names.", file=files[0].path.name))
    return tuple(look.found(corrected.get(look.name)) for look in looks)


def require_names(wanted: Iterable[str], names: Sequence[str]) -> None:
    """Refuse the name of a column that there is not.

    Raises:
        DataError: one is not there.
    """
    for name in wanted:
        if name not in names:
            raise DataError(
                Message("There is no column “{name}”. There are: {names}.", name=name, names=listed(names))
            )


def listed(names: Sequence[str]) -> str:
    """Give names for a sentence, not too many."""
    more = ", …" if len(names) > 20 else ""
    return ", ".join(name[:60] for name in names[:20]) + more or "–"


def _many(file: Rows) -> Iterator[tuple[Sequence[int], list[Sequence[str]]]]:
    """Give rows many at a time, column by column, with the numbers of their lines."""
    rows = file.read()
    while part := list(itertools.islice(rows, _AT_ONCE)):
        yield [line for line, _ in part], list(zip(*(cells for _, cells in part), strict=True))


# -- reading ---------------------------------------------------------------------------------------------


class _Taken:
    """Takes the cells of one column, eight bytes each at most but for texts."""

    def __init__(self, column: Column, path: Path | None = None) -> None:
        self.column = column
        self.numbers, self.codes = array("d"), array("i")
        self._file = None if path is None else path.open("wb")
        self.places: dict[str, int] = {}
        self.texts: list[str] = []

    def add(self, cell: str, line: int, file: str) -> None:
        """Take one cell."""
        text = cell.strip()
        match self.column.kind:
            case "number":
                value = number_of(text, self.column.comma)
            case "date":
                value = days_of(text, self.column.form or "iso")
            case "category":
                code = -1 if is_missing(text) else self.places.setdefault(text, len(self.places))
                if code >= MOST_CATEGORIES:
                    raise DataError(
                        Message(
                            "The column “{name}” has more than {count} different values: too many for "
                            "categories. Say that it is text or to be ignored.",
                            name=self.column.name,
                            count=MOST_CATEGORIES,
                        )
                    )
                self.codes.append(code)
                return
            case _:
                self.texts.append(cell)
                return
        if value is None and not is_missing(text) and text.lstrip("+-")[:3].casefold() != "inf":
            kind = KIND_TITLES[self.column.kind]
            raise DataError(
                Message(
                    "Line {line} of {file}: “{cell}” in the column “{name}” is no {kind}. "
                    "Mend it, or say that the column holds something else.",
                    line=line,
                    file=file,
                    cell=text[:60],
                    name=self.column.name,
                    kind=kind,
                )
            )
        self.numbers.append(float("nan") if value is None else value)

    def add_all(self, cells: Sequence[str], lines: Sequence[int], file: str) -> None:
        """Take many cells; plain numbers and known categories more quickly."""
        if self.column.kind == "number" and not self.column.comma:
            values = plain_numbers(cells)
            if values is not None:
                self.numbers.extend(values)
                return
        if self.column.kind == "category":
            codes = [self.places.get(cell, -2) for cell in cells]
            if -2 not in codes:
                self.codes.extend(codes)
                return
        for cell, line in zip(cells, lines, strict=True):
            self.add(cell, line, file)

    def spill(self) -> None:
        """Bring what was taken to the file, where there is one."""
        if self._file is not None:
            (self.numbers or self.codes).tofile(self._file)
            del self.numbers[:], self.codes[:]

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def values(self) -> Values:
        """Give the column."""
        match self.column.kind:
            case "number" | "date":
                return Values(self.column, numbers=np.frombuffer(self.numbers, np.float64))
            case "category":
                return Values(
                    self.column, codes=np.frombuffer(self.codes, np.int32), words=tuple(self.places)
                )
        return Values(self.column, texts=tuple(self.texts))


def read_columns(
    files: Sequence[Rows],
    columns: Sequence[Column],
    tick: Callable[[int], object] = lambda _rows: None,
    folder: Path | None = None,
) -> dict[str, Values]:
    """Read columns of tables, one below the other.

    Args:
        files: the tables.
        columns: which, as `look_through` found them.
        tick: see there.
        folder: where numbers and codes go, a file for each column by its place; what is given has none then.

    Raises:
        DataError: a cell is not what its column is said to hold; its line is named.
    """
    places = [files[0].names.index(column.name) for column in columns]
    taken = [
        _Taken(column, None if folder is None else folder / f"{number}")
        for number, column in enumerate(columns)
    ]
    rows = 0
    try:
        for file in files:
            name = file.path.name
            for lines, cells in _many(file):
                for one, place in zip(taken, places, strict=True):
                    one.add_all(cells[place], lines, name)
                    one.spill()
                rows += len(lines)
                tick(rows)
    finally:
        for one in taken:
            one.close()
    return {one.column.name: one.values() for one in taken}


def as_kind(column: Column, kind: Kind) -> Column:
    """Give a column as something else than it was found to be."""
    return replace(column, kind=kind)
