"""Every run of a project is known where the project is, wherever its folder lies; no other project's is."""

from __future__ import annotations

import json
from pathlib import Path

import platformdirs
import pytest

from studio.project import file as project_file
from studio.train import Failed, RunRecord, RunStore, run, runs_folder, runs_of
from studio.train.runs.record import read_record
from tests.exchange.networks import table


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder."""
    folder = tmp_path / "home"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_names, **_how: str(folder))
    return folder


@pytest.fixture
def wines(tmp_path: Path) -> Path:
    path = tmp_path / "projects" / "wines.netwright"
    path.parent.mkdir()
    project_file.write(table(), path)
    return path


def train(file: Path | None, run_dir: Path | None = None, resume: Path | None = None, steps: int = 1) -> Path:
    events = list(run(table(), device="cpu", max_steps=steps, run_dir=run_dir, resume=resume, file=file))
    assert not [event for event in events if isinstance(event, Failed)]
    folder = events[-1].run  # type: ignore[union-attr]  # the last one is Finished
    assert folder is not None
    return folder


def test_a_run_in_a_folder_of_its_own_is_listed_with_the_others(wines: Path, tmp_path: Path) -> None:
    beside = train(wines)
    elsewhere = train(wines, tmp_path / "else where 别处")
    assert beside.parent == wines.parent / "runs"
    assert [found.folder for found in runs_of(wines)] == [elsewhere, beside]
    assert all(found.file == str(wines) for found in runs_of(wines))
    assert json.loads((elsewhere / "run.json").read_text())["file"] == str(wines)
    # Its curves are where it lies, and the store beside the project stays one of runs.
    assert len(RunStore.of(elsewhere).metrics(elsewhere).series("loss")[0]) == 1
    assert [found.folder for found in RunStore(runs_folder(wines)).runs()] == [beside]


def test_it_is_known_from_its_first_step_on_and_no_more_once_its_folder_is_gone(
    wines: Path, tmp_path: Path
) -> None:
    events = run(table(), device="cpu", max_steps=2, run_dir=tmp_path / "r", file=wines)
    next(events)
    assert [found.status for found in runs_of(wines)] == ["running"]
    list(events)
    (tmp_path / "r").rename(tmp_path / "moved")
    assert runs_of(wines) == ()
    train(wines, resume=tmp_path / "moved", steps=3)
    assert [found.folder for found in runs_of(wines)] == [tmp_path / "moved"]


def test_a_relative_folder_means_the_same_from_every_other(
    wines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert train(wines, Path("r")) == tmp_path / "r"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert train(wines, Path(".")).name == "here"  # noqa: PTH201  # what a person may well type
    monkeypatch.chdir("/")
    assert {found.folder for found in runs_of(wines)} == {tmp_path / "r", tmp_path / "here"}


def test_two_projects_in_one_folder_have_runs_of_their_own(wines: Path, tmp_path: Path) -> None:
    other = wines.with_name("other.netwright")
    project_file.write(table(), other)
    first, second = train(wines), train(other)
    third = train(other, tmp_path / "r")
    assert [found.folder for found in runs_of(wines)] == [first]
    assert [found.folder for found in runs_of(other)] == [third, second]
    # Of a project that was renamed, the runs are still there for whoever took its place.
    other.rename(wines.with_name("renamed.netwright"))
    assert {found.folder for found in runs_of(wines.with_name("renamed.netwright"))} == {
        first,
        second,
        third,
    } - {first}


def test_a_project_in_a_folder_that_cannot_be_written_has_its_runs_with_the_user(
    wines: Path, home: Path, tmp_path: Path
) -> None:
    (wines.parent / "runs").write_text("in the way")
    kept = train(wines)
    assert kept.parent == home / "runs"
    elsewhere = train(wines, tmp_path / "r")
    assert [found.folder for found in runs_of(wines)] == [elsewhere, kept]
    assert runs_of(None) == ()
    unsaved = train(None)
    assert [found.folder for found in runs_of(None)] == [unsaved]
    assert [found.folder for found in runs_of(wines)] == [elsewhere, kept]


def test_a_record_without_the_file_is_read_as_before(wines: Path) -> None:
    folder = train(wines)
    record = json.loads((folder / "run.json").read_text())
    del record["file"]
    (folder / "run.json").write_text(json.dumps(record))
    assert read_record(folder).file == ""
    assert [found.folder for found in runs_of(wines)] == [folder]


def test_a_damaged_database_hides_no_run_that_lies_beside_the_project(wines: Path, tmp_path: Path) -> None:
    beside = train(wines)
    (wines.parent / "runs" / "runs.db").write_bytes(b"no database at all" * 100)
    assert [found.folder for found in runs_of(wines)] == [beside]
    assert RunRecord(tmp_path, 1.0, 2.0, "failed", "cpu", 0).file == ""
