"""A drawing that flows from top to bottom: ports above and below, ways, rooms and keys turned with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint
from studio.graph.layout import LAYER
from studio.project import GraphRef, edits
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.scene import CanvasScene
from tests.ui.canvas_hand import ALT, CTRL, MAIN, SHIFT, Hand, drawn, wire
from tests.ui.test_canvas_ways import through

KEY = Qt.Key


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    project = drawn("input", "conv2d", "relu", "lstm", "output")
    project, _ = edits.add_node(project, MAIN, "add", (1300, 0))
    for source, port in (("input_1", "y"), ("lstm_1", "h"), ("relu_1", "y")):
        project = edits.connect(project, MAIN, Endpoint(source, port), Endpoint("add_1", "x"))
    made = Hand(qtbot, project)
    made.view.resize(1000, 1300)
    with made.step("Let data flow downwards"):
        made.key(KEY.Key_L, SHIFT)
        made.view.slide.finish()
    made.look_at(-300.0, -60.0)
    return made


def tops(hand: Hand) -> dict[str, float]:
    return {node: at[1] for node, at in hand.project.layout_of(MAIN).positions.items()}


def test_every_wire_leads_down_from_a_lower_to_an_upper_side_and_through_no_block(hand: Hand) -> None:
    canvas: CanvasScene = hand.view.canvas
    assert hand.project.layout_of(MAIN).down
    for one in hand.wires:
        (x1, y1), (x2, y2) = canvas.wires[one].way.points[0], canvas.wires[one].way.points[-1]
        source, target = canvas.nodes[one.source.node].body(), canvas.nodes[one.target.node].body()
        assert y1 == source.bottom()
        assert y2 == target.top()
        assert source.left() < x1 < source.right()
        assert target.left() < x2 < target.right()
        assert y2 > y1
    assert through(canvas) == []
    skip = canvas.wires[wire("input_1", "add_1")]
    assert len(skip.way.points) >= 10  # it is led beside what lies between
    names = [port.x for port in canvas.nodes["lstm_1"].card.shape.ports if port.output]
    assert names == sorted(names)
    assert len(set(names)) == 3
    with hand.step("Let data flow to the right"):
        hand.key(KEY.Key_L, SHIFT)
        hand.view.slide.finish()
    assert all(w.way.points[0][0] < w.way.points[-1][0] for w in canvas.wires.values())


def test_ports_are_taken_hold_of_and_wires_of_an_input_told_apart(hand: Hand) -> None:
    ends = [hand.port("add_1", "x", index) for index in range(3)]
    assert len({y for _, y in ends}) == 1
    assert ends[0][0] < ends[1][0] < ends[2][0]
    names = {node.id: node.name for node in hand.project.graph(MAIN).nodes.values()}
    with hand.step(f"Disconnect “{names['relu_1']}” from “{names['add_1']}”"):
        hand.drag(ends[2], (-200.0, 1100.0))
    assert {w.source.node for w in hand.wires if w.target.node == "add_1"} == {"input_1", "lstm_1"}
    with hand.step(f"Connect “{names['conv2d_1']}” to “{names['add_1']}”"):
        hand.drag(hand.port("conv2d_1", "y", output=True), hand.port("add_1", "x"))
    assert wire("conv2d_1", "add_1", 2) in hand.wires


def test_a_block_dropped_on_a_wire_has_room_made_below(hand: Hand) -> None:
    before, held = tops(hand), wire("conv2d_1", "relu_1")
    x, y = hand.between(held)
    with hand.step("Add Tanh"):
        assert hand.drop("tanh", (x, y))
    after = tops(hand)
    assert after["input_1"] == before["input_1"]
    assert after["conv2d_1"] == before["conv2d_1"]
    assert after["relu_1"] - before["relu_1"] == after["lstm_1"] - before["lstm_1"] > 0
    assert after["conv2d_1"] + 64 < after["tanh_1"] < after["relu_1"] - 64
    assert hand.place("tanh_1")[0] == pytest.approx(hand.place("conv2d_1")[0], abs=8.0)
    assert {wire("conv2d_1", "tanh_1"), wire("tanh_1", "relu_1")} <= hand.wires


def test_keys_walk_along_the_data_and_new_blocks_stand_below(hand: Hand) -> None:
    hand.view.go_to("conv2d_1")
    for key, there in ((KEY.Key_Down, "relu_1"), (KEY.Key_Up, "conv2d_1"), (KEY.Key_Up, "input_1")):
        with hand.nothing():
            hand.key(key, ALT)
            assert hand.view.canvas.selection.current == there
    hand.view.select(["output_1"])
    x, y = hand.place("output_1")
    with hand.step("Add Tanh"):
        assert hand.view.add_block("tanh") == "tanh_1"
    assert hand.place("tanh_1")[1] >= y + LAYER
    assert abs(hand.place("tanh_1")[0] - x) < 2 * WIDTH


def test_a_composite_made_here_flows_down_inside_and_unpacks_downwards(hand: Hand) -> None:
    before = tops(hand)
    hand.view.select(["conv2d_1", "relu_1"])
    hand.key(KEY.Key_E, CTRL | SHIFT)
    (name,) = hand.project.composites
    inside = hand.project.layout_of(GraphRef("composite", name))
    assert inside.down
    levels = [inside.positions[node][1] for node in ("input_1", "conv2d_1", "relu_1", "output_1")]
    assert levels == sorted(set(levels))
    hand.view.select(["composite_1"])
    hand.key(KEY.Key_U, CTRL | SHIFT)
    after = tops(hand)
    assert after["relu_1"] - after["conv2d_1"] == before["relu_1"] - before["conv2d_1"]
    assert after["output_1"] >= before["output_1"]
