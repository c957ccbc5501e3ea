"""torchvision works beside a CPU build of torch, and only one module brings it in."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from studio.train.plans import calls

STUDIO = Path(__file__).parents[2] / "studio"


def test_torchvision_and_torchmetrics_work_in_a_fresh_process() -> None:
    code = (
        "from studio.data.vision import torchvision\n"
        "assert torchvision() is torchvision()\n"
        "import torch\n"
        "from torchvision.transforms import v2\n"
        "from torchvision.models import resnet18\n"
        "from torchmetrics.classification import MulticlassAccuracy\n"
        "assert v2.Resize(8)(torch.zeros(3, 16, 16)).shape == (3, 8, 8)\n"
        "assert resnet18()(torch.zeros(1, 3, 64, 64)).shape == (1, 1000)\n"
        "print('fine')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=STUDIO.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("fine\n", "")


def test_only_one_module_imports_torchvision_before_it_is_ready() -> None:
    pattern = re.compile(r"^\s*(?:import|from)\s+(torchvision|torchmetrics)\b", re.MULTILINE)
    for path in STUDIO.rglob("*.py"):
        text = path.read_text("utf-8")
        for found in pattern.finditer(text):
            before = text[: found.start()]
            assert before.rfind("torchvision()") > before.rfind("\ndef "), f"{path}: {found[0]}"


def test_a_metric_of_the_catalogue_is_found_only_once_torchvision_is_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(calls, "torchvision", lambda: asked.append("torchvision"))

    def import_(name: str) -> object:
        asked.append(name)
        return pytest

    monkeypatch.setattr(calls, "importlib", SimpleNamespace(import_module=import_))
    assert calls.found("torchmetrics.classification.raises") is pytest.raises
    assert asked == ["torchvision", "torchmetrics.classification"]
