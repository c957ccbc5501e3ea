"""The ways of wires: smooth between neighbours, and never through a node that lies between."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsPathItem
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint
from studio.graph.layout import placed_anew
from studio.project import edits
from studio.ui.canvas.field import Field
from studio.ui.canvas.geometry import HEAD, WIDTH
from studio.ui.canvas.leading import Lanes, all_clear, clear, lead
from studio.ui.canvas.route import way
from studio.ui.canvas.scene import CanvasScene
from tests.ui.canvas_hand import MAIN, Hand, drawn, wire


def through(canvas: CanvasScene) -> list[tuple[str, str, str]]:
    """Give every wire that runs through a node, with that node."""
    found = []
    for made, item in canvas.wires.items():
        path = item.path()
        points = [path.pointAtPercent(step / 200) for step in range(201)]
        for id, node in canvas.nodes.items():
            if id not in (made.source.node, made.target.node):
                body = node.body()
                if any(body.contains(point) for point in points):
                    found.append((made.source.node, made.target.node, id))
    return found


def test_a_skip_goes_round_what_lies_between(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "relu", "conv2d", "add", "output")
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))
    hand = Hand(qtbot, project)
    item = hand.view.canvas.wires[wire("input_1", "add_1", 1)]
    assert item.lane is not None
    assert through(hand.view.canvas) == []


def test_skips_side_by_side_keep_apart(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "conv2d", "conv2d", "conv2d", "concat", "concat", "output")
    for source, target in (("input_1", "concat_1"), ("conv2d_1", "concat_1"), ("conv2d_2", "concat_2")):
        project = edits.connect(project, MAIN, Endpoint(source, "y"), Endpoint(target, "x"))
    hand = Hand(qtbot, project)
    lanes = [item.lane for item in hand.view.canvas.wires.values() if item.lane is not None]
    assert len(lanes) == 3
    heights = sorted(lane.y for lane in lanes)
    assert all(b - a >= 12.0 for a, b in itertools.pairwise(heights))
    assert through(hand.view.canvas) == []


def test_a_node_moved_into_a_wire_is_gone_round_and_undo_leads_it_straight(qtbot: QtBot) -> None:
    project = drawn("input", "output", step=800.0)
    project, node = edits.add_node(project, MAIN, "input", (400.0, 300.0))
    hand = Hand(qtbot, project)
    item = hand.view.canvas.wires[wire("input_1", "output_1")]
    assert item.lane is None
    with hand.step("Move “x1”"):
        x, y = hand.middle(node)
        hand.press((x, y))
        hand.move((x, y - 200.0))
        hand.move((x, y - 284.0))
        hand.release((x, y - 284.0))
        assert item.lane is not None
        assert through(hand.view.canvas) == []
    hand.document.undo()
    assert item.lane is None


@pytest.mark.parametrize("dx", [-400.0, -60.0, 0.0, 30.0, 104.0, 900.0])
@pytest.mark.parametrize("dy", [-300.0, -5.0, 0.0, 40.0])
def test_a_way_begins_and_ends_at_its_ports(dx: float, dy: float) -> None:
    made = way((100.0, 50.0), (100.0 + dx, 50.0 + dy))
    path = made.path()
    assert path.pointAtPercent(0) == QPointF(100.0, 50.0)
    assert (path.pointAtPercent(1) - QPointF(100.0 + dx, 50.0 + dy)).manhattanLength() < 1e-6
    assert path.boundingRect().isValid() or dy == 0.0


@pytest.mark.parametrize("gap", [0.0, 1.0, 4.0, 12.0, 27.0, 40.0])
@pytest.mark.parametrize("dy", [0.0, 6.0, -40.0])
def test_a_wire_across_a_small_gap_goes_forward_and_stays_between_its_ends(gap: float, dy: float) -> None:
    made = way((100.0, 50.0), (100.0 + gap, 50.0 + dy))
    assert len(made.points) == 4  # one curve
    area = made.path().boundingRect()
    assert area.top() == pytest.approx(min(50.0, 50.0 + dy))
    assert area.bottom() == pytest.approx(max(50.0, 50.0 + dy))
    assert area.left() > 100.0 - 12.0
    assert area.right() < 100.0 + gap + 12.0


def test_a_wire_that_goes_back_is_led_round_its_node() -> None:
    made = way((100.0, 50.0), (90.0, 50.0))
    assert len(made.points) == 10
    assert made.path().boundingRect().bottom() > 50.0 + HEAD / 2


def test_a_way_goes_through_the_points_that_a_person_set() -> None:
    made = way((0.0, 0.0), (600.0, 0.0), through=((200.0, 150.0), (400.0, 150.0)))
    area = made.path().boundingRect()
    assert area.contains(QRectF(0.0, 0.0, 600.0, 149.0))
    assert (200.0, 150.0) in made.points
    assert (400.0, 150.0) in made.points


def test_the_field_keeps_its_boxes_when_nodes_come_and_go() -> None:
    field = Field()
    for i in range(200):
        field.put(f"n{i}", i * 10.0, 0.0, HEAD)
    for i in range(0, 200, 2):
        field.drop(f"n{i}")
    assert len(field) == 100
    for i in range(1, 200, 2):
        assert field.box(f"n{i}") == (i * 10.0, 0.0, i * 10.0 + WIDTH, HEAD)
    assert field.bounds() == (10.0, 0.0, 1990.0 + WIDTH, HEAD)
    assert set(field.inside(-1.0, -1.0, 200.0, 100.0)) == {"n1", "n3"}
    x, y = field.free_place(500.0, 10.0, HEAD)
    assert field.touching(x, y, x + WIDTH, y + HEAD) == []


def test_neighbours_need_no_lane() -> None:
    field = Field()
    for i in range(3):
        field.put(f"n{i}", i * 256.0, 0.0, HEAD)
    none = Lanes.of(())
    near = ((152.0, 32.0), (256.0, 32.0), ("n0", "n1"))
    far = ((152.0, 32.0), (512.0, 32.0), ("n0", "n2"))
    assert clear(field, [near, far, far]) == [True, False, False]
    _, lane = lead(field, (152.0, 32.0), (512.0, 32.0), ("n0", "n2"), none)
    assert lane is not None
    assert not 0.0 - 10.0 < lane.y < HEAD + 10.0


@pytest.mark.parametrize("down", [False, True])
def test_a_wire_that_goes_along_is_drawn_where_its_way_is(qtbot: QtBot, down: bool) -> None:
    project = drawn("input", "conv2d", "relu", "output")
    look = project.layout_of(MAIN)
    if down:
        turned = {node: (y, x) for node, (x, y) in look.positions.items()}
        look = dataclasses.replace(look, down=True, positions=turned)
    hand = Hand(qtbot, project.with_layout(MAIN, look))
    canvas = hand.view.canvas
    for far in (24.5, 1003.0, 7.0):  # together, alone, and together again
        nodes = ["relu_1"] if far > 1000.0 else ["conv2d_1", "relu_1"]
        canvas.place(
            {node: (canvas.position(node)[0] + far, canvas.position(node)[1] - far) for node in nodes}
        )
        for item in canvas.wires.values():
            shown = item.mapToScene(QGraphicsPathItem.path(item))
            for told in (item.path(), item.way.path()):
                assert shown.elementCount() == told.elementCount()
                for place in range(told.elementCount()):
                    one, two = shown.elementAt(place), told.elementAt(place)
                    assert (one.x, one.y) == pytest.approx((two.x, two.y))
            assert (item.way.points[0], item.way.points[-1]) == canvas.ends(item.wire)


def test_a_free_curve_is_told_as_by_looking_at_many_points_of_it() -> None:
    random = np.random.default_rng(0)
    field = Field()
    for number, (x, y, height) in enumerate(random.uniform((0, 0, 30), (3000, 3000, 300), (40, 3))):
        field.put(str(number), x, y, height)
    field.put("own", -9000.0, 0.0, HEAD)
    start = random.uniform(0, 2500, (100, 2))
    end = start + np.stack([random.uniform(0, 900, 100), random.uniform(-1500, 1500, 100)], axis=1)
    free = all_clear(field, np.concatenate([start, end], axis=1), np.full((100, 2), field.row("own")))
    t = np.linspace(0.0, 1.0, 4000)
    basis = np.stack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3])
    seen = []
    for here, there in zip(start.tolist(), end.tolist(), strict=True):
        x, y = np.array(way((here[0], here[1]), (there[0], there[1])).points).T @ basis
        # How far the curve gets into each node; what passes close by is left open.
        deep = [
            np.minimum.reduce([x - left, right - x, y - top, bottom - y]).max()
            for left, top, right, bottom in field.boxes.tolist()
        ]
        seen.append(max(deep))
    sure = [(one, depth < 0.0) for one, depth in zip(free, seen, strict=True) if not -8.0 < depth < 0.0]
    assert len(sure) > 80
    assert {one for one, _ in sure} == {True, False}
    assert all(one == other for one, other in sure)


def test_places_that_are_others_are_found_among_many() -> None:
    before = {"a": (0.0, 0.0), "b": (8.0, 0.0), "c": (16.0, 0.0)}
    assert placed_anew(before, {"a": before["a"], "b": (8.0, 8.0), "c": (16.0, -0.0)}) == ["b"]
    assert placed_anew(before, {"c": (16.0, 0.0), "b": (8.0, 0.0), "a": (0.0, 0.5)}) == ["a"]
    assert placed_anew(before, {**before, "d": (0.0, 0.0)}) == ["d"]
    assert placed_anew(before, {"a": (0.0, 0.0)}) == []
