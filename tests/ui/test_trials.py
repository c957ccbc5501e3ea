"""What is tried before a training, in the window: begun, watched, stopped, and taken over as one step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Project
from studio.train import Control
from studio.train.trials.by_heart import ByHeart
from studio.train.trials.find_batch_size import SizePoint, SizesFound
from studio.train.trials.find_rate import RatePoint, RatesFound
from studio.ui.learning import trials
from studio.ui.learning.trials import Trial, Trials
from studio.ui.widgets.sketch import Sketch
from studio.ui.window import MainWindow
from tests.train.projects import wine

Open = Callable[[Project], MainWindow]


@pytest.fixture
def dialog(open_project: Open, qtbot: QtBot) -> Iterator[Trials]:
    window = open_project(wine())
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=30_000)
    made = trials.show(window)
    assert trials.show(window) is made
    yield made
    made.leave()
    made.close()


def told(monkeypatch: pytest.MonkeyPatch, trial: Trial, *events: object) -> None:
    monkeypatch.setattr(trial, "begin", lambda _project, _control: iter(events))


def test_a_learning_rate_is_found_and_taken_over(
    dialog: Trials, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = tuple(RatePoint(10.0**power, 2.0 - power / 10, (power + 7) / 7) for power in range(-6, 0))
    told(monkeypatch, dialog.rate, *points, RatesFound(points, 0.0031234))
    before = dialog.document.project
    dialog.rate.button.click()
    assert dialog.rate.running
    assert not dialog.heart.button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.rate.running)
    assert dialog.rate.answer.text() == "A good learning rate is 0.003123."
    assert dialog.rate.sketch.points == [(point.rate, point.loss) for point in points]
    assert dialog.rate.sketch.mark == 0.0031234
    dialog.rate.use.click()
    assert dialog.document.project.plan.optimizers["model"].parameters["lr"] == 0.003123
    assert dialog.rate.use.isHidden()
    dialog.document.undo()
    assert dialog.document.project == before


def test_a_batch_size_is_found_with_its_reason(
    dialog: Trials, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = (SizePoint(8, 100.0, None), SizePoint(16, 180.0, 1 << 20))
    told(monkeypatch, dialog.size_, *points, SizesFound(points, 16, Message("The memory is short.")))
    dialog.size_.button.click()
    qtbot.waitUntil(lambda: not dialog.size_.running)
    assert dialog.size_.answer.text() == "A batch of 16 learns about as fast as any. The memory is short."
    dialog.size_.use.click()
    assert dialog.document.project.plan.loop.parameters["batch_size"] == 16


def test_a_real_batch_is_learned_by_heart(dialog: Trials, qtbot: QtBot) -> None:
    dialog.heart.button.click()
    qtbot.waitUntil(lambda: not dialog.heart.running, timeout=60_000)
    ys = [y for _, y in dialog.heart.sketch.points]
    assert ys[-1] < 0.3 * ys[0]
    assert dialog.heart.answer.text()


def test_it_is_stopped_with_what_was_found_and_by_closing(
    dialog: Trials, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def begin(_project: Project, control: Control) -> Iterator[Any]:
        yield ByHeart(True, 1.0, 0.5, 1, Message("before"))
        while not control.stopped:
            stopped.wait(0.01)
        yield ByHeart(False, 1.0, 0.5, 1, Message("what there was"))
        stopped.set()

    monkeypatch.setattr(dialog.heart, "begin", begin)
    dialog.heart.button.click()
    qtbot.waitUntil(lambda: dialog.heart.answer.text() == "before")
    dialog.heart.button.click()
    qtbot.waitUntil(lambda: not dialog.heart.running)
    assert dialog.heart.answer.text() == "what there was"
    stopped.clear()
    dialog.heart.button.click()
    dialog.close()
    assert not dialog.heart.running
    qtbot.waitUntil(stopped.is_set)


def test_a_failure_is_told_in_words(dialog: Trials, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(_project: Project, _control: Control) -> Iterator[Any]:
        raise RuntimeError("no memory")
        yield

    monkeypatch.setattr(dialog.rate, "begin", begin)
    dialog.rate.button.click()
    qtbot.waitUntil(lambda: not dialog.rate.running)
    assert "no memory" in dialog.rate.answer.text()
    assert dialog.rate.use.isHidden()


def test_axes_bear_round_numbers_or_those_of_few_points(qtbot: QtBot) -> None:
    linear, sizes = Sketch(), Sketch(log_x=True)
    for sketch in (linear, sizes):
        qtbot.addWidget(sketch)
    linear.show_points([(float(step), 1.0 / step) for step in range(1, 19)])
    assert linear._ticks(1.0, 18.0) == [5, 10, 15]
    sizes.show_points([(8.0, 1.0), (16.0, 2.0), (32.0, float("nan"))])
    assert [round(10**tick) for tick in sizes._ticks(0.9, 1.2)] == [8, 16]
    rates = [(10.0 ** (power / 4), 1.0) for power in range(-28, 4)]
    sizes.show_points(rates)
    assert sizes._ticks(-7.0, 0.75) == [-7, -6, -5, -4, -3, -2, -1, 0]
