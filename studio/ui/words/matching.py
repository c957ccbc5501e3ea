"""Finding by a few letters: which entries a person can mean, best first, in both languages at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from studio.blocks import Block
from studio.graph.text import LANGUAGES, translator

_WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SCRIPT = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
"""The pieces of a typed word: Chinese and Latin letters often stand together, as in “卷积2d”."""

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """What an entry is found by.

    Attributes:
        names: what it is called, in each language; a hit here counts most.
        more: further search words.
    """

    names: tuple[str, ...]
    more: tuple[str, ...] = ()


def words_of(block: Block) -> Words:
    """Give what a declared block is found by: its names, its type, its words, its family."""
    translate = [translator(code) for code in LANGUAGES]
    names = dict.fromkeys(turn(block.title) for turn in translate)
    more = [turn(word) for word in (*block.keywords, f"group {block.group}") for turn in translate]
    return Words((*names, block.type), tuple(dict.fromkeys(more)))


def in_all_languages(template: str) -> Words:
    """Give a text of ours in every language, as names."""
    return Words(tuple(dict.fromkeys(translator(code)(template) for code in LANGUAGES)))


def score(query: str, words: Words) -> float:
    """Rate how well an entry fits what was typed; 0 for not at all, and every typed word must fit.

    The whole name beats its beginning, which beats the beginning of a word in it, which beats letters
    somewhere inside, which beats letters with gaps; a name beats a search word. In Chinese, which has no
    spaces, a word can begin anywhere.
    """
    total = 0.0
    for part in (piece for typed in query.lower().split() for piece in _SCRIPT.findall(typed)):
        best = max((_fit(part, name) for name in words.names), default=0.0)
        best = max(best, *(0.6 * _fit(part, word, gaps=False) for word in words.more), 0.0)
        if best == 0.0:
            return 0.0
        total += best
    phrase = query.strip().lower()
    if total and " " in phrase and any(phrase == word.lower() for word in (*words.names, *words.more)):
        total += 100.0  # “se block” is one word, and no piece of “Dense block”
    return total


def ranked(
    query: str, entries: Iterable[T], words: Callable[[T], Words], recent: Sequence[T] = ()
) -> list[T]:
    """Give the entries that fit, best first; with nothing typed all, the recent ones first.

    Args:
        query: what was typed.
        entries: all entries in their usual order.
        words: gives what an entry is found by.
        recent: entries used before, the latest first; among equals they win.
    """
    place = {id(entry): index for index, entry in enumerate(recent)}
    everything = list(entries)
    if not query.strip():
        return sorted(everything, key=lambda entry: place.get(id(entry), len(place)))
    rated = [(score(query, words(entry)), entry) for entry in everything]
    found = [(rate, entry) for rate, entry in rated if rate > 0]
    found.sort(key=lambda pair: (-pair[0], place.get(id(pair[1]), len(place))))
    return [entry for _, entry in found]


def _fit(part: str, name: str, *, gaps: bool = True) -> float:
    spaced = _CAMEL.sub(" ", name).lower()
    low = name.lower()
    if low == part:
        return 100.0
    length = 10.0 / (10.0 + len(low))  # of two that fit alike, the shorter is meant
    if low.startswith(part):
        return 80.0 + length
    if any(word.startswith(part) for word in _WORD.findall(spaced)) or (not part.isascii() and part in low):
        return 60.0 + length
    if gaps and part in low:  # not within a search word: “lin” is not “pooling”
        return 40.0 + length
    if gaps and len(part) > 1 and _scattered(part, low):
        return 10.0 + length
    return 0.0


def _scattered(part: str, name: str) -> bool:
    """Tell whether the letters come in order, the first at the start of the name."""
    rest = iter(name)
    return name[:1] == part[:1] and all(letter in rest for letter in part)
