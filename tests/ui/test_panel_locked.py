"""The inspector of a locked drawing: nothing in it can be changed, and every input says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Composite, GraphRef, Project, edits
from studio.project.locking import lock
from studio.ui.panels.node import NodeForm
from studio.ui.panels.number import NumberSpin
from studio.ui.panels.several import SeveralForm
from studio.ui.window import MainWindow
from tests import drawing
from tests.drawing import MAIN

Open = Callable[[Project], MainWindow]
WHY = "The drawing “main” is locked. Unlock it to change something."

PROJECT, IDS = drawing.chain(
    ("input", {}), ("conv2d", {"out_channels": 8}), ("flatten", {}), ("linear", {}), ("output", {})
)
CONV, LINEAR = IDS[1], IDS[3]


def set_lock(window: MainWindow, on: bool) -> None:
    assert window.document.attempt(Message("Lock"), lambda project: lock(project, MAIN, on))


def shown(window: MainWindow, *ids: str) -> NodeForm | SeveralForm:
    window.workspace.docks.show("inspector")
    window.workspace.inspector.show_selection(MAIN, ids)
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm | SeveralForm)
    return form


def test_inputs_are_switched_off_while_the_drawing_is_locked(open_project: Open) -> None:
    window = open_project(PROJECT)
    one = shown(window, CONV)
    assert isinstance(one, NodeForm)
    spin = one.form.field("out_channels").findChildren(NumberSpin)[0]
    spin.lineEdit().setText("0")
    spin.lineEdit().textEdited.emit("0")
    assert one.form.refusal("out_channels")
    inputs: list[QWidget] = [
        spin,
        one.name,
        one.form.reset_button("out_channels"),
        one.options.field("frozen"),
        one.initials.parts["weight"].combo,
    ]
    set_lock(window, True)
    assert not any(each.isEnabled() for each in inputs)
    assert spin.lineEdit().text() == "8"
    assert one.form.refusal("out_channels") == ""
    for widget in (one.name, one.form.field("out_channels"), inputs[-1]):
        assert WHY in widget.toolTip()
    set_lock(window, False)
    assert all(each.isEnabled() for each in inputs)
    for widget in (one.name, one.form.field("out_channels"), inputs[-1]):
        assert WHY not in widget.toolTip()
    set_lock(window, True)
    several = shown(window, CONV, LINEAR)
    assert isinstance(several, SeveralForm)
    assert not several.form.field("bias").isEnabled()
    assert WHY in several.options.field("frozen").toolTip()


def test_what_the_document_refuses_does_not_stay_in_its_field(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(PROJECT)
    one = shown(window, CONV)
    assert isinstance(one, NodeForm)
    set_lock(window, True)
    field = one.form.field("out_channels")
    field.setEnabled(True)  # as if something else refused the edit
    line = field.findChildren(NumberSpin)[0].lineEdit()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "77")
    assert line.text() == "8"


def test_a_refused_name_stays_only_while_it_is_typed(open_project: Open, qtbot: QtBot) -> None:
    inside = GraphRef("composite", "Block")
    project = edits.set_composite(Project(), "Block", Composite())
    for name in ("x", "b"):
        project, node = edits.add_node(project, inside, "input", (0.0, 0.0), name=name)
    window = open_project(project)
    window.workspace.docks.show("inspector")
    window.workspace.inspector.show_selection(inside, [node])
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "x")
    assert form.name.text() == "x"
    form.name.editingFinished.emit()
    assert form.name.text() == "b"
