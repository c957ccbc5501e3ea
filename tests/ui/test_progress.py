"""How far a run is, in words: by epoch and in all, and what is done before its first step."""

from __future__ import annotations

import pytest

from studio.graph import Message
from studio.ui.learning.progress import Progress


def test_the_time_left_is_told_by_epoch_and_by_run() -> None:
    # One epoch and a half of four: 62.5 s for the other 2.5 epochs are 12.5 s for the half.
    now = Progress("running", 2, 4, 1.5 / 4, 62.5, 1000.0)
    assert now.seconds_left_in_epoch == pytest.approx(12.5)
    assert now.long() == "Epoch 2 of 4 · 12 s left in it, 1 min 2 s in all · 1 k samples/s"
    assert Progress("running", 1, 1, 0.5, 10.0, 1000.0).long() == "Epoch 1 of 1 · 10 s left · 1 k samples/s"
    assert Progress("running", 4, 4, 1.0, 0.0, 1000.0).seconds_left_in_epoch is None
    assert Progress("paused", 2, 4, 0.4, 60.0, None).long() == "Epoch 2 of 4 · paused"


def test_what_is_done_before_the_first_step_is_told() -> None:
    assert Progress("running", 0, 0, 0.0, None, None).short() == "Preparing…"
    reading = Progress("running", 0, 0, 0.42, None, None, (Message("Reading {count} files", count=3), 0.42))
    assert reading.ever_shorter() == ("Reading 3 files 42%", "Reading 3 files", "Preparing…")
    assert reading.long() == "Reading 3 files 42%"
