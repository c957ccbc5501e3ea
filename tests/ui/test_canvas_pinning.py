"""A pinned block keeps its place, and says why; aligned and distributed blocks stand in line."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.graph.layout import GRID, Frame
from studio.project import Project, edits
from studio.ui.canvas.geometry import WIDTH
from studio.ui.words.text import set_language
from tests.ui.canvas_hand import ALT, CTRL, LEFT, MAIN, RIGHT, SHIFT, Hand, drawn

ROW = ("input", "conv2d", "relu", "output")
KEY = Qt.Key


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    made = Hand(qtbot, drawn(*ROW))
    made.view.message.connect(lambda message: said.append(str(message)))
    said.clear()
    return made


said: list[str] = []


def name(hand: Hand, node: str) -> str:
    return hand.project.graph(MAIN).nodes[node].name


# -- pinning ---------------------------------------------------------------------------------------------


def test_p_pins_a_block_and_lets_it_move_again(hand: Hand) -> None:
    hand.click(hand.middle("conv2d_1"))
    plain = hand.view.grab().toImage()
    with hand.step(f"Pin “{name(hand, 'conv2d_1')}”"):
        hand.key(KEY.Key_P)
        assert hand.project.layout_of(MAIN).pinned == {"conv2d_1"}
    assert hand.view.canvas.nodes["conv2d_1"].card.pinned
    assert hand.view.grab().toImage() != plain  # it bears a mark
    assert hand.view.canvas.nodes["conv2d_1"].card.spoken().endswith(", pinned")
    with hand.step(f"Unpin “{name(hand, 'conv2d_1')}”"):
        hand.key(KEY.Key_P)
    hand.view.select(["conv2d_1", "relu_1"])
    with hand.step("Pin 2 blocks"):
        hand.key(KEY.Key_P)
    hand.key(KEY.Key_Escape)
    with hand.nothing():
        hand.key(KEY.Key_P)
    assert said == ["Select the blocks to pin first."]


def test_a_pinned_block_refuses_to_move_with_a_sentence(hand: Hand) -> None:
    hand.view.select(["conv2d_1"])
    hand.key(KEY.Key_P)
    refusal = f"“{name(hand, 'conv2d_1')}” is pinned. Press P to let it move."
    with hand.nothing():
        hand.drag(hand.middle("conv2d_1"), (500.0, 400.0))
        hand.drag(hand.middle("conv2d_1"), (500.0, 400.0), ALT)
        hand.key(KEY.Key_Down)
    assert said == [refusal] * 3
    # Held with others, it alone stays; holding it, nothing moves.
    hand.view.select(["conv2d_1", "relu_1"])
    before, x = hand.place("conv2d_1"), hand.middle("relu_1")
    with hand.step(f"Move “{name(hand, 'relu_1')}”"):
        hand.drag(x, (x[0] + 40.0, x[1] + 160.0))
        assert hand.place("conv2d_1") == before
        assert hand.place("relu_1") == (552.0, 160.0)
    with hand.step(f"Move “{name(hand, 'relu_1')}”"):
        hand.key(KEY.Key_Up)
        assert hand.place("conv2d_1") == before
    with hand.nothing():
        x = hand.middle("conv2d_1")
        hand.drag(x, (x[0] + 40.0, x[1] + 160.0))
    assert set(said) == {refusal}


def test_neither_a_frame_nor_the_automatic_layout_nor_a_new_block_moves_it(qtbot: QtBot) -> None:
    project = drawn("input", "relu", "output", step=200.0)
    project = edits.move_nodes(project, MAIN, {"relu_1": (200.0, 304.0)})
    hand = Hand(qtbot, edits.set_frames(project, MAIN, [Frame("frame_1", "Stem", 176, 248, 240, 160)]))
    hand.view.select(["relu_1"])
    hand.key(KEY.Key_P)
    with hand.step("Move a frame"):
        hand.drag((380.0, 262.0), (380.0, 342.0))
    assert hand.place("relu_1") == (200.0, 304.0)
    wire = next(wire for wire in hand.wires if wire.target.node == "relu_1")
    with hand.step("Add Dropout"):
        assert hand.drop("dropout", hand.between(wire))
    assert hand.place("relu_1") == (200.0, 304.0)
    hand.key(KEY.Key_L)
    hand.view.slide.finish()
    assert hand.place("relu_1") == (200.0, 304.0)
    assert hand.place("input_1") != (0.0, 0.0)


# -- in line ---------------------------------------------------------------------------------------------


def scattered() -> Project:
    places = {
        "input_1": (0.0, 0.0),
        "conv2d_1": (264.0, 88.0),
        "relu_1": (560.0, 40.0),
        "output_1": (800.0, 304.0),
    }
    return edits.move_nodes(drawn(*ROW), MAIN, places)


@pytest.mark.parametrize(
    ("key", "line", "expected"),
    [
        (KEY.Key_Left, 0, 0.0),
        (KEY.Key_Right, 2, 560.0 + WIDTH),
        (KEY.Key_Up, 1, 0.0),
        (KEY.Key_Down, 3, 88.0 + 64.0),
        (KEY.Key_C, None, (560.0 + WIDTH) / 2),
        (KEY.Key_R, None, (88.0 + 64.0) / 2),
    ],
)
def test_keys_bring_blocks_in_line(qtbot: QtBot, key: KEY, line: int | None, expected: float) -> None:
    hand = Hand(qtbot, scattered())
    hand.view.select(["input_1", "conv2d_1", "relu_1"])
    with hand.step("Align 3 blocks"):
        hand.key(key, ALT | SHIFT)
    boxes = [hand.view.canvas.field.box(node) for node in ("input_1", "conv2d_1", "relu_1")]
    across = key == KEY.Key_C
    found = {
        box[line] if line is not None else (box[0] + box[2]) / 2 if across else (box[1] + box[3]) / 2
        for box in boxes
    }
    assert len(found) == 1
    assert found.pop() == pytest.approx(expected, abs=GRID / 2)
    assert hand.place("output_1") == (800.0, 304.0)
    with hand.nothing():
        hand.key(key, ALT | SHIFT)  # they stand so already


def test_keys_put_blocks_at_equal_distances(qtbot: QtBot) -> None:
    hand = Hand(qtbot, scattered())
    hand.key(KEY.Key_A, CTRL)
    for key, low, high in ((KEY.Key_H, 0, 2), (KEY.Key_V, 1, 3)):
        with hand.step("Distribute 4 blocks"):
            hand.key(key, ALT | SHIFT)
        row = sorted(
            (hand.view.canvas.field.box(node) for node in hand.view.canvas.nodes), key=lambda box: box[low]
        )
        gaps = {right[low] - left[high] for left, right in itertools.pairwise(row)}
        assert len(gaps) == 1
        assert gaps.pop() >= 4 * GRID
        assert row[0][low] == 0.0


def test_pinned_blocks_stay_and_lead_the_others(hand: Hand) -> None:
    hand.document.do(Message("Move"), scattered())
    hand.view.select(["conv2d_1"])
    hand.key(KEY.Key_P)
    hand.view.select(["input_1", "conv2d_1", "relu_1"])
    with hand.step("Align 3 blocks"):
        hand.key(KEY.Key_Up, ALT | SHIFT)
    assert [hand.place(node)[1] for node in ("input_1", "conv2d_1", "relu_1")] == [88.0] * 3
    hand.view.select(["conv2d_1"])
    with hand.nothing():
        hand.key(KEY.Key_Left, ALT | SHIFT)
        hand.key(KEY.Key_H, ALT | SHIFT)
    assert said[-2:] == [
        "Select at least two blocks to put in line.",
        "Select at least three blocks to put at equal distances.",
    ]


def test_the_menu_offers_it_for_several_blocks_in_either_language(qtbot: QtBot) -> None:
    hand = Hand(qtbot, scattered())
    set_language("zh_CN")
    try:
        hand.click(hand.middle("relu_1"), button=RIGHT)
        (menu,) = hand.view.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert [child.title() for child in menu.findChildren(QMenu)] == []
        menu.close()
        hand.view.select(["input_1", "relu_1"])
        hand.click(hand.middle("relu_1"), button=RIGHT)
        menu = hand.view.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
        (several,) = menu.findChildren(QMenu)
        assert several.title() == "对齐与分布"
        with hand.step("Align 2 blocks"):
            several.popup(hand.view.mapToGlobal(hand.view.rect().center()))
            (action,) = [each for each in several.actions() if each.text().startswith("左边缘对齐")]
            QTest.mouseClick(several, LEFT, pos=several.actionGeometry(action).center())
        assert hand.place("relu_1") == (0.0, 40.0)
    finally:
        set_language("en")
