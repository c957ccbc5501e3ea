"""A person before the real window, with a home of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.ui import app
from studio.ui.looks import theme
from studio.ui.safety.faults import Faults
from studio.ui.safety.guard import guard_overrides
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.journeys.person import Person

Start = Callable[..., Person]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home folder without any settings, runs or journals; programs that are started use it too."""
    place = tmp_path / "home"
    place.mkdir()
    for name, folder in {
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": "local",
        "WIN_PD_OVERRIDE_APPDATA": "roaming",
    }.items():
        monkeypatch.setenv(name, str(place / folder))
    monkeypatch.setenv("HOME", str(place))
    return place


@pytest.fixture
def start(qtbot: QtBot, home: Path) -> Iterator[Start]:
    """Give a function that starts the program, as `studio.ui.app.run_gui` does, with a person before it."""
    made: list[tuple[MainWindow, Faults, list[str]]] = []

    def begin(path: Path | None = None, language: str = "en") -> Person:
        shown = app.application()
        settings = Settings()
        settings.language = language
        faults = Faults()
        faults.install()
        told: list[str] = []
        faults.happened.connect(lambda _summary, details: told.append(details))
        guard_overrides()
        text.install(shown, settings.language)
        theme.apply(shown, "light")
        window = MainWindow(settings, faults)
        made.append((window, faults, told))
        if path is not None:
            window.filing.open_path(path)
        window.painted.connect(lambda: app._after_paint(window))
        window.resize(1600, 1000)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        return Person(window)

    yield begin
    left: list[str] = []
    for window, faults, told in made:
        window.shut_down(keep_edits=False)
        window.close()
        window.deleteLater()
        app.application().processEvents()
        faults.uninstall()
        left += told
    text.set_language("en")
    theme.apply(app.application(), "light")
    assert not left, "the program made mistakes of its own:\n" + "\n".join(left)


@pytest.fixture
def person(start: Start) -> Person:
    return start()
