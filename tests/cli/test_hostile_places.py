"""The real program where things go wrong: pipes that close, disks that are full, odd names, damaged files."""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from studio import api
from studio.train import EpochDone
from studio.train.metrics import MetricLog
from studio.train.runs.keeping import RunKeeper
from studio.train.runs.record import read_record
from tests.exchange.networks import table

Call = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[2]


class Bomb:
    """Runs a command when it is unpickled."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self.proof}'",)


def program(
    *arguments: object,
    cwd: Path,
    out: object = subprocess.PIPE,
    largest_file: int | None = None,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell does."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    done: subprocess.CompletedProcess[str] = subprocess.run(
        [sys.executable, "-m", "studio", *(os.fsencode(str(each)) for each in arguments)],
        cwd=cwd,
        stdout=out,  # type: ignore[call-overload]  # PIPE or a file
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **(variables or {})},
        preexec_fn=limit,
        check=False,
    )
    return done


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a project whose name is as people choose names."""
    folder = tmp_path / "my work 我的"
    folder.mkdir()
    api.save(table(), folder / "酒 wines.netwright")
    return folder


NAME = "酒 wines.netwright"


# -- the output ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("templates", "--json"),
        ("train", NAME, "--device", "cpu", "--json", "--run-dir", "r"),
    ],
)
def test_an_output_that_is_full_is_told_in_one_line(arguments: tuple[str, ...], here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = program(*arguments, cwd=here, out=full)
    assert done.returncode == 1
    assert done.stderr == "Error: The output cannot be written: No space left on device.\n"


def test_a_training_whose_reader_goes_away_stops_and_keeps_what_it_learned(here: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "studio", "train", NAME, "--epochs", "100000", "--run-dir", "r", "--json"],
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())["event"] == "started"
    process.stdout.close()
    assert process.wait(timeout=60) == 130
    assert process.stderr.read() == "Nobody reads the output any more, so the training was stopped.\n"
    process.stderr.close()
    assert read_record(here / "r").status == "stopped"
    assert (here / "r" / "state.pt").is_file()


def test_a_terminal_that_is_closed_ends_a_training_as_ctrl_c_does_unless_nohup_was_asked_for(
    here: Path,
) -> None:
    for wanted, before in ((130, ""), (0, "trap '' HUP; ")):
        shutil.rmtree(here / "r", ignore_errors=True)
        command = f"{before}exec '{sys.executable}' -m studio train '{NAME}' --epochs 60 --run-dir r --json"
        process = subprocess.Popen(
            ["sh", "-c", command],
            cwd=here,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "step":
                break
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate(timeout=120)
        assert process.returncode == wanted
        assert json.loads(out.splitlines()[-1])["reason"] == ("stopped" if wanted else "completed")


def test_an_output_that_knows_no_chinese_is_still_written(here: Path) -> None:
    done = program("check", NAME, "--lang", "zh_CN", cwd=here, variables={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    done = program(
        "new", "-o", "新 网络.netwright", "--json", cwd=here, variables={"PYTHONIOENCODING": "ascii"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert json.loads(done.stdout) == {"file": "新 网络.netwright"}


# -- the names -----------------------------------------------------------------------------------------


def test_names_that_are_no_text_reach_the_end(here: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.netwright")
    done = program("new", "--template", "cnn", "-o", name, "--json", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["file"] == name
    done = program("check", name, cwd=here)
    assert (done.returncode, done.stderr) == (0, "")


def test_everything_is_done_with_names_as_people_choose_them(
    here: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = program("train", NAME, "--run-dir", "第 1 次", "--device", "cpu", "--lang", "zh_CN", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith("第 1 次")
    monkeypatch.chdir(here)
    code, out, err = call("export", "第 1 次", "--format", "python", "-o", "出 口", "--json")
    assert (code, err) == (0, "")
    assert all((here / name).is_file() for name in json.loads(out)["files"])
    rows = json.loads(call("runs", NAME, "--json")[1])
    assert [row["run"] for row in rows] == [str(here / "第 1 次")]


# -- the disk ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "--template", "cnn", "-o", "x.netwright"),
        ("code", NAME, "-o", "x"),
        ("export", NAME, "--format", "safetensors", "-o", "x.safetensors"),
    ],
)
def test_a_full_disk_is_told_in_one_line_and_nothing_is_left(arguments: tuple[str, ...], here: Path) -> None:
    done = program(*arguments, cwd=here, largest_file=500)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert done.stderr.startswith("Error: There is no space left in ")
    assert {path.name for path in here.rglob("*")} <= {NAME, "x"}


def test_a_training_whose_weights_found_no_room_has_failed(here: Path) -> None:
    done = program("train", NAME, "--run-dir", "r", "--device", "cpu", "--json", cwd=here, largest_file=5000)
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[-1])["event"] == "finished"
    assert done.stderr.splitlines()[-1] == f"Error: What was learned could not be kept in {here / 'r'}."


# -- the input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["bomb", "cut"])
def test_a_damaged_run_is_unreadable_input_in_one_line_and_runs_nothing(
    what: str, here: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here)
    assert call("train", NAME, "--run-dir", "r", "--device", "cpu")[0] == 0
    proof = here / "it_ran"
    for path in (here / "r").glob("*"):
        if path.suffix in (".pt", ".safetensors", ".pt~"):
            content = path.read_bytes()
            path.write_bytes(content[:1000] if what == "cut" else pickle.dumps(Bomb(proof)))
    before = {path.name: path.read_bytes() for path in (here / "r").iterdir()}
    for command in (("evaluate", "r"), ("export", "r", "--format", "pt", "-o", "x.pt", "--json")):
        code, out, err = call(*command)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert "is damaged or holds no weights" in err
    done = program("train", NAME, "--resume", "r", "--max-steps", "99", cwd=here)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "is damaged, so the run cannot be resumed" in done.stderr
    assert not proof.exists()
    assert {path.name: path.read_bytes() for path in (here / "r").iterdir()} == before


def test_figures_that_are_no_numbers_end_no_training(tmp_path: Path) -> None:
    """A metric of few samples can be none; the record of a run is JSON, which knows no such number."""
    list(api.train(table(), device="cpu", max_steps=1, run_dir=tmp_path / "r"))
    record = read_record(tmp_path / "r")
    keeper = RunKeeper(record, MetricLog())
    epoch = EpochDone(1, 1, 8, {"loss": 0.5, "val_r2": float("nan")}, 1.0, 9.0, best=True)
    assert list(keeper.watched((each for each in [epoch]), (), lambda failed: failed)) == [epoch]
    keeper.record.write()
    assert read_record(tmp_path / "r").best == {"epoch": 1, "step": 8, "loss": 0.5, "val_r2": None}
