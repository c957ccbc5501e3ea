"""Tables that the memory cannot hold: brought to files of numbers once, column by column."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from studio.data.cached import made_once
from studio.data.columns import Column, Kind, Values, look_through, read_columns
from studio.data.features import Feature
from studio.data.rows import Rows
from studio.data.stored import Places, Stored

_ROWS = 1 << 16
"""Rows that are turned into numbers at a time."""

_LOOKED, _TEXTS, _WHOLE = "columns.json", "words.json", "inputs"

Tick = Callable[[int], object]
"""Told how many rows were seen; whatever it raises stops the work."""


def looked_once(
    key: Hashable, files: Sequence[Rows], corrected: Mapping[str, Kind], tick: Tick
) -> tuple[Column, ...]:
    """Find what each column holds; see `look_through`. It is written down for the next time.

    Raises:
        DataError: see there, or it cannot be written down.
    """

    def make(folder: Path) -> None:
        found = look_through(files, corrected, tick)
        _write(folder / _LOOKED, [dataclasses.asdict(column) for column in found])

    folder = made_once(("columns", key, tuple(corrected.items())), 0, make)
    return tuple(Column(**column) for column in _read(folder / _LOOKED))


def columns_once(
    key: Hashable, files: Sequence[Rows], columns: Sequence[Column], tick: Tick
) -> dict[str, Values]:
    """Read columns of tables into files, and give them from there; see `read_columns`.

    Raises:
        DataError: see there, or there is no room for them.
    """
    needed = 8 * columns[0].count * len(columns)

    def make(folder: Path) -> None:
        read = read_columns(files, columns, tick, folder)
        _write(folder / _TEXTS, {name: [values.words, values.texts] for name, values in read.items()})

    folder = made_once(("values", key, tuple(columns)), needed, make)
    said = _read(folder / _TEXTS)
    found = {}
    for place, column in enumerate(columns):
        words, texts = said[column.name]
        made = Values(column, words=tuple(words), texts=tuple(texts))
        if column.kind in ("number", "date"):
            made = dataclasses.replace(made, numbers=np.memmap(folder / f"{place}", np.float64, "r"))
        elif column.kind == "category":
            made = dataclasses.replace(made, codes=np.memmap(folder / f"{place}", np.int32, "r"))
        found[column.name] = made
    return found


def inputs_once(
    key: Hashable, features: Sequence[Feature], values: Mapping[str, Values], rows: Places, tick: Tick
) -> Stored:
    """Write the numbers of all rows one behind the other, as a network takes them.

    Args:
        key: what they are made of.
        features: what columns become.
        values: the columns.
        rows: those that are used.
        tick: told how many rows are done.

    Raises:
        DataError: there is no room for them.
    """
    width = sum(len(feature.titles) for feature in features)

    def make(folder: Path) -> None:
        with (folder / _WHOLE).open("wb") as file:
            for done, some in _in_turn(rows):
                tick(done)
                used = [feature.of(values[feature.name].at(some)) for feature in features]
                file.write(np.concatenate(used, 1).astype("<f4", copy=False).tobytes())

    folder = made_once(("inputs", key), 4 * len(rows) * width, make)
    return Stored(folder / _WHOLE, "<f4", (len(rows), width))


def _in_turn(rows: Places) -> Iterator[tuple[int, Places]]:
    for first in range(0, len(rows), _ROWS):
        yield first, rows[first : first + _ROWS]


def _write(path: Path, said: object) -> None:
    path.write_text(json.dumps(said), "utf-8")


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
