"""Composites in the window: made, entered, edited in one place, taken apart, all by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from studio.graph import Expression, Message
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.library import LIBRARY, add_block
from studio.ui.canvas import CanvasView
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.menus import menu_for
from studio.ui.panels.composite import CompositeForm, ParameterCard
from studio.ui.panels.fields import Field, LineField, NumberField
from studio.ui.panels.node import NodeForm
from studio.ui.panels.palette import available
from studio.ui.panels.plan import PlanForm
from studio.ui.panels.weights import WeightsField
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.drawing import wire
from tests.ui.canvas_hand import CTRL, MAIN, SHIFT, Hand, drawn

Open = Callable[[Project], MainWindow]
Key = Qt.Key
BASIC = GraphRef("composite", "Residual basic")


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


def two() -> Project:
    """Give a network that uses one residual block twice."""
    project, x = edits.add_node(Project(), MAIN, "input", (0.0, 0.0), parameters={"shape": (64, 8, 8)})
    last = x
    for column in (1, 2):
        project, node = add_block(project, MAIN, LIBRARY, (240.0 * column, 0.0), "Residual basic")
        project = wire(project, last, node)
        last = node
    project, y = edits.add_node(project, MAIN, "output", (720.0, 0.0))
    return wire(project, last, y)


def view_of(window: MainWindow) -> CanvasView:
    view = window.workspace.networks.view
    assert view is not None
    return view


def composite_form(window: MainWindow) -> CompositeForm:
    form = window.workspace.inspector.form
    assert isinstance(form, CompositeForm)
    return form


def node_form(window: MainWindow, node: str) -> NodeForm:
    view_of(window).select([node])
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    return form


def total(window: MainWindow) -> int | None:
    report = window.document.report(MAIN)
    return report.parameters if report is not None else None


def tick(qtbot: QtBot, field: Field) -> None:
    """Click a tick."""
    box = field.focusProxy()
    assert box is not None
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))


def retyped(qtbot: QtBot, card: ParameterCard, name: str) -> None:
    """Give a parameter another name by keys."""
    card.name.setFocus()
    card.name.selectAll()
    qtbot.keyClicks(card.name, name)
    qtbot.keyClick(card.name, Key.Key_Return)


# -- on the canvas ------------------------------------------------------------------------------------


def test_keys_make_a_composite_and_take_it_apart(row: Hand) -> None:
    row.view.select(["conv2d_1", "relu_1"])
    with row.step("Make a composite"):
        row.key(Key.Key_E, CTRL | SHIFT)
        (node,) = row.project.graph(MAIN).of_type(COMPOSITE)
        assert row.view.selected() == [node.id]
    row.view.select(["conv2d_1", "relu_1"])
    row.key(Key.Key_E, CTRL | SHIFT)
    row.view.select(["composite_1"])
    with row.step("Take “composite1” apart"):
        row.key(Key.Key_U, CTRL | SHIFT)
        kinds = sorted(node.type for node in row.project.graph(MAIN).nodes.values())
        assert kinds == ["conv2d", "flatten", "input", "output", "relu"]
        assert len(row.wires) == 4
        assert len(row.view.selected()) == 2


def test_what_is_refused_changes_nothing_and_says_why(row: Hand) -> None:
    told: list[str] = []
    row.document.failed.connect(lambda message: told.append(str(message)))
    row.view.message.connect(lambda message: told.append(str(message)))
    row.view.select(["conv2d_1", "flatten_1"])
    with row.nothing():
        row.key(Key.Key_E, CTRL | SHIFT)
        row.key(Key.Key_U, CTRL | SHIFT)
        row.key(Key.Key_D, CTRL | SHIFT)
    assert told == [
        "“relu1” stands between the selected blocks. Select it too, or fewer blocks.",
        "Select a composite to take it apart.",
        "Select one composite to give it its own copy.",
    ]


def test_the_menu_offers_what_fits(qtbot: QtBot) -> None:
    hand = Hand(qtbot, two())

    def texts(node: str) -> set[str]:
        menu = menu_for(hand.view, Hit("node", node=node), QPointF())
        found = {action.text().partition("\t")[0] for action in menu.actions()}
        menu.deleteLater()
        return found

    own = {"Open composite", "Take the composite apart", "Give it its own copy"}
    assert own | {"Make a composite"} <= texts("composite_1")
    assert not own & texts("input_1")


def test_shapes_that_are_known_become_the_example_inside(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(drawn("input", "conv2d", "relu", "flatten", "output"))
    view = view_of(window)
    view.select(["relu_1"])
    qtbot.keyClick(view, Key.Key_E, CTRL | SHIFT)
    inner = window.document.project.composites["Composite"].graph
    assert inner.nodes["input_1"].parameters == {"shape": (32, 26, 26)}
    qtbot.waitUntil(lambda: window.document.report(GraphRef("composite", "Composite")) is not None)


# -- inside -------------------------------------------------------------------------------------------


def test_a_double_click_goes_inside_and_a_crumb_comes_back(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    view = view_of(window)
    middle = view.mapFromScene(view.canvas.nodes["composite_1"].body().center())
    viewport = view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    page = window.workspace.networks.page
    assert page is not None
    assert page.path == [MAIN, BASIC]
    assert composite_form(window).name.text() == "Residual basic"

    def crumbs() -> list[QToolButton]:
        return [button for button in page._bar.findChildren(QToolButton) if button.isVisible()]

    qtbot.waitUntil(lambda: [button.text() for button in crumbs()] == ["main", "Residual basic"])
    qtbot.mouseClick(crumbs()[0], Qt.MouseButton.LeftButton)
    assert page.path == [MAIN]
    assert isinstance(window.workspace.inspector.form, NodeForm)  # what was chosen outside still is
    view_of(window).select([])
    assert isinstance(window.workspace.inspector.form, PlanForm)


def test_escape_comes_back_once_nothing_is_chosen(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    page = window.workspace.networks.page
    assert page is not None
    view_of(window).select(["conv2d_1"])
    qtbot.keyClick(view_of(window), Key.Key_Escape)
    assert page.path == [MAIN, BASIC]
    assert view_of(window).selected() == []
    qtbot.keyClick(view_of(window), Key.Key_Escape)
    assert page.path == [MAIN]
    qtbot.keyClick(view_of(window), Key.Key_Escape)
    assert page.path == [MAIN]


def test_an_edit_inside_reaches_every_use(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    qtbot.waitUntil(lambda: total(window) == 2 * 73_984)
    window.workspace._enter_composite("Residual basic")
    form = node_form(window, "conv2d_1")
    tick(qtbot, form.form.field("bias"))
    assert window.document.project.composites["Residual basic"].graph.nodes["conv2d_1"].parameters["bias"]
    qtbot.waitUntil(lambda: total(window) == 2 * (73_984 + 64))
    window.document.undo()
    qtbot.waitUntil(lambda: total(window) == 2 * 73_984)


def test_arithmetic_is_completed_and_judged_at_once(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    form = node_form(window, "conv2d_1")
    field = form.form.field("out_channels")
    assert isinstance(field, LineField)
    field.line.setFocus()
    field.line.clear()
    qtbot.keyClicks(field.line, "2*cha")
    assert field.completer.offered() == ["channels"]
    assert "uses “cha”" in form.form.refusal("out_channels")
    qtbot.keyClick(field.line, Key.Key_Tab)
    assert field.line.text() == "2*channels"
    assert form.form.refusal("out_channels") == ""
    node = window.document.project.composites["Residual basic"].graph.nodes["conv2d_1"]
    assert node.parameters["out_channels"] == Expression("2*channels")
    qtbot.keyClicks(field.line, " +")
    assert "not arithmetic" in form.form.refusal("out_channels")
    assert window.document.project.composites["Residual basic"].graph.nodes["conv2d_1"] is node


def test_sizes_take_arithmetic_one_by_one(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    form = node_form(window, "conv2d_1")
    field = form.form.field("kernel_size")
    assert isinstance(field, LineField)

    def typed(words: str) -> tuple[object, str]:
        field.line.setFocus()
        field.line.selectAll()
        qtbot.keyClicks(field.line, words)
        node = window.document.project.composites["Residual basic"].graph.nodes["conv2d_1"]
        return node.parameters["kernel_size"], form.form.refusal("kernel_size")

    assert typed("3, min(channels, 5)") == ((3, Expression("min(channels, 5)")), "")
    assert typed("channels - 61") == (Expression("channels - 61"), "")
    kept, told = typed("1, chan")
    assert kept == 1  # as it was before the comma
    assert "uses “chan”" in told
    assert typed("5") == (5, "")


def test_the_list_of_names_gives_the_one_that_is_clicked(qtbot: QtBot, open_project: Open) -> None:
    project, _ = add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Encoder layer")
    window = open_project(project)
    window.workspace._enter_composite("Encoder layer")
    field = node_form(window, "linear_1").form.field("out_features")
    assert isinstance(field, LineField)
    field.line.setFocus()
    field.line.clear()
    qtbot.keyClicks(field.line, "d")
    assert field.completer.offered() == ["d_model", "dim_feedforward", "dropout"]
    popup = field.completer.list.popup()
    assert popup is not None
    place = popup.visualRect(field.completer.list.completionModel().index(1, 0)).center()
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field.line.text() == "dim_feedforward"
    node = window.document.project.composites["Encoder layer"].graph.nodes["linear_1"]
    assert node.parameters["out_features"] == Expression("dim_feedforward")


# -- the form of a composite ----------------------------------------------------------------------------


def test_a_parameter_is_added_named_given_a_default_and_removed(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    form = composite_form(window)
    qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
    assert [card.offered.name for card in form.cards] == ["channels", "size"]
    retyped(qtbot, form.cards[1], "depth")
    card = form.cards[1]
    assert card.offered.name == "depth"
    card.kind.setCurrentIndex(1)
    card.kind.activated.emit(1)
    assert form.cards[1].offered.kind == "float"
    qtbot.keyClicks(form.cards[1].doc, "How deep.")
    definition = window.document.project.composites["Residual basic"]
    offered = definition.parameters[1]
    assert (offered.name, offered.kind, offered.default, offered.doc) == ("depth", "float", 1.0, "How deep.")
    qtbot.mouseClick(form.cards[1].remove, Qt.MouseButton.LeftButton)
    assert [card.offered.name for card in form.cards] == ["channels"]
    labels = [str(label) for label in window.document.history.labels()][-5:]
    assert labels == [
        "Add a parameter",
        "Rename the parameter “size”",
        "Change the parameter “depth”",
        "Change the parameter “depth”",
        "Remove the parameter “depth”",
    ]


def test_a_new_name_rewrites_arithmetic_and_a_bad_one_is_refused_there(
    qtbot: QtBot, open_project: Open
) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    form = composite_form(window)
    retyped(qtbot, form.cards[0], "2 wide")
    assert "cannot be used in arithmetic" in form.cards[0].refusal.text()
    assert not form.cards[0].refusal.isHidden()
    retyped(qtbot, form.cards[0], "width")
    assert form.cards[0].refusal.isHidden()
    nodes = window.document.project.composites["Residual basic"].graph.nodes
    assert nodes["conv2d_1"].parameters["out_channels"] == Expression("width")
    qtbot.mouseClick(form.cards[0].remove, Qt.MouseButton.LeftButton)
    told = form.cards[0].refusal.text()
    assert told.startswith("“width” is used at conv1 › Out channels, conv2 › Out channels")
    qtbot.waitUntil(lambda: total(window) == 2 * 73_984)


def test_a_default_reaches_the_uses_that_set_nothing(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    card = composite_form(window).cards[0]
    assert isinstance(card.default, NumberField)
    card.port.setCurrentIndex(0)
    card.port.activated.emit(0)  # not what arrives
    spin = card.default.spin
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "32")
    assert window.document.project.composites["Residual basic"].parameters[0].default == 32

    # 64 channels arrive and 32 would be added to them: the mistake shows at both uses.
    def wrong() -> bool:
        report = window.document.report(MAIN)
        places = {p.node for p in report.problems if p.severity == "error"} if report is not None else set()
        return "composite_1" in places

    qtbot.waitUntil(wrong)
    card.doc.setFocus()
    qtbot.keyClick(card.doc, Key.Key_End)
    qtbot.keyClicks(card.doc, " It is even.")
    assert window.document.project.composites["Residual basic"].parameters[0].doc.endswith("It is even.")


def test_the_name_and_what_it_is_for_are_edited_inside(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    window.workspace._enter_composite("Residual basic")
    form = composite_form(window)
    assert form.used.text() == "Used in 2 places: an edit inside changes all of them."
    assert "Its inputs (x) and outputs (y)" in form.told.text()
    form.doc.setFocus()
    form.doc.selectAll()
    qtbot.keyClicks(form.doc, "Two of them.")
    assert window.document.project.composites["Residual basic"].doc == "Two of them."
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Skip")
    qtbot.keyClick(form.name, Key.Key_Return)
    page = window.workspace.networks.page
    assert page is not None
    assert page.path == [MAIN, GraphRef("composite", "Skip")]
    assert composite_form(window).composite == "Skip"
    assert {n.composite for n in window.document.project.graph(MAIN).of_type(COMPOSITE)} == {"Skip"}
    form = composite_form(window)
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "   ")
    qtbot.keyClick(form.name, Key.Key_Return)
    assert form.refusal.text() == "A composite needs a name."
    assert list(window.document.project.composites) == ["Skip"]


def test_what_came_from_the_library_is_told_in_the_language_in_use(open_project: Open) -> None:
    window = open_project(two())
    before = window.document.project
    window.workspace._enter_composite("Residual basic")
    text.set_language("zh_CN")
    page = window.workspace.networks.page
    assert page is not None
    names = [button.text() for button in page._bar.findChildren(QToolButton)]
    assert names[-2:] == ["main", "基本残差块"]
    form = composite_form(window)
    assert form.doc.toPlainText().startswith("两个 3 × 3 卷积")
    assert form.cards[0].doc.text() == "输入和输出的通道数。"
    assert form.name.text() == "Residual basic"
    assert window.document.project is before  # looking at it writes nothing
    definition = edits.set_composite(before, "Residual basic", Composite(before.graph(BASIC), doc="Mine."))
    window.document.do(Message("Edit"), definition)
    assert form.doc.toPlainText() == "Mine."


# -- at a use -----------------------------------------------------------------------------------------


def test_a_use_gets_its_own_copy_by_a_button(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    form = node_form(window, "composite_2")
    assert form.unique is not None
    assert form._used.text() == "Used in 2 places: an edit inside changes all of them."
    qtbot.mouseClick(form.unique, Qt.MouseButton.LeftButton)
    project = window.document.project
    assert project.graph(MAIN).nodes["composite_2"].composite == "Residual basic 2"
    form = node_form(window, "composite_2")
    assert form.unique is not None
    assert form.unique.isHidden()
    assert form._used.isHidden()
    window.workspace._enter_composite("Residual basic 2")
    assert composite_form(window).used.text() == "Used in one place."


def test_repeats_are_set_in_the_inspector_and_shown_on_the_node(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    form = node_form(window, "composite_1")
    spin = form.options.field("repeat").focusProxy()
    assert spin is not None
    spin.setFocus()
    qtbot.keyClick(spin, Key.Key_A, CTRL)
    qtbot.keyClicks(spin, "3")
    qtbot.waitUntil(lambda: total(window) == 4 * 73_984)
    assert view_of(window).canvas.nodes["composite_1"].card.repeat == 3


def test_weights_are_shared_frozen_and_slowed_by_mouse(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    qtbot.waitUntil(lambda: total(window) == 2 * 73_984)
    form = node_form(window, "composite_2")
    field = form.options.field("shares")
    assert isinstance(field, WeightsField)
    texts = [field.combo.itemText(index) for index in range(field.combo.count())]
    assert texts == ["Its own", "Those of residual1"]
    field.combo.showPopup()
    popup = field.combo.view()
    place = popup.visualRect(field.combo.model().index(1, 0)).center()
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    node = window.document.project.graph(MAIN).nodes["composite_2"]
    assert node.shares == "composite_1"
    qtbot.waitUntil(lambda: total(window) == 73_984)
    form = node_form(window, "composite_2")
    assert form.options.field("shares").findChildren(type(field.combo))[0].currentData() == "composite_1"
    assert [window.document.project.graph(MAIN).nodes[id].name for id in form._owners()] == ["residual1"]
    first = node_form(window, "composite_1")
    assert not first._owners()  # the other one has no weights to give
    tick(qtbot, first.options.field("frozen"))
    spin = first.options.field("rate_factor").focusProxy()
    assert spin is not None
    qtbot.keyClick(spin, Key.Key_A, CTRL)
    qtbot.keyClicks(spin, "0.5")
    node = window.document.project.graph(MAIN).nodes["composite_1"]
    assert (node.frozen, node.rate_factor) == (True, 0.5)


def test_definitions_that_nothing_uses_are_removed(qtbot: QtBot, open_project: Open) -> None:
    window = open_project(two())
    palette = window.workspace.palette_
    own = next(block for block in available(window.document) if block.type == COMPOSITE)
    menu = palette.menu(own)
    remove = next(action for action in menu.actions() if action.text() == "Remove")
    assert not remove.isEnabled()
    assert "main › residual1, main › residual2" in remove.toolTip()
    menu.deleteLater()
    window.commands["remove_unused"].trigger()
    assert "Residual basic" in window.document.project.composites
    view = view_of(window)
    view.select(["composite_1", "composite_2"])
    qtbot.keyClick(view, Key.Key_Delete)
    window.commands["remove_unused"].trigger()
    assert not window.document.project.composites
    window.document.undo()
    menu = palette.menu(own)
    next(action for action in menu.actions() if action.text() == "Remove").trigger()
    menu.deleteLater()
    assert not window.document.project.composites
