"""Training with custom blocks: as fast an end and as clear a sentence as for any other block."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from studio.compiler import custom
from studio.project import GraphRef, Project
from studio.project.trust import trust
from studio.train import Background, Failed, Finished, run
from studio.train.runs.background import PATIENCE_SECONDS
from tests import drawing
from tests.coded import FAILING_LINE, GATE, RETURN, SWISH, failing, with_code

MAIN = GraphRef("network", "main")


@pytest.fixture(autouse=True)
def unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust nothing before and after each test."""
    monkeypatch.setattr(trust, "_file", tmp_path / "trusted")
    trust.forget()
    yield
    trust.forget()


def digits(gate: str = GATE) -> tuple[Project, list[str]]:
    """Draw a network for the handwritten digits."""
    return drawing.chain(
        ("input", {"shape": (1, 28, 28)}),
        ("flatten", {}),
        ("linear", {"out_features": 16}),
        ("custom.Gate", {"features": 16}),
        ("custom.swish", {}),
        ("linear", {"out_features": 10}),
        ("output", {}),
        project=with_code(Gate=gate, swish=SWISH),
    )


def test_a_network_with_code_trains(tmp_path: Path) -> None:
    project, _ = digits()
    trust.trust(project.custom)
    events = list(run(project, run_dir=tmp_path / "run", seed=0, max_steps=12, device="cpu"))
    assert isinstance(events[-1], Finished)
    assert events[-1].step == 12


def test_untrusted_code_does_not_train(tmp_path: Path) -> None:
    project, _ = digits()
    failed = list(run(project, run_dir=tmp_path / "run", max_steps=1, device="cpu"))[-1]
    assert isinstance(failed, Failed)
    assert "may not run yet" in str(failed.message)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raise KeyError('late')", "KeyError: 'late'"),
        ("raise SystemExit(1)", "asked the program to end"),
        ("return self.fc(x[:, :3])", "RuntimeError"),
    ],
)
def test_what_code_raises_while_training_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    late = GATE.replace(RETURN, f"        if x.device.type != 'meta':\n            {line}\n{RETURN}")
    project, ids = digits(late)
    trust.trust(project.custom)
    failed = list(run(project, run_dir=tmp_path / "run", max_steps=3, device="cpu"))[-1]
    assert isinstance(failed, Failed)
    assert str(failed.message).startswith(f"Line {FAILING_LINE + 1} of “Gate”")
    assert said in str(failed.message)
    assert (failed.graph, failed.node) == (MAIN, ids[3])


def test_stop_ends_code_that_goes_round_for_ever(tmp_path: Path) -> None:
    project, _ = digits(failing("while x.device.type != 'meta': pass"))
    trust.trust(project.custom)
    threads = torch.get_num_threads()
    training = Background(project, run_dir=tmp_path / "run", device="cpu", seed=0)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not custom.at_work(training._thread.ident or 0):
        time.sleep(0.05)
    began = time.monotonic()
    training.control.stop()
    over = training.join(PATIENCE_SECONDS + 2.5)
    while not training.join(0.1):  # else a failing test would never end
        custom.interrupt(training._thread.ident or 0, custom.TookTooLong)
    assert over
    assert time.monotonic() - began < 5
    failed = training.take_events()[-1]
    assert isinstance(failed, Failed)
    assert str(failed.message) == (
        f"The code of “Gate” went on after the training was stopped; it was ended at line {FAILING_LINE}."
    )
    assert torch.get_num_threads() == threads
