"""Without a screen from nothing to a model that strangers run: new, check, train, evaluate, export."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from studio import api
from studio.cli import main

ROOT = Path(__file__).resolve().parents[2]

STRANGER = """
import sys
sys.modules["studio"] = None  # whoever tries to import Netwright fails
assert not any("studio" in str(place) for place in sys.path[:1])
import torch
inputs = torch.load("../inputs.pt", weights_only=True)
{lines}
torch.save([run(each) for each in inputs], "../outputs.pt")
assert not any(name.startswith("studio.") for name in sys.modules)
"""

SOURCE = """
sys.path.insert(0, "net")
from model import Main
model = Main()
"""

WAYS = {
    "safetensors": SOURCE
    + """
from safetensors.torch import load_model
load_model(model, "net.safetensors")
run = torch.no_grad()(model.eval())
""",
    "pt": SOURCE
    + """
held = torch.load("net.pt", weights_only=True)
model.load_state_dict(held["state_dict"])
assert held["classes"] == [str(digit) for digit in range(10)]
assert held["preprocessing"]["kind"] == "image"
run = torch.no_grad()(model.eval())
""",
    "python": SOURCE
    + """
model.load_state_dict(torch.load("net/weights.pt", weights_only=True)["state_dict"])
run = torch.no_grad()(model.eval())
""",
    "pt2": """
run = torch.export.load("net.pt2").module()
""",
    "onnx": """
import onnxruntime
session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
run = lambda x: torch.from_numpy(session.run(None, {"x": x.numpy()})[0])
""",
}
"""Format to the lines that a stranger writes to run it."""


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Go the way of the command line; gives the folder with what came of it, and the live model's outputs."""
    place = tmp_path_factory.mktemp("journey")

    def netwright(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "studio", *arguments],
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    netwright("new", "--template", "cnn", "-o", "cnn.netwright")
    checked = json.loads(netwright("check", "cnn.netwright", "--json"))
    assert checked["networks"]["main"]["parameters"] == 421_642
    told = netwright(
        *("train", "cnn.netwright", "--run-dir", "run", "--epochs", "1", "--max-steps", "20", "--seed", "5"),
        *("--device", "cpu", "--json"),
    )
    events = [json.loads(line) for line in told.splitlines()]
    assert events[-1]["event"] == "finished"
    assert events[-1]["best"]["val_loss"] < 2.3
    metrics = json.loads(netwright("evaluate", "run", "--json"))["metrics"]
    assert metrics["accuracy"] > 0.5
    (place / "out").mkdir()
    for way in WAYS:
        target = place / "out" / ("net" if way == "python" else f"net.{way}")
        assert main(["export", str(place / "run"), "--format", way, "-o", str(target)]) == 0
    model = api.build(api.load(place / "cnn.netwright"), run=place / "run").eval()
    inputs = [
        torch.randn(batch, 1, 28, 28, generator=torch.Generator().manual_seed(batch)) for batch in (1, 3, 8)
    ]
    torch.save(inputs, place / "inputs.pt")
    with torch.no_grad():
        torch.save([model(each) for each in inputs], place / "expected.pt")
    return place


@pytest.mark.parametrize("way", WAYS)
def test_a_stranger_gets_the_same_outputs(way: str, journey: Path) -> None:
    script = journey / f"{way}.py"
    script.write_text(STRANGER.replace("{lines}", WAYS[way]))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", str(script)],
        cwd=journey / "out",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    expected = torch.load(journey / "expected.pt", weights_only=True)
    received = torch.load(journey / "outputs.pt", weights_only=True)
    (journey / "outputs.pt").unlink()
    for ours, theirs in zip(expected, received, strict=True):
        if way == "onnx":
            torch.testing.assert_close(theirs, ours, rtol=1e-4, atol=1e-5)
        else:
            assert torch.equal(theirs, ours)


def test_the_files_name_no_netwright_and_no_place_of_this_machine(journey: Path) -> None:
    for path in (journey / "out" / "net").glob("*.py"):
        text = path.read_text("utf-8")
        assert "import studio" not in text
        assert "from studio" not in text
        assert str(journey) not in text
