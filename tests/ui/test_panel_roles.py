"""A plan of several networks as a form: who plays what, each with its optimizer, every choice undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from studio.blocks import block, input_port
from studio.blocks.declare import registered, restore
from studio.blocks.recipes import Network
from studio.project import Choice, Project, edits
from studio.ui.panels.choice import ChoiceEditor
from studio.ui.panels.plan import PlanForm
from studio.ui.window import MainWindow
from tests.drawing import CNN, chain

Open = Callable[[Project], MainWindow]


@pytest.fixture(autouse=True)
def contest() -> Iterator[None]:
    before = registered()

    @block("nothing.Contest", type="contest", group="recipe", role="recipe")
    class Contest:
        """Two networks against each other."""

        forger: Network = input_port("Makes.")
        critic: Network = input_port("Judges.")

    yield
    restore(before)


def form(window: MainWindow) -> PlanForm:
    found = window.workspace.inspector.form
    assert isinstance(found, PlanForm)
    return found


def choose(editor: ChoiceEditor, type: str) -> None:
    editor.combo.setCurrentIndex(editor.combo.findData(type))
    editor.combo.activated.emit(editor.combo.currentIndex())


def test_another_recipe_asks_for_its_networks_and_how_each_learns(open_project: Open) -> None:
    project, _ = chain(*CNN)
    window = open_project(edits.add_network(project, "critic"))
    before = window.document.project
    choose(form(window).recipe, "contest")
    plan = window.document.project.plan
    assert dict(plan.networks) == {"forger": "main", "critic": "critic"}
    shown = form(window)
    assert {role: combo.currentText() for role, combo in shown.roles.combos.items()} == dict(plan.networks)
    assert shown._losses_fold.isHidden()
    assert shown._metrics_fold.isHidden()
    choose(shown.optimizers.editors["critic"], "sgd")
    choose(shown.schedules.editors["forger"], "cosine_lr")
    optimizers = window.document.project.plan.optimizers
    assert (optimizers["critic"], optimizers["model"]) == (Choice("sgd"), before.plan.optimizers["model"])
    assert dict(window.document.project.plan.schedules) == {"forger": Choice("cosine_lr")}
    combo = form(window).roles.combos["forger"]
    combo.setCurrentText("critic")
    combo.activated.emit(combo.currentIndex())
    assert window.document.project.plan.networks["forger"] == "critic"
    for _ in range(4):
        window.document.undo()
    assert window.document.project == before
    assert list(form(window).roles.combos) == ["model"]
    assert not form(window)._losses_fold.isHidden()
