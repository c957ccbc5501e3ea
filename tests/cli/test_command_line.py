"""The commands as people and scripts call them: results, JSON to the letter, exit codes."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import studio
from studio import api
from studio.blocks import every
from studio.cli.progress import Bar, duration, figures
from studio.cli.table import columns, width
from studio.exchange import read_weights
from studio.graph import Message
from studio.graph.text import catalogue
from studio.project.file import dumps, read
from studio.train import EpochDone, Finished, RunRecord
from studio.train.runs.words import ENDS, STATES
from tests.exchange.networks import table

ROOT = Path(__file__).resolve().parents[2]

Call = Callable[..., tuple[int, str, str]]


# -- looking ---------------------------------------------------------------------------------------------


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


# -- making ----------------------------------------------------------------------------------------------


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
    assert {"loss", "mean_f1", "roc_area", "calibration_error"} <= set(json.loads(out)["metrics"])
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
    head, row = call("runs", wines)[1].splitlines()
    assert head.split() == ["Run", "Begun", "State", "Epochs", "Best", "Tags"]
    assert "  Step limit reached  " in row
    assert row.startswith(f"{rows[0]['run']}  ")


def test_runs_in_folders_of_their_own_are_listed_too(
    call: Call, wines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("mine", "else where 别处/run 1"):
        assert call("train", wines, "--run-dir", folder, "--max-steps", 1, "--device", "cpu")[0] == 0
    rows = json.loads(call("runs", wines, "--json")[1])
    assert [row["run"] for row in rows] == [str(tmp_path / "else where 别处/run 1"), str(tmp_path / "mine")]
    shown = [line.split("  ")[0] for line in call("runs", wines)[1].splitlines()]
    assert shown == ["Run", "else where 别处/run 1", "mine"]
    monkeypatch.chdir("/")
    assert (
        call("runs", wines)[1]
        .splitlines()[1]
        .startswith(f"{tmp_path / 'else where 别处/run 1'}  ".lstrip("/"))
    )
    # Another project of the same folder has none of them.
    call("new", "--template", "cnn", "-o", tmp_path / "cnn.netwright")
    assert call("runs", tmp_path / "cnn.netwright", "--json")[1] == "[]\n"


@pytest.mark.parametrize(
    ("status", "english", "chinese"),
    [
        ("running", "Running", "进行中"),
        ("interrupted", "Interrupted", "已中断"),
        ("completed", "Completed", "已完成"),
        ("stopped", "Stopped", "已停止"),
        ("patience", "Ended early", "提前结束"),
        ("max_steps", "Step limit reached", "已达步数上限"),
        ("failed", "Failed", "失败"),
        ("from the future", "from the future", "from the future"),
    ],
)
def test_a_run_s_state_is_told_in_words_to_people_and_as_it_is_to_programs(
    status: str, english: str, chinese: str, call: Call, wines: Path
) -> None:
    RunRecord(wines.parent / "runs" / "a", 1.0, 2.0, status, "cpu", 0).folder.mkdir(parents=True)
    RunRecord(wines.parent / "runs" / "a", 1.0, 2.0, status, "cpu", 0).write()
    assert f"  {english}  " in call("runs", wines)[1]
    told = call("runs", wines, "--lang", "zh_CN")[1]
    assert told.splitlines()[0].split() == ["训练", "开始时间", "状态", "轮数", "最佳", "标签"]
    assert f"  {chinese}  " in told
    for language in ("en", "zh_CN"):
        rows = json.loads(call("runs", wines, "--json", "--lang", language)[1])
        assert [row["status"] for row in rows] == [status]


def test_every_state_and_end_of_a_run_has_its_words() -> None:
    """What the trainer can say of a run, the table of words knows."""
    ends = {"completed", "stopped", "patience", "max_steps"}
    assert set(ENDS) == ends
    assert set(STATES) == {*ends, "running", "interrupted", "failed", "pruned"}
    assert {*ENDS.values(), *STATES.values()} <= {Message(text) for text in catalogue("zh_CN")}


def test_train_tells_people_what_happens(call: Call, wines: Path, tmp_path: Path) -> None:
    code, out, err = call("train", wines, "--run-dir", tmp_path / "r", "--device", "cpu")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("Training 307 parameters on 124 samples with ")
    assert any(line.startswith("epoch 1/1  loss ") for line in lines)
    assert "Trained to the end." in lines
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
    # Its own plan is gone on with, not that of the file: two epochs without saying so again.
    code, out, _ = call("train", wines, "--resume", parts, "--json")
    assert code == 0
    assert (json.loads(out.splitlines()[0])["step"], json.loads(out.splitlines()[0])["epochs"]) == (5, 2)
    first, second = (read_weights(folder / "last.safetensors") for folder in (whole, parts))
    assert all(second[name].equal(value) for name, value in first.items())


def test_everything_that_can_be_set_is_listed(call: Call, wines: Path) -> None:
    code, out, err = call("train", wines, "--set", "plan.loop.epochs=7", "--set", "help")
    assert (code, err) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert rows["plan.loop.batch_size"] == "16"
    assert rows["plan.optimizers.model"] == "adam"
    assert rows["networks.main.fc1.out_features"] == "16"
    assert rows["plan.loop.epochs"] == "7"
    told = [json.loads(line) for line in call("train", wines, "--set", "help", "--json")[1].splitlines()]
    assert {"path": "plan.loop.batch_size", "value": "16"} in told
    assert len(told) == len(rows)
    masks = call("train", wines, "--set", "plan.data=image_masks", "--set", "help")[1]
    assert "\nplan.data.masks " in masks


# -- the door --------------------------------------------------------------------------------------------


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


# -- small things ----------------------------------------------------------------------------------------


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
