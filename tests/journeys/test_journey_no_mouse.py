"""Without a mouse: a new project, blocks, wires, a parameter, a mend, training and export, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from studio.ui.panels.export import ExportDialog
from studio.ui.panels.problem import ProblemCard
from tests.journeys.person import MAIN, Person

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier

POINTER = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
        QEvent.Type.TouchBegin,
    }
)


class _Watch(QObject):
    """Counts what a mouse would have sent."""

    met = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.met += event.type() in POINTER
        return False


@pytest.fixture(autouse=True)
def no_mouse(person: Person) -> Iterator[None]:
    """Fail where a mouse was used after all."""
    watch = _Watch()
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]  # it is there
    yield
    QApplication.instance().removeEventFilter(watch)  # type: ignore[union-attr]
    assert watch.met == 0


def test_drawn_trained_and_exported_by_keys_alone(person: Person, tmp_path: Path) -> None:
    person.shortcut("Ctrl+N")
    person.wait(lambda: not person.window.at_welcome)
    person.wait_for_shapes()
    if person.window.tour.card.isVisible():
        person.key(Key.Key_Escape)
    assert person.view.hasFocus(), person._keyboard()
    draw(person)
    join(person)
    set_a_parameter(person)
    mend(person)
    train(person)
    export(person, tmp_path / "model.safetensors")


def add(person: Person, text: str) -> None:
    """Add a block by the search that Tab opens on the canvas."""
    before = len(person.project.graph(MAIN))
    person.wait(lambda: person.window.focusWidget() is person.view)
    person.key(Key.Key_Tab)
    person.wait(lambda: QApplication.activePopupWidget() is not None)
    person.type(text)
    person.key(Key.Key_Return)
    person.wait(lambda: len(person.project.graph(MAIN)) == before + 1)


def draw(person: Person) -> None:
    """Three blocks by the search, the last one from the list of all blocks."""
    for text in ("input", "flatten", "linear"):
        add(person, text)
    person.shortcut("Alt+1")
    assert QApplication.focusWidget() is person.workspace.palette_.search
    person.type("output")
    person.key(Key.Key_Return)
    assert [node.type for node in person.project.graph(MAIN).nodes.values()] == [
        "input",
        "flatten",
        "linear",
        "output",
    ]


def join(person: Person) -> None:
    """Every wire from the input of a block back to the one before, then walk along them."""
    person.shortcut("F6")  # to the next part, and back to the canvas
    person.shortcut("Shift+F6")
    while person.window.focusWidget() is not person.view:
        person.shortcut("F6")
    names = [node.name for node in person.project.graph(MAIN).nodes.values()]
    person.key(Key.Key_Left, ALT)
    for place in (1, 2, 3):
        person.shortcut("Ctrl+F")
        person.type(names[place])
        person.key(Key.Key_Return)
        assert person.view.selected() == [list(person.project.graph(MAIN).nodes)[place]]
        for _ in names[place]:
            person.key(Key.Key_Backspace)
        while person.window.focusWidget() is not person.view:
            person.shortcut("F6")
        person.key(Key.Key_C)
        if f"→ {names[place]} · x" not in person.view.accessibleDescription():
            person.key(Key.Key_Up)
        for _ in range(6):
            if person.view.accessibleDescription().startswith(f"{names[place - 1]} ·"):
                break
            person.key(Key.Key_Right)
        person.key(Key.Key_Return)
        assert (names[place - 1], names[place], "x") in person.wires()
    assert len(person.wires()) == 3
    person.wait_for_shapes()


def set_a_parameter(person: Person) -> None:
    """The number of features, in the inspector."""
    person.key(Key.Key_Left, ALT)
    assert person.node("fc1").id in person.view.selected()
    person.shortcut("Alt+3")
    held = QApplication.focusWidget()
    assert isinstance(held, QLineEdit)
    assert held.text() == "fc1"
    for _ in range(8):
        person.key(Key.Key_Tab)
        if QApplication.focusWidget().accessibleName() == "Out features":  # type: ignore[union-attr]
            break
    person.shortcut("Ctrl+A")
    person.type("10")
    person.key(Key.Key_Return)
    assert person.node("fc1").parameters["out_features"] == 10
    person.wait_for_shapes()


def mend(person: Person) -> None:
    """What does not fit the data is told, and mended by its button."""
    problems = person.workspace.problems
    trains = person.window.commands["train"].isEnabled
    person.wait(lambda: trains() or any(one.severity == "error" for one in problems.problems()))
    for _ in range(4):
        if not [one for one in problems.problems() if one.severity == "error"]:
            return
        person.shortcut("Alt+5")
        person.wait(lambda: len(problems.cards()) > 0)
        for _ in range(12):
            held = QApplication.focusWidget()
            card = held.parent() if held is not None else None
            while card is not None and not isinstance(card, ProblemCard):
                card = card.parent()
            if isinstance(held, QPushButton) and isinstance(card, ProblemCard):
                break
            person.key(Key.Key_Tab)
        count = len(problems.problems())
        person.key(Key.Key_Space)
        person.wait(lambda count=count: len(problems.problems()) != count)  # type: ignore[misc]
    person.wait(trains)


def train(person: Person) -> None:
    """Train until the end."""
    person.shortcut("Ctrl+Return")
    person.wait_trained()


def export(person: Person, target: Path) -> None:
    """Write the weights where they are wanted."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        for _ in range(20):
            if QApplication.focusWidget() is dialog.target:
                break
            person.key(Key.Key_Tab)
        person.shortcut("Ctrl+A")
        person.type(str(target))
        person.key(Key.Key_Return)
        person.wait(lambda: dialog.report is not None)
        person.key(Key.Key_Escape)

    with person.answering(act):
        person.shortcut("Ctrl+E")
    assert target.stat().st_size > 1000
