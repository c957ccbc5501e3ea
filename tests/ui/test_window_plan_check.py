"""The window tells that plan and network do not fit as soon as it is known, and mends it with one click."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.compiler import Problem
from studio.compiler.analyse import Analyser
from studio.compiler.drawing import Drawing
from studio.data import Facts, inquiry
from studio.graph import Message, Value
from studio.project import Choice, Project, edits
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.drawing import CNN, MAIN, chain
from tests.train.plans.test_train_checking import (
    classes_for_numbers,
    five_for_ten,
    net,
    other_shape,
)
from tests.ui.test_panel_lists import bring_up

Open = Callable[[Project], MainWindow]
LONG = 60_000


def of_plan(window: MainWindow) -> list[Problem]:
    return [problem for problem in window.document.problems() if problem.about == "plan"]


def severity(window: MainWindow, node: str) -> str:
    view = window.workspace.networks.view
    assert view is not None
    return view.canvas.nodes[node].card.severity


@pytest.mark.parametrize(
    "draw", [five_for_ten, other_shape, classes_for_numbers], ids=lambda draw: draw.__name__
)
def test_misfit_is_listed_marked_keeps_from_training_and_is_mended_by_a_click(
    draw: Callable[[], tuple[Project, str]], open_project: Open, qtbot: QtBot
) -> None:
    project, node = draw()
    window = open_project(project)
    # What is left is only worth a look: a ReLU before the loss, for one.
    while errors := [problem for problem in of_plan(window) if problem.severity == "error"]:
        first = errors[0]
        assert severity(window, first.node) == "error"
        assert not window.commands["train"].isEnabled()
        assert "Mend the problems first" in window.workspace.training.why.text()
        assert window.document.report(MAIN).ok  # type: ignore[union-attr]  # the drawing itself is right
        bring_up(window, qtbot, "problems")
        card = window.workspace.problems.cards()[0]
        assert str(first.message) in "\n".join(label.text() for label in card.said())
        qtbot.mouseClick(card.buttons()[0], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda first=first: first not in of_plan(window), timeout=LONG)  # type: ignore[misc]
    assert severity(window, node) == ""
    qtbot.waitUntil(lambda: window.commands["train"].isEnabled(), timeout=LONG)
    while window.document.history.can_undo:
        window.document.undo()
    qtbot.waitUntil(lambda: bool(of_plan(window)), timeout=LONG)


def test_misfit_is_told_while_it_is_drawn(open_project: Open, qtbot: QtBot) -> None:
    project, ids = chain(*CNN)
    window = open_project(project)
    assert of_plan(window) == []
    last = ids[-2]
    edited = edits.set_parameters(window.document.project, MAIN, last, {"out_features": 7})
    window.document.do(Message("Set"), edited)
    qtbot.waitUntil(lambda: [problem.node for problem in of_plan(window)] == [last])
    window.document.undo()
    qtbot.waitUntil(lambda: of_plan(window) == [])
    plan = dataclasses.replace(window.document.project.plan, data=Choice("wine"))
    window.document.do(Message("Set"), edits.set_plan(window.document.project, plan))
    qtbot.waitUntil(lambda: [problem.code for problem in of_plan(window)] == ["input_shape", "output_size"])


def pictures(root: Path, classes: int) -> Path:
    for index in range(classes):
        (root / str(index)).mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (8, 8), (index * 40, 0, 0)).save(root / str(index) / f"{number}.png")
    return root


def on_pictures(root: Path) -> Project:
    data = Choice("image_folder", {"folder": str(root), "height": 8, "width": 8})
    return net(("linear", {"out_features": 10}), shape=(3, 8, 8), data=data)


def test_folder_is_never_asked_on_the_windows_thread(
    open_project: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    honest = inquiry.facts_of  # type: ignore[attr-defined]  # where it is asked

    released = threading.Event()

    def slow(choice: Choice) -> Facts:
        asked.append(threading.current_thread() is threading.main_thread())
        released.wait(5)  # a slow disk
        facts: Facts = honest(choice)
        return facts

    monkeypatch.setattr(inquiry, "facts_of", slow)
    window = open_project(on_pictures(pictures(tmp_path / "pictures", 4)))
    assert of_plan(window) == []  # nothing is known yet, so nothing is said
    window.document.do(Message("Set"), edits.set_loop(window.document.project, "epochs", 3))
    assert of_plan(window) == []
    released.set()
    qtbot.waitUntil(lambda: len(of_plan(window)) == 1, timeout=LONG)
    assert str(of_plan(window)[0].message).startswith(
        "Cross entropy expects an output of B × 4 for this data (4 classes) and received B × 10."
    )
    assert asked
    assert not any(asked)


def test_folder_that_is_missing_is_a_warning_and_leads_to_the_plan(
    open_project: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiry, "FRESH_SECONDS", 0.0)
    window = open_project(on_pictures(tmp_path / "pictures"))
    qtbot.waitUntil(lambda: len(of_plan(window)) == 1, timeout=LONG)
    assert of_plan(window)[0].severity == "warning"
    assert window.session.obstacle() is None  # it may be there by then
    view = window.workspace.networks.view
    assert view is not None
    view.select_all()
    bring_up(window, qtbot, "problems")
    (card,) = window.workspace.problems.cards()
    assert card.said()[0].text() == "Training plan"
    assert str(tmp_path / "pictures") in card.said()[1].text()
    set_language("zh_CN")
    assert window.workspace.problems.cards()[0].said()[0].text() == "训练方案"
    set_language("en")
    window.workspace.problems.go_to_next()
    assert view.selected() == []
    qtbot.waitUntil(lambda: window.workspace.docks.in_front("inspector"))
    # A person makes the folder elsewhere and comes back to the window.
    pictures(tmp_path / "pictures", 10)
    window.document._come_back(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: of_plan(window) == [], timeout=LONG)


def test_an_edit_of_a_large_drawing_is_checked_without_looking_at_all_of_it(
    open_project: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    body: list[tuple[str, dict[str, Value]]] = [("linear", {"out_features": 64}), ("relu", {})] * 98
    project = net(*body, ("linear", {"out_features": 5}))
    looked: list[str] = []
    outcome = Analyser._outcome

    def counted(self: Analyser, project: Project, drawing: Drawing, key: str, *rest: Any) -> Any:
        looked.append(key)
        return outcome(self, project, drawing, key, *rest)

    monkeypatch.setattr(Analyser, "_outcome", counted)
    window = open_project(project)
    qtbot.waitUntil(lambda: len(of_plan(window)) == 1, timeout=LONG)
    assert len(set(looked)) == 2 * 98 + 4
    last = list(window.document.project.graph(MAIN).of_type("linear"))[-2].id
    for features in range(20, 27):
        looked.clear()
        project = edits.set_parameters(window.document.project, MAIN, last, {"out_features": features})
        window.document.do(Message("Set"), project)
        qtbot.waitUntil(lambda want=features: shape_at(window, last) == f"B × {want}")  # type: ignore[misc]
        qtbot.waitUntil(lambda: not window.document.analysis.pending(MAIN))
        assert of_plan(window)[0].fixes
        # What is behind an unchanged shape is not looked at, nor is anything by the check of the plan.
        assert looked == ["linear_98", "relu_98", "linear_99"]


def shape_at(window: MainWindow, node: str) -> str:
    report = window.document.report(MAIN)
    return str(report.nodes[node].outputs.get("y")) if report is not None else ""
