"""Texts with a class each: a folder of texts for each class, or a table with a column of texts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from studio.data import documents, parts, text_store, tokens
from studio.data.cached import made_once
from studio.data.columns import as_kind, look_through, read_columns, require_names
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
from studio.data.finding import files_by_class, natural, stamp
from studio.data.memory import TooLargeError, require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.remembering import Remembered
from studio.data.rows import rows_of
from studio.data.splitting import Places, check_shares, places
from studio.data.stored import Kept, KeptStream, Stored
from studio.graph import Message

_TARGETS = ("label", "target", "class", "category", "sentiment", "标签", "类别")
_GROWTH = 16
_known: Remembered[int] = Remembered(20)


class _Labelled(NamedTuple):
    """Texts with their classes, and their parts where the folders say them.

    Attributes:
        texts: gives all texts in their order, as often as they are asked for.
    """

    texts: Callable[[], Iterable[str]]
    labels: list[str]
    parts: list[int] | None
    notes: list[Message]


@dataclass(frozen=True)
class TextClasses:
    """Texts as token numbers; the tokens are counted on the training part only.

    Attributes:
        folder: a folder with a folder of texts for each class, or a table.
        text_column: the column of texts of a table; empty for the one that holds texts.
        target: the column of classes of a table; empty for the one that looks like it.
        units: what a token is; see `tokens.UNITS`.
        vocabulary: how many tokens there may be.
        length: tokens of each text; longer ones are cut, shorter ones filled.
        encoding: see `encoding_of`.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    folder: str
    text_column: str
    target: str
    units: str
    vocabulary: int
    length: int
    encoding: str
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give names, sizes and times of the files."""
        path = self._path()
        if path.is_file():
            return stamp(path)
        return tuple(stamp(found.path) for found in files_by_class(path, documents.SUFFIXES))

    def facts(self) -> Facts:
        """Count the classes.

        Raises:
            DataError: there are no texts with classes.
        """
        classes = _known.of((self, self.fingerprint()), self._count)
        return Facts({INPUT: Field((self.length,), whole=True)}, {TARGET: LABEL}, "classification", classes)

    def _count(self) -> int:
        def silent(_doing: Message, _share: float) -> None:
            """Tell nobody."""

        try:
            return len(_classes(self._read(silent).labels))
        except TooLargeError:
            return len(_classes(self._read(silent, stays=True).labels))

    def needed(self) -> int:
        """Give about how many bytes the texts take while they are loaded."""
        path = self._path()
        if path.is_file():
            return _GROWTH * rows_of(path, self.encoding).bytes
        files = files_by_class(path, documents.SUFFIXES)
        return _GROWTH * sum(found.path.stat().st_size for found in files if found.path.exists())

    def load(self, progress: Progress) -> Dataset:
        """Read the texts, split them, and number the tokens of the training part.

        Raises:
            DataError: there are no texts with classes.
        """
        found = self._read(progress)
        classes, targets, chosen = self._sorted(found)
        progress(Message("Numbering tokens"), 0.6)
        facts = self._fitted(found, chosen)
        count = len(targets)
        require_memory(8 * count * self.length)
        rows = torch.zeros(count, self.length, dtype=torch.int64)
        for place, text in enumerate(found.texts()):
            if place % 500 == 0:
                progress(Message("Numbering tokens"), 0.6 + 0.4 * place / count)
            rows[place] = facts.tokens(text)
        return self._dataset(found, Split({INPUT: rows}, {TARGET: targets}), chosen, classes, facts)

    def stream(self, progress: Progress) -> Dataset:
        """Number the tokens of all texts, and leave them on the disk; see `load`."""
        found = self._read(progress, stays=True)
        classes, targets, chosen = self._sorted(found)
        count = len(targets)

        def make(folder: Path) -> None:
            progress(Message("Numbering tokens"), 0.6)
            facts = self._fitted(found, chosen)
            text_store.write_words(folder / "words.json", facts.vocabulary, facts.model)

            def numbers() -> Iterator[list[int]]:
                for place, text in enumerate(found.texts()):
                    if place % 500 == 0:
                        progress(Message("Numbering tokens"), 0.7 + 0.3 * place / count)
                    yield facts.tokens(text).tolist()

            text_store.write_tokens(folder / "rows", numbers())

        folder = made_once(("texts", self, self.fingerprint()), 4 * count * self.length, make)
        vocabulary, model = text_store.read_words(folder / "words.json")
        facts = Preprocessing("tokens", (self.length,), vocabulary=vocabulary, units=self.units, model=model)
        kept = Kept((Stored(folder / "rows", "<i4", (count, self.length)),))
        largest = max((int(some.max(initial=0)) for _, some in kept.pieces()), default=0)
        rows = standing_for(count, (self.length,), torch.int64, largest)
        stream = KeptStream({INPUT: kept}, {}, np.arange(count))
        whole = Split({INPUT: rows}, {TARGET: targets}, stream)
        return self._dataset(found, whole, chosen, classes, facts)

    def _sorted(self, found: _Labelled) -> tuple[tuple[str, ...], torch.Tensor, Places]:
        """Give the classes, that of each text, and the splits."""
        classes = _classes(found.labels)
        order = {name: number for number, name in enumerate(classes)}
        targets = torch.tensor([order[label] for label in found.labels])
        return classes, targets, self._dealt(found, targets)

    def _fitted(self, found: _Labelled, chosen: Places) -> Preprocessing:
        """Number the tokens of what is learned from."""
        wanted = torch.zeros(len(found.labels), dtype=torch.bool)
        wanted[chosen.train] = True
        learned = itertools.compress(found.texts(), wanted.tolist())
        vocabulary, model = tokens.fit(learned, self.units, self.vocabulary)
        return Preprocessing("tokens", (self.length,), vocabulary=vocabulary, units=self.units, model=model)

    def _dataset(
        self, found: _Labelled, whole: Split, chosen: Places, classes: tuple[str, ...], facts: Preprocessing
    ) -> Dataset:
        train, validation, test = (whole.take(part) for part in chosen)
        title = Message("Texts of {file}", file=self._path().name)
        notes = tuple(found.notes)
        return Dataset(train, validation, test, "classification", classes, facts, title, notes, len(notes))

    def _dealt(self, found: _Labelled, targets: torch.Tensor) -> Places:
        check_shares(self.validation, self.test)
        alike = targets if self.stratify else None
        if found.parts is not None:
            given = torch.tensor(found.parts)
            return parts.completed(given, self.validation, self.test, alike, seed=self.split_seed)
        return places(len(targets), self.validation, self.test, alike, seed=self.split_seed)

    # -- reading -----------------------------------------------------------------------------------------

    def _path(self) -> Path:
        if not self.folder:
            raise DataError(Message("No texts are chosen. Choose a folder or a table in the training plan."))
        path = Path(self.folder).expanduser()
        if not path.exists():
            raise DataError(Message("There is no file or folder {file}. Choose it again.", file=self.folder))
        return path

    def _read(self, progress: Progress, *, stays: bool = False) -> _Labelled:
        path = self._path()
        read = self._of_table if path.is_file() else self._of_folder
        found = read(path, progress, stays)
        if len(set(found.labels)) < 2:
            raise DataError(
                Message(
                    "Texts of at least two classes are needed, and there {count:is|are} {count}.",
                    count=len(set(found.labels)),
                )
            )
        return found

    def _of_folder(self, root: Path, progress: Progress, stays: bool) -> _Labelled:
        files = files_by_class(root, documents.SUFFIXES)
        if not stays:
            require_memory(self.needed())
        texts: list[str] = []
        kept: list[Path] = []

        def again() -> Iterator[str]:
            return (documents.read_text(path, self.encoding) for path in kept)

        made = _Labelled(again if stays else lambda: texts, [], [], [])
        assert made.parts is not None
        for index, (path, label, part) in enumerate(files):
            if index % 100 == 0:
                progress(Message("Reading texts"), 0.5 * index / len(files))
            try:
                text = documents.read_text(path, self.encoding)
            except DataError as error:
                made.notes.append(Message("{file}: skipped. {reason}", file=path.name, reason=error.message))
                continue
            if not text.strip():
                made.notes.append(Message("{file}: skipped, it is empty.", file=path.name))
                continue
            if stays:
                kept.append(path)
            else:
                texts.append(text)
            made.labels.append(label)
            made.parts.append(parts.TRAIN if part is None else part)
        whole = any(found.part is not None for found in files)
        return made if whole else made._replace(parts=None)

    def _of_table(self, path: Path, progress: Progress, stays: bool) -> _Labelled:
        def tick() -> None:
            progress(Message("Looking at the table"), 0.0)

        rows = rows_of(path, self.encoding, tick=tick)
        if not stays:
            require_memory(_GROWTH * rows.bytes)
        columns = look_through([rows], {}, lambda _rows: tick())
        names = [column.name for column in columns]
        texts = [column for column in columns if column.kind == "text"]
        require_names(filter(None, (self.text_column, self.target)), names)
        text = self.text_column or next((column.name for column in texts), "")
        if not text:
            raise DataError(Message("No column of the table holds texts. Say which one to read."))
        likely = [c.name for c in columns if c.name != text and c.kind in ("category", "number")]
        target = self.target or next((name for name in likely if name.casefold() in _TARGETS), "")
        target = target or (likely[-1] if likely else "")
        if not target:
            raise DataError(Message("No column of the table holds classes. Say which one to predict."))
        by_name = {column.name: column for column in columns}
        wanted = [as_kind(by_name[target], "category")]
        read = read_columns([rows], wanted, lambda _rows: progress(Message("Reading the table"), 0.3))
        codes, words = read[target].codes, read[target].words
        assert codes is not None  # it was read as categories
        place, classes = names.index(text), codes.tolist()

        def cells() -> Iterator[tuple[str, int]]:
            both = zip((found[place] for _, found in rows.read()), classes, strict=True)
            return ((cell, code) for cell, code in both if code >= 0 and cell.strip())

        held: list[str] = []
        labels: list[str] = []
        for cell, code in cells():
            labels.append(words[code])
            if not stays:
                held.append(cell)
        lost = len(codes) - len(labels)
        notes = [rows.told]
        if lost:
            notes.append(
                Message(
                    "{count} {count:row|rows} without a text or class {count:was|were} left out.", count=lost
                )
            )

        def kept() -> Iterable[str]:
            return (cell for cell, _ in cells()) if stays else held

        return _Labelled(kept, labels, None, notes)


def _classes(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(labels), key=natural))
