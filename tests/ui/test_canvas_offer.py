"""A second wire into an input that takes one replaces the first, and both are offered, added or joined."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.compiler import Tensor
from studio.graph import Endpoint, Message
from studio.project import Project, edits
from studio.project.file import dumps
from studio.ui.canvas.offer import ADD, CONCAT, kinds
from tests.ui.canvas_hand import LEFT, MAIN, Hand, drawn, known, wire


def two() -> Project:
    """Draw an input that feeds a convolution, and another input beside it."""
    return edits.add_node(drawn("input", "conv2d", "output", step=360.0), MAIN, "input", (0.0, 160.0))[0]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot, two())


def replace(hand: Hand) -> None:
    hand.drag(hand.port("input_2", "y", output=True), hand.port("conv2d_1", "x"))


def press(hand: Hand, kind: str) -> None:
    QTest.mouseClick(hand.view.offer.buttons[kind], LEFT)


@pytest.mark.parametrize(
    ("kind", "label"), [(ADD, "Add both before “conv1”"), (CONCAT, "Join both before “conv1”")]
)
def test_both_are_brought_together_by_one_click(hand: Hand, kind: str, label: str) -> None:
    with hand.step(label):
        replace(hand)
        assert hand.wires == {wire("input_2", "conv2d_1"), wire("conv2d_1", "output_1")}
        assert hand.view.offer.isVisible()
        assert hand.view.viewport().rect().contains(hand.view.offer.geometry())
        press(hand, kind)
        assert not hand.view.offer.isVisible()
    assert hand.wires == {
        wire("input_1", f"{kind}_1", 0),
        wire("input_2", f"{kind}_1", 1),
        wire(f"{kind}_1", "conv2d_1"),
        wire("conv2d_1", "output_1"),
    }
    boxes = [item.body() for item in hand.view.canvas.nodes.values()]
    assert not any(a.intersects(b) for place, a in enumerate(boxes) for b in boxes[:place])


def test_left_alone_the_new_wire_stands_and_the_offer_goes(hand: Hand) -> None:
    with hand.step("Connect “x1” to “conv1”"):
        replace(hand)
        assert hand.view.offer.isVisible()
        hand.click((900.0, 420.0))
        assert not hand.view.offer.isVisible()
    replace_again = dumps(hand.project)
    hand.document.undo()
    replace(hand)
    hand.key(Qt.Key.Key_Escape)
    assert not hand.view.offer.isVisible()
    assert dumps(hand.project) == replace_again


def test_nothing_is_offered_where_nothing_was_replaced(hand: Hand) -> None:
    hand.document.do(Message("Part"), edits.disconnect(hand.project, MAIN, {wire("input_1", "conv2d_1")}))
    replace(hand)
    assert not hand.view.offer.isVisible()
    project, _ = edits.add_node(hand.project, MAIN, "add", (360.0, 300.0))
    hand.document.do(Message("Draw"), project)
    for node in ("input_1", "input_2"):
        hand.drag(hand.port(node, "y", output=True), hand.port("add_1", "x"))
        assert not hand.view.offer.isVisible()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Tensor.of(3, 8, 8), Tensor.of(3, 8, 8), (ADD, CONCAT)),
        (Tensor.of(3, 8, 8), Tensor.of(5, 8, 8), (CONCAT,)),
        (Tensor.of(3, 8, 8), Tensor.of(3, 8, 9), ()),
        (Tensor.of(3, 8, 8), Tensor.of(192), ()),
        (Tensor.of(8), Tensor.of(4), (CONCAT,)),
        (Tensor.of(8), Tensor.of(8, dtype="int64"), ()),
        (Tensor.of(8), None, (ADD, CONCAT)),
    ],
)
def test_only_what_the_shapes_allow_is_offered(
    one: Tensor, other: Tensor | None, expected: tuple[str, ...]
) -> None:
    tensors = {"input_1": one} | ({"input_2": other} if other is not None else {})
    report = known(two(), tensors)
    assert kinds(report, Endpoint("input_1", "y"), Endpoint("input_2", "y")) == expected
    assert kinds(None, Endpoint("input_1", "y"), Endpoint("input_2", "y")) == (ADD, CONCAT)


def test_the_buttons_are_those_that_fit(hand: Hand) -> None:
    hand.learn(known(hand.project, {"input_1": Tensor.of(3, 8, 8), "input_2": Tensor.of(5, 8, 8)}))
    replace(hand)
    assert [kind for kind, button in hand.view.offer.buttons.items() if button.isVisible()] == [CONCAT]
    hand.document.undo()
    hand.learn(known(hand.project, {"input_1": Tensor.of(3, 8, 8), "input_2": Tensor.of(7)}))
    replace(hand)
    assert not hand.view.offer.isVisible()


def test_the_keyboard_reaches_it_by_tab_goes_round_takes_and_leaves(hand: Hand) -> None:
    said: list[str] = []
    hand.view.message.connect(lambda message: said.append(str(message)))
    offer, key = hand.view.offer, Qt.Key
    replace(hand)
    assert said == ["The new wire took the place of another. Press Tab to bring both to the input instead."]
    with hand.nothing():
        hand.key(key.Key_Tab)
        assert offer.buttons[ADD].hasFocus()
        QTest.keyClick(offer.buttons[ADD], key.Key_Right)
        assert offer.buttons[CONCAT].hasFocus()
        QTest.keyClick(offer.buttons[CONCAT], key.Key_Tab)
        assert offer.buttons[ADD].hasFocus()
        QTest.keyClick(offer.buttons[ADD], key.Key_Escape)
        assert not offer.isVisible()
        assert hand.view.hasFocus()
    hand.document.undo()
    with hand.step("Join both before “conv1”"):
        replace(hand)
        hand.key(key.Key_Tab)
        QTest.keyClick(offer.buttons[ADD], key.Key_Left)
        QTest.keyClick(offer.buttons[CONCAT], key.Key_Return)
        assert hand.view.hasFocus()
    assert wire("concat_1", "conv2d_1") in hand.wires
