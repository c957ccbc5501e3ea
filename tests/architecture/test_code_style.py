"""The code is formatted, free of lint, and fully typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--output-format=concise"],
        ["ruff", "format", "--check"],
        ["mypy", "--no-error-summary"],
    ],
    ids=" ".join,
)
def test_the_code_passes(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    ("room", "source", "received"),
    [
        ("studio", '"""Add."""\n\ndef add(a: int) -> int:\n    return a\n', "D103"),
        ("studio/ui", '"""Show."""\nfrom os import *\n', "F403"),
        ("studio", '"""Run."""\n\nexec("1")\n', "S102"),
    ],
)
def test_ruff_notices(tmp_path: Path, room: str, source: str, received: str) -> None:
    module = tmp_path / room / "new.py"
    module.parent.mkdir(parents=True)
    module.write_text(source)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    command = [sys.executable, "-m", "ruff", "check", "--output-format=concise", "--no-cache", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert received in done.stdout


def test_mypy_notices(tmp_path: Path) -> None:
    module = tmp_path / "new.py"
    module.write_text("def add(a):\n    return a\n\nx: int = 'text'\n")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(module)]
    done = subprocess.run(
        [*command, f"--cache-dir={tmp_path / 'cache'}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no-untyped-def" in done.stdout
    assert "assignment" in done.stdout
