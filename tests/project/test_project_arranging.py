"""Arranging a graph: frames go round their nodes, pinned nodes stay, a selection leaves the rest."""

from __future__ import annotations

import dataclasses
import itertools
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Endpoint, Graph, Node, Wire
from studio.graph.layout import GRID, Frame, Layout, Note, Position
from studio.project import GraphRef, Project, edits

MAIN = GraphRef("network", "main")
WIDE, HIGH = 152.0, 64.0


def project_of(
    edges: list[tuple[int, int]], places: dict[int, Position], count: int = 0, **look: object
) -> Project:
    """Draw blocks at places; their wires all end at the ports `x`."""
    count = max([count, *(node + 1 for node in places), *(node + 1 for edge in edges for node in edge)])
    graph = Graph.of(
        (Node(f"n{index}", "relu", "") for index in range(count)),
        (Wire(Endpoint(f"n{a}", "y"), Endpoint(f"n{b}", "x")) for a, b in edges),
    )
    positions = {f"n{node}": at for node, at in places.items()}
    layout = dataclasses.replace(Layout(positions=MappingProxyType(positions)), **look)  # type: ignore[arg-type]
    return Project().with_graph(MAIN, graph).with_layout(MAIN, layout)


def boxes(project: Project) -> dict[str, tuple[float, float, float, float]]:
    return {node: (*at, WIDE, HIGH) for node, at in project.layout_of(MAIN).positions.items()}


def holds(frame: Frame | Note, box: tuple[float, float, float, float]) -> bool:
    return (
        frame.x <= box[0]
        and frame.y <= box[1]
        and box[0] + box[2] <= frame.x + frame.width
        and box[1] + box[3] <= frame.y + frame.height
    )


def apart(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return (
        one[0] + one[2] <= two[0]
        or two[0] + two[2] <= one[0]
        or one[1] + one[3] <= two[1]
        or two[1] + two[3] <= one[1]
    )


def frame_round(id: str, *places: Position) -> Frame:
    xs, ys = [x for x, _ in places], [y for _, y in places]
    left, top = min(xs) - 24.0, min(ys) - 52.0
    return Frame(id, id, left, top, max(xs) + WIDE + 24.0 - left, max(ys) + HIGH + 24.0 - top)


PLACES: dict[int, Position] = {
    0: (0, 0),
    1: (300, 700),
    2: (520, 700),
    3: (300, 900),
    4: (1200, 40),
    5: (0, 400),
}
EDGES = [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (0, 4)]


def test_a_frame_goes_round_its_nodes_and_takes_its_notes_along() -> None:
    inner, outer = frame_round("inner", PLACES[2]), frame_round("outer", (264, 648), (560, 944))
    note = Note("said", "why", 540.0, 900.0, 120.0, 60.0)
    alone = Note("alone", "over there", -5000.0, 0.0)
    before = project_of(EDGES, PLACES, frames=(outer, inner), notes=(note, alone))
    assert holds(outer, (note.x, note.y, note.width, note.height))
    after = edits.arrange_nodes(before, MAIN)
    layout, where = after.layout_of(MAIN), boxes(after)
    frames = {frame.id: frame for frame in layout.frames}
    assert {node for node, box in where.items() if holds(frames["outer"], box)} == {"n1", "n2", "n3"}
    assert {node for node, box in where.items() if holds(frames["inner"], box)} == {"n2"}
    small = frames["inner"]
    assert holds(frames["outer"], (small.x, small.y, small.width, small.height))
    assert not any(holds(small, where[node]) or not apart(where[node], _box(small)) for node in ("n1", "n3"))
    said, other = layout.notes
    assert holds(frames["outer"], _box(said))
    assert all(apart(_box(said), box) for box in where.values())
    assert other == alone
    assert all(apart(a, b) for a, b in itertools.combinations(where.values(), 2))
    assert edits.arrange_nodes(after, MAIN) == after


def _box(one: Frame | Note) -> tuple[float, float, float, float]:
    return one.x, one.y, one.width, one.height


def test_a_note_and_an_empty_frame_are_not_covered() -> None:
    before = project_of(
        [(0, 1), (1, 2)],
        {0: (0, 900), 1: (0, 1000), 2: (0, 1100)},
        frames=(Frame("empty", "", 300.0, -40.0, 120.0, 100.0),),
        notes=(Note("said", "", 10.0, 0.0), Note("far", "", 10.0, 600.0)),
    )
    after = edits.arrange_nodes(before, MAIN)
    layout, where = after.layout_of(MAIN), boxes(after)
    every: list[Frame | Note] = [*layout.frames, *layout.notes]
    assert all(apart(_box(one), box) for one in every for box in where.values())
    assert all(apart(_box(a), _box(b)) for a, b in itertools.combinations(every, 2))
    assert layout.notes[1] == before.layout_of(MAIN).notes[1]
    assert edits.arrange_nodes(after, MAIN) == after


def test_pinned_nodes_stay_and_nothing_comes_over_them() -> None:
    before = project_of(EDGES, PLACES, pinned=frozenset({"n1", "n4"}))
    after = edits.arrange_nodes(before, MAIN)
    where = boxes(after)
    assert where["n1"][:2] == PLACES[1]
    assert where["n4"][:2] == PLACES[4]
    assert where["n0"] != boxes(before)["n0"]
    assert all(apart(a, b) for a, b in itertools.combinations(where.values(), 2))
    assert edits.arrange_nodes(after, MAIN) == after


def test_what_is_in_a_frame_with_a_pinned_node_stays_in_it() -> None:
    frame = frame_round("held", PLACES[1], PLACES[2], PLACES[3])
    before = project_of(EDGES, PLACES, frames=(frame,), pinned=frozenset({"n3"}))
    after = edits.arrange_nodes(before, MAIN)
    (made,) = after.layout_of(MAIN).frames
    assert boxes(after)["n3"][:2] == PLACES[3]
    assert {node for node, box in boxes(after).items() if holds(made, box)} == {"n1", "n2", "n3"}


def test_a_selection_is_arranged_where_it_stands_and_the_rest_is_left() -> None:
    before = project_of(EDGES, PLACES)
    chosen = ["n1", "n2", "n3"]
    after = edits.arrange_nodes(before, MAIN, nodes=chosen)
    old, now = boxes(before), boxes(after)
    assert {node for node in now if now[node] != old[node]} <= set(chosen)
    assert min(now[node][0] for node in chosen) == 304
    assert min(now[node][1] for node in chosen) == 704
    assert now["n1"][0] < now["n2"][0] == now["n3"][0]
    assert all(apart(a, b) for a, b in itertools.combinations(now.values(), 2))
    assert edits.arrange_nodes(after, MAIN, nodes=chosen) == after


def test_a_selection_moves_off_what_stands_where_it_would_come() -> None:
    # Three in a column become a row, where another block stands.
    before = project_of([(0, 1), (1, 2)], {0: (0, 0), 1: (0, 200), 2: (0, 400), 3: (300, 16)})
    after = edits.arrange_nodes(before, MAIN, nodes=["n0", "n1", "n2"])
    where = boxes(after)
    assert where["n3"] == boxes(before)["n3"]
    assert all(apart(a, b) for a, b in itertools.combinations(where.values(), 2))
    assert edits.arrange_nodes(after, MAIN, nodes=["n0", "n1", "n2"]) == after


def test_what_others_lead_through_keeps_its_order_in_a_selection() -> None:
    before = project_of([(0, 1), (1, 2)], {0: (600, 0), 1: (300, 400), 2: (0, 0)})
    where = boxes(edits.arrange_nodes(before, MAIN, nodes=["n0", "n2"]))
    assert where["n0"][0] < where["n2"][0]


def test_a_frame_of_which_some_is_selected_grows_with_it() -> None:
    frame = frame_round("held", PLACES[1], PLACES[2], PLACES[3])
    before = project_of(EDGES, PLACES, frames=(frame,))
    after = edits.arrange_nodes(before, MAIN, nodes=["n1", "n2"])
    (made,) = after.layout_of(MAIN).frames
    assert {node for node, box in boxes(after).items() if holds(made, box)} == {"n1", "n2", "n3"}
    assert holds(made, _box(frame))


def test_points_of_wires_go_where_blocks_are_arranged_and_stay_between_pinned_ones() -> None:
    wires = [Wire(Endpoint(f"n{a}", "y"), Endpoint(f"n{b}", "x")) for a, b in ((0, 1), (1, 2), (2, 4))]
    before = project_of(
        EDGES,
        PLACES,
        reroutes=MappingProxyType(dict.fromkeys(wires, ((80.0, 80.0),))),
        pinned=frozenset({"n0", "n1"}),
    )
    assert set(edits.arrange_nodes(before, MAIN).layout_of(MAIN).reroutes) == {wires[0]}
    some = edits.arrange_nodes(before, MAIN, nodes=["n2", "n3"])
    assert set(some.layout_of(MAIN).reroutes) == {wires[0]}


@st.composite
def projects(draw: st.DrawFn) -> Project:
    count = draw(st.integers(1, 9))
    ends = st.integers(0, count - 1)
    edges = [(a, b) for a, b in draw(st.lists(st.tuples(ends, ends), max_size=14, unique=True)) if a < b]
    spot = st.tuples(*(st.integers(-40, 40).map(lambda step: step * GRID),) * 2)
    places = {node: draw(spot) for node in range(count) if draw(st.integers(0, 5))}
    sizes = st.integers(8, 60).map(lambda step: step * GRID)
    frames = tuple(
        Frame(f"f{index}", "", *draw(spot), draw(sizes), draw(sizes))
        for index in range(draw(st.integers(0, 3)))
    )
    notes = tuple(Note(f"m{index}", "", *draw(spot)) for index in range(draw(st.integers(0, 2))))
    return project_of(edges, places, count, frames=frames, notes=notes, down=draw(st.booleans()))


def inside(project: Project) -> set[tuple[str, str]]:
    """Give which frames hold which nodes; each node counts for the smallest."""
    layout, found = project.layout_of(MAIN), set()
    for node, box in boxes(project).items():
        within = [frame for frame in layout.frames if holds(frame, box)]
        if within:
            found.add((min(within, key=lambda frame: (frame.width * frame.height, frame.id)).id, node))
    return found


@given(projects())
def test_whatever_is_drawn_is_arranged_once_and_for_all(before: Project) -> None:
    after = edits.arrange_nodes(before, MAIN)
    where = boxes(after)
    assert where.keys() == before.graph(MAIN).nodes.keys()
    assert all(apart(a, b) for a, b in itertools.combinations(where.values(), 2))
    assert inside(after) == inside(before)
    assert edits.arrange_nodes(after, MAIN) == after


@given(projects(), st.data())
def test_whatever_is_selected_leaves_the_rest_alone(before: Project, data: st.DataObject) -> None:
    every = sorted(before.graph(MAIN).nodes)
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    after = edits.arrange_nodes(before, MAIN, nodes=chosen)
    old, now = boxes(before), boxes(after)
    assert {node: box for node, box in now.items() if node not in chosen} == {
        node: box for node, box in old.items() if node not in chosen
    }
    assert all(apart(a, b) for a, b in itertools.combinations([now[node] for node in chosen], 2))
    assert all(apart(now[one], box) for one in chosen for node, box in now.items() if node not in chosen)


@given(projects(), st.data())
def test_whatever_is_pinned_stays_and_is_not_covered(before: Project, data: st.DataObject) -> None:
    layout = before.layout_of(MAIN)
    pinned = frozenset(data.draw(st.sets(st.sampled_from([*layout.positions, "none"]), min_size=1)))
    before = before.with_layout(MAIN, dataclasses.replace(layout, pinned=pinned, frames=()))
    after = edits.arrange_nodes(before, MAIN)
    where = boxes(after)
    held = pinned & where.keys()
    assert {node: where[node] for node in held} == {node: boxes(before)[node] for node in held}
    for one, two in itertools.combinations(sorted(where), 2):
        assert apart(where[one], where[two]) or {one, two} <= held


def test_beside_a_long_frame_a_branch_goes_on_in_its_own_columns() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (5, 6), (3, 7), (6, 7)]
    places = {node: (node * 304.0, 0.0 if node < 4 else 304.0) for node in range(8)}
    frame = frame_round("held", places[1], places[3])
    for down in (False, True):
        side = 1 if down else 0
        before = project_of(edges, places, frames=(frame,))
        layout = dataclasses.replace(before.layout_of(MAIN), down=down)
        where = boxes(edits.arrange_nodes(before.with_layout(MAIN, layout), MAIN))
        one, two, three = (where[node][side] for node in ("n4", "n5", "n6"))
        assert three - two == two - one == (64.0 + 72.0 if down else 256.0)
        assert where["n7"][side] > max(where["n3"][side], three)
