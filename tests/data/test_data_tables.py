"""Tables of a person: understood, prepared by the training rows alone, or refused by line."""

from __future__ import annotations

import json
import math
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.data import DataError, Dataset, Preprocessing, PreprocessingError, facts_of, load
from studio.data import memory as memory_module
from studio.data.columns import corrections, look_through, read_columns
from studio.data.dataset import INPUT, TARGET, Field
from studio.data.memory import Memory
from studio.data.rows import rows_of
from studio.graph import Value
from studio.project import Choice

CITIES = ("Paris", "Oslo", "北京")


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def people(count: int = 30) -> str:
    lines = ["id,age,city,born,note,label"]
    for n in range(count):
        age = "" if n % 7 == 3 else f"{20 + n}.5"
        day = f"20{10 + n % 9}-0{1 + n % 9}-1{n % 9}"
        lines.append(f"{n},{age},{CITIES[n % 3]},{day},some words about {n} {n},{'yes' if n % 2 else 'no'}")
    return "\n".join(lines) + "\n"


def table(path: Path, **values: Value) -> Choice:
    return Choice("table", {"folder": str(path), **values})


def refusal(path: Path, **values: Value) -> str:
    with pytest.raises(DataError) as caught:
        load(table(path, **values))
    with pytest.raises(DataError) as told:
        facts_of(table(path, **values))
    assert str(told.value) == str(caught.value)
    return str(caught.value)


def kinds(path: Path, corrected: str = "") -> dict[str, str]:
    found = look_through([rows_of(path)], corrections(corrected))
    return {column.name: column.kind for column in found}


def rows(data: Dataset) -> torch.Tensor:
    return torch.cat([part.inputs[INPUT] for part in (data.train, data.validation, data.test)])


def test_what_columns_hold_is_found_and_can_be_corrected(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", people())
    expected = {"id": "ignore", "age": "number", "city": "category", "born": "date", "note": "text"}
    assert kinds(path) == {**expected, "label": "category"}
    assert kinds(path, 'id: number, "city": ignore')["id"] == "number"
    assert "a kind is one of number, category" in refusal(path, columns="age: colour")
    assert "There is no column “aeg”" in refusal(path, columns="aeg: number")
    assert "Line 2 of a.csv: “Paris” in the column “city” is no number" in refusal(
        path, columns="city: number"
    )


def test_a_table_becomes_numbers_by_its_training_rows(tmp_path: Path) -> None:
    data = load(table(written(tmp_path / "a.csv", people())))
    assert (data.task, data.classes) == ("binary", ("no", "yes"))
    titles = data.preprocessing.columns
    assert titles[:4] == ("age", "city = Oslo", "city = Paris", "city = 北京")
    train = data.train.inputs[INPUT].double()
    assert abs(float(train[:, 0].mean())) < 1e-6
    assert math.isclose(float(train[:, 0].std(correction=0)), 1, rel_tol=1e-5)
    assert torch.equal(train[:, 1:4].sum(1), torch.ones(len(train), dtype=torch.float64))
    said = [str(note) for note in data.skipped]
    assert "a.csv was read as UTF-8 with commas between its cells." in said
    assert "“note” holds texts and is left out." in said
    assert any(note.startswith("“age”: 4 missing cells were filled with ") for note in said)
    dropped = load(table(tmp_path / "a.csv", missing="drop"))
    assert len(rows(dropped)) == 26
    assert "4 rows were left out for a missing cell, first row 4." in map(str, dropped.skipped)


def test_only_training_rows_are_learned_from(tmp_path: Path) -> None:
    text = "split,size,colour,y\n"
    text += "".join(f"train,{n * n},{'red' if n % 2 else 'blue'},{n / 7}\n" for n in range(10))
    text += "valid,1000,green,5.5\ntest,,,2.5\n"
    data = load(table(written(tmp_path / "a.csv", text), split_column="split"))
    assert (len(data.train), len(data.validation), len(data.test)) == (10, 1, 1)
    feature = data.preprocessing.features[0]
    assert (feature.mean, feature.fill) == (28.5, 20.5)  # the mean and the median
    assert data.preprocessing.columns == ("size", "colour = blue", "colour = red")
    assert data.validation.inputs[INPUT][0, 1:].tolist() == [0, 0]
    assert data.test.inputs[INPUT][0, 1:].tolist() == [1, 0]  # of two as frequent the first
    filled = float(data.test.inputs[INPUT][0, 0]) * feature.std + feature.mean
    assert math.isclose(filled, 20.5, rel_tol=1e-5)
    known = np.arange(10) / 7
    assert math.isclose(data.preprocessing.target_mean, known.mean())
    back = data.preprocessing.in_unit(data.test.targets[TARGET])
    assert torch.allclose(back, torch.tensor([2.5], dtype=torch.float64))


def test_a_row_that_is_typed_becomes_the_row_of_the_training(tmp_path: Path) -> None:
    lines = people().splitlines()
    data = load(table(written(tmp_path / "a.csv", people())))
    facts = Preprocessing.from_json(json.loads(json.dumps(data.preprocessing.json())))
    assert facts == data.preprocessing
    seen = {row.numpy().tobytes() for row in rows(data)}
    names = lines[0].split(",")
    made = [facts.row(dict(zip(names, line.split(","), strict=True))) for line in lines[1:]]
    assert {row.numpy().tobytes() for row in made} == seen
    with pytest.raises(PreprocessingError, match="“old” is not what the column “age” holds"):
        facts.row({"age": "old"})


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16"),
     ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")],
)  # fmt: skip
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, said: str) -> None:
    data = load(table(written(tmp_path / "a.csv", people(), encoding)))
    assert "city = 北京" in data.preprocessing.columns
    assert str(data.skipped[0]).startswith(f"a.csv was read as {said} ")


def test_what_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(people().encode() + b"1,2,caf\xe9,2010-01-01,x,no\n")
    assert refusal(path).startswith("Line 32 of a.csv is neither UTF-8, UTF-16 nor GBK.")
    assert refusal(path, encoding="utf-8").startswith("Line 32 of a.csv is not UTF-8.")
    assert len(load(table(path, encoding="latin-1")).classes) == 2
    path.write_bytes(b"")
    assert refusal(path) == "a.csv is empty."


@pytest.mark.parametrize(("sign", "ending"), [(";", ".csv"), ("\t", ".tsv"), ("|", ".txt")])
def test_separators_and_decimal_commas_are_found(tmp_path: Path, sign: str, ending: str) -> None:
    text = "".join(
        sign.join(("1,5" if n % 2 else f"{n},25", f"{n}", "a" if n % 3 else "b")) + "\n" for n in range(20)
    )
    data = load(table(written(tmp_path / f"a{ending}", text), standardise=False))
    assert data.preprocessing.columns == ("column 1", "column 2")
    assert 1.5 in rows(data)[:, 0]
    assert float(data.preprocessing.row({"column 1": "7,5", "column 2": 3})[0]) == 7.5


def test_a_ragged_row_is_named_and_so_is_an_open_quotation(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", people() + "1,2,3\n")
    assert refusal(path).startswith("Line 32 of a.csv has 3 cells, and the first one has 6.")
    written(path, people() + '"' + "x" * 200_000)
    assert refusal(path).startswith("From line 32 on, a.csv has a cell that does not end.")


def test_formulas_are_texts(tmp_path: Path) -> None:
    text = "sum,x,y\n" + "".join(f"=1+{n % 2},{n},{n % 2}\n" for n in range(12))
    data = load(table(written(tmp_path / "a.csv", text)))
    assert data.preprocessing.columns == ("sum = =1+0", "sum = =1+1", "x")


def test_the_target_tells_the_task(tmp_path: Path) -> None:
    text = "x,few,many,rain,wind\n"
    text += "".join(f"{n},{n % 3},{n * 1.5},{'yes' if n % 2 else 'no'},{n % 2}\n" for n in range(40))
    path = written(tmp_path / "a.csv", text)
    for target, expected in {
        "few": ("classification", ("0", "1", "2"), ()),
        "many": ("regression", (), ()),
        "many, x": ("regression", (), (2,)),
        "rain, wind": ("multilabel", ("rain", "wind"), (2,)),
    }.items():
        data = load(table(path, target=target))
        facts = facts_of(table(path, target=target))
        assert (data.task, data.classes, facts.targets[TARGET].sample) == expected
        assert facts == data.facts
    labels = load(table(path, target="rain, wind")).train.targets[TARGET]
    assert torch.equal(labels[:, 0], labels[:, 1])
    assert load(table(path, target="few", columns="few: number")).task == "regression"
    assert "There is no column “rian”" in refusal(path, target="rian")
    assert "all be numbers, or all be yes or no" in refusal(path, target="many, rain")


def test_rows_of_one_value_stay_together_and_files_of_their_own_are_kept(tmp_path: Path) -> None:
    text = "person,x,y\n" + "".join(f"p{n // 5},{n},{n % 2}\n" for n in range(100))
    path = written(tmp_path / "a.csv", text)
    data = load(table(path, split_column="person", standardise=False))
    groups = [
        {int(x) // 5 for x in part.inputs[INPUT][:, 0]} for part in (data.train, data.validation, data.test)
    ]
    assert [len(group) for group in groups] == [14, 2, 4]
    assert not groups[0] & groups[1] | groups[0] & groups[2] | groups[1] & groups[2]
    other = written(tmp_path / "b.csv", "person,x,y\np1,-1,0\np2,-2,1\n")
    data = load(table(path, test_file=str(other), standardise=False))
    assert (len(data.train), len(data.validation), len(data.test)) == (90, 10, 2)
    assert data.test.inputs[INPUT][:, -1].tolist() == [-1, -2]
    data = load(table(path, validation_file=str(other)))
    assert (len(data.train), len(data.validation), len(data.test)) == (80, 2, 20)
    written(other, "person,z,y\np1,-1,0\n")
    assert "b.csv has the columns person, z, y, and a.csv has" in refusal(path, test_file=str(other))


def test_another_seed_splits_otherwise(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", people())
    first, again = (load(table(path, split_seed=seed)).test.inputs[INPUT] for seed in (0, 1))
    assert not torch.equal(first, again)


def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    columns: Mapping[str, list[object]] = {
        "x": [None if n == 3 else n / 4 for n in range(20)],
        "ok": [n % 2 == 0 for n in range(20)],
        "label": ["a" if n % 3 else "b" for n in range(20)],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    data = load(table(tmp_path / "a.parquet"))
    assert data.preprocessing.columns == ("x", "ok = false", "ok = true")
    assert data.classes == ("a", "b")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 is not enough")
    assert refusal(tmp_path / "a.parquet") == "a.parquet is not a whole file of Parquet."


def test_a_table_that_is_too_large_is_refused_after_its_first_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "a.csv", "a,b,c\n" + "1.5,2.5,0\n" * 5000)
    with path.open("r+b") as file:
        file.truncate(10 << 30)  # a hole of 10 GB, which is never read
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(16 << 30, 2 << 30))
    monkeypatch.setattr("studio.data.rows.encoding_of", lambda *_: "utf-8")
    with pytest.raises(DataError, match="The data would take "):
        load(table(path))
    with pytest.raises(DataError, match=r"From line 5002 on, a\.csv has a cell that does not end"):
        facts_of(table(path))  # what it holds is looked for on the disk


def test_many_numbers_are_looked_at_as_closely_as_few(tmp_path: Path) -> None:
    cells = [f"{n}.5" for n in range(3000)]
    cells[1500], cells[2500] = "inf", ""
    path = written(tmp_path / "a.csv", "a,b\n" + "".join(f"{cell},{n % 3}\n" for n, cell in enumerate(cells)))
    number, label = look_through([rows_of(path)], {})
    assert (number.kind, number.count, number.missing, number.whole) == ("number", 3000, 2, False)
    assert (label.kind, label.count, label.missing, label.different) == ("number", 3000, 0, 3)
    found = read_columns([rows_of(path)], [number])["a"].numbers
    assert found is not None
    assert np.isnan(found).nonzero()[0].tolist() == [1500, 2500]
    written(path, path.read_text("utf-8") + "1_0,2\n")
    assert look_through([rows_of(path)], {})[0].kind != "number"


def test_looking_through_a_table_needs_no_more_memory_for_more_rows(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = written(tmp_path / f"{count}.csv", "a,b\n" + "".join(f"{n},word {n}\n" for n in range(count)))
        tracemalloc.start()
        look_through([rows_of(path)], {})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(30_000) < 1.5 * peak(6_000) + 500_000


def test_what_is_told_before_reading_is_what_is_read(tmp_path: Path) -> None:
    choice = table(written(tmp_path / "a.csv", people()))
    told = facts_of(choice)
    assert told == load(choice).facts
    assert told.inputs == {INPUT: Field((9,))}
