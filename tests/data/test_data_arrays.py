"""Arrays of a person in every kind of file: the same samples, or refused in one line; nothing is run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.data import DataError, facts_of, load
from studio.data import memory as memory_module
from studio.data.array_files import Array
from studio.data.dataset import INPUT, TARGET
from studio.data.memory import Memory
from studio.graph import Value
from studio.project import Choice

X = np.arange(60.0).reshape(20, 3).astype(np.float32)
Y = np.arange(20) % 4


def choice(path: Path, **values: Value) -> Choice:
    return Choice("arrays", {"folder": str(path), "validation": 0.0, "test": 0.0, **values})


def npz(folder: Path) -> Path:
    np.savez(folder / "a.npz", x=X, target=Y)
    return folder / "a.npz"


def npy(folder: Path) -> Path:
    (folder / "arrays").mkdir()
    np.save(folder / "arrays" / "x.npy", X)
    np.save(folder / "arrays" / "target.npy", Y)
    return folder / "arrays"


def pt(folder: Path) -> Path:
    torch.save({"x": torch.from_numpy(X), "y": torch.from_numpy(Y)}, folder / "a.pt")
    return folder / "a.pt"


def pair(folder: Path) -> Path:
    torch.save((torch.from_numpy(X).bfloat16(), torch.from_numpy(Y)), folder / "pair.pth")
    return folder / "pair.pth"


def safetensors(folder: Path) -> Path:
    save_file({"x": torch.from_numpy(X), "target": torch.from_numpy(Y)}, folder / "a.safetensors")
    return folder / "a.safetensors"


KINDS: tuple[Callable[[Path], Path], ...] = (npz, npy, pt, pair, safetensors)


@pytest.mark.parametrize("write", KINDS)
def test_every_file_gives_the_same_samples(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    made = choice(write(tmp_path))
    told = facts_of(made)
    data = load(made)
    assert told == data.facts
    assert data.task == "classification"
    assert torch.equal(data.train.inputs["x"], torch.from_numpy(X))
    assert torch.equal(data.train.targets[TARGET], torch.from_numpy(Y))


def test_the_last_column_of_a_single_array_is_the_target(tmp_path: Path) -> None:
    np.save(tmp_path / "rows.npy", X)
    made = choice(tmp_path / "rows.npy")
    data = load(made)
    assert facts_of(made) == data.facts
    assert torch.equal(data.train.inputs["x"], torch.from_numpy(X[:, :2]))
    assert torch.equal(data.train.targets[TARGET], torch.from_numpy(X[:, 2]))


def test_given_parts_are_kept(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x_test=X[:4], y_test=Y[:4], x_train=X[4:], y_train=Y[4:])
    made = choice(tmp_path / "a.npz", validation=0.25, test=0.5)
    data = load(made)
    assert facts_of(made) == data.facts
    assert (len(data.train), len(data.validation), len(data.test)) == (12, 4, 4)
    assert torch.equal(data.test.inputs["x"], torch.from_numpy(X[:4]))
    np.savez(tmp_path / "b.npz", x_test=X, target=Y)  # this is a name, not a part
    assert list(load(choice(tmp_path / "b.npz")).train.inputs) == ["x_test"]


def test_samples_can_be_learned_without_labels(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=X)
    made = choice(tmp_path / "a.npz", learn="itself")
    data = load(made)
    assert facts_of(made) == data.facts
    assert data.task == "regression"
    assert torch.equal(data.train.targets[TARGET], data.train.inputs["x"])


class Bomb:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.marker,)  # type: ignore[return-value]


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(choice(path))
    with pytest.raises(DataError):
        facts_of(choice(path))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_python_objects_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    torch.save({"x": Bomb(marker)}, tmp_path / "a.pt")
    assert refusal(tmp_path / "a.pt").startswith("a.pt holds Python objects")
    np.save(tmp_path / "a.npy", np.array([Bomb(marker)] * 3, dtype=object))
    assert "holds Python objects" in refusal(tmp_path / "a.npy")
    (tmp_path / "a.safetensors").write_bytes((tmp_path / "a.pt").read_bytes())
    assert refusal(tmp_path / "a.safetensors").startswith("a.safetensors is damaged or not what")
    assert not marker.exists()


def test_tensors_that_claim_more_than_they_hold_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.save({"x": torch.zeros(1).expand(10**6, 10**6), "target": torch.zeros(3)}, tmp_path / "a.pt")
    assert refusal(tmp_path / "a.pt") == "The array “x” is cut off."
    torch.save({"x": torch.zeros(10**6), "target": torch.zeros(10**6)}, tmp_path / "b.pt")
    packed = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "b.pt") as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info.filename))
    (tmp_path / "b.pt").write_bytes(packed.getvalue())
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(10**9, 10**7))
    assert "The data would take 8.0 MB of memory" in refusal(tmp_path / "b.pt")


@pytest.mark.parametrize("write", [pt, pair, safetensors])
def test_cut_files_are_refused(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path)
    whole = path.read_bytes()
    for size in (0, 9, len(whole) // 2, len(whole) - 3):
        path.write_bytes(whole[:size])
        assert path.name in refusal(path)


# -- series ----------------------------------------------------------------------------------------------


def series(**values: Value) -> Choice:
    return Choice("series", values)


def test_windows_go_by_time_and_what_follows_is_the_target() -> None:
    data = load(series(count=200, window=10, horizon=3, noise=0.0, trend=1.0, period=20))
    whole = torch.cat([data.train.inputs[INPUT][:, 0, 0], data.train.inputs[INPUT][-1, 1:, 0]])
    assert torch.equal(data.train.targets[TARGET][0], whole[10:13])
    assert [len(part) for part in (data.train, data.validation, data.test)] == [140 - 12, 20 - 2, 40 - 2]
    last = data.preprocessing.in_unit(data.test.targets[TARGET][-1])
    first = data.preprocessing.in_unit(data.train.targets[TARGET][0])
    assert float(last.mean() - first.mean()) > 7  # the newest is judged by: it has risen by 9 seasons
    assert abs(data.preprocessing.target_mean - 70 / 20) < 0.2  # of the training time alone
    assert torch.equal(data.validation.inputs[INPUT][0, 0, 0], whole[130])  # what is seen may lie before


def test_another_seed_makes_another_series() -> None:
    one, same, other = (load(series(count=100, window=5, seed=seed)) for seed in (1, 1, 2))
    assert torch.equal(one.train.inputs[INPUT], same.train.inputs[INPUT])
    assert not torch.equal(one.train.inputs[INPUT], other.train.inputs[INPUT])


def test_a_table_is_a_series_in_the_order_of_its_dates(tmp_path: Path) -> None:
    lines = [
        f"2024-01-{1 + (5 * n) % 28:02},{(5 * n) % 28},{'' if n == 4 else 5 * ((5 * n) % 28)}"
        for n in range(28)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["day,one,two", *lines]), "utf-8")
    made = series(folder=str(path), window=3, horizon=2, target="two", validation=0.2, test=0.2)
    data = load(made)
    assert facts_of(made) == data.facts
    assert data.preprocessing.columns == ("one", "two")
    mean, std = (torch.tensor(values) for values in (data.preprocessing.mean, data.preprocessing.std))
    raw = data.train.inputs[INPUT][0] * std + mean
    assert torch.allclose(raw, torch.tensor([[0.0, 0.0], [1.0, 5.0], [2.0, 10.0]]), atol=1e-4)
    told = data.preprocessing.in_unit(data.train.targets[TARGET][0])
    assert torch.allclose(told, torch.tensor([15.0, 20.0]).double(), atol=1e-4)
    said = [str(note) for note in data.skipped]
    assert said == [
        "The rows were brought into the order of “day”.",
        "“two”: 1 gap was filled with the value before.",
    ]
    carried = data.preprocessing.in_unit(data.validation.targets[TARGET][3])
    assert torch.allclose(carried, torch.tensor([95.0, 95.0]).double(), atol=1e-4)
    again = data.preprocessing.series([[0, 0], [1, 5], [2, 10]])
    assert torch.equal(again, data.train.inputs[INPUT][0])
    both = load(series(folder=str(path), window=3, horizon=2, target="two, one"))
    assert both.train.targets[TARGET].shape[1:] == (2, 2)
    with pytest.raises(DataError, match="holds no numbers"):
        load(series(folder=str(path), target="day"))


def test_a_series_that_is_too_short_is_refused() -> None:
    with pytest.raises(
        DataError, match="has 14 steps to learn from, and a window with its forecast takes 49"
    ):
        facts_of(series(count=20))


@pytest.mark.parametrize(("x", "target", "classes"), [
    (np.zeros((8, 5), np.int64), np.arange(40).reshape(8, 5) % 3 * 7, ("0", "7", "14")),
    (np.zeros((8, 5, 2), np.float32), np.arange(40).reshape(8, 5) % 3, ("0", "1", "2")),
    (np.zeros((8, 1, 4, 5), np.float32), np.arange(160).reshape(8, 4, 5) % 2 * 255, ("0", "255")),
    (np.zeros((8, 3, 4, 5), np.float32), np.arange(160).reshape(8, 1, 4, 5) % 2 > 0, ("no", "yes")),
])  # fmt: skip
def test_a_class_for_each_place_is_known_by_its_sizes(
    x: Array, target: Array, classes: tuple[str, ...], tmp_path: Path
) -> None:
    np.savez(tmp_path / "a.npz", x=x, target=target)
    data = load(choice(tmp_path / "a.npz"))
    facts = facts_of(choice(tmp_path / "a.npz"))
    assert (data.task, data.classes) == ("classification", classes)
    assert (facts.task, facts.classes, facts.targets[TARGET].whole) == ("classification", len(classes), True)
    found = data.train.targets[TARGET]
    wanted = np.unique(target, return_inverse=True)[1].reshape(found.shape)
    assert found.dtype == torch.int64
    assert sorted(map(tuple, found.flatten(1).tolist())) == sorted(map(tuple, wanted.reshape(8, -1).tolist()))


def test_numbers_of_other_sizes_stay_numbers(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.zeros((8, 5), np.float32), target=np.arange(40).reshape(8, 5))
    assert load(choice(tmp_path / "a.npz")).task == "regression"
