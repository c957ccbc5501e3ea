"""Blocks come to the canvas: chosen in the palette, or found by typing at a place and joined to a wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from studio.blocks import Block
from studio.graph import Endpoint
from studio.project import COMPOSITE
from studio.ui.editing import adding
from studio.ui.editing.composites import definition_of
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.workspace import Workspace

RECENT = "recent_blocks"
"""The setting with the blocks that were added last."""

REMEMBERED = 12
"""How many of them are kept."""


class Placing(QObject):
    """Adds what is chosen in the palette or found at the pointer, and remembers what was added last."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen to the palette and the canvases of a workspace."""
        super().__init__(workspace)
        self._space, self._document = workspace, workspace.document
        self._settings = workspace.settings
        workspace.networks.search_requested.connect(self._search)
        workspace.palette_.chosen.connect(self.add)
        workspace.palette_.tree.zoom = self._zoom

    def add(self, kind: str, composite: str = "") -> None:
        """Add a block where the canvas has room for it.

        Args:
            kind: the type of the block.
            composite: the name of the definition, where the block is a composite.
        """
        view = self._space.networks.view
        if view is not None:
            node = view.add_block(kind, None, composite)
            if node is not None:
                view.select([node])
                self._used(f"{COMPOSITE}:{composite}" if composite else kind)

    def _zoom(self) -> float:
        """Give how large blocks are drawn, so that one that is dragged from the palette looks the same."""
        view = self._space.networks.view
        return view.camera.zoom if view is not None else 1.0

    def _search(self, view: CanvasView, place: QPointF, pulled: Endpoint | None) -> None:
        """Have a block found by typing, at a place of the canvas or at the end of a wire."""
        ref = self._space.networks.ref
        if ref is None:
            return
        entries = adding.entries(
            self._document, ref, pulled, lambda block: self._place(view, block, place, pulled)
        )
        head = tr("What fits the wire; it is joined at once.") if pulled is not None else ""
        at = view.mapToGlobal(view.mapFromScene(place))
        self._space.popup.open(entries, at, "Search blocks", head=head, recent=self._recent())

    def _place(self, view: CanvasView, block: Block, place: QPointF, pulled: Endpoint | None) -> None:
        ref = self._space.networks.ref
        if ref is None:
            return
        if pulled is None:
            node = view.add_block(block.type, place, definition_of(block))
        else:
            node = adding.placed(self._document, ref, block, (place.x(), place.y()), pulled)
        if node is not None:
            view.select([node])
            self._used(adding.key_of(block))

    def _recent(self) -> list[str]:
        """Give the blocks that were added last, the newest first; the file of settings may hold anything."""
        kept = self._settings.get(RECENT)
        return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []

    def _used(self, key: str) -> None:
        kept = [key, *(one for one in self._recent() if one != key)]
        self._settings.set(RECENT, kept[:REMEMBERED])
