"""The canvas by mouse: selecting, moving, pulling out, putting in, cutting, panning, zooming."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint, Message
from studio.graph.layout import Frame, Note
from studio.project import Project, edits
from tests.ui.canvas_hand import ALT, CTRL, LEFT, MAIN, MIDDLE, PLAIN, RIGHT, SHIFT, Hand, drawn, wire


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


def test_a_drag_moves_a_node_on_the_grid(row: Hand) -> None:
    x, y = row.middle("conv2d_1")
    with row.step("Move “conv1”"):
        row.drag((x, y), (x + 21.0, y + 59.0))
        assert row.place("conv2d_1") == (256.0 + 24.0, 56.0)
        assert row.place("relu_1") == (512.0, 0.0)
    assert row.view.selected() == ["conv2d_1"]


def test_the_wires_follow_while_a_node_is_dragged(row: Hand) -> None:
    x, y = row.middle("conv2d_1")
    row.hold((x, y), (x, y + 80.0))
    item = row.view.canvas.wires[wire("input_1", "conv2d_1")]
    assert item.way.points[-1] == row.port("conv2d_1", "x") == (256.0, 80.0 + 32.0)
    row.release((x, y + 80.0))


def test_a_drag_moves_everything_that_is_selected(row: Hand) -> None:
    row.click(row.middle("conv2d_1"))
    row.click(row.middle("relu_1"), SHIFT)
    x, y = row.middle("relu_1")
    with row.step("Move 2 blocks"):
        row.drag((x, y), (x + 16.0, y - 40.0))
        assert row.place("conv2d_1") == (272.0, -40.0)
        assert row.place("relu_1") == (528.0, -40.0)


def test_escape_in_a_drag_leaves_everything_as_it_was(row: Hand) -> None:
    x, y = row.middle("conv2d_1")
    with row.nothing():
        row.hold((x, y), (x + 100.0, y + 100.0))
        assert row.view.canvas.position("conv2d_1") == (352.0, 96.0)
        row.key(Qt.Key.Key_Escape)
        assert row.view.canvas.position("conv2d_1") == (256.0, 0.0)
        row.release((x + 100.0, y + 100.0))


def test_another_button_in_a_drag_gives_it_up(row: Hand) -> None:
    x, y = row.middle("conv2d_1")
    with row.nothing():
        row.hold((x, y), (x + 100.0, y + 100.0))
        row.press((x + 100.0, y + 100.0), button=RIGHT)
        row.release((x + 100.0, y + 100.0), button=LEFT)
    assert row.view.canvas.position("conv2d_1") == (256.0, 0.0)


def test_a_change_from_elsewhere_ends_a_drag(row: Hand) -> None:
    x, y = row.middle("conv2d_1")
    row.hold((x, y), (x + 100.0, y))
    row.document.attempt(
        Message("Delete"),
        lambda project: edits.remove_nodes(project, MAIN, ["conv2d_1"]),
    )
    row.move((x + 150.0, y))
    row.release((x + 150.0, y))
    assert row.document.history.position == 1
    row.agree()


def test_a_tremble_is_a_click(row: Hand) -> None:
    x, y = row.middle("conv2d_1")
    with row.nothing():
        row.press((x, y))
        row.move((x + 2.0, y + 2.0))
        row.release((x + 2.0, y + 2.0))
    assert row.view.selected() == ["conv2d_1"]


def test_nodes_that_were_never_placed_stay_where_they_are_shown(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "output")
    hand = Hand(qtbot, dataclasses.replace(project, layout={}))
    shown = hand.view.canvas.positions()
    assert len(set(shown.values())) == 3
    hand.view.frame_all()
    hand.view.zoom_100()
    x, y = hand.middle("conv2d_1")
    with hand.step("Move “conv1”"):
        hand.drag((x, y), (x, y + 80.0))
        assert hand.place("input_1") == shown["input_1"]
        assert hand.place("conv2d_1") == (shown["conv2d_1"][0], shown["conv2d_1"][1] + 80.0)


# -- selecting ------------------------------------------------------------------------------------------


def test_clicks_select_add_and_toggle(row: Hand) -> None:
    told: list[list[str]] = []
    row.view.selection_changed.connect(told.append)
    with row.nothing():
        row.click(row.middle("conv2d_1"))
        row.click(row.middle("relu_1"), SHIFT)
        row.click(row.middle("flatten_1"), CTRL)
        row.click(row.middle("conv2d_1"), CTRL)
        assert row.view.selected() == ["relu_1", "flatten_1"]
        row.click(row.middle("relu_1"))
        assert row.view.selected() == ["relu_1"]
        row.click((600.0, 300.0))
        assert row.view.selected() == []
    assert told == [
        ["conv2d_1"],
        ["conv2d_1", "relu_1"],
        ["conv2d_1", "relu_1", "flatten_1"],
        ["relu_1", "flatten_1"],
        ["relu_1"],
        [],
    ]


def test_a_box_selects_what_it_touches(row: Hand) -> None:
    with row.nothing():
        row.drag((200.0, -60.0), (600.0, 30.0))
        assert row.view.selected() == ["conv2d_1", "relu_1"]
        row.drag((700.0, -60.0), (900.0, 30.0), SHIFT)
        assert row.view.selected() == ["conv2d_1", "relu_1", "flatten_1"]
        row.drag((500.0, -60.0), (900.0, 30.0), CTRL)
        assert row.view.selected() == ["conv2d_1"]
        row.hold((500.0, -60.0), (900.0, 30.0))
        assert row.view.selected() == ["relu_1", "flatten_1"]
        row.key(Qt.Key.Key_Escape)
        assert row.view.selected() == ["conv2d_1"]
        row.release((900.0, 30.0))


def test_a_wire_is_selected_and_deleted(row: Hand) -> None:
    made = wire("conv2d_1", "relu_1")
    row.click(row.between(made))
    assert row.view.canvas.selection.wires == {made}
    with row.step("Delete a wire"):
        row.key(Qt.Key.Key_Delete)
        assert made not in row.wires
        assert len(row.wires) == 3


# -- out of wires and into them -------------------------------------------------------------------------


def test_alt_pulls_a_node_out_and_joins_its_neighbours(row: Hand) -> None:
    x, y = row.middle("relu_1")
    with row.step("Pull “relu1” out"):
        row.drag((x, y), (x, y + 120.0), ALT)
        assert row.wires == {
            wire("input_1", "conv2d_1"),
            wire("conv2d_1", "flatten_1"),
            wire("flatten_1", "output_1"),
        }
        assert row.place("relu_1") == (512.0, 120.0)


def test_escape_while_pulling_out_puts_the_wires_back(row: Hand) -> None:
    x, y = row.middle("relu_1")
    with row.nothing():
        row.hold((x, y), (x, y + 120.0), ALT)
        assert not row.view.canvas.wires[wire("conv2d_1", "relu_1")].isVisible()
        row.view.grab()
        row.key(Qt.Key.Key_Escape)
        row.release((x, y + 120.0), ALT)


def test_a_free_node_dropped_on_a_wire_goes_into_it(qtbot: QtBot) -> None:
    project, node = edits.add_node(drawn("input", "conv2d", "output"), MAIN, "relu", (300.0, 240.0))
    hand = Hand(qtbot, project)
    x, y = hand.middle(node)
    goal = hand.between(wire("conv2d_1", "output_1"))
    with hand.step("Put “relu1” into a wire"):
        hand.drag((x, y), goal)
        assert hand.wires == {
            wire("input_1", "conv2d_1"),
            wire("conv2d_1", "relu_1"),
            wire("relu_1", "output_1"),
        }
        # There was room for no node: what lies behind moved on, so that both wires can show their shapes.
        assert hand.place("relu_1") == (512.0, 0.0)
        assert hand.place("output_1") == (768.0, 0.0)
        assert hand.place("conv2d_1") == (256.0, 0.0)


def test_alt_keeps_a_free_node_out_of_a_wire(qtbot: QtBot) -> None:
    project, node = edits.add_node(drawn("input", "conv2d", "output"), MAIN, "relu", (300.0, 240.0))
    hand = Hand(qtbot, project)
    x, y = hand.middle(node)
    goal = hand.between(wire("conv2d_1", "output_1"))
    with hand.step("Move “relu1”"):
        hand.hold((x, y), goal)
        hand.move(goal, ALT)
        hand.release(goal, ALT)
        assert len(hand.wires) == 2


def test_a_connected_node_dragged_over_a_wire_stays_connected_as_it_was(row: Hand) -> None:
    before = row.wires
    with row.step("Move “conv1”"):
        row.drag(row.middle("conv2d_1"), row.between(wire("flatten_1", "output_1")))
        assert row.wires == before


# -- cutting --------------------------------------------------------------------------------------------


def test_a_line_drawn_across_wires_cuts_them(row: Hand) -> None:
    with row.step("Cut 2 wires"):
        # Over the first wire, round below the node, and over the second.
        row.press((200.0, -20.0), CTRL, RIGHT)
        for at in ((204.0, 80.0), (460.0, 80.0), (460.0, -20.0)):
            row.move(at, CTRL, RIGHT)
        row.release((460.0, -20.0), CTRL, RIGHT)
        assert row.wires == {wire("relu_1", "flatten_1"), wire("flatten_1", "output_1")}


def test_escape_spares_the_wires_that_were_marked_to_be_cut(row: Hand) -> None:
    with row.nothing():
        row.hold((200.0, -20.0), (200.0, 100.0), CTRL, RIGHT)
        assert row.view.canvas.wires[wire("input_1", "conv2d_1")].cutting
        row.view.grab()
        row.key(Qt.Key.Key_Escape)
        assert not row.view.canvas.wires[wire("input_1", "conv2d_1")].cutting
        row.release((200.0, 100.0), CTRL, RIGHT)


# -- frames and notes -----------------------------------------------------------------------------------


def _decorated() -> Project:
    project = edits.set_frames(
        drawn("input", "conv2d", "relu"), MAIN, [Frame("f", "Stem", 232.0, -48.0, 200.0, 136.0)]
    )
    return edits.set_notes(project, MAIN, [Note("n", "<b>plain</b>", 600.0, 160.0)])


def test_a_frame_takes_along_what_lies_in_it(qtbot: QtBot) -> None:
    hand = Hand(qtbot, _decorated())
    with hand.step("Move a frame"):
        hand.drag((300.0, -36.0), (340.0, 52.0))
        frame = hand.project.layout_of(MAIN).frames[0]
        assert (frame.x, frame.y, frame.width, frame.height) == (272.0, 40.0, 200.0, 136.0)
        assert hand.place("conv2d_1") == (296.0, 88.0)
        assert hand.place("input_1") == (0.0, 0.0)


def test_a_frame_is_made_larger_by_its_corner(qtbot: QtBot) -> None:
    hand = Hand(qtbot, _decorated())
    with hand.step("Change the size of a frame"):
        hand.drag((428.0, 84.0), (468.0, 124.0))
        frame = hand.project.layout_of(MAIN).frames[0]
        assert (frame.x, frame.y, frame.width, frame.height) == (232.0, -48.0, 240.0, 176.0)
    with hand.nothing():
        hand.hold((468.0, 124.0), (900.0, 500.0))
        hand.key(Qt.Key.Key_Escape)
        hand.release((900.0, 500.0))


def test_a_corner_is_taken_where_a_wire_crosses_it(row: Hand) -> None:
    made = wire("conv2d_1", "relu_1")
    x, y = row.between(made)
    frames = edits.set_frames(row.project, MAIN, [Frame("frame_1", "Stem", x - 192, y - 92, 200, 100)])
    row.document.do(Message("Frame"), frames)
    assert row.between(made) == (x, y)
    with row.step("Change the size of a frame"):
        row.drag((x, y), (x + 8.0, y + 64.0))
        frame = row.project.layout_of(MAIN).frames[0]
        assert (frame.width, frame.height) == (208.0, 160.0)
    row.click((x, y))
    assert row.view.canvas.selection.wires == {made}


def test_a_note_is_moved_and_deleted(qtbot: QtBot) -> None:
    hand = Hand(qtbot, _decorated())
    with hand.step("Move a note"):
        hand.drag((660.0, 200.0), (676.0, 208.0))
        note = hand.project.layout_of(MAIN).notes[0]
        assert (note.x, note.y, note.text) == (616.0, 168.0, "<b>plain</b>")
    with hand.step("Delete a note"):
        hand.key(Qt.Key.Key_Delete)
        assert hand.project.layout_of(MAIN).notes == ()


def test_a_note_is_written_in_its_place(qtbot: QtBot) -> None:
    hand = Hand(qtbot, _decorated())
    hand.double_click((660.0, 200.0))
    editor = hand.view.writing.editor
    assert editor is not None
    with hand.step("Write a note"):
        QTest.keyClicks(editor.field, "skips")
        QTest.keyClick(editor.field, Qt.Key.Key_Escape)
        assert hand.project.layout_of(MAIN).notes[0].text == "skips"


def test_boxes_are_drawn_inside_a_frame(qtbot: QtBot) -> None:
    hand = Hand(qtbot, _decorated())
    with hand.nothing():
        hand.drag((240.0, -12.0), (300.0, 20.0))
    assert hand.view.selected() == ["conv2d_1"]


# -- looking --------------------------------------------------------------------------------------------


def _wheel(hand: Hand, at: tuple[float, float], turn: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    pixel = QPointF(hand.spot(*at))
    event = QWheelEvent(
        pixel,
        QPointF(hand.view.mapToGlobal(pixel)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.view.viewport(), event)


def test_the_wheel_zooms_at_the_pointer(row: Hand) -> None:
    with row.nothing():
        pixel = row.spot(300.0, 40.0)
        _wheel(row, (300.0, 40.0), 240)
        assert row.view.camera.zoom == pytest.approx(1.15**2)
        assert (row.spot(300.0, 40.0) - pixel).manhattanLength() <= 2
        _wheel(row, (300.0, 40.0), -240)
        assert row.view.camera.zoom == 1.0


@pytest.mark.parametrize("turns", [200, -200])
def test_zoom_ends_somewhere(row: Hand, turns: int) -> None:
    for _ in range(20):
        _wheel(row, (300.0, 40.0), turns * 10)
    assert 0.04 <= row.view.camera.zoom <= 4.0
    row.view.grab()


def test_shift_and_the_wheel_pan_sideways(row: Hand) -> None:
    before = row.spot(0.0, 0.0)
    _wheel(row, (300.0, 40.0), 120, SHIFT)
    after = row.spot(0.0, 0.0)
    assert (after.x() - before.x(), after.y() - before.y()) == (60, 0)
    assert row.view.camera.zoom == 1.0


def test_the_middle_button_pans(row: Hand) -> None:
    with row.nothing():
        before = row.spot(0.0, 0.0)
        row.press((300.0, 300.0), button=MIDDLE)
        row.move((350.0, 330.0), button=MIDDLE)
        row.release((300.0, 300.0), button=MIDDLE)
        assert row.spot(0.0, 0.0) - before == QPoint(50, 30)


def test_space_pans_when_held_and_asks_for_a_block_when_tapped(row: Hand) -> None:
    asked: list[tuple[object, object]] = []
    row.view.search_requested.connect(lambda place, end: asked.append((place, end)))
    with row.nothing():
        QTest.keyPress(row.view, Qt.Key.Key_Space)
        before = row.spot(0.0, 0.0)
        row.press((300.0, 300.0))
        row.move((350.0, 330.0))
        row.release((300.0, 300.0))
        QTest.keyRelease(row.view, Qt.Key.Key_Space)
        assert row.spot(0.0, 0.0) - before == QPoint(50, 30)
        assert asked == []
        row.move((400.0, 240.0), button=Qt.MouseButton.NoButton)
        row.key(Qt.Key.Key_Space)
    (place, end) = asked[0]
    assert isinstance(place, QPointF)
    assert (place - QPointF(400.0, 240.0)).manhattanLength() <= 1.0
    assert end is None
    assert len(asked) == 1


def test_a_double_click_on_the_canvas_asks_for_a_block_there(row: Hand) -> None:
    asked: list[tuple[QPointF, Endpoint | None]] = []
    row.view.search_requested.connect(lambda place, end: asked.append((place, end)))
    with row.nothing():
        row.double_click((400.0, 240.0))
    assert [(round(place.x()), round(place.y()), end) for place, end in asked] == [(400, 240, None)]


def test_two_fingers_pan_and_a_pinch_zooms(row: Hand) -> None:
    before = row.spot(0.0, 0.0)
    pixel = QPointF(row.spot(300.0, 40.0))
    event = QWheelEvent(
        pixel,
        QPointF(row.view.mapToGlobal(pixel)),
        QPoint(30, -12),
        QPoint(60, -24),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )
    QApplication.sendEvent(row.view.viewport(), event)
    assert row.spot(0.0, 0.0) - before == QPoint(30, -12)
    assert row.view.camera.zoom == 1.0
    _wheel(row, (300.0, 40.0), 120, CTRL)
    assert row.view.camera.zoom == pytest.approx(1.15)


def test_a_drag_at_the_edge_moves_the_canvas_along(row: Hand, qtbot: QtBot) -> None:
    x, y = row.middle("conv2d_1")
    before = row.view.camera.offset()
    edge = row.view.camera.to_scene(QPointF(row.view.viewport().width() - 4.0, 300.0))
    with row.step("Move “conv1”"):
        row.hold((x, y), (edge.x(), edge.y()))
        qtbot.waitUntil(lambda: row.view.camera.offset()[0] > before[0] + 60)
        there = row.view.camera.to_scene(QPointF(row.view.viewport().width() - 4.0, 300.0))
        row.release((there.x(), there.y()))
        # The node is still under the pointer, not where the pointer was before the canvas moved.
        assert abs(row.place("conv2d_1")[0] - 256.0 - (there.x() - x)) <= 40.0
    still = row.view.camera.offset()
    qtbot.wait(60)
    assert row.view.camera.offset() == still


def test_escape_at_the_edge_stops_the_canvas(row: Hand, qtbot: QtBot) -> None:
    edge = row.view.camera.to_scene(QPointF(4.0, 300.0))
    with row.nothing():
        row.hold(row.middle("conv2d_1"), (edge.x(), edge.y()))
        row.key(Qt.Key.Key_Escape)
        still = row.view.camera.offset()
        qtbot.wait(60)
        assert row.view.camera.offset() == still
