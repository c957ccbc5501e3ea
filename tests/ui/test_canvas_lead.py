"""Wires led through points by hand: put in, moved, taken out, carried along, kept and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.project import ProjectError, edits
from studio.project.file import dumps, loads, read, write
from studio.ui.canvas.hits import hit
from studio.ui.canvas.menus import menu_for
from tests.ui.canvas_hand import ALT, CTRL, MAIN, Hand, drawn, wire

WIRE = wire("input_1", "conv2d_1")


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "output", step=400.0))


def stops(hand: Hand) -> list[tuple[float, float]]:
    return list(hand.project.layout_of(MAIN).reroutes.get(WIRE, ()))


def put(hand: Hand, x: float, y: float) -> None:
    """Put a point into the wire and drag it to a place."""
    with hand.step("Lead a wire through a point"):
        hand.drag(hand.between(WIRE), (x, y), ALT)


def test_alt_and_a_click_lead_a_wire_through_a_point(hand: Hand) -> None:
    at = hand.between(WIRE)
    with hand.step("Lead a wire through a point"):
        hand.click(at, ALT)
    (point,) = stops(hand)
    assert point == edits.snap(at)
    item = hand.view.canvas.wires[WIRE]
    assert item.way.stops == (point,)
    assert any((x, y) == point for x, y in item.way.points)
    assert hand.wires == set(hand.project.graph(MAIN).wires)


def test_the_new_point_goes_where_the_button_comes_up(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    assert stops(hand) == [(280.0, 200.0)]
    assert hit(hand.view.canvas, hand.view.mapToScene(hand.spot(280.0, 200.0))).kind == "point"


def test_further_points_stand_in_the_order_of_the_wire(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    start, _ = hand.view.canvas.ends(WIRE)
    with hand.step("Lead a wire through a point"):
        hand.drag(((start[0] + 280.0) / 2, (start[1] + 200.0) / 2), (232.0, 120.0), ALT)
    assert stops(hand) == [(232.0, 120.0), (280.0, 200.0)]


def test_a_point_is_dragged_without_alt_and_taken_out_with_it(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    with hand.step("Move a point of a wire"):
        hand.drag((280.0, 200.0), (320.0, 160.0))
    assert stops(hand) == [(320.0, 160.0)]
    with hand.step("Take a point out of a wire"):
        hand.click((320.0, 160.0), ALT)
    assert stops(hand) == []
    assert hand.view.canvas.wires[WIRE].way.stops == ()


def test_a_click_on_a_point_selects_the_wire(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    with hand.nothing():
        hand.click((280.0, 200.0))
    assert hand.view.canvas.selection.wires == {WIRE}


@pytest.mark.parametrize("keys", [ALT, Qt.KeyboardModifier.NoModifier])
def test_esc_in_the_middle_leaves_everything_as_it_was(hand: Hand, keys: Qt.KeyboardModifier) -> None:
    put(hand, 280.0, 200.0)
    before = hand.view.canvas.wires[WIRE].way
    with hand.nothing():
        hand.hold((280.0, 200.0) if keys != ALT else hand.between(WIRE), (340.0, 320.0), keys)
        hand.key(Qt.Key.Key_Escape)
        hand.release((340.0, 320.0), keys)
    assert hand.view.canvas.wires[WIRE].way == before


def test_points_go_along_when_both_ends_are_moved(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    hand.key(Qt.Key.Key_A, CTRL)
    with hand.step("Move 3 blocks"):
        x, y = hand.middle("input_1")
        hand.hold((x, y), (x + 64.0, y + 40.0))
        assert hand.view.canvas.wires[WIRE].way.stops == ((344.0, 240.0),)
        hand.release((x + 64.0, y + 40.0))
    assert stops(hand) == [(344.0, 240.0)]


def test_a_point_stays_when_one_end_is_moved(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    at = hand.middle("conv2d_1")
    with hand.step("Move “conv1”"):
        hand.drag(at, (at[0] + 40.0, at[1] + 80.0))
    assert stops(hand) == [(280.0, 200.0)]


def test_arranging_lets_wires_find_their_own_ways(hand: Hand) -> None:
    put(hand, 280.0, 200.0)
    hand.key(Qt.Key.Key_L)
    assert stops(hand) == []
    hand.document.undo()
    assert stops(hand) == [(280.0, 200.0)]


def test_the_menu_of_a_wire_puts_points_in_and_takes_them_out(hand: Hand) -> None:
    def entry(said: str) -> None:
        at = hand.view.mapToScene(hand.spot(*(stops(hand)[0] if stops(hand) else hand.between(WIRE))))
        menu: QMenu = menu_for(hand.view, hit(hand.view.canvas, at), at)
        next(action for action in menu.actions() if action.text().startswith(said)).trigger()
        menu.deleteLater()

    with hand.step("Lead a wire through a point"):
        entry("Lead it through this point")
    assert len(stops(hand)) == 1
    with hand.step("Take all points out of a wire"):
        entry("Take all points out")
    assert stops(hand) == []


def test_points_are_kept_in_files_and_drawn_from_afar(hand: Hand, tmp_path: Path) -> None:
    put(hand, 280.0, 400.0)
    write(hand.project, tmp_path / "led.netwright")
    assert read(tmp_path / "led.netwright") == hand.project
    assert loads(dumps(hand.project)).layout_of(MAIN).reroutes == hand.project.layout_of(MAIN).reroutes

    def seen(zoom: float) -> bytes:
        hand.look_at(0.0, 0.0, zoom)
        spot = hand.spot(280.0, 400.0)
        picture = hand.view.viewport().grab().toImage().copy(spot.x() - 3, spot.y() - 3, 7, 7)
        return bytes(picture.constBits())

    led = [seen(zoom) for zoom in (1.0, 0.3, 0.1)]
    hand.document.undo()
    plain = [seen(zoom) for zoom in (1.0, 0.3, 0.1)]
    assert all(one != other for one, other in zip(led, plain, strict=True))
    hand.document.redo()
    assert [seen(zoom) for zoom in (1.0, 0.3, 0.1)] == led


def test_edits_refuse_what_no_file_could_hold() -> None:
    project = drawn("input", "conv2d", "output")
    with pytest.raises(ProjectError, match="not there any more"):
        edits.lead_wire(project, MAIN, wire("conv2d_1", "input_1"), [(0.0, 0.0)])
    with pytest.raises(ProjectError, match="two numbers"):
        edits.lead_wire(project, MAIN, WIRE, [(float("nan"), 0.0)])
    led = edits.lead_wire(project, MAIN, WIRE, [(3.0, 5.0), (4.0, 4.0), (100.0, 20.0)])
    assert led.layout_of(MAIN).reroutes[WIRE] == ((0.0, 8.0), (0.0, 0.0), (96.0, 16.0))
    assert edits.lead_wire(led, MAIN, WIRE, []) == project
