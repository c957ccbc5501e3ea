"""The live chart as people and panels use it."""

from __future__ import annotations

import csv
import gc
import math
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from studio.ui.charts import LivePlot
from studio.ui.charts.curves import Curves
from studio.ui.charts.legend import LegendEntry
from studio.ui.charts.live_plot import PAPER
from studio.ui.looks import theme
from studio.ui.words import text
from tests.ui.charting import coloured, distance, inside, picture, settle, shown

NOISE = np.random.default_rng(0).random(50_000)


class Watched(Curves):
    """Notes what was exposed to each painting."""

    exposed: list[QRectF]

    def paint(self, painter, option, widget=None):  # type: ignore[no-untyped-def]
        self.exposed.append(QRectF(option.exposedRect))
        super().paint(painter, option, widget)


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    qapp.setStyleSheet("")
    text.set_language("en")


@pytest.fixture
def plot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LivePlot:
    """A chart on the screen with one line, that notes what it paints."""
    monkeypatch.setattr(Watched, "exposed", [], raising=False)
    monkeypatch.setattr("studio.ui.charts.live_plot.Curves", Watched)
    made = LivePlot()
    qtbot.addWidget(made)
    made.resize(640, 360)
    made.set_series("loss", "Loss")
    with qtbot.waitExposed(made):
        made.show()
    settle()
    return made


# ---------------------------------------------------------------------------- painting


def test_new_samples_paint_new_columns_only(plot: LivePlot) -> None:
    plot.set_smoothing(0.6)
    plot.extend("loss", np.arange(40_000), NOISE[:40_000])
    settle()
    Watched.exposed.clear()
    plot.extend("loss", np.arange(40_000, 40_400), NOISE[:400])
    settle()
    assert len(Watched.exposed) == 1
    area = Watched.exposed[0]
    (left, right), _ = shown(plot)
    column = inside(plot).width() / (right - left)
    assert area.left() >= 39_999 * column - 16
    assert area.right() <= 40_400 * column + 16
    assert area.width() < 45


def test_nothing_new_paints_nothing(plot: LivePlot) -> None:
    plot.extend("loss", np.arange(100), NOISE[:100])
    settle()
    Watched.exposed.clear()
    plot.extend("loss", [], [])
    settle()
    assert Watched.exposed == []


def test_samples_among_those_of_the_last_column_paint_nothing(plot: LivePlot) -> None:
    plot.set_smoothing(0.6)
    plot.extend("loss", np.arange(1_000_000), np.resize([0.2, 0.8], 1_000_000))
    plot.extend("loss", [1_000_000], [0.8])
    settle()
    Watched.exposed.clear()
    for step in range(1_000_001, 1_000_021):
        plot.extend("loss", [step], [0.2 + 0.6 * (step % 2)])
        settle()
    assert len(Watched.exposed) < 5
    Watched.exposed.clear()
    plot.extend("loss", [1_000_021], [0.9])
    settle()
    assert len(Watched.exposed) == 1
    Watched.exposed.clear()
    plot.extend("loss", np.arange(1_000_022, 1_010_000), np.full(9_978, 0.5))  # on to other columns
    settle()
    assert len(Watched.exposed) == 1


def test_a_hidden_line_paints_nothing(plot: LivePlot) -> None:
    plot.set_series("other", "Other", "series1")
    plot.extend("other", np.arange(50), NOISE[:50])
    plot.set_visible("other", False)
    settle()
    Watched.exposed.clear()
    plot.extend("other", np.arange(50, 60), NOISE[:10])
    settle()
    assert Watched.exposed == []
    assert plot.latest("other") == NOISE[9]


@pytest.mark.parametrize("portion", [7, 400])
@pytest.mark.parametrize("smoothing", [0.0, 0.9])
def test_column_by_column_looks_like_all_at_once(plot: LivePlot, portion: int, smoothing: float) -> None:
    plot.set_smoothing(smoothing)
    plot.set_series("points", "Points", "series1", points=True)
    for at in range(0, 30 * portion, portion):
        plot.extend("loss", np.arange(at, at + portion), NOISE[at : at + portion])
        plot.extend("points", [at + portion - 1], [0.5 + 0.4 * math.sin(at / portion)])
        settle()
    stepwise = picture(plot)
    plot._curves.repaint_all()
    settle()
    whole = picture(plot)
    assert stepwise.size() == whole.size()
    # Where a line is cut by the side of what is painted, Qt softens its edge a little differently.
    different = [
        (x, y)
        for x in range(whole.width())
        for y in range(whole.height())
        if distance(stepwise.pixelColor(x, y), whole.pixelColor(x, y)) > 64
    ]
    assert different == []


def test_the_first_sample_is_seen(plot: LivePlot) -> None:
    before = coloured(plot, "series0")
    plot.extend("loss", [50], [0.5])
    settle()
    assert coloured(plot, "series0") > before


def test_an_empty_chart_says_so(plot: LivePlot) -> None:
    empty = plot.grab().toImage()
    text.set_language("zh_CN")
    settle()
    assert plot.grab().toImage() != empty
    text.set_language("en")
    plot.extend("loss", [1], [1])
    plot.clear()
    settle()
    assert plot.grab().toImage() == empty


def test_gaps_stay_open(plot: LivePlot) -> None:
    values = np.full(100, 0.5)
    plot.extend("loss", np.arange(100), values)
    settle()
    whole = coloured(plot, "series0")
    plot.clear()
    values[30:70] = [math.nan, math.inf] * 20
    plot.extend("loss", np.arange(100), values)
    settle()
    assert 0.5 < coloured(plot, "series0") / whole < 0.7


def test_both_themes(plot: LivePlot, qapp: QApplication) -> None:
    plot.extend("loss", np.arange(1000), NOISE[:1000])
    theme.apply(qapp, "dark")
    settle()
    image = plot.grab().toImage()
    place = plot._view.mapTo(plot, inside(plot).topLeft().toPoint())
    corner = image.pixelColor(place.x() - 30, place.y() + 2)
    assert corner == QColor(theme.DARK.field)
    assert coloured(plot, "series0") > 100


# ---------------------------------------------------------------------------- what is shown


def test_the_view_grows_with_the_samples(plot: LivePlot) -> None:
    assert shown(plot) == ((0, 100), (0, 1))
    plot.extend("loss", [0, 99], [1, 0.1])
    assert shown(plot)[0] == (0, 100)
    plot.extend("loss", [100, 101], [3, 0.1])
    (left, right), (bottom, top) = shown(plot)
    assert (left, right) == (0, 125)
    assert bottom == 0
    assert top > 3


def test_a_run_that_is_over_is_shown_exactly(plot: LivePlot) -> None:
    plot.set_series("loss", "Loss")
    plot.extend("loss", range(1, 61), [1 / step for step in range(1, 61)])
    assert plot._box.viewRange()[0] == [0, 100]  # room for what is to come
    plot.settle()
    assert plot._box.viewRange()[0] == [0, 60]
    plot.extend("loss", [61], [0.01])  # it went on
    assert plot._box.viewRange()[0][1] >= 61
    plot.zoom(2.0)
    chosen = plot._box.viewRange()
    plot.settle()
    assert plot._box.viewRange() == chosen


def test_a_view_chosen_by_hand_stays(plot: LivePlot) -> None:
    plot.extend("loss", np.arange(100), NOISE[:100])
    plot.zoom(0.5)
    chosen = shown(plot)
    plot.extend("loss", np.arange(100, 5000), NOISE[100:5000])
    assert shown(plot)[0] == chosen[0]
    plot.fit()
    assert shown(plot)[0] == (0, 6000)


def test_dragging_chooses_a_view(plot: LivePlot) -> None:
    plot.extend("loss", np.arange(100), NOISE[:100])
    settle()
    view = plot._view.viewport()
    middle = inside(plot).center().toPoint()
    before = shown(plot)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    for step in range(1, 8):
        QTest.mouseMove(view, middle + QPointF(-8 * step, 0).toPoint())
        settle()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + QPointF(-60, 0).toPoint())
    settle()
    moved = shown(plot)
    assert moved[0][0] > before[0][0]
    plot.extend("loss", np.arange(100, 2000), NOISE[100:2000])
    assert shown(plot) == moved


def test_keys_do_what_the_mouse_does(plot: LivePlot, qtbot: QtBot) -> None:
    plot.extend("loss", np.arange(101), NOISE[:101])
    plot.setFocus()
    start = shown(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    (left, right), _ = shown(plot)
    assert right - left == pytest.approx(0.8 * (start[0][1] - start[0][0]))
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert shown(plot)[0][0] > left
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert shown(plot)[0][0] == pytest.approx(left)
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert shown(plot)[1][0] > start[1][0]
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    qtbot.keyClick(plot, Qt.Key.Key_Minus)
    assert shown(plot)[0] == pytest.approx(start[0])
    qtbot.keyClick(plot, Qt.Key.Key_L)
    assert plot.log()
    qtbot.keyClick(plot, Qt.Key.Key_L)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert shown(plot)[0] == (0, 100)
    assert not plot.log()


def test_a_logarithmic_scale(plot: LivePlot) -> None:
    plot.extend("loss", np.arange(5), [100, 10, 1, 0, -5])
    plot.set_log(True)
    bottom, top = shown(plot)[1]
    assert -0.5 < bottom < 0
    assert 2 < top < 2.5
    plot.set_log(False)
    assert shown(plot)[1][1] > 100


def test_samples_after_a_step_back_replace_the_old(plot: LivePlot) -> None:
    plot.extend("loss", np.arange(100), np.full(100, 0.9))
    plot.extend("loss", np.arange(50, 60), np.full(10, 0.1))
    assert plot._series["loss"].raw.samples == 60
    assert plot.latest("loss") == 0.1


# ---------------------------------------------------------------------------- names and values


def test_names_are_plain_text(plot: LivePlot) -> None:
    plot.set_title("<b>bold</b><img src='file:///x'>")
    plot.set_x_label("<i>step</i>")
    plot.set_series("html", "<h1>big</h1>", "series1")
    assert plot._title.textFormat() == Qt.TextFormat.PlainText
    assert plot._caption.textFormat() == Qt.TextFormat.PlainText
    entry = plot._entries["html"]
    assert entry.accessibleName() == "<h1>big</h1>"
    assert entry.toolTip() == ""
    plain = LegendEntry("(h1)big(/h1)", "series1")
    assert abs(entry.sizeHint().width() - plain.sizeHint().width()) < 40


def test_a_huge_name_stays_small(plot: LivePlot) -> None:
    plot.set_series("huge", "a\nb" * 4000, "series1")
    assert plot._entries["huge"].sizeHint().width() < 400
    assert plot._entries["huge"].sizeHint().height() < 40


def test_the_legend_shows_the_last_value(plot: LivePlot, qtbot: QtBot) -> None:
    entry = plot._entries["loss"]
    for step in range(20):
        plot.extend("loss", [step], [step / 8])
    qtbot.waitUntil(lambda: entry.value == "2.375", timeout=2000)
    plot.extend("loss", [20], [math.nan])
    qtbot.waitUntil(lambda: entry.value == "–", timeout=2000)
    np.testing.assert_equal(plot.latest("loss"), math.nan)


def test_the_legend_switches_a_line(plot: LivePlot, qtbot: QtBot) -> None:
    plot.extend("loss", np.arange(100), NOISE[:100])
    plot.set_series("large", "Large", "series1")
    plot.extend("large", np.arange(100), NOISE[:100] * 50)
    assert shown(plot)[1][1] > 40
    entry = plot._entries["large"]
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    assert not entry.isChecked()
    assert shown(plot)[1][1] < 2
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert shown(plot)[1][1] > 40


def test_a_line_can_be_renamed_and_removed(plot: LivePlot) -> None:
    plot.set_series("loss", "Verlust", "series3")
    assert plot._entries["loss"].accessibleName() == "Verlust"
    plot.extend("loss", [1], [1])
    plot.remove_series("loss")
    assert plot._flow.count() == 0
    with pytest.raises(KeyError):
        plot.extend("loss", [2], [2])


def test_a_narrow_legend_goes_on_below(plot: LivePlot) -> None:
    for number in range(8):
        plot.set_series(str(number), f"Series number {number}", f"series{number}")
    assert plot._flow.heightForWidth(300) > 3 * plot._flow.heightForWidth(3000)
    settle()
    areas = [entry.geometry() for entry in plot._entries.values()]
    assert not any(one.intersects(other) for one in areas for other in areas if one is not other)
    assert all(area.right() <= plot._legend.width() for area in areas)


def test_the_crosshair_reads_the_nearest_values(plot: LivePlot) -> None:
    plot.set_x_label("Step")
    plot.set_series("points", "Points", "series1", points=True)
    plot.extend("loss", np.arange(101), np.arange(101) / 100)
    plot.extend("points", [0, 50, 100], [0.2, 0.4, 0.9])
    settle()
    crosshair = plot._crosshair
    assert not crosshair.isVisible()
    place = plot._box.mapToScene(plot._box.mapFromView(QPointF(49, 0.5)))
    plot._hovered(place)
    assert crosshair.isVisible()
    assert crosshair.lines == ("Step 49", "Loss  0.49", "Points  0.4")
    settle()
    plot._view.left.emit()
    assert not crosshair.isVisible()
    plot._hovered(QPointF(-5, -5))
    assert not crosshair.isVisible()


def test_the_crosshair_of_nothing_is_hidden(plot: LivePlot) -> None:
    plot._hovered(inside(plot).center())
    assert not plot._crosshair.isVisible()


# ---------------------------------------------------------------------------- tools and files


def test_the_slider_smooths_when_it_rests(plot: LivePlot, qtbot: QtBot) -> None:
    slider = plot.findChild(QSlider)
    assert isinstance(slider, QSlider)
    slider.setValue(10)
    slider.setValue(60)
    assert plot.smoothing() == 0
    qtbot.waitUntil(lambda: plot.smoothing() == 0.6, timeout=2000)
    plot.set_smoothing(0.25)
    assert slider.value() == 25
    with pytest.raises(ValueError, match="below 1"):
        plot.set_smoothing(1)


def test_the_tools_are_in_both_languages(plot: LivePlot) -> None:
    log = next(button for button in plot.findChildren(QToolButton) if button.text() == "Log")
    text.set_language("zh_CN")
    assert log.text() == "对数"
    log.click()
    assert plot.log()


def test_values_are_saved_as_a_table(plot: LivePlot, tmp_path: Path) -> None:
    plot.set_series("=evil()", "x", "series1")
    plot.extend("loss", [1, 2, 3.5], [0.1, math.nan, 1 / 3])
    plot.extend("=evil()", [1], [7])
    plot.save(tmp_path / "chart.csv")
    with (tmp_path / "chart.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["series", "step", "value", "lowest", "highest", "samples"]
    assert rows[1] == ["loss", "1", "0.1", "0.1", "0.1", "1"]
    assert rows[2][2] == "nan"
    assert float(rows[3][2]) == 1 / 3
    assert rows[3][1] == "3.5"
    assert rows[4][0] == "'=evil()"


def test_a_picture_is_saved_finer_than_the_screen(plot: LivePlot, tmp_path: Path) -> None:
    plot.extend("loss", np.arange(5000), NOISE[:5000])
    settle()
    plot.save(tmp_path / "chart.png")
    image = QImage(str(tmp_path / "chart.png"))
    assert image.size() == PAPER * 2  # however small it is on the screen
    colour = QColor(theme.LIGHT.series[0]).rgb()
    assert sum(image.pixel(x, image.height() // 2) == colour for x in range(image.width())) > 50


def test_a_drawing_is_saved_without_pixels(plot: LivePlot, tmp_path: Path) -> None:
    plot.extend("loss", np.arange(5000), NOISE[:5000])
    settle()
    plot.save(tmp_path / "chart.svg")
    drawing = ElementTree.parse(tmp_path / "chart.svg").getroot()
    kinds = [element.tag.rpartition("}")[2] for element in drawing.iter()]
    assert "image" not in kinds
    assert kinds.count("text") >= 10
    assert "path" in kinds or "polygon" in kinds


def test_other_endings_are_refused(plot: LivePlot, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"chart\.exe"):
        plot.save(tmp_path / "chart.exe")
    assert list(tmp_path.iterdir()) == []


def test_a_chart_that_cannot_be_saved_says_so(
    plot: LivePlot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    tools = plot._tools
    assert tools is not None
    tools.save(tmp_path / "no such folder" / "chart.csv")
    tools.save(tmp_path / "chart.exe")
    assert len(said) == 2
    assert "chart.exe" in said[1]


def test_saving_asks_where(plot: LivePlot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plot.extend("loss", [1], [2])
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / "chosen.csv")])
    next(button for button in plot.findChildren(QToolButton) if "Save" in button.toolTip()).click()
    assert (tmp_path / "chosen.csv").is_file()


# ---------------------------------------------------------------------------- its life


def test_it_starts_no_timer_that_goes_on(plot: LivePlot) -> None:
    plot.extend("loss", np.arange(10), NOISE[:10])
    assert all(timer.isSingleShot() for timer in plot.findChildren(QTimer))


def test_a_deleted_chart_hears_nothing_more(qapp: QApplication) -> None:
    gone = LivePlot()
    gone.set_series("loss", "Loss")
    gone.extend("loss", [1], [1])
    shiboken6.delete(gone)
    del gone
    gc.collect()
    theme.apply(qapp, "dark")
    text.set_language("zh_CN")


def test_it_can_stand_without_tools(qtbot: QtBot) -> None:
    bare = LivePlot(tools=False)
    qtbot.addWidget(bare)
    bare.set_smoothing(0.5)
    bare.set_log(True)
    assert bare.findChild(QSlider) is None


def test_a_million_samples_come_quickly_and_keep_the_last(plot: LivePlot) -> None:
    for at in range(0, 1_000_000, 50_000):
        plot.extend("loss", np.arange(at, at + 50_000), NOISE)
    plot.extend("loss", [1_000_000], [42.0])
    settle()
    assert plot._series["loss"].raw.samples == 1_000_001
    assert plot.latest("loss") == 42
    assert shown(plot)[1][1] > 42
