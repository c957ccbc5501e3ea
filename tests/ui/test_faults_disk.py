"""A disk that is full, read-only or failing: told, the old file kept, the work still marked unsaved."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel
from safetensors.torch import load_file

from studio.exchange import exporting
from studio.graph.text import LANGUAGES
from studio.project.disk import state_folder
from studio.project.file import dumps, read, write
from studio.train import RunStore, runs_folder
from studio.ui.panels.export import ExportDialog
from studio.ui.window import MainWindow
from tests.journeys.person import Person
from tests.ui import faulty


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a project file in a folder of its own."""
    (tmp_path / "disk").mkdir()
    write(faulty.network(), tmp_path / "disk" / "net.netwright")
    return tmp_path / "disk" / "net.netwright"


@pytest.fixture
def person(window: MainWindow, language: str, place: Path) -> Person:
    """Give a person with that project open, and an unsaved edit."""
    made = faulty.at(window, language, place)
    made.set_parameter("conv1", "out_channels", "5")
    assert made.document.modified
    return made


def files(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def not_saved(person: Person, language: str, folder: Path) -> str:
    """Check that a save failed as it should; gives what is said."""
    said = person.banner("save")
    faulty.clear(said, language, str(folder))
    assert said.startswith("未能保存：" if language == "zh_CN" else "Not saved:"), said
    assert person.document.modified
    assert person.window.isWindowModified()
    banner = person.window.banners.get("save")
    assert banner is not None
    first = banner.buttons()[0].text()
    assert first == ("另存为…" if language == "zh_CN" else "Save as…")
    return said


FAILURES = {
    "full": (errno.ENOSPC, "space left", "空间"),
    "over the quota": (errno.EDQUOT, "space left", "空间"),
    "too large": (errno.EFBIG, "space left", "空间"),
    "read-only": (errno.EROFS, "read-only", "只读"),
    "not allowed": (errno.EACCES, "read-only", "只读"),
    "failing": (errno.EIO, "Input/output error", "读写出错"),
}


def test_save_that_fails_keeps_the_old_file_and_the_work(
    person: Person, language: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = language == "zh_CN"
    person.shortcut("Ctrl+S")  # so that there is a version before
    person.set_parameter("conv1", "out_channels", "6")
    before = files(place.parent)
    assert set(before) == {"net.netwright", "net.netwright~"}
    for how in (faulty.failing_write, faulty.failing_sync, faulty.failing_open):
        for name, (code, english, han) in FAILURES.items():
            with monkeypatch.context() as patch:
                how(patch, place.parent, code)
                person.shortcut("Ctrl+S")
                said = not_saved(person, language, place.parent)
                assert (han if chinese else english) in said, (name, said)
                banner = person.window.banners.get("save")
                assert banner is not None
                person.click(banner.buttons()[1])  # try again: it fails again, and is told once
                assert not_saved(person, language, place.parent) == said
            assert files(place.parent) == before, (how, name)
    # Elsewhere there is space.
    with monkeypatch.context() as patch:
        faulty.failing_write(patch, place.parent, errno.ENOSPC)
        banner = person.window.banners.get("save")
        assert banner is not None
        with person.answering(person.name_file(tmp_path / "elsewhere.netwright")):
            person.click(banner.buttons()[0])
    assert read(tmp_path / "elsewhere.netwright") == person.project
    assert not person.document.modified
    assert person.banner("save") == ""
    assert files(place.parent) == before
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_space_that_is_free_again_is_used_by_trying_again(
    person: Person, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        faulty.failing_write(patch, place.parent, errno.ENOSPC)
        person.shortcut("Ctrl+S")
    banner = person.window.banners.get("save")
    assert banner is not None
    person.click(banner.buttons()[1])
    assert person.banner("save") == ""
    assert not person.document.modified
    assert read(place) == person.project


def test_place_that_takes_no_file_is_told_before_anything_is_written(
    person: Person, language: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = language == "zh_CN"
    folder = tmp_path / "folder.netwright"
    folder.mkdir()
    for path, english, han in (
        (tmp_path / ("x" * 300 + ".netwright"), "Choose a shorter", "更短"),
        (tmp_path / "gone" / "mine.netwright", "is not there", "不存在"),
        (folder, "is a folder", "文件夹"),
        (place / "mine.netwright", "is not there", "不存在"),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        person.shortcut("Ctrl+Shift+S")
        said = not_saved(person, language, tmp_path)
        assert (han if chinese else english) in said, said
        assert person.document.path == place
    monkeypatch.undo()
    assert not faulty.leftovers(tmp_path)
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_closing_waits_when_what_was_to_be_saved_cannot_be(
    person: Person, language: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(place.parent)
    with monkeypatch.context() as patch:
        faulty.failing_write(patch, place.parent, errno.ENOSPC)
        with person.answering(person.answer("save")):
            person.window.close()
        assert person.window.isVisible()
        not_saved(person, language, place.parent)
        with person.answering(person.answer("save")):
            person.shortcut("Ctrl+N")  # another project is no way round it
        assert person.node("conv1").parameters["out_channels"] == 5
    assert files(place.parent) == before


def test_edits_go_on_where_they_cannot_be_kept_for_recovery(
    window: MainWindow, language: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = faulty.at(window, language, place)
    with monkeypatch.context() as patch:
        faulty.failing_write(patch, state_folder(), errno.ENOSPC)
        faulty.failing_write(patch, window.settings.path.parent, errno.ENOSPC, names=(".json",))
        person.set_parameter("conv1", "out_channels", "5")
        said = person.banner("warned")
        faulty.clear(said, language, str(state_folder() / "journal"), str(state_folder()))
        assert ("恢复" if language == "zh_CN" else "recovery") in said
        assert person.node("conv1").parameters["out_channels"] == 5
        person.shortcut("Ctrl+Z")
        assert person.node("conv1").parameters["out_channels"] == 4
        person.speak("en")
        person.speak(language)
        person.shortcut("Ctrl+Y")
        person.shortcut("Ctrl+S")
    assert read(place) == person.project
    assert person.banner("fault") == ""
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_export_that_fails_leaves_the_file_that_was_there(
    person: Person, language: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = language == "zh_CN"
    # What the files compute is not in question here: no fresh process looks at them.
    monkeypatch.setattr(
        exporting,
        "outputs_of",
        lambda _made, subject, _files, asked, _told: [subject.run(p.inputs) for p in asked],
    )
    out = tmp_path / "out"
    out.mkdir()
    for name in ("net.safetensors", "net.pt", "net.onnx"):
        (out / name).write_bytes(b"old")
    before = files(out)
    said: list[str] = []

    def export(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        for id, suffix, how, code in (
            ("safetensors", ".safetensors", faulty.failing_write, errno.ENOSPC),
            ("pt", ".pt", faulty.failing_open, errno.EROFS),
            ("python", "", faulty.failing_sync, errno.ENOSPC),
        ):
            choose(person, dialog, id, out / f"net{suffix}")
            with monkeypatch.context() as patch:
                how(patch, out, code)
                press(person, dialog)
            assert dialog.report is None
            told = "".join(part.text() for part in dialog.outcome.findChildren(QLabel))
            faulty.clear(told, language, str(out), f"net{suffix}")
            english, han = ("space left", "空间") if code == errno.ENOSPC else ("read-only", "只读")
            assert (han if chinese else english) in told, told
            said.append(told)
            assert files(out) == before
            assert not faulty.leftovers(out)
        choose(person, dialog, "safetensors", out / "net.safetensors")
        press(person, dialog)
        assert dialog.report is not None
        person.click(dialog.cancel_button)

    with person.answering(export):
        person.shortcut("Ctrl+E")
    assert len(said) == 3
    assert load_file(out / "net.safetensors")["conv1.weight"].shape == torch.Size([5, 1, 3, 3])
    assert (out / "net.safetensors~").read_bytes() == b"old"
    faulty.still_works(person, tmp_path / "mine.netwright")


def choose(person: Person, dialog: ExportDialog, id: str, target: Path) -> None:
    """Choose a format and type where it goes."""
    choice = dialog.choices[id]
    person.click(choice, QPoint(10, choice.height() // 2))
    person.write(dialog.target, str(target))


def press(person: Person, dialog: ExportDialog) -> None:
    """Export, and wait until it is done or failed."""
    person.click(dialog.export_button)
    person.wait(lambda: dialog.export_button.isEnabled() and dialog._job is None, 60.0)


def test_training_goes_on_where_its_checkpoints_cannot_be_kept(
    person: Person, language: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.shortcut("Ctrl+S")
    person.set_loop("batch_size", "256")
    person.set_loop("epochs", "2")
    with monkeypatch.context() as patch:
        # The run's folder is made; from then on there is no space for anything large.
        faulty.failing_write(patch, place.parent, errno.ENOSPC, names=("state.pt", ".safetensors"))
        person.press_train()
        person.wait_trained()
        warned = person.workspace.training.ended.get("warning")
        assert warned is not None
        told = " ".join(part.text() for part in warned.findChildren(QLabel)).strip()
    (record,) = RunStore(runs_folder(place)).runs()
    faulty.clear(told, language, str(record.folder))
    assert ("空间" if language == "zh_CN" else "space left") in told
    assert ("训练已完成" if language == "zh_CN" else "Trained to the end.") in person.ending()
    assert record.epochs == 2
    assert not faulty.leftovers(place.parent)
    assert not (record.folder / "state.pt").exists()
    # With space again, it can be trained again.
    person.press_train()
    person.wait_trained()
    assert person.workspace.training.ended.get("warning") is None
    assert len(list(runs_folder(place).glob("*/best.safetensors"))) == 1
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_run_is_kept_elsewhere_beside_a_project_on_a_read_only_disk(
    person: Person, language: str, place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    person.set_loop("batch_size", "256")
    person.set_loop("epochs", "1")
    before = files(place.parent)
    with monkeypatch.context() as patch:
        faulty.failing_open(patch, place.parent, errno.EROFS)
        person.press_train()
        person.wait_trained()
    assert ("训练已完成" if language == "zh_CN" else "Trained to the end.") in person.ending()
    told = person.workspace.training.chosen.text().splitlines()
    (said,) = [line for line in told if str(runs_folder(None)) in line]
    assert str(runs_folder(place)) in said
    assert ("只读" if language == "zh_CN" else "Read-only") in said
    assert len(list(runs_folder(None).glob("*/best.safetensors"))) == 1
    assert files(place.parent) == before
    assert dumps(read(place)) == dumps(faulty.network())
