"""What is offered after a wire took another one's place: both, added or joined, by one click.

The new wire stands at once, as most people mean it. The offer goes with whatever is done next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton

from studio.graph import Endpoint, Message, Wire
from studio.graph.layout import pitch
from studio.project import Change, Project, edits
from studio.ui.canvas import editing
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.widgets.plain import label
from studio.ui.words.text import live

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.ui.canvas.view import CanvasView

ADD, CONCAT = "add", "concat"


def kinds(report: Report | None, one: Endpoint, other: Endpoint) -> tuple[str, ...]:
    """Give the blocks that can take both tensors: adding wants one shape, joining all but one size alike.

    Args:
        report: what is known of the graph; where a shape is not known both are given.
        one: where the first comes from.
        other: where the second comes from.
    """
    tensors = []
    for end in (one, other):
        row = report.nodes.get(end.node) if report is not None else None
        tensors.append(row.outputs.get(end.port) if row is not None else None)
    first, second = tensors
    if first is None or second is None or first == second:
        return ADD, CONCAT
    alike = len(first.shape) == len(second.shape) > 1 and first.dtype == second.dtype
    sizes = enumerate(zip(first.shape, second.shape, strict=False))
    joins = alike and all(a == b for place, (a, b) in sizes if place != 1)
    return (CONCAT,) if joins else ()


class Offer(QFrame):
    """Two buttons at the place where a wire replaced another."""

    def __init__(self, view: CanvasView) -> None:
        """Make it, hidden."""
        super().__init__(view.viewport())
        self._view = view
        self._replaced: Wire | None = None
        self._source: Endpoint | None = None
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        said = label("Both?", role="muted")
        self.buttons = {ADD: QPushButton(), CONCAT: QPushButton()}
        live(self.buttons[ADD].setText, "Add them")
        live(self.buttons[CONCAT].setText, "Join them")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        row.setSpacing(SPACE_SMALL)
        row.addWidget(said)
        for kind, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the canvas
            button.clicked.connect(lambda _=False, kind=kind: self._take(kind))
            row.addWidget(button)
        # Not by a lambda, which would outlive the canvas and call what is gone.
        view.document.changed.connect(self._go)
        view.document.replaced.connect(self.hide)
        self.hide()

    def _go(self, _change: Change, _project: Project) -> None:
        """Leave: something else was done."""
        self.hide()

    def show_for(self, replaced: Wire, source: Endpoint) -> None:
        """Offer to bring both tensors to the input.

        Args:
            replaced: the wire that was there.
            source: where the new one comes from.
        """
        view = self._view
        found = kinds(view.document.report(view.ref), replaced.source, source)
        item = view.canvas.nodes.get(replaced.target.node)
        if not found or item is None:
            return
        self._replaced, self._source = replaced, source
        for kind, button in self.buttons.items():
            button.setVisible(kind in found)
        self.adjustSize()
        box = view.mapFromScene(item.sceneBoundingRect()).boundingRect()
        room = view.viewport().rect()
        x = max(4, min(box.left(), room.right() - self.width() - 4))
        y = max(4, min(box.bottom() + SPACE_SMALL, room.bottom() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        view.message.emit(
            Message("The new wire took the place of another. Press Tab to bring both to the input instead.")
        )

    def enter(self) -> bool:
        """Take the keyboard, where it is shown; tells whether it is."""
        first = next((button for button in self.buttons.values() if not button.isHidden()), None)
        if self.isHidden() or first is None:
            return False
        first.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round its buttons."""
        return self._on(1 if next else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go round, Enter takes what has the keyboard, Esc gives the keyboard back to the canvas."""
        event.accept()
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._on(1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for button in self.buttons.values():
                if button.hasFocus():
                    button.click()
                    return

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the keyboard to the canvas, where it had it."""
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        super().hideEvent(event)

    def _on(self, step: int) -> bool:
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        here = next((place for place, button in enumerate(shown) if button.hasFocus()), 0)
        shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _take(self, kind: str) -> None:
        """Put the block before the input with both wires: one step, in place of the last one."""
        view, ref, old, source = self._view, self._view.ref, self._replaced, self._source
        if old is None or source is None:
            return
        self.hide()
        view.document.undo()
        shown, heights = view.canvas.positions(), view.canvas.heights()
        target = view.canvas.position(old.target.node)

        def edit(project: Project) -> Project:
            project = editing.placed(project, ref, shown)
            dx, dy = pitch(project.layout_of(ref).down, -1)
            at = (target[0] + dx, target[1] + dy)
            project, node = edits.add_node(project, ref, kind, at)
            project = editing.inserted(project, ref, node, old, heights, at)
            return edits.connect(project, ref, source, Endpoint(node, "x"))

        name = view.canvas.cards.graph.nodes[old.target.node].name
        done = (
            Message("Add both before “{name}”", name=name)
            if kind == ADD
            else Message("Join both before “{name}”", name=name)
        )
        view.document.attempt(done, edit)
