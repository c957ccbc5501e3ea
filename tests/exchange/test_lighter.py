"""A trained network becomes lighter, is measured before and after, and saved over nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from studio.cli.main import main
from studio.compiler import build
from studio.exchange import ExchangeError, worker
from studio.exchange.lighter import measuring
from studio.exchange.lighter.lightening import lighten
from studio.exchange.lighter.saving import save
from studio.exchange.lighter.zeroing import zeros
from studio.graph import Message
from studio.project import Project
from studio.project.file import read
from studio.project.lighter import Wish
from studio.train import evaluate, load_run, run
from studio.train.runs.store import runs_of
from studio.train.runs.weights import Given
from tests.exchange.networks import outputs, table


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of two dense layers on the wines."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    list(run(table(), epochs=8, run_dir=folder))
    return folder


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure weights as they are: making and running ONNX takes a process for each file."""
    monkeypatch.setattr(measuring, "can_round", lambda: False)


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the time of few batches: nothing here says how fast it is."""
    monkeypatch.setattr(measuring, "ROUNDS", 2)


def of(folder: Path) -> Project:
    return load_run(folder).project()


@pytest.mark.usefixtures("plain")
def test_zeros_stay_while_it_learns_on_and_when_somebody_goes_on(trained: Path, tmp_path: Path) -> None:
    found = lighten(of(trained), Wish("weights", 0.6, "all", epochs=2, int8=False), run=trained)
    before, after = found.figures.rows
    share = zeros(found.subject.model, found.subject.state())
    assert share == pytest.approx(0.6, abs=0.01)
    assert (found.epochs, before.nonzero - after.nonzero) == (2, int(0.6 * 256))
    assert after.packed < before.packed
    target = tmp_path / "thin.netwright"
    folder = save(found, target)
    weights = load_run(folder).weights()
    learned = build(found.project, seed=0)
    assert zeros(learned, weights) == share
    # Its own further training, with momentum and decay, moves the others only.
    further = tmp_path / "further"
    list(run(read(target), epochs=2, run_dir=further, weights=Given(weights, "thin")))
    list(run(read(target), epochs=3, resume=further))
    moved = load_run(further).weights("last")
    assert zeros(learned, moved) == share
    assert not torch.equal(moved["fc1.weight"], weights["fc1.weight"])


def test_fewer_channels_and_eight_bits_are_measured_and_saved(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing trains beside it here, so that no process of its own is needed.
    monkeypatch.setattr(worker, "make_apart", lambda made, subject, name, _wanted: made.make(subject, name))
    told: list[float] = []

    def progress(_doing: Message, share: float) -> None:
        told.append(share)

    found = lighten(of(trained), Wish("channels", 0.5, epochs=2), run=trained, progress=progress)
    whole, smaller, rounded = found.figures.rows
    assert [row.format for row in found.figures.rows] == ["onnx", "onnx", "onnx-int8"]
    # 13 -> 16 -> 3 with a normalisation; 13 -> 8 -> 3 when half of them are gone.
    assert [row.parameters for row in found.figures.rows] == [307, 155, 155]
    assert [row.multiply_adds for row in found.figures.rows] == [256, 128, 128]
    assert whole.metrics == pytest.approx(evaluate(trained).metrics)
    assert rounded.metrics["loss"] == pytest.approx(smaller.metrics["loss"], abs=0.1)
    assert rounded.torch is None
    assert all(row.runtime for row in found.figures.rows)
    assert told == sorted(told)
    target = tmp_path / "small.netwright"
    folder = save(found, target)
    assert read(target) == found.project
    assert [record.folder for record in runs_of(target)] == [folder]
    assert evaluate(folder).metrics == pytest.approx(smaller.metrics)
    with pytest.raises(ExchangeError, match="already there"):
        save(found, target)


@pytest.mark.usefixtures("plain")
def test_a_stop_ends_it_while_it_learns_on(trained: Path) -> None:
    class StoppedError(Exception):
        """Somebody pressed the button."""

    def progress(doing: Message, share: float) -> None:
        if "Training on" in str(doing) and share > 0.1:
            raise StoppedError

    with pytest.raises(StoppedError):
        lighten(of(trained), Wish("weights", 0.5, epochs=500, int8=False), run=trained, progress=progress)


@pytest.mark.usefixtures("plain")
def test_a_network_that_no_data_is_for_is_measured_without_being_judged() -> None:
    project = outputs()
    found = lighten(project, Wish("weights", 0.5, int8=False), model=build(project, seed=0))
    assert [row.metrics for row in found.figures.rows] == [{}, {}]
    assert any("random numbers" in str(note) for note in found.notes)


@pytest.mark.usefixtures("plain")
def test_the_command_line_does_it(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "thin.netwright"
    given = ["lighten", str(trained), "--weights", "0.5", "-o", str(target)]
    assert main([*given, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["version"] for row in told["versions"]] == ["Before", "50 % of the weights zero"]
    assert Path(told["run"]).parent == tmp_path / "runs"
    assert main(given) == 2
    assert "already there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "Say what makes it lighter"),
        (["--weights", "0.5", "--channels", "0.5"], "not both at once"),
        (["--channels", "1.5"], "--channels takes a number between 0 and 1, not “1.5”"),
        (["--int8", "x.onnx", "-o", "x.netwright"], "alone change no project"),
    ],
)
def test_the_command_line_refuses_what_makes_no_sense(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lighten", "nowhere", *given]) == 2
    assert said in capsys.readouterr().err
