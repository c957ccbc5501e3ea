"""Texts with what each becomes, as rows of tokens: translations, answers, summaries."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.data import tokens
from studio.data.columns import as_kind, look_through, read_columns, require_names
from studio.data.dataset import TARGET, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.finding import stamp
from studio.data.memory import require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.remembering import Remembered
from studio.data.rows import rows_of
from studio.data.splitting import check_shares, places
from studio.data.tokens import PADDING
from studio.data.written_pairs import PAIRS, Pair
from studio.graph import Message

SOURCE = "source"
"""The field of the text that is read."""

WRITTEN = "written"
"""The field of what is written of the answer up to each place: the answer, one place on, after a filling."""

END = "\n"
"""What every answer ends with: a line break, so it is a token of its own in every unit."""

_GROWTH = 16
_fitted: Remembered[tuple[tuple[str, ...], str]] = Remembered(4)


@dataclass(frozen=True)
class Pairs:
    """Pairs of texts as token numbers; the tokens are counted on the training part only.

    The inputs are `source` (B, length) and `written` (B, answer length), the target (B, answer length) holds
    the token that comes next at each place of the answer; what is filled holds `PADDING`.

    Attributes:
        folder: a table; empty for pairs that are generated.
        kind: which pairs are generated; see `PAIRS`.
        count: how many are generated at most.
        seed: another number generates others.
        source_column: the column that is read; empty for the first one that holds texts.
        target_column: the column of answers; empty for the next one that holds texts.
        units: what a token is; see `tokens.UNITS`.
        vocabulary: how many tokens there may be.
        length: tokens of the text that is read; longer ones are cut, shorter ones filled.
        answer_length: tokens of the answer with its end; pairs with longer answers are left out.
        encoding: see `encoding_of`.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
    """

    folder: str
    kind: str
    count: int
    seed: int
    source_column: str
    target_column: str
    units: str
    vocabulary: int
    length: int
    answer_length: int
    encoding: str
    validation: float
    test: float
    split_seed: int = 0

    def fingerprint(self) -> Hashable:
        """Give name, size and time of the table."""
        return stamp(self._path()) if self.folder else None

    def facts(self) -> Facts:
        """Read the pairs and number their tokens.

        Raises:
            DataError: there are no pairs.
        """

        def learned() -> tuple[tuple[str, ...], str]:
            found, _ = self._read(lambda _doing, _share: None)
            return self._fit(found)

        vocabulary, _ = _fitted.of((self, self.fingerprint()), learned)
        return Facts(
            {SOURCE: Field((self.length,), whole=True), WRITTEN: Field((self.answer_length,), whole=True)},
            {TARGET: Field((self.answer_length,), whole=True)},
            "classification",
            len(vocabulary),
        )

    def load(self, progress: Progress) -> Dataset:
        """Read the pairs, split them, and number the tokens of the training part.

        Raises:
            DataError: there are no pairs.
        """
        found, notes = self._read(progress)
        progress(Message("Numbering tokens"), 0.5)
        vocabulary, model = _fitted.of((self, self.fingerprint()), lambda: self._fit(found))
        facts = Preprocessing("tokens", (self.length,), vocabulary=vocabulary, units=self.units, model=model)
        end = end_of(facts)
        require_memory(8 * len(found) * (self.length + 2 * self.answer_length))
        answers = [[*facts.numbers(pair.target), end] for pair in found]
        kept = [place for place, answer in enumerate(answers) if len(answer) <= self.answer_length]
        if not kept:
            raise DataError(
                Message(
                    "Every answer is longer than {length} {length:token|tokens}. Raise “Answer length”.",
                    length=self.answer_length,
                )
            )
        if len(kept) < len(found):
            notes.append(
                Message(
                    "{count} {count:pair|pairs} with an answer of more than {length} tokens "
                    "{count:was|were} left out.",
                    count=len(found) - len(kept),
                    length=self.answer_length,
                )
            )
        sources = torch.stack([facts.tokens(found[place].source) for place in kept])
        wanted = torch.full((len(kept), self.answer_length), PADDING)
        for row, place in enumerate(kept):
            wanted[row, : len(answers[place])] = torch.tensor(answers[place])
        whole = Split({SOURCE: sources, WRITTEN: one_on(wanted)}, {TARGET: wanted})
        dealt = places(len(found), self.validation, self.test, seed=self.split_seed)
        rows = {place: row for row, place in enumerate(kept)}
        train, validation, test = (
            whole.take(torch.tensor([rows[p] for p in part.tolist() if p in rows], dtype=torch.int64))
            for part in dealt
        )
        title = Message("Pairs of {file}", file=self._path().name) if self.folder else PAIRS[self.kind].title
        told = tuple(notes)
        return Dataset(train, validation, test, "classification", vocabulary, facts, title, told, len(told))

    def _fit(self, found: Sequence[Pair]) -> tuple[tuple[str, ...], str]:
        """Number the tokens of those that are learned from."""
        check_shares(self.validation, self.test)
        dealt = places(len(found), self.validation, self.test, seed=self.split_seed)
        texts = [text + END for place in dealt.train.tolist() for text in found[place]]
        vocabulary, model = tokens.fit(texts, self.units, self.vocabulary)
        if self.units == "words" and END not in vocabulary:
            vocabulary = (*vocabulary, END)  # a word is never a line break
        return vocabulary, model

    # -- reading -----------------------------------------------------------------------------------------

    def _path(self) -> Path:
        path = Path(self.folder).expanduser()
        if not path.is_file():
            raise DataError(Message("There is no file {file}. Choose it again.", file=self.folder))
        return path

    def _read(self, progress: Progress) -> tuple[list[Pair], list[Message]]:
        """Give all pairs, none of them twice, and what is to say of them."""
        if not self.folder:
            progress(Message("Writing pairs"), 0.0)
            return PAIRS[self.kind].write(self.count, self.seed), []
        path = self._path()

        def tick(_rows: object = None) -> None:
            progress(Message("Reading the table"), 0.0)

        rows = rows_of(path, self.encoding, tick=tick)
        require_memory(_GROWTH * rows.bytes)
        columns = {column.name: column for column in look_through([rows], {}, tick)}
        require_names(filter(None, (self.source_column, self.target_column)), list(columns))
        # Answers of one word are told as classes, and numbers as numbers: any column can be read as texts.
        source = self.source_column or next((name for name in columns if name != self.target_column), "")
        target = self.target_column or next((name for name in columns if name != source), "")
        if not source or not target or source == target:
            raise DataError(Message("A table of pairs needs two columns: what is read, and what it becomes."))
        wanted = [as_kind(columns[name], "text") for name in (source, target)]
        read = read_columns([rows], wanted, tick)
        found = list(
            dict.fromkeys(
                Pair(one.strip(), other.strip())
                for one, other in zip(read[source].texts, read[target].texts, strict=True)
                if one.strip() and other.strip()
            )
        )
        if not found:
            raise DataError(Message("No row of the table has both texts."))
        notes = [rows.told]
        lost = len(read[source].texts) - len(found)
        if lost:
            notes.append(
                Message(
                    "{count} {count:row|rows} without both texts, or seen before, {count:was|were} left out.",
                    count=lost,
                )
            )
        return found, notes


def end_of(facts: Preprocessing) -> int:
    """Give the token that an answer ends with."""
    found = facts.numbers(END)
    return found[0] if found else facts.vocabulary.index(END)


def one_on(wanted: torch.Tensor) -> torch.Tensor:
    """Give what is written up to each place: a filling first, then all but the last token.

    Args:
        wanted: (count, tokens) of answers; what follows their end is `PADDING`.
    """
    return torch.nn.functional.pad(wanted[:, :-1], (1, 0), value=PADDING)
