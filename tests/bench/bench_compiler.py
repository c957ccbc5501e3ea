"""Measures the compiler: a built module against the same network by hand, and an edit to its shapes.

Run with `python tests/bench/bench_compiler.py`. Both sides of each ratio run in turn in one process.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from studio.compiler import Analyser, build
from studio.compiler.costs import rows
from studio.compiler.footprint import footprint
from studio.data.vision import torchvision
from studio.graph import Value
from studio.project import GraphRef, Project, edits
from studio.project.library import LIBRARY, add_block
from tests.drawing import CNN, MAIN, add, chain, wire
from tests.torchvision_models import resnet18

MLP: tuple[tuple[str, Mapping[str, Value]], ...] = (
    ("input", {"shape": (32,)}),
    ("linear", {"out_features": 64}),
    ("relu", {}),
    ("linear", {"out_features": 64}),
    ("relu", {}),
    ("linear", {"out_features": 10}),
    ("output", {}),
)


class HandCNN(nn.Module):
    """The article's network as a person writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        x = torch.relu(self.fc1(x.flatten(1)))
        out: torch.Tensor = self.fc2(x)
        return out


class HandMLP(nn.Module):
    """Three linear layers as a person writes them, with modules for the activations."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(32, 64), nn.Linear(64, 64), nn.Linear(64, 10)
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu1(self.fc1(x))
        x = self.relu2(self.fc2(x))
        out: torch.Tensor = self.fc3(x)
        return out


def stepper(module: nn.Module, data: torch.Tensor, steps: int) -> Callable[[], None]:
    """Give a function that runs forward and backward a number of times."""

    def run() -> None:
        for _ in range(steps):
            module.zero_grad(set_to_none=True)
            module(data).square().mean().backward()

    return run


def ratio(ours: Callable[[], None], theirs: Callable[[], None], rounds: int = 15) -> tuple[float, float]:
    """Run both in turn and give the median ratio of times and our median time in seconds."""
    ours()
    theirs()
    ratios, times = [], []
    for index in range(rounds):
        pair = []
        for run in (ours, theirs) if index % 2 else (theirs, ours):
            start = time.perf_counter()
            run()
            pair.append(time.perf_counter() - start)
        mine, hand = pair if index % 2 else pair[::-1]
        ratios.append(mine / hand)
        times.append(mine)
    return statistics.median(ratios), statistics.median(times)


def residual(nodes: int) -> tuple[Project, list[str]]:
    """Draw a network of about so many nodes: convolutions with skips every three."""
    blocks: list[tuple[str, Mapping[str, Value]]] = [
        ("conv2d", {"out_channels": 16, "padding": 1}),
        ("relu", {}),
        ("batch_norm2d", {}),
    ]
    body = [blocks[index % 3] for index in range(nodes - 3)]
    return chain(("input", {"shape": (16, 16, 16)}), *body, ("conv2d", {"out_channels": 4}), ("output", {}))


def edit_times(nodes: int) -> tuple[float, float]:
    """Give the median milliseconds from an edit at the head, and at the tail, to every shape."""
    project, ids = residual(nodes)
    analyser = Analyser()
    analyser.analyse(project)
    result = []
    for node in (ids[1], ids[-2]):
        times = []
        for width in range(17, 32):
            edited = edits.set_parameters(project, MAIN, node, {"out_channels": width})
            start = time.perf_counter()
            report = analyser.analyse(edited)
            times.append((time.perf_counter() - start) * 1000)
            assert report.ok
        result.append(statistics.median(times))
    return result[0], result[1]


def edit_inside(uses: int, rounds: int = 7) -> float:
    """Time an edit inside a composite until the network that uses it many times knows its shapes, in ms."""
    ref = GraphRef("composite", "Residual basic")
    project, last = add(Project(), "input", parameters={"shape": (64, 16, 16)})
    for _ in range(uses):
        project, node = add_block(project, MAIN, LIBRARY, (0.0, 0.0), ref.name)
        project = wire(project, last, node)
        last = node
    project, _ = add(project, "output", [last])
    analyser, took = Analyser(), []
    analyser.analyse(project)
    for size in range(1, rounds + 1):
        values = {"kernel_size": 2 * size + 1, "padding": size}
        project = edits.set_parameters(project, ref, "conv2d_1", values)
        began = time.perf_counter()
        analyser.analyse(project)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e3


def timed(work: Callable[[], object], rounds: int = 7) -> float:
    """Give the median milliseconds of some work."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print every figure."""
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, 1 thread")
    print(f"50 uses of one composite: edit inside to all shapes {edit_inside(50):.1f} ms")
    for title, project, hand, shape, steps in (
        ("CNN, batch 64", chain(*CNN)[0], HandCNN(), (64, 1, 28, 28), 2),
        ("MLP, batch 32", chain(*MLP)[0], HandMLP(), (32, 32), 300),
        ("ResNet-18, batch 2 of 64 × 64", resnet18(), torchvision().models.resnet18(), (2, 3, 64, 64), 1),
    ):
        module = build(project, seed=0)
        data = torch.randn(shape)
        median, seconds = ratio(stepper(module, data, steps), stepper(hand, data, steps))
        print(
            f"{title}: built module / by hand = {median:.3f}"
            f" (forward and backward, {seconds / steps * 1e3:.2f} ms a step)"
        )
    for nodes in (200, 1000):
        head, tail = edit_times(nodes)
        print(f"{nodes} nodes: edit to all shapes {head:.1f} ms at the head, {tail:.1f} ms at the tail")
        project, _ = residual(nodes)
        report = Analyser().analyse(project)
        table, memory = timed(partial(rows, report)), timed(partial(footprint, project, report))
        print(f"{nodes} nodes: rows of the table {table:.1f} ms, memory of a step {memory:.1f} ms")


if __name__ == "__main__":
    main()
