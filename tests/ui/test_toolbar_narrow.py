"""The bar at the top in a small window: device, Train, Pause and Stop are always there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.learning.training import Session
from studio.ui.window import MainWindow


def places(window: MainWindow) -> list[tuple[str, QRect]]:
    bar = window.toolbar.train_bar
    parts: list[tuple[str, QWidget]] = [
        (name, getattr(bar, name)) for name in ("device", "train", "pause", "stop", "progress", "said")
    ]
    shown = [(name, part) for name, part in parts if part.isVisible()]
    return [(name, QRect(part.mapTo(window, QPoint()), part.size())) for name, part in shown]


@pytest.mark.parametrize("width", [880, 1280, 1600])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_leaves_the_bar_while_a_run_goes(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, language: str
) -> None:
    window.set_language(language)
    window.resize(width, 600)
    window.show_project()
    arrow = window.toolbar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert isinstance(arrow, QToolButton)
    active = False
    monkeypatch.setattr(Session, "active", property(lambda _session: active))
    monkeypatch.setattr(window.toolbar.train_bar, "_tick", lambda: None)
    window.toolbar.train_bar.said.say("Epoch 1 of 20 · 12 min 34 s left · 1.23 k samples/s")
    for active, wanted in (  # noqa: B007  # read by the property
        (False, ["device", "train"]),
        (True, ["device", "pause", "stop", "progress", "said"]),
        (False, ["device", "train"]),
    ):
        window.toolbar.train_bar._show()
        assert [name for name, _ in places(window)] == wanted
        qtbot.waitUntil(lambda: not arrow.isVisible())
        found = sorted((place for _, place in places(window)), key=lambda place: place.left())
        assert all(one.right() < other.left() for one, other in pairwise(found))
        left, right = (
            window.toolbar.widgetForAction(window.commands["export"]),
            window.toolbar.language_button,
        )
        assert left.geometry().right() < found[0].left()
        assert found[-1].right() < right.mapTo(window, QPoint()).x()
        assert found[0].width() >= (208 if width >= 1280 else 88)
