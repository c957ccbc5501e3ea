"""Blocks dragged from the palette onto the canvas, or onto a wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QPainter

from studio.blocks import Block, find
from studio.graph import Wire
from studio.project import COMPOSITE, block_of_composite, edits
from studio.project.library import LIBRARY, shipped_blocks
from studio.project.own_library import OWN, own_library
from studio.project.trust import declared
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.ghost import draw_place, ghost_card
from studio.ui.canvas.hits import wire_at
from studio.ui.panels.palette import MIME

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

LONGEST = 10_000
"""Bytes of dragged data that are looked at."""


class Drop:
    """A block that hangs on the pointer."""

    def __init__(self, view: CanvasView, block: Block, composite: str) -> None:
        """Show a block that would be added."""
        self._view = view
        self.type = block.type
        self.composite = composite
        self.wire: Wire | None = None
        self.at = QPointF()
        self._joins = bool(block.inputs and block.outputs)
        self._card = ghost_card(block, down=view.canvas.cards.down)

    @staticmethod
    def carried(data: QMimeData) -> bool:
        """Tell whether a block is dragged, and not a file, which is the window's."""
        return data.hasFormat(MIME)

    @classmethod
    def of(cls, view: CanvasView, data: QMimeData) -> Drop | None:
        """Read what is dragged; None when it is no block that this project or the library has."""
        if not cls.carried(data):
            return None
        text = bytes(data.data(MIME).data()[:LONGEST]).decode("utf-8", "replace")
        kind, _, name = text.partition(":")
        if kind == COMPOSITE:
            composite = view.document.project.composites.get(name)
            return cls(view, block_of_composite(name, composite), name) if composite is not None else None
        if kind == OWN:
            mine = own_library().find(name)
            return cls(view, mine.block, name) if mine is not None else None
        if kind == LIBRARY:
            shipped = next((one for one in shipped_blocks() if one.title == name), None)
            return cls(view, shipped, name) if shipped is not None else None
        block = find(text) or declared(view.document.project.custom, text)
        return cls(view, block, "") if block is not None else None

    def move(self, scene: QPointF, *, alone: bool) -> None:
        """Show it elsewhere; with `alone` it goes into no wire."""
        self.at = scene
        self._mark(wire_at(self._view.canvas, scene, 14.0) if self._joins and not alone else None)
        self._view.viewport().update()

    def _mark(self, wire: Wire | None) -> None:
        wires = self._view.canvas.wires
        for one in {self.wire, wire} - {None}:
            if one is not None and one in wires:
                wires[one].selected = one == wire
                wires[one].restyle()
        self.wire = wire

    def end(self) -> None:
        """Unmark the wire."""
        self._mark(None)
        self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw the place where the block would go."""
        corner = self.at.x() - WIDTH / 2, self.at.y() - self._card.shape.height / 2
        painter.save()
        painter.translate(*edits.snap(corner))
        draw_place(painter, self._card, self._view.canvas.look)
        painter.restore()
