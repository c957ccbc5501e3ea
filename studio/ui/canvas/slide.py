"""Nodes that slide to their places after they were arranged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QVariantAnimation

from studio.graph.layout import Position

if TYPE_CHECKING:
    from studio.ui.canvas.surface import Surface

MILLISECONDS = 220

MOST = 400
"""With more nodes than this they stand in their places at once."""


class Slide(QVariantAnimation):
    """Shows nodes between where they were and where the document has them; never changes the document."""

    def __init__(self, view: Surface) -> None:
        """Belong to a view, and end with it."""
        super().__init__(view)
        self._canvas_view = view
        self._from: Mapping[str, Position] = {}
        self._to: Mapping[str, Position] = {}
        self.setDuration(MILLISECONDS)
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(self._show)

    def begin(self, before: Mapping[str, Position]) -> None:
        """Slide from where the nodes were to where they are."""
        canvas = self._canvas_view.canvas
        now = canvas.positions()
        self._from = {node: at for node, at in before.items() if node in now and now[node] != at}
        self._to = {node: now[node] for node in self._from}
        if self._from and len(self._from) <= MOST and self._canvas_view.isVisible():
            self._show(0.0)  # nothing is painted where it comes to stand before it has begun to slide
            self.start()

    def finish(self) -> None:
        """Stand everything in its place at once."""
        if self.state() == QAbstractAnimation.State.Running:
            self.stop()
            self._canvas_view.canvas.place(self._to)
            self._canvas_view.repaint_far()

    def _show(self, share: object) -> None:
        if not isinstance(share, float):
            return
        self._canvas_view.canvas.place(
            {
                node: (x + (self._to[node][0] - x) * share, y + (self._to[node][1] - y) * share)
                for node, (x, y) in self._from.items()
            }
        )
        self._canvas_view.repaint_far()
