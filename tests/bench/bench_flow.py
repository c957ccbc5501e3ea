"""Measures what showing the flow costs: training with pictures on every node, without, and a plain script.

Run with `python tests/bench/bench_flow.py [ROUNDS]` on a machine that does nothing else. The window is the
real one, painted off the screen, with the CNN template on noise of MNIST's size and one thread of torch. In
each round all sides take a turn, one after the other, in an order that moves on:

- off: nothing is shown, the panel of the training is in front;
- on: the pictures of all nodes are on the canvas (goal: at most 5 % slower than off);
- walk: the panel of the walk is in front as well, with large pictures and histograms;
- plain: the same steps by hand, while the training in the window pauses.

Printed are the medians over the rounds of the ratios of steps a second, and what holds on a busy machine too:
processor time of the training's thread for a step, the share of its time that it spent on looks, and how much
the window's own thread worked. While nothing was switched on, the trainer must not have been asked.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import torch

from studio.data import load
from studio.train.flowing.peek import Viewer
from studio.ui.window import MainWindow
from tests.bench.bench_training import script
from tests.bench.bench_window import noise_project, spin, wait, window_of
from tests.train.plain import CNN

TURN_SECONDS = 2.0
SETTLE_SECONDS = 0.4
SIDES = ("off", "on", "walk", "plain")


def counted_looks() -> list[float]:
    """Note how long every look takes."""
    taken: list[float] = []
    look = Viewer.look

    def noted(self: Viewer, *given: object) -> object:
        began = time.perf_counter()
        try:
            return look(self, *given)  # type: ignore[arg-type]  # passed on
        finally:
            taken.append(time.perf_counter() - began)

    Viewer.look = noted  # type: ignore[method-assign, assignment]  # only here
    return taken


def measured(window: MainWindow, rounds: int) -> None:
    """Take turns and print the ratios."""
    looks = counted_looks()
    why = window.session.start()
    assert why is None, why
    wait("the first steps", lambda: window.session.latest is not None and window.session.started is not None)
    run, started, view = window.session.run, window.session.started, window.workspace.networks.view
    assert run is not None
    assert started is not None
    assert view is not None
    view.zoom_100()
    view.frame_all()
    plan = window.document.project.plan
    batch = plan.loop.parameters.get("batch_size", 64)
    assert isinstance(batch, int)
    torch.set_num_threads(1)
    hand = script(CNN(), load(plan.data), bool(started.facts["channels_last"]), batch, accuracy=True)
    flowing, docks = window.workspace.flowing, window.workspace.docks
    busy: dict[str, list[float]] = {side: [] for side in SIDES}
    spent: dict[str, list[float]] = {side: [] for side in SIDES}
    costs: dict[str, list[float]] = {side: [] for side in SIDES}
    number = next(thread.ident for thread in threading.enumerate() if thread.name == "training")
    assert number is not None
    clock = time.pthread_getcpuclockid(number)

    def in_window(side: str) -> float:
        if flowing.on != (side != "off"):
            window.commands["flow"].trigger()
        docks.show("flow" if side == "walk" else "training")
        window.session.toggle_pause()
        spin(SETTLE_SECONDS)
        looks.clear()
        began, step, worked = time.perf_counter(), run.latest.step if run.latest else 0, time.thread_time()
        used = time.clock_gettime(clock)
        spin(TURN_SECONDS)
        seconds = time.perf_counter() - began
        steps = (run.latest.step if run.latest else 0) - step
        costs[side].append((time.clock_gettime(clock) - used) / max(steps, 1))
        taken = steps / seconds
        busy[side].append((time.thread_time() - worked) / seconds)
        spent[side].append(sum(looks) / seconds)
        window.session.toggle_pause()
        spin(SETTLE_SECONDS)
        return taken

    def plain() -> float:
        if flowing.on:
            window.commands["flow"].trigger()
        docks.show("training")
        spin(SETTLE_SECONDS)
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < TURN_SECONDS:
            next(hand)
            count += 1
        return count / (time.perf_counter() - began)

    window.session.toggle_pause()
    spin(SETTLE_SECONDS)
    assert not looks, "the trainer was asked though nothing was switched on"
    sides: dict[str, Callable[[], float]] = {side: partial(in_window, side) for side in SIDES[:3]}
    sides["plain"] = plain
    for side in SIDES:
        sides[side]()  # to get warm
    for found in (*busy.values(), *spent.values(), *costs.values()):
        found.clear()
    speeds: dict[str, list[float]] = {side: [] for side in SIDES}
    for turn in range(rounds):
        for place in range(len(SIDES)):
            side = SIDES[(place + turn) % len(SIDES)]
            speeds[side].append(sides[side]())
    window.session.stop()
    wait("the end of the run", lambda: not window.session.active)

    def ratio(one: str, other: str) -> str:
        found = [a / b for a, b in zip(speeds[one], speeds[other], strict=True)]
        return f"{one} / {other} {statistics.median(found):.3f} ({min(found):.3f} to {max(found):.3f})"

    pairs = (("on", "off"), ("walk", "off"), ("off", "plain"), ("on", "plain"))
    print("CNN, steps a second: " + "; ".join(ratio(*pair) for pair in pairs))
    for side in ("on", "walk"):
        found = [a / b for a, b in zip(costs[side], costs["off"], strict=True)]
        print(
            f"processor time of the training's thread for a step, {side} / off: "
            f"{statistics.median(found):.3f} ({min(found):.3f} to {max(found):.3f})"
        )
    for side in SIDES[:3]:
        print(
            f"{side}: the trainer spent {100 * statistics.median(spent[side]):.1f} % of its time on looks, "
            f"the window's thread worked {100 * statistics.median(busy[side]):.1f} % of the time"
        )
    print("Goal: on / off at least 0.95, and no look while it is off.")
    assert max(spent["off"]) == 0.0


def main() -> None:
    """Measure once."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        window = window_of(folder)
        window.filing.open_path(noise_project(folder))
        wait("shapes", lambda: window.session.obstacle() is None)
        measured(window, rounds)
        window.shut_down(keep_edits=False)
        window.close()


if __name__ == "__main__":
    main()
