"""What a person asks of networks that write and make: texts go on, seeds make others, numbers have charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from studio.data import Dataset, Preprocessing, Split, load
from studio.graph import Message
from studio.project import Choice, LossTerm, Project
from studio.train.judging import making
from studio.train.judging.evaluate import evaluate
from studio.train.judging.figures import further
from studio.train.judging.numbers import residuals
from studio.train.recipes.translation import answer
from studio.train.runs.session import networks
from studio.ui.jobs import Jobs
from studio.ui.looking.judging import Judge, Opened
from studio.ui.panels.evaluation import EvaluationPanel
from studio.ui.panels.judging_attention import AttentionView
from studio.ui.panels.judging_making import MakeView, WriteView
from studio.ui.panels.judging_numbers import AnswersView, ResidualsView
from studio.ui.panels.tryout import Tryout
from tests.drawing import chain, wire
from tests.train.projects import with_plan
from tests.train.recipe_examples import EXAMPLES, OUT, Blocks, drawn, entry, language_model, linear, planned

LEFT = Qt.MouseButton.LeftButton
Show = Callable[[Project, Dataset | None], tuple[EvaluationPanel, Judge]]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    jobs = Jobs()

    def shown(project: Project, data: Dataset | None) -> tuple[EvaluationPanel, Judge]:
        judge = Judge(jobs)
        panel = EvaluationPanel(judge)
        qtbot.addWidget(panel)
        panel.resize(900, 320)
        panel.show()
        data = load(project.plan.data) if data is None else data
        found = networks(project, 0)
        model = next(iter(found.values())) if len(found) == 1 else torch.nn.ModuleDict(found)
        judgement = evaluate((model, data, project.plan))
        judge.opened = Opened(Path("run"), model, data, judgement, project.plan, project)
        judge.changed.emit()
        return panel, judge

    yield shown
    assert jobs.close()


def causal(folder: Path) -> Project:
    blocks: Blocks = (
        entry(12, dtype="int64", open="T"),
        ("embedding", {"num_embeddings": 40, "embedding_dim": 12}),
        ("self_attention", {"num_heads": 2, "causal": True}),
        linear(40),
        OUT,
    )
    data = language_model(folder).plan.data
    return planned(drawn(("main", blocks)), "language_model", {"model": "main"}, {"prompt": "the "}, data)


def test_a_text_is_gone_on_with_stopped_and_written_anew(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    panel, judge = show(causal(tmp_path), None)
    titles = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert titles == ["Figures", "Map of samples", "Attention", "Try it"]
    panel.choose("write")
    view = panel.stack.currentWidget()
    assert isinstance(view, WriteView)
    assert view.prompt.toPlainText() == "the "
    qtbot.waitUntil(lambda: len(view.next.chances) == 10)
    assert sum(chance for _, chance in view.next.chances) <= 1
    view.prompt.setPlainText("the fox")
    view.length.setValue(15)
    view.seed.setValue(3)
    qtbot.mouseClick(view.go_button, LEFT)
    assert view.stop_button.isVisible()
    assert not view.go_button.isVisible()
    qtbot.waitUntil(lambda: not view.writing)
    assert judge.opened is not None
    model, data = judge.opened.model, judge.opened.data
    wanted = making.write(model, data, "the fox", length=15, temperature=0.8, seed=3)
    assert view.written.toPlainText() == wanted.begun + wanted.added
    assert view.go_button.isVisible()
    qtbot.mouseClick(view.dice, LEFT)
    assert view.seed.value() != 3
    qtbot.waitUntil(lambda: not view.writing)
    assert view.written.toPlainText() != wanted.begun + wanted.added
    view.length.setValue(5000)
    view.write()
    qtbot.waitUntil(lambda: len(view.written.toPlainText()) > 20)
    qtbot.mouseClick(view.stop_button, LEFT)
    assert not view.writing
    kept = view.written.toPlainText()
    assert kept.startswith("the fox")
    assert len(kept) < 5000
    view.write()
    panel.choose("overview")  # nobody looks any more
    assert not view.writing


def test_a_text_is_translated(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    panel, judge = show(EXAMPLES["translation"](tmp_path), None)
    panel.choose("write")
    view = panel.stack.currentWidget()
    assert isinstance(view, WriteView)
    assert view.go_button.text() == "Translate"
    assert not any(part.isVisible() for part in (view.temperature, view.seed, view.dice, view.next))
    view.prompt.setPlainText("12")
    qtbot.mouseClick(view.go_button, LEFT)
    qtbot.waitUntil(lambda: not view.writing)
    assert judge.opened is not None
    wanted = answer(judge.opened.model, judge.opened.data.preprocessing, "12")
    assert wanted
    assert view.written.toPlainText() == wanted
    qtbot.waitUntil(lambda: judge.tried is not None and judge.answer is not None)
    assert judge.tried is not None
    assert list(judge.tried.inputs) == list(judge.opened.data.train.inputs)
    assert judge.tried.shown.words == ("1", "2")


def test_a_row_of_attention_is_seen_in_the_text(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    panel, judge = show(causal(tmp_path), None)
    panel.choose("attention")
    view = panel.stack.currentWidget()
    assert isinstance(view, AttentionView)
    judge.try_text("the fox")
    qtbot.waitUntil(lambda: view.look.shown is not None and len(view.look.shown.words) == 7)
    before = view.look.heat
    view.map.grab()  # what is painted has places
    area = view.map._area
    cell = area.topLeft() + QPointF(area.width() / 14, area.height() * 2.5 / 7)
    qtbot.mouseClick(view.map, LEFT, pos=cell.toPoint())
    # The third token looks at the first three at most.
    assert view.look.heat != before
    assert max(view.look.heat) == 1
    assert view.look.heat[3:] == (0, 0, 0, 0)
    qtbot.mouseClick(view.map, LEFT, pos=cell.toPoint())
    assert view.look.heat == before


def test_what_is_looked_at_on_a_picture_is_laid_over_it(show: Show, qtbot: QtBot) -> None:
    blocks: Blocks = (("flatten", {"start_dim": 2}), ("softmax", {"dim": 2}), ("multiply", {}))
    pooled: Blocks = (("avg_pool2d", {"kernel_size": 4}), *blocks, ("flatten", {}), linear(10), OUT)
    project, ids = chain(entry(1, 28, 28), *pooled)
    project = with_plan(
        wire(project, ids[2], ids[4]), data=Choice("digits"), losses=(LossTerm(Choice("cross_entropy")),)
    )
    panel, _ = show(project, None)
    panel.choose("attention")
    view = panel.stack.currentWidget()
    assert isinstance(view, AttentionView)
    qtbot.waitUntil(lambda: view.look.shown is not None)
    looking = view._found.layers[0] if view._found is not None else None
    assert looking is not None
    assert looking.grid == (7, 7)
    assert (view.map._image.width(), view.map._image.height()) == (7, 7)
    over = view.look._over
    assert (over.width(), over.height()) == (7, 7)
    most = max(range(49), key=looking.heads[0].__getitem__)
    assert over.pixelColor(most % 7, most // 7).alpha() == 255
    view.map.grab()
    before = over.cacheKey()
    qtbot.mouseClick(view.map, LEFT, pos=view.map._area.center().toPoint())  # there is one row only
    assert view.look._over.cacheKey() == before


def test_every_seed_makes_others_and_earlier_ones_are_gone_back_to(
    show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    project = EXAMPLES["dqn"](tmp_path)
    panel, judge = show(project, None)
    assert [panel.list.item(row).text() for row in range(panel.list.count())] == ["Figures", "Make new ones"]
    panel.choose("make")
    view = panel.stack.currentWidget()
    assert isinstance(view, MakeView)
    qtbot.waitUntil(lambda: view.made.current is not None)
    qtbot.mouseClick(view.button, LEFT)
    qtbot.waitUntil(lambda: view.made.epoch.text() == "Seed 2")
    assert judge.opened is not None
    (wanted,) = making.made(judge.opened.model, judge.opened.data, project.plan, 2)
    current = view.made.current
    assert current is not None
    assert current.made.values is not None
    assert wanted.values is not None
    assert torch.equal(current.made.values, wanted.values)
    view.made.epochs.setValue(0)
    assert view.made.epoch.text() == "Seed 1"


def test_a_drawing_is_given_back_beside_it(show: Show, qtbot: QtBot) -> None:
    pixels: Blocks = (linear(784), ("reshape", {"shape": (1, 28, 28)}), OUT)
    project = drawn(
        ("writer", (entry(1, 28, 28), ("flatten", {}), linear(3), OUT)), ("reader", (entry(3), *pixels))
    )
    roles = {"encoder": "writer", "decoder": "reader"}
    panel, _ = show(planned(project, "autoencoder", roles, {"kind": "plain"}, Choice("digits")), None)
    panel.choose("tryout")
    view = panel.stack.currentWidget()
    assert isinstance(view, Tryout)
    assert view.mode == "draw"
    assert not view.why_button.isVisible()
    qtbot.mousePress(view.pad, LEFT, pos=view.pad.rect().center())
    qtbot.mouseRelease(view.pad, LEFT, pos=view.pad.rect().center())
    qtbot.waitUntil(view.look.isVisible)
    assert view.look.shown is not None
    assert view.look.shown.picture is not None
    assert view.look.shown.picture[:3] == (28, 28, 1)
    assert not view.bars.isVisible()


def test_each_of_several_numbers_has_charts_of_its_own(show: Show, qtbot: QtBot) -> None:
    drawing = torch.Generator().manual_seed(0)
    x = torch.randn(60, 4, generator=drawing)
    y = torch.stack([x.sum(1), x[:, 0] * x[:, 1]], 1)
    facts = Preprocessing(
        "vector", (4,), targets=("price", "weight"), target_means=(10.0, 5000.0), target_stds=(2.0, 1000.0)
    )
    split = Split({"x": x}, {"target": y})
    data = Dataset(split, split, split, "regression", (), facts, Message("Made"))
    project, _ = chain(("input", {"shape": (4,)}), ("linear", {"out_features": 2}), OUT)
    project = with_plan(project, losses=(LossTerm(Choice("mse")),))
    panel, judge = show(project, data)
    assert judge.opened is not None
    found = judge.opened.evaluation
    assert found.numbers == ("price", "weight")
    said = found.answers.predicted
    for number, (mean, std) in enumerate(((10, 2), (5000, 1000))):
        pairs = found.pairs(number)
        assert pairs.true == pytest.approx((y[:, number].double() * std + mean).tolist())
        assert pairs.predicted == pytest.approx((said[:, number].double() * std + mean).tolist())
        assert pairs.samples == tuple(range(60))
    assert found.pairs().samples[:5] == (0, 0, 1, 1, 2)
    each = [residuals(found, number).r2 for number in (0, 1)]
    assert further(found)["r2"] == pytest.approx(sum(each) / 2)
    panel.choose("answers")
    view = panel.stack.currentWidget()
    assert isinstance(view, AnswersView)
    assert [view.number.itemText(row) for row in range(3)] == ["price", "weight", "All together"]
    assert view.scatter.points[7] == pytest.approx((found.pairs(0).true[7], found.pairs(0).predicted[7]))
    view.number.setCurrentIndex(1)
    view.number.activated.emit(1)
    assert view.scatter.points[7] == pytest.approx((found.pairs(1).true[7], found.pairs(1).predicted[7]))
    view.scatter.chosen.emit(7)
    qtbot.waitUntil(lambda: judge.tried is not None and judge.tried.index == 7)
    panel.choose("residuals")
    other = panel.stack.currentWidget()
    assert isinstance(other, ResidualsView)
    other.number.setCurrentIndex(1)
    other.number.activated.emit(1)
    qtbot.waitUntil(lambda: other.over.items != [] and judge.work.at("residuals").job is None)
    assert judge.work.at("residuals").result == residuals(found, 1)
    other.number.setCurrentIndex(2)
    other.number.activated.emit(2)
    qtbot.waitUntil(lambda: judge.work.at("residuals").result == residuals(found))


def test_what_cannot_be_brought_is_not_asked_for(show: Show, qtbot: QtBot) -> None:
    tokens = torch.arange(60).reshape(12, 5) % 7
    split = Split({"x": tokens}, {"target": tokens % 2})
    facts = Preprocessing("tokens", (5,))  # numbers without words
    data = Dataset(split, split, split, "classification", ("no", "yes"), facts, Message("Made"))
    project, _ = chain(
        entry(5, dtype="int64"),
        ("embedding", {"num_embeddings": 7, "embedding_dim": 4}),
        linear(2),
        ("permute", {"dims": (2, 1)}),
        OUT,
    )
    panel, _ = show(with_plan(project, losses=(LossTerm(Choice("cross_entropy")),)), data)
    titles = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert titles == ["Confusion matrix", "Sample by sample", "By class", "Calibration", "Why?"]
