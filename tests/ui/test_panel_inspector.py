"""The inspector: a form from declarations, whose every edit is checked, undone and done for several."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from studio.blocks.parameter import Kind
from studio.graph import Expression, Message, Value
from studio.project import Composite, CompositeParameter, GraphRef, Project, edits
from studio.ui.panels.fields import BoolField, ChoiceField, LineField, NumberField, SizeField, shape_of
from studio.ui.panels.form import Form
from studio.ui.panels.inspector import Inspector
from studio.ui.panels.node import NodeForm
from studio.ui.panels.number import NumberSpin, parse
from studio.ui.panels.plan import PlanForm
from studio.ui.panels.several import SeveralForm
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]

CNN = drawing.chain(
    ("input", {}),
    ("conv2d", {"out_channels": 8, "padding": 1}),
    ("relu", {}),
    ("conv2d", {"out_channels": 16}),
    ("flatten", {}),
    ("linear", {"out_features": 10}),
    ("output", {}),
)


def shown(window: MainWindow, *ids: str) -> tuple[Inspector, NodeForm]:
    inspector = window.workspace.inspector
    inspector.show_selection(MAIN, ids)
    assert isinstance(inspector.form, NodeForm)
    return inspector, inspector.form


def spin(form: Form, name: str) -> QLineEdit:
    field = form.field(name)
    assert isinstance(field, (NumberField, SizeField))
    return field.findChildren(NumberSpin)[0].lineEdit()


def value(window: MainWindow, node: str, name: str) -> object:
    return window.document.project.graph(MAIN).nodes[node].parameters.get(name)


def leaving(window: MainWindow, node: str) -> str:
    report = window.document.report(MAIN)
    return str(report.nodes[node].outputs["y"]) if report is not None else ""


def type_into(qtbot: QtBot, line: QLineEdit, typed: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)


def test_typing_a_number_changes_the_shape_and_is_one_step(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    before = window.document.history.position
    type_into(qtbot, spin(form.form, "out_channels"), "24")
    assert value(window, ids[1], "out_channels") == 24
    assert window.document.history.position == before + 1  # 2, then 24: one step
    qtbot.waitUntil(lambda: leaving(window, ids[1]) == "B × 24 × 28 × 28")
    window.commands["undo"].trigger()
    assert value(window, ids[1], "out_channels") == 8
    assert spin(form.form, "out_channels").text() == "8"


def test_refused_value_says_expected_and_received_and_is_not_taken(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    line = spin(form.form, "out_channels")
    type_into(qtbot, line, "0")
    assert value(window, ids[1], "out_channels") == 8
    assert form.form.refusal("out_channels") == "Expected a whole number of at least 1, received 0."
    type_into(qtbot, line, "many")
    assert "received “many”" in form.form.refusal("out_channels")
    assert value(window, ids[1], "out_channels") == 8
    type_into(qtbot, line, "-" + "9" * 50)
    assert value(window, ids[1], "out_channels") == 8
    type_into(qtbot, line, "12")
    assert form.form.refusal("out_channels") == ""
    assert value(window, ids[1], "out_channels") == 12


def test_undo_key_in_a_field_undoes_the_document(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    line = spin(form.form, "out_channels")
    type_into(qtbot, line, "31")
    window.activateWindow()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert value(window, ids[1], "out_channels") == 8


def test_reset_button_is_there_only_for_what_was_set(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    assert not form.form.reset_button("padding").isHidden()
    assert form.form.reset_button("stride").isHidden()
    qtbot.mouseClick(form.form.reset_button("padding"), Qt.MouseButton.LeftButton)
    assert value(window, ids[1], "padding") is None
    assert form.form.reset_button("padding").isHidden()
    assert spin(form.form, "padding").text() == "0"


def test_what_arrives_is_shown_and_cannot_be_typed(open_project: Open) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[3])
    field = form.form.field("in_channels")
    assert not field.findChildren(QLineEdit)
    assert "8" in " ".join(label.text() for label in field.findChildren(type(form.form._rows["bias"].title)))


def test_a_size_can_be_a_word(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[3])
    field = form.form.field("padding")
    assert isinstance(field, SizeField)
    qtbot.waitUntil(lambda: leaving(window, ids[3]) == "B × 16 × 26 × 26")
    qtbot.mouseClick(field.words["same"], Qt.MouseButton.LeftButton)
    assert value(window, ids[3], "padding") == "same"
    qtbot.waitUntil(lambda: leaving(window, ids[3]) == "B × 16 × 28 × 28")
    assert field.words["same"].isChecked()
    assert not spin(form.form, "padding").isEnabled()
    window.document.undo()
    assert window.document.project == project
    assert (field.words["same"].isChecked(), spin(form.form, "padding").isEnabled()) == (False, True)
    assert form.form.field("stride").findChildren(SizeField) == []
    assert not getattr(form.form.field("stride"), "words", {})


def test_size_is_one_number_or_one_for_each_dimension(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    field = form.form.field("kernel_size")
    assert isinstance(field, SizeField)
    spins = field.findChildren(NumberSpin)
    assert [one.isHidden() for one in spins] == [False, True]
    qtbot.mouseClick(field.link, Qt.MouseButton.LeftButton)
    assert value(window, ids[1], "kernel_size") == (3, 3)
    type_into(qtbot, spins[1].lineEdit(), "5")
    assert value(window, ids[1], "kernel_size") == (3, 5)
    qtbot.mouseClick(field.link, Qt.MouseButton.LeftButton)
    assert value(window, ids[1], "kernel_size") == 3


def test_tick_and_choice_reach_the_document(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    bias = form.form.field("bias")
    assert isinstance(bias, BoolField)
    bias.findChildren(QCheckBox)[0].click()
    assert value(window, ids[1], "bias") is False
    _, form = shown(window, ids[0])
    dtype = form.form.field("dtype")
    assert isinstance(dtype, ChoiceField)
    combo = dtype.findChildren(QComboBox)[0]
    combo.setCurrentIndex(combo.findData("int64"))
    combo.activated.emit(combo.currentIndex())
    assert value(window, ids[0], "dtype") == "int64"


def test_shape_is_typed_as_people_write_it(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[0])
    field = form.form.field("shape")
    assert isinstance(field, LineField)
    type_into(qtbot, field.line, "3 x 32 x 32")
    assert value(window, ids[0], "shape") == (3, 32, 32)
    assert shape_of("1×28×28") == (1, 28, 28)
    assert shape_of("(1, 28)") == (1, 28)
    assert shape_of("1, two") == "1, two"
    assert shape_of("") == ()


def test_several_nodes_of_one_type_are_edited_as_one(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1], ids[3])
    line = spin(form.form, "out_channels")
    assert line.text() == ""
    assert line.placeholderText() == "several values"
    assert form.name.isHidden()
    type_into(qtbot, line, "5")
    assert [value(window, id, "out_channels") for id in (ids[1], ids[3])] == [5, 5]
    window.document.undo()
    assert [value(window, id, "out_channels") for id in (ids[1], ids[3])] == [8, 16]


def test_nodes_of_several_types_show_what_they_share(open_project: Open) -> None:
    project, ids = CNN
    window = open_project(project)
    inspector = window.workspace.inspector
    inspector.show_selection(MAIN, ids[:3])
    assert isinstance(inspector.form, SeveralForm)


def test_renaming_reaches_canvas_and_history(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    _, form = shown(window, ids[1])
    type_into(qtbot, form.name, "eyes")
    assert window.document.project.graph(MAIN).nodes[ids[1]].name == "eyes"
    type_into(qtbot, form.name, "<b>x</b>")
    assert window.document.project.graph(MAIN).nodes[ids[1]].name == "<b>x</b>"


def test_form_follows_undo_of_its_own_node(open_project: Open) -> None:
    project, ids = CNN
    window = open_project(project)
    inspector, _ = shown(window, ids[1])
    window.document.do(Message("Remove"), edits.remove_nodes(window.document.project, MAIN, [ids[1]]))
    assert isinstance(inspector.form, PlanForm)
    window.document.undo()
    assert isinstance(inspector.form, NodeForm)
    assert inspector.form.ids == (ids[1],)


def test_problem_of_the_node_is_mended_by_its_button(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(edits.set_parameters(project, MAIN, ids[5], {"out_features": -3}))
    _, form = shown(window, ids[5])
    cards = form.problem_cards()
    assert len(cards) == 1
    qtbot.mouseClick(cards[0].buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not [card for card in form.problem_cards() if card.problem.about == "drawing"])
    assert isinstance(value(window, ids[5], "out_features"), int)


def test_arithmetic_is_taken_inside_a_composite_only(open_project: Open, qtbot: QtBot) -> None:
    inside = GraphRef("composite", "Block")
    project = edits.set_composite(
        Project(), "Block", Composite(parameters=(CompositeParameter("width", "int", 16),))
    )
    project, node = edits.add_node(project, inside, "linear", (0.0, 0.0))
    window = open_project(project)
    inspector = window.workspace.inspector
    inspector.show_selection(inside, [node])
    assert isinstance(inspector.form, NodeForm)
    field = inspector.form.form.field("out_features")
    assert isinstance(field, LineField)
    type_into(qtbot, field.line, "2*width")
    assert window.document.project.graph(inside).nodes[node].parameters["out_features"] == Expression(
        "2*width"
    )
    type_into(qtbot, field.line, "2*height")
    assert "height" in inspector.form.form.refusal("out_features")
    type_into(qtbot, field.line, "0*width")
    assert "Expected a whole number of at least 1" in inspector.form.form.refusal("out_features")


def test_form_is_never_painted_squeezed(open_project: Open, qtbot: QtBot) -> None:
    project, ids = CNN
    window = open_project(project)
    window.resize(1280, 700)
    window.workspace.docks.show("inspector")
    inspector = window.workspace.inspector
    for chosen in ([ids[1]], [], [ids[0]], []):
        inspector.show_selection(MAIN, chosen)
        inspector.repaint()  # before any event that would lay it out
        form = inspector.form
        assert form.isVisible()
        assert form.height() >= form.minimumSizeHint().height() > 100
        buttons = [button for button in form.findChildren(QToolButton) if button.isVisible()]
        assert buttons
        assert [button for button in buttons if button.height() < button.minimumSizeHint().height()] == []


def layered(*offered: CompositeParameter) -> tuple[Project, str]:
    """Give a network with a composite of one layer, and the id of its block."""
    inside = GraphRef("composite", "Layer")
    project = edits.set_composite(Project(), "Layer", Composite(parameters=offered))
    project, _ = drawing.chain(
        ("input", {}),
        ("linear", {"out_features": Expression("2*width")}),
        ("output", {}),
        ref=inside,
        project=project,
    )
    project, ids = drawing.chain(("input", {}), ("flatten", {}), project=project)
    project, node = edits.add_node(project, MAIN, "composite", (400.0, 0.0), composite="Layer")
    project, out = edits.add_node(project, MAIN, "output", (600.0, 0.0))
    return drawing.wire(drawing.wire(project, ids[1], node), node, out), node


WIDTH = CompositeParameter("width", "int", 16, "How wide it is.")


def test_parameters_of_a_composite_are_edited_where_it_is_used(open_project: Open, qtbot: QtBot) -> None:
    kinds: tuple[tuple[str, Kind, Value], ...] = (
        ("share", "float", 0.5),
        ("tick", "bool", True),
        ("side", "size", 3),
        ("sizes", "shape", (1, 2)),
        ("way", "choice", "same"),
        ("said", "text", "hi"),
    )
    offered = (WIDTH, *(CompositeParameter(name, kind, value) for name, kind, value in kinds))
    project, node = layered(*offered)
    window = open_project(project)
    inspector, form = shown(window, node)
    report = window.document.report(MAIN)
    assert report is not None
    assert report.errors == ()
    assert leaving(window, node) == "B × 32"
    type_into(qtbot, spin(form.form, "width"), "24")
    assert value(window, node, "width") == 24
    qtbot.waitUntil(lambda: leaving(window, node) == "B × 48")
    type_into(qtbot, spin(form.form, "share"), "0.25")
    field = form.form.field("way")
    assert isinstance(field, LineField)
    type_into(qtbot, field.line, "valid")
    assert [value(window, node, name) for name in ("share", "way")] == [0.25, "valid"]
    assert form.form.refusal("way") == ""
    qtbot.mouseClick(form.form.reset_button("width"), Qt.MouseButton.LeftButton)
    assert value(window, node, "width") is None
    qtbot.waitUntil(lambda: leaving(window, node) == "B × 32")
    window.document.undo()
    assert spin(form.form, "width").text() == "24"
    assert inspector.form is form


def test_composite_in_a_composite_takes_arithmetic(open_project: Open, qtbot: QtBot) -> None:
    project, _ = layered(WIDTH)
    outer = GraphRef("composite", "Stack")
    project = edits.set_composite(
        project, "Stack", Composite(parameters=(CompositeParameter("depth", "int", 3),))
    )
    project, node = edits.add_node(project, outer, "composite", (0.0, 0.0), composite="Layer")
    window = open_project(project)
    inspector = window.workspace.inspector
    inspector.show_selection(outer, [node])
    assert isinstance(inspector.form, NodeForm)
    field = inspector.form.form.field("width")
    assert isinstance(field, LineField)
    type_into(qtbot, field.line, "4*depth")
    inner = window.document.project.graph(outer).nodes[node]
    assert inner.parameters["width"] == Expression("4*depth")
    type_into(qtbot, field.line, "4*width")
    assert "width" in inspector.form.form.refusal("width")  # its own, not one of the composite around
    type_into(qtbot, field.line, "7")
    assert window.document.project.graph(outer).nodes[node].parameters["width"] == 7


def test_form_follows_other_parameters_of_its_composite(open_project: Open) -> None:
    project, node = layered(WIDTH)
    window = open_project(project)
    inspector, first = shown(window, node)
    definition = window.document.project.composites["Layer"]
    more = dataclasses.replace(definition, parameters=(WIDTH, CompositeParameter("height", "int", 2)))
    window.document.do(Message("Edit"), edits.set_composite(window.document.project, "Layer", more))
    assert isinstance(inspector.form, NodeForm)
    assert inspector.form is not first
    assert spin(inspector.form.form, "height").text() == "2"
    inspector.show_selection(GraphRef("composite", "Layer"), ["linear_1"])
    inner = inspector.form
    assert isinstance(inner, NodeForm)
    assert inner.form._judge(inner.form._rows["out_features"], Expression("height"))
    window.document.undo()
    inner = inspector.form
    assert isinstance(inner, NodeForm)
    assert not inner.form._judge(inner.form._rows["out_features"], Expression("height"))


def test_plan_is_shown_when_nothing_is_chosen(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(CNN[0])
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    assert form.optimizer.form is not None
    type_into(qtbot, spin(form.optimizer.form, "lr"), "0.01")
    assert window.document.project.plan.optimizers["model"].parameters["lr"] == 0.01
    form.optimizer.combo.setCurrentIndex(form.optimizer.combo.findData("sgd"))
    form.optimizer.combo.activated.emit(form.optimizer.combo.currentIndex())
    assert window.document.project.plan.optimizers["model"].type == "sgd"
    assert spin(form.optimizer.form, "momentum").text() == "0.9"
    type_into(qtbot, spin(form.loop, "epochs"), "3")
    assert window.document.project.plan.loop.parameters["epochs"] == 3
    for _ in range(3):
        window.document.undo()
    assert window.document.project.plan.optimizers["model"].type == "adam"
    assert form.optimizer.combo.currentData() == "adam"


def test_metric_is_ticked_and_unticked(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(CNN[0])
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    form.metrics.boxes["mae"].click()
    assert [choice.type for choice in window.document.project.plan.metrics] == ["accuracy", "mae"]
    form.metrics.boxes["accuracy"].click()
    assert [choice.type for choice in window.document.project.plan.metrics] == ["mae"]


def test_form_speaks_the_other_language_at_once(open_project: Open) -> None:
    project, ids = CNN
    window = open_project(project)
    inspector, form = shown(window, ids[1])
    english = form.form._rows["out_channels"].title.text()
    text.set_language("zh_CN")
    assert isinstance(inspector.form, NodeForm)
    assert inspector.form.form._rows["out_channels"].title.text() != english


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("12", "int", 12),
        ("1,000", "int", 1000),
        ("1e3", "int", 1000),
        ("1.5", "int", 1.5),
        ("", "int", None),
        ("x", "float", "x"),
        ("1e-4", "float", 0.0001),
        ("0,5", "float", "0,5"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, kind: str, value: object) -> None:
    assert parse(typed, kind) == value


def test_arrows_go_through_one_two_five(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(CNN[0])
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    assert form.optimizer.form is not None
    box = form.optimizer.form.field("lr").findChildren(NumberSpin)[0]
    seen = []
    for steps in (1, 1, 1, -1, -1, -1, -1):
        box.stepBy(steps)
        seen.append(box.lineEdit().text())
    assert seen == ["0.002", "0.005", "0.01", "0.005", "0.002", "0.001", "0.0005"]
