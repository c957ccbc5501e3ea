"""What a person says of a run is kept with it, and a run is deleted whole, and nothing else with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.project.atomic import write_atomically
from studio.train import RunRecord, RunStore, TrainError, runs_of
from studio.train.runs.deleting import delete
from studio.train.runs.record import PROJECT
from studio.train.runs.store import Said, parted, refer


def made(folder: Path, project: Path, status: str = "completed") -> RunRecord:
    folder.mkdir(parents=True)
    record = RunRecord(folder, 1.0, 2.0, status, "cpu", 0, step=3, file=str(project))
    record.write()
    store = RunStore.of(folder)
    store.keep(record)
    store.add(folder, {"loss": (np.array([1.0]), np.array([0.5]))})
    write_atomically(folder / PROJECT, b"{}")
    refer(record)
    return record


def test_notes_and_tags_stay_with_a_run_while_its_record_is_written(tmp_path: Path) -> None:
    record = made(tmp_path / "runs" / "one", tmp_path / "a.netwright")
    other = made(tmp_path / "runs" / "two", tmp_path / "a.netwright")
    store = RunStore.of(record.folder)
    assert store.said() == RunStore(tmp_path / "nowhere").said() == {}
    store.say(record.folder, notes="好 'quoted'\nsecond line")
    store.say(record.folder, tags=["wide", " wide ", "two  words", "a,b", ""])
    store.say(other.folder, tags=["x"])
    store.keep(record)
    expected = Said("好 'quoted'\nsecond line", ("wide", "two words", "a", "b"))
    assert store.said() == {"one": expected, "two": Said("", ("x",))}
    store.say(record.folder, notes="", tags=())
    assert store.said() == {"two": Said("", ("x",))}
    assert parted(" , ,") == ()
    with pytest.raises(TrainError, match="There is no run in"):
        store.say(tmp_path / "runs" / "none", notes="x")


def test_a_run_is_deleted_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    project = tmp_path / "a.netwright"
    first, second = (made(tmp_path / "runs" / name, project) for name in ("one", "two"))
    store = RunStore.of(first.folder)
    store.say(first.folder, notes="gone soon")
    delete(first)
    assert not first.folder.exists()
    assert [run.folder for run in runs_of(project)] == [second.folder]
    assert store.said() == {}
    assert list(store.curves(first.folder)) == []
    assert len(list(store.curves(second.folder))) == 1


def test_of_a_folder_that_somebody_chose_other_files_stay(tmp_path: Path) -> None:
    project, folder = tmp_path / "a.netwright", tmp_path / "mine"
    record = made(folder, project)
    (folder / "thesis.txt").write_text("years of work")
    assert [run.folder for run in runs_of(project)] == [folder]
    delete(record)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
    assert runs_of(project) == ()


def test_a_run_that_goes_on_is_not_deleted(tmp_path: Path) -> None:
    record = made(tmp_path / "runs" / "one", tmp_path / "a.netwright", status="running")
    with pytest.raises(TrainError, match="is still going on"):
        delete(record)
    assert (record.folder / "run.json").is_file()
