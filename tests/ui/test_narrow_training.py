"""In a small window the training panel shows both charts whole, and how far a run is in words that fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.charts import LivePlot
from studio.ui.progress import Progress
from studio.ui.steady import SteadyLabel
from studio.ui.window import MainWindow


def test_both_charts_are_whole_in_the_smallest_usual_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 700)
    window.show_project()
    window.workspace.docks.show("training")
    panel = window.workspace.training
    curves = panel.need_curves()
    qtbot.waitUntil(curves.isVisible)
    place = next(area for area in panel.findChildren(QScrollArea) if area.widget() is curves)
    qtbot.waitUntil(lambda: curves.width() <= place.viewport().width())
    seen = QRect(QPoint(), place.viewport().size())
    for plot in (curves.loss, curves.other):
        left = plot.mapTo(place.viewport(), QPoint()).x()
        assert seen.left() <= left < left + plot.width() <= seen.right() + 1


def test_the_row_above_a_chart_leaves_out_what_would_be_cut(qtbot: QtBot) -> None:
    plot = LivePlot()
    qtbot.addWidget(plot)
    plot.show()
    tools = plot._tools
    assert tools is not None

    def shown() -> tuple[bool, ...]:
        return tuple(part.isVisible() for part in (tools._caption, tools._slider, tools._amount, tools._log))

    words: list[QWidget] = [tools._caption, tools._amount, tools._log]
    for width, expected in (
        (480, (True, True, True, True)),
        (230, (False, True, False, True)),
        (150, (False, False, False, True)),
        (480, (True, True, True, True)),
    ):
        plot.resize(width, 200)
        qtbot.waitUntil(lambda wanted=expected: shown() == wanted)  # type: ignore[misc]
        qtbot.waitUntil(
            lambda: all(part.width() >= part.minimumSizeHint().width() for part in words if part.isVisible())
        )


def test_what_is_said_of_a_run_fits_its_place(qtbot: QtBot) -> None:
    words = Progress("running", 1, 15, 0.1, 307.0, 80.8).ever_shorter()
    assert [len(each.split(" · ")) for each in words] == [3, 2, 1]
    label = SteadyLabel(352, 24)
    qtbot.addWidget(label)
    label.say(*words)
    wide = [label.inner.fontMetrics().horizontalAdvance(each) for each in words]
    for width, said in ((wide[0], 0), (wide[0] - 1, 1), (wide[1] - 1, 2), (10, 2), (wide[0], 0)):
        label.resize(width, 24)
        label.show()
        assert label.text() == words[said]
