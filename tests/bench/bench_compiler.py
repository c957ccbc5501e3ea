"""Measures the compiler: a built module against the same network by hand, and an edit to its shapes.

Run with `python tests/bench/bench_compiler.py`. Both sides of each ratio run in turn in one process.
"""

from __future__ import annotations

import copy
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
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
from studio.project import Choice, GraphRef, Project, edits
from studio.project.library import LIBRARY, add_block
from studio.train.plans.checking import Checker
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


def ratio(ours: Callable[[], None], theirs: Callable[[], None], rounds: int = 41) -> tuple[float, float]:
    """Run both in turn and give the ratio of the quickest times, and our quickest time in seconds.

    Time is that of the processor, and the quickest of many short turns counts: what else a machine has to do
    makes turns longer, and never shorter.
    """
    ours()
    theirs()
    times: dict[Callable[[], None], list[float]] = {ours: [], theirs: []}
    for index in range(rounds):
        for run in (ours, theirs) if index % 2 else (theirs, ours):
            start = time.process_time()
            run()
            times[run].append(time.process_time() - start)
    return min(times[ours]) / min(times[theirs]), min(times[ours])


def residual(nodes: int) -> tuple[Project, list[str]]:
    """Draw a network of about so many nodes: convolutions with skips every three."""
    blocks: list[tuple[str, Mapping[str, Value]]] = [
        ("conv2d", {"out_channels": 16, "padding": 1}),
        ("relu", {}),
        ("batch_norm2d", {}),
    ]
    body = [blocks[index % 3] for index in range(nodes - 3)]
    return chain(("input", {"shape": (16, 16, 16)}), *body, ("conv2d", {"out_channels": 4}), ("output", {}))


def edit_times(nodes: int) -> dict[str, float]:
    """Give the median milliseconds from an edit of a network of so many nodes to every shape.

    Each edit is new to the analyser: the edited block is measured, too. At the head, one edit changes the
    sizes of the next block alone, and one the sizes of all blocks behind it.
    """
    project, ids = residual(nodes)
    widths: list[Value] = list(range(17, 32))
    cases: dict[str, tuple[str, str, list[Value]]] = {
        "width at the head": (ids[1], "out_channels", widths),
        "padding at the head": (ids[1], "padding", list(range(2, 9))),
        "width at the tail": (ids[-2], "out_channels", widths),
    }
    found = {}
    for title, (node, name, values) in cases.items():
        analyser = Analyser()
        times = []
        for value in values:
            analyser.analyse(project)
            edited = edits.set_parameters(project, MAIN, node, {name: value})
            start = time.perf_counter()
            report = analyser.analyse(edited)
            times.append((time.perf_counter() - start) * 1000)
            assert report.ok
        found[title] = statistics.median(times)
    return found


def plan_time(nodes: int) -> float:
    """Give the median milliseconds from an edit at the tail to all shapes and what the plan says of them."""
    body: list[tuple[str, Mapping[str, Value]]] = [("linear", {"out_features": 64}), ("relu", {})]
    end: tuple[tuple[str, Mapping[str, Value]], ...] = (("linear", {"out_features": 3}), ("output", {}))
    project, ids = chain(("input", {"shape": (13,)}), *body * (nodes // 2), *end)
    plan = replace(project.plan, data=Choice("wine"))
    project, checker, times = replace(project, plan=plan), Checker(), []
    for width in range(65, 80):
        assert not checker.analyse(project, MAIN).problems
        edited = edits.set_parameters(project, MAIN, ids[-4], {"out_features": width})
        start = time.perf_counter()
        checker.analyse(edited, MAIN)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def growth_time(repeat: int) -> float:
    """Give the median milliseconds from another growth of a dense block, in a row of them, to every shape."""
    project, entry = add(Project(), "input", parameters={"shape": (64, 16, 16)})
    project, node = add_block(project, MAIN, LIBRARY, (0.0, 0.0), "Dense block")
    project = edits.change_node(wire(project, entry, node), MAIN, node, repeat=repeat)
    project, _ = add(project, "output", [node])
    analyser, times = Analyser(), []
    analyser.analyse(project)
    for growth in range(13, 28, 2):
        edited = edits.set_parameters(project, MAIN, node, {"growth": growth})
        start = time.perf_counter()
        assert analyser.analyse(edited).ok
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


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
    print(f"a dense block 12 times in a row: growth to all shapes {growth_time(12):.1f} ms")
    for title, project, hand, shape, steps in (
        ("CNN, batch 64", chain(*CNN)[0], HandCNN(), (64, 1, 28, 28), 1),
        ("MLP, batch 32", chain(*MLP)[0], HandMLP(), (32, 32), 50),
        ("ResNet-18, batch 2 of 64 × 64", resnet18(), torchvision().models.resnet18(), (2, 3, 64, 64), 1),
    ):
        module = build(project, seed=0)
        data = torch.randn(shape)
        built, by_hand, twin = (stepper(one, data, steps) for one in (module, hand, copy.deepcopy(hand)))
        quotient, seconds = ratio(built, by_hand)
        print(
            f"{title}: built module / by hand = {quotient:.3f}, by hand twice = {ratio(twin, by_hand)[0]:.3f}"
            f" (forward and backward, {seconds / steps * 1e3:.2f} ms a step)"
        )
    for nodes in (200, 1000):
        for title, took in edit_times(nodes).items():
            print(f"{nodes} nodes: {title} to all shapes {took:.1f} ms")
        print(f"{nodes} nodes: width at the tail to all shapes and the plan {plan_time(nodes):.1f} ms")
        project, _ = residual(nodes)
        report = Analyser().analyse(project)
        table, memory = timed(partial(rows, report)), timed(partial(footprint, project, report))
        print(f"{nodes} nodes: rows of the table {table:.1f} ms, memory of a step {memory:.1f} ms")


if __name__ == "__main__":
    main()
