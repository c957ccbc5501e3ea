"""Measures training: the engine against the article's loop, a plain script of its own, and on a thread.

Run with `python tests/bench/bench_training.py [ROUNDS]`. All sides take turns in one process, with one thread
of torch; a round is 40 steps of batch 64. Only ratios travel: the medians over the rounds are printed.

- article: torchvision's MNIST with transforms by a DataLoader, plain Adam, `.item()` and accuracy a step;
- engine: what Train does, in float32 and in bfloat16;
- script: the engine's steps written by hand, nothing else, the same layout of pictures;
- thread: the engine on a thread while the main thread polls its curves ten times a second.
"""

from __future__ import annotations

import copy
import dataclasses
import statistics
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from studio.data import Dataset, Preprocessing, Split
from studio.data.mnist import FILES
from studio.data.vision import torchvision
from studio.graph import Message
from studio.project import Choice, Plan
from studio.train import Choices, MetricLog
from studio.train.events import EpochDone, Failed, Started
from studio.train.loop import engine
from tests.train.plain import CNN

BATCH = 64
STEPS = 40
SAMPLES = 60_000
POLL_SECONDS = 0.1

Turn = Callable[[], float]
"""Takes its steps and gives the seconds that it took."""


class MLP(nn.Module):
    """A step of a quarter of a millisecond: the worst case for whatever stands around it."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(784, 32)
        self.fc2 = nn.Linear(32, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.fc2(torch.relu(self.fc1(x.flatten(1))))
        return out


def dataset(count: int) -> Dataset:
    """Noise of MNIST's size, without validation, so that an epoch is training only."""
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(count, 1, 28, 28, generator=generator) * 2 - 1
    labels = torch.randint(0, 10, (count,), generator=generator)
    part = Split({"x": images}, {"target": labels})
    none = Split({"x": images[:0]}, {"target": labels[:0]})
    facts = Preprocessing("image", (1, 28, 28))
    return Dataset(part, none, none, "classification", tuple("0123456789"), facts, Message("noise"))


def idx_files(folder: Path) -> None:
    """Write files of MNIST's form and size, filled with noise."""
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    random = np.random.default_rng(0)
    for name, count in zip(FILES, (SAMPLES, SAMPLES, 16, 16), strict=True):
        shape = (count, 28, 28) if "images" in name else (count,)
        array = random.integers(0, 256 if "images" in name else 10, shape).astype(np.uint8)
        sizes = b"".join(struct.pack(">I", size) for size in shape)
        (raw / name).write_bytes(bytes((0, 0, 8, len(shape))) + sizes + array.tobytes())


def timed(steps: Iterator[object]) -> Turn:
    """Make a turn out of an endless loop of steps."""

    def turn() -> float:
        started = time.perf_counter()
        for _ in range(STEPS):
            next(steps)
        return time.perf_counter() - started

    return turn


def article(model: nn.Module, folder: Path) -> Iterator[object]:
    """The loop as the article writes it, with the figures that everyone adds to it."""
    torchvision()
    from torchvision import datasets, transforms

    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
    data = datasets.MNIST(root=str(folder), train=True, transform=transform)
    loader = torch.utils.data.DataLoader(data, batch_size=BATCH, shuffle=True)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    while True:
        for images, labels in loader:
            optimizer.zero_grad()
            outputs = model(images)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            yield loss.item(), (outputs.argmax(1) == labels).float().mean().item()


def script(
    model: nn.Module, data: Dataset, channels_last: bool, batch: int = BATCH, accuracy: bool = False
) -> Iterator[object]:
    """The engine's steps by hand; with the accuracy of each step where the plan asks for it."""
    x, y = data.train.inputs["x"], data.train.targets["target"]
    if channels_last:
        model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        x = x.contiguous(memory_format=torch.channels_last)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, fused=True)
    while True:
        for places in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad()
            outputs, targets = model(x[places]), y[places]
            loss = criterion(outputs, targets)
            loss.backward()
            optimizer.step()
            right = (outputs.argmax(1) == targets).float().mean().item() if accuracy else None
            yield loss.item(), right


class Engine:
    """A training that is advanced by epochs of `STEPS` steps, here or on a thread."""

    def __init__(self, model: nn.Module, data: Dataset, choices: Choices | None, precision: str) -> None:
        self.log = MetricLog()
        plan = Plan(
            optimizers={"model": Choice("adam")},
            loop=Choice(
                "loop",
                {
                    "epochs": 1_000_000,
                    "batch_size": BATCH,
                    "threads": 1,
                    "precision": precision,
                    "device": "cpu",
                },
            ),
        )
        # What is read in an epoch is a stretch of the data, so that an epoch is one turn.
        part = dataclasses.replace(data, train=data.train.take(torch.arange(STEPS * BATCH)))
        self.events = engine.run(plan, model, part, choices=choices, log=self.log)
        started = next(self.events)
        if isinstance(started, Failed):
            raise SystemExit(f"{started.message}\n{started.details}")
        assert isinstance(started, Started)
        self.started = started

    def turn(self) -> float:
        """Train for one epoch and give its seconds."""
        started = time.perf_counter()
        for event in self.events:
            if isinstance(event, EpochDone):
                return time.perf_counter() - started
            if isinstance(event, Failed):
                raise SystemExit(f"{event.message}\n{event.details}")
        raise AssertionError("it has no end")

    def turn_on_a_thread(self) -> float:
        """The same on a thread, while this one reads the curves as the window does."""
        seconds: list[float] = []
        worker = threading.Thread(target=lambda: seconds.append(self.turn()))
        worker.start()
        while worker.is_alive():
            worker.join(POLL_SECONDS)
            for key in self.log.keys():  # noqa: SIM118  # no dict
                steps, values = self.log.series(key)
                len(steps), values[-100:].sum()
        return seconds[0]


def raced(turns: dict[str, Turn], rounds: int) -> dict[str, list[float]]:
    """Let all take turns; the first round only warms up."""
    found: dict[str, list[float]] = {name: [] for name in turns}
    for number in range(rounds + 1):
        for name, turn in turns.items():
            seconds = turn()
            if number:
                found[name].append(seconds)
    return found


def ratio(found: dict[str, list[float]], slower: str, faster: str) -> float:
    """Give how many times faster one is than the other: the median over the rounds."""
    pairs = zip(found[slower], found[faster], strict=True)
    return statistics.median(a / b for a, b in pairs)


def race(make: Callable[[], nn.Module], rounds: int, folder: Path) -> None:
    """Measure one network and print its ratios."""
    data = dataset(STEPS * BATCH)
    model = make()
    ours = Engine(copy.deepcopy(model), data, None, "float32")
    half = Engine(copy.deepcopy(model), data, None, "bfloat16")
    layout = bool(ours.started.facts["channels_last"])
    turns: dict[str, Turn] = {
        "article": timed(article(copy.deepcopy(model), folder)),
        "engine": ours.turn,
        "script": timed(script(copy.deepcopy(model), data, layout)),
        "thread": ours.turn_on_a_thread,
        "bfloat16": half.turn,
    }
    found = raced(turns, rounds)
    print(make.__name__)
    for name, seconds in found.items():
        print(f"  {name:9} {statistics.median(seconds) / STEPS * 1000:8.3f} ms a step")
    print("  chosen:", "; ".join(map(str, ours.started.choices)))
    print(f"  engine against the article's loop      {ratio(found, 'article', 'engine'):.2f} x   (goal 1.45)")
    print(
        f"  bfloat16 against the article's loop    {ratio(found, 'article', 'bfloat16'):.2f} x   (goal 2.8)"
    )
    print(f"  engine against the same plain script   {ratio(found, 'script', 'engine'):.3f} x (goal 0.97)")
    print(f"  on a thread with polling, of headless  {ratio(found, 'engine', 'thread'):.3f} x (goal 0.97)")


def main() -> None:
    """Measure the article's network, and a small one."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        idx_files(Path(folder))
        for make in (CNN, MLP):
            race(make, rounds, Path(folder))


if __name__ == "__main__":
    main()
