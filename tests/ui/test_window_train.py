"""Training from the window: begun, watched, paused, stopped, judged, tried, resumed and exported."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Choice, GraphRef, Project, edits, file
from studio.train import Failed
from studio.ui.panels.export import ExportDialog
from studio.ui.widgets.dialogs import Question
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests import drawing

MAIN = GraphRef("network", "main")
LEFT = Qt.MouseButton.LeftButton
LONG = 60_000
Open = Callable[[Project], MainWindow]


def small(epochs: int = 2, rate: float = 0.01) -> Project:
    """Give a network of one layer on the digits: a training of a second."""
    project, _ = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {})
    )
    project = edits.set_loop(edits.set_loop(project, "epochs", epochs), "threads", 1)
    optimizer = project.plan.optimizers["model"].with_parameter("lr", rate)
    return edits.set_optimizer(project, "model", optimizer)


@pytest.fixture
def ready(open_project: Open, qtbot: QtBot, tmp_path: Path) -> Callable[[Project], MainWindow]:
    """Give a function that opens a saved project and waits until it can be trained."""

    def show(project: Project) -> MainWindow:
        window = open_project(project)
        assert window.document.save_as(tmp_path / "net.netwright")
        qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=LONG)
        return window

    return show


def over(window: MainWindow) -> bool:
    return not window.session.active


def test_training_runs_to_its_end_and_judges_itself(ready: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = ready(small())
    assert not window.workspace.evaluation.judge_button.isEnabled()  # there is nothing to judge
    began: list[bool] = []
    window.session.began.connect(lambda: began.append(True))
    qtbot.mouseClick(window.toolbar.train_bar.train, LEFT)
    assert began == [True]
    assert window.workspace.docks.in_front("training")
    assert not window.commands["train"].isEnabled()
    assert window.commands["pause"].isEnabled()
    qtbot.waitUntil(lambda: over(window), timeout=LONG)
    finished = window.session.finished
    assert finished is not None
    assert finished.reason == "completed"
    assert finished.run is not None
    assert finished.run.parent == tmp_path / "runs"
    curves = window.workspace.training.curves
    assert curves is not None
    log = window.session.log
    assert log is not None
    steps, losses = log.series("loss")
    assert curves._taken["loss"] == len(steps) == finished.step  # the last value is never dropped
    assert curves.loss.latest("loss") == pytest.approx(losses[-1])
    assert curves.other.latest("val_accuracy") == pytest.approx(log.last("val_accuracy"))
    banner = window.workspace.training.ended.get("end")
    assert banner is not None
    assert banner.kind == "good"
    assert "Best epoch" in str(banner.text)
    assert "Accuracy (validation)" in str(banner.text)
    set_language("zh_CN")
    banner = window.workspace.training.ended.get("end")
    assert banner is not None
    assert "准确率（验证）" in str(banner.text)  # nothing of the other language stays in it
    set_language("en")
    assert window.commands["train"].isEnabled()
    judge = window.workspace.judge
    qtbot.waitUntil(lambda: judge.opened is not None, timeout=LONG)
    assert judge.opened is not None
    evaluation = judge.opened.evaluation
    assert sum(map(sum, evaluation.confusion)) == evaluation.count == 359
    wrong = window.workspace.evaluation.wrong
    assert len(wrong.samples()) == min(len(evaluation.wrong), 200)
    surest = wrong.samples()[0]
    sure = f"{surest.true} → {surest.predicted}\n{100 * surest.confidence:.0f} %"
    assert wrong.item(0).text() == sure
    qtbot.waitUntil(lambda: len(window.workspace.runs.records()) == 1, timeout=LONG)
    assert window.workspace.evaluation.judge_button.isEnabled()


def test_drawing_is_recognised_live_and_a_wrong_sample_is_explained(ready: Open, qtbot: QtBot) -> None:
    window = ready(small(epochs=1))
    window.commands["train"].trigger()
    judge, panel = window.workspace.judge, window.workspace.evaluation
    qtbot.waitUntil(lambda: judge.opened is not None, timeout=LONG)
    window.workspace.docks.show("evaluation")
    panel.choose("tryout")
    pad = panel.tryout.pad
    centre = pad.rect().center()
    qtbot.mousePress(pad, LEFT, pos=centre - QPoint(0, 50))
    for step in range(-50, 51, 10):
        qtbot.mouseMove(pad, centre + QPoint(0, step))
    qtbot.mouseRelease(pad, LEFT, pos=centre + QPoint(0, 50))
    bars = panel.tryout.bars
    qtbot.waitUntil(lambda: len(bars.chances) == 10)
    assert [name for name, _ in bars.chances] == [str(digit) for digit in range(10)]  # in their own order
    assert sum(chance for _, chance in bars.chances) == pytest.approx(1, abs=1e-4)
    drawn = list(bars.chances)
    assert max(bars.chances, key=lambda pair: pair[1])[0] == "1"
    qtbot.wait(150)  # the pad tells the end of the stroke
    panel.choose("confusion")
    qtbot.waitUntil(lambda: bool(panel.wrong.samples()))
    panel.wrong.setCurrentRow(0)
    card = panel.card
    qtbot.waitUntil(lambda: card.isVisible() and card.bars.chances != drawn)
    sample = panel.wrong.samples()[0]
    taken = card.bars.chances[0]
    assert judge.opened is not None
    assert taken[0] == judge.opened.evaluation.classes[sample.predicted]
    assert taken[1] == pytest.approx(sample.confidence, abs=0.02)
    assert f"it is {judge.opened.evaluation.classes[sample.true]}" in card.said.text()
    assert bars.chances == drawn  # the drawing and what was said of it stay
    panel.choose("tryout")
    qtbot.mouseClick(panel.tryout.clear_button, LEFT)
    qtbot.waitUntil(lambda: bars.chances == [])


def test_pause_resume_and_stop_work_between_steps(ready: Open, qtbot: QtBot) -> None:
    window = ready(small(epochs=100_000))
    window.commands["train"].trigger()
    session = window.session
    qtbot.waitUntil(lambda: session.latest is not None, timeout=LONG)
    window.commands["pause"].trigger()
    assert session.state == "paused"
    assert session.run is not None
    assert session.run.control.wait_until_resting(10)
    resting = session.latest
    qtbot.wait(300)
    assert session.latest is resting
    assert "paused" in window.toolbar.train_bar.said.text()
    window.commands["pause"].trigger()
    assert str(session.state) == "running"
    qtbot.waitUntil(lambda: session.latest is not resting, timeout=LONG)
    window.commands["stop"].trigger()
    qtbot.waitUntil(lambda: over(window), timeout=LONG)
    assert session.finished is not None
    assert session.finished.reason == "stopped"
    qtbot.waitUntil(
        lambda: [record.status for record in window.workspace.runs.records()] == ["stopped"], timeout=LONG
    )
    step = session.finished.step
    window.workspace.docks.show("runs")
    qtbot.mouseClick(window.workspace.runs.resume_button, LEFT)
    qtbot.waitUntil(lambda: session.latest is not None and session.latest.step > step, timeout=LONG)
    session.stop()
    qtbot.waitUntil(lambda: over(window), timeout=LONG)
    assert len(list((window.document.path or Path()).parent.glob("runs/*/run.json"))) == 1  # the same run


def test_missing_data_ends_the_run_with_a_message(ready: Open, qtbot: QtBot, tmp_path: Path) -> None:
    project = small()
    folder = Choice("image_folder").with_parameter("folder", str(tmp_path / "no such folder"))
    window = ready(edits.set_plan(project, dataclasses.replace(project.plan, data=folder)))
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: over(window), timeout=LONG)
    banner = window.workspace.training.ended.get("end")
    assert banner is not None
    assert banner.kind == "error"
    assert "no such folder" in str(banner.text)
    assert window.commands["train"].isEnabled()


def test_failure_shows_the_block_that_it_came_from(ready: Open, qtbot: QtBot) -> None:
    window = ready(small())
    node = next(node.id for node in window.document.project.graph(MAIN).of_type("linear"))
    panel, session = window.workspace.training, window.session
    session.failed = Failed(Message("The numbers of “fc1” are no numbers."), "details", node, MAIN)
    session.ended.emit()
    banner = panel.ended.get("end")
    assert banner is not None
    assert [button.text() for button in banner.buttons()] == ["Show the block", "Copy details"]
    for button in banner.buttons():
        button.click()
    view = window.workspace.networks.view
    assert view is not None
    assert view.selected() == [node]
    assert QApplication.clipboard().text() == "details"


def test_train_is_off_with_the_reason_while_there_are_errors(ready: Open, qtbot: QtBot) -> None:
    window = ready(small())
    node = next(node.id for node in window.document.project.graph(MAIN).of_type("linear"))
    broken = edits.set_parameters(window.document.project, MAIN, node, {"out_features": 0})
    window.document.do(Message("Set"), broken)
    qtbot.waitUntil(lambda: not window.commands["train"].isEnabled())
    assert window.workspace.training.why.isVisibleTo(window.workspace.training)
    assert "Mend the problems first" in window.workspace.training.why.text()
    assert "Mend the problems first" in window.toolbar.train_bar.train.toolTip()
    window.document.undo()
    qtbot.waitUntil(lambda: window.commands["train"].isEnabled())


def test_editing_while_training_changes_the_run_in_nothing(ready: Open, qtbot: QtBot) -> None:
    window = ready(small(epochs=20))
    before = window.document.project
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: window.session.latest is not None, timeout=LONG)
    changed, _ = edits.add_node(window.document.project, MAIN, "relu", (0.0, 300.0))
    window.document.do(Message("Add"), changed)
    qtbot.waitUntil(lambda: over(window), timeout=LONG)
    finished = window.session.finished
    assert finished is not None
    assert finished.run is not None
    assert len(file.read(finished.run / "project.netwright").graph(MAIN)) == len(before.graph(MAIN))


def test_closing_while_training_asks_once_and_keeps_a_checkpoint(
    ready: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = ready(small(epochs=100_000))
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: window.session.latest is not None, timeout=LONG)
    asked: list[str] = []
    answers = ["cancel", "stop"]

    def ask(question: Question) -> str:
        asked.append(question.text())
        return answers.pop(0)

    monkeypatch.setattr(Question, "ask", ask)
    assert window.close() is False
    assert window.session.state == "running"
    assert window.close() is True
    assert asked == ["A training is under way. Stop it?"] * 2
    runs = list((window.document.path or Path()).parent.glob("runs/*"))
    assert len([run for run in runs if (run / "state.pt").exists()]) == 1


def test_export_is_checked_and_a_stranger_gets_equal_outputs(
    ready: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = ready(small(epochs=1))
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: len(window.workspace.runs.records()) == 1 and over(window), timeout=LONG)
    qtbot.waitUntil(lambda: window.workspace.runs.records()[0].status == "completed", timeout=LONG)
    target = tmp_path / "model.safetensors"
    seen: list[ExportDialog] = []

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        seen.append(dialog)
        assert dialog.weights.currentText().startswith("Trained: ")
        dialog.choices["safetensors"].click()
        dialog.target.setText(str(target))
        qtbot.mouseClick(dialog.export_button, LEFT)
        qtbot.waitUntil(lambda: dialog.report is not None, timeout=LONG)
        assert dialog.show_button.isVisible()
        assert "largest difference" in dialog._said.text()
        qtbot.mouseClick(dialog.cancel_button, LEFT)

    QTimer.singleShot(0, use)
    window.commands["export"].trigger()
    assert seen
    code = (
        "import json, sys, safetensors.torch as s;"
        "print(json.dumps({k: list(v.shape) for k, v in s.load_file(sys.argv[1]).items()}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(target)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {"fc1.weight": [10, 784], "fc1.bias": [10]}
