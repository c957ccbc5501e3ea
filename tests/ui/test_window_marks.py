"""Where a training failed is marked on the canvas and listed, until the next edit, run, undo or project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from torch import nn

from studio.compiler import Problem
from studio.graph import Message
from studio.project import Choice, GraphRef, Project, edits
from studio.train.plans.marking import CODE
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.drawing import MAIN
from tests.train.plans.test_train_marking import AROUND, INSIDE, broken, missing_folder, nested, wild_rate
from tests.train.projects import wine, with_plan
from tests.ui.test_panel_lists import bring_up

Open = Callable[[Project], MainWindow]
LONG = 60_000


def listed(window: MainWindow) -> list[Problem]:
    return [problem for problem in window.workspace.problems.problems() if problem.about == "run"]


def severity(window: MainWindow, node: str, ref: GraphRef = MAIN) -> str:
    """Give how the canvas marks a block."""
    view = window.workspace.networks.show_graph(ref)
    assert view is not None
    return view.canvas.nodes[node].card.severity


def trained(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    if window.document.path is None:
        assert window.document.save_as(tmp_path / "net.netwright")
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)


def relu_fails(monkeypatch: pytest.MonkeyPatch) -> tuple[Project, str]:
    broken(monkeypatch, torch.OutOfMemoryError("CUDA out of memory"), nn.ReLU)
    project = wine()
    return project, next(project.graph(MAIN).of_type("relu")).id


@pytest.fixture
def marked(
    open_project: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[MainWindow, str]:
    """Give a window in which a training has failed at a block, and the block."""
    project, node = relu_fails(monkeypatch)
    window = open_project(project)
    trained(window, qtbot, tmp_path)
    assert window.session.failed is not None
    return window, node


def test_failure_is_marked_listed_and_keeps_nobody_from_training_again(
    marked: tuple[MainWindow, str], qtbot: QtBot
) -> None:
    window, node = marked
    assert severity(window, node) == "error"
    (problem,) = listed(window)
    assert (problem.code, problem.node, problem.severity) == (CODE, node, "error")
    assert window.session.obstacle() is None
    assert window.commands["train"].isEnabled()
    assert window.workspace.docks["problems"].windowTitle() == "Problems (1)"
    assert "parameters" in window.status.cost.text()  # the drawing is right: its totals are shown
    bring_up(window, qtbot, "problems")
    (card,) = window.workspace.problems.cards()
    said = "\n".join(label.text() for label in card.said())
    assert "The last training failed here." in said
    assert "Set the batch size from 32 to 16" in said
    assert [button.text() for button in card.buttons()] == ["Set Batch size to 16", "Copy details"]
    card.buttons()[1].click()
    assert "OutOfMemoryError" in QApplication.clipboard().text()
    set_language("zh_CN")
    (card,) = window.workspace.problems.cards()
    assert "上次训练在这里失败。" in "\n".join(label.text() for label in card.said())
    set_language("en")
    window.workspace.problems.go_to_next()
    view = window.workspace.networks.view
    assert view is not None
    assert view.selected() == [node]
    form = window.workspace.inspector.form
    assert [card.problem.code for card in form.problem_cards()] == [CODE]  # type: ignore[union-attr]


def test_offered_mend_trains_with_smaller_batches_and_takes_the_mark_away(
    marked: tuple[MainWindow, str], qtbot: QtBot
) -> None:
    window, node = marked
    bring_up(window, qtbot, "problems")
    (card,) = window.workspace.problems.cards()
    qtbot.mouseClick(card.buttons()[0], Qt.MouseButton.LeftButton)
    assert window.document.project.plan.loop.parameters["batch_size"] == 16
    qtbot.waitUntil(lambda: listed(window) == [])
    assert severity(window, node) == ""


def edit_of_another_block(window: MainWindow, node: str) -> None:
    other = next(window.document.project.graph(MAIN).of_type("dropout")).id
    window.document.do(
        Message("Set"), edits.set_parameters(window.document.project, MAIN, other, {"p": 0.25})
    )


def edit_of_the_plan(window: MainWindow, node: str) -> None:
    window.document.do(Message("Set"), edits.set_loop(window.document.project, "epochs", 7))


def removal(window: MainWindow, node: str) -> None:
    window.document.do(Message("Remove"), edits.remove_nodes(window.document.project, MAIN, [node]))


def undo_of_a_move(window: MainWindow, node: str) -> None:
    window.document.do(
        Message("Move"), edits.move_nodes(window.document.project, MAIN, {node: (10.0, 400.0)})
    )
    assert listed(window)  # where a block stands changes nothing
    window.document.undo()


def another_project(window: MainWindow, node: str) -> None:
    window.document.new()


@pytest.mark.parametrize(
    "act", [edit_of_another_block, edit_of_the_plan, removal, undo_of_a_move, another_project],
    ids=lambda act: act.__name__,
)  # fmt: skip
def test_mark_goes_with_what_makes_it_old(
    act: Callable[[MainWindow, str], None], marked: tuple[MainWindow, str], qtbot: QtBot
) -> None:
    window, node = marked
    assert listed(window)
    assert window.workspace.training.ended.get("end") is not None
    act(window, node)
    assert listed(window) == []
    # A step back of what was never trained leaves what is told of the run.
    assert (window.workspace.training.ended.get("end") is None) == (act is not undo_of_a_move)
    view = window.workspace.networks.view
    assert view is not None
    item = view.canvas.nodes.get(node)
    assert item is None or item.card.severity == ""


def test_mark_stays_with_an_edit_of_what_was_not_trained(marked: tuple[MainWindow, str]) -> None:
    window, node = marked
    window.document.do(Message("Add"), edits.add_network(window.document.project, "second"))
    second = GraphRef("network", "second")
    window.document.do(Message("Add"), edits.add_node(window.document.project, second, "relu", (0.0, 0.0))[0])
    assert [problem.node for problem in listed(window)] == [node]
    assert severity(window, node) == "error"


def test_next_run_begins_without_the_mark(
    marked: tuple[MainWindow, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, node = marked
    monkeypatch.undo()
    window.commands["train"].trigger()
    assert window.session.active
    assert listed(window) == []
    assert severity(window, node) == ""
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    assert window.session.finished is not None
    assert listed(window) == []


def test_failure_inside_composites_is_marked_inside_and_around(
    open_project: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, parts, block, tower = nested()
    broken(monkeypatch, ValueError("nonsense"))
    window = open_project(project)
    trained(window, qtbot, tmp_path)
    assert severity(window, tower) == "error"
    assert severity(window, block, AROUND) == "error"
    assert severity(window, parts[2], INSIDE) == "error"
    assert severity(window, parts[1], INSIDE) == ""
    # Marked three times, and told once.
    assert [(problem.graph, problem.node) for problem in listed(window)] == [(INSIDE, parts[2])]
    assert window.workspace.docks["problems"].windowTitle() == "Problems (1)"
    edited = edits.set_parameters(window.document.project, INSIDE, parts[1], {"bias": False})
    window.document.do(Message("Set"), edited)
    assert listed(window) == []
    assert severity(window, tower) == severity(window, block, AROUND) == ""


@pytest.mark.parametrize("draw", [wild_rate, missing_folder], ids=lambda draw: draw.__name__)
def test_numbers_and_data_that_fail_are_marked_too(
    draw: Callable[[Path], tuple[Project, str]], open_project: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    project, node = draw(tmp_path)
    window = open_project(project)
    trained(window, qtbot, tmp_path)
    assert severity(window, node) == "error"
    assert [problem.node for problem in listed(window)] == [node]


def test_failure_of_what_was_edited_meanwhile_marks_nothing(
    open_project: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, node = relu_fails(monkeypatch)
    window = open_project(project)
    assert window.document.save_as(tmp_path / "net.netwright")
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
    window.commands["train"].trigger()
    edit_of_another_block(window, node)
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    assert window.session.failed is not None
    assert listed(window) == []
    assert window.workspace.training.ended.get("end") is not None  # the panel tells it all the same


def test_resumed_run_that_fails_marks_the_open_project(marked: tuple[MainWindow, str], qtbot: QtBot) -> None:
    window, node = marked
    qtbot.waitUntil(lambda: len(window.workspace.runs.records()) == 1, timeout=LONG)
    run = window.workspace.runs.records()[0].folder
    window.document.unmark()
    assert listed(window) == []
    assert window.session.resume(run) is None
    qtbot.waitUntil(lambda: not window.session.active, timeout=LONG)
    assert [problem.node for problem in listed(window)] == [node]


def test_outline_marks_it_for_those_who_hear(marked: tuple[MainWindow, str], qtbot: QtBot) -> None:
    window, node = marked
    bring_up(window, qtbot, "outline")
    outline = window.workspace.outline
    before = outline._items[MAIN, node].icon(0).cacheKey()
    window.document.unmark()
    assert outline._items[MAIN, node].icon(0).cacheKey() != before


def test_texts_of_a_failure_are_plain(
    open_project: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, node = relu_fails(monkeypatch)
    project = edits.rename_node(project, MAIN, node, "<img src=x>")
    broken(monkeypatch, ValueError("<b>nonsense</b>"), nn.ReLU)
    window = open_project(with_plan(project, data=Choice("wine")))
    trained(window, qtbot, tmp_path)
    bring_up(window, qtbot, "problems")
    said = [label for card in window.workspace.problems.cards() for label in card.said()]
    assert any("<img src=x>" in label.text() for label in said)
    assert {label.textFormat() for label in said} == {Qt.TextFormat.PlainText}
