"""How much work something is, for tests that must hold on a busy machine, too."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any


def quickest(work: Callable[[], object], tries: int = 3) -> float:
    """Give the processor time of the quickest try, so that a busy machine does not count."""
    seconds = []
    for _ in range(tries):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def lines_run(work: Callable[[], object]) -> int:
    """Count the lines of Python that some work runs: a measure that no busy machine moves."""
    count = 0

    def traced(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
