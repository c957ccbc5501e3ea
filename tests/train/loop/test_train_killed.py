"""A training that is killed at random instants, and resumed each time, has the bits of one never killed.

Each optimizer, each precision and each recipe, with samples in the memory, read by the training itself, and
read ahead by two processes. All that goes together, and more kills: `python -m tests.train.killing 50 1 all`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.train.killing import few

KILLS = 2


def test_every_way_to_train_survives_kills_to_the_bit() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.train.killing", str(KILLS), "0"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        timeout=480,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    hits = {name: int(count) for name, count in (line.rsplit(" ", 1) for line in done.stdout.splitlines())}
    assert hits.keys() == {case.name for case in few()}
    # A kill may come just between two epochs, or when a short one is done.
    assert sum(hit > 0 for hit in hits.values()) > 0.8 * len(hits)
