"""The source passes a strict type checker: of every block, composite, template and of larger networks."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from studio.blocks import every
from studio.compiler import source
from studio.compiler.example import drawing
from studio.project import Project
from studio.project.file import read
from studio.project.gallery import TEMPLATES
from studio.project.library import shipped
from tests.torchvision_models import mobilenet_v2, resnet18

ROOT = Path(__file__).resolve().parents[2]


def projects() -> Iterator[tuple[str, Project]]:
    """Give what is written, by the name of a module."""
    yield from (("resnet18", resnet18()), ("mobilenet_v2", mobilenet_v2()))
    yield from ((f"composite_{one.file.stem}", one.project) for one in shipped())
    yield from (
        (f"template_{file.parent.name}", read(file)) for file in TEMPLATES.glob("*/project.netwright")
    )
    yield from ((f"block_{one.type}", drawing(one)) for one in every() if one.call != "none")


def test_the_source_is_typed_as_strictly_as_can_be(tmp_path: Path) -> None:
    count = 0
    for name, project in projects():
        for network in project.networks:
            file = tmp_path / f"{re.sub(r'[^a-z0-9]', '_', f'{name}_{network}')}.py"
            file.write_text(source(project, network), "utf-8")
            count += 1
    assert count > 200
    command = ["mypy", "--strict", "--config-file=", f"--cache-dir={ROOT / '.mypy_cache' / 'written'}"]
    done = subprocess.run(
        [sys.executable, "-m", *command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout == f"Success: no issues found in {count} source files\n", done.stdout + done.stderr
