"""Finds a batch size: doubled until the memory is short or it learns no faster, on networks of its own."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from studio.compiler import Analyser
from studio.compiler.footprint import footprint
from studio.data.memory import in_units, memory
from studio.graph import Message
from studio.graph.text import Translate
from studio.project import GraphRef, Project
from studio.train.control import Control
from studio.train.events import Failed, Json, english
from studio.train.failure import is_out_of_memory
from studio.train.machine.devices import Device, used_memory, wait_for
from studio.train.runs.preparing import Ready
from studio.train.trials.alone import planned, tried

_TIMED = 0.4
"""Seconds of steps that are timed for each batch size."""

_GROWTH = 1.05
"""How many times as fast a doubled batch must be to be worth it."""

_SHARE = 0.5
"""Of the free memory of the computer, so much may be taken for a step."""


@dataclass(frozen=True)
class SizePoint:
    """One batch size that was tried.

    Attributes:
        size: samples in a batch.
        samples_per_second: how fast it learns.
        memory: bytes that a step takes, where that is known.
    """

    size: int
    samples_per_second: float
    memory: int | None

    def json(self, translate: Translate = english) -> Json:
        """Give it as one JSON object."""
        return {
            "event": "size",
            "size": self.size,
            "samples_per_second": round(self.samples_per_second, 1),
            "memory": self.memory,
        }


@dataclass(frozen=True)
class SizesFound:
    """How fast each batch size learns.

    Attributes:
        points: the sizes, each twice the one before.
        suggestion: the smallest that is about as fast as the fastest; None where not even one worked.
        reason: why larger ones were not tried.
    """

    points: tuple[SizePoint, ...]
    suggestion: int | None
    reason: Message

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give it as one JSON object."""
        return {
            "event": "sizes",
            "suggestion": self.suggestion,
            "reason": self.reason.render(translate),
            "points": [[point.size, round(point.samples_per_second, 1)] for point in self.points],
        }


def find_batch_size(
    project: Project,
    *,
    device: str | None = None,
    smallest: int = 8,
    largest: int = 1 << 16,
    control: Control | None = None,
) -> Iterator[SizePoint | SizesFound | Failed]:
    """Double the batch until the memory is short or it learns no faster.

    Args:
        project: a snapshot.
        device: where; the plan's when not given.
        smallest: where to begin.
        largest: where to end.
        control: stops it; then what was found up to there is given.

    Raises:
        NetwrightError: it cannot begin: a value of the plan, or a device that does not exist.
    """
    plan, where = planned(project.plan, device)
    project = replace(project, plan=replace(plan, loop=plan.loop.with_parameter("batch_size", smallest)))
    weights = _Weights(project, where)
    return tried(
        project, where, control or Control(), lambda ready, asked: _sizes(ready, asked, weights, largest)
    )


class _Weights:
    """How many bytes a step takes, by what is drawn; only of one network, and of the processor's memory."""

    def __init__(self, project: Project, where: Device) -> None:
        self._project = project
        name = next(iter(project.plan.networks.values()), "")
        single = len(project.plan.networks) == 1 and where.kind == "cpu"
        self._report = Analyser().analyse(project, GraphRef("network", name)) if single else None

    def of(self, size: int) -> int | None:
        if self._report is None:
            return None
        plan = self._project.plan
        plan = replace(plan, loop=plan.loop.with_parameter("batch_size", size))
        found = footprint(replace(self._project, plan=plan), self._report)
        return None if found is None else found.total


def _sizes(
    ready: Ready, control: Control, weights: _Weights, largest: int
) -> Generator[SizePoint | SizesFound, None, None]:
    points: list[SizePoint] = []
    size = ready.settings.batch_size
    stale = 0
    reason = Message("Larger batches were not tried.")
    while not control.stopped:
        if size > min(largest, ready.train.count):
            reason = Message("There are no larger batches of this data.")
            break
        needed, free = weights.of(size), memory().free
        if needed is not None and free is not None and needed > _SHARE * free:
            reason = Message(
                "A batch of {size} would take {needed} of memory, and {free} are free.",
                size=size,
                needed=in_units(needed),
                free=in_units(free),
            )
            break
        try:
            speed, taken = _timed(ready, size, control)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            reason = Message("The memory is not enough for batches of {size}.", size=size)
            break
        best = max((point.samples_per_second for point in points), default=0.0)
        points.append(SizePoint(size, speed, taken if needed is None else needed))
        yield points[-1]
        stale = stale + 1 if speed < best * _GROWTH else 0
        if stale == 2:
            reason = Message("Larger batches learn no faster.")
            break
        size *= 2
    fastest = max((point.samples_per_second for point in points), default=0.0)
    enough = [point.size for point in points if point.samples_per_second * _GROWTH**2 >= fastest]
    yield SizesFound(tuple(points), min(enough, default=None), reason)


def _timed(ready: Ready, size: int, control: Control) -> tuple[float, int | None]:
    """Give samples a second, and the bytes that are in use after a step where the device tells."""
    where = ready.device.torch
    batch = ready.train.shuffled(0, size)
    ready.recipe.step(batch, ready.tools)  # to wake everything up, and to find the memory short
    wait_for(where)
    began, count = time.perf_counter(), 0
    while (time.perf_counter() - began < _TIMED or count < 2) and not control.stopped:
        ready.recipe.step(batch, ready.tools)
        wait_for(where)
        count += 1
    return size * count / (time.perf_counter() - began), used_memory(where)
