"""What no memory can hold stays on the disk: read from there, it is to the bit what it is in the memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.data import DataError, Dataset, cached, facts_of, load, loading, table, table_store, text_store
from studio.data import memory as memory_module
from studio.data.look import look
from studio.data.memory import Memory
from studio.graph import Value
from studio.project import Choice
from studio.train.judging.trying import columns_of

Short = Callable[..., None]

CHANCE = np.random.default_rng(0)
X = CHANCE.normal(size=(40, 3)).astype(np.float32)
TOKENS = CHANCE.integers(0, 50, (40, 6))
Y = np.arange(40) % 4


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Short:
    """Give what leaves next to no memory; what is kept on the disk then is kept aside."""
    monkeypatch.setattr(cached, "folder", lambda: tmp_path / "cache")

    def leave_little(free: int = 1500) -> None:
        loading._cache.clear()
        monkeypatch.setattr(memory_module, "memory", lambda: Memory(10**9, free))

    return leave_little


def require_same(held: Dataset, streamed: Dataset) -> None:
    assert held.facts == streamed.facts
    assert [f.largest for f in held.facts.inputs.values()] == [
        f.largest for f in streamed.facts.inputs.values()
    ]
    assert (held.task, held.classes, held.preprocessing) == (
        streamed.task,
        streamed.classes,
        streamed.preprocessing,
    )
    for one, other in zip(*[(d.train, d.validation, d.test) for d in (held, streamed)], strict=True):
        assert len(one) == len(other)
        if not len(one):
            continue
        assert other.stream is not None
        places = torch.randperm(len(one), generator=torch.Generator().manual_seed(0))
        for expected, found in ((one, other.here()), (one.take(places), other.take(places).here())):
            for field in ("inputs", "targets"):
                a, b = getattr(expected, field), getattr(found, field)
                assert list(a) == list(b)
                assert all(torch.equal(a[name], b[name]) and a[name].dtype == b[name].dtype for name in a)


def both(choice: Choice, short: Short, free: int = 1500) -> tuple[Dataset, Dataset]:
    held, facts = load(choice), facts_of(choice)
    short(free)
    streamed = load(choice, may_stream=True)
    assert load(choice, may_stream=True) is streamed  # it is not looked through twice
    assert facts_of(choice) == facts
    with pytest.raises(DataError):
        load(choice)
    return held, streamed


# -- arrays ----------------------------------------------------------------------------------------------


def npz(folder: Path) -> Path:
    np.savez(folder / "a.npz", x=X, target=Y)
    return folder / "a.npz"


def packed(folder: Path) -> Path:
    np.savez_compressed(folder / "a.npz", x=np.asfortranarray(X.astype(">f8")), target=Y.astype(">i2"))
    return folder / "a.npz"


def npy(folder: Path) -> Path:
    (folder / "arrays").mkdir()
    np.save(folder / "arrays" / "words.npy", TOKENS.astype(np.uint8))
    np.save(folder / "arrays" / "sizes.npy", X.astype(np.float16))
    np.save(folder / "arrays" / "target.npy", X[:, :2] / 3)
    return folder / "arrays"


def by_columns(folder: Path) -> Path:
    np.save(folder / "rows.npy", np.asfortranarray(np.column_stack([X, Y])))
    return folder / "rows.npy"


def parted(folder: Path) -> Path:
    np.savez(
        folder / "p.npz", x_train=X[:30], y_train=Y[:30], x_test=X[30:].astype(np.float64), y_test=Y[30:]
    )
    return folder / "p.npz"


def brain(folder: Path) -> Path:
    tensors = {"x": torch.from_numpy(X).bfloat16(), "target": torch.from_numpy(Y), "z": torch.zeros(40, 2, 2)}
    save_file(tensors, folder / "a.safetensors")
    return folder / "a.safetensors"


def masks(folder: Path) -> Path:
    marked = np.array([3, 7, 200])[CHANCE.integers(0, 3, (40, 1, 8, 8))].astype(np.uint8)
    torch.save((torch.rand(40, 1, 8, 8), torch.from_numpy(marked)), folder / "masks.pt")
    return folder / "masks.pt"


@pytest.mark.parametrize("write", [npz, packed, npy, by_columns, parted, brain, masks])
def test_arrays_on_the_disk_are_those_in_the_memory(
    tmp_path: Path, write: Callable[[Path], Path], short: Short
) -> None:
    choice = Choice("arrays", {"folder": str(write(tmp_path)), "validation": 0.2, "test": 0.1})
    require_same(*both(choice, short))


def test_arrays_to_be_given_back_are_read_once(tmp_path: Path, short: Short) -> None:
    held, streamed = both(Choice("arrays", {"folder": str(npz(tmp_path)), "learn": "itself"}), short, 700)
    require_same(held, streamed)
    stream = streamed.train.stream
    assert stream is not None
    inputs, targets = stream.read_all((1, 2))
    assert inputs["x"] is targets["target"]


def test_broken_numbers_on_the_disk_are_told_as_those_in_the_memory(tmp_path: Path, short: Short) -> None:
    wrong = X.copy()
    wrong[[7, 9], 1] = np.nan, np.inf
    np.savez(tmp_path / "a.npz", x=wrong, target=Y)
    choice = Choice("arrays", {"folder": str(tmp_path / "a.npz")})
    with pytest.raises(DataError) as held:
        load(choice)
    short()
    with pytest.raises(DataError) as streamed:
        load(choice, may_stream=True)
    assert str(streamed.value) == str(held.value)


def test_a_file_that_is_cut_off_meanwhile_is_told(tmp_path: Path, short: Short) -> None:
    path = npz(tmp_path)
    short()
    data = load(Choice("arrays", {"folder": str(path)}), may_stream=True)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(DataError, match=r"a\.npz cannot be read any more: it was changed or removed"):
        data.train.here()


def test_what_is_unpacked_needs_room_and_goes_when_it_is_unused(
    tmp_path: Path, short: Short, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = Choice("arrays", {"folder": str(packed(tmp_path))})
    short()
    monkeypatch.setattr(cached, "_SPARE", 1 << 60)
    with pytest.raises(DataError, match="Make room, or use fewer samples"):
        load(choice, may_stream=True)
    monkeypatch.undo()
    monkeypatch.setattr(cached, "folder", lambda: tmp_path / "cache")

    def make(text: str) -> Path:
        return cached.made_once(text, 1, lambda folder: _write(folder / "a", text))

    first = make("one")
    assert make("one") == first
    monkeypatch.setattr("studio.data.cached.time.time", lambda: 1e12)
    second = make("two")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [second.name]


def _write(path: Path, text: str) -> None:
    path.write_text(text)


# -- tables ----------------------------------------------------------------------------------------------


def written(path: Path, separator: str = ",", rows: int = 300) -> str:
    """Write a table with numbers, gaps, words, dates, a counter, remarks and groups."""
    lines = [separator.join(("id", "size", "colour", "day", "remark", "group", "price", "kind"))]
    for n in range(rows):
        size = "" if n % 11 == 4 else f"{CHANCE.normal():.5f}"
        colour = ("red", "blue", "", "green")[n % 4]
        cells = (f"{n}", size, colour, f"20{n % 20:02}-01-{1 + n % 28:02}", f"note no {n} says",
                 f"g{n % 17}", f"{CHANCE.normal() * 100:.3f}", "abc"[n % 3])  # fmt: skip
        lines.append(separator.join(cells))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


@pytest.mark.parametrize(
    "values",
    [
        {"target": "kind"},
        {"target": "price", "missing": "drop"},
        {"target": "price, size", "split_column": "group", "standardise": False},
        {"target": "kind", "columns": "id: number, colour: ignore", "split_seed": 3},
    ],
)
def test_a_table_on_the_disk_is_the_one_in_the_memory(
    tmp_path: Path, short: Short, values: dict[str, Value], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_store, "_ROWS", 37)
    choice = Choice("table", {"folder": written(tmp_path / "t.csv"), **values})
    held, streamed = both(choice, short)
    require_same(held, streamed)
    assert [column.name for column in look(choice).columns] == ["id", "size", "colour", "day", "remark",
                                                                "group", "price", "kind"]  # fmt: skip
    assert [str(note) for note in streamed.skipped] == [str(note) for note in held.skipped]
    assert columns_of(streamed) == columns_of(held)
    before = {path for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    loading._cache.clear()
    require_same(held, load(choice, may_stream=True))  # from what is on the disk by now
    assert {path for path in (tmp_path / "cache").rglob("*") if path.is_file()} == before


def test_a_table_of_parquet_stays_on_the_disk(tmp_path: Path, short: Short) -> None:
    from pyarrow import csv, parquet

    parquet.write_table(csv.read_csv(written(tmp_path / "t.csv")), tmp_path / "t.parquet")
    choice = Choice("table", {"folder": str(tmp_path / "t.parquet"), "target": "kind"})
    require_same(*both(choice, short))


def test_tables_of_several_files_stay_on_the_disk(tmp_path: Path, short: Short) -> None:
    files = {"test_file": written(tmp_path / "test.tsv", "\t", 20), "target": "kind"}
    require_same(*both(Choice("table", {"folder": written(tmp_path / "t.csv"), **files}), short))


def test_a_table_that_is_larger_than_it_looked_stays_on_the_disk_too(
    tmp_path: Path, short: Short, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = Choice("table", {"folder": written(tmp_path / "t.csv"), "target": "kind"})
    held = load(choice)
    monkeypatch.setattr(table, "_guessed", lambda _files: 1)
    short(4000)
    require_same(held, load(choice, may_stream=True))


# -- texts -----------------------------------------------------------------------------------------------


def texts(folder: Path, files: int) -> str:
    """Write texts in two languages, with all kinds of gaps."""
    folder.mkdir()
    for n in range(files):
        lines = [
            f"Line {n * k} says  天气很好，\tisn't\r\n it? <{k % 7}>" + "\n" * (k % 3)
            for k in range(900 // files)
        ]
        (folder / f"{n}.txt").write_text("\n".join(lines), "gb18030" if n % 2 else "utf-8", newline="")
    (folder / "blank.txt").write_text(" \n")
    return str(folder)


@pytest.mark.parametrize("units", ["characters", "bytes", "words", "bpe"])
@pytest.mark.parametrize("files", [2, 25])
def test_a_text_on_the_disk_is_the_one_in_the_memory(
    tmp_path: Path, short: Short, monkeypatch: pytest.MonkeyPatch, units: str, files: int
) -> None:
    monkeypatch.setattr(text_store, "_AT_ONCE", 61)
    values: dict[str, Value] = {"units": units, "vocabulary": 400, "length": 7, "stride": files % 8}
    choice = Choice("text", {"folder": texts(tmp_path / "texts", files), **values})
    held, streamed = both(choice, short)
    require_same(held, streamed)
    assert [str(note) for note in streamed.skipped] == [str(note) for note in held.skipped]
    assert [one.code for one in look(choice).dangers if one.code == "unknown_words"] == []


@pytest.mark.parametrize("table", [True, False])
def test_texts_with_classes_on_the_disk_are_those_in_the_memory(
    tmp_path: Path, short: Short, table: bool
) -> None:
    said = [
        ("good" if n % 3 else "bad", f"text {n} is {'happy' if n % 3 else 'sad'} 天气") for n in range(60)
    ]
    if table:
        lines = ["n,what,label", *(f"{n},{text},{label}" for n, (label, text) in enumerate(said)), "60,,good"]
        (tmp_path / "t.csv").write_text("\n".join(lines), "utf-8")
        values: dict[str, Value] = {"folder": str(tmp_path / "t.csv"), "text_column": "what"}
    else:
        for n, (label, text) in enumerate(said):
            path = tmp_path / "texts" / ("test" if n % 4 == 0 else "train") / label / f"{n}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if n != 7 else " ", "utf-8")
        values = {"folder": str(tmp_path / "texts")}
    held, streamed = both(Choice("text_classes", {**values, "length": 5, "units": "words"}), short)
    require_same(held, streamed)
    assert [str(note) for note in streamed.skipped] == [str(note) for note in held.skipped]
