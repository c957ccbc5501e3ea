"""The learning rate by a formula in the form of the plan: typed, refused with a reason, completed, undone."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from studio.project import MODEL, Choice, Project
from studio.ui.panels.fields import LineField
from studio.ui.panels.form import Form
from studio.ui.panels.plan import PlanForm
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.drawing import CNN, chain

Open = Callable[[Project], MainWindow]


def planned(window: MainWindow) -> Choice:
    return window.document.project.plan.schedules[MODEL]


def opened(window: MainWindow) -> tuple[Form, LineField]:
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    if form.schedule.combo.currentData() != "lambda_lr":
        form.schedule.combo.setCurrentIndex(form.schedule.combo.findData("lambda_lr"))
        form.schedule.combo.activated.emit(form.schedule.combo.currentIndex())
    assert form.schedule.form is not None
    field = form.schedule.form.field("factor")
    assert isinstance(field, LineField)
    return form.schedule.form, field


def type_into(qtbot: QtBot, field: LineField, typed: str) -> None:
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, typed)


def test_a_formula_is_typed_refused_and_undone(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(chain(*CNN)[0])
    form, field = opened(window)
    assert field.line.text() == "0.95 ** epoch"
    type_into(qtbot, field, "1 / (1 + epoch)")
    assert planned(window).parameters["factor"] == "1 / (1 + epoch)"
    assert form.refusal("factor") == ""
    type_into(qtbot, field, "1 / lr")
    assert planned(window).parameters["factor"] == "1 "  # as far as it was a formula
    assert "uses “lr”, which a formula does not know" in form.refusal("factor")
    set_language("zh_CN")
    form, field = opened(window)
    type_into(qtbot, field, "tanh(step)")
    assert "公式不认识它" in form.refusal("factor")
    for _ in range(12):
        window.document.undo()
    assert MODEL not in window.document.project.plan.schedules


def test_the_names_of_a_formula_are_completed(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(chain(*CNN)[0])
    _, field = opened(window)
    type_into(qtbot, field, "0.5 ** ste")
    assert field.completer.offered() == ["step", "steps"]
    type_into(qtbot, field, "s")
    assert field.completer.offered() == ["sin", "sqrt", "step", "steps"]
