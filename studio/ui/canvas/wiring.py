"""All wires of a canvas: which there are, how each is led, and what each carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from studio.graph import Wire
from studio.graph.layout import Position
from studio.project.looks import shifted
from studio.ui.canvas.field import Boxes, Numbers, meeting
from studio.ui.canvas.leading import Lanes, all_clear, clear, lead, lead_through
from studio.ui.canvas.route import MOST_LED, Lane, Way, way
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

Box = tuple[float, float, float, float]

MOST_MOVING = 12
"""While more wires than this are dragged along they look for no way round."""

FEW = 32
"""So many boxes are looked at one by one."""

CLOSE = 16.0
"""A node that comes this close beside a wire can be in its way."""


def _key(wire: Wire) -> int:
    """Give what stands for the output that a wire leaves."""
    return hash(wire.source)


def _area(item: WireItem) -> Box:
    """Give the area of a way; of a simple one nothing, as it follows from its ends."""
    return (np.nan,) * 4 if item.simple else item.area()


def _round(boxes: Boxes) -> Boxes:
    """Give the box round all boxes."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None]


def _met(areas: Boxes, boxes: Boxes) -> NDArray[np.bool_]:
    """Tell which areas overlap with any box."""
    result = np.zeros(len(areas), bool)
    result[meeting(areas, boxes)[0]] = True
    return result


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
        self._rows: dict[WireItem, int] = {}
        self._order = -1
        self._joined: Numbers = np.zeros((0, 2), np.int64)
        self._offsets: Boxes = np.zeros((0, 4))
        self._areas: Boxes = np.zeros((0, 4))
        self._other: set[WireItem] = set()
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
        self._rows.clear()
        self._other.clear()

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
            self._rows.clear()
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
        self._rows.clear()
        self._other.discard(item)
        self._canvas.spots.drop(item)
        for node in {wire.source.node, wire.target.node}:
            self._at[node].remove(item)
        self.led.discard(item)
        self._bad.discard(item)
        self._canvas.selection.drop_wire(wire)
        self._canvas.removeItem(item)

    def at(self, nodes: Iterable[str]) -> list[WireItem]:
        """Give the wires that end at some nodes, each once."""
        return list({item: None for node in nodes for item in self._at.get(node, ())})

    def wires_at(self, node: str) -> list[Wire]:
        """Give the wires of a node."""
        return [item.wire for item in self._at.get(node, ())]

    def anchor(self, nodes: Iterable[str]) -> None:
        """Find the ports of some nodes again: they are others, or elsewhere on the node."""
        for item in self.at(nodes):
            item.anchor()
            self._other.add(item)
            self._canvas.far.forget()

    # -- ways -------------------------------------------------------------------------------------------

    def lead(self, items: Iterable[WireItem], *, moving: bool = False) -> None:
        """Lead wires from where their nodes are now, round what lies between.

        Args:
            items: the wires.
            moving: their nodes are still on the way: many wires run through all until they are there.
        """
        every = []
        for item in items:
            if item.follow():
                if item.label:
                    self._canvas.spots.renew(item)
            else:
                every.append(item)
        self._find(every, moving=moving)

    def _find(self, every: Sequence[WireItem], *, moving: bool = False) -> None:
        """Find ways, whether ends have moved or nodes between them."""
        plain = moving and len(every) > MOST_MOVING
        down = self._canvas.cards.down
        led = self._canvas.cards.reroutes or self._held
        field = self._canvas.field.turned() if down else self._canvas.field
        asked = []
        for item in every:
            wire, now = item.wire, item.ends()
            start, end = self._turned(now) if down else now
            through = self._turned(self._through(wire)) if led else ()
            ends = (wire.source.node, wire.target.node)
            if through and not plain:
                self._set(item, lead_through(field, start, end, ends, through), None)
            elif through or plain:
                self._set(item, way(start, end, through), None)
            else:
                asked.append((item, now, (start, end, ends)))
        met: list[tuple[float, Wire, WireItem]] = []
        free = clear(field, [one for _, _, one in asked])
        for (item, now, (start, end, _)), its in zip(asked, free, strict=True):
            if not its:
                met.append((abs(end[0] - start[0]), item.wire, item))
            elif not item.plain(*now):
                self._set(item, way(start, end), None)
        if not met:
            return
        self.led -= {item for _, _, item in met}
        lanes = Lanes.of((item.lane, _key(item.wire)) for item in self.led if item.lane is not None)
        # Short ones first, so that they stay inside long ones.
        for _, wire, item in sorted(met, key=lambda one: one[:2]):
            start, end = self._turned(item.ends())
            if len(lanes) >= MOST_LED:
                self._set(item, way(start, end), None)
                continue
            key = _key(wire)
            ends = (wire.source.node, wire.target.node)
            made, lane = lead(field, start, end, ends, lanes, key, quick=moving)
            self._set(item, made, lane)
            if lane is not None:
                lanes.add(lane, key)

    def _turned(self, points: tuple[Position, ...]) -> tuple[Position, ...]:
        """Give points as the ways are found: to the right, whatever way data flows."""
        return tuple((y, x) for x, y in points) if self._canvas.cards.down else points

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

    def _set(self, item: WireItem, made: Way, lane: Lane | None) -> None:
        curves = len(item.way.points)
        self._other.add(item)
        if item.lead(made.turned() if self._canvas.cards.down else made, lane):
            self._canvas.spots.renew(item)
        (self.led.discard if lane is None else self.led.add)(item)
        if max(curves, len(item.way.points)) > 4:
            self._canvas.far.lead(item)

    def settle(self, boxes: list[Box]) -> None:
        """Lead wires round nodes that have come into their way, and back where one has left it."""
        if not boxes or not self.items:
            return
        self._read()
        canvas, places = self._canvas, self._canvas.field.boxes[:, :2]
        simple = np.isnan(self._areas[:, 0])
        ends = places[self._joined].reshape(-1, 4) + self._offsets
        x1, y1, x2, y2 = ends.T
        areas = np.stack(
            [np.minimum(x1, x2), np.minimum(y1, y2), np.maximum(x1, x2), np.maximum(y1, y2)], axis=1
        )
        areas[~simple] = self._areas[~simple]
        # Along the data a wire only touches its own nodes.
        down = canvas.cards.down
        x, y = (CLOSE, 0.0) if down else (0.0, CLOSE)
        areas += np.array([-x, -y, x, y])
        every = np.array(boxes)
        # Many boxes are looked at one by one only for the few wires that something is in the way of.
        rough = every if len(boxes) <= FEW else _round(every)
        near = _met(areas, rough)
        asked = np.flatnonzero(near & simple)
        if len(asked):
            # Most run between the same columns as before, and nothing is in their way.
            field = canvas.field.turned() if down else canvas.field
            turned = ends[:, (1, 0, 3, 2)] if down else ends
            near[asked[all_clear(field, turned[asked], self._joined[asked])]] = False
        rows = np.flatnonzero(near)
        if rough is not every:
            rows = rows[_met(areas[rows], every)]
        items = list(self._rows)
        self._find([items[row] for row in rows])

    def _read(self) -> None:
        """Know of all wires what they join; of those that are not simple also the areas of their ways."""
        field = self._canvas.field
        if len(self._rows) != len(self.items) or self._order != field.order:
            self._order = field.order
            self._rows = {item: row for row, item in enumerate(self.items.values())}
            self._joined = np.array(
                [(field.row(wire.source.node), field.row(wire.target.node)) for wire in self.items]
            )
            self._offsets = np.array([item.offsets() for item in self._rows])
            self._areas = np.array([_area(item) for item in self._rows])
        elif self._other:
            other = list(self._other)
            rows = [self._rows[item] for item in other]
            self._offsets[rows] = [item.offsets() for item in other]
            self._areas[rows] = [_area(item) for item in other]
        self._other.clear()

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
            lane = item.lane
            if lane is not None and self._canvas.cards.down:
                yield QRectF(lane.y, lane.left, 1.0, lane.right - lane.left)
            elif lane is not None:
                yield QRectF(lane.left, lane.y, lane.right - lane.left, 1.0)
