"""In a small window the training panel shows a chart whole, and how far a run is in words that fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.train import MetricLog
from studio.ui.charts import LivePlot
from studio.ui.learning.progress import Progress
from studio.ui.looks.theme import CONTROL_HEIGHT
from studio.ui.widgets.banner import Banners
from studio.ui.widgets.plain import tip
from studio.ui.widgets.steady import SteadyLabel
from studio.ui.widgets.views import Views
from studio.ui.window import MainWindow
from studio.ui.words.text import say


def test_in_the_smallest_usual_window_one_chart_is_whole_and_the_other_is_chosen(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1000, 700)
    window.show_project()
    window.workspace.docks.show("training")
    curves = window.workspace.training.need_curves()
    qtbot.waitUntil(curves.isVisible)
    place = next(
        area for area in window.workspace.training.findChildren(QScrollArea) if area.widget() is curves
    )

    def whole() -> list[LivePlot]:
        plots = [plot for plot in (curves.loss, curves.other) if plot.isVisible()]
        for plot in plots:
            left = plot.mapTo(place.viewport(), QPoint()).x()
            assert 0 <= left < left + plot.width() <= place.viewport().width()
        return plots

    qtbot.waitUntil(lambda: curves.width() <= place.viewport().width())
    assert whole() == [curves.loss]
    made = MetricLog()
    made.extend("loss", (1, 2), (0.5, 0.25))
    made.extend("val_accuracy", (1, 2), (0.1, 0.9))
    curves.follow(made)
    for chosen, plot, key in (("metrics", curves.other, "val_accuracy"), ("loss", curves.loss, "loss")):
        curves.shown.setCurrentIndex(curves.shown.findData(chosen))
        curves.shown.activated.emit(curves.shown.currentIndex())
        assert whole() == [plot]
        assert plot._series[key].raw.samples == 2
        assert curves.axis.isVisible()
        assert curves.shown.isVisible()
    window.resize(1600, 900)
    qtbot.waitUntil(lambda: len(whole()) == 2)
    assert curves.shown.findData("loss") == -1
    assert [curves.loss._series["loss"].raw.samples, curves.other._series["val_accuracy"].raw.samples] == [
        2,
        2,
    ]


def test_how_a_run_ended_takes_one_row(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    banners.resize(300, 60)
    said = Message("{words}", words="word " * 30)
    banner = banners.show_banner("end", "good", said, [(Message("Open folder"), list)], low=True)
    banners.show()
    qtbot.waitUntil(lambda: banner._label.text().endswith("…"))
    assert banner._label.toolTip() == tip(say(said))
    assert banner.height() <= 2 * CONTROL_HEIGHT
    banners.resize(3000, 60)
    qtbot.waitUntil(lambda: banner._label.text() == say(said))
    assert banner._label.toolTip() == ""


def test_a_page_is_chosen_by_mouse_and_keys(qtbot: QtBot) -> None:
    views = Views()
    qtbot.addWidget(views)
    for title in ("Curves", "What was made", "Run log"):
        views.add(QWidget(), "chart", title)
    views.offer(1, False)
    views.show()
    assert (views.page, views.count, [views.offered(page) for page in range(3)]) == (
        0,
        3,
        [True, False, True],
    )
    qtbot.mouseClick(views._group.button(2), Qt.MouseButton.LeftButton)
    assert views.page == 2
    views._group.button(0).setFocus()
    qtbot.keyClick(views._group.button(0), Qt.Key.Key_Space)
    assert views.page == 0
    views.offer(1, True)
    views.show_page(1)
    views.offer(1, False)
    assert views.page == 0


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
