"""Templates are found in both languages, opened, added to a project, kept as one's own and taken out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.project import own_templates
from studio.project.file import write
from studio.project.gallery import TEMPLATES, template
from studio.ui.teaching.gallery import GalleryDialog
from studio.ui.teaching.ladder import Ladder, rungs
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(own_templates, "data_folder", lambda: tmp_path / "data")
    return tmp_path


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> GalleryDialog:
    made = GalleryDialog(window, window.settings, window.ladder, window.thumbnail, None)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(window: MainWindow) -> set[str]:
    grid = window.welcome.grid
    return {one.id for card in grid.shown if (one := grid.template_of(card)) is not None}


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "卷积神经"), ("zh_CN", "Convolutional network"), ("en", "cnn")]
)
def test_words_of_both_languages_find_a_template(window: MainWindow, language: str, typed: str) -> None:
    set_language(language)
    window.welcome.grid.filters.search.setText(typed)
    assert "cnn" in shown(window)
    assert window.welcome.cards[0] not in window.welcome.grid.shown
    window.welcome.grid.filters.search.setText("zzzz")
    assert shown(window) == set()
    assert window.welcome.grid.none.isVisible()
    window.welcome.grid.filters.clear()
    assert window.welcome.grid.shown == window.welcome.cards


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("transformer", ("translation", "翻译", "question answering", "问答", "summary", "摘要")),
        ("rnn", ("sentiment", "情感")),
        ("resnet", ("transfer learning", "迁移学习")),
        ("mobilenet", ("pruning", "剪枝", "quantisation", "量化")),
        ("autoencoder", ("vae",)),
        ("unet", ("segmentation", "分割")),
    ],
)
def test_a_template_is_found_by_what_it_is_used_for(
    window: MainWindow, id: str, words: tuple[str, ...]
) -> None:
    for typed in words:
        window.welcome.grid.filters.search.setText(typed)
        assert id in shown(window), typed


def test_cards_count_the_steps_of_the_ladder(window: MainWindow, qtbot: QtBot) -> None:
    grid = window.welcome.grid
    window.welcome.draw_pictures()
    qtbot.waitUntil(lambda: grid.filters.task.count() > 1)
    numbers = {one.id: card._order for card in grid.cards if (one := grid.template_of(card)) is not None}
    assert [numbers[one.id] for one in rungs(grid.templates)] == [str(n + 1) for n in range(len(numbers))]


def test_task_and_size_narrow(window: MainWindow, qtbot: QtBot) -> None:
    filters = window.welcome.grid.filters
    assert filters.task.count() == 1  # projects are not looked into before the window is painted
    window.welcome.draw_pictures()
    qtbot.waitUntil(lambda: filters.task.count() > 1)
    for field, key, held in ((filters.task, "classification", True), (filters.scale, "small", False)):
        filters.clear()
        field.setCurrentIndex(field.findData(key))
        field.activated.emit(field.currentIndex())
        assert ("cnn" in shown(window)) == held
    filters.scale.setCurrentIndex(filters.scale.findData("medium"))
    filters.scale.activated.emit(2)
    assert "cnn" in shown(window)


def test_a_template_is_added_as_one_step_under_free_names(window: MainWindow) -> None:
    window.filing.new()
    before = window.document.project
    assert window.templates.add(template("cnn"))
    after = window.document.project
    assert list(after.networks) == ["main", "main 2"]
    assert after.networks["main 2"].nodes == template("cnn").open().networks["main"].nodes
    assert after.plan == before.plan
    page = window.workspace.networks.page
    assert page is not None
    assert page.network == "main 2"
    window._undo()
    assert window.document.project == before


def test_a_project_is_kept_as_a_template_with_the_beginning_of_a_lesson(window: MainWindow) -> None:
    window.filing.from_template("cnn")
    made = window.templates.keep("My [own] digits")
    assert made is not None
    assert (made.origin, made.title) == ("yours", "My [own] digits")
    assert "- `conv1`: …" in made.lesson("en")
    assert window.filing.from_template(made.key)
    assert window.document.project.template == made.id
    panel = window.workspace.teacher.panel
    assert panel.has_lesson
    window.show_welcome()
    assert made.key in {one.key for one in window.welcome.found}


def test_the_gallery_opens_takes_out_and_tells_what_is_broken(
    dialog: GalleryDialog, qtbot: QtBot, home: Path
) -> None:
    steps = rungs(dialog.grid.templates)
    assert dialog.chosen is steps[0]  # the first that is not done
    made = own_templates.save(template("cnn").open(), "Mine", {"en": "# Mine\n\nMy own.\n"}, {})
    shared = home / "shared"
    shutil.copytree(TEMPLATES / "cnn", shared / "theirs")
    (shared / "broken").mkdir()
    (shared / "broken" / "project.netwright").write_text("nothing")
    dialog.take_folder(str(shared))
    assert {one.origin for one in dialog.grid.templates} == {"ours", "yours", "shared"}
    assert dialog.banners.get("broken 0") is not None
    dialog._look(made.key)
    assert dialog.chosen is not None
    assert dialog.chosen.title == "Mine"
    assert dialog.remove.isVisible()
    dialog.remove.click()
    assert "yours" not in {one.origin for one in dialog.grid.templates}
    banner = dialog.banners.get("removed")
    assert banner is not None
    banner.buttons()[0].click()
    assert "yours" in {one.origin for one in dialog.grid.templates}
    theirs = next(card for card in dialog.grid.cards if _origin(dialog, card) == "shared")
    qtbot.mouseClick(theirs, Qt.MouseButton.LeftButton)
    dialog.forget.click()
    assert "shared" not in {one.origin for one in dialog.grid.templates}
    dialog.add.click()
    assert dialog.wanted == "add"


def _origin(dialog: GalleryDialog, card: object) -> str:
    found = dialog.grid.template_of(card)  # type: ignore[arg-type]  # one of its cards
    return found.origin if found is not None else ""


def test_progress_is_remembered_and_the_next_lesson_is_the_next_on_the_ladder(
    window: MainWindow, tmp_path: Path
) -> None:
    places = {"a": 1, "b": 2, "c": 5}
    for id, order in places.items():
        place = tmp_path / "steps" / id
        place.mkdir(parents=True)
        write(template("cnn").open(), place / "project.netwright")
        (place / "facts.json").write_text(f'{{"order": {order}}}')
    from studio.project.gallery import Shelf, look

    known = look(shelves=[Shelf(tmp_path / "steps", "ours")]).templates
    ladder = window.ladder
    first, second, last = rungs(known)
    assert ladder.next(first, known) is second
    assert ladder.next(last, known) is None
    ladder.note("a", read=True)
    ladder.note("a", trained=True, reached=True)
    ladder.put("a", 0.25)
    again = Ladder(window.settings).of("a")
    assert (again.place, again.share) == (0.25, 1.0)
    window.settings.set("ladder", {"a": "nonsense", "b": {"place": "x"}})
    assert ladder.of("a").share == ladder.of("b").place == 0.0
