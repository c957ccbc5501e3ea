"""The charts of a run: what x is and what is shown can be chosen at any time, and nothing is lost by it."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from studio.train import MetricLog
from studio.ui.panels.curves import ASIDE, Curves, group_of, measure_title
from studio.ui.panels.fields import Combo


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    made = Curves()
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.restart(steps_per_epoch=5)
    return made


def log() -> MetricLog:
    """Twenty steps, and a report each fifth of them: two seconds apart, the last not told yet."""
    found = MetricLog()
    found.extend("loss", range(1, 21), [1.0 / step for step in range(1, 21)])
    for step in (5, 10, 15):
        found.append("val_accuracy", step, step / 100)
        found.append("lr", step, 0.1 / step)
        found.append("gradient_norm.critic", step, step)
        found.append("seconds", step, 2.0 * step)
    return found


def choose(combo: Combo, key: str) -> None:
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def drawn(curves: Curves, key: str) -> tuple[list[float], list[float]]:
    raw = curves._plot(key)._series[key].raw
    return raw.x.tolist(), raw.mean().tolist()


def test_x_is_steps_epochs_or_seconds(curves: Curves) -> None:
    made = log()
    curves.follow(made)
    xs, ys = made.series("loss")
    assert drawn(curves, "loss") == (xs.tolist(), ys.tolist())
    choose(curves.axis, "epoch")
    assert drawn(curves, "loss") == ((xs / 5).tolist(), ys.tolist())
    choose(curves.axis, "time")
    assert drawn(curves, "loss")[0] == [10.0] * 5 + [2.0 * step for step in range(6, 16)]
    assert drawn(curves, "val_accuracy") == ([10.0, 20.0, 30.0], [0.05, 0.1, 0.15])
    made.append("seconds", 20, 60.0)
    curves.follow(made)
    assert drawn(curves, "loss")[0][15:] == np.interp([16, 17, 18, 19, 20], [15, 20], [30, 60]).tolist()
    choose(curves.axis, "step")
    assert drawn(curves, "loss") == (xs.tolist(), ys.tolist())


def test_what_the_training_does_is_a_chart_to_choose(curves: Curves) -> None:
    made = log()
    curves.follow(made)
    assert list(curves.other._series) == ["val_accuracy"]
    choose(curves.shown, "lr")
    assert list(curves.other._series) == ["lr"]
    assert list(curves.loss._series) == ["loss"]
    choose(curves.shown, "gradient_norm")
    assert drawn(curves, "gradient_norm.critic") == ([5.0, 10.0, 15.0], [5.0, 10.0, 15.0])
    made.append("gradient_norm.critic", 20, 7.0)
    curves.follow(made)
    assert drawn(curves, "gradient_norm.critic")[1][-1] == 7.0
    choose(curves.shown, "metrics")
    assert list(curves.other._series) == ["val_accuracy"]


def test_measures_of_another_size_have_charts_of_their_own_and_the_return_stands_first(
    curves: Curves,
) -> None:
    made = MetricLog()
    made.append("q_value", 1, 3.0)
    made.append("return", 5, 480.0)
    made.append("val_return", 5, 500.0)
    made.append("lr", 5, 0.1)
    curves.follow(made)
    offered = [curves.shown.itemData(row) for row in range(curves.shown.count())]
    assert offered == ["return", "q_value", *ASIDE]
    assert list(curves.other._series) == ["return", "val_return"]
    assert (curves.loss.isHidden(), curves.other.isHidden()) == (True, False), "there is no loss"
    assert curves.axis.isVisibleTo(curves)
    choose(curves.shown, "q_value")
    made.append("loss", 6, 0.5)
    made.append("epsilon", 6, 0.9)
    curves.follow(made)
    assert not curves.loss.isHidden()
    assert list(curves.other._series) == ["q_value"], "what was chosen stays"
    made.append("accuracy", 6, 0.5)
    curves.follow(made)
    assert [curves.shown.itemData(row) for row in range(3)] == ["metrics", "return", "q_value"]
    curves.restart()
    assert curves.shown.currentData() == "metrics"


def test_measures_have_names_and_charts() -> None:
    assert measure_title("val_loss") == "Loss (validation)"
    assert measure_title("gradient_norm.critic") == "Gradient norm · Critic"
    assert measure_title("return") == "Mean return"
    assert measure_title("of_a_plugin") == "Of a plugin"
    assert [group_of(key) for key in ("loss", "val_loss", "critic_loss", "lr.a", "val_accuracy")] == [
        "loss", "loss", "loss", "lr", "metrics",
    ]  # fmt: skip
    assert set(ASIDE) == {"lr", "gradient_norm", "update_ratio", "samples_per_second", "memory"}
