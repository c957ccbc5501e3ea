"""Which lines of the shown source are of which block: marked where it is chosen, told to the inspector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.project import GraphRef
from studio.ui.panels.code_editor import CodeEditor

if TYPE_CHECKING:
    from studio.compiler import Written

Places = Mapping[str, Mapping[str, tuple[int, ...]]]


class CodePlaces(QObject):
    """Joins lines with blocks as long as the text is that of the drawing.

    A text that a person edits is nobody's: nothing in it is marked, and the cursor in it chooses nothing.
    """

    chosen = Signal(object, str)
    """The cursor was put on a line of a block: the graph and the block."""
    changed = Signal()
    """Other lines are known."""

    def __init__(self, view: CodeEditor) -> None:
        """Begin with nothing known.

        Args:
            view: shows the text.
        """
        super().__init__(view)
        self._view = view
        self._network = ""
        self._text = ""
        self._lines: list[str] = []
        self._places: Places = {}
        self._chosen: tuple[GraphRef, tuple[str, ...]] | None = None
        self._leading = False
        view.cursorPositionChanged.connect(self._moved)
        view.textChanged.connect(self._renew)

    def take(self, written: Written | None, network: str) -> None:
        """Know the places of another source; none where there is none."""
        first = not self._text
        self._network = network
        self._text = written.text if written is not None else ""
        self._places = written.places if written is not None else {}
        self._lines = self._text.splitlines()
        numbers = self._mark()
        if first and numbers:
            self._view.bring(numbers[0], numbers[-1])
        self.changed.emit()

    def lines_of(self, ref: GraphRef, node: str) -> list[tuple[int, str]]:
        """Give the lines of a block, with their numbers from 1; none where they are not known."""
        if ref.place == "network" and ref.name != self._network:
            return []
        numbers = self._places.get("" if ref.place == "network" else ref.name, {}).get(node, ())
        return [(number, self._lines[number - 1]) for number in numbers if number <= len(self._lines)]

    def show_selection(self, ref: GraphRef, ids: Sequence[str]) -> None:
        """Mark the lines of what is chosen on the canvas, and bring the first into view."""
        self._chosen = ref, tuple(ids)
        numbers = self._mark()
        if numbers and not self._leading and self._own and not self._view.hasFocus():
            self._view.bring(numbers[0], numbers[-1])

    def open(self, ref: GraphRef, node: str) -> None:
        """Put the cursor on the first line of a block."""
        lines = self.lines_of(ref, node)
        if lines and self._own:
            self._leading = True
            self._view.go_to(lines[0][0])
            self._leading = False

    @property
    def _own(self) -> bool:
        """Whether what is shown is the source of the drawing, untouched."""
        return bool(self._text) and self._view.toPlainText() == self._text

    def _mark(self) -> list[int]:
        numbers: list[int] = []
        if self._chosen is not None and self._own:
            ref, ids = self._chosen
            numbers = sorted(number for id in ids for number, _ in self.lines_of(ref, id))
        self._view.light(numbers)
        return numbers

    def _renew(self) -> None:
        """Take the marks away where a person begins to type, and put them back where it is undone."""
        if self._places:
            self._mark()

    def _moved(self) -> None:
        """Choose the block of the line that a person has put the cursor on."""
        if self._leading or not self._view.hasFocus() or self._view.textCursor().hasSelection():
            return
        if not self._own:
            return
        number = self._view.textCursor().blockNumber() + 1
        for graph, places in self._places.items():
            for node, numbers in places.items():
                if number in numbers:
                    ref = GraphRef("composite", graph) if graph else GraphRef("network", self._network)
                    if self._chosen != (ref, (node,)):
                        self._leading = True
                        self.chosen.emit(ref, node)
                        self._leading = False
                    return
