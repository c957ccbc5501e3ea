"""Small pictures of graphs: in the colours of their families, for any graph, at once."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from studio.graph import Endpoint, Graph, Node, Wire
from studio.project import GraphRef, Project, edits
from studio.project.gallery import template
from studio.ui.canvas import thumbnail
from studio.ui.canvas.thumbnail import _boxes, _way
from studio.ui.looks.theme import DARK, LIGHT
from tests.ui.canvas_hand import MAIN, drawn


def _colours(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    return {
        QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())
    }


@pytest.mark.parametrize("dark", [False, True])
def test_every_family_of_the_graph_is_seen(qtbot: QtBot, dark: bool) -> None:
    picture = thumbnail(drawn("input", "conv2d", "relu", "linear", "output"), MAIN, 280, 150, dark, 1.0)
    assert (picture.width(), picture.height()) == (280, 150)
    tokens = DARK if dark else LIGHT
    expected = {tokens.family(group).fill for group in ("io", "convolution", "activation", "linear")}
    assert {tokens.canvas, *expected} <= _colours(picture)


def test_it_is_sharp_on_a_dense_screen(qtbot: QtBot) -> None:
    picture = thumbnail(drawn("input", "output"), MAIN, 280, 150, False, 2.0)
    assert (picture.width(), picture.height(), picture.devicePixelRatio()) == (560, 300, 2.0)


def test_an_empty_graph_gives_an_empty_picture(qtbot: QtBot) -> None:
    assert _colours(thumbnail(Project(), MAIN, 100, 60, False, 1.0)) == {LIGHT.canvas}


def test_a_graph_that_was_never_placed_or_holds_a_circle_is_drawn(qtbot: QtBot) -> None:
    bare = dataclasses.replace(drawn("input", "conv2d", "output"), layout={})
    assert LIGHT.family("convolution").fill in _colours(thumbnail(bare, MAIN, 280, 150, False, 1.0))
    graph = drawn("conv2d", "relu").graph(MAIN)
    circle = Graph.of(
        graph.nodes.values(), [*graph.wires, Wire(Endpoint("relu_1", "y"), Endpoint("conv2d_1", "x"))]
    )
    picture = thumbnail(Project().with_graph(MAIN, circle), MAIN, 280, 150, False, 1.0)
    assert LIGHT.family("convolution").fill in _colours(picture)


def test_a_graph_that_flows_down_has_its_wires_from_bar_to_bar(qtbot: QtBot) -> None:
    project = edits.move_nodes(
        drawn("input", "relu", "output"), MAIN, {"relu_1": (0.0, 136.0), "output_1": (0.0, 272.0)}
    )
    look = dataclasses.replace(project.layout_of(MAIN), down=True)
    project = project.with_layout(MAIN, look)
    image = thumbnail(project, MAIN, 120, 200, False, 1.0).toImage()
    boxes = _boxes(project, MAIN, 120, 200)
    upper, lower = boxes["input_1"], boxes["relu_1"]
    between = round((upper.bottom() + lower.top()) / 2)
    row = [QColor(image.pixel(x, between)).name().upper() for x in range(120)]
    inked = [x for x, colour in enumerate(row) if colour != LIGHT.canvas.upper()]
    assert inked
    assert abs(sum(inked) / len(inked) - upper.center().x()) < 1.5
    assert max(inked) - min(inked) <= 3
    bare = dataclasses.replace(look, positions={})
    unplaced = _boxes(project.with_layout(MAIN, bare), MAIN, 120, 200)
    assert unplaced["input_1"].bottom() < unplaced["relu_1"].top()


def test_a_huge_graph_is_drawn_in_part(qtbot: QtBot) -> None:
    nodes = [Node(f"relu_{i}", "relu", f"relu{i}") for i in range(5000)]
    picture = thumbnail(Project().with_graph(MAIN, Graph.of(nodes)), MAIN, 280, 150, False, 1.0)
    assert len(_colours(picture)) > 1


def test_a_wire_to_the_next_row_runs_between_the_rows(qtbot: QtBot) -> None:
    project = template("cnn").open()
    ref = GraphRef("network", project.main())
    boxes = _boxes(project, ref, 280, 150)
    back = [
        (wire.source.node, wire.target.node)
        for wire in project.graph(ref).wires
        if boxes[wire.target.node].x() < boxes[wire.source.node].x()
    ]
    assert len(back) == 2
    for source, target in back:
        others = [box for node, box in boxes.items() if node not in (source, target)]
        way = _way(boxes[source], boxes[target], others)
        points = [way.pointAtPercent(part / 200) for part in range(201)]
        assert not any(box.contains(point) for box in others for point in points)
        assert way.pointAtPercent(0.5).y() == pytest.approx(
            (boxes[source].center().y() + boxes[target].center().y()) / 2
        )
