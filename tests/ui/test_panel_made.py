"""What networks made, in the window: the latest, an earlier epoch, instants played; and the log of a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.train import Best, EpochDone, Finished, Made, SampleMade, Warned
from studio.train.surface import Surface
from studio.ui.panels import made as panel
from studio.ui.panels.made import MadeView
from studio.ui.panels.run_log import RunLog
from studio.ui.widgets.sheet import Sheet
from studio.ui.words.text import set_language

PLANE = Surface(
    (0.0, 1.0, -2.0, 2.0),
    ("a", "b"),
    4,
    bytes(range(0, 256, 16)),
    ("no", "yes"),
    (0.0, 1.0),
    ((0.5, 0.5, 1),),
)


@pytest.fixture
def view(qtbot: QtBot) -> MadeView:
    made = MadeView()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


def pictures(grey: float, epoch: int, count: int = 4) -> SampleMade:
    return SampleMade(
        epoch, epoch * 10, Made("pictures", Message("Samples"), torch.full((count, 1, 8, 8), grey))
    )


def shade(sheet: Sheet) -> int:
    """Give the grey in the first picture."""
    seen = sheet.grab().toImage()
    return seen.pixelColor(seen.width() // 2 - 12, seen.height() // 2 - 12).lightness()


def test_the_latest_is_seen_and_an_earlier_one_is_gone_back_to(view: MadeView) -> None:
    for epoch, grey in enumerate((0.0, 0.5, 1.0), 1):
        view.add(pictures(grey, epoch))
    assert (shade(view.sheet), view.epoch.text()) == (255, "Epoch 3")
    view.epochs.setValue(0)
    assert (shade(view.sheet), view.epoch.text()) == (0, "Epoch 1")
    view.add(pictures(0.2, 4))
    assert (shade(view.sheet), view.epoch.text()) == (0, "Epoch 1")
    view.epochs.setValue(3)
    assert (shade(view.sheet), view.epoch.text()) == (51, "Epoch 4")
    view.restart()
    assert (view.current, view.epoch.text()) == (None, "")


def test_instants_are_played_once_and_stop_when_nobody_looks(view: MadeView, qtbot: QtBot) -> None:
    values = torch.linspace(0, 1, 5).reshape(1, 5, 1, 1, 1).expand(2, 5, 1, 4, 4)
    view.add(SampleMade(1, 10, Made("strips", Message("Denoising"), values)))
    assert (view.instants.maximum(), view.instants.value()) == (4, 4)
    view._playing.setInterval(1)
    view.play.click()
    assert (view.instants.value(), shade(view.sheet)) == (0, 0)
    qtbot.waitUntil(lambda: view.instants.value() == 4)
    qtbot.waitUntil(lambda: not view._playing.isActive())
    assert shade(view.sheet) == 255
    view.play.click()
    view.hide()
    assert not view._playing.isActive()


def test_an_episode_is_looked_at_from_its_beginning(view: MadeView) -> None:
    for epoch, steps in ((1, 6), (2, 9)):
        values = torch.randn(steps, 4)
        view.add(SampleMade(epoch, 10, Made("episode", Message("Episode"), values, scene="cartpole")))
        assert (view.instants.value(), view.instants.maximum()) == (0, steps - 1)


def test_instants_stand_beside_each_other_as_a_film(view: MadeView) -> None:
    values = torch.linspace(0, 1, 5).reshape(1, 5, 1, 1, 1).expand(2, 5, 1, 4, 4)
    view.add(SampleMade(1, 10, Made("strips", Message("Denoising"), values)))
    view.film.click()
    seen = view.sheet.grab().toImage()
    middle, shades = seen.height() // 2 - 12, [0, 64, 128, 191, 255]
    frames = [seen.pixelColor(round(seen.width() * (index + 0.5) / 5), middle) for index in range(5)]
    assert [frame.lightness() for frame in frames] == shades
    view.add(pictures(1.0, 2))
    view.titles.setCurrentIndex(view.titles.findData("Samples"))
    view.titles.activated.emit(view.titles.currentIndex())
    assert view.film.isHidden()
    assert shade(view.sheet) == 255


def test_texts_and_pictures_of_one_run_stand_in_a_list(view: MadeView) -> None:
    view.add(pictures(1.0, 1))
    assert not view.titles.isVisible()
    view.add(SampleMade(1, 10, Made("texts", Message("Texts"), texts=("<b>one</b>", "two"))))
    assert view.titles.isVisible()
    assert view.titles.currentText() == "Samples"
    view.titles.setCurrentIndex(1)
    view.titles.activated.emit(1)
    assert view.texts.toPlainText() == "<b>one</b>\n\ntwo"
    assert view.texts.isVisible()


def test_what_is_made_takes_a_bounded_memory(view: MadeView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "MOST_BYTES", 4 * 4 * 64 * 5)
    for epoch in range(1, 40):
        view.add(pictures(0.5, epoch))
    kept = [one.epoch for one in view.history["Samples"]]
    assert sum(one.made.bytes for one in view.history["Samples"]) <= panel.MOST_BYTES
    assert (kept[0], kept[-1]) == (1, 39)
    assert view.epoch.text() == "Epoch 39"


@pytest.mark.parametrize(
    "made",
    [
        Made("points", Message("p"), torch.randn(50, 3).abs()),
        Made("strips", Message("p"), torch.randn(4, 30, 2)),
        Made("episode", Message("p"), torch.randn(6, 4), scene="cartpole"),
        Made("episode", Message("p"), torch.randn(6, 3), scene="of a plugin"),
        Made("pictures", Message("p"), torch.rand(3, 3, 5, 5), texts=("one", "two", "three")),
        Made("points", Message("p"), torch.full((3, 2), float("nan"))),
        Made("surface", Message("p"), surface=PLANE),
        Made("surface", Message("p"), surface=replace(PLANE, classes=())),
    ],
)
def test_everything_is_drawn(qtbot: QtBot, made: Made) -> None:
    sheet = Sheet()
    qtbot.addWidget(sheet)
    sheet.resize(200, 150)
    blank = sheet.grab().toImage()
    sheet.show_made(made, 0)
    assert sheet.grab().toImage() != blank


def test_it_is_saved_as_a_picture(view: MadeView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view.add(pictures(1.0, 1))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "made"), ""))
    view.save.click()
    saved = QImage(str(tmp_path / "made.png"))
    assert saved.size() == view.sheet.size() * 2


def test_a_log_follows_the_language_and_keeps_its_place(qtbot: QtBot) -> None:
    log = RunLog()
    qtbot.addWidget(log)
    log.take(EpochDone(1, 3, 10, {"loss": 0.5, "val_accuracy": 0.9}, 2.0, 100.0, best=True))
    log.take(Warned(Message("{what}", what="<b>a disk</b>"), notes=(Message("{what}", what="a note"),)))
    log.take(Finished(None, "completed", Best(1, 10), 10))
    lines = [line.split("  ", 1)[1] for line in log.toPlainText().splitlines()]
    assert lines[0] == "Epoch 1 of 3, 2 s: Loss 0.5, Accuracy (validation) 0.9 (the best)"
    assert lines[1:3] == ["<b>a disk</b>", "a note"]
    set_language("zh_CN")
    try:
        assert (
            log.toPlainText()
            .splitlines()[0]
            .endswith("第 1 轮，共 3 轮，2 秒：损失 0.5, 准确率（验证） 0.9（目前最好）")
        )
    finally:
        set_language("en")
    log.restart()
    assert log.toPlainText() == ""
