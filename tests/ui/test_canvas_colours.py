"""Frames have a colour, chosen in their menu: drawn, kept in the file, and undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.project.file import dumps, loads
from studio.ui.canvas.colouring import COLOURS
from studio.ui.looks import theme
from studio.ui.words.text import set_language
from tests.ui.canvas_hand import CTRL, MAIN, RIGHT, Hand, drawn


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    yield
    set_language("en")
    theme.apply(qapp, "light")


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    made = Hand(qtbot, drawn("input", "conv2d", "relu", "output"))
    for nodes in (["conv2d_1"], ["relu_1"]):
        made.view.select(nodes)
        made.key(Qt.Key.Key_G, CTRL)
        made.view.writing.stop(keep=True)
    return made


def title(hand: Hand, id: str) -> tuple[float, float]:
    box = hand.view.canvas.frames[id].box()
    return box.left() + 40.0, box.top() + 10.0


def menu(hand: Hand, id: str) -> QMenu:
    hand.click(title(hand, id), button=RIGHT)
    whole = hand.view._menu
    assert whole is not None
    whole.close()
    found = next(action.menu() for action in whole.actions() if action.menu() is not None)
    assert isinstance(found, QMenu)
    return found


def colour(hand: Hand, id: str) -> str:
    return next(frame.color for frame in hand.project.layout_of(MAIN).frames if frame.id == id)


def test_a_frame_gets_its_colour_in_the_menu(hand: Hand) -> None:
    with hand.step("Colour a frame"):
        next(one for one in menu(hand, "frame_1").actions() if one.text() == "Green").trigger()
    assert (colour(hand, "frame_1"), colour(hand, "frame_2")) == ("sequence", "")
    assert loads(dumps(hand.project)) == hand.project
    assert [one.text() for one in menu(hand, "frame_1").actions() if one.isChecked()] == ["Green"]
    with hand.nothing():
        next(one for one in menu(hand, "frame_1").actions() if one.text() == "Green").trigger()
    with hand.step("Colour a frame"):
        next(one for one in menu(hand, "frame_1").actions() if one.text() == "Grey").trigger()
    assert colour(hand, "frame_1") == ""


def test_several_frames_get_one_colour(hand: Hand) -> None:
    hand.view.canvas.selection.set(frames={"frame_1", "frame_2"})
    with hand.step("Colour 2 frames"):
        next(one for one in menu(hand, "frame_2").actions() if one.text() == "Red").trigger()
    assert {frame.color for frame in hand.project.layout_of(MAIN).frames} == {"embedding"}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_has_a_name_and_looks_like_no_other(hand: Hand, mode: str, qapp: QApplication) -> None:
    theme.apply(qapp, mode)  # type: ignore[arg-type]  # one of the two
    family = hand.view.canvas.look.tokens.family
    fills = [family(one or "io").fill for one in COLOURS]
    assert len(set(fills)) == len(COLOURS)
    set_language("zh_CN")
    names = [action.text() for action in menu(hand, "frame_1").actions()]
    assert len(set(names)) == len(COLOURS)
    assert not any(name.isascii() for name in names)
