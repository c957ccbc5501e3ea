"""Trials before a training: they find what they should, end when told, and leave no trace."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from studio.cli.main import main
from studio.project import Choice, edits
from studio.project import file as project_file
from studio.train import Control, Failed, StepDone
from studio.train.trials import find_batch_size
from studio.train.trials.by_heart import ByHeart, overfit_batch
from studio.train.trials.find_batch_size import SizePoint, SizesFound
from studio.train.trials.find_rate import RatePoint, RatesFound, find_rate, suggested_rate
from tests.drawing import MAIN
from tests.train.projects import wine, with_plan


@pytest.fixture(autouse=True)
def undisturbed() -> object:
    """Random numbers of the process, and how it computes, are as they were."""
    torch.manual_seed(5)
    before = torch.get_rng_state(), torch.get_num_threads()
    yield
    assert torch.equal(before[0], torch.get_rng_state())
    assert before[1] == torch.get_num_threads()


def test_a_sound_network_learns_a_batch_by_heart_and_a_stiff_one_does_not() -> None:
    project = with_plan(wine(), optimizers={"model": Choice("adam", {"lr": 0.01})})
    *steps, verdict = overfit_batch(project)
    assert isinstance(verdict, ByHeart)
    assert verdict.learned
    assert verdict.steps == len(steps) < 200
    assert all(isinstance(step, StepDone) for step in steps)
    assert verdict.losses[0] == verdict.first > 3 * verdict.last
    stiff = with_plan(wine(), optimizers={"model": Choice("sgd", {"lr": 0.0})})
    *_, verdict = overfit_batch(stiff, steps=20)
    assert isinstance(verdict, ByHeart)
    assert (verdict.learned, verdict.steps) == (False, 20)
    assert "is not learned by heart" in str(verdict.message)


def test_a_learning_rate_is_found_where_the_loss_falls() -> None:
    control = Control()
    *points, found = find_rate(wine(), control=control)
    assert isinstance(found, RatesFound)
    assert found.points == tuple(points)
    rates = [point.rate for point in points if isinstance(point, RatePoint)]
    assert rates[0] == 1e-7
    assert rates == sorted(rates)
    assert found.suggestion is not None
    assert 1e-4 < found.suggestion < 1
    # The same again, to the bit; and what is stopped gives what it found.
    again = find_rate(wine())
    assert [next(again) for _ in range(5)] == points[:5]
    control.stop()
    # It may be stopped while the data is loading, or after that.
    assert list(find_rate(wine(), control=control, steps=5)) in ([], [RatesFound((), None)])


def test_the_suggestion_lies_down_the_longest_fall() -> None:
    rates = np.logspace(-7, 1, 81).tolist()
    losses = [2.3 - 2 / (1 + np.exp(-3 * (np.log10(rate) + 3))) for rate in rates]
    losses = [loss if rate < 0.1 else 9.0 for rate, loss in zip(rates, losses, strict=True)]
    found = suggested_rate(rates, losses)
    assert found is not None
    assert 1e-4 < found < 0.1
    assert suggested_rate(rates, list(range(81))) is None


def test_batches_double_until_the_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.trials import find_batch_size as finding

    monkeypatch.setattr(finding, "_TIMED", 0.0)
    monkeypatch.setattr(finding, "_timed", lambda _ready, size, _control: (float(size), None))
    *points, found = finding.find_batch_size(wine())
    assert isinstance(found, SizesFound)
    sizes = [point.size for point in points if isinstance(point, SizePoint)]
    assert sizes == [8, 16, 32, 64]
    assert found.suggestion == 64
    assert "no larger batches" in str(found.reason)
    assert all(point.memory for point in points if isinstance(point, SizePoint))

    def full(_ready: object, size: int, _control: object) -> tuple[float, None]:
        if size == 32:
            raise torch.OutOfMemoryError("out of memory")
        return 100.0, None

    monkeypatch.setattr(finding, "_timed", full)
    *points, found = finding.find_batch_size(wine())
    assert isinstance(found, SizesFound)
    assert [found.suggestion, len(points)] == [8, 2]
    assert "memory is not enough for batches of 32" in str(found.reason)
    monkeypatch.setattr(finding, "memory", lambda: finding_memory(4000))
    (found,) = finding.find_batch_size(wine())
    assert isinstance(found, SizesFound)
    assert found.suggestion is None
    assert "4.0 KB are free" in str(found.reason)


def finding_memory(free: int) -> object:
    from studio.data.memory import Memory

    return Memory(1 << 30, free)


def test_what_does_not_fit_is_led_to_its_node() -> None:
    project = edits.set_parameters(wine(), MAIN, "linear_2", {"out_features": 5})
    for trial in (overfit_batch(project), find_rate(project), find_batch_size.find_batch_size(project)):
        (failed,) = trial
        assert isinstance(failed, Failed)
        assert failed.node == "linear_2"


def test_the_command_line_tries(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    file = f"{tmp_path}/wine.netwright"
    project_file.write(wine(), file)
    assert main(["train", file, "--find-rate", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[0]["event"] == "rate"
    assert events[-1]["event"] == "rates"
    assert main(["train", file, "--overfit-batch", "--find-rate"]) == 2
    assert "One trial at a time" in capsys.readouterr().err
    assert main(["train", file, "--overfit-batch", "--run-dir", f"{tmp_path}/a"]) == 2
