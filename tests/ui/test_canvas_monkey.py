"""Thousands of random presses, drags, wheels and keys: nothing breaks, and undo leads back to the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.compiler.tensors import Tensor
from studio.project.file import dumps, loads
from studio.ui.canvas.minimap import minimaps
from tests.ui.canvas_hand import LEFT, MAIN, Hand, known
from tests.ui.canvas_monkey import Monkey, small_project


@pytest.fixture(autouse=True)
def no_minimap_afterwards() -> Iterator[None]:
    yield
    minimaps.set(False, "bottom_right")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_that_a_person_can_do_breaks_the_canvas(qtbot: QtBot, seed: int) -> None:
    hand = Hand(qtbot, small_project())
    start = hand.text()
    monkey = Monkey(hand, seed)
    for turn in range(240):
        monkey.act()
        if turn % 20 == 19:
            hand.key(Qt.Key.Key_Escape)
            hand.view.interrupt()
            if hand.view.locked:
                QTest.mouseClick(hand.view.lock_mark, LEFT)
            hand.view.slide.finish()
            hand.agree()
            # Whatever was done can be saved and opened again.
            assert dumps(loads(hand.text())) == hand.text()
            hand.look_at(-100.0, -100.0, 0.6)
            # What flows is known from here on, and shown clear of the blocks wherever these go.
            shape = Tensor.of(turn, 28, 28)
            hand.learn(known(hand.project, dict.fromkeys(hand.project.graph(MAIN).nodes, shape)))
            hand.view.grab()
            hand.agree()
    hand.view.interrupt()
    assert hand.document.history.position > 10
    while hand.document.undo() is not None:
        pass
    assert hand.text() == start
    hand.agree()
