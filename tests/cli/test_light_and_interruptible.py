"""Commands are quick where they can be, bring no Qt, stop when asked, and do the whole job."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from studio.__main__ import main as program
from studio.cli import headless_demo, main
from studio.train import Control

Call = Callable[..., tuple[int, str, str]]


ROOT = Path(__file__).resolve().parents[2]


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


# -- light and interruptible -----------------------------------------------------------------------------

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


def test_ctrl_c_twice_stops_at_once_and_keeps_a_checkpoint(
    monkeypatch: pytest.MonkeyPatch, wines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
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
    assert (tmp_path / "r" / "state.pt").is_file()
    assert (
        f"The checkpoint is kept, and --resume goes on with it: {tmp_path / 'r'}" in capsys.readouterr().err
    )
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_twice_breaks_off_a_step_that_takes_long(
    monkeypatch: pytest.MonkeyPatch, wines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from studio.train.recipes.supervised import Supervised

    def endless(*_: object) -> None:
        time.sleep(60)

    monkeypatch.setattr(Supervised, "step", endless)

    def press() -> None:
        while not (tmp_path / "r" / "run.json").is_file():
            time.sleep(0.05)
        time.sleep(0.5)
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)

    presser = threading.Thread(target=press)
    presser.start()
    begun = time.monotonic()
    code = main(["train", str(wines), "--set", "plan.loop.threads=1", "--run-dir", str(tmp_path / "r"),
                 "--device", "cpu"])  # fmt: skip
    presser.join()
    assert code == 130
    assert time.monotonic() - begun < 20
    said = capsys.readouterr().err.splitlines()
    assert said[1:] == [
        "There is no checkpoint yet: --resume begins again at the first step.",
        "Error: Interrupted.",
    ]


def test_a_reader_that_goes_away_is_no_failure() -> None:
    process = start("blocks", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=60) in (0, 120)
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


def test_the_window_opens_a_file_in_the_language_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[tuple[list[str], str]] = []

    def run_gui(files: list[str], language: str = "") -> int:
        opened.append((files, language))
        return 0

    monkeypatch.setitem(sys.modules, "studio.ui.app", SimpleNamespace(run_gui=run_gui))
    for arguments in (["gui", "x"], ["gui", "x", "--lang", "zh_CN"], ["--lang=en", "gui"]):
        assert program(arguments) == 0
    assert opened == [(["x"], ""), (["x"], "zh_CN"), ([], "en")]


# -- the main job ----------------------------------------------------------------------------------------


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


def test_the_headless_demonstration_speaks_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.cli.demo.EXPORTS", {"pt": "cnn.pt"})
    assert headless_demo([str(tmp_path / "out"), "--max-steps", "2", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    told = [json.loads(line) for line in out.splitlines()]
    assert [each["event"] for each in told][-3:] == ["finished", "evaluated", "exported"]
    assert set(told[-2]["metrics"]) == {"loss", "accuracy"}
    assert told[-1]["files"] == [str(tmp_path / "out" / "cnn.pt")]
    (tmp_path / "file").write_text("")
    assert headless_demo([str(tmp_path / "file" / "x"), "--json"]) == 1
    assert headless_demo([str(tmp_path / "out"), "--epochs", "99999999"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 2)
