"""Initial values in the inspector: offered where there are weights, chosen apart, undone, refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from studio.blocks import every
from studio.graph import Initial, freeze
from studio.project import GraphRef, Project, edits
from studio.ui.panels.initials import InitialValues
from studio.ui.panels.node import NodeForm
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]

CNN, IDS = drawing.chain(
    ("input", {}),
    ("conv2d", {"out_channels": 8, "padding": 1}),
    ("relu", {}),
    ("conv2d", {"out_channels": 8, "bias": False}),
    ("flatten", {}),
    ("linear", {"out_features": 10}),
    ("output", {}),
)


def shown(window: MainWindow, *ids: str) -> InitialValues:
    inspector = window.workspace.inspector
    inspector.show_selection(MAIN, ids)
    assert isinstance(inspector.form, NodeForm)
    return inspector.form.initials


def choose(values: InitialValues, part: str, type: str) -> None:
    combo = values.parts[part].combo
    combo.setCurrentIndex(combo.findData(type))
    combo.activated.emit(combo.currentIndex())


def initial(window: MainWindow, node: str) -> dict[str, Initial]:
    return dict(window.document.project.graph(MAIN).nodes[node].initial)


def offered(values: InitialValues, part: str) -> set[str]:
    combo = values.parts[part].combo
    return {combo.itemData(index) for index in range(combo.count())}


def test_they_are_offered_where_there_are_weights(open_project: Open) -> None:
    window = open_project(CNN)
    linear = shown(window, IDS[5])
    assert not linear.isHidden()
    assert not linear.opened
    assert offered(linear, "weight") == {"", *(way.type for way in every("initializer"))} - {"dirac"}
    assert offered(linear, "bias") == {
        "", "uniform", "normal", "trunc_normal", "zeros", "ones", "constant"
    }  # fmt: skip
    assert shown(window, IDS[2]).isHidden()
    assert shown(window, IDS[0]).isHidden()
    bare = shown(window, IDS[3])
    assert not bare.parts["weight"].isHidden()
    assert bare.parts["bias"].isHidden()


def test_weights_and_biases_are_chosen_apart_and_undone(open_project: Open) -> None:
    window = open_project(CNN)
    values = shown(window, IDS[1])
    choose(values, "weight", "kaiming_normal")
    choose(values, "bias", "constant")
    form = values.parts["bias"].form
    assert form is not None
    form.edited.emit("val", 0.1)
    chosen = {"weight": Initial("kaiming_normal"), "bias": Initial("constant", freeze({"val": 0.1}))}
    assert initial(window, IDS[1]) == chosen
    assert not values.parts["weight"].reset.isHidden()
    values.parts["weight"].reset.click()
    assert initial(window, IDS[1]) == {"bias": chosen["bias"]}
    assert values.parts["weight"].combo.currentData() == ""
    window.document.undo()
    assert initial(window, IDS[1]) == chosen
    assert values.parts["weight"].combo.currentData() == "kaiming_normal"
    assert values.parts["weight"].form is not None


def test_several_blocks_are_set_together(open_project: Open) -> None:
    project = edits.set_initial(CNN, MAIN, IDS[1], "weight", Initial("ones"))
    window = open_project(project)
    values = shown(window, IDS[1], IDS[3])
    assert values.parts["weight"].combo.currentIndex() == -1
    assert values.parts["weight"].combo.placeholderText() == "several ways"
    choose(values, "weight", "orthogonal")
    assert initial(window, IDS[1]) == initial(window, IDS[3]) == {"weight": Initial("orthogonal")}


def test_what_is_impossible_is_shown_and_taken_back(open_project: Open, qtbot: QtBot) -> None:
    project = edits.set_initial(CNN, MAIN, IDS[5], "bias", Initial("orthogonal"))
    window = open_project(project)
    values = shown(window, IDS[5])
    assert values.opened
    assert values.parts["bias"].combo.currentData() == "orthogonal"
    form = window.workspace.inspector.form
    assert isinstance(form, NodeForm)
    (card,) = form.problem_cards()
    assert card.problem.code == "bad_initial"
    card.buttons()[0].click()
    assert initial(window, IDS[5]) == {}
    qtbot.waitUntil(lambda: form.problem_cards() == [])


@pytest.mark.parametrize(("language", "title"), [("en", "Kaiming normal"), ("zh_CN", "Kaiming 正态")])
def test_they_are_named_in_both_languages(open_project: Open, language: str, title: str) -> None:
    window = open_project(CNN)
    text.set_language(language)
    combo = shown(window, IDS[5]).parts["weight"].combo
    assert combo.itemText(combo.findData("kaiming_normal")) == title
