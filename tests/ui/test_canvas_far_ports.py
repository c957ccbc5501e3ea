"""Far out, where no ports are drawn, wires are still pulled at the sides of blocks, or it is said how."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from studio.ui.canvas.far import FAR, TINY
from studio.ui.canvas.hits import hit
from studio.ui.canvas.tips import tip
from tests.ui.canvas_hand import Hand, drawn, wire

FARTHER = 0.2


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    project = drawn("conv2d", "output")
    project = drawn("input", y=120.0, project=project)
    hand = Hand(qtbot, project)
    hand.look_at(0.0, 0.0, FARTHER)
    assert TINY < FARTHER < FAR
    return hand


def test_a_wire_is_pulled_from_the_side_of_a_block_onto_another(hand: Hand) -> None:
    x, y = hand.port("input_1", "y", output=True)
    with hand.step("Connect “x” to “conv1”"):
        hand.drag((x + 20.0, y), hand.middle("conv2d_1"))
    assert wire("input_1", "conv2d_1") in hand.wires


def test_a_block_is_still_moved_by_all_of_it(hand: Hand) -> None:
    body = hand.view.canvas.nodes["conv2d_1"].body()
    edge = (body.right() - 6.0, hand.port("conv2d_1", "y", output=True)[1])
    before = hand.wires
    hand.drag(edge, (edge[0], edge[1] + 400.0))
    assert hand.wires == before
    assert hand.place("conv2d_1")[1] > 300.0


def test_the_ports_of_the_block_under_the_pointer_are_seen_and_the_pointer_tells(hand: Hand) -> None:
    x, y = hand.port("input_1", "y", output=True)
    view = hand.view.viewport()
    hand.move((3000.0, 3000.0))
    before = view.grab().toImage()
    hand.move((x + 20.0, y))
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    at = hand.spot(x, y)
    assert view.grab().toImage().pixelColor(at) != before.pixelColor(at)


def test_where_blocks_are_patches_their_texts_say_to_come_nearer(hand: Hand) -> None:
    canvas, hint = hand.view.canvas, "Zoom in to pull wires."
    at = QPointF(*hand.middle("conv2d_1"))
    assert hint not in tip(canvas, hit(canvas, at))
    hand.look_at(0.0, 0.0, TINY * 0.8)
    assert hint in tip(canvas, hit(canvas, at))
    x, y = hand.port("input_1", "y", output=True)
    assert hit(canvas, QPointF(x + 20.0, y)).port is None
