"""What a script takes along works where there is no Netwright: worlds to act in, varied pictures, metrics."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import torch

from studio import api
from studio.exchange import read_weights
from studio.exchange.origin import find_subject
from studio.exchange.outgoing import python
from studio.graph import Value
from studio.project import Choice, Project
from studio.train import Failed
from tests.train.recipe_examples import OUT, drawn, entry, linear, planned

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
    body = (entry(4), linear(16), ("tanh", {}))
    project = drawn(("actor", (*body, linear(2), OUT)), ("critic", (*body, linear(1), OUT)))
    values: Mapping[str, Value] = {"environments": 2, "horizon": 16, "passes": 2}
    pole = Choice("cartpole", {"steps": 64, "check_episodes": 3, "test_episodes": 4, "limit": 40})
    project = planned(project, "ppo", {"policy": "actor", "value": "critic"}, values, pole, epochs=2)
    told = alone(project, tmp_path, 100)
    assert "epoch 2/2  loss" in told
    assert "val_return" in told
    assert "test  return" in told
