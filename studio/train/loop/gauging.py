"""Figures that cost more than a step may: how long the gradient is, how far weights move, how much memory.

They are taken of one step at a time, a few times a second at most, and never in more than a hundredth of the
time of the training. Nothing of it changes a bit.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import torch

from studio.train.loop.learner import Learner
from studio.train.machine.devices import used_memory
from studio.train.metrics import GRADIENT, MEMORY, RATE, UPDATE
from studio.train.runs.preparing import Ready

_SHARE = 0.01
"""How much of the time of a training may go into these figures."""

_NUMBERS = 1 << 22
"""Of larger networks, as many weights are watched: how far they move stands for the others."""

_MEMORY_SECONDS = 1.0
"""Shortest time between two looks at the memory: to ask the system costs as much as a small step."""

_GIB = 1 << 30


class Gauge:
    """Watches single steps."""

    def __init__(self, ready: Ready, seconds: float) -> None:
        """Begin to watch with the first step.

        Args:
            ready: what is worked with.
            seconds: shortest time between two steps that are watched.
        """
        self._ready = ready
        self._seconds = seconds
        self._next = 0.0
        self._before: dict[str, tuple[list[torch.Tensor], list[torch.Tensor]]] = {}
        self._found: dict[str, torch.Tensor] = {}
        self._cost = 0.0
        self._next_memory = 0.0

    def begin(self, now: float) -> bool:
        """Say whether the next step is watched, and if so look at the weights before it."""
        if now < self._next:
            return False
        for role, learner in self._ready.tools.learners.items():
            learner.watched = True
            weights = _some(learner)
            self._before[role] = weights, [weight.detach().clone() for weight in weights]
        self._cost = time.perf_counter() - now
        return True

    @torch.no_grad()
    def end(self) -> None:
        """Look at what the step did; the numbers stay on the device until they are read."""
        began = time.perf_counter()
        several = len(self._before) > 1
        for role, learner in self._ready.tools.learners.items():
            learner.watched = False
            weights, before = self._before[role]
            if learner.norm is not None:
                self._found[of_role(GRADIENT, role, several)] = learner.norm
            if weights:
                moved = torch._foreach_norm(torch._foreach_sub(before, list(weights)))
                length = torch.stack(torch._foreach_norm(before)).norm()
                self._found[of_role(UPDATE, role, several)] = torch.stack(moved).norm() / length
        self._before = {}
        now = time.perf_counter()
        self._cost += now - began
        self._next = now + max(self._seconds, self._cost / _SHARE if self._seconds else 0.0)

    def read(self) -> dict[str, float]:
        """Give what was found since the last look, and the learning rates; the memory once a second."""
        found = {key: float(value) for key, value in self._found.items()}
        self._found = {}
        now = time.perf_counter()
        memory = _memory(self._ready.device.torch) if now >= self._next_memory else None
        if memory is not None:
            found[MEMORY] = memory
            self._next_memory = now + _MEMORY_SECONDS
        return {**found, **self._rates()}

    def _rates(self) -> dict[str, float]:
        """Give the learning rate of each group of weights but the first, which everyone asks for."""
        found: dict[str, float] = {}
        learners = self._ready.tools.learners
        for place, (role, learner) in enumerate(learners.items()):
            for number, group in enumerate(learner.optimizer.param_groups):
                if place or number:
                    key = of_role(RATE, role, len(learners) > 1)
                    found[key if not number else f"{key}.{number + 1}"] = float(group["lr"])
        return found


def of_role(key: str, role: str, several: bool) -> str:
    """Give the key of a figure of one network, where there are several."""
    return f"{key}.{role}" if several else key


def _some(learner: Learner) -> list[torch.Tensor]:
    """Give weights to watch: all, or as many as are worth it."""
    found: list[torch.Tensor] = []
    left = _NUMBERS
    for weight in learner.parameters:
        if weight.numel() <= left:
            found.append(weight)
            left -= weight.numel()
    return found


def _memory(device: torch.device) -> float | None:
    """Give the memory that is used, in GiB: of the accelerator, or of this program."""
    if device.type != "cpu":
        used = used_memory(device)
        return None if used is None else used / _GIB
    try:
        resident = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return resident * os.sysconf("SC_PAGE_SIZE") / _GIB
