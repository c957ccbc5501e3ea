"""Says on a canvas that is too far out for the pictures of what flows how they are seen; a click zooms in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from studio.ui.canvas.camera import READABLE
from studio.ui.canvas.node_item import NEAR
from studio.ui.looks.icons import live_icon
from studio.ui.words.text import languages, live

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

EDGE = 12
"""How far it stands from the upper edge of the canvas."""


class FlowHint(QPushButton):
    """Tells why no pictures are seen though they are switched on; a click zooms in."""

    def __init__(self, view: CanvasView) -> None:
        """Stand over a canvas, hidden until pictures are wanted that cannot be seen."""
        super().__init__(view.viewport())
        self._view = view
        self._wanted = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        live_icon(self, "zoom_in")
        live(self.setText, "Zoom in to see what flows")
        live(self.setToolTip, "The pictures are too small to be seen from so far. Click to zoom in.")
        self.clicked.connect(self._zoom_in)
        languages.changed.connect(self.look)
        self.hide()

    def want(self, on: bool) -> None:
        """Have pictures wanted on the canvas, or not."""
        self._wanted = on
        self.look()

    def look(self) -> None:
        """Show itself where pictures are wanted, and the canvas is too far for them."""
        far = self._view.camera.zoom < NEAR
        self.setVisible(self._wanted and far and bool(self._view.canvas.nodes))
        self.adjustSize()
        self.place()

    def place(self) -> None:
        """Stand in the middle of the upper edge, whatever is scrolled beneath."""
        if not self.isHidden():
            self.move(QPoint((self._view.viewport().width() - self.width()) // 2, EDGE))

    def _zoom_in(self) -> None:
        view = self._view
        chosen = view.selected()
        node = chosen[0] if chosen else view.nearest_to_middle()
        view.camera.set_zoom(READABLE)
        if node is not None:
            view.camera.centre(view.canvas.nodes[node].body().center())
