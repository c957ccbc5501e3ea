"""Bad input through the window: what every such test stands on, and what must hold after each of them."""

from __future__ import annotations

import errno
import io
import json
import os
import pickle
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.file import dumps, read
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing
from tests.journeys.person import Person

Act = Callable[[QDialog], object]


def before(window: MainWindow, language: str) -> Person:
    """Give a person before a window that speaks a language and has a network with an unsaved edit."""
    text.set_language(language)
    person = Person(window)
    window.activateWindow()
    person.look()
    window.document.begin()
    person.new()
    person.drag_from_palette("relu", "relu", 0.0, 0.0)
    assert person.document.modified
    return person


def at(window: MainWindow, language: str, place: Path) -> Person:
    """Give a person who dropped a file on a window that speaks a language, its shapes known."""
    text.set_language(language)
    person = Person(window)
    window.activateWindow()
    person.look()
    window.document.begin()
    drop(person, place)
    assert not window.at_welcome, person.banner("refused")
    person.wait_for_shapes()
    return person


def network() -> Project:
    """Give a small network that has everything that can be spoiled."""
    project, _ = drawing.chain(
        ("input", {"shape": (1, 28, 28)}),
        ("conv2d", {"out_channels": 4}),
        ("relu", {}),
        ("flatten", {}),
        ("linear", {"out_features": 10}),
        ("output", {}),
    )
    return project


def spoiled(change: Callable[[Any], object]) -> str:
    """Give the text of that network's file after a change of its JSON."""
    data = json.loads(dumps(network()))
    change(data)
    return json.dumps(data)


def many(count: int) -> str:
    """Give the text of a file with a second network of many blocks in a row."""
    one = '{"id": "relu_%d", "type": "relu", "name": "relu%d"}'
    blocks = ", ".join(one % (index, index) for index in range(count))
    wire = '{"from": ["relu_%d", "y"], "to": ["relu_%d", "x"]}'
    wires = ", ".join(wire % (index, index + 1) for index in range(count - 1))
    made = f'{{"name": "n", "nodes": [{blocks}], "wires": [{wires}]}}'
    return dumps(network()).replace('"networks": [', f'"networks": [{made},')


def wired(count: int, wires: int) -> str:
    """Give the text of a file with a second network of sums, each of sums before it."""
    nodes = [{"id": f"add_{index}", "type": "add", "name": f"add{index}"} for index in range(count)]
    chosen = random.Random(0)
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < wires:
        first, second = sorted(chosen.sample(range(count), 2))
        pairs[first, second] = None
    drawn = [
        {"from": [f"add_{a}", "y"], "to": [f"add_{b}", "x"], "index": index}
        for index, (a, b) in enumerate(pairs)
    ]
    return spoiled(lambda data: data["networks"].append({"name": "n", "nodes": nodes, "wires": drawn}))


def unfolding(levels: int) -> str:
    """Give the text of a short file whose composites stand for 4,000 times as many blocks on every level."""
    project = Project()
    for level in range(levels + 1):
        ref = GraphRef("composite", f"level{level}") if level < levels else drawing.MAIN
        if level < levels:
            project = edits.set_composite(project, ref.name, Composite())
        project, last = edits.add_node(project, ref, "input", (0, 0), parameters={"shape": (4,)})
        for _ in range(4):
            if level:
                project, node = edits.add_node(project, ref, COMPOSITE, (0, 0), composite=f"level{level - 1}")
                project = edits.change_node(project, ref, node, repeat=1000)
            else:
                project, node = edits.add_node(project, ref, "relu", (0, 0))
            project, last = drawing.wire(project, last, node, ref=ref), node
        project, node = edits.add_node(project, ref, "output", (0, 0))
        project = drawing.wire(project, last, node, ref=ref)
    return dumps(project)


def block(data: Any, name: str) -> Any:
    """Give the JSON of a block by its id."""
    return next(node for node in data["networks"][0]["nodes"] if node["id"] == name)


# -- what must hold -----------------------------------------------------------------------------------

_INSIDE = re.compile(r"\{\w*\}|Traceback|Error\b|Errno|File \"|<class|object at 0x|\w\(\)|None\b|NoneType")
"""Placeholders that nobody filled, and the inside of the program."""

_HAN = re.compile("[\u4e00-\u9fff]")


def clear(message: str, language: str, *names: str) -> None:
    """Check that a message is a few sentences in the right language, without the inside of the program.

    Args:
        message: what is shown.
        language: what is spoken.
        names: what may stand in it in any language, such as names of files.
    """
    assert message, "nothing is said"
    assert len(message) < 600, message
    for name in names:
        message = message.replace(name, "…")
    assert not _INSIDE.search(message), message
    if language == "zh_CN":
        assert _HAN.search(message), message
        assert not re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", message), f"not Chinese: {message}"
        assert message.rstrip().endswith(("。", "？", "”", "）")), message
    else:
        assert not _HAN.search(message), message
        assert message.rstrip().endswith((".", "?", "”", ")")), message


def still_works(person: Person, place: Path) -> None:
    """Check that the window lives: an edit, an undo, and a save elsewhere; and that it is not at a loss."""
    assert person.window.banners.get("fault") is None, person.banner("fault")
    text_before = dumps(person.project)
    person.drag_from_palette("relu", "relu", -40.0, 120.0)
    assert dumps(person.project) != text_before
    person.shortcut("Ctrl+Z")
    assert dumps(person.project) == text_before
    with person.answering(person.name_file(place)):
        person.shortcut("Ctrl+Shift+S")
    assert read(place) == person.project
    assert not person.document.modified
    assert person.banner("save") == ""


def problems(person: Person, language: str, *names: str) -> list[str]:
    """Give every problem as the panel tells it, after a look at each for clarity."""
    person.wait_for_shapes()
    person.raise_dock(person.workspace.docks["problems"])
    person.look()
    for problem in person.workspace.problems.problems():
        clear(text.say(problem.message), language, *names)
        for part in (problem.expected, problem.received):
            assert part is None or not _INSIDE.search(text.say(part)), text.say(part)
    return [
        "\n".join(part.text() for part in card.findChildren(QLabel) if part.text())
        for card in person.workspace.problems.cards()
    ]


def leftovers(folder: Path) -> list[str]:
    """Give the names of temporaries that a writer left in a folder and below."""
    return [
        found.name for found in folder.rglob("*") if ".tmp" in found.name or found.name.startswith(".net")
    ]


# -- what a person does -------------------------------------------------------------------------------


@contextmanager
def answering_all(*acts: Act) -> Iterator[None]:
    """Act on one dialog after another; fails when one of them does not come, or stays."""
    waiting = list(acts)
    trouble: list[BaseException] = []
    timer = QTimer()
    timer.setInterval(10)

    def see() -> None:
        dialog = QApplication.activeModalWidget()
        if not waiting or not isinstance(dialog, QDialog) or not dialog.isVisible():
            return
        act = waiting.pop(0)
        try:
            act(dialog)
            assert not dialog.isVisible(), f"{type(dialog).__name__} stays open"
        except BaseException as error:  # noqa: BLE001  raised again outside of Qt's loop
            trouble.append(error)
            waiting.clear()
            dialog.reject()

    timer.timeout.connect(see)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        timer.deleteLater()
    if trouble:
        raise trouble[0]
    assert not waiting, f"{len(waiting)} dialogs did not come"


def try_to_choose(person: Person, path: Path, language: str) -> str:
    """Choose a bad file over unsaved work, which may be let go of; gives the message. The work stays."""
    return _refused(
        person,
        language,
        path,
        lambda: person.shortcut("Ctrl+O"),
        person.name_file(path),
        person.answer("discard"),
    )


def try_to_drop(person: Person, path: Path, language: str) -> str:
    """Drop a bad file over unsaved work; as above."""
    return _refused(person, language, path, lambda: drop(person, path), person.answer("discard"))


def refuse_reading(patch: pytest.MonkeyPatch, path: Path) -> None:
    """Keep a file from being read, as its permissions would for anybody but root."""
    open_ = io.open

    def opened(file: Any, *how: Any, **more: Any) -> Any:
        if str(file) == str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return open_(file, *how, **more)

    patch.setattr(io, "open", opened)


def _refused(person: Person, language: str, path: Path, open_: Callable[[], None], *answers: Act) -> str:
    mine, position = person.project, person.document.history.position
    with answering_all(*answers):
        open_()
    message = person.banner("refused")
    clear(message, language, path.name)
    assert person.project is mine
    assert person.document.path is None
    assert person.document.history.position == position
    assert person.document.modified
    banner = person.window.banners.get("refused")
    assert banner is not None
    person.click(banner.close_button)
    return message


def drop(person: Person, path: Path) -> None:
    """Drop a file on the window; without a window system, what it would tell the window is told here."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window, place = person.window, QPoint(200, 200)
    entering = QDragEnterEvent(
        place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted(), f"{path.name} cannot be dropped"
    dropping = QDropEvent(
        QPointF(place),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QApplication.sendEvent(window, dropping)


# -- what the disk does -------------------------------------------------------------------------------


def failing_write(
    patch: pytest.MonkeyPatch, folder: Path, code: int, *, names: tuple[str, ...] = ("",)
) -> None:
    """Let the disk take half of what is written in a folder, and no more.

    Args:
        patch: undone by the test.
        folder: and below.
        code: what the system says.
        names: only of files whose names end so; their temporaries end with their suffix.
    """
    open_, write_, close_ = os.open, os.write, os.close
    taken: dict[int, bool] = {}

    def opened(path: Any, flags: int, *mode: Any, **more: Any) -> int:
        descriptor = open_(path, flags, *mode, **more)
        new = flags & (os.O_WRONLY | os.O_RDWR)
        if new and _within(path, folder) and any(_ends(path, name) for name in names):
            taken[descriptor] = False
        return descriptor

    def written(descriptor: int, data: Any) -> int:
        if descriptor not in taken:
            return write_(descriptor, data)
        if taken[descriptor] or len(data) < 2:
            raise OSError(code, os.strerror(code))
        taken[descriptor] = True
        return write_(descriptor, bytes(data)[: len(data) // 2])

    def closed(descriptor: int) -> None:
        taken.pop(descriptor, None)
        close_(descriptor)

    patch.setattr(os, "open", opened)
    patch.setattr(os, "write", written)
    patch.setattr(os, "close", closed)


def failing_sync(patch: pytest.MonkeyPatch, folder: Path, code: int) -> None:
    """Let the disk say only at the end that it did not take a file."""
    open_, sync_ = os.open, os.fsync
    within: set[int] = set()

    def opened(path: Any, flags: int, *mode: Any, **more: Any) -> int:
        descriptor = open_(path, flags, *mode, **more)
        (within.add if _within(path, folder) else within.discard)(descriptor)
        return descriptor

    def synced(descriptor: int) -> None:
        if descriptor in within:
            raise OSError(code, os.strerror(code))
        sync_(descriptor)

    patch.setattr(os, "open", opened)
    patch.setattr(os, "fsync", synced)


def failing_open(patch: pytest.MonkeyPatch, folder: Path, code: int) -> None:
    """Let nothing be made, replaced or taken away in a folder."""
    open_ = os.open

    def opened(path: Any, flags: int, *mode: Any, **more: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and _within(path, folder):
            raise OSError(code, os.strerror(code), str(path))
        return open_(path, flags, *mode, **more)

    def refused(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def act(path: Any, *more: Any, **others: Any) -> Any:
            if any(_within(each, folder) for each in (path, *more)):
                raise OSError(code, os.strerror(code), str(path))
            return real(path, *more, **others)

        return act

    patch.setattr(os, "open", opened)
    for name in ("mkdir", "rename", "replace", "link", "unlink", "rmdir"):
        patch.setattr(os, name, refused(name))


def _within(path: Any, folder: Path) -> bool:
    return isinstance(path, (str, os.PathLike)) and folder in Path(path).parents


def _ends(path: Any, name: str) -> bool:
    return str(path).endswith((name, Path(name).suffix or name))


# -- what would run -----------------------------------------------------------------------------------


class Bomb:
    """Makes a folder where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self._mark),)


def bomb(mark: Path) -> bytes:
    """Give a pickle that makes a folder when it is read."""
    return pickle.dumps({"conv1.weight": Bomb(mark)})
