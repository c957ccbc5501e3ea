"""Kills trainings at random instants, resumes them, and compares what they keep with that of unkilled ones.

    python -m tests.train.killing KILLS SEED [few | all | NAME ...]

Many trainings go side by side in one process, a step of each in turn, so that one kill meets all of them. It
is to be run in a process of its own: it forks children, which have everything imported already.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from studio.blocks import every
from studio.data import Dataset, load
from studio.data.augmentation import Augmentation
from studio.project import Choice, Plan, Project
from studio.train import Event, Failed, run
from studio.train.loop import engine
from studio.train.runs import preparing
from studio.train.runs.checkpoint import read_state
from studio.train.runs.session import networks
from tests.train.by_hand import VALUES, Deep, deep, tokens
from tests.train.on_disk import left_on_disk
from tests.train.plain import ONE, Folder, plan, small, vectors
from tests.train.recipe_examples import EXAMPLES

LOOP: Mapping[str, Any] = {"epochs": 2, "checkpoint_seconds": 0.0}

MEMORY = Path("/dev/shm")
"""Where files can be in the memory they are: what a disk does when the power fails is tried elsewhere."""

OPTIMIZERS = [made.type for made in every("optimizer") if not made.plugin]
RECIPES = [made.type for made in every("recipe") if not made.plugin]
STREAMING = [name for name in RECIPES if preparing.recipe_class(Plan(recipe=Choice(name))).streams]
PRECISIONS = ("float32", "bfloat16", "float16")
SEVERAL: Mapping[str, Any] = {
    "accumulate": 2,
    "ema": 0.9,
    "validate_every": 3,
    "mixup": 0.2,
    "clip_norm": 0.5,
}
SCHEDULES = {"sgd": "cosine_lr", "adam": "one_cycle"}


@dataclass(frozen=True)
class Case:
    """A way to train.

    Attributes:
        subject: a recipe, or `network` or `pictures` for one written by hand.
        optimizer: of a network written by hand.
        workers: how many processes read samples that lie on the disk; None for samples in the memory.
        loop: what else the loop does.
    """

    subject: str
    optimizer: str = "adam"
    workers: int | None = None
    loop: Mapping[str, Any] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]

    @property
    def name(self) -> str:
        """What it is called."""
        parts = [self.subject, self.optimizer, *(f"{key}={value}" for key, value in self.loop.items())]
        if self.workers is not None:
            parts.append("read by itself" if not self.workers else f"read ahead by {self.workers}")
        return " ".join(parts)

    @property
    def held(self) -> Case:
        """The same with samples in the memory."""
        return replace(self, workers=None)


def few() -> list[Case]:
    """Give each optimizer, each precision, and each recipe with its samples here and on the disk."""
    return [
        *(Case("network", optimizer) for optimizer in OPTIMIZERS),
        *(Case("network", loop={"precision": short}) for short in PRECISIONS[1:]),
        Case("network", loop=SEVERAL),
        *(Case(recipe) for recipe in RECIPES),
        *(Case(recipe, loop={"precision": "float16"}) for recipe in ("adversarial", "autoencoder")),
        *(Case("pictures", workers=workers) for workers in (0, 2)),
        *(Case(recipe, workers=workers) for recipe in STREAMING for workers in (0, 2)),
    ]


def everything() -> list[Case]:
    """Give all that goes together."""
    optimizers = [
        Case("network", optimizer, loop={"precision": short})
        for optimizer, short in itertools.product(OPTIMIZERS, PRECISIONS)
        if (optimizer, short) != ("lbfgs", "float16")  # refused, with the reason
    ]
    refusing = ("lbfgs", "sparse_adam")  # batches in a step, clipping
    several = [
        Case("network", optimizer, loop=SEVERAL) for optimizer in OPTIMIZERS if optimizer not in refusing
    ]
    recipes = [
        Case(recipe, workers=workers, loop={"precision": short})
        for recipe, workers, short in itertools.product(RECIPES, (None, 0, 2), PRECISIONS)
        if workers is None or recipe in STREAMING
    ]
    pictures = [
        Case("pictures", optimizer, workers, {"precision": short})
        for optimizer, workers, short in itertools.product(("sgd", "adam"), (None, 0, 2), PRECISIONS)
    ]
    return [*optimizers, *several, *recipes, *pictures]


# -- one training ------------------------------------------------------------------------------------------


def pictures() -> Dataset:
    """Give small pictures that are varied each time."""
    data = vectors()
    parts: dict[str, Any] = {
        name: replace(part, inputs={"x": part.inputs["x"].sigmoid().view(-1, 1, 2, 3)})
        for name, part in (("train", data.train), ("validation", data.validation), ("test", data.test))
    }
    facts = replace(data.preprocessing, kind="image", shape=(1, 2, 3))
    varied = Augmentation(flip="horizontal", jitter=0.1)
    return replace(data, **parts, preprocessing=facts, augmentation=varied)


def network(case: Case) -> tuple[Plan, dict[str, nn.Module], Dataset]:
    """Give the plan, a fresh network and the data of a network written by hand."""
    loop = dict(case.loop)
    if case.optimizer in SCHEDULES and "accumulate" not in loop:
        loop["schedule"] = (SCHEDULES[case.optimizer], {})
    values = VALUES.get(case.optimizer, {})
    how = plan(case.optimizer, optimizer_values=values, **{**LOOP, **loop})
    if case.subject == "pictures":
        torch.manual_seed(0)
        return how, {"model": nn.Sequential(nn.Flatten(), Deep(3))}, pictures()
    if case.optimizer == "sparse_adam":
        return how, {"model": deep(tokens=True)}, tokens()
    if case.optimizer in ("muon", "lbfgs"):
        return how, {"model": deep()}, vectors()
    return how, {"model": small()}, vectors()


def drawn(case: Case, folder: Path) -> Project:
    """Give the project of a recipe."""
    folder.mkdir(exist_ok=True)
    project = EXAMPLES[case.subject](folder)
    loop = project.plan.loop
    for name, value in {**LOOP, **case.loop}.items():
        loop = loop.with_parameter(name, value)
    return replace(project, plan=replace(project.plan, loop=loop))


def training(case: Case, folder: Path, files: Path) -> Iterator[Event]:
    """Train, from where it was killed: as a person starts it, or with data that lies on the disk."""
    state, _ = read_state(folder)
    if case.subject in EXAMPLES:
        project = drawn(case, files / case.subject)
        if case.workers is None:
            new = state is None
            return run(project, run_dir=folder if new else None, resume=None if new else folder)
        how, models, data = project.plan, networks(project, 0), load(project.plan.data)
    else:
        how, models, data = network(case)
    if case.workers is not None:
        data = left_on_disk(data)
        how = replace(how, loop=how.loop.with_parameter("workers", case.workers))
    named: dict[str, Any] = {"choices": ONE, "report_seconds": 0.0, "keeper": Folder(folder)}
    return engine.run(how, models, data, state=state, **named)


def together(cases: list[Case], folder: Path, files: Path, told: int) -> None:
    """Train all that is not done yet, an event of each in turn; tell each by a byte."""
    under_way: dict[str, Iterator[Event]] = {}
    for case in cases:
        own = folder / case.name
        if not (own / "done").exists():
            under_way[case.name] = training(case, own, files)
    while under_way:
        for name, events in list(under_way.items()):
            event = next(events, None)
            if isinstance(event, Failed):
                raise SystemExit(f"{name}: {event.message}\n{event.details}")
            if event is None:
                (folder / name / "done").touch()
                del under_way[name]
            os.write(told, b".")


# -- kills -------------------------------------------------------------------------------------------------


def child(cases: list[Case], folder: Path, files: Path, instant: int | None, moment: float) -> bool:
    """Train in a child; kill it soon after so many events. Gives whether it was killed."""
    for case in cases:
        (folder / case.name).mkdir(exist_ok=True)
    reading, told = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        # A group of its own: whoever reads ahead for it goes with it.
        os.setpgid(0, 0)
        try:
            together(cases, folder, files, told)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001  # a child that returned would go on as its parent
            print(error, file=sys.stderr)
            os._exit(1)
    os.close(told)
    with contextlib.suppress(OSError):
        os.setpgid(number, number)  # whoever of both comes first
    if instant is not None:
        left = instant
        while left and (read := len(os.read(reading, left))):
            left -= read
        time.sleep(moment)
        os.killpg(number, signal.SIGKILL)
    while os.read(reading, 4096):
        pass
    _, status = os.waitpid(number, 0)
    os.close(reading)
    assert instant is not None or status == 0
    return os.WIFSIGNALED(status)


def killed(cases: list[Case], kills: int, seed: int) -> dict[str, int]:
    """Kill and resume; gives for each case how often it was hit in the middle of an epoch.

    Raises:
        AssertionError: one has kept something else than a training that was never killed.
    """
    draw = random.Random(seed)
    held = {case.held.name: case.held for case in cases}
    hits = dict.fromkeys((case.name for case in cases), 0)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        whole, cut, files = (Path(place, name) for name in ("whole", "cut", "files"))
        for folder in (whole, cut, files):
            folder.mkdir()
        child(list(held.values()), whole, files, None, 0.0)
        for _ in range(kills):
            # Anywhere: in a step, in the middle of writing, between two renames.
            instant = round(len(cases) * draw.uniform(3.0, 9.0))
            if child(cases, cut, files, instant, draw.random() * 0.02):
                for case in cases:
                    state, _ = read_state(cut / case.name)
                    hits[case.name] += state is not None and bool(state["position"]["seen"])
        child(cases, cut, files, None, 0.0)
        for case in cases:
            expected, found = (kept(whole / case.held.name), kept(cut / case.name))
            assert list(differences(expected, found)) == [], case.name
    return hits


def kept(folder: Path) -> dict[str, Any]:
    """Give all that a training keeps at its end but how long it took."""
    state: Any = read_state(folder)[0]
    assert state is not None
    return {name: value for name, value in state.items() if name != "seconds"}


def differences(a: Any, b: Any, place: str = "") -> Iterator[str]:
    """Name the places where two trees of numbers and tensors differ."""
    if isinstance(a, Mapping) and isinstance(b, Mapping) and a.keys() == b.keys():
        for key in a:
            yield from differences(a[key], b[key], f"{place}/{key}")
    elif isinstance(a, list | tuple) and isinstance(b, list | tuple) and len(a) == len(b):
        for number, pair in enumerate(zip(a, b, strict=True)):
            yield from differences(*pair, f"{place}/{number}")
    elif isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
        if a.dtype != b.dtype or a.shape != b.shape or not torch.equal(a, b):
            yield place
    elif a != b:
        yield f"{place}: {a} {b}"[:200]


def main() -> None:
    """Kill all of them, and tell how often each was hit in the middle of an epoch."""
    torch.set_num_threads(1)
    kills, seed, *names = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
    # Also where the processor only imitates it.
    vars(preparing)["has_bfloat16"] = lambda _device: True
    list(engine.run(plan(epochs=1), small(), vectors(), choices=ONE))  # imports everything once
    cases = few() if names in ([], ["few"]) else everything()
    if names and names[0] not in ("few", "all"):
        cases = [case for case in [*few(), *cases] if case.name in names]
    for name, hits in killed(cases, kills, seed).items():
        print(name, hits, flush=True)


if __name__ == "__main__":
    main()
