"""Parameters of composites in the window: sizes read off what arrives, and other kinds than numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from studio.blocks import FromInput
from studio.graph import Expression
from studio.project import Project
from studio.project.file import dumps
from studio.project.library import LIBRARY, add_block
from studio.ui.panels.fields import BoolField, ChoiceField, HandedField, NumberField
from studio.ui.window import MainWindow
from tests.drawing import MAIN, add, wire
from tests.ui.canvas_hand import CTRL, SHIFT
from tests.ui.test_composites_window import (
    BASIC,
    composite_form,
    node_form,
    retyped,
    tick,
    total,
    two,
    view_of,
)

Open = Callable[[Project], MainWindow]
Key = Qt.Key
ONE = 2 * (64 * 64 * 9) + 4 * 64


def chosen(qtbot: QtBot, combo: QComboBox, text: str) -> None:
    """Choose an entry by keys."""
    combo.setFocus()
    qtbot.keyClick(combo, Key.Key_Home)
    for _ in range(combo.count()):
        if combo.currentText() == text:
            return
        qtbot.keyClick(combo, Key.Key_Down)
    raise AssertionError(text, [combo.itemText(place) for place in range(combo.count())])


def taken_back(window: MainWindow, project: Project) -> bool:
    """Undo everything; tell whether the document is what it was."""
    while window.document.history.can_undo:
        window.document.undo()
    return dumps(window.document.project) == dumps(project)


def test_a_size_is_shown_as_it_arrives_until_it_is_typed(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(project := two())
    qtbot.waitUntil(lambda: total(window) == 2 * ONE)
    form = node_form(window, "composite_1")
    field = form.form.field("channels")
    assert isinstance(field, NumberField)
    line = field.spin.lineEdit()
    assert (line.text(), line.placeholderText()) == ("", "64 (as it arrives)")
    assert view_of(window).canvas.nodes["composite_1"].card.line == "9 blocks"
    assert not form.form.reset_button("channels").isVisibleTo(form)
    field.spin.setFocus()
    qtbot.keyClicks(field.spin, "32")
    assert window.document.project.graph(MAIN).nodes["composite_1"].parameters == {"channels": 32}
    assert view_of(window).canvas.nodes["composite_1"].card.line == "channels 32"
    assert form.form.reset_button("channels").isVisibleTo(form)
    assert form.form.reset_button("channels").toolTip() == "Back to what arrives"
    qtbot.waitUntil(lambda: total(window) is None)
    field.spin.selectAll()
    qtbot.keyClick(field.spin, Key.Key_Delete)
    assert window.document.project.graph(MAIN).nodes["composite_1"].parameters == {}
    qtbot.waitUntil(lambda: total(window) == 2 * ONE)
    qtbot.waitUntil(lambda: line.placeholderText() == "64 (as it arrives)")
    assert taken_back(window, project)


def test_where_a_value_comes_from_is_chosen_inside(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(project := two())
    window.workspace._enter_composite("Residual basic")
    card = composite_form(window).cards[0]

    def reads() -> FromInput | None:
        return window.document.project.composites["Residual basic"].parameters[0].from_input

    assert (card.port.currentText(), card.dim.currentText()) == ("Size at “x”", "Dimension 1")
    chosen(qtbot, card.port, "Its default")
    assert reads() is None
    assert not card.dim.isVisibleTo(card)
    assert card.default.isVisibleTo(card)
    chosen(qtbot, card.port, "Size at “x”")
    assert reads() == FromInput("x", 1)
    chosen(qtbot, card.dim, "The last one")
    assert reads() == FromInput("x", -1)
    # Eight pixels wide, so eight channels: the mistake shows at the uses.
    qtbot.waitUntil(lambda: (r := window.document.report(MAIN)) is not None and bool(r.problems))
    assert taken_back(window, project)
    assert reads() == FromInput("x", 1)


def test_a_tick_and_a_choice_are_handed_down(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(project := two())
    window.workspace._enter_composite("Residual basic")
    form = composite_form(window)
    for name, kind in (("bias", "Yes or no"), ("edges", "Choice or text"), ("side", "Size or pair of sizes")):
        qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
        retyped(qtbot, form.cards[-1], name)
        chosen(qtbot, form.cards[-1].kind, kind)
        assert not form.cards[-1].port.isVisibleTo(form)
    offered = window.document.project.composites["Residual basic"].parameters[1:]
    assert [(one.kind, one.default) for one in offered] == [("bool", True), ("choice", ""), ("size", 3)]
    inner = node_form(window, "conv2d_1")
    for name, text in (("bias", "= bias"), ("padding_mode", "= edges")):
        field = inner.form.field(name)
        assert isinstance(field, HandedField)
        chosen(qtbot, field.combo, text)
    side = inner.form.field("kernel_size").focusProxy()
    assert side is not None
    side.setFocus()
    side.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(side, "side")
    found = window.document.project.graph(BASIC).nodes["conv2d_1"].parameters
    for name, value in (("bias", "bias"), ("padding_mode", "edges"), ("kernel_size", "side")):
        assert found[name] == Expression(value)
    window.workspace.outline.chosen.emit((MAIN,), [])
    outer = node_form(window, "composite_1")
    qtbot.waitUntil(lambda: total(window) == 2 * ONE + 2 * 64)
    field = outer.form.field("bias")
    assert isinstance(field, BoolField)
    tick(qtbot, field)
    assert window.document.project.graph(MAIN).nodes["composite_1"].parameters == {"bias": False}
    qtbot.waitUntil(lambda: total(window) == 2 * ONE + 64)
    edges = outer.form.field("edges")
    assert isinstance(edges, ChoiceField)
    chosen(qtbot, edges.combo, "reflect")
    assert window.document.project.graph(MAIN).nodes["composite_1"].parameters["edges"] == "reflect"
    qtbot.waitUntil(lambda: total(window) == 2 * ONE + 64)
    assert taken_back(window, project)


def test_a_composite_that_reads_its_size_is_taken_apart(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(project := two())
    qtbot.waitUntil(lambda: total(window) == 2 * ONE)
    view = view_of(window)
    view.select(["composite_1"])
    view.setFocus()
    qtbot.keyClick(view, Key.Key_U, CTRL | SHIFT)
    graph = window.document.project.graph(MAIN)
    sizes = [node.parameters["out_channels"] for node in graph.of_type("conv2d")]
    assert sizes == [64, 64]
    qtbot.waitUntil(lambda: total(window) == 2 * ONE)
    assert taken_back(window, project)


def test_a_composite_with_two_inputs_repeats(qtbot: QtBot, open_project: Open) -> None:
    project, decoder = add_block(Project(), MAIN, LIBRARY, (300.0, 0.0), "Decoder layer")
    for port in ("x", "memory"):
        project, x = add(project, "input", name=port, parameters={"shape": (9, 24)})
        project = wire(project, x, decoder, into=port)
    project, _ = add(project, "output", [decoder])
    window = open_project(project)
    qtbot.waitUntil(lambda: total(window) is not None)
    once = total(window)
    assert once is not None
    repeat = node_form(window, decoder).options.field("repeat")
    assert isinstance(repeat, NumberField)
    repeat.spin.setFocus()
    repeat.spin.selectAll()
    qtbot.keyClicks(repeat.spin, "3")
    assert view_of(window).canvas.nodes[decoder].card.repeat == 3
    qtbot.waitUntil(lambda: total(window) == 3 * once)
    report = window.document.report(MAIN)
    assert report is not None
    assert [problem.code for problem in report.problems if problem.about != "plan"] == []
    assert taken_back(window, project)
