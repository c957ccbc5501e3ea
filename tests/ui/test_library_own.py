"""A person's own blocks in the window: dragged off the canvas, placed, renamed, removed, told when broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import COMPOSITE, Composite, Project, edits, own_library
from studio.project.file import dumps
from studio.project.own_library import OWN, OwnLibrary
from studio.ui.canvas import CanvasView
from studio.ui.editing import keeping
from studio.ui.panels.palette import Palette
from studio.ui.window import MainWindow
from tests.ui.canvas_hand import LEFT, MAIN, PLAIN, drawn

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnLibrary:
    monkeypatch.setattr(own_library, "own_folder", lambda: tmp_path / "mine")
    return own_library.own_library()


def composed(*kinds: str) -> Project:
    inner = drawn("input", *kinds, "output").graph(MAIN)
    project = edits.set_composite(drawn("input"), "Mine", Composite(inner))
    return edits.add_node(project, MAIN, COMPOSITE, (256.0, 0.0), composite="Mine")[0]


@pytest.fixture
def window(library: OwnLibrary, make_window: Callable[[], MainWindow], qtbot: QtBot) -> MainWindow:
    made = make_window()
    made.document._replace(composed("relu"), None, saved=True)
    made.show_project()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.workspace.docks.show("palette")
    return made


def canvas(window: MainWindow) -> CanvasView:
    found = window.workspace.networks.view
    assert found is not None
    return found


def rows(palette: Palette) -> list[QTreeWidgetItem]:
    """Give what stands under “My blocks”."""
    for place in range(palette.tree.topLevelItemCount()):
        top = palette.tree.topLevelItem(place)
        if top is not None and top.text(0) == "My blocks":
            found = (top.child(row) for row in range(top.childCount()))
            return [row for row in found if row is not None]
    return []


def drag_out(window: MainWindow, node: str) -> None:
    """Drag a block of the canvas onto the list of blocks, and let it go there."""
    view, tree = canvas(window), window.workspace.palette_.tree
    port = view.viewport()
    start = view.viewportTransform().map(view.canvas.nodes[node].body().center() + QPointF(0, 20)).toPoint()
    goal = port.mapFromGlobal(tree.mapToGlobal(tree.rect().center()))
    QTest.mousePress(port, LEFT, PLAIN, start)
    for step in (0.3, 0.6, 1.0):
        at = QPointF(start) + (QPointF(goal) - QPointF(start)) * step
        move = QMouseEvent(
            QEvent.Type.MouseMove, at, QPointF(port.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, PLAIN
        )
        QApplication.sendEvent(port, move)
    assert window.workspace.palette_._place.isVisible()
    QTest.mouseRelease(port, LEFT, PLAIN, goal)
    assert not window.workspace.palette_._place.isVisible()


def test_a_composite_dragged_onto_the_list_is_kept(window: MainWindow, library: OwnLibrary) -> None:
    before, position = dumps(window.document.project), window.document.history.position
    look = canvas(window).camera.to_scene(QPointF())
    drag_out(window, "composite_1")
    assert dumps(window.document.project) == before
    assert window.document.history.position == position
    assert canvas(window).canvas.position("composite_1") == (256.0, 0.0)
    assert canvas(window).camera.to_scene(QPointF()) == look
    assert [one.name for one in library.all()] == ["Mine"]
    assert [row.text(0) for row in rows(window.workspace.palette_)] == ["Mine"]
    current = window.workspace.palette_.current()
    assert current is not None
    assert current.type == OWN


def test_it_is_kept_by_keys_and_placed_in_another_project(window: MainWindow, library: OwnLibrary) -> None:
    view = canvas(window)
    view.setFocus()
    view.select(["composite_1"])
    QTest.keyClick(view, Key.Key_S, CTRL | ALT)
    assert [one.name for one in library.all()] == ["Mine"]
    window.document._replace(Project(), None, saved=True)
    before = dumps(window.document.project)
    palette = window.workspace.palette_
    palette.search.setFocus()
    QTest.keyClicks(palette.search, "mine")
    assert [block.title for block in palette.shown()][:1] == ["Mine"]
    QTest.keyClick(palette.search, Key.Key_Return)
    project = window.document.project
    assert [node.composite for node in project.graph(MAIN).nodes.values()] == ["Mine"]
    assert project.composites == composed("relu").composites
    window.document.undo()
    assert dumps(window.document.project) == before


def test_a_name_that_is_taken_is_asked_about(
    window: MainWindow, library: OwnLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    answers = ["other", "replace", "cancel"]

    def ask(_parent: object, _title: Message, _text: Message, offers: list[tuple[str, Message, str]]) -> str:
        asked.append([str(said) for _, said, _ in offers])
        return answers[len(asked) - 1]

    monkeypatch.setattr(keeping, "ask", ask)
    keep = window.workspace.keeping.keep
    keep("Mine")
    keep("Mine")
    assert asked == []
    for kinds in (("tanh",), ("sigmoid",), ("gelu",)):
        window.document._replace(composed(*kinds), None, saved=True)
        keep("Mine")
    assert asked[0] == ["Keep it as “Mine 2”", "Replace the old one", "Cancel"]
    held = {
        one.name: {node.type for node in one.project.composites[one.name].graph.nodes.values()}
        for one in library.all()
    }
    assert held == {"Mine": {"input", "sigmoid", "output"}, "Mine 2": {"input", "tanh", "output"}}


def test_it_is_renamed_and_removed_by_its_menu(
    window: MainWindow, library: OwnLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.workspace.keeping.keep("Mine")
    palette = window.workspace.palette_
    monkeypatch.setattr(keeping, "ask_text", lambda *_: "Yours")
    monkeypatch.setattr(keeping, "ask", lambda *_: "remove")
    block = palette.current()
    assert block is not None
    texts = [action.text() for action in palette.menu(block).actions()]
    assert [text for text in texts if text] == ["Add it to the canvas", "Rename…", "Open folder", "Remove"]
    palette.own_rename_wanted.emit("Mine")
    assert [row.text(0) for row in rows(palette)] == ["Yours"]
    palette.own_removal_wanted.emit("Yours")
    assert rows(palette) == []


def test_what_others_put_there_is_seen_and_a_broken_file_is_told(
    window: MainWindow, library: OwnLibrary, qtbot: QtBot
) -> None:
    palette = window.workspace.palette_
    window.workspace.keeping.keep("Mine")
    other = OwnLibrary(library.folder)
    other.save(composed("tanh"), "Mine", "Theirs")
    qtbot.waitUntil(lambda: [row.text(0) for row in rows(palette)] == ["Mine", "Theirs"])
    (library.folder / "bad.netwright").write_text("{")
    QApplication.sendEvent(palette, QEvent(QEvent.Type.WindowActivate))
    assert [row.text(0) for row in rows(palette)][2] == "bad.netwright: not read"
    said = str(rows(palette)[2].data(0, Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("bad.netwright: ")
    assert len(said) > 20
    item = rows(palette)[0]
    palette.tree.scrollToItem(item)
    at = palette.tree.visualItemRect(item).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, palette.tree.viewport().mapToGlobal(at))
    QApplication.sendEvent(palette.tree.viewport(), event)
    assert "data:image/png;base64," in item.toolTip(0)
    QToolTip.hideText()
    assert palette._place.takes(QPoint(-5, -5)) is False
