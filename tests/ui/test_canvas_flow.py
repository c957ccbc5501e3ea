"""The pictures of what flows: where they stand, what is painted again, what a click on one does."""

from __future__ import annotations

import pytest
import torch
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import edits, looks
from studio.train.flowing import showing
from studio.train.flowing.peek import Leaving, NodeView
from studio.ui.canvas.flow import HIGH, FlowItem
from studio.ui.widgets.flow_pictures import image_of, number, tiling
from tests.ui.canvas_hand import MAIN, RIGHT, Hand, drawn, wire


def view_of(value: torch.Tensor, weights: bool = False) -> NodeView:
    leaving = Leaving("y", showing.numbers(value), showing.picture(value))
    spread = showing.spread([value]) if weights else None
    return NodeView((leaving,), (), spread, None)


MAPS = view_of(torch.rand(20, 6, 6), weights=True)
BARS = view_of(torch.arange(10.0) - 3)


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[FlowItem]:
    """Give the pictures in the order in which they are painted."""
    found: list[FlowItem] = []
    paint = FlowItem.paint

    def counted(
        self: FlowItem, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        found.append(self)
        paint(self, painter, option, widget)

    monkeypatch.setattr(FlowItem, "paint", counted)
    return found


def boxes(hand: Hand) -> dict[str, QRectF]:
    return {node: item.box.translated(item.scenePos()) for node, item in hand.view.flow.items.items()}


def test_pictures_hang_below_their_cards_and_follow_them(row: Hand) -> None:
    row.view.flow.show({"conv2d_1": MAPS, "relu_1": MAPS, "gone": MAPS}, "values", {})
    assert boxes(row).keys() == {"conv2d_1", "relu_1"}
    before = boxes(row)["conv2d_1"]
    body = row.view.canvas.nodes["conv2d_1"].body()
    assert (before.left(), before.width(), before.height()) == (body.left(), body.width(), HIGH)
    assert before.top() > body.bottom()
    with row.step("Move “conv1”"):
        row.drag(row.middle("conv2d_1"), (row.middle("conv2d_1")[0], row.middle("conv2d_1")[1] + 64.0))
    assert boxes(row)["conv2d_1"] == before.translated(0.0, 64.0)


def test_no_picture_covers_another_node(qtbot: QtBot) -> None:
    project = drawn("input", "relu", "tanh", "sigmoid")
    places = {
        "input_1": (0.0, 0.0),
        "relu_1": (0.0, 140.0),
        "tanh_1": (0.0, 260.0),
        "sigmoid_1": (0.0, 330.0),
    }
    hand = Hand(qtbot, looks.move_nodes(project, MAIN, places))
    hand.view.flow.show(dict.fromkeys(places, MAPS), "values", {})
    found = boxes(hand)
    heights = {node: box.height() for node, box in found.items()}
    assert heights["sigmoid_1"] == HIGH  # all the room below
    assert heights["input_1"] < HIGH
    bodies = {node: hand.view.canvas.nodes[node].body() for node in places}
    for node, box in found.items():
        for other, body in bodies.items():
            # Where there is no room at all a picture lies on its own card, and on nothing else.
            assert other == node or not box.intersects(body), (node, other)
        assert not any(box.intersects(its) for other, its in found.items() if other != node)


def test_only_what_differs_is_painted_again(row: Hand, painted: list[FlowItem]) -> None:
    flow = row.view.flow
    flow.show({"conv2d_1": MAPS, "flatten_1": BARS}, "values", {})
    row.view.grab()
    items = dict(flow.items)
    assert set(painted) == set(items.values())
    painted.clear()
    flow.show({"conv2d_1": MAPS, "flatten_1": view_of(torch.ones(10))}, "values", {})
    assert flow.items == items
    updated = [item for item in items.values() if item.view is not MAPS]
    assert updated == [items["flatten_1"]]
    # Far out nothing of it is drawn.
    for zoom in (0.3, 0.5):
        row.look_at(0.0, 0.0, zoom=zoom)
        flow.show({"conv2d_1": MAPS, "flatten_1": BARS}, "values", {})
        shown = row.view.grab().toImage()
        flow.clear()
        assert row.view.grab().toImage() == shown


def test_weights_are_shown_on_nodes_that_have_some(row: Hand) -> None:
    row.view.flow.show({"conv2d_1": MAPS, "relu_1": BARS}, "weights", {})
    assert row.view.flow.items.keys() == {"conv2d_1"}
    row.view.grab()
    row.view.flow.show({"conv2d_1": MAPS}, "gradients", {})
    assert not row.view.flow.items


def test_a_click_on_a_picture_asks_to_see_it_closely(row: Hand) -> None:
    asked: list[tuple[object, str]] = []
    row.document.flow_wanted.connect(lambda ref, node: asked.append((ref, node)))
    row.view.flow.show({"relu_1": MAPS}, "values", {})
    middle = boxes(row)["relu_1"].center()
    with row.nothing():
        row.click((middle.x(), middle.y()))
        row.double_click((middle.x(), middle.y()))
    assert asked[0] == (MAIN, "relu_1")
    assert set(asked) == {(MAIN, "relu_1")}
    row.view.flow.clear()
    asked.clear()
    with row.nothing():
        row.click((middle.x(), middle.y()))
    assert asked == []


def test_the_menu_of_a_wire_shows_what_flows_there(row: Hand) -> None:
    asked: list[tuple[object, str]] = []
    row.document.flow_wanted.connect(lambda ref, node: asked.append((ref, node)))
    with row.nothing():
        row.click(row.between(wire("conv2d_1", "relu_1")), button=RIGHT)
        menu = row.view._menu
        assert menu is not None
        (entry,) = [action for action in menu.actions() if action.text() == "What flows here"]
        entry.trigger()
        menu.close()
    assert asked == [(MAIN, "conv2d_1")]


def test_pictures_go_with_their_nodes(row: Hand) -> None:
    flow = row.view.flow
    flow.show({"conv2d_1": MAPS, "relu_1": MAPS}, "values", {})
    flow.light([wire("conv2d_1", "relu_1")])
    assert row.view.canvas.wires[wire("conv2d_1", "relu_1")].hover
    row.document.do(Message("x"), edits.remove_nodes(row.project, MAIN, ["conv2d_1"]))
    assert flow.items.keys() == {"relu_1"}
    row.view.canvas.show_project(row.project, None)
    assert not flow.items
    flow.show({"relu_1": BARS}, "values", {})
    assert flow.items["relu_1"].scene() is row.view.canvas
    row.document.undo()
    flow.light(())
    flow.clear()
    assert not flow.items
    row.view.grab()


def test_the_output_shows_the_likeliest_classes(row: Hand, painted: list[FlowItem]) -> None:
    chances = (("cat", 0.1), ("dog", 0.7), ("<b>cow</b>", 0.2))
    row.view.flow.show({"output_1": BARS}, "values", {"output_1": chances})
    row.view.grab()
    assert painted
    assert row.view.flow.items["output_1"].chances == chances


def test_sheets_fill_a_room_best() -> None:
    assert tiling(16, 1.0, 140.0, 70.0)[0] == 6
    assert tiling(1, 2.0, 100.0, 100.0) == (1, 100.0, 50.0)
    image = image_of(MAPS.leaving[0].picture)
    assert (image.width(), image.height()) == (6, 6 * 16)
    assert [number(value) for value in (0.0, 2.0, 0.123, 12345.0, -0.0001)] == [
        "0",
        "2",
        "0.123",
        "1.23e4",
        "-0.0001",
    ]
