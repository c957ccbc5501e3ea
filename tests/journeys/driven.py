"""A person who works in a program of its own until it is killed: `python driven.py edit|save FILE`.

The program is started as `python -m studio gui FILE` starts it. Before and after each thing that is done a
line is printed, so that whoever kills it knows what has to be there afterwards.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer

from studio.ui import app
from studio.ui.window import MainWindow
from tests.journeys.person import Person

ROOT = Path(__file__).resolve().parents[2]
"""Where the program lies."""

BLOCK = "fc1"
PARAMETER = "out_features"


def tell(word: str, value: int) -> None:
    """Print a line at once."""
    print(word, value, flush=True)


class Worker:
    """Types one digit after another into a form, and saves after each where that is the task."""

    def __init__(self, window: MainWindow, task: str) -> None:
        self._person = Person(window)
        self._task = task
        self._value = 0
        # One thing each time around, so that the program lives as it does under a person's hands.
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._work)
        self._timer.start(5)
        window.activateWindow()

    def _work(self) -> None:
        person = self._person
        if not self._value:
            person.choose_block(BLOCK)
        self._value += 1
        digit = 1 + self._value % 9
        tell("editing", digit)
        person.fill(person.node_form.form.field(PARAMETER), str(digit))
        assert person.node(BLOCK).parameters[PARAMETER] == digit
        tell("edited", digit)
        if self._task == "save":
            tell("saving", digit)
            person.shortcut("Ctrl+S")
            assert not person.document.modified
            tell("saved", digit)


def main(task: str, file: str) -> None:
    """Start the program, and work in it as soon as it is painted."""
    begin = app._after_paint

    def painted(window: MainWindow) -> None:
        begin(window)
        window.worker = Worker(window, task)  # type: ignore[attr-defined]  # kept as long as the window

    app._after_paint = painted
    sys.argv = ["netwright", "gui", file]
    runpy.run_module("studio", run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
