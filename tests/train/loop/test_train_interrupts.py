"""Ctrl-C and a kill early in a run: what was computed is kept, or it is said that nothing was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import torch
from torch import nn

from studio.train import Control, Started, StepDone, load_run, run
from studio.train.loop import engine
from studio.train.loop.interrupts import held_back
from studio.train.runs.checkpoint import read_state
from tests.train.plain import ONE, Folder, copied, plan, same, small, trained, vectors
from tests.train.projects import done, wine

ROOT = Path(__file__).resolve().parents[3]


class Pressed(nn.Module):
    """Has Ctrl-C pressed in the middle of one forward of the training."""

    def __init__(self, at: int, times: int = 1) -> None:
        super().__init__()
        self.at, self.times, self.count = at, times, 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.count += self.training
        if self.training and self.count == self.at:
            for _ in range(self.times):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.01)
        return x


def pressed(at: int, times: int = 1) -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(6, 8), Pressed(at, times), nn.BatchNorm1d(8), nn.Dropout(), nn.Linear(8, 3)
    )


def test_ctrl_c_in_the_middle_of_a_step_keeps_the_whole_step(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    how = plan(epochs=3, checkpoint_seconds=3600.0)
    with pytest.raises(KeyboardInterrupt):
        trained(how, pressed(5), vectors(), keeper=keeper)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert keeper.state()["position"] == {"epoch": 0, "seen": 40, "step": 5}
    whole, resumed = pressed(0), pressed(0)
    trained(how, whole, vectors())
    trained(how, resumed, vectors(), state=keeper.state())
    assert same(copied(whole), copied(resumed))


def test_pressed_twice_it_comes_at_once(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        trained(plan(), pressed(9, times=2), vectors(), keeper=keeper)
    # In the middle of a step, of which nothing is kept: only the epoch before is.
    assert keeper.state()["position"] == {"epoch": 1, "seen": 0, "step": 7}


def test_ctrl_c_while_it_pauses_ends_it_too(tmp_path: Path) -> None:
    control, keeper = Control(), Folder(tmp_path)

    def press() -> None:
        assert control.wait_until_resting(10)
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()

    def train() -> None:
        for event in engine.run(
            plan(), small(), vectors(), choices=ONE, report_seconds=0.0, control=control, keeper=keeper
        ):
            if isinstance(event, StepDone) and event.step == 3:
                control.pause()

    with pytest.raises(KeyboardInterrupt):
        train()
    presser.join()
    assert keeper.state()["position"]["step"] == 3


def test_who_listens_to_ctrl_c_alone_goes_on_listening() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    control = Control()
    try:
        with held_back(control):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == [signal.SIGINT]
    assert not control.asked


PROGRAM = """
import sys
import studio
from tests.train.projects import wine

for event in studio.train(wine(epochs=1_000_000), run_dir=sys.argv[1]):
    print(event.json()["event"], flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_program_that_is_ended_in_its_first_seconds_leaves_a_checkpoint(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "a")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "checkpoint":
            break
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode != 0
    assert ("KeyboardInterrupt" in said) == (number == signal.SIGINT)
    state, note = read_state(tmp_path / "a")
    assert note is None
    assert state is not None
    assert state["position"]["epoch"] >= 1
    record = load_run(tmp_path / "a")
    assert record.status == ("stopped" if number == signal.SIGINT else "interrupted")
    steps = state["position"]["step"] + 2
    assert done(list(run(record.project(), resume=record, max_steps=steps))).step == steps


def test_a_resume_without_a_checkpoint_says_that_it_begins_anew(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    events = iter(run(wine(), run_dir=folder))
    assert isinstance(next(events), Started)
    events.close()  # type: ignore[attr-defined]  # a generator
    for left in ("state.pt", "last.safetensors"):
        (folder / left).unlink(missing_ok=True)
    started = next(iter(run(wine(), resume=folder)))
    assert isinstance(started, Started)
    assert started.step == 0
    assert "no checkpoint" in str(started.choices[-1])
    assert "begins again at its first step" in str(started.choices[-1])
