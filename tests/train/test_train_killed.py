"""A training that is killed at random instants, and resumed each time, has the bits of one never killed.

Many more kills: `python -m tests.train.killing 200 1`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.train.killing import VARIANTS

KILLS = 2


def test_every_way_to_train_survives_kills_to_the_bit() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.train.killing", str(KILLS), "0"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=240,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    hits = {name: int(count) for name, count in (line.rsplit(" ", 1) for line in done.stdout.splitlines())}
    assert hits.keys() == VARIANTS.keys()
    # A run may end before it is killed for the last time; most are hit.
    assert sum(hits.values()) > len(VARIANTS)
