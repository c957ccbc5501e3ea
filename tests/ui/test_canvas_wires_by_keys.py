"""Wires without a mouse: from any port to any port, chosen, disabled, moved, taken off, and told in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint, Message
from studio.project import edits
from tests.ui.canvas_hand import CTRL, MAIN, SHIFT, Hand, drawn, wire

Key = Qt.Key


@pytest.fixture
def two(qtbot: QtBot) -> Hand:
    """An input, an LSTM with its three outputs, and a bilinear layer with its two inputs; no wire."""
    project = edits.add_node(drawn("input"), MAIN, "lstm", (256.0, 0.0))[0]
    project = edits.add_node(project, MAIN, "bilinear", (512.0, 0.0))[0]
    return Hand(qtbot, project)


@pytest.fixture
def fork(qtbot: QtBot) -> Hand:
    project = drawn("input", "conv2d", "relu", "output")
    project, _ = edits.add_node(project, MAIN, "add", (512.0, 160.0))
    return Hand(qtbot, edits.connect(project, MAIN, Endpoint("conv2d_1", "y"), Endpoint("add_1", "x")))


def said(hand: Hand) -> str:
    return hand.view.accessibleDescription()


def test_any_output_is_joined_to_any_input(two: Hand) -> None:
    outputs = [port.name for port in two.view.canvas.nodes["lstm_1"].card.shape.ports if port.output]
    assert len(outputs) == 3
    for steps, source in enumerate(outputs):
        for port in ("b", "a"):
            two.view.select(["lstm_1"])
            with two.step("Connect “lstm1” to “bilinear1”"):
                two.key(Key.Key_C)
                for _ in range(steps):
                    two.key(Key.Key_Down)
                for _ in range(2):
                    if said(two).split(", ")[0].endswith(f"bilinear1 · {port}"):
                        break
                    two.key(Key.Key_Right)
                assert said(two).startswith(f"lstm1 · {source} → bilinear1 · {port}")
                two.key(Key.Key_Return)
                assert wire("lstm_1", "bilinear_1", out=source, into=port) in two.wires


def test_a_wire_is_led_backwards_from_an_input(two: Hand) -> None:
    two.view.select(["bilinear_1"])
    with two.step("Connect “x” to “bilinear1”"):
        two.key(Key.Key_C)
        two.key(Key.Key_Up)
        assert "→ bilinear1 · b" in said(two)
        while not said(two).startswith("x · y"):
            two.key(Key.Key_Tab)
        assert two.view.bubble.text() == said(two)
        two.key(Key.Key_Return)
        assert two.wires == {wire("input_1", "bilinear_1", into="b")}


def test_a_wire_in_the_way_is_named_before_it_goes(two: Hand) -> None:
    project = edits.connect(two.project, MAIN, Endpoint("input_1", "y"), Endpoint("bilinear_1", "a"))
    two.document.history.do(Message("Draw"), project)
    two.document.replaced.emit()
    two.view.select(["lstm_1"])
    with two.nothing():
        two.key(Key.Key_C)
        two.key(Key.Key_Right)
        assert said(two) == "lstm1 · y → bilinear1 · a, in place of x · y"
        two.key(Key.Key_Escape)


def test_wires_are_chosen_one_after_another(fork: Hand) -> None:
    fork.view.select(["conv2d_1"])
    met = []
    with fork.nothing():
        for _ in range(4):
            fork.key(Key.Key_W)
            met.append(said(fork))
        assert met == [
            "wire from x · y to conv1 · x",
            "wire from conv1 · y to relu1 · x",
            "wire from conv1 · y to add1 · x",
            met[0],
        ]
        fork.key(Key.Key_W, SHIFT)
        assert said(fork) == met[2]
        fork.key(Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert fork.view.selected() == ["add_1"]


def test_a_chosen_wire_is_disabled_and_taken_off(fork: Hand) -> None:
    fork.view.select(["add_1"])
    fork.key(Key.Key_W)
    with fork.step("Disable a wire"):
        fork.key(Key.Key_B, CTRL | SHIFT)
    fork.view.select(["add_1"])
    fork.key(Key.Key_W)
    assert said(fork) == "wire from conv1 · y to add1 · x, disabled"
    with fork.step("Delete a wire"):
        fork.key(Key.Key_Delete)
        assert fork.view.selected() == ["add_1"]
    with fork.nothing():
        fork.view.select(["add_1"])
        fork.key(Key.Key_W)
        assert fork.view.canvas.selection.wires == set()


def test_a_chosen_wire_is_led_elsewhere_or_dropped(fork: Hand) -> None:
    fork.view.select(["add_1"])
    fork.key(Key.Key_W)
    with fork.step("Disconnect “conv1” from “add1”"):
        fork.key(Key.Key_C)
        fork.key(Key.Key_Delete)
    fork.document.undo()
    fork.view.select(["add_1"])
    fork.key(Key.Key_W)
    with fork.step("Move a wire"):
        fork.key(Key.Key_C)
        while not said(fork).endswith("→ y · x"):
            fork.key(Key.Key_Right)
        fork.key(Key.Key_Return)
        assert wire("conv2d_1", "output_1") in fork.wires
        assert wire("conv2d_1", "add_1") not in fork.wires
    with fork.nothing():
        fork.view.select(["relu_1"])
        fork.key(Key.Key_W)
        fork.key(Key.Key_C)
        fork.key(Key.Key_Escape)
