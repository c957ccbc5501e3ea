"""Pulling wires: from a port to another, click by click, off a connected input, or all of a port at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from studio.graph import Message, Wire
from studio.project import edits
from studio.ui.canvas import editing
from studio.ui.canvas.fitting import PortRef, Pull
from studio.ui.canvas.geometry import PORT
from studio.ui.canvas.gestures.base import NOTHING, Commit, Gesture, Pointer
from studio.ui.canvas.hits import Hit, hit
from studio.ui.canvas.route import drawn
from studio.ui.words.text import say

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

REACH = 22.0
"""How near a port the end of a wire jumps onto it, in pixels of the screen."""


class PullWire(Gesture):
    """One or several wires that hang on ports at one end and on the pointer at the other.

    A drag ends on release. A click leaves the wire on the pointer until the next click.
    """

    cursor = Qt.CursorShape.CrossCursor
    scrolls = True

    def __init__(
        self,
        view: CanvasView,
        start: Pointer,
        hit: Hit,
        *,
        origins: tuple[PortRef, ...],
        taken: tuple[Wire, ...] = (),
        whole: bool = False,
    ) -> None:
        """Begin to pull.

        Args:
            view: the canvas.
            start: where the button was pressed.
            hit: what lay there.
            origins: the ports that the wires hang on.
            taken: wires that were taken off to be put elsewhere.
            whole: all wires of a port are moved; dropped on nothing they go back.
        """
        super().__init__(view, start, hit)
        self.origins, self.taken, self._whole = origins, taken, whole
        self._at = start.scene
        self._to: PortRef | None = None
        self._why: Message | None = None
        self._clicked = False
        base = edits.disconnect(view.document.project, view.ref, taken)
        self.pull = Pull(base, view.ref, origins, view.document.report(view.ref))
        for wire in taken:
            self.canvas.wires[wire].setVisible(False)
        self.canvas.show_pull(self.pull)

    @property
    def to(self) -> PortRef | None:
        """The port that the wire would end at now."""
        return self._to

    def move(self, pointer: Pointer) -> None:
        """Let the wire follow, jump onto a port that fits, and say why one does not."""
        self.moved(pointer)
        self._at = pointer.scene
        self._to, self._why = self._end(pointer.scene)
        if self._to is not None:
            x, y = self.canvas.nodes[self._to.node].end(self._to.port, self._to.output)
            self._at = QPointF(x, y)
        doubt = self.pull.doubt(self._to) if self._to is not None else None
        if self._why is not None:
            self.view.bubble.tell(say(self._why), pointer.view, "error", self._about(pointer.scene))
        elif doubt is not None:
            self.view.bubble.tell(say(doubt), pointer.view, "tip", self._about(pointer.scene))
        else:
            self.view.bubble.hide()
        self.view.viewport().update()

    def _end(self, at: QPointF) -> tuple[PortRef | None, Message | None]:
        """Give where the wire would end at a point, or why it cannot end there."""
        found = hit(self.canvas, at, REACH)
        if found.port is not None and found.port not in self.origins:
            why = self.pull.refusal(found.port)
            if why is None:
                return found.port, None
            if found.port.output != self.origins[0].output or not self._own(found.node):
                return None, why
        if found.kind in ("node", "name") and not self._own(found.node):
            best = self.pull.best(found.node)
            return best, None if best is not None else self.pull.refusal_of(found.node)
        return None, None

    def _about(self, at: QPointF) -> QRectF | None:
        """Give where on the view the block stands that a refusal is about."""
        node = hit(self.canvas, at, REACH).node
        return self.view.place_of(node) if node in self.canvas.nodes else None

    def _own(self, node: str) -> bool:
        return any(origin.node == node for origin in self.origins)

    def release(self, pointer: Pointer) -> Commit | None:
        """Draw the wire, offer blocks on the empty canvas, or go on when it was a click."""
        if not self.dragged and not self._clicked:
            self._clicked = True
            return None
        self.move(pointer)
        if self._to is not None:
            return self._connect
        if self._why is not None:
            why = self._why
            return lambda: self.view.message.emit(why)
        if (self._clicked and not self.dragged) or self._whole:
            return NOTHING
        if hit(self.canvas, pointer.scene).kind in ("port", "node", "name"):
            return NOTHING
        if self.taken:
            return self._disconnect
        scene, origin = pointer.scene, self.origins[0]
        return lambda: self.view.ask_for_block(scene, origin)

    def _connect(self) -> None:
        view, ref, taken, to = self.view, self.view.ref, self.taken, self._to
        assert to is not None
        wires = [self.pull.wire(origin, to) for origin in self.origins]
        if {(wire.source, wire.target) for wire in taken} == set(wires):
            return  # put back where it was
        replaced = self._replaced(to)
        done = view.document.attempt(
            self._label(to), lambda project: editing.connected(project, ref, wires, taken)
        )
        if done and replaced is not None:
            view.offer.show_for(replaced, wires[0][0])

    def _replaced(self, to: PortRef) -> Wire | None:
        """Give the wire whose place a new one takes; None where a wire is moved, or none was there."""
        if self.taken or len(self.origins) > 1:
            return None
        source, target = self.pull.wire(self.origins[0], to)
        graph = self.canvas.cards.graph
        port = self.canvas.cards.block(graph.nodes[target.node]).input(target.port)
        if port is None or port.many:
            return None
        there = [wire for wire in graph.into(target.node) if wire.target.port == target.port]
        return next((wire for wire in there if wire.source != source), None)

    def _label(self, to: PortRef) -> Message:
        if len(self.origins) > 1:
            return Message("Move {count} wires", count=len(self.origins))
        if self.taken:
            return Message("Move a wire")
        nodes = self.canvas.cards.graph.nodes
        source, target = (end.node for end in self.pull.wire(self.origins[0], to))
        return Message(
            "Connect “{source}” to “{target}”", source=nodes[source].name, target=nodes[target].name
        )

    def _disconnect(self) -> None:
        document, ref, taken = self.view.document, self.view.ref, self.taken
        nodes = self.canvas.cards.graph.nodes
        label = Message(
            "Disconnect “{source}” from “{target}”",
            source=nodes[taken[0].source.node].name,
            target=nodes[taken[0].target.node].name,
        )
        document.do(label, edits.disconnect(document.project, ref, taken))

    def key(self, key: int) -> bool:
        """Walk from one fitting port to the next by Tab and the arrows; Enter draws the wire."""
        forward = key in (Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Down)
        if forward or key in (Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._walk(1 if forward else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_C, Qt.Key.Key_Space):
            if self._to is not None:
                self.view.hands.end(self._connect)
            return True
        return False

    def _walk(self, step: int) -> None:
        """Take the next port, those that fit and the nearest first."""
        ports = self.pull.candidates()
        if not ports:
            return
        x, y = self.canvas.position(self.origins[0].node)

        def far(port: PortRef) -> tuple[bool, float]:
            px, py = self.canvas.position(port.node)
            return port.port in self.pull.unfit(port.node), (px - x) ** 2 + (py - y) ** 2

        ports.sort(key=far)
        place = ports.index(self._to) + step if self._to in ports else (0 if step > 0 else -1)
        self._to, self._why = ports[place % len(ports)], None
        self._at = QPointF(*self.canvas.nodes[self._to.node].end(self._to.port, self._to.output))
        self.view.camera.reveal(self.canvas.nodes[self._to.node].body())
        self.view.speak(self.canvas.nodes[self._to.node].card.spoken())
        self.view.viewport().update()

    def begin_by_key(self, node: str = "") -> None:
        """Stay on the pointer without a button, and take the nearest port that fits.

        Args:
            node: the node to join to at once, if given.
        """
        self._clicked = True
        if node:
            self._to = self.pull.best(node)
            why = self.pull.refusal_of(node) if self._to is None else None
            if why is not None:
                self.view.message.emit(why)
            self.view.hands.end(self._connect if self._to is not None else None)
            return
        self._walk(1)
        if self._to is None:
            self.view.hands.end()
            self.view.message.emit(Message("No port fits: add another block first."))

    def finish(self) -> None:
        """Show the wires that were taken off again; the document decides what becomes of them."""
        self.view.bubble.hide()
        self.canvas.show_pull(None)
        for wire in self.taken:
            item = self.canvas.wires.get(wire)
            if item is not None:
                item.setVisible(True)

    def paint(self, painter: QPainter) -> None:
        """Draw the wires."""
        look = self.canvas.look
        painter.setPen(look.wire_cut if self._why is not None else look.pulled)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        here = (self._at.x(), self._at.y())
        for origin in self.origins:
            node = self.canvas.nodes.get(origin.node)
            if node is None:
                continue
            there = node.end(origin.port, origin.output)
            ends = (there, here) if origin.output else (here, there)
            painter.drawPath(drawn(*ends, down=self.canvas.cards.down))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.error if self._why is not None else look.accent)
        painter.drawEllipse(self._at, PORT, PORT)
