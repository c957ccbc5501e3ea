"""No wire runs through a block: in published networks, in what is shipped, and after moves by hand."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.project import GraphRef, Project, edits
from studio.project.file import read
from studio.ui.canvas import leading
from studio.ui.canvas.field import Boxes, Field, Numbers
from studio.ui.canvas.geometry import HEAD, WIDTH
from studio.ui.canvas.leading import Lanes, lead, lead_through
from studio.ui.canvas.scene import CanvasScene
from studio.ui.canvas.wire_item import WireItem
from tests.torchvision_models import flat, googlenet, resnet18, resnet50, unet
from tests.ui.canvas_hand import MAIN, drawn, wire

pytestmark = pytest.mark.usefixtures("qapp")

ROOT = Path(__file__).resolve().parents[2]
NETWORKS: dict[str, Callable[[], Project]] = {"ResNet-50": resnet50, "GoogLeNet": googlenet, "U-Net": unet}
SHIPPED = sorted((ROOT / "assets/composites").glob("*.netwright")) + sorted(
    (ROOT / "templates").glob("*/*.netwright")
)


def points(item: WireItem) -> NDArray[np.float64]:
    """Give points close together on what is drawn of a wire."""
    t = np.linspace(0.0, 1.0, 161)[:, None]
    every = np.array(item.way.points)
    pieces = [every[first : first + 4] for first in range(0, len(every) - 3, 3)]
    return np.concatenate(
        [
            (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
            for a, b, c, d in pieces
        ]
    )


def met(canvas: CanvasScene) -> list[tuple[str, str, str]]:
    """Give every wire that runs through a block, with that block; of its own blocks it may touch the edge."""
    found, boxes = [], canvas.field.boxes
    for made, item in canvas.wires.items():
        at = points(item)
        x, y = at[:, 0, None], at[:, 1, None]
        deep = np.where(np.isin(canvas.field.ids, [made.source.node, made.target.node]), 2.0, 0.0)
        hit = (x > boxes[:, 0] + deep) & (x < boxes[:, 2] - deep)
        hit &= (y > boxes[:, 1] + deep) & (y < boxes[:, 3] - deep)
        ids = [canvas.field.ids[row] for row in np.flatnonzero(hit.any(axis=0))]
        found += [(made.source.node, made.target.node, id) for id in ids]
    return found


def crossings(canvas: CanvasScene) -> int:
    """Count the pairs of wires from different outputs that cross."""
    wires = list(canvas.wires)
    ways = [points(canvas.wires[made])[::8] for made in wires]
    pieces = np.concatenate([np.concatenate([way[:-1], way[1:]], axis=1) for way in ways])
    owner = np.concatenate([np.full(len(way) - 1, index) for index, way in enumerate(ways)])
    a, b, c, d = pieces.T

    pairs = set()
    for row in range(len(pieces)):
        dx, dy = c[row] - a[row], d[row] - b[row]
        split = (dx * (b - b[row]) - dy * (a - a[row])) * (dx * (d - b[row]) - dy * (c - a[row])) < 0
        other = ((c - a) * (b[row] - b) - (d - b) * (a[row] - a)) * (
            (c - a) * (d[row] - b) - (d - b) * (c[row] - a)
        )
        for index in np.flatnonzero(split & (other < 0) & (owner > owner[row])):
            pairs.add((int(owner[row]), int(owner[index])))
    return sum(wires[one].source != wires[two].source for one, two in pairs)


def shown(project: Project, ref: GraphRef = MAIN, *, down: bool = False) -> tuple[Project, CanvasScene]:
    """Arrange a graph and show it."""
    canvas = CanvasScene(ref)
    project = project.with_layout(ref, dataclasses.replace(project.layout_of(ref), down=down))
    canvas.show_project(project, None)
    arranged = edits.arrange_nodes(project, ref, canvas.boxes().__getitem__)
    canvas.show_project(arranged, None)
    return arranged, canvas


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_published_networks_have_clear_ways_and_no_wires_that_cross(name: str, down: bool) -> None:
    drawn_ = NETWORKS[name]()
    for project in (drawn_, flat(drawn_)):
        for ref in project.refs() if project is drawn_ else [MAIN]:
            arranged, canvas = shown(project, ref, down=down)
            assert met(canvas) == []
            assert crossings(canvas) == 0
            side = 1 if down else 0
            for made in canvas.wires:
                ends = canvas.field.box(made.source.node), canvas.field.box(made.target.node)
                assert ends[0][side + 2] < ends[1][side]
            assert edits.arrange_nodes(arranged, ref, canvas.boxes().__getitem__) == arranged


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_is_shipped_has_clear_ways_as_it_stands_and_arranged(file: Path) -> None:
    project = read(file)
    for ref in project.refs():
        canvas = CanvasScene(ref)
        canvas.show_project(project, None)
        assert met(canvas) == []
        for down in (False, True):
            assert met(shown(project, ref, down=down)[1]) == []


@pytest.mark.parametrize("down", [False, True])
def test_blocks_moved_by_hand_are_gone_round_where_there_is_room(down: bool) -> None:
    for project in (flat(resnet18()), unet()):
        arranged, canvas = shown(project, down=down)
        for seed in range(6):
            moved = dict(arranged.layout_of(MAIN).positions)
            pick = random.Random(seed)
            for node in pick.sample(sorted(moved), len(moved) // 5):
                for _ in range(100):
                    x, y = moved[node]
                    x, y = x + pick.randint(-500, 500), y + pick.randint(-300, 300)
                    rest = [at for other, at in moved.items() if other != node]
                    # Room for two wires between any two blocks.
                    if all(abs(x - u) > WIDTH + 40 or abs(y - v) > HEAD + 40 for u, v in rest):
                        moved[node] = (x, y)
                        break
            canvas.show_project(edits.move_nodes(arranged, MAIN, moved), None)
            assert met(canvas) == [], seed


def stood(*boxes: tuple[float, float]) -> Field:
    """Give a field with blocks `n0`, `n1`, ... at places."""
    field = Field()
    for index, (x, y) in enumerate(boxes):
        field.put(f"n{index}", x, y, HEAD)
    return field


def wall(x: float, gap: int) -> list[tuple[float, float]]:
    """Give a column of blocks that stand close to each other, one of them lacking."""
    return [(x, place * 72.0) for place in range(-8, 9) if place != gap]


def test_a_wire_changes_its_level_between_columns() -> None:
    # Two tall columns with gaps at different heights: no level leads through both.
    field = stood((0.0, 0.0), (1100.0, 0.0), *wall(400.0, 2), *wall(700.0, -3))
    way, lane = lead(field, (152.0, 32.0), (1100.0, 32.0), ("n0", "n1"), Lanes.of(()))
    assert lane is not None
    levels = {round(y) for _, y in way.points[::3]}
    assert any(144 < y < 216 for y in levels)
    assert any(-216 < y < -144 for y in levels)


def test_a_wire_finds_its_way_out_of_a_corner() -> None:
    # Its own column is shut above and right before it: only a way like through a maze leads out.
    field = stood((0.0, 0.0), (500.0, 0.0), (180.0, -40.0), (180.0, 40.0), (100.0, -140.0), (480.0, -120.0))
    way, lane = lead(field, (152.0, 32.0), (500.0, 32.0), ("n0", "n1"), Lanes.of(()))
    assert lane is not None
    assert way.points[0] == (152.0, 32.0)
    assert way.points[-1] == (500.0, 32.0)


def test_wires_of_one_output_run_as_one_and_others_side_by_side() -> None:
    field = stood((0.0, 0.0), (256.0, 0.0), (512.0, 0.0), (768.0, 0.0))
    lanes = Lanes.of(())
    _, first = lead(field, (152.0, 32.0), (512.0, 32.0), ("n0", "n2"), lanes, key=1)
    assert first is not None
    lanes.add(first, 1)
    _, same = lead(field, (152.0, 32.0), (768.0, 32.0), ("n0", "n3"), lanes, key=1)
    _, other = lead(field, (152.0, 32.0), (768.0, 32.0), ("n0", "n3"), lanes, key=2)
    assert same is not None
    assert other is not None
    assert same.y == first.y
    assert abs(other.y - first.y) >= 12.0


def test_a_wire_back_goes_between_rows() -> None:
    field = stood((600.0, 0.0), (0.0, 0.0), (300.0, 0.0), (300.0, 80.0))
    way, lane = lead(field, (752.0, 32.0), (0.0, 32.0), ("n0", "n1"), Lanes.of(()))
    assert lane is not None
    assert not -14.0 < lane.y < 158.0
    assert way.points[-1] == (0.0, 32.0)


def test_a_wire_led_through_points_goes_round_what_stands_between_them() -> None:
    project = drawn("input", "output", step=1200.0)
    project, _ = edits.add_node(project, MAIN, "input", (400.0, -300.0))
    made = wire("input_1", "output_1")
    through = [(320.0, -260.0), (800.0, -260.0)]
    project = edits.lead_wire(project, MAIN, made, through)
    canvas = CanvasScene(MAIN)
    canvas.show_project(project, None)
    item = canvas.wires[made]
    assert item.way.stops == ((320.0, -256.0), (800.0, -256.0))
    assert {*item.way.stops} <= {*item.way.points}
    assert met(canvas) == []
    plain = lead_through(Field(), *item.ends(), ("input_1", "output_1"), item.way.stops)
    assert plain.points != item.way.points


def test_a_wire_finds_its_plain_way_again_when_a_block_leaves_it() -> None:
    canvas = CanvasScene(MAIN)
    project = drawn("input", "output", step=800.0)
    project, node = edits.add_node(project, MAIN, "input", (400.0, 0.0))
    canvas.show_project(project, None)
    item = canvas.wires[wire("input_1", "output_1")]
    assert item.lane is not None
    canvas.place({node: (400.0, 300.0)})
    canvas.wiring.settle([(400.0, 0.0, 552.0, 64.0)])
    assert item.lane is None
    assert met(canvas) == []


def test_a_far_picture_shows_every_level() -> None:
    project = drawn("input", "output", step=1100.0)
    for at in (*wall(400.0, 2), *wall(700.0, -3)):
        project, _ = edits.add_node(project, MAIN, "input", at)
    canvas = CanvasScene(MAIN)
    canvas.show_project(project, None)
    item = canvas.wires[wire("input_1", "output_1")]
    assert len(item.way.points) > 10
    canvas.far._read()
    assert canvas.far._through == [item]


def test_ports_at_one_height_are_joined_by_a_straight_wire() -> None:
    _, canvas = shown(drawn("input", "conv2d", "relu", "max_pool2d", "output", step=8.0))
    assert all(np.ptp(points(item)[:, 1]) == 0.0 for item in canvas.wires.values())


def test_wires_are_looked_at_in_parts_that_fit_a_memory_and_told_as_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, field = random.Random(5), Field()
    for index in range(200):
        field.put(f"n{index}", chance.uniform(0, 6000), chance.uniform(0, 3000), 64.0)
    ends = np.array([[chance.uniform(0, 3000), chance.uniform(0, 3000)] * 2 for _ in range(700)])
    ends[:, 2:] += np.array([[chance.uniform(0, 3000), chance.uniform(-900, 900)] for _ in range(700)])
    own = np.array([[chance.randrange(200), chance.randrange(200)] for _ in range(700)])
    monkeypatch.setattr(leading, "PAIRS", 10**9)
    whole = leading.all_clear(field, ends, own)
    assert 0 < whole.sum() < 700
    looked_at: list[int] = []
    parts = Field.parts_meeting

    def counted(its: Field, areas: Boxes, some_pairs: int) -> Iterator[tuple[Numbers, Numbers]]:
        for part in parts(its, areas, some_pairs):
            looked_at.append(len(part[0]))
            yield part

    monkeypatch.setattr(Field, "parts_meeting", counted)
    monkeypatch.setattr(leading, "PAIRS", 2_000)
    assert np.array_equal(leading.all_clear(field, ends, own), whole)
    assert len(looked_at) > 5
    assert max(looked_at) <= 2_000
    assert len(leading.all_clear(field, ends[:0], own[:0])) == 0
