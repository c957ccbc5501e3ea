"""What flows through the nodes, hung beside their cards: small pictures that cover no other node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from studio.graph import Wire
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.look import NO_PEN
from studio.ui.canvas.node_item import NEAR, NodeItem
from studio.ui.looks.theme import RADIUS
from studio.ui.widgets.flow_pictures import draw_picture, draw_spread, image_of, reach
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.train.flowing.peek import NodeView, What
    from studio.ui.canvas.scene import CanvasScene

HIGH, LEAST = 92.0, 44.0
"""How high a picture is, and how low it may become where there is less room."""

AWAY = 5.0
"""Between a card and its picture."""

AROUND = 4.0
"""What stays free round a picture."""

PADDING, LINE = 5.0, 13.0

TILES = 16
"""Feature maps or heads that are shown at most."""

Chances = tuple[tuple[str, float], ...]


class FlowItem(QGraphicsItem):
    """The picture of one node; it goes where the node goes."""

    def __init__(self, node: NodeItem) -> None:
        """Hang a picture on a node."""
        super().__init__(node)
        self._node = node
        self.box = QRectF()
        self.view: NodeView | None = None
        self._what: What = "values"
        self.chances: Chances = ()
        self._image = QImage()

    def show_view(self, view: NodeView, what: What, chances: Chances, box: QRectF) -> None:
        """Show what is seen of the node, at a place in the node's coordinates."""
        if box != self.box:
            self.prepareGeometryChange()
            self.box = box
        if (view, what, chances) != (self.view, self._what, self.chances):
            self.view, self._what, self.chances = view, what, chances
            leaving = view.leaving[0].picture if view.leaving and what == "values" else None
            if view.attention and what == "values":
                leaving = view.attention[0][1]
            self._image = image_of(leaving) if leaving is not None else QImage()
            self.update()

    def boundingRect(self) -> QRectF:
        """Give what it covers."""
        return self.box.adjusted(-1.0, -1.0, 1.0, 1.0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the picture, with its smallest and largest number below."""
        canvas, view = self._node.canvas, self.view
        if canvas.zoom < NEAR or view is None:
            return
        look = canvas.look
        painter.setPen(QPen(look.border, 1.0))
        painter.setBrush(look.raised)
        painter.drawRoundedRect(self.box, RADIUS, RADIUS)
        inner = self.box.adjusted(PADDING, PADDING, -PADDING, -2.0)
        room = inner.adjusted(0.0, 0.0, 0.0, -LINE)
        bad = 0
        if self._what == "values":
            if self.chances:
                self._draw_chances(painter, inner)
                return
            picture = view.attention[0][1] if view.attention else view.leaving[0].picture
            bad = view.leaving[0].numbers.bad if view.leaving else 0
            draw_picture(painter, room, picture, self._image, TILES)
            low, high = picture.low, picture.high
            tiles = min(picture.tiles, TILES)
            part = f"{tiles} / {picture.total}" if picture.total > tiles > 0 else ""
        else:
            spread = view.weights if self._what == "weights" else view.gradients
            assert spread is not None  # a node without is not shown
            bad = spread.bad
            draw_spread(painter, room, spread)
            low, high, part = spread.low, spread.high, ""
        painter.setFont(look.label_font)
        line = QRectF(inner.left(), inner.bottom() - LINE, inner.width(), LINE)
        painter.setPen(look.error if bad else look.muted)
        said = tr("{count} not finite", count=bad) if bad else reach(low, high)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        painter.setPen(look.muted)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, part)

    def _draw_chances(self, painter: QPainter, room: QRectF) -> None:
        """Draw the likeliest classes with their probabilities, as many as there is room for."""
        look = self._node.canvas.look
        painter.setFont(look.label_font)
        rows = max(1, min(int(room.height() // (LINE + 2.0)), len(self.chances)))
        best = sorted(self.chances, key=lambda pair: -pair[1])[:rows]
        high = room.height() / rows
        for row, (name, chance) in enumerate(best):
            line = QRectF(room.left(), room.top() + row * high, room.width(), high)
            painter.setPen(NO_PEN)
            painter.setBrush(look.selection_fill if row else look.family("io").soft)
            painter.drawRoundedRect(
                QRectF(line.left(), line.top() + 1.0, max(line.width() * chance, 2.0), high - 2.0), 3.0, 3.0
            )
            painter.setPen(look.text if row == 0 else look.muted)
            middle = Qt.AlignmentFlag.AlignVCenter
            text = look.laid(name, look.label_font, room.width() - 48.0)
            painter.drawStaticText(
                QPointF(line.left() + 4.0, line.center().y() - text.height / 2), text.static
            )
            painter.drawText(
                line.adjusted(0, 0, -4.0, 0), Qt.AlignmentFlag.AlignRight | middle, f"{100 * chance:.0f} %"
            )


class FlowLayer:
    """The pictures of one canvas."""

    def __init__(self, canvas: CanvasScene) -> None:
        """Begin without pictures."""
        self._canvas = canvas
        self._items: dict[str, tuple[NodeItem, FlowItem]] = {}
        self._lit: list[Wire] = []

    @property
    def items(self) -> Mapping[str, FlowItem]:
        """The pictures that are shown, by node."""
        return {node: item for node, (owner, item) in self._items.items() if self._stands(node, owner)}

    def show(self, views: Mapping[str, NodeView], what: What, chances: Mapping[str, Chances]) -> None:
        """Show these nodes' pictures, and no others."""
        nodes = self._canvas.nodes
        shown = {node: view for node, view in views.items() if node in nodes and _has(view, what)}
        self._keep(shown)
        taken: list[QRectF] = []
        for node in [one for one in self._canvas.field.ids if one in shown]:
            owner = self._canvas.nodes[node]
            if node not in self._items:
                self._items[node] = (owner, FlowItem(owner))
            item = self._items[node][1]
            box = self._place(owner, taken)
            item.show_view(shown[node], what, chances.get(node, ()), box)

    def clear(self) -> None:
        """Show nothing."""
        self._keep(())
        self.light(())

    def at(self, point: QPointF) -> str:
        """Give the node whose picture lies at a point of the canvas; empty for none."""
        if self._canvas.zoom >= NEAR:
            for node, item in self.items.items():
                if item.box.translated(item.scenePos()).contains(point):
                    return node
        return ""

    def light(self, wires: Iterable[Wire]) -> None:
        """Light some wires, and no others."""
        wanted = list(wires)
        for wire, on in [*((one, False) for one in self._lit), *((one, True) for one in wanted)]:
            item = self._canvas.wires.get(wire)
            if item is not None:
                item.hover = on
                item.restyle()
        self._lit = wanted

    def _stands(self, node: str, owner: NodeItem) -> bool:
        """Tell whether a node is still drawn by the same item; what hung on another is gone with that."""
        return self._canvas.nodes.get(node) is owner

    def _keep(self, wanted: Iterable[str]) -> None:
        kept = set(wanted)
        for node, (owner, item) in list(self._items.items()):
            stands = self._stands(node, owner)
            if stands and node in kept:
                continue
            del self._items[node]
            if stands:
                item.setParentItem(None)  # type: ignore[arg-type]  # not in its stubs
                self._canvas.removeItem(item)

    def _place(self, owner: NodeItem, taken: list[QRectF]) -> QRectF:
        """Find room beside a card: across the way that data takes, as high as there is room for."""
        left, top = owner.at
        high = owner.card.shape.height
        down = owner.card.shape.down
        for after in (True, False):
            for size in (HIGH, (HIGH + LEAST) / 2, LEAST):
                if down:
                    box = QRectF(WIDTH + AWAY if after else -WIDTH - AWAY, (high - size) / 2, WIDTH, size)
                else:
                    box = QRectF(0.0, high + AWAY if after else -AWAY - size, WIDTH, size)
                placed = box.translated(left, top)
                if self._is_free(owner, placed, taken):
                    taken.append(placed)
                    return box
        # No room: over its own lower half, where the name is still seen.
        return QRectF(2.0, high - 2.0 - min(LEAST, high * 0.6), WIDTH - 4.0, min(LEAST, high * 0.6))

    def _is_free(self, owner: NodeItem, box: QRectF, taken: list[QRectF]) -> bool:
        around = box.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        field = self._canvas.field
        touching = field.touching(around.left(), around.top(), around.right(), around.bottom())
        if any(node != owner.card.id for node in touching):
            return False
        return not any(around.intersects(other) for other in taken)


def _has(view: NodeView, what: What) -> bool:
    """Tell whether there is anything to draw."""
    if what == "values":
        return bool(view.leaving)
    return (view.weights if what == "weights" else view.gradients) is not None
