"""A network that does not fit into the memory is refused before it is made, at its largest block."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.data.memory import Memory
from studio.project import Choice, Project, edits
from studio.train import Failed, run
from studio.train.machine import fitting
from tests import drawing


def wide() -> tuple[Project, str]:
    """Give a network of about a million weights, and its largest block."""
    project, ids = drawing.chain(
        ("input", {"shape": (1, 28, 28)}),
        ("flatten", {}),
        ("linear", {"out_features": 1280}),
        ("linear", {"out_features": 10}),
        ("output", {}),
    )
    return edits.set_loop(project, "epochs", 1), ids[2]


WEIGHTS = 784 * 1280 + 1280 + 1280 * 10 + 10


@pytest.mark.parametrize(
    ("optimizer", "copies"),
    [
        # The weights, the best ones, the gradients; what the optimizer remembers; weights and that once more.
        (Choice("sgd").with_parameter("momentum", 0.0), 2 + 1 + 0 + 1),
        (Choice("sgd").with_parameter("momentum", 0.9), 2 + 1 + 1 + 2),
        (Choice("adam"), 2 + 1 + 2 + 3),
        (Choice("adam").with_parameter("amsgrad", True), 2 + 1 + 3 + 4),
        (Choice("rmsprop"), 2 + 1 + 1 + 2),
    ],
)
def test_what_a_training_takes_is_told_before_anything_is_made(
    optimizer: Choice, copies: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, largest = wide()
    project = edits.set_optimizer(project, "model", optimizer)
    needed = 4 * WEIGHTS * copies
    monkeypatch.setattr(fitting, "memory", lambda: Memory(needed, needed - 1))
    (failed,) = run(project, run_dir=tmp_path / "run", device="cpu")
    assert isinstance(failed, Failed)
    assert failed.node == largest
    megabytes = f"{needed / 1e6:.1f} MB"
    assert str(failed.message) == (
        f"To train this network would take {megabytes} of memory, and {megabytes} are free. "
        "Use smaller sizes, most of all in “fc1”, or close other programs."
    )
    assert not (tmp_path / "run").exists()
    monkeypatch.setattr(fitting, "memory", lambda: Memory(needed, needed))
    begun = run(project, run_dir=tmp_path / "run", device="cpu", max_steps=1)
    assert not isinstance(next(iter(begun)), Failed)


def test_computer_that_hides_its_memory_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "memory", lambda: Memory(None, None))
    begun = run(wide()[0], run_dir=tmp_path / "run", device="cpu", max_steps=1)
    assert not isinstance(next(iter(begun)), Failed)
