"""A tree whose rows have the height that the style gives them from the first look on."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTreeWidget


class Tree(QTreeWidget):
    """A tree widget with rows of one height.

    Qt measures that height once. Of a tree that is filled before it is seen it is measured without the style,
    and the rows stay too low until the theme changes.
    """

    def __init__(self) -> None:
        """Make an empty tree."""
        super().__init__()
        self.setUniformRowHeights(True)

    def event(self, event: QEvent) -> bool:
        """Measure the rows anew once the style is on."""
        done = super().event(event)
        if event.type() == QEvent.Type.Polish:
            self.doItemsLayout()
        return done
