"""A locked canvas is looked at and chosen from; no gesture, key or menu changes anything on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.graph.layout import Frame, Note
from studio.project import edits
from studio.project.file import dumps, loads
from studio.ui.canvas.keys import KEYS, keys_of
from studio.ui.canvas.locking import EDGE, LOOKING
from tests.ui.canvas_hand import ALT, CTRL, LEFT, MAIN, RIGHT, SHIFT, Hand, drawn, wire

KEY = Qt.Key
REFUSED = "The canvas is locked. Unlock it to change something."


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    project = drawn("input", "conv2d", "relu", "output")
    project = edits.set_frames(project, MAIN, [Frame("frame_1", "Stem", -40, -80, 300, 200)])
    made = Hand(qtbot, edits.set_notes(project, MAIN, [Note("note_1", "Why", 300, 200)]))
    with made.step("Lock the canvas"):
        made.key(KEY.Key_L, CTRL | SHIFT)
    assert made.view.locked
    return made


def test_no_gesture_changes_anything(hand: Hand) -> None:
    said: list[str] = []
    hand.view.message.connect(lambda message: said.append(str(message)))
    wire = sorted(hand.wires)[0]
    with hand.nothing():
        for start in (
            hand.middle("relu_1"),
            hand.port("relu_1", "y", output=True),
            (0.0, -66.0),
            (340.0, 240.0),
        ):
            hand.drag(start, (700.0, 400.0))
            assert said.pop() == REFUSED
            hand.drag(start, (700.0, 400.0), ALT)
            said.clear()
        hand.click(hand.port("relu_1", "x"), ALT)
        hand.click(hand.between(wire), ALT)
        hand.drag((200.0, -100.0), (210.0, 300.0), CTRL, RIGHT)
        hand.double_click((600.0, 500.0))
        hand.double_click((340.0, 240.0))
        hand.double_click((hand.view.canvas.nodes["relu_1"].body().center().x(), 20.0))
        assert not hand.drop("relu", (600.0, 400.0))
        hand.key(KEY.Key_Space)
        assert hand.view.add_block("relu") is None
    assert set(said) == {REFUSED}


def test_no_key_that_edits_does_anything_and_looking_goes_on(hand: Hand) -> None:
    hand.view.select(["relu_1"])
    searched: list[object] = []
    hand.view.search_requested.connect(lambda *_: searched.append(1))
    for key in KEYS:
        if key.id not in LOOKING:
            with hand.nothing():
                keys = keys_of(key)
                assert keys, key.id
                QTest.keySequence(hand.view, keys[0])
    assert searched == []
    with hand.nothing():
        hand.key(KEY.Key_A, CTRL)
        assert len(hand.view.canvas.selection.nodes) == 4
        hand.click(hand.middle("conv2d_1"))
        assert hand.view.selected() == ["conv2d_1"]
        zoom = hand.view.camera.zoom
        hand.key(KEY.Key_Minus)
        assert hand.view.camera.zoom < zoom
        hand.drag((-80.0, -90.0), (500.0, 190.0))
        assert set(hand.view.selected()) == {"input_1", "conv2d_1"}


def test_what_flows_through_a_wire_can_still_be_looked_at(hand: Hand) -> None:
    asked: list[tuple[object, str]] = []
    hand.document.flow_wanted.connect(lambda ref, node: asked.append((ref, node)))
    with hand.nothing():
        hand.click(hand.between(wire("conv2d_1", "relu_1")), button=RIGHT)
        menu = hand.view._menu
        assert menu is not None
        written = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert [text.split("\t")[0] for text in written] == ["What flows here", "Lock or unlock the canvas"]
        menu.actions()[0].trigger()
        menu.close()
    assert asked == [(MAIN, "conv2d_1")]


def test_menus_offer_what_changes_nothing_and_the_lock(hand: Hand) -> None:
    hand.view.select_all()
    offered: list[set[str]] = []
    for at in (hand.middle("relu_1"), (0.0, -66.0), (340.0, 240.0), (600.0, 500.0)):
        hand.click(at, button=RIGHT)
        menu = hand.view._menu
        assert menu is not None
        offered.append(
            {each.text().split("\t")[0] for each in menu.actions() if each.text() and each.isEnabled()}
        )
        assert any(not each.isEnabled() for each in menu.actions())
        menu.close()
    lock = "Lock or unlock the canvas"
    chosen = {"Copy", "Choose its next wire", "Select what feeds it", "Select what it feeds", lock}
    assert offered[0] == chosen
    assert offered[1:3] == [{lock}, {lock}]
    assert lock in offered[3]
    assert "Arrange blocks" not in offered[3]
    hand.key(KEY.Key_L, CTRL | SHIFT)
    hand.click(hand.middle("relu_1"), button=RIGHT)
    menu = hand.view._menu
    assert menu is not None
    assert all(each.isEnabled() for each in menu.actions())
    assert not any(each.text().startswith(lock) for each in menu.actions())
    menu.close()


def test_a_mark_says_so_and_a_click_on_it_unlocks(hand: Hand) -> None:
    mark = hand.view.lock_mark
    assert mark.isVisible()
    assert mark.accessibleName() == "Unlock the canvas"
    hand.look_at(300.0, 300.0)
    assert (mark.x(), mark.y()) == (EDGE, EDGE)
    with hand.nothing():
        hand.click((420.0, 120.0), button=RIGHT)
        (menu,) = hand.view.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        (note,) = [action for action in menu.actions() if action.text().startswith("Note")]
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(note).center())
    with hand.step("Unlock the canvas"):
        QTest.mouseClick(mark, LEFT)
    assert not hand.view.locked
    assert not mark.isVisible()
    hand.look_at(0.0, 0.0)
    at = hand.middle("relu_1")
    with hand.step(f"Move “{hand.project.graph(MAIN).nodes['relu_1'].name}”"):
        hand.drag(at, (at[0], at[1] + 160.0))


def test_nothing_else_changes_it_either_and_a_file_keeps_the_lock(hand: Hand) -> None:
    failed: list[str] = []
    hand.document.failed.connect(lambda message: failed.append(str(message)))
    with hand.nothing():
        assert not hand.document.attempt(
            Message("Edit"), lambda project: edits.set_parameters(project, MAIN, "conv2d_1", {"bias": False})
        )
    assert failed == ["The drawing “main” is locked. Unlock it to change something."]
    hand.document.do(Message("Edit"), edits.set_loop(hand.project, "epochs", 7))
    assert hand.project.plan.loop.parameters["epochs"] == 7
    assert loads(dumps(hand.project)).layout_of(MAIN).locked
    hand.document.undo()
    hand.document.undo()
    assert not hand.view.locked
    assert not hand.view.lock_mark.isVisible()
    hand.document.redo()
    assert hand.view.locked
    assert hand.view.lock_mark.isVisible()
