"""Texts with a class each: a folder of texts for each class, or a table with a column of texts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch

from studio.data import documents, parts, tokens
from studio.data.columns import as_kind, look_through, read_columns, require_names
from studio.data.dataset import INPUT, LABEL, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.finding import files_by_class, natural, stamp
from studio.data.memory import require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.remembering import Remembered
from studio.data.rows import rows_of
from studio.data.splitting import Places, check_shares, places
from studio.graph import Message

_TARGETS = ("label", "target", "class", "category", "sentiment", "标签", "类别")
_GROWTH = 16
_known: Remembered[int] = Remembered(20)


class _Labelled(NamedTuple):
    """Texts with their classes, and their parts where the folders say them."""

    texts: list[str]
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
        return len(_classes(self._read(lambda _doing, _share: None).labels))

    def load(self, progress: Progress) -> Dataset:
        """Read the texts, split them, and number the tokens of the training part.

        Raises:
            DataError: there are no texts with classes.
        """
        found = self._read(progress)
        classes = _classes(found.labels)
        order = {name: number for number, name in enumerate(classes)}
        targets = torch.tensor([order[label] for label in found.labels])
        chosen = self._dealt(found, targets)
        progress(Message("Numbering tokens"), 0.6)
        learned = [found.texts[place] for place in chosen.train.tolist()]
        vocabulary, model = tokens.fit(learned, self.units, self.vocabulary)
        facts = Preprocessing("tokens", (self.length,), vocabulary=vocabulary, units=self.units, model=model)
        require_memory(8 * len(found.texts) * self.length)
        rows = torch.zeros(len(found.texts), self.length, dtype=torch.int64)
        for place, text in enumerate(found.texts):
            if place % 500 == 0:
                progress(Message("Numbering tokens"), 0.6 + 0.4 * place / len(found.texts))
            rows[place] = facts.tokens(text)
        whole = Split({INPUT: rows}, {TARGET: targets})
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

    def _read(self, progress: Progress) -> _Labelled:
        path = self._path()
        found = self._of_table(path, progress) if path.is_file() else self._of_folder(path, progress)
        if len(set(found.labels)) < 2:
            raise DataError(
                Message(
                    "Texts of at least two classes are needed, and there {count:is|are} {count}.",
                    count=len(set(found.labels)),
                )
            )
        return found

    def _of_folder(self, root: Path, progress: Progress) -> _Labelled:
        files = files_by_class(root, documents.SUFFIXES)
        require_memory(_GROWTH * sum(found.path.stat().st_size for found in files if found.path.exists()))
        made = _Labelled([], [], [], [])
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
            made.texts.append(text)
            made.labels.append(label)
            made.parts.append(parts.TRAIN if part is None else part)
        whole = any(found.part is not None for found in files)
        return made if whole else made._replace(parts=None)

    def _of_table(self, path: Path, progress: Progress) -> _Labelled:
        def tick() -> None:
            progress(Message("Looking at the table"), 0.0)

        rows = rows_of(path, self.encoding, tick=tick)
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
        wanted = [as_kind(by_name[text], "text"), as_kind(by_name[target], "category")]
        read = read_columns([rows], wanted, lambda _rows: progress(Message("Reading the table"), 0.3))
        codes, words = read[target].codes, read[target].words
        assert codes is not None  # it was read as categories
        kept = [
            (cell, words[code])
            for cell, code in zip(read[text].texts, codes.tolist(), strict=True)
            if code >= 0 and cell.strip()
        ]
        lost = len(codes) - len(kept)
        notes = [rows.told]
        if lost:
            notes.append(
                Message(
                    "{count} {count:row|rows} without a text or class {count:was|were} left out.", count=lost
                )
            )
        return _Labelled([cell for cell, _ in kept], [label for _, label in kept], None, notes)


def _classes(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(labels), key=natural))
