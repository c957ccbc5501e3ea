"""Cuts texts into numbered tokens and joins them again: characters, bytes, words, or learned pieces (BPE)."""

from __future__ import annotations

import functools
import importlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from studio.graph import Message, NetwrightError

PADDING = 0
"""The token that fills a short text."""

UNKNOWN = 1
"""The token of what the training data did not have."""

SPECIAL = ("<padding>", "<unknown>")
"""What the first two tokens are called."""

UNITS = ("characters", "bytes", "words", "bpe")
"""What a token can be."""

_BYTES = 256
_TOKEN = re.compile(r"[A-Za-z0-9']+|[^\sA-Za-z0-9']")

_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]{2}")
"""Two signs between which there is no blank."""

_CLOSE = re.compile(r"[\u3001-\u303f\uff00-\uffef\n]")
"""Signs that bring their own room: those that part Chinese sentences, and ends of lines."""

_ENDING = frozenset(".,:;!?)")


def words_of(text: str) -> list[str]:
    """Split a sentence into its tokens: Latin words in lower case, every other sign by itself."""
    return [match[0].lower() for match in _TOKEN.finditer(text)]


def fit(texts: Iterable[str], units: str, most: int) -> tuple[tuple[str, ...], str]:
    """Learn the tokens of texts.

    Args:
        texts: those that are learned from, and no others.
        units: one of `UNITS`.
        most: how many tokens there may be; rarer ones are unknown.

    Returns:
        The name of each token, and what else BPE needs to cut a text.

    Raises:
        NetwrightError: BPE is wanted, and its package is not there.
    """
    match units:
        case "bytes":
            return (*SPECIAL, *(_byte(number) for number in range(_BYTES))), ""
        case "bpe":
            return _learned(texts, most)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text if units == "characters" else words_of(text))
    often = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: max(most - len(SPECIAL), 1)]
    return (*SPECIAL, *sorted(name for name, _ in often)), ""


def numbers(text: str, units: str, vocabulary: tuple[str, ...], model: str = "") -> list[int]:
    """Cut a text into the numbers of its tokens."""
    match units:
        case "bytes":
            return [byte + len(SPECIAL) for byte in text.encode("utf-8", "replace")]
        case "bpe":
            return list(_tokenizer(model).encode(text).ids)
    known = _numbered(vocabulary)
    return [known.get(name, UNKNOWN) for name in (text if units == "characters" else words_of(text))]


def text_of(found: Iterable[int], units: str, vocabulary: tuple[str, ...], model: str = "") -> str:
    """Join tokens to a text; fillings are left out."""
    kept = [number for number in found if PADDING < number < len(vocabulary)]
    match units:
        case "bytes":
            return bytes(n - len(SPECIAL) for n in kept if n >= len(SPECIAL)).decode("utf-8", "replace")
        case "bpe":
            return str(_tokenizer(model).decode([number for number in kept if number != UNKNOWN]))
        case "characters":
            return "".join("\N{REPLACEMENT CHARACTER}" if n == UNKNOWN else vocabulary[n] for n in kept)
    return _joined([vocabulary[number] for number in kept])


def _joined(words: Sequence[str]) -> str:
    """Write words as people do: no blank between Chinese signs, none before a sign that ends something."""
    text = ""
    for word in words:
        beside = text[-1:] + word[:1]
        close = (
            text[-1:] in ("", "(") or word in _ENDING or _CHINESE.fullmatch(beside) or _CLOSE.search(beside)
        )
        text += word if close else f" {word}"
    return text


def _byte(number: int) -> str:
    return chr(number) if 32 < number < 127 else f"<{number:02x}>"


@functools.lru_cache(maxsize=8)
def _numbered(vocabulary: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, name in enumerate(vocabulary)}


def _library() -> Any:
    # Workers that are forked later would warn of threads that they do not have.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        return importlib.import_module("tokenizers")
    except ImportError as error:
        raise NetwrightError(
            Message("Pieces of words (BPE) need one more package: pip install netwright[text].")
        ) from error


def _learned(texts: Iterable[str], most: int) -> tuple[tuple[str, ...], str]:
    library = _library()
    made = library.Tokenizer(library.models.BPE(unk_token=SPECIAL[UNKNOWN]))
    made.pre_tokenizer = library.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = library.decoders.ByteLevel()
    trainer = library.trainers.BpeTrainer(
        vocab_size=most,
        special_tokens=list(SPECIAL),
        initial_alphabet=sorted(library.pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    names = sorted(made.get_vocab().items(), key=lambda pair: pair[1])
    return tuple(name for name, _ in names), str(made.to_str())


@functools.lru_cache(maxsize=4)
def _tokenizer(model: str) -> Any:
    return _library().Tokenizer.from_str(model)
