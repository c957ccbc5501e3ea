"""Pause, resume and stop a training from any thread; obeyed between two steps."""

from __future__ import annotations

import threading


class Control:
    """The three buttons.

    `asked` is what the loop looks at after each step: one attribute, no lock.
    """

    def __init__(self) -> None:
        """Make a control with nothing asked."""
        self.asked = False
        self._pause = False
        self._stop = False
        self._resting = False
        self._changed = threading.Condition()

    @property
    def paused(self) -> bool:
        """Whether a pause was asked for and not ended."""
        return self._pause and not self._stop

    @property
    def resting(self) -> bool:
        """Whether the training stands still now, its checkpoint written."""
        return self._resting and self.paused

    @property
    def stopped(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop

    def pause(self) -> None:
        """Ask for a pause after the running step."""
        self._set(pause=True)

    def resume(self) -> None:
        """End a pause."""
        self._set(pause=False)

    def stop(self) -> None:
        """Ask for the end after the running step; cannot be taken back."""
        self._set(stop=True)

    def rest(self) -> None:
        """Wait until the pause is ended or a stop is asked for; called by the loop."""
        with self._changed:
            self._resting = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self.paused)
            self._resting = False

    def wait_until_resting(self, timeout: float | None = None) -> bool:
        """Wait until the training stands still; give whether it does."""
        with self._changed:
            # One that was just resumed may not have woken yet: it rests no more.
            return self._changed.wait_for(lambda: self.resting, timeout)

    def _set(self, pause: bool | None = None, stop: bool | None = None) -> None:
        with self._changed:
            self._pause = self._pause if pause is None else pause
            self._stop = self._stop if stop is None else stop
            self.asked = self._pause or self._stop
            self._changed.notify_all()
