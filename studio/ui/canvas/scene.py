"""The items of one graph, kept in step with the document from its changes alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from studio.graph import Wire
from studio.graph.arranging import Box as Size
from studio.graph.arranging import arrange
from studio.graph.layout import Position
from studio.project import COMPOSITE, Change, GraphRef, Project
from studio.ui.canvas.card import Cards
from studio.ui.canvas.decor import FrameItem, NoteItem
from studio.ui.canvas.far import FarPicture
from studio.ui.canvas.field import Field
from studio.ui.canvas.geometry import HEAD, WIDTH, box_of
from studio.ui.canvas.labels import draw_labels, draw_tags, tags_box
from studio.ui.canvas.look import Look
from studio.ui.canvas.node_item import NodeItem, Pictures
from studio.ui.canvas.paint import State
from studio.ui.canvas.selection import Selection
from studio.ui.canvas.spots import Spots
from studio.ui.canvas.wire_item import WireItem
from studio.ui.canvas.wiring import Box, Wiring
from studio.ui.looks.theme import theme

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.ui.canvas.differing import Differing
    from studio.ui.canvas.fitting import Pull

_NO_WIRES: frozenset[Wire] = frozenset()

ROOM = 4000.0
"""How far the indexed part of the canvas reaches beyond the nodes."""


CROWD = 24
"""When more nodes than this move at once, the whole view is painted."""


class CanvasScene(QGraphicsScene):
    """Nodes, wires, frames and notes of one graph."""

    crowd_moved = Signal()
    """Many nodes move at once."""

    def __init__(self, ref: GraphRef, parent: QObject | None = None) -> None:
        """Begin empty; `show_project` fills it.

        Args:
            ref: the graph to show.
            parent: its owner.
        """
        super().__init__(parent)
        self.ref = ref
        self.look = Look(theme())
        self.zoom, self.ratio, self.version = 1.0, 1.0, 0
        self.pictures = Pictures(self)
        self.field = Field()
        self.far = FarPicture(self)
        self.pull: Pull | None = None
        self.differing: Differing | None = None
        self.hovered: str = ""
        self._hovered_wire: Wire | None = None
        self.keyboard = False
        self.still = False  # a picture: nothing on it is taken hold of
        self.nodes: dict[str, NodeItem] = {}
        self.wiring = Wiring(self)
        self.spots = Spots(self)
        self.frames: dict[str, FrameItem] = {}
        self.notes: dict[str, NoteItem] = {}
        self.selection = Selection(self)
        self.cards = Cards(Project(), GraphRef("network", "main"), None)
        self._fallback: Mapping[str, Position] | None = None

    # -- the whole graph --------------------------------------------------------------------------------

    def show_project(self, project: Project, report: Report | None) -> None:
        """Show the graph anew; what is selected and still there stays selected."""
        selected = set(self.selection.nodes)
        self._empty()
        if self.ref not in project.refs():
            return
        self.cards = Cards(project, self.ref, report)
        self._fallback = None
        positions = project.layout_of(self.ref).positions
        graph = self.cards.graph
        cards = {node: self.cards.card(node) for node in graph.nodes}
        if any(node not in positions for node in graph.nodes):
            self._fallback = arrange(graph, lambda node: box_of(cards[node].shape), self.cards.direction)
        for node, card in cards.items():
            item = NodeItem(self, card)
            self.nodes[node] = item
            self._put(node, *(positions.get(node) or self._unplaced(node)))
        self._grow()
        for item in self.nodes.values():
            self.addItem(item)
        self.wiring.begin(self.wiring.show(graph.wires, (), graph.wires))
        self.wiring.show_bad()
        self._show_decor()
        self.far.forget()
        self.selection.set(nodes=selected & self.nodes.keys())

    def _empty(self) -> None:
        self.selection.set()
        self.hovered = ""
        self._hovered_wire = None
        self.wiring.clear()
        for item in (*self.nodes.values(), *self.frames.values(), *self.notes.values()):
            self.removeItem(item)
        self.nodes.clear()
        self.frames.clear()
        self.notes.clear()
        self.field.clear()
        self.far.forget()

    def apply(self, change: Change, project: Project, report: Report | None) -> None:
        """Take over an edit; only what it touches is looked at."""
        ref = self.ref
        if ref in change.graphs and (ref not in project.refs() or not self.nodes):
            self.show_project(project, report)
            return
        if ref not in project.refs():
            return
        if ref in change.layouts and self.cards.down != project.layout_of(ref).down:
            self.show_project(project, report)  # every port and every wire is elsewhere
            return
        before, self.cards = self.cards, Cards(project, ref, report, self.wiring.wires_at)
        graph, positions = self.cards.graph, project.layout_of(ref).positions
        removed = {node for its, node in change.removed if its == ref}
        added = {node for its, node in change.added if its == ref}
        altered = {node for its, node in change.altered if its == ref} | self._users(change)
        moved = {node for its, node in change.moved if its == ref}
        gone, new = self.wiring.differing(graph.wires) if ref in change.wired else (_NO_WIRES, _NO_WIRES)
        self.wiring.show(graph.wires, gone, ())
        # Where nodes were in the document: a drag has shown them elsewhere meanwhile.
        left = before.project.layout_of(ref).positions
        boxes = [self.field.box(node) for node in removed if node in self.field]
        boxes += [self._box_at(node, left[node]) for node in removed | moved if node in left]
        for node in removed:
            self._remove_node(node)
        if added and any(node not in positions for node in added):
            self._fallback = arrange(
                graph, lambda node: box_of(self.cards.card(node).shape), self.cards.direction
            )
        for node in (node for node in graph.nodes if node in added) if added else ():
            item = self.nodes[node] = NodeItem(self, self.cards.card(node))
            self._put(node, *(positions.get(node) or self._unplaced(node)))
            self.addItem(item)
        made = self.wiring.show(graph.wires, (), new)
        altered |= before.small ^ self.cards.small | before.pinned ^ self.cards.pinned
        altered |= before.trimmed ^ self.cards.trimmed
        ends = {end.node for wire in (*gone, *new) for end in (wire.source, wire.target)}
        boxes += self.refresh(altered | ends)
        self._expect(len(moved) + len(added) + len(removed))
        for node in moved:
            if node in self.nodes:
                self._put(node, *(positions.get(node) or self._unplaced(node)))
        self.wiring.begin(made)
        self.lead_at(moved)
        boxes += [self.field.box(node) for node in moved | added if node in self.field]
        self.wiring.settle(boxes)
        if ref in change.layouts:
            self._show_decor()
            self.wiring.reroute(before.reroutes)
        self.wiring.show_bad()
        self._grow()
        if added or removed or gone or new:
            self.far.forget()

    def report_changed(self, report: Report | None) -> None:
        """Show new shapes and problems where they differ."""
        before = self.cards
        self.cards = Cards(before.project, self.ref, report, self.wiring.wires_at)
        old = before.report.nodes if before.report is not None else {}
        now = report.nodes if report is not None else {}
        worst_before, worst_now = before.worst, self.cards.worst
        touched = []
        for node in self.nodes:
            was, known = old.get(node), now.get(node)
            if worst_before.get(node) != worst_now.get(node) or (
                was is not known
                and (
                    was is None or known is None or was.outputs != known.outputs or was.inputs != known.inputs
                )
            ):
                touched.append(node)
        self.refresh(touched)
        self.wiring.label(touched)
        self.wiring.show_bad()

    def refresh(self, nodes: Iterable[str]) -> list[Box]:
        """Look at some nodes again; only those that look different are painted.

        Returns:
            The boxes that were left or taken by nodes of another size.
        """
        reshaped: list[str] = []
        boxes: list[Box] = []
        for node in nodes:
            item = self.nodes.get(node)
            if item is not None and node in self.cards.graph.nodes:
                before = item.card
                if item.show_card(self.cards.card(node)):
                    if before.shape.height != item.card.shape.height:
                        boxes.append(self.field.box(node))
                        self._put(node, *item.at)
                        boxes.append(self.field.box(node))
                    reshaped.append(node)
                if before.family != item.card.family or before.severity != item.card.severity:
                    self.far.forget()
        self.wiring.anchor(reshaped)
        self.lead_at(reshaped)
        return boxes

    def restyle(self) -> None:
        """Take the theme and the language in use."""
        self.look = Look(theme())
        self.redraw()
        for wire in self.wires.values():
            wire.restyle()
        self.spots.again(self.wires.values())
        self.refresh(list(self.nodes))

    def redraw(self) -> None:
        """Draw every picture again: theme, zoom or screen is another."""
        self.version += 1
        self.pictures.clear()
        self.update()

    def set_zoom(self, zoom: float, ratio: float) -> None:
        """Draw for another zoom or another screen."""
        if (zoom, ratio) != (self.zoom, self.ratio):
            self.zoom, self.ratio = zoom, ratio
            self.redraw()

    def show_state(self, nodes: Iterable[str] | None = None) -> None:
        """Show how some nodes, or all, stand in what a person is doing."""
        chosen, pull = self.selection, self.pull
        for node in self.nodes if nodes is None else nodes:
            item = self.nodes.get(node)
            if item is not None:
                item.show_state(
                    State(
                        selected=node in chosen.nodes,
                        hover=node == self.hovered,
                        current=self.keyboard and node == chosen.current,
                        lit=pull.lit(node) if pull is not None else "",
                        unfit=pull.unfit(node) if pull is not None else frozenset(),
                    )
                )

    def hover(self, node: str) -> None:
        """Show which node the pointer is on; empty for none."""
        if node != self.hovered:
            before, self.hovered = self.hovered, node
            self.show_state([before, node])
            for one in (before, node):
                if one in self.nodes:
                    self.update(tags_box(self.nodes[one]))

    def hover_wire(self, wire: Wire | None) -> None:
        """Show which wire the pointer is on."""
        if wire != self._hovered_wire:
            for one, on in ((self._hovered_wire, False), (wire, True)):
                if one is not None and one in self.wires:
                    self.wires[one].hover = on
                    self.wires[one].restyle()
            self._hovered_wire = wire

    def show_pull(self, pull: Pull | None) -> None:
        """Light the ports that fit a wire being pulled and dim the rest; None when it is over."""
        self.pull = pull
        self.show_state()
        self.update()

    # -- nodes ------------------------------------------------------------------------------------------

    def place(self, positions: Mapping[str, Position]) -> None:
        """Show nodes elsewhere, without an edit: while they are dragged, and as they slide to a place."""
        self._expect(len(positions))
        for node, at in positions.items():
            if node in self.nodes:
                self._put(node, *at)
        there = self.cards.project.layout_of(self.ref).positions
        moving = any(there.get(node) != at for node, at in positions.items())
        self.wiring.lead(self.wiring.at(positions), moving=moving)

    def _expect(self, moved: int) -> None:
        """Tell the views when so many nodes move that a picture of everything is the quickest."""
        if moved > CROWD:
            self.crowd_moved.emit()

    def lead_at(self, nodes: Iterable[str]) -> None:
        """Lead the wires at some nodes to where these are now."""
        self.wiring.lead(self.wiring.at(nodes))

    def position(self, node: str) -> Position:
        """Give where a node is shown."""
        return self.nodes[node].at

    def positions(self) -> dict[str, Position]:
        """Give where all nodes are shown."""
        return {node: item.at for node, item in self.nodes.items()}

    def heights(self) -> dict[str, float]:
        """Give how high each node is."""
        return {node: item.card.shape.height for node, item in self.nodes.items()}

    def boxes(self) -> dict[str, Size]:
        """Give how large each node is, for the automatic layout."""
        return {node: box_of(item.card.shape) for node, item in self.nodes.items()}

    def _put(self, node: str, x: float, y: float) -> None:
        item = self.nodes[node]
        labelled = self.spots.any
        before = self.field.box(node) if labelled and node in self.field else None
        if node == self.hovered:  # its ports' names go with it
            self.update(tags_box(item))
        item.put(x, y)
        if node == self.hovered:
            self.update(tags_box(item))
        self.field.put(node, x, y, item.card.shape.height)
        if labelled:
            self.spots.moved(before, self.field.box(node))

    def _box_at(self, node: str, at: Position) -> Box:
        item = self.nodes.get(node)
        height = item.card.shape.height if item is not None else HEAD
        return at[0], at[1], at[0] + WIDTH, at[1] + height

    def _unplaced(self, node: str) -> Position:
        at = self._fallback.get(node) if self._fallback is not None else None
        if at is not None:
            return at
        bounds = self.field.bounds()
        return (0.0, 0.0) if bounds is None else (bounds[0], bounds[3] + 32.0)

    def _remove_node(self, node: str) -> None:
        item = self.nodes.pop(node, None)
        if item is not None:
            self.selection.drop_node(node)
            if self.hovered == node:
                self.hovered = ""
            box = self.field.box(node)
            self.field.drop(node)
            self.spots.moved(box, box)
            self.removeItem(item)

    def _users(self, change: Change) -> set[str]:
        """Give the nodes whose composite was changed: its ports may be others."""
        names = {
            its.name
            for its, _ in (*change.added, *change.removed, *change.altered)
            if its.place == "composite"
        } | {its.name for its in change.graphs if its.place == "composite"}
        if not names:
            return set()
        return {node.id for node in self.cards.graph.of_type(COMPOSITE) if node.composite in names}

    # -- wires ------------------------------------------------------------------------------------------

    @property
    def wires(self) -> Mapping[Wire, WireItem]:
        """All wires."""
        return self.wiring.items

    def ends(self, wire: Wire) -> tuple[tuple[float, float], tuple[float, float]]:
        """Give where a wire would begin and end, also one that is not there."""
        return (
            self.nodes[wire.source.node].end(wire.source.port, True),
            self.nodes[wire.target.node].end(wire.target.port, False, wire.index),
        )

    # -- frames and notes -------------------------------------------------------------------------------

    def _show_decor(self) -> None:
        layout = self.cards.project.layout_of(self.ref)
        frames = {frame.id: frame for frame in layout.frames}
        notes = {note.id: note for note in layout.notes}
        for gone in [id for id in self.frames if id not in frames]:
            self.selection.drop_frame(gone)
            self.removeItem(self.frames.pop(gone))
        for gone in [id for id in self.notes if id not in notes]:
            self.selection.drop_note(gone)
            self.removeItem(self.notes.pop(gone))
        for id, frame in frames.items():
            if id not in self.frames:
                self.frames[id] = FrameItem(self, frame)
                self.addItem(self.frames[id])
            elif self.frames[id].frame != frame:
                self.frames[id].show_frame(frame)
        for id, note in notes.items():
            if id not in self.notes:
                self.notes[id] = NoteItem(self, note)
                self.addItem(self.notes[id])
            elif self.notes[id].note != note:
                self.notes[id].show_note(note)

    def decor(self) -> Iterator[FrameItem | NoteItem]:
        """Give all frames and notes."""
        yield from self.frames.values()
        yield from self.notes.values()

    # -- the area ---------------------------------------------------------------------------------------

    def content(self) -> QRectF:
        """Give the rectangle round everything; empty when there is nothing."""
        rect = QRectF()
        bounds = self.field.bounds()
        if bounds is not None:
            rect = QRectF(QPointF(bounds[0], bounds[1]), QPointF(bounds[2], bounds[3]))
        for item in self.decor():
            rect = rect.united(item.box())
        for lane in self.wiring.lanes():
            rect = rect.united(lane)
        return rect

    def _grow(self) -> None:
        content = self.content()
        if not self.sceneRect().contains(content) or self.sceneRect().isNull():
            self.setSceneRect(content.adjusted(-ROOM, -ROOM, ROOM, ROOM))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw what lies above all items: the shapes on wires, and the port names of a node."""
        draw_labels(painter, self, QRectF(rect))
        draw_tags(painter, self)
        if self.differing is not None:
            self.differing.draw(painter, self, QRectF(rect))
