"""What the canvas shows: only what changed is painted again, shapes, problems, languages, themes, zooms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from types import MappingProxyType

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot

from studio.compiler.problems import Problem
from studio.compiler.tensors import Tensor
from studio.graph import Endpoint, Expression, Graph, Message, Node, Wire
from studio.graph.layout import Frame, Note
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.ui.canvas import CanvasView
from studio.ui.canvas.card import Cards
from studio.ui.canvas.far import FAR
from studio.ui.canvas.hits import hit
from studio.ui.canvas.node_item import NodeItem
from studio.ui.canvas.tips import tip
from studio.ui.document import Document
from studio.ui.looks.theme import apply
from studio.ui.words.text import set_language
from tests.ui.canvas_hand import MAIN, Hand, drawn, known, wire


@pytest.fixture
def row(qtbot: QtBot) -> Hand:
    return Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))


@pytest.fixture
def english_and_light(qapp: QApplication) -> Iterator[None]:
    yield
    set_language("en")
    apply(qapp, "light")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the ids of nodes in the order in which they are painted."""
    ids: list[str] = []
    paint = NodeItem.paint

    def counted(
        self: NodeItem, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        ids.append(self.card.id)
        paint(self, painter, option, widget)

    monkeypatch.setattr(NodeItem, "paint", counted)
    return ids


def _settle(painted: list[str]) -> None:
    QApplication.processEvents()
    QApplication.processEvents()
    painted.clear()


def test_a_parameter_edit_paints_just_its_node(row: Hand, painted: list[str]) -> None:
    _settle(painted)
    row.document.do(Message("Edit"), edits.set_parameters(row.project, MAIN, "conv2d_1", {"out_channels": 7}))
    QApplication.processEvents()
    assert painted == ["conv2d_1"]
    assert row.view.canvas.nodes["conv2d_1"].card.line == "→ 7, 3×3"


def test_an_edit_that_does_not_show_paints_nothing(row: Hand, painted: list[str]) -> None:
    _settle(painted)
    row.document.do(Message("Edit"), edits.change_node(row.project, MAIN, "conv2d_1", rate_factor=2.0))
    row.document.do(Message("Edit"), edits.set_loop(row.project, "epochs", 3))
    QApplication.processEvents()
    assert painted == []


def test_a_report_paints_only_where_it_says_something_new(row: Hand, painted: list[str]) -> None:
    tensors = {"input_1": Tensor.of(1, 28, 28), "conv2d_1": Tensor.of(32, 26, 26)}
    row.learn(known(row.project, tensors))
    assert row.view.canvas.wires[wire("input_1", "conv2d_1")].label == "B × 1 × 28 × 28"
    assert row.view.canvas.wires[wire("relu_1", "flatten_1")].label == ""
    _settle(painted)
    row.learn(known(row.project, tensors))
    QApplication.processEvents()
    assert painted == []


def test_a_problem_is_drawn_on_its_node_and_its_wire(row: Hand) -> None:
    problem = Problem(
        severity="error",
        code="shape",
        graph=MAIN,
        node="flatten_1",
        message=Message("It does not fit “{name}”.", name="<b>x</b>"),
        port="x",
        expected=Message("4 dimensions"),
        received=Message("2 dimensions"),
    )
    row.learn(known(row.project, {}, (problem,)))
    canvas = row.view.canvas
    assert canvas.nodes["flatten_1"].card.severity == "error"
    assert canvas.wires[wire("relu_1", "flatten_1")].bad
    assert not canvas.wires[wire("conv2d_1", "relu_1")].bad
    told = tip(canvas, hit(canvas, QPointF(*row.middle("flatten_1"))))
    assert "It does not fit “<b>x</b>”." in told
    assert "Expected: 4 dimensions" in told
    assert "Received: 2 dimensions" in told
    before = row.view.grab().toImage()
    row.learn(known(row.project, {}))
    assert not canvas.wires[wire("relu_1", "flatten_1")].bad
    assert row.view.grab().toImage() != before
    row.agree()


def test_hovering_tells_what_flows_and_what_it_costs(row: Hand) -> None:
    row.learn(known(row.project, {"conv2d_1": Tensor.of(32, 26, 26)}))
    canvas = row.view.canvas
    flows = tip(canvas, hit(canvas, QPointF(*row.between(wire("conv2d_1", "relu_1")))))
    assert flows.splitlines() == [
        "conv1 → relu1",
        "B × 32 × 26 × 26  ·  float32",
        "21,632 numbers a sample, 84.5 KiB",
    ]
    costs = tip(canvas, hit(canvas, QPointF(*row.middle("conv2d_1"))))
    assert "Parameters: 320" in costs
    assert "Multiply-adds a sample: 1,000,000" in costs
    port = tip(canvas, hit(canvas, QPointF(*row.port("conv2d_1", "x"))))
    assert port.splitlines()[0] == "conv1: input “x”"
    assert "Takes 4 dimensions, batch included." in port


def test_two_languages_and_two_themes(row: Hand, qapp: QApplication, english_and_light: None) -> None:
    row.document.do(
        Message("Edit"), edits.set_parameters(row.project, MAIN, "conv2d_1", {"stride": 2, "bias": False})
    )
    english, light = row.view.canvas.nodes["conv2d_1"].card, row.view.grab().toImage()
    set_language("zh_CN")
    chinese = row.view.canvas.nodes["conv2d_1"].card
    assert chinese.line != english.line
    assert "步" in chinese.line
    set_language("en")
    assert row.view.canvas.nodes["conv2d_1"].card == english
    apply(qapp, "dark")
    dark = row.view.grab().toImage()
    assert dark.pixelColor(5, 5).lightness() < 60 < 200 < light.pixelColor(5, 5).lightness()


@pytest.mark.parametrize("zoom", [0.04, 0.1, 0.3, FAR, 0.45, 0.6, 1.0, 1.7, 4.0])
def test_every_zoom_is_painted_and_worked_on(row: Hand, zoom: float) -> None:
    project = edits.set_frames(row.project, MAIN, [Frame("f", "F", -40.0, -80.0, 500.0, 300.0)])
    row.document.do(Message("Edit"), edits.set_notes(project, MAIN, [Note("n", "N", 0.0, 300.0)]))
    row.view.select(["relu_1"])
    row.look_at(256.0, 0.0, zoom)
    blank = row.view.grab().toImage()
    assert len({blank.pixel(x, y) for x in range(60, 500, 3) for y in range(60, 300, 3)}) > 2
    x, y = row.middle("conv2d_1")
    with row.step("Move “conv1”"):
        row.hold((x, y), (x + 160.0, y + 160.0))
        row.view.grab()
        row.release((x + 160.0, y + 160.0))
        dx, dy = row.place("conv2d_1")
        # Far out, a pixel is many units.
        assert abs(dx - 416.0) <= max(8.0, 2 / zoom)
        assert abs(dy - 160.0) <= max(8.0, 2 / zoom)


def test_a_blank_canvas_says_how_to_begin(qtbot: QtBot) -> None:
    hand = Hand(qtbot, Project())
    blank = hand.view.grab().toImage()
    hand.document.do(Message("Add"), edits.add_node(hand.project, MAIN, "relu", (5000.0, 0.0))[0])
    assert hand.view.grab().toImage() != blank
    hand.document.undo()
    assert hand.view.grab().toImage() == blank
    hand.view.frame_all()
    hand.view.frame_selection()
    hand.view.arrange()


# -- ports ----------------------------------------------------------------------------------------------


def test_a_composite_shows_the_ports_that_it_has_now(qtbot: QtBot) -> None:
    inner = drawn("input", "relu", "output")
    project = edits.set_composite(drawn("input"), "Block", Composite(inner.graph(MAIN)))
    project, node = edits.add_node(project, MAIN, COMPOSITE, (256.0, 0.0), composite="Block")
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint(node, "x"))
    hand = Hand(qtbot, project)
    inside = GraphRef("composite", "Block")
    with hand.step("Rename"):
        hand.document.do(Message("Rename"), edits.rename_node(hand.project, inside, "input_1", "image"))
        assert [port.name for port in hand.view.canvas.nodes[node].card.shape.ports] == ["image", "y"]
        assert hand.wires == {wire("input_1", node, into="image")}
    with hand.step("Add"):
        hand.document.do(Message("Add"), edits.add_node(hand.project, inside, "input", (0.0, 200.0))[0])
        assert len(hand.view.canvas.nodes[node].card.shape.ports) == 3
    with hand.step("Repeat"):
        hand.document.do(Message("Repeat"), edits.change_node(hand.project, MAIN, node, repeat=6))
        assert hand.view.canvas.nodes[node].card.repeat == 6


def test_a_block_that_is_not_known_is_drawn_with_the_ports_in_use(qtbot: QtBot) -> None:
    project = drawn("input", "output")
    graph = project.graph(MAIN)
    node = Node("odd_1", "from_the_future", "odd\nname" * 400)
    wires = [
        Wire(Endpoint("input_1", "y"), Endpoint("odd_1", "a")),
        Wire(Endpoint("odd_1", "out"), Endpoint("output_1", "x")),
    ]
    hand = Hand(qtbot, project.with_graph(MAIN, Graph.of([*graph.nodes.values(), node], wires)))
    card = hand.view.canvas.nodes["odd_1"].card
    assert (card.family, card.title) == ("unknown", "from_the_future")
    assert "\n" not in card.name
    assert [port.name for port in card.shape.ports] == ["a", "out"]
    hand.view.grab()
    hand.agree()


def test_a_graph_with_a_circle_and_wires_to_ports_that_are_gone_is_shown(qtbot: QtBot) -> None:
    project = drawn("conv2d", "relu")
    graph = project.graph(MAIN)
    wires = [
        *graph.wires,
        Wire(Endpoint("relu_1", "y"), Endpoint("conv2d_1", "x")),
        Wire(Endpoint("relu_1", "no_port"), Endpoint("conv2d_1", "none")),
    ]
    broken = project.with_graph(MAIN, Graph.of(graph.nodes.values(), wires))
    hand = Hand(qtbot, dataclasses.replace(broken, layout={}))
    hand.view.frame_all()
    hand.view.grab()
    hand.agree()
    with hand.step("Arrange"):
        hand.view.arrange()
        hand.view.slide.finish()


# -- lifetimes ------------------------------------------------------------------------------------------


def test_another_project_is_shown_when_the_document_is_replaced(row: Hand) -> None:
    row.view.select(["relu_1"])
    row.hold(row.middle("conv2d_1"), (500.0, 300.0))
    row.document._replace(drawn("input", "tanh"), None, saved=True)
    assert row.view.canvas.nodes.keys() == {"input_1", "tanh_1"}
    assert row.view.selected() == []
    assert row.view.hands.gesture is None
    row.release((500.0, 300.0))
    row.agree()


def test_a_graph_that_is_gone_is_shown_empty(qtbot: QtBot) -> None:
    ref = GraphRef("composite", "Block")
    inner = drawn("input", "relu", "output").graph(MAIN)
    project = edits.set_composite(drawn("input"), "Block", Composite(inner))
    hand = Hand(qtbot, project, ref)
    assert len(hand.view.canvas.nodes) == 3
    hand.document.do(Message("Remove"), dataclasses.replace(hand.project, composites=MappingProxyType({})))
    hand.document.undo()
    assert len(hand.view.canvas.nodes) == 3
    hand.agree()


def test_a_canvas_that_is_gone_hears_nothing_more(qtbot: QtBot) -> None:
    document = Document(drawn("input", "conv2d"), begin=False)
    for _ in range(3):
        view = CanvasView(document, MAIN)
        view.show()
        view.grab()
        view.arrange()
        view.deleteLater()
        del view
        QApplication.processEvents()
    document.do(Message("Edit"), edits.add_node(document.project, MAIN, "relu", (0.0, 0.0))[0])
    set_language("zh_CN")
    set_language("en")
    document.close()


# -- one line -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "parameters", "line"),
    [
        ("conv2d", {}, "→ 32, 3×3"),
        ("conv2d", {"kernel_size": (3, 5), "stride": 2, "bias": False}, "→ 32, 3×5, stride 2, no bias"),
        ("conv2d", {"out_channels": Expression("2*width")}, "→ 2*width, 3×3"),
        ("conv1d", {}, "→ 32, kernel 3"),
        ("linear", {"out_features": 10}, "→ 10"),
        ("input", {}, "1 × 28 × 28"),
        ("input", {"shape": (16,), "dtype": "int64"}, "16, int64"),
        ("lstm", {"hidden_size": 64, "bidirectional": True}, "hidden 64, bidirectional"),
        ("relu", {}, ""),
        ("max_pool2d", {}, "2×2"),
        ("dropout", {"p": 0.25}, "p 0.25"),
        ("linear", {"out_features": 10**5000}, "→ …"),
        ("linear", {"out_features": "<b>"}, "→ <b>"),
    ],
)
def test_the_line_of_a_node_tells_the_most(kind: str, parameters: dict[str, object], line: str) -> None:
    project = drawn(kind)
    graph = project.graph(MAIN)
    (node,) = graph.nodes.values()
    node = dataclasses.replace(node, parameters=parameters)  # type: ignore[arg-type]  # as a file might hold
    project = project.with_graph(MAIN, graph.with_nodes([node]))
    assert Cards(project, MAIN, None).card(node.id).line == line


def shut(document: Document, _view: CanvasView) -> None:
    document.close()


def test_the_first_look_lasts_until_a_person_looks_elsewhere(qtbot: QtBot) -> None:
    document = Document(drawn("input", "conv2d", "output"), begin=False)
    view = CanvasView(document, MAIN)
    qtbot.addWidget(view, before_close_func=partial(shut, document))
    view.resize(400, 300)
    view.show()
    view.resize(1400, 700)
    middle = view.camera.to_scene(QPointF(view.viewport().rect().center()))
    assert (middle - view.canvas.content().center()).manhattanLength() <= 4.0
    assert view.camera.zoom == 1.0
    view.camera.pan(100.0, 50.0)
    corner = view.camera.to_scene(QPointF(0.0, 0.0))
    view.resize(900, 600)
    assert (view.camera.to_scene(QPointF(0.0, 0.0)) - corner).manhattanLength() <= 1.0


def test_a_long_chain_is_first_seen_from_its_beginning_with_readable_text(qtbot: QtBot) -> None:
    document = Document(drawn("input", *["relu"] * 30), begin=False)
    view = CanvasView(document, MAIN)
    qtbot.addWidget(view, before_close_func=partial(shut, document))
    view.resize(1000, 500)
    view.show()
    assert view.camera.zoom == 0.75
    first = view.viewportTransform().mapRect(view.canvas.nodes["input_1"].body())
    assert view.viewport().rect().contains(first.toRect())
