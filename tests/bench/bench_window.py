"""Measures the whole window: training in it against a plain script, its lateness, an edit to painted shapes.

Run with `python tests/bench/bench_window.py [ROUNDS]` on a machine that does nothing else. The window is
the real one, painted off the screen, with every panel at work; one thread of torch.

- training: the CNN template on noise of MNIST's size. The window trains for two seconds, pauses, and the
  same loop written by hand (loss and accuracy each step, as the plan says) trains while nothing else runs:
  the ratio of their steps a second, the median over the rounds; and the ratio of their steps to a second of
  the processor, which holds all that the window does beside the training, and is blind to other programs.
- lateness: how late a timer of 10 ms fires while that training goes on and its curves are drawn.
- edit: 200 blocks on the canvas, a size at the head or the tail is changed in the document; the time ends
  when every shape is known and the canvas is painted. Each size is a new one: nothing is remembered.
"""

from __future__ import annotations

import dataclasses
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import torch
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from studio.data import load
from studio.graph import Message
from studio.project import Choice, Project, edits
from studio.project.file import write
from studio.project.gallery import template
from studio.ui.app import application
from studio.ui.looks import theme
from studio.ui.safety.collecting import Collector
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.bench.bench_compiler import residual
from tests.bench.bench_training import script
from tests.drawing import MAIN
from tests.train.plain import CNN

SAMPLES = 20_000
TURN_SECONDS = 2.0
SETTLE_SECONDS = 0.4
TIMER_MS = 10


def spin(seconds: float) -> None:
    """Let the window live for some time, as its own loop does: asleep while nothing happens."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def wait(what: str, ready: object, seconds: float = 120.0) -> None:
    """Let the window live until something holds."""
    assert callable(ready)
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            raise SystemExit(f"expected {what} within {seconds:.0f} s, and it did not come")
        spin(0.05)


class Lateness:
    """Notes how late a timer fires."""

    def __init__(self) -> None:
        """Begin to note."""
        self.late_ms: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TIMER_MS)
        self._timer.timeout.connect(self._note)

    def begin(self) -> None:
        """Note from now on."""
        self._clock.start()
        self._timer.start()

    def end(self) -> None:
        """Note no more."""
        self._timer.stop()

    def _note(self) -> None:
        self.late_ms.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - TIMER_MS))
        self._clock.restart()

    def p99(self) -> float:
        """Give the lateness that one of a hundred exceeds, in milliseconds."""
        return float(np.percentile(self.late_ms, 99))


def window_of(home: Path) -> MainWindow:
    """Open the real window with settings of its own."""
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    app = application()
    settings = Settings()
    text.install(app, settings.language)
    theme.apply(app, "light")
    window = MainWindow(settings)
    window.resize(1600, 1000)
    window.show()
    window.document.begin()
    wait("torch", lambda: window.document.analysis.ready)
    return window


def noise_project(folder: Path) -> Path:
    """Write the CNN template on noise of MNIST's size, in epochs that do not end soon."""
    random = np.random.default_rng(0)
    file = folder / "noise.npz"
    images = random.standard_normal((SAMPLES, 1, 28, 28), dtype=np.float32)
    np.savez(file, x=images, target=random.integers(0, 10, SAMPLES))
    project = template("cnn").open()
    loop = dict(project.plan.loop.parameters) | {"epochs": 10_000, "threads": 1, "device": "cpu"}
    plan = dataclasses.replace(
        project.plan,
        data=Choice("arrays", {"folder": str(file), "validation": 0.0, "test": 0.0}),
        loop=Choice("loop", loop),
    )
    path = folder / "noise.netwright"
    write(edits.set_plan(project, plan), path)
    return path


def training(window: MainWindow, rounds: int, folder: Path) -> None:
    """Print the ratio of the steps a second, and the lateness."""
    window.filing.open_path(noise_project(folder))
    wait("shapes", lambda: window.session.obstacle() is None)
    why = window.session.start()
    assert why is None, why
    wait("the first steps", lambda: window.session.latest is not None and window.session.started is not None)
    run = window.session.run
    started = window.session.started
    assert run is not None
    assert started is not None
    plan = window.document.project.plan
    batch = plan.loop.parameters.get("batch_size", 64)
    assert isinstance(batch, int)
    data = load(plan.data)
    torch.set_num_threads(1)
    hand = script(CNN(), data, bool(started.facts["channels_last"]), batch, accuracy=True)
    lateness = Lateness()
    ratios: list[float] = []
    works: list[float] = []

    def seen() -> int:
        return run.latest.step if run.latest else 0

    def ours() -> tuple[float, float]:
        window.session.toggle_pause()
        spin(SETTLE_SECONDS)
        began, used, step = time.perf_counter(), time.process_time(), seen()
        spin(TURN_SECONDS)
        done = seen() - step
        taken = done / (time.perf_counter() - began), done / (time.process_time() - used)
        # On its own: a timer of 10 ms asks for the interpreter a hundred times a second.
        lateness.begin()
        spin(SETTLE_SECONDS)
        lateness.end()
        window.session.toggle_pause()
        spin(SETTLE_SECONDS)
        return taken

    def theirs() -> tuple[float, float]:
        count, began, used = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - began < TURN_SECONDS:
            next(hand)
            count += 1
        return count / (time.perf_counter() - began), count / (time.process_time() - used)

    window.session.toggle_pause()
    spin(SETTLE_SECONDS)
    ours(), theirs()
    lateness.late_ms.clear()
    for number in range(rounds):
        # Short turns whose order alternates: a shared machine speeds up and slows down within seconds.
        if number % 2:
            mine, plain = ours(), theirs()
        else:
            plain, mine = theirs(), ours()
        ratios.append(mine[0] / plain[0])
        works.append(mine[1] / plain[1])
    window.session.stop()
    wait("the end of the run", lambda: not window.session.active)
    print(
        f"CNN: training in the window / plain script = {statistics.median(ratios):.3f} of the steps a second"
        f" ({min(ratios):.3f} to {max(ratios):.3f}; goal 0.97), {statistics.median(works):.3f} of the steps"
        f" to a second of the processor; a timer is late by"
        f" {lateness.p99():.1f} ms, p99, {max(lateness.late_ms):.1f} ms at most"
    )


def edits_painted(window: MainWindow, folder: Path) -> None:
    """Print the time from an edit in 200 blocks to every shape painted."""
    project, ids = residual(200)
    path = folder / "residual.netwright"
    write(project, path)
    window.filing.open_path(path)
    wait(
        "shapes",
        lambda: window.document.report(MAIN) is not None and not window.document.analysis.pending(MAIN),
    )
    for name, node in (("head", ids[1]), ("tail", ids[-2])):
        times = [edit(window, node, width) for width in range(33, 48)]
        print(f"200 blocks: edit at the {name} to painted shapes {statistics.median(times):.1f} ms (goal 50)")


def edit(window: MainWindow, node: str, width: int) -> float:
    """Change a size and give the milliseconds until its shapes are painted."""
    document = window.document

    def change(project: Project) -> Project:
        return edits.set_parameters(project, MAIN, node, {"out_channels": width})

    # A loop that sleeps, as the program's own: one that spins would keep the interpreter from the worker.
    loop = QEventLoop()
    document.analysed.connect(loop.quit)
    began = time.perf_counter()
    document.attempt(Message("Set"), change)
    if document.analysis.pending(MAIN):
        loop.exec()
    QApplication.processEvents()
    taken = 1000 * (time.perf_counter() - began)
    document.analysed.disconnect(loop.quit)
    report = document.report(MAIN)
    assert report is not None
    assert str(report.nodes[node].outputs["y"]).startswith(f"B × {width} ×")
    return taken


def main() -> None:
    """Print every figure."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        window = window_of(Path(folder))
        collector = Collector()
        collector.settle()
        try:
            training(window, rounds, Path(folder))
            edits_painted(window, Path(folder))
        finally:
            window.shut_down()
            collector.close()


if __name__ == "__main__":
    main()
