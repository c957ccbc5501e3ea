"""Wires without a mouse: one is drawn between any two ports, another chosen, moved or walked along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt

from studio.graph import Message, Wire
from studio.ui.canvas.fitting import PortRef, Pull
from studio.ui.canvas.gestures.base import Pointer
from studio.ui.canvas.gestures.pull_keys import PullByKeys
from studio.ui.canvas.hits import Hit

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

AROUND = 48.0
"""How much of the canvas round the middle of a chosen wire is brought into view."""


def connect(view: CanvasView) -> None:
    """Pull a wire by keys: from the selected node to the port chosen by Tab and arrows, by Enter.

    With two nodes selected, the left one is joined to the right one at once; a selected wire is taken off
    its input and led elsewhere.
    """
    canvas = view.canvas
    wire = only_wire(view)
    if wire is not None:
        pulled(view, PortRef(wire.source.node, wire.source.port, True), (wire,)).begin_by_key()
        return
    here = canvas.selection.current
    if here not in canvas.nodes:
        view.message.emit(Message("Select a block to connect first."))
        return
    chosen = sorted(canvas.selection.nodes, key=lambda node: (canvas.position(node), node))
    if len(chosen) == 2:
        here = chosen[0]
    ports = ports_of(view, here)
    if len(chosen) != 2:
        ports = [port for port in ports if _fits(view, port)] or ports
    if ports:
        pulled(view, ports[0]).begin_by_key(chosen[1] if len(chosen) == 2 else "")


def _fits(view: CanvasView, port: PortRef) -> bool:
    """Tell whether a wire from a port can end somewhere."""
    return bool(Pull(view.document.project, view.ref, (port,)).candidates())


def ports_of(view: CanvasView, node: str) -> list[PortRef]:
    """Give the ports of a node, those that data leaves by first."""
    ports = sorted(view.canvas.nodes[node].card.shape.ports, key=lambda port: not port.output)
    return [PortRef(node, port.name, port.output) for port in ports]


def pulled(view: CanvasView, origin: PortRef, taken: tuple[Wire, ...] = ()) -> PullByKeys:
    """Begin to lead a wire from a port by keys."""
    end = QPointF(*view.canvas.nodes[origin.node].end(origin.port, origin.output))
    start = Pointer(view.viewportTransform().map(end), end, Qt.KeyboardModifier.NoModifier)
    found = Hit("port", node=origin.node, port=origin)
    pull = PullByKeys(view, start, found, origins=(origin,), taken=taken)
    view.hands.begin(pull)
    return pull


def only_wire(view: CanvasView) -> Wire | None:
    """Give the wire that is selected, where nothing else is."""
    chosen = view.canvas.selection
    return next(iter(chosen.wires)) if len(chosen.wires) == 1 and not chosen.nodes else None


def choose_wire(view: CanvasView, step: int) -> None:
    """Select the next wire of the node that the keyboard is at: first what feeds it, then what it feeds."""
    canvas, graph = view.canvas, view.canvas.cards.graph
    wire, here = only_wire(view), canvas.selection.current
    if wire is not None:
        ends = (wire.source.node, wire.target.node)
        here = view.wires_of if view.wires_of in ends else wire.target.node
    if here not in canvas.nodes:
        here = view.nearest_to_middle() or ""
    below = {wire: canvas.position(wire.target.node)[::-1] for wire in graph.out_of(here)} if here else {}
    wires = [*graph.into(here), *sorted(below, key=below.__getitem__)] if here else []
    if not wires:
        view.message.emit(Message("No wire begins or ends here."))
        return
    place = wires.index(wire) + step if wire in wires else (0 if step > 0 else -1)
    view.wires_of = here
    go_to_wire(view, wires[place % len(wires)])


def go_to_wire(view: CanvasView, wire: Wire) -> None:
    """Select a wire by the keyboard, bring it into view and say which it is."""
    if wire in view.canvas.wires:
        view.canvas.selection.set(wires={wire})
        x, y = view.canvas.wires[wire].way.middle
        view.camera.reveal(QRectF(x - AROUND, y - AROUND, 2 * AROUND, 2 * AROUND))
        view.speak_current()


def end_of(view: CanvasView, direction: Literal["left", "right", "up", "down"]) -> str | None:
    """Give the node at an end of the selected wire; None where no wire alone is selected."""
    wire = only_wire(view)
    back, on = ("up", "down") if view.canvas.cards.down else ("left", "right")
    if wire is None or direction not in (back, on):
        return None
    return wire.source.node if direction == back else wire.target.node


def come_back(view: CanvasView) -> None:
    """Go back to the node whose wire was taken off, so that the keyboard has a place."""
    if view.wires_of in view.canvas.nodes and not view.canvas.selection:
        view.go_to(view.wires_of)
