"""Two processes that train together give what one gives, and only the first of them writes and speaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from studio.project import Choice, edits
from studio.project import file as project_file
from studio.train import load_run, run
from studio.train.machine.processes import Processes
from tests.drawing import MAIN
from tests.train.projects import done, wine, with_plan
from tests.train.recipe_examples import OUT, Blocks, arrays, drawn, entry, linear, planned

ROOT = Path(__file__).resolve().parents[3]


def test_the_shares_of_a_batch_are_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for rank in range(3):
        one = Processes.__new__(Processes)
        one.rank, one.count = rank, 3
        found.append([one.part(batch, (10, 34)) for batch in ((10, 30), (30, 32), (32, 34))])
    spans = [[part[0] for part in parts] for parts in found]
    assert spans == [
        [(10, 17), (30, 31), (32, 33)],
        [(17, 24), (31, 32), (33, 34)],
        [(24, 30), (30, 31), (32, 33)],
    ]
    assert [part[1] for part in found[2]] == [6, 0, 0]
    # The weights of all samples of a step are equal, whoever has them.
    assert [part[2].share * 24 / 3 for parts in found for part in parts] == [7, 1, 1, 7, 1, 1, 6, 0, 0]
    assert [part[2].last for part in found[0]] == [False, False, True]


COUPLE = """
import json, os, socket, sys
from studio.cli.main import main
# Once for all:
import sklearn.datasets, torch._dynamo, torch.distributed.fsdp, torch.distributed.tensor
import studio.train.loop.measures, studio.train.runs.session
studio.train.loop.measures.torchvision()
import torchmetrics.classification

for arguments in json.loads(sys.argv[1]):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    children = []
    for rank in range(2):
        child = os.fork()
        if child == 0:
            os.environ |= {
                "RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2",
                "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port),
            }
            code = main(arguments)
            sys.stdout.flush()
            os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0, 0], codes
"""


def couple(*runs: list[str]) -> str:
    """Do commands in two processes each, as torchrun would start them."""
    done = subprocess.run(
        [sys.executable, "-c", COUPLE, json.dumps(runs)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_processes_find_the_weights_of_one(tmp_path: Path) -> None:
    project = wine(epochs=2, batch_size=25, accumulate=2, clip_norm=1.0, ema=0.5)
    # Dropout draws apart in each process.
    project = edits.set_parameters(project, MAIN, "dropout_1", {"p": 0.0})
    project = with_plan(project, optimizers={"model": Choice("adam", {"lr": 0.01})})
    # Two networks that learn from one loss: their gradients are added up by hand.
    points = torch.rand(50, 2, generator=torch.Generator().manual_seed(0))
    data = arrays(tmp_path, x=points, target=torch.arange(50) % 2)
    blocks: Blocks = (entry(2), linear(8), ("tanh", {}), linear(2), OUT)
    roles = {"encoder": "writer", "decoder": "reader"}
    both = planned(
        drawn(*((name, blocks) for name in roles.values())),
        "autoencoder",
        roles,
        {"kind": "plain"},
        data,
        batch_size=7,
        accumulate=2,
        clip_norm=0.5,
        epochs=2,
    )
    both = with_plan(both, optimizers={role: Choice("sgd", {"lr": 0.5}) for role in roles})
    files = {"ddp": project, "fsdp": project, "hand": both}
    runs: list[list[str]] = []
    for kind, one in files.items():
        file = tmp_path / f"{kind}.netwright"
        project_file.write(one, file)
        parallel = "ddp" if kind == "hand" else kind
        train = ["train", str(file), "--device", "cpu", "--set", f"plan.loop.parallel={parallel}"]
        runs += [
            [*train, "--run-dir", str(tmp_path / kind), "--max-steps", "3"],
            ["train", str(file), "--device", "cpu", "--resume", str(tmp_path / kind), "--json"],
        ]
    told = couple(*runs)
    assert told.count("Processes: 2, each with its share of every batch of 25") == 4
    assert told.count('"event": "finished"') == 3
    assert told.count("DistributedDataParallel") == told.count("FSDP2") == 2
    assert told.count("Gradients: averaged after each network has learned") == 2
    # The first step of a run is looked at beforehand by all of them, and one says so.
    assert told.count("Before the first step: the loss is") == 2
    done(list(run(project, run_dir=tmp_path / "one")))
    done(list(run(both, run_dir=tmp_path / "alone")))
    for kind, one in files.items():
        expected = load_run(tmp_path / ("alone" if kind == "hand" else "one"))
        found = load_run(tmp_path / kind)
        assert (found.status, found.step, found.epochs) == (expected.status, expected.step, expected.epochs)
        assert expected.best is not None
        assert found.best is not None
        assert dict(found.best) == pytest.approx(dict(expected.best), abs=1e-4)
        for network in set(one.plan.networks.values()):
            weights = found.weights("last", network)
            for name, value in expected.weights("last", network).items():
                assert torch.allclose(value, weights[name], atol=1e-4), (kind, network, name)
