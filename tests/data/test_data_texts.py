"""Texts of a person become tokens that are learned from the training part alone, and come back as texts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import torch

from studio.data import DataError, Dataset, Preprocessing, documents, facts_of, load, tokens
from studio.data.dataset import INPUT, TARGET
from studio.graph import Value
from studio.project import Choice
from tests.data.own_files import running_text, texts

WRITTEN = "Line 7 says 天气 is good."


def choice(kind: str, path: Path | str, **values: Value) -> Choice:
    return Choice(kind, {"folder": str(path), **values})


def parts(data: Dataset) -> list[torch.Tensor]:
    return [split.inputs[INPUT] for split in (data.train, data.validation, data.test)]


@pytest.mark.parametrize("units", tokens.UNITS)
def test_a_text_becomes_tokens_and_comes_back(tmp_path: Path, units: str) -> None:
    made = choice("text", running_text(tmp_path / "a.txt"), units=units, vocabulary=300, length=8)
    data = load(made)
    assert facts_of(made) == data.facts
    assert data.facts.classes == len(data.preprocessing.vocabulary)
    facts = Preprocessing.from_json(json.loads(json.dumps(data.preprocessing.json())))
    assert facts == data.preprocessing
    expected = "line 7 says 天气 is good." if units == "words" else WRITTEN
    assert facts.words(torch.tensor(facts.numbers(WRITTEN))) == expected
    assert facts.tokens(WRITTEN)[:8].tolist() == (facts.numbers(WRITTEN) + [0] * 8)[:8]
    lengths = {"characters": 23, "bytes": 27, "words": 8}
    assert len(facts.numbers(WRITTEN)) == lengths.get(units, len(facts.numbers(WRITTEN))) < 30


def test_the_target_of_a_window_is_what_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(chr(97 + n % 26) for n in range(200)), "utf-8")
    data = load(choice("text", path, length=10, stride=3, validation=0.2, test=0.2))
    row = data.train
    assert row.inputs[INPUT].shape == row.targets[TARGET].shape == (37, 10)
    assert torch.equal(row.inputs[INPUT][:, 1:], row.targets[TARGET][:, :-1])
    assert data.preprocessing.words(row.inputs[INPUT][1]) == "defghijklm"
    assert data.preprocessing.words(row.targets[TARGET][1]) == "efghijklmn"
    ends = [data.preprocessing.words(part[0])[0] for part in parts(data)]
    assert ends == ["a", chr(97 + 120 % 26), chr(97 + 160 % 26)]  # the end of a text is judged by
    assert row.inputs[INPUT].untyped_storage().nbytes() == 120 * 8  # windows share the memory of the text


def test_tokens_are_learned_from_the_training_part_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ab" * 70 + "cd" * 30, "utf-8")
    data = load(choice("text", path, length=4, validation=0.0, test=0.3))
    assert data.preprocessing.vocabulary == ("<padding>", "<unknown>", "a", "b")
    assert set(data.test.inputs[INPUT].flatten().tolist()) == {tokens.UNKNOWN}


def test_the_documentation_of_python_is_there_without_a_download() -> None:
    data = load(Choice("text", {"length": 32}))
    assert len(data.train) > 5000
    counts = Counter(data.preprocessing.words(data.train.inputs[INPUT].flatten()[:50_000]))
    assert counts.most_common(1)[0][0] == " "
    train, _, test = ({row.numpy().tobytes() for row in part} for part in parts(data))
    assert len(train & test) < 0.05 * len(test)  # lines of signs are the same everywhere


def test_docstrings_are_another_text_whose_bytes_are_the_same_tokens() -> None:
    texts = documents.docstrings()
    assert len(texts) == len(documents.MODULES)
    assert (
        "choice\nChoose a random element from a non-empty sequence."
        in texts[documents.MODULES.index("random")]
    )
    one, other = (
        load(Choice("text", {"kind": kind, "units": "bytes"})) for kind in ("documentation", "docstrings")
    )
    assert one.preprocessing.vocabulary == other.preprocessing.vocabulary
    assert not torch.equal(one.train.inputs[INPUT][0], other.train.inputs[INPUT][0])
    assert len(other.test) > 50


def test_many_texts_are_dealt_out_whole(tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n}.txt").write_text(f"{chr(0x4E00 + n)}" * 30, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xff" * 11)
    (tmp_path / "empty.md").write_text("")
    data = load(choice("text", tmp_path, length=5, vocabulary=100))
    assert len(data.preprocessing.vocabulary) == 2 + 1 + 28
    said = [str(note) for note in data.skipped]
    assert said[1] == "empty.md: skipped, it is empty."
    assert said[0].startswith("bad.txt: skipped. Line 1 of bad.txt is neither UTF-8")
    other = load(choice("text", tmp_path, length=5, vocabulary=100, split_seed=3))
    assert other.preprocessing.vocabulary != data.preprocessing.vocabulary


def test_too_little_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("short", "utf-8")
    with pytest.raises(DataError, match="shorter than one window of 64 tokens"):
        load(choice("text", tmp_path / "a.txt"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="No texts"):
        load(choice("text", tmp_path / "empty"))
    with pytest.raises(DataError, match="There is no file or folder"):
        load(choice("text", tmp_path / "gone"))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_classes_of_texts_come_from_folders(tmp_path: Path, encoding: str) -> None:
    for n in range(12):
        for label in ("喜欢", "讨厌"):
            path = tmp_path / label / f"{n}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(f"我{label}苹果 {n}".encode(encoding))
    made = choice("text_classes", tmp_path, length=6)
    data = load(made)
    assert facts_of(made) == data.facts
    assert data.classes == ("喜欢", "讨厌")
    for split in (data.train, data.test):
        for row, label in zip(split.inputs[INPUT], split.targets[TARGET].tolist(), strict=True):
            assert data.classes[label] in data.preprocessing.words(row).replace(" ", "")


def test_texts_of_given_parts_stay_there(tmp_path: Path) -> None:
    texts(tmp_path / "train")
    for label in ("good", "bad"):
        (tmp_path / "test" / label).mkdir(parents=True)
        (tmp_path / "test" / label / "1.txt").write_text(f"unseen {label}", "utf-8")
    data = load(choice("text_classes", tmp_path, length=4))
    assert (len(data.train), len(data.validation), len(data.test)) == (18, 2, 2)
    assert data.preprocessing.words(data.test.inputs[INPUT][0]) == "<unknown> <unknown>"


def test_classes_of_texts_come_from_a_table(tmp_path: Path) -> None:
    lines = [
        f'{n},"the film was {("great fun", "a long bore")[n % 2]}, number {n}",{n % 2}' for n in range(30)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["id,review,sentiment", *lines, "30,,1", "31,no class,"]), "utf-8")
    data = load(choice("text_classes", path))
    assert data.classes == ("0", "1")
    assert "great" in data.preprocessing.vocabulary
    assert "2 rows without a text or class were left out." in map(str, data.skipped)
    with pytest.raises(DataError, match="There is no column “text”"):
        load(choice("text_classes", path, text_column="text"))
