"""A sweep trains, judges, prunes and ends; stopped or killed, it goes on as if nothing had happened."""

from __future__ import annotations

import builtins
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.graph.text import translator
from studio.project import Project
from studio.project import file as project_file
from studio.project.sweeps import SweepPlan, variable
from studio.train import Control, EpochDone, RunStore, TrainError, runs_of
from studio.train.sweeps.search import hopeless, importance
from studio.train.sweeps.state import STATE, Sweep, Trial, read, sweeps_of
from studio.train.sweeps.sweep import SweepDone, TrialBegun, TrialDone, resume, sweep
from tests.train.projects import wine

LR, WIDE, KIND = "plan.optimizers.model.lr", "networks.main.fc1.out_features", "plan.optimizers.model"


def planned(project: Project, *vary: str, **how: Any) -> SweepPlan:
    return SweepPlan(tuple(variable(project, text) for text in vary), **{"trials": 6, **how})


def last(events: Iterator[object]) -> SweepDone:
    *_, end = events
    assert isinstance(end, SweepDone)
    return end


def told(found: Sweep) -> list[tuple[object, ...]]:
    return [(dict(one.values), one.state, one.value, dict(one.figures), one.reason) for one in found.trials]


def test_a_sweep_finds_the_best_and_every_trial_is_a_run(tmp_path: Path) -> None:
    project, file = wine(epochs=2), tmp_path / "net.netwright"
    plan = planned(project, f"{LR}=1e-6,0.02", f"{WIDE}=2,24", method="grid", trials=0)
    events = list(sweep(project, plan, file=file))
    end = events[-1]
    assert isinstance(end, SweepDone)
    assert [type(one).__name__ for one in events if isinstance(one, (TrialBegun, TrialDone, SweepDone))] == [
        *["TrialBegun", "TrialDone"] * 4,
        "SweepDone",
    ]
    assert (end.reason, end.sweep.over, len(end.sweep.trials)) == ("completed", True, 4)
    best = end.sweep.best
    assert best is not None
    assert dict(best.values) == {LR: "0.02", WIDE: "24"}
    runs = {run.folder: run for run in runs_of(file)}
    said = RunStore(tmp_path / "runs").said()
    for trial in end.sweep.trials:
        run = runs[trial.run]
        assert (run.status, run.epochs, list(trial.figures)) == ("completed", 2, [1, 2])
        assert trial.value == min(trial.figures.values()) == (run.best or {})["val_loss"]
        assert said[trial.run.name].tags == (end.sweep.name,)
        kept = project_file.read(trial.run / "project.netwright")
        (fc1,) = (node for node in kept.networks["main"].nodes.values() if node.name == "fc1")
        assert str(fc1.parameters["out_features"]) == trial.values[WIDE]
    assert [told(found) for found in sweeps_of(file)] == [told(end.sweep)]
    assert [found.best and found.best.number for found in sweeps_of(file)] == [best.number]
    shares = importance(plan, end.sweep.trials)
    assert shares.keys() == {LR, WIDE}
    assert sum(shares.values()) == pytest.approx(1)
    with pytest.raises(TrainError, match="came to its end"):
        resume(end.sweep.folder)


def test_stopped_in_the_middle_it_goes_on_as_if_never_stopped(tmp_path: Path) -> None:
    project = wine(epochs=3)
    plan = planned(project, f"{LR}=1e-4..0.1:log", f"{KIND}=adam,sgd", method="bayes", prune=True)
    whole = last(sweep(project, plan, folder=tmp_path / "a" / "runs" / "sweeps" / "s"))
    control, folder = Control(), tmp_path / "b" / "runs" / "sweeps" / "s"
    epochs = 0
    for event in sweep(project, plan, folder=folder, file=tmp_path / "b" / "x", control=control):
        epochs += isinstance(event, EpochDone)
        if epochs == 8:
            control.stop()
    assert isinstance(event, SweepDone)
    assert (event.reason, event.sweep.over, event.sweep.trials[-1].state) == ("stopped", False, "running")
    assert len(event.sweep.trials) == 3
    # Noted just before the power went, behind the last checkpoint: it is not taken for true.
    event.sweep.note(3, 9, -99.0)
    again = last(resume(folder))
    assert again.reason == "completed"
    there = [run.folder for run in RunStore(tmp_path / "b" / "runs").runs()]
    assert sorted(there) == sorted(trial.run for trial in again.sweep.trials), (
        "each went on in its own folder"
    )
    assert told(again.sweep) == told(whole.sweep) == told(read(folder))
    assert len({str(trial.values) for trial in whole.sweep.trials}) == 6, "no values are drawn twice"


KILLED = """
import sys
from pathlib import Path
from studio.train.sweeps.sweep import sweep
from tests.train.sweeps.test_train_sweep import LR, planned, wine
project = wine(epochs=8, checkpoint_seconds=0.05)
plan = planned(project, f"{LR}=1e-4..0.1:log", trials=2)
for _ in sweep(project, plan, folder=Path(sys.argv[1]), file=Path(sys.argv[2])):
    pass
"""


def test_killed_in_the_middle_of_a_trial_it_goes_on(tmp_path: Path) -> None:
    project = wine(epochs=8, checkpoint_seconds=0.05)
    plan = planned(project, f"{LR}=1e-4..0.1:log", trials=2)
    folder = tmp_path / "b" / "runs" / "sweeps" / "s"
    root = Path(__file__).resolve().parents[3]
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "b" / "x")],
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    until = time.monotonic() + 120
    while not ((folder / "epochs.txt").is_file() and "\n2 3 " in (folder / "epochs.txt").read_text()):
        assert time.monotonic() < until
        assert child.poll() is None, "it ended before it could be killed"
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()
    left = read(folder)
    assert not left.going_on
    assert [trial.state for trial in left.trials] == ["done", "running"]
    again = last(resume(folder))
    whole = last(sweep(project, plan, folder=tmp_path / "a" / "runs" / "sweeps" / "s"))
    assert told(again.sweep) == told(whole.sweep)
    assert [trial.state for trial in again.sweep.trials] == ["done"] * 2


def test_a_trial_that_cannot_be_is_left_behind_and_a_hopeless_sweep_ends(tmp_path: Path) -> None:
    project = wine(epochs=1)
    plan = planned(project, f"{WIDE}=2147483647,4", method="grid", trials=0)
    end = last(sweep(project, plan, folder=tmp_path / "runs" / "sweeps" / "s"))
    assert [trial.state for trial in end.sweep.trials] == ["failed", "done"]
    why = end.sweep.trials[0].reason
    assert why is not None
    assert why == read(end.sweep.folder).trials[0].reason, "kept in parts, to be said in any language"
    assert why.render(translator("zh_CN")) != str(why)
    assert end.reason == "completed"
    plan = planned(project, f"{LR}=0.1..0.2", metric="val_nothing", trials=9)
    end = last(sweep(project, plan, folder=tmp_path / "runs" / "sweeps" / "t"))
    assert (end.reason, len(end.sweep.trials), end.sweep.best) == ("failed", 3, None)
    why = end.sweep.trials[0].reason
    assert why is not None
    assert str(why).startswith("There is no figure “val_nothing”. There are: loss,")
    assert end.sweep.trials[0].json(translator("zh_CN"))["reason"].startswith("没有指标“val_nothing”")


def test_a_training_is_pruned_by_the_figures_of_those_before_it(tmp_path: Path) -> None:
    project = wine(epochs=4)
    rates = "0.02,0.021,0.022,0.023,0.000001"
    plan = planned(project, f"{LR}={rates}", method="grid", trials=0, prune=True)
    file = tmp_path / "net.netwright"
    end = last(sweep(project, plan, file=file))
    assert [trial.state for trial in end.sweep.trials] == ["done"] * 4 + ["pruned"]
    assert list(end.sweep.trials[4].figures) == [1, 2]
    assert {run.folder: run.status for run in runs_of(file)}[end.sweep.trials[4].run] == "pruned"
    done = end.sweep.trials[:4]
    worse = Trial(5, {LR: "0.02"}, tmp_path, figures={1: 99.0, 2: 99.0})
    assert hopeless(plan, done, worse)
    assert not hopeless(plan, done, dataclasses.replace(worse, figures={1: 0.0, 2: 0.0}))
    assert not hopeless(plan, done[:3], worse)
    assert not hopeless(dataclasses.replace(plan, prune=False), done, worse)


def test_time_is_a_budget(tmp_path: Path) -> None:
    project = wine(epochs=1)
    plan = planned(project, f"{LR}=0.1..0.2", trials=0, seconds=0.001)
    end = last(sweep(project, plan, folder=tmp_path / "runs" / "sweeps" / "s"))
    assert (end.reason, len(end.sweep.trials)) == ("completed", 1)


def test_without_optuna_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name == "optuna":
            raise ImportError(name)
        return there(name, *rest, **more)

    project = wine(epochs=1)
    monkeypatch.setattr(builtins, "__import__", absent)
    plan = planned(project, f"{LR}=0.1..0.2", method="bayes")
    with pytest.raises(TrainError, match=r"pip install netwright\[sweep\]"):
        sweep(project, plan, folder=tmp_path / "s")
    assert not (tmp_path / "s").exists()
    chance = dataclasses.replace(plan, method="random", trials=1)
    assert last(sweep(project, chance, folder=tmp_path / "s")).reason == "completed"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}', "null"])
def test_a_damaged_sweep_is_told_and_left_out(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "sweeps" / "s"
    project = wine(epochs=1)
    last(sweep(project, planned(project, f"{LR}=0.1,0.2", trials=1), folder=folder, file=tmp_path / "x"))
    kept = json.loads((folder / STATE).read_text())
    assert kept["trials"][0]["trial"] == 1
    (folder / STATE).write_text(damage)
    with pytest.raises(TrainError, match="is damaged"):
        read(folder)
    assert sweeps_of(tmp_path / "x") == ()
    with pytest.raises(TrainError, match="There is no sweep in"):
        read(tmp_path)
