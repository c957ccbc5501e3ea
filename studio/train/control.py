"""Pause, resume, stop or interrupt a training from any thread; obeyed between two steps."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.train.flowing.peek import Ask, Seen

LOOKS_A_SECOND = 3.0
"""How often the training shows what flows, at most."""

LOOKS_SHARE = 0.03
"""How much of its time the training spends on showing, at most: after a long look it waits longer."""

_LOOK_UP = 0.2
"""Seconds after which a pause looks whether Ctrl-C was pressed."""


class Control:
    """The three buttons, Ctrl-C, and the wish to see what flows.

    `asked` is what the loop looks at after each step: one attribute, no lock.

    Attributes:
        seen: the newest answer to `look`.
        attended: whether somebody watches who can end a rest that the training itself began.
    """

    def __init__(self) -> None:
        """Make a control with nothing asked."""
        self.asked = False
        self.attended = False
        self._pause = False
        self._stop = False
        self._interrupted = False
        self._resting = False
        self._ask: Ask | None = None
        self._next_look = 0.0
        self.seen: Seen | None = None
        self._changed = threading.Condition()

    @property
    def paused(self) -> bool:
        """Whether a pause was asked for and not ended."""
        return self._pause and not self._stop and not self._interrupted

    @property
    def resting(self) -> bool:
        """Whether the training stands still now, its checkpoint written."""
        return self._resting and self.paused

    @property
    def stopped(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop

    @property
    def interrupted(self) -> bool:
        """Whether the training shall be left as soon as the running step is whole."""
        return self._interrupted

    def pause(self) -> None:
        """Ask for a pause after the running step."""
        self._set(pause=True)

    def resume(self) -> None:
        """End a pause."""
        self._set(pause=False)

    def stop(self) -> None:
        """Ask for the end after the running step; cannot be taken back."""
        self._set(stop=True)

    def interrupt(self) -> None:
        """Ask for a `KeyboardInterrupt` after the running step, once that is kept; cannot be taken back."""
        self._set(interrupted=True)

    def look(self, ask: Ask) -> bool:
        """Ask to see what flows: answered in `seen` after the running step, or in a pause.

        Returns:
            Whether it will be answered; not where the last look was too short ago, or is still due.
        """
        if self._ask is not None or time.perf_counter() < self._next_look:
            return False
        with self._changed:
            self._ask = ask
            self._note()
        return True

    @property
    def looked_for(self) -> bool:
        """Whether somebody waits to see what flows."""
        return self._ask is not None

    def take_look(self) -> Ask | None:
        """Give what is asked for; called by the loop, which then calls `show`."""
        return self._ask

    def show(self, seen: Seen | None) -> None:
        """Answer; called by the loop."""
        with self._changed:
            pause = 0.0 if seen is None else seen.seconds * (1 / LOOKS_SHARE - 1)
            self._next_look = time.perf_counter() + max(pause, 1 / LOOKS_A_SECOND)
            self.seen, self._ask = seen, None
            self._note()

    def rest(self) -> None:
        """Wait until the pause is ended, a look or a stop is asked for; called by the loop."""
        with self._changed:
            self._resting = True
            self._changed.notify_all()
            # Never for long at once: a wait without an end may not be woken by Ctrl-C.
            while not self._changed.wait_for(lambda: not self.paused or self.looked_for, _LOOK_UP):
                pass
            self._resting = False

    def wait_until_resting(self, timeout: float | None = None) -> bool:
        """Wait until the training stands still; give whether it does."""
        with self._changed:
            # One that was just resumed may not have woken yet: it rests no more.
            return self._changed.wait_for(lambda: self.resting, timeout)

    def _set(self, pause: bool | None = None, stop: bool = False, interrupted: bool = False) -> None:
        with self._changed:
            self._pause = self._pause if pause is None else pause
            self._stop |= stop
            self._interrupted |= interrupted
            self._note()

    def _note(self) -> None:
        self.asked = self._pause or self._stop or self._interrupted or self._ask is not None
        self._changed.notify_all()
