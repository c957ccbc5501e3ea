"""The page of the data: it looks aside of the window, says what to do, and its edits can be undone."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from studio.graph import Message, freeze
from studio.project import Choice, GraphRef, Project, edits
from studio.project.file import read
from studio.ui.panels.data_page import DataPage
from studio.ui.panels.data_page_overview import Note
from studio.ui.widgets.plain import is_seen
from studio.ui.window import MainWindow
from tests.ui.test_accessible import nameless

TEMPLATE = Path(__file__).parents[2] / "templates" / "cnn" / "project.netwright"
MAIN = GraphRef("network", "main")
Choose = Callable[[Choice], DataPage]


@pytest.fixture
def choose(
    open_project: Callable[[Project], MainWindow], window: MainWindow, qtbot: QtBot
) -> Callable[[Choice], DataPage]:
    """Give a function that chooses data and waits until the page has looked at it."""
    open_project(read(TEMPLATE))
    window.workspace.docks.show("data")

    def show(choice: Choice) -> DataPage:
        page, project = window.workspace.data, window.document.project
        if project.plan.data != choice:
            plan = dataclasses.replace(project.plan, data=choice)
            window.document.do(Message("Choose"), edits.set_plan(project, plan))
        ready = ("found", "failed", "absent")
        qtbot.waitUntil(lambda: page.data.choice == choice and page.data.state in ready, timeout=20_000)
        return page

    return show


def _settled(page: DataPage, qtbot: QtBot) -> None:
    """Wait until it is known whether the network fits, and samples are there."""
    data = page.data
    qtbot.waitUntil(
        lambda: data.suited is not None and data.suited.before is page._document.project, timeout=20_000
    )
    qtbot.waitUntil(lambda: page.samples.handful is not None)


def _button(page: DataPage, text: str) -> QPushButton:
    (found,) = [one for one in page.findChildren(QPushButton) if one.text() == text and not one.isHidden()]
    return found


def _table(tmp_path: Path) -> Choice:
    path = tmp_path / "own.csv"
    rows = [f"{number % 7},{number % 3},EUR,{'ab'[number % 2]}" for number in range(80)]
    path.write_text("\n".join(["one,two,money,kind", *rows]), encoding="utf-8")
    return Choice("table", freeze({"folder": str(path)}))


def test_digits_are_seen_by_class_and_as_they_are_varied_and_only_while_they_are_looked_at(
    choose: Choose, window: MainWindow, qtbot: QtBot
) -> None:
    page = choose(Choice("digits"))
    _settled(page, qtbot)
    assert page.pages.currentIndex() == 1
    assert page.samples.tiles.count() == 60
    assert "The network fits this data." in _said(page)
    page.classes.table.setFocus()
    page.classes.table.setCurrentCell(3, 0)
    qtbot.keyClick(page.classes.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.samples.question.label == 3 and page.samples.handful is not None)
    qtbot.waitUntil(lambda: page.samples.tiles.item(0).text() == "3")
    assert {page.samples.tiles.item(row).text() for row in range(20)} == {"3"}
    before = page.samples.tiles.item(0).toolTip()
    page.samples.more.click()
    qtbot.waitUntil(lambda: page.samples.tiles.item(0).toolTip() != before)
    assert nameless(page) == set()
    look = page.data.look
    page.tabs.setCurrentIndex(4)
    qtbot.waitUntil(lambda: bool(page.variations.pairs._rows))
    plain, after = page.variations.pairs._rows[0]
    assert all(one == plain for one in after), "nothing is varied yet"
    form = page.variations._form
    assert form is not None
    form.edited.emit("rotate", 90.0)
    assert window.document.project.plan.data.parameters["rotate"] == 90.0
    qtbot.waitUntil(lambda: page.variations.pairs._rows[0][1][0] != plain)
    assert page.data.look is look
    known = page.data.choice
    window.workspace.docks.show("problems")
    qtbot.waitUntil(lambda: not is_seen(page))
    project = window.document.project
    plan = dataclasses.replace(project.plan, data=Choice("wine"))
    window.document.do(Message("Choose"), edits.set_plan(project, plan))
    qtbot.wait(500)
    assert page.data.choice == known
    window.workspace.docks.show("data")
    qtbot.waitUntil(lambda: page.data.choice == Choice("wine"), timeout=20_000)


def test_a_column_is_corrected_left_out_and_brought_back(
    choose: Choose, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choice = _table(tmp_path)
    page = choose(choice)
    _settled(page, qtbot)
    assert nameless(page) == set()
    _button(page, "Leave “money” out").click()
    chosen = window.document.project.plan.data
    assert chosen.parameters["columns"] == '"money": ignore'
    choose(chosen)
    assert "Leave “money” out" not in [
        one.text() for one in page.findChildren(QPushButton) if one.isVisible()
    ]
    page.columns.choose("one")
    kind = page.columns.kind
    kind.setCurrentIndex(kind.findData("category"))
    kind.activated.emit(kind.currentIndex())
    chosen = window.document.project.plan.data
    assert chosen.parameters["columns"] == '"money": ignore, "one": category'
    choose(chosen)
    page.columns.choose("two")
    page.columns.aim.click()
    assert window.document.project.plan.data.parameters["target"] == "two"
    for _ in range(3):
        window.document.undo()
    assert window.document.project.plan.data == choice


def test_the_network_is_fitted_in_one_step_and_data_that_is_away_is_offered(
    choose: Choose, window: MainWindow, qtbot: QtBot
) -> None:
    page = choose(Choice("diabetes"))
    _settled(page, qtbot)
    project = window.document.project
    assert "• “x”: Set Shape to 10" in _said(page)
    _button(page, "Fit the network to this data").click()
    (drawn,) = window.document.project.graph(MAIN).of_type("input")
    assert drawn.parameters["shape"] == (10,)
    window.document.undo()
    assert window.document.project is project
    page = choose(Choice("mnist"))
    assert page.data.state == "absent"
    assert [_button(page, text).isVisible() for text in ("Download", "Choose a folder…", "Choose other data")]
    page = choose(Choice("table", freeze({"folder": "/nowhere/at/all.csv"})))
    assert page.data.state == "failed"
    assert "/nowhere/at/all.csv" in page.hint.text()
    assert not page.download_button.isVisible()
    assert _button(page, "Choose a file…").isVisible()
    assert nameless(page) == set()


def test_looking_is_cancelled_and_begun_again(
    choose: Choose, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.data import look as looking

    page, going = choose(Choice("digits")), threading.Event()
    plain = looking.look

    def slow(choice: Choice, progress: Callable[[Message, float], None]) -> object:
        while not going.is_set():
            progress(Message("Reading the table"), 0.5)
            going.wait(0.01)
        return plain(choice, progress)

    monkeypatch.setattr(looking, "look", slow)
    page.data.again()
    qtbot.waitUntil(lambda: page.progress.value() == 50)
    assert page.hint.text() == "Reading the table"
    page.cancel_button.click()
    assert page.data.state == "cancelled"
    assert page.again_button.isVisible()
    going.set()
    page.again_button.click()
    qtbot.waitUntil(lambda: page.data.state == "found", timeout=20_000)


def _said(page: DataPage) -> list[str]:
    QApplication.processEvents()
    return [
        label.text()
        for note in page.overview.findChildren(Note)
        for label in note.findChildren(type(page.hint))
        if label.text() and note.isVisible()
    ]
