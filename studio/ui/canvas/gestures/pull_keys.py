"""A wire that is led by keys: from any port of a block to any port that takes it, each one told in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt

from studio.graph import Message
from studio.ui.canvas.fitting import PortRef, Pull
from studio.ui.canvas.gestures.pull import PullWire
from studio.ui.canvas.spoken import port_name
from studio.ui.words.text import tr


class PullByKeys(PullWire):
    """Left and right choose where the wire ends, up and down at which port of its block it begins."""

    def key(self, key: int) -> bool:
        """Take a key; see the class."""
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and len(self._own_ports()) > 1:
            self._turn(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.taken:
            self.view.hands.end(self._disconnect)
            return True
        return super().key(key)

    def begin_by_key(self, node: str = "") -> None:
        """Stay without a button, and say by which keys it goes on."""
        super().begin_by_key(node)
        if self.view.hands.gesture is self:
            self.view.message.emit(
                Message(
                    "Left and right choose the port, up and down where the wire begins. "
                    "Enter joins, Esc gives up."
                )
            )

    def end_at(self, port: PortRef) -> None:
        """Draw the wire to a port at once."""
        self._to = port
        self.view.hands.end(self._connect)

    def _own_ports(self) -> list[PortRef]:
        """Give the ports of the block where the wire can begin; those of a wire taken off stay."""
        if self.taken or len(self.origins) > 1:
            return []
        node = self.origins[0].node
        ports = sorted(self.canvas.nodes[node].card.shape.ports, key=lambda port: not port.output)
        return [PortRef(node, port.name, port.output) for port in ports]

    def _turn(self, step: int) -> None:
        """Begin at another port of the same block."""
        ports = self._own_ports()
        place = ports.index(self.origins[0]) if self.origins[0] in ports else 0
        self.origins = (ports[(place + step) % len(ports)],)
        self.pull = Pull(
            self.pull.project, self.view.ref, self.origins, self.view.document.report(self.view.ref)
        )
        self.canvas.show_pull(self.pull)
        self._to = None
        self._walk(1)
        if self._to is None:
            origin = self.origins[0]
            self._at = QPointF(*self.canvas.nodes[origin.node].end(origin.port, origin.output))
            self._tell()

    def _walk(self, step: int) -> None:
        super()._walk(step)
        if self._to is not None:
            self._tell()

    def _tell(self) -> None:
        """Say and show from which port to which the wire goes now."""
        graph, origin = self.canvas.cards.graph, self.origins[0]
        if self._to is None:
            text = tr("{port}: no port fits", port=port_name(graph, origin))
        else:
            source, target = (origin, self._to) if origin.output else (self._to, origin)
            text = f"{port_name(graph, source)} → {port_name(graph, target)}"
            there = [wire for wire in graph.into(target.node) if wire.target.port == target.port]
            port = self.canvas.cards.block(graph.nodes[target.node]).input(target.port)
            if there and not self.taken and port is not None and not port.many:
                text = tr("{wire}, in place of {source}", wire=text, source=port_name(graph, there[0].source))
        self.view.speak(text)
        near = self.view.viewportTransform().map(self._at)
        node = self._to.node if self._to is not None else origin.node
        self.view.bubble.tell(text, near, "tip", QRectF(self.view.place_of(node)))
