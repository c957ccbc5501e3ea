"""A sweep without a screen: its rows, its refusals, its end; and runs with what was changed and said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.train import RunStore
from tests.cli.conftest import Call

RATE = "plan.optimizers.model.lr"


def test_a_sweep_tells_its_trials_and_runs_what_was_changed(call: Call, wines: Path) -> None:
    vary = ["--vary", f"{RATE}=0.000001,0.02", "--method", "grid"]
    code, out, _ = call("sweep", wines, *vary, "--json", "--set", "plan.loop.batch_size=16")
    rows = json.loads(out)
    assert code == 0
    assert [(row["trial"], row["values"], row["state"]) for row in rows] == [
        (1, {RATE: "0.000001"}, "done"),
        (2, {RATE: "0.02"}, "done"),
    ]
    assert rows[1]["value"] < rows[0]["value"]
    folder = Path(rows[1]["run"])
    RunStore.of(folder).say(folder, notes="the better one")
    code, out, _ = call("runs", wines, "--json")
    newest, first = json.loads(out)
    assert (newest["run"], newest["notes"]) == (str(folder), "the better one")
    assert newest["changes"] == ["Optimizer · Learning rate 1e-06 → 0.02"]
    assert first["changes"] is None
    assert newest["tags"] == first["tags"]
    assert call("runs", wines)[1].splitlines()[1].endswith(newest["tags"][0])
    (sweep,) = (wines.parent / "runs" / "sweeps").iterdir()
    code, _, err = call("sweep", wines, "--resume", sweep)
    assert (code, err) == (1, "Error: The sweep came to its end. Begin another one.\n")


def test_a_sweep_says_its_best_to_a_person(call: Call, wines: Path) -> None:
    code, out, err = call("sweep", wines, "--vary", f"{RATE}=0.01..0.02", "--trials", 2, "--lang", "zh_CN")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("试验 1/2  lr=")
    assert lines[-1].startswith("共 2 次试验")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Say what to vary"),
        (["--vary", "zzz=1,2"], "There is nothing to set at “zzz”"),
        (["--vary", f"{RATE}=2..1"], "is no range"),
        (["--vary", f"{RATE}=1..2", "--method", "best"], "--method takes one of grid, random, bayes"),
        (["--vary", f"{RATE}=1..2", "--trials", "0"], "--trials takes a whole number of at least 1"),
        (["--vary", f"{RATE}=1..2", "--device", "abacus"], "abacus"),
        (["--resume", "nowhere"], "There is no sweep in nowhere"),
        (["--resume", "nowhere", "--vary", f"{RATE}=1,2"], "leave out --vary, --set and --epochs"),
    ],
)
def test_wrong_usage_is_told_in_a_line(call: Call, wines: Path, arguments: list[str], told: str) -> None:
    code, out, err = call("sweep", wines, *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
