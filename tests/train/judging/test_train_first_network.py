"""The wider network of the first lesson tells XOR wholly right, as the lesson says."""

from __future__ import annotations

from pathlib import Path

from studio import api
from studio.cli import settings
from studio.project.file import read
from studio.project.gallery import template
from studio.train.judging.evaluate import evaluate


def test_xor_is_told_wholly_right(tmp_path: Path) -> None:
    file = template("first_network").variant("xor")
    assert file is not None
    project = settings.apply(read(file), ["plan.loop.device=cpu", "plan.loop.threads=1"])
    list(api.train(project, seed=0, run_dir=tmp_path / "run"))
    found = evaluate(tmp_path / "run")
    assert (found.metrics["accuracy"], found.count) == (1.0, 80)
