"""Rooms import one way only, and a breach is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = (
    "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True, no_logo=True))"
)

ROOMS = "graph nn blocks project data compiler train exchange ui ui/canvas ui/charts".split()
GOOD = {
    **{f"{room}/__init__.py": "" for room in ROOMS},
    "__init__.py": "import typing\nif typing.TYPE_CHECKING:\n    from studio.api import load\n",
    "nn/layers.py": "import torch\n",
    "data/sources.py": "import numpy, torch, studio.blocks\n",
    "train/loop/engine.py": "import torch, studio.data, studio.compiler\nfrom studio import __version__\n",
    "api.py": "import studio.exchange\n",
    "cli.py": "import studio.api\n",
    "ui/window.py": "import PySide6.QtWidgets, studio.api, studio.train\n",
    "ui/charts/curve.py": "import numpy, pyqtgraph\n",
    "ui/canvas/wires.py": "import numpy\n",
    "__main__.py": "def main():\n    import studio.ui.window\n    import studio.cli\n",
}
"""A house in which everything stands where it should."""


def lint(root: Path) -> tuple[bool, str]:
    """Hold a tree against the contracts in its pyproject.toml; say whether they are kept, and the words."""
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-P", "-c", LINT]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A good house under our contracts, to break something in."""
    for name, source in GOOD.items():
        module = tmp_path / "studio" / name
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(source)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    kept, words = lint(ROOT)
    assert kept, words


def test_a_good_house_keeps_every_contract(house: Path) -> None:
    kept, words = lint(house)
    assert kept, words


@pytest.mark.parametrize(
    ("module", "source", "received"),
    [
        ("graph/new.py", "import torch", "studio.graph is not allowed to import torch"),
        ("project/new.py", "def f():\n    import numpy", "studio.project is not allowed to import numpy"),
        ("blocks/new.py", "import studio.nn.layers", "studio.blocks is not allowed to import torch"),
        ("graph/new.py", "import studio.blocks", "studio.graph is not allowed to import studio.blocks"),
        ("data/new.py", "import studio.compiler", "studio.data is not allowed to import studio.compiler"),
        ("train/new.py", "import studio.exchange", "studio.train is not allowed to import studio.exchange"),
        ("exchange/new.py", "import studio.api", "studio.exchange is not allowed to import studio.api"),
        ("exchange/new.py", "import PySide6.QtCore", "studio.exchange is not allowed to import PySide6"),
        ("ui/new.py", "import torch", "studio.ui is not allowed to import torch"),
        ("ui/new.py", "import numpy", "studio.ui is not allowed to import numpy"),
        ("ui/new.py", "import studio.cli", "studio.ui is not allowed to import studio.cli"),
        ("cli.py", "import studio.ui", "studio.cli is not allowed to import studio.ui"),
        ("__main__.py", "import PySide6", "studio.__main__ is not allowed to import PySide6"),
        ("nn/new.py", "import studio.graph", "studio.nn is not allowed to import studio.graph"),
        ("nn/new.py", "import torchvision", "studio.nn is not allowed to import torchvision"),
        ("helping/__init__.py", "", "- studio.helping"),
        ("helping.py", "", "- studio.helping"),
    ],
)
def test_a_breach_is_noticed(house: Path, module: str, source: str, received: str) -> None:
    breach = house / "studio" / module
    breach.parent.mkdir(exist_ok=True)
    with breach.open("a") as file:
        file.write(f"\n{source}\n")
    kept, words = lint(house)
    assert not kept
    assert received in words
