"""Thousands of random presses, drags, wheels and keys: nothing breaks, and undo leads back to the start."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.compiler.tensors import Tensor
from studio.graph import Endpoint
from studio.project import COMPOSITE, Composite, Project, edits
from studio.project.file import dumps, loads
from studio.ui.canvas.keys import KEYS
from studio.ui.canvas.minimap import minimaps
from tests.ui.canvas_hand import ALT, CTRL, LEFT, MAIN, MIDDLE, PLAIN, RIGHT, SHIFT, Hand, Spot, drawn, known

TYPES = (
    "conv2d",
    "relu",
    "add",
    "lstm",
    "input",
    "output",
    "multihead_attention",
    "no_such",
    "composite:Block",
)


def _project() -> Project:
    inner = drawn("input", "relu", "output").graph(MAIN)
    project = drawn("input", "conv2d", "relu", "add", "flatten", "linear", "output", step=176.0)
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))
    project = edits.set_composite(project, "Block", Composite(inner))
    return edits.add_node(project, MAIN, COMPOSITE, (176.0, 200.0), composite="Block")[0]


PRESSED = [key for key in KEYS if key.keys]


@pytest.fixture(autouse=True)
def no_minimap_afterwards() -> Iterator[None]:
    yield
    minimaps.set(False, "bottom_right")


class Monkey:
    """Does anything, from a seed."""

    def __init__(self, hand: Hand, seed: int) -> None:
        self.hand = hand
        self.chance = random.Random(seed)

    def spot(self) -> Spot:
        """Choose a place: mostly one where something is."""
        canvas, chance = self.hand.view.canvas, self.chance
        nodes = sorted(canvas.nodes)
        kind = chance.random()
        if nodes and kind < 0.35:
            node = chance.choice(nodes)
            port = chance.choice([*canvas.nodes[node].card.shape.ports] or [None])
            if port is not None:
                return self.hand.port(node, port.name, output=port.output)
        if nodes and kind < 0.65:
            return self.hand.middle(chance.choice(nodes))
        wires = sorted(canvas.wires)
        if wires and kind < 0.8:
            return self.hand.between(chance.choice(wires))
        decor = [item.box().center() for item in canvas.decor()]
        if decor and kind < 0.85:
            at = chance.choice(decor)
            return at.x(), at.y()
        return chance.uniform(-200.0, 1200.0), chance.uniform(-200.0, 500.0)

    def keys(self) -> Qt.KeyboardModifier:
        return self.chance.choice([PLAIN, PLAIN, PLAIN, SHIFT, CTRL, ALT])

    def act(self) -> None:
        """Do one thing."""
        hand, chance = self.hand, self.chance
        view = hand.view
        what = chance.random()
        if what < 0.3:
            button, keys = chance.choice([LEFT, LEFT, LEFT, MIDDLE, RIGHT]), self.keys()
            hand.drag(self.spot(), self.spot(), keys, button)
        elif what < 0.38:
            hand.hold(self.spot(), self.spot(), self.keys(), chance.choice([LEFT, RIGHT]))
        elif what < 0.48:
            hand.click(self.spot(), self.keys(), chance.choice([LEFT, LEFT, RIGHT, MIDDLE]))
        elif what < 0.53:
            hand.double_click(self.spot())
        elif what < 0.75:
            key = chance.choice(PRESSED)
            combination = Qt.Key.Key_Escape if chance.random() < 0.1 else None
            if combination is not None:
                hand.key(combination)
            else:
                QTest.keySequence(view, chance.choice(key.keys))
        elif what < 0.8:
            hand.drop(chance.choice(TYPES), self.spot(), self.keys())
        elif what < 0.85:
            self._wheel()
        elif what < 0.93:
            _ = hand.document.undo() if chance.random() < 0.6 else hand.document.redo()
        elif what < 0.96:
            editor = view.writing.editor
            if editor is not None:
                QTest.keyClicks(editor.field, chance.choice(["a", "<b>", "&"]))
        else:
            view.grab()
        menu = view._menu
        if menu is not None:
            menu.close()

    def _wheel(self) -> None:
        pixel = QPointF(self.hand.spot(*self.spot()))
        turn = QPoint(0, self.chance.choice([-360, -120, 120, 360]))
        event = QWheelEvent(
            pixel,
            pixel,
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            self.keys(),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.hand.view.viewport(), event)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_that_a_person_can_do_breaks_the_canvas(qtbot: QtBot, seed: int) -> None:
    hand = Hand(qtbot, _project())
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
