"""Wires by mouse: pulled, clicked, refused with a reason, moved, taken off, put into by a dropped block."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from studio.blocks import Port, find
from studio.graph import Endpoint, Message, Node
from studio.project import COMPOSITE, Composite, Project, edits
from studio.ui.canvas.fitting import PortRef, Pull
from tests.ui.canvas_hand import ALT, CTRL, MAIN, RIGHT, SHIFT, Hand, drawn, wire


def _loose() -> Project:
    """Input, two convolutions, an adder and an output, without wires."""
    project = Project()
    for place, kind in enumerate(("input", "conv2d", "conv2d", "add", "output")):
        project, _ = edits.add_node(project, MAIN, kind, (place * 256.0, 0.0))
    return project


@pytest.fixture
def loose(qtbot: QtBot) -> Hand:
    return Hand(qtbot, _loose())


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


def test_a_wire_is_pulled_from_an_output_to_an_input(loose: Hand) -> None:
    with loose.step("Connect “x” to “conv1”"):
        loose.drag(loose.port("input_1", "y", output=True), loose.port("conv2d_1", "x"))
        assert loose.wires == {wire("input_1", "conv2d_1")}


def test_a_wire_is_pulled_backwards_from_an_input(loose: Hand) -> None:
    with loose.step("Connect “x” to “conv2”"):
        loose.drag(loose.port("conv2d_2", "x"), loose.port("input_1", "y", output=True))
        assert loose.wires == {wire("input_1", "conv2d_2")}


def test_a_wire_dropped_on_a_block_takes_its_free_input(qtbot: QtBot) -> None:
    project = drawn("input", "bilinear")
    hand = Hand(qtbot, edits.add_node(project, MAIN, "input", (0.0, 160.0))[0])
    with hand.step("Connect “x1” to “bilinear1”"):
        hand.drag(hand.port("input_2", "y", output=True), hand.middle("bilinear_1"))
        assert wire("input_2", "bilinear_1", into="b") in hand.wires
        assert wire("input_1", "bilinear_1", into="a") in hand.wires


def test_two_clicks_draw_a_wire_like_a_drag(loose: Hand) -> None:
    with loose.step("Connect “x” to “conv1”"):
        loose.click(loose.port("input_1", "y", output=True))
        loose.move((300.0, 200.0), button=Qt.MouseButton.NoButton)
        assert loose.view.hands.gesture is not None
        loose.click(loose.port("conv2d_1", "x"))
        assert loose.wires == {wire("input_1", "conv2d_1")}


def test_a_second_click_on_the_same_port_lets_the_wire_go(loose: Hand) -> None:
    with loose.nothing():
        loose.click(loose.port("input_1", "y", output=True))
        loose.click(loose.port("input_1", "y", output=True))


def test_a_wire_on_the_pointer_is_given_up_by_escape_or_the_right_button(loose: Hand) -> None:
    with loose.nothing():
        loose.click(loose.port("input_1", "y", output=True))
        loose.key(Qt.Key.Key_Escape)
    with loose.nothing():
        loose.click(loose.port("input_1", "y", output=True))
        loose.press((300.0, 200.0), button=RIGHT)


def test_an_input_that_takes_one_wire_lets_go_of_the_one_it_had(qtbot: QtBot) -> None:
    project, _ = edits.add_node(drawn("input", "conv2d"), MAIN, "input", (0.0, 160.0))
    hand = Hand(qtbot, project)
    with hand.step("Connect “x1” to “conv1”"):
        hand.drag(hand.port("input_2", "y", output=True), hand.port("conv2d_1", "x"))
        assert hand.wires == {wire("input_2", "conv2d_1")}


def test_wires_into_an_adder_keep_their_order(loose: Hand) -> None:
    for node in ("conv2d_2", "conv2d_1"):
        loose.drag(loose.port(node, "y", output=True), loose.port("add_1", "x"))
    assert loose.wires == {wire("conv2d_2", "add_1", 0), wire("conv2d_1", "add_1", 1)}
    # Pulling at the upper end takes that wire; the other moves up.
    with loose.step("Disconnect “conv2” from “add1”"):
        loose.drag(loose.port("add_1", "x", 0), (700.0, 300.0))
        assert loose.wires == {wire("conv2d_1", "add_1", 0)}


def test_shift_adds_a_wire_to_an_input_that_has_some(loose: Hand) -> None:
    loose.drag(loose.port("conv2d_2", "y", output=True), loose.port("add_1", "x"))
    with loose.step("Connect “conv1” to “add1”"):
        loose.drag(loose.port("add_1", "x"), loose.port("conv2d_1", "y", output=True), SHIFT)
        assert loose.wires == {wire("conv2d_2", "add_1", 0), wire("conv2d_1", "add_1", 1)}


# -- refusals -------------------------------------------------------------------------------------------

CIRCLE = "This would close a circle: “conv1” already feeds “relu1”. Data must flow one way."


def test_a_circle_is_refused_with_its_reason_while_the_wire_is_pulled(row: Hand) -> None:
    told: list[Message] = []
    row.view.message.connect(told.append)
    with row.nothing():
        row.hold(row.port("relu_1", "y", output=True), row.port("conv2d_1", "x"))
        assert row.view.bubble.isVisible()
        assert row.view.bubble.text() == CIRCLE
        assert row.view.bubble.textFormat() == Qt.TextFormat.PlainText
        target = row.view.canvas.nodes["conv2d_1"].sceneBoundingRect()
        covered = row.view.mapFromScene(target).boundingRect()
        assert not row.view.bubble.geometry().intersects(covered)  # what it is about stays seen
        row.view.grab()
        row.release(row.port("conv2d_1", "x"))
        assert not row.view.bubble.isVisible()
    assert [str(message) for message in told] == [CIRCLE]


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (("relu_1", "x"), "A block cannot feed itself."),
        (("flatten_1", "y"), "An output cannot feed an output. Drop the wire on an input."),
    ],
)
def test_other_refusals_say_their_reason_too(row: Hand, end: tuple[str, str], reason: str) -> None:
    goal = row.port(*end, output=end[1] == "y")
    with row.nothing():
        row.hold(row.port("relu_1", "y", output=True), goal)
        assert row.view.bubble.text() == reason
        row.release(goal)


def test_a_block_without_inputs_says_so(row: Hand) -> None:
    with row.nothing():
        row.hold(row.port("relu_1", "y", output=True), row.middle("input_1"))
        assert row.view.bubble.text() == "“x” has no input."
        row.key(Qt.Key.Key_Escape)


def test_fitting_ports_light_up_and_the_rest_dims(row: Hand) -> None:
    row.press(row.port("relu_1", "y", output=True))
    canvas = row.view.canvas
    pull = canvas.pull
    assert pull is not None
    assert {n: canvas.nodes[n].state.lit for n in canvas.nodes} == {
        "input_1": "",
        "conv2d_1": "",
        "relu_1": "",
        "flatten_1": "in",
        "output_1": "in",
    }
    assert [node for node in canvas.nodes if not pull.lights(node)] == ["input_1", "conv2d_1"]
    row.key(Qt.Key.Key_Escape)
    assert canvas.pull is None
    assert not any(item.state.lit for item in canvas.nodes.values())


def test_what_is_lit_is_what_is_not_refused() -> None:
    project = drawn("input", "conv2d", "relu", "lstm", "add", "output")
    project, _ = edits.add_node(project, MAIN, "bilinear", (0.0, 200.0))
    graph = project.graph(MAIN)
    ports = [
        PortRef(node.id, port.name, output)
        for node in graph.nodes.values()
        for output in (True, False)
        for port in _ports(node, output)
    ]
    seen = set()
    for origin in ports:
        pull = Pull(project, MAIN, (origin,))
        for other in ports:
            if other.output != origin.output:
                allowed = pull.refusal(other) is None
                assert bool(pull.lit(other.node)) == allowed
                assert (other in pull.candidates()) == allowed
                seen.add(allowed)
    assert seen == {True, False}


def _ports(node: Node, output: bool) -> tuple[Port, ...]:
    block = find(node.type)
    assert block is not None
    return block.outputs if output else block.inputs


# -- taking off and moving ------------------------------------------------------------------------------


def test_a_wire_is_pulled_off_its_input(row: Hand) -> None:
    with row.step("Disconnect “conv1” from “relu1”"):
        row.drag(row.port("relu_1", "x"), (480.0, 260.0))
        assert wire("conv2d_1", "relu_1") not in row.wires


def test_a_wire_is_moved_to_another_input(row: Hand) -> None:
    with row.step("Move a wire"):
        row.drag(row.port("relu_1", "x"), row.port("flatten_1", "x"))
        assert row.wires == {
            wire("input_1", "conv2d_1"),
            wire("conv2d_1", "flatten_1"),
            wire("flatten_1", "output_1"),
        }


def test_a_wire_put_back_where_it_was_changes_nothing(row: Hand) -> None:
    with row.nothing():
        row.hold(row.port("relu_1", "x"), (480.0, 260.0))
        assert not row.view.canvas.wires[wire("conv2d_1", "relu_1")].isVisible()
        row.move(row.port("relu_1", "x"))
        row.release(row.port("relu_1", "x"))


def test_escape_puts_a_wire_back_that_was_taken_off(row: Hand) -> None:
    with row.nothing():
        row.hold(row.port("relu_1", "x"), (480.0, 260.0))
        row.key(Qt.Key.Key_Escape)
        row.release((480.0, 260.0))


def test_ctrl_moves_all_wires_of_a_port(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "relu")
    project, _ = edits.add_node(project, MAIN, "linear", (512.0, 160.0))
    project, _ = edits.add_node(project, MAIN, "tanh", (256.0, 160.0))
    project = edits.connect(project, MAIN, Endpoint("conv2d_1", "y"), Endpoint("linear_1", "x"))
    hand = Hand(qtbot, project)
    with hand.step("Move 2 wires"):
        hand.drag(hand.port("conv2d_1", "y", output=True), hand.port("tanh_1", "y", output=True), CTRL)
        assert hand.wires == {
            wire("input_1", "conv2d_1"),
            wire("tanh_1", "relu_1"),
            wire("tanh_1", "linear_1"),
        }
    with hand.nothing():
        hand.drag(hand.port("tanh_1", "y", output=True), (300.0, 400.0), CTRL)


def test_alt_and_a_click_take_all_wires_off_a_port(loose: Hand) -> None:
    for node in ("conv2d_2", "conv2d_1"):
        loose.drag(loose.port(node, "y", output=True), loose.port("add_1", "x"))
    with loose.step("Take all wires off “add1”"):
        loose.click(loose.port("add_1", "x"), ALT)
        assert loose.wires == set()


# -- into empty space -----------------------------------------------------------------------------------


def test_a_wire_pulled_into_empty_space_asks_for_a_block_there(row: Hand) -> None:
    asked: list[tuple[QPointF, Endpoint]] = []
    row.view.search_requested.connect(lambda place, end: asked.append((place, end)))
    with row.nothing():
        row.drag(row.port("relu_1", "y", output=True), (700.0, 300.0))
        row.drag(row.port("conv2d_1", "x"), (100.0, 300.0), SHIFT)
    assert [(round(place.x()), round(place.y())) for place, _ in asked] == [(700, 300), (100, 300)]
    assert [end for _, end in asked] == [Endpoint("relu_1", "y"), Endpoint("conv2d_1", "x")]
    # What is handed out is what wires are made of, not a kind of our own.
    assert all(type(end) is Endpoint for _, end in asked)


# -- blocks dropped from the palette ----------------------------------------------------------------------


def test_a_block_is_dropped_on_the_canvas(loose: Hand) -> None:
    with loose.step("Add Dropout"):
        assert loose.drop("dropout", (400.0, 300.0))
        assert loose.place("dropout_1") == (320.0, 272.0)
        assert loose.view.selected() == ["dropout_1"]
    assert len(loose.wires) == 0


def test_a_block_dropped_on_a_wire_is_put_into_it(row: Hand) -> None:
    with row.step("Add Dropout"):
        assert row.drop("dropout", row.between(wire("conv2d_1", "relu_1")))
        assert wire("conv2d_1", "dropout_1") in row.wires
        assert wire("dropout_1", "relu_1") in row.wires
        assert wire("conv2d_1", "relu_1") not in row.wires
        assert row.place("dropout_1") == (512.0, 0.0)
        assert row.place("relu_1") == (768.0, 0.0)
        assert row.place("output_1")[0] - row.place("flatten_1")[0] == 256.0
        assert row.place("conv2d_1") == (256.0, 0.0)


def test_alt_keeps_a_dropped_block_out_of_a_wire(row: Hand) -> None:
    before = row.wires
    with row.step("Add Dropout"):
        assert row.drop("dropout", row.between(wire("conv2d_1", "relu_1")), ALT)
        assert row.wires == before


def test_an_input_dropped_on_a_wire_stays_beside_it(row: Hand) -> None:
    before = row.wires
    with row.step("Add Input"):
        assert row.drop("input", row.between(wire("conv2d_1", "relu_1")))
        assert row.wires == before


def test_a_composite_is_dropped_by_its_name(qtbot: QtBot) -> None:
    inner = drawn("input", "relu", "output").graph(MAIN)
    project = edits.set_composite(drawn("input"), "Block: A", Composite(inner))
    hand = Hand(qtbot, project)
    with hand.step("Add Block: A"):
        assert hand.drop("composite:Block: A", (400.0, 300.0))
        (node,) = hand.project.graph(MAIN).of_type(COMPOSITE)
        assert node.composite == "Block: A"


@pytest.mark.parametrize("text", ["no_such_block", "composite:none", "", "x" * 100_000])
def test_what_is_no_block_is_not_taken(loose: Hand, text: str) -> None:
    with loose.nothing():
        assert not loose.drop(text, (400.0, 300.0))


def test_only_our_own_text_is_taken(loose: Hand) -> None:
    with loose.nothing():
        assert not loose.drop("dropout", (400.0, 300.0), mime="application/x-qabstractitemmodeldatalist")
        assert not loose.drop("dropout", (400.0, 300.0), mime="text/plain")


def test_rows_below_stay_where_a_block_makes_room_in_the_row_above(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "relu", "flatten", "linear", "output")
    below = {"flatten_1": (0.0, 160.0), "linear_1": (256.0, 160.0), "output_1": (512.0, 160.0)}
    hand = Hand(qtbot, edits.move_nodes(project, MAIN, below))
    with hand.step("Add Dropout"):
        assert hand.drop("dropout", hand.between(wire("conv2d_1", "relu_1")))
        assert hand.place("relu_1")[0] > 512.0
        assert {node: hand.place(node) for node in below} == below
    hand.look_at(-200.0, -200.0, 0.3)
    hand.view.grab()
