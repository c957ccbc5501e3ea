"""The canvas by keys: everything that a mouse can do, each one step of the history."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint, Message
from studio.graph.arranging import arrange
from studio.project import COMPOSITE, Composite, edits
from tests.ui.canvas_hand import ALT, CTRL, MAIN, SHIFT, Hand, drawn, wire

Key = Qt.Key


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


# -- deleting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_a_node_is_deleted_with_its_wires(row: Hand, key: Qt.Key) -> None:
    row.view.select(["relu_1"])
    with row.step("Delete “relu1”"):
        row.key(key)
        assert "relu_1" not in row.project.graph(MAIN).nodes
        assert row.wires == {wire("input_1", "conv2d_1"), wire("flatten_1", "output_1")}


def test_nodes_are_deleted_and_their_neighbours_joined(row: Hand) -> None:
    row.view.select(["relu_1", "conv2d_1"])
    with row.step("Delete 2 blocks and rejoin"):
        row.key(Key.Key_Delete, CTRL)
        assert row.wires == {wire("input_1", "flatten_1"), wire("flatten_1", "output_1")}


def test_wires_left_at_an_adder_close_up(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "add")
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))
    hand = Hand(qtbot, project)
    hand.view.select(["conv2d_1"])
    with hand.step("Delete “conv1”"):
        hand.key(Key.Key_Delete)
        assert hand.wires == {wire("input_1", "add_1", 0)}
    hand.document.undo()
    with hand.step("Delete “conv1” and rejoin"):
        hand.view.select(["conv2d_1"])
        hand.key(Key.Key_Delete, CTRL)
        # The neighbours are joined already: the wire is not drawn twice.
        assert hand.wires == {wire("input_1", "add_1", 0)}


def test_add_after_delete(row: Hand) -> None:
    row.view.select_all()
    row.key(Key.Key_Delete)
    assert not row.project.graph(MAIN).nodes
    with row.step("Add Linear"):
        assert row.view.add_block("linear") == "linear_1"


def test_nothing_selected_nothing_done(row: Hand) -> None:
    with row.nothing():
        for key, keys in (
            (Key.Key_Delete, None),
            (Key.Key_Delete, CTRL),
            (Key.Key_D, CTRL),
            (Key.Key_X, CTRL),
            (Key.Key_C, CTRL),
            (Key.Key_B, CTRL),
            (Key.Key_G, CTRL),
            (Key.Key_C, ALT),
            (Key.Key_C, None),
            (Key.Key_F2, None),
            (Key.Key_Return, None),
        ):
            row.key(key, keys or Qt.KeyboardModifier.NoModifier)


# -- copies ---------------------------------------------------------------------------------------------


def test_duplicates_stand_beside_and_keep_the_wires_among_them(row: Hand) -> None:
    row.view.select(["conv2d_1", "relu_1"])
    with row.step("Duplicate 2 blocks"):
        row.key(Key.Key_D, CTRL)
        assert row.view.selected() == ["conv2d_2", "relu_2"]
        assert row.place("conv2d_2") == (256.0, 96.0)
        assert row.place("relu_2") == (512.0, 96.0)
        assert wire("conv2d_2", "relu_2") in row.wires
        assert len(row.wires) == 5


def test_duplicates_cover_nothing_and_keep_their_places_to_each_other(row: Hand) -> None:
    moved = edits.move_nodes(row.project, MAIN, {"relu_1": (512.0, 40.0), "flatten_1": (512.0, 200.0)})
    row.document.do(Message("Move"), moved)
    row.view.select(["conv2d_1", "relu_1"])
    with row.step("Duplicate 2 blocks"):
        row.key(Key.Key_D, CTRL)
        field = row.view.canvas.field
        for node in ("conv2d_2", "relu_2"):
            left, top, right, bottom = field.box(node)
            assert field.touching(left - 31, top - 31, right + 31, bottom + 31) == [node]
        (x, y), (x2, y2) = row.place("conv2d_2"), row.place("relu_2")
        assert (x, x2, y2 - y) == (256.0, 512.0, 40.0)
        assert (y % 8, y) == (0.0, 200.0 + 64.0 + 32.0 - 40.0)
    row.document.do(
        Message("Turn"), row.project.with_layout(MAIN, replace(row.project.layout_of(MAIN), down=True))
    )
    row.view.select(["input_1"])
    with row.step("Duplicate “x”"):
        row.key(Key.Key_D, CTRL)
        left, top = row.place("input_2")
        assert top == 0.0
        assert field.touching(left - 31, -31, left + 152 + 31, 64) == ["input_2"]


def test_a_piece_goes_through_the_clipboard_as_text(row: Hand) -> None:
    row.view.select(["conv2d_1", "relu_1"])
    with row.nothing():
        row.key(Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.formats() == ["text/plain"]
    assert '"conv2d"' in mime.text()
    row.move((600.0, 300.0), button=Qt.MouseButton.NoButton)
    with row.step("Paste"):
        row.key(Key.Key_V, CTRL)
        assert row.view.selected() == ["conv2d_2", "relu_2"]
        assert wire("conv2d_2", "relu_2") in row.wires
        assert len(row.wires) == 5
        (x, y), (x2, _) = row.place("conv2d_2"), row.place("relu_2")
        assert x2 - x == 256.0
        # The piece stands round the pointer.
        assert abs((x + x2 + 152.0) / 2 - 600.0) <= 8.0
        assert abs(y + 32.0 - 300.0) <= 8.0


def test_a_paste_can_keep_what_fed_the_originals(row: Hand) -> None:
    row.view.select(["relu_1"])
    row.key(Key.Key_C, CTRL)
    with row.step("Paste with incoming wires"):
        row.key(Key.Key_V, CTRL | SHIFT)
        assert wire("conv2d_1", "relu_2") in row.wires


def test_cut_and_paste(row: Hand) -> None:
    row.view.select(["relu_1"])
    with row.step("Cut out “relu1”"):
        row.key(Key.Key_X, CTRL)
        assert "relu_1" not in row.project.graph(MAIN).nodes
    with row.step("Paste"):
        row.key(Key.Key_V, CTRL)
        assert [node.type for node in row.project.graph(MAIN).nodes.values()].count("relu") == 1


@pytest.mark.parametrize("text", ["hello", "{", "<b>no</b>", '{"format": "netwright-piece"}'])
def test_a_clipboard_of_something_else_is_refused_in_words(row: Hand, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    told: list[Message] = []
    row.document.failed.connect(told.append)
    with row.nothing():
        row.key(Key.Key_V, CTRL)
    assert len(told) == 1


def test_an_empty_clipboard_says_so(row: Hand) -> None:
    QGuiApplication.clipboard().clear()
    told: list[Message] = []
    row.view.message.connect(told.append)
    with row.nothing():
        row.key(Key.Key_V, CTRL)
    assert [str(message) for message in told] == ["There is nothing to paste."]


# -- selecting and walking --------------------------------------------------------------------------------


def test_selecting_by_keys(row: Hand) -> None:
    with row.nothing():
        row.key(Key.Key_A, CTRL)
        assert len(row.view.selected()) == 5
        row.view.select(["relu_1"])
        row.key(Key.Key_Right, CTRL)
        assert row.view.selected() == ["relu_1", "flatten_1", "output_1"]
        row.key(Key.Key_I, CTRL)
        assert row.view.selected() == ["input_1", "conv2d_1"]
        row.view.select(["relu_1"])
        row.key(Key.Key_Left, CTRL)
        assert row.view.selected() == ["input_1", "conv2d_1", "relu_1"]
        row.key(Key.Key_Escape)
        assert row.view.selected() == []


def test_alt_and_the_arrows_walk_along_the_wires(qtbot: QtBot) -> None:
    project, _ = edits.add_node(drawn("input", "conv2d", "output"), MAIN, "tanh", (256.0, 160.0))
    hand = Hand(qtbot, project)
    with hand.nothing():
        hand.view.select(["conv2d_1"])
        walked = []
        for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Up):
            hand.key(key, ALT)
            walked += hand.view.selected()
        assert walked == ["output_1", "output_1", "conv2d_1", "tanh_1", "conv2d_1"]
    assert "conv1" in hand.view.accessibleDescription()
    assert hand.view.canvas.nodes["conv2d_1"].state.current


def test_with_nothing_selected_an_arrow_takes_the_nearest_node(row: Hand) -> None:
    with row.nothing():
        row.key(Key.Key_Left)
    assert len(row.view.selected()) == 1


# -- moving ---------------------------------------------------------------------------------------------


def test_arrows_move_by_the_grid_and_make_one_step(row: Hand) -> None:
    row.view.select(["conv2d_1"])
    with row.step("Move “conv1”"):
        for _ in range(3):
            row.key(Key.Key_Right)
        row.key(Key.Key_Down, SHIFT)
        assert row.place("conv2d_1") == (256.0 + 24.0, 40.0)


def test_everything_is_arranged_and_slides_there(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "conv2d", "relu", "output", step=40.0))
    goal = arrange(hand.project.graph(MAIN))
    with hand.step("Arrange"):
        hand.key(Key.Key_L)
        assert hand.view.slide.state() == hand.view.slide.State.Running
        hand.view.slide.finish()
        assert {node: hand.place(node) for node in goal} == goal


def test_a_slide_that_is_interrupted_ends_in_its_place(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "conv2d", "relu", "output", step=40.0))
    hand.key(Key.Key_L)
    qtbot.wait(40)
    hand.click((0.0, 400.0))
    hand.agree()
    hand.document.undo()
    hand.key(Key.Key_L)
    hand.document.undo()
    hand.agree()
    hand.key(Key.Key_L)
    qtbot.waitUntil(lambda: hand.view.slide.state() == hand.view.slide.State.Stopped)
    hand.agree()


def test_a_window_closed_in_a_slide_leaves_nothing_running(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "conv2d", "relu", "output", step=40.0))
    hand.key(Key.Key_L)
    hand.view.close()
    assert hand.view.slide.state() == hand.view.slide.State.Stopped


# -- looking --------------------------------------------------------------------------------------------


def test_the_keys_of_looking(row: Hand) -> None:
    with row.nothing():
        row.view.select(["output_1"])
        row.key(Key.Key_F)
        seen = row.view.viewport().rect()
        assert seen.contains(row.spot(*row.middle("output_1")))
        assert row.view.camera.zoom == 1.5
        row.key(Key.Key_1, CTRL)
        assert row.view.camera.zoom == 1.0
        row.key(Key.Key_Home)
        for node in row.view.canvas.nodes:
            assert seen.contains(row.spot(*row.middle(node)))
        row.key(Key.Key_Equal, CTRL)
        assert row.view.camera.zoom > 1.0
        row.key(Key.Key_Minus, CTRL)
        assert row.view.camera.zoom == 1.0


def test_a_node_is_brought_into_view(row: Hand) -> None:
    row.look_at(5000.0, 5000.0)
    row.view.focus_node("relu_1")
    assert row.view.viewport().rect().contains(row.spot(*row.middle("relu_1")))
    assert row.view.selected() == ["relu_1"]
    row.view.focus_node("no_such_node")
    assert row.view.selected() == ["relu_1"]


# -- names ----------------------------------------------------------------------------------------------


def test_f2_renames_in_place(row: Hand) -> None:
    row.view.select(["conv2d_1"])
    with row.step("Rename “conv1” to “stem”"):
        row.key(Key.Key_F2)
        editor = row.view.writing.editor
        assert editor is not None
        assert editor.field.hasFocus()
        QTest.keyClicks(editor.field, "stem")
        QTest.keyClick(editor.field, Key.Key_Return)
        assert row.project.graph(MAIN).nodes["conv2d_1"].name == "stem"
    assert row.view.hasFocus() or row.view.viewport().hasFocus()


def test_a_double_click_on_the_name_renames_and_escape_does_not(row: Hand) -> None:
    item = row.view.canvas.nodes["conv2d_1"]
    with row.nothing():
        row.double_click((item.x() + 60.0, item.y() + 16.0))
        editor = row.view.writing.editor
        assert editor is not None
        QTest.keyClicks(editor.field, "other")
        QTest.keyClick(editor.field, Key.Key_Escape)


def test_an_empty_name_is_no_name(row: Hand) -> None:
    row.view.select(["conv2d_1"])
    with row.nothing():
        row.key(Key.Key_F2)
        editor = row.view.writing.editor
        assert editor is not None
        QTest.keyClick(editor.field, Key.Key_Delete)
        QTest.keyClick(editor.field, Key.Key_Return)


def test_letters_typed_into_a_name_are_no_commands(row: Hand) -> None:
    row.view.select(["conv2d_1"])
    row.key(Key.Key_F2)
    editor = row.view.writing.editor
    assert editor is not None
    QTest.keyClicks(editor.field, "flLC ")
    assert row.document.history.position == 0
    row.click((600.0, 400.0))
    assert row.project.graph(MAIN).nodes["conv2d_1"].name == "flLC "


# -- marks ----------------------------------------------------------------------------------------------


def test_bypass_and_freeze_are_switched(row: Hand) -> None:
    row.view.select(["conv2d_1", "relu_1"])
    with row.step("Bypass 2 blocks"):
        row.key(Key.Key_B, CTRL)
        assert row.project.graph(MAIN).nodes["relu_1"].bypassed
        assert row.view.canvas.nodes["conv2d_1"].card.bypassed
    row.view.select(["conv2d_1"])
    with row.step("Bypass “conv1”"):
        row.key(Key.Key_B, CTRL)
        assert not row.project.graph(MAIN).nodes["conv2d_1"].bypassed
    with row.step("Freeze “conv1”"):
        row.key(Key.Key_F, CTRL | SHIFT)
        assert row.project.graph(MAIN).nodes["conv2d_1"].frozen


def test_a_node_is_collapsed_and_its_wires_follow(row: Hand) -> None:
    row.view.select(["conv2d_1"])
    with row.step("Collapse “conv1”"):
        row.key(Key.Key_C, ALT)
        assert row.project.layout_of(MAIN).collapsed == {"conv2d_1"}
        assert row.view.canvas.wires[wire("input_1", "conv2d_1")].way.points[-1] == (256.0, 16.0)
    with row.step("Collapse “conv1”"):
        row.key(Key.Key_C, ALT)
        assert row.project.layout_of(MAIN).collapsed == frozenset()


def test_a_wire_is_disabled_and_enabled(row: Hand) -> None:
    row.click(row.between(wire("conv2d_1", "relu_1")))
    with row.step("Disable a wire"):
        row.key(Key.Key_B, CTRL | SHIFT)
        assert [made.enabled for made in row.wires].count(False) == 1
    row.view.canvas.selection.set(wires={made for made in row.wires if not made.enabled})
    with row.step("Enable a wire"):
        row.key(Key.Key_B, CTRL | SHIFT)
    row.view.canvas.selection.set(wires=row.wires)
    with row.step("Disable 4 wires"):
        row.key(Key.Key_B, CTRL | SHIFT)
    row.view.canvas.selection.set(wires=row.wires)
    with row.step("Enable 4 wires"):
        row.key(Key.Key_B, CTRL | SHIFT)
        assert all(made.enabled for made in row.wires)


def test_a_frame_round_the_selection_and_a_note(row: Hand) -> None:
    row.view.select(["conv2d_1", "relu_1"])
    with row.step("Add a frame"):  # with its title it is one step
        row.key(Key.Key_G, CTRL)
        editor = row.view.writing.editor
        assert editor is not None
        QTest.keyClicks(editor.field, "Stem")
        QTest.keyClick(editor.field, Key.Key_Return)
    frame = row.project.layout_of(MAIN).frames[0]
    assert (frame.title, frame.x, frame.width) == ("Stem", 232.0, 256.0 + 152.0 + 48.0)
    with row.step("Rename a frame"):
        row.view.canvas.selection.set(frames={frame.id})
        row.key(Key.Key_F2)
        editor = row.view.writing.editor
        assert editor is not None
        QTest.keyClicks(editor.field, "Head")
        QTest.keyClick(editor.field, Key.Key_Return)
    row.move((600.0, 300.0), button=Qt.MouseButton.NoButton)
    with row.step("Add a note"):
        row.key(Key.Key_N, SHIFT)
        note_editor = row.view.writing.editor
        assert note_editor is not None
        QTest.keyClicks(note_editor.field, "Skips")
        QTest.keyClick(note_editor.field, Key.Key_Return, CTRL)
    note = row.project.layout_of(MAIN).notes[0]
    assert (note.text, note.x, note.y) == ("Skips", 600.0, 304.0)
    row.agree()


# -- connecting -----------------------------------------------------------------------------------------


def test_a_wire_is_drawn_by_keys_alone(qtbot: QtBot) -> None:
    project = drawn("input")
    for place, kind in enumerate(("conv2d", "tanh", "add")):
        project, _ = edits.add_node(project, MAIN, kind, (256.0 * (place + 1), 0.0))
    hand = Hand(qtbot, project)
    hand.view.select(["input_1"])
    with hand.step("Connect “x” to “tanh1”"):
        hand.key(Key.Key_C)
        hand.key(Key.Key_Tab)
        hand.view.grab()
        hand.key(Key.Key_Return)
        assert hand.wires == {wire("input_1", "tanh_1")}
    hand.view.select(["tanh_1", "add_1"])
    with hand.step("Connect “tanh1” to “add1”"):
        hand.key(Key.Key_C)
    with hand.nothing():
        hand.view.select(["input_1"])
        hand.key(Key.Key_C)
        hand.key(Key.Key_Escape)


def test_keys_cannot_close_a_circle_either(row: Hand) -> None:
    told: list[Message] = []
    row.view.message.connect(told.append)
    row.document.do(
        Message("Turn round"),
        edits.move_nodes(row.project, MAIN, {"relu_1": (0.0, 160.0), "conv2d_1": (256.0, 160.0)}),
    )
    row.view.select(["relu_1", "conv2d_1"])
    with row.nothing():
        row.key(Key.Key_C)
    assert [str(message) for message in told] == [
        "This would close a circle: “conv1” already feeds “relu1”. Data must flow one way."
    ]


# -- asking ---------------------------------------------------------------------------------------------


def test_tab_asks_for_a_block_where_the_pointer_is(row: Hand) -> None:
    asked: list[tuple[QPointF, object]] = []
    row.view.search_requested.connect(lambda place, end: asked.append((place, end)))
    with row.nothing():
        row.move((500.0, 300.0), button=Qt.MouseButton.NoButton)
        row.key(Key.Key_Tab)
    assert [(round(place.x()), round(place.y()), end) for place, end in asked] == [(500, 300, None)]


def test_a_block_is_added_in_a_free_place(row: Hand) -> None:
    row.view.frame_all()
    with row.step("Add Tanh"):
        node = row.view.add_block("tanh")
        assert node == "tanh_1"
        others = [row.view.canvas.nodes[n].body() for n in row.view.canvas.nodes if n != node]
        assert not any(body.intersects(row.view.canvas.nodes[node].body()) for body in others)
    with row.nothing():
        assert row.view.add_block("composite", composite="none") is None


def test_a_composite_is_opened(qtbot: QtBot) -> None:
    inner = drawn("input", "relu", "output").graph(MAIN)
    project = edits.set_composite(drawn("input"), "Block", Composite(inner))
    project, node = edits.add_node(project, MAIN, COMPOSITE, (256.0, 0.0), composite="Block")
    hand = Hand(qtbot, project)
    opened: list[str] = []
    hand.view.open_composite.connect(opened.append)
    with hand.nothing():
        hand.double_click(hand.middle(node))
        hand.key(Key.Key_Return)
        hand.view.select(["input_1"])
        hand.key(Key.Key_Return)
        hand.double_click(hand.middle("input_1"))
    assert opened == ["Block", "Block"]
