"""Unused ports are hidden and come back; what a block needs, and what is in use, stays in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint, Message
from studio.project import edits
from tests.ui.canvas_hand import ALT, LEFT, MAIN, Hand, drawn

KEY = Qt.Key
said: list[str] = []


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    project = drawn("input", "lstm", "output")
    made = Hand(qtbot, edits.set_parameters(project, MAIN, "input_1", {"shape": (5, 4)}))
    made.view.message.connect(lambda message: said.append(str(message)))
    said.clear()
    return made


def ports(hand: Hand, node: str) -> list[tuple[str, bool]]:
    return [(port.name, port.output) for port in hand.view.canvas.nodes[node].card.shape.ports]


def test_alt_h_hides_what_no_wire_uses_and_shows_it_again(hand: Hand) -> None:
    all_of_it, name = ports(hand, "lstm_1"), hand.project.graph(MAIN).nodes["lstm_1"].name
    assert ("y", True) in all_of_it
    assert len(all_of_it) > 2
    tall = hand.view.canvas.nodes["lstm_1"].card.shape.height
    hand.click(hand.middle("lstm_1"))
    plain = hand.view.grab().toImage()
    with hand.step(f"Hide unused ports of “{name}”"):
        hand.key(KEY.Key_H, ALT)
        assert ports(hand, "lstm_1") == [("x", False), ("y", True)]
        card = hand.view.canvas.nodes["lstm_1"].card
        assert card.shape.height < tall
        assert card.spare == len(all_of_it) - 2
        assert card.spoken().endswith(f", {card.spare} unused ports hidden")
        # The wires have gone along with the ports.
        for wire, end in ((w, True) for w in hand.wires if w.target.node == "lstm_1"):
            assert hand.view.canvas.wires[wire].ends()[end] == hand.port("lstm_1", "x")
    assert hand.view.grab().toImage() != plain
    with hand.step(f"Show all ports of “{name}”"):
        hand.key(KEY.Key_H, ALT)
    assert ports(hand, "lstm_1") == all_of_it


def test_a_port_in_use_is_in_sight_and_goes_with_its_last_wire(hand: Hand) -> None:
    hand.view.select(["lstm_1"])
    hand.key(KEY.Key_H, ALT)
    project, _ = edits.add_node(hand.project, MAIN, "output", (900, 200))
    project = edits.connect(project, MAIN, Endpoint("lstm_1", "h"), Endpoint("output_2", "x"))
    hand.document.attempt(Message("Use the state"), lambda _: project)
    assert ports(hand, "lstm_1") == [("x", False), ("y", True), ("h", True)]
    with hand.step(f"Delete “{hand.project.graph(MAIN).nodes['output_2'].name}”"):
        hand.view.select(["output_2"])
        hand.key(KEY.Key_Delete)
        assert ports(hand, "lstm_1") == [("x", False), ("y", True)]


def test_where_there_is_nothing_to_hide_it_is_said(hand: Hand) -> None:
    with hand.nothing():
        hand.key(KEY.Key_H, ALT)
        hand.click(hand.middle("output_1"), button=LEFT)
        hand.key(KEY.Key_H, ALT)
    assert said == [
        "Select the blocks whose unused ports are to be hidden first.",
        "The selected blocks have no unused ports.",
    ]
