"""Running texts that the memory cannot hold: their tokens are numbered once, and kept in files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from studio.data.dataset import INPUT, TARGET, DataError, Sample, Split, standing_for
from studio.data.encodings import encoding_of
from studio.data.stored import Places, Stored
from studio.graph import Message

_AT_ONCE = 1 << 20
"""Letters that are read at a time."""

Tick = Callable[[float], object]
"""Told which share of the files was read; whatever it raises stops the reading."""


class Part(NamedTuple):
    """A stretch of a text.

    Attributes:
        path: its file.
        encoding: as Python calls it.
        first: its first letter.
        last: the letter behind its last; None for all that come.
        behind: what is put behind it.
    """

    path: Path
    encoding: str
    first: int = 0
    last: int | None = None
    behind: str = ""

    def pieces(self) -> Iterator[str]:
        """Give its letters, many at a time, cut where no token, of whatever kind, is torn.

        Raises:
            DataError: the file cannot be read any more.
        """
        held = ""
        for piece in self._read():
            held += piece
            cut = _whole(held)
            if cut:
                yield held[:cut]
                held = held[cut:]
        held += self.behind
        if held:
            yield held

    def _read(self) -> Iterator[str]:
        left = self.first
        wanted = None if self.last is None else self.last - self.first
        try:
            with self.path.open(encoding=self.encoding) as file:
                while left and (passed := file.read(min(left, _AT_ONCE))):
                    left -= len(passed)
                while wanted != 0:
                    piece = file.read(_AT_ONCE if wanted is None else min(wanted, _AT_ONCE))
                    if not piece:
                        return
                    wanted = None if wanted is None else wanted - len(piece)
                    yield piece
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(
                Message("{file} cannot be read any more: it was changed or removed.", file=self.path.name)
            ) from error


def _whole(text: str) -> int:
    """Give where a text can be cut: behind a word and before a space, as far back as it can be."""
    for place in range(len(text) - 1, 0, -1):
        if text[place].isspace() and not text[place - 1].isspace():
            return place
    return 0


class Found(NamedTuple):
    """A text that can be read.

    Attributes:
        path: its file.
        encoding: as Python calls it.
        letters: how many it has.
    """

    path: Path
    encoding: str
    letters: int


def look_through(files: Sequence[Path], encoding: str, tick: Tick) -> tuple[list[Found], list[Message]]:
    """Count the letters of texts, and tell what could not be read; see `documents.read`.

    Raises:
        DataError: there is only one, and it cannot be read.
    """
    found: list[Found] = []
    notes: list[Message] = []
    for index, path in enumerate(files):
        tick(index / len(files))
        try:
            known = encoding_of(path, encoding, partial(tick, index / len(files)))
            letters, blank = 0, True
            for piece in Part(path, known).pieces():
                letters += len(piece)
                blank = blank and not piece.strip()
        except DataError as error:
            if len(files) == 1:
                raise
            notes.append(Message("{file}: skipped. {reason}", file=path.name, reason=error.message))
            continue
        except OSError as error:
            raise DataError(Message("{file} may not be read.", file=path.name)) from error
        if blank:
            notes.append(Message("{file}: skipped, it is empty.", file=path.name))
        else:
            found.append(Found(path, known, letters))
    return found, notes


def pieces_of(parts: Iterable[Part], tick: Callable[[int], object]) -> Iterator[str]:
    """Give the letters of several stretches, one after the other.

    Args:
        parts: the stretches.
        tick: told how many letters were given; whatever it raises stops the reading.
    """
    given = 0
    for part in parts:
        for piece in part.pieces():
            given += len(piece)
            tick(given)
            yield piece


def write_tokens(path: Path, numbers: Iterable[list[int]]) -> None:
    """Write the numbers of tokens one behind the other."""
    with path.open("wb") as file:
        for some in numbers:
            file.write(np.asarray(some, "<i4").tobytes())


def write_words(path: Path, vocabulary: Sequence[str], model: str) -> None:
    """Write the names of tokens, and what else it takes to cut a text."""
    path.write_text(json.dumps([list(vocabulary), model]), "utf-8")


def read_words(path: Path) -> tuple[tuple[str, ...], str]:
    """Read what `write_words` has written."""
    words, model = json.loads(path.read_text("utf-8"))
    return tuple(words), model


@dataclass(frozen=True)
class Windows:
    """Reads windows of a row of tokens, each with the tokens that come next.

    Attributes:
        row: the tokens.
        starts: where each window begins.
        length: how many tokens it has.
    """

    row: Stored
    starts: Places
    length: int

    __hash__ = None  # type: ignore[assignment]

    def read(self, place: int) -> Sample:
        """Read one window.

        Raises:
            DataError: it is not there any more.
        """
        inputs, targets = self.read_all((place,))
        return Sample({INPUT: inputs[INPUT][0]}, {TARGET: targets[TARGET][0]})

    def read_all(self, places: Sequence[int]) -> Sample:
        """Read several windows.

        Raises:
            DataError: they are not there any more.
        """
        starts = self.starts[np.asarray(places, np.int64)].tolist()
        rows = [self.row.rows(start, start + self.length + 1) for start in starts]
        whole = torch.from_numpy(np.stack(rows).astype(np.int64))
        return Sample({INPUT: whole[:, :-1]}, {TARGET: whole[:, 1:]})

    def take(self, places: Sequence[int]) -> Windows:
        """Give a stream of some of the windows."""
        return Windows(self.row, self.starts[np.asarray(places, np.int64)], self.length)


def windows_of(path: Path, length: int, stride: int) -> Split:
    """Give the windows of a file of tokens, which stay there.

    Args:
        path: the file.
        length: tokens of a window.
        stride: tokens from the start of one to that of the next.
    """
    row = Stored(path, "<i4", (path.stat().st_size // 4,))
    if len(row) <= length:
        empty = torch.zeros(0, length, dtype=torch.int64)
        return Split({INPUT: empty}, {TARGET: empty})
    starts = np.arange(0, len(row) - length, stride)
    last = int(starts[-1]) + length
    inputs, targets = (
        standing_for(len(starts), (length,), torch.int64, _largest(row, on, last + on)) for on in (0, 1)
    )
    return Split({INPUT: inputs}, {TARGET: targets}, Windows(row, starts, length))


def _largest(row: Stored, first: int, last: int) -> int:
    """Give the largest token from a place to before another."""
    found = 0
    for begin, some in row.pieces():
        inside = some[max(first - begin, 0) : max(last - begin, 0)]
        found = max(found, int(inside.max(initial=0)))
    return found
