"""Every view of a judgement, on small networks of every kind: what is drawn is what was worked out."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split, load
from studio.graph import Message, Value
from studio.project import Choice, LossTerm, Project
from studio.train.judging.curves import calibration, curves
from studio.train.judging.evaluate import evaluate
from studio.train.judging.numbers import residuals
from studio.ui.jobs import Jobs
from studio.ui.looking.judging import Judge, Opened
from studio.ui.panels.evaluation import EvaluationPanel
from studio.ui.panels.judging_chart import Chart, Columns, Dots, Ground, Line
from studio.ui.panels.judging_gates import GatesView
from studio.ui.panels.judging_view import View
from studio.ui.panels.judging_why import METHODS
from studio.ui.window import MainWindow
from studio.ui.words.figures import measure
from tests.drawing import chain
from tests.train.projects import wine, with_plan

LEFT = Qt.MouseButton.LeftButton
Kinds = tuple[tuple[str, Mapping[str, Value]], ...]
WORDS = ("<padding>", "<unknown>", "the", "cat", "sees", "red", "dog")


def _windows() -> torch.Tensor:
    return torch.sin(torch.arange(60) / 2.0)[:, None].unfold(0, 9, 1).transpose(1, 2)


def made(kind: str) -> Opened:
    """A network without training, judged by samples that are made here."""
    drawn = torch.Generator().manual_seed(0)
    classes: tuple[str, ...] = ("ant", "bee", "cow")
    task, loss, count = "classification", "cross_entropy", 60
    layers: Kinds
    if kind == "pictures":
        x = torch.rand(count, 3, 12, 12, generator=drawn)
        facts = Preprocessing("image", (3, 12, 12))
        layers = (("conv2d", {"out_channels": 4}), ("flatten", {}), ("linear", {"out_features": 3}))
        y = torch.arange(count) % 3
    elif kind == "regions":
        x, y = torch.rand(count, 1, 8, 8, generator=drawn), torch.randint(3, (count, 8, 8), generator=drawn)
        facts = Preprocessing("image", (1, 8, 8))
        layers = (("conv2d", {"out_channels": 3, "padding": 1}),)
    elif kind in ("texts", "sequence"):
        x = torch.randint(2, 7, (count, 6), generator=drawn)
        x[:, 4:] = 0
        facts = Preprocessing("tokens", (6,), vocabulary=WORDS)
        layers = (
            ("embedding", {"num_embeddings": 7, "embedding_dim": 8}),
            ("self_attention", {"num_heads": 2}),
        )
        if kind == "texts":
            layers = (*layers, ("flatten", {}), ("linear", {"out_features": 3}))
            y = torch.arange(count) % 3
        else:
            layers = (*layers, ("linear", {"out_features": 3}), ("permute", {"dims": (2, 1)}))
            y = torch.randint(3, (count, 6), generator=drawn)
    else:
        x = torch.randn(count, 4, generator=drawn)
        facts = Preprocessing("vector", (4,), columns=("a", "b", "c", "d"))
        layers = (("linear", {"out_features": 3}),)
        if kind == "series":
            x, facts = _windows(), Preprocessing("series", (8, 1), columns=("value",), targets=("value",))
            y, x, count = x[:, 8:, 0], x[:, :8], len(x)
            task, loss, classes = "regression", "mse", ()
            layers = (("lstm", {"hidden_size": 3}), ("select", {}), ("linear", {"out_features": 1}))
        elif kind == "plane":
            x, y, layers = x[:, :2], torch.arange(count) % 3, (("linear", {"out_features": 3}),)
            facts = Preprocessing("vector", (2,), columns=("a", "b"))
        elif kind == "pairs":
            layers, y, classes = (("linear", {"out_features": 3}),), torch.arange(count) % 2, classes[:2]
        elif kind == "labels":
            task, loss, y = "multilabel", "bce_with_logits", (x[:, :3] > 0).float()
        else:
            task, loss, classes, y = "regression", "mse", (), x.sum(1)
            layers = (("linear", {"out_features": 1}),)
    shape: dict[str, Value] = {"shape": tuple(x.shape[1:])}
    if not x.is_floating_point():
        shape["dtype"] = "int64"
    project, _ = chain(("input", shape), *layers, ("output", {}))
    project = with_plan(project, losses=(LossTerm(Choice(loss)),))
    fields = {"x": x}
    if kind == "pairs":
        fields = {"a": x, "b": x.roll(1, 0)}
        project = with_plan(project, recipe=Choice("siamese"), losses=())
    split = Split(fields, {"target": y})
    data = Dataset(split, split, split, task, classes, facts, Message("Made"))  # type: ignore[arg-type]
    model = build(project, seed=0)
    return Opened(Path("run"), model, data, evaluate((model, data, project.plan)), project.plan, project)


Show = Callable[[str], tuple[EvaluationPanel, Judge]]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    jobs = Jobs()

    def shown(kind: str) -> tuple[EvaluationPanel, Judge]:
        judge = Judge(jobs)
        panel = EvaluationPanel(judge)
        qtbot.addWidget(panel)
        panel.resize(900, 320)
        panel.show()
        judge.opened = made(kind)
        judge.changed.emit()
        return panel, judge

    yield shown
    assert jobs.close()


def front(panel: EvaluationPanel, judge: Judge, id: str, qtbot: QtBot) -> View:
    """Choose a view and wait until it shows what was worked out."""
    panel.choose(id)
    view = panel.stack.currentWidget()
    assert isinstance(view, View)
    assert id == view.ID

    def done() -> bool:
        now = judge.work.at(id)
        return now.job is None and (now.ended or now.key is None)

    qtbot.waitUntil(done)
    return view


OFFERED = {
    "pictures": "confusion classes curves calibration mistakes map why",
    "texts": "confusion classes curves calibration mistakes map why attention",
    "regions": "confusion places classes calibration why",
    "sequence": "confusion places classes calibration why attention",
    "pairs": "confusion pairs classes curves calibration mistakes map",
    "labels": "classes curves calibration map why",
    "numbers": "answers residuals map why",
    "series": "forecast answers residuals map why gates",
    "plane": "confusion surface classes curves calibration mistakes map why",
}


@pytest.mark.parametrize("kind", OFFERED)
def test_each_view_that_is_offered_shows_something(show: Show, qtbot: QtBot, kind: str) -> None:
    panel, judge = show(kind)
    assert judge.opened is not None
    offered = [view.ID for view in panel.views if view.fits(judge.opened)]
    assert offered == OFFERED[kind].split()
    assert panel.list.count() == len(offered) + (kind != "pairs")  # two samples are not brought at once
    judge.try_sample(2)
    qtbot.waitUntil(lambda: judge.answer is not None)
    for id in offered:
        view = front(panel, judge, id, qtbot)
        qtbot.waitUntil(lambda view=view: view.pages.currentIndex() == 0)  # type: ignore[misc]
        assert judge.work.at(id).error is None
        assert view.says.text()
        for chart in view.findChildren(Chart):
            assert any(item.points for item in chart.items if isinstance(item, Line | Dots)) or any(
                any(item.heights) for item in chart.items if isinstance(item, Columns)
            )


def test_the_surface_says_what_is_answered_and_a_sample_on_it_is_looked_at(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("plane")
    assert judge.opened is not None
    view = front(panel, judge, "surface", qtbot)
    (chart,) = view.findChildren(Chart)
    ground, *dots = chart.items
    assert isinstance(ground, Ground)
    assert sum(len(item.points) for item in dots if isinstance(item, Dots)) == judge.opened.evaluation.count
    chart.grab()
    first = dots[1]
    assert isinstance(first, Dots)
    qtbot.mouseClick(chart, LEFT, pos=chart.place(*first.points[3]).toPoint())
    qtbot.waitUntil(lambda: judge.tried is not None)
    assert judge.tried is not None
    assert judge.tried.index == first.keys[3]
    x, y = 0.99 * ground.left + 0.01 * ground.right, 0.99 * ground.low + 0.01 * ground.high
    assert ground.say(x, y).split()[0] in judge.opened.evaluation.classes
    assert ground.say(x, y) in chart.reading(chart.place(x, y))


def test_forecasts_lie_over_what_came_and_gates_over_the_steps(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("series")
    assert judge.opened is not None
    view = front(panel, judge, "forecast", qtbot)
    found: Any = judge.work.at("forecast").result
    (chart,) = view.findChildren(Chart)
    drawn = {item.label: [y for _, y in item.points] for item in chart.items if isinstance(item, Line)}
    assert drawn == {
        "Naive": list(found.naive),
        "What came": list(found.truth),
        "Forecast": list(found.forecast),
    }
    assert any(f"{found.share:.2f} times" in one.text() for one in view.findChildren(QLabel))
    view = front(panel, judge, "gates", qtbot)
    qtbot.waitUntil(lambda: judge.work.at("gates").result is not None)
    assert isinstance(view, GatesView)
    followed: Any = judge.work.at("gates").result
    layer = followed.layers[0]
    names = [item.label for item in view.chart.items if isinstance(item, Line)]
    assert names[1:] == ["Input gate", "Forget gate", "Output gate"]
    assert view.quantity.count() == len(layer.courses) == 6
    view.quantity.setCurrentIndex(5)
    view.quantity.activated.emit(5)
    view.map.grab()
    place = view.map.rect().center()
    unit, step = 1, 4
    value = layer.courses[5].values[unit][step]
    assert view.map.reading(place.x() + 1, place.y()) == f"Unit 2 at step 5: {measure(value)}"


def lines(chart: Chart) -> dict[str, Line]:
    return {item.label: item for item in chart.items if isinstance(item, Line)}


def test_curves_and_calibration_are_those_that_were_worked_out(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("pictures")
    assert judge.opened is not None
    view = front(panel, judge, "curves", qtbot)
    wanted = curves(judge.opened.evaluation)
    found = lines(view.roc)  # type: ignore[attr-defined]
    assert set(found) == {"", "ant", "bee", "cow", "Mean"}
    assert found["bee"].points == wanted.each[1].roc
    assert f"{wanted.roc_area:.4f}" in view.areas.text()  # type: ignore[attr-defined]
    view.which.setCurrentIndex(2)  # type: ignore[attr-defined]
    view.which.activated.emit(2)  # type: ignore[attr-defined]
    assert set(lines(view.roc)) == {"", "bee"}  # type: ignore[attr-defined]
    assert f"{wanted.each[1].roc_area:.4f}" in view.areas.text()  # type: ignore[attr-defined]
    diagram = front(panel, judge, "calibration", qtbot)
    columns = [item for item in diagram.diagram.items if isinstance(item, Columns)]  # type: ignore[attr-defined]
    assert columns[0].heights == [
        one.accuracy if one.count else 0 for one in calibration(judge.opened.evaluation).bins
    ]


def test_a_cell_gives_its_samples_and_one_of_them_is_looked_at(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("pictures")
    assert judge.opened is not None
    found = judge.opened.evaluation
    front(panel, judge, "confusion", qtbot)
    true, predicted = next(
        (a, b) for a in range(3) for b in range(3) if a == b and found.confusion[a][b]
    )  # right ones, too
    panel.confusion.cell_clicked.emit(true, predicted)
    assert panel.wrong.samples() == list(found.cell(true, predicted))
    assert len(panel.wrong.samples()) == found.confusion[true][predicted]
    assert not panel.card.isVisible()
    panel.wrong.setCurrentRow(0)
    qtbot.waitUntil(panel.card.isVisible)
    assert judge.tried is not None
    assert judge.tried.index == panel.wrong.samples()[0].index
    assert panel.card.bars.chances[0][0] == found.classes[predicted]
    qtbot.mouseClick(panel.card.why_button, LEFT)
    view = panel.stack.currentWidget()
    assert isinstance(view, View)
    assert view.ID == "why"
    assert not panel.card.isVisible()


def test_every_way_to_ask_why_is_drawn_and_goes_with_the_sample(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("pictures")
    judge.try_sample(5)
    qtbot.waitUntil(lambda: judge.tried is not None)
    view = front(panel, judge, "why", qtbot)
    ways = [view.method.itemData(row) for row in range(view.method.count())]  # type: ignore[attr-defined]
    assert ways == ["gradcam", "gradient", "smooth", "integrated", "occlusion"]
    seen = set()
    for row, way in enumerate(ways):
        view.method.setCurrentIndex(row)  # type: ignore[attr-defined]
        view.method.activated.emit(row)  # type: ignore[attr-defined]
        front(panel, judge, "why", qtbot)
        assert view.says.text() == METHODS[way][1]
        assert len(view.look.heat) == 144  # type: ignore[attr-defined]
        seen.add(view.look.heat)  # type: ignore[attr-defined]
    assert len(seen) == 5
    before = view.look.heat  # type: ignore[attr-defined]
    view.sample.index.setValue(7)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.look.heat != before)  # type: ignore[attr-defined]
    assert judge.tried is not None
    assert judge.tried.index == 7


def test_a_point_of_residuals_leads_to_its_sample(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("numbers")
    assert judge.opened is not None
    view = front(panel, judge, "residuals", qtbot)
    chart: Chart = view.over  # type: ignore[attr-defined]
    left = residuals(judge.opened.evaluation)
    chart.grab()  # what is painted has places
    place = chart.place(*left.points[11])
    dots, number = chart.dot_at(place) or (None, -1)
    assert isinstance(dots, Dots)
    assert chart.reading(place)[0].startswith(f"Sample {dots.keys[number]}")
    qtbot.mouseClick(chart, LEFT, pos=QPointF(place).toPoint())
    qtbot.waitUntil(panel.card.isVisible)
    assert judge.tried is not None
    assert judge.tried.index in left.samples
    assert f"Sample {judge.tried.index}" in panel.card.said.text()
    first = min(range(len(left.points)), key=lambda number: left.points[number])
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    qtbot.waitUntil(lambda: judge.tried is not None and judge.tried.index == left.samples[first])
    assert f"Sample {left.samples[first]}" in chart.accessibleDescription()


def test_work_is_cancelled_and_asked_for_again(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("pictures")
    panel.choose("map")
    view = front(panel, judge, "map", qtbot)
    began = []

    def slow(told: Callable[[float], None]) -> object:
        began.append(1)
        for _ in range(2000):
            time.sleep(0.005)
            told(0.25)
        return None

    view.want("slow", slow)
    qtbot.waitUntil(lambda: view.progress.value() == 25)
    qtbot.mouseClick(view.cancel_button, LEFT)
    assert view.hint.text() == "Cancelled"
    qtbot.mouseClick(view.again_button, LEFT)
    front(panel, judge, "map", qtbot)
    assert view.pages.currentIndex() == 0
    assert len(began) == 1


def test_a_text_of_ones_own_is_tried_and_its_unknown_words_are_marked(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("texts")
    panel.choose("tryout")
    tryout = panel.tryout
    assert tryout.mode == "text"
    assert not tryout.flow_button.isEnabled()
    tryout.text.setPlainText("the zebra sees")
    qtbot.waitUntil(lambda: judge.tried is not None)
    assert judge.tried is not None
    assert judge.tried.shown.words == ("the", "zebra", "sees")
    assert tryout.tokens.marks == (None, False, None)
    assert tryout.said.text() == "1 word is unknown to the network, underlined below."
    assert len(tryout.bars.chances) == 3
    with qtbot.waitSignal(panel.flow_wanted):
        qtbot.mouseClick(tryout.flow_button, LEFT)
    tryout.text.clear()
    qtbot.waitUntil(lambda: not tryout.flow_button.isEnabled())


def test_a_row_and_a_picture_of_ones_own_are_tried(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("numbers")
    panel.choose("tryout")
    assert panel.tryout.mode == "row"
    assert list(panel.tryout.row.fields) == ["a", "b", "c", "d"]
    qtbot.mouseClick(panel.tryout.row.sample_button, LEFT)
    qtbot.waitUntil(lambda: judge.answer is not None)
    assert judge.tried is not None
    cells = list(panel.tryout.row.cells().values())
    assert next(iter(judge.tried.inputs.values()))[0].tolist() == pytest.approx(cells, abs=1e-5)
    assert panel.tryout.number.isVisible()
    other, asked = show("pictures")
    other.choose("tryout")
    assert other.tryout.mode == "picture"
    image = QImage(24, 12, QImage.Format.Format_RGB888)
    image.fill(0x336699)
    other.tryout.sheet._take(image)
    assert other.tryout.sheet.picture() == (24, 12, bytes((0x33, 0x66, 0x99)) * 288)
    qtbot.waitUntil(lambda: asked.tried is not None)
    assert asked.tried is not None
    given = next(iter(asked.tried.inputs.values()))
    assert given.shape == (1, 3, 12, 12)
    assert given[0, :, 5, 5].tolist() == pytest.approx([0.2, 0.4, 0.6], abs=1e-3)


def test_what_has_no_right_answers_is_judged_by_figures(show: Show, qtbot: QtBot) -> None:
    panel, judge = show("numbers")
    opened = judge.opened
    assert opened is not None
    found = opened.evaluation
    figures = dataclasses.replace(
        found, metrics={"loss": 1.5}, answers=dataclasses.replace(found.answers, kind="loss")
    )
    judge.opened = dataclasses.replace(opened, evaluation=figures)
    judge.changed.emit()
    assert [panel.list.item(row).text() for row in range(panel.list.count())] == ["Figures", "Map of samples"]
    assert panel._left.isVisible()
    assert "1.5" in [part.text() for part in panel._left.findChildren(QLabel)]


def test_a_sample_of_ones_own_flows_through_the_canvas(
    open_project: Callable[[Project], MainWindow], qtbot: QtBot
) -> None:
    window = open_project(wine())
    workspace, project = window.workspace, window.document.project
    judge, flowing = workspace.judge, workspace.flowing
    data, model = load(project.plan.data), build(project, seed=0)
    found = evaluate((model, data, project.plan))
    judge.opened = Opened(Path("run"), model, data, found, project.plan, project)
    judge.changed.emit()
    row: dict[str, float | str] = dict.fromkeys(data.preprocessing.columns, 1.0)
    judge.try_row(row)
    qtbot.waitUntil(lambda: judge.tried is not None)
    workspace.evaluation.flow_wanted.emit()
    assert flowing.on
    first = judge.tried
    assert flowing.choice.own is first
    qtbot.waitUntil(lambda: flowing.seen is not None and flowing.seen.ask.own is not None, timeout=20_000)
    assert flowing.error is None
    assert flowing.seen is not None
    assert flowing.seen.truth is None
    workspace.docks.show("flow")
    walk = workspace.walk
    qtbot.waitUntil(walk.isVisible)
    assert walk.part.currentText() == "Your own sample"
    judge.try_row({**row, "alcohol": 14.0})
    qtbot.waitUntil(lambda: judge.tried is not first)
    assert flowing.choice.own is judge.tried  # the next one is followed by itself
    walk.next_sample()
    assert flowing.choice.own is None
    assert walk.part.currentText() == "Training data"
    judge.try_sample(4)
    qtbot.waitUntil(lambda: judge.tried is not None and judge.tried.index == 4)
    workspace.evaluation.flow_wanted.emit()
    assert (flowing.choice.part, flowing.choice.index) == ("test", 4)
