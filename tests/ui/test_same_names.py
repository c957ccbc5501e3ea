"""Blocks of one graph keep names of their own: for one that is taken the next free one is given, and told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.project import Project, edits
from studio.project.file import dumps, loads
from studio.ui.panels.node import NodeForm
from studio.ui.window import MainWindow
from studio.ui.words.text import say
from tests.drawing import MAIN, chain
from tests.ui.canvas_hand import Hand, drawn

Open = Callable[[Project], MainWindow]
TOLD = "Another block is named “conv1”. This one is called “conv2”."


def test_a_taken_name_typed_on_the_canvas_becomes_the_next_free_one(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "conv2d", "relu", "output"))
    told: list[str] = []
    hand.document.told.connect(lambda message: told.append(say(message)))
    hand.view.select(["relu_1"])
    with hand.step("Rename “relu1” to “conv2”"):
        hand.key(Qt.Key.Key_F2)
        editor = hand.view.writing.editor
        assert editor is not None
        QTest.keyClicks(editor.field, "conv1")
        QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert told == [TOLD]


def test_a_taken_name_in_the_inspector_is_settled_when_it_is_typed(open_project: Open, qtbot: QtBot) -> None:
    project, ids = chain(("input", {}), ("conv2d", {}), ("relu", {}), ("conv2d", {}), ("output", {}))
    project = edits.rename_node(project, MAIN, ids[3], "last")
    window = open_project(project)
    inspector = window.workspace.inspector
    inspector.show_selection(MAIN, [ids[3]])
    form = inspector.form
    assert isinstance(form, NodeForm)

    def name() -> str:
        return window.document.project.graph(MAIN).nodes[ids[3]].name

    form.name.selectAll()
    QTest.keyClicks(form.name, "conv10")  # over “conv1”, which is only on the way
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert name() == "conv10"
    QTest.keyClick(form.name, Qt.Key.Key_Backspace)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert name() == form.name.text() == "conv2"
    assert window.status.currentMessage() == TOLD
    window.document.undo()
    assert name() == "last"


def test_names_are_free_for_what_they_name() -> None:
    graph = chain(("input", {}), ("conv2d", {}), ("conv2d", {}), ("output", {}))[0].graph(MAIN)
    for node, typed, free in (
        ("conv2d_1", "conv1", "conv1"),
        ("conv2d_1", "conv2", "conv3"),
        ("conv2d_2", "conv1", "conv2"),
        ("conv2d_1", "x", "x2"),
        ("conv2d_1", "y", "y2"),
        ("output_1", "x", "x"),
        ("output_1", "conv1", "conv3"),
    ):
        assert edits.free_name(graph, node, typed) == free, (node, typed)


def test_a_file_with_equal_names_opens_as_it_is() -> None:
    project, ids = chain(("input", {}), ("conv2d", {}), ("conv2d", {}), ("output", {}))
    project = edits.rename_node(project, MAIN, ids[2], "conv1")
    again = loads(dumps(project))
    assert [node.name for node in again.graph(MAIN).nodes.values()].count("conv1") == 2
