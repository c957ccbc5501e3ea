"""Pairs of texts that are generated: numbers in Chinese, questions with answers, reports in short."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from studio.graph import Message

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")

_LARGEST = 100_000
"""Numbers are below it."""


class Pair(NamedTuple):
    """A text and what it becomes."""

    source: str
    target: str


@dataclass(frozen=True)
class Generated:
    """A kind of pairs.

    Attributes:
        title: what it is, for people.
        write: gives at most so many different pairs, by a seed.
    """

    title: Message
    write: Callable[[int, int], list[Pair]]


def numeral(number: int) -> str:
    """Give a number as a Chinese numeral, as it is read: 1234 is 一千二百三十四, 10 is 十, 1002 is 一千零二.

    Args:
        number: from 0 to 999,999,999,999.

    Raises:
        ValueError: it is outside.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"expected 0 to 999,999,999,999, received {number}")
    if number == 0:
        return _DIGITS[0]
    found = ""
    groups = [(number // 10 ** (4 * place)) % 10_000 for place in range(3)]
    for place in (2, 1, 0):
        if groups[place]:
            # A gap is read as one zero, however wide it is.
            if found and (groups[place] < 1000 or (place < 2 and groups[place + 1] == 0)):
                found += _DIGITS[0]
            found += _four(groups[place]) + _GROUPS[place]
    return found[1:] if found.startswith("一十") else found


def _four(number: int) -> str:
    found, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            found += (_DIGITS[0] if gap and found else "") + _DIGITS[digit] + _PLACES[place]
        gap = digit == 0
    return found


def numerals(count: int, seed: int) -> list[Pair]:
    """Give numbers below 100,000 with their numerals: as many of each length as there are, or their share."""
    chance = random.Random(seed)
    lengths = [range(10 ** (digits - 1) if digits > 1 else 0, 10**digits) for digits in range(1, 6)]
    chosen: list[int] = []
    left = min(count, _LARGEST)
    for place, numbers in enumerate(lengths):
        share = min(len(numbers), left // (len(lengths) - place))
        chosen += chance.sample(numbers, share)
        left -= share
    chance.shuffle(chosen)
    return [Pair(str(number), numeral(number)) for number in chosen]


_NAMES = (
    ("Li", "李明"),
    ("Wang", "王芳"),
    ("Zhang", "张伟"),
    ("Anna", "安娜"),
    ("Tom", "汤姆"),
    ("Mei", "小梅"),
)
_THINGS = (
    ("apples", "苹果", "个"),
    ("books", "书", "本"),
    ("cats", "猫", "只"),
    ("cups", "杯子", "个"),
    ("coins", "硬币", "枚"),
)
_CITIES = (("Beijing", "北京"), ("Paris", "巴黎"), ("Cairo", "开罗"), ("Lima", "利马"), ("Oslo", "奥斯陆"))


_PEOPLE = 3
"""How many people a text tells of."""


def questions(count: int, seed: int) -> list[Pair]:
    """Give short texts about three people, each with a question and what the text answers to it.

    A text says of each person a city, a number and a thing, in one of two orders. Asked is for a person's
    city or things, or for who is in a city or has a thing. The answer is a sentence that begins with what was
    asked for.
    """

    def one(chance: random.Random) -> Pair:
        people, cities, things = (chance.sample(kind, _PEOPLE) for kind in (_NAMES, _CITIES, _THINGS))
        numbers = [chance.randrange(2, 20) for _ in range(_PEOPLE)]
        turned = [chance.random() < 0.5 for _ in range(_PEOPLE)]
        told = list(zip(people, cities, numbers, things, turned, strict=True))
        english, asked = chance.random() < 0.5, chance.randrange(4)
        who, city, number, thing, _ = chance.choice(told)
        if english:
            facts = [
                f"In {x[0]}, {a[0]} has {n} {t[0]}." if back else f"{a[0]} in {x[0]} has {n} {t[0]}."
                for a, x, n, t, back in told
            ]
            question, answer = (
                (f"Where is {who[0]}?", f"{who[0]} is in {city[0]}."),
                (f"What has {who[0]}?", f"{who[0]} has {number} {thing[0]}."),
                (f"Who is in {city[0]}?", f"In {city[0]} is {who[0]}."),
                (f"Who has the {thing[0]}?", f"The {thing[0]} are with {who[0]}."),
            )[asked]
            return Pair(f"{' '.join(facts)} {question}", answer)
        facts = [
            f"{x[1]}的{a[1]}有{n}{t[2]}{t[1]}。" if back else f"{a[1]}在{x[1]}有{n}{t[2]}{t[1]}。"
            for a, x, n, t, back in told
        ]
        question, answer = (
            (f"{who[1]}在哪里？", f"{who[1]}在{city[1]}。"),
            (f"{who[1]}有什么？", f"{who[1]}有{number}{thing[2]}{thing[1]}。"),
            (f"谁在{city[1]}？", f"在{city[1]}的是{who[1]}。"),
            (f"谁有{thing[1]}？", f"{thing[1]}是{who[1]}的。"),
        )[asked]
        return Pair("".join(facts) + question, answer)

    return _different(one, count, seed)


_WEATHER = (("rain", "下雨"), ("snow", "下雪"), ("sun", "放晴"), ("wind", "刮风"), ("fog", "起雾"))
_DAYS = (
    ("Monday", "星期一"),
    ("Tuesday", "星期二"),
    ("Wednesday", "星期三"),
    ("Thursday", "星期四"),
    ("Friday", "星期五"),
)
_ASIDES = (
    ("As many of our readers have asked,", "应许多读者的要求,"),
    ("After a long and quiet night,", "经过漫长而安静的一夜,"),
    ("If all the signs are right,", "如果一切迹象都准确,"),
    ("To the joy of the children,", "让孩子们高兴的是,"),
    ("As in every year at this time,", "像每年的这个时候一样,"),
)
_TAILS = (
    ("so take what you need with you", "出门请做好准备"),
    ("as the station on the hill reports", "山上的气象站这样报告"),
    ("which nobody had expected so soon", "没有人想到会这么早"),
    ("and it will stay like that until the evening", "这样的天气会持续到晚上"),
)


def summaries(count: int, seed: int) -> list[Pair]:
    """Give wordy reports of the weather, each with what it says in short."""

    def one(chance: random.Random) -> Pair:
        aside, tail, weather = chance.choice(_ASIDES), chance.choice(_TAILS), chance.choice(_WEATHER)
        day, city = chance.choice(_DAYS), chance.choice(_CITIES)
        if chance.random() < 0.5:
            said = f"{aside[0]} there will be {weather[0]} in {city[0]} on {day[0]}, {tail[0]}."
            return Pair(said, f"{city[0]}, {day[0]}: {weather[0]}")
        return Pair(
            f"{aside[1]}{city[1]}{day[1]}将会{weather[1]},{tail[1]}。", f"{city[1]}{day[1]}{weather[1]}"
        )

    return _different(one, count, seed)


def _different(one: Callable[[random.Random], Pair], count: int, seed: int) -> list[Pair]:
    """Draw pairs, none twice, until there are enough or hardly a new one comes."""
    chance = random.Random(seed)
    found: dict[Pair, None] = {}
    for pair in _drawn(one, chance, 20 * count):
        found[pair] = None
        if len(found) >= count:
            break
    return list(found)


def _drawn(one: Callable[[random.Random], Pair], chance: random.Random, most: int) -> Iterator[Pair]:
    for _ in range(most):
        yield one(chance)


PAIRS: Mapping[str, Generated] = {
    "numerals": Generated(Message("Numbers and their Chinese numerals"), numerals),
    "questions": Generated(Message("Short texts with a question and its answer"), questions),
    "summaries": Generated(Message("Reports of the weather and what they say in short"), summaries),
}
"""What can be generated, by name."""
