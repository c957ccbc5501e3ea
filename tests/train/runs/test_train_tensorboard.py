"""A training writes a log for TensorBoard where asked for, whole after a resume, or says what lacks."""

from __future__ import annotations

import builtins
import warnings
from pathlib import Path
from typing import Any

import pytest

from studio.train import RunStore, TrainError, Warned, run
from studio.train.runs.deleting import TENSORBOARD
from tests.train.projects import done, wine

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def read(folder: Path) -> dict[str, list[tuple[int, float]]]:
    found = EventAccumulator(str(folder / TENSORBOARD), size_guidance={"scalars": 0})
    found.Reload()
    return {tag: [(one.step, one.value) for one in found.Scalars(tag)] for tag in found.Tags()["scalars"]}


def test_the_log_says_what_the_run_says_also_after_a_resume(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "one"
    project = wine(epochs=2, tensorboard=True, checkpoint_seconds=0)
    done(list(run(project, run_dir=folder, max_steps=3)))
    checkpoint = (folder / "state.pt").read_bytes()
    done(list(run(project, resume=folder, max_steps=5)))
    (folder / "state.pt").write_bytes(checkpoint)  # as if it had been killed before the next one
    done(list(run(project, resume=folder)))
    curves = RunStore.of(folder).metrics(folder)
    found = read(folder)
    for key, tag in (("val_loss", "loss/validation"), ("val_accuracy", "accuracy/validation")):
        steps, values = curves.series(key)
        assert [step for step, _ in found[tag]] == steps.tolist()
        assert [value for _, value in found[tag]] == pytest.approx(values.tolist())
    told = dict(zip(*(side.tolist() for side in curves.series("loss")), strict=True))
    assert found["loss/training"]
    for step, value in found["loss/training"]:
        assert value == pytest.approx(told[step])
    assert [step for step, _ in found["epoch/loss/validation"]] == curves.series("val_loss")[0].tolist()
    assert found["training/lr"][0][1] == pytest.approx(0.001)


def test_without_being_asked_nothing_is_written_and_nothing_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without(monkeypatch)
    done(list(run(wine(epochs=1), run_dir=tmp_path / "runs" / "one")))
    assert not (tmp_path / "runs" / "one" / TENSORBOARD).exists()


def test_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch)
    with pytest.raises(TrainError, match=r"pip install netwright\[tensorboard\]"):
        run(wine(epochs=1, tensorboard=True), run_dir=tmp_path / "runs" / "one")
    assert not (tmp_path / "runs").exists()


def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    there = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if "tensorboard" in name and not name.startswith("studio"):
            raise ImportError(name)
        return there(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)


def test_a_log_that_cannot_be_written_ends_no_training(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "one"
    folder.mkdir(parents=True)
    (folder / TENSORBOARD).write_text("a file where the folder would be")
    events = list(run(wine(epochs=1, tensorboard=True), run_dir=folder))
    assert done(events).reason == "completed"
    (warned,) = (event for event in events if isinstance(event, Warned))
    assert str(warned.message).startswith("The log for TensorBoard cannot be written")
