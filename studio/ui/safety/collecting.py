"""Python's garbage is collected on the window's thread alone, a little at a time.

Whatever thread happens to allocate runs Python's collector; on a worker it would destroy what is left of
widgets there, and Qt objects must go where they live.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000


class Collector(QObject):
    """Takes the collector over while it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Stop Python's own rhythm and begin ours."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> int:
        """Collect where Python would have; gives the generation that was collected, or -1."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return -1
        generation = 0
        if counts[1] > limits[1]:
            generation = 2 if counts[2] > limits[2] else 1
        gc.collect(generation)
        return generation

    def settle(self) -> None:
        """Take what is there now for permanent, such as the modules of torch: it is not looked at again."""
        gc.freeze()

    def close(self) -> None:
        """Give the collector back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
