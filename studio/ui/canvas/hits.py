"""What lies under the pointer: a port, a node, a wire, a frame, a note, or nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem

from studio.graph import Wire
from studio.ui.canvas.decor import HEADER, FrameItem, NoteItem
from studio.ui.canvas.far import FAR, TINY
from studio.ui.canvas.fitting import PortRef
from studio.ui.canvas.geometry import PORT, PortPlace
from studio.ui.canvas.node_item import NodeItem
from studio.ui.canvas.paint import TEXT_LEFT, name_middle
from studio.ui.canvas.route import STOP
from studio.ui.canvas.scene import CanvasScene
from studio.ui.canvas.wire_item import WireItem

Kind = Literal["port", "node", "name", "wire", "point", "frame", "note", "corner", "nothing"]

PORT_REACH = 9.0
"""How near a port the pointer counts as on it, in pixels of the screen."""

FAR_REACH = 7.0
"""The same on a canvas so far out that no ports are drawn."""

WIRE_REACH = 6.0


@dataclass(frozen=True)
class Hit:
    """What was met.

    Attributes:
        kind: what it is; `name` is the part of a node that its label covers, `corner` that of a frame or
            note by which it is made larger, `point` one that a wire is led through.
        node: the node's id, for ports and nodes.
        port: the port.
        wire: the wire; for a port, the wire whose end was met, where there is one.
        point: which of the points that the wire is led through; -1 for none.
        frame: the frame's id.
        note: the note's id.
    """

    kind: Kind = "nothing"
    node: str = ""
    port: PortRef | None = None
    wire: Wire | None = None
    frame: str = ""
    note: str = ""
    point: int = -1


def hit(canvas: CanvasScene, at: QPointF, reach: float = PORT_REACH) -> Hit:
    """Tell what lies at a point of the canvas.

    Args:
        canvas: the items.
        at: the point, in canvas units.
        reach: how near a port counts as on it, in pixels of the screen.
    """
    near = max(reach, WIRE_REACH, PORT) / canvas.zoom + PORT
    area = QRectF(at.x() - near, at.y() - near, 2 * near, 2 * near)
    items = canvas.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
    nodes = [item for item in items if isinstance(item, NodeItem)]
    if canvas.zoom >= FAR:
        found = _port(canvas, nodes, at, max(PORT + 2.0, reach / canvas.zoom))
        if found is not None:
            return found
    elif canvas.zoom >= TINY and not any(item.body().contains(at) for item in nodes):
        # So far out a port is next to nothing: it is taken at the side of its node, and a node by all of it.
        found = _port(canvas, nodes, at, FAR_REACH / canvas.zoom)
        if found is not None:
            return found
    for item in nodes:
        if item.body().contains(at):
            local = at - item.pos()
            named = local.x() >= TEXT_LEFT and abs(local.y() - name_middle(item.card)) < 10.0
            return Hit("name" if named else "node", node=item.card.id)
    led = _point(canvas, items, at)
    if led is not None:
        return led
    corner = _corner(items, at)
    if corner is not None:
        return corner
    wire = wire_at(canvas, at)
    if wire is not None:
        return Hit("wire", wire=wire)
    for other in items:
        if isinstance(other, FrameItem | NoteItem) and other.box().contains(at):
            if isinstance(other, NoteItem):
                return Hit("note", note=other.note.id)
            # A frame is taken by its title: the rest of it is canvas, to draw boxes on.
            if at.y() - other.box().top() <= HEADER:
                return Hit("frame", frame=other.frame.id)
    return Hit()


def _corner(items: Sequence[QGraphicsItem], at: QPointF) -> Hit | None:
    """Give the corner of a frame or note at a point: a wire there can be taken elsewhere on its way."""
    for item in items:
        if isinstance(item, FrameItem | NoteItem) and item.box().contains(at):
            if item.corner().contains(at):
                frame = item.frame.id if isinstance(item, FrameItem) else ""
                return Hit("corner", frame=frame, note=item.note.id if isinstance(item, NoteItem) else "")
            if isinstance(item, NoteItem):
                return None
    return None


def _point(canvas: CanvasScene, items: Sequence[QGraphicsItem], at: QPointF) -> Hit | None:
    near = max(STOP + 2.0, WIRE_REACH / canvas.zoom)
    for item in (each for each in items if isinstance(each, WireItem)):
        for index, (x, y) in enumerate(item.way.stops):
            if (at.x() - x) ** 2 + (at.y() - y) ** 2 <= near * near:
                return Hit("point", wire=item.wire, point=index)
    return None


def _port(canvas: CanvasScene, nodes: list[NodeItem], at: QPointF, reach: float) -> Hit | None:
    best: tuple[float, NodeItem, PortPlace] | None = None
    for item in nodes:
        local = at - item.pos()
        for port in item.card.shape.ports:
            distance = port.away((local.x(), local.y()))
            # A node that lies on top of another covers that one's ports.
            if distance <= reach and (best is None or distance < best[0]) and not _covered(nodes, item, at):
                best = (distance, item, port)
    if best is None:
        return None
    _, item, port = best
    node = item.card.id
    wire: Wire | None = None
    if not port.output:
        ends = [w for w in canvas.cards.graph.into(node) if w.target.port == port.name]
        local = at - item.pos()
        wire = min(ends, key=lambda w: math.dist(port.at(w.index), (local.x(), local.y())), default=None)
    return Hit("port", node=node, port=PortRef(node, port.name, port.output), wire=wire)


def _covered(nodes: list[NodeItem], item: NodeItem, at: QPointF) -> bool:
    """Tell whether another node lies above this one at a point; nodes come topmost first."""
    return any(other.body().contains(at) for other in nodes[: nodes.index(item)])


def wire_at(canvas: CanvasScene, at: QPointF, reach: float = WIRE_REACH) -> Wire | None:
    """Give the wire nearest to a point, within some pixels of the screen."""
    near = reach / canvas.zoom
    area = QRectF(at.x() - near, at.y() - near, 2 * near, 2 * near)
    best: tuple[float, Wire] | None = None
    for item in canvas.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect):
        if isinstance(item, WireItem):
            distance = item.distance(at)
            if distance <= near and (best is None or distance < best[0]):
                best = (distance, item.wire)
    return best[1] if best is not None else None
