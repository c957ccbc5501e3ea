"""Kills a training at random instants, resumes it, and compares its weights with those of one never killed.

    python -m tests.train.killing KILLS SEED VARIANT...

Run in a process of its own: it forks children, which have everything imported already.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from studio.data import Dataset, Preprocessing, Split
from studio.data.augmentation import Augmentation
from studio.data.dataset import Sample
from studio.graph import Message
from studio.train import Failed
from studio.train.loop import engine
from studio.train.runs.checkpoint import read_state
from tests.train.by_hand import VALUES, Deep, deep, tokens
from tests.train.plain import ONE, Folder, plan, small, vectors

EPOCHS = 6

VARIANTS: Mapping[str, dict[str, Any]] = {
    "sgd": {"optimizer": "sgd", "schedule": ("cosine_lr", {})},
    "adam": {"optimizer": "adam"},
    "rmsprop": {"optimizer": "rmsprop"},
    "adafactor": {"optimizer": "adafactor"},
    "lbfgs": {"optimizer": "lbfgs", "optimizer_values": VALUES["lbfgs"]},
    "muon": {"optimizer": "muon"},
    "sparse_adam": {"optimizer": "sparse_adam"},
    "bfloat16": {"precision": "bfloat16", "clip_norm": 0.1},
    "float16": {"precision": "float16"},
    "mixed": {"accumulate": 2, "ema": 0.9, "validate_every": 3, "mixup": 0.2},
    "read by itself": {"workers": 0},
    "read ahead": {"workers": 2},
}


class Numbers:
    """Vectors that are read while they are needed."""

    def __init__(self, values: torch.Tensor) -> None:
        self.values = values

    def read(self, place: int) -> Sample:
        return Sample({"x": self.values[place]}, {})

    def take(self, places: Any) -> Numbers:
        return Numbers(self.values[torch.as_tensor(places)])


def made(variant: str) -> tuple[Any, nn.Module, Dataset]:
    """Give the plan, a fresh network and the data of a variant."""
    values = dict(VARIANTS[variant])
    how = plan(values.pop("optimizer", "adam"), epochs=EPOCHS, checkpoint_seconds=0.0, **values)
    if variant == "sparse_adam":
        return how, deep(tokens=True), tokens()
    if variant in ("muon", "lbfgs"):
        return how, deep(), vectors()
    if variant.startswith("read"):
        return how, pictures(), streamed()
    return how, small(), vectors()


def pictures() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), Deep(3))


def streamed() -> Dataset:
    values = torch.rand(50, 1, 2, 3, generator=torch.Generator().manual_seed(0))
    target = torch.arange(50) % 3
    stands = torch.zeros(()).expand(50, 1, 2, 3)
    train = Split({"x": stands}, {"target": target}, Numbers(values))
    rest = Split({"x": values[:10]}, {"target": target[:10]})
    return Dataset(train, rest, rest, "classification", ("a", "b", "c"), Preprocessing("image", (1, 2, 3)),
                   Message("read"), augmentation=Augmentation(flip="horizontal", jitter=0.1))  # fmt: skip


def train(variant: str, folder: Path, told: int | None) -> None:
    """Train, from a checkpoint where there is one; tell each event by a byte."""
    how, model, data = made(variant)
    state, _ = read_state(folder)
    named: dict[str, Any] = {"choices": ONE, "report_seconds": 0.0, "keeper": Folder(folder), "state": state}
    for event in engine.run(how, model, data, **named):
        if isinstance(event, Failed):
            raise SystemExit(f"{event.message}\n{event.details}")
        if told is not None:
            os.write(told, b".")
    torch.save(model.state_dict(), folder / "done.pt")


def child(variant: str, folder: Path, instant: int | None, moment: float) -> bool:
    """Train in a child; kill it soon after so many events. Gives whether it was killed."""
    reading, told = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        # A group of its own: whoever reads ahead for it goes with it.
        os.setpgid(0, 0)
        try:
            train(variant, folder, told)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001  # a child that returned would go on as its parent
            print(variant, error, file=sys.stderr)
            os._exit(1)
    os.close(told)
    with contextlib.suppress(OSError):
        os.setpgid(number, number)  # whoever of both comes first
    for _ in range(instant or 0):
        os.read(reading, 1)
    if instant is not None:
        time.sleep(moment)
        os.killpg(number, signal.SIGKILL)
    while os.read(reading, 4096):
        pass
    _, status = os.waitpid(number, 0)
    os.close(reading)
    assert instant is not None or status == 0, variant
    return os.WIFSIGNALED(status)


def killed(variant: str, kills: int, seed: int) -> int:
    """Kill and resume; gives how many kills hit.

    Raises:
        AssertionError: the weights are others than those of a training that was never killed.
    """
    draw = random.Random(f"{seed} {variant}")
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        child(variant, Path(one), None, 0.0)
        hit = 0
        for _ in range(kills):
            # Anywhere: in a step, in the middle of writing, between two renames.
            hit += child(variant, Path(other), draw.randrange(1, 40), draw.random() * 0.02)
        child(variant, Path(other), None, 0.0)
        expected, found = (torch.load(Path(folder) / "done.pt", weights_only=True) for folder in (one, other))
    assert [name for name, value in expected.items() if not torch.equal(value, found[name])] == [], variant
    return hit


def main() -> None:
    """Kill each variant, and tell how often."""
    torch.set_num_threads(1)
    kills, seed = int(sys.argv[1]), int(sys.argv[2])
    from studio.train.runs import preparing

    # Also where the processor only imitates it.
    vars(preparing)["has_bfloat16"] = lambda _device: True
    list(engine.run(plan(epochs=1), small(), vectors(), choices=ONE))  # imports everything once
    for variant in sys.argv[3:] or VARIANTS:
        print(variant, killed(variant, kills, seed), flush=True)


if __name__ == "__main__":
    main()
