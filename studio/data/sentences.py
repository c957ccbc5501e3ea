"""Small generated sentences in Chinese and English: does the speaker like it or not?"""

from __future__ import annotations

import itertools
import random
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import SPLIT_SEED, split
from studio.data.tokens import words_of
from studio.graph import Message

CLASSES = ("dislikes", "likes")
"""The two moods, by their number."""

_ENGLISH_SUBJECTS = ("I", "we", "they", "you", "my friends", "the children", "most people", "my parents")
_ENGLISH_VERBS = (
    ("like", 1), ("love", 1), ("enjoy", 1), ("adore", 1), ("are fond of", 1), ("do not hate", 1),
    ("do not mind", 1), ("hate", 0), ("dislike", 0), ("avoid", 0), ("cannot stand", 0), ("do not like", 0),
    ("do not enjoy", 0), ("are tired of", 0),
)  # fmt: skip
_ENGLISH_OBJECTS = (
    "apples", "tea", "coffee", "rain", "snow", "music", "old films", "long walks", "cats", "dogs",
    "mathematics", "cooking", "football", "loud parties", "early mornings", "spicy food", "the sea",
    "crowded trains", "new books", "quiet evenings", "chess", "dancing", "winter", "summer",
)  # fmt: skip
_ENGLISH_ENDS = ("", "a lot", "these days", "on sundays", "after work", "in the city", "at home", "very much")
_CHINESE_SUBJECTS = ("我", "我们", "他们", "她", "他", "孩子们", "我的朋友", "大家")
_CHINESE_VERBS = (
    ("喜欢", 1), ("很喜欢", 1), ("爱", 1), ("热爱", 1), ("享受", 1), ("不讨厌", 1), ("最爱", 1),
    ("讨厌", 0), ("很讨厌", 0), ("不喜欢", 0), ("不爱", 0), ("受不了", 0), ("厌烦", 0), ("不太喜欢", 0),
)  # fmt: skip
_CHINESE_OBJECTS = (
    "苹果", "茶", "咖啡", "下雨天", "雪", "音乐", "老电影", "散步", "猫", "狗", "数学", "做饭", "足球",
    "吵闹的聚会", "早起", "辣的菜", "大海", "拥挤的地铁", "新书", "安静的晚上",
    "下棋", "跳舞", "冬天", "夏天",
)  # fmt: skip
_CHINESE_STARTS = ("", "现在", "周末", "在家里", "下班以后", "其实", "一直以来", "说实话")


@dataclass(frozen=True)
class Sentences:
    """Sentences as token numbers; the words are counted on the training part only.

    Attributes:
        count: how many sentences.
        length: tokens in each.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    count: int
    length: int
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give a constant: the sentences are made here."""
        return None

    def facts(self) -> Facts:
        """Give the length of a sentence; how many words there are is known once they are numbered."""
        return Facts(
            {INPUT: Field((self.length,), whole=True)}, {TARGET: LABEL}, "classification", len(CLASSES)
        )

    def load(self, progress: Progress) -> Dataset:
        """Make the sentences, split them, and number the words of the training part."""
        progress(Message("Writing sentences"), 0.0)
        written = sentences(self.count)
        labels = torch.tensor([mood for _, mood in written])
        order = Split({INPUT: torch.arange(self.count)}, {TARGET: labels})
        alike = labels if self.stratify else None
        parts = split(order, self.validation, self.test, alike, seed=self.split_seed)
        words = {word for place in parts[0].inputs[INPUT].tolist() for word in words_of(written[place][0])}
        facts = Preprocessing("tokens", (self.length,), vocabulary=("<padding>", "<unknown>", *sorted(words)))
        progress(Message("Writing sentences"), 0.5)
        tokens = _tokens([text for text, _ in written], facts)
        train, validation, test = (
            Split({INPUT: tokens[part.inputs[INPUT]]}, dict(part.targets)) for part in parts
        )
        title = Message("Sentences about likes and dislikes")
        return Dataset(train, validation, test, "classification", CLASSES, facts, title)


def sentences(count: int) -> list[tuple[str, int]]:
    """Make sentences with their moods, in two languages; none comes twice until all have come.

    Args:
        count: how many.
    """
    every = list(_every())
    random.Random(SPLIT_SEED).shuffle(every)
    return list(itertools.islice(itertools.cycle(every), count))


def _every() -> Iterator[tuple[str, int]]:
    for subject, (verb, mood), thing, end in itertools.product(
        _ENGLISH_SUBJECTS, _ENGLISH_VERBS, _ENGLISH_OBJECTS, _ENGLISH_ENDS
    ):
        yield " ".join(filter(None, (subject, verb, thing, end))), mood
    for start, subject, (verb, mood), thing in itertools.product(
        _CHINESE_STARTS, _CHINESE_SUBJECTS, _CHINESE_VERBS, _CHINESE_OBJECTS
    ):
        yield f"{start}{subject}{verb}{thing}", mood


def _tokens(texts: list[str], facts: Preprocessing) -> torch.Tensor:
    known = {text: facts.tokens(text) for text in dict.fromkeys(texts)}
    return torch.stack([known[text] for text in texts])
