"""A monkey for the canvas: random presses, drags, wheels, drops and keys, from a seed."""

from __future__ import annotations

import random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.graph import Endpoint
from studio.project import COMPOSITE, Composite, Project, edits
from studio.ui.canvas.keys import KEYS
from tests.ui.canvas_hand import ALT, CTRL, LEFT, MAIN, MIDDLE, PLAIN, RIGHT, SHIFT, Hand, Spot, drawn

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


PRESSED = [key for key in KEYS if key.keys]


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


def small_project() -> Project:
    """Draw a network with a branch, a composite and what a monkey may break."""
    inner = drawn("input", "relu", "output").graph(MAIN)
    project = drawn("input", "conv2d", "relu", "add", "flatten", "linear", "output", step=176.0)
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))
    project = edits.set_composite(project, "Block", Composite(inner))
    return edits.add_node(project, MAIN, COMPOSITE, (176.0, 200.0), composite="Block")[0]
