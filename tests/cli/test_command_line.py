"""The commands as people and scripts call them: results, JSON to the letter, exit codes, one-line errors."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import studio
from studio import api
from studio.blocks import every
from studio.cli import headless_demo, main
from studio.cli.progress import Bar, duration, figures
from studio.cli.table import columns, width
from studio.cli.taking import FORMATS
from studio.exchange import formats, read_weights
from studio.project.file import dumps, read
from studio.train import Control, EpochDone, Finished
from tests.exchange.networks import table

ROOT = Path(__file__).resolve().parents[2]

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command; gives its exit code, standard output and standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def wines(tmp_path: Path) -> Path:
    """A small project that trains in an instant."""
    path = tmp_path / "wines.netwright"
    api.save(table(), path)
    return path


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start the program as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "studio", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


# -- looking -------------------------------------------------------------------------------------------


def test_templates(call: Call) -> None:
    code, out, err = call("templates", "--json")
    assert (code, err) == (0, "")
    rows = {row["id"]: row for row in json.loads(out)}
    assert rows["cnn"] == {
        "id": "cnn",
        "title": "Convolutional network",
        "task": "classification",
        "networks": ["main"],
        "parameters": 421642,
    }
    assert "421,642" in call("templates")[1]
    assert "卷积神经网络" in call("templates", "--lang", "zh_CN")[1]


def test_blocks(call: Call) -> None:
    code, out, _ = call("blocks", "--json")
    assert code == 0
    rows = {row["type"]: row for row in json.loads(out)}
    assert list(rows) == [block.type for block in every()]
    row = rows["conv2d"]
    assert set(row) == {"type", "group", "title", "target", "parameters", "inputs", "outputs"}
    assert (row["target"], row["inputs"], row["outputs"]) == ("torch.nn.Conv2d", ["x"], ["y"])
    assert row["parameters"][1] == {
        "name": "out_channels",
        "kind": "int",
        "default": 32,
        "low": 1,
        "high": None,
        "choices": [],
        "from_input": False,
        "doc": "Number of filters.",
    }
    assert len(call("blocks")[1].splitlines()) == len(rows)


def test_check(call: Call, tmp_path: Path) -> None:
    call("new", "--template", "cnn", "-o", tmp_path / "a.netwright")
    code, out, err = call("check", tmp_path / "a.netwright", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert set(found) == {"networks"}
    network = found["networks"]["main"]
    assert set(network) == {"parameters", "trainable", "multiply_adds", "nodes", "problems"}
    assert (network["parameters"], network["trainable"], network["problems"]) == (421642, 421642, [])
    assert network["nodes"][1] == {
        "id": "conv2d_1",
        "name": "conv1",
        "type": "conv2d",
        "inputs": [["B", 1, 28, 28]],
        "outputs": [["B", 32, 28, 28]],
        "parameters": 320,
        "multiply_adds": 225792,
    }
    assert found == api.check(api.load(tmp_path / "a.netwright")).json()
    assert "main: 421,642 parameters" in call("check", tmp_path / "a.netwright")[1]


def test_check_lists_every_problem_and_fails(call: Call, tmp_path: Path) -> None:
    project = api.new("cnn")
    from studio.project import edits
    from tests.drawing import MAIN

    broken = edits.remove_nodes(project, MAIN, ["flatten_1"])
    broken = edits.set_parameters(broken, MAIN, "conv2d_1", {"out_channels": 0})
    api.save(broken, tmp_path / "a.netwright")
    code, out, _ = call("check", tmp_path / "a.netwright", "--json")
    assert code == 1
    network = json.loads(out)["networks"]["main"]
    assert network["parameters"] is None
    codes = {problem["code"]: problem for problem in network["problems"]}
    assert set(codes) == {"bad_parameter", "missing_input", "unused"}
    assert set(codes["bad_parameter"]) == {
        *("severity", "code", "node", "port", "parameter", "message", "expected", "received", "fixes")
    }
    assert codes["bad_parameter"]["node"] == "conv2d_1"
    code, out, _ = call("check", tmp_path / "a.netwright", "--lang", "zh_CN")
    assert code == 1
    assert "错误" in out


# -- making --------------------------------------------------------------------------------------------


def test_new_is_blank_or_a_template(call: Call, tmp_path: Path) -> None:
    code, out, _ = call("new", "-o", tmp_path / "blank.netwright", "--json")
    assert (code, json.loads(out)) == (0, {"file": str(tmp_path / "blank.netwright")})
    assert read(tmp_path / "blank.netwright") == api.new()
    assert call("new", "--template", "cnn", "-o", tmp_path / "cnn.netwright")[0] == 0
    assert dumps(read(tmp_path / "cnn.netwright")) == dumps(api.new("cnn"))


def test_code(call: Call, wines: Path, tmp_path: Path) -> None:
    code, out, _ = call("code", wines)
    assert code == 0
    assert "class Main(nn.Module):" in out
    code, told, _ = call("code", wines, "-o", tmp_path / "made" / "here", "--json")
    assert (code, json.loads(told)) == (0, {"files": [str(tmp_path / "made" / "here" / "main.py")]})
    assert (tmp_path / "made" / "here" / "main.py").read_text().rstrip() == out.rstrip()
    assert json.loads(call("code", wines, "--json")[1])["files"][0]["name"] == "main.py"


def test_train_evaluate_runs_export(call: Call, wines: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    code, out, err = call(
        "train", wines, "--run-dir", run, "--epochs", 2, "--seed", 4, "--device", "cpu", "--json"
    )
    assert (code, err) == (0, "")
    events = [json.loads(line) for line in out.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "started"
    assert kinds[-1] == "finished"
    assert set(kinds) == {"started", "step", "epoch", "checkpoint", "finished"}
    epochs = [event for event in events if event["event"] == "epoch"]
    assert [event["epoch"] for event in epochs] == [1, 2]
    assert {"loss", "val_loss"} <= set(epochs[0]["metrics"])
    assert {"seconds", "samples_per_second"} <= set(epochs[0])
    assert events[-1]["run"] == str(run)
    assert events[-1]["reason"] == "completed"
    assert events[-1]["best"]["epoch"] in (1, 2)
    code, out, _ = call("evaluate", run, "--json")
    assert code == 0
    assert set(json.loads(out)) == {"metrics"}
    assert "loss" in json.loads(out)["metrics"]
    code, out, _ = call("export", run, "--format", "pt", "-o", tmp_path / "x.pt", "--json")
    report = json.loads(out)
    assert code == 0
    assert set(report) == {"files", "bytes", "max_difference", "checked"}
    assert report["files"] == [str(tmp_path / "x.pt")]
    assert report["max_difference"] == 0.0
    assert {"input", "batch", "max_difference"} == set(report["checked"][0])
    assert len(report["checked"]) == 9
    best = studio.build(read(wines), run=run).state_dict()
    loaded = studio.build(read(wines), weights=tmp_path / "x.pt").state_dict()
    assert all(loaded[name].equal(value) for name, value in best.items())


def test_runs_are_listed_where_they_are_kept(call: Call, wines: Path) -> None:
    assert "No runs yet" in call("runs", wines)[1]
    code, _, _ = call("train", wines, "--max-steps", 2, "--device", "cpu")
    assert code == 0
    rows = json.loads(call("runs", wines, "--json")[1])
    assert len(rows) == 1
    assert rows[0]["status"] == "max_steps"
    assert Path(rows[0]["run"]).parent == wines.parent / "runs"
    assert "max_steps" in call("runs", wines)[1]


def test_train_tells_people_what_happens(call: Call, wines: Path, tmp_path: Path) -> None:
    code, out, err = call("train", wines, "--run-dir", tmp_path / "r", "--device", "cpu")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("Training 307 parameters on 124 samples with ")
    assert any(line.startswith("epoch 1/1  loss ") for line in lines)
    assert "Done: all epochs." in lines
    assert lines[-1] == f"The run is in {tmp_path / 'r'}"


def test_a_training_that_fails_says_why_and_gives_1(call: Call, wines: Path) -> None:
    code, out, err = call("train", wines, "--set", "plan.optimizers.model.lr=1e30", "--epochs", "50")
    assert code == 1
    assert err.count("\n") == 1
    assert err.startswith("Error: ")
    code, out, err = call(
        "train", wines, "--set", "plan.optimizers.model.lr=1e30", "--epochs", "50", "--json", "--verbose"
    )
    assert code == 1
    assert json.loads(out.splitlines()[-1])["event"] == "failed"


def test_a_run_is_resumed_where_it_stopped(call: Call, wines: Path, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    common = ("--device", "cpu", "--epochs", "2", "--json")
    assert call("train", wines, "--run-dir", whole, *common)[0] == 0
    assert call("train", wines, "--run-dir", parts, "--max-steps", "5", *common)[0] == 0
    code, out, _ = call("train", wines, "--resume", parts, *common)
    assert code == 0
    assert json.loads(out.splitlines()[0])["step"] == 5
    first, second = (read_weights(folder / "last.safetensors") for folder in (whole, parts))
    assert all(second[name].equal(value) for name, value in first.items())


# -- wrong usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["fly"], "There is no command “fly”. There are: templates, new, blocks, check, train, evaluate"),
        (["import", "x"], "There is no command “import”."),
        (["sweep"], "There is no command “sweep”."),
        (["picture"], "There is no command “picture”."),
        (["train"], "FILE is missing."),
        (["new"], "-o FILE is missing."),
        (["new", "--template", "none", "-o", "x"], "There is no template “none”."),
        (["check", "nothing.netwright"], "There is no such file."),
        (["check", "."], "This is a folder, not a file."),
        (["evaluate", "."], "There is no run in"),
        (["export", ".", "--format", "pt", "-o", "x"], "There is no run in"),
        (["export", "FILE", "--format", "word", "-o", "x"], "There is no format “word”."),
        (["export", "FILE", "-o", "x"], "--format FORMAT is missing."),
        (["train", "FILE", "--epochs", "many"], "--epochs takes a whole number of at least 1, not “many”."),
        (["train", "FILE", "--epochs"], "--epochs needs a value."),
        (["train", "FILE", "--quickly"], "“--quickly” is not understood."),
        (["train", "FILE", "--device", "cuda:7"], "There is no device “cuda:7” here."),
        (["train", "FILE", "--resume", "."], "There is no run in"),
        (["train", "FILE", "--resume", ".", "--run-dir", "x"], "A run is resumed in its own folder"),
        (["train", "FILE", "--set", "plan.loop.epoch=3"], "Known paths: plan.loop.epochs"),
        (["train", "FILE", "--set", "plan.loop.epochs"], "sets nothing. Write PATH=VALUE"),
        (["train", "FILE", "--set", "plan.loop.epochs=0"], "Epochs: expected a whole number from 1"),
        (["--lang", "tlh", "templates"], "--lang takes one of en, zh_CN, not “tlh”."),
    ],
)
def test_wrong_usage_is_one_line_and_2(
    arguments: list[str], told: str, call: Call, wines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    code, out, err = call(*(str(wines) if argument == "FILE" else argument for argument in arguments))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("Error: ")
    assert told in err
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"format": "netwright", "version": 999}',
        b'{"format": "netwright", "version": 1, "version": 1}',
        b"[" * 100_000,
    ],
)
def test_an_unreadable_project_is_one_line_and_2(content: bytes, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "x.netwright"
    path.write_bytes(content)
    for command in (["check"], ["train"], ["code"], ["runs"]):
        code, out, err = call(*command, path)
        assert (code, out, err.count("\n")) == (2, "", 1), err
    assert path.read_bytes() == content


def test_an_unknown_block_is_a_problem_and_no_crash(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "x.netwright"
    path.write_text(dumps(api.new("cnn")).replace('"type": "relu"', '"type": "from_the_future"'))
    code, out, _ = call("check", path, "--json")
    assert code == 1
    assert {problem["code"] for problem in json.loads(out)["networks"]["main"]["problems"]} >= {
        "unknown_block"
    }
    code, _, err = call("train", path)
    assert code == 1
    assert "from_the_future" in err
    code, _, err = call("export", path, "--format", "pt", "-o", tmp_path / "x.pt")
    assert code == 1
    assert not (tmp_path / "x.pt").exists()


def test_a_place_that_cannot_be_written_is_told(call: Call, wines: Path, tmp_path: Path) -> None:
    for arguments in (
        ("new", "-o", tmp_path / "gone" / "x.netwright"),
        ("export", wines, "--format", "pt", "-o", tmp_path / "gone" / "x.pt"),
        ("code", wines, "-o", wines / "x"),
    ):
        code, out, err = call(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1), err


def test_control_characters_of_a_file_do_not_reach_the_terminal(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "x.netwright"
    path.write_text(dumps(api.new("cnn")).replace('"name": "conv1"', r'"name": "\u001b[2J\u202econv"'))
    _, out, _ = call("check", path)
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_what_nobody_foresaw_is_one_line_and_the_traceback_is_for_verbose(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_language: str) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("studio.project.gallery.templates", fail)
    code, out, err = call("templates")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "ZeroDivisionError: boom" in err
    assert "Traceback" in call("templates", "--verbose")[2]


# -- help and language ---------------------------------------------------------------------------------


def test_help_names_every_command_and_each_helps_itself(call: Call) -> None:
    from studio.cli.main import COMMANDS

    code, out, _ = call("--help")
    assert code == 0
    assert call()[0] == 2
    for command in COMMANDS:
        assert f"  {command.name} " in out
        code, told, err = call(command.name, "--help")
        assert (code, err) == (0, "")
        assert told.startswith(f"usage: netwright {command.name} ")
    assert call("--version")[1] == f"netwright {studio.__version__}\n"


def test_everything_is_said_in_chinese(call: Call, wines: Path, tmp_path: Path) -> None:
    def letters(text: str) -> list[str]:
        return [
            line for line in text.splitlines() if not any("\u4e00" <= letter <= "\u9fff" for letter in line)
        ]

    assert letters(call("fly", "--lang", "zh_CN")[2]) == []
    assert letters(call("check", "nothing", "--lang=zh_CN")[2]) == []
    assert letters(call("new", "-o", tmp_path / "x.netwright", "--lang", "zh_CN")[1]) == []
    assert (
        letters(call("train", wines, "--device", "cpu", "--run-dir", tmp_path / "r", "--lang", "zh_CN")[1])
        == []
    )
    help_text = call("train", "--help", "--lang", "zh_CN")[1]
    assert "用法： netwright train" in help_text
    assert "全部数据看几轮" in help_text


def test_the_help_names_the_formats_there_are() -> None:
    assert tuple(made.id for made in formats()) == FORMATS


# -- light and interruptible ---------------------------------------------------------------------------

LIGHT = {
    "templates": ["templates"],
    "blocks": ["blocks", "--json"],
    "help": ["--help"],
    "a command's help": ["train", "--help"],
    "new": ["new", "--template", "cnn", "-o", "OUT"],
}


@pytest.mark.parametrize("name", LIGHT)
def test_what_needs_no_torch_does_not_wait_for_it(name: str, tmp_path: Path) -> None:
    arguments = [str(tmp_path / "x.netwright") if word == "OUT" else word for word in LIGHT[name]]
    program = (
        "import sys; from studio.__main__ import main; code = main(sys.argv[1:]); "
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    heavy = {"torch", "numpy", "sklearn", "PySide6", "pyqtgraph", "shiboken6", "safetensors"}
    assert not heavy & set(done.stderr.split())


def test_no_command_brings_qt(wines: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from studio.__main__ import main; code = main(sys.argv[1:]); "
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            program,
            "train",
            str(wines),
            "--max-steps",
            "2",
            "--run-dir",
            str(tmp_path / "r"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "torch" in done.stderr.split()
    assert not {"PySide6", "pyqtgraph", "qtawesome", "shiboken6"} & set(done.stderr.split())


def first_step(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    assert process.stdout is not None
    for line in process.stdout:
        events.append(json.loads(line))
        if events[-1]["event"] == "step":
            break
    return events


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_after_the_step_and_keeps_a_checkpoint(
    number: signal.Signals, wines: Path, tmp_path: Path
) -> None:
    run = tmp_path / "r"
    process = start("train", wines, "--epochs", "100000", "--run-dir", run, "--device", "cpu", "--json")
    first_step(process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    last = json.loads(out.splitlines()[-1])
    assert process.returncode == 130
    assert (last["event"], last["reason"]) == ("finished", "stopped")
    assert err.strip() == "Stopping after this step. Press Ctrl-C again to stop at once."
    assert (run / "state.pt").is_file()
    assert main(["train", str(wines), "--resume", str(run), "--max-steps", str(last["step"] + 1)]) == 0


def test_ctrl_c_twice_stops_at_once(monkeypatch: pytest.MonkeyPatch, wines: Path, tmp_path: Path) -> None:
    """The second one comes while the first still waits for its step."""
    monkeypatch.setattr(Control, "stop", lambda self: None)

    def press() -> None:
        time.sleep(1.0)
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)

    presser = threading.Thread(target=press)
    presser.start()
    begun = time.monotonic()
    code = main(
        ["train", str(wines), "--epochs", "1000000", "--run-dir", str(tmp_path / "r"), "--device", "cpu"]
    )
    presser.join()
    assert code == 130
    assert time.monotonic() - begun < 20
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_reader_that_goes_away_is_no_failure() -> None:
    process = start("blocks", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=60) in (0, 120)
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


# -- the door ------------------------------------------------------------------------------------------


def test_the_python_door(tmp_path: Path) -> None:
    project = studio.new("cnn")
    studio.save(project, tmp_path / "x.netwright")
    assert studio.load(tmp_path / "x.netwright") == project
    assert sum(weight.numel() for weight in studio.build(project).parameters()) == 421642
    assert studio.check(project).ok
    report = studio.export(project, "safetensors", tmp_path / "x.safetensors")
    assert report.max_difference == 0.0


def test_train_is_a_function_and_a_room_whichever_came_first(tmp_path: Path) -> None:
    assert importlib.import_module("studio.train").EpochDone is EpochDone
    for index in range(2):
        folder = tmp_path / str(index)
        events = list(studio.train(table(), device="cpu", max_steps=1, run_dir=folder))
        assert isinstance(events[-1], Finished)
    program = (
        "import studio, sys; from studio import train; assert callable(train) and callable(studio.train); "
        "import studio.train; assert callable(studio.train)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_fresh_weights_differ_each_time_unless_a_seed_is_given() -> None:
    project = table()
    first, second = (studio.build(project).state_dict()["fc1.weight"] for _ in range(2))
    assert not first.equal(second)
    first, second = (api.build(project, seed=3).state_dict()["fc1.weight"] for _ in range(2))
    assert first.equal(second)


# -- the main job --------------------------------------------------------------------------------------


def test_the_headless_demonstration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless_demo([str(tmp_path / "out"), "--epochs", "1"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert any(line.startswith("epoch 1/1  loss ") and "accuracy" in line for line in lines)
    assert any(line.startswith("on the test samples:  loss ") for line in lines)
    for name in ("safetensors", "pt", "python", "onnx"):
        assert any(line.startswith(f"{name}: checked with 9 batches") for line in lines)
    assert lines[-1] == f"The files are in {tmp_path / 'out'}"
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {"cnn.netwright", "cnn.safetensors", "cnn.pt", "cnn", "cnn.onnx", "runs"}


# -- small things --------------------------------------------------------------------------------------


def test_columns_count_chinese_letters_twice() -> None:
    assert width("卷积 a") == 6
    assert columns([("a", "1"), ("卷积", "22")], right=(1,)) == ["a      1", "卷积  22"]
    assert columns([]) == []


def test_figures_and_times_as_people_write_them() -> None:
    assert figures({"loss": 0.123456, "val_accuracy": 0.98765}) == "loss 0.1235  val_accuracy 98.77%"
    assert [duration(seconds) for seconds in (0, 61, 3725)] == ["0:00", "1:01", "1:02:05"]


def test_a_bar_is_drawn_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Bar().draw(0.5, "half")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = Bar()
    bar.draw(0.5, "half")
    assert "━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  50%  half" in capsys.readouterr().err
    bar.clear()
    assert capsys.readouterr().err == "\r\033[2K"
