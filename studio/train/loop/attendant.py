"""Does between two steps what a person asked for: stand still, or show what flows."""

from __future__ import annotations

import time

from studio.train.control import Control
from studio.train.flowing.peek import Viewer
from studio.train.loop.random_stream import RandomStream
from studio.train.loop.reporting import Reporter
from studio.train.machine.compiling import as_drawn
from studio.train.runs.preparing import Ready


class Attendant:
    """Serves one training."""

    def __init__(self, ready: Ready, stream: RandomStream, control: Control, reporter: Reporter) -> None:
        """Wait for wishes.

        Args:
            ready: what is worked with.
            stream: the random numbers of the training.
            control: the buttons.
            reporter: whose clocks stand during a rest.
        """
        self._ready, self._stream, self._control, self._reporter = ready, stream, control, reporter
        self._viewer: Viewer | None = None

    def rest(self) -> None:
        """Stand still; the random numbers are everyone's meanwhile, and the clocks stand."""
        began = time.perf_counter()
        self._stream.leave()
        try:
            self._control.rest()
            while self._control.looked_for and self._control.paused:
                self._look()
                self._control.rest()
        finally:
            self._stream.enter()
        self._reporter.rested(time.perf_counter() - began)

    def show(self) -> None:
        """Show what flows; whatever is drawn meanwhile is not drawn from the training's random numbers."""
        self._stream.leave()
        try:
            self._look()
        finally:
            self._stream.enter()

    def _look(self) -> None:
        ask = self._control.take_look()
        if ask is not None:
            self._viewer = self._viewer or self._ready.viewer()
            with as_drawn(self._ready.models):
                self._control.show(self._viewer.look(ask, self._reporter.step))
