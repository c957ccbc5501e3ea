"""All wires of a canvas: which there are, how each is led, and what each carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from studio.graph import Wire
from studio.graph.layout import Position
from studio.project.looks import shifted
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.route import Lane, Way, lane_for, way
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

Box = tuple[float, float, float, float]


class Wiring:
    """The wire items of one canvas, by wire and by node."""

    def __init__(self, canvas: CanvasScene) -> None:
        """Begin with none."""
        self._canvas = canvas
        self.items: dict[Wire, WireItem] = {}
        self._shown: frozenset[Wire] = frozenset()
        self._at: dict[str, list[WireItem]] = {}
        self._bad: set[WireItem] = set()
        self._held: dict[Wire, tuple[Position, ...]] = {}
        self._wide: set[WireItem] = set()  # those with room for nodes between their ends
        self.led: set[WireItem] = set()
        """The wires that are led round nodes."""

    def clear(self) -> None:
        """Take all wires away."""
        for item in self.items.values():
            self._canvas.removeItem(item)
        self._canvas.spots.clear()
        self.items.clear()
        self._shown = frozenset()
        self._at.clear()
        self._bad.clear()
        self.led.clear()
        self._wide.clear()

    def differing(self, wires: frozenset[Wire]) -> tuple[frozenset[Wire], frozenset[Wire]]:
        """Give the wires that are shown and no more there, and those that are there and not shown."""
        return self._shown - wires, wires - self._shown

    def show(self, wires: frozenset[Wire], gone: Iterable[Wire], new: Iterable[Wire]) -> list[WireItem]:
        """Take over which wires there are; their nodes are there already.

        Returns:
            The new ones, which stand on the canvas once `begin` has led them.
        """
        for wire in gone:
            self._remove(wire)
        self._shown = wires
        made = []
        for wire in new:
            item = WireItem(self._canvas, wire)
            self.items[wire] = item
            for node in {wire.source.node, wire.target.node}:
                self._at.setdefault(node, []).append(item)
            made.append(item)
        return made

    def begin(self, made: list[WireItem]) -> None:
        """Put new wires on the canvas."""
        for item in made:
            item.anchor()
            item.label = self._canvas.cards.wire_label(item.wire)
        self.lead(made)
        for item in made:
            self._canvas.addItem(item)
            self._canvas.spots.renew(item)

    def _remove(self, wire: Wire) -> None:
        item = self.items.pop(wire)
        self._canvas.spots.drop(item)
        for node in {wire.source.node, wire.target.node}:
            self._at[node].remove(item)
        self.led.discard(item)
        self._wide.discard(item)
        self._bad.discard(item)
        self._canvas.selection.drop_wire(wire)
        self._canvas.removeItem(item)

    def at(self, nodes: Iterable[str]) -> list[WireItem]:
        """Give the wires that end at some nodes, each once."""
        found: dict[WireItem, None] = {}
        for node in nodes:
            found.update(dict.fromkeys(self._at.get(node, ())))
        return list(found)

    def wires_at(self, node: str) -> list[Wire]:
        """Give the wires of a node."""
        return [item.wire for item in self._at.get(node, ())]

    def anchor(self, nodes: Iterable[str]) -> None:
        """Find the ports of some nodes again: they are others, or elsewhere on the node."""
        for item in self.at(nodes):
            item.anchor()
            self._canvas.far.forget()

    # -- ways -------------------------------------------------------------------------------------------

    def lead(self, items: Iterable[WireItem]) -> None:
        """Lead wires from where their nodes are now; long ones round what lies between."""
        far: list[tuple[float, Wire, WireItem]] = []
        for item in items:
            if item not in self._wide and item.follow():
                self._canvas.spots.renew(item)
                continue
            start, end = item.ends()
            through = self._through(item.wire)
            if through or end[0] - start[0] < WIDTH:
                self._set(item, start, end, through)
            else:
                far.append((end[0] - start[0], item.wire, item))
        # Short ones first, so that they stay inside long ones.
        for _, wire, item in sorted(far, key=lambda one: one[:2]):
            start, end = item.ends()
            others = [other.lane for other in self.led if other is not item and other.lane is not None]
            ends = (wire.source.node, wire.target.node)
            lane = lane_for(self._canvas.field, start, end, ends, others)
            self._lead(item, way(start, end, lane), lane)
            (self.led.add if lane is not None else self.led.discard)(item)
            self._canvas.far.lead(item)

    def _through(self, wire: Wire) -> tuple[Position, ...]:
        """Give the points that a wire is led through; while both its ends are dragged they go along."""
        if wire in self._held:
            return self._held[wire]
        cards = self._canvas.cards
        points = cards.reroutes.get(wire, ()) if cards.reroutes else ()
        if not points:
            return ()
        ends = {wire.source.node, wire.target.node}
        there = cards.project.layout_of(self._canvas.ref).positions
        return shifted(points, wire, there, {node: self._canvas.position(node) for node in ends})

    def hold(self, wire: Wire, points: tuple[Position, ...] | None) -> None:
        """Show a wire led through other points while one of them is dragged; None shows it as it is."""
        if points is None:
            self._held.pop(wire, None)
        else:
            self._held[wire] = points
        if wire in self.items:
            self.lead([self.items[wire]])

    def _set(self, item: WireItem, start: Position, end: Position, through: tuple[Position, ...]) -> None:
        was_led = item.lane is not None
        curves = len(item.way.points)
        self._lead(item, way(start, end, None, through), None)
        if was_led:
            self.led.discard(item)
        if max(curves, len(item.way.points)) > 4:
            self._canvas.far.lead(item)

    def _lead(self, item: WireItem, way_: Way, lane: Lane | None) -> None:
        if item.lead(way_, lane):
            (self._wide.add if item.far else self._wide.discard)(item)
            self._canvas.spots.renew(item)

    def settle(self, boxes: list[Box]) -> None:
        """Lead wires round nodes that have come into their way, and back where one has left it."""
        if not boxes:
            return
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        area = QRectF(left, top, right - left, bottom - top).adjusted(-16.0, -16.0, 16.0, 16.0)
        near = {item for item in self._wide if item.boundingRect().intersects(area)}
        near |= {item for item in self.led if item.lane and item.lane.left < right and item.lane.right > left}
        self.lead(near)

    def reroute(self, before: Mapping[Wire, tuple[Position, ...]]) -> None:
        """Lead the wires whose points are others than before."""
        now = self._canvas.cards.reroutes
        differing = [wire for wire in before.keys() | now.keys() if before.get(wire) != now.get(wire)]
        self.lead([self.items[wire] for wire in differing if wire in self.items])

    # -- what they carry --------------------------------------------------------------------------------

    def label(self, nodes: Iterable[str]) -> None:
        """Show what leaves some nodes now."""
        cards = self._canvas.cards
        for node in nodes:
            for item in self._at.get(node, ()):
                label = cards.wire_label(item.wire) if item.wire.source.node == node else item.label
                if label != item.label:
                    item.label = label
                    self._canvas.spots.renew(item)

    def show_bad(self) -> None:
        """Mark the wires that a problem names."""
        bad = {
            item
            for (node, port), severity in self._canvas.cards.bad_ends().items()
            if severity == "error"
            for item in self._at.get(node, ())
            if item.wire.target.node == node and item.wire.target.port == port
        }
        for item in bad ^ self._bad:
            item.bad = item in bad
            item.restyle()
        self._bad = bad

    def lanes(self) -> Iterator[QRectF]:
        """Give the level stretches of wires that are led round nodes."""
        for item in self.led:
            if item.lane is not None:
                yield QRectF(item.lane.left, item.lane.y, item.lane.right - item.lane.left, 1.0)
