"""Where the shape of each wire stands: on it where there is room, else close by, clear of blocks and labels.

A place is found when the wire is first seen, and again only when the wire, its text or a block near it
has moved.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt

from studio.ui.canvas.card import compact
from studio.ui.canvas.crossings import crossing
from studio.ui.canvas.geometry import PORT, WIDTH
from studio.ui.canvas.look import Text
from studio.ui.canvas.route import WIDEST_LABEL, Way
from studio.ui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene

HEIGHT = 16.0
"""How high a label on a wire is."""

LOW = 13.0
"""How high a label is that stands above or below its wire."""

PAD = 3.0
BRIM = 3.0
"""So much at the edges of a text a wire may touch: it is the room over and under the letters."""

ABOVE, BELOW = 18.0, 10.5
"""How far the middle of a label stands from the blocks below or above it; blocks bear marks on their tops."""

ALONG = (0.35, 0.65, 0.22, 0.78)
"""Where else on a wire a label can stand, as shares of its length."""

SIDEWAYS = (0.0, -0.5, 0.5, -1.05, 1.05)
"""How far to the side a label goes beside its wire, in its own widths."""

FAR_ENOUGH = 130.0
"""No label stands farther than this from its wire's blocks."""

FAR_APART = 160.0
"""Where two blocks reach over more than this from top to bottom, no line joins a label to its wire."""

CELL_WIDTH, CELL_HEIGHT = 160.0, 96.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one label stands.

    Attributes:
        box: its ground.
        text: what it says; None where there is no place for it.
        at: where the text goes.
        leader: a fine line to its wire, where it stands beside it.
        wanted: whether no better place could become free.
    """

    box: QRectF
    text: Text | None
    at: QPointF
    leader: QLineF | None
    wanted: bool


class Spots:
    """The places of the labels of one canvas."""

    def __init__(self, canvas: CanvasScene) -> None:
        """Begin with none."""
        self._canvas = canvas
        self._cells: dict[tuple[int, int], set[WireItem]] = {}
        self._waiting: set[WireItem] = set()
        self._forms: dict[str, tuple[tuple[Text, float], ...]] = {}
        self._crossing: dict[WireItem, list[WireItem]] = {}

    def clear(self) -> None:
        """Forget every place."""
        self._cells.clear()
        self._waiting.clear()
        self._crossing.clear()
        self._forms.clear()

    @property
    def any(self) -> bool:
        """Whether any label has a place."""
        return bool(self._cells)

    def again(self, items: Iterable[WireItem]) -> None:
        """Find every place anew: the font is another."""
        self._forms.clear()
        for item in items:
            self.renew(item)

    def renew(self, item: WireItem) -> None:
        """Find a place anew, when it is next seen: the wire leads elsewhere, or its text is another."""
        self.drop(item)
        if item.label:
            self._waiting.add(item)
            x, y = item.way.middle
            likely = min(max(item.way.room, 0.0), WIDEST_LABEL) + 2 * PAD
            self._canvas.update(_centred(x, y, likely, HEIGHT).adjusted(-2.0, -2.0, 2.0, 2.0))

    def drop(self, item: WireItem) -> None:
        """Take a label away."""
        self._waiting.discard(item)
        self._crossing.clear()
        spot, item.spot = item.spot, None
        if spot is not None:
            for cell in _cells(spot.box):
                self._cells[cell].discard(item)
            self._canvas.update(_painted(spot))

    def moved(self, before: Box | None, after: Box) -> None:
        """A block has moved: labels that it covers, and those that it stood in the way of, go elsewhere."""
        if not self._cells:
            return
        left, top, right, bottom = after
        covered = QRectF(left - PORT, top, right - left + 2 * PORT, bottom - top)
        stirred = [item for item, spot in self._near(covered) if spot.box.intersects(covered)]
        if before is not None:
            left, top, right, bottom = before
            area = QRectF(left, top, right - left, bottom - top)
            freed = area.adjusted(-FAR_ENOUGH, -FAR_ENOUGH, FAR_ENOUGH, FAR_ENOUGH)
            stirred += [item for item, spot in self._near(freed) if not spot.wanted]
        for item in dict.fromkeys(stirred):
            self.renew(item)

    def seen(self, rect: QRectF) -> Iterator[tuple[WireItem, Spot]]:
        """Give the labels in a part of the canvas, each once; those that wait there get their places."""
        if self._waiting:
            self.place(rect)
        for item, spot in self._near(rect):
            if spot.text is not None:
                yield item, spot

    def crossing(self, item: WireItem, spot: Spot) -> list[WireItem]:
        """Give the wires that run through the label of another: its ground must not cut them."""
        found = self._crossing.get(item)
        if found is None:
            found = self._crossing[item] = crossing(self._canvas, item, spot.box)
        return found

    def _near(self, rect: QRectF) -> list[tuple[WireItem, Spot]]:
        """Give the labels whose cells a rectangle touches."""
        found: dict[WireItem, None] = {}
        for cell in _cells(rect):
            here = self._cells.get(cell)
            if here:
                found.update(dict.fromkeys(here))
        return [(item, item.spot) for item in found if item.spot is not None]

    # -- finding a place --------------------------------------------------------------------------------

    def place(self, rect: QRectF) -> list[QRectF]:
        """Give the waiting labels near a part of the canvas their places, those with most room first.

        Returns:
            What they cover, to be painted.
        """
        if not self._waiting:
            return []
        near = rect.adjusted(-FAR_ENOUGH, -FAR_ENOUGH, FAR_ENOUGH, FAR_ENOUGH)
        waiting = [
            item
            for item in self._canvas.items(near, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
            if isinstance(item, WireItem) and item in self._waiting
        ]
        covered: list[QRectF] = []
        for item in sorted(waiting, key=lambda one: (-one.way.room, one.way.middle[1], one.wire)):
            self._waiting.discard(item)
            spot = item.spot = self._spot(item)
            for cell in _cells(spot.box):
                self._cells.setdefault(cell, set()).add(item)
            covered.append(_painted(spot))
        return covered

    def _spot(self, item: WireItem) -> Spot:
        way = item.way
        x, y = way.middle
        forms = self._forms_of(item.label)
        crossed: Spot | None = None
        for text, spare in forms:
            if text.width <= way.room + spare:
                # In a narrow gap the label ends where the ports begin.
                pad = min(PAD, max(0.0, (way.room + 8.0 - text.width) / 2))
                box = _centred(x, y, text.width + 2 * pad, HEIGHT)
                if self._is_free(box, pad):
                    made = _made(text, box, wanted=True)
                    if not self._is_crossed(item, made):
                        return made
                    crossed = crossed or made
        tight = [text for text, _ in forms[1:]]
        for x, y in self._on(item):
            for text in tight:
                box = _centred(x, y, text.width + 2 * PAD, HEIGHT)
                if self._is_free(box, 0.0):
                    made = _made(text, box, wanted=False)
                    if not self._is_crossed(item, made):
                        return made
                    crossed = crossed or made
        if crossed is not None:
            return crossed
        places = [self._beside(item, text.width + 2 * PAD) for text in tight]
        for boxes in zip(*places, strict=True):
            for text, (box, leader) in zip(tight, boxes, strict=True):
                if self._is_free(box, 0.0):
                    return _made(text, box, leader, wanted=False)
        return Spot(_centred(x, y, 1.0, 1.0), None, QPointF(), None, wanted=False)

    @staticmethod
    def _on(item: WireItem) -> Iterator[tuple[float, float]]:
        """Give the middles of places on a wire, best first."""
        way = item.way
        yield way.middle
        (x1, y1), (x2, y2) = way.points[0], way.points[-1]
        if len(way.points) > 4 or max(abs(x2 - x1), abs(y2 - y1)) > 60.0:
            path = item.path()
            for share in ALONG:
                at = path.pointAtPercent(share)
                yield at.x(), at.y()

    def _beside(self, item: WireItem, width: float) -> Iterator[tuple[QRectF, QLineF | None]]:
        """Give places for a label that has no room on its wire, best first."""
        way = item.way
        x, _ = way.middle
        field, wire = self._canvas.field, item.wire
        _, top1, right1, bottom1 = field.box(wire.source.node)
        left2, top2, _, bottom2 = field.box(wire.target.node)
        over, under = min(top1, top2) - ABOVE, max(bottom1, bottom2) + BELOW
        near = right1 < left2 and under - over < FAR_APART
        for sideways, (start, step) in itertools.product(SIDEWAYS, ((under, LOW), (over, -LOW))):
            for row in range(3):
                level = start + row * step
                leader = _leader(way, x, level - step / 2) if near and not row and not sideways else None
                yield _centred(x + sideways * width, level, width, LOW), leader

    def _is_free(self, box: QRectF, pad: float) -> bool:
        """Tell whether a label can stand here: over no block, no port, and no other label.

        Args:
            box: its ground.
            pad: how much of the ground at either side may lie under a port.
        """
        canvas = self._canvas
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        for other, spot in self._near(box):
            if other.spot is not None and spot.text is not None and spot.box.intersects(box):
                return False
        left, right = left + pad, right - pad
        for node in canvas.field.touching(left - WIDTH, top, right + PORT, bottom):
            item = canvas.nodes[node]
            if item.at[0] + WIDTH + PORT > left + 1e-6:
                return False
            for shape in item.loose():
                if shape.intersects(box):
                    return False
        return True

    def _is_crossed(self, item: WireItem, spot: Spot) -> bool:
        """Tell whether another wire runs through the letters of a label."""
        assert spot.text is not None
        letters = QRectF(spot.at, QSizeF(spot.text.width, spot.text.height))
        return bool(crossing(self._canvas, item, letters.adjusted(BRIM, BRIM, -BRIM, -BRIM)))

    def _forms_of(self, label: str) -> tuple[tuple[Text, float], ...]:
        """Give a shape in ever fewer characters: spread, tight, without the batch; that may come closer."""
        forms = self._forms.get(label)
        if forms is None:
            look, tight = self._canvas.look, compact(label)
            shorter = ((label, 0.0), (tight, 4.0), (tight.removeprefix("B×"), 8.0))
            forms = tuple((look.laid(text, look.label_font), spare) for text, spare in shorter)
            self._forms[label] = forms
        return forms


def _centred(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x - width / 2, y - height / 2, width, height)


def _made(text: Text, box: QRectF, leader: QLineF | None = None, *, wanted: bool) -> Spot:
    middle = box.center()
    return Spot(box, text, QPointF(middle.x() - text.width / 2, middle.y() - text.height / 2), leader, wanted)


def _leader(way: Way, x: float, edge: float) -> QLineF:
    """Join a label to its wire by a line that stays clear of the ports."""
    y = way.middle[1]
    clear = PORT + 2.0
    return QLineF(x, y + clear if edge > y else y - clear, x, edge)


def _painted(spot: Spot) -> QRectF:
    """Give all that a label covers when it is drawn."""
    box = spot.box
    if spot.leader is not None:
        box = box.united(QRectF(spot.leader.p1(), spot.leader.p2()).normalized())
    return box.adjusted(-2.0, -2.0, 2.0, 2.0)


def _cells(rect: QRectF) -> Iterator[tuple[int, int]]:
    """Give the cells that a rectangle touches."""
    left, right = int(rect.left() // CELL_WIDTH), int(rect.right() // CELL_WIDTH)
    top, bottom = int(rect.top() // CELL_HEIGHT), int(rect.bottom() // CELL_HEIGHT)
    return itertools.product(range(left, right + 1), range(top, bottom + 1))
