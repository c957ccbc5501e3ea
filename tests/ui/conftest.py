"""A real window with settings of its own, closed again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.project import GraphRef, Project
from studio.ui.looks import theme
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text

MAIN = GraphRef("network", "main")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication, settings: Settings) -> Iterator[Callable[[], MainWindow]]:
    """Give a function that opens a window; torch is loaded only when `document.begin` is called."""
    _plain(qapp)
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(settings)
        made.append(window)
        window.resize(1360, 860)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.shut_down(keep_edits=False)
        window.close()
        window.deleteLater()
    # Gone before another language or theme is put on: dressing what nobody sees takes long.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _plain(qapp)


def _plain(app: QApplication) -> None:
    """Speak English and wear the light theme; a new stylesheet takes long, so only where it is needed."""
    if text.language() != "en":
        text.set_language("en")
    # Under a stylesheet Qt's own style has no name.
    if theme.theme().name != "light" or app.style().name() not in ("", "fusion") or not app.styleSheet():
        theme.apply(app, "light")


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()


@pytest.fixture
def open_project(window: MainWindow, qtbot: QtBot) -> Callable[[Project], MainWindow]:
    """Give a function that shows a project in the window, with its shapes known."""

    def show(project: Project) -> MainWindow:
        window.document._replace(project, None, saved=True)
        window.show_project()
        window.document.begin()
        qtbot.waitUntil(lambda: window.document.report(MAIN) is not None, timeout=20_000)
        return window

    return show
