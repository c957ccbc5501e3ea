"""How much a live chart slows the training that it shows: `python tests/bench/bench_charts.py`.

A thread trains without a pause. In turns of a second the window polls it ten times a second and draws,
or does nothing; the ratio of the steps done is what the chart costs. The chart already holds a million
samples, as after a long run. Ratios travel between machines, absolute times do not, so none is asserted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication
from torch import nn

from studio.ui.charts import LivePlot
from studio.ui.looks import theme

POLL = 100
"""Milliseconds between two looks of the window at the trainer."""

BEFORE = 1_000_000
"""Samples that the chart holds before the measurement begins."""

ROOM = 4_000_000
"""Samples that the trainer can note."""


class Trainer:
    """Trains in a thread, and notes every loss in an array: no lock, no signal a step."""

    def __init__(self, step: Callable[[], torch.Tensor]) -> None:
        self.losses = np.zeros(ROOM)
        self.count = 0
        self._step = step
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Trainer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set() and self.count < ROOM:
            self.losses[self.count] = self._step().item()
            self.count += 1


def mlp() -> Callable[[], torch.Tensor]:
    """A step so short that every interruption counts."""
    return _stepper(nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)), torch.randn(32, 64))


def cnn() -> Callable[[], torch.Tensor]:
    """A step of a small convolutional network on digits."""
    net = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 49, 10),
    )  # fmt: skip
    return _stepper(net, torch.randn(64, 1, 28, 28))


def _stepper(net: nn.Module, data: torch.Tensor) -> Callable[[], torch.Tensor]:
    """Give a plain training step on one batch."""
    target = torch.randint(0, 10, (len(data),))
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        loss: torch.Tensor = criterion(net(data), target)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


@dataclass(frozen=True)
class Result:
    """What was measured."""

    ratio: float
    """Steps while the chart draws, to steps while it does not: the median of neighbouring turns."""
    work: float
    """The same for steps a second of the processor's time: blind to waiting, and to other programs."""
    look: float
    """Milliseconds of the processor that a look of the window takes, with all that it paints."""
    steps_a_second: float
    late: float
    """By how many milliseconds a look came late, at worst of a hundred."""
    drawn: int


def _wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def measure(step: Callable[[], torch.Tensor], turns: int, seconds: float) -> Result:
    """Train with the chart and without, in turns."""
    plot = LivePlot()
    plot.resize(900, 420)
    plot.set_series("loss", "Training loss", "series0")
    plot.set_series("accuracy", "Accuracy", "series1")
    plot.set_smoothing(0.6)
    noise = np.random.default_rng(0).random(BEFORE)
    plot.extend("loss", np.arange(BEFORE), noise + 2)
    plot.extend("accuracy", np.arange(BEFORE), noise)
    plot.show()
    read, drawn, timer = 0, 0, QTimer()
    looks: list[float] = []

    def look() -> None:
        nonlocal read
        now = trainer.count
        xs = np.arange(read, now) + BEFORE
        plot.extend("loss", xs, trainer.losses[read:now])
        plot.extend("accuracy", xs, trainer.losses[read:now] / 4)
        read = now
        looks.append(time.perf_counter())

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(POLL)
    timer.timeout.connect(look)
    ratios: list[float] = []
    works: list[float] = []
    late: list[float] = []
    rate = own = 0.0
    with Trainer(step) as trainer:
        _wait(seconds)
        for turn in range(turns):
            done, work = {}, {}
            # Which comes first changes from turn to turn, so that a drift of the machine evens out.
            for drawing in (turn % 2 == 0, turn % 2 == 1):
                if drawing:
                    read = trainer.count  # what came while it did nothing is no work of this turn
                    looks.clear()
                    timer.start()
                start, begun, used = trainer.count, time.perf_counter(), time.process_time()
                mine = time.thread_time()
                _wait(seconds)
                own += (time.thread_time() - mine) if drawing else 0.0
                steps = trainer.count - start
                done[drawing] = steps / (time.perf_counter() - begun)
                work[drawing] = steps / (time.process_time() - used)
                timer.stop()
                if drawing:
                    drawn += len(looks)
                    late += [(gap * 1000 - POLL) for gap in np.diff(looks)]
            ratios.append(done[True] / done[False])
            works.append(work[True] / work[False])
            rate = done[False]
    plot.close()
    return Result(
        ratio=statistics.median(ratios),
        work=statistics.median(works),
        look=own * 1000 / drawn,
        steps_a_second=rate,
        late=float(np.percentile(late, 99)),
        drawn=drawn,
    )


def report(turns: int, seconds: float) -> dict[str, Result]:
    """Measure both networks and print what came out."""
    results = {}
    for name, make in {"MLP": mlp, "CNN": cnn}.items():
        torch.manual_seed(0)
        result = results[name] = measure(make(), turns, seconds)
        print(
            f"{name}: with the chart {result.ratio:.3f} of the steps without it"
            f" (by time of the processor {result.work:.3f}); {result.steps_a_second:.0f} steps/s;"
            f" a look takes {result.look:.1f} ms of {POLL}, and is late by {result.late:.1f} ms, p99"
        )
    return results


@pytest.mark.bench
def test_the_chart_is_measured(qapp: QApplication) -> None:
    results = report(turns=2, seconds=0.5)
    assert set(results) == {"MLP", "CNN"}
    assert all(result.ratio > 0 and result.drawn > 0 for result in results.values())


def main() -> None:
    """Measure at leisure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=12, help="pairs of turns, with the chart and without")
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a turn")
    chosen = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    torch.set_num_threads(1)
    theme.apply(app, "light")
    report(chosen.turns, chosen.seconds)


if __name__ == "__main__":
    main()
