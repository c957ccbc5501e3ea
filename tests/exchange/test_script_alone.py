"""What a script takes along works where there is no Netwright: worlds to act in, varied pictures, metrics."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch

from studio import api
from studio.exchange import read_weights
from studio.exchange.origin import find_subject
from studio.exchange.outgoing import python
from studio.graph import Value
from studio.project import Choice, LossTerm, Project, edits
from studio.train import Failed
from tests.train.recipe_examples import OUT, Blocks, drawn, entry, linear, planned, supervised

ALONE = (
    "import runpy, sys; sys.modules['studio'] = None; "
    "sys.argv = ['train.py', *sys.argv[1:]]; runpy.run_path('train.py', run_name='__main__')"
)


def alone(project: Project, folder: Path, steps: int) -> str:
    """Train, and train again by the script in a process of its own; the weights must be the same.

    Gives what it tells.
    """
    events = list(api.train(project, device="cpu", seed=3, max_steps=steps, run_dir=folder / "run"))
    assert not [event for event in events if isinstance(event, Failed)], events[-1]
    subject, _ = find_subject(project, None, None, folder / "run")
    (folder / "out").mkdir()
    for name, content in python.make(subject, "out").items():
        (folder / "out" / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE, "--steps", str(steps)],
        cwd=folder / "out",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for which in ("last", "best"):
        theirs = torch.load(folder / "out" / f"{which}.pt", weights_only=True)
        ours = read_weights(folder / "run" / f"{which}.safetensors")
        assert set(theirs) == set(ours)
        assert [name for name, value in ours.items() if not torch.equal(theirs[name], value)] == []
    return done.stdout


def test_a_pole_is_balanced_without_netwright(tmp_path: Path) -> None:
    body: Blocks = (entry(4), linear(16), ("tanh", {}))
    project = drawn(("actor", (*body, linear(2), OUT)), ("critic", (*body, linear(1), OUT)))
    values: Mapping[str, Value] = {"environments": 2, "horizon": 16, "passes": 2}
    pole = Choice("cartpole", {"steps": 64, "check_episodes": 3, "test_episodes": 4, "limit": 40})
    project = planned(project, "ppo", {"policy": "actor", "value": "critic"}, values, pole, epochs=2)
    told = alone(project, tmp_path, 100)
    assert "epoch 2/2  loss" in told
    assert "val_return" in told
    assert "test  return" in told


def test_pictures_are_varied_without_netwright(tmp_path: Path) -> None:
    body: Blocks = (
        ("conv2d", {"out_channels": 4, "stride": 4}),
        ("relu", {}),
        ("flatten", {}),
        linear(10),
        OUT,
    )
    project = drawn(("main", (entry(1, 28, 28), *body)))
    settings: Mapping[str, Value] = {"flip": "both", "crop": 2, "rotate": 20.0, "zoom": 0.3, "jitter": 0.3}
    digits = Choice("digits", {"validation": 0.3, "test": 0.5, "erase": 0.5, **settings})
    project = planned(project, "supervised", {"model": "main"}, data=digits, epochs=2, batch_size=64)
    plan = replace(project.plan, losses=(LossTerm(Choice("cross_entropy")),))
    told = alone(edits.set_plan(project, plan), tmp_path, 100)
    assert "epoch 2/2" in told


def test_metrics_are_measured_without_netwright(tmp_path: Path) -> None:
    project = supervised(tmp_path)
    metrics = (Choice("accuracy"), Choice("f1"))
    project = edits.set_plan(project, replace(project.plan, metrics=metrics))
    told = alone(project, tmp_path, 100)
    assert "val_f1" in told
    assert "test  loss" in told
