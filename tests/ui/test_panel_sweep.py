"""A sweep is made in the window, trains on its thread, shows each trial as it ends, is stopped, goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import GraphRef, Project
from studio.project.process import this_process
from studio.project.settings import apply, every_setting
from studio.project.sweeps import SweepPlan, variable
from studio.train import TrainError
from studio.train.sweeps.state import NOBODY, Sweep, Trial
from studio.ui.panels.form import Form
from studio.ui.panels.node import NodeForm
from studio.ui.panels.plan import PlanForm
from studio.ui.panels.sweep_curves import SweepCurves
from studio.ui.panels.sweep_form import suited
from studio.ui.panels.sweep_results import WIDEST, SweepResults
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.ui.test_window_train import LONG, small

Open = Callable[[Project], MainWindow]
MAIN = GraphRef("network", "main")
RATE = "plan.optimizers.model.lr"


@pytest.fixture
def window(open_project: Open, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = open_project(small(epochs=1))
    assert window.document.save_as(tmp_path / "net.netwright")
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
    window.workspace.docks.show("runs")
    window.workspace.runs.sweep_button.click()
    return window


def test_a_sweep_is_made_watched_and_its_best_is_applied(window: MainWindow, qtbot: QtBot) -> None:
    panel, session = window.workspace.runs.sweep, window.session
    form = panel.form
    assert [row.path for row in form.rows] == [RATE]
    assert isinstance(form.plan(), SweepPlan)
    form.rows[0].values.setText("nonsense")
    assert not panel.start.isEnabled()
    assert not form.rows[0].wrong.isHidden()
    form.rows[0].values.setText("0.000001,0.02")
    form.method.setCurrentIndex(form.method.findData("grid"))
    form.trials.setValue(0)
    form._changed()
    assert panel.start.isEnabled()
    assert panel._said.text() == "2 trials"
    begun: list[object] = []
    session.began.connect(lambda: begun.append(session.log))
    panel.start.click()
    assert (panel.stop.isVisibleTo(panel), panel.start.isVisibleTo(panel)) == (True, False)
    qtbot.waitUntil(lambda: not session.active, timeout=LONG)
    shown = panel.shown
    assert shown is not None
    assert [trial.state for trial in shown.trials] == ["done", "done"]
    assert len({id(log) for log in begun}) == 2, "each trial has curves of its own"
    assert window.workspace.docks.in_front("runs"), "no trial takes the eyes away"
    results = panel.results
    assert [results.model.item(row, 2).text() for row in range(2)] == ["0.02", "0.000001"], "the best first"
    assert results.model.item(0, 0).font().bold()
    qtbot.waitUntil(lambda: len(window.workspace.runs.records()) == 2, timeout=LONG)
    results.parallel.resize(400, 200)
    line = results.parallel.points(1)
    assert results.parallel.at(line[0] + QPointF(2, 3)) == 1
    assert results.parallel.at(results.parallel.points(0)[-1] - QPointF(2, 3)) == 0
    assert results.parallel.at(QPointF(QPoint(0, 0))) == -1
    results.parallel.grab()
    text.set_language("zh_CN")
    assert results.tabText(1) == "平行坐标"
    before = window.document.project
    panel.take.click()
    assert window.document.project.plan.optimizers["model"].parameters["lr"] == 0.02
    window.document.undo()
    assert window.document.project == before
    results.opened.emit(shown.trials[0].run)
    chosen = window.workspace.runs.chosen()
    assert chosen is not None
    assert chosen.folder == shown.trials[0].run


def test_a_sweep_begins_at_the_setting_that_it_varies(window: MainWindow) -> None:
    space = window.workspace
    space.runs.show_table()

    def vary(form: Form, name: str) -> None:
        title = form._rows[name].title
        at = title.mapTo(form, QPoint(2, 2))
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(form, QContextMenuEvent(reason, at, form.mapToGlobal(at)))
        (menu,) = form.findChildren(QMenu)
        menu.actions()[0].trigger()
        menu.close()

    assert isinstance(space.inspector.form, PlanForm)
    vary(space.inspector.form.loop, "batch_size")
    rows = space.runs.sweep.form.rows
    assert space.runs.pages.currentWidget() is space.runs.sweep
    assert [row.path for row in rows] == [RATE, "plan.loop.batch_size"]
    rate = space.inspector.form.optimizer.form
    assert rate is not None
    vary(rate, "lr")
    assert len(rows) == 2, "what is varied is not varied twice"
    node = next(iter(window.document.project.graph(MAIN).of_type("linear")))
    space.show_node(MAIN, node.id)
    assert isinstance(space.inspector.form, NodeForm)
    vary(space.inspector.form.form, "bias")
    assert rows[-1].path == f"networks.main.{node.name}.bias"
    window.commands["plan"].trigger()
    assert isinstance(space.inspector.form, PlanForm)
    space.inspector.form.look.click()
    assert space.docks.in_front("data")
    window.commands["sweep"].trigger()
    assert space.docks.in_front("runs")


def test_a_stopped_sweep_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    panel, session = window.workspace.runs.sweep, window.session
    panel.form.rows[0].values.setText("0.01..0.1")
    panel.form.trials.setValue(8)  # one may be over before the window hears that it began
    panel.form._changed()
    session.began.connect(session.stop)
    panel.start.click()
    qtbot.waitUntil(lambda: not session.active, timeout=LONG)
    session.began.disconnect(session.stop)
    assert panel.shown is not None
    assert not panel.shown.over
    assert len(panel.shown.trials) < 8
    assert panel.start.text() == "Go on"
    panel.start.click()
    qtbot.waitUntil(lambda: not session.active, timeout=LONG)
    assert [trial.state for trial in panel.shown.trials] == ["done"] * 8
    assert panel.shown.over
    assert panel.which.count() == 2


def test_a_sweep_that_cannot_begin_says_why(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_plan: object) -> None:
        raise TrainError(Message("There is no luck today."))

    monkeypatch.setattr("studio.train.sweeps.sweep.require", refuse)
    panel, session = window.workspace.runs.sweep, window.session
    with qtbot.waitSignal(session.ended, timeout=LONG):
        panel.start.click()
    assert panel._said.text() == "There is no luck today."
    assert panel.shown is None
    assert not session.sweeping
    panel.form.trials.setValue(3)
    assert panel._said.text() == "3 trials"


def test_values_worth_trying_are_offered_for_every_setting(window: MainWindow) -> None:
    project = window.document.project
    for setting in every_setting(project):
        values = suited(setting)
        if values and setting.parameter is not None and setting.parameter.kind not in ("text", "folder"):
            assert variable(project, f"{setting.path}={values}").grid(), setting.path


def test_the_weights_of_a_run_begin_another_one(window: MainWindow, qtbot: QtBot) -> None:
    panel, session = window.workspace.runs, window.session
    qtbot.waitUntil(lambda: session.obstacle() is None, timeout=LONG)
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: not session.active, timeout=LONG)
    qtbot.waitUntil(lambda: len(panel.records()) == 1 and panel.records()[0].step > 0, timeout=LONG)
    first = panel.records()[0]
    window.document.attempt(Message("Slower"), lambda p: apply(p, ["plan.optimizers.model.lr=1e-12"]))
    qtbot.waitUntil(lambda: session.obstacle() is None, timeout=LONG)
    panel.choose(first.folder)
    assert panel.keeps_from_training() is None
    with qtbot.waitSignal(session.ended, timeout=LONG):
        panel.act(panel.branch)
    qtbot.waitUntil(lambda: len(panel.records()) == 2 and bool(panel.entries()[0].notes), timeout=LONG)
    entry = panel.entries()[0]
    assert entry.notes.startswith("Begun with the weights of the run of ")
    assert entry.record.folder != first.folder
    # So slow that it stayed where it began: at the weights of the run before, and at today's plan.
    before, after = first.weights(), entry.record.weights()
    assert all(after[name].allclose(value, atol=1e-6) for name, value in before.items())
    assert entry.record.project().plan.optimizers["model"].parameters["lr"] == 1e-12


def test_why_a_trial_failed_is_said_in_the_language_of_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    plan = SweepPlan((variable(small(), f"{RATE}=0.1,0.2"),))
    why = Message("There is no figure “{metric}”. There are: {known}.", metric="m", known="loss")
    trial = Trial(1, {RATE: "0.1"}, tmp_path, "failed", reason=why)
    results = SweepResults()
    qtbot.addWidget(results)
    results.show_sweep(Sweep(tmp_path, plan, 0.0, (trial,)))
    assert "There is no figure “m”" in results.model.item(0, 0).toolTip()
    text.set_language("zh_CN")
    assert "没有指标“m”。现有：loss。" in results.model.item(0, 0).toolTip()


def test_a_sweep_without_a_trial_that_ended_says_why(window: MainWindow, tmp_path: Path) -> None:
    panel = window.workspace.runs.sweep
    plan = SweepPlan((variable(small(), f"{RATE}=0.1,0.2"),))
    failed = Trial(1, {RATE: "0.1"}, tmp_path, "failed", reason=Message("There is no luck today."))
    panel._show(Sweep(tmp_path, plan, 0.0, (failed,)))
    assert panel._said.text() == "No trial came to its end: There is no luck today."


def test_what_was_measured_before_counts_and_the_arrows_vary_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = window.workspace.runs.sweep
    assert panel.form.figure.currentData() == "val_loss"
    panel._begin_anew()
    panel.form.figure.clear()
    panel.open(["loss"])
    assert panel.form.figure.currentData() == "loss"
    before = [row.path for row in panel.form.rows]
    qtbot.keyClick(panel.form.add, Qt.Key.Key_Down)
    assert [row.path for row in panel.form.rows] == before
    assert panel.form.add.view().isVisible()
    panel.form.add.hidePopup()
    offered = [panel.form.add.itemData(place) for place in range(panel.form.add.count())]
    assert "plan.loop" not in offered  # there is one kind of it


def test_what_is_typed_and_picked_from_the_list_is_varied_once(window: MainWindow, qtbot: QtBot) -> None:
    form = window.workspace.runs.sweep.form
    before = [row.path for row in form.rows]
    form.typed.setFocus()
    qtbot.keyClicks(form.typed, "batch")
    completer = form.typed.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(form.rows) > len(before))
    qtbot.wait(20)
    assert [row.path for row in form.rows] == [*before, "plan.loop.batch_size"]
    assert form.typed.text() == ""


def test_the_heads_of_a_sweep_stay_whole_as_trials_come(qtbot: QtBot, tmp_path: Path) -> None:
    plan = SweepPlan((variable(small(), f"{RATE}=0.1,0.2"),))
    trials = tuple(Trial(number, {RATE: "0.1"}, tmp_path, "done", 0.5) for number in range(1, 6))
    results = SweepResults()
    qtbot.addWidget(results)
    for count in range(1, 6):
        results.show_sweep(Sweep(tmp_path, plan, 0.0, trials[:count]))
    broken_off = replace(trials[4], state="running", value=None)
    for process, said in ((this_process(), text.tr("Running")), (NOBODY, text.tr("Interrupted"))):
        results.show_sweep(Sweep(tmp_path, plan, 0.0, (*trials[:4], broken_off), process=process))
        assert results.model.item(4, 3).text() == said
    header = results.table.horizontalHeader()
    least = [min(header.sectionSizeHint(at), WIDEST) for at in range(6)]
    assert all(results.table.columnWidth(at) >= width for at, width in enumerate(least)), least


def test_the_curves_of_trials_are_laid_over_each_other_as_they_come(qtbot: QtBot) -> None:
    varied = variable(Project(), "plan.optimizers.model=sgd,adam"), variable(Project(), "plan.loop.epochs=3")
    plan = SweepPlan(varied, "grid", 0)
    curves = SweepCurves()
    qtbot.addWidget(curves)
    curves.show()
    assert curves.told.isVisible()

    def sweep(*figures: dict[int, float]) -> Sweep:
        values = [{"plan.optimizers.model": kind, "plan.loop.epochs": "3"} for kind in ("sgd", "adam")]
        trials = [
            Trial(number, values[number - 1], Path(str(number)), figures=found)
            for number, found in enumerate(figures, 1)
        ]
        return Sweep(Path("sweep"), plan, 0.0, tuple(trials))

    curves.show_sweep(sweep({1: 0.5, 2: 0.4}))
    curves.show_sweep(sweep({1: 0.5, 2: 0.4, 3: 0.3}, {1: 0.9}))
    assert curves.plot is not None
    assert not curves.told.isVisible()
    assert [curves.plot.latest(key) for key in ("1", "2")] == [0.3, 0.9]
    assert [curves._name(trial) for trial in curves._sweep.trials] == ["sgd", "adam"]  # type: ignore[union-attr]
    curves.show_sweep(None)
    assert curves._drawn == {}
