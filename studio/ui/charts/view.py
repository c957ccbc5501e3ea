"""The view that a chart is painted in."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGraphicsView, QWidget


class View(pg.GraphicsView):
    """pyqtgraph's view, painting no more than it must, and telling when the mouse has left it."""

    left = pg.QtCore.Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # its background is one colour
        # What is to be painted anew is said to the pixel; one more would touch the axes, too.
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell it."""
        super().leaveEvent(event)
        self.left.emit()
