"""Lists of the plan offer first what fits, tell what the rest is for, and are searched."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from studio.graph import freeze
from studio.project import Choice, LossTerm, Project
from studio.ui.panels.offer import OfferList
from studio.ui.panels.plan import PlanForm
from studio.ui.window import MainWindow
from studio.ui.words.matching import ranked
from studio.ui.words.text import set_language
from tests.drawing import chain

Open = Callable[[Project], MainWindow]

LONG = 10_000


def numbers() -> Project:
    project, _ = chain(
        ("input", {"shape": (10,)}),
        ("linear", {"out_features": 8}),
        ("linear", {"out_features": 1}),
        ("output", {}),
    )
    plan = dataclasses.replace(
        project.plan, data=Choice("diabetes"), losses=(LossTerm(Choice("mse")),), metrics=(Choice("mae"),)
    )
    return dataclasses.replace(project, plan=plan)


def opened(open_project: Open, qtbot: QtBot, project: Project) -> tuple[MainWindow, PlanForm]:
    window = open_project(project)
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    qtbot.waitUntil(lambda: not all(offered(form.losses[0].choice.combo).values()), timeout=LONG)
    return window, form


def offered(choices: OfferList) -> dict[str, bool]:
    return {str(entry.key): entry.enabled for entry in choices.entries()}


def test_what_fits_stands_first_and_the_rest_says_what_it_is_for(open_project: Open, qtbot: QtBot) -> None:
    window, form = opened(open_project, qtbot, numbers())
    losses = form.losses[0].choice.combo
    found = offered(losses)
    fitting = {"kl_div", "mse", "l1", "huber", "smooth_l1", "poisson_nll", "gaussian_nll"}
    assert {name for name, fits in found.items() if fits} == fitting
    assert set(list(found)[: len(fitting)]) == fitting
    assert losses.currentData() == "mse"
    asides = {entry.key: entry.aside for entry in losses.entries()}
    assert (asides["mse"], asides["cross_entropy"]) == ("Regression", "for classes")
    optimizers = offered(form.optimizer.combo)
    assert [name for name, fits in optimizers.items() if not fits] == ["sparse_adam"]
    set_language("zh_CN")
    inner = window.workspace.inspector.form
    assert isinstance(inner, PlanForm)
    aside = {entry.key: entry.aside for entry in inner.losses[0].choice.combo.entries()}
    assert aside["cross_entropy"] == "用于类别"


def test_a_change_of_the_data_changes_what_fits(open_project: Open, qtbot: QtBot) -> None:
    _, form = opened(open_project, qtbot, numbers())
    form.data.combo.setCurrentIndex(form.data.combo.findData("wine"))
    form.data.combo.activated.emit(form.data.combo.currentIndex())
    qtbot.waitUntil(lambda: offered(form.losses[0].choice.combo)["cross_entropy"], timeout=LONG)
    found = offered(form.losses[0].choice.combo)
    assert not found["mse"]
    assert form.losses[0].choice.combo.currentData() == "mse"  # what was chosen stays until a person mends it


def test_metrics_of_other_data_are_folded_away(open_project: Open, qtbot: QtBot) -> None:
    window, form = opened(open_project, qtbot, numbers())
    inside = form.metrics.others
    fitting = {name for name, box in form.metrics.boxes.items() if not inside.isAncestorOf(box)}
    assert fitting == {"mae", "mse", "rmse", "r2", "explained_variance", "pearson", "spearman", "mape"}
    assert "(for classes)" in form.metrics.boxes["accuracy"].toolTip()
    form.metrics.boxes["f1"].click()
    assert [choice.type for choice in window.document.project.plan.metrics] == ["f1", "mae"]
    assert not inside.isAncestorOf(form.metrics.boxes["f1"])


def test_a_metric_has_settings_while_it_is_ticked(open_project: Open, qtbot: QtBot) -> None:
    window, form = opened(open_project, qtbot, numbers())
    row = form.metrics.rows["f1"]
    assert row.form is not None
    assert row.form.isHidden()
    row.box.click()
    assert not row.form.isHidden()
    row.form.edited.emit("average", "weighted")
    chosen = window.document.project.plan.metrics[0]
    assert (chosen.type, chosen.parameters) == ("f1", freeze({"average": "weighted"}))
    row.form.reset.emit("average")
    assert window.document.project.plan.metrics[0].parameters == freeze({})
    window.document.undo()
    window.document.undo()
    assert [choice.type for choice in window.document.project.plan.metrics] == ["mae"]


def test_a_long_list_is_searched_in_both_languages(open_project: Open, qtbot: QtBot) -> None:
    window, form = opened(open_project, qtbot, numbers())
    choices = form.optimizer.combo
    choices.showPopup()
    popup = choices.popup()
    assert popup is not None
    assert isinstance(popup.list, QListWidget)
    assert popup.list.count() == 15
    popup.line.setText("quasi")
    assert popup.texts() == ["L-BFGS"]
    popup.line.setText("平均")
    assert "Averaged SGD" in popup.texts()
    popup.line.setText("nesterov adam")
    popup._choose(popup.list.currentItem())
    assert window.document.project.plan.optimizers["model"].type == "nadam"
    assert choices.currentData() == "nadam"
    assert not popup.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_a_plan_chooses_is_found_by_chinese_search_words(
    language: str, open_project: Open, qtbot: QtBot
) -> None:
    window, _ = opened(open_project, qtbot, numbers())
    set_language(language)
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    lists = {"loss": form.losses[0].choice.combo, "optimizer": form.optimizer.combo,
             "schedule": form.schedule.combo}  # fmt: skip
    for role, typed, found in (
        ("loss", "离群", {"huber", "smooth_l1"}),
        ("loss", "知识蒸馏", {"kl_div"}),
        ("optimizer", "拟牛顿", {"lbfgs"}),
        ("optimizer", "省内存", {"adafactor"}),
        ("schedule", "热重启", {"cosine_restarts"}),
        ("schedule", "自定义", {"lambda_lr", "multiplicative_lr"}),
    ):
        entries = lists[role].entries()
        keys = {entry.key for entry in ranked(typed, entries, lambda entry: entry.words)}
        assert keys == found, (role, typed)


def test_the_training_panel_offers_the_same(open_project: Open, qtbot: QtBot) -> None:
    window, _ = opened(open_project, qtbot, numbers())
    short = window.workspace.training.short_plan
    short.optimizer.showPopup()
    popup = short.optimizer.popup()
    assert popup is not None
    assert not offered(short.optimizer)["sparse_adam"]
    popup.line.setText("muon")
    popup._choose(popup.list.currentItem())
    assert window.document.project.plan.optimizers["model"].type == "muon"
