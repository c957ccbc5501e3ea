"""Running text as windows of tokens, each with the tokens that come next: what language models learn from."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from studio.data import documents, text_store, tokens
from studio.data.cached import made_once
from studio.data.dataset import INPUT, TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.memory import TooLargeError
from studio.data.preprocessing import Preprocessing
from studio.data.remembering import Remembered
from studio.data.splitting import check_shares, places
from studio.graph import Message

_MANY = 20
"""From so many texts on, whole ones are dealt out; of fewer, each is cut in three."""

_BETWEEN = "\n\n"
_TITLES = {
    "documentation": Message("Documentation of Python"),
    "docstrings": Message("Docstrings of Python's library"),
}
_PARTS, _WORDS = ("train", "validation", "test"), "words.json"
_fitted: Remembered[tuple[tuple[str, ...], str]] = Remembered(4)


@dataclass(frozen=True)
class Text:
    """Windows of a text.

    Attributes:
        folder: a file, or a folder of texts; empty for what comes with Python.
        kind: which of it: `documentation` or `docstrings`.
        units: what a token is; see `tokens.UNITS`.
        vocabulary: how many tokens there may be.
        length: tokens of a window.
        stride: tokens from the start of a window to that of the next; 0 for a whole window.
        encoding: see `encoding_of`.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits, where there are many texts.
    """

    folder: str
    kind: str
    units: str
    vocabulary: int
    length: int
    stride: int
    encoding: str
    validation: float
    test: float
    split_seed: int = 0

    def fingerprint(self) -> Hashable:
        """Give names, sizes and times of the files."""
        return documents.fingerprint(self.folder)

    def facts(self) -> Facts:
        """Read the text and number its tokens.

        Raises:
            DataError: there is no text, or too little.
        """

        def learned() -> tuple[tuple[str, ...], str]:
            found = documents.read(self.folder, self.kind, self.encoding, lambda _share: None)
            return tokens.fit(self._parted(found.texts)[0], self.units, self.vocabulary)

        try:
            vocabulary, _ = _fitted.of(self._key(), learned)
        except TooLargeError:
            vocabulary, _ = text_store.read_words(self._stored(lambda _doing, _share: None)[0] / _WORDS)
        field = Field((self.length,), whole=True)
        return Facts({INPUT: field}, {TARGET: field}, "classification", len(vocabulary))

    def load(self, progress: Progress) -> Dataset:
        """Read the text, number the tokens of the training part, and cut it into windows.

        Raises:
            DataError: there is no text, or too little.
        """
        found = documents.read(
            self.folder,
            self.kind,
            self.encoding,
            lambda share: progress(Message("Reading texts"), 0.3 * share),
        )
        parted = self._parted(found.texts)
        progress(Message("Numbering tokens"), 0.3)
        vocabulary, model = self._learned(parted[0])
        facts = Preprocessing("tokens", (self.length,), vocabulary=vocabulary, units=self.units, model=model)

        def windows(texts: list[str]) -> Split:
            progress(Message("Numbering tokens"), 0.5)
            row = [one for text in texts for one in facts.numbers(text)]
            return self._windows(torch.tensor(row, dtype=torch.int64))

        return self._dataset(list(map(windows, parted)), facts, found.notes)

    def needed(self) -> int:
        """Give about how many bytes the texts take while they are loaded."""
        return documents.needed(self.folder)

    def stream(self, progress: Progress) -> Dataset:
        """Number the tokens of all texts, and leave them on the disk; see `load`."""
        folder, notes = self._stored(progress)
        vocabulary, model = text_store.read_words(folder / _WORDS)
        facts = Preprocessing("tokens", (self.length,), vocabulary=vocabulary, units=self.units, model=model)
        stride = self.stride or self.length
        parts = [text_store.windows_of(folder / name, self.length, stride) for name in _PARTS]
        return self._dataset(parts, facts, notes)

    def _stored(self, progress: Progress) -> tuple[Path, list[Message]]:
        """Give the folder that holds the tokens, and what could not be read."""
        files = documents.files_of(self.folder)

        def look(share: float) -> None:
            progress(Message("Reading texts"), 0.2 * share)

        found, notes = text_store.look_through(files, self.encoding, look)
        if not found:
            raise DataError(Message("No text could be read. {first}", first=notes[0] if notes else ""))
        parted = self._stretches(found)
        letters = sum(one.letters for one in found)
        done = 0

        def tick(given: int) -> None:
            progress(Message("Numbering tokens"), min(0.3 + 0.7 * (done + given) / (2 * letters), 1.0))

        def make(folder: Path) -> None:
            nonlocal done
            fitted = tokens.fit(text_store.pieces_of(parted[0], tick), self.units, self.vocabulary)
            text_store.write_words(folder / _WORDS, *fitted)
            done = letters
            for name, part in zip(_PARTS, parted, strict=True):
                pieces = text_store.pieces_of(part, tick)
                vocabulary, model = fitted
                numbers = (tokens.numbers(piece, self.units, vocabulary, model) for piece in pieces)
                text_store.write_tokens(folder / name, numbers)

        return made_once(("tokens", self._key()), 4 * letters, make), notes

    def _stretches(self, found: list[text_store.Found]) -> list[list[text_store.Part]]:
        """Give the stretches of texts to learn from, to check with and to judge by; see `_parted`."""
        check_shares(self.validation, self.test)
        if len(found) >= _MANY:
            chosen = places(len(found), self.validation, self.test, seed=self.split_seed)
            return [
                [
                    text_store.Part(found[place].path, found[place].encoding, behind=_BETWEEN)
                    for place in part.tolist()
                ]
                for part in chosen
            ]
        parted: list[list[text_store.Part]] = [[], [], []]
        for path, encoding, letters in found:
            ends = (0, *self._ends(letters), letters)
            for part, first, last in zip(parted, ends[:-1], ends[1:], strict=True):
                part.append(text_store.Part(path, encoding, first, last))
        return parted

    def _dataset(self, parts: list[Split], facts: Preprocessing, notes: list[Message]) -> Dataset:
        train, validation, test = parts
        if not len(train):
            raise DataError(
                Message(
                    "The text for training is shorter than one window of {length} {length:token|tokens}. "
                    "Choose more text or a shorter window.",
                    length=self.length,
                )
            )
        title = _TITLES[self.kind]
        if self.folder:
            title = Message("Text of {file}", file=Path(self.folder).name)
        return Dataset(
            train,
            validation,
            test,
            "classification",
            facts.vocabulary,
            facts,
            title,
            tuple(notes),
            len(notes),
        )

    def _learned(self, texts: list[str]) -> tuple[tuple[str, ...], str]:
        return _fitted.of(self._key(), lambda: tokens.fit(texts, self.units, self.vocabulary))

    def _key(self) -> Hashable:
        """Give all that the tokens depend on."""
        return replace(self, length=1, stride=1), self.fingerprint()

    def _parted(self, texts: list[str]) -> tuple[list[str], list[str], list[str]]:
        """Give the texts to learn from, to check with and to judge by."""
        check_shares(self.validation, self.test)
        if len(texts) >= _MANY:
            chosen = places(len(texts), self.validation, self.test, seed=self.split_seed)
            train, validation, test = ([texts[place] + _BETWEEN for place in part] for part in chosen)
            return train, validation, test
        cut = [list(self._cut(text)) for text in texts]
        return [one[0] for one in cut], [one[1] for one in cut], [one[2] for one in cut]

    def _cut(self, text: str) -> Iterator[str]:
        """Cut a text in three: its end is judged by."""
        ends = self._ends(len(text))
        yield from (text[: ends[0]], text[ends[0] : ends[1]], text[ends[1] :])

    def _ends(self, letters: int) -> list[int]:
        """Give where a text of so many letters is cut."""
        return [round(letters * share) for share in (1 - self.validation - self.test, 1 - self.test)]

    def _windows(self, row: torch.Tensor) -> Split:
        """Give windows that share the memory of the text."""
        if len(row) <= self.length:
            empty = torch.zeros(0, self.length, dtype=torch.int64)
            return Split({INPUT: empty}, {TARGET: empty})
        found = row.unfold(0, self.length + 1, self.stride or self.length)
        return Split({INPUT: found[:, :-1]}, {TARGET: found[:, 1:]})
