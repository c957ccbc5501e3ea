"""Weights, records and curves on the disk: kept whole, read strictly, shared between threads."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from studio.graph import Message
from studio.project import MODEL
from studio.train import RunRecord, RunStore, TrainError
from studio.train.runs.record import make_run_folder, new_run_dir, read_record, store_folder
from studio.train.runs.weights import load_tensors, packed, read_weights, tensors_of

# -- weights ---------------------------------------------------------------------------------------------


class Tied(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
        self.b.weight = self.a.weight


def test_weights_go_through_a_file_tied_ones_too(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Tied()
    path = tmp_path / "w.safetensors"
    path.write_bytes(packed(tensors_of({MODEL: model}), {"epoch": "3"}))
    assert path.stat().st_size < 2 * 16 * 4 + 400
    torch.manual_seed(1)
    other = Tied()
    load_tensors({MODEL: other}, read_weights(path), path.name)
    assert all(
        torch.equal(a, b)
        for a, b in zip(model.state_dict().values(), other.state_dict().values(), strict=True)
    )
    assert other.a.weight is other.b.weight


def test_several_networks_stand_in_one_file_by_their_roles() -> None:
    pair = {"generator": nn.Linear(2, 2), "discriminator": nn.Linear(2, 1)}
    names = sorted(tensors_of(pair))
    assert names == ["discriminator.bias", "discriminator.weight", "generator.bias", "generator.weight"]


@pytest.mark.parametrize("damage", [lambda c: c[:40], lambda c: b"", lambda c: b"\xff" * 100])
def test_damaged_weights_are_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(damage(packed(tensors_of({MODEL: nn.Linear(3, 3)}), {})))
    with pytest.raises(TrainError, match="is damaged or holds no weights"):
        read_weights(path)
    with pytest.raises(TrainError, match="There are no weights at"):
        read_weights(tmp_path / "none.safetensors")


def test_weights_of_other_sizes_name_what_differs() -> None:
    model = nn.Linear(3, 3)
    before = model.weight.clone()
    with pytest.raises(TrainError, match="of another network: 2 differ") as caught:
        load_tensors(
            {MODEL: model},
            {"weight": torch.zeros(2, 3), "extra": torch.zeros(1), "bias": torch.zeros(3)},
            "f",
        )
    assert "weight: (3, 3) / (2, 3)" in caught.value.details
    assert torch.equal(model.weight, before)


# -- runs ------------------------------------------------------------------------------------------------


def record(folder: Path, **values: object) -> RunRecord:
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"started": 1.0, "ended": 2.0, "status": "completed", "device": "cpu", "seed": 0, **values}
    made = RunRecord(folder=folder, **facts)  # type: ignore[arg-type]
    made.write()
    return made


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    made = record(tmp_path / "runs" / "a", best={"epoch": 1, "val_loss": 0.5}, classes=("猫", "dog"))
    why = Message("The loss became {value}.", value="nan")
    failed = record(tmp_path / "runs" / "b", status="failed", reason=why)
    assert read_record(failed.folder) == failed
    assert read_record(made.folder) == made


def test_a_run_whose_process_is_gone_is_interrupted(tmp_path: Path) -> None:
    from studio.project.process import Process

    made = record(tmp_path / "a", status="running", process=Process(2**22 + 1, "long ago"))
    assert read_record(made.folder).status == "interrupted"
    assert record(tmp_path / "b", status="running").status == read_record(tmp_path / "b").status == "running"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"started": "x"}', "[" * 5000])
def test_a_damaged_record_is_told_and_left_out_of_the_list(tmp_path: Path, text: str) -> None:
    record(tmp_path / "good")
    record(tmp_path / "bad")
    (tmp_path / "bad" / "run.json").write_text(text)
    with pytest.raises(TrainError, match="damaged"):
        read_record(tmp_path / "bad")
    assert [run.name for run in RunStore(tmp_path).runs()] == ["good"]
    with pytest.raises(TrainError, match="There is no run in"):
        read_record(tmp_path / "none")


def test_curves_are_kept_extended_and_cut(tmp_path: Path) -> None:
    run = record(tmp_path / "runs" / "a").folder
    store = RunStore.of(run)
    assert store.path == tmp_path / "runs" / "runs.db"
    assert store.metrics(run).keys() == ()
    steps = np.arange(1.0, 6.0)
    store.add(run, {"loss": (steps, steps * 2), "lr": (steps[:1], np.array([np.nan]))})
    store.add(run, {"loss": (np.array([5.0, 6.0]), np.array([11.0, 12.0]))})
    xs, ys = store.metrics(run).series("loss")
    assert (xs.tolist(), ys.tolist()) == ([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 11, 12])
    assert np.isnan(store.metrics(run).series("lr")[1][0])
    store.forget_after(run, 3)
    assert store.metrics(run).series("loss")[0].tolist() == [1, 2, 3]
    db = sqlite3.connect(store.path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.close()


def test_readers_and_a_writer_do_not_wait_for_each_other(tmp_path: Path) -> None:
    run = record(tmp_path / "runs" / "a").folder
    store = RunStore.of(run)
    store.keep(read_record(run))
    errors: list[BaseException] = []

    def write() -> None:
        try:
            for step in range(60):
                store.add(run, {"loss": (np.array([float(step)]), np.array([1.0]))})
        except BaseException as error:
            errors.append(error)
            raise

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        xs, _ = store.metrics(run).series("loss")
        assert xs.tolist() == list(range(len(xs)))
    for writer in writers:
        writer.join()
    assert errors == []
    assert len(store.metrics(run).series("loss")[0]) == 60


def test_a_database_that_is_none_or_newer_is_told(tmp_path: Path) -> None:
    run = record(tmp_path / "runs" / "a").folder
    store = RunStore.of(run)
    store.path.write_bytes(b"this is no database, though long enough to be looked at" * 50)
    with pytest.raises(TrainError, match="cannot be used"):
        store.keep(read_record(run))
    store.path.unlink()
    db = sqlite3.connect(store.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(TrainError, match="newer version"):
        store.metrics(run)
    # The runs themselves are still found: their folders tell.
    assert [found.name for found in store.runs()] == ["a"]


def test_run_folders_are_new_and_beside_the_project(tmp_path: Path) -> None:
    project = tmp_path / "cnn.netwright"
    first = new_run_dir(project)
    assert first.parent == tmp_path / "runs"
    made, note = make_run_folder(first)
    assert (made, note) == (first, None)
    assert new_run_dir(project) != first
    record(first)
    with pytest.raises(TrainError, match="There is a run already"):
        make_run_folder(first)
    assert store_folder(tmp_path / "elsewhere") == tmp_path / "elsewhere"


def test_where_no_folder_can_be_made_the_run_is_kept_with_the_person(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    made, note = make_run_folder(tmp_path / "file" / "runs" / "x")
    assert made.is_dir()
    assert tmp_path not in made.parents
    assert note is not None
    assert "cannot be kept in" in str(note)
    assert str(made.parent) in str(note)


def test_every_record_is_json_without_surprises(tmp_path: Path) -> None:
    made = record(tmp_path / "a")
    assert json.loads((made.folder / "run.json").read_text("utf-8")) == made.json()
