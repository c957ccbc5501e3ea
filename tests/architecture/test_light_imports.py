"""What must start at once, or without a screen, imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QT = {"PySide6", "pyqtgraph", "qtawesome", "shiboken6"}
ARRAYS = {"numpy", "onnx", "sklearn", "torch", "torchmetrics", "torchvision"}


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [
        ("studio", QT | ARRAYS | {"networkx"}),
        ("studio.__main__", QT | ARRAYS),
        ("studio.graph, studio.blocks, studio.project", QT | ARRAYS),
        ("studio.cli", QT),
        ("studio.api, studio.exchange, studio.train, studio.data, studio.compiler, studio.nn", QT),
    ],
)
def test_importing_brings_nothing_heavy(modules: str, heavy: set[str]) -> None:
    program = f"import sys, {modules}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not heavy & set(done.stdout.split())
