"""The Code panel as an editor, by keys: typed code becomes the drawing, or is named where it is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Composite, GraphRef, Project, edits
from studio.ui.learning.training import Session
from studio.ui.panels import code as code_panel
from studio.ui.panels.code import CodePanel
from studio.ui.widgets.plain import is_seen
from studio.ui.window import MainWindow
from tests import drawing

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Types in the panel as a person does."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.activateWindow()
        window.workspace.docks.show("code")
        self.panel: CodePanel = window.workspace.code
        self.view = self.panel.view
        self.settled()

    @property
    def project(self) -> Project:
        return self.window.document.project

    def settled(self) -> None:
        """Wait until the source of the drawing is shown."""
        panel = self.panel
        self.qtbot.waitUntil(
            lambda: is_seen(panel) and bool(panel.text) and not panel._stale and not panel._timer.isActive(),
            timeout=15_000,
        )
        self.qtbot.waitUntil(lambda: panel._job is None or panel._job.told, timeout=15_000)

    def replace(self, old: str, new: str) -> None:
        """Choose a piece of the text with the mouse's cursor and type over it."""
        found = self.view.document().find(old, 0, self.view.document().FindFlag.FindCaseSensitively)
        assert not found.isNull(), old
        self.view.setFocus()
        self.view.setTextCursor(found)
        QTest.keyClicks(self.view, new)

    def insert_line_after(self, line: str, new: str) -> None:
        """Go to the end of a line and type another below it."""
        found = self.view.document().find(line)
        assert not found.isNull(), line
        found.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.view.setFocus()
        self.view.setTextCursor(found)
        QTest.keyClick(self.view, Qt.Key.Key_Return)
        QTest.keyClicks(self.view, new)

    def apply(self) -> None:
        """Press Ctrl+Enter and wait for the answer."""
        QTest.keyClick(self.view, Qt.Key.Key_Return, CTRL)
        self.qtbot.waitUntil(lambda: not self.panel._busy, timeout=15_000)

    def said(self) -> str:
        return self.panel._said.text()


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Note each beginning of a training; there is to be none."""
    noted: list[bool] = []
    monkeypatch.setattr(Session, "start", lambda self: noted.append(True))
    yield noted
    assert noted == []


@pytest.fixture
def hand(open_project: Open, qtbot: QtBot, begun: list[bool]) -> Hand:
    """Give a hand on a small network."""
    # The first layer is gone, so that the others have ids that nobody would make up again.
    project, gone = drawing.chain(("linear", {}), ("linear", {}))
    project, ids = drawing.chain(
        ("input", {}),
        ("flatten", {}),
        ("linear", {"out_features": 32}),
        ("linear", {"out_features": 10}),
        ("output", {}),
        project=project,
    )
    project = edits.remove_nodes(project, MAIN, gone)
    for node, name in ((ids[2], "fc1"), (ids[3], "fc2")):
        project = edits.rename_node(project, MAIN, node, name)
    return Hand(open_project(project), qtbot)


def nodes(project: Project) -> list[tuple[str, str, str]]:
    return [(node.id, node.type, node.name) for node in project.graph(MAIN).nodes.values()]


def test_an_argument_that_is_typed_is_drawn_as_one_step(hand: Hand) -> None:
    before = hand.project
    hand.replace("nn.Linear(784, 32)", "nn.Linear(784, 48)")
    assert hand.panel.unapplied
    assert hand.said() == "Your code of “main” is not in the drawing yet."
    assert hand.project is before
    hand.apply()
    after = hand.project
    assert nodes(after) == nodes(before)
    (linear, *_) = after.graph(MAIN).of_type("linear")
    assert linear.parameters["out_features"] == 48
    assert after.graph(MAIN).wires == before.graph(MAIN).wires
    assert after.layout == before.layout
    assert after.plan is before.plan
    assert hand.window.document.history.position == 1
    hand.settled()
    assert not hand.panel.editing
    assert "nn.Linear(48, 10)" in hand.panel.text  # the drawing told the next layer's size
    hand.window.document.undo()
    assert hand.project is before
    hand.settled()
    hand.qtbot.waitUntil(lambda: "nn.Linear(784, 32)" in hand.view.toPlainText())


def test_a_layer_that_is_typed_stands_between_its_neighbours(hand: Hand) -> None:
    before = hand.project
    hand.insert_line_after("self.fc1 = nn.Linear(784, 32)", "self.drop = nn.Dropout(0.3)")
    hand.insert_line_after("x = self.fc1(x)", "x = self.drop(x)")
    hand.apply()
    (added,) = [node for node in hand.project.graph(MAIN).nodes.values() if node.type == "dropout"]
    assert (added.name, added.parameters["p"]) == ("drop", 0.3)
    kept = [node for node in nodes(hand.project) if node[0] != added.id]
    assert kept == nodes(before)
    ids = {name: key for key, _, name in nodes(hand.project)}
    feeding = [wire.source.node for wire in hand.project.graph(MAIN).into(added.id)]
    fed = [wire.target.node for wire in hand.project.graph(MAIN).out_of(added.id)]
    assert (feeding, fed) == ([ids["fc1"]], [ids["fc2"]])
    view = hand.window.workspace.networks.view
    assert view is not None
    assert added.id in hand.project.layout_of(MAIN).positions
    assert hand.window.document.history.position == 1


def test_lines_that_cannot_be_read_are_marked_and_nothing_changes(hand: Hand, qtbot: QtBot) -> None:
    before = hand.project
    hand.replace("x = self.fc1(x)", "x = self.fc1(x) if x.mean() > 0 else x")
    hand.replace("nn.Linear(784, 32)", "nn.Linear(784, 48)")
    hand.apply()
    assert hand.project is before
    assert hand.window.document.history.position == 0
    text = hand.view.toPlainText().split("\n")
    line = next(number for number, one in enumerate(text, 1) if "x.mean()" in one)
    assert list(hand.view.marked()) == [line]
    qtbot.wait(300)  # colours that come late are no typing
    assert list(hand.view.marked()) == [line]
    assert "a choice (if)" in hand.view.marked()[line]
    assert hand.panel.list.count() == 1
    item = hand.panel.list.item(0)
    assert item.text() == f"Line {line}: {hand.view.marked()[line]}"
    assert hand.said() == "1 line cannot be read, and nothing was changed. Mend the code."
    assert hand.view.textCursor().blockNumber() == line - 1
    hand.view.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.mouseClick(
        hand.panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=hand.panel.list.visualItemRect(item).center(),
    )
    assert hand.view.textCursor().blockNumber() == line - 1
    hand.replace("x = self.fc1(x) if x.mean() > 0 else x", "x = self.fc1(x)")
    assert dict(hand.view.marked()) == {}
    assert not hand.panel.list.isVisible()
    hand.apply()
    assert next(iter(hand.project.graph(MAIN).of_type("linear"))).parameters["out_features"] == 48
    assert hand.window.document.history.position == 1


def test_what_is_no_python_is_named_with_its_line(hand: Hand) -> None:
    before = hand.project
    hand.replace("x = self.fc1(x)", "x = self.fc1(x")
    hand.apply()
    assert hand.project is before
    (line,) = hand.view.marked()
    assert "self.fc1(x" in hand.view.toPlainText().split("\n")[line - 1]
    assert "This is no Python" in hand.view.marked()[line]


def test_text_is_looked_at_and_never_run(hand: Hand, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    hand.insert_line_after("import torch", f"open({str(mark)!r}, 'w').close()")
    hand.apply()
    assert list(hand.view.marked())
    assert not mark.exists()


def test_code_with_a_mistake_of_sizes_is_drawn_and_mended_under_the_same_ids(hand: Hand) -> None:
    before = hand.project
    hand.insert_line_after("self.fc1 = nn.Linear(784, 32)", "self.conv = nn.Conv2d(32, 8, 3)")
    hand.insert_line_after("x = self.fc1(x)", "x = self.conv(x)")
    hand.apply()
    document = hand.window.document
    hand.qtbot.waitUntil(lambda: "A problem is left" in hand.said(), timeout=15_000)
    assert hand.panel.editing
    assert not hand.panel.unapplied
    assert not hand.panel.apply_button.isEnabled()
    first = nodes(hand.project)
    assert [node for node in first if node[1] != "conv2d"] == nodes(before)
    hand.replace("nn.Conv2d(32, 8, 3)", "nn.ReLU()")
    hand.apply()
    hand.settled()
    assert [node for node in nodes(hand.project) if node[1] != "relu"] == nodes(before)
    assert not hand.panel.editing
    document.undo()
    assert nodes(hand.project) == first
    document.undo()
    assert hand.project is before


def test_what_is_drawn_meanwhile_elsewhere_stays(hand: Hand) -> None:
    hand.replace("nn.Linear(784, 32)", "nn.Linear(784, 48)")
    document = hand.window.document
    flatten = next(iter(hand.project.graph(MAIN).of_type("flatten"))).id
    document.do(Message("Move"), edits.move_nodes(hand.project, MAIN, {flatten: (240.0, 48.0)}))
    document.do(Message("Loop"), edits.set_loop(hand.project, "epochs", 7))
    document.do(Message("Network"), edits.add_network(hand.project, "other"))
    assert hand.panel.unapplied
    hand.apply()
    project = hand.project
    assert next(iter(project.graph(MAIN).of_type("linear"))).parameters["out_features"] == 48
    assert project.layout_of(MAIN).positions[flatten] == (240.0, 48.0)
    assert project.plan.loop.parameters["epochs"] == 7
    assert list(project.networks) == ["main", "other"]


def test_a_drawing_changed_meanwhile_is_told_before_it_is_replaced(hand: Hand) -> None:
    hand.replace("nn.Linear(784, 32)", "nn.Linear(784, 48)")
    linears = [node.id for node in hand.project.graph(MAIN).of_type("linear")]
    changed = edits.set_parameters(hand.project, MAIN, linears[1], {"out_features": 5})
    hand.window.document.do(Message("Set"), changed)
    assert hand.said() == "The drawing of “main” has changed meanwhile: your code will take its place."
    hand.qtbot.wait(400)
    assert "nn.Linear(784, 48)" in hand.view.toPlainText()  # what is typed is never written over
    hand.apply()
    hand.settled()
    assert "nn.Linear(48, 10)" in hand.panel.text
    hand.window.document.undo()
    assert hand.project is changed


def test_a_composite_is_edited_inside_the_source_of_its_network(
    open_project: Open, qtbot: QtBot, begun: list[bool]
) -> None:
    inner = GraphRef("composite", "Head")
    project = edits.set_composite(Project(), "Head", Composite())
    project, _ = drawing.chain(
        ("input", {}),
        ("linear", {"out_features": 16}),
        ("relu", {}),
        ("output", {}),
        ref=inner,
        project=project,
    )
    project, first = edits.add_node(project, MAIN, "input", (0.0, 0.0))
    project, flat = edits.add_node(project, MAIN, "flatten", (200.0, 0.0))
    project, head = edits.add_node(project, MAIN, "composite", (400.0, 0.0), composite="Head")
    project, last = edits.add_node(project, MAIN, "output", (600.0, 0.0))
    for one, other in ((first, flat), (flat, head), (head, last)):
        project = drawing.wire(project, one, other)
    hand = Hand(open_project(project), qtbot)
    hand.replace("nn.ReLU()", "nn.GELU()")
    hand.replace(
        "nn.Linear(in_features, 16)" if "in_features" in hand.panel.text else "nn.Linear(784, 16)",
        "nn.Linear(784, 24)",
    )
    hand.apply()
    after = hand.project
    assert after.graph(MAIN) == project.graph(MAIN)
    assert [node.type for node in after.graph(inner).nodes.values()] == ["input", "linear", "gelu", "output"]
    assert next(iter(after.graph(inner).of_type("linear"))).parameters["out_features"] == 24
    before_ids = list(project.graph(inner).nodes)
    assert [key for key in after.graph(inner).nodes if key in before_ids] == [
        key for key in before_ids if project.graph(inner).nodes[key].type != "relu"
    ]
    assert hand.window.document.history.position == 1
    hand.settled()
    assert not hand.panel.editing


def test_keys_indent_undo_and_leave(hand: Hand) -> None:
    view = hand.view
    start = view.toPlainText()
    hand.insert_line_after("x = self.fc1(x)", "")
    assert view.textCursor().block().text() == " " * 8
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.textCursor().block().text() == " " * 12
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.textCursor().block().text() == " " * 8
    while view.toPlainText() != start:
        QTest.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert not hand.panel.editing
    assert not hand.panel.apply_button.isVisible()
    hand.replace("nn.Linear(784, 32)", "nn.Linear(784, 4)")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is hand.panel.apply_button
    QTest.keyClick(hand.panel.apply_button, Qt.Key.Key_Space)
    hand.settled()
    # Where forms with lists of choices go, as with the block of the line, a window without a screen sleeps.
    hand.window.activateWindow()
    hand.qtbot.waitUntil(hand.window.isActiveWindow)
    view.setFocus()
    assert hand.window.document.history.position == 1
    QTest.keyClick(view, Qt.Key.Key_Z, CTRL)  # nothing is typed here: the drawing's own undo
    assert hand.window.document.history.position == 0


def test_typed_code_is_lost_only_once_a_person_agrees(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(["cancel", "cancel", "discard"])

    def ask(_parent: object, title: Message, *_more: object) -> str:
        asked.append(str(title))
        return next(answers)

    monkeypatch.setattr(code_panel, "ask", ask)
    hand.replace("nn.Linear(784, 32)", "nn.Linear(784, 48)")
    typed = hand.view.toPlainText()
    hand.window.filing.new()
    assert hand.view.toPlainText() == typed
    QTest.mouseClick(hand.panel.discard_button, Qt.MouseButton.LeftButton)
    assert hand.view.toPlainText() == typed
    QTest.mouseClick(hand.panel.discard_button, Qt.MouseButton.LeftButton)
    assert hand.view.toPlainText() == hand.panel.text
    assert asked == ["Discard your changes to the code?"] * 3
    hand.window.filing.new()  # nothing is typed: nothing is asked
    assert len(asked) == 3


def test_ctrl_enter_without_a_change_does_nothing(hand: Hand) -> None:
    before = hand.project
    hand.view.setFocus()
    hand.apply()
    assert hand.project is before
    hand.replace("class Main", "class  Main")  # other words for the same
    hand.apply()
    assert hand.project is before
    assert not hand.panel.editing
