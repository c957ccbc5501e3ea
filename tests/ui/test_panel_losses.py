"""The losses of the plan: which output and target each takes, how much it counts, one more, one less."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from studio.graph import Message, Value
from studio.project import Choice, GraphRef, LossTerm, Project, edits
from studio.project.file import dumps, loads
from studio.ui.panels.losses import LossCard, NameField
from studio.ui.panels.number import NumberSpin
from studio.ui.panels.plan import PlanForm
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

MAIN = GraphRef("network", "main")
LEFT = Qt.MouseButton.LeftButton
Open = Callable[[Project], MainWindow]

CHAIN: tuple[tuple[str, dict[str, Value]], ...] = (
    ("input", {}),
    ("flatten", {}),
    ("linear", {"out_features": 10}),
    ("output", {}),
)


def two_heads() -> Project:
    """Give a network with two outputs."""
    project, ids = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {})
    )
    project = edits.rename_node(project, MAIN, ids[-1], "digit")
    return edits.add_node(project, MAIN, "output", (0.0, 300.0), name="parity")[0]


def plan(window: MainWindow) -> tuple[LossTerm, ...]:
    return window.document.project.plan.losses


def form(window: MainWindow) -> PlanForm:
    found = window.workspace.inspector.form
    assert isinstance(found, PlanForm)
    return found


def choose(card: LossCard, name: str, value: str) -> None:
    field = card.form.field(name)
    assert isinstance(field, NameField)
    index = field.combo.findData(value)
    assert index >= 0, value
    field.combo.setCurrentIndex(index)
    field.combo.activated.emit(index)


def line(card: LossCard, name: str) -> QLineEdit:
    field = card.form.field(name)
    spins = field.findChildren(NumberSpin)
    found = spins[0].lineEdit() if spins else field.findChildren(QComboBox)[0].lineEdit()
    assert found is not None
    return found


def type_into(qtbot: QtBot, edit: QLineEdit, typed: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, typed)


def test_output_of_a_loss_is_chosen_among_those_of_the_network(open_project: Open) -> None:
    window = open_project(two_heads())
    (card,) = form(window).losses
    assert card.fold.opened  # with two outputs there is something to choose
    assert [card.output.combo.itemText(row) for row in range(3)] == ["not chosen", "digit", "parity"]
    choose(card, "output", "parity")
    assert plan(window)[0].output == "parity"
    window.document.undo()
    assert plan(window)[0].output == ""
    assert card.output.combo.currentData() == ""
    window.document.redo()
    assert card.output.combo.currentText() == "parity"
    qt_reset = card.form.reset_button("output")
    assert not qt_reset.isHidden()
    qt_reset.click()
    assert plan(window)[0].output == ""


def test_target_is_chosen_or_typed_as_one_step(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(two_heads())
    (card,) = form(window).losses
    before = window.document.history.position
    type_into(qtbot, line(card, "target"), "odd")
    assert plan(window)[0].target == "odd"
    assert line(card, "target").text() == "odd"
    assert window.document.history.position == before + 1
    window.document.undo()
    assert plan(window)[0].target == line(card, "target").text() == ""
    choose(card, "target", "target")
    assert plan(window)[0].target == line(card, "target").text() == "target"


def test_weight_is_typed_and_checked(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(two_heads())
    (card,) = form(window).losses
    type_into(qtbot, line(card, "weight"), "0.25")
    assert plan(window)[0].weight == 0.25
    type_into(qtbot, line(card, "weight"), "1e400")
    assert plan(window)[0].weight == 1e4  # as far as it went
    assert "Expected a number" in card.form.refusal("weight")
    type_into(qtbot, line(card, "weight"), "3")
    assert plan(window)[0].weight == 3.0
    assert isinstance(plan(window)[0].weight, float)
    assert card.form.refusal("weight") == ""
    window.document.undo()
    assert plan(window)[0].weight == 1.0
    assert line(card, "weight").text() == "1"


def test_losses_are_added_and_removed(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(two_heads())
    editor = form(window).losses_editor
    choose(form(window).losses[0], "output", "digit")
    assert not form(window).losses[0].remove_button.isVisible()  # a training needs one
    qtbot.mouseClick(editor.add_button, LEFT)
    assert [term.output for term in plan(window)] == ["digit", "parity"]  # the output that none judged yet
    assert [card.remove_button.isVisibleTo(card) for card in editor.cards] == [True, True]
    editor.cards[1].combo.setCurrentIndex(editor.cards[1].combo.findData("bce_with_logits"))
    editor.cards[1].combo.activated.emit(editor.cards[1].combo.currentIndex())
    type_into(qtbot, line(editor.cards[1], "weight"), "0.5")
    assert plan(window) == (
        LossTerm(Choice("cross_entropy"), "digit"),
        LossTerm(Choice("bce_with_logits"), "parity", weight=0.5),
    )
    assert loads(dumps(window.document.project)).plan.losses == plan(window)
    qtbot.mouseClick(editor.cards[0].remove_button, LEFT)
    assert plan(window) == (LossTerm(Choice("bce_with_logits"), "parity", weight=0.5),)
    (card,) = editor.cards
    assert card.combo.currentData() == "bce_with_logits"
    assert card.output.combo.currentText() == "parity"
    assert str(window.document.history.labels()[window.document.history.position - 1]) == "Remove a loss"
    window.document.undo()
    assert [term.output for term in plan(window)] == ["digit", "parity"]
    assert [card.combo.currentData() for card in editor.cards] == ["cross_entropy", "bce_with_logits"]
    assert line(editor.cards[1], "weight").text() == "0.5"


def test_plan_without_losses_offers_the_first(open_project: Open, qtbot: QtBot) -> None:
    project = two_heads()
    window = open_project(edits.set_plan(project, dataclasses.replace(project.plan, losses=())))
    editor = form(window).losses_editor
    assert editor.cards == []
    qtbot.mouseClick(editor.add_button, LEFT)
    assert [term.choice.type for term in plan(window)] == ["cross_entropy"]


def test_plain_network_is_not_asked_what_it_need_not_answer(open_project: Open) -> None:
    project, _ = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {})
    )
    window = open_project(project)
    (card,) = form(window).losses
    assert not card.fold.opened
    assert card.output.combo.currentText() == "only one"
    choose(card, "target", "target")
    assert card.fold.opened
    card.fold.open(False)
    form(window).refresh()
    assert not card.fold.opened  # what was shut by hand stays shut


def test_names_that_are_gone_stay_to_be_seen(open_project: Open) -> None:
    project = two_heads()
    losses = (LossTerm(Choice("cross_entropy"), "<b>gone</b>", "gone too"),)
    window = open_project(edits.set_plan(project, dataclasses.replace(project.plan, losses=losses)))
    (card,) = form(window).losses
    assert card.output.combo.currentText() == "<b>gone</b>"
    assert line(card, "target").text() == "gone too"
    assert plan(window) == losses


def test_outputs_follow_the_drawing(open_project: Open) -> None:
    project = two_heads()
    window = open_project(project)
    (card,) = form(window).losses
    window.document.do(
        Message("Add"), edits.add_node(window.document.project, MAIN, "output", (0.0, 500.0), name="third")[0]
    )
    assert card.output.combo.findData("third") > 0


def test_losses_speak_chinese_at_once(open_project: Open) -> None:
    window = open_project(two_heads())
    text.set_language("zh_CN")
    (card,) = form(window).losses
    assert card.output.combo.itemText(0) == "未选择"
    assert form(window).losses_editor.add_button.text() == "添加损失"


@pytest.mark.parametrize("typed", ["", "  odd  "])
def test_blanks_around_a_target_do_not_count(open_project: Open, qtbot: QtBot, typed: str) -> None:
    window = open_project(two_heads())
    (card,) = form(window).losses
    choose(card, "target", "target")
    edit = line(card, "target")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, typed)
    assert plan(window)[0].target == typed.strip()
    assert edit.text() == typed
