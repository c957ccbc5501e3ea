"""Files dropped on the window and its canvas: each opens, is offered for what it is good for, or told of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.compiler import build
from studio.data.pictures import SUFFIXES
from studio.project import Project
from studio.project.file import dumps, write
from studio.ui.files.dropped import OTHERS, PICTURES
from studio.ui.panels.data_page import DataPage
from studio.ui.widgets.banner import Banner
from studio.ui.window import MainWindow
from studio.ui.words import text
from studio.ui.words.text import say
from tests import drawing
from tests.data.own_files import labelled, masked

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Open = Callable[[Project], MainWindow]
SMALL = drawing.chain(
    ("input", {"shape": (1, 12, 10)}), ("flatten", {}), ("linear", {"out_features": 3}), ("output", {})
)[0]


@pytest.fixture
def window(open_project: Open, qtbot: QtBot) -> Iterator[MainWindow]:
    window = open_project(SMALL)
    yield window
    # What was dropped is looked at, at last; the first look of all brings much of torch with it.
    data = window.workspace.panels["data"]
    assert isinstance(data, DataPage)
    qtbot.waitUntil(lambda: data.data.state != "looking", timeout=30_000)


def drop(widget: QWidget, *urls: Path | str) -> bool:
    """Drop files; tells whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) if isinstance(one, Path) else QUrl(one) for one in urls])
    entering = QDragEnterEvent(QPoint(300, 200), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, entering)
    dropping = QDropEvent(QPointF(300, 200), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, dropping)
    return entering.isAccepted() and dropping.isAccepted()


def told(window: MainWindow) -> Banner:
    banner = window.banners.get("dropped")
    assert banner is not None
    return banner


def pictures(folder: Path) -> Path:
    """Make two classes of two pictures each."""
    for number, name in enumerate(("cats", "dogs")):
        (folder / name).mkdir(parents=True)
        for shade in (0, 200):
            Image.new("L", (16, 16), shade + number).save(folder / name / f"{shade}.png")
    return folder


def canvas(window: MainWindow) -> QWidget:
    view = window.workspace.networks.view
    assert view is not None
    return view.viewport()


def test_a_project_that_is_dropped_on_the_canvas_opens(window: MainWindow, tmp_path: Path) -> None:
    other = Project()
    write(other, tmp_path / "other.netwright")
    assert drop(canvas(window), tmp_path / "other.netwright")
    assert window.document.path == tmp_path / "other.netwright"
    assert window.document.project == other


def test_a_folder_of_pictures_becomes_the_data_and_undo_takes_it_back(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    before = dumps(window.document.project)
    assert drop(canvas(window), pictures(tmp_path / "pets"))
    assert str(told(window).text) == "“pets” holds pictures of 2 classes, a folder for each."
    assert dumps(window.document.project) == before  # nothing happens unasked
    (button,) = told(window).buttons()
    qtbot.mouseClick(button, LEFT)
    data = window.document.project.plan.data
    assert (data.type, data.parameters["folder"]) == ("image_folder", str(tmp_path / "pets"))
    # As the Input of the network takes them.
    assert [data.parameters[name] for name in ("height", "width", "grayscale")] == [12, 10, True]
    assert window.banners.get("dropped") is None
    assert window.workspace.docks.in_front("inspector")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dumps(window.document.project) == before


def test_arrays_begin_a_project_where_none_is_open(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    np.savez(tmp_path / "mine.npz", x=np.zeros((4, 3)), target=np.zeros(4))
    window.show_welcome()
    assert drop(window, tmp_path / "mine.npz")
    (button,) = told(window).buttons()
    assert button.text() == "Begin a project with it"
    qtbot.mouseClick(button, LEFT)
    assert not window.at_welcome
    data = window.document.project.plan.data
    assert (data.type, dict(data.parameters)) == ("arrays", {"folder": str(tmp_path / "mine.npz")})


@pytest.mark.parametrize(
    ("kind", "said", "names"),
    [
        ("table", "is a table.", ("mine.csv", "mine.tsv", "mine.parquet")),
        ("text", "is text, for a language model.", ("mine.txt", "mine.md", "flat")),
        ("arrays", "holds arrays of numbers.", ("mine.npy",)),
        ("text_classes", "holds texts of 2 classes, a folder for each.", ("classes",)),
    ],
)
def test_tables_texts_and_arrays_become_the_data(
    window: MainWindow, tmp_path: Path, kind: str, said: str, names: tuple[str, ...]
) -> None:
    for name in names:
        place = tmp_path / name
        inside = {"flat": ("a.txt",), "classes": ("good/a.txt", "bad/b.txt")}.get(name, ())
        for file in inside:
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_text("hello")
        if not inside:
            place.write_text("a,b\n1,2\n")
        assert drop(canvas(window), place)
        assert str(told(window).text).endswith(said)
        (button,) = told(window).buttons()
        button.click()
        data = window.document.project.plan.data
        assert (data.type, dict(data.parameters)) == (kind, {"folder": str(place)})


def test_masks_labels_and_series_are_taken_for_what_they_are(window: MainWindow, tmp_path: Path) -> None:
    masked(tmp_path / "seg")
    labels = labelled(tmp_path / "labelled")
    series = tmp_path / "load.csv"
    series.write_bytes("时间,负荷\n2024-01-01,1\n".encode("gbk"))

    def used(dropped: Path, button: int = 0) -> tuple[str, str, object]:
        assert drop(canvas(window), dropped)
        told(window).buttons()[button].click()
        data = window.document.project.plan.data
        return data.type, str(data.parameters["folder"]), data.parameters.get("masks")

    pair = ("image_masks", str(tmp_path / "seg" / "pictures"), str(tmp_path / "seg" / "masks"))
    assert used(tmp_path / "seg") == pair
    assert window.document.project.plan.data.parameters["height"] == 12  # the network's own size
    assert used(tmp_path / "labelled") == used(Path(labels)) == ("image_table", labels, None)
    assert used(series, 1) == ("series", str(series), None)
    assert window.workspace.docks["data"].isVisible()  # what came is looked at first


def weigh(window: MainWindow, qtbot: QtBot, path: Path) -> Banner:
    assert drop(canvas(window), path)
    assert told(window).kind == "info"
    qtbot.waitUntil(lambda: told(window).kind != "info", timeout=20_000)
    return told(window)


def test_weights_are_compared_and_a_run_begins_with_them(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, begun = window.document.project, []
    state = build(project).state_dict()
    torch.save({f"module.{name}": value for name, value in state.items()}, tmp_path / "all.pt")
    banner = weigh(window, qtbot, tmp_path / "all.pt")
    assert str(banner.text) == "“all.pt” fits: it holds all 2 weights of the network “main”."
    monkeypatch.setattr(window.session, "obstacle", lambda: None)
    monkeypatch.setattr(window.session, "_begin", lambda _project, **how: begun.append(how))
    (train,) = banner.buttons()
    qtbot.mouseClick(train, LEFT)
    given = begun[0]["weights"]
    assert {name: torch.equal(value, state[name]) for name, value in given.tensors.items()} == dict.fromkeys(
        state, True
    )
    qtbot.waitUntil(lambda: window.banners.get("dropped") is None)
    linear = next(name for name in state if name.endswith("weight"))
    torch.save({linear: state[linear], "head.bias": torch.zeros(3)}, tmp_path / "some.pt")
    banner = weigh(window, qtbot, tmp_path / "some.pt")
    bias = linear.replace("weight", "bias")
    assert str(banner.text) == (
        f"1 of the 2 weights of the network “main” are in “some.pt” and fit. Missing: {bias}. "
        "Of another size: –. Not of this network: head.bias."
    )
    qtbot.mouseClick(banner.buttons()[1], LEFT)
    assert QApplication.clipboard().text() == f"{bias}: –\n+ head.bias"
    torch.save({linear: torch.zeros(9, 9)}, tmp_path / "none.pt")
    banner = weigh(window, qtbot, tmp_path / "none.pt")
    assert (banner.kind, len(banner.buttons())) == ("error", 2)  # what is no weights may be data
    assert f"{linear}: 9 × 9 ≠ 3 × 120" in str(banner.text)
    (tmp_path / "bomb.pt").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    assert "nothing of it was used" in str(weigh(window, qtbot, tmp_path / "bomb.pt").text)
    assert window.document.project is project
    weigh(window, qtbot, tmp_path / "all.pt")
    assert drop(canvas(window), tmp_path / "some.pt")
    window.filing.new()  # nothing is offered to, or told of, another project
    window.jobs.close()
    qtbot.wait(20)
    assert window.banners.get("dropped") is None


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_of_everything_else_it_is_said_what_it_is_and_what_can_be_done(
    window: MainWindow, tmp_path: Path, language: str
) -> None:
    text.set_language(language)
    project, said = window.document.project, {}
    (tmp_path / "empty").mkdir()
    (tmp_path / "flat").mkdir()
    Image.new("L", (4, 4)).save(tmp_path / "flat" / "one.png")
    names = [*(f"a{ending}" for ending in OTHERS), "a.png", "a.unknown", "a"]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    for place in [*map(tmp_path.joinpath, names), tmp_path / "empty", tmp_path / "flat", tmp_path / "gone"]:
        for widget in (window, canvas(window)):
            assert drop(widget, place), place
            said[place.name] = say(told(window).text)
            assert place.name in said[place.name]
            assert told(window).buttons() == []
    assert ("ONNX" in said["a.onnx"], len(set(said.values())) > 10) == (True, True)
    assert drop(window, "https://example.org/data.zip")
    assert drop(window, tmp_path / "a.png", tmp_path / "a.csv")
    assert say(told(window).text) in (
        "Drop one file or one folder at a time.",
        "请一次只拖入一个文件或一个文件夹。",
    )
    window.show_welcome()
    (tmp_path / "w.pt").write_bytes(b"x")
    assert drop(window, tmp_path / "w.pt")
    assert "w.pt" in say(told(window).text)
    assert window.document.project is project


def test_a_locked_canvas_says_nothing_of_files(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    view = window.workspace.networks.view
    assert view is not None
    heard: list[object] = []
    qtbot.keyClick(
        view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    view.message.connect(heard.append)
    (tmp_path / "a.onnx").write_bytes(b"x")
    assert drop(view.viewport(), tmp_path / "a.onnx")
    assert heard == []
    assert "ONNX" in str(told(window).text)


def test_endings_of_pictures_are_those_that_are_read() -> None:
    assert PICTURES == SUFFIXES
