"""The canvas alone: panels, tool bar and status line put away, and back as they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from studio.graph import Message
from studio.ui.words.text import say

if TYPE_CHECKING:
    from studio.ui.window import MainWindow


HINT = 5.0
"""How many seconds it is said how the panels come back."""


class Zen:
    """Puts everything around the canvas of a window away and back."""

    def __init__(self, window: MainWindow) -> None:
        """Begin with everything there."""
        self._window = window
        self._docks: bytes | None = None
        self._hint = ""

    @property
    def on(self) -> bool:
        """Whether only the canvas is shown."""
        return self._docks is not None

    def toggle(self) -> None:
        """Put everything away, or back."""
        if self.on:
            self.leave()
        else:
            self._enter()

    def _enter(self) -> None:
        window = self._window
        keys = window.commands.keys_text("zen")
        self._docks = window.workspace.docks.save()
        window.workspace.docks.set_visible(())
        window.toolbar.hide()
        window.statusBar().hide()
        view = window.workspace.networks.view
        if view is not None:
            view.setFocus()
            if keys:
                self._hint = say(Message("{keys} brings the panels back.", keys=keys))
                view.bubble.tell(self._hint, QPointF(0.0, 0.0), seconds=HINT)

    def leave(self) -> None:
        """Put everything back as it stood."""
        if self._docks is None:
            return
        window, docks = self._window, self._docks
        self._docks = None
        view = window.workspace.networks.view
        if view is not None and view.bubble.text() == self._hint:
            view.bubble.hide()
        window.workspace.docks.restore(docks)
        window.toolbar.show()
        window.statusBar().show()
