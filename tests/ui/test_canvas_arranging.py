"""Arranging by the key L: everything, or what is selected; one step, a slide, and nothing moves in vain."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QAbstractAnimation, QPointF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint, Message
from studio.graph.layout import Frame, Note
from studio.project import Project, edits
from studio.ui.canvas.camera import READABLE
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.menus import menu_for
from tests.ui.canvas_hand import MAIN, SHIFT, Hand, drawn

KEY = Qt.Key
said: list[str] = []


def heaped() -> Project:
    """Draw a block with two branches and a skip, all in a heap."""
    project = drawn("input", "conv2d", "relu", "add", "output", step=40.0)
    project, _ = edits.add_node(project, MAIN, "conv2d", (96.0, 48.0))
    for source, target in (("input_1", "conv2d_2"), ("conv2d_2", "add_1"), ("input_1", "add_1")):
        project = edits.connect(project, MAIN, Endpoint(source, "y"), Endpoint(target, "x"))
    return project


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    made = Hand(qtbot, heaped())
    made.view.message.connect(lambda message: said.append(str(message)))
    said.clear()
    return made


def arranged(hand: Hand) -> None:
    """Press L, and wait for nothing."""
    hand.key(KEY.Key_L)
    hand.view.slide.finish()


def assert_in_order(hand: Hand) -> None:
    """Check that no card lies on another, and that all wires lead ahead."""
    boxes = {node: hand.view.canvas.field.box(node) for node in hand.view.canvas.nodes}
    for a, b in itertools.combinations(boxes.values(), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    side = 1 if hand.view.canvas.cards.down else 0
    for made in hand.wires:
        assert boxes[made.source.node][side + 2] < boxes[made.target.node][side]


def test_everything_is_arranged_where_nothing_is_selected(hand: Hand) -> None:
    with hand.step("Arrange"):
        arranged(hand)
        assert_in_order(hand)
        assert hand.place("relu_1")[1] != hand.place("conv2d_2")[1]
    with hand.nothing():
        hand.key(KEY.Key_L)
    assert said == ["They stand so already."]


def test_a_selection_is_arranged_by_itself(hand: Hand) -> None:
    arranged(hand)
    heap = {"conv2d_1": (0.0, 400.0), "relu_1": (16.0, 416.0), "conv2d_2": (32.0, 440.0)}
    hand.document.do(Message("Heap"), edits.move_nodes(hand.project, MAIN, heap))
    hand.view.select(list(heap))
    rest = {node: hand.place(node) for node in hand.view.canvas.nodes if node not in heap}
    with hand.step("Arrange 3 blocks"):
        arranged(hand)
        assert {node: hand.place(node) for node in rest} == rest
        assert min(hand.place(node)[0] for node in heap) == 0.0
        assert min(hand.place(node)[1] for node in heap) == 400.0
        assert hand.place("conv2d_1")[0] < hand.place("relu_1")[0]
        assert hand.view.selected() == list(heap)
    with hand.nothing():
        hand.key(KEY.Key_L)


def test_the_selected_slide_to_their_places(hand: Hand) -> None:
    hand.view.select(["conv2d_1", "relu_1"])
    before = hand.view.canvas.position("relu_1")
    hand.key(KEY.Key_L)
    assert hand.view.slide.state() == hand.view.slide.State.Running
    assert hand.view.canvas.position("relu_1") == before
    hand.view.slide.finish()
    assert hand.view.canvas.position("relu_1") == hand.place("relu_1") != before
    hand.agree()


def test_one_block_is_not_arranged(hand: Hand) -> None:
    hand.view.select(["relu_1"])
    with hand.nothing():
        hand.key(KEY.Key_L)
    assert said == ["Select at least two blocks to arrange, or nothing to arrange all."]


def test_a_selected_frame_is_arranged_with_what_is_in_it(hand: Hand) -> None:
    frame, note = Frame("f", "Branch", -40.0, 300.0, 400.0, 400.0), Note("n", "why", 0.0, 560.0)
    heap = {"conv2d_1": (0.0, 400.0), "relu_1": (16.0, 416.0)}
    project = edits.move_nodes(hand.project, MAIN, heap)
    project = edits.set_notes(edits.set_frames(project, MAIN, [frame]), MAIN, [note])
    hand.document.do(Message("Frame"), project)
    hand.view.canvas.selection.set(frames={"f"})
    with hand.step("Arrange 2 blocks"):
        arranged(hand)
        (made,), (said_,) = hand.project.layout_of(MAIN).frames, hand.project.layout_of(MAIN).notes
        assert (made.x, made.y) == (-40.0, 304.0)  # on the grid
        inside = hand.view.canvas.field.inside(made.x, made.y, made.x + made.width, made.y + made.height)
        assert set(inside) == set(heap)
        assert made.x < said_.x < made.x + made.width
        assert made.y < said_.y < made.y + made.height


def test_a_pinned_block_stays_and_the_others_come_to_it(hand: Hand) -> None:
    hand.view.select(["add_1"])
    hand.key(KEY.Key_P)
    hand.view.select([])
    place = hand.place("add_1")
    with hand.step("Arrange"):
        arranged(hand)
        assert hand.place("add_1") == place
        assert_in_order(hand)


def test_a_drawing_that_flows_down_is_arranged_downwards(hand: Hand) -> None:
    hand.key(KEY.Key_L, Qt.KeyboardModifier.ShiftModifier)
    hand.view.slide.finish()
    assert_in_order(hand)
    hand.document.do(Message("Heap"), edits.move_nodes(hand.project, MAIN, {"relu_1": (0.0, 0.0)}))
    with hand.step("Arrange"):
        arranged(hand)
        assert_in_order(hand)


def test_nothing_is_arranged_on_a_locked_canvas(hand: Hand) -> None:
    hand.key(KEY.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert hand.view.locked
    with hand.nothing():
        hand.key(KEY.Key_L)


def test_the_menu_of_several_blocks_arranges_them(hand: Hand) -> None:
    hand.view.select(["conv2d_1", "relu_1"])
    menu = menu_for(hand.view, Hit("node", node="relu_1"), hand.view.aim())
    (several,) = (child for child in menu.findChildren(QMenu) if child.title() == "Align and distribute")
    with hand.step("Arrange 2 blocks"):
        several.actions()[0].trigger()
        hand.view.slide.finish()
    menu.deleteLater()


@pytest.mark.parametrize("keys", [(KEY.Key_L, Qt.KeyboardModifier.NoModifier), (KEY.Key_L, SHIFT)])
def test_what_is_arranged_as_a_whole_is_looked_at_readably_where_it_will_stand(
    hand: Hand, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    hand.view.resize(500, 360)
    hand.look_at(5000.0, 5000.0, 0.2)
    hand.key(*keys)
    assert hand.view.slide.state() == QAbstractAnimation.State.Running
    assert hand.view.camera.zoom >= READABLE
    hand.view.slide.finish()
    place = hand.view.place_of("input_1")
    assert hand.view.viewport().rect().toRectF().intersects(place)
    whole = hand.view.camera.to_scene(QPointF(0, 0)), hand.view.canvas.content().topLeft()
    assert whole[0].x() <= whole[1].x()
    assert whole[0].y() <= whole[1].y()


def test_of_a_selection_the_look_stays(hand: Hand) -> None:
    hand.view.select(["conv2d_1", "relu_1", "add_1"])
    zoom, corner = hand.view.camera.zoom, hand.view.camera.to_scene(QPointF(0, 0))
    arranged(hand)
    assert (hand.view.camera.zoom, hand.view.camera.to_scene(QPointF(0, 0))) == (zoom, corner)
