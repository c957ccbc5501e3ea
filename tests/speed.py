"""How much work something is, for tests that must hold on a busy machine, too."""

from __future__ import annotations

import time
from collections.abc import Callable


def quickest(work: Callable[[], object], tries: int = 3) -> float:
    """Give the processor time of the quickest try, so that a busy machine does not count."""
    seconds = []
    for _ in range(tries):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)
