"""Lets Ctrl-C wait for the step under way, so that what it interrupts can be kept whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from studio.train.control import Control


@contextmanager
def held_back(control: Control) -> Iterator[None]:
    """Have Ctrl-C noted by a control, whose loop raises it between two steps; a second one raises at once.

    Only where Python would raise `KeyboardInterrupt` in the middle of a step: on the main thread, and with
    nobody else listening to the signal.
    """

    def note(number: int, frame: FrameType | None) -> None:
        if control.interrupted:
            raise KeyboardInterrupt
        control.interrupt()

    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
