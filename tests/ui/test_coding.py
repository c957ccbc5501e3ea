"""Custom blocks in the window, by keys: written, edited, asked about, trusted, and never in anybody's way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from studio.compiler import Problem, custom
from studio.graph import Message
from studio.project import GraphRef, Project, edits
from studio.project.clipboard import copy_text, paste_text
from studio.project.coding import set_code
from studio.project.trust import trust
from studio.ui.learning.training import Session
from studio.ui.panels import coding
from studio.ui.panels.coding import CodeDialog, TrustDialog
from studio.ui.panels.node import NodeForm
from studio.ui.panels.problem import ProblemCard
from studio.ui.window import MainWindow
from tests import drawing
from tests.coded import FAILING_LINE, GATE, failing, gated, with_code

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust nothing before and after each test."""
    monkeypatch.setattr(trust, "_file", tmp_path / "trusted")
    trust.forget()
    yield
    trust.forget()


def dialog(window: MainWindow) -> CodeDialog:
    found = window.workspace.coding.dialog
    assert isinstance(found, CodeDialog)
    return found


def codes(window: MainWindow) -> list[str]:
    return [problem.code for problem in of_drawing(window)]


def of_drawing(window: MainWindow) -> list[Problem]:
    return [problem for problem in window.document.problems() if problem.about == "drawing"]


def type_all(found: CodeDialog, text: str) -> None:
    """Put a text in place of all that is there, as pasting does."""
    found.view.selectAll()
    QApplication.clipboard().setText(text)
    QTest.keyClick(found.view, Qt.Key.Key_V, CTRL)


def test_a_new_block_is_written_drawn_and_trusted(
    open_project: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(Session, "start", lambda self: begun.append(True))
    window = open_project(drawing.chain(("input", {"shape": (64,)}))[0])
    window.commands["new_code"].trigger()
    found = dialog(window)
    assert found.said.text() == "Inputs: x · Outputs: y · Settings: factor"
    found.view.moveCursor(QTextCursor.MoveOperation.End)
    cursor = found.view.document().find("MyBlock")
    found.view.setTextCursor(cursor)
    QTest.keyClicks(found.view, "Scaled")
    QTest.keyClick(found.view, Qt.Key.Key_Return, CTRL)
    assert begun == []
    assert window.workspace.coding.dialog is None
    assert list(window.document.project.custom) == ["Scaled"]
    (node,) = window.document.project.graph(MAIN).of_type("custom.Scaled")
    assert trust.trusts(window.document.project.custom)
    assert "Scaled" in [block.title for block in window.workspace.palette_.shown()]
    assert "class Scaled(nn.Module):" in window.document.project.custom["Scaled"]
    view = window.workspace.networks.view
    assert view is not None
    view.select([node.id])
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    assert list(form.block.parameters) == ["factor"]
    assert [str(label) for label in window.document.history.labels()] == ["Write the Python block “Scaled”"]
    assert window.commands["undo"].text() == "Undo: Write the Python block “Scaled”"
    window.workspace._help()  # a page of its own, without an example
    assert window.workspace.docks["help"].isVisible()
    window.document.undo()
    assert window.document.project.custom == {}
    assert list(window.document.project.graph(MAIN).of_type("custom.Scaled")) == []


def test_mistakes_are_told_with_their_line_while_typing(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(Project())
    window.commands["new_code"].trigger()
    found = dialog(window)
    type_all(found, "import torch\n\ndef f(x:\n    return x\n")
    qtbot.waitUntil(lambda: "This is no Python" in found.said.text())
    assert list(found.view.marked()) == [3]
    QTest.keyClick(found.view, Qt.Key.Key_Return, CTRL)
    assert window.document.project.custom == {}
    assert window.workspace.coding.dialog is found
    type_all(found, "def f(x):\n    return x\n")
    qtbot.waitUntil(lambda: found.said.text() == "Inputs: x · Outputs: y · Settings: –")
    assert dict(found.view.marked()) == {}


def test_code_of_others_is_shown_asked_about_and_only_then_run(
    open_project: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    mark = tmp_path / "ran"
    project, ids = gated(GATE.replace("GAIN = 2.0", f"GAIN = open({str(mark)!r}, 'w').close()"))
    window = open_project(project)
    assert codes(window) == ["untrusted_code"]
    assert not mark.exists()
    window.workspace.show_node(MAIN, ids[1])
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    assert list(form.block.parameters) == ["features", "gain"]  # the form is there all the same
    (card,) = [card for card in form.problem_cards() if isinstance(card, ProblemCard)]
    (button,) = [one for one in card.buttons() if "trust" in one.text()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = window.workspace.coding.dialog
    assert isinstance(found, TrustDialog)
    assert "class Gate(nn.Module):" in found.view.toPlainText()
    assert "def swish" in found.view.toPlainText()
    assert found.view.isReadOnly()
    QTest.keyClick(found, Qt.Key.Key_Escape)
    assert codes(window) == ["untrusted_code"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = window.workspace.coding.dialog
    assert isinstance(found, TrustDialog)
    QTest.keyClick(found, Qt.Key.Key_Return)  # Enter alone trusts nothing
    assert not trust.trusts(project.custom)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = window.workspace.coding.dialog
    assert isinstance(found, TrustDialog)
    QTest.mouseClick(found.trust_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: codes(window) == [], timeout=15_000)
    assert mark.exists()
    assert window.document.project is project
    assert not window.document.modified


def test_editing_untrusted_code_does_not_trust_the_rest(open_project: Open, qtbot: QtBot) -> None:
    project, ids = gated()
    window = open_project(project)
    view = window.workspace.networks.view
    assert view is not None
    view.select([ids[2]])
    view.open_current()
    found = dialog(window)
    assert found.windowTitle() == "The code of “swish”"
    cursor = found.view.document().find("beta * x")
    found.view.setTextCursor(cursor)
    QTest.keyClicks(found.view, "x * beta")
    QTest.keyClick(found.view, Qt.Key.Key_Return, CTRL)
    assert "x * beta" in window.document.project.custom["swish"]
    assert not trust.trusts(window.document.project.custom)
    window.document.undo()
    assert window.document.project is project


def test_double_click_and_the_inspector_open_the_code(open_project: Open, qtbot: QtBot) -> None:
    project, ids = gated()
    trust.trust(project.custom)
    window = open_project(project)
    view = window.workspace.networks.view
    assert view is not None
    body = view.canvas.nodes[ids[1]].body()
    place = view.mapFromScene(QPointF(body.center().x(), body.bottom() - 8))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog(window).windowTitle() == "The code of “Gate”"
    QTest.keyClick(dialog(window), Qt.Key.Key_Escape)
    view.select([ids[1]])
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    (button,) = [one for one in form.findChildren(QPushButton) if one.text() == "Edit the code…"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = dialog(window)
    cursor = found.view.document().find("def forward")
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    found.view.setTextCursor(cursor)
    QTest.keyClick(found.view, Qt.Key.Key_Return)
    QTest.keyClicks(found.view, "raise KeyError(3)")
    QTest.keyClick(found.view, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: codes(window) == ["custom_code"], timeout=15_000)
    (problem,) = of_drawing(window)
    assert str(problem.message) == f"Line {FAILING_LINE} of “Gate”: KeyError: 3"
    window.document.code_wanted.emit("Gate")
    found = dialog(window)
    qtbot.wait(500)  # it stays until somebody types
    assert dict(found.view.marked()) == {FAILING_LINE: str(problem.message)}
    assert found.view.textCursor().blockNumber() == FAILING_LINE - 1
    assert found.said.text() == str(problem.message)


def test_an_endless_loop_leaves_the_window_free(
    open_project: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custom.Watch.__init__, "__defaults__", (1.0,))
    project, ids = gated(failing("while True: pass"))
    trust.trust(project.custom)
    window = open_project(drawing.chain(("input", {}))[0])
    window.document._replace(project, None, saved=True)
    window.show_project()
    view = window.workspace.networks.view
    assert view is not None
    view.select([ids[3]])  # while the code goes round and round
    assert view.selected() == [ids[3]]
    assert codes(window) == []
    qtbot.waitUntil(lambda: codes(window) == ["custom_code"], timeout=15_000)
    assert "did not end" in str(of_drawing(window)[0].message)


def test_code_that_was_quick_so_far_is_never_waited_for(
    open_project: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custom.Watch.__init__, "__defaults__", (1.5,))
    project, ids = gated()
    trust.trust(project.custom)
    window = open_project(project)
    document = window.document
    document.do(Message("Set"), edits.set_parameters(project, MAIN, ids[2], {"beta": 3.0}))
    qtbot.waitUntil(lambda: not document.analysis.pending(MAIN), timeout=10_000)
    endless = set_code(document.project, failing("while True: pass"), "Gate")
    trust.trust(endless.custom)
    began = time.monotonic()
    document.do(Message("Code"), endless)
    assert time.monotonic() - began < 1.0
    qtbot.waitUntil(lambda: codes(window) == ["custom_code"], timeout=15_000)


def test_typed_code_is_lost_only_once_a_person_agrees(
    open_project: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["cancel", "discard"])
    asked: list[Message] = []

    def ask(_parent: object, title: Message, *_more: object) -> str:
        asked.append(title)
        return next(answers)

    monkeypatch.setattr(coding, "ask", ask)
    window = open_project(with_code(Gate=GATE))
    window.document.code_wanted.emit("Gate")
    found = dialog(window)
    QTest.keyClicks(found.view, "# ")
    QTest.keyClick(found, Qt.Key.Key_Escape)
    assert window.workspace.coding.dialog is found
    QTest.mouseClick(found.cancel_button, Qt.MouseButton.LeftButton)
    assert window.workspace.coding.dialog is None
    assert len(asked) == 2
    assert window.document.project.custom["Gate"] == GATE


def test_pasted_code_is_asked_about(open_project: Open, qtbot: QtBot) -> None:
    project, ids = gated()
    window = open_project(drawing.chain(("input", {"shape": (64,)}))[0])
    window.document.attempt(
        Message("Paste"), lambda now: paste_text(now, MAIN, copy_text(project, MAIN, [ids[1]]))[0]
    )
    assert list(window.document.project.custom) == ["Gate"]
    assert not trust.trusts(window.document.project.custom)


def test_a_block_is_removed_from_the_list_while_unused(open_project: Open) -> None:
    window = open_project(with_code(Gate=GATE))
    palette = window.workspace.palette_
    (block,) = [block for block in palette.shown() if block.type == "custom.Gate"]
    menu = palette.menu(block)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Add it to the canvas", "Edit the code…", "Remove"]
    next(action for action in menu.actions() if action.text() == "Remove").trigger()
    assert window.document.project.custom == {}
    assert "custom.Gate" not in [block.type for block in palette.shown()]
    window.document.undo()
    assert "custom.Gate" in [block.type for block in palette.shown()]


@pytest.mark.parametrize(
    ("line", "ends"), [("while True: pass", True), ("__import__('time').sleep(9)", False)]
)
def test_the_window_closes_in_time_whatever_the_code_does(
    open_project: Open, qtbot: QtBot, line: str, ends: bool
) -> None:
    project, _ = gated(failing(line))
    trust.trust(project.custom)
    window = open_project(drawing.chain(("input", {}))[0])
    window.document._replace(project, None, saved=True)
    worker = window.document.analysis._thread
    assert worker is not None
    qtbot.waitUntil(lambda: custom.at_work(worker.ident or 0), timeout=10_000)
    began = time.monotonic()
    assert window.shut_down() is ends
    assert time.monotonic() - began < 5
    worker.join(20)
    assert not worker.is_alive()
