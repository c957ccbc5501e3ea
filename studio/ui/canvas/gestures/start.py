"""Which gesture a press begins, by what lies under the pointer and which keys are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.graph import Message, Wire
from studio.project import edits
from studio.ui.canvas.fitting import PortRef
from studio.ui.canvas.gestures.base import ALT, CTRL, SHIFT, Gesture, Pointer
from studio.ui.canvas.gestures.lead import LeadThrough, TakeOut
from studio.ui.canvas.gestures.move import Move, Resize
from studio.ui.canvas.gestures.pull import PullWire
from studio.ui.canvas.gestures.select import BoxSelect
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.locking import Held

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


def begin(view: CanvasView, pointer: Pointer, found: Hit) -> Gesture | None:
    """Begin what a press of the left button begins; None when the press did all."""
    if found.port is not None:
        return _on_port(view, pointer, found, found.port)
    if found.node:
        return _on_node(view, pointer, found)
    if found.wire is not None:
        return _on_wire(view, pointer, found, found.wire)
    if found.frame or found.note:
        return _on_decor(view, pointer, found)
    return BoxSelect(view, pointer, found)


def begin_locked(view: CanvasView, pointer: Pointer, found: Hit, *, twice: bool = False) -> Gesture:
    """Choose what lies under the pointer on a locked canvas, and open a composite; nothing is changed."""
    if found.node:
        _on_node(view, pointer, found)
        if not pointer.held(CTRL) and not pointer.held(SHIFT):
            view.canvas.selection.set({found.node})
    elif found.wire is not None:
        _choose_wire(view, pointer, found.wire)
    elif found.frame or found.note:
        _on_decor(view, pointer, found)
    elif not twice:
        return BoxSelect(view, pointer, found)
    if twice and found.node:
        view.open_current()
    return Held(view, pointer, found)


def double_click(view: CanvasView, pointer: Pointer, found: Hit) -> Gesture | None:
    """Do what two clicks do; may begin a gesture like a press."""
    if found.port is not None:
        return begin(view, pointer, found)
    if found.kind == "name":
        view.rename(found.node)
    elif found.node:
        view.open_current()
    elif found.note:
        view.write_note(found.note)
    elif found.frame:
        view.write_frame(found.frame)
    elif found.wire is None:
        view.ask_for_block(pointer.scene, None)
    return None


def wires_of(view: CanvasView, port: PortRef) -> list[Wire]:
    """Give the wires of a port."""
    graph = view.canvas.cards.graph
    if port.output:
        return [wire for wire in graph.out_of(port.node) if wire.source.port == port.port]
    return [wire for wire in graph.into(port.node) if wire.target.port == port.port]


def _on_port(view: CanvasView, pointer: Pointer, found: Hit, port: PortRef) -> Gesture | None:
    wires = tuple(wires_of(view, port))
    if pointer.held(ALT):
        if wires:
            ref, document = view.ref, view.document
            name = view.canvas.cards.graph.nodes[port.node].name
            label = Message("Take all wires off “{name}”", name=name)
            document.do(label, edits.disconnect(document.project, ref, wires))
        return None
    if pointer.held(CTRL) and wires:
        others = tuple(
            PortRef(w.target.node, w.target.port, False)
            if port.output
            else PortRef(w.source.node, w.source.port, True)
            for w in wires
        )
        return PullWire(view, pointer, found, origins=others, taken=wires, whole=True)
    wire = found.wire
    if wire is not None and not pointer.held(SHIFT):
        origin = PortRef(wire.source.node, wire.source.port, True)
        return PullWire(view, pointer, found, origins=(origin,), taken=(wire,))
    return PullWire(view, pointer, found, origins=(port,))


def _on_node(view: CanvasView, pointer: Pointer, found: Hit) -> Gesture:
    chosen, node = view.canvas.selection, found.node
    before = set(chosen.nodes)
    if pointer.held(CTRL):
        chosen.set(before ^ {node}, chosen.wires, chosen.frames, chosen.notes)
    elif pointer.held(SHIFT):
        chosen.set(before | {node}, chosen.wires, chosen.frames, chosen.notes, current=node)
    elif node not in before:
        chosen.set({node})
    else:
        chosen.set(before, frames=chosen.frames, notes=chosen.notes, current=node)
    if node not in chosen.nodes:
        return Gesture(view, pointer, found)
    plain = not pointer.held(CTRL) and not pointer.held(SHIFT)
    return Move(
        view,
        pointer,
        found,
        nodes=set(chosen.nodes),
        frames=set(chosen.frames),
        notes=set(chosen.notes),
        click=(lambda: chosen.set({node})) if plain else None,
    )


def _on_wire(view: CanvasView, pointer: Pointer, found: Hit, wire: Wire) -> Gesture:
    if pointer.held(ALT) and found.kind == "point":
        return TakeOut(view, pointer, found, wire)
    if pointer.held(ALT) or found.kind == "point":
        return LeadThrough(view, pointer, found, wire)
    _choose_wire(view, pointer, wire)
    return Gesture(view, pointer, found)


def _choose_wire(view: CanvasView, pointer: Pointer, wire: Wire) -> None:
    chosen = view.canvas.selection
    if pointer.held(CTRL):
        chosen.set(chosen.nodes, chosen.wires ^ {wire}, chosen.frames, chosen.notes)
    elif pointer.held(SHIFT):
        chosen.set(chosen.nodes, chosen.wires | {wire}, chosen.frames, chosen.notes)
    else:
        chosen.set(wires={wire})


def _on_decor(view: CanvasView, pointer: Pointer, found: Hit) -> Gesture:
    canvas, chosen = view.canvas, view.canvas.selection
    frames, notes = ({found.frame} if found.frame else set()), ({found.note} if found.note else set())
    if pointer.held(CTRL):
        chosen.set(chosen.nodes, chosen.wires, chosen.frames ^ frames, chosen.notes ^ notes)
    elif pointer.held(SHIFT):
        chosen.set(chosen.nodes, chosen.wires, chosen.frames | frames, chosen.notes | notes)
    elif not (frames <= chosen.frames and notes <= chosen.notes):
        chosen.set(frames=frames, notes=notes)
    if found.kind == "corner":
        return Resize(view, pointer, found)
    moving, stuck = set(chosen.nodes), set(chosen.notes)
    for id in chosen.frames:
        # A frame takes along what lies in it.
        box = canvas.frames[id].box()
        moving.update(canvas.field.inside(box.left(), box.top(), box.right(), box.bottom()))
        stuck.update(note for note, item in canvas.notes.items() if box.contains(item.box()))
    return Move(view, pointer, found, nodes=moving, frames=set(chosen.frames), notes=stuck)
