"""Data that is missing, broken or hostile: said in words, left out by name, and training goes on or ends."""

from __future__ import annotations

import dataclasses
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.graph.text import LANGUAGES
from studio.project import Choice, Project, edits
from studio.project.file import dumps, read, write
from studio.ui.window import MainWindow
from tests import drawing
from tests.journeys.person import Person
from tests.ui import faulty


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def learning_from(kind: str, folder: Path) -> Project:
    """Give a small network of pictures that learns from a folder, in steps of two."""
    project, _ = drawing.chain(
        ("input", {"shape": (3, 28, 28)}), ("flatten", {}), ("linear", {"out_features": 2}), ("output", {})
    )
    data = Choice(kind).with_parameter("folder", str(folder))
    project = edits.set_plan(project, dataclasses.replace(project.plan, data=data))
    return edits.set_loop(edits.set_loop(project, "epochs", 1), "batch_size", 2)


def pictures(root: Path) -> Path:
    """Give a folder of two classes with ten pictures each."""
    for index in range(10):
        for name, colour in (("cat", (255, 0, 0)), ("dog", (0, 0, 255))):
            (root / name).mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (30, 20), colour).save(root / name / f"{index}.png")
    return root


def png_header(path: Path, side: int) -> None:
    """Write a picture that says how large it is, and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )


def trained(person: Person) -> str:
    """Train; gives how it ended, or why it does not begin."""
    person.wait_for_shapes()
    person.raise_dock(person.workspace.docks["training"])
    person.wait(lambda: not person.document.analysis.pending(drawing.MAIN))
    if person.window.session.obstacle() is not None:
        return str(person.workspace.training.why.text())
    person.press_train()
    person.wait_trained()
    return person.ending()


GONE = {
    "image_folder": ("There is no folder", "没有"),
    "mnist": ("", ""),
    "arrays": ("", ""),
}


def test_data_that_is_not_there_is_said_and_nothing_begins(
    window: MainWindow, language: str, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    for kind in GONE:
        place = tmp_path / f"{kind}.netwright"
        write(learning_from(kind, gone), place)
        person = faulty.at(window, language, place)
        said = trained(person)
        faulty.clear(said, language, str(gone), "MNIST", "npz")
        assert "gone" in said, said
        assert not list((tmp_path / "runs").glob("*/state.pt"))
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_bad_pictures_are_left_out_by_name_and_the_rest_is_learned_from(
    window: MainWindow, language: str, tmp_path: Path
) -> None:
    root = pictures(tmp_path / "pictures")
    whole = (root / "cat" / "0.png").read_bytes()
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(root / "cat" / "cut.png")
    (root / "cat" / "cut.png").write_bytes((root / "cat" / "cut.png").read_bytes()[:3000])
    (root / "cat" / "text.png").write_text("These are words, and no picture.")
    (root / "cat" / "empty.png").write_bytes(b"")
    (root / "cat" / "<b>bold.png").write_bytes(whole[:40])
    png_header(root / "dog" / "huge.png", 30_000)
    (root / "dog" / "link.png").symlink_to(tmp_path / "nowhere.png")
    bad = {"cat/cut.png", "cat/text.png", "cat/empty.png", "cat/<b>bold.png", "dog/huge.png", "dog/link.png"}
    place = tmp_path / "net.netwright"
    write(learning_from("image_folder", root), place)
    person = faulty.at(window, language, place)
    said = trained(person)
    assert ("训练已完成" if language == "zh_CN" else "Trained to the end.") in said, said
    skipped = person.workspace.training.skipped
    faulty.clear(skipped.told.text(), language)
    assert "6" in skipped.told.text()
    person.click(skipped.button)
    notes = skipped.names.text().splitlines()
    assert len(notes) == len(bad)
    for note in notes:
        (file,) = [file for file in bad if file in note]
        faulty.clear(note, language, file)
        assert ("已跳过" if language == "zh_CN" else "skipped") in note
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_folder_with_nothing_to_learn_from_is_said(window: MainWindow, language: str, tmp_path: Path) -> None:
    root = pictures(tmp_path / "pictures")
    for picture in (root / "cat").iterdir():
        picture.write_text("no picture")
    place = tmp_path / "net.netwright"
    write(learning_from("image_folder", root), place)
    person = faulty.at(window, language, place)
    said = trained(person)
    faulty.clear(said, language, str(root), "cat/0.png")
    assert "cat/0.png" in said
    # The folder is mended, and the same button trains.
    shutil.rmtree(root)
    pictures(root)
    assert ("训练已完成" if language == "zh_CN" else "Trained to the end.") in trained(person)
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_arrays_that_would_run_are_refused(window: MainWindow, language: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    held = np.array([faulty.Bomb(mark)], dtype=object)
    np.savez(tmp_path / "bomb.npz", x=held, y=np.zeros(1))
    (tmp_path / "pickle.npz").write_bytes(faulty.bomb(mark))
    (tmp_path / "empty.npz").write_bytes(b"")
    for name, place_of_it in (("bomb.npz", "“x”"), ("pickle.npz", "pickle.npz"), ("empty.npz", "empty.npz")):
        place = tmp_path / "net.netwright"
        write(learning_from("arrays", tmp_path / name), place)
        person = faulty.at(window, language, place)
        said = trained(person)
        faulty.clear(said, language, name, str(tmp_path), "npz")
        assert place_of_it in said, said
        assert not mark.exists()
    assert dumps(read(place)) == dumps(person.project)
    faulty.still_works(person, tmp_path / "mine.netwright")
