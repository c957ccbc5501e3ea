"""What makes no sense or cannot be read is one line in the reader's language, and changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import studio
from studio import api
from studio.cli.taking import FORMATS
from studio.exchange import formats
from studio.project.file import dumps
from studio.project.process import Process, start_of
from studio.train import TrainError

Call = Callable[..., tuple[int, str, str]]


# -- wrong usage -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["fly"], "There is no command “fly”. There are: templates, new, blocks, check, devices, train"),
        (["import", "x"], "There is no command “import”."),
        (["explode"], "There is no command “explode”."),
        (["draw"], "There is no command “draw”."),
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
        (["train", "FILE", "--set", "plan.loop.epoch=3"], "Did you mean plan.loop.epochs?"),
        (["train", "FILE", "--set", "plan.loop.epochs"], "sets nothing. Write PATH=VALUE"),
        (["train", "FILE", "--set", "plan.loop.epochs=0"], "Epochs: expected a whole number from 1"),
        (["train", "FILE", "--json=3"], "--json takes no value. See: netwright train --help"),
        (["train", "FILE", "--run-dir", "FILE"], "is no folder, so no run can be kept in it."),
        (["train", "FILE", "--resume", ".", "--seed", "1"], "A run goes on with the seed that it began with"),
        (["train", "FILE", "--epochs", "99999999"], "Epochs: expected a whole number from 1 to 1000000"),
        (["train", "FILE", "--run-dir", ""], "--run-dir needs a value."),
        (["train", "FILE", "--resume="], "--resume needs a value."),
        (["train", "FILE", "--set", ""], "--set needs a value."),
        (["export", "FILE", "--format", "pt", "-o", ""], "-o/--output needs a value."),
        (["new", "-o", ""], "-o/--output needs a value."),
        (["check", ""], "FILE is missing."),
        (["export", "FILE", "--format", "pt", "-o", "FILE"], "is the project itself. Choose another name."),
        (["help", "fly"], "There is no command “fly”."),
        ([], "Say what to do: netwright COMMAND. See: netwright --help"),
        (["check", "--", "--json"], "“--json”: There is no such file."),
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


def test_a_folder_that_holds_a_run_takes_no_other(call: Call, wines: Path, tmp_path: Path) -> None:
    common = ("--device", "cpu", "--max-steps", "1")
    assert call("train", wines, "--run-dir", tmp_path / "r", *common)[0] == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()}
    for more in ((), ("--json",)):
        code, out, err = call("train", wines, "--run-dir", tmp_path / "r", *common, *more)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"There is a run already in {tmp_path / 'r'}. Choose another folder." in err
    assert {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()} == before


def test_a_run_that_was_to_be_kept_somewhere_is_kept_there_or_nowhere(call: Call, wines: Path) -> None:
    """A script looks for it where it said; another place would be found by nobody."""
    code, out, err = call("train", wines, "--run-dir", wines / "x", "--device", "cpu", "--json")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "No run can be kept in" in err
    assert "Not a directory" in err


def test_a_run_that_is_still_going_on_is_not_resumed(call: Call, wines: Path, tmp_path: Path) -> None:
    call("train", wines, "--run-dir", tmp_path / "r", "--device", "cpu", "--max-steps", "1")
    record = json.loads((tmp_path / "r" / "run.json").read_text())
    other = Process(os.getppid(), start_of(os.getppid()) or "")
    record |= {"status": "running", "process": {"pid": other.pid, "started": other.started}}
    (tmp_path / "r" / "run.json").write_text(json.dumps(record))
    code, out, err = call("train", wines, "--resume", tmp_path / "r")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"is still going on (process {other.pid}). Stop it first." in err
    with pytest.raises(TrainError, match="is still going on"):
        api.train(api.load(wines), resume=tmp_path / "r")


def test_new_overwrites_nothing_unless_it_is_told_to(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "我的 网络.netwright"
    path.write_text("what was there")
    code, out, err = call("new", "--template", "cnn", "-o", path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "is already there. Choose another name, or write over it with --force." in err
    assert path.read_text() == "what was there"
    assert "--force" in call("new", "-o", path, "--lang", "zh_CN")[2]
    assert call("new", "--template", "cnn", "-o", path, "--force")[0] == 0
    assert path.read_text() == dumps(api.new("cnn"))
    assert path.with_name("我的 网络.netwright~").read_text() == "what was there"
    assert call("new", "-o", tmp_path, "--force")[0] == 1


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


def test_the_system_s_reasons_are_told_in_the_reader_s_language(
    call: Call, wines: Path, tmp_path: Path
) -> None:
    assert "Not a directory" in call("code", wines, "-o", wines / "x")[2]
    told = call("code", wines, "-o", wines / "x", "--lang", "zh_CN")[2]
    assert told == f"错误：无法创建文件夹 {wines / 'x'}：不是文件夹。\n"
    assert "There is no such file." in call("check", wines / "x")[2]
    assert "There is no run in" in call("evaluate", wines)[2]


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


# -- help and language -----------------------------------------------------------------------------------


def test_help_names_every_command_and_each_helps_itself(call: Call) -> None:
    from studio.cli.main import COMMANDS

    code, out, _ = call("--help")
    assert code == 0
    for command in COMMANDS:
        assert f"  {command.name} " in out
        code, told, err = call(command.name, "--help")
        assert (code, err) == (0, "")
        assert told.startswith(f"usage: netwright {command.name} ")
        assert call("help", command.name) == (0, told, "")
        # A program that asked for JSON gets no text in its place.
        assert call(command.name, "--help", "--json") == (0, "", told)
    assert json.loads(call("--version", "--json")[1]) == {"version": studio.__version__}
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
