"""The walk through the flow, by keys and mouse, on the real window: before, during and after a training."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Choice, GraphRef, Project, edits, grouping
from studio.ui.canvas.camera import READABLE
from studio.ui.canvas.flow_hint import EDGE
from studio.ui.panels.walk import WalkPanel
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.drawing import MAIN, add, chain, wire
from tests.train.projects import loop, with_plan

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def wines(epochs: int = 3) -> Project:
    """A network for the wines, with a composite of two blocks that runs twice."""
    project, ids = chain(
        ("input", {"shape": (13,)}),
        ("linear", {"out_features": 13}),
        ("relu", {}),
        ("linear", {"out_features": 3}),
        ("output", {}),
    )
    project, block = grouping.group_nodes(project, MAIN, ids[1:3])
    project = edits.change_node(project, MAIN, block, repeat=2)
    return with_plan(project, data=Choice("wine"), loop=loop(epochs=epochs))


@pytest.fixture
def drawn(open_project: Callable[[Project], MainWindow]) -> MainWindow:
    return open_project(wines())


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def walk_of(window: MainWindow, qtbot: QtBot) -> WalkPanel:
    """Open the walk by its key, and wait until something is seen."""
    view = window.workspace.networks.view
    assert view is not None
    window.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Key.Key_F7)
    walk = window.workspace.walk
    qtbot.waitUntil(lambda: walk.stage.currentIndex() == 1, timeout=30_000)
    return walk


def names(window: MainWindow) -> str:
    """Give the name of the selected node, with the composite that it stands in."""
    networks = window.workspace.networks
    assert networks.view is not None
    assert networks.ref is not None
    (id,) = networks.view.selected()
    name = networks.view.canvas.cards.graph.nodes[id].name
    return name if networks.ref.place == "network" else f"{networks.ref.name}/{name}"


def test_the_walk_goes_by_keys_into_composites_and_comes_back(drawn: MainWindow, qtbot: QtBot) -> None:
    walk = walk_of(drawn, qtbot)
    before = drawn.document.project
    assert drawn.focusWidget() is walk.slider
    graph = before.graph(MAIN)
    order = [graph.nodes[id].name for id in graph.order()]
    (composite,) = before.composites
    inside = before.composites[composite].graph
    within = [f"{composite}/{inside.nodes[id].name}" for id in inside.order()]
    place = next(number for number, id in enumerate(graph.order()) if graph.nodes[id].composite)
    wanted = [*order[: place + 1], *within, *order[place + 1 :]]
    seen = []
    for number in range(len(wanted)):
        assert walk.slider.value() == number
        qtbot.waitUntil(lambda: walk.flowing.seen is not None and walk.at in walk.flowing.seen.ask.wanted)
        seen.append(names(drawn))
        view = drawn.workspace.networks.view
        assert view is not None
        # In the middle, with the wires at it lit.
        body = view.canvas.nodes[view.selected()[0]].body()
        middle = view.viewportTransform().map(body.center()) - view.viewport().rect().center()
        assert abs(middle.x()) + abs(middle.y()) < 4
        lit = {wire for wire, item in view.canvas.wires.items() if item.hover}
        at = view.canvas.cards.graph
        assert lit == {*at.into(view.selected()[0]), *at.out_of(view.selected()[0])}
        press(drawn, Key.Key_Right)
    assert seen == ["x", *wanted[1:]]
    press(drawn, Key.Key_Home)
    assert names(drawn) == order[0]
    press(drawn, Key.Key_End)
    assert names(drawn) == order[-1]
    press(drawn, Key.Key_Left)
    assert names(drawn) == order[-2]
    QTest.mouseClick(walk.back, LEFT)
    assert names(drawn) == within[-1]
    assert drawn.document.project is before


def test_what_is_seen_of_a_step(drawn: MainWindow, qtbot: QtBot) -> None:
    walk = walk_of(drawn, qtbot)
    press(drawn, Key.Key_End)
    press(drawn, Key.Key_Left)
    stage = walk.stage
    qtbot.waitUntil(lambda: stage.shapes.text() == "13  →  3")
    assert [look.said for look in stage.spreads.looks if not look.isHidden()] == ["Weights: 42", "Gradients"]
    assert stage.does.text()
    (leaves,) = [look for look in stage.leaving.looks if not look.isHidden()]
    assert leaves.picture is not None
    assert len(leaves.picture.values) == 3
    assert len(stage.bars.chances) == 3
    assert sum(chance for _, chance in stage.bars.chances) == pytest.approx(1)
    assert "Sample 0" in stage.truth.text()


def test_an_input_only_has_something_that_leaves(drawn: MainWindow, qtbot: QtBot) -> None:
    walk = walk_of(drawn, qtbot)
    qtbot.waitUntil(lambda: walk.stage.shapes.text() == "Leaves: 13")
    assert "13" not in walk.stage.does.text()
    assert [look.said for look in walk.stage.leaving.looks if not look.isHidden()] == ["Leaves"]


def test_a_walk_comes_near_enough_to_read_and_a_far_canvas_says_why_it_shows_nothing(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    view = drawn.workspace.networks.view
    assert view is not None
    hint = view.flow_hint
    view.camera.set_zoom(0.3)
    assert not hint.isVisible()  # nobody asked for pictures
    drawn.commands["flow"].trigger()
    assert hint.isVisible()
    assert hint.text() == "Zoom in to see what flows"
    view.zoom_100()
    assert not hint.isVisible()
    view.camera.set_zoom(0.3)
    view.camera.pan(40.0, 30.0)
    assert hint.pos().y() == EDGE
    assert abs(2 * hint.pos().x() + hint.width() - view.viewport().width()) <= 1
    QTest.mouseClick(hint, LEFT)
    assert view.camera.zoom == READABLE
    assert not hint.isVisible()
    view.camera.set_zoom(0.1)
    walk = walk_of(drawn, qtbot)
    assert view.camera.zoom == READABLE
    view.camera.set_zoom(0.2)
    press(drawn, Key.Key_Right)
    assert view.camera.zoom == READABLE
    view.camera.set_zoom(1.5)
    press(drawn, Key.Key_Left)
    assert view.camera.zoom == 1.5  # a person's own zoom stays
    view.camera.set_zoom(0.3)
    assert hint.isVisible()
    drawn.commands["flow"].trigger()
    assert not hint.isVisible()
    assert walk.isVisible()


def test_whose_weights_are_seen_is_said_before_during_and_after_a_training_and_after_an_edit(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    walk, session = walk_of(drawn, qtbot), drawn.session

    def waits(said: str) -> None:
        qtbot.waitUntil(lambda: walk.weights.isVisible() and said in walk.weights.text(), timeout=30_000)

    waits("Weights: not trained yet")
    set_language("zh_CN")
    waits("权重：尚未训练")
    set_language("en")
    before = drawn.document.project
    drawn.document.do(Message("Edit"), edits.set_loop(before, "epochs", 100_000))
    qtbot.waitUntil(lambda: drawn.commands["train"].isEnabled())
    drawn.commands["train"].trigger()
    qtbot.waitUntil(lambda: session.latest is not None, timeout=30_000)
    drawn.workspace.docks.show("flow")  # the curves came to the front
    waits("Weights: while training, step ")
    assert walk.flowing.seen is not None
    assert walk.weights.text().endswith(f" {walk.flowing.seen.step}")
    session.stop()
    qtbot.waitUntil(lambda: not session.active, timeout=20_000)
    drawn.workspace.docks.show("flow")
    waits("Weights: best of the run of ")
    assert session.finished is not None
    assert session.finished.best is not None
    assert walk.weights.text().endswith(f"(epoch {session.finished.best.epoch})")
    (relu,) = next(iter(before.composites.values())).graph.of_type("relu")
    ref = GraphRef("composite", next(iter(before.composites)))
    drawn.document.do(Message("Edit"), edits.change_node(drawn.document.project, ref, relu.id, bypassed=True))
    waits("The drawing has changed since the run: new weights, not trained.")
    drawn.document.undo()
    waits("Weights: best of the run of ")


def test_a_sample_is_chosen_by_class_number_and_chance(drawn: MainWindow, qtbot: QtBot) -> None:
    walk = walk_of(drawn, qtbot)

    def wait(index: int) -> None:
        qtbot.waitUntil(lambda: walk.flowing.seen is not None and walk.flowing.seen.index == index)

    walk.index.setFocus()
    walk.index.selectAll()
    QTest.keyClicks(walk.index, "7")
    press(drawn, Key.Key_Return)
    wait(7)
    QTest.mouseClick(walk.next_button, LEFT)
    wait(8)
    classes = walk.of_class
    classes.setFocus()
    QTest.keyClick(classes, Key.Key_End)
    qtbot.waitUntil(lambda: walk.flowing.seen is not None and walk.flowing.seen.truth == 2)
    assert walk.flowing.choice.of_class == 2
    walk.part.setFocus()
    QTest.keyClick(walk.part, Key.Key_End)
    qtbot.waitUntil(lambda: walk.flowing.seen is not None and walk.flowing.seen.ask.part == "test")
    QTest.mouseClick(walk.random_button, LEFT)
    assert 0 <= walk.flowing.choice.index < 200
    assert walk.last.isVisible()  # the composite runs twice
    walk.last.setFocus()
    QTest.keyClick(walk.last, Key.Key_Space)
    qtbot.waitUntil(lambda: walk.flowing.seen is not None and not walk.flowing.seen.ask.last)


def test_the_toggle_shows_pictures_while_a_network_trains_and_after(
    open_project: Callable[[Project], MainWindow], qtbot: QtBot
) -> None:
    window = open_project(wines(epochs=100_000))
    flowing, session, view = window.workspace.flowing, window.session, window.workspace.networks.view
    assert view is not None
    view.zoom_100()
    view.frame_all()
    assert not flowing._timer.isActive()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: window.commands["train"].isEnabled())
    QTest.keyClick(view, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: session.latest is not None, timeout=30_000)
    assert session.run is not None
    assert session.run.control.seen is None
    QTest.keyClick(view, Key.Key_A, CTRL | SHIFT)
    assert window.commands["flow"].isChecked()
    shown = set(view.canvas.nodes)
    qtbot.waitUntil(lambda: view.flow.items.keys() == shown, timeout=20_000)
    first = flowing.seen
    assert first is not None
    assert first.step > 0
    qtbot.waitUntil(lambda: flowing.seen is not None and flowing.seen.step > first.step)
    # Far out nobody sees a picture: none is asked for.
    view.camera.set_zoom(0.3)
    qtbot.waitUntil(lambda: flowing.seen is not None and not flowing.seen.ask.wanted)
    view.zoom_100()
    view.frame_all()
    session.stop()
    qtbot.waitUntil(lambda: not session.active, timeout=20_000)
    qtbot.waitUntil(lambda: flowing.seen is not None and "test" in flowing.seen.counts, timeout=20_000)
    assert flowing._rested is not None
    assert session.finished is not None
    assert flowing._rested.key == session.finished.run
    qtbot.waitUntil(lambda: view.flow.items.keys() == shown)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(view, Key.Key_A, CTRL | SHIFT)
    assert not view.flow.items
    assert not flowing._timer.isActive()
    assert not window.commands["flow"].isChecked()


def test_a_network_outside_the_plan_says_so(drawn: MainWindow, qtbot: QtBot) -> None:
    project = edits.add_network(drawn.document.project, "second")
    second = GraphRef("network", "second")
    project, _ = chain(("input", {"shape": (2,)}), ("output", {}), ref=second, project=project)
    drawn.document.do(Message("x"), project)
    view = drawn.workspace.networks.show_graph(second)
    assert view is not None
    drawn.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Key.Key_F7)
    walk = drawn.workspace.walk
    qtbot.waitUntil(lambda: drawn.workspace.flowing.error is not None, timeout=20_000)
    assert walk.network == "second"
    qtbot.waitUntil(lambda: walk.stage.currentIndex() == 0)
    assert "second" in walk.stage.words.text()


def test_pictures_find_their_places_again_when_blocks_are_moved(drawn: MainWindow, qtbot: QtBot) -> None:
    view = drawn.workspace.networks.view
    assert view is not None
    view.zoom_100()
    view.frame_all()
    drawn.commands["flow"].trigger()
    qtbot.waitUntil(lambda: view.flow.items.keys() == set(view.canvas.nodes), timeout=30_000)
    before = {node: item.box for node, item in view.flow.items.items()}
    # Turned, data flows down: the pictures hang beside their cards.
    drawn.commands["canvas.turn"].trigger()
    qtbot.waitUntil(lambda: all(item.box.left() > 0 for item in view.flow.items.values()))
    qtbot.waitUntil(lambda: view.flow.items.keys() == before.keys())
    assert {node: item.box for node, item in view.flow.items.items()} != before
    view.zoom_100()
    drawn.commands["flow"].trigger()
    assert not view.flow.items


def test_each_use_of_a_composite_is_walked_through_by_itself(
    open_project: Callable[[Project], MainWindow], qtbot: QtBot
) -> None:
    project, ids = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 13}), ("relu", {}))
    project, first = grouping.group_nodes(project, MAIN, ids[1:])
    name = project.graph(MAIN).nodes[first].composite
    project, second = edits.add_node(project, MAIN, "composite", (400.0, 0.0), composite=name)
    project = wire(project, first, second)
    project, head = add(project, "linear", [second], parameters={"out_features": 3})
    project, _ = add(project, "output", [head])
    window = open_project(with_plan(project, data=Choice("wine"), loop=loop()))
    walk = walk_of(window, qtbot)
    inside = project.composites[name].graph
    linear = next(node.id for node in inside.of_type("linear"))
    found = []
    for use in (first, second):
        walk.begin("main", (use, linear))
        walk.stepped.emit(("main", (use, linear)))
        assert window.workspace.flowing.prefix == (use,)

        def is_there(path: tuple[str, str] = (use, linear)) -> bool:
            return walk.flowing.seen is not None and path in walk.flowing.seen.nodes

        qtbot.waitUntil(is_there)
        assert walk.flowing.seen is not None
        found.append(walk.flowing.seen.nodes[use, linear].leaving[0].picture.values)
    assert found[0] != found[1]


def test_a_walk_begins_anew_when_another_project_is_opened(drawn: MainWindow, qtbot: QtBot) -> None:
    walk = walk_of(drawn, qtbot)
    assert walk.network == "main"
    other = edits.rename_network(drawn.document.project, "main", "other")
    with qtbot.captureExceptions() as raised:
        drawn.document._replace(other, None, saved=True)
        qtbot.waitUntil(lambda: walk.network == "other")
    assert raised == []
