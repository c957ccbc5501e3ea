"""What is chosen for speed before the first step, by measuring a few steps of the network itself.

The number of processor threads and the layout of pictures change the order in which numbers are added, and
so the last bits of a result. Therefore what was measured is remembered for this machine, network and batch
size: the next run with the same seed makes the same choice, and gives the same weights. A run keeps its
choices for good, in its folder; whoever wants to repeat it elsewhere sets them the same.

Measuring happens on copies, in a random stream that is put back: it changes nothing of the run.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

import platformdirs
import torch
from torch import nn

from studio.graph import Message, NetwrightError
from studio.project.atomic import write_atomically
from studio.train.machine.devices import processor_name, processors, wait_for
from studio.train.recipe import NotFiniteError

_SECONDS = 1.0
"""The longest time that measuring threads, and then layouts, may take, as far as whole steps allow."""

_EACH = 0.06
"""Seconds of steps that are measured for each candidate."""

_WORTH = 1.05
"""How many times faster a choice must be than a plainer one."""

_HOPELESS = 1.5
"""How many times slower than the fastest a candidate is that is not measured again."""

_REMEMBERED = 500
_lock = threading.Lock()
_memory: dict[str, dict[str, int | bool]] = {}

K = TypeVar("K")


@dataclass(frozen=True)
class Way:
    """A way to compute that is tried.

    Attributes:
        channels_last: whether pictures and their filters lie with their channels last.
        compiled: whether networks are compiled.
    """

    channels_last: bool = False
    compiled: bool = False


Trial = Callable[[Way], Callable[[], None]]
"""Makes a copy of the training that computes in one way; what it gives takes one step."""


@dataclass(frozen=True)
class Choices:
    """What can change the last bits of a result.

    Attributes:
        threads: processor threads that torch computes with.
        channels_last: whether pictures and their filters lie with their channels last.
        compiled: whether networks are compiled.
    """

    threads: int = 1
    channels_last: bool = False
    compiled: bool = False


@dataclass(frozen=True)
class Told:
    """Choices, and sentences on how they came about."""

    choices: Choices
    messages: tuple[Message, ...]

    __hash__ = None  # type: ignore[assignment]


def decide(
    trial: Trial,
    *,
    key: str,
    device: torch.device,
    threads: int,
    pictures: bool,
    compiled: bool = False,
    wanted: Callable[[], bool] = lambda: True,
) -> Told:
    """Choose threads and layout, and whether networks are compiled.

    Args:
        trial: makes a copy of the training to measure.
        key: what the choice depends on; see `key_of`.
        device: where it computes.
        threads: the number of threads that the plan says; 0 to measure.
        pictures: whether the network filters pictures, so that their layout matters.
        compiled: whether compiled networks are tried.
        wanted: whether to go on measuring.
    """
    counts = [threads] if threads else _candidates(device)
    layouts = [False, True] if pictures and device.type != "mps" else [False]
    if len(counts) == len(layouts) == 1 and not compiled:
        chosen = Choices(counts[0], layouts[0])
        return Told(chosen, (threads_told(chosen.threads, bool(threads)),))
    key = f"{key}-{threads}{'-compile' if compiled else ''}"
    known = _recall(key)
    if known is not None:
        return Told(
            known,
            (
                threads_told(known.threads, bool(threads)),
                *([_LAYOUT] if known.channels_last else []),
                *([_COMPILED if known.compiled else _PLAIN] if compiled else []),
                Message("These were measured for this network in an earlier run on this machine."),
            ),
        )
    try:
        chosen, messages = _measured(trial, device, counts, layouts, wanted)
        if compiled and wanted():
            chosen, told = _compiled(trial, device, chosen, wanted)
            messages = (*messages, told)
    except (RuntimeError, NotFiniteError):
        # What is wrong with the network or the memory shows in the first step, and is told from there.
        return Told(Choices(counts[-1]), (threads_told(counts[-1], True),))
    if wanted():
        _remember(key, chosen)
    return Told(chosen, messages)


_LAYOUT = Message("Pictures lie with their channels last")
_COMPILED = Message("Networks are compiled")
_PLAIN = Message("Networks are not compiled, which was no faster")


def key_of(models: Mapping[str, nn.Module], sizes: Iterable[object], device: torch.device) -> str:
    """Give a text that is the same for runs which should make the same choice.

    Args:
        models: the networks.
        sizes: batch size, shapes of the inputs, optimizer, precision.
        device: where it computes.
    """
    facts = [
        torch.__version__,
        str(device),
        processor_name(),
        processors(),
        torch.get_num_threads(),
        *map(str, sizes),
        *(
            (role, name, type(module).__name__, module.extra_repr())
            for role, model in models.items()
            for name, module in model.named_modules()
        ),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:24]


def _candidates(device: torch.device) -> list[int]:
    """Give thread counts worth measuring, fewest first; never more than the person's environment allows."""
    most = min(processors(), torch.get_num_threads()) if "OMP_NUM_THREADS" in os.environ else processors()
    if device.type != "cpu":
        # The processor only feeds the accelerator.
        return [max(most - 1, 1)]
    return sorted({count for count in (1, 4, 8, 16, most // 2, most - 1, most) if 1 <= count <= most})


def _measured(
    trial: Trial,
    device: torch.device,
    counts: list[int],
    layouts: list[bool],
    wanted: Callable[[], bool],
) -> tuple[Choices, tuple[Message, ...]]:
    """Measure the thread counts first, then the layouts with the best of them."""
    before = torch.get_num_threads()
    ends = time.perf_counter() + _SECONDS
    try:
        plain = trial(Way())
        speeds = _race(dict.fromkeys(counts, plain), device, ends, wanted, prepare=torch.set_num_threads)
        count = _fastest(speeds)
        messages = [threads_told(count, len(counts) == 1, speeds)]
        last = False
        if len(layouts) > 1 and wanted():
            torch.set_num_threads(count)
            ends = time.perf_counter() + _SECONDS
            laid = _layouts(plain, trial, device, ends, wanted, alone=count == 1)
            last = _fastest(laid)
            if last:
                messages.append(
                    Message(
                        "Pictures lie with their channels last (measured {times} times as fast)",
                        times=f"{laid[False] / laid[True]:.2f}",
                    )
                )
    finally:
        torch.set_num_threads(before)
    return Choices(count, last), tuple(messages)


def _layouts(
    plain: Callable[[], None],
    trial: Trial,
    device: torch.device,
    ends: float,
    wanted: Callable[[], bool],
    alone: bool,
) -> dict[bool, float]:
    """Give the seconds of a step in each layout; only of the plain one where the other fails."""
    # What one thread works does not depend on who else works on this machine; how long it takes does.
    clock = time.thread_time if alone and device.type == "cpu" else time.perf_counter
    try:
        return _race({False: plain, True: trial(Way(channels_last=True))}, device, ends, wanted, clock=clock)
    except RuntimeError:
        # A network that relies on the plain layout, such as by `view`.
        return {False: 1.0}


def _compiled(
    trial: Trial, device: torch.device, chosen: Choices, wanted: Callable[[], bool]
) -> tuple[Choices, Message]:
    """Measure compiled networks beside plain ones; keep them where they are clearly faster."""
    before = torch.get_num_threads()
    torch.set_num_threads(chosen.threads)
    try:
        steps = {way: trial(Way(chosen.channels_last, compiled=way)) for way in (False, True)}
        steps[True]()  # compiles, which takes its time
        speeds = _race(steps, device, time.perf_counter() + _SECONDS, wanted)
    except RuntimeError as error:
        return chosen, Message(
            "torch.compile cannot take this network ({reason}), so it is computed as it stands",
            reason=str(error).partition("\n")[0][:80] or type(error).__name__,
        )
    finally:
        torch.set_num_threads(before)
    times = f"{speeds[False] / speeds[True]:.2f}"
    if _fastest(speeds):
        return replace(chosen, compiled=True), Message(
            "Networks are compiled (measured {times} times as fast)", times=times
        )
    return chosen, Message("Networks are not compiled (measured {times} times as fast)", times=times)


def _race(
    steps: Mapping[K, Callable[[], None]],
    device: torch.device,
    ends: float,
    wanted: Callable[[], bool],
    prepare: Callable[[K], object] = lambda _key: None,
    clock: Callable[[], float] | None = None,
) -> dict[K, float]:
    """Give the seconds of the fastest step of each candidate; they take turns, so load hits all alike."""
    clock = clock or time.perf_counter
    fastest = dict.fromkeys(steps, float("inf"))
    left = dict(steps)
    spent = 0.0
    rounds = 0
    while rounds < 2 or spent < _EACH * len(left):
        for key, step in left.items():
            prepare(key)
            step()  # to wake threads and fill caches
            wait_for(device)
            started = now = clock()
            while now - started < _EACH / 8:
                before = now
                step()
                wait_for(device)
                now = clock()
                fastest[key] = min(fastest[key], now - before)
            spent += now - started
        rounds += 1
        # Threads that wait for each other can take ten times as long: no second look at those.
        left = {key: step for key, step in left.items() if fastest[key] < _HOPELESS * min(fastest.values())}
        if len(left) == 1 or time.perf_counter() > ends or not wanted():
            break
    return fastest


def _fastest(seconds: Mapping[K, float]) -> K:
    """Give the first candidate that none after it beats clearly."""
    best = next(iter(seconds))
    for key, taken in seconds.items():
        if taken * _WORTH < seconds[best]:
            best = key
    return best


def threads_told(count: int, fixed: bool, speeds: Mapping[int, float] | None = None) -> Message:
    """Tell the number of threads, and how it was found."""
    if fixed or not speeds or len(speeds) == 1:
        return Message("Threads: {count}", count=count)
    others = ", ".join(f"{other}: {taken * 1000:.2f} ms" for other, taken in speeds.items())
    return Message("Threads: {count} (measured a step, {others})", count=count, others=others)


def _recall(key: str) -> Choices | None:
    with _lock:
        found = _memory.get(key) or _read().get(key)
        if found is not None:
            _memory[key] = found
    if found is None:
        return None
    compiled = bool(found.get("compiled", False))
    return Choices(int(found["threads"]), bool(found["channels_last"]), compiled)


def _remember(key: str, choices: Choices) -> None:
    with _lock:
        _memory[key] = asdict(choices)
        kept = {**_read(), key: _memory[key]}
        kept = dict(list(kept.items())[-_REMEMBERED:])
        try:
            _file().parent.mkdir(parents=True, exist_ok=True)
            write_atomically(_file(), json.dumps(kept).encode(), backup=False)
        except (OSError, NetwrightError):
            # Then only this process remembers.
            return


def _file() -> Path:
    return Path(platformdirs.user_cache_dir("netwright", appauthor=False)) / "measured.json"


def _read() -> dict[str, dict[str, int | bool]]:
    """Give what is remembered on the disk; damage means that nothing is."""
    try:
        with _file().open("rb") as file:
            found = json.loads(file.read(1 << 20))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        key: value
        for key, value in found.items()
        if isinstance(value, dict)
        and isinstance(value.get("threads"), int)
        and 1 <= value["threads"] <= 1024
        and isinstance(value.get("channels_last"), bool)
    }
