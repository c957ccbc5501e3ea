"""Only what gives what it takes is bypassed; anything else says why, at the block and in the inspector."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.compiler import Report, Tensor
from studio.project import Project
from studio.ui.panels.fields import BoolField
from studio.ui.panels.node import NodeForm
from studio.ui.window import MainWindow
from tests import drawing
from tests.ui.canvas_hand import CTRL, MAIN, Hand, drawn, known

Open = Callable[[Project], MainWindow]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    made = Hand(qtbot, drawn("input", "conv2d", "relu", "flatten", "output"))
    image, wide = Tensor.of(1, 28, 28), Tensor.of(32, 26, 26)
    tensors = {"input_1": image, "conv2d_1": wide, "relu_1": wide, "flatten_1": Tensor.of(21632)}
    made.learn(with_arrivals(made.project, tensors))
    return made


def with_arrivals(project: Project, tensors: dict[str, Tensor]) -> Report:
    report = known(project, tensors)
    graph, nodes = project.graph(MAIN), {}
    for id, row in report.nodes.items():
        arriving = {
            wire.target.port: (tensors[wire.source.node],)
            for wire in graph.into(id)
            if wire.source.node in tensors
        }
        nodes[id] = dataclasses.replace(row, inputs=arriving)
    return dataclasses.replace(report, nodes=nodes)


def bypassed(hand: Hand) -> set[str]:
    return {id for id, node in hand.project.graph(MAIN).nodes.items() if node.bypassed}


def test_a_block_that_keeps_the_shape_is_bypassed(hand: Hand) -> None:
    hand.view.select(["relu_1"])
    with hand.step("Bypass “relu1”"):
        hand.key(Qt.Key.Key_B, CTRL)
    assert bypassed(hand) == {"relu_1"}


def test_a_block_that_changes_the_shape_says_why_it_is_not(hand: Hand) -> None:
    told: list[object] = []
    hand.view.message.connect(told.append)
    hand.view.select(["flatten_1"])
    with hand.nothing():
        hand.key(Qt.Key.Key_B, CTRL)
    why = "it makes B × 21632 of B × 32 × 26 × 26, and what is behind it needs that."
    said = f"“flatten1” cannot be bypassed: {why}"
    assert [str(one) for one in told] == [said]
    assert hand.view.bubble.text() == said
    assert hand.view.bubble.isVisible()


@pytest.mark.parametrize("id", ["input_1", "output_1"])
def test_where_tensors_enter_and_leave_nothing_is_bypassed(hand: Hand, id: str) -> None:
    hand.view.select([id])
    with hand.nothing():
        hand.key(Qt.Key.Key_B, CTRL)
    assert "does not have an input to pass on" in hand.view.bubble.text()


def test_of_several_those_that_can_are_bypassed(hand: Hand) -> None:
    hand.view.select_all()
    with hand.step("Bypass “relu1”"):
        hand.key(Qt.Key.Key_B, CTRL)
    assert bypassed(hand) == {"relu_1"}
    assert hand.view.bubble.isVisible()
    hand.view.select(["relu_1"])
    with hand.step("Bypass “relu1”"):
        hand.key(Qt.Key.Key_B, CTRL)
    assert bypassed(hand) == set()


def test_the_inspector_refuses_the_same(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(
        drawing.chain(("input", {}), ("flatten", {}), ("relu", {}), ("linear", {}), ("output", {}))[0]
    )
    told: list[object] = []
    window.document.failed.connect(told.append)
    for id, refused in (("flatten_1", True), ("relu_1", False), ("linear_1", True)):
        told.clear()
        window.workspace.inspector.show_selection(MAIN, [id])
        form = window.workspace.inspector.form
        assert isinstance(form, NodeForm)
        field = form.options.field("bypassed")
        assert isinstance(field, BoolField)
        field.box.click()
        assert field.box.checkState() == (Qt.CheckState.Unchecked if refused else Qt.CheckState.Checked)
        assert window.document.project.graph(MAIN).nodes[id].bypassed is not refused
        assert len(told) == refused
