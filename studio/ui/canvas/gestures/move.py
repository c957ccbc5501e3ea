"""Moving nodes, frames and notes by the pointer; pulling nodes out of their wires; dropping one on a wire."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from studio.graph import Message, Wire
from studio.graph.layout import GRID, Position
from studio.project import Project, edits
from studio.ui.canvas import editing
from studio.ui.canvas.gestures.base import ALT, NOTHING, Commit, Gesture, Pointer
from studio.ui.canvas.hits import Hit, wire_at
from studio.ui.canvas.pinning import tell_pinned
from studio.ui.canvas.route import drawn

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


def snapped(value: float) -> float:
    """Give the nearest line of the grid."""
    return round(value / GRID) * GRID


class Move(Gesture):
    """Drags nodes, frames and notes; when it began with Alt, the nodes leave their wires behind."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = True

    def __init__(
        self,
        view: CanvasView,
        start: Pointer,
        hit: Hit,
        *,
        nodes: Collection[str] = (),
        frames: Collection[str] = (),
        notes: Collection[str] = (),
        click: Commit | None = None,
    ) -> None:
        """Take hold of things.

        Args:
            view: the canvas.
            start: where the button was pressed.
            hit: what lay there.
            nodes: the nodes to move.
            frames: the frames to move.
            notes: the notes to move.
            click: done when the button comes up without a drag.
        """
        super().__init__(view, start, hit)
        canvas = self.canvas
        self._pinned = set(nodes) & canvas.cards.pinned
        self._fixed = hit.node in self._pinned
        self._nodes = {node: canvas.position(node) for node in nodes if node not in self._pinned}
        self._frames = {id: canvas.frames[id].box() for id in frames}
        self._notes = {id: canvas.notes[id].box() for id in notes}
        self._click = click
        self._delta = (0.0, 0.0)
        self._over: Wire | None = None
        self._out = start.held(ALT) and bool(self._nodes)
        self._kept = ""
        self._parted: list[Wire] = []
        self._bridges: list[Wire] = []
        boxes = [*self._frames.values(), *self._notes.values()]
        if hit.node in self._nodes:
            self._held = self._nodes[hit.node]
        else:
            self._held = (boxes[0].x(), boxes[0].y()) if boxes else (0.0, 0.0)

    def move(self, pointer: Pointer) -> None:
        """Show everything where it would be put: what is held stands on the grid."""
        first = not self.dragged
        if not self.moved(pointer):
            return
        if first and self._pinned:
            tell_pinned(self.view, self._pinned)
        self._look_outside(pointer)
        if self._fixed:
            return
        if first and self._out:
            self._part()
        way_ = pointer.scene - self.start.scene
        x, y = self._held
        delta = (snapped(x + way_.x()) - x, snapped(y + way_.y()) - y)
        if delta != self._delta:
            self._delta = delta
            self._show(delta)
        self._look_for_wire(pointer)

    def _show(self, delta: Position) -> None:
        dx, dy = delta
        self.canvas.place({node: (x + dx, y + dy) for node, (x, y) in self._nodes.items()})
        for id, box in self._frames.items():
            if id in self.canvas.frames:
                self.canvas.frames[id].set_box(box.translated(dx, dy))
        for id, box in self._notes.items():
            if id in self.canvas.notes:
                self.canvas.notes[id].set_box(box.translated(dx, dy))
        self.view.repaint_far()

    def _part(self) -> None:
        """Show the nodes without the wires that will be left behind, and how these are joined."""
        before = self.canvas.cards.graph
        after = editing.rejoined(self.canvas.cards.project, self.view.ref, self._nodes).graph(self.view.ref)
        self._parted = [wire for wire in before.wires - after.wires if wire in self.canvas.wires]
        self._bridges = list(after.wires - before.wires)
        for wire in self._parted:
            self.canvas.wires[wire].setVisible(False)
            self.canvas.wires[wire].restyle()  # its label goes with it

    def _look_for_wire(self, pointer: Pointer) -> None:
        """Find the wire that the one node held would be put into: one without wires, or pulled out."""
        self._mark(None)
        graph = self.canvas.cards.graph
        if len(self._nodes) != 1 or self._frames or self._notes:
            return
        (node,) = self._nodes
        own = {*graph.into(node), *graph.out_of(node)}
        # Alt pressed on the way keeps the node from being put in.
        if node not in graph.nodes or (not self._out and (own or pointer.held(ALT))):
            return
        block = self.canvas.cards.block(graph.nodes[node])
        if not block.inputs or not block.outputs:
            return
        middle = self.canvas.nodes[node].body().center()
        wire = wire_at(self.canvas, pointer.scene, 14.0) or wire_at(self.canvas, middle, 20.0)
        if wire is not None and wire not in own:
            self._mark(wire)

    def _look_outside(self, pointer: Pointer) -> None:
        """Offer to keep a composite that is held over the list of blocks."""
        keeper, port = self.view.keeper, self.view.viewport()
        node = self.canvas.cards.graph.nodes.get(self.hit.node)
        if keeper is None or node is None or node.composite not in self.canvas.cards.project.composites:
            return
        at = pointer.view.toPoint()
        over = not port.rect().contains(at) and keeper.takes(port.mapToGlobal(at))
        self._kept = node.composite if over else ""
        self.scrolls = not over
        keeper.invite(self._kept)

    def _keep(self, name: str) -> Commit:
        """Leave everything where it was, and keep the composite."""

        def commit() -> None:
            self.cancel()
            self.view.document.keep_wanted.emit(name)

        return commit

    def _mark(self, wire: Wire | None) -> None:
        for one in (self._over, wire):
            if one is not None and one in self.canvas.wires:
                self.canvas.wires[one].selected = one == wire
                self.canvas.wires[one].restyle()
        self._over = wire

    def release(self, pointer: Pointer) -> Commit | None:
        """Put everything where it is shown."""
        if not self.dragged:
            return self._click or NOTHING
        if self._kept:
            return self._keep(self._kept)
        if self._fixed:
            return NOTHING
        if self._delta == (0.0, 0.0) and not self._out:
            return NOTHING
        over = self._over
        return lambda: self._commit(over)

    def _commit(self, over: Wire | None) -> None:
        view, ref = self.view, self.view.ref
        dx, dy = self._delta
        shown = {**self.canvas.positions(), **self._nodes}
        goal = {node: (x + dx, y + dy) for node, (x, y) in self._nodes.items()}
        heights, out = self.canvas.heights(), self._out
        frames = {id: _tuple(box.translated(dx, dy)) for id, box in self._frames.items()}
        notes = {id: _tuple(box.translated(dx, dy)) for id, box in self._notes.items()}

        def edit(project: Project) -> Project:
            project = editing.placed(project, ref, shown)
            if out:
                project = editing.rejoined(project, ref, goal)
            if goal:
                project = edits.move_nodes(project, ref, goal)
            if over is not None and over in project.graph(ref).wires:
                (node,) = goal
                project = editing.inserted(project, ref, node, over, heights, goal[node])
            return editing.with_boxes(project, ref, frames, notes)

        if not view.document.attempt(self._label(over), edit):
            self.cancel()

    def _label(self, over: Wire | None) -> Message:
        graph = self.canvas.cards.graph
        if len(self._nodes) == 1 and not self._frames:
            (node,) = self._nodes
            name = graph.nodes[node].name
            if over is not None:
                return Message("Put “{name}” into a wire", name=name)
            if self._out:
                return Message("Pull “{name}” out", name=name)
            return Message("Move “{name}”", name=name)
        if self._frames:
            return Message("Move a frame")
        if self._nodes:
            if self._out:
                return Message("Pull {count} blocks out", count=len(self._nodes))
            return Message("Move {count} blocks", count=len(self._nodes))
        return Message("Move a note")

    def cancel(self) -> None:
        """Show everything where it was."""
        self._show((0.0, 0.0))
        self.finish()

    def finish(self) -> None:
        """Show all wires again, none of them marked."""
        if self.view.keeper is not None:
            self.view.keeper.invite("")
        for wire in self._parted:
            if wire in self.canvas.wires:
                self.canvas.wires[wire].setVisible(True)
                self.canvas.wires[wire].restyle()
        over, self._over = self._over, None
        if over is not None and over in self.canvas.wires:
            self.canvas.wires[over].selected = over in self.canvas.selection.wires
            self.canvas.wires[over].restyle()

    def paint(self, painter: QPainter) -> None:
        """Draw how the neighbours of what is pulled out stay joined."""
        painter.setPen(self.canvas.look.pulled)
        for wire in self._bridges:
            painter.drawPath(drawn(*self.canvas.ends(wire), down=self.canvas.cards.down))


def _tuple(box: QRectF) -> editing.Box:
    return snapped(box.x()), snapped(box.y()), box.width(), box.height()


class Resize(Gesture):
    """Makes a frame or a note larger or smaller by its corner."""

    cursor = Qt.CursorShape.SizeFDiagCursor
    scrolls = True

    def __init__(self, view: CanvasView, start: Pointer, hit: Hit) -> None:
        """Take hold of a corner."""
        super().__init__(view, start, hit)
        self._item = self.canvas.frames[hit.frame] if hit.frame else self.canvas.notes[hit.note]
        self._before = self._item.box()

    def move(self, pointer: Pointer) -> None:
        """Show the new size."""
        if self.moved(pointer):
            way_ = pointer.scene - self.start.scene
            least = GRID * 8
            width = max(snapped(self._before.width() + way_.x()), least)
            height = max(snapped(self._before.height() + way_.y()), least)
            self._item.set_box(
                QRectF(self._before.topLeft(), QPointF(width, height) + self._before.topLeft())
            )
            self.view.repaint_far()

    def release(self, pointer: Pointer) -> Commit | None:
        """Keep the new size."""
        if not self.dragged or self._item.box() == self._before:
            return NOTHING
        ref, box = self.view.ref, self._item.box()
        size = (box.x(), box.y(), box.width(), box.height())
        frames = {self.hit.frame: size} if self.hit.frame else {}
        notes = {self.hit.note: size} if self.hit.note else {}
        label = Message("Change the size of a frame") if frames else Message("Change the size of a note")
        document = self.view.document
        return lambda: document.do(label, editing.with_boxes(document.project, ref, frames, notes))

    def cancel(self) -> None:
        """Show the old size."""
        self._item.set_box(self._before)
