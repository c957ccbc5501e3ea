"""The canvas by hand: what fits a wire, menus clicked by mouse, pinches, tips, and Esc in each drag."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QHelpEvent,
    QNativeGestureEvent,
    QPointingDevice,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.compiler.tensors import Tensor
from studio.graph import Endpoint
from studio.graph.layout import Frame, Note
from studio.project import Project, edits
from studio.ui.panels.palette import MIME
from tests.ui.canvas_hand import CTRL, LEFT, MAIN, MIDDLE, PLAIN, RIGHT, SHIFT, Hand, drawn, known, wire


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


# -- what fits the wire that is pulled ------------------------------------------------------------------


def _mixed(qtbot: QtBot) -> Hand:
    """Pictures leave an Input; around it a layer for pictures, for sequences, for numbers of words."""
    project = Project()
    for place, kind in enumerate(("input", "conv2d", "lstm", "embedding", "max_unpool2d", "linear")):
        project, _ = edits.add_node(project, MAIN, kind, (place % 3 * 320.0, place // 3 * 240.0))
    hand = Hand(qtbot, project)
    hand.learn(known(project, {"input_1": Tensor.of(1, 28, 28)}))
    return hand


def test_what_cannot_fit_by_rank_or_kind_of_number_is_dimmed(qtbot: QtBot) -> None:
    hand = _mixed(qtbot)
    with hand.nothing():
        hand.press(hand.port("input_1", "y", output=True))
        canvas = hand.view.canvas
        assert canvas.pull is not None
        assert [node for node in canvas.nodes if not canvas.pull.lights(node)] == ["lstm_1", "embedding_1"]
        state = canvas.nodes["max_unpool2d_1"].state
        assert (state.lit, state.unfit) == ("in", frozenset({"places"}))  # its port x takes pictures
        hand.view.grab()
        hand.key(Qt.Key.Key_Escape)
    assert not canvas.nodes["max_unpool2d_1"].state.unfit


def test_what_does_not_fit_says_why_and_is_taken_all_the_same(qtbot: QtBot) -> None:
    hand = _mixed(qtbot)
    start, bubble = hand.port("input_1", "y", output=True), hand.view.bubble
    with hand.step("Connect “x” to “lstm1”"):
        hand.hold(start, hand.port("lstm_1", "x"))
        assert bubble.text() == (
            "“lstm1” takes 3 dimensions with the batch, and B × 1 × 28 × 28 would arrive. "
            "You can drop it here: a problem then says how to mend it."
        )
        hand.release(hand.port("lstm_1", "x"))
        assert hand.wires == {wire("input_1", "lstm_1")}
    hand.hold(start, hand.middle("embedding_1"))
    assert bubble.text().startswith("“embedding1” takes whole numbers, and real numbers would arrive.")
    hand.key(Qt.Key.Key_Escape)
    hand.release(hand.middle("embedding_1"))
    hand.hold(start, hand.middle("conv2d_1"))
    assert not bubble.isVisible()
    hand.key(Qt.Key.Key_Escape)


def test_pulled_backwards_the_outputs_that_fit_are_lit(qtbot: QtBot) -> None:
    hand = _mixed(qtbot)
    hand.press(hand.port("lstm_1", "x"))
    lit = {node: item.state.lit for node, item in hand.view.canvas.nodes.items()}
    assert lit["input_1"] == ""
    assert lit["linear_1"] == lit["conv2d_1"] == "out"  # what leaves them is not known
    hand.key(Qt.Key.Key_Escape)


def test_a_wire_on_a_body_takes_the_port_that_fits(qtbot: QtBot) -> None:
    project = drawn("input", "gather")
    hand = Hand(qtbot, edits.disconnect(project, MAIN, project.graph(MAIN).wires))
    hand.learn(known(hand.project, {"input_1": Tensor.of(5, dtype="int64")}))
    hand.drag(hand.port("input_1", "y", output=True), hand.middle("gather_1"))
    assert hand.wires == {wire("input_1", "gather_1")}  # both fit: the first
    with hand.step("Connect “x” to “gather1”"):
        hand.drag(hand.port("input_1", "y", output=True), hand.middle("gather_1"))
        assert wire("input_1", "gather_1", into="index") in hand.wires


# -- menus by mouse -------------------------------------------------------------------------------------


def _pick(hand: Hand, *texts: str) -> None:
    """Click the entries of the open menu one after the other, each in the menu of the one before."""
    menu = hand.view._menu
    assert isinstance(menu, QMenu)
    for text in texts:
        action = next(one for one in menu.actions() if one.text().partition("\t")[0] == text)
        below = action.menu()
        place = menu.actionGeometry(action).center()
        QTest.mouseMove(menu, place)
        QTest.mouseClick(menu, LEFT, PLAIN, place)
        if isinstance(below, QMenu):
            assert below.isVisible()
            menu = below


@pytest.mark.parametrize(
    ("entry", "label", "left"),
    [("Disable", "Disable a wire", 4), ("Delete", "Delete a wire", 3)],
)
def test_a_wire_is_disabled_and_deleted_by_its_menu(row: Hand, entry: str, label: str, left: int) -> None:
    with row.step(label):
        row.click(row.between(wire("conv2d_1", "relu_1")), button=RIGHT)
        _pick(row, entry)
        assert len([each for each in row.wires if each.enabled]) == 3
        assert len(row.wires) == left


def test_a_block_is_put_into_a_wire_by_clicks_in_its_menu(row: Hand) -> None:
    with row.step("Add Dropout"):
        row.click(row.between(wire("conv2d_1", "relu_1")), button=RIGHT)
        _pick(row, "Insert block", "Regularization", "Dropout")
        assert {wire("conv2d_1", "dropout_1"), wire("dropout_1", "relu_1")} <= row.wires


# -- selecting ------------------------------------------------------------------------------------------


def _decorated(qtbot: QtBot) -> Hand:
    project = drawn("input", "conv2d", "relu")
    project = edits.set_frames(project, MAIN, [Frame("frame_1", "Stem", 200.0, 200.0, 240.0, 120.0)])
    note = Note("note_1", "Look", 600.0, 200.0)
    return Hand(qtbot, edits.set_notes(project, MAIN, [note]))


def test_the_selection_is_inverted_with_frames_and_notes(qtbot: QtBot) -> None:
    hand = _decorated(qtbot)
    chosen = hand.view.canvas.selection
    with hand.nothing():
        hand.click(hand.middle("conv2d_1"))
        hand.key(Qt.Key.Key_I, CTRL)
        assert chosen.nodes == {"input_1", "relu_1"}
        assert (chosen.frames, chosen.notes) == ({"frame_1"}, {"note_1"})
        hand.key(Qt.Key.Key_I, CTRL)
        assert (chosen.nodes, chosen.frames, chosen.notes) == ({"conv2d_1"}, set(), set())


def test_a_frame_that_is_moved_by_keys_is_called_a_frame(qtbot: QtBot) -> None:
    hand = _decorated(qtbot)
    hand.click((220.0, 208.0))
    assert hand.view.canvas.selection.frames == {"frame_1"}
    with hand.step("Move a frame"):
        hand.key(Qt.Key.Key_Right)


# -- looking --------------------------------------------------------------------------------------------


def test_a_pinch_zooms_at_the_fingers(row: Hand) -> None:
    at = QPointF(400.0, 300.0)
    before = row.view.camera.to_scene(at)
    viewport = row.view.viewport()
    with row.nothing():
        for value in (0.25, 0.2, -1 / 3):
            pinch = QNativeGestureEvent(
                Qt.NativeGestureType.ZoomNativeGesture,
                QPointingDevice.primaryPointingDevice(),
                2,
                at,
                at,
                QPointF(viewport.mapToGlobal(at)),
                value,
                QPointF(),
            )
            QApplication.sendEvent(viewport, pinch)
    assert row.view.camera.zoom == pytest.approx(1.25 * 1.2 * 2 / 3)
    now = row.view.camera.to_scene(at)
    assert (now.x(), now.y()) == pytest.approx((before.x(), before.y()), abs=1.5)


def test_a_pointer_that_rests_is_told_what_lies_there(row: Hand) -> None:
    row.learn(known(row.project, {"conv2d_1": Tensor.of(8, 26, 26)}))

    def rest(at: tuple[float, float]) -> str:
        pixel = row.spot(*at)
        viewport = row.view.viewport()
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, pixel, viewport.mapToGlobal(pixel)))
        return row.view.bubble.text() if row.view.bubble.isVisible() else ""

    with row.nothing():
        told = rest(row.between(wire("conv2d_1", "relu_1")))
        assert told.splitlines()[:2] == ["conv1 → relu1", "B × 8 × 26 × 26  ·  float32"]
        assert "Parameters: 320" in rest(row.middle("conv2d_1"))
        row.move((600.0, 400.0), button=Qt.MouseButton.NoButton)
        assert rest((600.0, 400.0)) == ""


# -- Esc in the middle ----------------------------------------------------------------------------------


def test_escape_in_a_pan_goes_back(row: Hand) -> None:
    place = row.view.camera.offset()
    with row.nothing():
        row.hold((300.0, 300.0), (200.0, 260.0), button=MIDDLE)
        assert row.view.camera.offset() != place
        row.key(Qt.Key.Key_Escape)
        assert row.view.camera.offset() == place
        row.release((200.0, 260.0), button=MIDDLE)


def test_escape_while_all_wires_of_a_port_are_moved(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "relu")
    project, _ = edits.add_node(project, MAIN, "tanh", (512.0, 160.0))
    project = edits.connect(project, MAIN, Endpoint("conv2d_1", "y"), Endpoint("tanh_1", "x"))
    hand = Hand(qtbot, project)
    with hand.nothing():
        hand.hold(hand.port("conv2d_1", "y", output=True), (300.0, 300.0), CTRL)
        hand.key(Qt.Key.Key_Escape)
        hand.release((300.0, 300.0), CTRL)


@pytest.mark.parametrize("start", [(240.0, 208.0), (640.0, 230.0)], ids=["frame", "note"])
def test_escape_while_a_frame_or_a_note_is_moved(qtbot: QtBot, start: tuple[float, float]) -> None:
    hand = _decorated(qtbot)
    canvas = hand.view.canvas
    before = canvas.frames["frame_1"].box(), canvas.notes["note_1"].box()
    with hand.nothing():
        hand.hold(start, (start[0] + 80.0, start[1] + 96.0))
        assert (canvas.frames["frame_1"].box(), canvas.notes["note_1"].box()) != before
        hand.key(Qt.Key.Key_Escape)
        assert (canvas.frames["frame_1"].box(), canvas.notes["note_1"].box()) == before
        hand.release((start[0] + 80.0, start[1] + 96.0))


def test_escape_in_a_box_puts_the_selection_back(row: Hand) -> None:
    row.click(row.middle("conv2d_1"))
    for keys in (CTRL, SHIFT, PLAIN):
        with row.nothing():
            row.hold((200.0, -60.0), (600.0, 30.0), keys)
            assert row.view.selected() == (["relu_1"] if keys == CTRL else ["conv2d_1", "relu_1"])
            row.key(Qt.Key.Key_Escape)
            row.release((600.0, 30.0), keys)
            assert row.view.selected() == ["conv2d_1"]


def test_a_block_that_is_dragged_out_again_leaves_nothing(row: Hand) -> None:
    data, viewport = QMimeData(), row.view.viewport()
    data.setData(MIME, b"dropout")
    on_wire = row.spot(*row.between(wire("conv2d_1", "relu_1")))
    action = Qt.DropAction.CopyAction
    with row.nothing():
        QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(4, 4), action, data, LEFT, PLAIN))
        QApplication.sendEvent(viewport, QDragMoveEvent(on_wire, action, data, LEFT, PLAIN))
        assert row.view.canvas.wires[wire("conv2d_1", "relu_1")].selected
        QApplication.sendEvent(viewport, QDragLeaveEvent())
        assert row.view.hands.drop is None


def test_a_graph_too_tall_for_the_view_is_seen_from_its_top(qtbot: QtBot) -> None:
    project = drawn("input")
    for number in range(1, 20):
        project, _ = edits.add_node(project, MAIN, "relu", (0.0, number * 120.0))
    hand = Hand(qtbot, project)
    hand.view.first_look()
    top, bottom = (hand.view.canvas.nodes[node].body() for node in ("input_1", "relu_19"))
    seen = hand.view.mapToScene(hand.view.viewport().rect()).boundingRect()
    assert seen.contains(top)
    assert not seen.intersects(bottom)
    assert hand.view.camera.zoom == 0.75
