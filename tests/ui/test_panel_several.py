"""Blocks of several types in the inspector: what they share is edited at once, as one step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from studio.blocks import find
from studio.project import Project
from studio.project.file import dumps
from studio.ui.panels.several import SeveralForm, shared
from studio.ui.window import MainWindow
from tests import drawing
from tests.drawing import MAIN

Open = Callable[[Project], MainWindow]

PROJECT, IDS = drawing.chain(
    ("input", {}),
    ("conv2d", {"kernel_size": 5, "bias": False}),
    ("max_pool2d", {"kernel_size": 2}),
    ("flatten", {}),
    ("linear", {}),
    ("output", {}),
)
INPUT, CONV, POOL, FLATTEN, LINEAR, OUTPUT = IDS


@pytest.fixture
def window(open_project: Open) -> MainWindow:
    return open_project(PROJECT)


def form(window: MainWindow, *ids: str) -> SeveralForm:
    window.workspace.docks.show("inspector")
    view = window.workspace.networks.view
    assert view is not None
    view.select(ids)
    found = window.workspace.inspector.form
    assert isinstance(found, SeveralForm)
    return found


def given(window: MainWindow, name: str, *ids: str) -> list[object]:
    nodes = window.document.project.graph(MAIN).nodes
    return [getattr(nodes[id], name, nodes[id].parameters.get(name)) for id in ids]


def test_only_what_all_have_by_one_name_and_kind_is_shared() -> None:
    def names(*types: str) -> list[str]:
        blocks = [find(type) for type in types]
        assert None not in blocks
        return [one.name for one in shared([block for block in blocks if block is not None])]

    assert "bias" in names("conv2d", "linear")
    assert "kernel_size" in names("conv2d", "max_pool2d")
    assert "in_channels" not in names("conv2d", "conv_transpose2d")
    assert names("conv2d", "relu") == names("relu", "conv2d")
    assert names("input", "conv2d") == []
    dropouts = shared([block for block in map(find, ("dropout", "dropout2d")) if block is not None])
    assert [one.name for one in dropouts][:1] == ["p"]


def test_a_shared_parameter_shows_several_values_and_is_set_in_one_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    shown = form(window, CONV, LINEAR)
    assert [one.name for one in shown.parameters] == ["bias"]
    assert shown.mixed("bias")
    before = dumps(window.document.project)
    box = shown.form.field("bias").findChild(QCheckBox)
    assert box is not None
    assert box.checkState() == Qt.CheckState.PartiallyChecked
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert [str(label) for label in window.document.history.labels()] == ["Set Bias of 2 blocks"]
    values = given(window, "bias", CONV, LINEAR)
    assert len(set(map(str, values))) == 1
    assert not shown.mixed("bias")
    window.document.undo()
    assert dumps(window.document.project) == before
    assert box.checkState() == Qt.CheckState.PartiallyChecked


def test_sizes_are_typed_for_all_and_put_back_each_to_its_own(window: MainWindow) -> None:
    shown = form(window, CONV, POOL)
    assert "kernel_size" in [one.name for one in shown.parameters]
    field = shown.form.field("kernel_size")
    line = field.findChild(QLineEdit)
    assert line is not None
    assert line.placeholderText() == "several values"
    line.setFocus()
    QTest.keyClicks(line, "3")
    assert given(window, "kernel_size", CONV, POOL) == [3, 3]
    assert [str(label) for label in window.document.history.labels()] == ["Set Kernel size of 2 blocks"]
    shown.form.reset.emit("kernel_size")
    assert given(window, "kernel_size", CONV, POOL) == [None, None]


def test_freezing_reaches_what_learns_and_bypassing_says_what_it_cannot(window: MainWindow) -> None:
    shown = form(window, INPUT, CONV, FLATTEN, LINEAR)
    assert shown.parameters == []
    told: list[str] = []
    window.document.failed.connect(lambda message: told.append(str(message)))
    shown.options.edited.emit("frozen", True)
    assert given(window, "frozen", INPUT, CONV, FLATTEN, LINEAR) == [False, True, False, True]
    shown.options.edited.emit("rate_factor", 0.5)
    assert given(window, "rate_factor", INPUT, CONV, FLATTEN, LINEAR) == [1.0, 0.5, 1.0, 0.5]
    assert told == []
    before = window.document.project
    shown.options.edited.emit("bypassed", True)
    assert len(told) == 1
    assert window.document.project is before
    assert [str(label) for label in window.document.history.labels()] == [
        "Set Frozen of 2 blocks",
        "Set Rate factor of 2 blocks",
    ]
