"""Pairs of texts: what is generated is right, and every unit has a token for the end of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
import torch

from studio.data import DataError, facts_of, load
from studio.data.pairs import SOURCE, WRITTEN, end_of, one_on
from studio.data.tokens import PADDING, UNITS
from studio.data.written_pairs import PAIRS, numeral
from studio.graph import Message, Value
from studio.project import Choice

NUMERALS = {
    0: "零",
    10: "十",
    15: "十五",
    20: "二十",
    101: "一百零一",
    110: "一百一十",
    1002: "一千零二",
    1020: "一千零二十",
    1234: "一千二百三十四",
    10_000: "一万",
    20_034: "二万零三十四",
    100_000: "十万",
    110_110: "十一万零一百一十",
    10_010_010: "一千零一万零一十",
    100_000_001: "一亿零一",
    1_000_010_000: "十亿零一万",
    120_000_000: "一亿二千万",
}


def test_numerals_are_written_as_they_are_read() -> None:
    assert {number: numeral(number) for number in NUMERALS} == NUMERALS
    assert len({numeral(number) for number in range(20_000)}) == 20_000
    with pytest.raises(ValueError, match="999,999,999,999"):
        numeral(10**12)


@pytest.mark.parametrize("kind", PAIRS)
def test_generated_pairs_come_once_and_always_alike(kind: str) -> None:
    found = PAIRS[kind].write(800, 3)
    assert found == PAIRS[kind].write(800, 3)
    assert found != PAIRS[kind].write(800, 4)
    assert len(set(found)) == len(found) == 800
    assert all(pair.source and pair.target for pair in found)
    if kind == "numerals":
        assert all(numeral(int(pair.source)) == pair.target for pair in found)


FACT = re.compile(
    r"(?P<a>\w+) in (?P<x>\w+) has (?P<n>\d+) (?P<t>\w+)\. "
    r"|In (?P<x2>\w+), (?P<a2>\w+) has (?P<n2>\d+) (?P<t2>\w+)\. "
    r"|(?P<a3>[^。]+)在(?P<x3>[^。]+)有(?P<n3>\d+)(?P<t3>[^。]+)。"
    r"|(?P<x4>[^。]+)的(?P<a4>[^。]+)有(?P<n4>\d+)(?P<t4>[^。]+)。"
)


def test_every_question_is_answered_by_its_text() -> None:
    asked = [0] * 8
    for text, answer in PAIRS["questions"].write(600, 5):
        told = [{key[0]: value for key, value in m.groupdict().items() if value} for m in FACT.finditer(text)]
        assert len(told) == 3
        assert all(len({fact[key] for fact in told}) == 3 for key in "axt")
        question = FACT.sub("", text)
        known = [_answers(fact["a"], fact["x"], fact["n"], fact["t"]) for fact in told]
        assert [found[question] for found in known if question in found] == [answer]
        (place,) = (list(found).index(question) for found in known if question in found)
        asked[place] += 1
    assert min(asked) > 40


def _answers(who: str, city: str, number: str, thing: str) -> dict[str, str]:
    """Give every question that a fact answers, with the answer."""
    bare = thing.lstrip("只枚个本")
    return {
        f"Where is {who}?": f"{who} is in {city}.",
        f"What has {who}?": f"{who} has {number} {thing}.",
        f"Who is in {city}?": f"In {city} is {who}.",
        f"Who has the {bare}?": f"The {bare} are with {who}.",
        f"{who}在哪里？": f"{who}在{city}。",
        f"{who}有什么？": f"{who}有{number}{thing}。",
        f"谁在{city}？": f"在{city}的是{who}。",
        f"谁有{bare}？": f"{bare}是{who}的。",
    }


@pytest.mark.parametrize("units", UNITS)
def test_answers_are_told_one_place_on_and_end_in_every_unit(units: str) -> None:
    choice = Choice(
        "pairs",
        {
            "count": 120,
            "kind": "summaries",
            "units": units,
            "length": 40,
            "answer_length": 30,
            "vocabulary": 400,
        },
    )
    data, facts = load(choice), facts_of(choice)
    assert len(data.train) + len(data.validation) + len(data.test) + _left_out(data.skipped) == 120
    wanted, written = data.train.targets["target"], data.train.inputs[WRITTEN]
    end = end_of(data.preprocessing)
    assert torch.equal(written, one_on(wanted))
    assert bool(((wanted == end).sum(1) == 1).all())
    assert torch.equal(written[:, 1:], wanted[:, :-1])
    assert bool((written[:, 0] == PADDING).all())
    # Nothing but filling follows the end, and the words come back.
    ends = (wanted == end).int().argmax(1)
    assert all(bool((row[place + 1 :] == PADDING).all()) for row, place in zip(wanted, ends, strict=True))
    texts = {pair.target.lower() for pair in PAIRS["summaries"].write(120, 0)}
    said = {data.preprocessing.words(row).strip().lower() for row in wanted}
    if units != "words":  # which are joined by spaces
        assert said <= texts
    assert facts.inputs[SOURCE].sample == (40,)
    assert facts.classes == len(data.classes) == len(data.preprocessing.vocabulary)


def _left_out(notes: Sequence[Message]) -> int:
    return sum(cast(int, note.values["count"]) for note in notes)


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(
        "de,en,year\nHund,dog,1\nKatze,cat,2\nHund,dog,3\nMaus,,4\nEin langer Satz,a very long answer,5\n"
        + "".join(f"Wort{n},word{n},6\n" for n in range(20)),
        "utf-8",
    )
    values: dict[str, Value] = {
        "folder": str(path),
        "length": 10,
        "answer_length": 8,
        "validation": 0.2,
        "test": 0.2,
    }
    data = load(Choice("pairs", values))
    assert str(data.title) == "Pairs of pairs.csv"
    said = [str(note) for note in data.skipped]
    assert "2 rows without both texts, or seen before, were left out." in said
    assert "1 pair with an answer of more than 8 tokens was left out." in said
    parts = (data.train, data.validation, data.test)
    words = data.preprocessing.words
    read = {
        (words(source), words(target).strip())
        for part in parts
        for source, target in zip(part.inputs[SOURCE], part.targets["target"], strict=True)
    }
    assert len(read) == 22  # those that are not learned from may have letters that are not known
    assert {("Hund", "dog"), ("Katze", "cat")} & read
    turned = load(
        Choice("pairs", {**values, "source_column": "en", "target_column": "de", "answer_length": 30})
    )
    assert turned.train.inputs[SOURCE].shape[1] == 10
    with pytest.raises(DataError, match="longer than 2"):
        load(Choice("pairs", {**values, "answer_length": 2}))
    with pytest.raises(DataError, match="no file"):
        load(Choice("pairs", {"folder": str(tmp_path / "nowhere.csv")}))
