"""Every wire shows its shape: on it, or close by where blocks stand near; never over a block or a label."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.compiler.tensors import Tensor
from studio.graph import Endpoint, Message
from studio.graph.layout import COLUMN
from studio.project import Project, edits
from studio.ui.canvas import CanvasView
from studio.ui.canvas.geometry import HEAD, PORT, WIDTH
from studio.ui.canvas.node_item import NEAR
from studio.ui.canvas.picture import Picture, Style
from studio.ui.canvas.spots import Spot
from tests.ui.canvas_hand import MAIN, Hand, drawn, known, wire

IMAGE = Tensor.of(32, 28, 28)


def learned(qtbot: QtBot, project: Project) -> Hand:
    """Show a project, an image leaving every output."""
    hand = Hand(qtbot, project)
    hand.learn(known(project, dict.fromkeys(project.graph(MAIN).nodes, IMAGE)))
    hand.view.frame_all()
    hand.view.camera.set_zoom(max(NEAR, hand.view.camera.zoom))
    hand.view.grab()
    return hand


def spots(hand: Hand) -> list[Spot]:
    """Give where every label stands."""
    found = [item.spot for item in hand.view.canvas.wires.values() if item.label]
    shown = [spot for spot in found if spot is not None]
    assert len(shown) == len(found)
    return shown


def texts(hand: Hand) -> list[str]:
    """Give what the labels say."""
    return [spot.text.text for spot in spots(hand) if spot.text is not None]


def assert_clear(hand: Hand) -> None:
    """Check that every wire has its label, and that none lies over a block or another label."""
    boxes = [spot.box for spot in spots(hand)]
    assert len(texts(hand)) == len(boxes) == len(hand.wires)
    for box, other in itertools.combinations(boxes, 2):
        assert not box.intersects(other), (box, other)
    for spot, node in itertools.product(spots(hand), hand.view.canvas.nodes.values()):
        assert spot.text is not None
        written = QRectF(spot.at.x(), spot.box.top(), spot.text.width, spot.box.height())
        assert not node.body().adjusted(-PORT + 0.1, 0.0, PORT - 0.1, 0.0).intersects(written)
        assert not node.body().intersects(spot.box)


@pytest.mark.parametrize("gap", [0.0, 4.0, 12.0, 20.0, 30.0, 40.0, 48.0, 60.0, 104.0])
def test_a_wire_of_any_length_shows_its_shape(qtbot: QtBot, gap: float) -> None:
    hand = learned(qtbot, drawn("input", "conv2d", "relu", "output", step=WIDTH + gap))
    assert_clear(hand)
    shape = "B × 32 × 28 × 28" if gap == COLUMN - WIDTH else "32×28×28"
    assert all(text.replace("B×", "") == shape for text in texts(hand))


@pytest.mark.parametrize(("dx", "dy"), [(160.0, 40.0), (170.0, 96.0), (0.0, 96.0), (-150.0, 80.0)])
def test_a_wire_in_any_direction_shows_its_shape(qtbot: QtBot, dx: float, dy: float) -> None:
    project = drawn("input", "relu", "output")
    places = {id: (i * dx, i * dy) for i, id in enumerate(project.graph(MAIN).nodes)}
    assert_clear(learned(qtbot, edits.move_nodes(project, MAIN, places)))


def dense() -> Project:
    """Draw columns that stand close together, every other one adding two rows of the one before."""
    project, first = edits.add_node(Project(), MAIN, "input", (0.0, 160.0))
    before, pitch = [first], WIDTH + 24.0
    for column in range(1, 6):
        now = []
        for row in range(4):
            kind = "relu" if column % 2 else "add"
            project, node = edits.add_node(project, MAIN, kind, (column * pitch, row * (HEAD + 24.0)))
            feeding = {before[row % len(before)]: None}
            if kind == "add":
                feeding[before[(row + 1) % len(before)]] = None
            for source in feeding:
                project = edits.connect(project, MAIN, Endpoint(source, "y"), Endpoint(node, "x"))
            now.append(node)
        before = now
    return project


def test_a_dense_graph_stays_readable(qtbot: QtBot) -> None:
    hand = learned(qtbot, dense())
    assert len(hand.wires) == 28
    assert_clear(hand)


def test_wires_side_by_side_have_their_labels_below_each_other_in_their_order(qtbot: QtBot) -> None:
    project = drawn("input", "lstm", "lstm", step=WIDTH + 30.0)
    for out, into in (("h", "h0"), ("c", "c0")):
        project = edits.connect(project, MAIN, Endpoint("lstm_1", out), Endpoint("lstm_2", into))
    hand = learned(qtbot, project)
    assert_clear(hand)
    tops = [
        item.spot.box.top()
        for out, into in (("y", "x"), ("h", "h0"), ("c", "c0"))
        for item in [hand.view.canvas.wires[wire("lstm_1", "lstm_2", out=out, into=into)]]
        if item.spot is not None
    ]
    assert len(tops) == 3
    assert tops == sorted(tops)


def test_what_is_laid_out_or_put_in_leaves_room_for_whole_shapes(qtbot: QtBot) -> None:
    project = drawn("input", "conv2d", "relu", "conv2d", "add", "output", step=WIDTH + 10.0)
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))
    hand = learned(qtbot, project)
    hand.view.arrange()
    hand.view.slide.finish()
    assert hand.drop("dropout", hand.between(wire("conv2d_1", "relu_1")))
    hand.learn(known(hand.project, dict.fromkeys(hand.project.graph(MAIN).nodes, IMAGE)))
    hand.view.frame_all()
    hand.view.camera.set_zoom(NEAR)
    hand.view.grab()
    assert_clear(hand)
    assert texts(hand) == ["B × 32 × 28 × 28"] * 7


def test_blocks_added_one_after_another_stand_in_a_row(qtbot: QtBot) -> None:
    hand = Hand(qtbot, Project())
    made = [hand.view.add_block(kind) for kind in ("input", "conv2d", "lstm", "relu", "output")]
    places = [hand.place(node) for node in made if node is not None]
    assert [b[0] - a[0] for a, b in itertools.pairwise(places)] == [COLUMN] * 4
    seen = QRectF(hand.view.viewport().rect())
    assert seen.contains(hand.view.viewportTransform().mapRect(hand.view.canvas.nodes["output_1"].body()))
    hand.view.select(["input_1"])
    added = hand.view.add_block("tanh")  # the place behind is taken: it goes below
    assert added is not None
    assert hand.place(added)[0] == places[1][0]
    assert hand.place(added)[1] >= places[1][1] + HEAD + 32.0


def between(hand: Hand) -> Spot:
    """Give where the label of the wire in question stands, after painting."""
    hand.view.grab()
    spot = hand.view.canvas.wires[wire("input_1", "relu_1")].spot
    assert spot is not None
    return spot


def test_a_label_makes_way_for_a_block_and_comes_back(qtbot: QtBot) -> None:
    project = drawn("input", "relu", step=400.0)
    project, node = edits.add_node(project, MAIN, "input", (204.0, 240.0))
    hand = learned(qtbot, project)
    hand.look_at(0.0, 0.0)
    first = between(hand)
    start = hand.middle(node)
    hand.press(start)
    hand.move((start[0], start[1] - 120.0))
    for rise in (150.0, 215.0, 235.0):
        hand.move((start[0], start[1] - rise))
        over = hand.view.canvas.nodes[node].body()
        assert between(hand).text is not None
        assert not over.intersects(between(hand).box)
    assert between(hand) != first
    hand.move((start[0], start[1] - 20.0))
    assert between(hand) == first
    hand.release(start)


def test_labels_are_painted_only_when_they_change(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    paint = CanvasView.paintEvent

    def counted(self: CanvasView, event: QPaintEvent) -> None:
        painted.append(event)
        paint(self, event)

    monkeypatch.setattr(CanvasView, "paintEvent", counted)
    hand = learned(qtbot, dense())
    for _ in range(5):
        QApplication.processEvents()
    assert painted
    painted.clear()
    for _ in range(20):
        QApplication.processEvents()
    assert painted == []
    places = spots(hand)
    hand.view.viewport().repaint()
    assert len(painted) == 1
    assert all(a is b for a, b in zip(places, spots(hand), strict=True))


def test_what_is_painted_bit_by_bit_is_what_is_painted_at_once(qtbot: QtBot) -> None:
    project = dense()
    hand = Hand(qtbot, project)
    hand.look_at(0.0, -60.0, 0.8)
    screen = hand.view.screen()

    def agreed() -> bool:
        QApplication.processEvents()
        shown = screen.grabWindow(hand.view.winId()).toImage()
        return shown == hand.view.grab().toImage().convertToFormat(shown.format())

    qtbot.waitUntil(agreed)
    blank = hand.view.grab().toImage()
    hand.learn(known(project, dict.fromkeys(project.graph(MAIN).nodes, IMAGE)))
    for _ in range(5):
        QApplication.processEvents()
    assert agreed()
    assert hand.view.grab().toImage() != blank
    start = hand.middle("add_2")
    hand.move(start, button=Qt.MouseButton.NoButton)  # its ports say their names
    hand.press(start)
    for way in (20.0, 60.0, 90.0):
        hand.move((start[0] + way, start[1] + way))
        for _ in range(3):
            QApplication.processEvents()
        assert agreed()
    hand.release((start[0] + 90.0, start[1] + 90.0))


def picture(hand: Hand, zoom: float) -> QImage:
    hand.view.camera.set_zoom(zoom)
    return hand.view.grab().toImage()


def test_a_canvas_that_is_zoomed_out_has_no_labels(qtbot: QtBot) -> None:
    project = drawn("input", "relu", "output")
    hand, blank = learned(qtbot, project), Hand(qtbot, project)
    for view in (hand, blank):
        view.look_at(0.0, 0.0)
    assert picture(hand, NEAR - 0.05) == picture(blank, NEAR - 0.05)
    assert picture(hand, NEAR) != picture(blank, NEAR)


def test_a_wire_taken_off_takes_its_label_with_it_and_undo_brings_it_back(qtbot: QtBot) -> None:
    hand = learned(qtbot, drawn("input", "relu", "output"))
    before = hand.view.grab().toImage()
    made = wire("input_1", "relu_1")
    hand.document.do(Message("Off"), edits.disconnect(hand.project, MAIN, [made]))
    hand.view.grab()
    assert len(texts(hand)) == 1
    hand.document.undo()
    assert hand.view.grab().toImage() == before


def test_what_leaves_an_output_is_not_written_over_the_next_block(qtbot: QtBot) -> None:
    project = drawn("input", y=0.0)
    project, near = edits.add_node(project, MAIN, "input", (WIDTH + 20.0, 0.0))

    def leaving(known_shape: bool) -> QImage:
        hand = Hand(qtbot, project)
        if known_shape:
            hand.learn(known(project, {"input_1": IMAGE}))
        return hand.view.grab().toImage()

    assert leaving(True) == leaving(False)
    project = edits.move_nodes(project, MAIN, {near: (WIDTH + 200.0, 0.0)})
    assert leaving(True) != leaving(False)


def forked() -> Project:
    """Draw a row of blocks with a wire past one of them, from the port where the row's own wire leaves."""
    project = drawn("input", "conv2d", "add", "output", step=COLUMN)
    return edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))


def test_the_ground_of_a_label_cuts_no_other_wire(qtbot: QtBot) -> None:
    hand = learned(qtbot, forked())
    hand.view.camera.set_zoom(2.0)
    canvas = hand.view.canvas
    past = next(item for item in canvas.wires.values() if item.lane is not None)
    spot = canvas.wires[wire("input_1", "conv2d_1")].spot
    assert spot is not None
    covered = [at for share in range(400) if spot.box.contains(at := past.path().pointAtPercent(share / 400))]
    assert covered, "the wire past the block leaves through the ground of the label"
    hand.view.centerOn(spot.box.center())
    seen = hand.view.viewport().grab().toImage()
    picture = Picture(hand.project, MAIN, canvas.cards.report, Style("light"))
    taken = picture.image(2.0)
    for at in covered:
        assert seen.pixelColor(hand.view.mapFromScene(at)) != canvas.look.canvas, at
        assert taken.pixelColor(((at - picture.box.topLeft()) * 2.0).toPoint()) != QColor("white"), at
