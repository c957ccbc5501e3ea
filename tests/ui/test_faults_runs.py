"""The files of a run that somebody else put there run nothing: refused in words, and the window goes on."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel
from safetensors.torch import save_file

from studio.graph.text import LANGUAGES
from studio.project import edits
from studio.project.file import write
from studio.train import new_run_dir, run
from studio.ui.panels.export import ExportDialog
from studio.ui.window import MainWindow
from tests.journeys.person import Person
from tests.ui import faulty

STATE, BEFORE, BEST, LAST = "state.pt", "state.pt~", "best.safetensors", "last.safetensors"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project file beside which one run lies, ended in its second epoch."""
    place = tmp_path_factory.mktemp("trained") / "net.netwright"
    project = edits.set_loop(edits.set_loop(faulty.network(), "epochs", 2), "batch_size", 256)
    write(project, place)
    last = list(run(project, run_dir=new_run_dir(place), max_steps=8))[-1]
    assert type(last).__name__ == "Finished"
    return place


@pytest.fixture
def place(trained: Path, tmp_path: Path) -> Path:
    """Give a copy of the project with its run."""
    shutil.copytree(trained.parent, tmp_path / "copy")
    return tmp_path / "copy" / trained.name


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def person(window: MainWindow, language: str, place: Path) -> Person:
    """Give a person with the project open, an unsaved edit, and its run listed."""
    made = faulty.at(window, language, place)
    made.set_parameter("conv1", "out_channels", "5")
    made.raise_dock(made.workspace.docks["runs"])
    made.wait(lambda: len(made.workspace.runs.records()) == 1)
    return made


def folder(place: Path) -> Path:
    """Give the folder of the only run."""
    (found,) = (place.parent / "runs").glob("*/run.json")
    return found.parent


def zipped(mark: Path) -> bytes:
    """Give what torch saves of a thing that would run: an archive with a pickle in it."""
    held = io.BytesIO()
    torch.save({"weights": faulty.Bomb(mark)}, held)
    return held.getvalue()


def resume(person: Person, language: str) -> str:
    """Go on with the run; gives how that ended."""
    person.raise_dock(person.workspace.docks["runs"])
    person.wait(person.workspace.runs.resume_button.isEnabled)
    person.click(person.workspace.runs.resume_button)
    person.wait_trained()
    return person.ending()


def judged(person: Person) -> str:
    """Judge the run; gives what the panel says instead of figures."""
    person.raise_dock(person.workspace.docks["runs"])
    person.wait(person.workspace.runs.judge_button.isEnabled)
    person.click(person.workspace.runs.judge_button)
    judge = person.workspace.judge
    person.wait(lambda: not judge.busy)
    assert judge.opened is None
    return str(person.workspace.evaluation._hint.text())


def exported(person: Person, target: Path) -> str:
    """Export the weights of the run; gives what the dialog says."""
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        choice = dialog.choices["safetensors"]
        person.click(choice, QPoint(10, choice.height() // 2))
        person.write(dialog.target, str(target))
        person.click(dialog.export_button)
        person.wait(dialog.export_button.isEnabled)
        assert dialog.report is None
        assert dialog.outcome.property("kind") == "error"
        said.extend(part.text() for part in dialog.outcome.findChildren(QLabel))
        person.click(dialog.cancel_button)

    person.raise_dock(person.workspace.docks["runs"])
    person.wait(person.workspace.runs.export_button.isEnabled)
    with person.answering(act):
        person.click(person.workspace.runs.export_button)
    assert not target.exists()
    return said[0]


def keeps_working(person: Person, tmp_path: Path) -> None:
    """Check that the unsaved edit is there, and that everything else works."""
    assert person.node("conv1").parameters["out_channels"] == 5
    assert person.document.modified
    faulty.still_works(person, tmp_path / "mine.netwright")


@pytest.mark.parametrize("make", [faulty.bomb, zipped])
def test_checkpoint_that_would_run_is_refused(
    person: Person, language: str, place: Path, tmp_path: Path, make: Callable[[Path], bytes]
) -> None:
    mark = tmp_path / "mark"
    for name in (STATE, BEFORE):
        (folder(place) / name).write_bytes(make(mark))
    said = resume(person, language)
    faulty.clear(said, language, str(folder(place) / BEFORE), str(folder(place) / STATE))
    assert ("无法继续" if language == "zh_CN" else "cannot be resumed") in said, said
    assert not mark.exists()
    assert (folder(place) / STATE).read_bytes() == make(mark)
    keeps_working(person, tmp_path)


def test_checkpoint_before_a_bad_one_is_gone_on_from(
    person: Person, language: str, place: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    (folder(place) / STATE).write_bytes(faulty.bomb(mark))
    said = resume(person, language)
    assert ("训练已完成" if language == "zh_CN" else "Trained to the end.") in said, said
    told = person.workspace.training.chosen.text().splitlines()
    (warned,) = [line for line in told if ("检查点" if language == "zh_CN" else "checkpoint") in line]
    faulty.clear(warned, language)
    assert not mark.exists()
    keeps_working(person, tmp_path)


def of_another_network(path: Path) -> None:
    save_file({"conv1.weight": torch.zeros(9, 9), "<b>x</b>": torch.zeros(1)}, path)


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8] ^= 0xFF
    path.write_bytes(bytes(data))


def test_weights_that_are_none_are_refused_wherever_they_are_asked_for(
    person: Person, language: str, place: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    spoil: dict[str, Callable[[Path], object]] = {
        "a pickle": lambda path: path.write_bytes(faulty.bomb(mark)),
        "an archive": lambda path: path.write_bytes(zipped(mark)),
        "nothing": lambda path: path.write_bytes(b""),
        "a promise of more than there is": lambda path: path.write_bytes(b"\xff" * 8 + b"{}"),
        "half": lambda path: path.write_bytes(path.read_bytes()[:500]),
        "one flipped byte": flipped,
        "another network's": of_another_network,
    }
    whole = (folder(place) / BEST).read_bytes()
    for name, change in spoil.items():
        (folder(place) / BEST).write_bytes(whole)
        change(folder(place) / BEST)
        for said in (judged(person), exported(person, tmp_path / "out.safetensors")):
            faulty.clear(said, language, str(folder(place) / BEST), BEST, "<b>x</b>")
            assert "best.safetensors" in said, (name, said)
    assert not mark.exists()
    (folder(place) / BEST).write_bytes(whole)
    keeps_working(person, tmp_path)


def test_record_and_project_of_a_run_are_read_as_strictly(
    person: Person, language: str, place: Path, tmp_path: Path
) -> None:
    run_folder = folder(place)
    project = (run_folder / "project.netwright").read_text("utf-8")
    (run_folder / "project.netwright").write_text(project.replace('"version": 1', '"version": 99'))
    for said in (judged(person), exported(person, tmp_path / "out.safetensors")):
        faulty.clear(said, language, "project.netwright")
        assert "99" in said
    person.raise_dock(person.workspace.docks["runs"])
    person.click(person.workspace.runs.resume_button)
    faulty.clear(person.ending(), language, "project.netwright")
    assert not person.window.session.active

    record = json.loads((run_folder / "run.json").read_text("utf-8"))
    for bad in ("", "[" * 100_000, json.dumps({**record, "step": "many"}), json.dumps([record])):
        (run_folder / "run.json").write_text(bad)
        said = judged(person)
        faulty.clear(said, language, str(run_folder))
        assert run_folder.name in said
    assert person.window.banners.get("fault") is None
    keeps_working(person, tmp_path)
